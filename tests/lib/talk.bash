# shellcheck shell=bash
# Conversations with the server: the client, what comes back, and what is expected of it. Part of harness.bash, whose variables it uses.
# shellcheck disable=SC2034,SC2154

# question WORD...: asks the process that stays, and returns its answer.
question() {
	local status=1

	printf '%s\0' $# "$@" >&7
	IFS= read -r status <&8
	return "$status"
}

# tool client|judge OUTPUT ERRORS ARGUMENT...: runs it, with its output in these files, by the process
# that stays (see tests/lib/coprocess.c), or, in the background, as one of its own. No ERRORS: they are output.
tool() {
	if [ -n "$coprocess" ]; then
		question "$@"
		return
	fi
	[ -n "$3" ] || set -- "$1" "$2" /dev/null "${@:4}"
	"$tests/build/$1" "${@:4}" >"$2" 2>"$3" 3>&- 4>&- 7>&- 8>&-
}

# end_helpers: ends the clients in the background.
end_helpers() {
	local pid

	for pid in $helpers; do
		kill -9 "$pid" 2>/dev/null || :
		wait "$pid" 2>/dev/null || :
	done
	helpers=' '
	companions=()
}

# nap MS: sleeps for so many milliseconds.
nap() {
	local seconds

	printf -v seconds '%d.%03d' $(($1 / 1000)) $(($1 % 1000))
	sleep "$seconds" 3>&- 4>&- 7>&- 8>&-
}

# client OPERATION...: a client of the server; tests/build/client lists the operations.
client() {
	"$tests/build/client" "$host" "$port" "$@" 3>&- 7>&- 8>&-
}

# often N OPERATION...: a client that does these N times, or up to twice as often; what it reads is in
# the file $reply.
often() {
	local count=$1 i all

	shift
	all=("$@") sent=("$@")
	for ((i = 1; i < count; i *= 2)); do
		all+=("${all[@]}")
	done
	tool client "$reply" "$tmp/client" "$host" "$port" most 64 "${all[@]}"
}

# not_held_up EXPECTED: complains that a client of the server, whose log nobody reads, was held up.
not_held_up() {
	tail -c 200 "$reply" >"$tmp/last" && reply=$tmp/last # which is enough to see
	client_status=3 by_test=yes
	IFS= read -r client_said <"$tmp/client" || :
	complain "$1" 'the server waits for its log, which goes to a pipe or a terminal that is full: leave out what the log has no room for'
}

# hold OPERATION...: a client in the background, which does the operations and then stays. Returns
# when it has done them. What it reads is in the file $held.
hold() {
	try_to_hold "$@" && return
	reply=$held sent=("$@") known='' client_status=$held_status
	IFS= read -r client_said <"$tmp/client" || :
	judged ended
}

# try_to_hold OPERATION...: the same, but it may fail.
try_to_hold() {
	local line='' said='' fifo

	held_count=$((${held_count:-0} + 1))
	held=$tmp/held-$held_count
	fifo=$held.ready
	mkfifo "$fifo"
	exec 4<>"$fifo"
	exec 9>"$fifo"
	"$tests/build/client" "$host" "$port" "$@" say 'ready\n' pause 600000 \
		>"$held" 2>&9 3>&- 4>&- 7>&- 8>&- 9>&- &
	helpers="$helpers$! "
	exec 9<"$fifo" 4<&9 9<&-
	while IFS= read -r -t 20 line <&4 && [ "$line" != ready ]; do
		said=$line
	done
	exec 4<&-
	if [ "$line" != ready ]; then
		held_status=0
		kill -9 "$!" 2>/dev/null || :
		wait "$!" 2>/dev/null || held_status=$?
		[ "$held_status" -le 128 ] || held_status=3
		helpers=${helpers/ $! / }
		printf '%s\n' "$said" >"$tmp/client"
		return 1
	fi
	[ "${#companions[@]}" -eq 0 ] || companions+=(on "$((1200 + held_count))")
	companions+=("$@")
}

