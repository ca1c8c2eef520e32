# Sixty request lines, with what may stand around them. Every third has one mistake. The second half comes in
# pieces: by then it is known that the server is right about whole ones. A line is what is due (a status,
# "report", "nothing"), the mistake or the report, and what the client does, between tabs.

# request_of(): sets method, target and version, and what is to be reported of the target.
function request_of(    kind, port) {
	method = lot(2) ? word("GET HEAD POST PUT DELETE OPTIONS get Post") : some(token_octets, 1, 12)
	port = lot(2) ? "" : ":" lot(65536)
	path_is = path()
	query_is = query()
	target = path_is query_is
	kind = lot(8)
	if (kind < 2) {
		if (lot(3) == 0)
			path_is = ""
		target = word("http HTTP hTTp") "://" host() port path_is query_is
		path_is = path_is == "" ? "/" : path_is
	} else if (kind == 2) {
		method = lot(2) ? "OPTIONS" : "CONNECT"
		target = method == "OPTIONS" ? "*" : host() ":" lot(65536)
		path_is = query_is = ""
	}
	version = "HTTP/1." lot(10)
}

function report() {
	return "method: " method "$\\ntarget: " target "$\\n" (path_is == "" ? "" : "path: " path_is "$\\n") \
		(query_is == "" ? "" : "query: " substr(query_is, 2) "$\\n") "version: " version "$\\n"
}

BEGIN {
	for (i = 0; i < 60; i++) {
		request_of()
		due = "report"
		told = i % 3 == 2 ? spoil_line(lot(12)) : report()
		text = substr("\\r\\n\\r\\n", 1, lot(3) * 4) request_line()
		for (n = lot(5); n > 0; n--)
			text = text field()
		after = "shut\t"
		if (due == "report" && lot(8) == 0) {
			due = "nothing"
			told = "it ends before its empty line"
		} else {
			text = text "\\r\\n" (lot(5) ? "" : "GET / HTTP/1.1\\r\\n\\r\\n")
			after = lot(4) ? "" : after
		}
		print due "\t" told "\t" in_pieces(text, i < 30 ? 1 : 5) "\t" after "read"
	}
}
