#!/usr/bin/env bats
# Part 2: the request line is understood, and reported; then the connection is closed.

# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
PART=${PART:-2}
load ../lib/harness
sample=(send 'GET / HTTP/1.1\r\n\r\n' take 1)

# outcome: what the last reply is: "report", or the status code that refuses.
outcome() {
	local line

	IFS= read -r line <"$reply" || :
	case $line in
	'method: '*) echo report ;;
	'refused: '*) line=${line#refused: } && echo "${line%%[^0-9]*}" ;;
	*) echo nothing ;;
	esac
}

# expect_outcome 'OUTCOME...' REQUEST|OPERATION...: one of these.
expect_outcome() {
	local got form

	converse "${@:2}"
	# shellcheck disable=SC2086 # words
	[ "$client_status" -eq 0 ] || judged ended "$(outcomes_in_words $1), then the end" || return
	got=$(outcome)
	if [[ " $1 " != *" $got "* ]]; then
		# shellcheck disable=SC2086 # words
		complain "$(outcomes_in_words $1)" "$(why_not "${1%% *}" "$got")"
		return
	fi
	[ "$got" != report ] || return 0
	form=$(wrong_form 1)
	[ -z "$form" ] || complain "one line: refused: $got, a space, words, and LF" "$form"
}

# wrong_form COUNT: what is wrong with the form of so many refusals, or nothing.
wrong_form() {
	if [ "$(grep -a -c '^refused: [45][0-9][0-9] ' "$reply")" -lt "$1" ]; then
		echo 'a refusal begins with refused:, a space, the code and a space'
	elif grep -a -q $'\r$' "$reply"; then
		echo 'the line ends in CR LF, where LF alone is due'
	elif [ "$(wc -l <"$reply")" -lt "$1" ]; then
		echo 'the line has no end: LF is missing'
	elif [ "$(grep -a -c '' "$reply")" -gt "$1" ]; then
		echo 'more than one line came: who has refused is done, and must not go on to the report, or to another refusal'
	fi
}

# outcomes_in_words OUTCOME...
outcomes_in_words() {
	local outcome words=''

	for outcome; do
		case $outcome in
		report) words+="${words:+, or }a report" ;;
		*) words+="${words:+, or }refused: $outcome and why" ;;
		esac
	done
	echo "$words"
}

# why_not DUE GOT: the likely cause of another outcome than the one that is due; with what the test
# teaches, its variable lesson.
why_not() {
	if [ "$2" = nothing ] && [ -s "$reply" ]; then
		echo 'a report begins with method:, a space and the method, a refusal with refused:, a space and the code; this begins with neither'
		return
	fi
	case $1,$2 in
	431,nothing | 431,report) echo 'field lines beyond 16 KiB were taken, or ended the connection without a word: there is no limit for them, or none that is told' ;;
	*,nothing)
		case " ${sent[*]} " in
		*' shut '*) echo 'the client has ended its side, and waits for its answer: when recv returns 0, that says only that no more will come' ;;
		*) echo 'neither a report nor a refusal came: was it written, and flushed, before the close?' ;;
		esac
		;;
	report,414 | report,431) echo "a good request was refused as too long: ${lesson:-a head may have 16,384 octets}" ;;
	report,*)
		case " ${sent[*]} " in
		*' drip '* | *' send '*' send '*) echo 'the request came in several pieces: one recv is not one request; go on receiving until the head is whole' ;;
		*) echo "a good request was refused: ${lesson:-the server is stricter than the contract}" ;;
		esac
		;;
	*,report) echo "a request that must be refused was taken for a good one${lesson:+: $lesson}" ;;
	*) echo "it was refused for another reason than the one that is due: $2 in place of $1" ;;
	esac
}

# refuse_each 'OUTCOME...' REQUEST...: each of them has this outcome. First all in one go, which is
# fast; if that isn't what came, one by one, which tells the wrong one.
refuse_each() {
	local allowed=$1 conversation=() request count=0

	shift
	for request; do
		conversation+=(on "$count" send "$request" read)
		count=$((count + 1))
	done
	tool client "$reply" "$tmp/client" "$host" "$port" "${conversation[@]}" || :
	if [ "$(grep -a -c "^refused: ${allowed%% *} " "$reply")" -ne "$count" ] || [ -n "$(wrong_form "$count")" ]; then
		for request; do
			expect_outcome "$allowed" "$request" || return
		done
	fi
}

