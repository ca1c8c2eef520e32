#!/usr/bin/env bats
# E5.7, epoll. Whether it saves anything, only measuring tells: these show that nothing is lost.
# only on: Linux
# breaks: none
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load ../part5/common

# starts_with_epoll: starts the server, which has a descriptor for epoll.
starts_with_epoll() {
	[ -d /proc/self/fd ] || skip 'only Linux has epoll'
	start "$site"
	until_true get /a.txt
	find "/proc/$server_pid/fd" -lname '*eventpoll*' 2>/dev/null | grep -q . ||
		tell 'a descriptor made by epoll_create1' 'none of its descriptors is for epoll: it still asks poll, or select'
}

# bats test_tags=must
@test "E5.7.1 it waits by epoll, and needs no time while nothing happens" {
	starts_with_epoll
	hold crowd 200
	nap 300
	! spins || complain 'a server that sleeps while nothing happens' "$known"
}

# bats test_tags=must
@test "E5.7.2 whoever speaks among a thousand silent ones is answered, again and again" {
	local i conversation=()

	starts_with_epoll
	hold crowd 1000
	for i in 1 2 3 4 5 6 7 8; do
		conversation+=(on "$i" send "$a" reply)
	done
	converse "${conversation[@]}" pause 300 "${conversation[@]}" pause 300 "${conversation[@]}"
	[ "$client_status" -eq 0 ] && [ "$(grep -a -c '^this is a' "$reply")" -eq 24 ] ||
		complain '24 answers on eight connections' 'somebody who was silent for a while is not heard any more: is what to wait for told to the kernel again when it changes?'
}

# bats test_tags=robust
@test "E5.7.3 six hundred that speak at once are all answered" {
	local i conversation=() rest=()

	starts_with_epoll
	for ((i = 1; i <= 600; i++)); do
		conversation+=(on "$i" open)
		rest+=(on "$i" send "$a")
	done
	for ((i = 1; i <= 600; i++)); do
		rest+=(on "$i" reply close)
	done
	converse "${conversation[@]}" "${rest[@]}"
	[ "$client_status" -eq 0 ] && [ "$(grep -a -c '^this is a' "$reply")" -eq 600 ] ||
		complain '600 answers' 'more are ready than epoll_wait has room to tell: the others come with the next call'
}

# bats test_tags=robust
@test "E5.7.4 when the house is full, room is made, and whoever goes is not touched any more" {
	limit=64
	starts_with_epoll
	hold crowd 200 send "$a" reply
	get /a.txt
	is 200 && has "$site/a.txt"
	still_serves
}
