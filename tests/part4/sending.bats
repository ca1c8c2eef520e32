#!/usr/bin/env bats
# Part 4: while a file is being sent.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=robust
@test "4.45 a reader that pauses gets every byte" {
	head -c 20971520 /dev/urandom >"$site/big"
	start "$site"
	read_slowly crumbs send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	still_serves
	read_on
	is 200 'Content-Length: 20971520'
	has "$site/big"
}

# bats test_tags=must
@test "4.46 a file that shrinks while it is sent ends short" {
	local status=0

	head -c 67108864 /dev/zero | tr '\0' o >"$site/big" # no zeros, which a server could make up
	start "$site"
	read_slowly send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	: >"$site/big"
	read_on || status=$?
	case $status in
	0 | 2) ;; # the end, or a reset
	*) complain 'the end of the connection' 'the server goes on with what is not there' ;;
	esac
	# Another server may have had all of it in memory before.
	[ "$length" -lt 67108864 ] || { [ -n "${SERVER:-}" ] && ! tail -c 67108864 "$reply" | tr -d o | grep -q .; } ||
		complain 'what there was of the file, and the end' \
		'the server has made up what is not there: a read may find less than the size that the file had'
	still_serves
}

# bats test_tags=must
@test "4.47 a file that grows while it is sent is cut at Content-Length" {
	sparse 32 "$site/big"
	start "$site"
	read_slowly send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	printf 'SECRET %01000d' 7 >>"$site/big"
	read_on
	[ "$length" -ge 33554432 ] || complain 'as many octets as Content-Length says' \
		"only $length octets came: a send may take fewer than it is given; go on with the rest"
	[ "$length" -eq 33554432 ] || complain 'as many octets as Content-Length says' \
		'the server sends until the file ends, and it has grown: whoever keeps the connection takes the rest for the next response'
	is 200 'Content-Length: 33554432'
	lacks SECRET
}

# bats test_tags=robust
@test "4.48 a client that leaves in the middle of a response" {
	local i

	sparse 32 "$site/big"
	start "$site"
	for i in 1 2 3 4 5; do
		come_and_leave send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' take 100000 reset
		come_and_leave send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' take $((i * 1000)) close
		come_and_leave send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' close
		come_and_leave send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' reset
	done
	still_serves
}

# bats test_tags=robust
@test "4.49 clients that never read do not keep the others waiting" {
	local i

	sparse 64 "$site/big"
	start "$site"
	for i in 1 2 3 4 5; do
		hold narrow send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' head
	done
	for i in 1 2 3; do
		still_serves
	done
}

# bats test_tags=robust
@test "4.50 thirty clients at once get what each has asked for" {
	local i

	for ((i = 0; i < 30; i++)); do
		head -c $((i * 10000 + 1)) /dev/urandom >"$site/f$i"
	done
	start "$site"
	for ((i = 0; i < 30; i++)); do
		background client send "GET /f$i HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" read
	done
	for ((i = 0; i < 30; i++)); do
		finish $((i + 1)) || :
		is 200
		has "$site/f$i"
	done
}

# bats test_tags=robust
@test "4.51 whatever the answer, the file is closed again" {
	local field i method operations=() target

	ulimit -n 64 || skip 'the number of descriptors cannot be limited here'
	printf 'this is h\n' >"$site/bare.html" # it answers for the folder beside it, which has no page
	start "$site"
	for target in a.txt b/deep missing b/../b/c.txt letters bare bare/ b/index.html/x empty.txt; do
		for method in GET HEAD POST OPTIONS; do
			for field in 'X-Y: *' 'If-None-Match: *' 'If-Match: "x"' 'Range: bytes=99-' 'Range: bytes=-0' 'Range: bytes=1-2'; do
				operations+=(send "$method /$target HTTP/1.1\r\nHost: x\r\n$field\r\nContent-Length: 0\r\n")
				operations+=(send 'Connection: close\r\n\r\n' read close)
			done
		done
	done
	for i in 1 2 3 4 5 6 7 8 9 10; do
		converse "${operations[@]}"
		[ "$(statuses | wc -w)" -eq 216 ] && [[ $(statuses) != *503* ]] || complain '216 responses, none of them 503' \
			'after some hundred requests, no descriptor is left: a file is not closed after one of these answers (an error, 304, 416, HEAD, a page in place of its folder)'
	done
	still_serves
}

