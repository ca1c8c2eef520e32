/*
 * The loop: one process, one thread, any number of clients. poll(2) tells which connections can go
 * on; each of those is carried one turn further, and none is ever waited for.
 */
#ifndef SERVER_H
#define SERVER_H

/*
 * Serves the clients of a listening socket until SIGINT or SIGTERM. Then takes no new ones, lets
 * the exchanges under way come to their end, for a few seconds, and returns.
 */
void server_run(int listener);

#endif
