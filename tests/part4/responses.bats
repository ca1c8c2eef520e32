#!/usr/bin/env bats
# Part 4: whole responses, other methods, what closes.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=extra
@test "4.3 a whole response, byte for byte" {
	ours_only
	TZ=UTC0 touch -t 200806301130.00 "$site/a.txt" "$site/letters"
	start "$site"
	expect 'GET /a.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' <<-'REPLY'
		HTTP/1.1 200 OK^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Content-Type: text/plain; charset=utf-8^M$
		Content-Length: 10^M$
		Connection: close^M$
		Last-Modified: Mon, 30 Jun 2008 11:30:00 GMT^M$
		ETag: "TAG"^M$
		Accept-Ranges: bytes^M$
		^M$
		this is a$
	REPLY
	expect 'GET /letters HTTP/1.1\r\nHost: x\r\nRange: bytes=24-99\r\nConnection: close\r\n\r\n' <<-'REPLY'
		HTTP/1.1 206 Partial Content^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Content-Type: application/octet-stream^M$
		Content-Length: 2^M$
		Connection: close^M$
		Last-Modified: Mon, 30 Jun 2008 11:30:00 GMT^M$
		ETag: "TAG"^M$
		Accept-Ranges: bytes^M$
		Content-Range: bytes 24-25/26^M$
		^M$
		yz
	REPLY
	expect 'GET /a.txt HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\nConnection: close\r\n\r\n' <<-'REPLY'
		HTTP/1.1 304 Not Modified^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Connection: close^M$
		Last-Modified: Mon, 30 Jun 2008 11:30:00 GMT^M$
		ETag: "TAG"^M$
		^M$
	REPLY
}

# bats test_tags=must
@test "4.4 HEAD gets the fields of GET, and no content" {
	local due path

	start "$site"
	for path in / /a.txt /about /letters /empty.txt /b/c.txt; do
		get "$path"
		is 200
		due=$(LC_ALL=C sed $'/^\r$/q; /^Date/d' "$reply")
		ask HEAD "$path"
		is 200
		[ "$(LC_ALL=C sed $'/^\r$/q; /^Date/d' "$reply")" = "$due" ] ||
			complain "$due" 'the fields are not those of GET'
	done
	for path in /missing /b /%zz; do
		get "$path"
		is '404 301 400'
		due=$code
		ask HEAD "$path"
		is "$due"
	done
}

# bats test_tags=must
@test "4.43 other methods on a file" {
	local allow='GET, HEAD, OPTIONS' method

	[ -z "${SERVER:-}" ] || allow='~(^|, *)GET(,|$)'
	start "$site"
	for method in POST PUT DELETE PATCH TRACE; do
		ask "$method" /a.txt 'Content-Length: 0'
		is "$(not_allowed)"
		[ "$code" != 405 ] || is 405 "Allow: $allow"
		lacks 'this is'
	done
	ask OPTIONS /a.txt
	is "204 200$(ours '' ' 405 501')"
	[ "$code" = 501 ] || is "$code" "Allow: $allow"
	lacks 'this is'
	for method in POST PUT; do
		ask "$method" /new.txt 'Content-Length: 0'
		is "$(ours 404 405 501)"
	done
	[ ! -e "$site/new.txt" ] || complain 'no file is made' 'PUT or POST has made one: anybody could fill this site'
	get /a.txt
	is 200
	has "$site/a.txt"
}

# bats test_tags=must
@test "4.53 part 4 closes after every response" {
	local target

	[ "$PART" -eq 4 ] || skip 'part 5 keeps the connection'
	start "$site"
	for target in /a.txt /missing /b /%zz /empty.txt; do
		converse timeout 2000 send "GET $target HTTP/1.1\r\nHost: x\r\n\r\nGET /b.txt HTTP/1.1\r\nHost: x\r\n\r\n" read
		ends_soon
		is '200 404 301 400' 'Connection: close'
		lacks 'this is b'
	done
	# Who has been refused, and goes on sending for a moment, gets the refusal all the same.
	SPEED=3 start_fast "$site"
	send_all send 'GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n' pause 400 send 'more' pause 100 send 'more' read
	is 400
}

# bats test_tags=extra
@test "4.54 a folder that is not there is named, and the status is 1" {
	local place

	ours_only 'its words'
	for place in "$tmp/missing" "$site/a.txt"; do
		ends 1 -p 0 "$place"
		says_nothing stdout
		says stderr "$place"
		says_one_line stderr
	done
}

# bats test_tags=must
@test "4.60 fields about the request's own content change nothing" {
	start "$site"
	get /a.txt 'Content-Location: /b.txt' 'Content-Range: bytes 0-1/10'
	is 200 '!Content-Range'
	has "$site/a.txt"
}

# bats test_tags=must
@test "4.83 an empty file is sent whole, whatever range is asked for" {
	local range

	start "$site"
	for range in 0- 0-0 -1 -0 5- 5-9 -99999999999999999999; do
		get /empty.txt "Range: bytes=$range"
		is "$(ours 200 416)" 'Content-Length: *'
	done
}

# bats test_tags=must
@test "4.87 a page that is no file has all its fields, too" {
	local due fields

	start "$site"
	while read -r due fields; do
		converse "${fields% | *} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${fields#* | }\r\n\r\n"
		[ "$due" != 405 ] || due=$(not_allowed)
		is "$due" 'Content-Length: *'
		[ "$length" -eq 0 ] || is "$due" "Content-Type: $([ -n "${SERVER:-}" ] && echo '*' || echo 'text/html; charset=utf-8')"
		[ "$code" != 405 ] || is 405 'Allow: *'
	done <<-'REQUESTS'
		404 GET /missing | X: y
		400 GET /%zz | X: y
		301 GET /b | X: y
		405 DELETE /a.txt | X: y
		412 GET /a.txt | If-Match: "x"
		416 GET /a.txt | Range: bytes=99-
		400 GET /a.txt | Host: y
	REQUESTS
}

# bats test_tags=extra
@test "4.88 the log tells how much of a file was to be sent" {
	ours_only 'the log'
	start "$site"
	get /letters 'Range: bytes=3-9'
	get /letters 'If-None-Match: *'
	ask HEAD /letters
	get /letters
	get /empty.txt
	ask OPTIONS /letters
	get /letters 'Range: bytes=-26'
	stop TERM
	awk '{ print $6, $7, $9, $10 }' "$log" >"$tmp/ends"
	diff -u - "$tmp/ends" >"$tmp/compared" <<-'LOG' ||
		"GET /letters 206 7
		"GET /letters 304 -
		"HEAD /letters 200 -
		"GET /letters 200 26
		"GET /empty.txt 200 -
		"OPTIONS /letters 204 -
		"GET /letters 206 26
	LOG
		tell 'in each line of log the octets of content, or - if there are none' \
			'they are those of the whole file, or of the answer to GET: count what this response sends'
}
