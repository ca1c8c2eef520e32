#!/usr/bin/env bats
# Part 4: files. Run with PART=5, the same must hold for part 5.
# Variables of the harness are used, and changed in one test without a change in the next:
# shellcheck disable=SC2030,SC2031,SC2034,SC2154

export PART=${PART:-4}
load ../lib/harness
load ../lib/site

setup() {
	harness_setup
	make_site
}

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

# bats test_tags=extra
@test "4.3 a whole response, byte for byte" {
	ours_only
	TZ=UTC0 touch -t 200806301130.00 "$site/a.txt" "$site/letters"
	start "$site"
	expect 'GET /a.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' <<-'REPLY'
		HTTP/1.1 200 OK^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Content-Type: text/plain; charset=utf-8^M$
		Content-Length: 10^M$
		Connection: close^M$
		Last-Modified: Mon, 30 Jun 2008 11:30:00 GMT^M$
		ETag: "TAG"^M$
		Accept-Ranges: bytes^M$
		^M$
		this is a$
	REPLY
	expect 'GET /letters HTTP/1.1\r\nHost: x\r\nRange: bytes=24-99\r\nConnection: close\r\n\r\n' <<-'REPLY'
		HTTP/1.1 206 Partial Content^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Content-Type: application/octet-stream^M$
		Content-Length: 2^M$
		Connection: close^M$
		Last-Modified: Mon, 30 Jun 2008 11:30:00 GMT^M$
		ETag: "TAG"^M$
		Accept-Ranges: bytes^M$
		Content-Range: bytes 24-25/26^M$
		^M$
		yz
	REPLY
	expect 'GET /a.txt HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\nConnection: close\r\n\r\n' <<-'REPLY'
		HTTP/1.1 304 Not Modified^M$
		Server: FiveLayers^M$
		Date: DATE^M$
		Connection: close^M$
		Last-Modified: Mon, 30 Jun 2008 11:30:00 GMT^M$
		ETag: "TAG"^M$
		^M$
	REPLY
}

