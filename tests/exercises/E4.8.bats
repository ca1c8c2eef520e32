#!/usr/bin/env bats
# E4.8, two editors.
# breaks: 4.43 3.8 3.37
# may break: 4.100
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load ../part4/common

# put TARGET TEXT [FIELD]...: writes the text, on a connection of its own.
put() {
	local fields=''

	[ $# -eq 2 ] || printf -v fields '%s\\r\\n' "${@:3}"
	converse "PUT $1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${#2}\r\n$fields\r\n$2"
}

# holds FILE TEXT: that is what the file on the disk has.
holds() {
	[ "$(cat "$site/$1" 2>/dev/null)" = "$2" ] ||
		complain "the file $1 with \"$2\" in it" "it has \"$(head -c 80 "$site/$1" 2>/dev/null || echo 'not been made')\""
}

# bats test_tags=must
@test "E4.8.1 a new file is 201, another state of it 204, and GET tells of it" {
	start "$site"
	put /b/new.txt 'one' 'If-None-Match: *'
	is 201
	holds b/new.txt one
	get /b/new.txt
	is 200
	has "$site/b/new.txt"
	value_of ETag
	put /b/new.txt 'two, longer' "If-Match: $value"
	is '204 200'
	holds b/new.txt 'two, longer'
	get /b/new.txt
	is 200
	has "$site/b/new.txt"
}

# bats test_tags=must
@test "E4.8.2 two editors can't wipe out each other's work" {
	local tag

	start "$site"
	get /a.txt
	value_of ETag
	tag=$value
	put /a.txt 'mine' "If-Match: \"another\", $tag"
	is '204 200'
	put /a.txt 'yours' "If-Match: $tag"
	is 412
	put /a.txt 'yours' 'If-None-Match: *'
	is 412
	holds a.txt mine
	put /nothing.txt 'yours' "If-Match: $tag"
	is 412
	put /nothing.txt 'yours' 'If-Match: *'
	is 412
	[ ! -e "$site/nothing.txt" ] || complain 'no file' 'If-Match is about a file that is there: RFC 9110, 13.1.1'
	get /a.txt
	value_of ETag
	put /a.txt 'yours' "If-Match: W/$value"
	is 412
}

# bats test_tags=must
@test "E4.8.3 who has no condition is asked for one" {
	start "$site"
	put /a.txt 'mine'
	is 428
	holds a.txt 'this is a'
	put /nothing.txt 'mine'
	is 428
}

# bats test_tags=must
@test "E4.8.4 content comes in pieces, has a length, and at most 32 KiB" {
	local long

	start "$site"
	send_all send 'PUT /new.txt HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\nContent-Length: 11\r\n\r\nhalf' pause 200 drip 5 ' and ha' read
	is 201
	holds new.txt 'half and ha'
	long=$(printf '%032768d' 7)
	put /long.txt "$long" 'If-None-Match: *'
	is 201
	holds long.txt "$long"
	put /longer.txt "${long}8" 'If-None-Match: *'
	is 413
	converse 'PUT /chunks.txt HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n'
	is '411 501'
	converse 'PUT /none.txt HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\nContent-Length: 4x\r\n\r\nabcd'
	is 400
	send_all send 'PUT /cut.txt HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\nContent-Length: 9\r\n\r\nhalf' shut read
	! ls "$site"/{longer,chunks,none,cut}.txt 2>/dev/null || complain 'none of these files' 'what is refused, or not whole, must not be written'
}

# bats test_tags=must
@test "E4.8.5 it writes nowhere but in the site, in folders that are there" {
	local target

	start "$site"
	ln -s "$tmp" "$site/out"
	ln -s "$tmp/secret.txt" "$site/linked.txt"
	for target in /../secret.txt /%2e%2e/secret.txt /out/secret.txt /linked.txt /.hidden /.git/config /b%2Fc.txt \
		/nowhere/x.txt /a.txt/x.txt / /b/ /b; do
		put "$target" 'MINE' 'If-None-Match: "other"'
		is '301 400 403 404 405 409' || return
	done
	! grep -r -q MINE "$tmp/site" "$tmp/secret.txt" || complain 'no file changed' 'one of these was written: walk the path as GET does'
	put /b/x.txt 'MINE' 'If-None-Match: *'
	is 201
}

# bats test_tags=must
@test "E4.8.6 nobody reads half a file, and no other name is left" {
	local before names

	start "$site"
	names=$(find "$site" | sort)
	exec 9<"$site/a.txt"
	get /a.txt
	value_of ETag
	put /a.txt 'another text' "If-Match: $value"
	is '204 200'
	before=$(cat <&9)
	exec 9<&-
	[ "$before" = 'this is a' ] ||
		complain 'who has opened the file before still reads the old content' 'it was written into: write beside the file, and rename'
	[ "$(find "$site" | sort)" = "$names" ] ||
		complain 'the names that were there before' "now there are: $(find "$site" | sort | xargs)"
}

# bats test_tags=must
@test "E4.8.7 a client that asks first is told to go on" {
	start "$site"
	send_all timeout 3000 send 'PUT /new.txt HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n' \
		take 12 send 'text' read
	read_statuses
	[ "$codes" = '100 201' ] || complain 'status 100, and then 201' 'it is another: RFC 9110, 10.1.1'
	holds new.txt text
}
