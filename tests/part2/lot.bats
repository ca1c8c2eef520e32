#!/usr/bin/env bats
# Part 2: request lines that nobody has sent before, so that no answer to them can be known by heart.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "2.60 sixty request lines that are drawn by lot, a third of them with a mistake" {
	local drawn lesson report

	draw
	start
	while IFS=$'\t' read -r -a drawn; do
		set -- "${drawn[@]:2}"
		lesson=${drawn[1]}
		case ${drawn[0]} in
		nothing) expect "$@" <<<'' ;;
		report)
			lesson=
			expect_outcome report "$@"
			printf -v report %b "${drawn[1]}"
			judged bytes "$report"
			;;
		*) expect_outcome "${drawn[0]}" "$@" ;;
		esac
	done <"$tmp/lot"
}
