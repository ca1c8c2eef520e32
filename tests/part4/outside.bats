#!/usr/bin/env bats
# Part 4: what lies outside of the site, or is hidden, or no file.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "4.19 no spelling of .. leads out of the site" {
	local target

	mkdir "$site/..." "$site/b/..b"
	start "$site"
	while read -r target; do
		get "$target"
		stays_inside "$target"
		is "$(ours '400 404' '400 404 403')"
		lacks 'this is'
	done <<-'TARGETS'
		/....//secret.txt
		/%2e%2e%2e%2e%2f%2fsecret.txt
		/%2e%2e%2e%2e%2f/secret.txt
		/..././secret.txt
		/b/....//....//secret.txt
		/....//....//....//....//....//....//....//....//....//....//etc/passwd
		/../secret.txt
		/../../../../../../../../../../../../../../etc/passwd
		/b/../../secret.txt
		/b/../b/../../secret.txt
		/b/deep/er/../../../../secret.txt
		/%2e%2e/secret.txt
		/%2E%2E/secret.txt
		/.%2e/secret.txt
		/%2E./secret.txt
		/b/%2e%2e/%2e%2e/secret.txt
		/..%2fsecret.txt
		/..%2Fsecret.txt
		/%2e%2e%2fsecret.txt
		/b/..%2f..%2fsecret.txt
		/b%2f..%2f..%2fsecret.txt
		/..%5csecret.txt
		/..\\secret.txt
		/b\\..\\..\\secret.txt
		/%5c..%5csecret.txt
		/..%c0%afsecret.txt
		/..%e0%80%afsecret.txt
		/%c0%ae%c0%ae/secret.txt
		/%e0%80%ae%e0%80%ae/secret.txt
		/%f0%80%80%ae%f0%80%80%ae/secret.txt
		/%uff0e%uff0e/secret.txt
		/..%252fsecret.txt
		/%252e%252e/secret.txt
		/%252e%252e%252fsecret.txt
		/..//secret.txt
		//../secret.txt
		//..//secret.txt
		/./../secret.txt
		/.../secret.txt
		/..;/secret.txt
		/..%00/secret.txt
		/../site/a.txt
		/b/../../site/a.txt
		/missing/../../secret.txt
		/a.txt/../../secret.txt
		/b/..b/../../../secret.txt
		/..
		/../
		/%2e%2e
		/%2e%2e/
		/..?x
		/b/../..
		/b/../../
		/b/deep/../../..
		http://x/../secret.txt
		http://x/%2e%2e/secret.txt
	TARGETS
	target=$(curl -s --max-time 5 --path-as-is -w '%{http_code}' "http://$host:$port/../secret.txt")
	case $target in
	*SECRET*) complain 'status 400 or 404' "octets of a file outside of the site came: $(led_out /../secret.txt)" ;;
	*400 | *404 | *403) ;;
	*) complain 'status 400 or 404' "for /../secret.txt, curl got: $target" ;;
	esac
}