# come_and_leave OPERATION...: clients that leave, whatever they have got. If the server ends of that, it is
# told.
come_and_leave() {
	sent=("$@") known='' client_status=0 client_said=''
	client "$@" >"$tmp/left" 2>"$tmp/client" || client_status=$?
	if [ "$client_status" -ne 0 ]; then
		IFS= read -r client_said <"$tmp/client" || :
		judged ended
	fi
	companions=("$@")
}

# background COMMAND...: runs it in the background; its output is in $tmp/background-N, N from 1, and
# what it said on standard error in $tmp/background-N.said. finish N waits for it, and returns its
# status; if it was a client, its conversation is the last one, as if it had been held just now.
background() {
	background_count=$((${background_count:-0} + 1))
	{
		coprocess=''
		[ "$1" != client ] || exec "$tests/build/client" "$host" "$port" "${@:2}" # so it can be killed
		"$@"
	} >"$tmp/background-$background_count" 2>"$tmp/background-$background_count.said" 3>&- 4>&- 6>&- 7>&- 8>&- &
	helpers="$helpers$! "
	eval "background_pid_$background_count=\$! background_words_$background_count=(\"\$@\")"
}

finish() {
	local pid=background_pid_$1 words words_of="background_words_$1[@]"

	pid=${!pid} words=("${!words_of}")
	helpers=${helpers/ $pid / }
	client_status=0 client_said=''
	wait "$pid" || client_status=$?
	reply=$tmp/background-$1
	if [ "${words[0]}" = client ]; then
		sent=("${words[@]:1}")
		client_said=$(tail -n 1 "$reply.said")
	fi
	return "$client_status"
}

# read_background N: the conversation of number N in the background, which has been finished, is looked
# at once more.
read_background() {
	local words words_of="background_words_$1[@]"

	words=("${!words_of}")
	reply=$tmp/background-$1 sent=("${words[@]:1}") client_status=0 client_said=''
}

# gulp: a client in the background that reads /huge as fast as it comes.
gulp() {
	"$tests/build/client" "$host" "$port" most 1000000 send 'GET /huge HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' \
		read >/dev/null 2>&1 3>&- 4>&- 7>&- 8>&- &
	helpers="$helpers$! "
}

# show FILE: every octet visible, as cat -vet has it, and a line end after the last line.
show() {
	tool judge "$tmp/shown" '' "$1" show
	cat "$tmp/shown"
}