# bats test_tags=must
@test "4.4 HEAD gets the fields of GET, and no content" {
	local due path

	start "$site"
	for path in / /a.txt /about /letters /empty.txt /b/c.txt; do
		get "$path"
		is 200
		due=$(LC_ALL=C sed $'/^\r$/q; /^Date/d' "$reply")
		ask HEAD "$path"
		is 200
		[ "$(LC_ALL=C sed $'/^\r$/q; /^Date/d' "$reply")" = "$due" ] ||
			complain "$due" 'the fields are not those of GET'
	done
	for path in /missing /b /%zz; do
		get "$path"
		is '404 301 400'
		due=$code
		ask HEAD "$path"
		is "$due"
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
@test "4.6 a folder without its slash is redirected" {
	cp "$site/b/index.html" "$site/b/deep"
	start "$site"
	get /b
	is '301 200'
	[ "$code" = 301 ] || complain 'status 301; Location: /b/' \
		'the page is shown without the slash: its links would be followed from the wrong place, c.txt as /c.txt'
	is 301 'Location: /b/'
	get /b/deep
	is 301 'Location: /b/deep/'
	get '/b?x=1&y=%20'
	is 301 'Location: /b/?x=1&y=%20'
	ask HEAD /b
	is 301 'Location: /b/'
}

# bats test_tags=must
@test "4.7 Location is encoded, and never points to another host" {
	local target

	mkdir -p "$site/caf"$'\303\251' "$site/100%" "$site/\\evil" "$site/what?" "$site/evil.example"
	for target in 'a dir' $'caf\303\251' 100% '\evil' 'what?' evil.example b/deep; do
		cp "$site/b/index.html" "$site/$target"
	done
	start "$site"
	get '/a%20dir'
	is 301 'Location: /a%20dir/'
	get '/caf%C3%A9'
	is 301 'Location: /caf%C3%A9/'
	get '/100%25'
	is 301 'Location: /100%25/'
	get '/what%3F'
	is 301 'Location: /what%3F/'
	for target in //b //evil.example ///evil.example /.//evil.example /b/..//evil.example \
		'/%5Cevil' '/\\evil' '//evil.example/..' '//evil.example/%2e%2e' /b//deep; do
		get "$target"
		is '301 404 400 200'
		if [ "$code" = 301 ]; then
			value_of Location || complain Location 'Location is missing'
			case $value in
			//* | /\\*) complain 'Location: /…' "a browser takes $value for another host" ;;
			/*) ;;
			*) complain 'Location: /…' "Location is $value" ;;
			esac
		fi
	done
}

# bats test_tags=must
@test "4.8 CR and LF in a path or query stay encoded in Location" {
	mkdir -p "$site/x"$'\r\n'"Bad: y"
	cp "$site/b/index.html" "$site/x"$'\r\n'"Bad: y"
	start "$site"
	get '/x%0d%0aBad:%20y'
	[ -z "$(field Bad)" ] || complain 'no field Bad' \
		'CR LF of the path was decoded, and ended Location: so anybody can put a field into this response; send the path as it came'
	is '301 400 404' '!Bad'
	if [ "$code" = 301 ]; then
		value_of Location || :
		case $(tr da DA <<<"$value") in
		'/x%0D%0ABAD:%20y/' | '/x%0D%0ABAD%3A%20y/') ;;
		*) complain 'Location: /x%0D%0ABad:%20y/' "it is $value" ;;
		esac
	fi
	get '/b?%0d%0aBad:%20y'
	is 301 '!Bad' 'Location: /b/?%0d%0aBad:%20y'
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

# misread TARGET: why a server may not find the file that this target names.
misread() {
	case $1 in
	*%25*) echo 'the path is decoded twice: what the first decoding has left is no encoding any more' ;;
	*%3[Ff]* | *%23*) echo 'the path is decoded before it is taken apart: cut the query off first, then decode' ;;
	*+* | *%2[Bb]*) echo 'a plus sign is taken for a space: it is one in forms, but not in a path' ;;
	*) echo 'the path is not decoded, or something in it is taken for more than a part of a name' ;;
	esac
}

# bats test_tags=must
@test "4.12 a path is decoded once" {
	local name target

	for name in 'a b.txt' $'caf\303\251.txt' '100%.txt' Q.txt 'per%51cent.txt' 'one+two.txt' 'h#.txt' \
		'q?.txt' "it's.txt" 'a&b<c>.txt' $'line\nend.txt' '%2e%2e' 'semi;x=1.txt' 'tilde~.txt' \
		'co:lon@.txt' '"quoted".txt' 'back\slash.txt' "(1) \$!*,=[].txt"; do
		printf 'file %s' "$name" >"$site/$name"
	done
	start "$site"
	while read -r target name; do
		printf -v name '%b' "$name"
		get "$target"
		is '200 404'
		[ "$code" = 200 ] || complain "status 200, and the file $name" "$(misread "$target")"
		has "$site/$name"
	done <<-'TARGETS'
		/a%20b.txt a b.txt
		/caf%C3%A9.txt caf\0303\0251.txt
		/caf%c3%a9.txt caf\0303\0251.txt
		/100%25.txt 100%.txt
		/%51.txt Q.txt
		/%51%2e%74x%74 Q.txt
		/per%2551cent.txt per%51cent.txt
		/%252e%252e %2e%2e
		/one+two.txt one+two.txt
		/one%2Btwo.txt one+two.txt
		/h%23.txt h#.txt
		/q%3F.txt q?.txt
		/it's.txt it's.txt
		/it%27s.txt it's.txt
		/a&b%3Cc%3E.txt a&b<c>.txt
		/line%0Aend.txt line\nend.txt
		/semi;x=1.txt semi;x=1.txt
		/tilde~.txt tilde~.txt
		/tilde%7E.txt tilde~.txt
		/co:lon@.txt co:lon@.txt
		/%22quoted%22.txt "quoted".txt
		/back%5Cslash.txt back\\slash.txt
		/(1)%20$!*,=%5B%5D.txt (1) $!*,=[].txt
		/%62/%63.txt b/c.txt
	TARGETS
	for target in '/a+b.txt' '/one%20two.txt' '/per%51cent.txt' '/a%2520b.txt'; do
		get "$target"
		is 404
	done
}

# bats test_tags=must
@test "4.13 a name that is not UTF-8 is a name like any other" {
	(printf 'this is a\n' >"$site/"$'\377\376.txt') 2>/dev/null ||
		skip 'this file system has no such names'
	start "$site"
	get /%FF%FE.txt
	is 200
	has "$site/a.txt"
}

# bats test_tags=must
@test "4.14 wrong percent-encoding is refused" {
	local target

	start "$site"
	for target in /%zz /% /%4 /%4/ /a.txt% /a.txt%2 /%%41 /%g0 /%0g /b/%/c.txt /%+1 /%-1 /%0x41 \
		/b/%zz/../../a.txt /missing/%zz /b%; do
		get "$target"
		is '400 404 200 301'
		[ "$code" = 400 ] || complain 'status 400' 'two hexadecimal digits must follow each %, in all of the path, and that comes before any look for a file'
	done
}

# bats test_tags=must
@test "4.15 %00 is refused, wherever it stands" {
	local target

	start "$site"
	for target in /%00 /a.txt%00 /a.txt%00.html /%00a.txt /b%00/c.txt /b/%00 /a%00.txt \
		/b/index.html%00 /.hidden%00.txt /..%00/secret.txt /about%00 /b%00; do
		get "$target"
		is '400 404 200 301'
		[ "$code" -ge 400 ] || complain 'status 400 or 404' 'the name ends at its NUL for the system, but not for who has looked at its extension'
	done
}

# bats test_tags=must
@test "4.16 %2F is no separator" {
	local target

	start "$site"
	for target in /b%2Fc.txt /b%2fc.txt /%2Fa.txt /%2fa.txt /a.txt%2F /b%2F /b%2F/c.txt \
		/b%2Findex.html /b%2fdeep%2fer%2fd.txt /%2F%2Fb; do
		get "$target"
		is '404 400 200 301'
		[ "$code" -ge 400 ] || complain 'status 404' '%2F is taken for a separator: cut the path at its slashes first, then decode'
	done
}

# bats test_tags=must
@test "4.17 a query is not part of the path" {
	local target

	start "$site"
	get /a.txt
	is 200 'Content-Type: text/plain; charset=utf-8' # without a query it is right
	for target in '/a.txt?' '/a.txt?y' '/a.txt?y=../../z' '/a.txt?%zz' '/a.txt??' '/a.txt?/b/' \
		'/a.txt?%00' '/a.txt?v=1.2' '/a.txt?x.html'; do
		get "$target"
		is 200 'Content-Type: *'
		is 200 'Content-Type: text/plain; charset=utf-8' || return
		has "$site/a.txt"
	done
	get '/?x'
	is 200
	has "$site/index.html"
	get '/b/?x'
	is 200
	has "$site/b/index.html"
	get '/a.txt%3Fy'
	is 404
}

# bats test_tags=must
@test "4.18 two dots as a segment are the client's business" {
	local due target

	due=$(ours 404 200 400 301 308)
	start "$site"
	for target in /b/../a.txt /b/./../a.txt /b/deep/../../a.txt /b//../a.txt /b/%2e%2e/a.txt /b/.%2E/a.txt \
		/b/deep/er/../../../a.txt; do
		get "$target"
		is "$due"
		case $code in
		200) [[ $target == /b//../a.txt ]] || has "$site/a.txt" ;;
		3*)
			value_of Location || :
			case $value in
			/ | /[!/]*) ;;
			*) complain 'Location: /…' "Location is $value" ;;
			esac
			;;
		esac
	done
	for target in /b/deep/.. /b/deep/../; do
		get "$target"
		is "$due"
		[ "$code" != 200 ] || has "$site/b/index.html"
	done
}

# led_out TARGET: what may have let a path lead out of the site.
led_out() {
	case $1 in
	*%25*) echo 'decoded twice, it has a ..' ;;
	*..../* | *.../. | *..././* | *%2e%2e%2e*) echo '../ is cut out of it, and what is left has another: refuse, do not repair' ;;
	*%2[eEfF]* | *%5[cC]*) echo 'it is looked at before it is decoded: decode first, then look' ;;
	*%*) echo 'its octets are made characters, and then others' ;;
	//[!.]*) echo 'what follows the first slash is opened as an absolute path' ;;
	*) echo 'a segment .. is not refused' ;;
	esac
}

# stays_inside TARGET: no octet of a file outside of the site came.
stays_inside() {
	! grep -a -q -e SECRET -e root: "$reply" ||
		complain 'no octet of a file outside of the site' "octets of a file outside of the site came: the path leads out, since $(led_out "$1")"
}

# bats test_tags=must
@test "4.19 no spelling of .. leads out of the site" {
	local target

	mkdir "$site/..." "$site/b/..b"
	start "$site"
	while read -r target; do
		get "$target"
		stays_inside "$target"
		is '400 404'
		lacks 'this is'
	done <<-'TARGETS'
		/....//secret.txt
		/%2e%2e%2e%2e%2f%2fsecret.txt
		/%2e%2e%2e%2e%2f/secret.txt
		/..././secret.txt
		/b/....//....//secret.txt
		/....//....//....//....//....//....//....//....//....//....//etc/passwd
		/../secret.txt
		/../../../../../../../../../../../../../../etc/passwd
		/b/../../secret.txt
		/b/../b/../../secret.txt
		/b/deep/er/../../../../secret.txt
		/%2e%2e/secret.txt
		/%2E%2E/secret.txt
		/.%2e/secret.txt
		/%2E./secret.txt
		/b/%2e%2e/%2e%2e/secret.txt
		/..%2fsecret.txt
		/..%2Fsecret.txt
		/%2e%2e%2fsecret.txt
		/b/..%2f..%2fsecret.txt
		/b%2f..%2f..%2fsecret.txt
		/..%5csecret.txt
		/..\\secret.txt
		/b\\..\\..\\secret.txt
		/%5c..%5csecret.txt
		/..%c0%afsecret.txt
		/..%e0%80%afsecret.txt
		/%c0%ae%c0%ae/secret.txt
		/%e0%80%ae%e0%80%ae/secret.txt
		/%f0%80%80%ae%f0%80%80%ae/secret.txt
		/%uff0e%uff0e/secret.txt
		/..%252fsecret.txt
		/%252e%252e/secret.txt
		/%252e%252e%252fsecret.txt
		/..//secret.txt
		//../secret.txt
		//..//secret.txt
		/./../secret.txt
		/.../secret.txt
		/..;/secret.txt
		/..%00/secret.txt
		/../site/a.txt
		/b/../../site/a.txt
		/missing/../../secret.txt
		/a.txt/../../secret.txt
		/b/..b/../../../secret.txt
		/..
		/../
		/%2e%2e
		/%2e%2e/
		/..?x
		/b/../..
		/b/../../
		/b/deep/../../..
		http://x/../secret.txt
		http://x/%2e%2e/secret.txt
	TARGETS
	target=$(curl -s --max-time 5 --path-as-is -w '%{http_code}' "http://$host:$port/../secret.txt")
	case $target in
	*SECRET*) complain 'status 400 or 404' "octets of a file outside of the site came: $(led_out /../secret.txt)" ;;
	*400 | *404) ;;
	*) complain 'status 400 or 404' "for /../secret.txt, curl got: $target" ;;
	esac
}

# bats test_tags=must
@test "4.20 a symbolic link is not followed" {
	local target folder

	mkdir "$tmp/outside" "$site/linked"
	printf 'SECRET\n' >"$tmp/outside/index.html"
	printf 'SECRET\n' >"$tmp/outside/c.txt"
	printf 'SECRET\n' >"$site/b/real.html"
	ln -s ../secret.txt "$site/out.txt"
	ln -s "$tmp/secret.txt" "$site/absolute.txt"
	ln -s a.txt "$site/in.txt"
	ln -s b "$site/folder"
	ln -s ../outside "$site/leave"
	ln -s .. "$site/up"
	ln -s ../../outside "$site/b/mid"
	ln -s loop "$site/loop"
	ln -s /nowhere "$site/dangling"
	ln -s ../secret.txt "$site/page.html"
	ln -s ../b/real.html "$site/linked/index.html"
	start "$site"
	for target in /out.txt /absolute.txt /in.txt /folder /folder/ /folder/c.txt /leave /leave/ \
		/leave/c.txt /up /up/ /up/secret.txt /up/site/a.txt /b/mid /b/mid/ /b/mid/c.txt /loop \
		/dangling /page.html /page /linked/ /linked/index.html /folder/deep/er/d.txt \
		/b/../up/secret.txt; do
		get "$target"
		is '404 200 301'
		[ "$code" = 404 ] || complain 'status 404' 'a symbolic link is followed: open every folder on the way, and the file, with O_NOFOLLOW'
		lacks 'SECRET|this is'
	done
	# But the folder itself may be named in any way, by a link, too.
	ln -s site "$tmp/www"
	[ -n "${SERVER:-}" ] || cd "$tmp" # another may be named from where we stand
	for folder in "$site/" "$tmp/www" "$tmp/www/" site ./site/; do
		[ -z "${SERVER:-}" ] || [[ $folder == /* ]] || continue
		start "$folder"
		get /b/c.txt
		is '200 403 404'
		[ "$code" = 200 ] || complain 'status 200, and the file b/c.txt' \
			"the folder was named as $folder: open it as it is named, and look at what is within it only; the link to it is not the client's"
		has "$site/b/c.txt"
		get /../secret.txt
		is '404 400'
		lacks SECRET
	done
}

# bats test_tags=must
@test "4.21 a dot file or dot folder is not found" {
	local target

	mkdir -p "$site/b/.svn/x" "$site/..."
	printf 'SECRET\n' | tee "$site/b/.htpasswd" "$site/b/.svn/x/y" "$site/.git/index.html" \
		"$site/.page.html" "$site/.../x" >/dev/null
	start "$site"
	for target in /.hidden /.git/config /.git /.git/ /b/.htpasswd /b/.svn/x/y /b/../.hidden \
		/%2ehidden /%2Egit/config /.page /.../x ///.hidden; do
		get "$target"
		is '404 200 301 403'
		[ "$code" = 404 ] || complain 'status 404' 'a name that begins with a dot is not refused: a site should not show its .git, .htpasswd and the like'
		lacks SECRET
	done
}

# bats test_tags=must
@test "4.22 a FIFO, a socket and a device are answered at once" {
	local name

	mkdir "$site/odd"
	mkfifo "$site/fifo" "$site/fifo.html" "$site/b/fifo.txt" "$site/odd/index.html"
	if command -v perl >/dev/null; then
		(
			cd "$site"
			perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => "socket", Listen => 1)'
		)
	fi
	mknod "$site/zero" c 1 5 2>/dev/null || : # as root only
	start "$site"
	for name in fifo fifo.html b/fifo.txt odd/ socket zero fifo/ fifo/x; do
		converse timeout 1000 send "GET /$name HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" read
		[ "$client_status" -ne 3 ] || client_status=0 complain 'status 404, within a second' \
			"the server waits at $name: to open a FIFO waits for one who writes, unless with O_NONBLOCK; serve regular files only"
		is 404
	done
	still_serves
}

# bats test_tags=must
@test "4.23 what must not be read is not shown" {
	local target

	[ "$(id -u)" -ne 0 ] || skip 'root may read everything'
	printf 'SECRET\n' | tee "$site/closed.txt" "$site/closed.html" "$site/bare/y.txt" >/dev/null
	chmod 000 "$site/closed.txt" "$site/closed.html" "$site/bare"
	start "$site"
	for target in /closed.txt /closed.html /closed /bare/y.txt /bare/; do
		get "$target"
		is '403 404'
		lacks SECRET
	done
	chmod 755 "$site/bare"
	still_serves
}

# bats test_tags=must
@test "4.24 a path of 5,000 octets and a segment of 300 are not found" {
	local long many target

	printf -v long '%0300d' 7
	printf -v many '%02500d' 7
	many=${many//0/a\/}
	start "$site"
	for target in "/$long" "/$long/a.txt" "/b/$long" "/$many" "/${many//\//.}" "/b/../$many/a.txt"; do
		get "$target"
		is '404 414'
	done
	printf -v long '%0251d' 7
	printf 'this is l\n' >"$site/$long.txt"
	get "/$long.txt"
	is '200 404 414 400 500'
	[ "$code" = 200 ] || complain 'status 200' 'a name may have 255 octets: it did not fit, or was taken for too long'
	has "$site/$long.txt"
	for target in "/x$long.txt" "/xx$long.txt" "/$long.txtx" "/$long.txt.html" "/$long"; do
		get "$target"
		is 404
	done
	printf -v long '%0251d' 7
	printf 'this is m\n' >"$site/$long.htm"
	get "/$long" # with ".html" it is too long for a name, and must not be cut
	is 404
	mkdir -p "$site/$long/$long/x"
	printf 'this is n\n' >"$site/$long/$long/x/n.txt"
	get "/$long/$long/x/n.txt"
	is '200 404 414 400 500'
	[ "$code" = 200 ] || complain 'status 200' 'a path may have some thousand octets, and this one has 511: it did not fit'
	has "$site/$long/$long/x/n.txt"
}

# mistyped EXTENSION: why a server may not know its media type.
mistyped() {
	case $1 in
	*.*) echo 'the extension is what stands after the last dot of the name' ;;
	*[A-Z]*) echo 'extensions are the same in upper or lower case' ;;
	*) echo 'the table of media types in the contract has another' ;;
	esac
}

# bats test_tags=must
@test "4.25 media types go by the extension" {
	local extension types

	start "$site"
	while read -r extension types; do
		printf 'x' >"$site/file.$extension"
		get "/file.$extension"
		is 200
		value_of Content-Type || complain Content-Type 'Content-Type is missing'
		value=$(tr '[:upper:]' '[:lower:]' <<<"$value" | tr -d ' "')
		case " $types " in
		*" $value "*) ;;
		*) complain "Content-Type, one of: $types" "for file.$extension it is $value: $(mistyped "$extension")" ;;
		esac
	done <<-'TYPES'
		html text/html;charset=utf-8
		HTML text/html;charset=utf-8
		css text/css;charset=utf-8
		js text/javascript;charset=utf-8 application/javascript;charset=utf-8
		mjs text/javascript;charset=utf-8 application/javascript;charset=utf-8
		json application/json application/json;charset=utf-8
		xml application/xml text/xml;charset=utf-8 application/xml;charset=utf-8
		txt text/plain;charset=utf-8
		tXt text/plain;charset=utf-8
		md text/markdown;charset=utf-8
		csv text/csv;charset=utf-8
		svg image/svg+xml image/svg+xml;charset=utf-8
		png image/png
		PNG image/png
		min.css text/css;charset=utf-8
		jpg image/jpeg
		JPEG image/jpeg
		gif image/gif
		webp image/webp
		avif image/avif
		ico image/x-icon image/vnd.microsoft.icon
		woff2 font/woff2
		wasm application/wasm
		pdf application/pdf
		mp4 video/mp4
		webm video/webm
		mp3 audio/mpeg
		ogg audio/ogg application/ogg
		zip application/zip
		gz application/gzip application/x-gzip
		tar.gz application/gzip application/x-gzip
		unheard-of application/octet-stream
		html.unheard-of application/octet-stream
		htmlx application/octet-stream
	TYPES
	get /a%2Et%78t
	value_of Content-Type || :
	[ "$value" = 'text/plain; charset=utf-8' ] || complain 'Content-Type: text/plain; charset=utf-8' \
		"for a.txt, asked for as a%2Et%78t, it is $value: the extension is that of the file, so decode first"
	printf 'x' >"$site/html"
	mkdir "$site/v1.html"
	printf 'x' >"$site/v1.html/name"
	for types in /letters /html /v1.html/name; do
		get "$types"
		is 200 'Content-Type: application/octet-stream'
	done
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
	[ "$(wc -c <"$site/octets.bin")" -eq 256 ]
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

# huge_range RANGE FIRST LAST: gets it. Its head comes first, since a wrong one may be followed by gigabytes.
huge_range() {
	converse send "GET /huge HTTP/1.1\r\nHost: x\r\nRange: bytes=$1\r\n\r\n" head close
	if [ "$(field Content-Range)" != "bytes $2-$3/5368709127" ] || [ "$(field Content-Length)" != $(($3 - $2 + 1)) ]; then
		complain "status 206; Content-Range: bytes $2-$3/5368709127" \
			'sizes and positions need more than 32 bits: off_t, uint64_t'
	fi
	get /huge "Range: bytes=$1"
	is 206 "Content-Range: bytes $2-$3/5368709127"
}

# bats test_tags=must
@test "4.30 a file of 5 GiB" {
	sparse 5120 "$site/huge"
	printf 'the end' | tee "$tmp/end" >>"$site/huge"
	start "$site"
	ask HEAD /huge
	is 200 'Content-Length: *'
	[ "$(field Content-Length)" = 5368709127 ] || complain 'Content-Length: 5368709127' \
		'sizes and positions need more than 32 bits: off_t, uint64_t'
	huge_range -7 5368709120 5368709126
	has "$tmp/end"
	huge_range 5368709120- 5368709120 5368709126
	has "$tmp/end"
	huge_range 4294967294-4294967299 4294967294 4294967299
	get /huge 'Range: bytes=5368709127-'
	is 416 'Content-Range: bytes */5368709127'
}

# bats test_tags=must
@test "4.31 Last-Modified and ETag stand on every 200, 206 and 304" {
	local etag modified='Last-Modified: Mon, 30 Jun 2008 11:30:00 GMT'

	TZ=UTC0 touch -t 200806301130.00 "$site/letters"
	export TZ=XYZ5 # five hours west
	start "$site"
	get /letters
	is 200 'Last-Modified: *'
	[ "Last-Modified: $(field Last-Modified)" = "$modified" ] ||
		complain "$modified" 'it is a local time, or another than that of the last change: dates are in GMT, whatever TZ says'
	value_of ETag
	etag=$value
	grep -q -E '^(W/)?"[!#-~]*"$' <<<"$etag" || complain 'ETag: "…"' "it is $etag"
	[[ $etag != W/* ]] || complain 'ETag: "…", without W/' \
		'the tag is weak: who has a part of the file can never ask for the rest with If-Range, nor compare with If-Match'
	ask HEAD /letters
	is 200 "$modified" "ETag: $etag"
	get /letters 'Range: bytes=1-2'
	is 206 "$modified" "ETag: $etag"
	get /letters "If-None-Match: $etag"
	is 304 "$modified" "ETag: $etag"
	get /missing
	is 404 '!ETag' '!Last-Modified'
}

etag_changed() {
	get /letters && is 200 && value_of ETag && [ "$value" != "$1" ]
}

# bats test_tags=must
@test "4.32 ETag changes when the size or the time of modification does" {
	local etag

	touch -d 2008-06-30T11:30:00.100000001Z "$site/letters" 2>/dev/null ||
		skip 'touch knows no fractions of a second here'
	start "$site"
	get /letters
	value_of ETag
	etag=$value
	printf 'abcd' >"$site/letters"
	touch -d 2008-06-30T11:30:00.100000001Z "$site/letters"
	until_true etag_changed "$etag"
	etag=$value
	touch -d 2008-06-30T11:30:01.100000001Z "$site/letters"
	until_true etag_changed "$etag"
	etag=$value
	touch -d 2008-06-30T11:30:01.100000002Z "$site/letters"
	until_true etag_changed "$etag"
	etag=$value
	get /letters
	is 200 "ETag: $etag"
}

# sortable DATE: a date of HTTP as digits that can be compared.
sortable() {
	local months=JanFebMarAprMayJunJulAugSepOctNovDec day month year clock

	IFS=' ' read -r _ day month year clock _ <<<"$1"
	months=${months%%"$month"*}
	printf '%s%02d%s%s' "$year" $((${#months} / 3)) "$day" "${clock//:/}"
}

# bats test_tags=must
@test "4.33 Last-Modified is never later than Date" {
	local modified

	TZ=UTC0 touch -t 203706301130.00 "$site/letters"
	start "$site"
	get /letters
	is 200
	if value_of Last-Modified; then
		modified=$(sortable "$value")
		value_of Date
		[ "$modified" -le "$(sortable "$value")" ] || complain 'Last-Modified no later than Date' \
			'the file is from the future: whoever asks with that date would not be told of a change until then'
	fi
}

# bats test_tags=must
@test "4.34 If-None-Match" {
	local etag list

	start "$site"
	get /a.txt
	value_of ETag
	etag=$value
	for list in "$etag" "W/${etag#W/}" "\"x\", $etag" "$etag, \"x\"" "\"x\",$etag,\"y\"" \
		"W/\"x\", W/${etag#W/}" '*' "\"a,b\", $etag" ", , $etag" "\"x\"  ,  $etag"; do
		get /a.txt "If-None-Match: $list"
		is '304 200'
		[ "$code" = 304 ] || case $list in
		*W/*) complain 'status 304' 'in If-None-Match, a W/ before a tag means nothing: it is a weak comparison' ;;
		*) complain 'status 304' "the tag is in the list $list, and is not found there" ;;
		esac
		is 304 "ETag: $etag"
		[[ $(field Content-Length) =~ ^(10)?$ ]] || complain 'Content-Length: 10, or none' \
			"it is $(field Content-Length): with 304, it is the length of the file that the client has, and not that of nothing"
		ask HEAD /a.txt "If-None-Match: $list"
		is 304
	done
	get /a.txt 'If-None-Match: "x"' "If-None-Match: $etag"
	is 304
	for list in '"x"' "\"x${etag#*\"}" "${etag%\"}x\"" '"x", "y"' "\"x, ${etag#*\"}" '""' '"*"'; do
		get /a.txt "If-None-Match: $list"
		is '200 304'
		[ "$code" = 200 ] || complain 'status 200' "$list is not the tag of the file, $etag, and no asterisk alone"
		has "$site/a.txt"
	done
	for list in / /b/ /about; do
		get "$list"
		value_of ETag || complain ETag 'a page has a tag, too, by whatever name it was asked for'
		get "$list" "If-None-Match: $value"
		is '304 200'
		[ "$code" = 304 ] || complain 'status 304' 'conditions hold for a page, too, by whatever name it was asked for'
	done
	get /missing 'If-None-Match: *'
	is 404
	get /b 'If-None-Match: *'
	is '301 304'
	[ "$code" = 301 ] || complain 'status 301' 'conditions are about a 2xx: what would be another without them is sent as it is'
}

# bats test_tags=must
@test "4.35 If-Modified-Since, in all three forms" {
	local date due

	TZ=UTC0 touch -t 200807060849.37 "$site/a.txt"
	export TZ=XYZ5
	start "$site"
	while read -r due date; do
		get /a.txt "If-Modified-Since: $date"
		is "$due"
		[ "$due" = 304 ] || has "$site/a.txt"
	done <<-'DATES'
		304 Sun, 06 Jul 2008 08:49:37 GMT
		304 Sunday, 06-Jul-08 08:49:37 GMT
		304 Sun Jul  6 08:49:37 2008
		304 Sun, 06 Jul 2008 08:49:38 GMT
		304 Sun, 06 Jul 2008 08:50:00 GMT
		304 Sun Jul  6 09:00:00 2008
		304 Mon, 07 Jul 2008 00:00:00 GMT
		304 Fri Aug  1 00:00:00 2008
		304 Thu, 29 Feb 2024 00:00:00 GMT
		304 Thu Jan 10 00:00:00 2013
		304 Sun, 06 Jul 2036 08:49:37 GMT
		200 Sun, 06 Jul 2008 08:49:36 GMT
		200 Sunday, 06-Jul-08 08:49:36 GMT
		200 Sun Jul  6 08:49:36 2008
		200 Sun, 06 Jul 2008 07:59:59 GMT
		200 Mon, 30 Jun 2008 23:59:59 GMT
		200 Sun Jun 29 10:00:00 2008
		200 Sun, 06 Nov 1994 08:49:37 GMT
		200 Sunday, 06-Nov-94 08:49:37 GMT
		200 Tuesday, 31-Dec-96 23:59:59 GMT
		200 Thu, 01 Jan 1970 00:00:00 GMT
		200 yesterday
		200 2036-07-06
		200 99
		200 Sun, 06 Foo 2036 08:49:37 GMT
		200 Sun, 06 Jul 2036 25:00:00 GMT
		200 Sun, 06 Jul 2036
		200
	DATES
	touch -d 2008-07-06T08:49:37.900000000Z "$site/b.txt" 2>/dev/null || : # it has some fraction anyway
	get /b.txt
	value_of Last-Modified
	date=$value
	get /b.txt "If-Modified-Since: $date"
	is '304 200'
	[ "$code" = 304 ] || complain 'status 304' \
		"the file is of $date, and a fraction of a second more, which no date can tell: cut it off before you compare"
	ask HEAD /b.txt "If-Modified-Since: $date"
	is '304 200'
	[ "$code" = 304 ] || complain 'status 304' 'GET gets 304 for this, and HEAD gets what GET gets'
	get /b.txt "If-Unmodified-Since: $date"
	is 200
}

# bats test_tags=must
@test "4.36 If-Match and If-Unmodified-Since" {
	local date due etag list

	TZ=UTC0 touch -t 200807060849.37 "$site/a.txt"
	export TZ=XYZ5
	start "$site"
	get /a.txt
	value_of ETag
	etag=$value
	for list in "$etag" '*' "\"x\", $etag" "$etag,\"x\""; do
		get /a.txt "If-Match: $list"
		is 200
		has "$site/a.txt"
	done
	for list in '"x"' "W/$etag" '"x", "y"' "\"x${etag#*\"}" '""' '"*"'; do
		get /a.txt "If-Match: $list"
		is '412 200'
		[ "$code" = 412 ] || case $list in
		W/*) complain 'status 412' 'in If-Match, a tag with W/ before it is never the same: it is a strong comparison' ;;
		*) complain 'status 412' "the tag $etag is not in the list $list" ;;
		esac
		lacks 'this is'
		ask HEAD /a.txt "If-Match: $list"
		is 412
	done
	get /missing 'If-Match: *'
	is '404 412'
	[ "$code" = 404 ] || complain 'status 404' 'conditions are about a 2xx: what would be another without them is sent as it is'
	while read -r due date; do
		get /a.txt "If-Unmodified-Since: $date"
		is "$due"
	done <<-'DATES'
		200 Sun, 06 Jul 2008 08:49:37 GMT
		200 Sunday, 06-Jul-08 08:49:37 GMT
		200 Sun Jul  6 08:49:37 2008
		200 Sun, 06 Jul 2036 08:49:37 GMT
		200 yesterday
		412 Sun, 06 Jul 2008 08:49:36 GMT
		412 Sunday, 06-Jul-08 08:49:36 GMT
		412 Sun Jul  6 08:49:36 2008
	DATES
	get /a.txt 'If-Unmodified-Since: Sat, 31 Dec 2005 23:59:60 GMT'
	is "$(ours 412 200)"
	get /a.txt 'If-Unmodified-Since: Wed, 01 Jan 1000 00:00:00 GMT'
	is "$(ours 412 200)"
	[ -n "${SERVER:-}" ] || [ "$length" -gt 0 ] ||
		complain 'a page that says why' 'a person who gets 412 wants to know what happened'
}

# decided CODE: it is this one, as the first condition that decides says.
decided() {
	is '200 206 304 412 416'
	[ "$code" = "$1" ] || complain "status $1" \
		'a condition was looked at out of turn: If-Match, or else If-Unmodified-Since; then If-None-Match, or else If-Modified-Since; then Range'
}

# bats test_tags=must
@test "4.37 conditions are checked in the order of RFC 9110, 13.2.2" {
	local etag before='Sun, 06 Jul 2008 08:49:36 GMT' after='Sun, 06 Jul 2008 08:49:37 GMT'

	TZ=UTC0 touch -t 200807060849.37 "$site/a.txt"
	start "$site"
	get /a.txt
	value_of ETag
	etag=$value
	get /a.txt 'If-None-Match: "x"' "If-Modified-Since: $after"
	decided 200
	get /a.txt "If-None-Match: $etag" "If-Modified-Since: $before"
	decided 304
	get /a.txt "If-Modified-Since: $before" "If-None-Match: $etag"
	decided 304
	get /a.txt "If-Match: $etag" "If-Unmodified-Since: $before"
	decided 200
	get /a.txt 'If-Match: "x"' "If-Unmodified-Since: $after"
	decided 412
	get /a.txt 'If-Match: "x"' "If-None-Match: $etag"
	decided 412
	get /a.txt "If-Match: $etag" "If-None-Match: $etag"
	decided 304
	get /a.txt "If-Unmodified-Since: $before" "If-None-Match: $etag"
	decided 412
	get /a.txt "If-Unmodified-Since: $after" "If-Modified-Since: $after"
	decided 304
	get /a.txt "If-Unmodified-Since: $before" "If-Modified-Since: $after"
	decided 412
	get /a.txt "If-None-Match: $etag" 'Range: bytes=0-1'
	decided 304
	get /a.txt 'If-Match: "x"' 'Range: bytes=0-1'
	decided 412
	get /a.txt 'If-None-Match: "x"' 'Range: bytes=0-1'
	decided 206
	get /a.txt "If-Match: $etag" 'Range: bytes=100-'
	decided 416
	get /a.txt "If-Modified-Since: $after" 'Range: bytes=100-'
	decided 304
}

# misranged RANGE: what a server may have taken it for.
misranged() {
	case $1 in
	-*) echo "it has no first position: it means so many octets from the end" ;;
	*-) echo "it has no last position: it goes to the end" ;;
	*-???*) echo "its last position lies past the end, were it a number of any length: it is cut there" ;;
	*) echo "positions begin at 0, and the last one is part of the range" ;;
	esac
}

# bats test_tags=must
@test "4.38 a range gets exactly its octets" {
	local range first last

	start "$site"
	while read -r range first last; do
		get /letters "Range: bytes=$range"
		is '206 200 416'
		if [ "$code" != 206 ] || [ "$(field Content-Range)" != "bytes $first-$last/26" ]; then
			[ "$code" != 200 ] || complain "status 206; Content-Range: bytes $first-$last/26" \
				'the whole file came: is Range read at all, or not in this form?'
			complain "status 206; Content-Range: bytes $first-$last/26" "$(misranged "$range")"
		fi
		is 206 "Content-Length: $((last - first + 1))"
		has "$site/letters" "$first" "$last"
	done <<-'RANGES'
		0-9 0 9
		0-0 0 0
		10-19 10 19
		25-25 25 25
		25- 25 25
		20- 20 25
		0- 0 25
		0-25 0 25
		10-26 10 25
		10-1000 10 25
		20-4294967295 20 25
		20-18446744073709551615 20 25
		20-18446744073709551616 20 25
		20-99999999999999999999999999999999 20 25
		-1 25 25
		-5 21 25
		-26 0 25
		-100 0 25
		-18446744073709551615 0 25
		-99999999999999999999999999999999 0 25
		007-09 7 9
	RANGES
	get /a.txt 'Range: bytes=0-3'
	value_of Content-Type || :
	[ "$value" = 'text/plain; charset=utf-8' ] || complain 'Content-Type: text/plain; charset=utf-8' \
		'a piece of a file has the type of the file: 206 has all fields that 200 has'
	printf x >"$site/one"
	get /one 'Range: bytes=-1'
	is 206 'Content-Range: bytes 0-0/1'
}

# bats test_tags=must
@test "4.39 a range past the end is not satisfiable" {
	local range

	start "$site"
	for range in 26- 26-30 100-200 -0 4294967296- 18446744073709551615- 18446744073709551616- \
		99999999999999999999999999999999- 18446744073709551616-18446744073709551617; do
		get /letters "Range: bytes=$range"
		is 416 'Content-Range: bytes */26'
		lacks abcdef
	done
}

# bats test_tags=must
@test "4.40 a range that is malformed, of another unit, or one of several, gets the whole file" {
	local range

	start "$site"
	while IFS= read -r range; do
		get /letters "Range: $range"
		is '200 206 416'
		[ "$code" != 416 ] || complain 'status 200, and the whole file' \
			"bytes that are not there were seen in what is no range: $range; whether it is one comes first"
		is 200 'Content-Length: 26' '!Content-Range'
		has "$site/letters"
	done <<-'RANGES'
		bytes=5-2
		bytes=30-20
		bytes=99999999999999999999-5
		bytes=
		bytes=-
		bytes=a-b
		bytes=1-b
		bytes=a-5
		bytes=0-9x
		bytes=0x0-0x9
		bytes=+0-9
		bytes=--5
		bytes=1-2-3
		bytes=5
		bytes 0-9
		bytes:0-9
		bytes
		0-9
		=0-9
		lines=0-9
		seconds=1-2
		xbytes=0-9

	RANGES
	for range in 0-1,3-4 '0-1, 3-4' 0-0,-1 -5,0-1 0-,0-,0-,0-,0-; do
		get /letters "Range: bytes=$range"
		is '200 206'
		value_of Content-Type || :
		case $code,$value in
		200,*) has "$site/letters" ;;
		206,multipart/byteranges*) ;;
		*) complain 'the whole file, or multipart/byteranges' 'more than one range was asked for, and one was sent: the whole file is always right' ;;
		esac
	done
	get /letters 'Range: bytes=0-1' 'Range: bytes=3-4'
	is '200 206'
	[ "$code" != 200 ] || has "$site/letters"
}

