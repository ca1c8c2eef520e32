#!/usr/bin/env bats
# Part 5: wrong and foreign transfer codings.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "5.19 wrong chunked coding is refused" {
	local content long

	printf -v long '%0300d' 5
	start "$site"
	while IFS= read -r content; do
		closes 400 "POST /a.txt HTTP/1.1\r\n$chunked$content"
	done <<-CONTENTS
		\r\n
		g\r\n
		x5\r\nhello\r\n0\r\n\r\n
		5x\r\nhello\r\n0\r\n\r\n
		0x5\r\nhello\r\n0\r\n\r\n
		+5\r\nhello\r\n0\r\n\r\n
		-5\r\nhello\r\n0\r\n\r\n
		 5\r\nhello\r\n0\r\n\r\n
		5 5\r\nhello\r\n0\r\n\r\n
		5.0\r\nhello\r\n0\r\n\r\n
		;x\r\nhello\r\n0\r\n\r\n
		10000000000000000\r\n
		10000000000000005\r\nhello\r\n0\r\n\r\n
		fffffffffffffffffffffffff\r\n
		5\r\nhelloX\r\n0\r\n\r\n
		5\r\nhello0\r\n\r\n
		5\r\nhello\rX0\r\n\r\n
		4\r\nhello\r\n0\r\n\r\n
		6\r\nhello\r\n0\r\n\r\n
		5\nhello\r\n0\r\n\r\n
		5\r\nhello\n0\r\n\r\n
		5\r\nhello\r\n0\n\r\n
		5\rhello\r\n0\r\n\r\n
		5;\0\r\nhello\r\n0\r\n\r\n
		5;x\rx\r\nhello\r\n0\r\n\r\n
		5;$long$long$long$long\r\nhello\r\n0\r\n\r\n
		$long$long$long$long\r\nhello\r\n0\r\n\r\n
		0\r\nX\r\n\r\n
		0\r\nX y: z\r\n\r\n
		0\r\nX : y\r\n\r\n
		0\r\n: y\r\n\r\n
		0\r\n X: y\r\n\r\n
		0\r\nX: y\r\n folded\r\n\r\n
		0\r\nX: \0\r\n\r\n
		0\r\nX: y\n\r\n
		5\r\nhello\r\n0\r\nGET /b.txt HTTP/1.1\r\nHost: x\r\n\r\n
	CONTENTS
	# What is wrong later, after the answer, closes the connection without another byte.
	for content in "${chunked}5\r\nhello" "${chunked}5\r\nhello\r\n0\r\nX" "${chunked}5;x"; do
		send_all send "POST /a.txt HTTP/1.1\r\n$content" pause 50 send "\rX\r\n0\r\n\r\n$b" read
		is '400 405'
		lacks 'this is b'
	done
	# So does a line that never ends, in whatever pieces it comes.
	for content in "$chunked" "${chunked}0\r\nX: "; do
		send_all send "POST /a.txt HTTP/1.1\r\n$content" repeat 60 "$long" send "\r\n\r\n$b" read
		is '400 405 431'
		lacks 'this is b'
	done
}

# bats test_tags=must
@test "5.20 Transfer-Encoding and Content-Length together are refused" {
	local fields

	start "$site"
	while IFS= read -r fields; do
		closes '400 501' "POST /a.txt HTTP/1.1\r\nHost: x\r\n$fields\r\n\r\n0\r\n\r\n"
	done <<-'FIELDS'
		Transfer-Encoding: chunked\r\nContent-Length: 5
		Content-Length: 5\r\nTransfer-Encoding: chunked
		Content-Length: 0\r\nTransfer-Encoding: chunked
		Content-Length: 5\r\nX: y\r\ntransfer-encoding:chunked
		Content-Length: 5\r\nTransfer-Encoding: gzip
		Content-Length: 5\r\nTransfer-Encoding: identity
		Content-Length: 5\r\nTransfer-Encoding: gzip, chunked
		Content-Length: 5\r\nTransfer-Encoding:
	FIELDS
	closes 400 "GET /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
}

# bats test_tags=must
@test "5.21 Transfer-Encoding in HTTP/1.0 closes the connection" {
	start "$site"
	closes '400 405' 'POST /a.txt HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
	closes '400 405' 'POST /a.txt HTTP/1.0\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0\r\n\r\n'
	closes '400 200' 'GET /a.txt HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
}

# bats test_tags=must
@test "5.22 transfer codings that are not chunked alone are refused" {
	local due value

	start "$site"
	while read -r due value; do
		closes "${due/-/ }" "POST /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:$value\r\n\r\n0\r\n\r\n"
	done <<-'VALUES'
		400-501 gzip
		501 gzip, chunked
		501 gzip\r\nTransfer-Encoding: chunked
		501 identity, chunked
		400 chunked, gzip
		400 chunked\r\nTransfer-Encoding: gzip
		400 chunked\r\nX: y\r\ntransfer-encoding: identity
		400 chunked, chunked
		400 chunked,gzip,chunked
		400 chunked\r\nTransfer-Encoding: chunked
		400-501 xchunked
		400-501 chunkedx
		400-501 identity
		400-501 "chunked"
		400-501 chunked;x=y
		400-501 chunked x
		400-501 chunke
		400-501 \x0bchunked
		400-501 chunked\0
		400-501
	VALUES
	while IFS= read -r value; do
		keeps 405 "POST /a.txt HTTP/1.1\r\nHost: x\r\n$value\r\n\r\n0\r\n\r\n"
	done <<-'FIELDS'
		Transfer-Encoding: Chunked
		transfer-encoding: CHUNKED
		Transfer-Encoding:chunked
		Transfer-Encoding:   chunked  
		Transfer-Encoding:\tchunked\t
	FIELDS
}

# bats test_tags=must
@test "5.45 empty members in the list of transfer codings mean nothing" {
	local value

	start "$site"
	for value in 'chunked,' ', chunked' ',, ,chunked , '; do
		keeps 405 "POST /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: $value\r\n\r\n0\r\n\r\n"
	done
	keeps 405 'POST /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
	for value in ',' 'chunked, , chunked' 'chunked,,gzip'; do
		closes "$(ours 400 501)" \
			"POST /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: $value\r\n\r\n0\r\n\r\n"
	done
}
