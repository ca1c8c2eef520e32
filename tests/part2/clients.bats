#!/usr/bin/env bats
# Part 2: many clients, slow ones, and such as leave; deadlines.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=robust
@test "2.29 two hundred silent clients beside one that speaks" {
	rule 1.4
	start
	hold crowd 200 send 'GET / HT'
	others_are_served
}

# bats test_tags=robust
@test "2.30 clients that leave, or reset, in the middle" {
	local i

	start
	for ((i = 0; i < 10; i++)); do
		come_and_leave open close open reset send 'GET' reset send 'GET / HTTP/1.1\r\n\r\n' reset \
			send 'GET / HTTP/1.1\r\n\r\n' close send 'GET / HTTP/1.1\r\n\r\n' take 3 reset
	done
	kill -STOP "$server_pid" # what follows has all come when it looks again
	come_and_leave send 'GET / HTTP/1.1\r\n\r\n' shut reset send 'GET / HTTP/1.1\r\n\r\n' reset
	kill -CONT "$server_pid"
	others_are_served
}

# bats test_tags=robust
@test "2.31 three hundred clients at once, the last one served first" {
	local conversation

	# They are silent until each has its turn: a head that has begun would be due within 10 seconds.
	rule 1.9
	start
	read -r -a conversation <<<"$(awk 'BEGIN {
		for (i = 1; i <= 300; i++) printf "on %d open ", i
		for (i = 300; i >= 1; i--)
			printf "on %d send GET\\x20/client-%d\\x20HTTP/1.1\\r\\n\\r\\n read ", i, i }')"
	send_all "${conversation[@]}"
	awk 'BEGIN { for (i = 300; i >= 1; i--) print "path: /client-" i }' >"$tmp/due"
	grep '^path: ' "$reply" | cmp -s "$tmp/due" - || complain '300 reports, each with the path of its own client' \
		"$(grep -c '^path: ' "$reply" || :) came; the first that is wrong stands where $(grep '^path: ' "$reply" | diff "$tmp/due" - | sed -n '/^</{s/^< path: //p;q;}') is due: each connection needs a buffer of its own"
}

# bats test_tags=extra,slow
@test "2.32 the silent are closed after 15 seconds, a head is due within 10 at any pace" {
	local i before=0 chatter=()

	start_fast
	[ ! -d "/proc/$server_pid/fd" ] || before=$(descriptors)
	for ((i = 0; i < 130; i++)); do # somebody else talks all the time, without a pause of a second
		chatter+=(send 'GET / HTTP/1.1\r\n\r\n' read close pause $((200 / speed)))
	done
	background client timeout $((25000 / speed)) read lasts $((14500 / speed)) $((20000 / speed + 500))
	background client send 'GET / HTTP/1.1\r\nX: xxx' timeout $((25000 / speed)) read \
		lasts $((9500 / speed)) $((15000 / speed + 500))
	background client drip $((1000 / speed)) 'GET / HTTP/1.1\r\nA: bbbbbbb\r\n\r\n'
	background client "${chatter[@]}"
	background client open pause $((12000 / speed)) send 'G' timeout $((25000 / speed)) read \
		lasts $((21500 / speed)) $((27000 / speed + 500))
	finish 1 || complain 'the end, 15 seconds after it connected, and five later at most' \
		'a client that says nothing may stay for ever, or too short: what looks at the clock when its time is up, also while others talk?'
	finish 2 || complain 'the end, 10 seconds after the first octet of a head, and five later at most' \
		'a client that has begun a head may stay for ever, or too short: does its time count from the first octet of the head?'
	for i in 1 2; do
		read_background "$i"
		[ ! -s "$reply" ] || complain 'the end, without a word' \
			'this report is no HTTP, so there is no answer yet for a request that did not come: just close'
	done
	if finish 3; then
		complain 'the end, 10 seconds after the first octet of a head' \
			'a head that comes octet by octet wins time with each'
	fi
	finish 4 || complain 'a report, each time' 'somebody who asks again and again was not served'
	finish 5 || complain 'the end, 10 seconds after the first octet of a head, and five later at most' \
		'the client was silent for 12 seconds, then sent the first octet of its head: with that octet, its ten seconds begin'
	none_left_of "$before"
}

# bats test_tags=robust,slow
@test "2.39 a request that came while the server was stopped is answered, however late that is" {
	start_fast
	background client open pause $((2000 / speed)) send 'GET /whole HTTP/1.1\r\n\r\n' timeout 30000 read
	background client send 'GET /half HTTP/1.1\r\n' pause $((2000 / speed)) send '\r\n' timeout 30000 read
	nap $((1000 / speed))
	kill -STOP "$server_pid"
	nap $((17000 / speed + 100))
	kill -CONT "$server_pid"
	local i

	for i in 1 2; do
		finish "$i" || :
		grep -q '^path: ' "$reply" || complain 'the report' 'the server looked at the clock before it looked at what had come: serve first, then see who is late'
	done
}

