#!/usr/bin/env bats
# Part 4: not again: conditional requests.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

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
	local etag field before='Sun, 06 Jul 2008 08:49:36 GMT' after='Sun, 06 Jul 2008 08:49:37 GMT'

	TZ=UTC0 touch -t 200807060849.37 "$site/a.txt"
	start "$site"
	get /a.txt
	value_of ETag
	etag=$value
	for field in "304 If-None-Match: $etag" "304 If-Modified-Since: $after" '412 If-Match: "x"' \
		"412 If-Unmodified-Since: $before"; do # each alone is obeyed
		get /a.txt "${field#* }"
		is "${field%% *}"
	done
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
