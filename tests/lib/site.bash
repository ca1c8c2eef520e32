# shellcheck shell=bash
# What the tests of parts 4 and 5 have in common: a site to serve, and short ways to ask for it.
# The variables of the harness are used here, and some of these in the tests:
# shellcheck disable=SC2034,SC2154

sample=(send 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' take 1)

# make_site: a small site in the folder $site; what stands beside it must never be served.
make_site() {
	site=$tmp/site
	mkdir -p "$site/b/deep/er" "$site/bare" "$site/a dir" "$site/.git"
	printf 'SECRET\n' >"$tmp/secret.txt"
	printf '<!DOCTYPE html>\n<title>home</title>\n' >"$site/index.html"
	printf '<!DOCTYPE html>\n<title>about</title>\n' >"$site/about.html"
	printf '<!DOCTYPE html>\n<title>folder b</title>\n' >"$site/b/index.html"
	printf 'this is a\n' >"$site/a.txt"
	printf 'this is b\n' >"$site/b.txt"
	printf 'this is c\n' >"$site/b/c.txt"
	printf 'this is d\n' >"$site/b/deep/er/d.txt"
	printf 'this is x\n' >"$site/bare/x.txt"
	printf 'abcdefghijklmnopqrstuvwxyz' >"$site/letters"
	printf 'SECRET\n' >"$site/.hidden"
	printf 'SECRET\n' >"$site/.git/config"
	: >"$site/empty.txt"
}

# sparse MIB FILE: a file of that size, all zeros, which takes no room on the disk.
sparse() {
	dd if=/dev/null of="$2" bs=1048576 seek="$1" 2>/dev/null
}

# ask METHOD TARGET [FIELD...]: asks on a connection of its own, which is closed after the answer.
ask() {
	local fields=''

	[ $# -eq 2 ] || printf -v fields '%s\\r\\n' "${@:3}"
	converse "$1 $2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n$fields\r\n"
}

get() {
	ask GET "$@"
}

# is 'CODE...' [NAME: VALUE|!NAME]...: the answer has one of these codes, a Date, as much content as
# it says, and these fields; those after a ! it must not have. Sets code, head_len and length, that
# of the content. With no codes it only sets them.
is() {
	if [ -n "$1" ]; then
		judged is "$@" || return
	else
		tool judge "$tmp/facts" '' "$reply" facts
		IFS= read -r facts <"$tmp/facts"
	fi
	# shellcheck disable=SC2086 # three words
	set -- $facts
	code=$1 head_len=$2 length=$3
}

# value_of NAME: sets value to that of the field in the answer, and fails if there is none.
value_of() {
	look_up "$1"
	[ -n "$value" ] || complain "a field $1" "$1 is missing"
}

# look_up NAME: the same, but there may be none.
look_up() {
	value=''
	tool judge "$tmp/values" '' "$reply" field "$1"
	IFS= read -r -d '' value <"$tmp/values" || :
	value=${value%$'\n'}
}

# has FILE [FIRST LAST]: the content is that of the file, or of its octets from FIRST to LAST.
has() {
	judged content "$@"
}

# lacks EXPRESSION: no line of the reply matches it.
lacks() {
	local cause='this must never come'

	[[ $1 != *SECRET* ]] || cause='octets of a file came that must never be shown'
	judged lacks "$1" "$cause"
}

# expect_contents 'WORD...': these files came, in this order, and no more; a.txt holds "this is a".
expect_contents() {
	judged contents "$1"
}

# read_slowly OPERATION...: a client whose reader stops after the first line, so that it stops, too;
# read_on goes on, to the end, puts all that came into the file $reply, and returns the status of
# the client.
read_slowly() {
	local line=''

	rm -f "$tmp/slow"
	mkfifo "$tmp/slow"
	slow=("$@")
	exec 5<>"$tmp/slow"
	exec 9>"$tmp/slow"
	"$tests/build/client" "$host" "$port" most 8192 "$@" >&9 2>"$tmp/client" 3>&- 4>&- 5>&- 7>&- 8>&- 9>&- &
	slow_pid=$!
	helpers="$helpers$slow_pid "
	exec 9<"$tmp/slow" 5<&9 9<&-
	IFS= read -r line <&5 || :
	printf '%s\n' "$line" >"$tmp/slow-reply"
	if [[ $line != 'HTTP/1.1 200'* ]]; then
		sent=("${slow[@]}")
		cp "$tmp/slow-reply" "$reply"
		complain 'status 200' "$(if [ -n "$line" ]; then echo 'another status came first'; else echo 'nothing came, not even a status line'; fi)" || return
	fi
}

read_on() {
	local status=0

	cat <&5 >>"$tmp/slow-reply"
	exec 5<&-
	mv "$tmp/slow-reply" "$reply"
	helpers=${helpers/ $slow_pid / }
	wait "$slow_pid" || status=$?
	sent=("${slow[@]}") request=${slow[1]}
	is ''
	return "$status"
}

# still_serves: a small file comes, and within a second.
still_serves() {
	send_all timeout 1000 send 'GET /a.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read &&
		is 200 && has "$site/a.txt"
}

# gone TARGET: it is not found.
gone() {
	get "$1" && is 404
}

# until_true CHECK...: again and again, for four seconds, until it succeeds; only the last time it tells.
until_true() {
	local tries=0

	until trying=yes "$@" >/dev/null; do
		tries=$((tries + 1))
		if [ "$tries" -eq 80 ]; then
			"$@"
			return
		fi
		sleep 0.05
	done
}

# in_two_seconds CHANGED CHECK...: repeats the check until it passes. What is asked more than two seconds
# after CHANGED (see SECONDS) must pass; when it is asked is up to the machine.
in_two_seconds() {
	local changed=$1 asked

	shift
	while asked=$SECONDS && ! trying=yes "$@" >/dev/null; do
		[ $((asked - changed)) -le 2 ] || complain 'what is on the disk now, for all that is asked two seconds after the change' \
			'the server believes for too long what it remembers of a file: look at the disk again, at the path itself'
		sleep 0.05
	done
}

# end_is_timed: how long the server takes to end is measured; where it is built with AddressSanitizer, the
# search for leaks would count, too.
end_is_timed() {
	export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
}

# serves TARGET FILE: the file is what comes for it, on a new connection.
serves() {
	get "$1" && is 200 && has "$2"
}

# refused: nobody listens any more.
refused() {
	! client open 2>/dev/null || complain 'no newcomer is let in' 'the server still listens, four seconds after SIGTERM'
}

# ends_soon: the conversation, in which a client that gives the server two seconds read to the end, has come
# to it.
ends_soon() {
	[ "$client_status" -ne 3 ] || {
		client_status=0
		complain 'the response, and the end within two seconds after it' \
			'the end comes only when a deadline has passed, or not at all: say at once that nothing more comes, with shutdown() or close()'
	}
}