# Clients that come and go: some are served, others leave in the middle of a head.
come_and_go() {
	local i many conversation=() half=() resets=()

	printf -v many '%015000d' 0
	for ((i = 1; i <= 100; i++)); do
		conversation+=(on "$i" send 'GET / HTTP/1.1\r\n\r\n' read close)
		half+=(on "$i" send "GET /$many" close)
		resets+=(on "$i" send "GET /$many HTTP/1.1\r\n\r\n" reset)
	done
	client "${conversation[@]}" >"$tmp/gone" || complain 'a report, a hundred times' 'a client was not served'
	client "${half[@]}"
	kill -STOP "$server_pid" # what follows has all come when it looks again
	client "${resets[@]:0:250}" # fifty of them
	kill -CONT "$server_pid"
	others_are_served
}

# bats test_tags=robust,slow
@test "2.50 clients that come one after the other, with 256 descriptors: nothing of them is left" {
	local exchanges=(send 'GET / HTTP/1.1\r\n\r\n' read close send 'GET / HTT' reset
		send 'GET / HTTP/one\r\n\r\n' read close send 'GET / HTTP/2.0\r\n\r\n' read close
		send 'GET /' repeat 17 "$(printf '%01000d' 0)" read close send 'GET / HTT' shut read close)

	ulimit -S -n 256
	start
	if ! often 300 timeout 4000 "${exchanges[@]}"; then
		: >"$reply"
		sent=("${exchanges[@]}")
		complain 'the same answer each time' \
			'the descriptors have run out: close the socket of each connection that is over, whether it got a report, was refused, or left'
	fi
	others_are_served
	waits_for_its_children
}

# bats test_tags=extra
@test "2.51 when the house is full, newcomers wait at the door, and come in as others leave" {
	ours_only 'how many it takes at once'
	start
	converse crowd 998 on 1 open on 2 open timeout 4000 on 3 send 'GET http://3\r\n' on 4 send 'GET http://4\r\n' \
		silent 300 on 3 silent 0 on 1 close on 3 take 28 on 4 silent 200 on 2 close on 3 close on 4 take 28
	known='who comes when the house is full waits at the door, in the queue of listen(), and is not closed; as soon as one client leaves, the next one comes in'
	judged bytes $'refused: 400 Bad Request: threfused: 400 Bad Request: th\n'
}

# bats test_tags=extra,slow
@test "2.52 who goes on after its report, or never closes, is cut off after five seconds, and not before" {
	local request='GET / HTTP/1.1\r\n\r\n' some='0123456789'

	start_fast
	background client send "$request" read drip $((300 / speed)) "$some"
	background client send "$request" read drip $((600 / speed)) "$some$some"
	background client send "$request" read pause $((12000 / speed)) send 'x' pause 200 send 'x'
	finish 1 || complain 'no reset within three seconds of the report' \
		'the server closed while the client was still sending, which may cost it the report: read on for some seconds'
	if finish 2; then
		complain 'the connection is closed five seconds after the report, and not twelve' \
			'who goes on sending after its report keeps its place for ever: the time to read on counts from the report, not from the last octet'
	fi
	if finish 3; then
		complain 'the connection is closed five seconds after the report, and not twelve' \
			'who does not close after its report keeps its place for ever: close by yourself when the time to read on is over'
	fi
}

# bats test_tags=must
@test "2.53 the end comes by itself, and soon, after a report and after each refusal" {
	local soon='timeout 2000'

	start
	# shellcheck disable=SC2086 # words
	{
		expect_outcome report $soon send 'GET / HTTP/1.1\r\n\r\n' read
		expect_outcome report $soon send 'POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n' send 'some' read
		expect_outcome 400 $soon send 'GET / HTTP/one\r\n\r\n' read
		expect_outcome 505 $soon send 'GET / HTTP/2.0\r\n\r\n' read
		expect_outcome 414 $soon send 'GET /' repeat 20000 'a' send ' HTTP/1.1\r\n\r\n' read
		expect_outcome "$(ours 431 400)" $soon send 'GET / HTTP/1.1\r\n' repeat 5000 'A: b\r\n' send '\r\n' read
	}
}

# bats test_tags=extra
@test "2.42 eight hundred clients later, it has no more descriptors, and no more memory" {
	start
	look_inside
	gives_back come_and_go
	keeps_nothing_of send 'GET / HTTP/1.1\r\n\r\n' read close
}

# bats test_tags=extra,slow
@test "2.43 no descriptor is free: it neither ends nor spins, and serves on when some leave" {
	start_starved
	look_inside
	survives_a_full_table others_are_served
}

# bats test_tags=extra,slow
@test "2.45 while nothing happens, it sleeps, whoever is connected" {
	start
	look_inside
	hold crowd 5 send 'GET / HT'
	send_all 'GET / HTTP/1.1\r\n\r\n'
	rests 'let poll wait, not ask over and over'
}
