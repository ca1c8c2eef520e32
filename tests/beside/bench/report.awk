# Prints a table, a chart and the goals from the figures of the benchmark, one on each line:
# work, server, round, what it is, value. Rates are per second, CPU in picoseconds. -v idle=N says
# how many silent clients there were.

BEGIN {
	split("small small1 small16 small256 close pipeline missing unchanged large huge idle", works)
	split("bare part5 part5-old part4 nginx lighttpd h2o nginx-copies", servers)
	split("nginx lighttpd h2o", peers)
	title["small"] = "1 KiB, 64 connections"
	title["small1"] = "1 KiB, 1 connection"
	title["small16"] = "1 KiB, 16 connections"
	title["small256"] = "1 KiB, 256 connections"
	title["close"] = "1 KiB, one connection per request, 64 at once"
	title["pipeline"] = "1 KiB, pipelined, 16 deep"
	title["missing"] = "404, 64 connections"
	title["unchanged"] = "304, 64 connections"
	title["large"] = "100 KiB, 16 connections"
	title["huge"] = "1 GiB, 1 connection"
	title["idle"] = "1 KiB, 64 busy connections, " idle " silent"
	base["pipeline"] = "lighttpd"
}

{
	value[$1, $2, $4, $3] = $5
	if ($3 > rounds[$1, $2, $4])
		rounds[$1, $2, $4] = $3
}

END {
	print "Rates per second and CPU time of the server, medians; the columns \"x\" are ratios to nginx"
	print "(pipelined: to lighttpd), medians of the quotients within a round."
	noise()
	table()
	charts("rate", "Requests (1 GiB: bytes) per second, longer is better")
	charts("cpu", "CPU time per request (1 GiB: per byte), shorter is better")
	goals()
}

function has(work, server, what) {
	return (work, server, what) in rounds
}

# The median of list[1..n]; sorts the list.
function middle(list, n,    i, j, v) {
	for (i = 2; i <= n; i++) {
		v = list[i]
		for (j = i - 1; j >= 1 && list[j] > v; j--)
			list[j + 1] = list[j]
		list[j + 1] = v
	}
	return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}

function median(work, server, what,    r, list) {
	for (r = 1; r <= rounds[work, server, what]; r++)
		list[r] = value[work, server, what, r]
	return middle(list, r - 1)
}

# How one server compares with another, in another work perhaps.
function ratio(work, server, what, other_work, other,    r, n, list) {
	n = rounds[work, server, what]
	if (rounds[other_work, other, what] < n)
		n = rounds[other_work, other, what]
	for (r = 1; r <= n; r++)
		list[r] = value[work, server, what, r] / value[other_work, other, what, r]
	return middle(list, n)
}

# Servers wait for their core only when somebody else is using it.
function noise(    turn, sum) {
	for (turn = 1; turn <= rounds["-", "-", "waited"]; turn++)
		sum += value["-", "-", "waited", turn]
	if (turn == 1)
		return
	printf "Others had the servers' core for %d %% of the time", sum / (turn - 1)
	print sum / (turn - 1) < 5 ? "." : ": too much for the speeds to mean anything."
}

function base_of(work) {
	return work in base ? base[work] : "nginx"
}

# ---- the table ----------------------------------------------------------------------------------

function rate_text(work, rate) {
	return work == "huge" ? sprintf("%.2f GB", rate / 1e9) : sprintf("%d", rate)
}

function cpu_text(work, cpu) {
	return work == "huge" ? sprintf("%.0f ms/GB", cpu) : sprintf("%.2f us", cpu / 1e6)
}

function ratio_text(work, server, what) {
	if (!has(work, base_of(work), what))
		return "-"
	return sprintf("%.2f", ratio(work, server, what, work, base_of(work)))
}

function row(work, server) {
	printf "  %-14s %11s %7s %13s %7s\n", server,
		rate_text(work, median(work, server, "rate")), ratio_text(work, server, "rate"),
		cpu_text(work, median(work, server, "cpu")), ratio_text(work, server, "cpu")
}

function table(    w, s) {
	for (w = 1; w in works; w++) {
		if (!has(works[w], "part5", "rate"))
			continue
		printf "\n%-40s %14s\n", title[works[w]], rounds[works[w], "part5", "rate"] " rounds"
		printf "  %-14s %11s %7s %13s %7s\n", "server", "per second", "x", "CPU", "x"
		for (s = 1; s in servers; s++)
			if (has(works[w], servers[s], "rate"))
				row(works[w], servers[s])
		if (has(works[w], "part5-old", "cpu"))
			printf "  part5 to part5-old: %.3f times the rate, %.3f times the CPU\n",
				ratio(works[w], "part5", "rate", works[w], "part5-old"),
				ratio(works[w], "part5", "cpu", works[w], "part5-old")
	}
	memory_table()
}

