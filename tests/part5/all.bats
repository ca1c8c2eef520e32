#!/usr/bin/env bats
# Part 5: keep-alive. What holds for part 4 holds here, too: tests/run 5 runs its tests as well.
# Variables of the harness are used, and changed in one test without a change in the next:
# shellcheck disable=SC2030,SC2031,SC2034,SC2154

export PART=${PART:-5}
load ../lib/harness
load ../lib/site

setup() {
	harness_setup
	make_site
}

a='GET /a.txt HTTP/1.1\r\nHost: x\r\n\r\n'
b='GET /b.txt HTTP/1.1\r\nHost: x\r\n\r\n'
last_b='GET /b.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'

# keeps 'CODE...' REQUEST [reply|head]: the answer has one of these codes, and the connection goes
# on: the request after it, sent once the answer has come, is answered, too. The answer is read
# with its content, or without.
keeps() {
	local got

	converse send "$2" "${3:-reply}" send "$last_b" reply read
	read_statuses
	got=$codes
	value_of Connection || :
	if [ "$client_status" -ne 0 ] || [[ " $1 " != *" ${got% 200} "* ]] || [ "$value" = close ]; then
		why_not_kept "$@"
	fi
}

# why_not_kept 'CODE...' REQUEST: complains, when the connection did not go on as it should have.
why_not_kept() {
	local expected="one of these status codes, then 200, and no Connection: close: $1" cause=''

	if [[ " $1 " != *" ${got%% *} "* ]]; then
		judged is "$1" || return
	elif [ "$value" = close ] && [[ $2 == *onnection:* ]]; then
		cause='the server sees a wish to close where there is none: Connection is a list of words, each compared as a whole'
	elif [ "$value" = close ]; then
		cause='the server closes, though the client has not asked for it, and it is clear where the next request begins'
	elif [[ $got == *' 400' ]] || [[ $got == *' '*' '* ]]; then
		cause='the content of the first request, or a part of it, was taken for a request: read past all of it, before you parse on'
	elif [ "$client_status" -eq 3 ]; then
		cause='the second request got no answer: it was read past as content, or lost when the first was answered'
	elif [ "$client_status" -eq 4 ]; then
		cause='the connection ended after the first answer, which did not say that it would'
	fi
	[ -z "$cause" ] || client_status=0
	complain "$expected" "${cause:-these came: $got}"
}

# closes 'CODE...' REQUEST [OPERATION...]: the answer has one of these codes and says that the
# connection closes, and so it does: what is pipelined after it gets no answer.
closes() {
	request=$2$b
	converse "${@:3}" send "$request" read
	if grep -a -q 'this is b' "$reply"; then
		went_on "$2"
	else
		is "$1" 'Connection: close'
	fi
}

# went_on REQUEST: complains that the connection did not end after its answer.
went_on() {
	local cause='after such an error nobody can tell where the next request begins: close, and parse no further'

	case $1 in
	*ransfer-[Ee]ncoding:*,*chunked* | *chunked,* | *chunked*ransfer-[Ee]ncoding*)
		cause='chunked was found in a list with another coding: chunked must be the last, and come once, and content in any other coding is not understood' ;;
	*ontent-[Ll]ength*ransfer-[Ee]ncoding* | *ransfer-[Ee]ncoding*ontent-[Ll]ength*)
		cause='two fields say where the content ends, and the server believed one of them: another server may believe the other, and a request is smuggled in' ;;
	*chunked*0x* | *chunked*+* | *chunked*-[0-9]*)
		cause="the size of a chunk is hexadecimal digits and nothing else: a function such as strtoul() takes signs, spaces and 0x, too" ;;
	*chunked*00000000000000*)
		cause='the size of a chunk did not fit, and what was left of it was believed: check that the number fits before you multiply' ;;
	*ransfer-[Ee]ncoding*)
		cause='the coding is wrong, and what follows was taken for a request: where the content ends, the server can only have guessed' ;;
	*onnection:*[Cc][Ll][Oo][Ss][Ee]*)
		cause='Connection: close was not understood: it is a list of words, in upper or lower case, and there may be several such fields' ;;
	*ontent-[Ll]ength*)
		cause='where the content ends, nobody can tell, and what follows was taken for a request' ;;
	*HTTP/1.0*) cause='HTTP/1.0 closes, unless the client asks for keep-alive in Connection' ;;
	esac
	client_status=0
	complain 'one response, with Connection: close, then the end' "$cause"
}

# times N WORD...: the words, N times.
times() {
	local i line="${*:2}"

	for ((i = 1; i < $1; i++)); do
		line="$line ${*:2}"
	done
	echo "$line"
}

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

# pause_and_read: three clients ask for 32 MiB and stop reading, one three times for 25 seconds, one for
# 58 seconds, one for 70. Sets steady, in_time and late to their numbers in the background, and succeeds
# if the first two got all, and the third not.
pause_and_read() {
	local ask='GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' wait=$((25000 / pace))

	background client most 32 narrow send "$ask" take 8000000 pause "$wait" take 8000000 pause "$wait" \
		take 8000000 pause "$wait" read
	background client most 32 narrow send "$ask" pause $((58000 / pace)) read
	background client most 32 send "$ask" pause $((70000 / pace)) read
	steady=$((background_count - 2)) in_time=$((background_count - 1)) late=$background_count
	finish "$steady" || :
	[ "$(wc -c <"$reply")" -gt 33554432 ] || return
	finish "$in_time" || :
	[ "$(wc -c <"$reply")" -gt 33554432 ] || return
	# The other notices the end only when it reads at last: some of the file never comes.
	finish "$late" || :
	[ "$(wc -c <"$reply")" -lt 33554432 ]
}

