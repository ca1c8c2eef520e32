# shellcheck shell=bash
# Starting and ending the server under test, and what it says on its streams. Part of harness.bash, whose variables it uses.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154

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

# not_allowed: what may come for a method that no page or file has: 405, or, where a server does not know the
# method at all, 501 (RFC 9110, 9.1).
not_allowed() {
	ours 405 501
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
	exec "$tests/build/coprocess" lead "$TEST_SECONDS" $$ "$tmp/late" "$@" 3>&- 4>&- 7>&- 8>&-
}

# start [option...] [directory]: starts the server on a free port, or on that of -p, if this is the
# first option; sets host, port, server_pid, and announced, the first line that it said.
start() {
	local words line='' whole=yes

	if [ -n "$server_pid" ]; then
		stop TERM
		companions=()
	fi
	server_words
	started_with=("$@") started_as=("${limit:-}" "${first:-}" "${OURS:-}" "${SPEED:-}") talks=0
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

# restart: starts it anew, as it was started.
restart() {
	# shellcheck disable=SC2034 # start reads them
	local limit=${started_as[0]} first=${started_as[1]}

	if [ -n "${started_as[3]}" ]; then
		OURS=${started_as[2]} SPEED=${started_as[3]} start ${started_with[@]+"${started_with[@]}"}
	else
		OURS=${started_as[2]} start ${started_with[@]+"${started_with[@]}"}
	fi
}

# aside COMMAND...: runs it against a fresh server beside the one under test, started as that was.
aside() {
	asides=$((${asides:-0} + 1))
	(
		server_pid='' helpers=' ' companions=() log=$tmp/aside-$asides started=$((started + 1000 * asides)) status=0
		restart >/dev/null 2>&1 || exit 1
		"$@" || status=$?
		kill -KILL -- "-$server_pid" 2>/dev/null
		wait "$server_pid" 2>/dev/null
		exit "$status"
	)
}

# not_started LINE WHOLE: says what is wrong with a server that has not said where it listens.
not_started() {
	local state cause

	nap 100 # it may be about to end
	why_not_started "$server_pid" "$1" "$2"
	explained=yes
	contract_row "--- likely cause: $cause"
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

# start_fast [option...] [directory]: the same, but our own server is one whose clock runs ten times
# as fast, or as often as SPEED says, so that deadlines come soon. Sets speed, by which the test has to
# divide its times: this number, or 1 if another server is tested. With SPEED=0.2 they come late: for
# a test that has something to do before them, however busy the machine is.
# shellcheck disable=SC2034 # the tests read speed
start_fast() {
	speed=1
	if [ -n "${SERVER:-}" ]; then
		may_take 240
	else
		speed=${SPEED:-10}
	fi
	SPEED=${SPEED:-10} OURS=${FAST:-$tests/build/fast-part$PART} start "$@"
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

# start_unread pipe|terminal [option...] [directory]: the same, but its log goes where nobody reads it.
start_unread() {
	local unread=$tmp/unread

	rm -f "$tmp/unread"
	mkfifo -m 666 "$tmp/unread"
	if [ "$1" = terminal ]; then
		exec 9<>"$tmp/unread"
		"$tests/build/coprocess" >&9 3>&- 4>&- 7>&- 8>&- 9>&- &
		read -r -t 10 -u 9 unread || skip 'no terminal can be made here'
		exec 9<&-
		[ -z "${CAGE_IN:-}" ] || chmod 666 "$unread"
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

# announces LINE: this was the first line that it said.
announces() {
	[ "$announced" = "$1" ] || tell "as the first line: $1" "it is another: $announced"
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

# tell EXPECTED CAUSE: fails, and says why, where it is about the program, not about a conversation.
tell() {
	local stream file

	explained=yes
	contract_row "--- likely cause: $2"
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

# has_ended: the server has ended by itself; for that it gets a moment.
has_ended() {
	[ -n "$server_pid" ] || return
	kill -0 "$server_pid" 2>/dev/null || return 0
	nap 100
	! kill -0 "$server_pid" 2>/dev/null
}