# bats test_tags=must
@test "4.41 If-Range" {
	local date due etag validator

	TZ=UTC0 touch -t 200807060849.37 "$site/letters"
	export TZ=XYZ5
	start "$site" # within a second, a file may change twice: to ours, no date is proof
	get /letters
	value_of ETag
	etag=$value
	date=$(ours 200 206)
	date=${date/ /-}
	while read -r due validator; do
		get /letters 'Range: bytes=1-2' "If-Range: $validator"
		is '200 206'
		[ "$due$code" != 206200 ] || complain 'status 206' \
			'the file is still the one of which the client has a part: with its own validator in If-Range, the range counts'
		[[ $due == *"$code"* ]] || complain "status ${due/-/ or }" \
			'what If-Range names is not the file that the client has a part of: it would add new octets to old ones'
		is "${due/-/ }"
		if [ "$code" = 206 ]; then
			has "$site/letters" 1 2
		else
			has "$site/letters"
		fi
	done <<-VALIDATORS
		206 $etag
		$date Sun, 06 Jul 2008 08:49:37 GMT
		$date Sun Jul  6 08:49:37 2008
		200 "x"
		200 W/$etag
		200 "x${etag#*\"}
		200 *
		200 Sun, 06 Jul 2008 08:49:36 GMT
		200 Sun, 06 Jul 2008 08:49:38 GMT
		200 yesterday
	VALIDATORS
	get /letters "If-Range: $etag"
	is 200
	has "$site/letters"
	get /letters 'Range: bytes=100-' 'If-Range: "x"'
	is 200
	get /letters 'Range: bytes=100-' "If-Range: $etag"
	is 416
}

