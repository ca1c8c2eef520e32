# Each part is compiled whole, by one command, into one program in this folder.

CC = cc
CFLAGS = -O2 -Wall -Wextra -Wpedantic -Wshadow -Wconversion
CPPFLAGS = -std=c11 -D_XOPEN_SOURCE=700 -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64
LDFLAGS =

PARTS = part1 part2 part3 part4 part5

all: $(PARTS)

part1: part1-tcp-echo/*.[ch]       common/*.[ch]
part2: part2-request-parser/*.[ch] common/*.[ch]
part3: part3-responses/*.[ch]      common/*.[ch]
part4: part4-static-files/*.[ch]   common/*.[ch]
part5: part5-keepalive/*.[ch]      common/*.[ch]

$(PARTS):
	$(CC) $(CPPFLAGS) $(CFLAGS) -Icommon -o $@ $@-*/*.c common/*.c $(LDFLAGS)

# The tests need bats, bash and curl. SERVER='python3 mine.py' tests that program instead of ours;
# T=3.19 runs one test, T='3.19 3.2*' some, UPTO=3.4 those that the book has explained by then,
# TIER=must those of the contract; EXERCISE=E4.3 those of an exercise; FIRST=1 stops at the first failure.
test: $(PARTS) $(PARTS:%=tests/build/fast-%)
	tests/run 1 2 3 4 5

$(PARTS:%=test-%): test-%: $(if $(SERVER),,% tests/build/fast-%)
	tests/run $(*:part%=%)

# The same servers with a clock that runs ten times as fast, so that no test waits for long.
tests/build/fast-%: % tests/lib/fast-clock.c
	@mkdir -p tests/build
	@$(CC) $(CPPFLAGS) -Dpoll=fast_poll -Depoll_wait=fast_epoll_wait $(CFLAGS) -U_FORTIFY_SOURCE -Icommon -o $@ tests/lib/fast-clock.c \
		$(wildcard $*-*/*.c) $(filter-out common/clock.c,$(wildcard common/*.c)) $(LDFLAGS)

# Wrong servers: does the right test notice, and say why?
mutants: part1
	tests/strength/mutants/run

# What a part adds to the one before it, lesson by lesson, in the order in which it is to be read.
N = 2
LESSON =
diff:
	@tests/book/diff $(N) $(LESSON)

# What a reader of TUTORIAL.md has typed after a step, and how that differs from yours.
step:
	@tests/book/tutorial step $(STEP) $(OUT)
compare:
	@tests/book/tutorial compare $(STEP) $(MINE)

# For teachers and learners: see "For teachers" in TUTORIAL.md, and the head of each script.
assignment:
	@tests/classroom/assignment
grade: $(if $(SUBMISSIONS)$(SERVER),,$(filter $(PARTS),part$(PART)) $(patsubst %,tests/build/fast-%,$(filter $(PARTS),part$(PART))))
	@tests/classroom/grade
progress: grade

# The site that the tests of parts 4 and 5 ask for.
site:
	@bash -c '[ -n "$(OUT)" ] && mkdir -p "$(OUT)" && . tests/lib/site.bash && tmp="$(OUT).tests" make_site && \
		cp -R "$(OUT).tests/site/." "$(OUT)" && rm -r "$(OUT).tests"' || { echo 'usage: make site OUT=/tmp/site' >&2; exit 2; }

# Is all there that the book needs, and what gets in its way?
doctor:
	@tests/lib/doctor

# Does TUTORIAL.md lead to these very sources, and is all true that it says on the way?
check-tutorial: part1
	tests/book/tutorial check

# TUTORIAL.md as pages, for a browser. Needs cmark-gfm.
book:
	@tests/book/html/book

# How fast the servers are, next to nginx, lighttpd and h2o where these are installed. Needs wrk.
bench: part4 part5
	tests/beside/bench/bench

# Twenty seconds of hostile input for each piece that reads what a client sends. Needs clang.
fuzz:
	tests/attack/fuzz/run

clean:
	rm -rf $(PARTS) tests/build
help:
	@sed -n 's/^#: //p' Makefile

#: make part3        build part 3; then start it with ./part3
#: make              build all five parts
#: make test         test all five parts
#: make test-part3   test part 3; your own: make test-part3 SERVER="python3 mine.py"
#:                   one: T=3.19; some: T="3.19 3.2*"; up to the first failure: FIRST=1;
#:                   what the book has explained by its step 3.4: UPTO=3.4; the same lot: SEED=12345
#:                   an exercise of the book: make test-part4 EXERCISE=E4.3
#: make diff N=4     show what part 4 adds to part 3; the second of its lessons: LESSON=2
#: make step STEP=3.4 OUT=../mine       write what TUTORIAL.md has built after its step 3.4
#: make compare STEP=3.4 MINE=../mine   show how yours differs from that
#: make progress PART=2   show your points, step by step, and what is next; of another: SERVER=./mine
#: make assignment PART=2 OUT=../hw2   make an assignment of part 2; FROM=2.5 or none, HELD_BACK=2.27
#: make grade PART=2 SUBMISSIONS='../hw2/*' OUT=../grades   grade submissions; as others: AS=user
#: make doctor       see whether all is there that the book needs, and what gets in its way
#: make book         make pages of TUTORIAL.md; read them with ./part5 tests/build/book
#: make check-tutorial   rebuild the parts from TUTORIAL.md, and check all that it says
#: make mutants, make bench, make fuzz   test the tests; measure the servers; attack their parsers
#: make clean        remove what was built

.PHONY: all test $(PARTS:%=test-%) mutants diff step compare assignment grade progress site doctor check-tutorial book bench fuzz clean help
