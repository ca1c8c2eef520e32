# wrong: a process for each client, and none is waited for; fails 3.64
# told: call waitpid()
import os

import part3
import server

in_a_thread = server.care


def in_a_process(client, talk):
    if os.fork() == 0:
        in_a_thread(client, talk)
        os._exit(0)
    client.close()


server.care = in_a_process
server.serve_requests("http", part3.answer)
