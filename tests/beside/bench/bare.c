/*
 * The limit: a program that polls, receives and sends one response, and does nothing else. What a
 * server costs beyond it is the server's own doing. The response is the file that it is given:
 * bare FILE.
 */
#include <err.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	CLIENTS = 1024,
};

static struct pollfd watched[1 + CLIENTS];
static nfds_t count = 1;
static char request[32 * 1024], response[64 * 1024];
static size_t response_len;

static void read_response(const char *name)
{
	FILE *file = fopen(name, "r");

	if (file == NULL)
		err(1, "%s", name);
	response_len = fread(response, 1, sizeof(response), file);
	fclose(file);
}

static void listen_somewhere(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t len = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, len) != 0 ||
	    listen(listener, SOMAXCONN) != 0 ||
	    getsockname(listener, (struct sockaddr *)&address, &len) != 0)
		err(1, "can't listen");
	watched[0] = (struct pollfd){.fd = listener, .events = POLLIN};
	printf("listening on http://127.0.0.1:%d/\n", ntohs(address.sin_port));
	fflush(stdout);
}

static void serve(nfds_t i)
{
	if (recv(watched[i].fd, request, sizeof(request), 0) > 0 &&
	    send(watched[i].fd, response, response_len, 0) > 0)
		return;
	close(watched[i].fd);
	watched[i] = watched[--count];
}

static void turn(void)
{
	poll(watched, count, -1);
	for (nfds_t i = count; i-- > 1;)
		if (watched[i].revents != 0)
			serve(i);
	if (watched[0].revents != 0 && count <= CLIENTS)
		watched[count++] =
			(struct pollfd){.fd = accept(watched[0].fd, NULL, NULL), .events = POLLIN};
}

int main(int argc, char **argv)
{
	if (argc != 2)
		errx(2, "usage: bare file");
	read_response(argv[1]);
	listen_somewhere();
	for (;;)
		turn();
}
