/*
 * Clients that are silent: opens connections to a server on this machine, makes one exchange on
 * each, says so, and holds them open until it is ended. idle PORT COUNT
 */
#include <err.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	GROUP = 100,
};

static void raise_limit(void)
{
	struct rlimit files;

	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
}

static struct sockaddr_in address_of(in_addr_t host, unsigned short port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};

	address.sin_addr.s_addr = htonl(host);
	return address;
}

/* Connects from an address of our own, since the ports of 127.0.0.1 may be used up. */
static int connect_to(unsigned short port, long number)
{
	in_addr_t host = INADDR_LOOPBACK + 0x10000 + (in_addr_t)(getpid() % 0x10000);
	struct sockaddr_in here = address_of(host, (unsigned short)(10000 + number));
	struct sockaddr_in there = address_of(INADDR_LOOPBACK, port);
	struct linger reset = {.l_onoff = 1}; /* leaves no TIME_WAIT behind */
	int client = socket(AF_INET, SOCK_STREAM, 0);

	if (client < 0 || setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset)) != 0 ||
	    bind(client, (struct sockaddr *)&here, sizeof(here)) != 0 ||
	    connect(client, (struct sockaddr *)&there, sizeof(there)) != 0)
		err(1, "can't connect");
	return client;
}

static void ask(int client)
{
	static const char request[] = "GET /1k.html HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

	if (send(client, request, strlen(request), 0) < 0)
		err(1, "can't ask");
}

static void hear(int client)
{
	char response[4096];

	if (recv(client, response, sizeof(response), 0) <= 0)
		err(1, "no answer");
}

/* Clients that come together. */
static void open_group(unsigned short port, long first, long end)
{
	int clients[GROUP];

	for (long i = first; i < end; i++)
		ask(clients[i - first] = connect_to(port, i));
	for (long i = first; i < end; i++)
		hear(clients[i - first]);
}

int main(int argc, char **argv)
{
	if (argc != 3)
		errx(2, "usage: idle port count");
	long port = strtol(argv[1], NULL, 10), count = strtol(argv[2], NULL, 10);
	raise_limit();
	for (long i = 0; i < count; i += GROUP)
		open_group((unsigned short)port, i, i + GROUP < count ? i + GROUP : count);
	printf("holding %ld connections\n", count);
	fflush(stdout);
	for (;;)
		pause();
}
