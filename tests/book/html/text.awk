# What all others need: plain text out of HTML, and the outline.

function plain(html) {
	gsub(/<[^>]*>/, "", html)
	return html
}

function escaped(text) {
	gsub(/&/, "\\&amp;", text)
	gsub(/</, "\\&lt;", text)
	gsub(/>/, "\\&gt;", text)
	gsub(/"/, "\\&quot;", text)
	return text
}

function unescaped(html) {
	gsub(/&lt;/, "<", html)
	gsub(/&gt;/, ">", html)
	gsub(/&quot;/, "\"", html)
	gsub(/&amp;/, "\\&", html)
	return html
}

function read_outline(file,   line, f) {
	while ((getline line <file) > 0) {
		split(line, f, "\t")
		if (f[1] == "page") {
			page_at[f[2]] = ++pages
			names[pages] = f[3]
			levels[pages] = f[4]
			chapters[pages] = f[5]
			keys[pages] = f[6]
			titles[pages] = f[7]
			number[f[3]] = pages
		} else if (f[1] == "also") {
			also[f[2]] = also[f[2]] "<li><a href=\"" f[2] ".html#" f[3] "\">" f[4] "</a>\n"
		} else if (f[1] == "heading") {
			heading_id[f[2]] = f[3]
			heading_level[f[2]] = f[4]
		} else if (f[1] == "anchor" && !(f[2] in page_of))
			page_of[f[2]] = f[3]
	}
	close(file)
}

# The words of a code block's fence: lang, and all behind it.
function read_fence(line) {
	lang = meta = ""
	if (match(line, /class="language-[^"]*"/))
		lang = substr(line, RSTART + 16, RLENGTH - 17)
	if (match(line, /data-meta="[^"]*"/))
		meta = substr(line, RSTART + 11, RLENGTH - 12)
}