# bats test_tags=extra,slow
@test "5.53 a client that never reads what it asked for is ended after 60 seconds, and not before" {
	sparse 32 "$site/big"
	start "$site"
	converse most 40 send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	is 200 'Content-Length: 33554432' # to one who reads at once, all of it comes
	# At thirty times the pace it is soon seen, but then a tenth of a second is three: who fails gets
	# a second look.
	HASTE=30 start_hasty "$site"
	if pause_and_read; then
		return
	elif [ "$pace" -ne 1 ]; then
		start_hasty "$site"
		pause_and_read && return
	fi
	if [ "$reply" = "$tmp/background-$steady" ]; then
		complain 'all of the file, in 75 seconds' \
			'a download that goes on is ended: let the 60 seconds begin anew with each octet that goes out'
	elif [ "$reply" = "$tmp/background-$in_time" ]; then
		complain 'all of the file' 'the end came before 60 seconds without progress'
	else
		complain 'the end, 60 seconds after the last octet went out' \
			'nothing ends a client that never reads: it holds its place, and its file, for ever'
	fi
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
@test "5.9 Connection: close closes, in all its forms" {
	local line

	start "$site"
	while read -r line; do
		closes 200 "GET /a.txt HTTP/1.1\r\nHost: x\r\n$line\r\n\r\n"
	done <<-'LINES'
		Connection: close
		Connection: Close
		connection: CLOSE
		Connection:close
		Connection:   close
		Connection: \tclose\t
		Connection: foo, close
		Connection: close, foo
		Connection: foo,close,bar
		Connection: , ,close,
		Connection: keep-alive, close
		Connection: close, keep-alive
		Connection: foo\r\nConnection: close
		Connection: close\r\nConnection: keep-alive
		Connection: keep-alive\r\nX: y\r\nconnection: bar,\tclose
	LINES
	closes 404 'GET /missing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
	closes 405 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc'
	closes 200 'HEAD /a.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
}

# bats test_tags=must
@test "5.10 what only looks like Connection: close keeps the connection" {
	local line

	start "$site"
	while read -r line; do
		keeps 200 "GET /a.txt HTTP/1.1\r\nHost: x\r\n$line\r\n\r\n"
		expect_contents 'a b'
	done <<-'LINES'
		Proxy-Connection: close
		X-Connection: close
		Connection-X: close
		X: Connection: close
		Connection: foo
		Connection: closed
		Connection: not-close
		Connection: close-not
		Connection: cl ose
		Connection: close;x
		Connection: "close"
		Connection:
		Connection: ,
		Connection: keep-alive
		Connection: upgrade\r\nUpgrade: websocket
		Keep-Alive: timeout=0, max=1
	LINES
	keeps 200 'GET /a.txt?close HTTP/1.1\r\nHost: close\r\n\r\n'
	keeps 200 'GET /a.txt HTTP/1.9\r\nHost: x\r\n\r\n'
}

# bats test_tags=must
@test "5.11 HTTP/1.0 closes, unless the client asks to keep" {
	local line

	start "$site"
	closes 200 'GET /a.txt HTTP/1.0\r\n\r\n'
	closes 200 'GET /a.txt HTTP/1.0\r\nHost: x\r\nConnection: foo\r\n\r\n'
	closes 200 'GET /a.txt HTTP/1.0\r\nKeep-Alive: timeout=9\r\n\r\n'
	closes 200 'GET /a.txt HTTP/1.0\r\nProxy-Connection: keep-alive\r\n\r\n'
	closes 200 'GET /a.txt HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n'
	closes 200 'GET /a.txt HTTP/1.0\r\nConnection: close\r\nConnection: keep-alive\r\n\r\n'
	for line in 'Connection: keep-alive' 'Connection: Keep-Alive' 'connection:KEEP-ALIVE' \
		'Connection: foo, keep-alive' 'Connection: foo\r\nConnection: keep-alive'; do
		keeps 200 "GET /a.txt HTTP/1.0\r\n$line\r\n\r\n"
		expect_contents 'a b'
		value_of Connection || :
		[ "$(tr '[:upper:]' '[:lower:]' <<<"$value")" = keep-alive ] ||
			complain 'Connection: keep-alive' 'a client of HTTP/1.0 must be told that the connection is kept'
	done
	# An error page is no exception, and each request decides anew.
	keeps 404 'GET /missing HTTP/1.0\r\nConnection: keep-alive\r\n\r\n'
	send_all 'GET /a.txt HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /b.txt HTTP/1.0\r\n\r\nGET /b/c.txt HTTP/1.0\r\n\r\n'
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
	local line target

	printf -v line '%01024d' 7
	start "$site"
	for target in 'GET /a.txt' 'POST /b.txt'; do
		send_all deaf send "$target HTTP/1.1\r\nHost: x\r\nContent-Length: 3145728\r\n\r\n" \
			repeat 3072 "$line" send "$b" read
		request=$target
		is '200 405 413' 'Connection: close'
		lacks 'this is b'
	done
	closes '200 413' 'GET /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551614\r\n\r\n'
	closes '200 413' 'GET /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n'
	# Many small chunks are as much, and so are the lines between them.
	for line in "400\r\n$line\r\n" "1;${line:0:99}\r\n0\r\n"; do
		send_all deaf send 'POST /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n' \
			repeat $((3145728 / ${#line})) "$line" send "0\r\n\r\n$last_b" read
		either "$(statuses)" 405 '405 200|413' || complain '405, then the end' "these came: $(statuses)"
	done
}

chunked='Host: x\r\nTransfer-Encoding: chunked\r\n\r\n'

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
@test "5.27 after an error in the framing or syntax the connection closes" {
	local due long text

	printf -v long '%09000d' 7
	start "$site"
	while read -r due text; do
		closes "$due" "$text"
	done <<-REQUESTS
		400 GET /a.txt\r\n\r\n
		400 GET /a.txt HTTP/1.1\r\n\r\n
		400 GET /a.txt HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n
		400 GET /a.txt HTTP/1.1\r\nHost: x\r\nX : y\r\n\r\n
		400 GET /a.txt HTTP/1.1\r\nHost: x\r\nX: \0\r\n\r\n
		400 GET a.txt HTTP/1.1\r\nHost: x\r\n\r\n
		505 GET /a.txt HTTP/2.0\r\nHost: x\r\n\r\n
		501 POST /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n
		431 GET /a.txt HTTP/1.1\r\nHost: x\r\nX: $long$long\r\n\r\n
		414 GET /$long$long HTTP/1.1\r\nHost: x\r\n\r\n
	REQUESTS
	# The same holds for the second request on a connection.
	send_all "${a}GET /a.txt HTTP/1.1\r\n\r\n$b"
	[ "$(statuses)" = '200 400' ] || complain '200 400' "these came: $(statuses)"
	expect_contents a
}

# bats test_tags=must
@test "5.28 after an answer that is no 200 the connection persists" {
	local etag

	start "$site"
	get /a.txt
	value_of ETag
	etag=$value
	keeps 404 'GET /missing HTTP/1.1\r\nHost: x\r\n\r\n'
	keeps 404 'GET /.hidden HTTP/1.1\r\nHost: x\r\n\r\n'
	keeps 405 'DELETE /a.txt HTTP/1.1\r\nHost: x\r\n\r\n'
	keeps 301 'GET /b HTTP/1.1\r\nHost: x\r\n\r\n'
	keeps 206 'GET /a.txt HTTP/1.1\r\nHost: x\r\nRange: bytes=2-3\r\n\r\n'
	keeps 416 'GET /a.txt HTTP/1.1\r\nHost: x\r\nRange: bytes=99-\r\n\r\n'
	keeps 412 'GET /a.txt HTTP/1.1\r\nHost: x\r\nIf-Match: "x"\r\n\r\n'
	keeps 304 "GET /a.txt HTTP/1.1\r\nHost: x\r\nIf-None-Match: $etag\r\n\r\n" head
	keeps 200 'GET /empty.txt HTTP/1.1\r\nHost: x\r\n\r\n'
}

# bats test_tags=must
@test "5.29 HEAD, 204 and 304 have no content between them and the next answer" {
	local pipeline='' target

	head -c 100000 /dev/zero >"$site/big"
	start "$site"
	for target in / /a.txt /big /missing /b; do
		pipeline="${pipeline}HEAD $target HTTP/1.1\r\nHost: x\r\n\r\n"
	done
	send_all "$pipeline$last_b"
	[ "$(statuses)" = '200 200 200 404 301 200' ] || complain '200 200 200 404 301 200' "these came: $(statuses)"
	# Each head ends where the next begins.
	[ "$(LC_ALL=C grep -a -c -A 1 $'^\r$' "$reply")" -eq 6 ] ||
		complain 'six heads, each with its empty line' 'content came where none may'
	[ "$(LC_ALL=C grep -a -A 1 $'^\r$' "$reply" | grep -a -c '^HTTP/1.1')" -eq 5 ] ||
		complain 'nothing between two heads' 'content came where none may'
	expect_contents b
	send_all "OPTIONS /a.txt HTTP/1.1\r\nHost: x\r\n\r\nGET /big HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\nHEAD /a.txt HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\n$last_b"
	[ "$(LC_ALL=C grep -a -A 1 $'^\r$' "$reply" | grep -a -c '^HTTP/1.1')" -eq 3 ] ||
		complain 'nothing between two heads' 'content came where none may'
	expect_contents b
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

# bats test_tags=must,slow
@test "5.31 an error while 4 MiB are on their way arrives whole" {
	local head i line operations=()

	printf -v line '%065536d' 7
	start "$site"
	for head in 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 4194304\r\n\r\n' \
		'POST /missing HTTP/1.1\r\nHost: x\r\nContent-Length: 4194304\r\n\r\n' \
		'POST /a.txt HTTP/1.1\r\nContent-Length: 4194304\r\n\r\n' \
		'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 4194304\r\n\r\n' \
		'POST /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n' \
		'GET /' 'GET / HTTP/1.1\r\nX: '; do
		operations=()
		for i in 1 2 3; do
			operations+=(deaf send "$head" repeat 64 "$line" read close)
		done
		send_all "${operations[@]}"
		case $(statuses) in
		'405 405 405' | '404 404 404' | '413 413 413' | '400 400 400' | '501 501 501') ;;
		'414 414 414' | '431 431 431') ;;
		*) complain 'one error, three times' "these came: $(statuses)" ;;
		esac
	done
}

# bats test_tags=robust
@test "5.32 twenty silent connections, then one that speaks" {
	start "$site"
	hold crowd 20
	still_serves
	expect_statuses '200' timeout 1000 crowd 20 send "$last_b" read
}

# bats test_tags=robust
@test "5.33 two hundred silent connections beside a busy one" {
	local i operations=()

	for ((i = 0; i < 50; i++)); do
		operations+=(send "$a" reply send "$b" reply)
	done
	start "$site"
	hold crowd 200
	send_all timeout 1000 "${operations[@]}" shut read
	expect_contents "$(times 50 a b)"
}

# goes_on_reading: what read_slowly began is read on in the background, as fast as it comes.
goes_on_reading() {
	cat <&5 >/dev/null 3>&- 4>&- &
	helpers="$helpers$! "
	exec 5<&-
}

# bats test_tags=robust
@test "5.34 a client that reads 5 GiB as fast as it can is not served alone" {
	local i

	sparse 5120 "$site/huge"
	start "$site"
	read_slowly send 'GET /huge HTTP/1.1\r\nHost: x\r\n\r\n' read
	goes_on_reading
	for i in 1 2 3 4 5; do
		still_serves
	done
}

# bats test_tags=robust
@test "5.35 a client that pipelines without end is not served alone" {
	local i

	start "$site"
	read_slowly repeat 100000000 "$a"
	goes_on_reading
	for i in 1 2 3 4 5; do
		still_serves
	done
}

# bats test_tags=robust
@test "5.36 a reset, in any state, ends that connection and nothing else" {
	local i operations=(most 64)

	sparse 16 "$site/big"
	start "$site"
	for i in 1 2 3; do
		operations+=(open reset)
		operations+=(send 'GET /a.t' reset)
		operations+=(send 'GET /a.txt HTTP/1.1\r\nHost: x\r\n' pause 1 reset)
		operations+=(send "$a" reset)
		operations+=(send "$a" reply reset)
		operations+=(send "$a$b$a${b:0:12}" reply reset)
		operations+=(send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' head reset)
		operations+=(send "GET /big HTTP/1.1\r\nHost: x\r\n\r\n$a$b" take 1000000 reset)
		operations+=(send 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc' pause 1 reset)
		operations+=(send "POST /a.txt HTTP/1.1\r\n${chunked}5\r\nhe" pause 1 reset)
		operations+=(send "POST /a.txt HTTP/1.1\r\n${chunked}0\r\nX" pause 1 reset)
		operations+=(send "$last_b" reply reset)
		operations+=(send 'GET / HTTP/9.9\r\n\r\n' reply send 'more' reset)
		operations+=(send "$a" shut reset)
		operations+=(send "$a" reply shut pause 1 reset)
	done
	come_and_leave "${operations[@]}"
	still_serves
}

# bats test_tags=extra
@test "5.37 SIGTERM: the response under way is completed, then the server ends with status 0" {
	local begin took

	end_is_timed
	sparse 32 "$site/big" # which is more than all buffers on its way hold
	printf 'the end' >>"$site/big"
	HASTE=0.2 start_hasty "$site"
	read_slowly send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' read
	kill -TERM "$server_pid"
	until_true refused
	read_on || {
		client_status=0
		complain 'all of the response' 'SIGTERM came, and the server dropped what it was sending: let the exchanges under way come to their end'
	}
	begin=$SECONDS
	stop TERM
	took=$((SECONDS - begin))
	[ "$length" -gt 33554432 ] ||
		complain 'all of the response' 'SIGTERM came, and the server dropped what it was sending: let the exchanges under way come to their end'
	is 200
	has "$site/big"
	ended_well
	[ "$took" -le 5 ] || complain 'the server ends as soon as what was under way is finished' \
		"it ended $took seconds later: it waits for more than what is under way"
}

# bats test_tags=extra
@test "5.38 SIGTERM: a request that has begun is answered with Connection: close" {
	sparse 1 "$site/big"
	HASTE=0.2 start_hasty "$site"
	# The reader has stopped in the first response; only when it goes on, the client sends the rest.
	read_slowly send "${a/a.txt/big}${b:0:11}" reply send "${b:11}" read
	kill -TERM "$server_pid"
	until_true refused
	read_on
	[ "$(statuses)" = '200 200' ] || complain '200 200' "these came: $(statuses)"
	expect_contents b
	[ "$(LC_ALL=C grep -a -i -c '^connection: *close' "$reply")" -eq 1 ] ||
		complain 'Connection: close in the second response' 'the server is told to end'
	stop TERM
	ended_well
}

# bats test_tags=extra,slow
@test "5.39 SIGTERM: neither silent clients nor one that does not read can hold the server" {
	local signal

	end_is_timed
	sparse 64 "$site/big"
	for signal in TERM INT; do
		start "$site"
		hold crowd 3
		hold send "$a" reply
		if [ "$signal" = INT ]; then
			hold send 'GET /a.t'
			hold narrow send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' head
		fi
		SECONDS=0
		stop "$signal"
		ended_well
		[ "$SECONDS" -le 5 ] || complain 'the server ends within five seconds' \
			"it ended after $SECONDS seconds: it waits for clients of whom nothing comes, or who take nothing"
	done
}

# bats test_tags=must,slow
@test "5.40 a file that is changed, removed or new is served so within two seconds" {
	TZ=UTC0 touch -t 200806301130.00 "$site/a.txt"
	start "$site"
	expect_statuses '200 200 200' "$a$a${a/x\\r/x\\r\\nConnection: close\\r}"
	printf 'this is z\n' >"$site/a.txt" # as long as before
	in_two_seconds "$SECONDS" serves /a.txt "$site/a.txt"
	TZ=UTC0 touch -t 200806301130.01 "$site/a.txt"
	in_two_seconds "$SECONDS" serves /a.txt "$site/a.txt"
	printf 'this is y\n' >"$site/new"
	TZ=UTC0 touch -t 200806301130.02 "$site/new"
	mv "$site/new" "$site/a.txt"
	in_two_seconds "$SECONDS" serves /a.txt "$site/a.txt"
	rm "$site/a.txt"
	in_two_seconds "$SECONDS" gone /a.txt
	ln -s ../secret.txt "$site/a.txt"
	get /a.txt
	is 404
	lacks SECRET
	rm "$site/a.txt"
	printf 'this is w\n' >"$site/a.txt"
	in_two_seconds "$SECONDS" serves /a.txt "$site/a.txt"
}

# bats test_tags=must
@test "5.41 a file from memory is served as one from the disk" {
	local etag i target

	TZ=UTC0 touch -t 200806301130.00 "$site/letters" "$site/empty.txt" "$site/b/index.html"
	start "$site"
	get /letters
	value_of ETag
	etag=$value
	for i in 1 2 3; do
		get /letters
		is 200 'Content-Length: 26' "ETag: $etag" 'Last-Modified: Mon, 30 Jun 2008 11:30:00 GMT'
		has "$site/letters"
		ask HEAD /letters
		is 200 'Content-Length: 26' "ETag: $etag"
		get /letters 'Range: bytes=3-9'
		is 206 'Content-Range: bytes 3-9/26'
		has "$site/letters" 3 9
		get /letters 'Range: bytes=-1'
		is 206 'Content-Range: bytes 25-25/26'
		get /letters 'Range: bytes=26-'
		is 416 'Content-Range: bytes */26'
		get /letters "If-None-Match: $etag"
		is 304 "ETag: $etag"
		get /letters 'If-Match: "x"'
		is 412
		get '/letters?x'
		is 200
		has "$site/letters"
		get /letter
		is 404
		tr -d '\0' <"$reply" | cmp -s - "$reply" ||
			complain 'the page that says that nothing is there' 'it holds NULs: was it copied to where it is sent from?'
		get /letters/
		is 404
		get /b/deep/%65r/d.txt # so it is remembered
		is 200
		for target in /b/deep%2Fer/d.txt /b/deep/er%2fd.txt /letters%00 /letters%00.html /lettersx; do
			get "$target"
			is '404 400 200'
			[ "$code" != 200 ] || complain 'status 404, or 400' \
				"$target was found in memory, and would not be on the disk: remember by the path as it was sent, or look there after all checks"
			lacks 'this is d|abc'
		done
		get /b/deep/er/d.txt
		is '200 404 400'
		[ "$code" = 200 ] || complain 'status 200' \
			'what is remembered of another path, b/deep%2Fer/d.txt, which is wrong, was taken for this one: so anybody can hide a file'
		has "$site/b/deep/er/d.txt"
		ask POST /letters 'Content-Length: 0'
		is 405
		get /empty.txt
		is 200 'Content-Length: 0'
		get /b/
		is 200
		has "$site/b/index.html"
		get /b
		is 301
	done
}

# bats test_tags=must,slow
@test "5.42 a thousand and more files, each the right one" {
	local i long

	printf -v long '%0250d' 7
	mkdir "$site/many"
	awk -v folder="$site/many/" 'BEGIN {
		for (i = 0; i < 1500; i++) {
			printf "this is file %d.\n", i >(folder i)
			close(folder i)
		}
	}'
	(cd "$site/many" && TZ=UTC0 touch -t 200806301130.00 -- *)
	awk 'BEGIN {
		for (i = 0; i < 1500; i++)
			printf "GET /many/%d HTTP/1.1\r\nHost: x\r\n\r\n", i * 7 % 1500
	}' >"$tmp/requests"
	awk 'BEGIN { for (i = 0; i < 1500; i++) printf "this is file %d.\n", i * 7 % 1500 }' >"$tmp/due"
	mkdir -p "$site/$long/$long/$long"
	printf 'this is o\n' >"$site/$long/$long/$long/one"
	printf 'this is t\n' >"$site/$long/$long/$long/two"
	start "$site"
	for i in 1 2; do
		send_all "GET /$long/$long/$long/one HTTP/1.1\r\nHost: x\r\n\r\nGET /$long/$long/$long/two HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
		grep -q -a 'this is t' "$reply" || complain 'the files one and two' \
			'another file came: if long paths are cut to fit into a cache, two of them look alike'
		expect_contents 'o t'
	done
	for i in 1 2; do
		send_all file "$tmp/requests" shut read
		LC_ALL=C grep -a '^this is file' "$reply" | cmp - "$tmp/due" ||
			complain 'the files that were asked for, in order' \
				'another file came: if two paths share a place in a cache, compare the whole path'
	done
}

# bats test_tags=extra
@test "5.43 fewer descriptors than clients: an honest one is answered within a second" {
	ours_only 'sets its limit'
	limit=64 start "$site"
	hold crowd 100
	still_serves
	hold crowd 100
	expect_statuses '200 200' timeout 1000 send "$a" reply send "$last_b" read
	still_serves
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

# bats test_tags=must
@test "5.46 Expect means nothing in HTTP/1.0" {
	local head='POST /a.txt HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n'

	start "$site"
	send_all send "$head" pause 100 send 'hello' reply send 'GET /b.txt HTTP/1.0\r\n\r\n' read
	either "$(statuses)" '405 200' 405 || complain '405 200' \
		"these came: $(statuses); HTTP/1.0 does not know Expect, so it must be ignored, and no 100 may come"
}

# bats test_tags=must,slow
@test "5.47 a file, or its folder, replaced by one of the same size and time is served anew within two seconds" {
	local changed

	mkdir "$site/next"
	printf 'this is e\n' >"$site/next/c.txt"
	TZ=UTC0 touch -t 200806301130.00 "$site/a.txt" "$site/b/c.txt" "$site/next/c.txt"
	start "$site"
	get /a.txt
	is 200
	has "$site/a.txt"
	get /b/c.txt
	is 200
	has "$site/b/c.txt"
	mv "$site/b" "$site/before"
	mv "$site/next" "$site/b"
	printf 'this is w\n' >"$site/new"
	TZ=UTC0 touch -t 200806301130.00 "$site/new"
	mv "$site/new" "$site/a.txt"
	changed=$SECONDS
	in_two_seconds "$changed" serves /a.txt "$site/a.txt"
	in_two_seconds "$changed" serves /b/c.txt "$site/b/c.txt"
}

# deadline_of FROM TO OPERATION...: a client in the background; the end must come FROM to TO ms after
# it began.
deadline_of() {
	background client timeout $((50000 / pace)) "${@:3}" lasts $(($1 / pace)) $(($2 / pace + 500))
}

# bats test_tags=extra,slow
@test "5.48 deadlines: silence is ended without a byte, a head that takes too long with 408" {
	local i

	start_hasty "$site"
	deadline_of 14500 20000 read
	deadline_of 14500 20000 send "$a" reply read
	deadline_of 9500 15000 send "$a${b:0:20}" reply read
	deadline_of 9500 15000 send 'GET /a.txt HTTP/1.1\r\nX: ' drip $((5500 / pace)) '012' read
	deadline_of 14000 23000 send "$a" reply pause $((8000 / pace)) send 'GET /a.txt HTTP/1.1\r\n' \
		pause $((3000 / pace)) send 'Host: x\r\n' pause $((3000 / pace)) send 'Connection: close\r\n\r\n' read
	# CR and LF by turns must win no time
	background client timeout $((20000 / pace)) drip $((3000 / pace)) '\r\n\r\n\r' read \
		lasts 0 $((20000 / pace + 500))
	background client timeout $((50000 / pace)) send "$a" reply pause $((8000 / pace)) send "$a" reply \
		pause $((8000 / pace)) send "$a" reply pause $((8000 / pace)) send "$last_b" read
	for i in 1 2 3 4 5 6 7; do
		finish "$i" || {
			case $i in
			3) complain '408, 10 seconds after the first octet' 'a head that has begun after another request has no deadline, or another' ;;
			4) complain '408, 10 seconds after the first octet' 'each octet wins time: let the deadline of a head begin with its first octet, and stay' ;;
			6) complain 'the end within 20 seconds' 'empty lines win time' ;;
			7) complain 'four responses' 'the 15 seconds for silence begin with the last response, not with the connection' ;;
			*) complain 'the end, in its time' "$client_said" ;;
			esac
		}
	done
	read_background 1
	[ ! -s "$reply" ] || complain 'the end, and not an octet' \
		'who has sent nothing waits for nothing: close without a word'
	read_background 2
	[ "$(tail -c 10 "$reply")" = 'this is a' ] || complain 'one response, then the end, and not an octet more' \
		'who is silent between two requests waits for nothing: close without a word'
	read_background 3
	sed -n '/^HTTP.* 408/,$p' "$reply" >"$tmp/second" && reply=$tmp/second
	is 408 'Connection: close'
	read_background 4
	is 408 'Connection: close'
	read_background 5
	[ "$(statuses)" = '200 200' ] || complain '200, and once more 200' \
		"these came: $(statuses); the ten seconds for a head begin with its first octet, not with the silence before it"
	read_background 6
	[ ! -s "$reply" ] || is 408 'Connection: close'
	read_background 7
	expect_contents 'a a a b'
}

