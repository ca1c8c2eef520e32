#!/usr/bin/env bats
# Part 3: a request in pieces, with content, from who half-closes.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "3.36 content with a request: answered, not taken for a request" {
	serve
	expect_statuses 200 "GET $hello_page HTTP/1.1\r\nContent-Length: 41\r\n${end}GET /nowhere HTTP/1.1\r\nHost: zebra-xyz\r\n\r\n"
	expect_status "$(not_allowed)" "POST $hello_page HTTP/1.1\r\nContent-Length: 5\r\n${end}hello"
	expect_each '200 400' "GET $hello_page HTTP/1.1\r\nContent-Length: abc\r\n$end" \
		"GET $hello_page HTTP/1.1\r\nContent-Length: -1\r\n$end" "GET $hello_page HTTP/1.1\r\nContent-Length:\r\n$end" \
		"GET $hello_page HTTP/1.1\r\nContent-Length: 18446744073709551616\r\n$end" \
		"GET $hello_page HTTP/1.1\r\nContent-Length: 18446744073709551621\r\n$end"
	for length in 2147483648 4294967296 4294967301 9223372036854775807; do # more than some types of number hold
		expect_status "$(ours 405 413 501)" timeout 3000 send "POST $hello_page HTTP/1.1\r\nContent-Length: $length\r\n${end}hello" shut read
	done
	expect_status "$(not_allowed)" "POST $hello_page HTTP/1.1\r\nContent-Length: 20000\r\n$end$(printf '%020000d' 0)" # all in one
	expect_statuses 200 "GET $hello_page HTTP/1.1\r\n${end}GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
}

# bats test_tags=must
@test "3.37 four MiB of content don't cost the client its answer" {
	rule 2.14 'sends 4 MiB'
	serve
	head -c 4194304 /dev/urandom >"$tmp/data"
	expect_status "$(not_allowed)" deaf send "POST $hello_page HTTP/1.1\r\nContent-Length: 4194304\r\n$end" file "$tmp/data" read
	expect_status 400 deaf send "POST $hello_page HTTP/1.1\r\nContent-Length: 4194304\r\n\r\n" file "$tmp/data" read
	expect_status "404 $(not_allowed)" deaf send "PUT /nowhere HTTP/1.1\r\nContent-Length: 4194304\r\n$end" \
		file "$tmp/data" pause 300 read
}

# bats test_tags=must
@test "3.38 octet by octet, with pauses: a recv is not a request" {
	rule 2.1
	serve
	expect_status 200 drip 5 "GET $hello_page HTTP/1.1\r\nA: b\r\n$end" read
}

# bats test_tags=must
@test "3.39 split anywhere" {
	local text=$'GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' i conversation=() due=''

	rule 2.1
	serve
	for ((i = 1; i < ${#text}; i++)); do
		conversation+=(on "$i" send "${text:0:i}")
		due="$due 200"
	done
	conversation+=(pause 100)
	for ((i = 1; i < ${#text}; i++)); do
		conversation+=(on "$i" silent 0 send "${text:i}" read)
	done
	expect_statuses "${due# }" "${conversation[@]}"
}

# bats test_tags=must
@test "3.40 empty lines before the request line are passed over" {
	rule 2.10
	serve
	expect_each 200 "\r\nGET $hello_page HTTP/1.1\r\n$end" "\r\n\r\n\r\nGET $hello_page HTTP/1.1\r\n$end"
}

# bats test_tags=must
@test "3.41 a client that half-closes after its request gets its answer" {
	rule 2.3
	serve
	expect_status 200 send "GET $hello_page HTTP/1.1\r\n$end" shut read
}

# bats test_tags=must
@test "3.42 the server closes by itself when it has answered" {
	rule 3.2
	serve
	expect_status 200 timeout 2000 send "GET $hello_page HTTP/1.1\r\n$end" read
	expect_status 400 timeout 2000 send "GET $hello_page HTTP/1.1\r\n\r\n" read
	expect_status 200 timeout 2000 send "HEAD $hello_page HTTP/1.1\r\n$end" read
	expect_status 404 timeout 2000 send "GET /nowhere HTTP/1.1\r\n$end" read
	expect_status "$(not_allowed)" timeout 2000 send "POST $hello_page HTTP/1.1\r\nContent-Length: 5\r\n${end}hello" read
	expect_status "$(ours 204 200 405 501)" timeout 2000 send "OPTIONS * HTTP/1.1\r\n$end" read
	expect_status "$(ours 501 405)" timeout 2000 send "BREW $hello_page HTTP/1.1\r\n$end" read
	expect_status 505 timeout 2000 send "GET / HTTP/2.0\r\n$end" read
	expect_status 414 timeout 2000 send 'GET /' repeat 20000 a send " HTTP/1.1\r\n$end" read
	expect_status 431 timeout 2000 send 'GET / HTTP/1.1\r\nA: ' repeat 20000 a send "\r\n$end" read
}

# bats test_tags=must
@test "3.47 who leaves before the head's end gets nothing" {
	rule 2.3
	serve
	expect send "GET $hello_page HTTP/1.1\r\nHost: x\r\n" shut read <<<''
	expect shut read <<<''
	others_are_served
}

# go_on_soon: the server, which is stopped, goes on when the client has had the time to send.
go_on_soon() {
	nap 100
	kill -CONT "$server_pid"
}

# bats test_tags=robust
@test "3.66 a client that has half-closed has not left" {
	rule 2.3
	serve
	kill -STOP "$server_pid"
	background go_on_soon
	expect_status 200 send "GET $hello_page HTTP/1.1\r\n$end" shut timeout 3000 read # all in one look
	end_helpers
	expect_status 200 narrow send "GET $page?" repeat 4000 a send " HTTP/1.1\r\n$end" shut pause 50 slow 500 1
	expect_status 400 send "GET $hello_page HTTP/1.1\r\nHost: x\r\n" pause 30 send 'A : b\r\n\r\n' shut read
}
