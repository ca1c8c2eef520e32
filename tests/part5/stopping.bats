#!/usr/bin/env bats
# Part 5: SIGTERM.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=extra
@test "5.37 SIGTERM: the response under way is completed, then the server ends with status 0" {
	local begin took

	end_is_timed
	sparse 32 "$site/big" # which is more than all buffers on its way hold
	printf 'the end' >>"$site/big"
	start "$site"
	converse most 40 send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	is 200 'Content-Length: 33554439' # without a signal, all of it comes
	SPEED=0.2 start_fast "$site"
	read_slowly send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' read
	kill -TERM "$server_pid"
	until_true refused
	read_on || {
		client_status=0
		complain 'all of the response' 'SIGTERM came, and the server dropped what it was sending: let the exchanges under way come to their end'
	}
	begin=$SECONDS
	stop TERM
	took=$((SECONDS - begin))
	[ "$length" -gt 33554432 ] ||
		complain 'all of the response' 'SIGTERM came, and the server dropped what it was sending: let the exchanges under way come to their end'
	is 200
	has "$site/big"
	ended_well
	[ "$took" -le 5 ] || complain 'the server ends as soon as what was under way is finished' \
		"it ended $took seconds later: it waits for more than what is under way"
}

# bats test_tags=extra
@test "5.38 SIGTERM: a request that has begun is answered with Connection: close" {
	sparse 1 "$site/big"
	SPEED=0.2 start_fast "$site"
	# The reader has stopped in the first response; only when it goes on, the client sends the rest.
	read_slowly send "${a/a.txt/big}${b:0:11}" reply send "${b:11}" read
	kill -TERM "$server_pid"
	until_true refused
	read_on
	[ "$(statuses)" = '200 200' ] || complain '200 200' "these came: $(statuses)"
	expect_contents b
	[ "$(LC_ALL=C grep -a -i -c '^connection: *close' "$reply")" -eq 1 ] ||
		complain 'Connection: close in the second response' 'the server is told to end'
	stop TERM
	ended_well
}

# bats test_tags=extra,slow
@test "5.39 SIGTERM: neither silent clients nor one that does not read can hold the server" {
	local signal

	end_is_timed
	sparse 64 "$site/big"
	for signal in TERM INT; do
		start "$site"
		hold crowd 3
		hold send "$a" reply
		if [ "$signal" = INT ]; then
			hold send 'GET /a.t'
			hold narrow send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' head
		fi
		SECONDS=0
		stop "$signal"
		ended_well
		[ "$SECONDS" -le 5 ] || complain 'the server ends within five seconds' \
			"it ended after $SECONDS seconds: it waits for clients of whom nothing comes, or who take nothing"
	done
}

# bats test_tags=extra,slow
@test "5.73 SIGTERM: who completes its request just before the end is answered" {
	local conversation i

	ours_only 'ends three seconds after SIGTERM'
	sparse 102400 "$site/huge"
	SPEED=2 start_fast "$site"
	gulp # poll always has something to do, so whoever is silent sleeps
	conversation=()
	for ((i = 1; i <= 20; i++)); do
		conversation+=(on $i send "${b:0:11}")
	done
	conversation+=(pause 1500)
	for ((i = 1; i <= 20; i++)); do
		conversation+=(on $i send "${b:11}")
	done
	for ((i = 1; i <= 20; i++)); do
		conversation+=(on $i read)
	done
	background client "${conversation[@]}"
	nap 500
	kill -TERM "$server_pid"
	nap 500
	kill -STOP "$server_pid" # when it goes on, its time is over, and all have spoken
	nap 1500
	kill -CONT "$server_pid"
	finish 1 || :
	stop TERM
	ended_well
	[ "$(statuses | wc -w)" -eq 20 ] || complain '20 answers' \
		'the server ended, and did not look once more at those that were silent before: give each a last turn'
}

# bats test_tags=extra,slow
@test "5.80 SIGTERM: who is connected and has just asked, or still waits for its refusal, gets it" {
	local early='' greedy i refused_status

	sparse 102400 "$site/huge"
	start "$site"
	hold crowd 20
	for i in 1 2 3; do
		background client send "$a" reply say 'ready\n' pause 800 send "$b" say 'sent\n' timeout 5000 read
	done
	# This one has been refused, and does not look: it goes on to send.
	background client send 'GET / HTTP/9.9\r\n\r\n' say 'ready\n' deaf pause 800 send more pause 800 send more read
	gulp # beside one that is busy, the others sleep
	greedy=$!
	for i in 1 2 3 4; do
		until_true grep -q ready "$tmp/background-$i.said" || :
	done
	nap 200
	kill -STOP "$server_pid"
	! grep -q sent "$tmp"/background-[123].said || early=yes # the machine stood still: it was answered before
	for i in 1 2 3; do
		until_true grep -q sent "$tmp/background-$i.said" || :
	done
	kill -TERM "$server_pid"
	kill -CONT "$server_pid"
	for i in 1 2 3 4; do
		finish $i || :
	done
	refused_status=$client_status
	kill -9 "$greedy" 2>/dev/null || :
	stop TERM
	ended_well
	for i in 1 2 3; do
		read_background $i
		[ "$(statuses)" = '200 200' ] || complain 'two responses' \
			"these came: $(statuses); a client had asked before the signal came, and its connection was closed without a look at it"
		[ -n "$early" ] || [ "$(LC_ALL=C grep -a -i -c '^connection: *close' "$reply")" -eq 1 ] ||
			complain 'Connection: close in the second response' \
				'the server is told to end: not only those who are awake must hear of it'
	done
	read_background 4
	client_status=$refused_status
	is 505 'Connection: close'
}
