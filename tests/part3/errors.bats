#!/usr/bin/env bats
# Part 3: limits, what is refused, and what an error page may say.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "3.26 a field of 8,000 octets, a hundred fields: accepted" {
	local i fields=''

	serve
	expect_status 200 send "GET $hello_page HTTP/1.1\r\nA: " repeat 8000 a send "\r\n$end" read
	for ((i = 0; i < 98; i++)); do
		fields=$fields"F-$i: $i\r\n"
	done
	expect_status 200 "GET $hello_page HTTP/1.1\r\n$fields$end"
}

# bats test_tags=must
@test "3.27 more fields than a hundred, or than 16 KiB of them: 431" {
	local field

	serve
	expect_status 431 send "GET $hello_page HTTP/1.1\r\n" repeat 500 'A: b\r\n' send "$end" read
	expect_status "$(ours 431)" send "GET $hello_page HTTP/1.1\r\n" repeat 99 'A: b\r\n' send "$end" read
	expect_status 431 send "GET $hello_page HTTP/1.1\r\nA: " repeat 20000 a send "\r\n$end" read
	expect_status 431 deaf send "GET $hello_page HTTP/1.1\r\nA: " \
		repeat 40 "$(printf '%050000d' 0)" send "\r\n$end" read
	expect_status 431 send "GET $hello_page HTTP/1.1\r\n" repeat 30 "A: $(printf '%01000d' 0)\r\n" read
	if [ -z "${SERVER:-}" ]; then # a head of exactly 16 KiB just fits, and so many octets without an end are too many
		printf -v field '%0*d' $((16384 - 56)) 0
		expect_status 200 timeout 2000 send "GET /?1234 HTTP/1.1\r\nA: $field\r\n$end" read
		expect_status 431 timeout 2000 send "GET /?1234 HTTP/1.1\r\n${end%\\r\\n}A: ${field}0000" read
	fi
}

# bats test_tags=must
@test "3.28 a target of 8,000 octets is accepted, one of 20,000 is not: 414" {
	serve
	expect_status 200 send "GET $hello_page?" repeat 7975 a send " HTTP/1.1\r\n$end" read
	expect_status '404 414' send 'GET /' repeat 7980 a send " HTTP/1.1\r\n$end" read
	rule 2.11 'sends a target of 20,000'
	expect_status 414 send "GET $hello_page?" repeat 20000 a send " HTTP/1.1\r\n$end" read
	expect_status 414 deaf send 'GET /' repeat 40 "$(printf '%050000d' 0)" send " HTTP/1.1\r\n$end" read
}

# bats test_tags=must
@test "3.30 what isn't HTTP/1: another version, TLS, noise" {
	rule 2.7
	serve
	expect_each 505 'GET / HTTP/2.0\r\nHost: x\r\n\r\n' 'GET / HTTP/0.9\r\nHost: x\r\n\r\n' \
		'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
	expect_each 400 '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' 'GET / http/1.1\r\nHost: x\r\n\r\n' \
		'GET / HTTP/1.10\r\nHost: x\r\n\r\n' 'GET /\r\n\r\n' 'GET / HTTP/1x1\r\nHost: x\r\n\r\n' \
		'GET / HTTP/x.1\r\nHost: x\r\n\r\n' 'GET / HTTP/1.x\r\nHost: x\r\n\r\n'
	head -c 30000 /dev/urandom >"$tmp/noise"
	printf '\001\n\n' | cat - "$tmp/noise" >"$tmp/data"
	expect_status "$(ours 400 414 431)" file "$tmp/data" read
}

# bats test_tags=must
@test "3.31 the request line is as strict as in part 2" {
	local line requests=()

	rule 2.6
	serve
	for line in 'GET /a\rb HTTP/1.1' 'GET /\0 HTTP/1.1' 'G(T / HTTP/1.1' 'GET hello HTTP/1.1' \
		'GET /caf\xc3\xa9 HTTP/1.1' 'GET /#a HTTP/1.1' 'GET / /b HTTP/1.1' 'GET'; do
		requests+=("$line\r\n$end")
	done
	expect_each 400 "${requests[@]}"
	expect_each "$(ours 400 404 405 501)" "GET * HTTP/1.1\r\n$end" # see 3.56
	expect_each "$(ours 400 200)" "GET  / HTTP/1.1\r\n$end" "GET / HTTP/1.1 \r\n$end" \
		"GET\t/ HTTP/1.1\r\n$end" "GET / HTTP/1.1\n$end" 'GET / HTTP/1.1\r\nHost: x\nConnection: close\r\n\r\n' \
		'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\n'
	if [ -z "${SERVER:-}" ]; then # and a wrong one is refused at its own end
		expect_each 400 'GET  / HTTP/1.1\r\n' 'GET /\r\n' 'GET hello HTTP/1.1\r\n'
	fi
}

