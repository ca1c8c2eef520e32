#!/usr/bin/env bats
# Part 5: where a request ends, and nobody smuggles another in.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "5.23 a Content-Length that is no number is refused" {
	local value

	start "$site"
	while IFS= read -r value; do
		closes 400 "POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length:$value\r\n\r\nhello"
	done <<-'VALUES'
		 +5
		 -1
		 -0
		 5 5
		 0x5
		 5.0
		 5x
		 x
		 5e0
		 5;
		 "5"
		 ,
		 18446744073709551616
		 18446744073709551621
		 99999999999999999999999999999999999999
		 5\x0b
		 \xd9\xa5
		
	VALUES
	for value in 010 0010 0000000000000000000000000000000000000010; do
		keeps 405 "POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: $value\r\n\r\nGET /x HTT"
	done
	keeps 405 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length:\t 10 \t\r\n\r\nGET /x HTT'
	keeps 405 'POST /a.txt HTTP/1.1\r\nHost: x\r\ncontent-LENGTH:10\r\n\r\nGET /x HTT'
}

# bats test_tags=must
@test "5.24 Content-Length twice: the same, or refused" {
	local fields

	start "$site"
	while IFS= read -r fields; do
		send_all "POST /a.txt HTTP/1.1\r\nHost: x\r\n$fields\r\n\r\nhello$last_b"
		case $(statuses) in
		'405 200' | 400) ;;
		*) complain '405 200, or 400' "these came: $(statuses)" ;;
		esac
	done <<-'FIELDS'
		Content-Length: 5\r\nContent-Length: 5
		Content-Length: 5, 5
		Content-Length: 5,5, 5
		Content-Length: 5\r\nX: y\r\ncontent-length: 5
		Content-Length: 5\r\nContent-Length: 05
	FIELDS
	while IFS= read -r fields; do
		converse "POST /a.txt HTTP/1.1\r\nHost: x\r\n$fields\r\n\r\nhello$b"
		if [ "$client_status" -ne 0 ] || [ "$(statuses)" != 400 ]; then
			client_status=0
			complain '400, Connection: close, then the end' \
				'there are two lengths, and one of them was believed: another server may believe the other, and a request is smuggled in'
		fi
		is 400 'Connection: close'
	done <<-'FIELDS'
		Content-Length: 5\r\nContent-Length: 6
		Content-Length: 6\r\nContent-Length: 5
		Content-Length: 0\r\nContent-Length: 5
		Content-Length: 5, 6
		Content-Length: 5, 5, 6
		Content-Length: 5\r\nContent-Length: x
		Content-Length: 5\r\nX: y\r\ncontent-length: 6
		Content-Length: 5, +5
	FIELDS
	# An empty member of a list means nothing, but a number is no list: RFC 9110, 5.6.1.2 and 8.6.
	while IFS= read -r fields; do
		send_all "POST /a.txt HTTP/1.1\r\nHost: x\r\n$fields\r\n\r\nhello$last_b"
		either "$(statuses)" 400 '405 200' || complain 400 "these came: $(statuses)"
	done <<-'FIELDS'
		Content-Length: 5,
		Content-Length: , 5
	FIELDS
}

