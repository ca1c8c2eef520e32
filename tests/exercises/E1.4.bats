#!/usr/bin/env bats
# E1.4, a time server. It is no echo any more:
# breaks: all but 1.18 1.20 1.21 1.22 1.23 1.32 1.33
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load ../part1/common
sample=(open read)

# tells_the_time: the reply is one line, and its date is one of those while the client was connected.
tells_the_time() {
	local now form='^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT\^M\$$'

	now=$(date -u '+%a, %d %b %Y %H:%M:%S GMT')
	[ "$client_status" -ne 3 ] || complain 'the date, then the end' \
		'the server waits for the client: here it speaks first, and closes when it has said all'
	judged ended 'the date, then the end' || return
	[ -s "$reply" ] || complain 'the date, then the end' 'who has half-closed still reads: tell the time before you receive'
	[[ $(show "$reply") =~ $form ]] ||
		complain "one line such as $now, which ends in CR LF" 'it is another form, or more, or less, than one line'
	[[ $(tr -d '\r' <"$reply") < $before || $(tr -d '\r' <"$reply") > $now ]] || return 0
	[ "${before% *:*}" != "${now% *:*}" ] || # not just at midnight
		complain "a time from $before to $now" 'it is not the time of now, in GMT: was it made before the client came?'
}

# connected OPERATION...: a client, whose answer must be the time.
connected() {
	before=$(date -u '+%a, %d %b %Y %H:%M:%S GMT')
	converse "$@"
	tells_the_time
}

# bats test_tags=must
@test "E1.4.1 who connects and says nothing is told the time, and then the end" {
	start
	connected timeout 3000 open read
	nap 1100
	connected timeout 3000 open read
}

# bats test_tags=must
@test "E1.4.2 a client that half-closes at once is told it, too" {
	start
	connected shut read
}

# bats test_tags=must
@test "E1.4.3 what a client sends is thrown away, and takes nothing of the date" {
	start
	connected timeout 3000 send 'What time is it?\r\n' read
	connected repeat 20000 'What time is it, and what time is it now?\r\n' shut read
}

# bats test_tags=robust
@test "E1.4.4 beside a hundred clients that neither speak nor leave" {
	start
	hold crowd 100
	connected timeout 3000 open read
}
