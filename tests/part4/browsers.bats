#!/usr/bin/env bats
# Part 4: what browsers say besides.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

browser='User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0
Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8
Accept-Language: de-DE,de;q=0.8,en-US;q=0.5,en;q=0.3
Accept-Encoding: gzip, deflate, br, zstd
Cookie: a; session=0123456789abcdef; theme="dark"; path=/x,y
Referer: http://127.0.0.1:8080/guide/?q=%22a b%22
Upgrade-Insecure-Requests: 1
DNT: 1
Sec-GPC: 1
Sec-CH-UA: "Chromium";v="131", "Not_A Brand";v="24"
Sec-CH-UA-Mobile: ?0
Sec-Fetch-Dest: document
Sec-Fetch-Mode: navigate
Sec-Fetch-Site: none
Sec-Fetch-User: ?1
Priority: u=0, i
Pragma: no-cache
Cache-Control: max-age=0'

# browse METHOD TARGET [FIELD...]: asks as a browser does, with all that it says besides.
browse() {
	local fields=() line

	while IFS= read -r line; do
		fields+=("$line")
	done <<<"$browser"
	ask "$1" "$2" "${fields[@]}" "${@:3}"
}

# is_coded FILE: the content is that of the file, once it is decoded as Content-Encoding says.
is_coded() {
	local coding

	coding=$(field Content-Encoding)
	case $coding in
	'' | identity) has "$1" ;;
	gzip)
		split_reply
		gzip -dc <"$tmp/content" 2>"$tmp/unpacked" | cmp -s - "$1" || complain 'the file' \
			'Content-Encoding says gzip, and the content is no gzip of the file, or not all of it: Content-Length counts what is sent'
		;;
	*) complain 'the file as it is, or in gzip' "Content-Encoding is $coding, which this test cannot undo" ;;
	esac
}

# bats test_tags=must
@test "4.89 what a browser says besides changes no answer" {
	local etag target

	start "$site"
	for target in /index.html /a.txt /letters /empty.txt /b/; do
		browse GET "$target"
		is 200
		[ "$target" != /b/ ] || target=/b/index.html
		is_coded "$site$target"
		browse HEAD "$target"
		is 200
	done
	get /letters
	value_of ETag
	etag=$value
	browse GET /letters 'Range: bytes=3-9' "If-Range: $etag" # a film, from the middle on
	is '206 200'
	[ "$code" = 206 ] || complain 'status 206' 'what else the client says has changed what it gets'
	[ -n "$(field Content-Encoding)" ] || has "$site/letters" 3 9
	browse GET /letters "If-None-Match: $etag" 'If-Modified-Since: Mon, 30 Jun 2008 11:30:00 GMT'
	is "$(ours 304 200)"
	browse GET /missing
	is 404
	browse GET /b
	is 301 'Location: /b/'
	browse GET /letters 'Range: bytes=26-'
	is 416
	browse POST /letters 'Content-Length: 0' 'Origin: http://127.0.0.1:8080'
	is "$(not_allowed)"
}