# bats test_tags=must
@test "4.42 Range means something to GET of a file alone" {
	start "$site"
	ask HEAD /letters 'Range: bytes=0-9'
	is 200 'Content-Length: 26' '!Content-Range'
	get /missing 'Range: bytes=0-1'
	is 404 '!Content-Range'
	get /b 'Range: bytes=0-1' 'If-Range: "x"'
	is 301 '!Content-Range'
	ask POST /letters 'Range: bytes=0-9' 'Content-Length: 0'
	is 405 '!Content-Range'
}

# bats test_tags=must
@test "4.43 other methods on a file" {
	local method

	start "$site"
	for method in POST PUT DELETE PATCH TRACE; do
		ask "$method" /a.txt 'Content-Length: 0'
		is 405 'Allow: GET, HEAD, OPTIONS'
		lacks 'this is'
	done
	ask OPTIONS /a.txt
	is '204 200' 'Allow: GET, HEAD, OPTIONS'
	lacks 'this is'
	for method in POST PUT; do
		ask "$method" /new.txt 'Content-Length: 0'
		is '404 405'
	done
	[ ! -e "$site/new.txt" ] || complain 'no file is made' 'PUT or POST has made one: anybody could fill this site'
	get /a.txt
	is 200
	has "$site/a.txt"
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

# bats test_tags=robust
@test "4.45 a reader that pauses gets every byte" {
	head -c 20971520 /dev/urandom >"$site/big"
	start "$site"
	read_slowly crumbs send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	still_serves
	read_on
	is 200 'Content-Length: 20971520'
	has "$site/big"
}

# bats test_tags=must
@test "4.46 a file that shrinks while it is sent ends short" {
	local status=0

	head -c 67108864 /dev/zero | tr '\0' o >"$site/big" # no zeros, which a server could make up
	start "$site"
	read_slowly send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	: >"$site/big"
	read_on || status=$?
	case $status in
	0 | 2) ;; # the end, or a reset
	*) complain 'the end of the connection' 'the server goes on with what is not there' ;;
	esac
	# Another server may have had all of it in memory before.
	[ "$length" -lt 67108864 ] || { [ -n "${SERVER:-}" ] && ! tail -c 67108864 "$reply" | tr -d o | grep -q .; } ||
		complain 'what there was of the file, and the end' \
		'the server has made up what is not there: a read may find less than the size that the file had'
	still_serves
}

