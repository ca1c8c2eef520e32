# shellcheck shell=bash
# The likely causes of what is wrong with the program itself: what it says first, and how it ended.

# read_line DESCRIPTOR SECONDS: sets line to the next line, or to what has come of it when nothing more
# comes for so long; then it fails. Octet by octet, since bash 3.2 forgets what it has read in vain.
read_line() {
	local octet

	line=''
	while [ "${#line}" -lt 4096 ]; do
		IFS= read -r -t "$2" -n 1 -u "$1" octet || return
		[ -n "$octet" ] || return 0
		line=$line$octet
	done
}

status_in_words() {
	case $1 in
	126) echo "status 126 (not a program)" ;;
	127) echo "status 127 (command not found)" ;;
	129) echo "status 129 (SIGHUP)" ;;
	130) echo "status 130 (SIGINT)" ;;
	132) echo "status 132 (SIGILL)" ;;
	134) echo "status 134 (SIGABRT)" ;;
	135) echo "status 135 (SIGBUS)" ;;
	136) echo "status 136 (SIGFPE)" ;;
	137) echo "status 137 (SIGKILL)" ;;
	139) echo "status 139 (SIGSEGV)" ;;
	141) echo "status 141 (SIGPIPE)" ;;
	143) echo "status 143 (SIGTERM)" ;;
	153) echo "status 153 (SIGXFSZ)" ;;
	*) echo "status $1" ;;
	esac
}

cause_of_status() {
	case $1 in
	0 | 1 | 2) echo "what it said last may tell why; a server goes on, whatever a client does, until it gets SIGTERM" ;;
	126) echo "the file is there, but can't be executed: is it a program? chmod +x" ;;
	127) echo "there is no such command: is the path right, seen from the folder of the Makefile?" ;;
	134) echo "it ended itself: an assertion, a sanitizer or the C library found a mistake" ;;
	139 | 135) echo "it used memory that isn't its own: a bad pointer, or a buffer's end passed" ;;
	136) echo "a division by zero" ;;
	141) echo "it wrote to a client that had left, and the signal SIGPIPE ended it: ignore that signal" ;;
	153) echo "its log, most likely, reached the size that a file may have (64 MiB, unless the test says less): ignore SIGXFSZ, and leave the line out; or does a loop print without end?" ;;
	137) if [ -e "${tmp:-}/late" ]; then
		echo "the test's time was over, $TEST_SECONDS seconds: the server sends, or waits, without end"
	else
		echo "somebody killed it, or the machine is out of memory"
	fi ;;
	*) echo "see what it said on standard error" ;;
	esac
}

# cause_of_end: why a server that was told to end has not, or with another status.
cause_of_end() {
	case ${ended:-} in
	143 | 130) echo 'the signal has ended it before it could end by itself: handle SIGTERM and SIGINT' ;;
	137) echo 'it did not end in time, and had to be killed: does it wait for somebody?' ;;
	*) cause_of_status "${ended:-}" ;;
	esac
}

# last_words FILE: the end of what a program said; if that is long, also the first line that looks
# like an error, which some print first, and then much else.
last_words() {
	local count first

	count=$(($(wc -l <"$1")))
	if [ "$count" -gt 10 ]; then
		first=$(head -n $((count - 10)) "$1" |
			LC_ALL=C grep -a -m 1 -i -E 'error|exception|traceback|panic|fatal|abort|assert|sanitizer') || :
		[ -z "$first" ] || printf '%s\n...\n' "$first"
	fi
	tail -n 10 "$1" | cut -c 1-300
}

# why_not_started PID LINE WHOLE: a server has not said as its first line where it listens, but LINE,
# which is WHOLE if its end has come; sets state and cause.
# shellcheck disable=SC2034 # they are used where this is called
why_not_started() {
	local status=0

	if kill -0 "$1" 2>/dev/null; then
		state='it is still running'
		if [[ $2 == 'listening on '*://*:[0-9]* ]] && [ -z "$3" ]; then
			cause='its first line has no end: a line feed, \n, is missing'
		elif [[ $2 == 'listening on '*://*:0/ ]]; then
			cause='it names port 0, for which it was asked, and not the port that it got: getsockname() tells which'
		elif [[ $2 == 'listening on '*://*:[0-9]* ]]; then
			cause='after the port a slash must follow, and then the end of the line'
		elif [[ $2 == *istening* ]]; then
			cause='its first line has other words, or more of them: it must be exactly this, in lower case, since the tests read the port from it'
		elif [ -n "$2" ]; then
			cause='its first line is another: nothing may be printed before it, not even a greeting'
		else
			cause="it hasn't flushed its line: standard output is a pipe here, so it is kept back until you flush it (fflush(stdout), print(..., flush=True))"
		fi
	else
		wait "$1" 2>/dev/null || status=$?
		state="it has ended, with $(status_in_words "$status")"
		cause=$(cause_of_status "$status")
		[ "$status" -gt 2 ] || cause='it ended by itself; it must take these options, and go on until it gets SIGTERM'
	fi
}
