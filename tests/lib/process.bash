# shellcheck shell=bash
# The server's process, seen from outside: descriptors, memory, processor time. Part of harness.bash, whose variables it uses.
# shellcheck disable=SC2034,SC2154

# look_inside: the test looks into the server's process; skips where that can't be done.
look_inside() {
	ours_only 'looks into its process'
	if [ ! -r "/proc/$server_pid/stat" ] || [ ! -d "/proc/$server_pid/fd" ]; then
		skip 'no /proc here'
	fi
}

# descriptors: how many the server has open.
descriptors() {
	local open=("/proc/$server_pid/fd/"*)

	echo "${#open[@]}"
}

# resident: the server's memory, in KiB.
resident() {
	awk '/^VmRSS:/ { print $2 }' "/proc/$server_pid/status"
}

# processor_time: what the server has used so far, in milliseconds.
processor_time() {
	awk '{ print ($14 + $15) * 10 }' "/proc/$server_pid/stat"
}

# watch_it MS: sets used to the processor time that the server takes meanwhile, in milliseconds, and busy to
# how often, of a look each 50 ms, it ran, or would have if other programs had let it.
watch_it() {
	local before state looks

	before=$(processor_time) busy=0
	for ((looks = $1 / 50; looks > 0; looks--)); do
		nap 50
		read -r _ _ state _ <"/proc/$server_pid/stat" || return
		[ "$state" != R ] || busy=$((busy + 1))
	done 2>/dev/null
	used=$(($(processor_time) - before))
}

# rests: the server has nothing to do now, and uses no processor time.
rests() {
	local used=0 busy=0

	kill -0 "$server_pid" 2>/dev/null || return 0
	watch_it 1000
	[ "$((used > 100 || busy > 10))" -eq 0 ] || complain 'it sleeps until something happens' \
		"it spins: it used $used ms of processor time in a second in which nothing happened; $1"
}

# gives_back COMMAND...: what many clients cost, who come and go in this command, it gives back.
gives_back() {
	local before memory i now

	"$@"
	before=$(descriptors) memory=$(resident)
	for i in 1 2 3; do
		"$@"
	done
	for ((i = 0; i < 40; i++)); do # the last may just be leaving
		now=$(descriptors)
		[ "$now" -gt "$before" ] || break
		nap 50
	done
	[ "$now" -le "$before" ] || complain "no more than $before descriptors, as before" \
		"$((now - before)) descriptors were never given back: close the socket of each client that has left, and the file that it was getting"
	if grep -q __asan_init "/proc/$server_pid/exe" 2>/dev/null; then
		return 0 # it keeps for a while what is freed, and looks for leaks itself
	fi
	now=$(resident)
	[ "$((now - memory))" -le 2048 ] || complain "no more than $memory KiB of memory, as before" \
		"$((now - memory)) KiB of memory were never given back: free what belongs to a client that has left, and what you still had of it or for it; if a garbage collector frees your memory, it may only have kept it for later"
}

# asked_for: how much memory the server has asked for, in KiB.
asked_for() {
	awk '/^VmSize:/ { print $2 }' "/proc/$server_pid/status"
}

# keeps_nothing_of OPERATION...: of clients that do these, and leave, thousands of them, our server
# keeps nothing, as small as what belongs to one of them may be.
keeps_nothing_of() {
	local before grown

	[ -z "${SERVER:-}" ] || return 0 # a garbage collector may keep it for later
	often 500 "$@"
	before=$(asked_for)
	[ "$before" -lt 1000000000 ] || return 0 # a sanitizer has all of the memory, and looks for leaks itself
	often 4000 "$@"
	grown=$(($(asked_for) - before))
	if [ "$grown" -gt 128 ]; then
		: >"$reply"
		sent=("$@")
		complain 'no more memory than before, when 4,096 more clients have left' \
			"the server has grown by $grown KiB: free all that belongs to a connection, and the connection itself"
	fi
}

# none_left_of BEFORE: the server, which our test can look into or not, has no more descriptors open
# than before, now that those who were late are gone.
none_left_of() {
	local i now=0

	[ -d "/proc/$server_pid/fd" ] || return 0
	for ((i = 0; i < 40; i++)); do # the last may just be leaving
		now=$(descriptors)
		[ "$now" -gt "$1" ] || return 0
		nap 50
	done
	complain "no more than $1 descriptors, as before" \
		"$((now - $1)) descriptors were never given back: close the socket of each connection that has run out of time, too"
}

# start_starved [option...]: the same as start, but with 32 descriptors.
start_starved() {
	limit=32 start "$@" && return
	[ -n "${SERVER:-}" ] || return
	server_pid=''
	skip 'it needs more than 32 descriptors to start'
}

# survives_a_full_table COMMAND...: with 60 clients at 32 descriptors the server neither ends nor
# spins; when some leave, another is served, as the command says.
survives_a_full_table() {
	local first pid

	try_to_hold crowd 40 || :
	first=$helpers helpers=' '
	try_to_hold crowd 20 || :
	rests 'while no descriptor is free, accept fails at once, and poll says at once that somebody waits: leave the listener alone until a client has left, or for some milliseconds'
	if ! kill -0 "$server_pid" 2>/dev/null; then
		known='a full descriptor table is no reason to end: the clients that are connected are still to be served, and when one leaves, the next can come'
		complain 'it goes on' "$known"
	fi
	for pid in $first; do
		kill -9 "$pid" || :
		wait "$pid" 2>/dev/null || :
	done
	"$@"
}

# waits_for_its_children: those that have ended are not kept as zombies, but for the last few.
waits_for_its_children() {
	local zombies

	zombies=$(cat /proc/[0-9]*/stat 2>/dev/null | sed 's/.*) //' | grep -c "^Z [0-9]* $server_pid ") || :
	[ "$zombies" -le 100 ] || complain 'no process that has ended, and is waited for by nobody' \
		"$zombies processes of the server have ended, and are kept until it asks how: call waitpid(), or ignore SIGCHLD; a machine has room for some thousands"
}

# spins: whether the server, which should wait for something, uses the processor. Sets known.
spins() {
	local used=0 busy=0

	[ -r "/proc/$server_pid/stat" ] || return 1
	watch_it 300
	[ "$used" -ge 100 ] || [ "$busy" -ge 5 ] || return 1
	known="the server spins: nothing comes, and it runs on and on, without a pause; what does its loop wait for, and does that ever come true?"
}
