# Writes the pages of the text. See the driver, `book`, for the whole.

BEGIN {
	read_outline(outline)
	while ((getline line <files) > 0) {
		split(line, f, "\t")
		if (f[1] == "block")
			file_at[f[2]] = f[3]
		else if (f[1] == "after")
			files_after[f[2]] = f[3]
	}
}

function say(line) {
	if (line != "" && page > 0)
		print line >to
}

# ---- links, pictures ---------------------------------------------------------------------------

function target(href,   id) {
	sub(/^TUTORIAL\.md/, "", href)
	if (href == "")
		return "index.html"
	if (href ~ /^#/) {
		id = substr(href, 2)
		return id in page_of ? page_of[id] ".html" href : href
	}
	if (href ~ /^[a-z]+:/ || href ~ /^common\/www\//)
		return href
	sub(/#.*/, "", href)
	return "given.html#" href
}

function with_links(line,   out) {
	out = ""
	while (match(line, / href="[^"]*"/)) {
		out = out substr(line, 1, RSTART) "href=\"" target(substr(line, RSTART + 7, RLENGTH - 8)) "\""
		line = substr(line, RSTART + RLENGTH)
	}
	return out line
}

# The size that a picture gives itself, as attributes: so nothing moves when it comes.
function size_of(picture,   line, size, f) {
	size = ""
	width = 0
	while (size == "" && (getline line <picture) > 0)
		if (match(line, /viewBox="[^"]*"/)) {
			split(substr(line, RSTART + 9, RLENGTH - 10), f, " ")
			width = f[3]
			size = " width=\"" width "\" height=\"" f[4] "\""
		}
	close(picture)
	return size
}

# On a phone, a wide picture scrolls: its letters would be too small to read.
function with_picture(line,   picture) {
	if (!match(line, /<img src="[^"]*"/))
		return line
	picture = substr(line, RSTART + 10, RLENGTH - 11)
	line = substr(line, 1, RSTART + RLENGTH - 1) size_of(picture) substr(line, RSTART + RLENGTH)
	if (sub(/^<p><img/, "<figure class=\"picture" (width > 400 ? " wide" : "") "\" tabindex=\"0\"><img", line))
		sub(/<\/p>$/, "</figure>", line)
	return line
}

# ---- boxes -------------------------------------------------------------------------------------

# A maxim is a whole sentence in bold within a paragraph, or a paragraph that is nothing else.
function with_maxims(line,   out, bold, rest, n, list) {
	if (line ~ /^<p><strong>Now:<\/strong>/)
		return "<p class=\"now\">" substr(line, 4)
	if (line ~ /^<p><strong>In numbers:<\/strong>/)
		return "<p class=\"numbers\">" substr(line, 4)
	out = ""
	while ((n = index(line, "<strong>")) > 0) {
		out = out substr(line, 1, n - 1)
		line = substr(line, n)
		n = index(line, "</strong>")
		bold = substr(line, 1, n - 1)
		rest = substr(line, n)
		line = rest
		if (split(plain(bold), list, " ") >= 5 && (out !~ /^(<p>|<li>)$/ || rest == "</strong></p>")) {
			if (bold ~ /[.:!]$/)
				sub(/<strong>/, "<strong class=\"maxim\">", bold)
			else if (bold ~ /^<strong>[A-Z]/)
				sub(/<strong>/, "<strong class=\"marked\">", bold)
		}
		out = out bold
	}
	return out line
}

# Short code stays in one piece: a line must not end within -v. Longer code may have to be broken.
function with_whole_code(line,   out, code) {
	out = ""
	while (match(line, /<code>[^<]*<\/code>/)) {
		code = substr(line, RSTART, RLENGTH)
		if (length(unescaped(plain(code))) <= 16)
			sub(/<code>/, "<code class=\"short\">", code)
		out = out substr(line, 1, RSTART - 1) code
		line = substr(line, RSTART + RLENGTH)
	}
	return out line
}

# A reference stays in one piece, too: "RFC 9110, 6.6.1" with spaces at which no line ends.
function with_whole_references(line,   out, reference) {
	out = ""
	while (match(line, /RFC [0-9]+(, [0-9]+(\.[0-9]+)*)?/)) {
		reference = substr(line, RSTART, RLENGTH)
		gsub(/ /, "\302\240", reference)
		out = out substr(line, 1, RSTART - 1) reference
		line = substr(line, RSTART + RLENGTH)
	}
	return out line
}

# ---- tables ------------------------------------------------------------------------------------

# Each cell says which column it is in: on a phone, rows become cards.
function table_line(line) {
	if (line == "<table>") {
		columns = 0
		held_table = 1
		return ""
	}
	if (line ~ /^<th[ >]/)
		column[++columns] = escaped(unescaped(plain(line)))
	if (line == "<tr>")
		cell = 0
	if (line ~ /^<td[ >]/) {
		cell++
		sub(/^<td/, "<td data-label=\"" column[cell] "\"", line)
	}
	if (held_table) {
		table = table line "\n"
		if (line != "</thead>")
			return ""
		line = "<div class=\"table\" tabindex=\"0\"><table" (columns > 2 ? " class=\"cards\"" : "") ">\n" table
		table = ""
		held_table = 0
	}
	if (line == "</table>")
		return "</table></div>"
	return line
}

# ---- blocks of code ----------------------------------------------------------------------------

function caption_of(file, at,   name, folder, text) {
	if (file != "") {
		name = folder = file
		sub(/.*\//, "", name)
		folder = substr(file, 1, length(file) - length(name))
		text = folder "<strong>" name "</strong>"
		if (at in file_at)
			text = "<a href=\"" file_at[at] "\">" text "</a>"
		return text " <span>" doing "</span>"
	}
	if (lang != "console")
		return ""
	if (meta ~ /server/)
		return "the server’s terminal"
	if (meta ~ /log/)
		return "the server’s terminal <span>what it says meanwhile</span>"
	return "the other terminal"
}

function figure(   word, n, kind, file, caption, body, i, whole, again, start) {
	n = split(meta, word, " ")
	file = lang != "console" && n > 0 ? word[1] : ""
	kind = lang == "console" ? "console" : lang == "diff" ? "diff" : lang == "sh" ? "sh" : lang == "text" ? "text" : "code"
	if (file != "" && doing == "")
		doing = word[2] == "quoted" ? "given" : lang == "diff" ? "change" : "add"
	if (word[2] == "quoted")
		kind = kind " given"
	caption = caption_of(file, at)
	whole = ""
	for (i = 1; i <= n_block; i++)
		whole = whole block[i] "\n"
	if (lang == "c")
		body = coloured_c(n_block)
	else if (lang == "diff")
		body = coloured_diff(n_block, file)
	else if (lang == "console" || (lang == "text" && block[1] ~ /^\$ /))
		body = coloured_console(n_block)
	else
		body = whole
	again = 0
	if (lang == "console" && meta ~ /server/) {
		again = whole == server || meta ~ /again/
		server = whole
		kind = kind " server"
		start = block[1]
		sub(/^\$ /, "", start)
	}
	if (lang == "console" && meta ~ /log/)
		kind = kind " log"
	if (again)
		say("<details class=\"again\"><summary>Start the server again: <code>" start "</code>" \
			(n_block > 2 && block[2] ~ /^\$ / ? " …" : "") "</summary>")
	say("<figure class=\"" kind "\">" (caption == "" ? "" : "<figcaption>" caption "</figcaption>") \
		"<pre tabindex=\"0\"><code>" body "</code></pre></figure>" (again ? "</details>" : ""))
	doing = ""
}

# ---- the whole ---------------------------------------------------------------------------------

function end_text(   last, following, name) {
	if (page == 0)
		return
	name = names[page]
	if (keys[page] != "") {
		say("<p class=\"after\" data-done=\"" keys[page] "\">" \
			(name in files_after ? "<a href=\"" files_after[name] "\">Your files after this step</a>" : "") "</p>")
	}
	last = page > 1 ? link(page - 1, "prev") : ""
	following = page < pages ? link(page + 1, "next") : "<a rel=\"next\" href=\"given.html\">The given files</a>"
	end_page(to, page, last, following)
}

FNR in page_at {
	end_text()
	page = page_at[FNR]
	to = out "/" names[page] ".html"
	begin_page(to, page, titles[page])
}

FNR in heading_id {
	line = $0
	sub(/^<h[1-6]>/, "", line)
	sub(/<\/h[1-6]>$/, "", line)
	if (match(line, /^[0-9]+\.[0-9]+ /))
		line = "<span class=\"number\">" substr(line, 1, RLENGTH - 1) "</span> " substr(line, RLENGTH + 1)
	level = heading_level[FNR]
	say("<h" level " id=\"" heading_id[FNR] "\">" line "</h" level ">")
	next
}

/^<pre><code/ {
	read_fence($0)
	at = FNR
	inside = 1
	n_block = 0
	sub(/^<pre><code[^>]*>/, "")
	held = ""
}

inside {
	inside = !sub(/<\/code><\/pre>$/, "")
	if (inside || $0 != "")
		block[++n_block] = $0
	if (!inside)
		figure()
	next
}

# What stands above a block becomes its caption.
/^<p><code>[^<]*<\/code>, [a-z]+:<\/p>$/ {
	say(held)
	held = $0
	doing = $0
	gsub(/^.*, |:<\/p>$/, "", doing)
	next
}

{
	if (held != "") {
		say(held)
		held = doing = ""
	}
	if (/^<(\/?(table|thead|tbody|tr)|t[hd][ >])/)
		$0 = table_line($0)
	say(with_whole_references(with_whole_code(with_picture(with_links(with_maxims($0))))))
}

END { end_text() }
