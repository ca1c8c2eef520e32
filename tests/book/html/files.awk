# Does to files what the text's code blocks say, and writes for each step the page NAME.files.html: the
# files that the step has touched, as they are after it, with its lines marked, and where the others
# are. Prints, tab between:
#
#     block LINE HREF   where the file of the block in this line is shown
#     after NAME PAGE   the page with the files after this step
#     given FILE        a file that the text quotes and doesn't make
#
# Lines are kept as cmark-gfm has escaped them. What a block means: see the head of tests/tutorial.

BEGIN { read_outline(outline) }

function complain(what) { print "book: step " names[step] ": " what >"/dev/stderr" }

function touch(file) {
	if (!(file in touched))
		order[++n_touched] = file
	touched[file]
}

function append(file, line) {
	lines[file]++
	text[file, lines[file]] = line
	fresh[file, lines[file]] = 1
}

function add(file,   i) {
	if (lines[file] > 0)
		append(file, "")
	for (i = 1; i <= n_block; i++)
		append(file, block[i])
	touch(file)
}

# Where the lines before[1..old] are in the file, if they are there exactly once; else 0.
function find(file, old,   i, j, at, found) {
	found = 0
	for (i = 0; i + old <= lines[file]; i++) {
		for (j = 1; j <= old && text[file, i + j] == before[j]; j++)
			continue
		if (j > old) {
			at = i + 1
			found++
		}
	}
	return found == 1 && old > 0 ? at : 0
}

# One change: before[1..old] become after[1..new].
function exchange(file, old, new,   at, i, n) {
	at = find(file, old)
	if (at == 0) {
		complain("a change does not fit " file)
		return
	}
	n = lines[file]
	if (new > old)
		for (i = n; i >= at + old; i--)
			move_line(file, i, i + new - old)
	else if (new < old)
		for (i = at + old; i <= n; i++)
			move_line(file, i, i + new - old)
	# a line that stays keeps its mark from an earlier change of this step
	split("", kept)
	for (i = 1; i <= new; i++)
		kept[i] = from[i] ? fresh[file, at + from[i] - 1] : 1
	for (i = 1; i <= new; i++) {
		text[file, at + i - 1] = after[i]
		fresh[file, at + i - 1] = kept[i]
	}
	lines[file] = n + new - old
	touch(file)
}

function move_line(file, i, to) {
	text[file, to] = text[file, i]
	fresh[file, to] = fresh[file, i]
}

function change(file,   i, sign, old, new) {
	old = new = 0
	for (i = 1; i <= n_block + 1; i++) {
		if (i > n_block || block[i] ~ /^@@/) {
			if (old + new > 0)
				exchange(file, old, new)
			old = new = 0
			continue
		}
		sign = substr(block[i], 1, 1)
		if (sign != "+")
			before[++old] = substr(block[i], 2)
		if (sign != "-") {
			after[++new] = substr(block[i], 2)
			from[new] = sign == "+" ? 0 : old
		}
	}
}

function remove(file) {
	delete lines[file]
	delete shown[file]
	delete touched[file]
}

function copy(from_folder, to_folder,   file, list, n, i, target) {
	n = 0
	for (file in lines)
		if (index(file, from_folder "/") == 1)
			list[++n] = file
	for (; n > 0; n--) {
		file = list[n]
		target = to_folder substr(file, length(from_folder) + 1)
		lines[target] = lines[file]
		for (i = 1; i <= lines[file]; i++)
			text[target, i] = text[file, i]
		shown[target] = shown[file]
	}
}

# The few commands with which the text makes a part's folder from the one before.
function run(command,   word, n, i) {
	n = split(command, word, " ")
	if (word[1] == "cp" && word[2] == "-R" && n == 4)
		copy(word[3], word[4])
	else if (word[1] == "rm") {
		for (i = 2; i <= n; i++)
			remove(word[i])
	} else if (n > 0 && word[1] != "mkdir")
		complain("what does this command do to the files? " command)
}

