PART=${PART:-3}
load harness
@test "3.1 whole" {
	start
	expect 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n' <<-'REPLY'
		HTTP/1.1 200 OK^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Content-Type: text/html; charset=utf-8^M$
		Content-Length: 87^M$
		Connection: close^M$
		^M$
		<!DOCTYPE html>$
		<html lang="en">$
		<title>Hello</title>$
		<h1>Hello, web</h1>$
	REPLY
}
@test "3.2 head" {
	start
	expect_head 'HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n' <<-'REPLY'
		HTTP/1.1 200
		Content-Type: ~^text/html
		connection: close
		!Allow
	REPLY
	expect_head 'GET /request HTTP/1.1\r\nHost: x\r\n\r\n' <<-'REPLY'
		HTTP/1.1 200 Fine
		Content-Type: ~^text/html
		content-length: *

		<!DOCTYPE html>$
		<html lang="en">$
		<meta charset="utf-8">$
		<title>Your request</title>$
		<h1>Your request</h1>$
		<pre>$
		method: GET$
		target: /request$
		path: /request$
		version: HTTP/1.1$
		Host: x$
		</pre>$
		</html>$
	REPLY
	expect_status '404 405' 'GET /nope HTTP/1.1\r\nHost: x\r\n\r\n'
	hold crowd 20
	expect_statuses '200' drip 1 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n' read
	background client pause 100 send 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n' read
	finish 1
	cat "$tmp/background-1"
	stop TERM; [ $ended = 0 ]
}
@test "3.3 fail status" {
	start
	expect_status '404' 'GET /hello?it'\''s HTTP/1.1\r\nHost: x\r\n\r\n'
}
@test "3.4 fail head" {
	start
	expect_head 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n' <<-'REPLY'
		HTTP/1.1 201
		!Server
		Foo: bar
		Connection: keep-alive

		abc$
	REPLY
}
@test "3.5 fail whole" {
	start
	expect timeout 500 send 'GET /hello HTTP/1.1\r\nHost: x\r\n' read <<-'REPLY'
		HTTP/1.1 200 OK^M$
	REPLY
}
@test "3.6 fail whole" {
	start
	expect  'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n' <<-'REPLY'
		HTTP/1.1 200 OK^M$
	REPLY
}
