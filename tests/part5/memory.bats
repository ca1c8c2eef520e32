#!/usr/bin/env bats
# Part 5: files from memory, and what each response gives back.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must,slow
@test "5.40 a file that is changed, removed or new is served so within two seconds" {
	TZ=UTC0 touch -t 200806301130.00 "$site/a.txt"
	start "$site"
	expect_statuses '200 200 200' "$a$a${a/x\\r/x\\r\\nConnection: close\\r}"
	printf 'this is z\n' >"$site/a.txt" # as long as before
	in_two_seconds "$SECONDS" serves /a.txt "$site/a.txt"
	TZ=UTC0 touch -t 200806301130.01 "$site/a.txt"
	in_two_seconds "$SECONDS" serves /a.txt "$site/a.txt"
	printf 'this is y\n' >"$site/new"
	TZ=UTC0 touch -t 200806301130.02 "$site/new"
	mv "$site/new" "$site/a.txt"
	in_two_seconds "$SECONDS" serves /a.txt "$site/a.txt"
	rm "$site/a.txt"
	in_two_seconds "$SECONDS" gone /a.txt
	ln -s ../secret.txt "$site/a.txt"
	get /a.txt
	is 404
	lacks SECRET
	rm "$site/a.txt"
	printf 'this is w\n' >"$site/a.txt"
	in_two_seconds "$SECONDS" serves /a.txt "$site/a.txt"
}

# bats test_tags=must
@test "5.41 a file from memory is served as one from the disk" {
	local etag i target

	TZ=UTC0 touch -t 200806301130.00 "$site/letters" "$site/empty.txt" "$site/b/index.html"
	start "$site"
	get /letters
	value_of ETag
	etag=$value
	for i in 1 2 3; do
		get /letters
		is 200 'Content-Length: 26' "ETag: $etag" 'Last-Modified: Mon, 30 Jun 2008 11:30:00 GMT'
		has "$site/letters"
		ask HEAD /letters
		is 200 'Content-Length: 26' "ETag: $etag"
		get /letters 'Range: bytes=3-9'
		is 206 'Content-Range: bytes 3-9/26'
		has "$site/letters" 3 9
		get /letters 'Range: bytes=-1'
		is 206 'Content-Range: bytes 25-25/26'
		get /letters 'Range: bytes=26-'
		is 416 'Content-Range: bytes */26'
		get /letters "If-None-Match: $etag"
		is 304 "ETag: $etag"
		get /letters 'If-Match: "x"'
		is 412
		get '/letters?x'
		is 200
		has "$site/letters"
		get /letter
		is 404
		tr -d '\0' <"$reply" | cmp -s - "$reply" ||
			complain 'the page that says that nothing is there' 'it holds NULs: was it copied to where it is sent from?'
		get /letters/
		is 404
		get /b/deep/%65r/d.txt # so it is remembered
		is 200
		for target in /b/deep%2Fer/d.txt /b/deep/er%2fd.txt /letters%00 /letters%00.html /lettersx; do
			get "$target"
			is '404 400 200'
			[ "$code" != 200 ] || complain 'status 404, or 400' \
				"$target was found in memory, and would not be on the disk: remember by the path as it was sent, or look there after all checks"
			lacks 'this is d|abc'
		done
		get /b/deep/er/d.txt
		is '200 404 400'
		[ "$code" = 200 ] || complain 'status 200' \
			'what is remembered of another path, b/deep%2Fer/d.txt, which is wrong, was taken for this one: so anybody can hide a file'
		has "$site/b/deep/er/d.txt"
		ask POST /letters 'Content-Length: 0'
		is 405
		get /empty.txt
		is 200 'Content-Length: 0'
		get /b/
		is 200
		has "$site/b/index.html"
		get /b
		is 301
	done
}

# bats test_tags=must,slow
@test "5.42 a thousand and more files, each the right one" {
	local i long

	printf -v long '%0250d' 7
	mkdir "$site/many"
	awk -v folder="$site/many/" 'BEGIN {
		for (i = 0; i < 1500; i++) {
			printf "this is file %d.\n", i >(folder i)
			close(folder i)
		}
	}'
	(cd "$site/many" && TZ=UTC0 touch -t 200806301130.00 -- *)
	awk 'BEGIN {
		for (i = 0; i < 1500; i++)
			printf "GET /many/%d HTTP/1.1\r\nHost: x\r\n\r\n", i * 7 % 1500
	}' >"$tmp/requests"
	awk 'BEGIN { for (i = 0; i < 1500; i++) printf "this is file %d.\n", i * 7 % 1500 }' >"$tmp/due"
	mkdir -p "$site/$long/$long/$long"
	printf 'this is o\n' >"$site/$long/$long/$long/one"
	printf 'this is t\n' >"$site/$long/$long/$long/two"
	start "$site"
	for i in 1 2; do
		send_all "GET /$long/$long/$long/one HTTP/1.1\r\nHost: x\r\n\r\nGET /$long/$long/$long/two HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
		grep -q -a 'this is t' "$reply" || complain 'the files one and two' \
			'another file came: if long paths are cut to fit into a cache, two of them look alike'
		expect_contents 'o t'
	done
	for i in 1 2; do
		send_all file "$tmp/requests" shut read
		LC_ALL=C grep -a '^this is file' "$reply" | cmp - "$tmp/due" ||
			complain 'the files that were asked for, in order' \
				'another file came: if two paths share a place in a cache, compare the whole path'
	done
}

