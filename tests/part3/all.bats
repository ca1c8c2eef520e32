#!/usr/bin/env bats
# Part 3: fields, and real responses. Parts 4 and 5 must keep all of this, but for the page /request.

# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
PART=${PART:-3}
load ../lib/harness

# The page that tells what was asked for; from part 4 on, where all pages are files, one that doesn't.
page=/request hello_page=/hello
[ "$PART" -eq 3 ] || page=/hello.html hello_page=/hello.html

# Skips the rest of the test where there is no /request.
tells_requests() {
	[ "$page" = /request ] || skip 'from part 4 on, every page is a file'
}

# What ends most requests here: part 5 would keep the connection otherwise.
end='Host: x\r\nConnection: close\r\n\r\n'
sample=(send "GET / HTTP/1.1\r\n$end" take 1)

# Starts the server; from part 4 on with a copy of the site that it serves by itself: a wrong server
# may write into it.
serve() {
	serve_with start "$@"
}

# serve_with start|start_unread|start_closed [option...]
serve_with() {
	if [ "$PART" -ge 4 ]; then
		[ -d "$tmp/www" ] || cp -R "$root/common/www" "$tmp/www"
		"$@" "$tmp/www"
	else
		"$@"
	fi
}

others_are_served() {
	expect_status 200 timeout 1000 send "GET $hello_page HTTP/1.1\r\n$end" read
}

# lacks WORD...: none of these, in any case, may be in the last reply. why is the cause, where set.
lacks() {
	local word

	for word; do
		if LC_ALL=C grep -a -q -i -F -e "$word" "$reply"; then
			complain "a reply without the client's own \"$word\"" "${why:-it reflects what the client sent}"
		fi
	done
}

# bats test_tags=must
@test "3.1 GET: a page, and what the client must know of it" {
	local path

	serve
	for path in / "$hello_page" "$page"; do
		expect_head "GET $path HTTP/1.1\r\n$end" <<-'REPLY'
			HTTP/1.1 200
			Date: *
			Content-Type: ~^text/(html|plain)
			Content-Length: ~^[1-9]
			Connection: close
			!Transfer-Encoding
		REPLY
		[ "$path" = /request ] || [[ $(field Content-Type) == text/html* ]]
	done
	converse "GET /nowhere HTTP/1.1\r\n$end"
	[ "$(statuses)" = 404 ] || by_test=yes complain 'status 404' \
		'nothing is at this path; if by itself it gets 404, then it got what an earlier client had asked for: keep what comes from each client in a variable of its own'
}

# bats test_tags=extra
@test "3.2 the whole response, byte for byte" {
	ours_only
	tells_requests
	serve
	expect "GET /request?a=b HTTP/1.1\r\n$end" <<-'REPLY'
		HTTP/1.1 200 OK^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Content-Type: text/plain; charset=utf-8^M$
		Content-Length: 103^M$
		Connection: close^M$
		^M$
		method: GET$
		target: /request?a=b$
		path: /request$
		query: a=b$
		version: HTTP/1.1$
		Host: x$
		Connection: close$
	REPLY
}

# bats test_tags=extra
@test "3.3 HEAD, the whole response: the same without the content" {
	ours_only
	tells_requests
	serve
	expect "HEAD /request?a=b HTTP/1.1\r\n$end" <<-'REPLY'
		HTTP/1.1 200 OK^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Content-Type: text/plain; charset=utf-8^M$
		Content-Length: 103^M$
		Connection: close^M$
		^M$
	REPLY
}

# bats test_tags=must
@test "3.4 HEAD has the status and the fields of GET, and no content" {
	local request

	serve
	for request in '/ HTTP/1.1' "$hello_page HTTP/1.1" "$page?a HTTP/1.1" '/nowhere HTTP/1.1'; do
		send_all "GET $request\r\n$end"
		split_reply
		sed '/^[Dd]ate:/d' "$tmp/head" >"$tmp/due"
		expect_status '200 404' "HEAD $request\r\n$end"
		sed '/^[Dd]ate:/d' "$reply" >"$tmp/got"
		cmp -s "$tmp/due" "$tmp/got" ||
			complain "$(show "$tmp/due")" "the lines of GET, but for Date, must come, and no others; the first that differs is: $(diff "$tmp/due" "$tmp/got" | sed -n 's/^[<>] //p' | head -n 1 | tr -d '\r')"
	done
	expect_status 400 'HEAD / HTTP/1.1\r\n\r\n'
}

# bats test_tags=extra
@test "3.5 an error, the whole response: the reason in words" {
	ours_only
	serve
	expect 'GET / HTTP/1.1\r\n\r\n' <<-'REPLY'
		HTTP/1.1 400 Bad Request^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Content-Type: text/html; charset=utf-8^M$
		Content-Length: 240^M$
		Connection: close^M$
		^M$
		<!DOCTYPE html>$
		<html lang="en">$
		<meta charset="utf-8">$
		<meta name="viewport" content="width=device-width">$
		<title>400 Bad Request</title>$
		<h1>400 Bad Request</h1>$
		<p>What happened: a request needs one Host field, and only one.</p>$
		</html>$
	REPLY
	expect_status 400 "GET  / HTTP/1.1\r\n$end"
	grep -q 'needs exactly two spaces' "$reply" ||
		complain 'a page that says: the request line needs exactly two spaces' 'it gives another reason'
}

