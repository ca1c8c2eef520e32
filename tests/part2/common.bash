# shellcheck shell=bash
# Part 2: the request line is understood, and reported; then the connection is closed.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
PART=${PART:-2}
load ../lib/harness
sample=(send 'GET / HTTP/1.1\r\n\r\n' take 1)
answer='report' answered='method: |refused: '

# outcome: what the last reply is: "report", or the status code that refuses.
outcome() {
	local line

	IFS= read -r line <"$reply" || :
	case $line in
	'method: '*) echo report ;;
	'refused: '*) line=${line#refused: } && echo "${line%%[^0-9]*}" ;;
	*) echo nothing ;;
	esac
}

# expect_outcome 'OUTCOME...' REQUEST|OPERATION...: one of these.
expect_outcome() {
	local got form

	converse "${@:2}"
	# shellcheck disable=SC2086 # words
	[ "$client_status" -eq 0 ] || judged ended "$(outcomes_in_words $1), then the end" || return
	got=$(outcome)
	if [[ " $1 " != *" $got "* ]]; then
		# shellcheck disable=SC2086 # words
		complain "$(outcomes_in_words $1)" "$(why_not "${1%% *}" "$got")"
		return
	fi
	[ "$got" != report ] || return 0
	form=$(wrong_form 1)
	[ -z "$form" ] || { rule 2.5 'sends what is refused' && complain "one line: refused: $got, a space, words, and LF" "$form"; }
}

# outcomes_in_words OUTCOME...
outcomes_in_words() {
	local outcome words=''

	for outcome; do
		case $outcome in
		report) words+="${words:+, or }a report" ;;
		*) words+="${words:+, or }refused: $outcome and why" ;;
		esac
	done
	echo "$words"
}

# refuse_each 'OUTCOME...' REQUEST...: each of them has this outcome. First all in one go, which is
# fast; if that isn't what came, one by one, which tells the wrong one.
refuse_each() {
	local allowed=$1 conversation=() request count=0

	shift
	for request; do
		conversation+=(on "$count" send "$request" read)
		count=$((count + 1))
	done
	tool client "$reply" "$tmp/client" "$host" "$port" "${conversation[@]}" || :
	if [ "$(grep -a -c "^refused: ${allowed%% *} " "$reply")" -ne "$count" ] || [ -n "$(wrong_form "$count")" ]; then
		for request; do
			expect_outcome "$allowed" "$request" || return
		done
	fi
}

# expect_lines REQUEST|OPERATION... <<LINES: a report that has at least these lines.
expect_lines() {
	local line why="it is missing${lesson:+: $lesson}"

	send_all "$@"
	[ "$(outcome)" = report ] || why=$(why_not report "$(outcome)")
	while IFS= read -r line; do
		grep -q -x -F -e "$line" "$reply" || complain "a line: $line" "$why"
	done
}

others_are_served() {
	expect_outcome report timeout 1000 send 'GET / HTTP/1.1\r\n\r\n' read
}
