#!/usr/bin/env bats
# Part 4: which file a path names.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "4.1 the root and a folder are their index.html" {
	start "$site"
	get /
	is 200 'Content-Type: text/html; charset=utf-8'
	has "$site/index.html"
	get /b/
	is 200 'Content-Type: text/html; charset=utf-8'
	has "$site/b/index.html"
}

# bats test_tags=must
@test "4.2 files in folders are served" {
	local target

	start "$site"
	get /a.txt
	is 200
	has "$site/a.txt"
	get /b/c.txt
	is 200
	has "$site/b/c.txt"
	get /b/deep/er/d.txt
	is 200
	has "$site/b/deep/er/d.txt"
	for target in /index.html /b/index.html; do
		get "$target"
		is '200 301 302 307 308'
		[ "$code" = 200 ] || complain 'status 200' \
			'index.html is a file, too: who asks for it by its own name gets it, without a redirect'
		has "$site$target"
	done
	printf '#!/bin/sh\necho I ran\n' >"$site/run.sh"
	chmod 755 "$site/run.sh"
	get '/run.sh?x'
	is 200
	! grep -q '^I ran$' "$reply" || complain 'what is in the file' 'the file was executed: whoever can put one into the site can do all that the server may'
	has "$site/run.sh"
	mkdir "$site/v1..2"
	for target in /one..two.txt /b/etc... /v1..2/c.txt; do
		printf 'this is e\n' >"$site$target"
		get "$target"
		is '200 400 403 404'
		[ "$code" = 200 ] || complain "status 200, and the file $target" \
			'dots within a name mean nothing: only a segment that is .. and nothing else leads out; do not look for .. in the whole path'
		has "$site$target"
	done
}

# bats test_tags=must
@test "4.5 a folder without index.html is not found" {
	start "$site"
	get /bare/
	is '404 403'
	lacks 'x\.txt'
	get '/a%20dir/'
	is '404 403'
}

# bats test_tags=must
@test "4.9 /about is about.html" {
	printf 'this is e\n' >"$site/b/e.html"
	start "$site"
	get /about
	is 200 'Content-Type: text/html; charset=utf-8'
	has "$site/about.html"
	get '/about?x=1'
	is 200
	get /b/e
	is 200
	has "$site/b/e.html"
	printf 'this is v\n' >"$site/v1.2.html"
	get /v1.2
	is '200 404'
	[ "$code" = 200 ] || complain 'status 200, and the file v1.2.html' \
		'a name with a dot was taken for one with an extension: only whether the file is there decides'
	has "$site/v1.2.html"
	get /abou
	is 404
	get /a
	is 404
}

# bats test_tags=must
@test "4.10 a file with a slash after it, or more, is not found" {
	local target

	start "$site"
	for target in /a.txt/ /about.html/ /about.html/x /about/ /a.txt/b.txt /index.html/ /empty.txt/; do
		get "$target"
		is 404
	done
}

# bats test_tags=must
@test "4.11 what does not exist is not found, and the page reflects nothing" {
	local target

	start "$site"
	for target in /missing /missing/ /missing/x /b/missing /A.TXTX /b.tx /request; do
		get "$target"
		is 404
	done
	printf 'this is r\n' >"$site/request" # part 3 has a page of that name
	until_true serves /request "$site/request"
	get '/%3Cscript%3Ealert(1)%3C/script%3E'
	is 404
	lacks '<script>'
}

# bats test_tags=must
@test "4.26 an empty file" {
	start "$site"
	get /empty.txt
	is 200 'Content-Length: 0' 'Content-Type: text/plain; charset=utf-8'
	value_of ETag
	ask HEAD /empty.txt
	is 200 'Content-Length: 0'
}

