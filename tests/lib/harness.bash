# shellcheck shell=bash
# What the tests share: a server for each test, a client, and ways to say what must come back.
#
# PART is the part under test, 1 to 5. SERVER, where set, is the command that starts the server to
# test instead of ours; it must take -p 0 and say "listening on http://127.0.0.1:PORT/" first.

export LC_ALL=C # whatever the caller's language is
root=${BASH_SOURCE[0]%/tests/*}
tests=$root/tests
lib=$tests/lib
sent=() sample=() client_status=0 client_said='' known='' facts='' reply='' log='' tmp='' announced='' pace=1
beside=() by_test='' tools='' told='' ran=() errors='' ended='' server_ended=''
. "$lib/exit-status.bash"

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
	! is_hopeless || skip "$hopeless"
	cd "$root" || return # SERVER and common/www are seen from here
	[ -x "$tests/build/tools" ] || PART=$PART "$lib/preflight" || return
	trap too_late USR1
	export TEST_SECONDS=60
	mkfifo "$tmp/question" "$tmp/answer"
	exec 7<>"$tmp/question" 8<>"$tmp/answer" # open, once: a signal interrupts an open that has to wait
	"$tests/build/tools" "$tmp/question" "$tmp/answer" $$ "$TEST_SECONDS" </dev/null >/dev/null 2>&1 3>&- 4>&- 7>&- 8>&- &
	tools=$!
}

# is_hopeless: whether so many tests of this run have waited in vain, or failed in its first 100 seconds,
# that one more says nothing new. Sets hopeless to the reason.
is_hopeless() {
	local late failed passed

	[ -n "${RUN:-}" ] && [ -s "$RUN/outcomes-$PART" ] || return 1
	late=$(grep -c late "$RUN/outcomes-$PART") failed=$(grep -c -v passed "$RUN/outcomes-$PART")
	passed=$(grep -c passed "$RUN/outcomes-$PART")
	if [ "$late" -ge 5 ] && [ "$late" -gt "$passed" ]; then
		hopeless="$late tests waited in vain, more than passed: the server hangs; mend that first"
	elif [ "$failed" -ge 5 ] && [ $(($(date +%s) - $(cat "$RUN/begun"))) -ge 100 ]; then
		hopeless='this run has taken 100 seconds, with failures enough for now'
	else
		return 1
	fi
}

# note_outcome: tells the other tests of this run how this one has ended.
note_outcome() {
	local outcome=failed

	[ -n "${RUN:-}" ] && [ -z "${BATS_TEST_SKIPPED:-}" ] || return 0
	[ -z "${BATS_TEST_COMPLETED:-}" ] || outcome=passed
	[ "$outcome" = passed ] || { [ "$client_status" -ne 3 ] && [ ! -e "$tmp/late" ]; } || outcome=late
	echo "$outcome" >>"$RUN/outcomes-$PART"
}

# may_take SECONDS: the test has so much time from now on, in place of a minute.
may_take() {
	export TEST_SECONDS=$1
	question seconds "$1"
}

# The test's time is over. Its server is killed at the same time (see tests/lib/coprocess.c).
too_late() {
	[ -n "$told" ] || complain 'the test comes to its end' \
		"it has not in $TEST_SECONDS seconds: the server sends or waits without end" || :
	exit 1
}

# question WORD...: asks the process that stays, and returns its answer.
question() {
	local status=1

	printf '%s\0' $# "$@" >&7
	IFS= read -r status <&8
	return "$status"
}

# tool client|judge OUTPUT ERRORS ARGUMENT...: runs it, with its output in these files, by the process
# that stays (see tests/lib/coprocess.c), or, in the background, as one of its own. No ERRORS: they are output.
tool() {
	if [ -n "$tools" ]; then
		question "$@"
		return
	fi
	[ -n "$3" ] || set -- "$1" "$2" /dev/null "${@:4}"
	"$tests/build/$1" "${@:4}" >"$2" 2>"$3" 3>&- 4>&- 7>&- 8>&-
}

# Ends what the test left running. A server that has ended by itself is a failure of its own, and one
# that has not been told of yet is told now.
harness_teardown() {
	local failed=0

	note_outcome
	if [ -z "$told" ] && [ -z "${BATS_TEST_SKIPPED:-}" ]; then
		if [ -n "$server_pid" ] && ! kill -0 "$server_pid" 2>/dev/null; then
			complain 'the server goes on, whatever a client does' 'it has ended meanwhile' || failed=1
		elif [ -z "${BATS_TEST_COMPLETED:-}" ]; then
			complain "what the test's title says: $BATS_TEST_DESCRIPTION" \
				"one of its checks failed, of which it says no more: see ${BATS_TEST_FILENAME#"$root/"}" || :
		fi
	fi
	end_helpers
	if [ -n "$server_pid" ]; then
		stop TERM >/dev/null || :
	fi
	if [ -n "$tools" ]; then
		kill -9 "$tools" 2>/dev/null || : # SIGTERM may come before it is a program of its own, and be lost
		wait "$tools" 2>/dev/null || :
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
	beside=()
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

# Sets the words of the command that starts the server; limit, where set, is how many descriptors it
# may have, and first what a shell does before it becomes the server.
server_words() {
	if [ -n "${SERVER:-}" ]; then
		read -r -a words <<<"$SERVER"
	else
		words=("${OURS:-$root/part$PART}")
	fi
	[ -z "${limit:-}${first:-}" ] || words=(sh -c "${first:-ulimit -n $limit}; exec \"\$@\"" sh "${words[@]}")
}

# lead COMMAND...: becomes the command, as the leader of a process group that ends with the test. For
# the background.
lead() {
	exec "$tests/build/tools" lead "$TEST_SECONDS" $$ "$tmp/late" "$@" 3>&- 4>&- 7>&- 8>&-
}

# start [option...] [directory]: starts the server on a free port, or on that of -p, if this is the
# first option; sets host, port, server_pid, and announced, the first line that it said.
start() {
	local words line='' whole=yes

	if [ -n "$server_pid" ]; then
		stop TERM
		beside=()
	fi
	server_words
	started_with=("$@")
	[ "${1:-}" = -p ] || set -- -p 0 "$@"
	started=$((${started:-0} + 1))
	mkfifo "$tmp/said-$started"
	exec 6<>"$tmp/said-$started"
	exec 9>"$tmp/said-$started"
	lead "${words[@]}" "$@" >&9 2>"$log" 6>&- 9>&- &
	server_pid=$!
	ran=("${words[@]}" "$@") errors=$log ended=''
	exec 9<"$tmp/said-$started" 6<&9 9<&-
	read_line 6 10 || whole=
	if [[ ! $line =~ ^listening\ on\ [a-z]+://(.*):([0-9]+)/ ]]; then
		not_started "$line" "$whole"
		return 1
	fi
	host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]}
	host=${host#[} host=${host%]}
	# shellcheck disable=SC2034 # the tests read it
	announced=$line
	if [ -n "${SERVER:-}" ]; then # it may say more, and must not have to wait for a reader
		{
			head -c 1048576 >>"$tmp/stdout"
			cat >/dev/null
		} <&6 3>&- 4>&- 7>&- 8>&- &
		exec 6<&-
	fi
}

# not_started LINE WHOLE: says what is wrong with a server that has not said where it listens.
not_started() {
	local state cause

	nap 100 # it may be about to end
	why_not_started "$server_pid" "$1" "$2"
	told=yes
	contract_row
	echo "--- started: $(quote "${ran[@]}")"
	echo '--- expected as the first line on standard output: listening on http://127.0.0.1:PORT/'
	echo "--- came on standard output: ${1:-nothing}"
	if [ -f "$log" ]; then
		echo "--- came on standard error:$([ -s "$log" ] || echo ' nothing')"
		last_words "$log"
	fi
	echo "--- $state"
	echo "--- likely cause: $cause"
	echo "--- by hand: $(quote "${ran[@]}")"
	taught_in
	[ "$state" = 'it is still running' ] || server_pid=''
}

# start_hasty [option...] [directory]: the same, but our own server is one whose clock runs ten times
# as fast, or as often as HASTE says, so that deadlines come soon. Sets pace, by which the test has to
# divide its times: this number, or 1 if another server is tested. With HASTE=0.2 they come late: for
# a test that has something to do before them, however busy the machine is.
# shellcheck disable=SC2034 # the tests read pace
start_hasty() {
	pace=1
	if [ -n "${SERVER:-}" ]; then
		may_take 240
	else
		pace=${HASTE:-10}
	fi
	HASTE=${HASTE:-10} OURS=${HASTY:-$tests/build/hasty-part$PART} start "$@"
}

# survives_a_full_log: when its log has reached the greatest size that a file may have, it goes on.
survives_a_full_log() {
	first='ulimit -f 1' start "$@"
	often 60 "${sample[@]}" close || :
	has_ended || { others_are_served && return; }
	known='a write that a file has no room for raises SIGXFSZ, which ends a process that does not ignore it: leave out what the log has no room for'
	complain 'it goes on, whatever becomes of its log' "$known"
}

# leaves_ignored: it is started by a shell that ignores Ctrl-C, as one does for what it runs in the
# background; so does it.
leaves_ignored() {
	first="trap '' INT" start "$@"
	kill -INT "$server_pid"
	nap 300
	has_ended || { others_are_served && stop TERM && ended_well && return; }
	tell 'it goes on: who started it has told it to ignore SIGINT' \
		'a shell has what it runs in the background ignore Ctrl-C; ask sigaction what was set before, and leave SIG_IGN alone'
}

# nap MS: sleeps for so many milliseconds.
nap() {
	local seconds

	printf -v seconds '%d.%03d' $(($1 / 1000)) $(($1 % 1000))
	sleep "$seconds" 3>&- 4>&- 7>&- 8>&-
}

# start_unread pipe|terminal [option...] [directory]: the same, but its log goes where nobody reads it.
start_unread() {
	local unread=$tmp/unread

	rm -f "$tmp/unread"
	mkfifo "$tmp/unread"
	if [ "$1" = terminal ]; then
		exec 9<>"$tmp/unread"
		"$tests/build/tools" >&9 3>&- 4>&- 7>&- 8>&- 9>&- &
		read -r -t 10 -u 9 unread || skip 'no terminal can be made here'
		exec 9<&-
	else
		# shellcheck disable=SC2217 # it only holds the pipe open
		sleep 600 <"$tmp/unread" >/dev/null 2>&1 3>&- 4>&- 7>&- 8>&- &
	fi
	helpers="$helpers$! "
	log=$unread start "${@:2}"
}

# start_closed [option...] [directory]: the same, but with the standard streams closed. Since nobody
# can be told the port then, another server has found it before.
start_closed() {
	local words tries=0

	start "$@"
	stop TERM
	server_words
	ran=("${words[@]}" -p "$port" "$@")
	lead "${words[@]}" -p "$port" "$@" <&- >&- 2>&- 6>&- &
	server_pid=$! ended=''
	until client open 2>/dev/null; do
		tries=$((tries + 1))
		if ! kill -0 "$server_pid" 2>/dev/null; then
			ended=0
			wait "$server_pid" 2>/dev/null || ended=$?
			server_pid=''
			tell 'it listens, with its standard streams closed, too' \
				'it could not print where it listens, and ended for that'
			return
		elif [ "$tries" -eq 100 ]; then
			tell 'it listens, with its standard streams closed, too' \
				'it runs, but nobody can connect: the first descriptors that it opens are those of the standard streams, which are free; one of them may be its listener, and be taken for a log'
			return
		fi
		sleep 0.05
	done
}

# stop SIGNAL: asks the server to end, with TERM or INT, kills it if that takes over six seconds,
# and sets ended to its status.
stop() {
	local pid=$server_pid status=0 begun=$SECONDS

	server_pid=
	kill -"$1" "$pid" 2>/dev/null || :
	if [ -e /dev/fd/6 ]; then # when the server ends, so does what it could have said
		while IFS= read -r -t 6 -u 6 _ || status=$?; do
			[ "$status" -eq 0 ] || break
		done
		exec 6<&-
		[ $((SECONDS - begun)) -ge 5 ] || { ended=0 && wait "$pid" 2>/dev/null || ended=$?; end_group "$pid"; return 0; }
	fi
	await_end "$pid" 6
	end_group "$pid"
}

# end_group PID: ends what a server has left behind. It is told once, at the end of the run.
end_group() {
	local tries=0

	while kill -0 -- "-$1" 2>/dev/null; do
		if [ "$tries" -eq 15 ]; then
			[ -z "${RUN:-}" ] || echo "${BATS_TEST_DESCRIPTION%% *}" >>"$RUN/left"
			kill -KILL -- "-$1" 2>/dev/null
			break
		fi
		tries=$((tries + 1))
		nap 20
	done
	return 0
}

# await_end PID SECONDS: waits until the process has ended, kills it after that time, and sets ended.
await_end() {
	local pid=$1 tries=0

	while kill -0 "$pid"; do
		tries=$((tries + 1))
		if [ "$tries" -eq $(($2 * 50)) ]; then
			kill -9 "$pid" || :
			echo 'the server had to be killed: it did not end'
			break
		fi
		sleep 0.02
	done 2>/dev/null # where bash 3.2 says which signal has ended it
	ended=0
	wait "$pid" 2>/dev/null || ended=$?
	return 0
}

# ends STATUS [argument...]: the server, started so, must end at once with this status; what it says
# is in $tmp/stdout and $tmp/stderr.
ends() {
	local words due=$1

	shift
	server_words
	ran=("${words[@]}" "$@") errors=$tmp/stderr
	lead "${ran[@]}" >"$tmp/stdout" 2>"$tmp/stderr" </dev/null &
	await_end $! 5 >/dev/null 2>&1
	[ "$ended" -eq "$due" ] || tell "it ends at once, with status $due" \
		"$(if [ "$ended" -eq 137 ]; then echo 'it goes on, where it has nothing to do'; elif [ "$ended" -gt 2 ]; then cause_of_status "$ended"; else echo 'the status tells a script whether all went well: 0 if it did, 1 if it could not, 2 if the command line is wrong'; fi)"
}

# logs LINE...: each of these is a line of what the server, which has ended, said on standard error.
# logs_nothing: it said nothing there.
logs() {
	local line

	for line; do
		grep -a -q -x -F -e "$line" "$log" || tell "on standard error the line: $line" 'the line is missing, or another'
	done
}

logs_nothing() {
	[ ! -s "$log" ] || tell 'nothing on standard error' '-q is to silence the log'
}

# says stdout|stderr EXPRESSION: a line of what it said there, when it ended, matches the expression.
# says_nothing stdout|stderr: it said nothing there; says_one_line: one line.
says() {
	grep -a -q -E -e "$2" "$tmp/$1" || tell "on $(stream_name "$1") a line that matches the expression \"$2\"" \
		"$(if [ -s "$tmp/$1" ]; then echo 'it says something else there'; else echo 'it says nothing there'; fi)"
}

says_nothing() {
	[ ! -s "$tmp/$1" ] || tell "nothing on $(stream_name "$1")" \
		'what it was asked for goes to standard output, and what is wrong to standard error, so that a script can part them'
}

says_one_line() {
	[ "$(wc -l <"$tmp/$1")" -eq 1 ] || tell "one line on $(stream_name "$1"), and its end" 'it says more, or less'
}

stream_name() {
	case $1 in
	stdout) echo 'standard output' ;;
	*) echo 'standard error' ;;
	esac
}

# ended_well: the server that was stopped has ended with status 0.
ended_well() {
	[ "$ended" -eq 0 ] || tell 'status 0, when a signal has told it to end' "$(cause_of_end)"
}

cause_of_end() {
	case $ended in
	143 | 130) echo 'the signal has ended it before it could end by itself: handle SIGTERM and SIGINT' ;;
	137) echo 'it did not end in time, and had to be killed: does it wait for somebody?' ;;
	*) cause_of_status "$ended" ;;
	esac
}

# tell EXPECTED CAUSE: fails, and says why, where it is about the program, not about a conversation.
tell() {
	local stream file

	told=yes
	contract_row
	echo "--- started: $(quote "${ran[@]}")"
	echo "--- expected: $1"
	for stream in stdout stderr; do
		file=$tmp/stdout
		[ "$stream" = stdout ] || file=$errors
		[ "$stream" = stderr ] || [ -n "${SERVER:-}" ] || [ "$errors" != "$log" ] || continue
		if [ -f "$file" ] && [ -s "$file" ]; then
			echo "--- came on $(stream_name "$stream"):"
			show "$file" | head -n 20
		else
			echo "--- came on $(stream_name "$stream"): nothing"
		fi
	done
	[ -z "$ended" ] || echo "--- it ended with $(status_in_words "$ended")"
	echo "--- likely cause: $2"
	echo "--- by hand: $(quote "${ran[@]}")"
	taught_in
	return 1
}

# client OPERATION...: a client of the server; tests/build/client lists the operations.
client() {
	"$tests/build/client" "$host" "$port" "$@" 3>&- 7>&- 8>&-
}

# often N OPERATION...: a client that does these N times, or up to twice as often; what it reads is in
# the file $reply.
often() {
	local count=$1 i all

	shift
	all=("$@") sent=("$@")
	for ((i = 1; i < count; i *= 2)); do
		all+=("${all[@]}")
	done
	tool client "$reply" "$tmp/client" "$host" "$port" most 64 "${all[@]}"
}

# not_held_up EXPECTED: complains that a client of the server, whose log nobody reads, was held up.
not_held_up() {
	tail -c 200 "$reply" >"$tmp/last" && reply=$tmp/last # which is enough to see
	client_status=3 by_test=yes
	IFS= read -r client_said <"$tmp/client" || :
	complain "$1" 'the server waits for its log, which goes to a pipe or a terminal that is full: leave out what the log has no room for'
}

# hold OPERATION...: a client in the background, which does the operations and then stays. Returns
# when it has done them. What it reads is in the file $held.
hold() {
	try_to_hold "$@" && return
	reply=$held sent=("$@") known='' client_status=$held_status
	IFS= read -r client_said <"$tmp/client" || :
	judged ended
}

# try_to_hold OPERATION...: the same, but it may fail.
try_to_hold() {
	local line='' said='' fifo

	held_count=$((${held_count:-0} + 1))
	held=$tmp/held-$held_count
	fifo=$held.ready
	mkfifo "$fifo"
	exec 4<>"$fifo"
	exec 9>"$fifo"
	"$tests/build/client" "$host" "$port" "$@" say 'ready\n' pause 600000 \
		>"$held" 2>&9 3>&- 4>&- 7>&- 8>&- 9>&- &
	helpers="$helpers$! "
	exec 9<"$fifo" 4<&9 9<&-
	while IFS= read -r -t 20 line <&4 && [ "$line" != ready ]; do
		said=$line
	done
	exec 4<&-
	if [ "$line" != ready ]; then
		held_status=0
		kill -9 "$!" 2>/dev/null || :
		wait "$!" 2>/dev/null || held_status=$?
		[ "$held_status" -le 128 ] || held_status=3
		helpers=${helpers/ $! / }
		printf '%s\n' "$said" >"$tmp/client"
		return 1
	fi
	[ "${#beside[@]}" -eq 0 ] || beside+=(on "$((1200 + held_count))")
	beside+=("$@")
}

# come_and_leave OPERATION...: clients that leave, whatever they have got. If the server ends of that, it is
# told.
come_and_leave() {
	sent=("$@") known='' client_status=0 client_said=''
	client "$@" >"$tmp/left" 2>"$tmp/client" || client_status=$?
	if [ "$client_status" -ne 0 ]; then
		IFS= read -r client_said <"$tmp/client" || :
		judged ended
	fi
	beside=("$@")
}

# background COMMAND...: runs it in the background; its output is in $tmp/background-N, N from 1, and
# what it said on standard error in $tmp/background-N.said. finish N waits for it, and returns its
# status; if it was a client, its conversation is the last one, as if it had been held just now.
background() {
	background_count=$((${background_count:-0} + 1))
	{
		tools=''
		[ "$1" != client ] || exec "$tests/build/client" "$host" "$port" "${@:2}" # so it can be killed
		"$@"
	} >"$tmp/background-$background_count" 2>"$tmp/background-$background_count.said" 3>&- 4>&- 6>&- 7>&- 8>&- &
	helpers="$helpers$! "
	eval "background_pid_$background_count=\$! background_words_$background_count=(\"\$@\")"
}

finish() {
	local pid=background_pid_$1 words words_of="background_words_$1[@]"

	pid=${!pid} words=("${!words_of}")
	helpers=${helpers/ $pid / }
	client_status=0 client_said=''
	wait "$pid" || client_status=$?
	reply=$tmp/background-$1
	if [ "${words[0]}" = client ]; then
		sent=("${words[@]:1}")
		client_said=$(tail -n 1 "$reply.said")
	fi
	return "$client_status"
}

# read_background N: the conversation of number N in the background, which has been finished, is looked
# at once more.
read_background() {
	local words words_of="background_words_$1[@]"

	words=("${!words_of}")
	reply=$tmp/background-$1 sent=("${words[@]:1}") client_status=0 client_said=''
}

# gulp: a client in the background that reads /huge as fast as it comes.
gulp() {
	"$tests/build/client" "$host" "$port" most 1000000 send 'GET /huge HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' \
		read >/dev/null 2>&1 3>&- 4>&- 7>&- 8>&- &
	helpers="$helpers$! "
}

# show FILE: every octet visible, as cat -vet has it, and a line end after the last line.
show() {
	tool judge "$tmp/shown" '' "$1" show
	cat "$tmp/shown"
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
		"$((now - memory)) KiB of memory were never given back: free what belongs to a client that has left, and what you still had of it or for it; if a garbage collector frees your memory, it may only have kept it for later"
}

# start_starved [option...]: the same as start, but with 32 descriptors.
start_starved() {
	limit=32 start "$@" && return
	[ -n "${SERVER:-}" ] || return
	server_pid=''
	skip 'it needs more than 32 descriptors to start'
}

# survives_a_full_table COMMAND...: with 60 clients at 32 descriptors the server neither ends nor
# spins; when some leave, another is served, as the command says.
survives_a_full_table() {
	local first pid

	try_to_hold crowd 40 || :
	first=$helpers helpers=' '
	try_to_hold crowd 20 || :
	rests 'while no descriptor is free, accept fails at once, and poll says at once that somebody waits: leave the listener alone until a client has left, or for some milliseconds'
	if ! kill -0 "$server_pid" 2>/dev/null; then
		known='a full descriptor table is no reason to end: the clients that are connected are still to be served, and when one leaves, the next can come'
		complain 'it goes on' "$known"
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
	sent=("$@") client_status=0 client_said='' known=''
	tool client "$reply" "$tmp/client" "$host" "$port" "$@" || client_status=$?
	[ "$client_status" -eq 0 ] || IFS= read -r client_said <"$tmp/client" || :
}

# try OPERATION...: another client, to learn something from.
try() {
	tool client "$tmp/tried" "$tmp/tried-said" "$host" "$port" timeout 2000 "$@"
}

# The client waited in vain. If others were connected, would it have, without them? And with one?
learn_why() {
	local crowd=$helpers

	[ "$client_status" -eq 3 ] && [ -n "$server_pid" ] || return 0
	! spins || return 0
	[ "$helpers" != ' ' ] || [[ " ${sent[*]} " == *' on '* || " ${sent[*]} " == *' crowd '* ]] || return 0
	end_crowd
	if try "${sample[@]}" && ! try on 2047 open on 0 "${sample[@]}"; then
		known='the server serves one client at a time: while one is connected and says nothing, the next gets no answer'
	elif [ "$crowd" != ' ' ] && [ ! -s "$reply" ] && try "${sent[@]}"; then
		known='the server serves several clients, but not beside those that were connected: it has no room for so many, or waits for one of them; as soon as they had left, the answer came'
	fi
}

# spins: whether the server, which should wait for something, uses the processor. Sets known.
spins() {
	local used

	[ -r "/proc/$server_pid/stat" ] || return 1
	used=$(processor_time)
	nap 300
	used=$(($(processor_time) - used))
	[ "$used" -ge 100 ] || return 1
	known="the server spins: in 300 ms in which nothing came, it used $used ms of processor time; what does its loop wait for, and does that ever come true?"
}

# end_crowd: the clients in the background leave, but what they did is still told.
end_crowd() {
	local did=("${beside[@]+"${beside[@]}"}")

	end_helpers
	beside=("${did[@]+"${did[@]}"}")
}

# judged JUDGEMENT...: what the judge thinks of the reply (see tests/lib/judge.c); says all there is to
# say if it is wrong. Sets facts.
judged() {
	ask_judge "$@" && return
	if ! has_ended; then
		[ "$1" = wrong ] || learn_why # whoever says what is wrong knows why
		[ -z "$known" ] || ask_judge "$@" || :
	else
		ended=0
		wait "$server_pid" 2>/dev/null || ended=$?
		server_ended="$(status_in_words "$ended"): $(cause_of_status "$ended")"
		server_pid=''
		ask_judge "$@" || :
	fi
	explain "$facts"
	return 1
}

ask_judge() {
	local status=0

	tool judge "$tmp/facts" '' -p "${port:-}" -c "$client_status" -m "$client_said" -w "$known" \
		-b "${beside[*]+"$(quote "${beside[@]}")"}" -e "$server_ended" "$reply" "$@" \
		-- ${sent[@]+"${sent[@]}"} || status=$?
	facts=''
	IFS= read -r -d '' facts <"$tmp/facts" || :
	facts=${facts%$'\n'}
	return "$status"
}

# has_ended: the server has ended by itself; for that it gets a moment.
has_ended() {
	[ -n "$server_pid" ] || return
	kill -0 "$server_pid" 2>/dev/null || return 0
	nap 100
	! kill -0 "$server_pid" 2>/dev/null
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
	told=yes
	if [ -n "$server_ended" ]; then
		echo "--- the server has ended, with $(status_in_words "$ended")"
		[ ! -s "$log" ] || { echo '--- its last words:' && last_words "$log"; }
	fi
	contract_row "$1"
	printf '%s\n' "$1"
	if [ -z "$server_ended" ] && [ -n "${SERVER:-}" ] &&
		LC_ALL=C grep -a -q -i -E 'error|exception|traceback|panic|fatal' "$log" 2>/dev/null; then
		echo '--- meanwhile the server said on standard error, which may be the cause:'
		last_words "$log"
	fi
	by_hand
	taught_in
}

taught_in() {
	[ -z "$heading" ] || echo "--- taught in: TUTORIAL.md, \"$heading\"${step:+, step \"$step\"}"
}

# contract_row [WHAT]: prints what the contract in TUTORIAL.md requires in the row that names this test.
# If several do: in one that has the status that is due, and of these in that which names the fewest
# tests; or, if WHAT is wrong is the form of the response, in that which requires the form. Sets heading
# to the chapter's, and step to that of the step whose end names the test.
contract_row() {
	local due='' number=${BATS_TEST_DESCRIPTION%% *} row

	[[ ${1:-} =~ '--- expected: status '([1-5][0-9][0-9]) ]] && due=${BASH_REMATCH[1]}
	heading='' step=''
	while IFS= read -r row; do
		case $row in
		'## '*) heading=${row#\#\# } ;;
		'### '*) step=${row#\#\#\# } ;;
		'--- '*) echo "$row" ;;
		esac
	done < <(awk -v number="$number" -v due="$due" -v taught="${taught:-}" -v cause="${1:+${1##*--- likely cause: }}" '
		function row(cell) {
			return "--- " (cell[2] ~ /^starts it / ? "whoever " : "a client ") cell[2] \
				"\n--- required: " cell[3] (cell[4] == "" ? "" : " (" cell[4] ")")
		}
		BEGIN {
			if (cause ~ /status line|empty line|field line|line of the head|CR stands/)
				form = "a status line"
			else if (cause ~ /^(Date|Content-Length|Connection) /)
				form = "`" substr(cause, 1, index(cause, " ") - 1)
		}
		/^## Part / { of[substr($3, 1, 1)] = $0 }
		/^### The contract of part / { heading = of[$NF] }
		/^### / { section = $0 }
		taught != "" && index($0, "### " taught " ") == 1 { step = section }
		taught == "" && /^[*][*]Now:/ && $0 ~ (" " number "(,| and | pass)") { step = section }
		form != "" && /^[|] sends any request/ && index($0, form) && index($0, " " int(number) ".") {
			split($0, cell, / *\| */)
			best = row(cell)
			chapter = heading
			fewest = -1
		}
		/^\|/ {
			split($0, cell, / *\| */)
			count = split(cell[5], tests, /, */)
			if (due != "" && !index(cell[3], "`" due))
				count += 100 # it is about another case
			for (i in tests)
				if (tests[i] "" == number "" && (best == "" || count < fewest)) {
					fewest = count
					best = row(cell)
					chapter = heading
				}
		}
		END { if (step != "") print step; if (best != "") { print chapter; print best } }' "$root/TUTORIAL.md" 2>/dev/null)
}

