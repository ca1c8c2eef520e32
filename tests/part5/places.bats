#!/usr/bin/env bats
# Part 5: each path has its own place in memory, and no file takes another's.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# ask_all PATH...: asks for them twice in one go, so the second time they come from memory, if it has them.
ask_all() {
	printf 'GET %s HTTP/1.1\r\nHost: x\r\n\r\n' "$@" "$@" >"$tmp/requests"
	send_all most 64 file "$tmp/requests" shut read
}

# bats test_tags=must,slow
@test "5.82 paths that are alike in much are different paths" {
	local i name names=()

	# Pairs for which a well-known hash is the same: FNV-1a, FNV-1, that of Bernstein, that of Java, CRC-32,
	# that of sdbm; of the whole path.
	names=(rjesfff zbzsmaw gzqmgtj svvqser ezcbcpm lnsjwau uoyylol zjznkhp qdnbtyt rjyrbok qmjfruk mvqjinw)
	name=''
	for i in {10..99}; do # each is the beginning of the next
		name=$name$i
		names+=("$name")
	done
	mkdir -p "$site/alike/b"
	: >"$site/alike/case"
	for ((i = 100; i < 300; i++)); do
		names+=("key$i" "$i" "yek$i" "key${i}x" "b/key$i" "key-${i:2:1}${i:1:1}${i:0:1}")
		[ -e "$site/alike/CASE" ] || names+=("KEY$i" "b/Key$i") # where the disk tells them apart
	done
	for name in "${names[@]}"; do
		printf 'this is %s\n' "$name" >"$site/alike/$name"
	done
	start "$site"
	ask_all "${names[@]/#//alike/}"
	printf 'this is %s\n' "${names[@]}" "${names[@]}" >"$tmp/due"
	name=$(LC_ALL=C grep -a '^this is ' "$reply" | diff - "$tmp/due" | sed -n 's/^> this is //p' | head -n 1) || :
	[ -z "$name" ] || complain "of each path its own file, such as that of /alike/$name" \
		'another file came, of a path that is alike: in upper or lower case, longer, shorter, in another folder, or with the same hash; compare the whole path, octet for octet'
	gone /alike/rjesff
	gone /alike/rjesfff/
}

# bats test_tags=must
@test "5.74 a file that is just too large for a place leaves its neighbours alone" {
	local i due names=() size

	# Files of 128 KiB, which is what our places hold, and a little more or less; of those with 64 octets more
	# there are many, so some are neighbours.
	mkdir "$site/full"
	for size in 131071 131072 131073 131136; do
		head -c $((size - 1)) /dev/zero | tr '\0' o >"$site/full/$size"
		echo >>"$site/full/$size"
	done
	for ((i = 0; i < 150; i++)); do
		ln "$site/full/131136" "$site/full/$i" 2>/dev/null || cp "$site/full/131136" "$site/full/$i"
		names+=("/full/$i")
	done
	start "$site"
	ask_all "${names[@]}" /full/131071 /full/131072 /full/131073
	due=$((2 * (150 * 131136 + 131071 + 131072 + 131073)))
	[ "$(LC_ALL=C grep -a '^oo*$' "$reply" | wc -c)" -eq $due ] || complain 'each file, octet for octet' \
		'octets of a file were changed by another one: does what is kept fit into its place, to the last octet?'
}

# reads_for OPERATION...: how often the server reads from a file meanwhile.
reads_for() {
	local before

	before=$(sed -n 's/^syscr: //p' "/proc/$server_pid/io")
	send_all "$@"
	reads=$(($(sed -n 's/^syscr: //p' "/proc/$server_pid/io") - before))
}

# bats test_tags=extra,slow
@test "5.75 whatever way a response from memory ends, its place is free for the file when it changes" {
	local etag i name reads ask

	ours_only 'what it keeps in memory'
	for name in whole HEAD 304 206 412 416 405 204 reset closed half; do
		head -c 100000 /dev/zero >"$site/$name"
	done
	start "$site"
	look_inside
	grep -q syscr "/proc/$server_pid/io" 2>/dev/null || skip 'here nobody can tell how often it reads'
	for name in whole HEAD 304 206 412 416 405 204 reset closed half; do
		ask="GET /$name HTTP/1.1\r\nHost: x\r\n"
		case $name in
		HEAD) send_all send "${ask/GET/HEAD}\r\n" head ;;
		304) send_all send "${ask}If-None-Match: *\r\n\r\n" head ;;
		206) send_all send "${ask}Range: bytes=0-9\r\n\r\n" reply ;;
		412) send_all send "${ask}If-Match: \"x\"\r\n\r\n" reply ;;
		416) send_all send "${ask}Range: bytes=100000-\r\n\r\n" reply ;;
		405) send_all send "${ask/GET/DELETE}\r\n" reply ;;
		204) send_all send "${ask/GET/OPTIONS}\r\n" head ;;
		reset | closed) come_and_leave narrow repeat 30 "$ask\r\n" head pause 50 "${name/closed/close}" ;;
		half) send_all most 4 repeat 30 "$ask\r\n" shut read ;;
		*) send_all send "$ask\r\n" reply ;;
		esac
	done
	nap 1200 # what is in memory is out of date now: the places are wanted for what the files are
	for name in whole HEAD 304 206 412 416 405 204 reset closed half; do
		reads_for most 4 repeat 20 "GET /$name HTTP/1.1\r\nHost: x\r\n\r\n" shut read
		[ "$reads" -le 20 ] || complain 'twenty responses from memory: few reads' \
			"$reads reads for 20 responses: after one that ends in this way ($name), the place counts as being read for ever, and nothing new is kept in it; or nothing is kept at all"
	done
}
