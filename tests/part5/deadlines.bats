#!/usr/bin/env bats
# Part 5: deadlines of each phase.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# pause_and_read: three clients ask for 32 MiB and stop reading, one five times for 25 seconds, one for
# 58 seconds, one for 70. Sets steady, in_time and late to their numbers in the background, and succeeds
# if the first two got all, and the third not.
pause_and_read() {
	local ask='GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' wait=$((25000 / speed))

	background client most 32 narrow send "$ask" take 6000000 pause "$wait" take 6000000 pause "$wait" \
		take 6000000 pause "$wait" take 6000000 pause "$wait" take 6000000 pause "$wait" read
	background client most 32 narrow send "$ask" pause $((58000 / speed)) read
	background client most 32 send "$ask" pause $((70000 / speed)) read
	steady=$((background_count - 2)) in_time=$((background_count - 1)) late=$background_count
	finish "$steady" || :
	[ "$(wc -c <"$reply")" -gt 33554432 ] || return
	finish "$in_time" || :
	[ "$(wc -c <"$reply")" -gt 33554432 ] || return
	# The other notices the end only when it reads at last: some of the file never comes.
	finish "$late" || :
	[ "$(wc -c <"$reply")" -lt 33554432 ]
}

# bats test_tags=extra,slow
@test "5.53 a client that never reads what it asked for is ended after 60 seconds, and not before" {
	sparse 32 "$site/big"
	start "$site"
	converse most 40 send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	is 200 'Content-Length: 33554432' # to one who reads at once, all of it comes
	# At thirty times the pace it is soon seen, but then a tenth of a second is three: who fails gets
	# a second look.
	SPEED=30 start_fast "$site"
	if pause_and_read; then
		return
	elif [ "$speed" -ne 1 ]; then
		start_fast "$site"
		pause_and_read && return
	fi
	if [ "$reply" = "$tmp/background-$steady" ]; then
		complain 'all of the file, in 75 seconds' \
			'a download that goes on is ended: let the 60 seconds begin anew with each octet that goes out'
	elif [ "$reply" = "$tmp/background-$in_time" ]; then
		complain 'all of the file' 'the end came before 60 seconds without progress'
	else
		complain 'the end, 60 seconds after the last octet went out' \
			'nothing ends a client that never reads: it holds its place, and its file, for ever'
	fi
}

# deadline_of FROM TO OPERATION...: a client in the background; the end must come FROM to TO ms after
# it began.
deadline_of() {
	background client timeout $((50000 / speed)) "${@:3}" lasts $(($1 / speed)) $(($2 / speed + 500))
}

# bats test_tags=extra,slow
@test "5.48 deadlines: silence is ended without a byte, a head that takes too long with 408" {
	local i

	sparse 8 "$site/big"
	start_fast "$site"
	deadline_of 14500 20000 read
	deadline_of 14500 20000 send "$a" reply read
	deadline_of 9500 15000 send "$a${b:0:20}" reply read
	deadline_of 9500 15000 send 'GET /a.txt HTTP/1.1\r\nX: ' drip $((5500 / speed)) '012' read
	deadline_of 14000 23000 send "$a" reply pause $((8000 / speed)) send 'GET /a.txt HTTP/1.1\r\n' \
		pause $((3000 / speed)) send 'Host: x\r\n' pause $((3000 / speed)) send 'Connection: close\r\n\r\n' read
	# CR and LF by turns must win no time
	background client timeout $((20000 / speed)) drip $((3000 / speed)) '\r\n\r\n\r' read \
		lasts 0 $((20000 / speed + 500))
	background client timeout $((50000 / speed)) send "$a" reply pause $((8000 / speed)) send "$a" reply \
		pause $((8000 / speed)) send "$a" reply pause $((8000 / speed)) send "$last_b" read
	background client most 8 narrow timeout $((50000 / speed)) send "${a/a.txt/big}" head take 2500000 \
		pause $((9000 / speed)) take 2500000 pause $((9000 / speed)) take 3388608 send "$last_b" reply read
	for i in 1 2 3 4 5 6 7 8; do
		finish "$i" || {
			case $i in
			3) complain '408, 10 seconds after the first octet' 'a head that has begun after another request has no deadline, or another' ;;
			4) complain '408, 10 seconds after the first octet' 'each octet wins time: let the deadline of a head begin with its first octet, and stay' ;;
			6) complain 'the end within 20 seconds' 'empty lines win time' ;;
			8) complain 'two responses' 'the 15 seconds for silence begin when the last octet of a response has gone, and not with its request' ;;
			7) complain 'four responses' 'the 15 seconds for silence begin with the last response, not with the connection' ;;
			*) complain 'the end, in its time' "$client_said" ;;
			esac
		}
	done
	read_background 1
	[ ! -s "$reply" ] || complain 'the end, and not an octet' \
		'who has sent nothing waits for nothing: close without a word'
	read_background 2
	[ "$(tail -c 10 "$reply")" = 'this is a' ] || complain 'one response, then the end, and not an octet more' \
		'who is silent between two requests waits for nothing: close without a word'
	read_background 3
	sed -n '/^HTTP.* 408/,$p' "$reply" >"$tmp/second" && reply=$tmp/second
	is 408 'Connection: close'
	read_background 4
	is 408 'Connection: close'
	read_background 5
	[ "$(statuses)" = '200 200' ] || complain '200, and once more 200' \
		"these came: $(statuses); the ten seconds for a head begin with its first octet, not with the silence before it"
	read_background 6
	[ ! -s "$reply" ] || is 408 'Connection: close'
	read_background 7
	expect_contents 'a a a b'
}