# bats test_tags=robust,slow
@test "5.49 a request that comes just as the time for it ends is answered, and not reset" {
	local answered=0 closed=0 i last_lost lost=0 status

	start_hasty "$site"
	for ((i = 1; i <= 50; i++)); do
		background client open pause $(((14500 + 40 * i) / pace)) silent 0 send "$last_b" read
	done
	for ((i = 1; i <= 50; i++)); do
		status=0
		finish "$i" || status=$?
		if [ "$status" -eq 4 ]; then
			closed=$((closed + 1)) # before it asked
		elif [ "$status" -eq 0 ] && grep -q 'this is b' "$reply"; then
			answered=$((answered + 1))
		else
			lost=$((lost + 1)) last_lost=$i
		fi
	done
	[ "$lost" -gt 1 ] || return 0 # a request and the end may pass each other on their way
	read_background "$last_lost"
	complain 'an answer, or the end before it asks' \
		"$lost of fifty clients were lost ($answered were answered, $closed closed before they asked): the deadline is looked at before the socket is; receive once more"
}

# Dribbles a head, again and again.
dribble() {
	while :; do
		client drip $((500 / pace)) 'GET /a.txt HTTP/1.1\r\nX: 0123456789' 2>/dev/null || sleep 0.1
	done
}

# bats test_tags=extra,slow
@test "5.50 in a full house, a slow download stays and newcomers come in, for all who only dribble" {
	ours_only 'sets its limit'
	local conversation i

	# 24 clients are all that there is room for. The one that has been silent for longest goes.
	limit=56 start "$site"
	conversation=(on 100 open pause 20)
	for ((i = 1; i <= 24; i++)); do
		conversation+=(on $i send "$a" reply)
	done
	for ((i = 1; i <= 24; i++)); do
		conversation+=(on $i send "$last_b" read)
	done
	converse "${conversation[@]}"
	[ "$(statuses | wc -w)" -eq 48 ] || complain '48 answers' \
		'one that had asked was given up, and not the one that had never said anything'
	# Who has its answer, and only has to close, goes before one that may still ask.
	limit=56 start "$site"
	conversation=(send "$a" reply)
	for ((i = 1; i <= 50; i++)); do
		conversation+=(on $i send "$last_b" read)
	done
	converse "${conversation[@]}" on 0 send "$last_b" read
	[ "$(statuses | wc -w)" -eq 52 ] || complain '52 answers' \
		'the first client, which may still ask, was given up, and not one that has had its last answer'
	sparse 64 "$site/big"
	limit=56 start_hasty "$site"
	background client most 64 send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' \
		take 5000000 pause $((7000 / pace)) take 5000000 pause $((7000 / pace)) read
	for ((i = 0; i < 23; i++)); do
		background dribble
	done
	nap $((1000 / pace))
	for ((i = 0; i < 24; i++)); do
		still_serves
		nap $((500 / pace))
	done
	finish 1 || :
	is 200 'Content-Length: 67108864'
}

