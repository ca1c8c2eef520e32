# shellcheck shell=bash
# What the tests share: a server for each test, a client, and ways to say what must come back.
#
# PART is the part under test, 1 to 5. SERVER, where set, is the command that starts the server to
# test instead of ours; it must take -p 0 and say "listening on http://127.0.0.1:PORT/" first.

tests=$BATS_TEST_DIRNAME
root=$(dirname "$tests")
sent_text='' reply='' log='' tmp='' announced=''

setup() {
	harness_setup
}

teardown() {
	harness_teardown
}

harness_setup() {
	tmp=${BATS_TEST_TMPDIR:-}
	own_tmp=
	if [ -z "$tmp" ]; then
		tmp=$(mktemp -d "${TMPDIR:-/tmp}/five-layers.XXXXXX")
		own_tmp=$tmp
	fi
	reply=$tmp/reply log=$tmp/log server_pid='' helpers=' '
	cd "$root" || return # SERVER and common/www are seen from here
	build_client
}

# Kills what the test left running. A server that has ended by itself is a failure of its own.
harness_teardown() {
	local failed=0 pid

	for pid in $helpers; do
		kill -9 "$pid" 2>/dev/null || :
		wait "$pid" 2>/dev/null || :
	done
	if [ -n "$server_pid" ] && ! kill -0 "$server_pid" 2>/dev/null; then
		wait "$server_pid" || failed=$?
		echo "the server ended in the middle of the test, with status $failed$(why_ended $failed)"
		failed=1
	fi
	if [ -n "$server_pid" ]; then
		stop TERM >/dev/null || :
	fi
	if grep -qs -e 'Sanitizer' -e 'runtime error:' "$log"; then
		cat "$log"
		failed=1
	fi
	if [ -n "$own_tmp" ]; then
		rm -rf "$own_tmp"
	fi
	return "$failed"
}

why_ended() {
	case $1 in
	141) echo ' (SIGPIPE: it wrote to a client that had left)' ;;
	139) echo ' (SIGSEGV: it used memory that is not its own)' ;;
	134) echo ' (SIGABRT)' ;;
	esac
}

