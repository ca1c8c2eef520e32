#!/usr/bin/env bats
# Part 5: a full house.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=extra
@test "5.43 fewer descriptors than clients: an honest one is answered within a second" {
	ours_only 'sets its limit'
	limit=64 start "$site"
	hold crowd 100
	still_serves
	hold crowd 100
	expect_statuses '200 200' timeout 1000 send "$a" reply send "$last_b" read
	still_serves
}

# Dribbles a head, again and again.
dribble() {
	while :; do
		client drip $((500 / speed)) 'GET /a.txt HTTP/1.1\r\nX: 0123456789' 2>/dev/null || sleep 0.1
	done
}

# bats test_tags=extra,slow
@test "5.50 in a full house, a slow download stays and newcomers come in, for all who only dribble" {
	ours_only 'sets its limit'
	local conversation i

	# 24 clients are all that there is room for. The one that has been silent for longest goes.
	limit=56 start "$site"
	conversation=(on 100 open pause 20)
	for ((i = 1; i <= 24; i++)); do
		conversation+=(on $i send "$a" reply)
	done
	for ((i = 1; i <= 24; i++)); do
		conversation+=(on $i send "$last_b" read)
	done
	converse "${conversation[@]}"
	[ "$(statuses | wc -w)" -eq 48 ] || complain '48 answers' \
		'one that had asked was given up, and not the one that had never said anything'
	# Who has its answer, and only has to close, goes before one that may still ask.
	limit=56 start "$site"
	conversation=(send "$a" reply)
	for ((i = 1; i <= 50; i++)); do
		conversation+=(on $i send "$last_b" read)
	done
	converse "${conversation[@]}" on 0 send "$last_b" read
	[ "$(statuses | wc -w)" -eq 52 ] || complain '52 answers' \
		'the first client, which may still ask, was given up, and not one that has had its last answer'
	sparse 64 "$site/big"
	limit=56 start_fast "$site"
	background client most 64 send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' \
		take 5000000 say 'ready\n' pause $((7000 / speed)) take 5000000 pause $((7000 / speed)) read
	for ((i = 0; i < 23; i++)); do
		background dribble
	done
	until_true grep -q ready "$tmp/background-1.said" || :
	nap $((1000 / speed))
	conversation=()
	for ((i = 1; i <= 40; i++)); do # more than there is room for, and all of them stay
		conversation+=(on $i send "$a" reply)
	done
	send_all "${conversation[@]}"
	for ((i = 0; i < 24; i++)); do
		still_serves
		nap $((500 / speed))
	done
	finish 1 || :
	is 200 'Content-Length: 67108864'
}

# bats test_tags=extra
@test "5.64 in a full house, who asks just as a newcomer comes is answered, and another one goes" {
	local conversation i

	ours_only 'sets its limit'
	# There is room for a hundred. They sleep, since another one is busy, and none is looked at in vain.
	sparse 102400 "$site/huge"
	limit=208 SPEED=0.2 start_fast "$site"
	gulp
	conversation=()
	for ((i = 1; i <= 99; i++)); do
		conversation+=(on $i send "$a" reply pause 6) # its clock counts five milliseconds as one
	done
	conversation+=(pause 1500)
	for ((i = 1; i <= 30; i++)); do # of each two, the first asks, and the second has to go
		conversation+=(on $((2 * i - 1)) send "$b" on $((100 + i)) send "$a" reply on $((2 * i - 1)) reply)
	done
	converse "${conversation[@]}"
	[ "$(statuses | wc -w)" -eq 159 ] || complain '159 answers' \
		'one that had just asked was given up for a newcomer, before its request was read: give it a last turn'
}

# bats test_tags=extra
@test "5.66 too few descriptors for a client: one line that says so, before it says that it listens" {
	ours_only 'sets its limit'
	limit=9 ends 1 "$site"
	says_nothing stdout
	says_one_line stderr
	says stderr 'descriptors'
}

# bats test_tags=extra
@test "5.78 fewer descriptors than clients, all with a file: each newcomer gets its own" {
	ours_only 'sets its limit'
	local conversation=(narrow timeout 2000) i limit

	sparse 64 "$site/big"
	for ((i = 1; i <= 90; i++)); do
		conversation+=(on $i send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' head)
	done
	for limit in 64 65; do # with one of these, the last descriptor is one for a socket
		start "$site"
		converse "${conversation[@]}"
		read_statuses
		[[ $codes != *503* ]] || complain '90 times 200' \
			'a client was let in, and no descriptor was left for its file: each may need two, so let in no more than half as many'
		[ "$client_status" -eq 0 ] || judged ended
		[ "$codes" = "$(times 90 200)" ] || complain '90 times 200' "these came: $codes"
	done
}

# bats test_tags=extra
@test "5.79 of the descriptors that it may have, it takes all: the soft limit is raised to the hard one" {
	ours_only 'sets its limit'
	local conversation=() i

	ulimit -n 300 2>/dev/null || skip 'here nobody may have 300 descriptors'
	first='ulimit -S -n 40' start "$site"
	for ((i = 1; i <= 280; i++)); do
		conversation+=(on $(((i - 1) % 140 + 1)) send "$a" reply)
	done
	converse "${conversation[@]}"
	[ "$client_status" -eq 0 ] || {
		client_status=0
		complain 'two responses to each of 140 clients, one after the other' \
			'clients were given up though there is room: the limit of 40 descriptors is a soft one, which every program may raise to the hard one, 300 here'
	}
	[ "$(statuses)" = "$(times 280 200)" ] || complain '280 times 200' "these came: $(statuses)"
}