# bats test_tags=must,slow
@test "5.47 a file, or its folder, replaced by one of the same size and time is served anew within two seconds" {
	local changed

	mkdir "$site/next"
	printf 'this is e\n' >"$site/next/c.txt"
	TZ=UTC0 touch -t 200806301130.00 "$site/a.txt" "$site/b/c.txt" "$site/next/c.txt"
	start "$site"
	get /a.txt
	is 200
	has "$site/a.txt"
	get /b/c.txt
	is 200
	has "$site/b/c.txt"
	mv "$site/b" "$site/before"
	mv "$site/next" "$site/b"
	printf 'this is w\n' >"$site/new"
	TZ=UTC0 touch -t 200806301130.00 "$site/new"
	mv "$site/new" "$site/a.txt"
	changed=$SECONDS
	in_two_seconds "$changed" serves /a.txt "$site/a.txt"
	in_two_seconds "$changed" serves /b/c.txt "$site/b/c.txt"
}

# bats test_tags=extra,slow
@test "5.51 five hundred clients that never read what they ask for share its memory" {
	local before conversation grown

	head -c 102400 /dev/urandom >"$site/file"
	start "$site"
	look_inside
	sleep 2.2 # now a cache may believe that it stays as it is
	get /file
	is 200
	before=$(resident)
	read -r -a conversation <<<"$(awk 'BEGIN {
		for (i = 0; i < 500; i++)
			printf "on %d repeat 4 GET\\x20/file\\x20HTTP/1.1\\r\\nHost:x\\r\\n\\r\\n ", i }')"
	hold narrow crumbs "${conversation[@]}"
	# When this comes, all of them have had a turn; how long that takes is up to the machine.
	send_all timeout 60000 send "$last_b" read
	is 200
	grown=$(($(resident) - before))
	[ "$grown" -le 65536 ] ||
		complain 'the server grows by 64 MiB at most' \
			"it has grown by $grown KiB: each client that does not read has a copy of its own of what is in memory already"
}

# bats test_tags=extra
@test "5.56 on a kept connection, each response gives back the descriptor of its file" {
	local before etag long name request

	printf -v long '%0150d' 7 # so long that nobody is tempted to keep it in memory
	mkdir "$site/$long"
	: >"$site/$long/empty"
	sparse 1 "$site/big"
	start "$site"
	look_inside
	get /big
	value_of ETag
	etag=$value
	until_true gone /missing
	before=$(descriptors)
	for name in HEAD 304 412 206 416 405 204 '404' '301' 'an empty file' 'a whole file'; do
		case $name in
		HEAD) request='HEAD /big HTTP/1.1\r\nHost: x\r\n\r\n' ;;
		304) request="GET /big HTTP/1.1\r\nHost: x\r\nIf-None-Match: $etag\r\n\r\n" ;;
		412) request='GET /big HTTP/1.1\r\nHost: x\r\nIf-Match: "x"\r\n\r\n' ;;
		206) request='GET /big HTTP/1.1\r\nHost: x\r\nRange: bytes=0-9\r\n\r\n' ;;
		416) request='GET /big HTTP/1.1\r\nHost: x\r\nRange: bytes=1048576-\r\n\r\n' ;;
		405) request='DELETE /big HTTP/1.1\r\nHost: x\r\n\r\n' ;;
		204) request='OPTIONS /big HTTP/1.1\r\nHost: x\r\n\r\n' ;;
		404) request="GET /$long/missing HTTP/1.1\r\nHost: x\r\n\r\n" ;;
		301) request="GET /$long HTTP/1.1\r\nHost: x\r\n\r\n" ;;
		*empty*) request="GET /$long/empty HTTP/1.1\r\nHost: x\r\n\r\n" ;;
		*) request='GET /big HTTP/1.1\r\nHost: x\r\n\r\n' ;;
		esac
		hold most 20 repeat 20 "$request" send "$last_b" read # so the connection is still there
		[ "$(descriptors)" -le $((before + 1)) ] || {
			cp "$held" "$reply"
			sent=(repeat 20 "$request" send "$last_b" read)
			complain 'no more descriptors than before' \
				"after 20 responses of this kind ($name) the server has $(($(descriptors) - before)) more: close the file when its response is done, even if none of it is sent"
		}
		end_helpers
	done
}

# bats test_tags=robust
@test "5.70 a file that can't be read ends neither the connection nor what was answered before" {
	local folder=/sys/class/net/lo get='GET /%s HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' pipeline code

	cat "$folder/mtu" >/dev/null 2>&1 && [ -f "$folder/speed" ] && ! cat "$folder/speed" >/dev/null 2>&1 ||
		skip 'no file here can be opened and not be read'
	# shellcheck disable=SC2059 # the format is ours
	printf -v pipeline "$get" nope speed nope
	start "$folder"
	send_all send "$pipeline" shut read
	read -r _ code _ < <(statuses)
	[[ " $(ours 503 500 403) " = *" $code "* ]] || code=503
	expect_statuses "404 $code 404" send "$pipeline" shut read
}

# bats test_tags=extra
@test "5.71 what the wall clock says makes no file older or newer" {
	ours_only
	SPEED=1 WALL_CLOCK=stopped start_fast "$site"
	get /a.txt
	is 200
	gone /new.txt
	printf 'this is z\n' >"$site/a.txt"
	printf 'this is n\n' >"$site/new.txt"
	in_two_seconds "$SECONDS" serves /a.txt "$site/a.txt"
	in_two_seconds "$SECONDS" serves /new.txt "$site/new.txt"
}
