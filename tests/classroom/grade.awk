# What one submission gets: reads a line for each test ("worth": number, tier, points, title), the steps
# ("stairs": step, title, tests, between tabs), and what tests/run printed; writes report.txt,
# results.json (Gradescope's), junit.xml, head.csv and row.csv into the folder OUT, and ends with status 1
# if points are missing. Variables: part, held, tiers, seconds, out; names and words that may hold anything
# come through the environment: NAME, STATE, WHY, HINT, NOTE.

function plain(s) {
	gsub(/[\001-\010\013\014\016-\037\177]/, "?", s)
	gsub(/\357\277[\276\277]/, "?", s) # no characters, in XML
	return s
}
function json(s) {
	s = plain(s)
	gsub(/\\/, "&&", s)
	gsub(/"/, "\\\"", s)
	gsub(/\t/, "\\t", s)
	gsub(/\r/, "\\r", s)
	gsub(/\n/, "\\n", s)
	return "\"" s "\""
}
function xml(s) {
	s = plain(s)
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	gsub(/>/, "\\&gt;", s)
	gsub(/"/, "\\&quot;", s)
	return s
}
# A cell that begins like a formula would be one in a table: it gets an apostrophe.
function csv(s) {
	s = plain(s)
	gsub(/"/, "\"\"", s)
	gsub(/[\r\n]/, " ", s)
	return "\"" (s ~ /^[-=+@\t]/ ? "'" : "") s "\""
}
function bar(got, of,    s, i) {
	for (i = 1; i <= of; i++)
		s = s (i <= got ? "#" : ".")
	return s
}

FILENAME ~ /worth$/ {
	if (!index(" " tiers " ", " " $2 " "))
		next
	order[++count] = $1
	tier[$1] = $2
	max[$1] = $3
	title[$1] = $0
	sub(/^[^ ]* [^ ]* [^ ]* /, "", title[$1])
	next
}
FILENAME ~ /stairs$/ {
	split($0, cell, "\t")
	step[++steps] = cell[1]
	step_title[steps] = cell[2]
	step_tests[steps] = cell[3]
	next
}
/^(not )?ok E?[1-9][.][0-9.]+ / {
	is_bad = $1 == "not"
	now = is_bad ? $3 : $2
	# A test that is skipped because of what the server did in others has not been passed.
	if (match($0, / # skip .*(waited in vain|this run has taken|it rests on)/)) {
		verdict[now] = "failed"
		unasked[now] = 1
		said[now] = "It was not run: " substr($0, RSTART + 8) ".\n"
	} else
		verdict[now] = is_bad ? "failed" : / # skip/ ? "skipped" : "passed"
	next
}
/^$/ || !/^#/ { now = ""; next }
now != "" {
	sub(/^# ?/, "")
	if (length(said[now]) < 4000)
		said[now] = said[now] substr($0, 1, 400) "\n"
}

function judge(    i, t) {
	for (i = 1; i <= count; i++) {
		t = order[i]
		if (!(t in verdict)) {
			unasked[t] = 1
			verdict[t] = "failed"
			unasked[t] = 1
			said[t] = why == "" ? "It was not run.\n" : why "\n"
		}
		if (verdict[t] == "skipped")
			max[t] = 0
		got[t] = verdict[t] == "passed" ? max[t] : 0
		points += got[t]
		all += max[t]
		number_of[verdict[t]]++
		if (title[t] ~ /drawn by lot/) {
			lots++
			lots_failed += verdict[t] == "failed" && !(t in unasked)
		} else {
			others += max[t]
			others_got += got[t]
		}
	}
	if (lots_failed && others && others_got > 0.8 * others)
		hint = hint (hint == "" ? "" : "; ") "it fails the test that is drawn by lot, and passes most others: does it know answers by heart?"
}
function report(    f, i, j, n, t, names, ok, of) {
	f = out "/report.txt"
	printf("Part %s, %s: %d of %d points (%s)\n\n", part, plain(name), points, all, state) >f
	if (state != "tested" && why != "")
		print why "\n" >f
	for (i = 1; i <= steps; i++) {
		n = split(step_tests[i], names, " ")
		ok = of = 0
		for (j = 1; j <= n; j++) {
			t = names[j]
			if (!(t in tier) || verdict[t] == "skipped")
				continue
			of++
			ok += verdict[t] == "passed"
			if (verdict[t] == "failed" && next_test == "") {
				next_test = t
				next_step = step[i] " " step_title[i]
			}
		}
		if (of)
			printf("  %-5s %-12s %2d of %2d  %s\n", step[i], bar(ok, of), ok, of, step_title[i]) >f
	}
	print "" >f
	for (i = 1; i <= count; i++) {
		t = order[i]
		printf("  %-7s %-6s %2d of %2d  %s %s%s\n", verdict[t], tier[t], got[t], max[t], t, title[t], \
			index(" " held " ", " " t " ") ? " (held back)" : "") >f
	}
	print "" >f
	if (next_test != "")
		print "Next: test " next_test ", " title[next_test] ". It belongs to: " next_step "\n" >f
	if (note != "")
		print note "\n" >f
	if (lots)
		print "Drawn by lot with SEED=" ENVIRON["SEED"] ": with this number, the same is asked again.\n" >f
	if (state == "tested" || state == "out of time")
		for (i = 1; i <= count; i++)
			if (verdict[order[i]] == "failed")
				printf("-- %s %s\n%s\n", order[i], title[order[i]], plain(said[order[i]])) >f
	close(f)
}
function results(    f, i, t) {
	f = out "/results.json"
	printf("{\"score\": %d, \"execution_time\": %d, \"visibility\": \"visible\", \"stdout_visibility\": \"hidden\",\n" \
		" \"output_format\": \"text\", \"output\": %s,\n \"tests\": [", points, seconds, \
		json(state == "tested" ? number_of["passed"] + 0 " of " count " tests pass." : state ": " why)) >f
	for (i = 1; i <= count; i++) {
		t = order[i]
		printf("%s\n  {\"number\": %s, \"name\": %s, \"score\": %d, \"max_score\": %d, \"status\": \"%s\",\n" \
			"   \"tags\": [\"%s\"], \"visibility\": \"%s\", \"output_format\": \"text\", \"output\": %s}", \
			i > 1 ? "," : "", json(t), json(t " " title[t]), got[t], max[t], \
			verdict[t] == "failed" ? "failed" : "passed", tier[t], \
			index(" " held " ", " " t " ") ? "after_due_date" : "visible", json(said[t])) >f
	}
	printf("\n ]}\n") >f
	close(f)
}
function junit(    f, i, t) {
	f = out "/junit.xml"
	printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"part%s\" tests=\"%d\" " \
		"failures=\"%d\" errors=\"0\" skipped=\"%d\" time=\"%d\">\n", \
		part, count, number_of["failed"], number_of["skipped"], seconds) >f
	for (i = 1; i <= count; i++) {
		t = order[i]
		printf("<testcase classname=\"part%s.%s\" name=\"%s\" time=\"0\">", part, tier[t], xml(t " " title[t])) >f
		if (verdict[t] == "failed")
			printf("<failure message=\"%s\">%s</failure>", xml(state), xml(said[t])) >f
		else if (verdict[t] == "skipped")
			printf("<skipped/>") >f
		print "</testcase>" >f
	}
	print "</testsuite>\n</testsuites>" >f
	close(f)
}
function row(    f, i) {
	f = out "/head.csv"
	printf("submission,points,of,state,seconds,look") >f
	for (i = 1; i <= count; i++)
		printf(",%s", order[i]) >f
	print "" >f
	f = out "/row.csv"
	printf("%s,%d,%d,%s,%d,%s", csv(name), points, all, csv(state), seconds, csv(hint)) >f
	for (i = 1; i <= count; i++)
		printf(",%s", verdict[order[i]] == "skipped" ? "" : got[order[i]]) >f
	print "" >f
}
END {
	name = ENVIRON["NAME"]
	state = ENVIRON["STATE"]
	why = ENVIRON["WHY"]
	hint = ENVIRON["HINT"]
	note = ENVIRON["NOTE"]
	judge()
	report()
	results()
	junit()
	row()
	exit points < all || all == 0
}
