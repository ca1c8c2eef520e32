# Writes the page of files that are given: those in `list`, ID and PATH in each line, tab between.

BEGIN {
	read_outline(outline)
	to = out "/given.html"
	begin_page(to, 0, "The given files")
	print "<h1 id=\"given\">The given files</h1>" >to
	print "<p>They come with the book. Read them when you are curious; there is nothing to type.</p>" >to
	while ((getline entry <list) > 0) {
		split(entry, f, "\t")
		printf "%s", "<figure class=\"code whole given\" id=\"" f[1] "\"><figcaption><strong>" f[1] \
			"</strong></figcaption><pre tabindex=\"0\"><code>" >to
		comment = 0
		while ((getline line <f[2]) > 0)
			printf "<span>%s\n</span>", file_line(f[1], escaped(line)) >to
		close(f[2])
		print "</code></pre></figure>" >to
	}
	end_page(to, 0, link(pages, "prev"), "")
}