# expect_lines REQUEST|OPERATION... <<LINES: a report that has at least these lines.
expect_lines() {
	local line why="it is missing${lesson:+: $lesson}"

	send_all "$@"
	[ "$(outcome)" = report ] || why=$(why_not report "$(outcome)")
	while IFS= read -r line; do
		grep -q -x -F -e "$line" "$reply" || complain "a line: $line" "$why"
	done
}

others_are_served() {
	expect_outcome report timeout 1000 send 'GET / HTTP/1.1\r\n\r\n' read
}

# bats test_tags=must
@test "2.1 a request line, taken apart" {
	start
	expect 'GET /hello?x=1 HTTP/1.1\r\n\r\n' <<-'REPLY'
		method: GET$
		target: /hello?x=1$
		path: /hello$
		query: x=1$
		version: HTTP/1.1$
	REPLY
}

# bats test_tags=must
@test "2.2 fields may follow" {
	start
	expect 'POST /a/b HTTP/1.0\r\nHost: localhost\r\nX: y\r\n\r\n' <<-'REPLY'
		method: POST$
		target: /a/b$
		path: /a/b$
		version: HTTP/1.0$
	REPLY
	# What stands in them is no part of the request line, and no content is waited for.
	expect timeout 3000 send 'POST /a HTTP/1.1\r\nReferer: http://h/b?c#d\r\nContent-Length: 5\r\n\r\n' read <<-'REPLY'
		method: POST$
		target: /a$
		path: /a$
		version: HTTP/1.1$
	REPLY
}

# bats test_tags=must
@test "2.3 a question mark and nothing after it is an empty query" {
	start
	expect 'GET /? HTTP/1.1\r\n\r\n' <<-'REPLY'
		method: GET$
		target: /?$
		path: /$
		query: $
		version: HTTP/1.1$
	REPLY
}

# bats test_tags=must
@test "2.4 only the first question mark divides" {
	local lesson='the query begins after the first question mark, others belong to it'
	start
	expect_lines 'GET /a?b?c=/? HTTP/1.1\r\n\r\n' <<-'LINES'
		path: /a
		query: b?c=/?
	LINES
	lesson='the path is all that stands before the question mark: a parser for URLs takes //h for a host, drops ;c, or resolves the dots'
	expect_lines 'GET //h/a;b/../c;d?e;f HTTP/1.1\r\n\r\n' <<-'LINES'
		path: //h/a;b/../c;d
		query: e;f
	LINES
}

# bats test_tags=must
@test "2.5 nothing is decoded yet" {
	local lesson='nothing is decoded yet: who decodes before taking apart takes apart what is data'
	start
	expect_lines 'GET /%41%2fb+c%00?%20 HTTP/1.1\r\n\r\n' <<-'LINES'
		path: /%41%2fb+c%00
		query: %20
	LINES
}

# bats test_tags=must
@test "2.6 one octet at a time: a recv is not a request" {
	start
	expect_outcome report drip 5 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n' read
}

