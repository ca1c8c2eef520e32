#!/usr/bin/env bats
# Part 4: files that nobody has asked for before.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# make_tree: the files that have been drawn; sets names and paths to theirs.
make_tree() {
	local drawn name n

	names=() paths=() tags=()
	while IFS=$'\t' read -r -a drawn; do
		[ "${drawn[0]}" = file ] || continue
		printf -v name %b "$site/${drawn[1]}"
		mkdir -p "${name%/*}"
		for ((n = 0; n < drawn[3]; n++)); do
			[ "${drawn[2]}" = '\c' ] || printf %b "${drawn[2]}" # an empty file; bash 3.2 takes \c for an error
		done >"$name"
		TZ=GMT0 touch -t "${drawn[4]}" "$name"
		names+=("$name")
		paths+=("${drawn[5]}")
	done <"$tmp/lot"
	ln -s index.html "$site/link"
}

# learn_tag NUMBER: sets tag to the entity tag of this file.
learn_tag() {
	if [ -z "${tags[$1]:-}" ]; then
		get "${paths[$1]}"
		value_of ETag
		tags[$1]=$value
	fi
	tag=${tags[$1]}
}

# ask_drawn NUMBER OPERATION...: has the conversation, with the file's entity tag in place of @TAG.
ask_drawn() {
	local word words=() tag

	for word in "${@:2}"; do
		[ "$word" != @TAG ] || { learn_tag "$1" && word=$tag; }
		words+=("$word")
	done
	converse "${words[@]}"
}

# bats test_tags=must
@test "4.100 sixty requests for a tree of files, drawn by lot, a third of them with a mistake" {
	local drawn names paths tags rules

	draw
	make_tree
	start "$site"
	while IFS=$'\t' read -r -a drawn; do
		[ "${drawn[0]}" = ask ] || continue
		mistake=${drawn[3]}
		ask_drawn "${drawn[4]}" "${drawn[@]:7}"
		IFS='|' read -r -a rules <<<"${drawn[2]}"
		# shellcheck disable=SC2086 # words
		is "$(ours ${drawn[1]})" "${rules[@]}"
		case ${drawn[5]} in
		none) ;;
		-) has "${names[drawn[4]]}" ;;
		*) has "${names[drawn[4]]}" "${drawn[5]}" "${drawn[6]}" ;;
		esac
	done <"$tmp/lot"
}
