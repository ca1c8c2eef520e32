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
	look_up Connection
	if [ "$client_status" -ne 0 ] || [[ " $1 " != *" ${got% 200} "* ]] || [ "$value" = close ]; then
		why_not_kept "$@"
	fi
}

# why_not_kept 'CODE...' REQUEST: complains, when the connection did not go on as it should have.
why_not_kept() {
	local expected="one of these status codes, then 200, and no Connection: close: $1" cause=''

	if [[ " $1 " != *" ${got%% *} "* ]]; then
		judged is "$1" || return
	fi
	cause=$(why_it_is_not_kept "$2" "$got")
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
	complain 'one response, with Connection: close, then the end' "$(why_it_went_on "$1")"
}

# times N WORD...: the words, N times.
times() {
	local i line="${*:2}"

	for ((i = 1; i < $1; i++)); do
		line="$line ${*:2}"
	done
	echo "$line"
}