# bats test_tags=must
@test "2.7 split anywhere, between CR and LF, too" {
	local text=$'GET / HTTP/1.1\r\nA: b\r\n\r\n' i conversation=() got

	start
	for ((i = 1; i < ${#text}; i++)); do
		conversation+=(on "$i" send "${text:0:i}")
	done
	conversation+=(pause 100)
	for ((i = 1; i < ${#text}; i++)); do
		conversation+=(on "$i" silent 0 send "${text:i}" read)
	done
	converse "${conversation[@]}"
	got=$(grep -c -x 'version: HTTP/1.1' "$reply" || :)
	if [ "$client_status" -ne 0 ] || [ "$got" -ne $((${#text} - 1)) ]; then
		for ((i = 1; i < ${#text}; i++)); do # one by one, which tells the wrong one
			expect_outcome report send "${text:0:i}" pause 100 send "${text:i}" read || return
		done
		converse "${conversation[@]}"
		[ "$client_status" -lt 3 ] || judged ended
		complain "$((${#text} - 1)) reports, one on each connection, each when its request is whole" \
			"$got came; one by one they come, but not when they are asked for on several connections at once"
	fi
}

# bats test_tags=must
@test "2.8 empty lines before the request line are passed over" {
	local lesson='pass over CR LF before the request line, as old clients send it after a body'
	start
	expect_outcome report '\r\nGET / HTTP/1.1\r\n\r\n'
	expect_outcome report '\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n'
	expect_outcome report drip 5 '\r\n\r\nGET / HTTP/1.1\r\n\r\n' read
}

# bats test_tags=must
@test "2.9 a line that ends in LF without CR: refused at once, in words" {
	local lesson='a line ends in CR LF, and LF alone ends none'
	local request requests=()

	start
	for request in 'GET / HTTP/1.1\n\n' 'GET / HTTP/1.1\nHost: x\n\n' 'GET / HTTP/1.1\r\nHost: x\n\r\n' \
		'GET / HTTP/1.1\r\n\n' '\nGET / HTTP/1.1\r\n\r\n'; do
		requests+=("$request")
	done
	refuse_each "$(ours 400 report)" "${requests[@]}"
	if [ -z "${SERVER:-}" ]; then
		expect_outcome 400 'GET / HTTP/1.1\n' # and no more: it doesn't wait for the end
		grep -q 'CR LF' "$reply" || complain 'words with CR LF in them' 'the refusal does not say what is wrong'
	fi
}

# bats test_tags=must
@test "2.10 CR alone, NUL and other control characters in the request line" {
	local lesson='control characters have no place in a request line: look at every octet of it'
	local octet requests=()

	start
	for octet in '\r' '\0' '\x01' '\x0b' '\x0c' '\x1b' '\x7f'; do
		requests+=("GET /a${octet}b HTTP/1.1\r\n\r\n")
		requests+=("G${octet}ET / HTTP/1.1\r\n\r\n")
	done
	for octet in '\0' '\x01' '\x1b' '\x1f' '\x7f' '\xa0'; do
		requests+=("GET / HTTP/1.1${octet}\r\n\r\n")
	done
	for octet in '\x1f' '\x85' '\xa0'; do # white space to a language, not to HTTP
		requests+=("GET${octet}/ HTTP/1.1\r\n\r\n")
	done
	refuse_each 400 "${requests[@]}"
	requests=()
	for octet in '\r' '\x0b' '\x0c'; do # white space to some: RFC 9112, 3
		requests+=("GET / HTTP/1.1${octet}\r\n\r\n")
	done
	refuse_each "$(ours 400 report)" "${requests[@]}"
}

# bats test_tags=must
@test "2.11 white space in the request line that isn't one space, twice" {
	local lesson='exactly one space parts the words, and no other white space does'
	local line requests=()

	start
	for line in 'GET  / HTTP/1.1' 'GET /  HTTP/1.1' ' GET / HTTP/1.1' 'GET / HTTP/1.1 ' \
		'GET\t/ HTTP/1.1' 'GET /\tHTTP/1.1' '\tGET / HTTP/1.1' 'GET / HTTP/1.1\t'; do
		requests+=("$line\r\n\r\n")
	done
	refuse_each "$(ours 400 report)" "${requests[@]}"
}

# bats test_tags=must
@test "2.12 too few words, and too many" {
	local line requests=()

	start
	for line in 'GET /' 'GET' 'GET / /b HTTP/1.1' 'GET /a b HTTP/1.1' 'GET / HTTP/1.1 x' ' ' '  '; do
		requests+=("$line\r\n\r\n")
	done
	refuse_each 400 "${requests[@]}"
}

# bats test_tags=must
@test "2.13 a method is a token, and its case matters" {
	local lesson="a method is a token, of letters, digits and some signs; upper and lower case differ in it"
	local method requests=()

	start
	for method in '' 'G(T' 'GET/' 'G:T' '"GET"' 'G\xc3\x89T' 'G\xc9T' 'G@T' 'G,T' 'G;T' 'G=T' 'G?T' 'G[T' 'G\\T' 'G]T' '{}'; do
		requests+=("$method / HTTP/1.1\r\n\r\n")
	done
	refuse_each 400 "${requests[@]}"
	for method in get Get BREW X "!#\$%&'*+-.^_\`|~9"; do
		expect_lines "$method / HTTP/1.1\r\n\r\n" <<<"method: $method"
	done
}

# bats test_tags=must
@test "2.14 absolute-form" {
	local lesson='the absolute-form, http://host/path, is what a client sends to a proxy; any server must take it'
	start
	expect_lines 'GET http://h/p?q HTTP/1.1\r\n\r\n' <<-'LINES'
		target: http://h/p?q
		path: /p
		query: q
	LINES
	expect_lines 'GET HTTP://localhost:8080/a/b HTTP/1.1\r\n\r\n' <<<'path: /a/b'
	expect_lines 'GET http://[::1]:80/a HTTP/1.1\r\n\r\n' <<<'path: /a'
	expect_lines 'GET http://h HTTP/1.1\r\n\r\n' <<<'path: /'
	expect_lines 'GET http://h?q HTTP/1.1\r\n\r\n' <<-'LINES'
		path: /
		query: q
	LINES
	lesson='the host ends at the first / or ?, whichever comes first'
	expect_lines 'GET http://h?a/b HTTP/1.1\r\n\r\n' <<-'LINES'
		path: /
		query: a/b
	LINES
	expect 'GET HTTP://H:80 HTTP/1.1\r\n\r\n' <<-'REPLY' # the target as it was sent, and no query
		method: GET$
		target: HTTP://H:80$
		path: /$
		version: HTTP/1.1$
	REPLY
}

# bats test_tags=must
@test "2.15 asterisk-form and authority-form" {
	start
	expect_lines 'OPTIONS * HTTP/1.1\r\n\r\n' <<<'target: *'
	expect_lines 'CONNECT example.com:443 HTTP/1.1\r\n\r\n' <<<'target: example.com:443'
	expect_lines 'CONNECT [::1]:443 HTTP/1.1\r\n\r\n' <<<'target: [::1]:443'
	expect 'CONNECT h:443 HTTP/1.1\r\n\r\n' <<-'REPLY'
		method: CONNECT$
		target: h:443$
		version: HTTP/1.1$
	REPLY
	expect_lines 'OPTIONS /a HTTP/1.1\r\n\r\n' <<<'path: /a'
	expect_lines 'GET /a?b HTTP/1.1\r\n\r\n' <<<'path: /a'
	expect 'OPTIONS * HTTP/1.1\r\n\r\n' <<-'REPLY' # and nothing of the request before
		method: OPTIONS$
		target: *$
		version: HTTP/1.1$
	REPLY
}

# bats test_tags=must
@test "2.16 any other target" {
	local lesson='a target begins with / or http://; the asterisk is for OPTIONS, host:port, the port in digits, for CONNECT, and options is not OPTIONS'
	local start_of_line requests=()

	start
	for start_of_line in 'GET hello' 'GET *' 'POST *' 'GET example.com:443' 'GET http:/a' 'GET http://' \
		'GET http:///a' 'GET http://?a' 'CONNECT /' 'CONNECT h' 'CONNECT h1' 'CONNECT 443' 'CONNECT h:' \
		'CONNECT :443' 'CONNECT h:https' 'CONNECT h:443x' 'CONNECT h:443/' 'CONNECT http://h/' \
		'connect h:443' 'GET ?x' 'GET ../a' 'GET https://h/' 'GET ftp://h/' 'OPTIONS **' 'options *'; do
		requests+=("$start_of_line HTTP/1.1\r\n\r\n")
	done
	refuse_each 400 "${requests[@]}"
}

# bats test_tags=must
@test "2.17 octets beyond ASCII, and the fragment, which belongs to the browser" {
	local lesson='a client keeps the fragment, and percent-encodes what is not ASCII'
	local target requests=()

	start
	for target in '/caf\xc3\xa9' '/\xff' '/\x80?x' '/a?\xe9' '/a#b' '/#' '/a?b#c'; do
		requests+=("GET $target HTTP/1.1\r\n\r\n")
	done
	refuse_each 400 "${requests[@]}"
}

# bats test_tags=must
@test "2.18 versions of HTTP/1 are reported as sent" {
	local version

	start
	for version in 1.0 1.1 1.9; do
		expect_lines "GET / HTTP/$version\r\n\r\n" <<<"version: HTTP/$version"
	done
}

# bats test_tags=must
@test "2.19 other major versions: 505" {
	local version requests=()

	start
	for version in 2.0 0.9 3.0 9.9 0.0; do
		requests+=("GET / HTTP/$version\r\n\r\n")
	done
	refuse_each 505 "${requests[@]}"
	expect_outcome 505 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
}

# bats test_tags=must
@test "2.20 what isn't a version" {
	local lesson='a version is exactly eight octets, HTTP/ in upper case, a digit, a dot, a digit'
	local version requests=()

	start
	for version in http/1.1 Http/1.1 HTTP/1 HTTP/1. HTTP/1.10 HTTP/01.1 HTP/1.1 HTTP/1.1x HTTP1.1 \
		HTTP/1,1 HTTP/a.b HTTP/1.x HTTP/x.1 HTTP/-1.1 HTTP//1.1 /1.1 HTTP/1.1.1 HTTP/2 HTTP/20.1 HTTP/2.0x \
		'HTTP/1.\xb2' 'HTTP/\xb9.1' 'HTTP/1.\xd9\xa1'; do # digits to a language, not to HTTP
		requests+=("GET / $version\r\n\r\n")
	done
	refuse_each 400 "${requests[@]}"
}

# bats test_tags=must
@test "2.21 a request line of 8,000 octets is taken" {
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
	start
	expect_outcome 414 send 'GET /' repeat 20000 'a' send ' HTTP/1.1\r\n\r\n' read
	expect_outcome 414 deaf send 'GET /' repeat 40 "$(printf '%050000d' 0)" send ' HTTP/1.1\r\n\r\n' read
}

# bats test_tags=must
@test "2.23 a line that never ends is refused before it ends" {
	start
	converse timeout 3000 send 'GET /' repeat 30 "$(printf '%01000d' 0)" read
	[ "$client_status" -ne 3 ] || [ -s "$reply" ] ||
		complain "refused: 414 and why" \
			'the server waits for the end of a line that has none: refuse at the limit, before the line ends'
	expect_outcome "$(ours 414 400)" timeout 3000 send 'GET /' repeat 30 "$(printf '%01000d' 0)" read
}

# bats test_tags=must
@test "2.24 who leaves before the empty line gets nothing" {
	start
	expect send 'GET / HTTP/1.1\r\nHost: x\r\n' shut read <<<''
	expect send 'GET / HTTP/1.1\r\nA\r\n' shut read <<<''
	expect send 'GET' shut read <<<''
	expect shut read <<<''
	others_are_served
}

# bats test_tags=must
@test "2.25 a client that half-closes after its request gets its answer" {
	start
	expect_outcome report send 'GET / HTTP/1.1\r\n\r\n' shut read
}

# bats test_tags=must
@test "2.26 one request, one report: what follows is left alone" {
	start
	expect 'GET /one HTTP/1.1\r\n\r\nGET /two HTTP/1.1\r\n\r\n' <<-'REPLY'
		method: GET$
		target: /one$
		path: /one$
		version: HTTP/1.1$
	REPLY
}

# bats test_tags=must
@test "2.27 four MiB after the request don't cost the client its answer" {
	start
	head -c 4194304 /dev/urandom >"$tmp/data"
	expect_outcome report deaf send 'POST / HTTP/1.1\r\nContent-Length: 4194304\r\n\r\n' \
		file "$tmp/data" read
	expect_outcome 400 deaf send 'GET / HTTP/one\r\n\r\n' file "$tmp/data" read
}

# bats test_tags=must
@test "2.28 a TLS client, and noise: refused at once" {
	start
	expect_outcome "$(ours 400)" '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'
	head -c 30000 /dev/urandom >"$tmp/noise"
	printf '\001\n\n' | cat - "$tmp/noise" >"$tmp/data"
	expect_outcome 400 file "$tmp/data" read
}

# bats test_tags=robust
@test "2.29 two hundred silent clients beside one that speaks" {
	start
	hold crowd 200 send 'GET / HT'
	others_are_served
}

# bats test_tags=robust
@test "2.30 clients that leave, or reset, in the middle" {
	local i

	start
	for ((i = 0; i < 10; i++)); do
		come_and_leave open close open reset send 'GET' reset send 'GET / HTTP/1.1\r\n\r\n' reset \
			send 'GET / HTTP/1.1\r\n\r\n' close send 'GET / HTTP/1.1\r\n\r\n' take 3 reset
	done
	kill -STOP "$server_pid" # what follows has all come when it looks again
	come_and_leave send 'GET / HTTP/1.1\r\n\r\n' shut reset send 'GET / HTTP/1.1\r\n\r\n' reset
	kill -CONT "$server_pid"
	others_are_served
}

# bats test_tags=robust
@test "2.31 three hundred clients at once, the last one served first" {
	local conversation

	# They are silent until each has its turn: a head that has begun would be due within 10 seconds.
	start
	read -r -a conversation <<<"$(awk 'BEGIN {
		for (i = 1; i <= 300; i++) printf "on %d open ", i
		for (i = 300; i >= 1; i--)
			printf "on %d send GET\\x20/client-%d\\x20HTTP/1.1\\r\\n\\r\\n read ", i, i }')"
	send_all "${conversation[@]}"
	awk 'BEGIN { for (i = 300; i >= 1; i--) print "path: /client-" i }' >"$tmp/due"
	grep '^path: ' "$reply" | cmp -s "$tmp/due" - || complain '300 reports, each with the path of its own client' \
		"$(grep -c '^path: ' "$reply" || :) came; the first that is wrong stands where $(grep '^path: ' "$reply" | diff "$tmp/due" - | sed -n '/^</{s/^< path: //p;q;}') is due: each connection needs a buffer of its own"
}

# bats test_tags=extra,slow
@test "2.32 the silent are closed after 15 seconds, a head is due within 10 at any pace" {
	local i

	start_hasty
	background client timeout $((25000 / pace)) read lasts $((14500 / pace)) $((20000 / pace + 500))
	background client send 'GET / HTTP/1.1\r\nX: xxx' timeout $((25000 / pace)) read \
		lasts $((9500 / pace)) $((15000 / pace + 500))
	background client drip $((1000 / pace)) 'GET / HTTP/1.1\r\nA: bbbbbbb\r\n\r\n'
	background client open pause $((12000 / pace)) send 'G' timeout $((25000 / pace)) read \
		lasts $((21500 / pace)) $((27000 / pace + 500))
	finish 1 || complain 'the end, 15 seconds after it connected, and five later at most' \
		'a client that says nothing may stay for ever, or too short: what ends it when its time is up?'
	finish 2 || complain 'the end, 10 seconds after the first octet of a head, and five later at most' \
		'a client that has begun a head may stay for ever, or too short: does its time count from the first octet of the head?'
	for i in 1 2; do
		read_background "$i"
		[ ! -s "$reply" ] || complain 'the end, without a word' \
			'this report is no HTTP, so there is no answer yet for a request that did not come: just close'
	done
	if finish 3; then
		complain 'the end, 10 seconds after the first octet of a head' \
			'a head that comes octet by octet wins time with each'
	fi
	finish 4 || complain 'the end, 10 seconds after the first octet of a head, and five later at most' \
		'the client was silent for 12 seconds, then sent the first octet of its head: with that octet, its ten seconds begin'
}

# bats test_tags=extra
@test "2.33 a refusal says why, in words" {
	ours_only 'the words'
	start
	expect 'GET  / HTTP/1.1\r\n\r\n' <<-'REPLY'
		refused: 400 Bad Request: the request line needs exactly two spaces$
	REPLY
	expect 'GET / HTTP/2.0\r\n\r\n' <<-'REPLY'
		refused: 505 HTTP Version Not Supported: only HTTP/1.x is spoken here$
	REPLY
}

# bats test_tags=extra
@test "2.34 a line of log for each request, in which no octet can forge another" {
	ours_only 'the log'
	start
	talk 'GET /"a HTTP/1.1\r\n\r\n'
	talk 'GET /\x1b[2J\\\xff HTTP/1.1\r\n\r\n'
	stop TERM
	diff -u - "$log" <<-'LOG' || complain 'these two lines of log' 'what a client sends can forge a line of log, or drive a terminal: escape it'
		127.0.0.1 "GET /\"a HTTP/1.1" reported
		127.0.0.1 "GET /\x1b[2J\\\xff HTTP/1.1" 400 Bad Request
	LOG
}

# bats test_tags=extra
@test "2.35 the command line, the signals" {
	ours_only 'the command line'
	ends 0 -h
	says stdout "^usage: $(ours 'part2 ')"
	ends 2 -x
	start
	[ -n "${SERVER:-}" ] || [ "$announced" = "listening on tcp://127.0.0.1:$port/" ]
	hold crowd 10
	stop INT
	ended_well
}

# bats test_tags=extra
@test "2.36 a wrong request line is refused at its own end, not at that of the head" {
	ours_only 'others may wait for more'
	local line requests=()

	start
	for line in 'GET  / HTTP/1.1' 'GET /' 'G(T / HTTP/1.1' 'GET hello HTTP/1.1' 'GET / HTTP/1.10'; do
		requests+=("$line\r\n")
	done
	refuse_each 400 "${requests[@]}"
	expect_outcome 505 timeout 2000 send 'GET / HTTP/2.0\r\n' read
}

# bats test_tags=extra,slow
@test "2.37 a log that nobody reads stops nothing" {
	ours_only 'the log'
	local turn

	# So many conversations fill a pipe or a terminal, with a log of each, or with a trace, too.
	for turn in '2048 pipe' '512 pipe -v' '512 terminal' '256 terminal -v'; do
		# shellcheck disable=SC2086 # words
		start_unread ${turn#* }
		often "${turn%% *}" timeout 5000 send 'GET / HTTP/1.1\r\n\r\n' read close ||
			not_held_up 'its report each time, while nobody reads the log'
		others_are_served
		stop TERM
		ended_well
	done
}

# bats test_tags=extra
@test "2.38 with its standard streams closed, each client gets its own bytes, and no log" {
	ours_only 'its streams'
	local i

	start_closed -v
	for i in 1 2 3; do
		printf 'method: GET$\ntarget: /%s$\npath: /%s$\nversion: HTTP/1.1$\n' "$i" "$i"
	done >"$tmp/due"
	expect on 1 open on 2 open on 3 open on 1 send 'GET /1 HTTP/1.1\r\n\r\n' read \
		on 2 send 'GET /2 HTTP/1.1\r\n\r\n' read on 3 send 'GET /3 HTTP/1.1\r\n\r\n' read <"$tmp/due"
}

# bats test_tags=robust,slow
@test "2.39 a request that came while the server was stopped is answered, however late that is" {
	start_hasty
	background client open pause $((2000 / pace)) send 'GET /whole HTTP/1.1\r\n\r\n' timeout 30000 read
	background client send 'GET /half HTTP/1.1\r\n' pause $((2000 / pace)) send '\r\n' timeout 30000 read
	nap $((1000 / pace))
	kill -STOP "$server_pid"
	nap $((17000 / pace + 100))
	kill -CONT "$server_pid"
	local i

	for i in 1 2; do
		finish "$i" || :
		grep -q '^path: ' "$reply" || complain 'the report' 'the server looked at the clock before it looked at what had come: serve first, then see who is late'
	done
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
		client_status=0 complain 'refused: 431 and why' \
			'the server waits for more than a head of exactly 16 KiB, which has no end and can get none: is the limit off by one?'
	expect_outcome 431 timeout 2000 send "$begun${field}0000" read
}

# bats test_tags=must
@test "2.41 field lines that are too long, one or all together, are refused: 431" {
	local start_of_head='GET / HTTP/1.1\r\nHost: x\r\n' field

	start
	printf -v field 'A: %01000d\\r\\n' 0
	expect_outcome "$(ours 431 400)" timeout 3000 send "$start_of_head" repeat 20 "$field" send '\r\n' read
	converse timeout 3000 send "${start_of_head}A: " repeat 30 "$(printf '%01000d' 0)" read
	[ "$client_status" -ne 3 ] || [ -s "$reply" ] ||
		client_status=0 complain 'refused: 431 and why' \
			'the server waits for the end of field lines, and there is no limit for them: who never ends them fills its memory'
	expect_outcome "$(ours 431 400)" timeout 3000 send "${start_of_head}A: " repeat 30 "$(printf '%01000d' 0)" read
	expect_outcome "$(ours 431 400)" deaf send "$start_of_head" repeat 80 "A: $(printf '%025000d' 0)\r\n" send '\r\n' read
}

# Clients that come and go: some are served, others leave in the middle of a head.
come_and_go() {
	local i many conversation=() half=() resets=()

	printf -v many '%015000d' 0
	for ((i = 1; i <= 100; i++)); do
		conversation+=(on "$i" send 'GET / HTTP/1.1\r\n\r\n' read close)
		half+=(on "$i" send "GET /$many" close)
		resets+=(on "$i" send "GET /$many HTTP/1.1\r\n\r\n" reset)
	done
	client "${conversation[@]}" >"$tmp/gone" || complain 'a report, a hundred times' 'a client was not served'
	client "${half[@]}"
	kill -STOP "$server_pid" # what follows has all come when it looks again
	client "${resets[@]:0:250}" # fifty of them
	kill -CONT "$server_pid"
	others_are_served
}

# keeps_nothing_of OPERATION...: of clients that do these, and leave, thousands of them, our server
# keeps nothing, as small as what belongs to one of them may be.
keeps_nothing_of() {
	local before grown

	[ -z "${SERVER:-}" ] || return 0 # a garbage collector may keep it for later
	often 500 "$@"
	before=$(asked_for)
	[ "$before" -lt 1000000000 ] || return 0 # a sanitizer has all of the memory, and looks for leaks itself
	often 4000 "$@"
	grown=$(($(asked_for) - before))
	if [ "$grown" -gt 128 ]; then
		: >"$reply"
		sent=("$@")
		complain 'no more memory than before, when 4,096 more clients have left' \
			"the server has grown by $grown KiB: free all that belongs to a connection, and the connection itself"
	fi
}

# asked_for: how much memory the server has asked for, in KiB.
asked_for() {
	awk '/^VmSize:/ { print $2 }' "/proc/$server_pid/status"
}

# bats test_tags=extra
@test "2.42 eight hundred clients later, it has no more descriptors, and no more memory" {
	start
	look_inside
	gives_back come_and_go
	keeps_nothing_of send 'GET / HTTP/1.1\r\n\r\n' read close
}

# bats test_tags=extra,slow
@test "2.43 no descriptor is free: it neither ends nor spins, and serves on when some leave" {
	start_starved
	look_inside
	survives_a_full_table others_are_served
}

# what_half_closed_got: in words.
what_half_closed_got() {
	case $client_status,$(wc -c <"$reply" | tr -d ' ') in
	2,*) echo 'the connection was reset, with no report' ;;
	3,0) echo 'no report came, and not the end either' ;;
	*,0) echo 'the server closed without a report' ;;
	*) echo 'something else than the report came' ;;
	esac
}

# bats test_tags=robust
@test "2.44 a request and the half-close after it, both there when the server looks" {
	start
	hold open
	kill -STOP "$server_pid"
	background client send 'GET /whole HTTP/1.1\r\n\r\n' shut timeout 5000 read
	nap 100
	kill -CONT "$server_pid"
	finish 1 || :
	grep -q '^path: /whole' "$reply" || complain 'the report, then the end' \
		"$(what_half_closed_got): the request and the end of the client's octets were both there when the server looked; the client waits for its answer: when recv returns 0, that says only that no more will come"
}

# bats test_tags=extra,slow
@test "2.45 while nothing happens, it sleeps, whoever is connected" {
	start
	look_inside
	hold crowd 5 send 'GET / HT'
	client send 'GET / HTTP/1.1\r\n\r\n' read >"$reply"
	rests 'let poll wait, not ask over and over'
}

# bats test_tags=must
@test "2.46 what stands in a field line is nobody's business yet" {
	local lesson='field lines are passed over: look for the end of each, and for no more'
	local line

	start
	for line in 'A' ': b' 'A : b' ' A: b' 'A: b\0c' 'A: b\rc' 'A: \x01\x7f\xff' 'Host: x\r\nHost: y'; do
		expect_outcome "$(ours report 400)" "GET /a HTTP/1.1\r\n$line\r\n\r\n"
	done
	for line in 'A:b' 'A:' 'A: b: c' 'A: caf\xc3\xa9' 'A: caf\xe9'; do # a name, a colon, a value
		expect_outcome report "GET /a HTTP/1.1\r\n$line\r\n\r\n"
	done
	lesson='field lines of 8,000 octets are taken, together and one alone'
	expect_outcome report send 'GET / HTTP/1.1\r\nA: ' repeat 7993 'a' send '\r\n\r\n' read
	expect_outcome report send 'GET / HTTP/1.1\r\n' repeat 1000 'A: bcd\r\n' send '\r\n' read
}

# bats test_tags=must
@test "2.47 a request line that is wrong in several ways: what is looked at first" {
	local due line

	start
	while read -r due line; do
		expect_outcome "$(ours "$due" 400 505)" "$line\r\n\r\n"
	done <<-'LINES'
		400 G(T /\x01 HTTP/2.0
		400 GET  / HTTP/2.0
		400 G(T / HTTP/2.0
		400 GET x HTTP/1
		505 GET x HTTP/2.0
		505 GET /# HTTP/0.9
		505 CONNECT x HTTP/3.0
	LINES
}

# bats test_tags=extra
@test "2.48 a log that may not grow any more stops nothing" {
	ours_only 'the log'
	survives_a_full_log
}

# bats test_tags=extra
@test "2.49 a SIGINT that its shell ignores is ignored" {
	ours_only 'the signals'
	leaves_ignored
}
