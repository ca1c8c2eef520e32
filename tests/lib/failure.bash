# shellcheck shell=bash
# What is told when a test fails: the requirement, what came, the likely cause, how to repeat it. Part of harness.bash, whose variables it uses.
# shellcheck disable=SC2034,SC2154

# The client waited in vain. Beside how many others would it not have? Or does the server spin?
learn_why() {
	[ "$client_status" -eq 3 ] && [ -n "$server_pid" ] || return 0
	if [ "$helpers" != ' ' ] || [[ " ${sent[*]} " == *' on '* || " ${sent[*]} " == *' crowd '* ]]; then
		known=$(aside find_room)
		if [ -z "$known" ] && [ "$helpers" != ' ' ]; then
			end_crowd
			[ -s "$reply" ] || ! try "${sent[@]}" || known=$not_beside_these
		fi
	fi
	[ -n "$known" ] || spins || :
}

# find_room: tells beside how many silent clients the plainest request gets no answer, if that is so.
find_room() {
	local others begun=$SECONDS

	if ! try "${sample[@]}"; then
		known=''
		spins || known='the plainest request gets no answer either, though nobody else is connected: mend that first'
		echo "$known"
		return
	fi
	for others in 1 3 15 63 255 900; do
		[ $((SECONDS - begun)) -lt 8 ] || return
		if ! try crowd "$others" "${sample[@]}"; then # once more: the machine may be busy
			! try "${sample[@]}" || try crowd "$others" "${sample[@]}" || no_room_beside "$others"
			return
		fi
	done
}

# is_right_alone JUDGEMENT...: whether the last conversation, had with a server that knows nobody else, is right.
is_right_alone() {
	reply=$tmp/alone client_status=0 client_said=''
	tool client "$reply" "$tmp/client" "$host" "$port" timeout 3000 "${sent[@]}" || client_status=$?
	[ "$client_status" -eq 0 ] || IFS= read -r client_said <"$tmp/client" || :
	ask_judge "$@" >/dev/null
}

# judged JUDGEMENT...: what the judge thinks of the reply (see tests/lib/judge); says all there is to
# say if it is wrong. Sets facts.
judged() {
	ask_judge "$@" && return
	[ -z "$trying" ] || return
	if ! has_ended; then
		[ "$1" = wrong ] || learn_why # whoever says what is wrong knows why
		[ -s "$reply" ] || [ -n "$known" ] || [ "$1" = wrong ] || known=$(error_of_server)
		[ -z "$known" ] || ask_judge "$@" || :
		if [ "$1" != wrong ] && [ -z "$known" ] && [ "$talks" -gt 1 ] && [ "$client_status" -ne 2 ] &&
			aside is_right_alone "$@" && ! (is_right_alone "$@"); then
			facts=${facts/--- likely cause: /--- likely cause: $right_alone}
		fi
	else
		ended=0
		wait "$server_pid" 2>/dev/null || ended=$?
		server_ended="$(status_in_words "$ended"): $(cause_of_status "$ended")"
		server_pid=''
		ask_judge "$@" || :
	fi
	explain "$facts"
	return 1
}

ask_judge() {
	local status=0

	tool judge "$tmp/facts" '' -p "${port:-}" -c "$client_status" -m "$client_said" -w "$known" \
		-b "${companions[*]+"$(quote "${companions[@]}")"}" -e "$server_ended" "$reply" "$@" \
		-- ${sent[@]+"${sent[@]}"} || status=$?
	facts=''
	IFS= read -r -d '' facts <"$tmp/facts" || :
	facts=${facts%$'\n'}
	return "$status"
}

# complain EXPECTED CAUSE: fails, and says why.
complain() {
	judged wrong "$1" "$2"
}

# explain WHAT: prints what is required, what went wrong, how to repeat it, and where to read on.
explain() {
	explained=yes
	if [ -n "$server_ended" ]; then
		echo "--- the server has ended, with $(status_in_words "$ended")"
		[ ! -s "$log" ] || { echo '--- its last words:' && last_words "$log"; }
	fi
	contract_row "$1"
	[ -z "${mistake#-}" ] || echo "--- what is wrong with this request: $mistake"
	printf '%s\n' "$1"
	if [ -z "$server_ended" ] && [ -n "${SERVER:-}" ] &&
		LC_ALL=C grep -a -q -i -E 'error|exception|traceback|panic|fatal' "$log" 2>/dev/null; then
		echo '--- meanwhile the server said on standard error, which may be the cause:'
		last_words "$log"
	fi
	by_hand
	taught_in
}

taught_in() {
	[ -z "$heading" ] || echo "--- taught in: $book, \"$heading\"${step:+, step \"$step\"}"
}

# rule STEP [WORDS]: from here on, the test is about what this step of the book teaches, and what that row of
# the contract requires whose first cell has these words. tests/book/contract sees that there are both.
rule() {
	RULE_STEP=$1 RULE_WORDS=${2:-}
}

