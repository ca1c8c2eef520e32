#!/usr/bin/env bats
# Part 4: as many clients as there is room for, each with a file; and what they give back.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=extra
@test "4.85 five hundred downloads at once, and for twenty more there is a place when others leave" {
	ours_only 'sets its limit'
	local conversation=(narrow timeout 20000) i

	ulimit -n 1024 2>/dev/null || skip 'here nobody may have 1,024 descriptors'
	sparse 64 "$site/big"
	limit=1024 start "$site"
	for i in {1..520}; do
		conversation+=(on "$i" send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n')
	done
	for i in {1..500}; do
		conversation+=(on "$i" head)
	done
	for i in {1..20}; do
		conversation+=(on "$i" close)
	done
	for i in {501..520}; do
		conversation+=(on "$i" head)
	done
	converse "${conversation[@]}"
	read_statuses
	[[ $codes != *503* ]] || complain '520 times 200' \
		'no descriptor was left for the file: whoever is let in needs two, one for the socket and one for what it asks for; let in no more than that'
	case $client_status in
	0) ;;
	3) complain '520 times 200' "$(wc -w <<<"$codes") responses came, and then nothing more: those who wait outside must be let in when others have left" ;;
	*) complain '520 times 200' 'newcomers were let in and closed, since all places were taken: leave them to wait until one is free' ;;
	esac
	[ "$codes" = "$(printf '200 %.0s' {1..519})200" ] || complain '520 times 200' "these came: $codes"
}

# leave_early: clients leave in the middle of a file, by themselves or with a reset, some with more
# requests on their way, some with half a head.
leave_early() {
	local conversation=() i more=(repeat 1590 0123456789)

	for i in {1..20}; do
		conversation+=(on "$i" send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' head reset)
		conversation+=(send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\nGET /a.txt HTTP/1.1\r\nX: ' "${more[@]}" head reset)
		conversation+=(send 'GET /big HTTP/1.1\r\nHost: x\r\n\r\n' take 100000 close)
		conversation+=(send 'GET /big HTTP/1.1\r\nHost: x\r\nRange: bytes=9-\r\n\r\n' shut take 1000 close)
		conversation+=(send 'GET /a.txt HTTP/1.1\r\nX: ' "${more[@]}" reset)
		conversation+=(send 'GET /a.txt HTTP/1.1\r\nHost: x\r\nX: ' "${more[@]}" send '\r\n\r\n' reset)
	done
	come_and_leave most 64 "${conversation[@]}"
	companions=()
	still_serves
}

# bats test_tags=extra
@test "4.86 who leaves in the middle of a file gives back its descriptors and its memory" {
	sparse 32 "$site/big"
	start "$site"
	look_inside
	gives_back leave_early
}
