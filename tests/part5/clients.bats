#!/usr/bin/env bats
# Part 5: many clients, busy, silent, gone.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=robust
@test "5.32 twenty silent connections, then one that speaks" {
	start "$site"
	hold crowd 20
	still_serves
	expect_statuses '200' timeout 1000 crowd 20 send "$last_b" read
}

# bats test_tags=robust
@test "5.33 two hundred silent connections beside a busy one" {
	local i operations=()

	for ((i = 0; i < 50; i++)); do
		operations+=(send "$a" reply send "$b" reply)
	done
	start "$site"
	hold crowd 200
	send_all timeout 1000 "${operations[@]}" shut read
	expect_contents "$(times 50 a b)"
}

# goes_on_reading: what read_slowly began is read on in the background, as fast as it comes.
goes_on_reading() {
	cat <&5 >/dev/null 3>&- 4>&- &
	helpers="$helpers$! "
	exec 5<&-
}

# bats test_tags=robust
@test "5.34 a client that reads 5 GiB as fast as it can is not served alone" {
	local i

	sparse 5120 "$site/huge"
	start "$site"
	read_slowly send 'GET /huge HTTP/1.1\r\nHost: x\r\n\r\n' read
	goes_on_reading
	for i in 1 2 3 4 5; do
		still_serves
	done
}

# bats test_tags=robust
@test "5.35 a client that pipelines without end is not served alone" {
	local i

	start "$site"
	read_slowly repeat 100000000 "$a"
	goes_on_reading
	for i in 1 2 3 4 5; do
		still_serves
	done
}

# bats test_tags=robust
@test "5.36 a reset, in any state, ends that connection and nothing else" {
	local i operations=(most 64)

	sparse 16 "$site/big"
	start "$site"
	for i in 1 2 3; do
		operations+=(open reset)
		operations+=(send 'GET /a.t' reset)
		operations+=(send 'GET /a.txt HTTP/1.1\r\nHost: x\r\n' pause 1 reset)
		operations+=(send "$a" reset)
		operations+=(send "$a" reply reset)
		operations+=(send "$a$b$a${b:0:12}" reply reset)
		operations+=(send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' head reset)
		operations+=(send "GET /big HTTP/1.1\r\nHost: x\r\n\r\n$a$b" take 1000000 reset)
		operations+=(send 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc' pause 1 reset)
		operations+=(send "POST /a.txt HTTP/1.1\r\n${chunked}5\r\nhe" pause 1 reset)
		operations+=(send "POST /a.txt HTTP/1.1\r\n${chunked}0\r\nX" pause 1 reset)
		operations+=(send "$last_b" reply reset)
		operations+=(send 'GET / HTTP/9.9\r\n\r\n' reply send 'more' reset)
		operations+=(send "$a" shut reset)
		operations+=(send "$a" reply shut pause 1 reset)
	done
	come_and_leave "${operations[@]}"
	still_serves
}

# bats test_tags=extra
@test "5.76 nine hundred clients that have had their answer, and are silent again, hold no memory" {
	local before conversation grown

	start "$site"
	look_inside
	! grep -q __asan_init "/proc/$server_pid/exe" 2>/dev/null || skip 'a sanitizer keeps for a while what is freed'
	send_all send "$last_b" read
	before=$(resident)
	read -r -a conversation <<<"$(awk 'BEGIN {
		for (i = 0; i < 900; i++)
			printf "on %d send GET\\x20/a.txt\\x20HTTP/1.1\\r\\nHost:x\\r\\n\\r\\n reply ", i }')"
	hold "${conversation[@]}"
	grown=$(($(resident) - before))
	[ "$grown" -le 2048 ] || complain 'the server grows by 2 MiB at most' \
		"it has grown by $grown KiB: a client that says nothing holds buffers; give a buffer's memory back when its last octet is gone"
}

# bats test_tags=robust,slow
@test "5.55 who asks again after a pause, beside three that read as fast as they can, is not forgotten" {
	local i operations=(timeout 300)

	sparse 102400 "$site/huge"
	start "$site"
	for i in 1 2 3; do
		gulp
	done
	for i in 1 2 3 4; do
		operations+=(send "$a" reply pause 250)
	done
	for i in 1 2; do # a machine may stand still for a moment, but not twice
		converse "${operations[@]}"
		[ "$client_status" -eq 3 ] || break
	done
	[ "$client_status" -ne 3 ] || complain 'four responses, each within 300 ms' \
		'who has been quiet for a moment is not looked at again, while others keep the server busy'
	expect_contents "$(times 4 a)"
}

# bats test_tags=robust,slow
@test "5.57 a file that changes while a slow client reads it from memory comes as it was" {
	local ask conversation=() due i=0

	printf '%0100000d\n' 1 | tr 0 o >"$site/file"
	printf '%0100000d\n' 1 | tr 0 n >"$tmp/new"
	TZ=UTC0 touch -t 200806301130.00 "$site/file"
	start "$site"
	get /file
	is 200
	for ask in 'X: y' 'Range: bytes=0-'; do # all of it, each time
		conversation=()
		for ((i = 0; i < 7; i++)); do # with the last one, more than all buffers on the way hold
			conversation+=(send "GET /file HTTP/1.1\r\nHost: x\r\n$ask\r\n\r\n" pause 30)
		done
		conversation+=(send "GET /file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n$ask\r\n\r\n")
		background client most 2 narrow "${conversation[@]}" pause 2500 read
	done
	i=0
	sleep 0.5
	mv "$tmp/new" "$site/file"
	until_true serves /file "$site/file"
	for due in 200 206; do
		i=$((i + 1))
		finish $i || :
		judged statuses "$(times 8 $due)" || return
		came_in_one_piece
	done
}

# came_in_one_piece: each of the eight files is the old one or the new one.
came_in_one_piece() {
	[ "$(LC_ALL=C awk '!head && /^[on]*1$/ && (/^o*1/ || /^n*1/) && length($0) == 100000 { n++ } /^HTTP/ { head = 1 } /^\r$/ { head = 0 } END { print n + 0 }' "$reply")" -eq 8 ] ||
		complain 'each time the file as it was when it was asked for, or all of it new' \
			'the memory that a client is still reading from was filled with something else'
}

# bats test_tags=extra
@test "5.72 a file that shrinks to nothing takes no finished answer along" {
	local name ask='GET /%s HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' three

	ours_only
	printf -v name '%0200d' 7 # such a path is not kept in memory
	printf x >"$site/$name"
	head -c 16384 /dev/zero | tr '\0' o >"$site/page"
	# shellcheck disable=SC2059 # the format is ours
	printf -v three "$ask" page page "$name" # when two are sent, the next is begun: the file
	start "$site"
	background client most 16 narrow repeat 250 "$three" shut pause 1000 read
	nap 500
	: >"$site/$name"
	finish 1 || :
	[ "$(LC_ALL=C grep -a -c '^HTTP/1.1 200' "$reply")" -lt 750 ] || complain 'less than all answers' 'the test has come too late'
	[ "$(tail -c 4 "$reply" | od -An -c | tr -d ' ')" = '\r\n\r\n' ] ||
		complain 'the answers that were finished, and the head of the one that ends short' \
			'what waited to be sent was lost when the file could not be read any more: let it go out first'
}