# Compiles the client unless that is done; safe when several suites begin at once.
build_client() {
	local client=$tests/build/client

	if [ -x "$client" ] && [ ! "$tests/client.c" -nt "$client" ]; then
		return
	fi
	mkdir -p "$tests/build"
	${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -O1 -o "$client.$$" "$tests/client.c"
	mv "$client.$$" "$client"
}

# Skips the rest of the test where it isn't our server that is tested: the contract leaves a choice
# here, and the test is about ours, or compares every byte.
ours_only() {
	if [ -n "${SERVER:-}" ]; then
		skip "about our own server: ${1:-compares every byte}"
	fi
}

# ours OURS OTHER...: of several right answers the one that ours gives, or all for another server.
ours() {
	if [ -n "${SERVER:-}" ]; then
		echo "$*"
	else
		echo "$1"
	fi
}

# either GOT OURS OTHERS: what came is OURS, or, from another server, matches the expression OTHERS.
either() {
	[ "$1" = "$2" ] || { [ -n "${SERVER:-}" ] && [[ $1 =~ ^($3)$ ]]; }
}

# Sets the words of the command that starts the server.
server_words() {
	if [ -n "${SERVER:-}" ]; then
		read -r -a words <<<"$SERVER"
	else
		words=("$root/part$PART")
	fi
}

# start [option...] [directory]: starts the server on a free port; sets host, port, server_pid, and
# announced, the first line that it said.
start() {
	local words line='' first=$tmp/first-line

	if [ -n "$server_pid" ]; then
		stop TERM
	fi
	server_words
	rm -f "$first"
	mkfifo "$first"
	"${words[@]}" -p 0 "$@" >"$first" 2>"$log" 3>&- 4>&- &
	server_pid=$!
	exec 4<"$first"
	IFS= read -r -t 10 line <&4 || :
	if [[ ! $line =~ ^listening\ on\ [a-z]+://(.*):([0-9]+)/ ]]; then
		printf '%s\n' "started: ${words[*]} -p 0 $*" \
			'expected as the first line on standard output: listening on http://127.0.0.1:PORT/' \
			"came: $line" 'likely cause: not built, a crash, or an output that is not flushed'
		[ -p "$log" ] || cat "$log"
		return 1
	fi
	host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]}
	host=${host#[} host=${host%]}
	# shellcheck disable=SC2034 # the tests read it
	announced=$line
	cat <&4 >>"$tmp/stdout" 3>&- &
	exec 4<&-
}

# start_unread [option...] [directory]: the same, but its log goes to a pipe that nobody reads.
start_unread() {
	rm -f "$tmp/unread"
	mkfifo "$tmp/unread"
	# shellcheck disable=SC2217 # it only holds the pipe open
	sleep 600 <"$tmp/unread" >/dev/null 2>&1 3>&- 4>&- &
	helpers="$helpers$! "
	log=$tmp/unread start "$@"
}

# start_closed [option...] [directory]: the same, but with the standard streams closed. Since nobody
# can be told the port then, another server has found it before.
start_closed() {
	local words tries=0

	start "$@"
	stop TERM
	server_words
	"${words[@]}" -p "$port" "$@" <&- >&- 2>&- 3>&- 4>&- &
	server_pid=$!
	until client open 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || return
		sleep 0.05
	done
}

# stop SIGNAL: asks the server to end, with TERM or INT, kills it if that takes over six seconds,
# and sets ended to its status.
stop() {
	local pid=$server_pid

	server_pid=
	kill -"$1" "$pid" 2>/dev/null || :
	await_end "$pid" 6
}

# await_end PID SECONDS: waits until the process has ended, kills it after that time, and sets ended.
await_end() {
	local pid=$1 tries=0

	while kill -0 "$pid" 2>/dev/null; do
		tries=$((tries + 1))
		if [ "$tries" -eq $(($2 * 50)) ]; then
			kill -9 "$pid" 2>/dev/null || :
			echo 'the server had to be killed: it did not end'
		fi
		sleep 0.02
	done
	ended=0
	# shellcheck disable=SC2034 # the tests read it
	wait "$pid" 2>/dev/null || ended=$?
	return 0
}

# ends STATUS [argument...]: the server, started so, must end at once with this status; what it says
# is in $tmp/stdout and $tmp/stderr.
ends() {
	local words due=$1

	shift
	server_words
	"${words[@]}" "$@" >"$tmp/stdout" 2>"$tmp/stderr" </dev/null 3>&- &
	await_end $! 5
	if [ "$ended" -ne "$due" ]; then
		echo "${words[*]} $* ended with status $ended, where $due is due"
		cat "$tmp/stdout" "$tmp/stderr"
		return 1
	fi
}

# client OPERATION...: a client of the server; tests/build/client lists the operations.
client() {
	"$tests/build/client" "$host" "$port" "$@" 3>&-
}

# often N OPERATION...: a client that does these N times, or up to twice as often; what it reads is in
# the file $reply.
often() {
	local count=$1 i all

	shift
	all=("$@")
	for ((i = 1; i < count; i *= 2)); do
		all+=("${all[@]}")
	done
	client "${all[@]}" >"$reply"
}

# hold OPERATION...: a client in the background, which does the operations and then stays. Returns
# when it has done them. What it reads is in the file $held.
hold() {
	local line='' said='' fifo

	held_count=$((${held_count:-0} + 1))
	held=$tmp/held-$held_count
	fifo=$held.ready
	mkfifo "$fifo"
	"$tests/build/client" "$host" "$port" "$@" say 'ready\n' pause 600000 \
		>"$held" 2>"$fifo" 3>&- 4>&- &
	helpers="$helpers$! "
	exec 4<"$fifo"
	while IFS= read -r -t 20 line <&4 && [ "$line" != ready ]; do
		said=$line
	done
	exec 4<&-
	if [ "$line" != ready ]; then
		echo "a client in the background failed: $* ($said)"
		return 1
	fi
}

# background COMMAND...: runs it in the background; its output is in $tmp/background-N, N from 1.
# finish N waits for it, and returns its status; it shows the end of the output of one that failed.
background() {
	background_count=$((${background_count:-0} + 1))
	"$@" >"$tmp/background-$background_count" 2>&1 3>&- &
	helpers="$helpers$! "
	eval "background_pid_$background_count=\$!"
}

finish() {
	local pid=background_pid_$1

	pid=${!pid}
	helpers=${helpers/ $pid / }
	wait "$pid" || {
		set -- "$1" $?
		echo "number $1 in the background ended with status $2:"
		tail -c 500 "$tmp/background-$1" | show
		return "$2"
	}
}

# show [FILE...]: every byte visible, as cat -vet has it, and a line end after the last line.
show() {
	{
		LC_ALL=C cat -vet "$@"
		echo
	} | sed '$ { /^$/d; }'
}

# The reply as it is compared: bytes visible, dates and ports normalised.
show_reply() {
	show "$reply" | LC_ALL=C sed -E \
		-e 's/^(Date: )[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT\^M\$$/\1DATE^M$/' \
		-e 's/^(ETag: ")[!-~]+"\^M\$$/\1TAG"^M$/' \
		-e "s/(127\.0\.0\.1|localhost|\[::1\]):$port([^0-9]|\$)/\1:PORT\2/g"
}

# What takes long only because it waits is done early: setup_file begins it, it goes on beside the
# tests, and one at the end of the suite asks how it went.

# early FUNCTION...: begins them, each with a folder and a server of its own.
early() {
	local name

	: "${early:=$(mktemp -d "${TMPDIR:-/tmp}/five-layers.XXXXXX")}"
	export early
	for name; do
		mkdir "$early/$name"
		do_early "$name" >"$early/$name.log" 2>&1 3>&- 4>&- &
		echo $! >>"$early/pids"
	done
}

do_early() {
	early_name=$1
	set +ET
	trap - DEBUG ERR
	trap 'exit 1' TERM
	trap 'end_early $? "$BASH_COMMAND" >>"$early/$early_name.log" 2>&1 3>&- 4>&-' EXIT
	set -e
	BATS_TEST_TMPDIR=$early/$1
	setup
	"$1"
}

end_early() {
	local status=$1

	set +e
	trap - EXIT
	[ "$status" -eq 0 ] || echo "this failed: $2"
	[ -z "$server_pid" ] || kill -CONT "$server_pid" 2>/dev/null
	harness_teardown || status=1
	echo "$status" >"$early/$early_name.new"
	mv "$early/$early_name.new" "$early/$early_name.status"
}

# rest SECONDS: sleeps, but ends at once when it is told to.
rest() {
	sleep "$1" 3>&- 4>&- &
	wait $!
}

# ended_well FUNCTION: waits for one that was begun early; tells what it said, and fails if it did.
ended_well() {
	local tries=0

	until [ -e "$early/$1.status" ]; do
		tries=$((tries + 1))
		if [ "$tries" -eq 900 ]; then
			echo "$1 does not end"
			cat "$early/$1.log"
			return 1
		fi
		sleep 0.1
	done
	cat "$early/$1.log"
	return "$(cat "$early/$1.status")"
}

# end_all_early: for teardown_file; ends what still goes on.
end_all_early() {
	local pid

	while read -r pid; do
		kill "$pid" 2>/dev/null || :
		wait "$pid" 2>/dev/null || :
	done <"$early/pids"
	rm -rf "$early"
}

# send_all REQUEST, or send_all OPERATION...: has a conversation with the server; a lone request is
# sent, and answered by what comes until the server closes. The reply is in the file $reply.
# Fails where the conversation doesn't end as it should.
send_all() {
	local status=0 word

	if [ $# -eq 1 ]; then
		set -- send "$1" read
	fi
	sent=("$@")
	sent_text=''
	for word; do
		case $word in
		send | drip | repeat) break ;;
		esac
		shift
	done
	case ${1:-} in
	send) sent_text=$2 ;;
	drip | repeat) sent_text=$3 ;;
	esac
	client "${sent[@]}" >"$reply" 2>"$tmp/client" || status=$?
	case $status in
	0) return ;;
	2) complain 'the whole reply, then the end' 'the connection was reset: was it closed with bytes unread?' ;;
	3) complain 'the whole reply, then the end' 'the server waits on, or does not close' ;;
	*) complain 'a conversation that goes as told' "$(cat "$tmp/client")" ;;
	esac
}

