#!/usr/bin/env bats
# Part 5: several requests on one connection.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "5.1 a hundred requests one after another on one connection" {
	local i operations=()

	for ((i = 0; i < 50; i++)); do
		operations+=(send "$a" reply send "$b" reply)
	done
	start "$site"
	send_all "${operations[@]}" shut read
	expect_contents "$(times 50 a b)"
	lacks '^Connection:.*close'
}

# bats test_tags=must
@test "5.2 curl needs one connection for a hundred files" {
	local arguments=() got i

	for ((i = 0; i < 50; i++)); do
		arguments+=(-o /dev/null "http://HOST/a.txt" -o /dev/null "http://HOST/b/")
	done
	start "$site"
	curl -s -S --max-time 20 -w '%{http_code} %{num_connects}\n' "${arguments[@]//HOST/$host:$port}" \
		>"$tmp/got"
	got=$(sort "$tmp/got" | uniq -c | tr -s ' \n' ' ')
	[ "$got" = ' 99 200 0 1 200 1 ' ] || complain 'a hundred times status 200, and one connection for all of them' \
		"curl tells, how often, which status, and how many connections it had to open: $got"
}

# bats test_tags=extra
@test "5.3 responses on a kept connection, byte for byte" {
	ours_only
	TZ=UTC0 touch -t 200806301130.00 "$site/a.txt"
	start "$site"
	expect 'GET /a.txt HTTP/1.1\r\nHost: x\r\n\r\nGET /a.txt HTTP/1.0\r\nConnection: keep-alive\r\n\r\nHEAD /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' <<-'REPLY'
		HTTP/1.1 200 OK^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Content-Type: text/plain; charset=utf-8^M$
		Content-Length: 10^M$
		Last-Modified: Mon, 30 Jun 2008 11:30:00 GMT^M$
		ETag: "TAG"^M$
		Accept-Ranges: bytes^M$
		^M$
		this is a$
		HTTP/1.1 200 OK^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Content-Type: text/plain; charset=utf-8^M$
		Content-Length: 10^M$
		Connection: keep-alive^M$
		Last-Modified: Mon, 30 Jun 2008 11:30:00 GMT^M$
		ETag: "TAG"^M$
		Accept-Ranges: bytes^M$
		^M$
		this is a$
		HTTP/1.1 301 Moved Permanently^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Content-Type: text/html; charset=utf-8^M$
		Content-Length: 252^M$
		Connection: close^M$
		Location: /b/^M$
		^M$
	REPLY
}

# bats test_tags=must
@test "5.4 two requests in one write get two responses, in order" {
	start "$site"
	expect_statuses '200 200' "$a$last_b"
	expect_contents 'a b'
}

# bats test_tags=must
@test "5.5 fifty requests in one write get fifty responses, in order" {
	local i pipeline=''

	for ((i = 0; i < 25; i++)); do
		pipeline=$pipeline$a$b
	done
	start "$site"
	send_all send "$pipeline" shut read
	expect_contents "$(times 25 a b)"
	expect_statuses "$(times 51 200)" "$pipeline$last_b"
}

# bats test_tags=robust
@test "5.6 two thousand requests sent before anything is read" {
	start "$site"
	send_all deaf repeat 1000 "$a$b" shut read
	expect_contents "$(times 1000 a b)"
}

# bats test_tags=must,slow
@test "5.7 large and small files, pipelined, come whole and in order" {
	local i pipeline=''

	awk 'BEGIN { for (i = 0; i < 60000; i++) print "line", i }' >"$site/big"
	for i in 1 2 3 4; do
		pipeline=$pipeline${a/a.txt/big}$a${a/a.txt/empty.txt}$b
		cat "$site/big" "$site/a.txt" "$site/b.txt"
	done >"$tmp/due"
	start "$site"
	for i in read 'slow 8000 1'; do
		# shellcheck disable=SC2086
		send_all most 4 send "$pipeline" shut $i
		judged statuses "$(times 16 200)"
		LC_ALL=C awk '/^HTTP\/1\.1 200/ { head = 1 } !head { print } /^\r$/ { head = 0 }' "$reply" |
			cmp -s - "$tmp/due" || complain 'sixteen files, large, small and empty ones, in order' \
			'the contents are not those of the files: a send may take only a part, and the rest goes before the next response'
	done
}

# bats test_tags=must
@test "5.8 a request split anywhere after another is answered" {
	local i operations=() split=$'GET /b.txt HTTP/1.1\r\nHost: x\r\n\r\n' whole=$'GET /a.txt HTTP/1.1\r\nHost: x\r\n\r\n'

	# Once the first response has come, the server has the first piece of the second request.
	for ((i = 0; i <= ${#split}; i++)); do
		operations+=(send "$whole${split:0:i}" reply send "${split:i}" reply)
	done
	start "$site"
	converse "${operations[@]}" shut read
	[ "$client_status" -eq 0 ] || {
		client_status=0
		complain 'a response to each request, however it is split' \
			'the beginning of a request, which came along with the one before, is lost: take only the octets of the request that is answered out of the buffer'
	}
	expect_contents "$(times ${#split} a b) a b"
	send_all drip 1 "$a$last_b" read
	expect_contents 'a b'
}

# bats test_tags=must
@test "5.12 a half-closed connection gets the whole answer" {
	head -c 10485760 /dev/urandom >"$site/big"
	start "$site"
	send_all send "$a" shut read
	request=GET
	is 200
	has "$site/a.txt"
	send_all most 10 send "${a/a.txt/big}" shut read
	is 200
	has "$site/big"
	send_all send 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc' shut read
	is 405
	send_all send "$a${b:0:9}" shut read
	is '200'
	has "$site/a.txt"
}

# bats test_tags=must
@test "5.30 empty lines between requests are passed over" {
	local content=hello lines

	start "$site"
	for lines in '\r\n' '\r\n\r\n'; do
		expect_statuses '200 200' "$a$lines$last_b"
		expect_contents 'a b'
		expect_statuses '405 200' \
			"POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n$content$lines$last_b"
	done
	expect_statuses '200 200' send "$a" reply send '\r' pause 2 send '\n' pause 2 send "$last_b" read
}