# bats test_tags=must
@test "3.6 any other path: 404 with a small page" {
	serve
	expect_head "GET /nowhere HTTP/1.1\r\n$end" <<-'REPLY'
		HTTP/1.1 404
		Content-Type: *
		Content-Length: ~^[1-9]
		Connection: close
		!Allow
	REPLY
	expect_each 404 "GET /hell HTTP/1.1\r\n$end" "GET /hello2 HTTP/1.1\r\n$end" \
		"GET /HELLO HTTP/1.1\r\n$end" "GET /hello/ HTTP/1.1\r\n$end" \
		"GET /hello;x HTTP/1.1\r\n$end" "GET /hello%3Fx HTTP/1.1\r\n$end" \
		"GET //x/hello HTTP/1.1\r\n$end" "GET /nowhere?/hello HTTP/1.1\r\n$end" \
		"HEAD /nowhere HTTP/1.1\r\n$end"
}

# bats test_tags=must
@test "3.7 a query doesn't change the path" {
	serve
	expect_each 200 "GET /?x HTTP/1.1\r\n$end" "GET $hello_page?/nowhere HTTP/1.1\r\n$end" \
		"GET $hello_page? HTTP/1.1\r\n$end"
}

# bats test_tags=must
@test "3.8 methods that exist, and that a page doesn't allow: 405 with Allow" {
	local method

	serve
	for method in POST PUT DELETE PATCH TRACE; do
		expect_head "$method $hello_page HTTP/1.1\r\n$end" <<-'REPLY'
			HTTP/1.1 405
			Allow: ~(^|, *)GET(,|$)
			Content-Length: *
			Connection: close
		REPLY
		[[ $(field Allow) =~ (^|, *)HEAD(,|$) ]] ||
			complain 'Allow: GET, HEAD, OPTIONS' 'who has GET has HEAD, too: Allow must name it'
	done
	expect_status "$(ours 405 400 501)" 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\nConnection: close\r\n\r\n'
	expect_status '404 405' "DELETE /nowhere HTTP/1.1\r\n$end"
}

# bats test_tags=extra
@test "3.9 405, the whole response" {
	ours_only
	serve
	expect "DELETE $hello_page HTTP/1.1\r\n$end" <<-'REPLY'
		HTTP/1.1 405 Method Not Allowed^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Content-Type: text/html; charset=utf-8^M$
		Content-Length: 258^M$
		Connection: close^M$
		Allow: GET, HEAD, OPTIONS^M$
		^M$
		<!DOCTYPE html>$
		<html lang="en">$
		<meta charset="utf-8">$
		<meta name="viewport" content="width=device-width">$
		<title>405 Method Not Allowed</title>$
		<h1>405 Method Not Allowed</h1>$
		<p>What happened: this can be read, with GET and HEAD, and no more.</p>$
		</html>$
	REPLY
}

# bats test_tags=must
@test "3.10 OPTIONS" {
	local target

	serve
	for target in "$hello_page" '*'; do
		expect_status "$(ours 204 200)" "OPTIONS $target HTTP/1.1\r\n$end"
		[[ $(field Allow) =~ (^|, *)GET(,|$) ]] ||
			complain 'Allow, with GET in it' 'OPTIONS asks which methods there are: Allow must name them'
		[ "$length" -eq 0 ] || complain 'no content' "$length octets of content came, where only the fields were asked for"
	done
	expect_status "$(ours 404 204 200)" "OPTIONS /nowhere HTTP/1.1\r\n$end"
}

# bats test_tags=extra
@test "3.11 OPTIONS, the whole response: 204 has no Content-Length" {
	ours_only
	serve
	expect "OPTIONS * HTTP/1.1\r\n$end" <<-'REPLY'
		HTTP/1.1 204 No Content^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Connection: close^M$
		Allow: GET, HEAD, OPTIONS^M$
		^M$
	REPLY
}

# bats test_tags=must
@test "3.12 methods never heard of, and lower case" {
	serve
	expect_each "$(ours 501 405)" "BREW $hello_page HTTP/1.1\r\n$end" "get $hello_page HTTP/1.1\r\n$end" \
		"Get $hello_page HTTP/1.1\r\n$end" "GETX $hello_page HTTP/1.1\r\n$end" "GE $hello_page HTTP/1.1\r\n$end" \
		"X $hello_page HTTP/1.1\r\n$end" "head $hello_page HTTP/1.1\r\n$end"
}

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
	for value in localhost localhost:8080 LOCALHOST:80 127.0.0.1:8080 '[::1]' '[::1]:80' \
		'[2001:DB8::1]:8080' '[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255]' x: a-b.example.com 'x.' a_b xn--caf-dma.example a%41 ''; do
		requests+=("GET $hello_page HTTP/1.1\r\nHost: $value\r\nConnection: close\r\n\r\n")
	done
	expect_each 200 "${requests[@]}"
}