# complain EXPECTED CAUSE: what was sent, expected and received, and how to repeat it; returns 1.
complain() {
	echo '--- sent:'
	quote "${sent[@]}" | head -c 2000
	printf -- '--- expected:\n%s\n--- came:\n' "$1"
	show_reply | head -n 60 | cut -c 1-300
	printf -- '--- likely cause: %s\n' "$2"
	by_hand
	return 1
}

# quote WORD...: the words as a shell takes them, on one line.
quote() {
	local word line=''

	for word; do
		if [[ $word =~ [^A-Za-z0-9_./-] ]] || [ -z "$word" ]; then
			word="'${word//\'/\'\\\'\'}'"
		fi
		line="$line $word"
	done
	echo "${line# }"
}

# One line that repeats the conversation against a server started by hand on port 8080.
by_hand() {
	echo "--- by hand, with the server on port 8080:"
	if [ "${#sent[@]}" -eq 3 ] && [ "${sent[0]} ${sent[2]}" = 'send read' ]; then
		echo "printf '%b' $(quote "${sent[1]}") | nc 127.0.0.1 8080"
	else
		echo "tests/build/client 127.0.0.1 8080 $(quote "${sent[@]}")"
	fi | head -c 2000
}

# talk REQUEST|OPERATION...: has the conversation and prints the reply, every byte visible.
talk() {
	send_all "$@" || return
	show_reply
}

