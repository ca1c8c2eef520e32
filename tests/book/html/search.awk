# Writes the words of each page, as a script that sets `book`: a list of [name, title, words].

BEGIN {
	read_outline(outline)
	printf "book = [\n"
}

function quoted(words) {
	words = unescaped(words)
	gsub(/[ \t]+/, " ", words)
	gsub(/\\/, "\\\\", words)
	gsub(/"/, "\\\"", words)
	return "\"" words "\""
}

function end_text() {
	if (page > 1)
		printf ",\n"
	if (page > 0)
		printf "[%s,%s,%s]", quoted(names[page]), quoted(titles[page]), quoted(text " " names_in_code)
	text = names_in_code = ""
	split("", seen)
}

# Of code, each name once.
function note_names(line,   token) {
	line = unescaped(plain(line))
	while (match(line, /[A-Za-z_][A-Za-z_0-9]+/)) {
		token = substr(line, RSTART, RLENGTH)
		line = substr(line, RSTART + RLENGTH)
		if (length(token) > 3 && !(token in seen))
			names_in_code = names_in_code " " token
		seen[token]
	}
}

FNR in page_at {
	end_text()
	page = page_at[FNR]
}
/^<pre/ { inside = 1 }
inside { note_names($0) }
!inside && !/^<h[1-6]>/ { text = text " " plain($0) }
/<\/pre>$/ { inside = 0 }

END {
	end_text()
	print "];"
}
