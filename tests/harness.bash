# shellcheck shell=bash
# What the tests share: a server for each test, a client, and ways to say what must come back.
#
# PART is the part under test, 1 to 5. SERVER, where set, is the command that starts the server to
# test instead of ours; it must take -p 0 and say "listening on http://127.0.0.1:PORT/" first.

tests=$BATS_TEST_DIRNAME
root=$(dirname "$tests")
sent=() client_status=0 client_said='' facts='' reply='' log='' tmp='' announced='' pace=1
. "$tests/words.bash"

setup() {
	harness_setup
}

teardown() {
	harness_teardown
}

harness_setup() {
	trap - DEBUG # it is for lines that we do not show, and slow
	tmp=${BATS_TEST_TMPDIR:-}
	own_tmp=
	if [ -z "$tmp" ]; then
		tmp=$(mktemp -d "${TMPDIR:-/tmp}/five-layers.XXXXXX")
		own_tmp=$tmp
	fi
	reply=$tmp/reply log=$tmp/log server_pid='' helpers=' '
	: >"$reply"
	cd "$root" || return # SERVER and common/www are seen from here
	[ -x "$tests/build/judge" ] || PART=$PART "$tests/begin"
}

# Ends what the test left running. A server that has ended by itself is a failure of its own.
harness_teardown() {
	local failed=0

	end_helpers
	if [ -n "$server_pid" ] && ! kill -0 "$server_pid" 2>/dev/null; then
		last_words
		failed=1
	fi
	if [ -n "$server_pid" ]; then
		stop TERM >/dev/null || :
	fi
	if grep -qs -e 'Sanitizer' -e 'runtime error:' "$log"; then
		tail -n 30 "$log"
		failed=1
	fi
	if [ -n "$own_tmp" ]; then
		rm -rf "$own_tmp"
	fi
	return "$failed"
}

# end_helpers: ends the clients in the background.
end_helpers() {
	local pid

	for pid in $helpers; do
		kill -9 "$pid" 2>/dev/null || :
		wait "$pid" 2>/dev/null || :
	done
	helpers=' '
}