# bats test_tags=must
@test "3.33 every refusal is a full response: Date, a length, Connection: close" {
	local request refusal date

	rule 3.6 'sends a request that is refused'
	serve
	for request in 'GET / HTTP/1.1\r\n\r\n' 'GET / HTTP/2.0\r\nHost: x\r\n\r\n' "GET / HTTP/1.1\r\nA : b\r\n$end" \
		'\r\n\r\nnoise\r\n\r\n'; do
		refusal=400 date='Date: *'
		[[ $request != *2.0* ]] || refusal=505
		[ "$refusal${SERVER:+ of another}" != '505 of another' ] || date='' # RFC 9110, 6.6.1: MAY
		expect_head "$request" <<-REPLY
			HTTP/1.1 $refusal
			Content-Length: *
			Connection: close
			$date
		REPLY
	done
	date='Date: *'
	[ -n "${SERVER:-}" ] || date='Content-Type: text/html; charset=utf-8'
	expect_head send 'GET /' repeat 20000 a send " HTTP/1.1\r\n$end" read <<-REPLY
		HTTP/1.1 414
		Content-Length: *
		Connection: close
		$date
	REPLY
	expect_head send 'GET / HTTP/1.1\r\nA: ' repeat 20000 a send "\r\n$end" read <<-REPLY
		HTTP/1.1 431
		Content-Length: *
		Connection: close
		$date
	REPLY
	if [ -z "${SERVER:-}" ]; then # another may answer 405
		expect_head "BREW / HTTP/1.1\r\n$end" <<-REPLY
			HTTP/1.1 501
			Content-Length: *
			Connection: close
			$date
		REPLY
	fi
}

# lacks WORD...: none of these, in any case, may be in the last reply. why is the cause, where set.
lacks() {
	local word

	for word; do
		if LC_ALL=C grep -a -q -i -F -e "$word" "$reply"; then
			complain "a reply without the client's own \"$word\"" "${why:-it reflects what the client sent}"
		fi
	done
}

# bats test_tags=must
@test "3.34 error pages reflect nothing of the request" {
	rule 3.6
	serve
	expect_status 404 "GET /zebra<script>alert(1)</script> HTTP/1.1\r\n$end"
	lacks zebra '<script' '&lt;script'
	expect_status 400 "GET $hello_page HTTP/1.1\r\nZebra : <script>\r\n$end"
	lacks zebra '<script' '&lt;script'
	expect_status "$(ours 501 405)" "ZEBRA $hello_page HTTP/1.1\r\nX: <script>\r\n$end"
	lacks zebra '<script' '&lt;script'
	expect_status 400 'GET /zebra HTTP/1.1\r\n<script>: x\r\n\r\n'
	lacks zebra '<script' '&lt;script'
	expect_status 505 'GET /zebra HTTP/2.0\r\nHost: x\r\n\r\n'
	lacks zebra
	expect_status "$(not_allowed)" "TRACE $hello_page HTTP/1.1\r\nCookie: zebra\r\n$end"
	lacks zebra cookie
}

# is_all_there LINE...: the reply has each of these.
is_all_there() {
	local line

	for line; do
		grep -a -q -x -F -e "${line/%\\r/$'\r'}" "$reply" || complain "the line: $line" 'it is missing, or another'
	done
}

# bats test_tags=must
@test "3.35 what the client sent comes back on /request as plain text, which no browser runs" {
	tells_requests
	serve
	expect_status 200 "GET /request?<script>alert(1)</script>&lt; HTTP/1.1\r\nX: <img src=x>\r\n$end"
	[[ $(field Content-Type) == text/plain* ]] ||
		why='a browser runs what the client sent: in HTML, < must become &lt;' lacks '<script>' '</script>' '<img'
	if [ -z "${SERVER:-}" ]; then
		is_all_there 'Content-Type: text/plain; charset=utf-8\r' 'query: <script>alert(1)</script>&lt;' 'X: <img src=x>'
	fi
}