# bats test_tags=must
@test "3.16 HTTP/1.0: no Host needed; the answer says HTTP/1.1" {
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
@test "3.18 Upgrade is ignored" {
	serve
	expect_head "GET $hello_page HTTP/1.1\r\nUpgrade: anything\r\n$end" <<-'REPLY'
		HTTP/1.1 200
		!Upgrade
	REPLY
	expect_status 200 "GET $hello_page HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n$end"
	expect_status 200 "GET $hello_page HTTP/1.0\r\nUpgrade: websocket\r\n\r\n"
}

# bats test_tags=must
@test "3.19 white space before the colon" {
	serve
	expect_each 400 "GET $hello_page HTTP/1.1\r\nA : b\r\n$end" "GET $hello_page HTTP/1.1\r\nA\t: b\r\n$end" \
		"GET $hello_page HTTP/1.1\r\nHost : x\r\n\r\n" "GET $hello_page HTTP/1.1\r\nA B: c\r\n$end"
}

# bats test_tags=must
@test "3.20 a line that begins with white space" {
	serve
	expect_each 400 "GET $hello_page HTTP/1.1\r\nA: b\r\n c\r\n$end" "GET $hello_page HTTP/1.1\r\nA: b\r\n\tc\r\n$end" \
		"GET $hello_page HTTP/1.1\r\n A: b\r\n$end" "GET $hello_page HTTP/1.1\r\n\tA: b\r\n$end" \
		"GET $hello_page HTTP/1.1\r\nA: b\r\n \r\n$end"
}

# bats test_tags=must
@test "3.21 a field without a name, or without a colon" {
	local line requests=()

	serve
	for line in ': b' ':' 'A' 'A b' 'A(: b' 'A/B: c' '"A": b' 'A\x01: b' 'A\0: b' '\xc3\xa9: b' 'A@: b' \
		'[A]: b'; do
		requests+=("GET $hello_page HTTP/1.1\r\n$line\r\n$end" "GET $hello_page HTTP/1.1\r\nHost: x\r\n$line\r\n\r\n")
	done
	expect_each 400 "${requests[@]}"
}

# bats test_tags=must
@test "3.22 control characters in a value" {
	local octet requests=()

	serve
	for octet in '\0' '\x01' '\x07' '\x0b' '\x0c' '\x1b' '\x1f' '\x7f' '\r'; do
		requests+=("GET $hello_page HTTP/1.1\r\nA: b${octet}c\r\n$end" \
			"GET $hello_page HTTP/1.1\r\nA: ${octet}\r\n$end")
	done
	expect_each 400 "${requests[@]}"
}

# bats test_tags=must
@test "3.23 octets beyond ASCII in a value are nobody's business" {
	serve
	expect_each 200 "GET $hello_page HTTP/1.1\r\nA: caf\xc3\xa9\r\n$end" "GET $hello_page HTTP/1.1\r\nA: \x80\xfe\xff\r\n$end" \
		"GET $hello_page HTTP/1.1\r\nA: \xc3\x85ngstr\xc3\xb6m \xc3\xa0\r\n$end" \
		"GET $hello_page HTTP/1.1\r\nA: a\tb\r\n$end"
}

# bats test_tags=must
@test "3.24 white space around a value, no value, names in any case, a name twice" {
	serve
	expect_each 200 "GET $hello_page HTTP/1.1\r\nA:b\r\n$end" "GET $hello_page HTTP/1.1\r\nA: \t b \t \r\n$end" \
		"GET $hello_page HTTP/1.1\r\nA:\r\n$end" "GET $hello_page HTTP/1.1\r\nA: \r\n$end" \
		"GET $hello_page HTTP/1.1\r\nA: b:c\r\n$end" \
		"GET $hello_page HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n" \
		"GET $hello_page HTTP/1.1\r\nHOST:x\r\nCONNECTION:close\r\n\r\n" \
		"GET $hello_page HTTP/1.1\r\nHost: \t x \t\r\nConnection: close\r\n\r\n" \
		"GET $hello_page HTTP/1.1\r\nA: b\r\nA: c\r\na: b\r\n$end" \
		"GET $hello_page HTTP/1.1\r\n!#\$%&'*+-.^_\`|~9: x\r\n$end"
}

# bats test_tags=extra
@test "3.25 the fields as they were understood, on /request" {
	ours_only 'the page'
	tells_requests
	serve
	talk "GET /request HTTP/1.1\r\nA: \t b \t \r\nB:\r\nc:d:e\r\nA: 2\r\n$end"
	split_reply
	sed -n '/^version/,/^Host/p' "$tmp/content" >"$tmp/got"
	diff -u - "$tmp/got" <<-'FIELDS'
		version: HTTP/1.1
		A: b
		B: 
		c: d:e
		A: 2
		Host: x
	FIELDS
}

# bats test_tags=must
@test "3.26 a field of 8,000 octets, a hundred fields: accepted" {
	local i fields=''

	serve
	expect_status 200 send "GET $hello_page HTTP/1.1\r\nA: " repeat 8000 a send "\r\n$end" read
	for ((i = 0; i < 98; i++)); do
		fields=$fields"F-$i: $i\r\n"
	done
	expect_status 200 "GET $hello_page HTTP/1.1\r\n$fields$end"
}

# bats test_tags=must
@test "3.27 more fields than a hundred, or than 16 KiB of them: 431" {
	local field

	serve
	expect_status 431 send "GET $hello_page HTTP/1.1\r\n" repeat 500 'A: b\r\n' send "$end" read
	expect_status "$(ours 431)" send "GET $hello_page HTTP/1.1\r\n" repeat 99 'A: b\r\n' send "$end" read
	expect_status 431 send "GET $hello_page HTTP/1.1\r\nA: " repeat 20000 a send "\r\n$end" read
	expect_status 431 deaf send "GET $hello_page HTTP/1.1\r\nA: " \
		repeat 40 "$(printf '%050000d' 0)" send "\r\n$end" read
	expect_status 431 send "GET $hello_page HTTP/1.1\r\n" repeat 30 "A: $(printf '%01000d' 0)\r\n" read
	if [ -z "${SERVER:-}" ]; then # a head of exactly 16 KiB just fits, and so many octets without an end are too many
		printf -v field '%0*d' $((16384 - 56)) 0
		expect_status 200 timeout 2000 send "GET /?1234 HTTP/1.1\r\nA: $field\r\n$end" read
		expect_status 431 timeout 2000 send "GET /?1234 HTTP/1.1\r\n${end%\\r\\n}A: ${field}0000" read
	fi
}

# bats test_tags=must
@test "3.28 a target of 8,000 octets is accepted, one of 20,000 is not: 414" {
	serve
	expect_status 200 send "GET $hello_page?" repeat 7975 a send " HTTP/1.1\r\n$end" read
	expect_status '404 414' send 'GET /' repeat 7980 a send " HTTP/1.1\r\n$end" read
	expect_status 414 send "GET $hello_page?" repeat 20000 a send " HTTP/1.1\r\n$end" read
	expect_status 414 deaf send 'GET /' repeat 40 "$(printf '%050000d' 0)" send " HTTP/1.1\r\n$end" read
}

# bats test_tags=must
@test "3.29 Expect: 100-continue is never left waiting" {
	serve
	expect_status 405 send "POST $hello_page HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n$end" \
		timeout 3000 head send 'hello' read
	expect_status 200 send "GET $hello_page HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n$end" \
		timeout 3000 head send 'hello' read
	expect_status "$(ours 200 417)" "GET $hello_page HTTP/1.1\r\nExpect: a-miracle\r\n$end"
}

# bats test_tags=must
@test "3.30 what isn't HTTP/1: another version, TLS, noise" {
	serve
	expect_each 505 'GET / HTTP/2.0\r\nHost: x\r\n\r\n' 'GET / HTTP/0.9\r\nHost: x\r\n\r\n' \
		'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
	expect_each 400 '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' 'GET / http/1.1\r\nHost: x\r\n\r\n' \
		'GET / HTTP/1.10\r\nHost: x\r\n\r\n' 'GET /\r\n\r\n' 'GET / HTTP/1x1\r\nHost: x\r\n\r\n' \
		'GET / HTTP/x.1\r\nHost: x\r\n\r\n' 'GET / HTTP/1.x\r\nHost: x\r\n\r\n'
	head -c 30000 /dev/urandom >"$tmp/noise"
	printf '\001\n\n' | cat - "$tmp/noise" >"$tmp/data"
	expect_status "$(ours 400 414 431)" file "$tmp/data" read
}

# bats test_tags=must
@test "3.31 the request line is as strict as in part 2" {
	local line requests=()

	serve
	for line in 'GET /a\rb HTTP/1.1' 'GET /\0 HTTP/1.1' 'G(T / HTTP/1.1' 'GET hello HTTP/1.1' \
		'GET /caf\xc3\xa9 HTTP/1.1' 'GET /#a HTTP/1.1' 'GET / /b HTTP/1.1'; do
		requests+=("$line\r\n$end")
	done
	expect_each 400 "${requests[@]}"
	expect_each "$(ours 400 404 405 501)" "GET * HTTP/1.1\r\n$end" # see 3.56
	expect_each "$(ours 400 200)" "GET  / HTTP/1.1\r\n$end" "GET / HTTP/1.1 \r\n$end" \
		"GET\t/ HTTP/1.1\r\n$end" "GET / HTTP/1.1\n$end" 'GET / HTTP/1.1\r\nHost: x\nConnection: close\r\n\r\n' \
		'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\n'
	if [ -z "${SERVER:-}" ]; then # and a wrong one is refused at its own end
		expect_each 400 'GET  / HTTP/1.1\r\n' 'GET /\r\n' 'GET hello HTTP/1.1\r\n'
	fi
}

# bats test_tags=must
@test "3.32 Date is the time, in GMT, wherever the server stands" {
	local before after

	TZ=Asia/Tokyo serve
	before=$(LC_ALL=C TZ=GMT date '+%a, %d %b %Y %H:%M')
	expect_status 200 "GET $hello_page HTTP/1.1\r\n$end"
	after=$(LC_ALL=C TZ=GMT date '+%a, %d %b %Y %H:%M')
	[[ $(field Date) == "$before"* || $(field Date) == "$after"* ]] ||
		complain "Date: $after:.. GMT" 'it is another time: the local one, perhaps, and not that in GMT'
}

# bats test_tags=must
@test "3.33 every refusal is a full response: Date, a length, Connection: close" {
	local request

	serve
	for request in 'GET / HTTP/1.1\r\n\r\n' 'GET / HTTP/2.0\r\nHost: x\r\n\r\n' "GET / HTTP/1.1\r\nA : b\r\n$end" \
		'\r\n\r\nnoise\r\n\r\n'; do
		expect_head "$request" <<-REPLY
			HTTP/1.1 $(case $request in *2.0*) echo 505 ;; *) echo 400 ;; esac)
			Content-Length: *
			Connection: close
			$(case ${SERVER:+other}$request in other*2.0*) ;; *) echo 'Date: *' ;; esac)
		REPLY
	done
}

