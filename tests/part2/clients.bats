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
	local i

	start_fast
	background client timeout $((25000 / speed)) read lasts $((14500 / speed)) $((20000 / speed + 500))
	background client send 'GET / HTTP/1.1\r\nX: xxx' timeout $((25000 / speed)) read \
		lasts $((9500 / speed)) $((15000 / speed + 500))
	background client drip $((1000 / speed)) 'GET / HTTP/1.1\r\nA: bbbbbbb\r\n\r\n'
	background client open pause $((12000 / speed)) send 'G' timeout $((25000 / speed)) read \
		lasts $((21500 / speed)) $((27000 / speed + 500))
	finish 1 || complain 'the end, 15 seconds after it connected, and five later at most' \
		'a client that says nothing may stay for ever, or too short: what ends it when its time is up?'
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
	finish 4 || complain 'the end, 10 seconds after the first octet of a head, and five later at most' \
		'the client was silent for 12 seconds, then sent the first octet of its head: with that octet, its ten seconds begin'
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
