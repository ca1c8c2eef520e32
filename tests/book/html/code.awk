# Colours code that cmark-gfm has escaped: <b> is a word of C, <i> a comment, <em> a string.

BEGIN {
	n_words = split("static const struct enum int char short long size_t ssize_t socklen_t time_t " \
		"off_t mode_t bool void return if else for while do switch case default break continue goto " \
		"sizeof unsigned signed uint64_t int64_t uint32_t uint16_t uint8_t double volatile extern " \
		"typedef union true false NULL", word_list, " ")
	for (i = 1; i <= n_words; i++)
		is_word[word_list[i]]
}

# One line of C. The global `comment` says whether it begins inside one.
function c_line(line,   out, end, token) {
	if (!comment && line ~ /^[ \t]*\*([ \/]|$)/) # a change that begins inside a comment
		comment = 1
	out = ""
	while (line != "") {
		if (comment) {
			end = index(line, "*/")
			comment = end == 0
			token = comment ? line : substr(line, 1, end + 1)
			out = out "<i>" token "</i>"
			line = substr(line, length(token) + 1)
		} else if (match(line, /\/[*]|\/\/|&quot;([^&\\]|\\.|&[a-pr-z]+;)*&quot;|'([^'\\]|\\.)+'|#[a-z]+|[A-Za-z_][A-Za-z_0-9]*|&[a-z]+;/)) {
			out = out substr(line, 1, RSTART - 1)
			token = substr(line, RSTART, RLENGTH)
			if (token == "/*") {
				comment = 1
				line = substr(line, RSTART)
				# its own "*/" must not be that of "/*/"
				end = index(substr(line, 3), "*/")
				comment = end == 0
				token = comment ? line : substr(line, 1, end + 3)
				out = out "<i>" token "</i>"
				line = substr(line, length(token) + 1)
				continue
			}
			if (token == "//") {
				out = out "<i>" substr(line, RSTART) "</i>"
				return out
			}
			line = substr(line, RSTART + RLENGTH)
			if (token ~ /^(&quot;|')/)
				out = out "<em>" token "</em>"
			else if (token in is_word || token ~ /^#/)
				out = out "<b>" token "</b>"
			else
				out = out token
		} else {
			out = out line
			line = ""
		}
	}
	return out
}

# A line of a file, coloured, if it is a file of C.
function file_line(file, line) {
	return file ~ /\.[ch]$/ ? c_line(line) : line
}

function coloured_c(n,   i, out) {
	comment = 0
	for (i = 1; i <= n; i++)
		out = out c_line(block[i]) "\n"
	return out
}

# Old and new lines of a change have their comments each for themselves.
function coloured_diff(n, file,   i, out, sign, of_old, of_new, text) {
	of_old = of_new = 0
	for (i = 1; i <= n; i++) {
		sign = substr(block[i], 1, 1)
		if (block[i] ~ /^@@/) {
			of_old = of_new = 0
			text = substr(block[i], 3)
			sub(/^ +/, "", text)
			out = out "<span class=\"place\">" (text == "" ? "" : "in <b>" text "</b>") "</span>"
			continue
		}
		comment = sign == "-" ? of_old : of_new
		text = file_line(file, substr(block[i], 2))
		if (sign != "+")
			of_old = comment
		if (sign != "-")
			of_new = comment
		if (sign == "+")
			out = out "<ins>" text "\n</ins>"
		else if (sign == "-")
			out = out "<del>" text "\n</del>"
		else
			out = out "<span>" text "\n</span>"
	}
	return out
}

# A transcript: what is typed, and what comes.
function coloured_console(n,   i, out, more) {
	more = 0
	for (i = 1; i <= n; i++) {
		if (more)
			out = out "<kbd>" block[i] "</kbd>\n"
		else if (block[i] ~ /^\$ /)
			out = out "<kbd><span class=\"prompt\">$ </span>" substr(block[i], 3) "</kbd>\n"
		else {
			out = out block[i] "\n"
			continue
		}
		more = block[i] ~ /\\$/
	}
	return out
}