# bats test_tags=must
@test "3.34 error pages reflect nothing of the request" {
	serve
	expect_status 404 "GET /zebra<script>alert(1)</script> HTTP/1.1\r\n$end"
	lacks zebra '<script' '&lt;script'
	expect_status 400 "GET $hello_page HTTP/1.1\r\nZebra : <script>\r\n$end"
	lacks zebra '<script' '&lt;script'
	expect_status "$(ours 501 405)" "ZEBRA $hello_page HTTP/1.1\r\nX: <script>\r\n$end"
	lacks zebra '<script' '&lt;script'
	expect_status 400 'GET /zebra HTTP/1.1\r\n<script>: x\r\n\r\n'
	lacks zebra '<script' '&lt;script'
	expect_status 505 'GET /zebra HTTP/2.0\r\nHost: x\r\n\r\n'
	lacks zebra
	expect_status 405 "TRACE $hello_page HTTP/1.1\r\nCookie: zebra\r\n$end"
	lacks zebra cookie
}

# is_all_there LINE...: the reply has each of these.
is_all_there() {
	local line

	for line; do
		grep -a -q -x -F -e "${line/%\\r/$'\r'}" "$reply" || complain "the line: $line" 'it is missing, or another'
	done
}

# bats test_tags=must
@test "3.35 what the client sent comes back on /request as plain text, which no browser runs" {
	tells_requests
	serve
	expect_status 200 "GET /request?<script>alert(1)</script>&lt; HTTP/1.1\r\nX: <img src=x>\r\n$end"
	[[ $(field Content-Type) == text/plain* ]] ||
		why='a browser runs what the client sent: in HTML, < must become &lt;' lacks '<script>' '</script>' '<img'
	if [ -z "${SERVER:-}" ]; then
		is_all_there 'Content-Type: text/plain; charset=utf-8\r' 'query: <script>alert(1)</script>&lt;' 'X: <img src=x>'
	fi
}

