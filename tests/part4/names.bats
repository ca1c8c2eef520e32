#!/usr/bin/env bats
# Part 4: percent-encoding, dots and odd names.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

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
		[ "$(field Content-Type)" = 'text/plain; charset=utf-8' ] || complain 'Content-Type: text/plain; charset=utf-8' \
			"it is $(field Content-Type), and without a query it is right: the extension is looked for in the query, too, so that who makes a link decides for the type"
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

	due=$(ours 404 200 400 403 301 308)
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