# bats test_tags=must
@test "4.27 every byte of a binary file comes, NULs too" {
	local i octal target

	for ((i = 0; i < 256; i++)); do
		printf -v octal '\\0%03o' "$i"
		printf '%b' "$octal"
	done >"$site/octets.bin"
	head -c 70000 /dev/zero >"$site/zeros.bin"
	cat "$site/zeros.bin" "$site/octets.bin" >"$site/mixed.bin"
	start "$site"
	for target in octets.bin zeros.bin mixed.bin; do
		get "/$target"
		is 200
		has "$site/$target"
	done
	get /octets.bin 'Range: bytes=8-15'
	is 206
	has "$site/octets.bin" 8 15
}

# bats test_tags=must
@test "4.28 files of every length around the sizes of buffers" {
	local size

	head -c 300000 /dev/urandom >"$tmp/noise"
	start "$site"
	for size in 1 4095 4096 8191 16384 32768 65535 65536 65537 261800 262143 262144 262145 300000; do
		head -c "$size" "$tmp/noise" >"$site/$size"
		get "/$size"
		is 200 "Content-Length: $size"
		has "$site/$size"
	done
}

# bats test_tags=must,slow
@test "4.29 every byte of 20 MiB comes" {
	head -c 20971520 /dev/urandom >"$site/big"
	start "$site"
	ask HEAD /big
	is 200 'Content-Length: 20971520'
	curl -s -S --max-time 20 -o "$tmp/got" "http://$host:$port/big" || :
	cmp -s "$tmp/got" "$site/big" || complain 'all of the file, as curl gets it' \
		"curl got $(wc -c <"$tmp/got") of $(wc -c <"$site/big") octets, or others: a send may take fewer than it is given"
	get /big 'Range: bytes=10000000-10999999'
	is 206 'Content-Range: bytes 10000000-10999999/20971520'
	has "$site/big" 10000000 10999999
}

# bats test_tags=must
@test "4.44 the absolute form of a target serves the same file" {
	start "$site"
	get http://x/a.txt
	is 200
	has "$site/a.txt"
	get http://x/b
	is 301 'Location: /b/'
	get http://x
	is 200
	has "$site/index.html"
}

# bats test_tags=must
@test "4.52 a file that is replaced is served anew, and one that is removed is gone" {
	start "$site"
	still_serves
	printf 'this is n, and longer\n' >"$site/new"
	mv "$site/new" "$site/a.txt"
	until_true still_serves
	rm "$site/a.txt"
	until_true gone /a.txt
}

# bats test_tags=extra
@test "4.55 without a folder, the site in common/www is served, every file of it" {
	local file

	ours_only 'its site'
	cd "$root"
	start
	find common/www -type f >"$tmp/list"
	while read -r file; do
		get "${file#common/www}"
		is 200
		has "$file"
	done <"$tmp/list"
	get /
	is 200
	has common/www/index.html
}

# bats test_tags=must,slow
@test "4.58 a folder, renamed in the place of another: the new files, and no false 304" {
	local i begin files=() tags=()

	# The files are alike in size and time, and have all been changed at the same moment, or nearly so.
	mkdir "$site/tree" "$site/next"
	for i in 1 2 3 4 5 6; do
		printf 'old %s' "$i" >"$site/tree/$i"
		printf 'new %s' "$i" >"$site/next/$i"
		files+=("$site/tree/$i" "$site/next/$i")
	done
	TZ=UTC0 touch -t 200806301130.00 "${files[@]}"
	start "$site"
	sleep 2.2 # now a cache may believe that they stay as they are
	for i in 1 2 3 4 5 6; do
		get "/tree/$i"
		is 200
		has "$site/tree/$i"
		value_of ETag
		tags[i]=$value
	done
	mv "$site/tree" "$site/before"
	mv "$site/next" "$site/tree"
	begin=$SECONDS
	for i in 1 2 3 4 5 6; do
		in_two_seconds "$begin" serves "/tree/$i" "$site/tree/$i"
	done
	for i in 1 2 3 4 5 6; do
		get "/tree/$i" "If-None-Match: ${tags[i]}"
		is 200
		has "$site/tree/$i"
	done
}
