# Forty-five connections, with one request or several: files, what is no file, ranges, conditions, content by
# length and in chunks, cut anywhere. On every third one, the last request has a mistake. A line is the status
# codes that are due, the letters of the files that come (a.txt holds "this is a"), the mistake, and what the
# client does, between tabs; - is none.

BEGIN {
	for (i = 0; i < 45; i++)
		connection()
}

# fill(): some content, which may look like requests; sets content and count, the number of its octets.
function fill(    n, kind) {
	content = ""
	count = 0
	for (n = lot(3) ? lot(6) : lot(60); n > 0; n--) {
		kind = lot(8)
		if (kind == 0) {
			content = content "GET /b.txt HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"
			count += 32
		} else if (kind == 1) {
			content = content word("0\\r\\n\\r\\n 5\\r\\n\\0\\0 \\r\\n\\r\\n\\r")
			count += 5
		} else {
			content = content some(letters digits, 7, 7) sprintf("\\x%02x", lot(256))
			count += 8
		}
	}
}

# by_length(): the end of a head, and content as long as it says.
function by_length() {
	fill()
	return word("Content-Length content-length CONTENT-LENGTH") ":" space() (lot(4) ? "" : "00") count space() "\\r\\n\\r\\n" content
}

# in_chunks(): the end of a head, and chunks of content; perhaps extensions, and trailer fields.
function in_chunks(    n, text) {
	text = "Transfer-Encoding:" space() word("chunked Chunked CHUNKED ,chunked chunked,,") space() "\\r\\n\\r\\n"
	for (n = lot(5); n > 0; n--) {
		do
			fill()
		while (count == 0)
		text = text (lot(4) ? "" : "00") sprintf(lot(2) ? "%x" : "%X", count) extension() "\\r\\n" content "\\r\\n"
	}
	text = text word("0 000") extension() "\\r\\n"
	for (n = lot(3); n > 0; n--)
		text = text (lot(3) ? field() : "Connection: close\\r\\n")
	return text "\\r\\n"
}

function extension() {
	return lot(3) ? "" : ";" some(letters, 1, 9) word("=x =\"a;b\" ;y")
}

# head(FIELDS): the request line and the fields, without the empty line.
function head(fields) {
	return request_line() (lot(2) ? field() : "") "Host: x\\r\\n" fields (lot(2) ? field() : "")
}

# request_of(FIELDS): a good request, with these fields, and what is due for it.
function request_of(fields,    kind, letter) {
	letter = word("a b c")
	method = "GET"
	version = "HTTP/1.1"
	target = letter == "c" ? "/b/c.txt" : "/" letter ".txt"
	due = 200
	kind = lot(10)
	if (kind == 0) {
		method = "HEAD"
	} else if (kind == 1 || kind == 2) {
		method = word("POST PUT DELETE PATCH")
		due = 405
	} else if (kind == 3) {
		target = "/x" some(letters, 1, 9)
		due = 404
	} else if (kind == 4) {
		target = "/b"
		due = 301
	} else if (kind == 5) {
		fields = fields "Range: bytes=" word("0-8 -10 0-") "\\r\\n"
		due = 206
	} else if (kind == 6) {
		fields = fields word("Range:bytes=10- If-None-Match:* If-Match:\"x\"") "\\r\\n"
		due = fields ~ /bytes/ ? 416 : fields ~ /None/ ? 304 : 412
	}
	target = target query()
	codes = codes due " "
	if (method == "GET" && due ~ /^20[06]$/)
		came = came letter " "
	if (lot(8) == 0) {
		version = "HTTP/1.0"
		fields = fields "Connection: keep-alive\\r\\n"
	}
	kind = lot(version == "HTTP/1.0" ? 3 : 4)
	return head(fields) (kind < 2 ? "\\r\\n" : kind == 2 ? by_length() : in_chunks())
}

# wrong(): a request with one mistake; sets told to it.
function wrong(    kind, text) {
	method = word("GET POST")
	target = "/a.txt"
	version = "HTTP/1.1"
	due = 400
	kind = lot(9)
	if (kind < 3) {
		told = spoil_line(lot(10))
		text = head("") "\\r\\n"
	} else if (kind == 3) {
		told = "it has no Host field"
		text = request_line() "\\r\\n"
	} else if (kind == 4) {
		told = "its Content-Length is no number"
		text = head("Content-Length: " word("+5 -1 5x 0x5 5.0 \"5\" , 18446744073709551616 5\\x0b") "\\r\\n") "\\r\\n"
	} else if (kind == 5) {
		told = "it has two lengths"
		text = head("Content-Length: 5\\r\\n" field() "Content-Length: " word("6 0 +5 50") "\\r\\n") "\\r\\n"
	} else if (kind == 6) {
		told = "chunked is not the last of its transfer codings"
		text = head("Transfer-Encoding: " word("chunked,gzip chunked,chunked chunked,gzip,chunked") "\\r\\n") "\\r\\n"
	} else if (kind == 7) {
		told = "it has a transfer coding that is not known"
		due = 501
		text = head("Transfer-Encoding: " some(lower, 3, 9) ", chunked\\r\\n") "\\r\\n"
	} else {
		told = "white space stands before the colon of a field"
		text = head("x : y\\r\\n") "\\r\\n"
	}
	codes = codes due
	return text
}

# wrong_chunk(): a request with content in chunks, one of which is none.
function wrong_chunk(    text) {
	told = "a chunk of its content is wrong"
	codes = "400"
	method = "POST"
	target = "/a.txt"
	version = "HTTP/1.1"
	text = head("Transfer-Encoding: chunked\\r\\n") "\\r\\n" (lot(2) ? "" : "5\\r\\nabcde\\r\\n")
	return text word("\\r\\n g\\r\\n x5\\r\\nabcde\\r\\n 0x5\\r\\nabcde\\r\\n +5\\r\\nabcde\\r\\n -5\\r\\nabcde\\r\\n " \
		"5.0\\r\\nabcde\\r\\n 10000000000000005\\r\\nabcde\\r\\n 4\\r\\nabcde\\r\\n 6\\r\\nabcde\\r\\n 5\\r\\nabcde\\n " \
		"5\\nabcde\\r\\n 5\\rabcde\\r\\n 5;\\x01\\r\\nabcde\\r\\n") "0\\r\\n\\r\\n"
}

# last(): the last request of a connection, with what says so.
function last() {
	return request_of(word("Connection CONNECTION connection") ":" space() \
		word("close Close CLOSE keep-alive,close x,close ,close") "\\r\\n")
}

function connection(    text, n, pieces) {
	codes = came = ""
	told = "-"
	pieces = i < 18 ? 1 : 1 + lot(8)
	if (i % 3 == 2 && lot(4) == 0) {
		text = wrong_chunk()
		pieces = 1 # since it is due with the head
	} else {
		for (n = lot(7); n > 0; n--)
			text = text request_of(lot(4) ? "" : word("Connection:x Connection:closed X-Connection:close Connection:") "\\r\\n") \
				(lot(6) ? "" : "\\r\\n")
		text = text (i % 3 == 2 ? wrong() : last())
	}
	sub(/ $/, "", codes)
	sub(/ $/, "", came)
	text = text "GET /b.txt HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n" # which gets no answer
	print codes "\t" (came == "" ? "-" : came) "\t" told "\t" in_pieces(text, pieces) "\tread"
}
