#!/usr/bin/env bats
# E4.6, what is in a folder.
# breaks: 4.5 4.20 4.22 4.63 4.64 4.81 4.82
# may break: 4.100
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load ../part4/common

# list TARGET: asks for the list of a folder. Sets links to the targets that it leads to, in order.
list() {
	local link

	get "$1"
	is 200 'Content-Type: ~text/html.*' || return
	split_reply
	links=()
	while IFS= read -r link; do
		link=${link#*href=\"} link=${link%\"}
		link=${link//&amp;/&} link=${link#./}
		[[ $link == /* ]] || link=$1$link
		[[ $link == "$1"../ || $1 == "$link"?* ]] || links+=("$link") # the way back is no entry
	done < <(grep -a -o 'href="[^"]*"' "$tmp/content")
}

# lists TARGET...: these are the links of the list.
lists() {
	[ "${links[*]+"${links[*]}"}" = "$*" ] || complain "links to $*, in this order" \
		"it has links to ${links[*]+"${links[*]}"}: sort the names, put a slash after those of folders, and leave out what is never served"
}

# bats test_tags=must
@test "E4.6.1 a folder without a page shows its files and folders, in order" {
	start "$site"
	list /bare/
	lists /bare/x.txt
	mkdir "$site/bare/m"
	printf 'this is y\n' >"$site/bare/y.txt"
	printf 'this is b\n' >"$site/bare/b.txt"
	list /bare/
	lists /bare/b.txt /bare/m/ /bare/x.txt /bare/y.txt
	list /a%20dir/
	lists
	ask HEAD /bare/
	is 200
}

# bats test_tags=must
@test "E4.6.2 without its slash it redirects; a page of its own comes first" {
	start "$site"
	get '/bare?q'
	is '301 302 307 308' 'Location: ~.*/bare/[?]q'
	get /b/
	is 200
	has "$site/b/index.html"
	printf 'this is p\n' >"$site/bare.html"
	get /bare
	is 200
	has "$site/bare.html"
	ask POST /bare/
	is 405 'Allow: ~.*GET.*'
}

# bats test_tags=must
@test "E4.6.3 what is never served is not shown" {
	start "$site"
	printf 'SECRET\n' >"$site/bare/.hidden"
	mkdir "$site/bare/.git"
	mkfifo "$site/bare/fifo"
	ln -s ../../secret.txt "$site/bare/link"
	ln -s .. "$site/bare/up"
	list /bare/
	lists /bare/x.txt
}

# bats test_tags=must
@test "E4.6.4 each link leads to its file, whatever the name holds, and no name is markup" {
	local name link number=0

	start "$site"
	mkdir "$site/odd"
	for name in '<b>bold<b>' 'a&amp;b' '100%' 'a%41b' 'a b' 'a:b' 'http:' '"quoted"' "it's" '#1' 'q?x=1' $'line\nfeed' \
		$'\xc3\xa9' 'back\slash' '+1' 'a;b=c'; do
		printf 'number %d\n' "$number" >"$site/odd/$name" || continue
		number=$((number + 1))
	done
	list /odd/
	lacks '<b>'
	[ "${#links[@]}" -eq "$number" ] || complain "$number links" "it has ${#links[@]}: a quote that is not encoded ends the link"
	: >"$tmp/came"
	for link in "${links[@]}"; do
		get "$link"
		is 200 || return
		split_reply
		cat "$tmp/content" >>"$tmp/came"
	done
	[ "$(sort -u "$tmp/came" | wc -l)" -eq "$number" ] ||
		complain 'that each link leads to a file of its own' 'several lead to the same: what is decoded must be the name'
}

# bats test_tags=robust
@test "E4.6.5 three thousand names harm nobody" {
	local i

	start "$site"
	mkdir "$site/many"
	(cd "$site/many" && for ((i = 0; i < 3000; i++)); do : >"a-name-that-is-somewhat-longer-$i"; done)
	list /many/
	[ "${#links[@]}" -gt 0 ] || complain 'a list, if not of all of them' 'it has no link'
	still_serves
}
