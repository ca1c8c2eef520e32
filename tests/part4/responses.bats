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
	local method

	start "$site"
	for method in POST PUT DELETE PATCH TRACE; do
		ask "$method" /a.txt 'Content-Length: 0'
		is "$(not_allowed)"
		[ "$code" != 405 ] || is 405 "Allow: $(ours 'GET, HEAD, OPTIONS' '~(^|, *)GET(,|$)')"
		lacks 'this is'
	done
	ask OPTIONS /a.txt
	is "204 200$(ours '' ' 405 501')"
	[ "$code" = 501 ] || is "$code" "Allow: $(ours 'GET, HEAD, OPTIONS' '~(^|, *)GET(,|$)')"
	lacks 'this is'
	for method in POST PUT; do
		ask "$method" /new.txt 'Content-Length: 0'
		is "404 $(not_allowed)"
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
		send_all "GET $target HTTP/1.1\r\nHost: x\r\n\r\nGET /b.txt HTTP/1.1\r\nHost: x\r\n\r\n"
		is '200 404 301 400' 'Connection: close'
		lacks 'this is b'
	done
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