# bats test_tags=must
@test "4.47 a file that grows while it is sent is cut at Content-Length" {
	sparse 32 "$site/big"
	start "$site"
	read_slowly send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	printf 'SECRET %01000d' 7 >>"$site/big"
	read_on
	[ "$length" -ge 33554432 ] || complain 'as many octets as Content-Length says' \
		"only $length octets came: a send may take fewer than it is given; go on with the rest"
	[ "$length" -eq 33554432 ] || complain 'as many octets as Content-Length says' \
		'the server sends until the file ends, and it has grown: whoever keeps the connection takes the rest for the next response'
	is 200 'Content-Length: 33554432'
	lacks SECRET
}

# bats test_tags=robust
@test "4.48 a client that leaves in the middle of a response" {
	local i

	sparse 32 "$site/big"
	start "$site"
	for i in 1 2 3 4 5; do
		client send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' take 100000 reset >/dev/null
		client send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' take $((i * 1000)) close >/dev/null
		client send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' close
		client send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' reset
	done
	still_serves
}

# bats test_tags=robust
@test "4.49 clients that never read do not keep the others waiting" {
	local i

	sparse 64 "$site/big"
	start "$site"
	for i in 1 2 3 4 5; do
		hold narrow send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' head
	done
	for i in 1 2 3; do
		still_serves
	done
}