# expect REQUEST|OPERATION... <<REPLY: the reply must be this, byte for byte.
expect() {
	local expected difference

	expected=$(cat)
	send_all "$@" || return
	if ! difference=$(diff -u <(printf '%s' "${expected:+$expected$'\n'}") <(show_reply) 3>&-); then
		complain "$expected" "$(echo 'see what is missing (-) and what is too much (+)'
			printf '%s\n' "$difference" | sed 1,2d | cut -c 1-300)"
	fi
}

# Splits the reply into $tmp/head and $tmp/content, passing over 1xx responses.
split_reply() {
	cp "$reply" "$tmp/content"
	while :; do
		mv "$tmp/content" "$tmp/rest"
		LC_ALL=C sed $'/^\r$/q' "$tmp/rest" >"$tmp/head"
		tail -c +$(($(wc -c <"$tmp/head") + 1)) "$tmp/rest" >"$tmp/content"
		if ! head -n 1 "$tmp/head" | grep -q '^HTTP/1\.1 1'; then
			return
		fi
	done
}

# status: the status code of the reply.
status() {
	LC_ALL=C sed -n -E $'1s/^HTTP\\/1\\.1 ([0-9]{3})( .*)?\r$/\\1/p' "$tmp/head"
}

# field NAME: the values that the reply has for a field, one a line.
field() {
	LC_ALL=C awk -v name="$1" 'NR > 1 && tolower($0) ~ "^" tolower(name) ":" {
		sub(/^[^:]*:[ \t]*/, ""); sub(/[ \t]*\r$/, ""); print }' "$tmp/head"
}

# field_count NAME: how many times the reply has a field.
field_count() {
	field "$1" | wc -l | tr -d ' '
}

# What every response must be, whatever it says; prints what is wrong.
check_reply() {
	local date length got code

	split_reply
	code=$(status)
	date='^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$'
	if [ ! -s "$reply" ]; then
		echo 'nothing came'
		return
	fi
	# What follows from one of these would only hide it, so each of them is told alone.
	if LC_ALL=C sed $'/^\r*$/q' "$tmp/head" | LC_ALL=C grep -q -v $'\r$'; then
		echo 'a line of the head ends in LF without CR'
		return
	elif [ -z "$code" ]; then
		echo 'the first line must be HTTP/1.1, a space, three digits, a space, a phrase, CR LF'
		return
	elif ! tail -n 1 "$tmp/head" | grep -q $'^\r$'; then
		echo 'no empty line ends the head'
		return
	fi
	LC_ALL=C sed 1d "$tmp/head" | LC_ALL=C grep -v -E $'^([-!#$%&\'*+.^_`|~0-9A-Za-z]+:[^\r]*)?\r$' |
		sed 's/^/not a field line: /' || :
	[[ $(field Date) =~ $date ]] || echo "Date must be there once, like Sun, 06 Nov 1994 08:49:37 GMT, in GMT; it is: $(field Date)"
	length=$(field Content-Length)
	got=$(wc -c <"$tmp/content" | tr -d ' ')
	case $code,$sent_text in
	204,* | 304,* | *,HEAD\ *) length=0 ;;
	*) [ -n "$length" ] || echo 'Content-Length is missing: how is the client to know where the content ends?' ;;
	esac
	if [ "$(statuses | wc -w)" -le 1 ] && [ "${length:-$got}" != "$got" ]; then
		echo "$got octets of content came, where $length are due"
	fi
}

