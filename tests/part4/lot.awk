# A tree of files, with names and contents of all kinds, and sixty requests for them: methods, ranges,
# conditions, folders. Every third has one mistake. A line for a file is "file", its name and a piece of its
# content, both as printf %b takes them, how many of these pieces it has, its time as touch takes it, and its
# path in a request; all between tabs. One for a request is "ask", the status that is due (and those that
# another server may give), the fields of the response, with | between them, the mistake, the number of the
# file, the first of its octets that comes (-: all do; none) and the last, and what the client does, in which
# @TAG is the file's entity tag.

BEGIN {
	split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", months, " ")
	split("Sun Mon Tues Wednes Thurs Fri Satur", weekdays, " ")
	split("0 3 2 5 0 3 5 1 4 6 2 4", shifts, " ")
	split("html css csv txt png gif jpg webp woff2 pdf zip mp4 zzz none", extensions, " ")
	split("text/html text/css text/csv text/plain image/png image/gif image/jpeg image/webp font/woff2 " \
		"application/pdf application/zip video/mp4 application/octet-stream application/octet-stream", types, " ")
	for (f = 0; f < 12; f++)
		file(f)
	for (i = 0; i < 60; i++)
		ask()
}

# segment(START, DOTS, PLAIN): a name that begins so, perhaps with dots in it; sets disk and url to what it is
# there. If it is plain, only that is encoded in the url what has to be.
function segment(start, dots, plain,    n, code, sign) {
	disk = url = start
	for (n = lot(12); n > 0; n--) {
		code = lot(6) ? 32 + lot(95) : 0 + word("1 10 127 195")
		if (code == 47 || (code == 46 && !dots))
			continue
		sign = sprintf("%c", code)
		disk = disk sprintf("\\0%03o", code) (code == 195 ? "\\0251" : "")
		if (index(path_octets, sign) && (plain || lot(2)))
			url = url sign
		else
			url = url sprintf(plain || lot(2) ? "%%%02X" : "%%%02x", code) (code == 195 ? "%A9" : "")
	}
}

# file(F): draws it, in one of three folders: the site itself, d1, which has an index.html, and d2, without one.
function file(f,    kind, extension, folder, n, piece) {
	if (f < 3) {
		segment("d" f, 1, 1)
		disk_of[f] = f == 0 ? "" : disk "/"
		url_of[f] = f == 0 ? "/" : "/" url "/"
	}
	folder = f % 3
	kind = f < 2 ? 1 : 1 + lot(14)
	extension = extensions[kind]
	type[f] = types[kind] (types[kind] ~ /^text/ ? "; charset=utf-8" : "")
	segment("f" f "_", extension != "none")
	if (f < 2)
		disk = url = "index"
	bare[f] = f < 2 ? url_of[folder] : url_of[folder] url # the address of a page
	if (extension != "html")
		bare[f] = ""
	extension = extension == "none" ? "" : "." (kind > 1 && lot(3) == 0 ? toupper(extension) : extension)
	path_of[f] = url_of[folder] url extension
	for (n = f == 2 ? 0 : 1 + lot(30); n > 0; n--) {
		piece = piece sprintf("\\0%03o", lot(256))
		size[f]++
	}
	n = f == 3 ? 3000 : 1 + lot(40)
	size[f] *= n
	year[f] = 2001 + lot(20)
	split(lot(12) " " (1 + lot(28)) " " lot(24) " " lot(60) " " lot(60), part, " ")
	for (kind = 1; kind <= 5; kind++)
		time[f, kind] = part[kind]
	print "file\t" disk_of[folder] disk extension "\t" (piece == "" ? "\\c" : piece) "\t" n "\t" \
		sprintf("%d%02d%02d%02d%02d.%02d", year[f], part[1] + 1, part[2], part[3], part[4], part[5]) "\t" path_of[f]
}

# date(LATER, FORM): the time of file f, so many years later, in one of the three forms of a date.
function date(later, form,    y, m, d, w, day, clock) {
	y = year[f] + later
	m = time[f, 1] + 1
	d = time[f, 2]
	w = y - (m < 3) # Sakamoto's way to the day of the week
	w = (w + int(w / 4) - int(w / 100) + int(w / 400) + shifts[m] + d) % 7
	day = weekdays[w + 1] "day"
	clock = sprintf("%02d:%02d:%02d", time[f, 3], time[f, 4], time[f, 5])
	if (form == 0)
		return sprintf("%s, %02d %s %d %s GMT", substr(day, 1, 3), d, months[m], y, clock)
	if (form == 1)
		return sprintf("%s, %02d-%s-%02d %s GMT", day, d, months[m], y % 100, clock)
	return sprintf("%s %s %2d %s %d", substr(day, 1, 3), months[m], d, clock, y)
}

# condition(): a field, or two, that ask something of the file; sets due to what comes of it.
function condition(    kind, later, earlier, tag, other) {
	tag = "\tsend\t@TAG\tsend\t"
	other = word("\"x\" W/\"x,y\" \"\" \"*\",\"W/\"")
	later = date(lot(2), lot(3))
	earlier = date(-1, lot(3))
	kind = lot(13)
	due = kind < 4 ? 304 : kind < 6 ? 412 : 200
	if (kind == 0)
		return "If-None-Match: " (lot(2) ? "" : other ", ") (lot(2) ? "" : "W/") tag
	if (kind == 1)
		return "If-None-Match: *"
	if (kind == 2)
		return "If-Modified-Since: " later
	if (kind == 3)
		return "If-Modified-Since: " earlier "\\r\\nIf-None-Match: " tag
	if (kind == 4)
		return "If-Match: " other (lot(2) ? "" : ", W/" tag)
	if (kind == 5)
		return "If-Unmodified-Since: " earlier
	if (kind == 6)
		return "If-None-Match: " other
	if (kind == 7)
		return "If-Modified-Since: " earlier
	if (kind == 8)
		return "If-Modified-Since: " later "\\r\\nIf-None-Match: " other
	if (kind == 9)
		return "If-Match: " (lot(2) ? "*" : other ", " tag)
	if (kind == 10)
		return "If-Unmodified-Since: " later
	if (kind == 11)
		return "If-Unmodified-Since: " earlier "\\r\\nIf-Match: " tag
	return word("If-Modified-Since If-Unmodified-Since") ": " word("yesterday never 0 " year[f])
}

