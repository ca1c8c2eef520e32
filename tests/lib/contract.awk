# What the contract in TUTORIAL.md requires in the row that a failed test is about, and the step that
# teaches it: prints "### STEP", "## CHAPTER", and two lines for the reader, as far as there are any.
# Reads causes/taught, then the book. Variables: number, the test's; from the environment: RULE_STEP and
# RULE_WORDS, which the test has said (see rule in tests/lib/failure.bash); WHAT, what is told; SENT.

function row_in_words(cell) {
	return "--- " (cell[2] ~ /^starts it / ? "whoever " : "a client ") cell[2] \
		"\n--- required: " cell[3] (cell[4] == "" ? "" : " (" cell[4] ")")
}

# How long the longest of the things is that the first cell names, between backticks, and that was sent.
function sent_of(cell,    words, count, i, longest) {
	count = split(cell, words, "`")
	for (i = 2; i <= count; i += 2)
		if (length(words[i]) > 2 && length(words[i]) > longest && index(sent, words[i]))
			longest = length(words[i])
	return longest + 0
}

# How well this row fits what went wrong: the words of the test, the form that every response has, the
# status that is due, what was sent; of rows that fit as well, that which names the fewest tests.
function fit(cell, count,    outside) {
	outside = cell[3]
	gsub(/\[[^]]*\]/, "", outside) # what is allowed instead
	return 10000 * (rule != "" && index(cell[2], rule) > 0) + \
		1000 * (form != "" && cell[2] ~ /^sends any request/ && index(cell[3], form) > 0) + \
		300 * (due != "" && outside ~ ("(^|[^0-9])" due "([^0-9]|$)")) + 10 * sent_of(cell[2]) - count
}

BEGIN {
	rule = ENVIRON["RULE_WORDS"]
	step_of_rule = ENVIRON["RULE_STEP"]
	what = ENVIRON["WHAT"]
	sent = ENVIRON["SENT"]
	if (match(what, /--- expected: status [1-5][0-9][0-9]/))
		due = substr(what, RSTART + RLENGTH - 3, 3)
	else if (match(what, /--- expected: refused: [1-5][0-9][0-9]/))
		due = substr(what, RSTART + RLENGTH - 3, 3)
	cause = what
	sub(/.*--- likely cause: /, "", cause)
	if (cause ~ /status line|empty line|field line|line of the head|CR stands|second response/)
		form = "a status line"
	else if (cause ~ /^(Date|Content-Length|Connection) /)
		form = "`" substr(cause, 1, index(cause, " ") - 1)
}

FILENAME == ARGV[1] {
	if ($0 !~ /^#/ && step_of_cause == "" && cause != "" && substr($1, 1, 1) <= substr(number, 1, 1)) {
		words = $0
		sub(/^[^ ]+ +/, "", words)
		if (cause ~ words)
			step_of_cause = $1
	}
	next
}
/^## / && /Part [1-5]/ { of[substr($3, 1, 1)] = chapter_now = $0 }
/^#+ The contract of part [1-5]$/ { heading = $NF in of ? of[$NF] : "## The contract of part " $NF }
/^### / {
	section = $0
	in_chapter[$2] = chapter_now
	title[$2] = section
}
/^[*][*]Now:/ && $0 ~ (" " number "(,| and | pass)") {
	split(section, words_of, " ")
	step_of_book = words_of[2]
}
/^\|/ {
	split($0, cell, / *\| */)
	count = split(cell[5], tests, /, */)
	for (i in tests)
		if (tests[i] "" == number "" && (best == "" || fit(cell, count) > best_fit)) {
			best_fit = fit(cell, count)
			best = row_in_words(cell)
			chapter = heading
		}
}
END {
	step = step_of_cause in title ? step_of_cause : step_of_rule in title ? step_of_rule : step_of_book
	if (step in title) {
		print title[step]
		chapter = in_chapter[step]
	}
	if (best != "") {
		print chapter
		print best
	}
}