# bats test_tags=extra,slow
@test "5.51 five hundred clients that never read what they ask for share its memory" {
	local before conversation grown

	head -c 102400 /dev/urandom >"$site/file"
	start "$site"
	look_inside
	sleep 2.2 # now a cache may believe that it stays as it is
	get /file
	is 200
	before=$(resident)
	read -r -a conversation <<<"$(awk 'BEGIN {
		for (i = 0; i < 500; i++)
			printf "on %d repeat 4 GET\\x20/file\\x20HTTP/1.1\\r\\nHost:x\\r\\n\\r\\n ", i }')"
	hold narrow crumbs "${conversation[@]}"
	# When this comes, all of them have had a turn; how long that takes is up to the machine.
	send_all timeout 60000 send "$last_b" read
	is 200
	grown=$(($(resident) - before))
	[ "$grown" -le 65536 ] ||
		complain 'the server grows by 64 MiB at most' \
			"it has grown by $grown KiB: each client that does not read has a copy of its own of what is in memory already"
}

# bats test_tags=extra,slow
@test "5.52 content that does not come, or not in time, is waited for no longer than 30 seconds" {
	start_hasty "$site"
	deadline_of 29500 36000 send 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc' read
	background client timeout $((36000 / pace)) send 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n' \
		drip $((1000 / pace)) '0123456789012345678901234567890123456789'
	background client timeout $((36000 / pace)) send 'GET / HTTP/9.9\r\n\r\n' \
		drip $((1000 / pace)) '0123456789012345678901234567890123456789'
	finish 1 || complain 'the end, 30 to 36 seconds after the head' "$client_said"
	is "$(ours 405 408)"
	if finish 2; then
		complain 'the end, 30 seconds after the head' 'content that comes octet by octet wins time with each'
	fi
	if finish 3; then
		complain 'the end, five seconds after the refusal' 'who has been refused, and goes on sending, holds its place for ever'
	fi
}

