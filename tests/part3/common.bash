# shellcheck shell=bash
# Part 3: fields, and real responses. Parts 4 and 5 must keep all of this, but for the page /request.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
PART=${PART:-3}
load ../lib/harness

# The page that tells what was asked for; from part 4 on, where all pages are files, one that doesn't.
page=/request hello_page=/hello
[ "$PART" -eq 3 ] || page=/hello.html hello_page=/hello.html

# What ends most requests here: part 5 would keep the connection otherwise.
end='Host: x\r\nConnection: close\r\n\r\n'
sample=(send "GET / HTTP/1.1\r\n$end" take 1)
answer='answer that is HTTP' answered=HTTP/1

# Skips the rest of the test where there is no /request.
tells_requests() {
	[ "$page" = /request ] || skip 'from part 4 on, every page is a file'
}

# Starts the server; from part 4 on with a copy of the site that it serves by itself: a wrong server
# may write into it.
serve() {
	serve_with start "$@"
}

# serve_with start|start_unread|start_closed [option...]
serve_with() {
	if [ "$PART" -ge 4 ]; then
		[ -d "$tmp/www" ] || cp -R "$root/common/www" "$tmp/www"
		"$@" "$tmp/www"
	else
		"$@"
	fi
}

others_are_served() {
	expect_status 200 timeout 1000 send "GET $hello_page HTTP/1.1\r\n$end" read
}
