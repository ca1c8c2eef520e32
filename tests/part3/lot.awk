# Sixty requests: every method, all kinds of hosts and fields. Every third has one mistake. A line is the
# status that is due (and those that another server may give), a field that the response has, the mistake or
# the page that /request must be, and what the client does, between tabs. The variable pages names those that
# there are.

# request_of(): sets the parts of a good request.
function request_of(    host_is) {
	method = lot(2) ? "GET" : word("HEAD POST PUT DELETE PATCH TRACE OPTIONS x" some(token_octets, 1, 8))
	asked = word(pages " /x" some(letters, 1, 9))
	if (asked == "/request")
		method = word("GET GET HEAD")
	query_is = query()
	target = (lot(4) ? "" : word("http hTTp") "://" host() port()) asked query_is
	version = "HTTP/1." (lot(2) ? 1 : lot(10))
	lines = ""
	before = several()
	host_line = ""
	if (version != "HTTP/1.0" || lot(2)) {
		host_is = lot(8) ? host() port() : ""
		host_line = "Host:" space() host_is space() "\\r\\n"
		lines = lines "Host: " host_is "\\n"
	}
	behind = several() "Connection: close\\r\\n"
	lines = lines "Connection: close\\n"
}

function port() {
	return lot(2) ? "" : ":" (lot(5) ? lot(65536) : "")
}

# several(): some field lines; adds what is understood of them to lines.
function several(    n, text) {
	for (n = lot(4); n > 0; n--) {
		text = text field()
		lines = lines shown "\\n"
	}
	if (asked != "/request" && lot(4) == 0)
		text = text word("xa:\\xff\\t\\x80 xb: xc:\\xc3\\xa9\\t:") "\\r\\n"
	return text
}

# what_is_due(): sets due, has and told.
function what_is_due(    is_there) {
	is_there = asked !~ /^\/x/
	has = "Date: *"
	told = "-"
	if (method ~ /^(GET|HEAD)$/)
		due = is_there ? 200 : 404
	else if (method ~ /^x/)
		due = "501 405"
	else if (method == "OPTIONS")
		due = is_there ? "204 200" : "404 204 200"
	else
		due = is_there ? 405 : "404 405"
	if (due ~ /^(204|405)/)
		has = "Allow: ~GET"
	if (asked == "/request" && method == "GET")
		told = "method: GET\\ntarget: " target "\\npath: " asked "\\n" \
			(query_is == "" ? "" : "query: " substr(query_is, 2) "\\n") "version: " version "\\n" lines
}

# no_host(): what is none.
function no_host(    name) {
	name = some(letters digits, 1, 9)
	if (lot(2))
		return put(name, word("@ [ ] < > \" ^ { | } %g0 %4g :x " octets)) "x"
	return word("[" name " [::1 [] [::1]x [1:2] [::1::2] [g::1] :80 " name ":80:80 " name ":+80 " name ":8x " name "%")
}

# no_field(): a field line that is none; sets shown to the mistake.
function no_field(    name, kind) {
	name = some(token_octets, 1, 9)
	kind = lot(6)
	if (kind == 0) {
		shown = "white space stands before the colon of a field"
		return name word("\\t \\t\\t") ": x"
	}
	if (kind == 1) {
		shown = "white space stands before a field's name"
		return " " name ": x"
	}
	if (kind == 2) {
		shown = "a field line has no name, or no colon"
		return lot(2) ? ": x" : name
	}
	if (kind == 3) {
		shown = "a field's name has a sign that no token has"
		return put(name, word("( ) , / ; < = > ? @ [ ] { } \" " octets)) ": x"
	}
	if (kind == 4) {
		shown = "a field's name has a space in it"
		return name " " name ": x"
	}
	shown = "a field's value has a control character"
	return name ": " put(name, word("\\0 \\x01 \\x08 \\x0b \\x1f \\x7f \\r"))
}

# spoil(): makes one mistake in what is to be sent, and returns it in words; sets due.
function spoil(    kind, name, n) {
	due = 400
	kind = lot(18)
	name = some(letters, 1, 9)
	if (kind < 5)
		return spoil_line(lot(10))
	if (kind < 7) {
		target = "http://" no_host() "/"
		return "the host in its target is none"
	}
	if (kind < 9) {
		host_line = "Host: " no_host() "\\r\\n"
		return "what its Host says is no host"
	}
	if (kind == 9) {
		host_line = "Host: " name "\\r\\n" field() "hOST: " name "\\r\\n"
		return "it has two Host fields"
	}
	if (kind == 10) {
		version = "HTTP/1." (1 + lot(9))
		host_line = ""
		return "it has no Host field"
	}
	if (kind == 11) {
		for (n = 0; n < 101; n++)
			behind = behind "x:" n "\\r\\n"
		due = 431
		return "it has more than a hundred fields"
	}
	if (lot(2))
		before = no_field() "\\r\\n" before
	else
		behind = no_field() "\\r\\n" behind
	return shown
}

BEGIN {
	for (i = 0; i < 60; i++) {
		request_of()
		what_is_due()
		if (i % 3 == 2) {
			has = "Date: *"
			told = spoil()
		}
		text = (method != "HEAD" && lot(4) == 0 ? "\\r\\n" : "") request_line() before host_line behind "\\r\\n"
		if (lot(5) == 0)
			text = text "GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n" # which gets no answer
		print due "\t" has "\t" told "\t" in_pieces(text, i < 30 ? 1 : 5) "\t" (lot(4) ? "" : "shut\t") "read"
	}
}
