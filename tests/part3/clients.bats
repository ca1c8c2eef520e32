#!/usr/bin/env bats
# Part 3: many clients, slow ones, and such as leave; deadlines.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=robust
@test "3.43 a slow reader gets all of a large page" {
	tells_requests
	rule 1.10
	serve
	expect_status 200 narrow send 'GET /request?' repeat 7900 '<' send " HTTP/1.1\r\n$end" slow 200 2
	[ -n "${SERVER:-}" ] || [ "$length" -gt 15000 ] ||
		complain 'more than 15,000 octets of content' 'the page shows less of the target than was sent'
	if [ -z "${SERVER:-}" ]; then # the longest target that a head can have, and what is told of it, has room, too
		expect_status 200 send 'GET /request?' repeat $((16384 - 13 - 22)) a send ' HTTP/1.0\r\nA: bcd\r\n\r\n' read
	fi
}

# bats test_tags=robust
@test "3.44 two hundred silent clients, and some that never finish, beside one that speaks" {
	rule 1.4
	serve
	hold crowd 200 send "GET $hello_page HTT" on 1 send "GET $hello_page HTTP/1.1\r\nHost:"
	others_are_served
	others_are_served # the first may have come before they were looked at
}

# bats test_tags=robust
@test "3.45 clients that never read what they asked for" {
	local i conversation=()

	rule 1.10
	serve
	for ((i = 0; i < 50; i++)); do
		conversation+=(on "$i" narrow send "GET $page?$(printf '%04000d' 0) HTTP/1.1\r\n$end")
	done
	hold "${conversation[@]}"
	others_are_served
}

# bats test_tags=robust
@test "3.46 clients that leave, or reset, in the middle" {
	local i

	rule 1.2
	serve
	for ((i = 0; i < 10; i++)); do
		come_and_leave open close open reset send 'GET /hello' reset send "GET $hello_page HTTP/1.1\r\n$end" reset \
			send "GET $hello_page HTTP/1.1\r\n$end" close send "GET $hello_page HTTP/1.1\r\n$end" take 3 reset \
			send 'GET / HTTP/1.1\r\nHost: x\r\n' shut close
	done
	kill -STOP "$server_pid" # what follows has all come when it looks again
	come_and_leave send "GET $hello_page HTTP/1.1\r\n$end" shut reset send "GET $hello_page HTTP/1.1\r\n$end" reset
	kill -CONT "$server_pid"
	others_are_served
}

# bats test_tags=robust,slow
@test "3.48 three hundred clients at once, the last one served first" {
	local conversation

	# They are silent until each has its turn: a head that has begun would be due within 10 seconds.
	rule 1.9
	serve
	read -r -a conversation <<<"$(awk -v end="${end//\\/\\\\}" -v page="$page" 'BEGIN {
		gsub(/ /, "\\x20", end)
		for (i = 1; i <= 300; i++) printf "on %d open ", i
		for (i = 300; i >= 1; i--)
			printf "on %d send GET\\x20%s?client-%d\\x20HTTP/1.1\\r\\n%s read ", i, page, i, end }')"
	expect_statuses "$(awk 'BEGIN { for (i = 1; i < 300; i++) printf "200 "; print 200 }')" "${conversation[@]}"
	if [ "$page" = /request ]; then
		awk 'BEGIN { for (i = 300; i >= 1; i--) print "client-" i }' >"$tmp/due"
		grep -a -o 'client-[0-9]*' "$reply" | uniq | cmp -s "$tmp/due" - ||
			complain 'to each client the page with its own query' 'somebody got what belongs to another: keep what came from each client, and what goes to it, in variables of its own'
	fi
}

# bats test_tags=extra,slow
@test "3.50 the silent are closed after 15 seconds, a head is due within 10" {
	local i before=0 chatter=()

	rule 2.13
	serve_with start_fast
	[ ! -d "/proc/$server_pid/fd" ] || before=$(descriptors)
	for ((i = 0; i < 130; i++)); do # somebody else talks all the time, without a pause of a second
		chatter+=(send "GET $hello_page HTTP/1.1\r\n$end" read close pause $((200 / speed)))
	done
	background client timeout $((25000 / speed)) read lasts $((14500 / speed)) $((20000 / speed + 500))
	background client send 'GET / HTTP/1.1\r\nHost: ' timeout $((25000 / speed)) read \
		lasts $((9500 / speed)) $((15000 / speed + 500))
	background client "${chatter[@]}"
	finish 1 || complain 'the end, 15 to 20 seconds after it connected' \
		"a client that says nothing may stay for ever, or too short: what looks at the clock when its time is up, also while others talk? $client_said"
	[ ! -s "$reply" ] || complain 'the end, without an octet' \
		'who has sent nothing waits for nothing: close without a word'
	finish 2 || complain 'the end, 10 to 15 seconds after the first octet of its head' \
		"a client that has begun a head may stay for ever, or too short: what looks at the clock when its time is up, also while others talk? $client_said"
	finish 3 || complain 'a response, each time' 'somebody who asks again and again was not served'
	none_left_of "$before"
}

