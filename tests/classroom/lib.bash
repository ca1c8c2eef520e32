# shellcheck shell=bash
# What tests/classroom/assignment and tests/classroom/grade share. They run in the repository, and in a
# handout, where ASSIGNMENT.md is the text, and the files "stairs" and "settings" beside this one say
# what would be read from TUTORIAL.md.

# wrong WORDS...: it is used wrongly.
wrong() {
	echo "$*" >&2
	exit 2
}

# The suites that a part must pass: see tests/run.
suites_of() {
	case $1 in
	4) echo 3 4 ;;
	5) echo 3 4 5 ;;
	*) echo "$1" ;;
	esac
}

# tests_of PART: a line for each test that the part must pass: its number, its tier, its title.
tests_of() {
	local suite

	for suite in $(suites_of "$1"); do
		awk '
			/^# bats test_tags=/ { tag = $0; sub(/.*=/, "", tag); sub(/,.*/, "", tag) }
			/^@test "/ {
				line = $0
				sub(/^@test "/, "", line)
				sub(/" [{]$/, "", line)
				number = line
				sub(/ .*/, "", number)
				print number, tag, substr(line, length(number) + 2)
			}' tests/part"$suite"/*.bats
	done | sort -t . -k 1,1n -k 2,2n
}

# stairs_of PART: a line for each step of the book that explains tests: step, title, tests, between tabs.
stairs_of() {
	if [ -e tests/classroom/stairs ]; then
		cat tests/classroom/stairs
		return
	fi
	awk -v part="$1" '
		/^### [1-5][.][0-9]/ { step = $2; title = $0; sub(/^### [^ ]* /, "", title) }
		/^[*][*]Now:/ && index(step, part ".") == 1 && match($0, /Tests? [0-9., and]+ pass/) {
			text = substr($0, RSTART, RLENGTH)
			gsub(/[^0-9.]+/, " ", text)
			gsub(/^ | $/, "", text)
			print step "\t" title "\t" text
		}' TUTORIAL.md
}

# check_words PART [FILE]: ends with status 2 unless POINTS and HELD_BACK are about tests that there are,
# and those in this file of the instructor's have numbers of their own.
check_words() {
	local word known also=''
	known=" $(tests_of "$1" | cut -d ' ' -f 1 | xargs) must robust extra "

	if [ -n "${2:-}" ]; then
		[ -f "$2" ] || wrong "ALSO: there is no file $2"
		also=$(sed -n 's/^@test "\([^ "]*\).*/\1/p' "$2" | xargs)
		for word in ${also:-none}; do
			[[ $word =~ ^E?$1\.[0-9]+(\.[0-9]+)?$ && $known != *" $word "* ]] ||
				wrong "ALSO: \"$word\": number your tests as ours are, such as $1.901, and with numbers of their own"
		done
		known+="$also "
	fi
	for word in ${POINTS:-}; do
		[[ $word =~ ^([a-z]+|[1-5]\.[0-9]+)=[0-9]{1,4}$ && $known = *" ${word%%=*} "* ]] ||
			wrong "POINTS: \"$word\" isn't like 2.15=5 or must=2, or part $1 has no such test"
	done
	for word in ${HELD_BACK:-}; do
		[[ $word =~ ^[1-5]\.[0-9]+$ && $known = *" $word "* ]] || wrong "HELD_BACK: part $1 has no test $word"
	done
}

# broken_by FILE PART: the part's tests, earlier ones too, that an exercise breaks, as its file names them.
broken_by() {
	local named

	named=$(sed -n 's/^# breaks: //p' "$1")
	tests_of "$2" | cut -d ' ' -f 1 | awk -v part="$2" -v named=" $named " '
		named ~ /^ all but/ ? index($0, part ".") == 1 && !index(named, " " $0 " ") : index(named, " " $0 " ")' | xargs
}

# check_part PART: ends with status 2 unless it is a part.
check_part() {
	[[ $1 =~ ^[1-5]$ && -d tests/part$1 ]] || wrong "PART: \"$1\" is not a part; such as: PART=2"
}

# worth PART: a line for each test: number, tier, points, title. Those of earlier parts are worth 1 each.
worth() {
	tests_of "$1" | awk -v part="$1" -v points="must=2 robust=3 extra=1 ${POINTS:-}" -v free="${WORTH_NOTHING:-}" '
		BEGIN {
			count = split(points, words, " ")
			for (i = 1; i <= count; i++) {
				split(words[i], word, "=")
				points_of[word[1]] = word[2]
			}
		}
		{
			due = $1 ~ /^E/ ? 5 : index($1, part ".") == 1 ? points_of[$2] : 1
			if (index(" " free " ", " " $1 " "))
				due = 0
			if ($1 in points_of)
				due = points_of[$1]
			line = $0
			sub(/^[^ ]* [^ ]* /, "", line)
			print $1, $2, due, line
		}'
}
