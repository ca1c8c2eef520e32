#!/usr/bin/env bats
# Part 3: field lines, as they are understood or refused.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

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
	expect_each "$(ours 400 200)" "GET $hello_page HTTP/1.1\r\nA: b\r\n c\r\n$end" "GET $hello_page HTTP/1.1\r\nA: b\r\n\tc\r\n$end" \
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
	expect_each "$(ours 400 200)" "${requests[@]}"
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
	rule 3.12
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
	diff -u - "$tmp/got" <<-'FIELDS' ||
		version: HTTP/1.1
		A: b
		B: 
		c: d:e
		A: 2
		Host: x
	FIELDS
		complain 'the fields, in the order in which they came, without the white space around their values' \
			'the lines marked with + above came in place of those with -'
}

# bats test_tags=must
@test "3.29 Expect: 100-continue is never left waiting" {
	serve
	expect_status "$(not_allowed)" send "POST $hello_page HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n$end" \
		timeout 3000 head send 'hello' read
	expect_status 200 send "GET $hello_page HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n$end" \
		timeout 3000 head send 'hello' read
	expect_status "$(ours 200 417)" "GET $hello_page HTTP/1.1\r\nExpect: a-miracle\r\n$end"
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
