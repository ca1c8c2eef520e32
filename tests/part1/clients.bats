#!/usr/bin/env bats
# Part 1: many clients, slow ones, and such as leave.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=robust
@test "1.9 five hundred clients at once, the last one served first" {
	local conversation

	rule 1.9
	start
	read -r -a conversation <<<"$(awk 'BEGIN {
		for (i = 1; i <= 500; i++) printf "on %d send client-%d\\n ", i, i
		for (i = 500; i >= 1; i--) printf "on %d shut read ", i }')"
	expect "${conversation[@]}" <<<"$(awk 'BEGIN { for (i = 500; i >= 1; i--) print "client-" i "$" }')"
}

# bats test_tags=robust
@test "1.10 two hundred silent clients beside one that speaks" {
	rule 1.4
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
	converse on 1 send '1' take 1 on 2 send '2' take 1 on 1 shut read close on 3 send '3' take 1 \
		timeout 2000 on 2 send '4\n' shut read on 3 shut read
	known='one client has left, and what another sent was lost: if the last one takes the place that is free, all that belongs to it must move there'
	judged bytes $'1234$\n'
}

# bats test_tags=robust
@test "1.12 one that sends and never reads: the server stops reading, others are served" {
	rule 1.10
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
	come_and_leave flood 64 reset
	come_and_leave narrow repeat 20 'many bytes, never read\n' reset
	kill -STOP "$server_pid" # what follows has all come when it looks again
	come_and_leave send 'hello' shut reset send 'hello' reset send 'hello' shut close
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

# bats test_tags=robust,slow
@test "1.36 fifteen hundred clients, one after the other, with 256 descriptors: nothing of them is left" {
	local exchanges=(send 'x' take 1 shut read close send 'x' take 1 reset open close)

	ulimit -S -n 256
	start
	if ! often 300 timeout 4000 "${exchanges[@]}"; then
		: >"$reply"
		sent=("${exchanges[@]}")
		complain 'an octet, then the end, each time' \
			'the descriptors have run out: close the socket of each client that has left, however it left'
	fi
	others_are_served
	waits_for_its_children
}

# bats test_tags=extra
@test "1.37 when the house is full, newcomers wait at the door, and come in as others leave" {
	ours_only 'how many it takes at once'
	start
	converse crowd 998 on 1 send 'a' take 1 on 2 send 'b' take 1 timeout 4000 \
		on 3 send 'c' on 4 send 'd' silent 300 on 3 silent 0 \
		on 1 shut read close on 3 take 1 on 4 silent 200 on 2 shut read close on 4 take 1 \
		on 3 shut read on 4 shut read
	known='who comes when the house is full waits at the door, in the queue of listen(), and is not closed; as soon as one client leaves, the next one comes in'
	judged bytes $'abcd\n'
}

# bats test_tags=extra,slow
@test "1.30 eight hundred clients later, it has no more descriptors, and no more memory" {
	start
	look_inside
	rule 1.5
	gives_back come_and_go
	rule 1.9
	keeps_nothing_of send 'x' take 1 close
}

# bats test_tags=extra,slow
@test "1.31 no descriptor is free: it neither ends nor spins, and serves on when some leave" {
	start_starved
	look_inside
	survives_a_full_table others_are_served
}

# bats test_tags=extra,slow
@test "1.33 while nothing happens, it sleeps, whoever is connected" {
	local others

	rule 1.10
	for others in 5 999; do # eleven more come, and may have to wait at the door
		[ "$others" -eq 5 ] || rule 1.13
		start
		look_inside
		hold crowd $others send 'x' take 1 crowd $((others + 11))
		rests 'let poll wait, not ask over and over'
	done
}

# bats test_tags=extra,slow
@test "1.38 beside one that sends and never reads, it sleeps" {
	rule 1.10
	start
	look_inside
	try_to_hold flood 64 || complain 'nothing goes any more' 'the server received all that came, and did not send it back'
	rests 'while octets wait to go out, ask poll for POLLOUT, and not for POLLIN'
}