# bats test_tags=must
@test "3.36 content with a request: answered, not taken for a request" {
	serve
	expect_statuses 200 "GET $hello_page HTTP/1.1\r\nContent-Length: 41\r\n${end}GET /nowhere HTTP/1.1\r\nHost: zebra-xyz\r\n\r\n"
	expect_statuses 405 "POST $hello_page HTTP/1.1\r\nContent-Length: 5\r\n${end}hello"
	expect_each '200 400' "GET $hello_page HTTP/1.1\r\nContent-Length: abc\r\n$end" \
		"GET $hello_page HTTP/1.1\r\nContent-Length: -1\r\n$end" "GET $hello_page HTTP/1.1\r\nContent-Length:\r\n$end"
	expect_statuses 405 "POST $hello_page HTTP/1.1\r\nContent-Length: 20000\r\n$end$(printf '%020000d' 0)" # all in one
	expect_statuses 200 "GET $hello_page HTTP/1.1\r\n${end}GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
}

# bats test_tags=must
@test "3.37 four MiB of content don't cost the client its answer" {
	serve
	head -c 4194304 /dev/urandom >"$tmp/data"
	expect_status 405 deaf send "POST $hello_page HTTP/1.1\r\nContent-Length: 4194304\r\n$end" file "$tmp/data" read
	expect_status 400 deaf send "POST $hello_page HTTP/1.1\r\nContent-Length: 4194304\r\n\r\n" file "$tmp/data" read
	expect_status '404 405' deaf send "PUT /nowhere HTTP/1.1\r\nContent-Length: 4194304\r\n$end" \
		file "$tmp/data" pause 300 read
}

# bats test_tags=must
@test "3.38 octet by octet, with pauses: a recv is not a request" {
	serve
	expect_status 200 drip 5 "GET $hello_page HTTP/1.1\r\nA: b\r\n$end" read
}

# bats test_tags=must
@test "3.39 split anywhere" {
	local text=$'GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' i conversation=() due=''

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
	serve
	expect_each 200 "\r\nGET $hello_page HTTP/1.1\r\n$end" "\r\n\r\n\r\nGET $hello_page HTTP/1.1\r\n$end"
}

