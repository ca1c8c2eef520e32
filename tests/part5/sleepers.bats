#!/usr/bin/env bats
# Part 5: hundreds of clients, each at something else, within one turn.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=robust,slow
@test "5.81 by the hundred: the silent speak, leave, or stay, and others come, all within one turn" {
	local conversation=(timeout 20000) i

	sparse 102400 "$site/huge"
	start "$site"
	for i in {1..300}; do
		conversation+=(on "$i" send "$a" reply)
	done
	conversation+=(say 'ready\n' pause 1000)
	for i in {1..60}; do # each sixth of them does something else, one beside the other
		conversation+=(on "$i" send "$b" on $((60 + i)) reset on $((120 + i)) send "$last_b")
		conversation+=(on $((180 + i)) close on $((240 + i)) send "${b:0:9}" on $((300 + i)) send "$a")
	done
	for i in {1..60}; do
		conversation+=(on $((300 + i)) reply on "$i" reply on $((120 + i)) read on $((240 + i)) send "${b:9}" reply)
	done
	for i in {1..60} {241..360}; do # who is still there is served once more
		conversation+=(on "$i" send "$a" reply)
	done
	background client "${conversation[@]}"
	until_true grep -q ready "$tmp/background-1.said" || :
	gulp # so those who are silent may be left out of a look
	nap 300
	kill -STOP "$server_pid"
	nap 900
	kill -CONT "$server_pid"
	finish 1 || complain 'an answer to each that is still there' \
		'one of hundreds was forgotten, or closed in the place of another: whoever is dropped, sleeps or comes moves others to other slots, and each must keep all that is its own'
	expect_contents "$(times 300 a) $(times 60 a b b b) $(times 180 a)"
}