# bats test_tags=robust
@test "4.50 thirty clients at once get what each has asked for" {
	local i

	for ((i = 0; i < 30; i++)); do
		head -c $((i * 10000 + 1)) /dev/urandom >"$site/f$i"
	done
	start "$site"
	for ((i = 0; i < 30; i++)); do
		background client send "GET /f$i HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" read
	done
	for ((i = 0; i < 30; i++)); do
		finish $((i + 1)) || :
		is 200
		has "$site/f$i"
	done
}

# bats test_tags=robust
@test "4.51 whatever the answer, the file is closed again" {
	local field i method operations=() target

	ulimit -n 64 || skip 'the number of descriptors cannot be limited here'
	printf 'this is h\n' >"$site/bare.html" # it answers for the folder beside it, which has no page
	start "$site"
	for target in a.txt b/deep missing b/../b/c.txt letters bare bare/ b/index.html/x empty.txt; do
		for method in GET HEAD POST OPTIONS; do
			for field in 'X-Y: *' 'If-None-Match: *' 'If-Match: "x"' 'Range: bytes=99-' 'Range: bytes=-0' 'Range: bytes=1-2'; do
				operations+=(send "$method /$target HTTP/1.1\r\nHost: x\r\n$field\r\nContent-Length: 0\r\n")
				operations+=(send 'Connection: close\r\n\r\n' read close)
			done
		done
	done
	for i in 1 2 3 4 5 6 7 8 9 10; do
		converse "${operations[@]}"
		[ "$(statuses | wc -w)" -eq 216 ] && [[ $(statuses) != *503* ]] || complain '216 responses, none of them 503' \
			'after some hundred requests, no descriptor is left: a file is not closed after one of these answers (an error, 304, 416, HEAD, a page in place of its folder)'
	done
	still_serves
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

# bats test_tags=must
@test "4.53 part 4 closes after every response" {
	local target

	[ "$PART" -eq 4 ] || skip 'part 5 keeps the connection'
	start "$site"
	for target in /a.txt /missing /b /%zz /empty.txt; do
		send_all "GET $target HTTP/1.1\r\nHost: x\r\n\r\nGET /b.txt HTTP/1.1\r\nHost: x\r\n\r\n"
		is '200 404 301 400' 'Connection: close'
		lacks 'this is b'
	done
}

# bats test_tags=extra
@test "4.54 a folder that is not there is named, and the status is 1" {
	local place

	ours_only 'its words'
	for place in "$tmp/missing" "$site/a.txt"; do
		ends 1 -p 0 "$place"
		says_nothing stdout
		says stderr "$place"
		says_one_line stderr
	done
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

# bats test_tags=must
@test "4.56 what is no date, or more than one, is no condition" {
	local after='Sun, 06 Jul 2036 08:49:37 GMT' before='Sun, 06 Nov 1994 08:49:37 GMT' date

	TZ=UTC0 touch -t 200807060849.37 "$site/a.txt"
	start "$site"
	while read -r date; do
		get /a.txt "If-Modified-Since: $date"
		is '200 304'
		[ "$code" = 200 ] || complain 'status 200' "$date is no date, or no single one, and was taken for one: no clock shows it, or HTTP does not write it so"
	done <<-DATES
		Xyz, 06 Jul 2036 08:49:37 GMT
		sun, 06 Jul 2036 08:49:37 GMT
		Sun, 06 jul 2036 08:49:37 GMT
		Sun, 06 Jul 2036 08:49:37 gmt
		Sun, 06 Jul 2036 08:49:37 +0000
		Sun, 6 Jul 2036 08:49:37 GMT
		Sun, 31 Feb 2036 08:49:37 GMT
		Thu, 29 Feb 2035 08:49:37 GMT
		Sun, 00 Jul 2036 08:49:37 GMT
		Sun, 06 Jul 2036 24:00:00 GMT
		Sun, 06 Jul 2036 08:60:37 GMT
		someday, 06-Jul-36 08:49:37 GMT
		, 06-Jul-36 08:49:37 GMT
		Xyz Jul  6 08:49:37 2036
		$after, $after
		$after, $before
	DATES
	while read -r date; do
		get /a.txt "If-Unmodified-Since: $date"
		is 200
	done <<-DATES
		Xyz, 06 Nov 1994 08:49:37 GMT
		someday, 06-Nov-94 08:49:37 GMT
		$before, $before
	DATES
	get /a.txt "If-Modified-Since: $after" "If-Modified-Since: $after"
	is 200
	get /a.txt "If-Unmodified-Since: $before" "If-Unmodified-Since: $before"
	is 200
}

# date_850 DAYS: the day that many days from now, as RFC 850 writes it.
date_850() {
	local seconds=$(($(date +%s) + $1 * 86400)) format='+%A, %d-%b-%y %H:%M:%S GMT'

	LC_ALL=C date -u -d "@$seconds" "$format" 2>/dev/null || LC_ALL=C date -u -r "$seconds" "$format"
}

# bats test_tags=must
@test "4.57 a year of two digits is at most fifty years ahead" {
	TZ=UTC0 touch -t 200807060849.37 "$site/a.txt"
	start "$site"
	get /a.txt "If-Modified-Since: $(date_850 18258)" # 50 years are 18,262 days, or one more
	is 304
	get /a.txt "If-Modified-Since: $(date_850 18265)" # that was in the last century
	is 200
	get /a.txt "If-Unmodified-Since: $(date_850 18265)"
	is 412
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

# bats test_tags=must
@test "4.59 conditions are ignored where the answer is an error, or about no file" {
	local condition

	start "$site"
	for condition in 'If-None-Match: *' 'If-Match: "x"' 'If-Modified-Since: Sun, 06 Jul 2036 08:49:37 GMT' \
		'If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT'; do
		get /missing "$condition"
		is 404
		get /b "$condition"
		is 301
		get /%zz "$condition"
		is 400
		ask OPTIONS /a.txt "$condition"
		is '204 200'
		ask TRACE /a.txt "$condition"
		is 405
		ask POST /a.txt "$condition" 'Content-Length: 0'
		is 405
	done
}

# bats test_tags=must
@test "4.60 fields about the request's own content change nothing" {
	start "$site"
	get /a.txt 'Content-Location: /b.txt' 'Content-Range: bytes 0-1/10'
	is 200 '!Content-Range'
	has "$site/a.txt"
}

# bats test_tags=must
@test "4.61 Location is the client's own path and query, and can be asked for" {
	local due long target

	start "$site"
	while IFS= read -r target; do
		get "$target"
		is "$(ours 301 400)"
		[ "$code" = 400 ] && continue
		value_of Location || complain Location 'Location is missing'
		printf -v due '/b/%b' "${target#/b}"
		[ "$value" = "$due" ] || [ -n "${SERVER:-}" ] || complain "Location: $due" "it is $value"
		[[ $value == /b/\?* ]] || complain 'Location: /b/?…' "it is $value"
		get "$value"
		is 200
		has "$site/b/index.html"
	done <<-'TARGETS'
		/b?
		/b?a=b&c=d/e?f
		/b?%41%2f%zz%4%
		/b?%zz
		/b?<script>"|^`{}\\
		/b?x[]=1
	TARGETS
	printf -v long '%07900d' 7
	get "/b?$long"
	is 301 "Location: /b/?$long"
	get "/b/?$long"
	is 200
	get "/b?${long//0/|}" # which is longer if it is encoded
	is '301 400 414'
	if [ "$code" = 301 ]; then
		value_of Location
		get "$value"
		is 200
	fi
	mkdir "$site/caf"$'\303\251'
	cp "$site/b/index.html" "$site/caf"$'\303\251'
	get '/%63af%c3%A9'
	is 301
	value_of Location
	either "$value" /%63af%c3%A9/ /caf%C3%A9/ || complain 'Location: /%63af%c3%A9/' "it is $value"
}

# bats test_tags=extra,slow
@test "4.62 SIGTERM: what is under way is finished, then the server ends with status 0" {
	ours_only 'the signals'
	local begin took

	end_is_timed
	sparse 12 "$site/big" # which is more than all buffers on its way hold
	printf 'the end' >>"$site/big"
	HASTE=0.2 start_hasty "$site"
	read_slowly send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	kill -TERM "$server_pid"
	until_true refused || complain 'no newcomer is let in' 'the server still listens, four seconds after SIGTERM'
	read_on || true
	begin=$SECONDS
	stop TERM
	took=$((SECONDS - begin))
	[ "$length" -eq "$(wc -c <"$site/big")" ] ||
		complain 'the whole file' 'the server ended, and what was under way with it: it must be finished first'
	is 200
	has "$site/big"
	ended_well
	[ "$took" -le 5 ] || complain 'the server ends as soon as what was under way is finished' \
		"it ended $took seconds later: it waits for more than what is under way"
	start "$site"
	hold narrow send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' head
	begin=$SECONDS
	stop TERM
	took=$((SECONDS - begin))
	ended_well
	[ "$took" -le 5 ] || complain 'the server ends within five seconds' \
		"it ended after $took seconds: it waits for a client that does not read"
}

# redirects TARGET LOCATION
redirects() {
	get "$1" && is 301 "Location: $2"
}

# bats test_tags=must
@test "4.63 where a page and a folder have one name, the folder comes first if it has a page" {
	mkdir "$site/blog" "$site/linked" "$site/x"
	printf 'this is p\n' | tee "$site/linked.html" >"$site/blog.html"
	ln -s ../a.txt "$site/linked/index.html" # which is no page
	printf 'this is q\n' >"$site/blog/post.html"
	printf 'SECRET\n' >"$site/x/index.html.html"
	start "$site"
	get /blog
	is 200 'Content-Type: text/html; charset=utf-8'
	has "$site/blog.html"
	get '/blog?x=1'
	is 200
	get /blog/
	is '404 403'
	get /blog/post
	is 200
	has "$site/blog/post.html"
	get /linked
	is 200
	has "$site/linked.html"
	get /x
	is '404 403'
	get /x/
	is '404 403'
	lacks SECRET
	printf 'this is i\n' >"$site/blog/index.html"
	until_true redirects /blog /blog/
	until_true serves /blog/ "$site/blog/index.html"
	get /blog.html
	is 200
	has "$site/blog.html"
}

# bats test_tags=must
@test "4.64 of all dot folders, /.well-known/ alone is served" {
	local target

	mkdir -p "$site/.well-known/acme-challenge" "$site/.well-known/.git" "$site/.well-knownx" \
		"$site/..well-known" "$site/b/.well-known"
	printf 'this is s\n' >"$site/.well-known/security.txt"
	printf 'this is t\n' >"$site/.well-known/acme-challenge/token"
	printf 'SECRET\n' | tee "$site/.well-known/.hidden" "$site/.well-known/.git/config" \
		"$site/.well-knownx/index.html" "$site/..well-known/index.html" "$site/.well-known.html" \
		>/dev/null
	start "$site"
	get /.well-known/security.txt
	is 200 'Content-Type: text/plain; charset=utf-8'
	has "$site/.well-known/security.txt"
	get /.well-known/acme-challenge/token
	is 200
	has "$site/.well-known/acme-challenge/token"
	get /%2ewell-known/security.txt
	is 200
	for target in /.git/config /.well-knownx /.well-knownx/ /.well-knownx/index.html /..well-known/ \
		/..well-known /.well-known.html /.well-known/.hidden /.well-known/.git/config \
		/.well-known/../.git/config /.well-known/missing /.well-known/ /.well-known/../../secret.txt; do
		get "$target"
		is '404 400'
		lacks SECRET
	done
}

# bats test_tags=must
@test "4.65 media types of what else lies in a site" {
	local extension ours others

	start "$site"
	while read -r extension ours others; do
		printf 'x' >"$site/file.$extension"
		get "/file.$extension"
		is 200
		value_of Content-Type || complain Content-Type 'Content-Type is missing'
		either "$value" "${ours/;/; }" "$others" ||
			complain "Content-Type: ${ours/;/; }" "for .$extension it is $value"
	done <<-'TYPES'
		xhtml application/xhtml+xml application/xhtml\+xml.*
		log text/plain;charset=utf-8 text/.*
		yaml text/plain;charset=utf-8 .*/.*yaml.*
		toml text/plain;charset=utf-8 .*/.*toml.*
		py text/plain;charset=utf-8 text/.*
		c text/plain;charset=utf-8 text/.*
		sh text/plain;charset=utf-8 .*/.*sh.*
		vtt text/vtt;charset=utf-8 text/vtt.*
		mov video/quicktime video/.*
		mkv video/matroska video/.*
		m4v video/mp4 video/.*
		m4a audio/mp4 audio/.*
		opus audio/ogg audio/.*
	TYPES
}

# bats test_tags=must
@test "4.66 a backslash in a path has to be encoded" {
	local target

	printf 'this is b\n' >"$site/back\\slash.txt"
	start "$site"
	for target in '/back\\slash.txt' '/b\\c.txt' '/\\evil' '/..\\secret.txt' 'http://x/b\\c.txt'; do
		get "$target"
		is "$(ours 400 404)"
		lacks 'SECRET|this is'
	done
	get '/back%5Cslash.txt?a\\b'
	is 200
	has "$site/back\\slash.txt"
}

# bats test_tags=must
@test "4.67 a day below ten has two digits" {
	local due='Sat, 05 Jul 2008 08:49:37 GMT' date

	TZ=UTC0 touch -t 200807050849.37 "$site/a.txt"
	start "$site"
	get /a.txt
	is 200 'Last-Modified: *'
	[ "$(field Last-Modified)" = "$due" ] || complain "Last-Modified: $due" \
		'a date of HTTP always has 29 characters: a day below ten has a zero before it, two digits'
	while read -r date; do
		get /a.txt "If-Modified-Since: $date"
		is '304 200'
		[ "$code" = 304 ] || complain 'status 304' \
			'the file is of this very second: compare times, not texts; a day below ten has two digits here, or a space and one in the form of asctime()'
	done <<-DATES
		$due
		Saturday, 05-Jul-08 08:49:37 GMT
		Sat Jul  5 08:49:37 2008
		Sun, 06 Jul 2008 00:00:00 GMT
	DATES
	for date in 'Fri, 04 Jul 2008 08:49:37 GMT' 'Sat, 05 Jul 2008 08:49:36 GMT' 'Fri Jul  4 10:00:00 2008'; do
		get /a.txt "If-Modified-Since: $date"
		is 200
	done
}

# bats test_tags=must
@test "4.68 what looks like an absolute path is none" {
	local target

	printf 'this is d\n' >"$tmp/outside.txt"
	start "$site"
	for target in "/$tmp/secret.txt" //etc/passwd "//$tmp/secret.txt" "/b/$tmp/secret.txt" "/%2F${tmp#/}/secret.txt" \
		"/b//$tmp/secret.txt" /./etc/passwd "/.$tmp/secret.txt" "http://x/$tmp/secret.txt" /etc/passwd \
		"$tmp/secret.txt" "/file://$tmp/secret.txt" "//x$tmp/secret.txt"; do
		get "$target"
		stays_inside "$target"
		is '404 400'
	done
}

# bats test_tags=must,slow
@test "4.69 ETag changes with the content, even if size and time of modification do not" {
	local etag file

	TZ=UTC0 touch -t 200806301130.00 "$site/letters"
	printf 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' >"$site/upper"
	TZ=UTC0 touch -t 200806301130.00 "$site/upper"
	start "$site"
	sleep 1.1 # now a cache may believe that it stays as it is
	for file in over in-place; do
		get /letters
		is 200
		value_of ETag
		etag=$value
		case $file in
		over) mv "$site/upper" "$site/letters" ;; # and its time comes with it
		in-place)
			printf 'zyxwvutsrqponmlkjihgfedcba' >"$site/letters"
			TZ=UTC0 touch -t 200806301130.00 "$site/letters"
			;;
		esac
		until_true etag_changed "$etag" || complain 'another ETag' \
			'the tag is made of size and time of modification alone, and a file that is copied, unpacked or touched keeps them: take the inode and the time of change, too'
		has "$site/letters"
		get /letters "If-None-Match: $etag"
		is 200
		has "$site/letters"
	done
}

# bats test_tags=must
@test "4.70 a page with characters of more than one octet comes whole" {
	local size

	printf '<!DOCTYPE html>\n<title>\303\251t\303\251 \342\202\254 \360\237\230\200</title>\n' >"$site/page.html"
	size=$(wc -c <"$site/page.html")
	size=$((size))
	start "$site"
	get /page.html
	is 200 'Content-Length: *'
	[ "$(field Content-Length)" = "$size" ] || complain "Content-Length: $size" \
		"it is $(field Content-Length), the number of characters, or another: Content-Length counts octets, not characters"
	is 200 "Content-Length: $size" 'Content-Type: text/html; charset=utf-8'
	has "$site/page.html"
	get /page
	is 200 "Content-Length: $size"
	has "$site/page.html"
	get /page.html 'Range: bytes=24-27' # it begins and ends within a character
	is 206 "Content-Range: bytes 24-27/$size"
	has "$site/page.html" 24 27
}

# bats test_tags=robust,slow
@test "4.71 who reads a huge file as fast as it comes does not keep the others waiting" {
	local i greedy tries

	sparse 102400 "$site/huge"
	start "$site"
	ask HEAD /huge
	is 200 'Content-Length: 107374182400'
	gulp
	greedy=$!
	sleep 0.1
	for i in 1 2 3; do
		for tries in 1 2; do # a machine may stand still for a moment, but not twice
			converse timeout 300 send 'GET /a.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
			[ "$client_status" -eq 3 ] || break
		done
		[ "$client_status" -lt 3 ] || complain 'status 200, within 300 ms' \
			'a download keeps the others waiting: the server sends a file in a loop that takes no turns with the other clients'
		is 200
		has "$site/a.txt"
	done
	kill -0 "$greedy" 2>/dev/null || complain 'a download that goes on meanwhile' \
		'a download keeps the others waiting: it came to its end before all of them were answered'
}

# bats test_tags=must
@test "4.80 a file that can't be read is no missing file, and no empty reply" {
	local folder=/sys/class/net/lo

	cat "$folder/mtu" >/dev/null 2>&1 && [ -f "$folder/speed" ] && ! cat "$folder/speed" >/dev/null 2>&1 ||
		skip 'no file here can be opened and not be read'
	start "$folder"
	get /speed
	is "$(ours 503 500 403)"
	get /speed 'Range: bytes=0-9'
	is "$(ours 503 500 403)"
	ask HEAD /speed
	is "$(ours 503 500 403 200)"
	get /missing
	is 404
}

# bats test_tags=must
@test "4.81 who waits at a FIFO goes on waiting: it is not opened" {
	local name

	mkdir "$site/odd"
	mkfifo "$site/queue" "$site/shop.html" "$site/odd/index.html" "$site/b/queue.txt"
	start "$site"
	for name in queue shop.html odd/index.html b/queue.txt; do
		rm -f "$tmp/let-go"
		(
			trap '' PIPE
			printf 'x\n' >"$site/$name" 2>/dev/null || :
			: >"$tmp/let-go"
		) 3>&- 4>&- &
		helpers="$helpers$! "
		nap 150 # until it waits
		case $name in
		shop.html) get /shop ;;
		odd/index.html) get /odd/ ;;
		*) get "/$name" ;;
		esac
		is 404
		nap 50
		[ ! -e "$tmp/let-go" ] || complain 'a writer that goes on waiting' \
			"the server has opened $name, which let the one go on who waits to write into it: look before you open (lstat), and open regular files and folders only"
	done
	end_helpers
	still_serves
}

