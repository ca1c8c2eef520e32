#!/usr/bin/env bats
# Part 2: a head in pieces, what comes after it, who half-closes.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "2.6 one octet at a time: a recv is not a request" {
	rule 2.1
	start
	expect_outcome report drip 5 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n' read
}

# bats test_tags=must
@test "2.7 split anywhere, between CR and LF, too" {
	local text=$'GET / HTTP/1.1\r\nA: b\r\n\r\n' i conversation=() got

	rule 2.1
	start
	for ((i = 1; i < ${#text}; i++)); do
		conversation+=(on "$i" send "${text:0:i}")
	done
	conversation+=(pause 100)
	for ((i = 1; i < ${#text}; i++)); do
		conversation+=(on "$i" silent 0 send "${text:i}" read)
	done
	converse "${conversation[@]}"
	got=$(grep -c -x 'version: HTTP/1.1' "$reply" || :)
	if [ "$client_status" -ne 0 ] || [ "$got" -ne $((${#text} - 1)) ]; then
		for ((i = 1; i < ${#text}; i++)); do # one by one, which tells the wrong one
			expect_outcome report send "${text:0:i}" pause 100 send "${text:i}" read || return
		done
		converse "${conversation[@]}"
		[ "$client_status" -lt 3 ] || judged ended
		complain "$((${#text} - 1)) reports, one on each connection, each when its request is whole" \
			"$got came; one by one they come, but not when they are asked for on several connections at once"
	fi
}

# bats test_tags=must
@test "2.8 empty lines before the request line are passed over" {
	local lesson='pass over CR LF before the request line, as old clients send it after a body'
	start
	expect_outcome report '\r\nGET / HTTP/1.1\r\n\r\n'
	expect_outcome report '\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n'
	expect_outcome report drip 5 '\r\n\r\nGET / HTTP/1.1\r\n\r\n' read
}

# bats test_tags=must
@test "2.24 who leaves before the empty line gets nothing" {
	start
	expect send 'GET / HTTP/1.1\r\nHost: x\r\n' shut read <<<''
	expect send 'GET / HTTP/1.1\r\nA\r\n' shut read <<<''
	expect send 'GET' shut read <<<''
	expect shut read <<<''
	others_are_served
}

# bats test_tags=must
@test "2.25 a client that half-closes after its request gets its answer" {
	rule 2.3
	start
	expect_outcome report send 'GET / HTTP/1.1\r\n\r\n' shut read
}

# bats test_tags=must
@test "2.26 one request, one report: what follows is left alone" {
	rule 2.3 'sends a second request after the first'
	start
	expect 'GET /one HTTP/1.1\r\n\r\nGET /two HTTP/1.1\r\n\r\n' <<-'REPLY'
		method: GET$
		target: /one$
		path: /one$
		version: HTTP/1.1$
	REPLY
}

# bats test_tags=must
@test "2.27 four MiB after the request don't cost the client its answer" {
	start
	head -c 4194304 /dev/urandom >"$tmp/data"
	expect_outcome report deaf send 'POST / HTTP/1.1\r\nContent-Length: 4194304\r\n\r\n' \
		file "$tmp/data" read
	expect_outcome 400 deaf send 'GET / HTTP/one\r\n\r\n' file "$tmp/data" read
}

# what_half_closed_got: in words.
what_half_closed_got() {
	case $client_status,$(wc -c <"$reply" | tr -d ' ') in
	2,*) echo 'the connection was reset, with no report' ;;
	3,0) echo 'no report came, and not the end either' ;;
	*,0) echo 'the server closed without a report' ;;
	*) echo 'something else than the report came' ;;
	esac
}

# bats test_tags=robust
@test "2.44 a request and the half-close after it, both there when the server looks" {
	rule 2.3
	start
	hold open
	kill -STOP "$server_pid"
	background client send 'GET /whole HTTP/1.1\r\n\r\n' shut timeout 5000 read
	nap 100
	kill -CONT "$server_pid"
	finish 1 || :
	grep -q '^path: /whole' "$reply" || complain 'the report, then the end' \
		"$(what_half_closed_got): the request and the end of the client's octets were both there when the server looked; the client waits for its answer: when recv returns 0, that says only that no more will come"
}

# bats test_tags=must
@test "2.46 what stands in a field line is nobody's business yet" {
	local lesson='field lines are passed over: look for the end of each, and for no more'
	local line

	start
	for line in 'A' ': b' 'A : b' ' A: b' 'A: b\0c' 'A: b\rc' 'A: \x01\x7f\xff' 'Host: x\r\nHost: y'; do
		expect_outcome "$(ours report 400)" "GET /a HTTP/1.1\r\n$line\r\n\r\n"
	done
	for line in 'A:b' 'A:' 'A: b: c' 'A: caf\xc3\xa9' 'A: caf\xe9'; do # a name, a colon, a value
		expect_outcome report "GET /a HTTP/1.1\r\n$line\r\n\r\n"
	done
	rule 2.11 'sends field lines of 8,000 octets'
	lesson='field lines of 8,000 octets are taken, together and one alone'
	expect_outcome report send 'GET / HTTP/1.1\r\nA: ' repeat 7993 'a' send '\r\n\r\n' read
	expect_outcome report send 'GET / HTTP/1.1\r\n' repeat 1000 'A: bcd\r\n' send '\r\n' read
}
