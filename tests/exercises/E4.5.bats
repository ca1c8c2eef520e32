#!/usr/bin/env bats
# E4.5, compressed beforehand. (What is in the .gz is up to who puts it there; here, it is plain text.)
# breaks: none
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load ../part4/common

# serve_packed: the server, on a site where a.txt and the pages are packed, too.
serve_packed() {
	local file

	for file in a.txt about.html b/index.html; do
		printf 'packed: %s\n' "$file" >"$site/$file.gz"
		touch -r "$site/$file" "$site/$file.gz"
	done
	start "$site"
}

# packed FILE [FIELD]...: the answer is what gzip made of it. plain FILE [FIELD]...: it is the file itself.
packed() {
	is 200 'Content-Encoding: gzip' "${@:2}" && has "$site/$1.gz"
}

plain() {
	is 200 '!Content-Encoding' "${@:2}" && has "$site/$1"
}

# bats test_tags=must
@test "E4.5.1 a client that takes gzip gets the packed file, with the type of what is in it" {
	serve_packed
	get /a.txt 'Accept-Encoding: gzip'
	packed a.txt 'Content-Type: text/plain; charset=utf-8' 'Vary: Accept-Encoding'
	get /about 'Accept-Encoding: gzip'
	packed about.html 'Content-Type: text/html; charset=utf-8'
	get /b/ 'Accept-Encoding: gzip'
	packed b/index.html 'Content-Type: text/html; charset=utf-8'
	ask HEAD /a.txt 'Accept-Encoding: gzip'
	is 200 'Content-Encoding: gzip' "Content-Length: $(($(wc -c <"$site/a.txt.gz")))"
}

# bats test_tags=must
@test "E4.5.2 another client gets the file itself, and caches are told that there are two" {
	serve_packed
	get /a.txt
	plain a.txt 'Vary: Accept-Encoding'
	get /b.txt 'Accept-Encoding: gzip'
	plain b.txt '!Vary'
}

# bats test_tags=must
@test "E4.5.3 who takes gzip, and who does not" {
	local accepted

	serve_packed
	for accepted in gzip GZIP x-gzip 'deflate, gzip;q=0.5' '*' 'br,*;q=0.1' 'gzip ; q=1.000' '*;q=0, gzip'; do
		get /a.txt "Accept-Encoding: $accepted"
		packed a.txt || return
	done
	for accepted in '' identity 'gzip;q=0' 'gzip;Q=0.000' '*;q=0' 'gzip;q=0, *' '*, gzip; q=0' gzipped 'br;gzip'; do
		get /a.txt "Accept-Encoding: $accepted"
		plain a.txt 'Vary: Accept-Encoding' || return
	done
	get /a.txt 'Accept-Encoding: br' 'Accept-Encoding: gzip'
	packed a.txt
}

# bats test_tags=must
@test "E4.5.4 each has a tag of its own, and 304 tells on what it depends" {
	local tag

	serve_packed
	get /a.txt
	is 200
	value_of ETag
	tag=$value
	get /a.txt 'Accept-Encoding: gzip'
	is 200
	value_of ETag
	[ "$value" != "$tag" ] || complain 'another tag than that of the file itself' \
		'two contents have one tag: a client may take a piece of one, and the rest of the other'
	get /a.txt 'Accept-Encoding: gzip' "If-None-Match: $value"
	is 304 "ETag: $value" 'Vary: Accept-Encoding'
	get /a.txt "If-None-Match: $value"
	plain a.txt
	get /a.txt 'Accept-Encoding: gzip' "If-None-Match: $tag"
	packed a.txt
}

# bats test_tags=must
@test "E4.5.5 what was packed before the file has changed is not sent" {
	serve_packed
	get /a.txt 'Accept-Encoding: gzip'
	packed a.txt
	touch -t 202001010000 "$site/a.txt.gz"
	get /a.txt 'Accept-Encoding: gzip'
	plain a.txt
}

# bats test_tags=must
@test "E4.5.6 a piece of it is a piece of the packed file" {
	serve_packed
	get /a.txt 'Accept-Encoding: gzip' 'Range: bytes=2-5'
	is 206 'Content-Encoding: gzip' "Content-Range: bytes 2-5/$(($(wc -c <"$site/a.txt.gz")))"
	has "$site/a.txt.gz" 2 5
}
