# Reads TUTORIAL.md for tests/book/tutorial. Writes each code block into a file of its own, named after
# the line of its fence, in the folder `blocks`, and prints what the text orders, in its order:
#
#     line  step  kind  file or words
#
# separated by tabs. Kinds: step, add, change, quote, run, server, again, console, log, now, numbers.
BEGIN { FS = "\t"; step = "0.0" }

function order(kind, what) { printf "%d\t%s\t%s\t%s\n", NR, step, kind, what }

function wrong(what) {
	printf "TUTORIAL.md:%d: %s\n", NR, what >"/dev/stderr"
	failed = 1
}

# Above a block stands which file it belongs to, since the first line of a block is not shown.
function names_file(file) {
	sub(/.*\//, "", file)
	if (!index(caption, file))
		wrong("the line above the block must name " file)
}

function fence(info,   word, n) {
	n = split(info, word, " ")
	if (n > 1 && word[1] != "console")
		names_file(word[2])
	inside = 1
	is_change = word[1] == "diff"
	block = blocks "/" NR
	printf "" >block
	if (word[1] == "c" && n == 2)
		order("add", word[2])
	else if (n == 3 && word[3] == "quoted")
		order("quote", word[2])
	else if (word[1] == "diff" && n == 2)
		order("change", word[2])
	else if (word[1] == "sh" && n == 1)
		order("run", "")
	else if (word[1] == "console" && n == 1)
		order("console", "")
	else if (word[1] == "console" && n == 2 && (word[2] == "server" || word[2] == "log"))
		order(word[2], "")
	else if (info != "text")
		wrong("a code block begins with ```" info ", which says not what it is")
}

/^```/ && !inside { fence(substr($0, 4)); next }
/^```$/ { inside = 0; close(block); next }
inside {
	print >block
	line = $0
	gsub(/[\200-\277]/, "", line) # an awk that counts octets counts characters so
	if (length(line) - is_change > 100)
		wrong("a line of code has more than 100 columns")
	next
}
/./ { caption = $0 }
/^## / { step = "0.0" }
/^## Part [1-5]/ { step = substr($0, 9, 1) ".0" }
/^### [1-5]\.[0-9]+ / { step = substr($0, 5); sub(/ .*/, "", step); order("step", substr($0, 5)) }
/^\*Start it again\.\*$/ { order("again", "") }
/^\*\*Now:\*\*/ { order("now", $0) }
/^\*\*In numbers:\*\*/ { order("numbers", $0) }
END { exit failed }
