#!/usr/bin/env bats
# Part 1: what a client sends comes back.

# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
PART=${PART:-1}
load ../lib/harness
sample=(send 'x\n' take 2)

# A file of the given size in MiB, with all octets in it.
make_data() {
	head -c "$(($1 * 1024 * 1024))" /dev/urandom >"$tmp/data"
}

# same_back OPERATION...: the reply must be the file $tmp/data.
same_back() {
	local why

	converse "$@"
	if [ "$client_status" -eq 0 ] && cmp -s "$tmp/data" "$reply"; then
		return
	fi
	why=$(what_is_lost)
	head -c 200 "$reply" >"$tmp/first" && mv "$tmp/first" "$reply" # more is only noise
	complain 'the same octets, then the end' "$why"
}

# what_is_lost: why the reply may differ from the file $tmp/data.
what_is_lost() {
	local due got first

	due=$(wc -c <"$tmp/data") got=$(wc -c <"$reply")
	first=$(cmp "$tmp/data" "$reply" 2>/dev/null | sed -n 's/^.* \(byte\|char\) \([0-9]*\),.*/\2/p')
	echo "$due octets were sent, $got came back${first:+, and the first that differs is number $first}"
	if [ "$client_status" -eq 2 ]; then
		echo 'the server closed with octets of the client unread, which resets the connection; who has half-closed has not left: it still reads, and you may not have received all yet'
	elif [ -n "$first" ] && [ "$got" -lt "$due" ]; then
		echo 'a send may take only a part: it returns how much; the rest must go with the next one'
	elif [ "$got" -lt "$due" ]; then
		echo 'the end is lost: close only when all that you owe has gone, since a client that has half-closed still reads; and a send may take only a part, or nothing: it returns how much, and the rest must go with the next one'
	fi
}

# Somebody else is served, and within a second.
others_are_served() {
	expect timeout 1000 send 'still there?\n' shut read <<-'REPLY'
		still there?$
	REPLY
}

# bats test_tags=must
@test "1.1 what is sent comes back" {
	start
	expect send 'Hello, server\n' shut read <<-'REPLY'
		Hello, server$
	REPLY
}

# bats test_tags=must,slow
@test "1.2 it comes back at once, not when the client has finished" {
	start
	expect send 'one\n' take 4 send 'two\n' take 4 shut read <<-'REPLY'
		one$
		two$
	REPLY
	converse pause 1500 send 'one\n' take 4 pause 1500 send 'two\n' take 4 shut read
	known='the client said nothing for a while, which it may: is there a time limit for recv, or for the socket?'
	judged bytes $'one$\ntwo$\n'
}

# bats test_tags=must
@test "1.3 octet by octet" {
	start
	expect drip 5 'slowly,\r\nbut all\r\n' shut read <<-'REPLY'
		slowly,^M$
		but all^M$
	REPLY
}

# bats test_tags=must
@test "1.4 octets are octets: NUL, CR alone, LF alone, none of them text" {
	start
	expect send 'a\0b\0\0\rc\n\nd\x80\xc3\xfe\xff\x7f' shut read <<-'REPLY'
		a^@b^@^@^Mc$
		$
		dM-^@M-CM-~M-^?^?
	REPLY
}

# bats test_tags=must
@test "1.5 a file full of NULs" {
	start
	head -c 100000 /dev/zero >"$tmp/data"
	same_back file "$tmp/data" shut read
}

# bats test_tags=must
@test "1.6 ten MiB, then the end" {
	start
	make_data 10
	same_back file "$tmp/data" shut read
}

# bats test_tags=robust
@test "1.7 ten MiB to a client that reads only after it has sent what goes" {
	start
	make_data 10
	same_back narrow file "$tmp/data" shut pause 300 read
}

# bats test_tags=robust
@test "1.8 ten MiB to a slow reader: a send may take only a part, the end comes last" {
	start
	make_data 10
	same_back file "$tmp/data" shut slow 50000 2
}

# bats test_tags=robust
@test "1.9 five hundred clients at once, the last one served first" {
	local conversation

	start
	read -r -a conversation <<<"$(awk 'BEGIN {
		for (i = 1; i <= 500; i++) printf "on %d send client-%d\\n ", i, i
		for (i = 500; i >= 1; i--) printf "on %d shut read ", i }')"
	expect "${conversation[@]}" <<<"$(awk 'BEGIN { for (i = 500; i >= 1; i--) print "client-" i "$" }')"
}

# bats test_tags=robust
@test "1.10 two hundred silent clients beside one that speaks" {
	start
	hold crowd 200
	others_are_served
}

# bats test_tags=robust
@test "1.11 clients that leave at once, or with a reset" {
	local i

	start
	for ((i = 0; i < 20; i++)); do
		come_and_leave open close open reset send 'x' reset send 'x' close
	done
	others_are_served
	# The last of the others may take the place of the one that has left, and the next its descriptor.
	expect on 1 send '1' take 1 on 2 send '2' take 1 on 1 shut read close on 3 send '3' take 1 \
		timeout 2000 on 2 send '4\n' shut read on 3 shut read <<-'REPLY'
			1234$
		REPLY
}

# bats test_tags=robust
@test "1.12 one that sends and never reads: the server stops reading, others are served" {
	start
	try_to_hold flood 64 ||
		complain 'nothing goes any more, long before 64 MiB' \
			'the server received all that came, and where is it now? receive nothing while octets wait to go out'
	others_are_served
}

