#!/usr/bin/env bats
# Part 4: Last-Modified and ETag.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

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
	get /letters && is 200 && value_of ETag && { [ "$value" != "$1" ] ||
		complain 'another ETag' "${2:-it is $1 as before, though the file is another: its size, and its time to the nanosecond, belong into it}"; }
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
		until_true etag_changed "$etag" \
			'the tag is made of size and time of modification alone, and a file that is copied, unpacked or touched keeps them: take the inode and the time of change, too'
		has "$site/letters"
		get /letters "If-None-Match: $etag"
		is 200
		has "$site/letters"
	done
}