# bats test_tags=extra,slow
@test "4.62 SIGTERM: what is under way is finished, then the server ends with status 0" {
	ours_only 'the signals'
	local begin took

	end_is_timed
	sparse 12 "$site/big" # which is more than all buffers on its way hold
	printf 'the end' >>"$site/big"
	SPEED=0.2 start_fast "$site"
	read_slowly send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	kill -TERM "$server_pid"
	until_true refused
	read_on || true
	begin=$SECONDS
	stop TERM
	took=$((SECONDS - begin))
	[ "$length" -eq "$(wc -c <"$site/big")" ] ||
		complain 'the whole file' 'the server ended, and what was under way with it: it must be finished first'
	is 200
	has "$site/big"
	ended_well
	[ "$took" -le 5 ] || complain 'the server ends as soon as what was under way is finished' \
		"it ended $took seconds later: it waits for more than what is under way"
	start "$site"
	hold narrow send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' head
	begin=$SECONDS
	stop TERM
	took=$((SECONDS - begin))
	ended_well
	[ "$took" -le 5 ] || complain 'the server ends within five seconds' \
		"it ended after $took seconds: it waits for a client that does not read"
}

# bats test_tags=robust,slow
@test "4.71 who reads a huge file as fast as it comes does not keep the others waiting" {
	local i greedy tries

	sparse 102400 "$site/huge"
	start "$site"
	ask HEAD /huge
	is 200 'Content-Length: 107374182400'
	gulp
	greedy=$!
	sleep 0.1
	for i in 1 2 3; do
		for tries in 1 2; do # a machine may stand still for a moment, but not twice
			converse timeout 300 send 'GET /a.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
			[ "$client_status" -eq 3 ] || break
		done
		[ "$client_status" -lt 3 ] || complain 'status 200, within 300 ms' \
			'a download keeps the others waiting: the server sends a file in a loop that takes no turns with the other clients'
		is 200
		has "$site/a.txt"
	done
	kill -0 "$greedy" 2>/dev/null || complain 'a download that goes on meanwhile' \
		'a download keeps the others waiting: it came to its end before all of them were answered'
}

# bats test_tags=extra
@test "4.72 SIGTERM: who has asked, and waits to be accepted, gets its answer" {
	ours_only 'the signals'
	start "$site"
	kill -STOP "$server_pid"
	background client send 'GET /a.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	nap 200
	kill -TERM "$server_pid"
	kill -CONT "$server_pid"
	finish 1 || :
	await_end "$server_pid" 6
	server_pid=
	[ -s "$reply" ] || complain 'status 200' \
		'closing the listening socket resets whoever waits to be accepted: the kernel has let it in, so accept once more before you close'
	is 200
	has "$site/a.txt"
	ended_well
}

# bats test_tags=robust,slow
@test "4.73 a slow reader that takes something all the time, or much at once, gets every byte" {
	local ask='GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' conversation i

	sparse 64 "$site/big"
	SPEED=30 start_fast "$site"
	# 5 KB a second, for three minutes; in a wide buffer of the client's kernel the server would not see that.
	conversation=(narrow send "$ask" take 2000000)
	for ((i = 0; i < 20; i++)); do
		conversation+=(take 45000 pause $((9000 / speed)))
	done
	background client most 64 "${conversation[@]}" read
	background client most 64 send "$ask" take 4000000 pause $((80000 / speed)) read
	for i in 1 2; do
		finish "$i" || :
		[ "$(wc -c <"$reply")" -gt 67108864 ] || complain 'all of the file' \
			'a download that goes on is ended: poll tells of its progress only when a third of the kernel'"'"'s buffer is free, and some clients pause; bound that buffer (SO_SNDBUF), and give more time to those who have taken much'
		is 200 'Content-Length: 67108864'
	done
}
