#!/usr/bin/env bats
# Part 1: octets come back, all of them, in order.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "1.1 what is sent comes back" {
	start
	expect send 'Hello, server\n' shut read <<-'REPLY'
		Hello, server$
	REPLY
}

# bats test_tags=must,slow
@test "1.2 it comes back at once, not when the client has finished" {
	start
	expect send 'one\n' take 4 send 'two\n' take 4 shut read <<-'REPLY'
		one$
		two$
	REPLY
	rule 1.5 'says nothing for some seconds'
	converse pause 1500 send 'one\n' take 4 pause 1500 send 'two\n' take 4 shut read
	known='the client said nothing for a while, which it may: is there a time limit for recv, or for the socket?'
	judged bytes $'one$\ntwo$\n'
}

# bats test_tags=must
@test "1.3 octet by octet" {
	start
	expect drip 5 'slowly,\r\nbut all\r\n' shut read <<-'REPLY'
		slowly,^M$
		but all^M$
	REPLY
}

# bats test_tags=must
@test "1.4 octets are octets: NUL, CR alone, LF alone, none of them text" {
	rule 1.7
	start
	expect send 'a\0b\0\0\rc\n\nd\x80\xc3\xfe\xff\x7f' shut read <<-'REPLY'
		a^@b^@^@^Mc$
		$
		dM-^@M-CM-~M-^?^?
	REPLY
}

# what_is_lost: why the reply may differ from the file $tmp/data.
what_is_lost() {
	local due got first

	due=$(wc -c <"$tmp/data") got=$(wc -c <"$reply")
	first=$(cmp "$tmp/data" "$reply" 2>/dev/null | sed -n 's/^.* \(byte\|char\) \([0-9]*\),.*/\2/p')
	echo "$due octets were sent, $got came back${first:+, and the first that differs is number $first}"
	if [ "$client_status" -eq 2 ]; then
		echo 'the server closed with octets of the client unread, which resets the connection; who has half-closed has not left: it still reads, and you may not have received all yet'
	elif [ -n "$first" ] && [ "$got" -lt "$due" ]; then
		echo 'a send may take only a part: it returns how much; the rest must go with the next one'
	elif [ "$got" -lt "$due" ]; then
		echo 'the end is lost: close only when all that you owe has gone, since a client that has half-closed still reads; and a send may take only a part, or nothing: it returns how much, and the rest must go with the next one'
	fi
}

# same_back OPERATION...: the reply must be the file $tmp/data.
same_back() {
	local why

	converse "$@"
	if [ "$client_status" -eq 0 ] && cmp -s "$tmp/data" "$reply"; then
		return
	fi
	why=$(what_is_lost)
	head -c 200 "$reply" >"$tmp/first" && mv "$tmp/first" "$reply" # more is only noise
	complain 'the same octets, then the end' "$why"
}

# bats test_tags=must
@test "1.5 a file full of NULs" {
	rule 1.7
	start
	head -c 100000 /dev/zero >"$tmp/data"
	same_back file "$tmp/data" shut read
}

# A file of the given size in MiB, with all octets in it.
make_data() {
	head -c "$(($1 * 1024 * 1024))" /dev/urandom >"$tmp/data"
}

# bats test_tags=must
@test "1.6 ten MiB, then the end" {
	rule 1.8
	start
	make_data 10
	same_back file "$tmp/data" shut read
}

# bats test_tags=robust
@test "1.7 ten MiB to a client that reads only after it has sent what goes" {
	rule 1.8
	start
	make_data 10
	same_back narrow file "$tmp/data" shut pause 300 read
}

# bats test_tags=robust
@test "1.8 ten MiB to a slow reader: a send may take only a part, the end comes last" {
	rule 1.8
	start
	make_data 10
	same_back file "$tmp/data" shut slow 50000 2
}

# bats test_tags=must
@test "1.16 the end of a client's bytes is the end of the server's" {
	start
	expect shut read <<<''
	expect send 'x' take 1 shut read <<<'x'
}

# bats test_tags=extra
@test "1.17 nothing more is received before all that has been received is sent" {
	ours_only 'the trace'
	start -qv
	hold narrow flood 64
	stop TERM
	awk '{ octets = length($0) - 3; in_hand += /^C/ ? octets : -octets }
		in_hand > most { most = in_hand }
		END { print most " octets in hand, at most"; exit most < 1 || most > 65536 }' "$log"
}
