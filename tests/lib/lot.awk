# What the tests share that are drawn by lot: the lot, and the parts that requests are made of. Each suite
# has a lot.awk of its own, which follows this one and prints a line for each conversation. From one seed
# every awk draws the same: so the generator is our own (Park and Miller's), in whole numbers below 2^53.
#
# Texts are as tests/build/client takes them: \r, \n, \t and \x01 are octets, and no backslash is one.

BEGIN {
	state = seed % 2147483646 + 1
	for (i = 0; i < 10; i++)
		lot(2) # seeds that are neighbours begin alike
	digits = "0123456789"
	lower = "abcdefghijklmnopqrstuvwxyz"
	letters = lower toupper(lower)
	token_octets = letters digits "!#$%&'*+-.^_`|~" # RFC 9110, 5.6.2
	host_octets = letters digits "-._~!$&'()*+,;=" # RFC 3986, 3.2.2
	path_octets = host_octets ":@/" # RFC 3986, 3.3
	signs = "( ) , / : ; < = > ? @ [ ] { } \"" # no token has them
	octets = "\\0 \\x01 \\x07 \\x08 \\x0e \\x1b \\x1c \\x1f \\x7f \\x80 \\x85 \\xa0 \\xc3\\xa9 \\xff" # no word has them
}

# lot(N): a whole number from 0 to N - 1.
function lot(n) {
	state = state * 16807 % 2147483647
	return int(state / 2147483647 * n)
}

# word(LIST): one of its words.
function word(list,    words, count) {
	count = split(list, words, " ")
	return words[1 + lot(count)]
}

# some(SET, LEAST, MOST): so many of its characters.
function some(set, least, most,    text, n) {
	for (n = least + lot(most - least + 1); n > 0; n--)
		text = text substr(set, 1 + lot(length(set)), 1)
	return text
}

# put(TEXT, WHAT): the text, with this somewhere in it.
function put(text, what,    at) {
	at = lot(length(text) + 1)
	return substr(text, 1, at) what substr(text, at + 1)
}

function path(    text) {
	text = "/" some(path_octets, 0, 25)
	return lot(3) ? text : text "%" word("01 20 25 26 2B 2f 3F 41 7e c3 FF") some(path_octets, 0, 5)
}

# query(): with its question mark; or nothing.
function query() {
	return lot(2) ? "" : "?" some(path_octets "?", 0, 25)
}

# host(): a name or an address that is one.
function host() {
	if (lot(4))
		return some(host_octets, 1, 12)
	return "[" word("::1 :: 2001:db8::7 fe80::a:B:c 1:2:3:4:5:6:7:8 ::ffff:192.0.2.1") "]"
}

# field(): a field line that means nothing; sets shown to what is understood of it.
function field(    name, value) {
	name = "x" some(token_octets, 4, 15)
	value = some(letters, 1, 1) some(letters digits " :;,/=()-", 0, 20) some(digits, 1, 1)
	shown = name ": " value
	return name ":" space() value space() "\\r\\n"
}

# space(): what may stand around a field's value.
function space() {
	return lot(2) ? "" : lot(2) ? " " : word("\\t \\t\\t")
}

# spoil_line(KIND): makes one mistake in method, target or version, and returns it in words; sets due. The
# kinds 0 to 9 are refused alike in all parts; 10 and 11 are about the forms of a target.
function spoil_line(kind) {
	due = 400
	if (kind == 0) {
		method = put(method, word(signs))
		return "its method has a sign that no token has"
	}
	if (kind == 1) {
		method = put(method, word(octets))
		return "its method has an octet that no request line has"
	}
	if (kind == 2 || kind == 3) {
		target = put(target, word(octets))
		return "its target has an octet that no request line has"
	}
	if (kind == 4) {
		method = "GET"
		target = put(path(), "#")
		return "its target has a #: a fragment stays with the client"
	}
	if (kind == 5) {
		version = put(version, word(octets " 0 1 2 . / x 00 .1"))
		return "its version has more than eight octets"
	}
	if (kind == 6) {
		version = word("http/1.1 HTTP/1 HTTP/1. HTTP1.1 HTTP/.1 HTTP/x.1 HTTP/1.x HTTP/1,1 HTTP-1.1 XTTP/1.1 Http/1.1")
		return "its version is none: HTTP/, a digit, a dot, a digit"
	}
	if (kind == 7) {
		target = target " " path()
		return "it has a word too many"
	}
	if (kind == 8) {
		version = ""
		return "it has a word too few"
	}
	if (kind == 9) {
		due = 505
		version = "HTTP/" word("0 2 3 4 5 6 7 8 9") "." lot(10)
		return "its version is that of another protocol than HTTP/1"
	}
	if (kind == 10) {
		method = word("GET POST options connect xOPTIONS")
		target = word("* x ?x x:80 x" some(lower, 1, 5) ":" path() " https://x/ http:///x http://?x http:/x")
		return "its target has none of the forms that its method may have"
	}
	method = "CONNECT"
	target = word("/ * x x: :80 x:80x http://x/")
	return "its target is not host:port, as that of CONNECT must be"
}

# request_line(): of its three words, with its end; without a version, it has two.
function request_line() {
	return method " " target (version == "" ? "" : " " version) "\\r\\n"
}

# in_pieces(TEXT, MOST): the operations that send it, in at most so many pieces, with a moment between them.
function in_pieces(text, most,    at, operations) {
	for (; most > 1 && length(text) > 8; most--) {
		do
			at = 1 + lot(length(text) - 2)
		while (substr(text, 1, at) ~ /\\(x.?)?$/) # within \r, or \x01
		operations = operations "send\t" substr(text, 1, at) "\tpause\t" lot(3) "\t"
		text = substr(text, at + 1)
	}
	return operations "send\t" text
}