# bats test_tags=must
@test "3.41 a client that half-closes after its request gets its answer" {
	serve
	expect_status 200 send "GET $hello_page HTTP/1.1\r\n$end" shut read
}

# bats test_tags=must
@test "3.42 the server closes by itself when it has answered" {
	serve
	expect_status 200 timeout 2000 send "GET $hello_page HTTP/1.1\r\n$end" read
	expect_status 400 timeout 2000 send "GET $hello_page HTTP/1.1\r\n\r\n" read
}

# bats test_tags=robust
@test "3.43 a slow reader gets all of a large page" {
	tells_requests
	serve
	expect_status 200 narrow send 'GET /request?' repeat 7900 '<' send " HTTP/1.1\r\n$end" slow 200 2
	if [ -z "${SERVER:-}" ]; then
		[ "$(field Content-Length)" -gt 15000 ]
	fi
}

# bats test_tags=robust
@test "3.44 two hundred silent clients, and some that never finish, beside one that speaks" {
	serve
	hold crowd 200 send "GET $hello_page HTT" on 1 send "GET $hello_page HTTP/1.1\r\nHost:"
	others_are_served
	others_are_served # the first may have come before they were looked at
}

# bats test_tags=robust
@test "3.45 clients that never read what they asked for" {
	local i conversation=()

	serve
	for ((i = 0; i < 50; i++)); do
		conversation+=(on "$i" narrow send "GET $page?$(printf '%04000d' 0) HTTP/1.1\r\n$end")
	done
	hold "${conversation[@]}"
	others_are_served
}

# bats test_tags=robust
@test "3.46 clients that leave, or reset, in the middle" {
	local i

	serve
	for ((i = 0; i < 10; i++)); do
		come_and_leave open close open reset send 'GET /hello' reset send "GET $hello_page HTTP/1.1\r\n$end" reset \
			send "GET $hello_page HTTP/1.1\r\n$end" close send "GET $hello_page HTTP/1.1\r\n$end" take 3 reset \
			send 'GET / HTTP/1.1\r\nHost: x\r\n' shut close
	done
	kill -STOP "$server_pid" # what follows has all come when it looks again
	come_and_leave send "GET $hello_page HTTP/1.1\r\n$end" shut reset send "GET $hello_page HTTP/1.1\r\n$end" reset
	kill -CONT "$server_pid"
	others_are_served
}

# bats test_tags=must
@test "3.47 who leaves before the head's end gets nothing" {
	serve
	expect send "GET $hello_page HTTP/1.1\r\nHost: x\r\n" shut read <<<''
	expect shut read <<<''
	others_are_served
}

# bats test_tags=robust,slow
@test "3.48 three hundred clients at once, the last one served first" {
	local conversation

	# They are silent until each has its turn: a head that has begun would be due within 10 seconds.
	serve
	read -r -a conversation <<<"$(awk -v end="${end//\\/\\\\}" -v page="$page" 'BEGIN {
		gsub(/ /, "\\x20", end)
		for (i = 1; i <= 300; i++) printf "on %d open ", i
		for (i = 300; i >= 1; i--)
			printf "on %d send GET\\x20%s?client-%d\\x20HTTP/1.1\\r\\n%s read ", i, page, i, end }')"
	expect_statuses "$(awk 'BEGIN { for (i = 1; i < 300; i++) printf "200 "; print 200 }')" "${conversation[@]}"
	if [ "$page" = /request ]; then
		awk 'BEGIN { for (i = 300; i >= 1; i--) print "client-" i }' >"$tmp/due"
		grep -a -o 'client-[0-9]*' "$reply" | uniq | cmp -s "$tmp/due" - ||
			complain 'to each client the page with its own query' 'somebody got what belongs to another: keep what came from each client, and what goes to it, in variables of its own'
	fi
}

# bats test_tags=must
@test "3.49 what a browser asks for without being told to" {
	serve
	expect_status '404 200 204' "GET /favicon.ico HTTP/1.1\r\n$end" # parts 4 and 5 have one
}

# bats test_tags=extra,slow
@test "3.50 the silent are closed after 15 seconds, a head is due within 10" {
	serve_with start_hasty
	background client timeout $((25000 / pace)) read lasts $((14500 / pace)) $((20000 / pace + 500))
	background client send 'GET / HTTP/1.1\r\nHost: ' timeout $((25000 / pace)) read \
		lasts $((9500 / pace)) $((15000 / pace + 500))
	finish 1 || complain 'the end, 15 to 20 seconds after it connected' "$client_said"
	[ ! -s "$reply" ] || complain 'the end, without an octet' \
		'who has sent nothing waits for nothing: close without a word'
	finish 2 || complain 'the end, 10 to 15 seconds after the first octet of its head' "$client_said"
}