# expect_status 'CODE...' REQUEST|OPERATION...: a well-formed response with one of these codes.
expect_status() {
	local codes=$1 wrong

	shift
	send_all "$@" || return
	wrong=$(check_reply)
	split_reply
	case " $codes " in
	*" $(status) "*) ;;
	*) wrong=${wrong:-"the status is not one of: $codes"} ;;
	esac
	if [ -n "$wrong" ]; then
		complain "status $codes" "$wrong"
	fi
}

# expect_head REQUEST|OPERATION... <<REPLY: a well-formed response with this status code, and these
# fields, once each, in any order; among others. "Name: *" is any value, "Name: ~EXPRESSION" one
# that matches it, "!Name" a field that must be absent. After an empty line: all of the content.
expect_head() {
	local expected line name value wrong='' first

	expected=$(cat)
	send_all "$@" || return
	wrong=$(check_reply)
	split_reply
	{
		IFS= read -r first
		case "$first " in
		"HTTP/1.1 $(status) "*) ;;
		*) wrong=${wrong:-"the status is not that of: $first"} ;;
		esac
		while IFS= read -r line && [ -n "$line" ]; do
			wrong=$wrong$(check_field "$line")
		done
		value=$(cat)
	} <<<"$expected"
	if [[ $expected == *$'\n\n'* ]] && [ "$value" != "$(show "$tmp/content")" ]; then
		wrong="$wrong
the content is another"
	fi
	if [ -n "$wrong" ]; then
		complain "$expected" "$wrong"
	fi
}

# check_field LINE: prints what is wrong with the field that a line of expect_head is about.
check_field() {
	local name=${1%%:*} value=${1#*:} got

	value=${value# }
	if [ "${name#!}" != "$name" ]; then
		[ "$(field_count "${name#!}")" -eq 0 ] || printf '\n%s must be absent' "${name#!}"
		return
	fi
	got=$(field "$name")
	[ "$(field_count "$name")" -eq 1 ] || printf '\n%s must be there once, not %s times' "$name" "$(field_count "$name")"
	case $value in
	'*') [ -n "$got" ] || printf '\n%s must have a value' "$name" ;;
	'~'*) [[ $got =~ ${value#\~} ]] || printf '\n%s must match %s' "$name" "${value#\~}" ;;
	*) [ "$got" = "$value" ] || printf '\n%s must be: %s' "$name" "$value" ;;
	esac
}

# statuses: the codes of all responses in the reply, in order, on one line.
statuses() {
	LC_ALL=C grep -a -o -E 'HTTP/1\.1 [0-9]{3}' "$reply" | cut -c 10- | tr '\n' ' ' | sed 's/ $//'
}

# expect_statuses 'CODE...' REQUEST|OPERATION...: responses with exactly these codes, in order.
expect_statuses() {
	local codes=$1

	shift
	send_all "$@" || return
	if [ "$(statuses)" != "$codes" ]; then
		complain "these status codes: $codes" "these came: $(statuses)"
	fi
}

# expect_each 'CODE...' REQUEST...: each of them, on a connection of its own, gets one of these. First
# all in one go, which is fast; if that isn't what came, one by one, which tells the wrong one.
expect_each() {
	local codes=$1 conversation=() code due=0

	shift
	for request; do
		conversation+=(on "$due" send "$request" read)
		due=$((due + 1))
	done
	client "${conversation[@]}" >"$reply" 2>"$tmp/client" || :
	for code in $(statuses); do
		case " $codes " in
		*" $code "*) due=$((due - 1)) ;;
		esac
	done
	if [ "$due" -ne 0 ]; then
		for request; do
			expect_status "$codes" "$request" || return
		done
	fi
}
