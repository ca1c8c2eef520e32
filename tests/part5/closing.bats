#!/usr/bin/env bats
# Part 5: what closes a connection, and what keeps it.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "5.9 Connection: close closes, in all its forms" {
	local line

	start "$site"
	while read -r line; do
		closes 200 "GET /a.txt HTTP/1.1\r\nHost: x\r\n$line\r\n\r\n"
	done <<-'LINES'
		Connection: close
		Connection: Close
		connection: CLOSE
		Connection:close
		Connection:   close
		Connection: \tclose\t
		Connection: foo, close
		Connection: close, foo
		Connection: foo,close,bar
		Connection: , ,close,
		Connection: keep-alive, close
		Connection: close, keep-alive
		Connection: foo\r\nConnection: close
		Connection: close\r\nConnection: keep-alive
		Connection: keep-alive\r\nX: y\r\nconnection: bar,\tclose
	LINES
	closes 404 'GET /missing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
	closes 405 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc'
	closes 200 'HEAD /a.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
}

# bats test_tags=must
@test "5.10 what only looks like Connection: close keeps the connection" {
	local line

	start "$site"
	while read -r line; do
		keeps 200 "GET /a.txt HTTP/1.1\r\nHost: x\r\n$line\r\n\r\n"
		expect_contents 'a b'
	done <<-'LINES'
		Proxy-Connection: close
		X-Connection: close
		Connection-X: close
		X: Connection: close
		Connection: foo
		Connection: closed
		Connection: not-close
		Connection: close-not
		Connection: cl ose
		Connection: close;x
		Connection: "close"
		Connection:
		Connection: ,
		Connection: keep-alive
		Connection: upgrade\r\nUpgrade: websocket
		Keep-Alive: timeout=0, max=1
	LINES
	keeps 200 'GET /a.txt?close HTTP/1.1\r\nHost: close\r\n\r\n'
	keeps 200 'GET /a.txt HTTP/1.9\r\nHost: x\r\n\r\n'
}

# bats test_tags=must
@test "5.11 HTTP/1.0 closes, unless the client asks to keep" {
	local line

	start "$site"
	closes 200 'GET /a.txt HTTP/1.0\r\n\r\n'
	closes 200 'GET /a.txt HTTP/1.0\r\nHost: x\r\nConnection: foo\r\n\r\n'
	closes 200 'GET /a.txt HTTP/1.0\r\nKeep-Alive: timeout=9\r\n\r\n'
	closes 200 'GET /a.txt HTTP/1.0\r\nProxy-Connection: keep-alive\r\n\r\n'
	closes 200 'GET /a.txt HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n'
	closes 200 'GET /a.txt HTTP/1.0\r\nConnection: close\r\nConnection: keep-alive\r\n\r\n'
	for line in 'Connection: keep-alive' 'Connection: Keep-Alive' 'connection:KEEP-ALIVE' \
		'Connection: foo, keep-alive' 'Connection: foo\r\nConnection: keep-alive'; do
		keeps 200 "GET /a.txt HTTP/1.0\r\n$line\r\n\r\n"
		expect_contents 'a b'
		value_of Connection || :
		[ "$(tr '[:upper:]' '[:lower:]' <<<"$value")" = keep-alive ] ||
			complain 'Connection: keep-alive' 'a client of HTTP/1.0 must be told that the connection is kept'
	done
	# An error page is no exception, and each request decides anew.
	keeps 404 'GET /missing HTTP/1.0\r\nConnection: keep-alive\r\n\r\n'
	send_all 'GET /a.txt HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /b.txt HTTP/1.0\r\n\r\nGET /b/c.txt HTTP/1.0\r\n\r\n'
	expect_contents 'a b'
}

# bats test_tags=must
@test "5.27 after an error in the framing or syntax the connection closes" {
	local due long text

	printf -v long '%09000d' 7
	start "$site"
	while read -r due text; do
		closes "$due" "$text"
	done <<-REQUESTS
		400 GET /a.txt\r\n\r\n
		400 GET /a.txt HTTP/1.1\r\n\r\n
		400 GET /a.txt HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n
		400 GET /a.txt HTTP/1.1\r\nHost: x\r\nX : y\r\n\r\n
		400 GET /a.txt HTTP/1.1\r\nHost: x\r\nX: \0\r\n\r\n
		400 GET a.txt HTTP/1.1\r\nHost: x\r\n\r\n
		505 GET /a.txt HTTP/2.0\r\nHost: x\r\n\r\n
		501 POST /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n
		431 GET /a.txt HTTP/1.1\r\nHost: x\r\nX: $long$long\r\n\r\n
		414 GET /$long$long HTTP/1.1\r\nHost: x\r\n\r\n
	REQUESTS
	# The same holds for the second request on a connection.
	send_all "${a}GET /a.txt HTTP/1.1\r\n\r\n$b"
	[ "$(statuses)" = '200 400' ] || complain '200 400' "these came: $(statuses)"
	expect_contents a
}

