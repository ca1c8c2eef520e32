#!/usr/bin/env bats
# Part 2: what a request line says, in all its forms.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "2.1 a request line, taken apart" {
	rule 2.4 'sends `GET /hello?x=1'
	start
	expect 'GET /hello?x=1 HTTP/1.1\r\n\r\n' <<-'REPLY'
		method: GET$
		target: /hello?x=1$
		path: /hello$
		query: x=1$
		version: HTTP/1.1$
	REPLY
}

# bats test_tags=must
@test "2.2 fields may follow" {
	start
	expect 'POST /a/b HTTP/1.0\r\nHost: localhost\r\nX: y\r\n\r\n' <<-'REPLY'
		method: POST$
		target: /a/b$
		path: /a/b$
		version: HTTP/1.0$
	REPLY
	rule 2.3 'sends field lines after'
	# What stands in them is no part of the request line, and no content is waited for.
	expect timeout 3000 send 'POST /a HTTP/1.1\r\nReferer: http://h/b?c#d\r\nContent-Length: 5\r\n\r\n' read <<-'REPLY'
		method: POST$
		target: /a$
		path: /a$
		version: HTTP/1.1$
	REPLY
	expect "GET /a HTTP/1.1\r\n$of_a_browser\r\n" <<-'REPLY'
		method: GET$
		target: /a$
		path: /a$
		version: HTTP/1.1$
	REPLY
}

# bats test_tags=must
@test "2.3 a question mark and nothing after it is an empty query" {
	start
	expect 'GET /? HTTP/1.1\r\n\r\n' <<-'REPLY'
		method: GET$
		target: /?$
		path: /$
		query: $
		version: HTTP/1.1$
	REPLY
}

# bats test_tags=must
@test "2.4 only the first question mark divides" {
	local lesson='the query begins after the first question mark, others belong to it'
	start
	expect_lines 'GET /a?b?c=/? HTTP/1.1\r\n\r\n' <<-'LINES'
		path: /a
		query: b?c=/?
	LINES
	lesson='the path is all that stands before the question mark: a parser for URLs takes //h for a host, drops ;c, or resolves the dots'
	expect_lines 'GET //h/a;b/../c;d?e;f HTTP/1.1\r\n\r\n' <<-'LINES'
		path: //h/a;b/../c;d
		query: e;f
	LINES
}

# bats test_tags=must
@test "2.5 nothing is decoded yet" {
	local lesson='nothing is decoded yet: who decodes before taking apart takes apart what is data'
	start
	expect_lines 'GET /%41%2fb+c%00?%20 HTTP/1.1\r\n\r\n' <<-'LINES'
		path: /%41%2fb+c%00
		query: %20
	LINES
}

# bats test_tags=must
@test "2.14 absolute-form" {
	local lesson='the absolute-form, http://host/path, is what a client sends to a proxy; any server must take it'
	start
	expect_lines 'GET http://h/p?q HTTP/1.1\r\n\r\n' <<-'LINES'
		target: http://h/p?q
		path: /p
		query: q
	LINES
	expect_lines 'GET HTTP://localhost:8080/a/b HTTP/1.1\r\n\r\n' <<<'path: /a/b'
	expect_lines 'GET http://[::1]:80/a HTTP/1.1\r\n\r\n' <<<'path: /a'
	expect_lines 'GET http://h HTTP/1.1\r\n\r\n' <<<'path: /'
	expect_lines 'GET http://h?q HTTP/1.1\r\n\r\n' <<-'LINES'
		path: /
		query: q
	LINES
	lesson='the host ends at the first / or ?, whichever comes first'
	expect_lines 'GET http://h?a/b HTTP/1.1\r\n\r\n' <<-'LINES'
		path: /
		query: a/b
	LINES
	expect 'GET HTTP://H:80 HTTP/1.1\r\n\r\n' <<-'REPLY' # the target as it was sent, and no query
		method: GET$
		target: HTTP://H:80$
		path: /$
		version: HTTP/1.1$
	REPLY
}

# bats test_tags=must
@test "2.15 asterisk-form and authority-form" {
	start
	expect_lines 'OPTIONS * HTTP/1.1\r\n\r\n' <<<'target: *'
	expect_lines 'CONNECT example.com:443 HTTP/1.1\r\n\r\n' <<<'target: example.com:443'
	expect_lines 'CONNECT [::1]:443 HTTP/1.1\r\n\r\n' <<<'target: [::1]:443'
	expect_lines 'CONNECT h:65535 HTTP/1.1\r\n\r\n' <<<'target: h:65535'
	expect 'CONNECT h:443 HTTP/1.1\r\n\r\n' <<-'REPLY'
		method: CONNECT$
		target: h:443$
		version: HTTP/1.1$
	REPLY
	expect_lines 'OPTIONS /a HTTP/1.1\r\n\r\n' <<<'path: /a'
	expect_lines 'GET /a?b HTTP/1.1\r\n\r\n' <<<'path: /a'
	expect 'OPTIONS * HTTP/1.1\r\n\r\n' <<-'REPLY' # and nothing of the request before
		method: OPTIONS$
		target: *$
		version: HTTP/1.1$
	REPLY
}

# bats test_tags=must
@test "2.16 any other target" {
	local lesson='a target begins with / or http://; the asterisk is for OPTIONS, host:port, the port in digits, for CONNECT, and options is not OPTIONS'
	local start_of_line requests=()

	start
	for start_of_line in 'GET hello' 'GET *' 'POST *' 'GET example.com:443' 'GET http:/a' 'GET http://' \
		'GET http:///a' 'GET http://?a' 'CONNECT /' 'CONNECT h' 'CONNECT h1' 'CONNECT 443' 'CONNECT h:' \
		'CONNECT :443' 'CONNECT h:https' 'CONNECT h:443x' 'CONNECT h:443/' 'CONNECT http://h/' \
		'connect h:443' 'GET ?x' 'GET ../a' 'GET https://h/' 'GET ftp://h/' 'OPTIONS **' 'options *'; do
		requests+=("$start_of_line HTTP/1.1\r\n\r\n")
	done
	refuse_each 400 "${requests[@]}"
}

# bats test_tags=must
@test "2.17 octets beyond ASCII, and the fragment, which belongs to the browser" {
	local lesson='a client keeps the fragment, and percent-encodes what is not ASCII'
	local target requests=()

	start
	for target in '/caf\xc3\xa9' '/\xff' '/\x80?x' '/a?\xe9' '/a#b' '/#' '/a?b#c'; do
		requests+=("GET $target HTTP/1.1\r\n\r\n")
	done
	refuse_each 400 "${requests[@]}"
}

# bats test_tags=must
@test "2.18 versions of HTTP/1 are reported as sent" {
	local version

	start
	for version in 1.0 1.1 1.9; do
		expect_lines "GET / HTTP/$version\r\n\r\n" <<<"version: HTTP/$version"
	done
}