# quote WORD...: the words as a shell takes them, on one line.
quote() {
	local word line='' apostrophe="'\\''"

	for word; do
		word=${word//$'\r'/\\r} word=${word//$'\n'/\\n} word=${word//$'\t'/\\t}
		if [[ $word =~ [^A-Za-z0-9_./-] ]] || [ -z "$word" ]; then
			word="'${word//\'/$apostrophe}'"
		fi
		line="$line $word"
	done
	echo "${line# }"
}

# One line that repeats the conversation, and what others did before it, against a server started by
# hand on port 8080; or, where that is too long, or by_test is set since more belongs to it, the test.
by_hand() {
	local line words=(${sent[@]+"${sent[@]}"})

	if [ "${#beside[@]}" -gt 0 ] && [[ " ${words[*]} " != *' on '* ]]; then
		words=("${beside[@]}" on 1000 "${words[@]}")
	fi
	if [ "${#words[@]}" -eq 3 ] && [ "${words[0]} ${words[2]}" = 'send read' ]; then
		line="printf '%b' $(quote "$(octal "${words[1]}")") | nc 127.0.0.1 8080"
	else
		line="tests/build/client 127.0.0.1 8080 $(quote ${words[@]+"${words[@]}"})"
	fi
	if [ -n "$by_test" ] || ! is_plain_site || [ "${#line}" -gt 500 ] || [[ $line == *"$tmp"* ]] || [ "${#words[@]}" -eq 0 ]; then
		echo "--- by hand: make test-part$PART T=${BATS_TEST_DESCRIPTION%% *}${SERVER:+ SERVER=$(quote "$SERVER")}"
	else
		echo "--- by hand, with the server on port 8080$(site_by_hand): $line"
		curl_by_hand
	fi
}

# site_by_hand: how to have the site of the test, from part 4 on.
site_by_hand() {
	[ -z "${site:-}" ] || echo " (make site OUT=/tmp/site, and /tmp/site as its last word)"
}

# is_plain_site: the site is as make_site makes it, so that it can be had by hand.
is_plain_site() {
	[ -n "${site:-}" ] || return 0
	(
		tmp=$tmp/plain
		mkdir -p "$tmp" && kept=$site && make_site && diff -r "$kept" "$site"
	) >/dev/null 2>&1
}

# curl_by_hand: a lone request as curl sends it, if it can: no content, no octet out of the ordinary.
curl_by_hand() {
	local head line words=(-i --path-as-is) method target version

	[ "$PART" -ge 3 ] && [ "${#sent[@]}" -eq 3 ] && [ "${sent[0]} ${sent[2]}" = 'send read' ] || return 0
	head=${sent[1]%'\r\n\r\n'}
	read -r method target version <<<"${head%%'\r\n'*}"
	[[ $method =~ ^[A-Z]+$ && $target == /* && $version == HTTP/1.[01] && $head != "${sent[1]}" ]] || return 0
	[[ ! ${head//'\r\n'/} =~ \\ ]] || return 0
	case $method in
	GET) ;;
	HEAD) words+=(-I) ;;
	*) words+=(-X "$method") ;;
	esac
	[ "$version" = HTTP/1.1 ] || words+=(-0)
	head=${head#"$method $target $version"}
	while [ -n "$head" ]; do
		head=${head#'\r\n'} line=${head%%'\r\n'*} head=${head#"$line"}
		[[ $line == [A-Za-z]*:\ ?* ]] || return 0
		[ "$line" = 'Host: x' ] || words+=(-H "$line")
	done
	echo "--- or: curl $(quote "${words[@]}" "http://127.0.0.1:8080$target")"
}

# octal TEXT: with \0351 in place of \xe9, which is not known to the printf of every shell.
octal() {
	local text=$1 number

	while [[ $text =~ ^(.*)\\x([0-9a-fA-F]{2})(.*)$ ]]; do
		printf -v number '\\0%03o' "0x${BASH_REMATCH[2]}"
		text=${BASH_REMATCH[1]}$number${BASH_REMATCH[3]}
	done
	echo "$text"
}

# talk REQUEST|OPERATION...: has the conversation and prints the reply, every byte visible.
talk() {
	send_all "$@" || return
	show_reply
}

# show_reply: the reply, every byte visible, with dates, entity tags and ports normalised.
show_reply() {
	tool judge "$tmp/shown" '' -p "${port:-}" "$reply" show
	cat "$tmp/shown"
}

# expect REQUEST|OPERATION... <<REPLY: the reply must be this, byte for byte.
expect() {
	local due=''

	IFS= read -r -d '' due || :
	converse "$@"
	judged bytes "$due"
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

	tool judge "$tmp/facts" '' "$reply" facts
	read -r code head_len length <"$tmp/facts"
	tail -c "$((head_len + length))" "$reply" >"$tmp/rest"
	head -c "$head_len" "$tmp/rest" >"$tmp/head"
	tail -c "$length" "$reply" >"$tmp/content"
}

# field NAME: the values that the reply has for a field, one a line.
field() {
	local line

	tool judge "$tmp/values" '' "$reply" field "$1"
	while IFS= read -r line; do
		printf '%s\n' "$line"
	done <"$tmp/values"
}

# statuses: the codes of all responses in the reply, in order, on one line.
statuses() {
	read_statuses
	echo "$codes"
}

# read_statuses: the same; sets codes.
read_statuses() {
	tool judge "$tmp/codes" '' "$reply" codes
	read -r codes <"$tmp/codes" || :
}

# expect_statuses 'CODE...' REQUEST|OPERATION...: responses with exactly these codes, in order.
expect_statuses() {
	converse "${@:2}"
	judged statuses "$1"
}

# expect_each 'CODE...' REQUEST...: each of them, on a connection of its own, gets one of these. First
# all in one go, which is fast; if that isn't what came, one by one, which tells the wrong one.
expect_each() {
	local allowed=$1 conversation=() code due=0 request came=0

	shift
	for request; do
		conversation+=(on "$due" send "$request" read)
		due=$((due + 1))
	done
	tool client "$reply" "$tmp/client" "$host" "$port" "${conversation[@]}" || :
	for code in $(statuses); do
		[[ $code == 1?? ]] || came=$((came + 1))
		[[ " $allowed " != *" $code "* ]] || due=$((due - 1))
	done
	[ "$due" -ne 0 ] || [ "$came" -ne $# ] || return 0
	for request; do
		if has_ended; then # of one of them: which?
			wait "$server_pid" 2>/dev/null || :
			server_pid=''
			start ${started_with[@]+"${started_with[@]}"} || return
		fi
		expect_status "$allowed" "$request" || return
	done
	converse "${conversation[@]}"
	complain "each of these requests is answered with ${allowed// / or }" \
		'one by one they are answered rightly, but not when they come on several connections at once'
}