# bats test_tags=extra,slow
@test "5.54 a HEAD that takes too long gets 408 without content" {
	local ask

	start_hasty "$site"
	for ask in 'HEAD /a.txt HTTP/1.1\r\nHost: x\r\n' 'HEAD /a.txt HTTP/1.1\r\nHost: x\r\n\r\nHEAD /b.txt HTTP/1.1\r\nX'; do
		background client timeout $((50000 / pace)) send "$ask" read
	done
	finish 1 || :
	is 408 'Connection: close'
	finish 2 || :
	expect_contents ''
	[ "$(LC_ALL=C tail -c 4 "$reply")" = "$(printf '\r\n\r\n')" ] && ! grep -a -q '<' "$reply" ||
		complain '408, and nothing after its empty line' 'content came where none may: the method was HEAD'
}

# bats test_tags=robust,slow
@test "5.55 who asks again after a pause, beside three that read as fast as they can, is not forgotten" {
	local i operations=(timeout 300)

	sparse 102400 "$site/huge"
	start "$site"
	for i in 1 2 3; do
		gulp
	done
	for i in 1 2 3 4; do
		operations+=(send "$a" reply pause 250)
	done
	for i in 1 2; do # a machine may stand still for a moment, but not twice
		converse "${operations[@]}"
		[ "$client_status" -eq 3 ] || break
	done
	[ "$client_status" -ne 3 ] || complain 'four responses, each within 300 ms' \
		'who has been quiet for a moment is not looked at again, while others keep the server busy'
	expect_contents "$(times 4 a)"
}