# bats test_tags=must
@test "4.20 a symbolic link is not followed" {
	local target folder

	mkdir "$tmp/outside" "$site/linked"
	printf 'SECRET\n' >"$tmp/outside/index.html"
	printf 'SECRET\n' >"$tmp/outside/c.txt"
	printf 'SECRET\n' >"$site/b/real.html"
	ln -s ../secret.txt "$site/out.txt"
	ln -s "$tmp/secret.txt" "$site/absolute.txt"
	ln -s a.txt "$site/in.txt"
	ln -s b "$site/folder"
	ln -s ../outside "$site/leave"
	ln -s .. "$site/up"
	ln -s ../../outside "$site/b/mid"
	ln -s loop "$site/loop"
	ln -s /nowhere "$site/dangling"
	ln -s ../secret.txt "$site/page.html"
	ln -s ../b/real.html "$site/linked/index.html"
	start "$site"
	for target in /out.txt /absolute.txt /in.txt /folder /folder/ /folder/c.txt /leave /leave/ \
		/leave/c.txt /up /up/ /up/secret.txt /up/site/a.txt /b/mid /b/mid/ /b/mid/c.txt /loop \
		/dangling /page.html /page /linked/ /linked/index.html /folder/deep/er/d.txt \
		/b/../up/secret.txt; do
		get "$target"
		is '404 200 301'
		[ "$code" = 404 ] || complain 'status 404' 'a symbolic link is followed: open every folder on the way, and the file, with O_NOFOLLOW'
		lacks 'SECRET|this is'
	done
	# But the folder itself may be named in any way, by a link, too.
	ln -s site "$tmp/www"
	[ -n "${SERVER:-}" ] || cd "$tmp" # another may be named from where we stand
	for folder in "$site/" "$tmp/www" "$tmp/www/" site ./site/; do
		[ -z "${SERVER:-}" ] || [[ $folder == /* ]] || continue
		start "$folder"
		get /b/c.txt
		is '200 403 404'
		[ "$code" = 200 ] || complain 'status 200, and the file b/c.txt' \
			"the folder was named as $folder: open it as it is named, and look at what is within it only; the link to it is not the client's"
		has "$site/b/c.txt"
		get /../secret.txt
		is '404 400'
		lacks SECRET
	done
}

# bats test_tags=must
@test "4.21 a dot file or dot folder is not found" {
	local target

	mkdir -p "$site/b/.svn/x" "$site/..."
	printf 'SECRET\n' | tee "$site/b/.htpasswd" "$site/b/.svn/x/y" "$site/.git/index.html" \
		"$site/.page.html" "$site/.../x" >/dev/null
	start "$site"
	for target in /.hidden /.git/config /.git /.git/ /b/.htpasswd /b/.svn/x/y /b/../.hidden \
		/%2ehidden /%2Egit/config /.page /.../x ///.hidden; do
		get "$target"
		is '404 200 301 403'
		[ "$code" = 404 ] || complain 'status 404' 'a name that begins with a dot is not refused: a site should not show its .git, .htpasswd and the like'
		lacks SECRET
	done
}

# bats test_tags=must
@test "4.24 a path of 5,000 octets and a segment of 300 are not found" {
	local long many target

	printf -v long '%0300d' 7
	printf -v many '%02500d' 7
	many=${many//0/a\/}
	start "$site"
	for target in "/$long" "/$long/a.txt" "/b/$long" "/$many" "/${many//\//.}" "/b/../$many/a.txt"; do
		get "$target"
		is '404 414'
	done
	printf -v long '%0251d' 7
	printf 'this is l\n' >"$site/$long.txt"
	get "/$long.txt"
	is '200 404 414 400 500'
	[ "$code" = 200 ] || complain 'status 200' 'a name may have 255 octets: it did not fit, or was taken for too long'
	has "$site/$long.txt"
	for target in "/x$long.txt" "/xx$long.txt" "/$long.txtx" "/$long.txt.html" "/$long"; do
		get "$target"
		is 404
	done
	printf -v long '%0251d' 7
	printf 'this is m\n' >"$site/$long.htm"
	get "/$long" # with ".html" it is too long for a name, and must not be cut
	is 404
	mkdir -p "$site/$long/$long/x"
	printf 'this is n\n' >"$site/$long/$long/x/n.txt"
	get "/$long/$long/x/n.txt"
	is '200 404 414 400 500'
	[ "$code" = 200 ] || complain 'status 200' 'a path may have some thousand octets, and this one has 511: it did not fit'
	has "$site/$long/$long/x/n.txt"
}

# bats test_tags=must
@test "4.64 of all dot folders, /.well-known/ alone is served" {
	local target

	mkdir -p "$site/.well-known/acme-challenge" "$site/.well-known/.git" "$site/.well-knownx" \
		"$site/..well-known" "$site/b/.well-known"
	printf 'this is s\n' >"$site/.well-known/security.txt"
	printf 'this is t\n' >"$site/.well-known/acme-challenge/token"
	printf 'SECRET\n' | tee "$site/.well-known/.hidden" "$site/.well-known/.git/config" \
		"$site/.well-knownx/index.html" "$site/..well-known/index.html" "$site/.well-known.html" \
		>/dev/null
	start "$site"
	get /.well-known/security.txt
	is 200 'Content-Type: text/plain; charset=utf-8'
	has "$site/.well-known/security.txt"
	get /.well-known/acme-challenge/token
	is 200
	has "$site/.well-known/acme-challenge/token"
	get /%2ewell-known/security.txt
	is 200
	for target in /.git/config /.well-knownx /.well-knownx/ /.well-knownx/index.html /..well-known/ \
		/..well-known /.well-known.html /.well-known/.hidden /.well-known/.git/config \
		/.well-known/../.git/config /.well-known/missing /.well-known/ /.well-known/../../secret.txt; do
		get "$target"
		is '404 400'
		lacks SECRET
	done
}