# range(): a field Range, perhaps with If-Range; sets due, and first and last to what comes of the file.
function range(    kind, begin, end) {
	begin = lot(size[f])
	end = begin + lot(size[f])
	kind = lot(9)
	if (kind == 0)
		return "Range: " word("bytes=5-2 bytes=a-b bytes= bytes=0x0-0x9 0-9 lines=0-9 bytes=5")
	if (kind == 1) {
		due = 416
		return "Range: bytes=" (lot(3) ? size[f] + lot(9) "-" (lot(2) ? "" : 999999999) : "-0")
	}
	if (kind == 2)
		return "If-Range: " word("\"x\" W/\"x\" never") "\\r\\nRange: bytes=" begin "-" end
	due = 206
	first = begin
	last = end < size[f] ? end : size[f] - 1
	if (kind == 3)
		return "If-Range: \tsend\t@TAG\tsend\t\\r\\nRange: bytes=" begin "-" end
	if (kind == 4) {
		last = size[f] - 1
		return "Range: bytes=" begin "-"
	}
	if (kind == 5) {
		first = end < size[f] ? size[f] - end - 1 : 0
		last = size[f] - 1
		return "Range: bytes=-" (end + 1)
	}
	return "Range: bytes=" begin "-" end
}

# good(): a request that gets what it asks for; or hears that it has it already.
function good(    kind) {
	method = lot(4) ? "GET" : "HEAD"
	asked = bare[f] != "" && lot(2) ? bare[f] : path_of[f]
	kind = lot(10)
	if (kind == 0) {
		method = word("POST PUT DELETE PATCH TRACE OPTIONS")
		due = method == "OPTIONS" ? "204 200" : 405
		has = "Allow: ~GET"
	} else if (kind == 1) {
		asked = substr(url_of[1], 1, length(url_of[1]) - 1)
		due = 301
		has = "Location: " url_of[1] query_is
	} else if (kind == 2) {
		asked = substr(url_of[2], 1, length(url_of[2]) - lot(2))
		due = "404 403"
	} else {
		if (lot(3))
			fields = condition() "\\r\\n"
		if (due == 200 && size[f] > 0 && lot(2)) {
			if (method == "GET")
				fields = fields range() "\\r\\n"
			else
				fields = fields "Range: bytes=0-0\\r\\n" # which HEAD does not know
		}
		if (due == 200 || due == 206)
			has = "Content-Type: " type[f] "|ETag: *|Last-Modified: " date(0, 0)
		if (due == 304)
			has = "ETag: *"
		if (due == 206)
			has = has "|Content-Range: bytes " first "-" last "/" size[f]
		else
			has = has (due == 416 ? "|Content-Range: bytes */" size[f] : "|!Content-Range")
	}
	target = (lot(5) ? "" : "http://x") asked query_is
}

# wrong_path(): one that leads to no file; sets told to the mistake.
function wrong_path(    kind, url) {
	url = path_of[f]
	kind = lot(9)
	due = 404
	if (kind == 0) {
		told = "there is no such file"
		return url word("x .x %20 .html /x")
	}
	if (kind == 1) {
		told = "a slash follows the name of a file"
		return url "/"
	}
	if (kind == 2) {
		told = "a name begins with a dot"
		return word("/.f /%2ef " url_of[1] "..." url_of[1] "%2E%2E%2E/x")
	}
	if (kind == 3) {
		told = "a symbolic link is not followed"
		return "/link"
	}
	if (kind == 4) {
		told = "what is decoded twice has another name"
		return url_of[f % 3] "%2566" substr(url, length(url_of[f % 3]) + 2)
	}
	due = kind == 5 ? "400 404" : "404 400"
	if (kind == 5) {
		told = "%00 is in the path"
		return url "%00" word("x .html")
	}
	if (kind == 6) {
		told = "an encoded slash is no separator"
		return url_of[1] "%2f" word("index.html x")
	}
	if (kind == 7) {
		told = "the path leads out of the site"
		return word("/ " url_of[1] " " url_of[2] "%2e%2e/ " url "/") word(".. %2e%2e .%2E") "/" word(".. %2e.") "/secret.txt"
	}
	due = 400
	told = "a percent sign has two hexadecimal digits after it"
	return url word("%zz % %4 %g0 %4g/x")
}

function ask() {
	f = lot(12)
	version = "HTTP/1.1"
	query_is = query()
	fields = ""
	has = "Date: *"
	due = 200
	told = first = last = "-"
	if (i % 3 < 2) {
		good()
	} else {
		method = "GET"
		target = path_of[f] query_is
		if (lot(4))
			target = wrong_path() query_is
		else
			told = spoil_line(lot(10))
	}
	text = request_line() "Host: x\\r\\nConnection: close\\r\\n" fields "\\r\\n"
	print "ask\t" due "\t" has "\t" told "\t" f "\t" (method == "GET" && due ~ /^20[06]$/ ? first : "none") "\t" last "\t" \
		(text ~ /\t/ ? "send\t" text : in_pieces(text, i < 30 ? 1 : 4)) "\tread"
}
