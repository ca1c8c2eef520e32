#!/usr/bin/env bats
# Part 4: only a piece.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

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
		20-2147483653 20 25
		20-4294967301 20 25
		20-9223372036854775813 20 25
		-2147483653 0 25
		-4294967301 0 25
		-9223372036854775813 0 25
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
	for range in 26- 26-30 100-200 -0 2147483648- 2147483653- 4294967296- 4294967301-4294967305 \
		9223372036854775808- 9223372036854775813- 18446744073709551615- 18446744073709551616- \
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
@test "4.91 the unit of a range is bytes, in upper or lower case" {
	local unit

	start "$site"
	for unit in BYTES Bytes bYTEs; do
		get /letters "Range: $unit=10-19"
		is '206 200'
		[ "$code" = 206 ] || complain 'status 206' \
			"$unit is the unit bytes: case means nothing in the name of a unit"
		is 206 'Content-Range: ~ 10-19/26$' 'Content-Length: 10'
		has "$site/letters" 10 19
	done
	get /letters 'Range: BYTES=-5'
	is 206 'Content-Range: ~ 21-25/26$'
	get /letters 'Range: BYTES=26-'
	is 416 'Content-Range: ~ [*]/26$'
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
	is "$(not_allowed)" '!Content-Range'
}