# bats test_tags=must
@test "5.25 a second request cannot be smuggled in after a disguised field" {
	local hidden='GET /b.txt HTTP/1.1\r\nHost: x\r\n\r\n' line

	start "$site"
	while IFS= read -r line; do
		closes '400 501' "POST /a.txt HTTP/1.1\r\nHost: x\r\n$line\r\n\r\n0\r\n\r\n$hidden"
	done <<-'LINES'
		Content-Length: 36\r\nTransfer-Encoding : chunked
		Content-Length: 36\r\nTransfer-Encoding\t: chunked
		Content-Length: 36\r\n Transfer-Encoding: chunked
		Content-Length: 36\r\nX: y\r\n Transfer-Encoding: chunked
		Content-Length: 36\r\nTransfer-Encoding:\r\n chunked
		Content-Length: 36\r\nTransfer-Encoding: xchunked
		Content-Length: 36\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x
		Content-Length: 36\r\nX: y\rTransfer-Encoding: chunked
		Content-Length: 36\r\n\0Transfer-Encoding: chunked
		Content-Length: 36\r\n: chunked\r\nTransfer-Encoding\0: chunked
		Content-Length : 36
		Content-Length\0: 36
		Content-Length: 36\r\n\tContent-Length: 5
		Transfer-Encoding: chunked\r\nContent-Length\x00: 5
	LINES
	# What is no field of framing frames nothing; the content of ten octets is read past.
	while IFS= read -r line; do
		keeps 405 "POST /a.txt HTTP/1.1\r\nHost: x\r\n$line\r\nContent-Length: 10\r\n\r\nGET /x HTT"
	done <<-'LINES'
		Transfer_Encoding: chunked
		X-Transfer-Encoding: chunked
		Transfer-Encoding-X: chunked
		Content_Length: 3
		X: Content-Length: 3
		Content-Length-X: 3
		TE: chunked
		Trailer: Content-Length
	LINES
}

# bats test_tags=must
@test "5.26 Expect: 100-continue is never waited on" {
	local ask content fields

	start "$site"
	for fields in 'Transfer-Encoding: chunked\r\nExpect: 100-continue' 'Content-Length: 5\r\nExpect: 100-Continue' \
		'Content-Length: 5\r\nExpect: 100-continue'; do
		ask="POST /a.txt HTTP/1.1\r\nHost: x\r\n$fields\r\n\r\n" content=hello
		[[ $fields != *chunked* ]] || content='5\r\nhello\r\n0\r\n\r\n'
		send_all timeout 2000 send "$ask" head
		case $(statuses) in
		100) expect_statuses '100 405 200' send "$ask" head send "$content" reply send "$last_b" read ;;
		405 | 413 | 417)
			[ -n "$(field Connection)" ] || complain 'Connection: close, then the end' \
				'a client that waits for 100 need not send its content after another answer: whether what comes next is content or a request, nobody can tell'
			send_all send "$ask" read
			is '405 413 417' 'Connection: close'
			;;
		*) complain '100, or a final status and Connection: close' "these came: $(statuses)" ;;
		esac
	done
	# With all of the content there, nothing is left to ask for.
	send_all "${ask}hello$last_b"
	case $(statuses) in
	'405 200' | '100 405 200' | 405 | 417 | '417 200') ;;
	*) complain '405 200' "these came: $(statuses)" ;;
	esac
	lacks '^HTTP/1.1 400'
}

# bats test_tags=must
@test "5.44 a request whose content ends early gets one answer at most, and no other request" {
	local fields

	start "$site"
	while IFS= read -r fields; do
		send_all send "POST /a.txt HTTP/1.1\r\nHost: x\r\n$fields" shut read
		either "$(statuses)" 405 '400|408|' || complain 405 "these came: $(statuses)"
	done <<-FIELDS
		Content-Length: 5\r\n\r\nhell
		Content-Length: 100\r\n\r\n$last_b
		Transfer-Encoding: chunked\r\n\r\n5\r\nhell
		Transfer-Encoding: chunked\r\n\r\n100\r\n$last_b
		Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n
		Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n
		Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n
	FIELDS
	still_serves
}

# bats test_tags=must
@test "5.46 Expect means nothing in HTTP/1.0" {
	local head='POST /a.txt HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n'

	start "$site"
	send_all send "$head" pause 100 send 'hello' reply send 'GET /b.txt HTTP/1.0\r\n\r\n' read
	either "$(statuses)" '405 200' 405 || complain '405 200' \
		"these came: $(statuses); HTTP/1.0 does not know Expect, so it must be ignored, and no 100 may come"
}