# What the block that ends here does.
function obey(   word, n, i) {
	n = split(meta, word, " ")
	if (lang == "sh" && n == 0) {
		for (i = 1; i <= n_block; i++)
			run(block[i])
	} else if (lang != "" && lang != "console" && lang != "text" && n > 0) {
		if (word[2] == "quoted") {
			if (!(word[1] in lines))
				print "given\t" word[1]
			print "block\t" at "\t" (word[1] in touched ? names[step] ".files.html#" word[1] : \
				word[1] in shown ? shown[word[1]] : "given.html#" word[1])
			return
		}
		if (lang == "diff")
			change(word[1])
		else
			add(word[1])
		print "block\t" at "\t" names[step] ".files.html#" word[1]
	}
}

function show(to, file,   i, n, new) {
	n = lines[file]
	new = 0
	for (i = 1; i <= n; i++)
		new += fresh[file, i]
	printf "%s", "<figure class=\"code whole\" id=\"" file "\"><figcaption><strong>" file "</strong> <span>" \
		(new == n ? "new, " n " lines" : new " of " n " lines are new") \
		"</span></figcaption><pre tabindex=\"0\"><code>" >to
	comment = 0
	for (i = 1; i <= n; i++) {
		if (fresh[file, i])
			printf "<ins>%s\n</ins>", file_line(file, text[file, i]) >to
		else
			printf "<span>%s\n</span>", file_line(file, text[file, i]) >to
		fresh[file, i] = 0
	}
	print "</code></pre></figure>" >to
	shown[file] = names[step] ".files.html#" file
}

# Sorts list[1..n]; there are few.
function sort(list, n,   i, j, held) {
	for (i = 2; i <= n; i++) {
		held = list[i]
		for (j = i - 1; j > 0 && list[j] > held; j--)
			list[j + 1] = list[j]
		list[j + 1] = held
	}
}

function others(to,   file, list, n, i, folder, at) {
	folder = "part" int(names[step]) "-"
	n = 0
	for (file in lines)
		if (index(file, folder) == 1 && !(file in touched))
			list[++n] = file
	if (n == 0)
		return
	sort(list, n)
	print "<h2>Your other files</h2>\n<p>They are as they were:</p>\n<ul class=\"others\">" >to
	for (i = 1; i <= n; i++) {
		at = shown[list[i]]
		sub(/\.files.*/, "", at)
		print "<li><a href=\"" shown[list[i]] "\"><code>" list[i] "</code></a>, since step " at >to
	}
	print "</ul>" >to
}

function end_step(   name, to, i) {
	if (step == 0)
		return
	if (n_touched > 0) {
		name = names[step] ".files.html"
		to = out "/" name
		begin_page(to, step, "Your files after step " names[step])
		print "<p class=\"above\"><a href=\"" names[step] ".html\">" titles[step] "</a></p>" >to
		print "<h1>Your files after step " names[step] "</h1>" >to
		print "<p>These are the files that the step makes or changes. What it brings in is marked.</p>" >to
		for (i = 1; i <= n_touched; i++)
			if (order[i] in touched)
				show(to, order[i])
		others(to)
		end_page(to, step, "<a rel=\"prev\" href=\"" names[step] ".html\">" titles[step] "</a>", \
			step < pages ? link(step + 1, "next") : "")
	}
	if (name != "")
		print "after\t" names[step] "\t" name
	split("", touched)
	n_touched = 0
}

FNR in page_at {
	if (keys[page_at[FNR]] != "" || levels[page_at[FNR]] == 2) {
		end_step()
		step = keys[page_at[FNR]] != "" ? page_at[FNR] : 0
	}
}

/^<pre><code/ {
	read_fence($0)
	at = FNR
	inside = 1
	n_block = 0
	sub(/^<pre><code[^>]*>/, "")
}

inside {
	inside = !sub(/<\/code><\/pre>$/, "")
	if (inside || $0 != "")
		block[++n_block] = $0
	if (!inside)
		obey()
}

END { end_step() }
