#!/usr/bin/env bats
# Part 4: what is no file, or cannot be read.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # the harness sets and reads variables of ours
load common

# bats test_tags=must
@test "4.22 a FIFO, a socket and a device are answered at once" {
	local name

	mkdir "$site/odd"
	mkfifo "$site/fifo" "$site/fifo.html" "$site/b/fifo.txt" "$site/odd/index.html"
	if command -v perl >/dev/null; then
		(
			cd "$site"
			perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => "socket", Listen => 1)'
		)
	fi
	mknod "$site/zero" c 1 5 2>/dev/null || : # as root only
	start "$site"
	for name in fifo fifo.html b/fifo.txt odd/ socket zero fifo/ fifo/x; do
		converse timeout 1000 send "GET /$name HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" read
		[ "$client_status" -ne 3 ] || complain 'status 404, within a second' \
			"the server waits at $name: to open a FIFO waits for one who writes, unless with O_NONBLOCK; serve regular files only"
		is 404
	done
	still_serves
}

# bats test_tags=must
@test "4.23 what must not be read is not shown" {
	local target

	[ "$(id -u)" -ne 0 ] || skip 'root may read everything'
	printf 'SECRET\n' | tee "$site/closed.txt" "$site/closed.html" "$site/bare/y.txt" >/dev/null
	chmod 000 "$site/closed.txt" "$site/closed.html" "$site/bare"
	start "$site"
	for target in /closed.txt /closed.html /closed /bare/y.txt /bare/; do
		get "$target"
		is '403 404'
		lacks SECRET
	done
	chmod 755 "$site/bare"
	still_serves
}

# bats test_tags=must
@test "4.80 a file that can't be read is no missing file, and no empty reply" {
	local folder=/sys/class/net/lo

	cat "$folder/mtu" >/dev/null 2>&1 && [ -f "$folder/speed" ] && ! cat "$folder/speed" >/dev/null 2>&1 ||
		skip 'no file here can be opened and not be read'
	start "$folder"
	get /speed
	is "$(ours 503 500 403)"
	get /speed 'Range: bytes=0-9'
	is "$(ours 503 500 403)"
	ask HEAD /speed
	is "$(ours 503 500 403 200)"
	get /missing
	is 404
}

# bats test_tags=must
@test "4.81 who waits at a FIFO goes on waiting: it is not opened" {
	local name

	mkdir "$site/odd"
	mkfifo "$site/queue" "$site/shop.html" "$site/odd/index.html" "$site/b/queue.txt"
	start "$site"
	for name in queue shop.html odd/index.html b/queue.txt; do
		rm -f "$tmp/let-go"
		(
			trap '' PIPE
			printf 'x\n' >"$site/$name" 2>/dev/null || :
			: >"$tmp/let-go"
		) 3>&- 4>&- &
		helpers="$helpers$! "
		nap 150 # until it waits
		case $name in
		shop.html) get /shop ;;
		odd/index.html) get /odd/ ;;
		*) get "/$name" ;;
		esac
		is 404
		nap 50
		[ ! -e "$tmp/let-go" ] || complain 'a writer that goes on waiting' \
			"the server has opened $name, which let the one go on who waits to write into it: look before you open (lstat), and open regular files and folders only"
	done
	end_helpers
	still_serves
}

# bats test_tags=must
@test "4.90 a file that may be executed is served, and not run" {
	local target

	mkdir "$site/cgi-bin"
	for target in run.sh cgi-bin/run.sh cgi-bin/x.cgi cgi-bin/index.html x.php; do
		printf '#!/bin/sh\n: >%q\nprintf "Content-Type: text/plain\\r\\n\\r\\nit ran"\n' "$tmp/ran" >"$site/$target"
		chmod 755 "$site/$target"
	done
	start "$site"
	for target in run.sh 'run.sh?x' cgi-bin/run.sh 'cgi-bin/run.sh?x=1' cgi-bin/x.cgi cgi-bin/ x.php; do
		get "/$target"
		[ ! -e "$tmp/ran" ] || complain 'the file itself' \
			"$target was run: a bit in its mode, or the name of its folder, made a program of it that anybody can start"
		is 200
		target=${target%\?*}
		[ "$target" != cgi-bin/ ] || target=cgi-bin/index.html
		has "$site/$target"
		ask POST "/$target" 'Content-Length: 0'
		is "$(not_allowed)"
	done
	[ ! -e "$tmp/ran" ] || complain 'status 405' "POST ran a file: so anybody can start it"
}