# ours_only [REASON]: skips the rest of the test if another server is tested. With a reason, the test
# is one of those that TIER=all asks of any server; without, it compares what only ours can say.
ours_only() {
	if [ -n "${SERVER:-}" ] && { [ $# -eq 0 ] || [ "${TIER:-}" != all ]; }; then
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
		words=("${OURS:-$root/part$PART}")
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
	[ -p "$first" ] || mkfifo "$first"
	"${words[@]}" -p 0 "$@" >"$first" 2>"$log" 3>&- 4>&- 6>&- &
	server_pid=$!
	exec 6<"$first"
	IFS= read -r -t 10 -u 6 line || :
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
	if [ -n "${SERVER:-}" ]; then # it may say more, and must not have to wait for a reader
		cat <&6 >>"$tmp/stdout" 3>&- &
		exec 6<&-
	fi
}

# start_hasty [option...] [directory]: the same, but our own server is one whose clock runs ten times
# as fast, so that deadlines come soon. Sets pace, by which the test has to divide its times: 10, or 1
# if another server is tested.
# shellcheck disable=SC2034 # the tests read pace
start_hasty() {
	pace=1
	[ -n "${SERVER:-}" ] || pace=10
	OURS=${HASTY:-$tests/build/hasty-part$PART} start "$@"
}

# nap MS: sleeps for so many milliseconds.
nap() {
	local seconds

	printf -v seconds '%d.%03d' $(($1 / 1000)) $(($1 % 1000))
	sleep "$seconds" 3>&- 4>&-
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
	"${words[@]}" -p "$port" "$@" <&- >&- 2>&- 3>&- 4>&- 6>&- &
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
	local pid=$server_pid status=0

	server_pid=
	kill -"$1" "$pid" 2>/dev/null || :
	if [ -e /dev/fd/6 ]; then # when the server ends, so does what it could have said
		while IFS= read -r -t 6 -u 6 _ || status=$?; do
			[ "$status" -eq 0 ] || break
		done
		exec 6<&-
		[ "$status" -gt 128 ] || { ended=0 && wait "$pid" 2>/dev/null || ended=$?; return 0; }
	fi
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
		echo "a client in the background failed: $(cut -c 1-300 <<<"$*") ($said)"
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
		tail -c 500 "$tmp/background-$1" >"$tmp/tail"
		show "$tmp/tail"
		return "$2"
	}
}

# show FILE: every octet visible, as cat -vet has it, and a line end after the last line.
show() {
	"$tests/build/judge" "$1" show
}

# ---- the server's process, seen from outside -----------------------------------------------------

# look_inside: the test looks into the server's process; skips where that can't be done.
look_inside() {
	ours_only 'looks into its process'
	if [ ! -r "/proc/$server_pid/stat" ] || [ ! -d "/proc/$server_pid/fd" ]; then
		skip 'no /proc here'
	fi
}

# descriptors: how many the server has open.
descriptors() {
	local open=("/proc/$server_pid/fd/"*)

	echo "${#open[@]}"
}

# resident: the server's memory, in KiB.
resident() {
	awk '/^VmRSS:/ { print $2 }' "/proc/$server_pid/status"
}

# processor_time: what the server has used so far, in milliseconds.
processor_time() {
	awk '{ print ($14 + $15) * 10 }' "/proc/$server_pid/stat"
}

# rests: the server has nothing to do now, and uses no processor time.
rests() {
	local before used

	kill -0 "$server_pid" 2>/dev/null || return 0
	before=$(processor_time)
	nap 1000
	used=$(($(processor_time) - before))
	[ "$used" -le 100 ] || complain 'it sleeps until something happens' \
		"it spins: it used $used ms of processor time in a second in which nothing happened; $1"
}

# gives_back COMMAND...: what many clients cost, who come and go in this command, it gives back.
gives_back() {
	local before memory i now

	"$@"
	before=$(descriptors) memory=$(resident)
	for i in 1 2 3; do
		"$@"
	done
	for ((i = 0; i < 40; i++)); do # the last may just be leaving
		now=$(descriptors)
		[ "$now" -gt "$before" ] || break
		nap 50
	done
	[ "$now" -le "$before" ] || complain "no more than $before descriptors, as before" \
		"$((now - before)) descriptors were never given back: close the socket of each client that has left"
	if grep -q __asan_init "/proc/$server_pid/exe" 2>/dev/null; then
		return 0 # it keeps for a while what is freed, and looks for leaks itself
	fi
	now=$(resident)
	[ "$((now - memory))" -le 2048 ] || complain "no more than $memory KiB of memory, as before" \
		"$((now - memory)) KiB of memory were never given back: free what belongs to a client that has left, and what you still had of it or for it"
}

# start_starved [option...]: the same as start, but with 32 descriptors.
start_starved() {
	local words

	server_words
	printf '#!/bin/sh\nulimit -n 32\nexec "$@"\n' >"$tmp/starved"
	chmod +x "$tmp/starved"
	SERVER="$tmp/starved ${words[*]}" start "$@" && return
	[ -n "${SERVER:-}" ] || return
	server_pid=''
	skip 'it needs more than 32 descriptors to start'
}

# survives_a_full_table COMMAND...: with 60 clients at 32 descriptors the server neither ends nor
# spins; when some leave, another is served, as the command says.
survives_a_full_table() {
	local first pid

	hold crowd 40 || :
	first=$helpers helpers=' '
	hold crowd 20 || :
	rests 'while no descriptor is free, accept fails at once, and poll says at once that somebody waits: leave the listener alone until a client has left, or for some milliseconds'
	if ! kill -0 "$server_pid" 2>/dev/null; then
		complain 'it goes on' 'a full descriptor table is no reason to end: the clients that are connected are still to be served, and when one leaves, the next can come'
	fi
	for pid in $first; do
		kill -9 "$pid" || :
		wait "$pid" 2>/dev/null || :
	done
	"$@"
}

# ---- conversations, and what is said of them ----------------------------------------------------

# converse REQUEST, or converse OPERATION...: has a conversation with the server; a lone request is
# sent, and answered by what comes until the server closes. What came is in the file $reply. Whether
# all went as told, the judge says.
converse() {
	[ $# -ne 1 ] || set -- send "$1" read
	sent=("$@") client_status=0 client_said=''
	"$tests/build/client" "$host" "$port" "$@" >"$reply" 2>"$tmp/client" 3>&- || learn_why $?
}

# The client was not content. If others were connected, would it be, without them? And with one?
learn_why() {
	client_status=$1
	IFS= read -r client_said <"$tmp/client" || :
	if [ "$1" -eq 3 ] && [ ! -s "$reply" ] && [ "$helpers" != ' ' ]; then
		end_helpers
		client "${sent[@]}" >"$tmp/again" 2>/dev/null || return 0
		client_status=4
		client_said='the server serves one client at a time: as soon as the others had left, the answer came'
		if client on 2047 open on 0 "${sent[@]}" >"$tmp/again" 2>/dev/null; then
			client_said='the server serves several clients, but not beside those that were connected: it has no room for so many, or waits for one of them; as soon as they had left, the answer came'
		fi
	fi
}

# judged JUDGEMENT...: what the judge thinks of the reply (see tests/judge.c); says all there is to
# say if it is wrong. Sets facts.
judged() {
	facts=$("$tests/build/judge" -p "${port:-}" -c "$client_status" -m "$client_said" "$reply" "$@" \
		-- ${sent[@]+"${sent[@]}"}) && return
	explain "$facts"
	return 1
}

# send_all REQUEST|OPERATION...: has a conversation, and fails if it doesn't go as told.
send_all() {
	converse "$@"
	[ "$client_status" -eq 0 ] || judged ended
}

# complain EXPECTED CAUSE: fails, and says why.
complain() {
	judged wrong "$1" "$2"
}

# explain WHAT: prints what is required, what went wrong, how to repeat it, and where to read on.
explain() {
	contract_row
	printf '%s\n' "$1"
	if [ -n "$server_pid" ] && ! kill -0 "$server_pid" 2>/dev/null; then
		last_words
	fi
	by_hand
	[ -z "$heading" ] || echo "--- taught in: TUTORIAL.md, \"$heading\""
}

# contract_row: prints what the contract in TUTORIAL.md requires in the row that names this test; if
# several do, in that which names the fewest. Sets heading to the chapter's.
contract_row() {
	local number=${BATS_TEST_DESCRIPTION%% *} row

	heading=''
	while IFS= read -r row; do
		case $row in
		'## '*) heading=${row#\#\# } ;;
		*) echo "--- required: $row" ;;
		esac
	done < <(awk -v number="$number" '
		/^## / { heading = $0 }
		/^\|/ {
			split($0, cell, / *\| */)
			count = split(cell[5], tests, /, */)
			for (i = 1; i <= count; i++)
				if (tests[i] "" == number "" && (best == "" || count < fewest)) {
					fewest = count
					best = cell[2] ": " cell[3] (cell[4] == "" ? "" : " (" cell[4] ")")
					chapter = heading
				}
		}
		END { if (best != "") { print chapter; print best } }' "$root/TUTORIAL.md" 2>/dev/null)
}

# last_words: the server has ended; how, and what it said last.
last_words() {
	local status=0

	wait "$server_pid" 2>/dev/null || status=$?
	server_pid=
	echo "--- the server has ended, with $(status_in_words $status): $(cause_of_status $status)"
	[ ! -s "$log" ] || { echo '--- its last words:' && tail -n 10 "$log"; }
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
	local line

	if [ "${#sent[@]}" -eq 3 ] && [ "${sent[0]} ${sent[2]}" = 'send read' ]; then
		line="printf '%b' $(quote "${sent[1]}") | nc 127.0.0.1 8080"
	else
		line="tests/build/client 127.0.0.1 8080 $(quote ${sent[@]+"${sent[@]}"})"
	fi
	if [ "${#line}" -gt 500 ] || [[ $line == *"$tmp"* ]] || [ "${#sent[@]}" -eq 0 ]; then
		line="make test-part$PART T=${BATS_TEST_DESCRIPTION%% *}"
	fi
	echo "--- by hand, with the server on port 8080: $line"
}

# talk REQUEST|OPERATION...: has the conversation and prints the reply, every byte visible.
talk() {
	send_all "$@" || return
	show_reply
}

# show_reply: the reply, every byte visible, with dates, entity tags and ports normalised.
show_reply() {
	"$tests/build/judge" -p "${port:-}" "$reply" show
}

# expect REQUEST|OPERATION... <<REPLY: the reply must be this, byte for byte.
expect() {
	converse "$@" </dev/null
	judged bytes
}

# expect_status 'CODE...' REQUEST|OPERATION...: a well-formed response with one of these codes.
expect_status() {
	converse "${@:2}"
	judged is "$1" || return
	# shellcheck disable=SC2034 # the tests read them
	read -r code head_len length <<<"$facts"
}

# expect_head REQUEST|OPERATION... <<REPLY: a well-formed response with this status code, and these
# fields, once each, in any order; among others. "Name: *" is any value, "Name: ~EXPRESSION" one
# that matches it, "!Name" a field that must be absent.
expect_head() {
	local first line rules=()

	IFS= read -r first
	while IFS= read -r line && [ -n "$line" ]; do
		rules+=("$line")
	done
	converse "$@" </dev/null
	first=${first#HTTP/1.1 }
	judged is "${first%% *}" ${rules[@]+"${rules[@]}"}
}

# split_reply: splits the reply into $tmp/head and $tmp/content.
split_reply() {
	local code head_len length

	read -r code head_len length < <("$tests/build/judge" "$reply" facts)
	tail -c "$((head_len + length))" "$reply" >"$tmp/rest"
	head -c "$head_len" "$tmp/rest" >"$tmp/head"
	tail -c "$length" "$reply" >"$tmp/content"
}

# field NAME: the values that the reply has for a field, one a line.
field() {
	"$tests/build/judge" "$reply" field "$1"
}

# statuses: the codes of all responses in the reply, in order, on one line.
statuses() {
	"$tests/build/judge" "$reply" codes
}

# expect_statuses 'CODE...' REQUEST|OPERATION...: responses with exactly these codes, in order.
expect_statuses() {
	converse "${@:2}"
	judged statuses "$1"
}

# expect_each 'CODE...' REQUEST...: each of them, on a connection of its own, gets one of these. First
# all in one go, which is fast; if that isn't what came, one by one, which tells the wrong one.
expect_each() {
	local codes=$1 conversation=() code due=0 request

	shift
	for request; do
		conversation+=(on "$due" send "$request" read)
		due=$((due + 1))
	done
	client "${conversation[@]}" >"$reply" 2>"$tmp/client" || :
	for code in $(statuses); do
		[[ " $codes " != *" $code "* ]] || due=$((due - 1))
	done
	[ "$due" -ne 0 ] || return 0
	for request; do
		expect_status "$codes" "$request" || return
	done
	converse "${conversation[@]}"
	complain "each of these requests is answered with: $codes" \
		'one by one they are answered rightly, but not when they come on several connections at once'
}
