#!/usr/bin/env bats
# Part 2: what is refused, and how it is told.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "2.9 a line that ends in LF without CR: refused at once, in words" {
	local lesson='a line ends in CR LF, and LF alone ends none'
	local request requests=()

	start
	for request in 'GET / HTTP/1.1\n\n' 'GET / HTTP/1.1\nHost: x\n\n' 'GET / HTTP/1.1\r\nHost: x\n\r\n' \
		'GET / HTTP/1.1\r\n\n' '\nGET / HTTP/1.1\r\n\r\n'; do
		requests+=("$request")
	done
	refuse_each "$(ours 400 report)" "${requests[@]}"
	if [ -z "${SERVER:-}" ]; then
		expect_outcome 400 'GET / HTTP/1.1\n' # and no more: it doesn't wait for the end
		grep -q 'CR LF' "$reply" || complain 'words with CR LF in them' 'the refusal does not say what is wrong'
	fi
}

# bats test_tags=must
@test "2.10 CR alone, NUL and other control characters in the request line" {
	local lesson='control characters have no place in a request line: look at every octet of it'
	local octet requests=()

	start
	for octet in '\r' '\0' '\x01' '\x0b' '\x0c' '\x1b' '\x7f'; do
		requests+=("GET /a${octet}b HTTP/1.1\r\n\r\n")
		requests+=("G${octet}ET / HTTP/1.1\r\n\r\n")
	done
	for octet in '\0' '\x01' '\x1b' '\x1f' '\x7f' '\xa0'; do
		requests+=("GET / HTTP/1.1${octet}\r\n\r\n")
	done
	for octet in '\x1f' '\x85' '\xa0'; do # white space to a language, not to HTTP
		requests+=("GET${octet}/ HTTP/1.1\r\n\r\n")
	done
	refuse_each 400 "${requests[@]}"
	requests=()
	for octet in '\r' '\x0b' '\x0c'; do # white space to some: RFC 9112, 3
		requests+=("GET / HTTP/1.1${octet}\r\n\r\n")
	done
	refuse_each "$(ours 400 report)" "${requests[@]}"
}

# bats test_tags=must
@test "2.11 white space in the request line that isn't one space, twice" {
	local lesson='exactly one space parts the words, and no other white space does'
	local line requests=()

	rule 2.4
	start
	for line in 'GET  / HTTP/1.1' 'GET /  HTTP/1.1' ' GET / HTTP/1.1' 'GET / HTTP/1.1 ' \
		'GET\t/ HTTP/1.1' 'GET /\tHTTP/1.1' '\tGET / HTTP/1.1' 'GET / HTTP/1.1\t'; do
		requests+=("$line\r\n\r\n")
	done
	refuse_each "$(ours 400 report)" "${requests[@]}"
}

# bats test_tags=must
@test "2.12 too few words, and too many" {
	local lesson='a request line has three words, not fewer, and nothing after the third'
	local line requests=()

	rule 2.4
	start
	for line in 'GET /' 'GET' 'GET / /b HTTP/1.1' 'GET /a b HTTP/1.1' 'GET / HTTP/1.1 x' ' ' '  '; do
		requests+=("$line\r\n\r\n")
	done
	refuse_each 400 "${requests[@]}"
}

# bats test_tags=must
@test "2.13 a method is a token, and its case matters" {
	local lesson="a method is a token, of letters, digits and some signs; upper and lower case differ in it"
	local method requests=()

	start
	for method in '' 'G(T' 'GET/' 'G:T' '"GET"' 'G\xc3\x89T' 'G\xc9T' 'G@T' 'G,T' 'G;T' 'G=T' 'G?T' 'G[T' 'G\\T' 'G]T' '{}'; do
		requests+=("$method / HTTP/1.1\r\n\r\n")
	done
	refuse_each 400 "${requests[@]}"
	for method in get Get BREW X "!#\$%&'*+-.^_\`|~9"; do
		expect_lines "$method / HTTP/1.1\r\n\r\n" <<<"method: $method"
	done
}

# bats test_tags=must
@test "2.19 other major versions: 505" {
	local version requests=()

	start
	for version in 2.0 0.9 3.0 9.9 0.0; do
		requests+=("GET / HTTP/$version\r\n\r\n")
	done
	refuse_each 505 "${requests[@]}"
	expect_outcome 505 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
}

# bats test_tags=must
@test "2.20 what isn't a version" {
	local lesson='a version is exactly eight octets, HTTP/ in upper case, a digit, a dot, a digit'
	local version requests=()

	start
	for version in http/1.1 Http/1.1 HTTP/1 HTTP/1. HTTP/1.10 HTTP/01.1 HTP/1.1 HTTP/1.1x HTTP1.1 \
		HTTP/1,1 HTTP/a.b HTTP/1.x HTTP/x.1 HTTP/-1.1 HTTP//1.1 /1.1 HTTP/1.1.1 HTTP/2 HTTP/20.1 HTTP/2.0x \
		'HTTP/1.\xb2' 'HTTP/\xb9.1' 'HTTP/1.\xd9\xa1'; do # digits to a language, not to HTTP
		requests+=("GET / $version\r\n\r\n")
	done
	refuse_each 400 "${requests[@]}"
}

# bats test_tags=must
@test "2.28 a TLS client, and noise: refused at once" {
	rule 2.11
	start
	converse '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'
	[ "$client_status" -ne 3 ] || [ -s "$reply" ] || complain 'refused: 400 and why, at once' \
		'the server waits for the end of a line that begins with what no request line has: refuse it as soon as that octet has come'
	expect_outcome "$(ours 400)" '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'
	head -c 30000 /dev/urandom >"$tmp/noise"
	printf '\001\n\n' | cat - "$tmp/noise" >"$tmp/data"
	expect_outcome 400 file "$tmp/data" read
}

# bats test_tags=extra
@test "2.33 a refusal says why, in words" {
	ours_only 'the words'
	rule 2.5
	start
	expect 'GET  / HTTP/1.1\r\n\r\n' <<-'REPLY'
		refused: 400 Bad Request: the request line needs exactly two spaces$
	REPLY
	expect 'GET / HTTP/2.0\r\n\r\n' <<-'REPLY'
		refused: 505 HTTP Version Not Supported: only HTTP/1.x is spoken here$
	REPLY
}

# bats test_tags=extra
@test "2.36 a wrong request line is refused at its own end, not at that of the head" {
	ours_only 'others may wait for more'
	local line requests=()

	start
	for line in 'GET  / HTTP/1.1' 'GET /' 'G(T / HTTP/1.1' 'GET hello HTTP/1.1' 'GET / HTTP/1.10'; do
		requests+=("$line\r\n")
	done
	refuse_each 400 "${requests[@]}"
	expect_outcome 505 timeout 2000 send 'GET / HTTP/2.0\r\n' read
}

# bats test_tags=must
@test "2.47 a request line that is wrong in several ways: what is looked at first" {
	local due line

	start
	while read -r due line; do
		expect_outcome "$(ours "$due" 400 505)" "$line\r\n\r\n"
	done <<-'LINES'
		400 G(T /\x01 HTTP/2.0
		400 GET  / HTTP/2.0
		400 G(T / HTTP/2.0
		400 GET x HTTP/1
		505 GET x HTTP/2.0
		505 GET /# HTTP/0.9
		505 CONNECT x HTTP/3.0
	LINES
}
