#!/usr/bin/env bats
# E3.7, a guestbook.
# breaks: 3.36 3.37
# may break: 3.90
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load ../part3/common
form='Content-Type: application/x-www-form-urlencoded\r\n'

# write_entry FORM [FIELD]...: sends a form, on a connection of its own.
write_entry() {
	local fields=$form

	[ $# -eq 1 ] || printf -v fields '%s\\r\\n' "${@:2}"
	converse "POST /guestbook HTTP/1.1\r\nContent-Length: ${#1}\r\n$fields$end$1"
}

# shows TEXT...: the page has these, in this order. hides TEXT: it has not.
shows() {
	local text all

	expect_status 200 "GET /guestbook HTTP/1.1\r\n$end"
	all=$(cat "$reply")
	for text; do
		[[ $all == *"$text"* ]] || complain "a page with $text in it, after what was written before" \
			'it is missing, or not escaped as it must be'
		all=${all#*"$text"}
	done
}

hides() {
	expect_status 200 "GET /guestbook HTTP/1.1\r\n$end"
	! grep -a -q -F -e "$1" "$reply" || complain "a page without $1" 'it is there: what is refused must not be noted, and what a visitor writes must not be markup'
}

# bats test_tags=must
@test "E3.7.1 what is written is shown, in order, and the answer to writing leads there" {
	start
	write_entry 'entry=first'
	judged is 303 'Location: /guestbook'
	write_entry 'name=x&entry=second&more=y' 'content-type: Application/X-WWW-Form-URLencoded; charset=UTF-8'
	judged is 303
	shows first second
	expect_status 200 "HEAD /guestbook HTTP/1.1\r\n$end"
}

# bats test_tags=must
@test "E3.7.2 a plus is a space, %2B a plus, and nothing is markup" {
	start
	write_entry 'entry=one+and+two%2Bthree%21+100%25+%c3%a9'
	judged is 303
	write_entry 'entry=%3Cscript%3Ealert(1)%3c/script%3E<b>%26amp;'
	judged is 303
	shows 'one and two+three! 100% '$'\xc3\xa9' 'alert(1)' '&amp;amp;'
	hides '<script>'
	hides '<b>'
}

# bats test_tags=must
@test "E3.7.3 content comes in pieces, and is at most 64 KiB" {
	local long

	start
	send_all send "POST /guestbook HTTP/1.1\r\nContent-Length: 14\r\n$form$end" pause 200 drip 5 'entry=in+piece' read
	judged is 303
	long=$(printf '%065520d' 0)
	write_entry "entry=with+12&x=$long"
	judged is 303
	write_entry "entry=with+13+&x=$long"
	judged is 413
	shows 'in piece' 'with 12'
	hides 'with 13'
}

# bats test_tags=must
@test "E3.7.4 what it can't read it refuses" {
	start
	converse "POST /guestbook HTTP/1.1\r\nTransfer-Encoding: chunked\r\n$form${end}8\r\nentry=no\r\n0\r\n\r\n"
	judged is 411
	write_entry 'entry=no' 'Content-Type: text/plain'
	judged is 415
	write_entry 'text=no'
	judged is '400 422'
	write_entry 'entry=no%zz'
	judged is 400
	converse "POST /guestbook HTTP/1.1\r\nContent-Length: 8x\r\n$form${end}entry=no"
	judged is 400
	converse send "POST /guestbook HTTP/1.1\r\nContent-Length: 9\r\n$form${end}entry=no" shut read
	hides '>no'
	expect_head "DELETE /guestbook HTTP/1.1\r\n$end" <<-'REPLY'
		405
		Allow: ~.*POST.*
	REPLY
}

# bats test_tags=must
@test "E3.7.5 a client that asks first is told to go on" {
	start
	send_all timeout 3000 send "POST /guestbook HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 10\r\n$form$end" \
		take 12 send 'entry=late' read
	read_statuses
	[ "$codes" = '100 303' ] || complain 'status 100, and then 303' 'it is another: RFC 9110, 10.1.1'
	shows late
}
