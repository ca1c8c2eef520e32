# shellcheck shell=bash
# Part 5: keep-alive. What holds for part 4 holds here, too: tests/run 5 runs its tests as well.
# Variables of the harness are used, and changed in one test without a change in the next:
# shellcheck disable=SC2030,SC2031,SC2034,SC2154
export PART=${PART:-5}
load ../lib/harness
load ../lib/site

setup() {
	harness_setup
	make_site
}

a='GET /a.txt HTTP/1.1\r\nHost: x\r\n\r\n'
b='GET /b.txt HTTP/1.1\r\nHost: x\r\n\r\n'
last_b='GET /b.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'

chunked='Host: x\r\nTransfer-Encoding: chunked\r\n\r\n'

# keeps 'CODE...' REQUEST [reply|head]: the answer has one of these codes, and the connection goes
# on: the request after it, sent once the answer has come, is answered, too. The answer is read
# with its content, or without.
keeps() {
	local got

	converse send "$2" "${3:-reply}" send "$last_b" reply read
	read_statuses
	got=$codes
	value_of Connection || :
	if [ "$client_status" -ne 0 ] || [[ " $1 " != *" ${got% 200} "* ]] || [ "$value" = close ]; then
		why_not_kept "$@"
	fi
}

# why_not_kept 'CODE...' REQUEST: complains, when the connection did not go on as it should have.
why_not_kept() {
	local expected="one of these status codes, then 200, and no Connection: close: $1" cause=''

	if [[ " $1 " != *" ${got%% *} "* ]]; then
		judged is "$1" || return
	elif [ "$value" = close ] && [[ $2 == *onnection:* ]]; then
		cause='the server sees a wish to close where there is none: Connection is a list of words, each compared as a whole'
	elif [ "$value" = close ]; then
		cause='the server closes, though the client has not asked for it, and it is clear where the next request begins'
	elif [[ $got == *' 400' ]] || [[ $got == *' '*' '* ]]; then
		cause='the content of the first request, or a part of it, was taken for a request: read past all of it, before you parse on'
	elif [ "$client_status" -eq 3 ]; then
		cause='the second request got no answer: it was read past as content, or lost when the first was answered'
	elif [ "$client_status" -eq 4 ]; then
		cause='the connection ended after the first answer, which did not say that it would'
	fi
	[ -z "$cause" ] || client_status=0
	complain "$expected" "${cause:-these came: $got}"
}

# closes 'CODE...' REQUEST [OPERATION...]: the answer has one of these codes and says that the
# connection closes, and so it does: what is pipelined after it gets no answer.
closes() {
	request=$2$b
	converse "${@:3}" timeout 2000 send "$request" read
	if grep -a -q 'this is b' "$reply"; then
		went_on "$2"
	else
		ends_soon
		is "$1" 'Connection: close'
	fi
}

# went_on REQUEST: complains that the connection did not end after its answer.
went_on() {
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
	client_status=0
	complain 'one response, with Connection: close, then the end' "$cause"
}

# times N WORD...: the words, N times.
times() {
	local i line="${*:2}"

	for ((i = 1; i < $1; i++)); do
		line="$line ${*:2}"
	done
	echo "$line"
}
