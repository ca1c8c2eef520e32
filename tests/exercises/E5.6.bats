#!/usr/bin/env bats
# E5.6, every core.
# breaks: none
# may break: 5.40 5.80
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load ../part5/common

# find_processes: sets processes to those of the server: all that are in the group of the first.
find_processes() {
	read -r -d '' -a processes < <(ps -A -o pid= -o pgid= | awk -v first="$server_pid" '$2 == first { print $1 }') || :
}

# starts_several: starts the server, and finds its processes.
starts_several() {
	start "$site"
	until_true several || tell 'two processes or more' 'there is one: fork after the listener is there, before the loop begins'
}

several() {
	find_processes
	[ "${#processes[@]}" -ge 2 ]
}

# bats test_tags=must
@test "E5.6.1 each of them answers: while all the others are stopped, it does" {
	local alone one

	starts_several
	for alone in "${processes[@]}"; do
		for one in "${processes[@]}"; do
			[ "$one" = "$alone" ] || kill -STOP "$one"
		done
		get /a.txt
		kill -CONT "${processes[@]}"
		is 200 && has "$site/a.txt" || return
	done
}

# bats test_tags=robust
@test "E5.6.2 one that is killed takes only its own clients along" {
	local i

	starts_several
	kill -KILL "${processes[1]/$server_pid/${processes[0]}}"
	nap 100
	for ((i = 0; i < 10; i++)); do
		get /a.txt
		is 200 && has "$site/a.txt" || return
	done
}

# bats test_tags=must
@test "E5.6.3 SIGTERM to the first ends all of them" {
	local one

	starts_several
	stop TERM
	ended_well
	for one in "${processes[@]}"; do
		! kill -0 "$one" 2>/dev/null || tell 'no process is left' 'one goes on, and holds the port: the first has to tell the others, and to wait for them'
	done
	! client open 2>/dev/null || tell 'nobody listens any more' 'somebody does'
}

# bats test_tags=must
@test "E5.6.4 what has begun comes to its end in all of them" {
	local i conversation=() rest=()

	sparse 8 "$site/big"
	starts_several
	for i in 1 2 3 4 5 6; do
		conversation+=(on "$i" send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' take 12)
		rest+=(on "$i" read)
	done
	background client most 64 "${conversation[@]}" pause 1000 "${rest[@]}"
	nap 500
	kill -TERM "$server_pid"
	finish 1 && [ "$(wc -c <"$reply")" -gt 50331648 ] || complain 'six files of 8 MiB, whole' \
		'some were cut: whoever is told to stop lets what has begun come to its end, and the first waits for the others'
	stop TERM
	ended_well
}
