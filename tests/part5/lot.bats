#!/usr/bin/env bats
# Part 5: connections that nobody has had before.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "5.100 connections that are drawn by lot, a third of them with a mistake in the last request" {
	local drawn

	draw
	start "$site"
	while IFS=$'\t' read -r -a drawn; do
		mistake=${drawn[2]}
		expect_statuses "${drawn[0]}" "${drawn[@]:3}"
		expect_contents "${drawn[1]#-}"
	done <"$tmp/lot"
}
