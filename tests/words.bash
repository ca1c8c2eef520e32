# shellcheck shell=bash
# What an exit status means, in words.

status_in_words() {
	case $1 in
	126) echo "status 126 (not a program)" ;;
	127) echo "status 127 (command not found)" ;;
	129) echo "status 129 (SIGHUP)" ;;
	130) echo "status 130 (SIGINT)" ;;
	132) echo "status 132 (SIGILL)" ;;
	134) echo "status 134 (SIGABRT)" ;;
	135) echo "status 135 (SIGBUS)" ;;
	136) echo "status 136 (SIGFPE)" ;;
	137) echo "status 137 (SIGKILL)" ;;
	139) echo "status 139 (SIGSEGV)" ;;
	141) echo "status 141 (SIGPIPE)" ;;
	143) echo "status 143 (SIGTERM)" ;;
	*) echo "status $1" ;;
	esac
}

cause_of_status() {
	case $1 in
	126) echo "the file is there, but can't be executed: is it a program? chmod +x" ;;
	127) echo "there is no such command: is the path right, seen from the folder of the Makefile?" ;;
	134) echo "it ended itself: an assertion, a sanitizer or the C library found a mistake" ;;
	139 | 135) echo "it used memory that isn't its own: a bad pointer, or a buffer's end passed" ;;
	136) echo "a division by zero" ;;
	141) echo "it wrote to a client that had left, and the signal SIGPIPE ended it: ignore that signal" ;;
	137) echo "somebody killed it, or the machine is out of memory" ;;
	*) echo "see what it said on standard error" ;;
	esac
}
