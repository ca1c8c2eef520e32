#!/usr/bin/env bats
# Part 1: how it starts and ends, what it says and logs.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "1.18 the first line of output says where it listens" {
	start
	[ "$host" = 127.0.0.1 ] || tell "as the first line: listening on tcp://127.0.0.1:$port/" \
		"it names another host, $host: name the address that clients are to connect to, 127.0.0.1"
	if [ -z "${SERVER:-}" ]; then
		announces "listening on tcp://127.0.0.1:$port/"
		stop TERM
		start -p "$port"
		sleep 0.1
		ends 1 -p "$port"
	fi
}

# bats test_tags=must
@test "1.19 it can be started again at once on the same port" {
	local due

	start
	hold send 'x' take 1
	stop TERM # so the server closes first: its side of the connection is kept for a minute
	[ "$ended" -ne 137 ] || tell 'it ends within six seconds after SIGTERM' \
		'it waits for the client that is still connected; in Node, server.close() does, and in Python the end of the program waits for each thread that is no daemon'
	due=$port by_test=yes
	start -p "$port" >/dev/null ||
		complain 'the new server can listen on the port at once' \
			'the old connections hold the port for a minute: set SO_REUSEADDR before you bind'
	[ "$port" -eq "$due" ] || tell "it listens on port $due" "it listens on port $port, whatever -p says"
	others_are_served
}

# bats test_tags=extra
@test "1.20 a port in use: one line that says what to do, status 1" {
	ours_only 'the command line'
	start
	ends 1 -p "$port"
	says_nothing stdout
	says stderr "^part1: port $port is in use: .*-p 0"
	says_one_line stderr
}

# bats test_tags=extra
@test "1.21 an address that isn't ours: one line, status 1" {
	ours_only 'the command line'
	ends 1 -p 0 -a 192.0.2.1
	says stderr '^part1: .*192\.0\.2\.1'
	says_one_line stderr
}

# bats test_tags=extra
@test "1.22 -h says how to start it, on standard output, status 0" {
	ours_only 'the command line'
	ends 0 -h
	says stdout '^usage: part1 \[-hqv\] \[-a address\] \[-p port\] \[directory\]$'
	says_nothing stderr
}

# bats test_tags=extra
@test "1.23 a bad option, a bad port, a word too many: usage, status 2" {
	ours_only 'the command line'
	local arguments

	for arguments in -x -p -a '-p abc' '-p 65536' '-p 73616' '-p -1' '-p 80x' '-p 4294967296' \
		'-p 18446744073709551616' '. .'; do
		# shellcheck disable=SC2086 # words
		ends 2 $arguments
		says stderr '^usage: part1 '
		says_nothing stdout
	done
	ends 2 -p ''
	by_test=yes
	start -p 65535 >"$tmp/not-started" || grep -q 'port 65535 is in use' "$log" || tell \
		'it listens on port 65535, or says that it is in use' 'a port has 16 bits: 65535 is the last one'
}

# bats test_tags=extra
@test "1.24 IPv6" {
	ours_only 'the command line'
	if ! start -a ::1 && grep -q "can't listen on ::1" "$log"; then
		server_pid=
		skip 'no IPv6 here'
	fi
	announces "listening on tcp://[::1]:$port/"
	others_are_served
}

# bats test_tags=extra,slow
@test "1.25 SIGTERM and SIGINT end it at once with status 0, whoever is connected" {
	ours_only 'the signals'
	local signal begun

	for signal in TERM INT; do
		start
		hold crowd 10 send 'x' take 1 narrow on 1 flood 64
		begun=$SECONDS
		stop "$signal"
		if [ "$ended" -ne 0 ] || [ "$((SECONDS - begun))" -gt 2 ]; then
			complain "status 0, at most two seconds after SIG$signal" \
				"status $ended, after $((SECONDS - begun)) s; the signal is to end it, whoever is still connected"
		fi
	done
}

# bats test_tags=extra
@test "1.26 a log that nobody reads stops nothing" {
	ours_only 'the log'
	local turn

	# So many conversations fill a pipe or a terminal, with a log of each, or with a trace, too.
	for turn in '4096 pipe' '2048 pipe -v' '1024 terminal' '512 terminal -v'; do
		# shellcheck disable=SC2086 # words
		start_unread ${turn#* }
		often "${turn%% *}" timeout 2000 send 'x' take 1 ||
			not_held_up 'its octet back each time, while nobody reads the log'
		others_are_served
		stop TERM
		ended_well
	done
}

# bats test_tags=extra
@test "1.27 the log has a line for each exchange; -q silences it" {
	ours_only 'the log'
	start
	send_all send 'hello\n' take 6
	if [ "$(uname)" = Linux ]; then # which has more addresses than one for us to come from
		send_all crumbs send 'hello\n' take 6
		stop TERM
		[[ $(sed -n 2p "$log") =~ ^127\.[1-9][0-9.]*\ says\ 6\ bytes$ ]] || tell \
			'a second line with the address of the second client, which does not come from 127.0.0.1' \
			'it is the address of somebody else: getpeername tells that of the client, getsockname your own'
		sed -i.first 2d "$log"
	else
		stop TERM
	fi
	logs '127.0.0.1 says 6 bytes'
	[ "$(wc -l <"$log")" -eq 1 ] || tell 'one line on standard error' 'it says more, or the line has no end'
	start -q
	send_all send 'hello\n' take 6
	stop TERM
	logs_nothing
}

# bats test_tags=extra
@test "1.28 -v shows every byte that comes and goes, a thousand in a line at most" {
	ours_only 'the trace'
	local long

	printf -v long '%02500d' 7
	start -qv
	send_all send 'one\r\n\ttwo \\ "\0\xff' take 15 send "$long" take 2500 send 'x' shut read
	stop TERM
	diff -u - "$log" <<-TRACE || tell 'the lines marked with - above, on standard error' 'the trace has other lines, marked with +'
		C: one\r\n
		C: \ttwo \\\\ "\x00\xff
		S: one\r\n
		S: \ttwo \\\\ "\x00\xff
		C: ${long:0:1000}
		C: ${long:0:1000}
		C: ${long:2000}
		S: ${long:0:1000}
		S: ${long:0:1000}
		S: ${long:2000}
		C: x
		S: x
	TRACE
}

# bats test_tags=extra
@test "1.29 with its standard streams closed, each client gets its own bytes, and no log" {
	ours_only 'its streams'
	start_closed -v
	expect on 1 send 'one\n' take 4 on 2 send 'two\n' take 4 on 3 send 'three\n' take 6 \
		on 1 shut read on 2 shut read on 3 shut read <<-'REPLY'
			one$
			two$
			three$
		REPLY
}

# bats test_tags=extra
@test "1.32 it listens on 127.0.0.1, not on all addresses" {
	[ "$(uname)" = Linux ] || skip 'only Linux has 127.0.0.2 at once'
	start
	if host=127.0.0.2 client open; then
		complain 'no connection at 127.0.0.2' \
			'the server listens on all addresses of the machine, so all the world can reach it: bind to 127.0.0.1'
	fi
}

# bats test_tags=extra
@test "1.34 a log that may not grow any more stops nothing" {
	ours_only 'the log'
	survives_a_full_log
}

# bats test_tags=extra
@test "1.35 a SIGINT that its shell ignores is ignored" {
	ours_only 'the signals'
	leaves_ignored
}
