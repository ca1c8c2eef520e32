#!/usr/bin/env bats
# E3.6, the combined log.
# breaks: 3.51
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load ../part3/common

# logged LINE...: these lines, and no others, came on standard error; DATE and LENGTH stand for any.
logged() {
	stop TERM
	sed -E 's/\[[^]]*\]/[DATE]/; s/ ([1-5][0-9][0-9]) [0-9]+ "/ \1 LENGTH "/' "$log" >"$tmp/normalised"
	printf '%s\n' "$@" | cmp -s - "$tmp/normalised" || tell "these lines of log:
$(printf '%s\n' "$@")" "${known:-a line is missing, or another: after the length, a space, Referer in quotes, a space, and User-Agent in quotes}"
}

# bats test_tags=must
@test "E3.6.1 each line ends in Referer and User-Agent, in quotes" {
	start
	talk "GET /hello HTTP/1.1\r\nUser-Agent: try/1 (it)\r\nReferer: http://a.example/b?c\r\n$end"
	talk "HEAD /hello HTTP/1.1\r\nuser-agent: other\r\nREFERER: /\r\n$end"
	logged '127.0.0.1 - - [DATE] "GET /hello HTTP/1.1" 200 LENGTH "http://a.example/b?c" "try/1 (it)"' \
		'127.0.0.1 - - [DATE] "HEAD /hello HTTP/1.1" 200 - "/" "other"'
}

# bats test_tags=must
@test "E3.6.2 one that is missing, or empty, is a dash, whatever the status" {
	start
	talk "GET /nothing HTTP/1.1\r\nUser-Agent: one\r\n$end"
	talk "GET / HTTP/1.1\r\nUser-Agent:\r\nReferer: two\r\n$end"
	talk 'nonsense\r\n\r\n'
	logged '127.0.0.1 - - [DATE] "GET /nothing HTTP/1.1" 404 LENGTH "-" "one"' \
		'127.0.0.1 - - [DATE] "GET / HTTP/1.1" 200 LENGTH "two" "-"' \
		'127.0.0.1 - - [DATE] "nonsense" 400 LENGTH "-" "-"'
}

# bats test_tags=must
@test "E3.6.3 no octet in them can forge a line, or command a terminal" {
	start
	known='these octets end the quotes, or reach the terminal: escape what a client has sent, as in the request line'
	talk "GET /hello HTTP/1.1\r\nUser-Agent: a\" 200 1 \"b\\\\\\\\c\r\nReferer: \xc3\xa9\x9b2J\r\n$end"
	logged '127.0.0.1 - - [DATE] "GET /hello HTTP/1.1" 200 LENGTH "\xc3\xa9\x9b2J" "a\" 200 1 \"b\\\\c"'
}

# bats test_tags=robust
@test "E3.6.4 long ones do not push each other out of the line" {
	local long

	long=$(printf '%05000d' 0)
	start
	talk "GET /$long HTTP/1.1\r\nReferer: $long\r\nUser-Agent: $long\r\n$end"
	stop TERM
	[[ $(cat "$log") =~ ^127[^\"]*\ \"GET\ /0*[^\"]*\"\ 404\ [0-9]+\ \"00+[^\"]*\"\ \"00+[^\"]*\"$ ]] ||
		tell 'one line, with three texts in quotes, each cut as it must be' 'what is too long has to be cut before it is in quotes, not after'
}
