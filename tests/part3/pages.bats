#!/usr/bin/env bats
# Part 3: whole responses: pages, HEAD, errors, Date.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

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
		[ "$path" = /request ] || [[ $(field Content-Type) == text/html* ]] ||
			complain "Content-Type: text/html; charset=utf-8, for $path" \
				"Content-Type is $(field Content-Type): what it is called decides whether a browser shows a page or its source"
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

	rule 3.8
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
	rule 3.15 'and it is refused'
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
	rule 3.7
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
		"HEAD /nowhere HTTP/1.1\r\n$end" "GET /REQUEST HTTP/1.1\r\n$end" "GET /request2 HTTP/1.1\r\n$end" \
		"GET /reques HTTP/1.1\r\n$end" "GET /request/x HTTP/1.1\r\n$end" "GET /hello./x HTTP/1.1\r\n$end"
}

# bats test_tags=must
@test "3.7 a query doesn't change the path" {
	serve
	expect_each 200 "GET /?x HTTP/1.1\r\n$end" "GET $hello_page?/nowhere HTTP/1.1\r\n$end" \
		"GET $hello_page? HTTP/1.1\r\n$end"
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

# bats test_tags=extra
@test "3.79 Date has two digits for the day, the hour, the minute and the second" {
	ours_only 'another has no clock that we can stop'
	WALL_CLOCK=stopped serve_with start_fast
	expect_head "GET $hello_page HTTP/1.1\r\n$end" <<-'REPLY'
		HTTP/1.1 200
		Date: Sun, 06 Dec 2026 08:05:07 GMT
	REPLY
}

# encoded_as_it_says: if the last reply says that its content is gzip, it is.
encoded_as_it_says() {
	[ "$(field Content-Encoding)" = gzip ] || return 0
	split_reply
	[ "$(head -c 2 "$tmp/content" | od -A n -t x1 | tr -d ' \n')" = 1f8b ] ||
		complain 'content that begins as gzip does, with 0x1f 0x8b, or no Content-Encoding' \
			'Content-Encoding says what has been done to the content; that the client accepts gzip asks for nothing'
}

# bats test_tags=must
@test "3.78 what a browser sends with its request, whatever the answer is" {
	local head="Host: localhost:8080\r\nConnection: keep-alive\r\n$of_a_browser\r\n"

	serve
	expect_head send "GET $hello_page HTTP/1.1\r\n$head" shut read <<-'REPLY'
		HTTP/1.1 200
		Content-Length: ~^[1-9]
	REPLY
	encoded_as_it_says
	if [ "$PART" -lt 5 ]; then # it closes by itself, whatever the client would like
		expect_status 200 timeout 2000 send "GET $hello_page HTTP/1.1\r\n$head" read
	fi
	expect_status 200 send "HEAD $hello_page HTTP/1.1\r\n$head" shut read
	expect_status 404 send "GET /nowhere HTTP/1.1\r\n$head" shut read
	encoded_as_it_says
	expect_status "$(not_allowed)" send "POST $hello_page HTTP/1.1\r\nOrigin: http://localhost:8080\r\nContent-Length: 3\r\n${head}a=b" shut read
	expect_status "$(ours 204 200 405 501)" send "OPTIONS $hello_page HTTP/1.1\r\n$head" shut read
	expect_status 400 send "GET $hello_page HTTP/1.1\r\nA : b\r\n$head" read
}

# bats test_tags=must
@test "3.49 what a browser asks for without being told to" {
	local browser='User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n'

	browser+='Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: fr-CH, fr;q=0.9\r\n'
	browser+='Accept-Encoding: gzip, deflate, br, zstd\r\nCookie: a=b; c="d e"\r\nSec-GPC: 1\r\nDNT: 1\r\nPriority: u=0, i\r\n'
	browser+='Upgrade-Insecure-Requests: 1\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-User: ?1\r\n'
	serve
	expect_status 200 "GET $hello_page HTTP/1.1\r\n$browser$end"
	expect_status 404 "GET /nowhere HTTP/1.1\r\n$browser$end"
	expect_status '404 200 204' "GET /favicon.ico HTTP/1.1\r\n$end" # parts 4 and 5 have one
}

# bats test_tags=must
@test "3.57 HEAD gets no content with an error, either" {
	rule 3.8
	serve
	expect_status 400 "HEAD $hello_page HTTP/1.1\r\n\r\n"
	expect_status 400 "HEAD $hello_page HTTP/1.1\r\nA : b\r\n$end"
	expect_status 404 "HEAD /nowhere HTTP/1.1\r\n$end"
	expect_status 505 "HEAD $hello_page HTTP/2.0\r\nHost: x\r\n\r\n"
	expect_status 431 send "HEAD $hello_page HTTP/1.1\r\nA: " repeat 20000 a send "\r\n$end" read
	expect_status 414 send 'HEAD /' repeat 20000 a send " HTTP/1.1\r\n$end" read
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
	rule 3.3
	serve
	expect_status 200 "GET /request HTTP/1.1\r\nA: Gr\xc3\xbc\xc3\x9fe, \xd0\xbc\xd0\xb8\xd1\x80 \xe2\x82\xac\r\n$end"
}