# bats test_tags=extra
@test "3.51 the log is in the Common Log Format, and no octet can forge a line in it" {
	ours_only 'the log'
	serve
	talk "GET /hello HTTP/1.1\r\n$end"
	split_reply
	talk 'GET /a"b HTTP/1.1\r\n\r\n'
	talk 'GET /\x1b[2J\x0b\xff HTTP/1.1\r\n\r\n'
	talk 'HEAD /hello HTTP/1.0\r\n\r\n'
	stop TERM
	cat "$log"
	sed -E 's/\[[0-9]{2}\/[A-Z][a-z]{2}\/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} \+0000\]/[DATE]/; s/ [1-9][0-9]+$/ LENGTH/' \
		"$log" >"$tmp/normalised"
	diff -u - "$tmp/normalised" <<-'LOG' ||
		127.0.0.1 - - [DATE] "GET /hello HTTP/1.1" 200 LENGTH
		127.0.0.1 - - [DATE] "GET /a\"b HTTP/1.1" 400 LENGTH
		127.0.0.1 - - [DATE] "GET /\x1b[2J\x0b\xff HTTP/1.1" 400 LENGTH
		127.0.0.1 - - [DATE] "HEAD /hello HTTP/1.0" 200 -
	LOG
		complain 'these lines of log' 'who writes octets of a client as they are lets it forge lines, and command a terminal'
	head -n 1 "$log" | grep -q " 200 $(field Content-Length)\$"
}

# bats test_tags=extra
@test "3.52 -q silences the log, -v shows every byte, and what was understood" {
	ours_only 'the log'
	serve -q
	talk "GET /hello HTTP/1.1\r\n$end"
	stop TERM
	logs_nothing
	serve -v
	talk "GET /hello HTTP/1.1\r\n$end"
	stop TERM
	logs 'C: GET /hello HTTP/1.1\r\n' 'C: \r\n' 'R: path: /hello\n' 'R: Host: x\n' \
		'S: HTTP/1.1 200 OK\r\n' 'S: \r\n'
}