# bats test_tags=must
@test "4.82 a redirect leads only to what is served" {
	local target

	mkdir "$site/only.html" "$site/odd" "$site/blog" "$site/linked"
	cp "$site/b/index.html" "$site/only.html"
	mkfifo "$site/odd/index.html"
	ln -s ../a.txt "$site/linked/index.html"
	start "$site"
	for target in /only /only/ /bare /odd /linked '/a%20dir' /b/deep; do
		get "$target"
		is '301 404 403'
		[ "$code" != 301 ] || complain 'status 404, at once' \
			"a redirect leads to where there is nothing: ask for a folder's index.html first, and let .html stand in only for a regular file"
	done
	get /only.html
	is 301 'Location: /only.html/'
	get /b
	is 301 'Location: /b/'
}

# bats test_tags=must
@test "4.83 an empty file is sent whole, whatever range is asked for" {
	local range

	start "$site"
	for range in 0- 0-0 -1 -0 5- 5-9 -99999999999999999999; do
		get /empty.txt "Range: bytes=$range"
		is "$(ours 200 416)" 'Content-Length: *'
	done
}

# bats test_tags=must
@test "4.84 a single dot or nothing, as a segment, names the folder itself" {
	local due target

	due=$(ours 200 404 400 301 308)
	start "$site"
	for target in /./a.txt //a.txt /././a.txt ///a.txt /%2e/a.txt /b//c.txt /b/./c.txt \
		/.//b/%2E//c.txt /b//./deep//er/d.txt // /. /./ /b// /b/. /b/./; do
		get "$target"
		is "$due 301 404"
		case $target,$code in
		*,40?) [ -n "${SERVER:-}" ] || is 200 ;;
		*a.txt,200) has "$site/a.txt" ;;
		*c.txt,200) has "$site/b/c.txt" ;;
		*d.txt,200) has "$site/b/deep/er/d.txt" ;;
		/b*,200) has "$site/b/index.html" ;;
		*,200) has "$site/index.html" ;;
		*,3*)
			value_of Location || complain Location 'Location is missing'
			[[ $value != //* ]] || complain 'Location: /…' "a browser takes $value for another host"
			get "$value"
			is 200
			;;
		esac
	done
	for target in //b ///b '//b?x=1'; do
		get "$target"
		is '301 404 400 200'
		[ -n "${SERVER:-}" ] || case $target in
		*x*) is 301 'Location: /b/?x=1' ;;
		*) is 301 'Location: /b/' ;;
		esac
	done
	for target in /a.txt/ /a.txt// /a.txt/. /a.txt/./ /a.txt/./x //.hidden /b//..//a.txt; do
		get "$target"
		is "$(ours 404 400 200 301 308)"
		[ "$code" != 200 ] || lacks SECRET
	done
}

