#!/usr/bin/env bats
# Part 3: requests that nobody has sent before.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# shows PAGE: the content is this page, line by line; another server may write it in HTML, where only the
# values need to stand.
shows() {
	local line

	printf %b "$1" >"$tmp/due"
	if [ -z "${SERVER:-}" ]; then
		judged content "$tmp/due"
		return
	fi
	while IFS= read -r line; do
		[[ $(field Content-Type) == text/plain* ]] || line=${line#*: }
		grep -a -q -i -F -e "${line%%[&<>\'\"]*}" "$reply" ||
			complain "in the content: $line" 'it is missing, or was understood otherwise'
	done <"$tmp/due"
}

# bats test_tags=must
@test "3.90 sixty requests that are drawn by lot, a third of them with a mistake" {
	local drawn

	draw -v pages="/ $hello_page $([ "$PART" -gt 3 ] || echo /request)"
	serve
	while IFS=$'\t' read -r -a drawn; do
		mistake=
		[[ ${drawn[0]} != 4?? && ${drawn[0]} != 505 ]] || mistake=${drawn[2]}
		converse "${drawn[@]:3}"
		# shellcheck disable=SC2086 # words
		judged is "$(ours ${drawn[0]})" "${drawn[1]}"
		[ "${drawn[0]}" != 200 ] || [ "${drawn[2]}" = - ] || shows "${drawn[2]}"
	done <"$tmp/lot"
}
