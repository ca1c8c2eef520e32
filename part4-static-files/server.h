/*
 * The loop: one process, one thread, many clients. poll(2) tells which of them can go on; each of
 * those is carried one turn further, and the server never waits for a single one.
 *
 *     poll --> tcp_receive --> received --> exchange
 *       ^                                      |
 *       +----- tcp_send <----- outgoing <------+
 *                 ^-- what is left of a file, piece by piece
 */
#ifndef SERVER_H
#define SERVER_H

#include <signal.h>

/*
 * Serves the clients of a listening socket until told to stop. Then closes it, lets the exchanges
 * under way come to their end, for a few seconds, and returns.
 */
void server_run(int listener, const volatile sig_atomic_t *told_to_stop);

#endif
