#!/usr/bin/env bats
# Part 1: conversations that nobody has had before.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "1.60 conversations that are drawn by lot: who sends what, in which pieces, and when" {
	local drawn due

	draw
	start
	while IFS=$'\t' read -r -a drawn; do
		converse "${drawn[@]:1}"
		printf -v due %b "${drawn[0]}"
		judged bytes "$due"
	done <"$tmp/lot"
}
