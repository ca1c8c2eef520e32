# shellcheck shell=bash
# What the tests share: a server for each test, a client, and ways to say what must come back.
#
# PART is the part under test, 1 to 5. SERVER, where set, is the command that starts the server to
# test instead of ours; it must take -p 0 and say "listening on http://127.0.0.1:PORT/" first.

export LC_ALL=C # whatever the caller's language is
root=${BASH_SOURCE[0]%/tests/*}
tests=$root/tests
lib=$tests/lib
book=TUTORIAL.md
[ -e "$root/$book" ] || book=ASSIGNMENT.md # in a handout
sent=() sample=() client_status=0 client_said='' known='' facts='' reply='' log='' tmp='' announced='' speed=1
companions=() by_test='' seed='' mistake='' coprocess='' explained='' ran=() errors='' ended='' server_ended=''
started_with=() started_as=('' '' '' '') started=0 talks=0 answer='' answered='' trying=''
. "$lib/causes/program.bash"
. "$lib/causes/answers.bash"
. "$lib/server.bash"
. "$lib/talk.bash"
. "$lib/process.bash"
. "$lib/failure.bash"
. "$lib/lot.bash"

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
	[ -z "${CAGE_IN:-}" ] || chmod a+x "${BATS_RUN_TMPDIR:-$tmp}" "${tmp%/*}" "$tmp" # for another user
	! is_hopeless || skip "$hopeless"
	cd "$root" || return # SERVER and common/www are seen from here
	[ -x "$tests/build/coprocess" ] || PART=$PART "$lib/preflight" || return
	trap too_late USR1
	export TEST_SECONDS=60
	mkfifo "$tmp/question" "$tmp/answer"
	exec 7<>"$tmp/question" 8<>"$tmp/answer" # open, once: a signal interrupts an open that has to wait
	"$tests/build/coprocess" "$tmp/question" "$tmp/answer" $$ "$TEST_SECONDS" </dev/null >/dev/null 2>&1 3>&- 4>&- 7>&- 8>&- &
	coprocess=$!
}

# is_hopeless: whether the test on which all others rest has failed (see note_basis), or so many tests of this run have waited in vain, or failed in its first 100 seconds,
# that one more says nothing new. Sets hopeless to the reason.
is_hopeless() {
	local late failed passed

	[ -n "${RUN:-}" ] || return 1
	if [ -s "$RUN/no-basis-$PART" ]; then
		read -r failed <"$RUN/no-basis-$PART"
		hopeless="it rests on ${failed%% *}, which has failed"
		return
	fi
	[ -s "$RUN/outcomes-$PART" ] || return 1
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

# note_basis: has the test failed on which all others rest (see basis_of in tests/run)? If the plainest request gets no answer on a fresh server either, the
# other tests of this run would say nothing new.
note_basis() {
	local number=${BATS_TEST_DESCRIPTION%% *}

	[ -n "${RUN:-}" ] && [ -z "${BATS_TEST_COMPLETED:-}${BATS_TEST_SKIPPED:-}" ] && grep -q -s " $number\$" "$RUN/basis" || return 0
	: >"$tmp/tried"
	aside try timeout 4000 "${sample[@]:0:2}" read || :
	head -c 100 "$tmp/tried" | grep -a -q -E "^($answered)" || echo "$number $answer" >"$RUN/no-basis-$PART"
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
	[ -n "$explained" ] || complain 'the test comes to its end' \
		"it has not in $TEST_SECONDS seconds: the server sends or waits without end" || :
	exit 1
}

# Ends what the test left running. A server that has ended by itself is a failure of its own, and one
# that has not been told of yet is told now.
harness_teardown() {
	local failed=0

	note_outcome
	if [ -z "$explained" ] && [ -z "${BATS_TEST_SKIPPED:-}" ]; then
		if [ -n "$server_pid" ] && ! kill -0 "$server_pid" 2>/dev/null; then
			complain 'the server goes on, whatever a client does' 'it has ended meanwhile' || failed=1
		elif [ -z "${BATS_TEST_COMPLETED:-}" ]; then
			complain "what the test's title says: $BATS_TEST_DESCRIPTION" \
				"one of its checks failed, of which it says no more: see ${BATS_TEST_FILENAME#"$root/"}" || :
		fi
	fi
	end_helpers
	note_basis
	if [ -n "$server_pid" ] && [ -z "${BATS_TEST_COMPLETED:-}${BATS_TEST_SKIPPED:-}" ]; then
		kill -KILL -- "-$server_pid" 2>/dev/null || : # it has failed: what it does at its end, nobody wants to know
		wait "$server_pid" 2>/dev/null || :
	elif [ -n "$server_pid" ]; then
		stop TERM >/dev/null || :
	fi
	if [ -n "$coprocess" ]; then
		kill -9 "$coprocess" 2>/dev/null || : # SIGTERM may come before it is a program of its own, and be lost
		wait "$coprocess" 2>/dev/null || :
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