function memory_table(    s) {
	if (has("idle", "part5", "memory"))
		printf "\n%-40s\n", "memory per silent connection"
	for (s = 1; s in servers; s++)
		if (has("idle", servers[s], "memory"))
			printf "  %-14s %9d B\n", servers[s], median("idle", servers[s], "memory")
	if (has("start", "part5", "start"))
		printf "\n%-40s\n", "start to first answer; resident memory then"
	for (s = 1; s in servers; s++)
		if (has("start", servers[s], "start"))
			printf "  %-14s %8.1f ms %9d KiB\n", servers[s],
				median("start", servers[s], "start") / 1000,
				median("start", servers[s], "memory") / 1024
}

# ---- the chart ------------------------------------------------------------------------------------

function bar(length_wanted,    text) {
	while (length(text) + 0.5 < length_wanted && length(text) < 60)
		text = text "#"
	return text
}

function charts(what, heading,    w, s, work, x) {
	printf "\n%s; %s = 1\n", heading, "nginx (pipelined: lighttpd)"
	for (w = 1; w in works; w++) {
		work = works[w]
		if (!has(work, "part5", what) || !has(work, base_of(work), what))
			continue
		print "\n" title[work]
		for (s = 1; s in servers; s++)
			if (has(work, servers[s], what)) {
				x = ratio(work, servers[s], what, work, base_of(work))
				printf "  %-14s %5.2f %s\n", servers[s], x, bar(20 * x)
			}
	}
}

# ---- the goals --------------------------------------------------------------------------------------

function best_peer(work,    p, best) {
	for (p = 1; p in peers; p++)
		if (has(work, peers[p], "rate") &&
		    (best == "" || median(work, peers[p], "rate") > median(work, best, "rate")))
			best = peers[p]
	return best
}

# One goal: the measured figure must be at most, or at least, the bound.
function goal(what, measured, relation, bound, unit) {
	met = relation == "<=" ? measured <= bound : measured >= bound
	missed += !met
	printf "  %-6s %-60s %8.2f%s %s %s\n", met ? "ok" : "MISSED", what, measured, unit,
		relation, bound
}

function ratio_goal(work, what, other, relation, bound) {
	if (has(work, "part5", what) && has(work, other, what))
		goal(title[work] ": " (what == "rate" ? "speed" : "CPU") " / " other,
			ratio(work, "part5", what, work, other), relation, bound, "")
}

function memory_goals() {
	if (has("idle", "part5", "memory")) {
		goal(idle " silent connections: memory of each",
			median("idle", "part5", "memory"), "<=", 1024, " B")
		goal("64 busy connections: speed with " idle " silent / without",
			ratio("idle", "part5", "rate", "idle-without", "part5"), ">=", 0.8, "")
	}
	if (has("start", "part5", "start")) {
		goal("start to first answer", median("start", "part5", "start") / 1000, "<=", 10, " ms")
		goal("resident memory at start",
			median("start", "part5", "memory") / 1024, "<=", 2048, " KiB")
	}
}

function goals() {
	print "\nThe goals of part 5\n"
	ratio_goal("small", "cpu", "nginx", "<=", 0.58)
	ratio_goal("small", "cpu", "h2o", "<=", 0.78)
	ratio_goal("small", "cpu", "lighttpd", "<=", 0.78)
	ratio_goal("small", "rate", "bare", ">=", 0.85)
	ratio_goal("small1", "rate", best_peer("small1"), ">=", 1)
	ratio_goal("small16", "rate", best_peer("small16"), ">=", 1)
	ratio_goal("small256", "rate", best_peer("small256"), ">=", 1)
	ratio_goal("close", "cpu", "nginx", "<=", 1)
	ratio_goal("close", "rate", "nginx", ">=", 1)
	ratio_goal("pipeline", "rate", "lighttpd", ">=", 1.3)
	ratio_goal("missing", "rate", best_peer("missing"), ">=", 1)
	ratio_goal("unchanged", "rate", best_peer("unchanged"), ">=", 1)
	ratio_goal("large", "cpu", "nginx", "<=", 1.25)
	ratio_goal("large", "cpu", "nginx-copies", "<=", 0.7)
	ratio_goal("huge", "rate", "nginx", ">=", 1)
	ratio_goal("huge", "cpu", "nginx", "<=", 2.5)
	memory_goals()
	print "\n" (missed ? missed " missed" : "all met")
}
