# What is around each page: its head, the side column, the way back and on.

function link(p, rel) {
	return "<a " (rel ? "rel=\"" rel "\" " : "") "href=\"" names[p] ".html\">" titles[p] "</a>"
}

# How many steps a chapter has.
function steps_in(chapter,   p, n) {
	n = 0
	for (p = 1; p <= pages; p++)
		if (chapters[p] == chapter && keys[p] != "")
			n++
	return n
}

function side_entry(p, here,   mark, of) {
	mark = p == here ? " aria-current=\"page\"" : ""
	of = keys[p] != "" ? " data-step=\"" keys[p] "\"" : ""
	if (keys[p] == "" && (n_steps = steps_in(names[p])) > 0)
		of = " data-part=\"" substr(names[p], 6) "\" data-steps=\"" n_steps "\""
	return "<li" of "><a href=\"" names[p] ".html\"" mark ">" titles[p] "</a>"
}

# The parts, and the steps of this one. It is the same for all pages of a chapter, but for the mark.
function side(here,   p, text, inner) {
	text = "<ul>\n"
	inner = 0
	for (p = 1; p <= pages; p++) {
		if (names[p] == chapters[p]) {
			text = text (inner ? "</ul>\n" : "") side_entry(p, here) "\n" also[names[p]]
			inner = 0
		} else if (chapters[p] == chapters[here]) {
			text = text (inner ? "" : "<ul>\n") side_entry(p, here) "\n"
			inner = 1
		}
	}
	text = text (inner ? "</ul>\n" : "")
	return text "<li><a href=\"given.html\"" (here == 0 ? " aria-current=\"page\"" : "") ">The given files</a>\n</ul>\n"
}

# The page's beginning. `here` is the page that the side column marks; 0: that of the given files.
function begin_page(to, here, title,   whole) {
	whole = titles[1]
	print "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">" >to
	print "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">" >to
	print "<meta name=\"color-scheme\" content=\"light dark\">" >to
	print "<title>" title (title == whole ? "" : " – " whole) "</title>" >to
	print "<link rel=\"icon\" href=\"common/www/favicon.ico\">\n<link rel=\"stylesheet\" href=\"book.css\">" >to
	print "<script src=\"book.js\" defer></script>\n</head>\n<body id=\"top\">" >to
	print "<a class=\"skip\" href=\"#text\">To the text</a>" >to
	print "<header><a class=\"menu\" href=\"#side\">Contents</a>" >to
	print "<a class=\"home\" href=\"index.html\">" whole "</a></header>\n<main id=\"text\">" >to
	if (here > 0 && names[here] != chapters[here])
		print "<p class=\"above\">" link(number[chapters[here]]) "</p>" >to
}

# Its end. `last` and `following` are links, or empty.
function end_page(to, here, last, following) {
	print "<footer>" >to
	if (last != "")
		print "<span class=\"last\">" last "</span>" >to
	if (following != "")
		print "<span class=\"next\">" following "</span>" >to
	print "</footer>\n</main>\n<nav id=\"side\" aria-label=\"Contents\">" >to
	print "<a class=\"close\" href=\"#top\">Close</a>" >to
	printf "%s</nav>\n</body>\n</html>\n", side(here) >to
	close(to)
}