# bats test_tags=must
@test "5.28 after an answer that is no 200 the connection persists" {
	local etag

	start "$site"
	get /a.txt
	value_of ETag
	etag=$value
	keeps 404 'GET /missing HTTP/1.1\r\nHost: x\r\n\r\n'
	keeps 404 'GET /.hidden HTTP/1.1\r\nHost: x\r\n\r\n'
	keeps 405 'DELETE /a.txt HTTP/1.1\r\nHost: x\r\n\r\n'
	keeps "$(ours 501 405)" 'BREW /a.txt HTTP/1.1\r\nHost: x\r\n\r\n'
	keeps 301 'GET /b HTTP/1.1\r\nHost: x\r\n\r\n'
	keeps 206 'GET /a.txt HTTP/1.1\r\nHost: x\r\nRange: bytes=2-3\r\n\r\n'
	keeps 416 'GET /a.txt HTTP/1.1\r\nHost: x\r\nRange: bytes=99-\r\n\r\n'
	keeps 412 'GET /a.txt HTTP/1.1\r\nHost: x\r\nIf-Match: "x"\r\n\r\n'
	keeps 304 "GET /a.txt HTTP/1.1\r\nHost: x\r\nIf-None-Match: $etag\r\n\r\n" head
	keeps 200 'GET /empty.txt HTTP/1.1\r\nHost: x\r\n\r\n'
}

# bats test_tags=must
@test "5.29 HEAD, 204 and 304 have no content between them and the next answer" {
	local pipeline='' target

	head -c 100000 /dev/zero >"$site/big"
	start "$site"
	for target in / /a.txt /big /missing /b; do
		pipeline="${pipeline}HEAD $target HTTP/1.1\r\nHost: x\r\n\r\n"
	done
	send_all "$pipeline$last_b"
	[ "$(statuses)" = '200 200 200 404 301 200' ] || complain '200 200 200 404 301 200' "these came: $(statuses)"
	# Each head ends where the next begins.
	[ "$(LC_ALL=C grep -a -c -A 1 $'^\r$' "$reply")" -eq 6 ] ||
		complain 'six heads, each with its empty line' 'content came where none may'
	[ "$(LC_ALL=C grep -a -A 1 $'^\r$' "$reply" | grep -a -c '^HTTP/1.1')" -eq 5 ] ||
		complain 'nothing between two heads' 'content came where none may'
	expect_contents b
	send_all "OPTIONS /a.txt HTTP/1.1\r\nHost: x\r\n\r\nGET /big HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\nHEAD /a.txt HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\n$last_b"
	[ "$(LC_ALL=C grep -a -A 1 $'^\r$' "$reply" | grep -a -c '^HTTP/1.1')" -eq 3 ] ||
		complain 'nothing between two heads' 'content came where none may'
	expect_contents b
}

# bats test_tags=must,slow
@test "5.31 an error while 4 MiB are on their way arrives whole" {
	local head i line operations=()

	printf -v line '%065536d' 7
	start "$site"
	for head in 'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 4194304\r\n\r\n' \
		'POST /missing HTTP/1.1\r\nHost: x\r\nContent-Length: 4194304\r\n\r\n' \
		'POST /a.txt HTTP/1.1\r\nContent-Length: 4194304\r\n\r\n' \
		'POST /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 4194304\r\n\r\n' \
		'POST /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n' \
		'GET /' 'GET / HTTP/1.1\r\nX: '; do
		operations=()
		for i in 1 2 3; do
			operations+=(deaf send "$head" repeat 64 "$line" read close)
		done
		send_all "${operations[@]}"
		case $(statuses) in
		'405 405 405' | '404 404 404' | '413 413 413' | '400 400 400' | '501 501 501') ;;
		'414 414 414' | '431 431 431') ;;
		*) complain 'one error, three times' "these came: $(statuses)" ;;
		esac
	done
}