# converse REQUEST, or converse OPERATION...: has a conversation with the server; a lone request is
# sent, and answered by what comes until the server closes. What came is in the file $reply. Whether
# all went as told, the judge says.
converse() {
	[ $# -ne 1 ] || set -- send "$1" read
	sent=("$@") client_status=0 client_said='' known='' talks=$((talks + 1))
	tool client "$reply" "$tmp/client" "$host" "$port" "$@" || client_status=$?
	[ "$client_status" -eq 0 ] || IFS= read -r client_said <"$tmp/client" || :
}

# try OPERATION...: another client, to learn something from.
try() {
	tool client "$tmp/tried" "$tmp/tried-said" "$host" "$port" timeout 2000 "$@"
}

# end_crowd: the clients in the background leave, but what they did is still told.
end_crowd() {
	local did=("${companions[@]+"${companions[@]}"}")

	end_helpers
	companions=("${did[@]+"${did[@]}"}")
}

# send_all REQUEST|OPERATION...: has a conversation, and fails if it doesn't go as told.
send_all() {
	converse "$@"
	[ "$client_status" -eq 0 ] || judged ended
}

# talk REQUEST|OPERATION...: has the conversation and prints the reply, every byte visible.
talk() {
	send_all "$@" || return
	show_reply
}

# show_reply: the reply, every byte visible, with dates, entity tags and ports normalised.
show_reply() {
	tool judge "$tmp/shown" '' -p "${port:-}" "$reply" show
	cat "$tmp/shown"
}

# expect REQUEST|OPERATION... <<REPLY: the reply must be this, byte for byte.
expect() {
	local due=''

	IFS= read -r -d '' due || :
	converse "$@"
	judged bytes "$due"
}

# expect_status 'CODE...' REQUEST|OPERATION...: a well-formed response with one of these codes.
expect_status() {
	converse "${@:2}"
	judged is "$1" || return
	# shellcheck disable=SC2034 # the tests read them
	read -r code head_len length <<<"$facts"
}

# expect_head REQUEST|OPERATION... <<REPLY: a well-formed response with this status code, and these
# fields, once each, in any order; among others. "Name: *" is any value, "Name: ~EXPRESSION" one
# that matches it, "!Name" a field that must be absent.
expect_head() {
	local first line rules=()

	IFS= read -r first
	while IFS= read -r line && [ -n "$line" ]; do
		rules+=("$line")
	done
	converse "$@" </dev/null
	first=${first#HTTP/1.1 }
	judged is "${first%% *}" ${rules[@]+"${rules[@]}"}
}

# split_reply: splits the reply into $tmp/head and $tmp/content.
split_reply() {
	local code head_len length

	tool judge "$tmp/facts" '' "$reply" facts
	read -r code head_len length <"$tmp/facts"
	tail -c "$((head_len + length))" "$reply" >"$tmp/rest"
	head -c "$head_len" "$tmp/rest" >"$tmp/head"
	tail -c "$length" "$reply" >"$tmp/content"
}

# field NAME: the values that the reply has for a field, one a line.
field() {
	local line

	tool judge "$tmp/values" '' "$reply" field "$1"
	while IFS= read -r line; do
		printf '%s\n' "$line"
	done <"$tmp/values"
}

# statuses: the codes of all responses in the reply, in order, on one line.
statuses() {
	read_statuses
	echo "$codes"
}

# read_statuses: the same; sets codes.
read_statuses() {
	tool judge "$tmp/codes" '' "$reply" codes
	read -r codes <"$tmp/codes" || :
}

# expect_statuses 'CODE...' REQUEST|OPERATION...: responses with exactly these codes, in order.
expect_statuses() {
	converse "${@:2}"
	judged statuses "$1"
}

# expect_each 'CODE...' REQUEST...: each of them, on a connection of its own, gets one of these. First
# all in one go, which is fast; if that isn't what came, one by one, which tells the wrong one.
expect_each() {
	local allowed=$1 conversation=() code due=0 request came=0

	shift
	for request; do
		conversation+=(on "$due" send "$request" read)
		due=$((due + 1))
	done
	tool client "$reply" "$tmp/client" "$host" "$port" "${conversation[@]}" || :
	for code in $(statuses); do
		[[ $code == 1?? ]] || came=$((came + 1))
		[[ " $allowed " != *" $code "* ]] || due=$((due - 1))
	done
	[ "$due" -ne 0 ] || [ "$came" -ne $# ] || return 0
	for request; do
		if has_ended; then # of one of them: which?
			wait "$server_pid" 2>/dev/null || :
			server_pid=''
			restart || return
		fi
		expect_status "$allowed" "$request" || return
	done
	converse "${conversation[@]}"
	complain "each of these requests is answered with ${allowed// / or }" \
		'one by one they are answered rightly, but not when they come on several connections at once'
}

# What a browser sends in its head besides Host, as it came from Firefox and Chromium.
of_a_browser='User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36\r\n'
of_a_browser+='Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n'
of_a_browser+='Accept-Language: en-GB,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nDNT: 1\r\n'
of_a_browser+='sec-ch-ua: "Chromium";v="142", "Not_A Brand";v="99"\r\nsec-ch-ua-mobile: ?0\r\nsec-ch-ua-platform: "Linux"\r\n'
of_a_browser+='Referer: http://localhost:8080/?a=b&c=d\r\nCookie: session=YWJjZGVm+/==; theme=dark; _ga=GA1.1.1164.1698\r\n'
of_a_browser+='Upgrade-Insecure-Requests: 1\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: same-origin\r\n'
of_a_browser+='Sec-Fetch-User: ?1\r\nPriority: u=0, i\r\nPragma: no-cache\r\nCache-Control: no-cache\r\n'
