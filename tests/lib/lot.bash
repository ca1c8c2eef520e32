# shellcheck shell=bash
# Tests that are drawn by lot. Part of harness.bash, whose variables it uses.
# shellcheck disable=SC2034,SC2154

# draw [-v VARIABLE=VALUE]...: what the suite's lot.awk draws is in the file $tmp/lot, a conversation a line.
# SEED, where it is set, repeats what was drawn with it.
draw() {
	seed=${SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
	awk -v seed="$seed" "$@" -f "$lib/lot.awk" -f "${BATS_TEST_FILENAME%/*}/lot.awk" >"$tmp/lot"
}