# contract_row [WHAT]: prints what the contract in TUTORIAL.md requires in the row that names this test; if
# several do, in the one that fits best what was sent, and WHAT is told of the answer. Sets heading to the
# chapter's, and step to that of the step that teaches it.
contract_row() {
	local row all="${sent[*]}" number=${BATS_TEST_DESCRIPTION%% *}

	heading='' step=''
	[[ $number != E* ]] || { exercise_row "${number%.*}" && return; }
	while IFS= read -r row; do
		case $row in
		'## '*) heading=${row#\#\# } ;;
		'### '*) step=${row#\#\#\# } ;;
		'--- '*) echo "$row" ;;
		esac
	done < <(RULE_STEP=${RULE_STEP:-} RULE_WORDS=${RULE_WORDS:-} WHAT=${1:-} SENT=${all:0:4000} \
		awk -v number="$number" -f "$lib/contract.awk" "$lib/causes/taught" "$root/$book" 2>/dev/null)
}

# exercise_row NUMBER: prints what the exercise requires. Sets heading to its number and name.
exercise_row() {
	local row

	row=$(grep -F -e "- **$1 " "$root/$book")
	heading=${row#*\*\*} heading=${heading%%\*\**}
	row=${row#*\*True:\* } row=${row%% \*Hint:\**}
	[ -z "$row" ] || echo "--- required: $row"
}

# quote WORD...: the words as a shell takes them, on one line.
quote() {
	local word line='' apostrophe="'\\''"

	for word; do
		word=${word//$'\r'/\\r} word=${word//$'\n'/\\n} word=${word//$'\t'/\\t}
		if [[ $word =~ [^A-Za-z0-9_./-] ]] || [ -z "$word" ]; then
			word="'${word//\'/$apostrophe}'"
		fi
		line="$line $word"
	done
	echo "${line# }"
}

# One line that repeats the conversation, and what others did before it, against a server started by
# hand on port 8080; or, where that is too long, or by_test is set since more belongs to it, the test.
by_hand() {
	local again="make test-part$PART ${EXERCISE:+EXERCISE=$EXERCISE }T=${BATS_TEST_DESCRIPTION%% *}${seed:+ SEED=$seed}${SERVER:+ SERVER=$(quote "$SERVER")}"
	local line words=(${sent[@]+"${sent[@]}"})

	if [ "${#companions[@]}" -gt 0 ] && [[ " ${words[*]} " != *' on '* ]]; then
		words=("${companions[@]}" on 1000 "${words[@]}")
	fi
	if [ "${#words[@]}" -eq 3 ] && [ "${words[0]} ${words[2]}" = 'send read' ]; then
		line="printf '%b' $(quote "$(octal "${words[1]}")") | nc 127.0.0.1 8080"
	else
		line="tests/build/client 127.0.0.1 8080 $(quote ${words[@]+"${words[@]}"})"
	fi
	if [ -n "$by_test" ] || ! is_plain_site || [ "${#line}" -gt 500 ] || [[ $line == *"$tmp"* ]] || [ "${#words[@]}" -eq 0 ]; then
		echo "--- by hand: $again"
	else
		echo "--- by hand, with the server on port 8080$(site_by_hand): $line"
		curl_by_hand
		[ -z "$seed" ] || echo "--- the same lot again: $again"
	fi
}

# site_by_hand: how to have the site of the test, from part 4 on.
site_by_hand() {
	[ -z "${site:-}" ] || echo " (make site OUT=/tmp/site, and /tmp/site as its last word)"
}

# is_plain_site: the site is as make_site makes it, so that it can be had by hand.
is_plain_site() {
	[ -n "${site:-}" ] || return 0
	(
		tmp=$tmp/plain
		mkdir -p "$tmp" && kept=$site && make_site && diff -r "$kept" "$site"
	) >/dev/null 2>&1
}

# curl_by_hand: a lone request as curl sends it, if it can: no content, no octet out of the ordinary.
curl_by_hand() {
	local head line words=(-i --path-as-is) method target version

	[ "$PART" -ge 3 ] && [ "${#sent[@]}" -eq 3 ] && [ "${sent[0]} ${sent[2]}" = 'send read' ] || return 0
	head=${sent[1]%'\r\n\r\n'}
	read -r method target version <<<"${head%%'\r\n'*}"
	[[ $method =~ ^[A-Z]+$ && $target == /* && $version == HTTP/1.[01] && $head != "${sent[1]}" ]] || return 0
	[[ ! ${head//'\r\n'/} =~ \\ ]] || return 0
	case $method in
	GET) ;;
	HEAD) words+=(-I) ;;
	*) words+=(-X "$method") ;;
	esac
	[ "$version" = HTTP/1.1 ] || words+=(-0)
	head=${head#"$method $target $version"}
	while [ -n "$head" ]; do
		head=${head#'\r\n'} line=${head%%'\r\n'*} head=${head#"$line"}
		[[ $line == [A-Za-z]*:\ ?* ]] || return 0
		[ "$line" = 'Host: x' ] || words+=(-H "$line")
	done
	echo "--- or: curl $(quote "${words[@]}" "http://127.0.0.1:8080$target")"
}

# octal TEXT: with \0351 in place of \xe9, which is not known to the printf of every shell.
octal() {
	local text=$1 number

	while [[ $text =~ ^(.*)\\x([0-9a-fA-F]{2})(.*)$ ]]; do
		printf -v number '\\0%03o' "0x${BASH_REMATCH[2]}"
		text=${BASH_REMATCH[1]}$number${BASH_REMATCH[3]}
	done
	echo "$text"
}