# bats test_tags=extra
@test "5.56 on a kept connection, each response gives back the descriptor of its file" {
	local before etag long name request

	printf -v long '%0150d' 7 # so long that nobody is tempted to keep it in memory
	mkdir "$site/$long"
	: >"$site/$long/empty"
	sparse 1 "$site/big"
	start "$site"
	look_inside
	get /big
	value_of ETag
	etag=$value
	until_true gone /missing
	before=$(descriptors)
	for name in HEAD 304 412 206 416 405 204 '404' '301' 'an empty file' 'a whole file'; do
		case $name in
		HEAD) request='HEAD /big HTTP/1.1\r\nHost: x\r\n\r\n' ;;
		304) request="GET /big HTTP/1.1\r\nHost: x\r\nIf-None-Match: $etag\r\n\r\n" ;;
		412) request='GET /big HTTP/1.1\r\nHost: x\r\nIf-Match: "x"\r\n\r\n' ;;
		206) request='GET /big HTTP/1.1\r\nHost: x\r\nRange: bytes=0-9\r\n\r\n' ;;
		416) request='GET /big HTTP/1.1\r\nHost: x\r\nRange: bytes=1048576-\r\n\r\n' ;;
		405) request='DELETE /big HTTP/1.1\r\nHost: x\r\n\r\n' ;;
		204) request='OPTIONS /big HTTP/1.1\r\nHost: x\r\n\r\n' ;;
		404) request="GET /$long/missing HTTP/1.1\r\nHost: x\r\n\r\n" ;;
		301) request="GET /$long HTTP/1.1\r\nHost: x\r\n\r\n" ;;
		*empty*) request="GET /$long/empty HTTP/1.1\r\nHost: x\r\n\r\n" ;;
		*) request='GET /big HTTP/1.1\r\nHost: x\r\n\r\n' ;;
		esac
		hold most 20 repeat 20 "$request" send "$last_b" read # so the connection is still there
		[ "$(descriptors)" -le $((before + 1)) ] || {
			cp "$held" "$reply"
			sent=(repeat 20 "$request" send "$last_b" read)
			complain 'no more descriptors than before' \
				"after 20 responses of this kind ($name) the server has $(($(descriptors) - before)) more: close the file when its response is done, even if none of it is sent"
		}
		end_helpers
	done
}