# bats test_tags=extra
@test "3.53 the command line, the signals" {
	ours_only 'the command line'
	local signal

	ends 0 -h
	says stdout "^usage: part$PART "
	ends 2 -x
	for signal in TERM INT; do
		serve
		[ -n "${SERVER:-}" ] || [ "$announced" = "listening on http://127.0.0.1:$port/" ]
		hold crowd 10 send "GET $hello_page HTTP/1.1\r\n$end" read close
		stop "$signal"
		ended_well
	done
	serve
	stop TERM
	serve -p "$port"
	others_are_served
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
@test "3.56 each form of target belongs to its methods" {
	serve
	expect_each "$(ours 400 404 405 501)" "GET * HTTP/1.1\r\n$end" "POST * HTTP/1.1\r\n$end" \
		"GET x:80 HTTP/1.1\r\n$end" "OPTIONS x:80 HTTP/1.1\r\n$end" "CONNECT $hello_page HTTP/1.1\r\n$end" \
		"CONNECT * HTTP/1.1\r\n$end" "CONNECT x HTTP/1.1\r\n$end" "CONNECT x: HTTP/1.1\r\n$end" \
		"CONNECT x:8x HTTP/1.1\r\n$end"
}

# bats test_tags=must
@test "3.57 HEAD gets no content with an error, either" {
	serve
	expect_status 400 "HEAD $hello_page HTTP/1.1\r\n\r\n"
	expect_status 400 "HEAD $hello_page HTTP/1.1\r\nA : b\r\n$end"
	expect_status 404 "HEAD /nowhere HTTP/1.1\r\n$end"
	expect_status 505 "HEAD $hello_page HTTP/2.0\r\nHost: x\r\n\r\n"
	expect_status 431 send "HEAD $hello_page HTTP/1.1\r\nA: " repeat 20000 a send "\r\n$end" read
	expect_status 414 send 'HEAD /' repeat 20000 a send " HTTP/1.1\r\n$end" read
}

# bats test_tags=must
@test "3.58 Expect is a list, in which empty members mean nothing" {
	local value requests=()

	serve
	for value in '100-continue,' ', 100-continue' '100-continue, 100-Continue' ',,100-continue ,' '' ','; do
		requests+=("GET $hello_page HTTP/1.1\r\nExpect: $value\r\n$end")
	done
	expect_each 200 "${requests[@]}" \
		"GET $hello_page HTTP/1.1\r\nExpect: 100-continue\r\nExpect: 100-continue\r\n$end"
}

# bats test_tags=extra,slow
@test "3.59 a log that nobody reads stops nothing" {
	ours_only 'the log'
	local turn

	# So many conversations fill a pipe or a terminal, with a log of each, or with a trace, too.
	for turn in '1024 pipe' '256 pipe -v' '512 terminal' '256 terminal -v'; do
		# shellcheck disable=SC2086 # words
		serve_with start_unread ${turn#* }
		often "${turn%% *}" timeout 5000 send "GET $hello_page HTTP/1.1\r\n$end" read close ||
			not_held_up 'its response each time, while nobody reads the log'
		others_are_served
		stop TERM
		ended_well
	done
}

# bats test_tags=extra
@test "3.60 with its standard streams closed, each client gets its own bytes, and no log" {
	ours_only 'its streams'
	local hello="GET $hello_page HTTP/1.1\r\n$end"

	serve
	send_all "$hello"
	sed '/^Date: /d' "$reply" >"$tmp/one"
	cat "$tmp/one" "$tmp/one" "$tmp/one" >"$tmp/due"
	serve_with start_closed -v
	send_all on 1 open on 2 open on 3 open on 1 send "$hello" read on 2 send "$hello" read on 3 send "$hello" read
	sed '/^Date: /d' "$reply" | diff -u "$tmp/due" -
}

# bats test_tags=robust,slow
@test "3.61 a request that came while the server was stopped is answered, however late that is" {
	local i

	serve_with start_hasty
	background client open pause $((2000 / pace)) send "GET $hello_page HTTP/1.1\r\n$end" timeout 30000 read
	background client send "GET $hello_page HTTP/1.1\r\n" pause $((2000 / pace)) send "$end" timeout 30000 read
	nap $((1000 / pace))
	kill -STOP "$server_pid"
	nap $((17000 / pace + 100))
	kill -CONT "$server_pid"
	for i in 1 2; do
		finish "$i" || :
		[ -s "$reply" ] && ! grep -a -q '^HTTP/1\.1 408' "$reply" || complain 'status 200' \
			'the server looked at the clock before it looked at what had come: serve first, then see who is late'
		judged is 200
	done
}

# bats test_tags=must,slow
@test "3.62 Date goes on" {
	local first

	serve
	expect_status 200 "GET $hello_page HTTP/1.1\r\n$end"
	first=$(field Date)
	nap 1100
	expect_status 200 "GET $hello_page HTTP/1.1\r\n$end"
	[ "$(field Date)" != "$first" ] ||
		complain 'a second later, another Date' 'Date was made once, and kept: it is the time of the response'
}

# bats test_tags=must
@test "3.63 Content-Length counts octets, where a character is several" {
	tells_requests
	serve
	expect_status 200 "GET /request HTTP/1.1\r\nA: Gr\xc3\xbc\xc3\x9fe, \xd0\xbc\xd0\xb8\xd1\x80 \xe2\x82\xac\r\n$end"
}

# bats test_tags=robust
@test "3.64 fifteen hundred clients, one after the other, with 256 descriptors" {
	local exchanges=(send "GET $page HTTP/1.1\r\n$end" read close send "GET $hello_page HTT" reset
		send "GET $hello_page HTTP/1.1\r\n\r\n" shut read close)

	ulimit -S -n 256
	serve
	if ! often 300 timeout 2000 "${exchanges[@]}"; then
		: >"$reply"
		sent=("${exchanges[@]}")
		complain 'the same answer each time' \
			'the descriptors have run out: the socket of a connection that is over was not closed'
	fi
	others_are_served
}

# memory: how much memory the server has asked for, in KiB.
memory() {
	awk '/^VmSize:/ { print $2 }' "/proc/$server_pid/status"
}

# leave_unsent: fifty clients leave with a reset, and the server learns of it only when it answers.
leave_unsent() {
	local i resets=()

	for ((i = 1; i <= 50; i++)); do
		resets+=(on "$i" send "GET $hello_page HTTP/1.1\r\n$end" reset)
	done
	kill -STOP "$server_pid" # what they do has all come when it looks again
	client "${resets[@]}"
	kill -CONT "$server_pid"
}

# bats test_tags=extra,slow
@test "3.65 who is served and leaves takes no memory along" {
	ours_only 'its memory'
	tells_requests
	local before grown exchanges=(send "GET /request HTTP/1.1\r\n$end" read close send "GET $hello_page HTT" reset
		send "GET $hello_page HTTP/1.1\r\n\r\n" shut read close)

	[ -r /proc/self/status ] || skip 'there is no /proc here'
	serve
	leave_unsent
	often 300 "${exchanges[@]}"
	before=$(memory)
	[ "$before" -lt 1000000000 ] || skip 'a sanitizer has all of the memory, and looks for what is lost'
	leave_unsent
	often 1000 "${exchanges[@]}"
	grown=$(($(memory) - before))
	if [ "$grown" -gt 128 ]; then
		: >"$reply"
		sent=("${exchanges[@]}")
		complain 'no more memory than after the first 1,500 clients, when 3,000 more have left' \
			"the server has grown by $grown KiB: memory of a connection or a response was not freed"
	fi
}

# go_on_soon: the server, which is stopped, goes on when the client has had the time to send.
go_on_soon() {
	nap 100
	kill -CONT "$server_pid"
}

# bats test_tags=robust
@test "3.66 a client that has half-closed has not left" {
	serve
	kill -STOP "$server_pid"
	background go_on_soon
	expect_status 200 send "GET $hello_page HTTP/1.1\r\n$end" shut timeout 3000 read # all in one look
	end_helpers
	expect_status 200 narrow send "GET $page?" repeat 4000 a send " HTTP/1.1\r\n$end" shut pause 50 slow 500 1
	expect_status 400 send "GET $hello_page HTTP/1.1\r\nHost: x\r\n" pause 30 send 'A : b\r\n\r\n' shut read
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

# bats test_tags=extra
@test "3.67 a log that may not grow any more stops nothing" {
	ours_only 'the log'
	serve_with survives_a_full_log
}

# bats test_tags=extra
@test "3.68 a SIGINT that its shell ignores is ignored" {
	ours_only 'the signals'
	serve_with leaves_ignored
}
