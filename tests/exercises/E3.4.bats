#!/usr/bin/env bats
# E3.4, 421 against DNS rebinding.
# breaks: 3.15 3.54
# may break: 3.90
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load ../part3/common

# asked_for HOST...: a request for each of these hosts.
asked_for() {
	local one

	requests=()
	for one; do
		requests+=("GET /hello HTTP/1.1\r\nHost: $one\r\nConnection: close\r\n\r\n")
	done
}

# bats test_tags=must
@test "E3.4.1 a name with a dot in it is 421, whatever its port" {
	start
	asked_for evil.example evil.example:8080 EVIL.EXAMPLE localhost. a.localhost 127.0.0.1.evil.example \
		evil%2eexample 127.0.0.1. 0x7f.0.0.1 127.1 1.2.3.4.5 256.1.1.1
	expect_each 421 "${requests[@]}"
}

# bats test_tags=must
@test "E3.4.2 an address is none, and a name without a dot no stranger can own" {
	start
	asked_for localhost localhost:8080 LOCALHOST 127.0.0.1 127.0.0.1:8080 192.0.2.17 '[::1]' '[::1]:8080' x ''
	expect_each 200 "${requests[@]}"
	asked_for rebound.example
	expect_each 421 "${requests[@]}"
}

# bats test_tags=must
@test "E3.4.3 nor is the host of a target passed over" {
	start
	expect_each 421 'GET http://evil.example/hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' \
		'GET http://localhost/hello HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n' \
		'GET http://evil.example:80?x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'
	expect_each 200 'GET http://localhost/hello HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'
}

# bats test_tags=must
@test "E3.4.4 what is no host at all is still 400, and a client of HTTP/1.0 may name none" {
	start
	expect_each 400 'GET /hello HTTP/1.1\r\nHost: a b.example\r\n\r\n' 'GET /hello HTTP/1.1\r\n\r\n'
	expect_each 200 'GET /hello HTTP/1.0\r\n\r\n'
	expect_each 421 'GET /hello HTTP/1.0\r\nHost: evil.example\r\n\r\n'
}