# bats test_tags=robust,slow
@test "5.57 a file that changes while a slow client reads it from memory comes as it was" {
	local ask='GET /file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'

	printf '%0100000d' 1 | tr 0 o >"$site/file"
	printf '%0100000d' 1 | tr 0 n >"$tmp/new"
	cp "$site/file" "$tmp/old"
	TZ=UTC0 touch -t 200806301130.00 "$site/file"
	start "$site"
	get /file
	is 200
	background client narrow crumbs send "$ask" pause 2500 read
	sleep 0.2
	mv "$tmp/new" "$site/file"
	until_true serves /file "$site/file"
	finish 1 || :
	is 200
	cmp -s "$tmp/old" <(tail -c 100000 "$reply") ||
		complain 'the file as it was when it was asked for, or all of it new' \
			'the memory that a client is still reading from was filled with something else'
}

# bats test_tags=robust
@test "5.70 a file that can't be read ends neither the connection nor what was answered before" {
	local folder=/sys/class/net/lo get='GET /%s HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' pipeline

	cat "$folder/mtu" >/dev/null 2>&1 && [ -f "$folder/speed" ] && ! cat "$folder/speed" >/dev/null 2>&1 ||
		skip 'no file here can be opened and not be read'
	# shellcheck disable=SC2059 # the format is ours
	printf -v pipeline "$get" nope speed nope
	start "$folder"
	send_all send "$pipeline" shut read
	expect_statuses "404 $(ours 503 500 403) 404" send "$pipeline" shut read
}

