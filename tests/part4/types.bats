#!/usr/bin/env bats
# Part 4: media types, characters.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

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
