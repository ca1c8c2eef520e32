#!/usr/bin/env bats
# Part 5: content is read past.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "5.13 content with a Content-Length is read past" {
	local content='GET /b.txt HTTP/1.1\r\nHost:x\r\n\r\n' method

	# 31 octets that look like a request, and must not be taken for one.
	start "$site"
	for method in GET HEAD POST PUT DELETE OPTIONS; do
		case $method in
		HEAD) keeps 200 "HEAD /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 31\r\n\r\n$content" head ;;
		OPTIONS) keeps '200 204' "OPTIONS /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 31\r\n\r\n$content" ;;
		GET) keeps 200 "GET /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 31\r\n\r\n$content" ;;
		*) keeps 405 "$method /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 31\r\n\r\n$content" ;;
		esac
		if [ "$method" = GET ]; then
			expect_contents 'a b'
		else
			expect_contents b
		fi
	done
	keeps 405 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n'
	keeps 405 'POST /a.txt HTTP/1.1\r\nHost: x\r\n\r\n'
	keeps 404 "GET /missing HTTP/1.1\r\nHost: x\r\nContent-Length: 31\r\n\r\n$content"
	keeps 404 'GET /missing HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n\0\r\n\r\n'
	keeps 200 "GET /a.txt HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 31\r\n\r\n$content"
	expect_contents 'a b'
}

# bats test_tags=must
@test "5.14 content may come in pieces, and up to 1 MiB of it" {
	local head='POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length:' i line operations=()

	start "$site"
	for i in 0 1 2 3 4 5 6 7 8 9 10; do
		operations+=(send "$head 10\r\n\r\n$(printf '%.*s' "$i" 0123456789)" pause 2)
		operations+=(send "$(printf '0123456789' | tail -c +$((i + 1)))$b" reply reply)
	done
	expect_statuses "$(times 11 405 200)" "${operations[@]}" shut read
	printf -v line '%01024d' 7
	expect_statuses '405 200' send "$head 1048576\r\n\r\n" repeat 1024 "$line" reply send "$last_b" read
}

# bats test_tags=must
@test "5.15 content over the limit is answered, and the connection closed" {
	local line number target

	printf -v line '%01024d' 7
	start "$site"
	for target in 'GET /a.txt' 'POST /b.txt'; do
		send_all deaf send "$target HTTP/1.1\r\nHost: x\r\nContent-Length: 3145728\r\n\r\n" \
			repeat 3072 "$line" send "$b" read
		request=$target
		is '200 405 413' 'Connection: close'
		lacks 'this is b'
	done
	# 5, and 2^31, 2^32 or 2^63 more: whoever keeps too few bits of it reads past "hello" alone.
	for number in 18446744073709551614 2147483653 4294967301 9223372036854775813; do
		closes '200 413' "GET /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: $number\r\n\r\nhello"
	done
	for number in 7fffffffffffffff 80000005 100000005 8000000000000005; do
		closes '200 413' "GET /a.txt HTTP/1.1\r\n$chunked$number\r\nhello\r\n0\r\n\r\n"
	done
	# Many small chunks are as much, and so are the lines between them.
	for line in "400\r\n$line\r\n" "1;${line:0:99}\r\n0\r\n"; do
		send_all deaf send 'POST /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n' \
			repeat $((3145728 / ${#line})) "$line" send "0\r\n\r\n$last_b" read
		either "$(statuses)" 405 '405 200|413' || complain '405, then the end' "these came: $(statuses)"
	done
}

# bats test_tags=must
@test "5.16 chunked content is read past" {
	local content

	start "$site"
	while IFS= read -r content; do
		keeps 405 "POST /a.txt HTTP/1.1\r\n$chunked$content"
		keeps 200 "GET /a.txt HTTP/1.1\r\n$chunked$content"
		expect_contents 'a b'
	done <<-'CONTENTS'
		0\r\n\r\n
		5\r\nhello\r\n0\r\n\r\n
		1f\r\nGET /b.txt HTTP/1.1\r\nHost:x\r\n\r\n\r\n0\r\n\r\n
		1F\r\nGET /b.txt HTTP/1.1\r\nHost:x\r\n\r\n\r\n0\r\n\r\n
		a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n
		1\r\na\r\n2\r\nbc\r\n3\r\ndef\r\n0\r\n\r\n
		00000000000000000000000000005\r\nhello\r\n0\r\n\r\n
		5\r\nhello\r\n0000000000\r\n\r\n
		5;x\r\nhello\r\n0\r\n\r\n
		5;x=y;z="a b"\r\nhello\r\n0;last\r\n\r\n
		5 ; x = y\r\nhello\r\n0\r\n\r\n
		5;x="a;b"\r\nhello\r\n0\r\n\r\n
		5\r\nhello\r\n0\r\nX: y\r\n\r\n
		5\r\nhello\r\n0\r\nX: y\r\nTransfer-Encoding: gzip\r\nContent-Length: 99\r\nConnection: close\r\n\r\n
		5\r\nhello\r\n0\r\nGET: /b.txt\r\nX:\r\n\r\n
		5\r\n\0\r\n\r\n\r\n0\r\n\r\n
		7\r\n0\r\n\r\nab\r\n0\r\n\r\n
	CONTENTS
	# The longest line with a size that must be taken: 256 octets, CR LF too.
	printf -v content '%0252d' 7
	keeps 405 "POST /a.txt HTTP/1.1\r\n${chunked}5;$content\r\nhello\r\n0\r\n\r\n"
}

# bats test_tags=must
@test "5.17 chunked content may be split anywhere" {
	local head=$'POST /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n' i operations=()
	local content=$'5;x="y"\r\nhello\r\n0C\r\n0123456789\r\n\r\n0\r\nX: y\r\n\r\n'

	for ((i = 0; i <= ${#content}; i++)); do
		operations+=(send "$head${content:0:i}" pause 1 send "${content:i}$b" reply reply)
	done
	start "$site"
	expect_statuses "$(times $((${#content} + 1)) 405 200)" "${operations[@]}" shut read
	expect_statuses '405 200' drip 1 "$head$content$last_b" read
}

# bats test_tags=must
@test "5.18 a chunked upload of 512 KiB, in many chunks" {
	local chunk operations=() size

	start "$site"
	for size in 1 100 1024 8192; do
		printf -v chunk '%0*d' "$size" 7
		printf -v chunk '%x\\r\\n%s\\r\\n' "$size" "$chunk"
		operations+=(send "POST /a.txt HTTP/1.1\r\n$chunked" repeat $((524288 / (size + 10))) "$chunk")
		operations+=(send '0\r\n\r\n' reply)
	done
	expect_statuses '405 405 405 405 200' "${operations[@]}" send "$last_b" read
	# And as one chunk, which fits into no buffer.
	printf -v chunk '%01024d' 7
	send_all send "POST /a.txt HTTP/1.1\r\n${chunked}80000\r\n" repeat 512 "$chunk" send '\r\n0\r\n\r\n' reply \
		send "$last_b" read
	[ "$(statuses)" = '405 200' ] || complain '405 200' \
		"these came: $(statuses); a chunk may be larger than a buffer: pass over it as it comes"
}
