#!/usr/bin/env bats
# Part 2: the command line, the signals, the log.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=extra
@test "2.34 a line of log for each request, in which no octet can forge another" {
	ours_only 'the log'
	start
	talk 'GET /"a HTTP/1.1\r\n\r\n'
	talk 'GET /\x1b[2J\\\xff HTTP/1.1\r\n\r\n'
	if [ "$(uname)" = Linux ]; then # which has more addresses than one for us to come from
		talk crumbs send 'GET /b HTTP/1.1\r\n\r\n' read
		stop TERM
		[[ $(sed -n 3p "$log") =~ ^127\.[1-9][0-9.]*\ \"GET\ /b\  ]] || tell \
			'a third line with the address of the third client, which does not come from 127.0.0.1' \
			'it is the address of somebody else: getpeername tells that of the client, getsockname your own'
		sed -i.first 3d "$log"
	else
		stop TERM
	fi
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
	[ -n "${SERVER:-}" ] || announces "listening on tcp://127.0.0.1:$port/"
	hold crowd 10
	stop INT
	ended_well
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

# bats test_tags=extra
@test "2.54 SIGINT and SIGTERM end it at once, whatever it waits for" {
	ours_only 'the signals'
	local signal begun

	for signal in INT TERM; do
		start
		hold crowd 10 on 1 send 'GET / HTT' on 2 send 'GET / HTTP/1.1\r\n\r\n' read on 3 send 'GET / HTTP/2.0\r\n\r\n' read
		begun=$SECONDS
		stop "$signal"
		ended_well
		[ "$((SECONDS - begun))" -le 2 ] || tell "the end, at most two seconds after SIG$signal" \
			"it took $((SECONDS - begun)) s: the signal is to end it, whoever is in the middle of a head, or has not closed after its report"
	done
}