# bats test_tags=extra
@test "5.71 what the wall clock says makes no file older or newer" {
	ours_only
	HASTE=1 WALL_CLOCK=stopped start_hasty "$site"
	get /a.txt
	is 200
	gone /new.txt
	printf 'this is z\n' >"$site/a.txt"
	printf 'this is n\n' >"$site/new.txt"
	in_two_seconds "$SECONDS" serves /a.txt "$site/a.txt"
	in_two_seconds "$SECONDS" serves /new.txt "$site/new.txt"
}

# bats test_tags=extra
@test "5.72 a file that shrinks to nothing takes no finished answer along" {
	local name ask='GET /%s HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' three

	ours_only
	printf -v name '%0200d' 7 # such a path is not kept in memory
	printf x >"$site/$name"
	head -c 16384 /dev/zero | tr '\0' o >"$site/page"
	# shellcheck disable=SC2059 # the format is ours
	printf -v three "$ask" page page "$name" # when two are sent, the next is begun: the file
	start "$site"
	background client most 16 narrow repeat 250 "$three" shut pause 1000 read
	nap 500
	: >"$site/$name"
	finish 1 || :
	[ "$(LC_ALL=C grep -a -c '^HTTP/1.1 200' "$reply")" -lt 750 ] || complain 'less than all answers' 'the test has come too late'
	[ "$(tail -c 4 "$reply" | od -An -c | tr -d ' ')" = '\r\n\r\n' ] ||
		complain 'the answers that were finished, and the head of the one that ends short' \
			'what waited to be sent was lost when the file could not be read any more: let it go out first'
}

# bats test_tags=extra
@test "5.64 in a full house, who asks just as a newcomer comes is answered, and another one goes" {
	local conversation i

	ours_only 'sets its limit'
	# There is room for a hundred. They sleep, since another one is busy, and none is looked at in vain.
	sparse 102400 "$site/huge"
	limit=208 HASTE=0.2 start_hasty "$site"
	gulp
	conversation=()
	for ((i = 1; i <= 99; i++)); do
		conversation+=(on $i send "$a" reply pause 6) # its clock counts five milliseconds as one
	done
	conversation+=(pause 1500)
	for ((i = 1; i <= 30; i++)); do # of each two, the first asks, and the second has to go
		conversation+=(on $((2 * i - 1)) send "$b" on $((100 + i)) send "$a" reply on $((2 * i - 1)) reply)
	done
	converse "${conversation[@]}"
	[ "$(statuses | wc -w)" -eq 159 ] || complain '159 answers' \
		'one that had just asked was given up for a newcomer, before its request was read: give it a last turn'
}

# bats test_tags=extra
@test "5.65 an empty line after content, or half of one, is no request that takes too long" {
	local after i post='POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello'

	start_hasty "$site"
	for after in '\r\n' '\r' '\r\n\r\n\r'; do
		deadline_of 14500 20000 send "$post$after" reply read
	done
	deadline_of 14500 20000 send "$post" reply pause $((8000 / pace)) send '\r\n' pause $((4000 / pace)) send '\r' read
	deadline_of 14500 20000 send '\r\n' read
	for i in 1 2 3 4 5; do
		finish $i || complain 'the end within 20 seconds' \
			'empty lines win time: pass over them, and let the 15 seconds for silence go on'
		[ $i -eq 5 ] || [ "$(statuses)" = 405 ] || complain 'one response, then the end, and not an octet more' \
			'an empty line was taken for the beginning of a request, which then got 408: a client that has not asked takes it for the answer to its next request'
	done
	[ ! -s "$reply" ] || complain 'the end, and not an octet' \
		'an empty line was taken for the beginning of a request'
	converse send "$post"'\r' reply pause $((12000 / pace)) send '\n' send "$last_b" read
	expect_contents 'b'
}

# bats test_tags=extra
@test "5.66 too few descriptors for a client: one line that says so, before it says that it listens" {
	ours_only 'sets its limit'
	limit=9 ends 1 "$site"
	says_nothing stdout
	says_one_line stderr
	says stderr 'descriptors'
}
