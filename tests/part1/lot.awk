# Sixteen conversations of up to five clients at a time: who sends what, in which pieces, who reads when, and
# who leaves. A line is what must come, in the order in which it is read and as cat -vet shows it, and what
# the clients do, between tabs.

BEGIN {
	for (i = 0; i < 16; i++)
		converse()
}

# octet(): one of all 256; sets sent to what the client is told, and shown to what the judge shows.
function octet(    code, low) {
	code = lot(3) ? lot(256) : 0 + word("0 10 13 32 65 90 97 255")
	low = code % 128
	sent = low >= 33 && code < 127 && low != 92 ? sprintf("%c", code) : sprintf("\\x%02x", code)
	if (code == 10)
		return "$\\n"
	low = low < 32 ? "^" sprintf("%c", low + 64) : low == 127 ? "^?" : sprintf("%c", low)
	if (low ~ /\\$/)
		low = low "\\" # printf takes it
	return (code < 128 ? "" : "M-") low
}

# say(K): the client K sends some octets.
function say(k,    text, times, count, n, shown) {
	times = lot(4) ? 1 : 1 + lot(200)
	count = 1 + lot(20)
	for (n = 1; n <= count; n++) {
		shown[n] = octet()
		text = text sent
	}
	for (; times > 0; times--) {
		for (n = 1; n <= count; n++)
			owed[k, last[k]++] = shown[n]
		repeated++
	}
	told = told "\ton\t" k "\trepeat\t" repeated "\t" text
	repeated = 0
}

# take(K, COUNT): the client K reads so many octets of those that it is owed.
function take(k, count) {
	for (; count > 0; count--)
		due = due owed[k, first[k]++]
}

function converse(    clients, k, n, count) {
	due = told = ""
	clients = 1 + lot(5)
	for (k = 1; k <= clients; k++)
		first[k] = last[k] = 0
	for (n = 5 + lot(25); n > 0; n--) {
		k = 1 + lot(clients)
		count = lot(last[k] - first[k] + 1)
		if (lot(3)) {
			say(k)
		} else if (lot(12) == 0 && last[k] > 0) {
			told = told "\ton\t" k "\t" word("reset close")
			first[k] = last[k]
		} else if (count > 0) {
			told = told "\ton\t" k "\ttake\t" count
			take(k, count)
		} else {
			told = told "\tpause\t" lot(4)
		}
	}
	for (k = 1; k <= clients; k++) {
		told = told "\ton\t" k "\tshut\tread"
		take(k, last[k] - first[k])
	}
	print due (due ~ /\$\\n$/ ? "" : "\\n") told
}
