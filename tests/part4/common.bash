# shellcheck shell=bash
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

# stays_inside TARGET: no octet of a file outside of the site came.
stays_inside() {
	! grep -a -q -e SECRET -e root: "$reply" ||
		complain 'no octet of a file outside of the site' "octets of a file outside of the site came: the path leads out, since $(led_out "$1")"
}