# bats test_tags=extra,slow
@test "3.77 who goes on after its response, or never closes, is cut off after five seconds, and not before" {
	local request="GET $hello_page HTTP/1.1\r\n$end" some='0123456789'

	serve_with start_fast
	background client send "$request" read drip $((300 / speed)) "$some"
	background client send "$request" read drip $((600 / speed)) "$some$some"
	background client send "$request" read pause $((12000 / speed)) send 'x' pause 200 send 'x'
	finish 1 || complain 'no reset within three seconds of the response' \
		'the server closed while the client was still sending, which may cost it the response: read on for some seconds'
	if finish 2; then
		complain 'the connection is closed five seconds after the response, and not twelve' \
			'who goes on sending after its response keeps its place for ever: the time to read on counts from the response, not from the last octet'
	fi
	if finish 3; then
		complain 'the connection is closed five seconds after the response, and not twelve' \
			'who does not close after its response keeps its place for ever: close by yourself when the time to read on is over'
	fi
}

# bats test_tags=extra
@test "3.76 when the house is full, newcomers wait at the door, and come in as others leave" {
	ours_only 'how many it takes at once'
	[ "$PART" -eq 3 ] || skip 'from part 4 on, the house has another size'
	serve
	converse crowd 998 on 1 open on 2 open timeout 4000 on 3 send "GET / HTTP/1.1\r\n$end" on 4 send "GET / HTTP/1.1\r\n$end" \
		silent 300 on 3 silent 0 on 1 close on 3 take 12 on 4 silent 200 on 2 close on 3 close on 4 take 12
	known='who comes when the house is full waits at the door, in the queue of listen(), and is not closed; as soon as one client leaves, the next one comes in'
	judged bytes $'HTTP/1.1 200HTTP/1.1 200\n'
}

# bats test_tags=robust,slow
@test "3.61 a request that came while the server was stopped is answered, however late that is" {
	local i

	rule 2.13
	serve_with start_fast
	background client open pause $((2000 / speed)) send "GET $hello_page HTTP/1.1\r\n$end" timeout 30000 read
	background client send "GET $hello_page HTTP/1.1\r\n" pause $((2000 / speed)) send "$end" timeout 30000 read
	nap $((1000 / speed))
	kill -STOP "$server_pid"
	nap $((17000 / speed + 100))
	kill -CONT "$server_pid"
	for i in 1 2; do
		finish "$i" || :
		[ -s "$reply" ] && ! grep -a -q '^HTTP/1\.1 408' "$reply" || complain 'status 200' \
			'the server looked at the clock before it looked at what had come: serve first, then see who is late'
		judged is 200
	done
}

# bats test_tags=robust,slow
@test "3.64 five thousand clients, one after the other, with 256 descriptors: nothing of them is left" {
	local exchanges=(send "GET $page HTTP/1.1\r\n$end" read close send "GET $hello_page HTT" reset
		send "GET $hello_page HTTP/1.1\r\n\r\n" shut read close send "HEAD / HTTP/1.1\r\n$end" read close
		send "GET /nowhere HTTP/1.1\r\n$end" read close send "POST / HTTP/1.1\r\n$end" read close
		send "OPTIONS * HTTP/1.1\r\n$end" read close send "BREW / HTTP/1.1\r\n$end" read close
		send "GET / HTTP/2.0\r\n$end" read close send 'GET /' repeat 17 "$(printf '%01000d' 0)" read close
		send 'GET / HTTP/1.1\r\nA: ' repeat 17 "$(printf '%01000d' 0)" read close)

	ulimit -S -n 256
	rule 1.14
	serve
	if ! often 300 timeout 2000 "${exchanges[@]}"; then
		: >"$reply"
		sent=("${exchanges[@]}")
		complain 'the same answer each time' \
			'the descriptors have run out: the socket of a connection that is over was not closed'
	fi
	waits_for_its_children
	others_are_served
}

# memory: how much memory the server has asked for, in KiB.
memory() {
	awk '/^VmSize:/ { print $2 }' "/proc/$server_pid/status"
}

# leave_unsent: fifty clients leave with a reset, and the server learns of it only when it answers.
leave_unsent() {
	local i resets=()

	for ((i = 1; i <= 50; i++)); do
		resets+=(on "$i" send "GET $hello_page HTTP/1.1\r\n$end" reset)
	done
	kill -STOP "$server_pid" # what they do has all come when it looks again
	client "${resets[@]}"
	kill -CONT "$server_pid"
}

# bats test_tags=extra,slow
@test "3.65 who is served and leaves takes no memory along" {
	ours_only 'its memory'
	tells_requests
	local before grown exchanges=(send "GET /request HTTP/1.1\r\n$end" read close send "GET $hello_page HTT" reset
		send "GET $hello_page HTTP/1.1\r\n\r\n" shut read close)

	[ -r /proc/self/status ] || skip 'there is no /proc here'
	serve
	leave_unsent
	often 300 "${exchanges[@]}"
	before=$(memory)
	[ "$before" -lt 1000000000 ] || skip 'a sanitizer has all of the memory, and looks for what is lost'
	leave_unsent
	often 1000 "${exchanges[@]}"
	grown=$(($(memory) - before))
	if [ "$grown" -gt 128 ]; then
		: >"$reply"
		sent=("${exchanges[@]}")
		complain 'no more memory than after the first 1,500 clients, when 3,000 more have left' \
			"the server has grown by $grown KiB: memory of a connection or a response was not freed"
	fi
}