# bats test_tags=extra
@test "4.72 SIGTERM: who has asked, and waits to be accepted, gets its answer" {
	ours_only 'the signals'
	start "$site"
	kill -STOP "$server_pid"
	background client send 'GET /a.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' read
	nap 200
	kill -TERM "$server_pid"
	kill -CONT "$server_pid"
	finish 1 || :
	await_end "$server_pid" 6
	server_pid=
	[ -s "$reply" ] || complain 'status 200' \
		'closing the listening socket resets whoever waits to be accepted: the kernel has let it in, so accept once more before you close'
	is 200
	has "$site/a.txt"
	ended_well
}

# bats test_tags=robust,slow
@test "4.73 a slow reader that takes something all the time, or much at once, gets every byte" {
	local conversation i

	sparse 64 "$site/big"
	HASTE=30 start_hasty "$site"
	conversation=(take 30000000) # fast at first, so that the kernel trusts it with large buffers
	for ((i = 0; i < 60; i++)); do # then 5 KB a second, for three minutes
		conversation+=(take 15000 pause $((3000 / pace)))
	done
	background client most 64 send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' "${conversation[@]}" read
	background client most 64 send 'GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' \
		take 4000000 pause $((100000 / pace)) read
	for i in 1 2; do
		finish "$i" || :
		[ "$(wc -c <"$reply")" -gt 67108864 ] || complain 'all of the file' \
			'a download that goes on is ended: poll tells of its progress only when a third of the kernel'"'"'s buffer is free, and some clients pause; bound that buffer (SO_SNDBUF), and give more time to those who have taken much'
		is 200 'Content-Length: 67108864'
	done
}
