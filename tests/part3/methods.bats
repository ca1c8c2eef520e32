#!/usr/bin/env bats
# Part 3: methods, and what is allowed.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "3.8 methods that exist, and that a page doesn't allow: 405 with Allow" {
	local method

	serve
	for method in POST PUT DELETE PATCH TRACE; do
		expect_status "$(not_allowed)" "$method $hello_page HTTP/1.1\r\n$end"
		judged is "$code" 'Content-Length: *' 'Connection: close' || return
		[ "$code" = 405 ] || continue
		judged is 405 'Allow: ~(^|, *)GET(,|$)' || return
		[[ $(field Allow) =~ (^|, *)HEAD(,|$) ]] ||
			complain 'Allow: GET, HEAD, OPTIONS' 'who has GET has HEAD, too: Allow must name it'
	done
	expect_status "$(ours 405 400 501)" 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\nConnection: close\r\n\r\n'
	expect_each "$(ours 404 405 501)" "DELETE /nowhere HTTP/1.1\r\n$end" "POST /nowhere HTTP/1.1\r\n$end"
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
		expect_status "$(ours 204 200 405 501)" "OPTIONS $target HTTP/1.1\r\n$end"
		[ "$code" != 501 ] || continue # it does not know OPTIONS
		[[ $(field Allow) =~ (^|, *)GET(,|$) ]] ||
			complain 'Allow, with GET in it' 'OPTIONS asks which methods there are: Allow must name them'
		[ "$code" = 405 ] || [ "$length" -eq 0 ] || complain 'no content' "$length octets of content came, where only the fields were asked for"
	done
	expect_status "$(ours 404 204 200 405 501)" "OPTIONS /nowhere HTTP/1.1\r\n$end"
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
@test "3.56 each form of target belongs to its methods" {
	serve
	expect_each "$(ours 400 404 405 501)" "GET * HTTP/1.1\r\n$end" "POST * HTTP/1.1\r\n$end" \
		"GET x:80 HTTP/1.1\r\n$end" "OPTIONS x:80 HTTP/1.1\r\n$end" "CONNECT $hello_page HTTP/1.1\r\n$end" \
		"CONNECT * HTTP/1.1\r\n$end" "CONNECT x HTTP/1.1\r\n$end" "CONNECT x: HTTP/1.1\r\n$end" \
		"CONNECT x:8x HTTP/1.1\r\n$end"
}