# bats test_tags=robust
@test "1.13 one that reads only when all buffers are full gets every byte, then the end" {
	local got octets

	start
	converse flood 64 shut pause 100 read
	octets=$(head -n 1 "$tmp/client") got=$(($(wc -c <"$reply")))
	if [ "$client_status" -ne 0 ] || [ "$got" -ne "$octets" ]; then
		head -c 200 "$reply" >"$tmp/first" && mv "$tmp/first" "$reply" # more is only noise
		complain 'every octet that it sent, then the end' \
			"$octets octets were sent, $got came back: when all buffers are full, keep what is left, and go on with it when there is room"
	fi
}

# bats test_tags=robust
@test "1.14 one that never reads, and resets: the server goes on" {
	start
	client flood 64 reset
	client narrow repeat 20 'many bytes, never read\n' reset
	kill -STOP "$server_pid" # what follows has all come when it looks again
	client send 'hello' shut reset send 'hello' reset send 'hello' shut close
	kill -CONT "$server_pid"
	others_are_served
}

# bats test_tags=robust
@test "1.15 one that sends without pause doesn't keep others waiting" {
	local endless

	start
	printf -v endless '%050000d' 0
	"$tests/build/client" "$host" "$port" send x take 1 say 'begun\n' repeat 2000000000 "$endless" \
		>/dev/null 2>"$tmp/begun" 3>&- 4>&- &
	helpers="$helpers$! "
	until [ -s "$tmp/begun" ]; do
		nap 20
	done
	others_are_served
	others_are_served
	kill -0 "${helpers// /}" || complain 'the sender goes on, too' "the server has left it in the lurch: $(tail -n 1 "$tmp/begun")"
}

# bats test_tags=must
@test "1.16 the end of a client's bytes is the end of the server's" {
	start
	expect shut read <<<''
	expect send 'x' take 1 shut read <<<'x'
}

# bats test_tags=extra
@test "1.17 nothing more is received before all that has been received is sent" {
	ours_only 'the trace'
	start -qv
	hold narrow flood 64
	stop TERM
	awk '{ octets = length($0) - 3; in_hand += /^C/ ? octets : -octets }
		in_hand > most { most = in_hand }
		END { print most " octets in hand, at most"; exit most < 1 || most > 65536 }' "$log"
}

# bats test_tags=must
@test "1.18 the first line of output says where it listens" {
	start
	[ "$port" -gt 0 ]
	[ "$host" = 127.0.0.1 ] || tell "as the first line: listening on tcp://127.0.0.1:$port/" \
		"it names another host, $host: name the address that clients are to connect to, 127.0.0.1"
	if [ -z "${SERVER:-}" ]; then
		[ "$announced" = "listening on tcp://127.0.0.1:$port/" ]
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

	for arguments in -x -p -a '-p abc' '-p 65536' '-p -1' '-p 80x' '-p 4294967296' '. .'; do
		# shellcheck disable=SC2086 # words
		ends 2 $arguments
		says stderr '^usage: part1 '
		says_nothing stdout
	done
	ends 2 -p ''
}

# bats test_tags=extra
@test "1.24 IPv6" {
	ours_only 'the command line'
	if ! start -a ::1 && grep -q "can't listen on ::1" "$log"; then
		server_pid=
		skip 'no IPv6 here'
	fi
	[ "$host" = ::1 ]
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
	client send 'hello\n' take 6 >"$reply"
	stop TERM
	logs '127.0.0.1 says 6 bytes'
	[ "$(wc -l <"$log")" -eq 1 ] || tell 'one line on standard error' 'it says more, or the line has no end'
	start -q
	client send 'hello\n' take 6 >"$reply"
	stop TERM
	logs_nothing
}

# bats test_tags=extra
@test "1.28 -v shows every byte that comes and goes, a thousand in a line at most" {
	ours_only 'the trace'
	local long

	printf -v long '%02500d' 7
	start -qv
	client send 'one\r\n\ttwo \\ "\0\xff' take 15 send "$long" take 2500 send 'x' shut read >"$reply"
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

# Clients that come and go: some reset the connection while the server still has octets of theirs.
come_and_go() {
	local i many conversation=() resets=()

	printf -v many '%01000d' 0
	for ((i = 1; i <= 100; i++)); do
		conversation+=(on "$i" send 'x' take 1 shut read close)
		resets+=(on "$i" repeat 30 "$many" reset)
	done
	client "${conversation[@]}" >"$tmp/gone" || complain 'an octet, then the end, a hundred times' 'a client was not served'
	kill -STOP "$server_pid" # what follows has all come when it looks again
	for ((i = 0; i < 600; i += 120)); do # six words for each
		client "${resets[@]:i:120}"
	done
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

# bats test_tags=extra,slow
@test "1.30 eight hundred clients later, it has no more descriptors, and no more memory" {
	start
	look_inside
	gives_back come_and_go
	keeps_nothing_of send 'x' take 1 close
}

# bats test_tags=extra,slow
@test "1.31 no descriptor is free: it neither ends nor spins, and serves on when some leave" {
	start_starved
	look_inside
	survives_a_full_table others_are_served
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

# bats test_tags=extra,slow
@test "1.33 while nothing happens, it sleeps, whoever is connected" {
	local others

	for others in 5 999; do # eleven more come, and may have to wait at the door
		start
		look_inside
		hold crowd $others send 'x' take 1 crowd $((others + 11))
		rests 'let poll wait, not ask over and over'
	done
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
