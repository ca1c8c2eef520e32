#!/usr/bin/env bats
# Part 3: the command line, the signals, the log.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=extra
@test "3.51 the log is in the Common Log Format, and no octet can forge a line in it" {
	ours_only 'the log'
	local size logged before after

	TZ=Asia/Tokyo serve
	before=$(LC_ALL=C TZ=GMT date '+%d/%b/%Y:%H:%M')
	talk "GET /hello HTTP/1.1\r\n$end"
	size=$(field Content-Length)
	talk 'GET /a"b HTTP/1.1\r\n\r\n'
	talk 'GET /\x1b[2J\x0b\xff HTTP/1.1\r\n\r\n'
	talk 'HEAD /hello HTTP/1.0\r\n\r\n'
	[ "$(uname)" != Linux ] || # which has more addresses than one for us to come from
		talk crumbs send "GET /hello HTTP/1.1\r\n$end" read
	stop TERM
	after=$(LC_ALL=C TZ=GMT date '+%d/%b/%Y:%H:%M')
	cat "$log"
	[[ $(head -n 1 "$log") == *"[$before:"* || $(head -n 1 "$log") == *"[$after:"* ]] || tell "[$after:.. +0000]" \
		'it is another time: the local one, perhaps, and +0000 says that it is that of GMT'
	if [ "$(wc -l <"$log")" -eq 5 ]; then
		[[ $(sed -n 5p "$log") =~ ^127\.[1-9][0-9.]*\ -\ -\  ]] || tell \
			'a fifth line with the address of the fifth client, which does not come from 127.0.0.1' \
			'it is the address of somebody else: getpeername tells that of the client, getsockname your own'
		sed -i.first 5d "$log"
	fi
	sed -E 's/\[[0-9]{2}\/[A-Z][a-z]{2}\/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} \+0000\]/[DATE]/; s/ [1-9][0-9]+$/ LENGTH/' \
		"$log" >"$tmp/normalised"
	diff -u - "$tmp/normalised" <<-'LOG' ||
		127.0.0.1 - - [DATE] "GET /hello HTTP/1.1" 200 LENGTH
		127.0.0.1 - - [DATE] "GET /a\"b HTTP/1.1" 400 LENGTH
		127.0.0.1 - - [DATE] "GET /\x1b[2J\x0b\xff HTTP/1.1" 400 LENGTH
		127.0.0.1 - - [DATE] "HEAD /hello HTTP/1.0" 200 -
	LOG
		complain 'these lines of log' 'who writes octets of a client as they are lets it forge lines, and command a terminal'
	logged=$(head -n 1 "$log") logged=${logged##* }
	[ "$logged" -eq "$size" ] || complain "$size at the end of the first line of log" \
		"it is $logged: the log says how many octets of content were sent, and not those of the head"
}

# bats test_tags=extra
@test "3.52 -q silences the log, -v shows every byte, and what was understood" {
	ours_only 'the log'
	serve -q
	talk "GET /hello HTTP/1.1\r\n$end"
	stop TERM
	logs_nothing
	serve -v
	talk "GET /hello HTTP/1.1\r\n$end"
	stop TERM
	logs 'C: GET /hello HTTP/1.1\r\n' 'C: \r\n' 'R: path: /hello\n' 'R: Host: x\n' \
		'S: HTTP/1.1 200 OK\r\n' 'S: \r\n'
}

# bats test_tags=extra
@test "3.53 the command line, the signals" {
	ours_only 'the command line'
	local signal

	ends 0 -h
	says stdout "^usage: part$PART "
	ends 2 -x
	for signal in TERM INT; do
		serve
		[ -n "${SERVER:-}" ] || announces "listening on http://127.0.0.1:$port/"
		hold crowd 10 send "GET $hello_page HTTP/1.1\r\n$end" read close
		stop "$signal"
		ended_well
	done
	serve
	stop TERM
	serve -p "$port"
	others_are_served
}

# bats test_tags=extra,slow
@test "3.59 a log that nobody reads stops nothing" {
	ours_only 'the log'
	local turn

	# So many conversations fill a pipe or a terminal, with a log of each, or with a trace, too.
	for turn in '1024 pipe' '256 pipe -v' '512 terminal' '256 terminal -v'; do
		# shellcheck disable=SC2086 # words
		serve_with start_unread ${turn#* }
		often "${turn%% *}" timeout 5000 send "GET $hello_page HTTP/1.1\r\n$end" read close ||
			not_held_up 'its response each time, while nobody reads the log'
		others_are_served
		stop TERM
		ended_well
	done
}

# bats test_tags=extra
@test "3.60 with its standard streams closed, each client gets its own bytes, and no log" {
	ours_only 'its streams'
	local hello="GET $hello_page HTTP/1.1\r\n$end"

	serve
	send_all "$hello"
	sed '/^Date: /d' "$reply" >"$tmp/one"
	cat "$tmp/one" "$tmp/one" "$tmp/one" >"$tmp/due"
	serve_with start_closed -v
	send_all on 1 open on 2 open on 3 open on 1 send "$hello" read on 2 send "$hello" read on 3 send "$hello" read
	sed '/^Date: /d' "$reply" | diff -u "$tmp/due" - ||
		complain 'the same page three times, and not an octet more' \
			'the lines marked with + above came in place of those with -: is a descriptor from 0 to 2 a client, and the log written there?'
}

# bats test_tags=extra
@test "3.67 a log that may not grow any more stops nothing" {
	ours_only 'the log'
	serve_with survives_a_full_log
}

# bats test_tags=extra
@test "3.68 a SIGINT that its shell ignores is ignored" {
	ours_only 'the signals'
	serve_with leaves_ignored
}

# bats test_tags=extra
@test "3.80 SIGINT and SIGTERM end it soon, whatever it waits for" {
	ours_only 'the signals'
	local signal begun

	for signal in INT TERM; do
		serve
		hold crowd 10 on 1 send 'GET / HTT' on 2 send "GET $hello_page HTTP/1.1\r\n$end" read \
			on 3 send "GET $hello_page HTTP/2.0\r\n$end" read
		begun=$SECONDS
		stop "$signal"
		ended_well
		[ "$((SECONDS - begun))" -le "$([ "$PART" -eq 3 ] && echo 2 || echo 5)" ] || tell "the end, soon after SIG$signal" \
			"it took $((SECONDS - begun)) s: who is in the middle of a head, or has not closed after its response, can't hold it up"
	done
}
