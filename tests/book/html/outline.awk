# Reads what cmark-gfm made of the text, and says which pages the book has. Prints, tab between,
#
#     page    LINE NAME LEVEL CHAPTER KEY TITLE   a page begins at this line
#     also    NAME ID TITLE                       a short chapter that shares a page
#     heading LINE ID LEVEL                       a heading, its anchor, and its level on its page
#     anchor  ID NAME                             the page on which an anchor is
#     file    PATH                                a file of this repository that the text links to
#
# A page is a chapter (##), a section of a part (###), or a long section elsewhere. What is too short
# for a page of its own shares one with what comes before. KEY is 1:hello for the step "1.1 Hello": it
# stays the same when steps get other numbers.

function slug(title,   id) {
	id = tolower(unescaped(plain(title)))
	gsub(/\342\200[\200-\277]/, "", id) # dashes and quotation marks
	gsub(/[^a-z0-9 _\200-\377-]/, "", id)
	gsub(/ /, "-", id)
	return id
}

function words(line,   list) {
	gsub(/<[^>]*>/, " ", line)
	return split(line, list, " ")
}

# How often a pattern is in a line.
function times(pattern, line) { return gsub(pattern, "", line) }

function heading(   id) {
	n++
	at[n] = FNR
	level[n] = substr($0, 3, 1)
	title[n] = plain($0)
	id = slug($0)
	ids[n] = id in seen ? id "-" seen[id] : id
	seen[id]++
	folded[n] = depth > 0
	count[n] = 0
}

/^<h[1-6]>/ { heading(); next }
/^<pre>/ { inside = 1 }
inside { if (/<\/pre>/) inside = 0; next }
{
	depth += times("<details", $0) - times("</details>", $0)
	count[n] += words($0)
	for (rest = $0; match(rest, / (id|href)="[^"]*"/); rest = substr(rest, RSTART + RLENGTH)) {
		value = substr(rest, RSTART + 1, RLENGTH - 2)
		if (sub(/^id="/, "", value))
			inline[value] = n
		else if (sub(/^href="/, "", value) && value !~ /^([a-z]+:|#)/) {
			sub(/#.*/, "", value)
			if (!(value in linked))
				print "file\t" value
			linked[value]
		}
	}
}

# The words from a heading to the next one of its level or above.
function extent(i,   j, sum) {
	sum = count[i]
	for (j = i + 1; j <= n && level[j] > level[i]; j++)
		sum += count[j]
	return sum
}

function is_step(i) { return level[i] == 3 && title[i] ~ /^[0-9]+\.[0-9]+ / }
function is_part(i) { return level[i] == 2 && title[i] ~ /^Part [0-9]+:/ }

# Whether what comes before heading i can take it in.
function can_share(i) {
	if (page == 0 || is_step(page) || is_part(page))
		return 0
	return level[i] == 3 || !is_part(chapter)
}

function begins_page(i) {
	if (level[i] > 3 || folded[i])
		return 0
	if (page == 0 || is_step(i) || is_part(i))
		return 1
	if (ids[i] == "contents")
		return 0
	if (level[i] == 3 && !is_part(chapter))
		return extent(i) >= 600
	return extent(i) >= 180 || !can_share(i)
}

function name_of(i,   word) {
	if (level[i] == 1)
		return "index"
	if (!is_step(i) && !is_part(i))
		return ids[i]
	split(title[i], word, " ")
	return is_step(i) ? word[1] : "part-" (word[2] + 0)
}

function key_of(i,   key) {
	if (!is_step(i))
		return ""
	key = slug(title[i])
	sub(/^[0-9]*-/, "", key)
	return (title[i] + 0 < 1 ? 0 : int(title[i])) ":" key
}

END {
	for (i = 1; i <= n; i++) {
		if (begins_page(i)) {
			page = i
			name = name_of(i)
			if (level[i] <= 2 || chapter == 0)
				chapter = i
			print "page\t" at[i] "\t" name "\t" level[i] "\t" name_of(chapter) "\t" key_of(i) "\t" title[i]
		} else if (level[i] == 2 && !folded[i])
			print "also\t" name "\t" ids[i] "\t" title[i]
		shown = i == page ? 1 : level[i] - level[page] + 1
		print "heading\t" at[i] "\t" ids[i] "\t" (i != page && shown < 2 ? 2 : shown)
		print "anchor\t" ids[i] "\t" name
		for (id in inline)
			if (inline[id] == i)
				print "anchor\t" id "\t" name
	}
}
