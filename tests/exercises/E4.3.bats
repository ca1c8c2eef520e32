#!/usr/bin/env bats
# E4.3, a 404 of your own.
# breaks: none
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load ../part4/common

# serve_own: the server, on a site that has its own page for what is missing.
serve_own() {
	printf '<!DOCTYPE html>\n<title>lost?</title>\n<a href="/">home</a>\n' >"$site/404.html"
	start "$site"
}

# own_page [FIELD]...: the answer is that page, with status 404.
own_page() {
	is 404 'Content-Type: text/html; charset=utf-8' "$@" || return
	split_reply
	cmp -s "$tmp/content" "$site/404.html" || complain 'the content of 404.html' \
		"another page came: whatever makes a 404 has to look for the site's own page first"
}

# bats test_tags=must
@test "E4.3.1 it is the content of each 404" {
	local target

	serve_own
	for target in /nothing /nothing/ /b/nothing /a.txt/more /bare/ /.hidden /.. /b%2Fc.txt; do
		get "$target"
		own_page || return
	done
}

# bats test_tags=must
@test "E4.3.2 HEAD has its length" {
	serve_own
	ask HEAD /nothing
	is 404 "Content-Length: $(($(wc -c <"$site/404.html")))"
}

# bats test_tags=must
@test "E4.3.3 conditions and ranges change nothing" {
	local tag

	serve_own
	get /404.html
	is 200
	value_of ETag
	tag=$value
	get /nothing "If-None-Match: $tag" 'Range: bytes=0-3'
	own_page '!Content-Range'
	get /nothing "If-None-Match: *"
	own_page
	get /nothing 'If-Match: "another"' 'If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT'
	own_page
}

# bats test_tags=must
@test "E4.3.4 it is looked for at each request, and can be large" {
	serve_own
	get /nothing
	own_page
	head -c 300000 /dev/zero >"$site/404.html"
	get /nothing
	own_page
	rm "$site/404.html"
	get /nothing
	is 404
	[ "$length" -gt 0 ] && [ "$length" -lt 4096 ] ||
		complain 'our own small page, once the site has none' 'what was there before came, or nothing'
}
