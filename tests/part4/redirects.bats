#!/usr/bin/env bats
# Part 4: a folder without its slash.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "4.6 a folder without its slash is redirected" {
	cp "$site/b/index.html" "$site/b/deep"
	start "$site"
	get /b
	is '301 200'
	[ "$code" = 301 ] || complain 'status 301; Location: /b/' \
		'the page is shown without the slash: its links would be followed from the wrong place, c.txt as /c.txt'
	is 301 'Location: /b/'
	get /b/deep
	is 301 'Location: /b/deep/'
	get '/b?x=1&y=%20'
	is 301 'Location: /b/?x=1&y=%20'
	ask HEAD /b
	is 301 'Location: /b/'
}

# bats test_tags=must
@test "4.7 Location is encoded, and never points to another host" {
	local target

	mkdir -p "$site/caf"$'\303\251' "$site/100%" "$site/\\evil" "$site/what?" "$site/evil.example"
	for target in 'a dir' $'caf\303\251' 100% '\evil' 'what?' evil.example b/deep; do
		cp "$site/b/index.html" "$site/$target"
	done
	start "$site"
	get '/a%20dir'
	is 301 'Location: /a%20dir/'
	get '/caf%C3%A9'
	is 301 'Location: /caf%C3%A9/'
	get '/100%25'
	is 301 'Location: /100%25/'
	get '/what%3F'
	is 301 'Location: /what%3F/'
	for target in //b //evil.example ///evil.example /.//evil.example /b/..//evil.example \
		'/%5Cevil' '/\\evil' '//evil.example/..' '//evil.example/%2e%2e' /b//deep; do
		get "$target"
		is '301 404 400 200'
		if [ "$code" = 301 ]; then
			value_of Location || complain Location 'Location is missing'
			case $value in
			//* | /\\*) complain 'Location: /…' "a browser takes $value for another host" ;;
			/*) ;;
			*) complain 'Location: /…' "Location is $value" ;;
			esac
		fi
	done
}

# bats test_tags=must
@test "4.8 CR and LF in a path or query stay encoded in Location" {
	mkdir -p "$site/x"$'\r\n'"Bad: y"
	cp "$site/b/index.html" "$site/x"$'\r\n'"Bad: y"
	start "$site"
	get '/x%0d%0aBad:%20y'
	[ -z "$(field Bad)" ] || complain 'no field Bad' \
		'CR LF of the path was decoded, and ended Location: so anybody can put a field into this response; send the path as it came'
	is '301 400 404' '!Bad'
	if [ "$code" = 301 ]; then
		value_of Location || :
		case $(tr da DA <<<"$value") in
		'/x%0D%0ABAD:%20y/' | '/x%0D%0ABAD%3A%20y/') ;;
		*) complain 'Location: /x%0D%0ABad:%20y/' "it is $value" ;;
		esac
	fi
	get '/b?%0d%0aBad:%20y'
	is 301 '!Bad' 'Location: /b/?%0d%0aBad:%20y'
}

# bats test_tags=must
@test "4.61 Location is the client's own path and query, and can be asked for" {
	local due long target

	start "$site"
	while IFS= read -r target; do
		get "$target"
		is "$(ours 301 400)"
		[ "$code" = 400 ] && continue
		value_of Location || complain Location 'Location is missing'
		printf -v due '/b/%b' "${target#/b}"
		[ "$value" = "$due" ] || [ -n "${SERVER:-}" ] || complain "Location: $due" "it is $value"
		[[ $value == /b/\?* ]] || complain 'Location: /b/?…' "it is $value"
		get "$value"
		is 200
		has "$site/b/index.html"
	done <<-'TARGETS'
		/b?
		/b?a=b&c=d/e?f
		/b?%41%2f%zz%4%
		/b?%zz
		/b?<script>"|^`{}\\
		/b?x[]=1
	TARGETS
	# A request line of 8,000 octets, the longest that must be taken: all of it comes back.
	printf -v long '%07984d' 7
	get "/b?$long"
	is 301 "Location: /b/?$long"
	get "/b/?$long"
	is 200
	get "/b?${long//0/|}" # which is longer if it is encoded
	is '301 400 414'
	if [ "$code" = 301 ]; then
		value_of Location
		get "$value"
		is 200
	fi
	printf -v long '/.%.0s' {1..3990}
	get "$long/b"
	is "$(ours 301 400 404 414)"
	[ "$code" != 301 ] || is 301 'Location: *'
	[ "$code" != 301 ] || [ "$(field Location)" = "$long/b/" ] || [ "$(field Location)" = /b/ ] ||
		complain 'the whole path, with a slash after it, in Location' 'it was cut: it has to fit, however long the target is'
	mkdir "$site/caf"$'\303\251'
	cp "$site/b/index.html" "$site/caf"$'\303\251'
	get '/%63af%c3%A9'
	is 301
	value_of Location
	either "$value" /%63af%c3%A9/ /caf%C3%A9/ || complain 'Location: /%63af%c3%A9/' "it is $value"
}

# redirects TARGET LOCATION
redirects() {
	get "$1" && is 301 "Location: $2"
}

# bats test_tags=must
@test "4.63 where a page and a folder have one name, the folder comes first if it has a page" {
	mkdir "$site/blog" "$site/linked" "$site/x"
	printf 'this is p\n' | tee "$site/linked.html" >"$site/blog.html"
	ln -s ../a.txt "$site/linked/index.html" # which is no page
	printf 'this is q\n' >"$site/blog/post.html"
	printf 'SECRET\n' >"$site/x/index.html.html"
	start "$site"
	get /blog
	is 200 'Content-Type: text/html; charset=utf-8'
	has "$site/blog.html"
	get '/blog?x=1'
	is 200
	get /blog/
	is '404 403'
	get /blog/post
	is 200
	has "$site/blog/post.html"
	get /linked
	is 200
	has "$site/linked.html"
	get /x
	is '404 403'
	get /x/
	is '404 403'
	lacks SECRET
	printf 'this is i\n' >"$site/blog/index.html"
	until_true redirects /blog /blog/
	until_true serves /blog/ "$site/blog/index.html"
	get /blog.html
	is 200
	has "$site/blog.html"
}

# bats test_tags=must
@test "4.82 a redirect leads only to what is served" {
	local target

	mkdir "$site/only.html" "$site/odd" "$site/blog" "$site/linked"
	cp "$site/b/index.html" "$site/only.html"
	mkfifo "$site/odd/index.html"
	ln -s ../a.txt "$site/linked/index.html"
	start "$site"
	for target in /only /only/ /bare /odd /linked '/a%20dir' /b/deep; do
		get "$target"
		is '301 404 403'
		[ "$code" != 301 ] || complain 'status 404, at once' \
			"a redirect leads to where there is nothing: ask for a folder's index.html first, and let .html stand in only for a regular file"
	done
	get /only.html
	is 301 'Location: /only.html/'
	get /b
	is 301 'Location: /b/'
}
