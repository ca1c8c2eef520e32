#!/usr/bin/env bats
# Part 4: dates in conditions, and conditions that do not count.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

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
		is "204 200$(ours '' ' 405 501')"
		ask TRACE /a.txt "$condition"
		is "$(not_allowed)"
		ask POST /a.txt "$condition" 'Content-Length: 0'
		is "$(not_allowed)"
	done
}
