#!/usr/bin/env bats
# Part 2: how long a line and a head may be.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "2.21 a request line of 8,000 octets is taken" {
	local lesson='a request line of 8,000 octets is taken whole: a buffer, or what a word of it is copied to, is too small'

	start
	expect_outcome report send 'GET /' repeat 7986 'a' send ' HTTP/1.1\r\n\r\n' read
	[ "$(wc -c <"$reply")" -gt 15972 ] || complain 'a report with all of the target, and all of the path' \
		"the report has $(($(wc -c <"$reply"))) octets, and needs more than 15,972: the line was cut"
	expect_outcome report send 'GET /?' repeat 7985 'a' send ' HTTP/1.1\r\n\r\n' read
	[ "$(wc -c <"$reply")" -gt 15972 ] || complain 'a report with all of the target, and all of the query' \
		"the report has $(($(wc -c <"$reply"))) octets, and needs more than 15,972: the query was cut"
	expect_outcome report repeat 7989 'A' send ' / HTTP/1.1\r\n\r\n' read
	[ "$(wc -c <"$reply")" -gt 7989 ] || complain 'a report with all of the method' \
		"the report has $(($(wc -c <"$reply"))) octets, and needs more than 7,989: the method was cut"
}

# bats test_tags=must
@test "2.22 one of 20,000 is refused: 414, and the client can read that" {
	rule 2.11
	start
	expect_outcome 414 send 'GET /' repeat 20000 'a' send ' HTTP/1.1\r\n\r\n' read
	expect_outcome 414 deaf send 'GET /' repeat 40 "$(printf '%050000d' 0)" send ' HTTP/1.1\r\n\r\n' read
}

# bats test_tags=must
@test "2.23 a line that never ends is refused before it ends" {
	rule 2.11
	start
	converse timeout 3000 send 'GET /' repeat 30 "$(printf '%01000d' 0)" read
	[ "$client_status" -ne 3 ] || [ -s "$reply" ] ||
		complain "refused: 414 and why" \
			'the server waits for the end of a line that has none: refuse at the limit, before the line ends'
	expect_outcome "$(ours 414 400)" timeout 3000 send 'GET /' repeat 30 "$(printf '%01000d' 0)" read
}

# bats test_tags=extra
@test "2.40 a head of exactly 16 KiB is taken; so many octets without an end are refused at once" {
	local begun='GET / HTTP/1.1\r\nA: ' field lesson='a head of 16 KiB, through its empty line, just fits'

	ours_only 'the limit may be another'
	start
	printf -v field '%0*d' $((16384 - 14 - 2 - 3 - 4)) 0
	expect_outcome report timeout 2000 send "$begun$field\r\n\r\n" read
	converse timeout 2000 send "$begun${field}0000" read
	[ "$client_status" -ne 3 ] ||
		complain 'refused: 431 and why' \
			'the server waits for more than a head of exactly 16 KiB, which has no end and can get none: is the limit off by one?'
	expect_outcome 431 timeout 2000 send "$begun${field}0000" read
	lesson='the longest target that fits comes back twice, as target and as path'
	expect_outcome report timeout 2000 send 'GET /' repeat $((16384 - 18)) 'a' send ' HTTP/1.1\r\n\r\n' read
	[ "$(wc -c <"$reply")" -eq $((48 + 2 * (16384 - 18))) ] || complain 'a report with all of the target, and all of the path' \
		"the report has $(($(wc -c <"$reply"))) octets: there is too little room for the longest one"
}

# bats test_tags=must
@test "2.41 field lines that are too long, one or all together, are refused: 431" {
	local start_of_head='GET / HTTP/1.1\r\nHost: x\r\n' field

	rule 2.11
	start
	printf -v field 'A: %01000d\\r\\n' 0
	expect_outcome "$(ours 431 400)" timeout 3000 send "$start_of_head" repeat 20 "$field" send '\r\n' read
	converse timeout 3000 send "${start_of_head}A: " repeat 30 "$(printf '%01000d' 0)" read
	[ "$client_status" -ne 3 ] || [ -s "$reply" ] ||
		complain 'refused: 431 and why' \
			'the server waits for the end of field lines, and there is no limit for them: who never ends them fills its memory'
	expect_outcome "$(ours 431 400)" timeout 3000 send "${start_of_head}A: " repeat 30 "$(printf '%01000d' 0)" read
	expect_outcome "$(ours 431 400)" deaf send "$start_of_head" repeat 80 "A: $(printf '%025000d' 0)\r\n" send '\r\n' read
}
