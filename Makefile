# Each part is compiled whole, in one command. GNU make 3.81 suffices.

CC = cc
CFLAGS = -O2 -Wall -Wextra -Wpedantic -Wshadow -Wconversion
CPPFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 -Icommon
LDFLAGS =

PARTS = part1 part2 part3 part4 part5

part1: part1-tcp-echo/*.[ch] common/*.[ch]
part2: part2-request-parser/*.[ch] common/*.[ch]
part3: part3-responses/*.[ch] common/*.[ch]
part4: part4-static-files/*.[ch] common/*.[ch]
part5: part5-keepalive/*.[ch] common/*.[ch]

all: $(PARTS)

$(PARTS):
	$(CC) $(CPPFLAGS) $(CFLAGS) -I$(dir $<) -o $@ $(filter %.c,$^) $(LDFLAGS)
