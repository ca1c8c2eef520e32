# shellcheck shell=bash
# Part 1: what a client sends comes back.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
PART=${PART:-1}
load ../lib/harness
sample=(send 'x\n' take 2)
answer=octets answered=.

# Somebody else is served, and within a second.
others_are_served() {
	expect timeout 1000 send 'still there?\n' shut read <<-'REPLY'
		still there?$
	REPLY
}