# bats test_tags=robust,slow
@test "5.49 a request that comes just as the time for it ends is answered, and not reset" {
	local answered=0 closed=0 i last_lost lost=0 status

	start_fast "$site"
	for ((i = 1; i <= 50; i++)); do
		background client open pause $(((14500 + 40 * i) / speed)) silent 0 send "$last_b" read
	done
	for ((i = 1; i <= 50; i++)); do
		status=0
		finish "$i" || status=$?
		if [ "$status" -eq 4 ]; then
			closed=$((closed + 1)) # before it asked
		elif [ "$status" -eq 0 ] && grep -q 'this is b' "$reply"; then
			answered=$((answered + 1))
		else
			lost=$((lost + 1)) last_lost=$i
		fi
	done
	[ "$lost" -gt 1 ] || return 0 # a request and the end may pass each other on their way
	read_background "$last_lost"
	complain 'an answer, or the end before it asks' \
		"$lost of fifty clients were lost ($answered were answered, $closed closed before they asked): the deadline is looked at before the socket is; receive once more"
}

# bats test_tags=extra,slow
@test "5.52 content that does not come, or not in time, is waited for no longer than 30 seconds" {
	start_fast "$site"
	deadline_of 29500 36000 send 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc' read
	background client timeout $((36000 / speed)) send 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n' \
		drip $((1000 / speed)) '0123456789012345678901234567890123456789'
	background client timeout $((36000 / speed)) send 'GET / HTTP/9.9\r\n\r\n' \
		drip $((1000 / speed)) '012345678901234'
	finish 1 || complain 'the end, 30 to 36 seconds after the head' \
		'content that has begun, and does not go on, is waited for too long, or too short: its 30 seconds begin with its head'
	is "$(ours 405 408)"
	if finish 2; then
		complain 'the end, 30 seconds after the head' 'content that comes octet by octet wins time with each'
	fi
	if finish 3; then
		complain 'the end, five seconds after the refusal' 'who has been refused, and goes on sending, holds its place for ever'
	fi
}

# bats test_tags=extra,slow
@test "5.54 a HEAD that takes too long gets 408 without content" {
	local ask

	start_fast "$site"
	for ask in 'HEAD /a.txt HTTP/1.1\r\nHost: x\r\n' 'HEAD /a.txt HTTP/1.1\r\nHost: x\r\n\r\nHEAD /b.txt HTTP/1.1\r\nX'; do
		background client timeout $((50000 / speed)) send "$ask" read
	done
	finish 1 || :
	is 408 'Connection: close'
	finish 2 || :
	expect_contents ''
	[ "$(LC_ALL=C tail -c 4 "$reply")" = "$(printf '\r\n\r\n')" ] && ! grep -a -q '<' "$reply" ||
		complain '408, and nothing after its empty line' 'content came where none may: the method was HEAD'
}

# bats test_tags=extra
@test "5.65 an empty line after content, or half of one, is no request that takes too long" {
	local after i post='POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello'

	start_fast "$site"
	for after in '\r\n' '\r' '\r\n\r\n\r'; do
		deadline_of 14500 20000 send "$post$after" reply read
	done
	deadline_of 14500 20000 send "$post" reply pause $((8000 / speed)) send '\r\n' pause $((4000 / speed)) send '\r' read
	deadline_of 14500 20000 send '\r\n' read
	for i in 1 2 3 4 5; do
		finish $i || complain 'the end within 20 seconds' \
			'empty lines win time: pass over them, and let the 15 seconds for silence go on'
		[ $i -eq 5 ] || [ "$(statuses)" = 405 ] || complain 'one response, then the end, and not an octet more' \
			'an empty line was taken for the beginning of a request, which then got 408: a client that has not asked takes it for the answer to its next request'
	done
	[ ! -s "$reply" ] || complain 'the end, and not an octet' \
		'an empty line was taken for the beginning of a request'
	converse send "$post"'\r' reply pause $((12000 / speed)) send '\n' send "$last_b" read
	expect_contents 'b'
}

# bats test_tags=extra,slow
@test "5.77 deadlines are kept while others talk without a pause" {
	local i

	sparse 102400 "$site/huge"
	start_fast "$site"
	gulp
	deadline_of 14500 25000 open read
	deadline_of 14500 25000 send "$a" reply read
	deadline_of 9500 20000 send "$a${b:0:20}" reply read
	deadline_of 29500 45000 send 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc' read
	for i in 1 2 3 4; do
		finish $i || complain 'the end, in its time' \
			'the deadlines are looked at only when nothing else happens: one client that always has something to do keeps all the others for ever'
	done
}
