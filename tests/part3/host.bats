#!/usr/bin/env bats
# Part 3: Host, and the forms of a target.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "3.13 Host is due in HTTP/1.1, and only once in any version" {
	serve
	expect_each 400 "GET $hello_page HTTP/1.1\r\n\r\n" "GET $hello_page HTTP/1.1\r\nX-Host: x\r\n\r\n" \
		"GET $hello_page HTTP/1.1\r\nHos: x\r\nHostt: x\r\n\r\n" \
		"GET $hello_page HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n" \
		"GET $hello_page HTTP/1.1\r\nHost: x\r\nA: b\r\nhOST: y\r\n\r\n" \
		"GET $hello_page HTTP/1.0\r\nHost: x\r\nHost: x\r\n\r\n" \
		"GET http://x$hello_page HTTP/1.1\r\n\r\n" "GET $hello_page HTTP/1.9\r\n\r\n" \
		'GET /nowhere HTTP/1.1\r\n\r\n' "POST $hello_page HTTP/1.1\r\n\r\n"
}

# bats test_tags=must
@test "3.14 what isn't a host" {
	local value requests=()

	serve
	for value in user@x user:word@x x/y /x 'x\\\\y' 'x y' '[::1' '::1]' '[::1]x' '[zz]' '[]' '[:::]' '[1:2]' '[::1::2]' \
		'[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255x]' x:8x x:-1 x:+80 x:8_0 'x: 80' \
		x:80:80 'x#' 'x?y' 'x, y' 'http://x' 'x\xc3\xa9' '<x>' '"x"'; do
		requests+=("GET $hello_page HTTP/1.1\r\nHost: $value\r\nConnection: close\r\n\r\n")
	done
	expect_each "$(ours 400)" "${requests[@]}"
}

# bats test_tags=must
@test "3.15 what is a host" {
	local value requests=()

	serve
	for value in localhost localhost:8080 x:65535 LOCALHOST:80 127.0.0.1:8080 '[::1]' '[::1]:80' \
		'[2001:DB8::1]:8080' '[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255]' x: a-b.example.com 'x.' a_b xn--caf-dma.example a%41 ''; do
		requests+=("GET $hello_page HTTP/1.1\r\nHost: $value\r\nConnection: close\r\n\r\n")
	done
	expect_each 200 "${requests[@]}"
}

# bats test_tags=must
@test "3.16 HTTP/1.0: no Host needed; the answer says HTTP/1.1" {
	rule 3.15
	serve
	expect_head "GET $hello_page HTTP/1.0\r\n\r\n" <<-'REPLY'
		HTTP/1.1 200
		Connection: close
		Content-Length: *
	REPLY
	expect_status 200 "GET $hello_page HTTP/1.0\r\nHost: x\r\n\r\n"
	expect_status 200 "GET $hello_page HTTP/1.9\r\n$end"
}

# bats test_tags=must
@test "3.17 absolute-form is served by its path" {
	rule 3.16
	serve
	expect_each 200 "GET http://x$hello_page HTTP/1.1\r\n$end" "GET HTTP://x$hello_page HTTP/1.1\r\n$end" \
		"GET hTTp://x:8080$hello_page?q HTTP/1.1\r\n$end" "GET http://[::1]:80$hello_page HTTP/1.1\r\n$end" \
		"GET http://other$hello_page HTTP/1.1\r\n$end" "GET http://x HTTP/1.1\r\n$end" \
		"GET http://x?q HTTP/1.1\r\n$end" "GET http://x/ HTTP/1.1\r\n$end"
	expect_status 404 "GET http://x/nowhere HTTP/1.1\r\n$end"
	expect_each 400 "GET http://$hello_page HTTP/1.1\r\n$end" "GET http://a@x$hello_page HTTP/1.1\r\n$end" \
		"GET http://x:8x$hello_page HTTP/1.1\r\n$end" "GET http://[::1$hello_page HTTP/1.1\r\n$end" \
		"GET http://[zz]$hello_page HTTP/1.1\r\n$end" "GET http://x\\\\$hello_page HTTP/1.1\r\n$end"
}

# bats test_tags=must
@test "3.54 a percent sign in a host needs two digits after it, a port needs a host before it" {
	local value requests=()

	serve
	for value in %zz %g0 a%0g % a%4 a%4.example :80; do
		requests+=("GET $hello_page HTTP/1.1\r\nHost: $value\r\nConnection: close\r\n\r\n" \
			"GET http://$value$hello_page HTTP/1.1\r\n$end")
	done
	expect_each 400 "${requests[@]}"
	expect_status 200 "GET $hello_page HTTP/1.1\r\nHost: caf%C3%A9.example:80\r\nConnection: close\r\n\r\n"
	expect_status "$(ours 400 200)" "GET $hello_page HTTP/1.1\r\nHost: a%00\r\nConnection: close\r\n\r\n"
	expect_status "$(ours 200 400)" "GET $hello_page HTTP/1.1\r\nHost: a%01\r\nConnection: close\r\n\r\n"
}

# bats test_tags=must
@test "3.55 https is not served where nothing is secured, nor any other scheme" {
	serve
	expect_each "$(ours 400 403 404 421)" "GET https://x$hello_page HTTP/1.1\r\n$end" \
		"GET HTTPS://x:443$hello_page HTTP/1.1\r\n$end" "GET ftp://x$hello_page HTTP/1.1\r\n$end"
}

# bats test_tags=must
@test "3.75 a path that is not encoded as it must be is refused" {
	local path requests=()

	serve
	for path in /%zz /%4 /hello% /hello%g0 /%%34 '/hell\\o' 'http://x/%zz'; do
		requests+=("GET $path HTTP/1.1\r\n$end")
	done
	expect_each "$(ours 400 404)" "${requests[@]}" "POST /%zz HTTP/1.1\r\n$end"
	expect_each 200 "GET $hello_page?%zz HTTP/1.1\r\n$end" "GET $hello_page?\\ HTTP/1.1\r\n$end"
}
