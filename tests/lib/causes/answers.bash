# shellcheck shell=bash
# Likely causes of wrong answers that a look at the conversation tells; the judge has more of them, in
# answers.h. Whoever edits the words here changes only what a reader is told. Part of harness.bash, whose
# variables it uses.
# shellcheck disable=SC2034,SC2154

# What a look at a fresh server tells: see judged and learn_why in failure.bash.
right_alone='of an earlier client something is left, a variable, a buffer, a descriptor: alone, on a fresh server, the same request gets its right answer. Here: '
not_beside_these='the server serves several clients, but not beside those that were connected: it has no room for so many, or waits for one of them; as soon as they had left, the answer came'

# no_room_beside COUNT: while so many clients are connected, and silent, the next gets no answer.
no_room_beside() {
	if [ "$1" -eq 1 ]; then
		echo 'the server serves one client at a time: while one is connected and says nothing, the next gets no answer'
	else
		echo "the server serves several clients, but it has no room for so many: while $1 are connected and say nothing, the next gets no answer"
	fi
}

# error_of_server: nothing came, and the last line on standard error that looks like an error may tell why.
error_of_server() {
	local error

	[ -n "${SERVER:-}" ] || return 0
	error=$(LC_ALL=C grep -a -E '^[A-Za-z_.:]*(Error|Exception)|panic|fatal|abort| at .* line [0-9]+' "$log" 2>/dev/null | tail -n 1 | cut -c 1-200)
	[ -z "$error" ] || echo "an error ended what served this request, before anything was sent: $error"
}

# wrong_form COUNT: what is wrong with the form of so many refusals, or nothing.
wrong_form() {
	if [ "$(grep -a -c '^refused: [45][0-9][0-9] ' "$reply")" -lt "$1" ]; then
		echo 'a refusal begins with refused:, a space, the code and a space'
	elif grep -a -q $'\r$' "$reply"; then
		echo 'the line ends in CR LF, where LF alone is due'
	elif [ "$(wc -l <"$reply")" -lt "$1" ]; then
		echo 'the line has no end: LF is missing'
	elif [ "$(grep -a -c '' "$reply")" -gt "$1" ]; then
		echo 'more than one line came: who has refused is done, and must not go on to the report, or to another refusal'
	fi
}

# why_not DUE GOT: the likely cause of another outcome than the one that is due; with what the test
# teaches, its variable lesson.
why_not() {
	if [ "$2" = nothing ] && [ -s "$reply" ]; then
		echo 'a report begins with method:, a space and the method, a refusal with refused:, a space and the code; this begins with neither'
		return
	fi
	case $1,$2 in
	431,nothing | 431,report) echo 'field lines beyond 16 KiB were taken, or ended the connection without a word: there is no limit for them, or none that is told' ;;
	*,nothing)
		case " ${sent[*]} " in
		*' shut '*) echo 'the client has ended its side, and waits for its answer: when recv returns 0, that says only that no more will come' ;;
		*) echo 'neither a report nor a refusal came: was it written, and flushed, before the close?' ;;
		esac
		;;
	report,414 | report,431) echo "a good request was refused as too long: ${lesson:-a head may have 16,384 octets}" ;;
	report,*)
		case " ${sent[*]} " in
		*' repeat '*) echo "a good request was refused: ${lesson:-the server is stricter than the contract}" ;;
		*' drip '* | *' send '*' send '*) echo 'the request came in several pieces: one recv is not one request; go on receiving until the head is whole' ;;
		*) echo "a good request was refused: ${lesson:-the server is stricter than the contract}" ;;
		esac
		;;
	*,report) echo "a request that must be refused was taken for a good one${lesson:+: $lesson}" ;;
	*) echo "it was refused for another reason than the one that is due: $2 in place of $1${lesson:+; $lesson}" ;;
	esac
}

# led_out TARGET: what may have let a path lead out of the site.
led_out() {
	case $1 in
	*%25*) echo 'decoded twice, it has a ..' ;;
	*..../* | *.../. | *..././* | *%2e%2e%2e*) echo '../ is cut out of it, and what is left has another: refuse, do not repair' ;;
	*%2[eEfF]* | *%5[cC]*) echo 'it is looked at before it is decoded: decode first, then look' ;;
	*%*) echo 'its octets are made characters, and then others' ;;
	//[!.]*) echo 'what follows the first slash is opened as an absolute path' ;;
	*) echo 'a segment .. is not refused' ;;
	esac
}

# why_it_is_not_kept REQUEST CODES: why a connection did not go on after this request, in part 5, when these
# codes came, and the last response had $value in its field Connection.
why_it_is_not_kept() {
	if [ "$value" = close ] && [[ $1 == *onnection:* ]]; then
		echo 'the server sees a wish to close where there is none: Connection is a list of words, each compared as a whole'
	elif [ "$value" = close ]; then
		echo 'the server closes, though the client has not asked for it, and it is clear where the next request begins'
	elif [[ $2 == *' 400' ]] || [[ $2 == *' '*' '* ]]; then
		echo 'the content of the first request, or a part of it, was taken for a request: read past all of it, before you parse on'
	elif [ "$client_status" -eq 3 ]; then
		echo 'the second request got no answer: it was read past as content, or lost when the first was answered'
	elif [ "$client_status" -eq 4 ]; then
		echo 'the connection ended after the first answer, which did not say that it would'
	fi
}

# why_it_went_on REQUEST: why a connection did not end after the answer to this request, in part 5.
why_it_went_on() {
	local cause='after such an error nobody can tell where the next request begins: close, and parse no further'

	case $1 in
	*ransfer-[Ee]ncoding:*,*chunked* | *chunked,* | *chunked*ransfer-[Ee]ncoding*)
		cause='chunked was found in a list with another coding: chunked must be the last, and come once, and content in any other coding is not understood' ;;
	*ontent-[Ll]ength*ransfer-[Ee]ncoding* | *ransfer-[Ee]ncoding*ontent-[Ll]ength*)
		cause='two fields say where the content ends, and the server believed one of them: another server may believe the other, and a request is smuggled in' ;;
	*chunked*0x* | *chunked*+* | *chunked*-[0-9]*)
		cause="the size of a chunk is hexadecimal digits and nothing else: a function such as strtoul() takes signs, spaces and 0x, too" ;;
	*[n:\ ]2147483653* | *[n:\ ]4294967301* | *[n:\ ]9223372036854775813* | *n80000005* | *n100000005* | *n8000000000000005*)
		cause='a length was kept in too few bits, 31, 32 or 63, and 5 were left of it: keep it in uint64_t, from its digits on' ;;
	*chunked*00000000000000*)
		cause='the size of a chunk did not fit, and what was left of it was believed: check that the number fits before you multiply' ;;
	*ransfer-[Ee]ncoding*)
		cause='the coding is wrong, and what follows was taken for a request: where the content ends, the server can only have guessed' ;;
	*onnection:*[Cc][Ll][Oo][Ss][Ee]*)
		cause='Connection: close was not understood: it is a list of words, in upper or lower case, and there may be several such fields' ;;
	*ontent-[Ll]ength*)
		cause='where the content ends, nobody can tell, and what follows was taken for a request' ;;
	*HTTP/1.0*) cause='HTTP/1.0 closes, unless the client asks for keep-alive in Connection' ;;
	esac
	echo "$cause"
}
