"""What the servers have in common: they talk with each client in a thread of its own."""
import contextlib
import signal
import socket
import sys
import threading
import time

IDLE, HEAD, SEND, DRAIN = 15, 10, 60, 5  # seconds


def serve(scheme, talk):
    """Calls talk(client) for each client, in a thread, until SIGTERM ends the program."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    port = int(sys.argv[sys.argv.index("-p") + 1]) if "-p" in sys.argv else 8080
    listener = socket.create_server(("127.0.0.1", port), backlog=1024)
    print(f"listening on {scheme}://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
    while True:
        try:
            client, _ = listener.accept()
        except OSError:  # it has left again, or there is no descriptor for it yet
            time.sleep(0.1)
            continue
        threading.Thread(target=care, args=(client, talk), daemon=True).start()


def care(client, talk):
    """However a client leaves, and whenever it is late: it ends its own connection, and no more."""
    with client, contextlib.suppress(OSError):
        talk(client)


def serve_requests(scheme, answer):
    """One request for each client. answer(received) returns None as long as it needs more."""

    def talk(client):
        for received in arriving(client):
            reply = answer(received)
            if reply is not None:
                client.settimeout(SEND)
                client.sendall(reply)
                finish(client)
                return

    serve(scheme, talk)


def arriving(client):
    """All that has come so far, again each time that more has: one recv is not one request."""
    received, deadline = b"", time.monotonic() + IDLE
    while octets := receive(client, deadline):
        if not received:
            deadline = time.monotonic() + HEAD
        received += octets
        yield received


def receive(client, deadline):
    """One recv. After the deadline it still takes what has come already, but it doesn't wait."""
    client.settimeout(max(0, deadline - time.monotonic()))
    return client.recv(65536)


def finish(client):
    """Says that we are done, then reads on: a close with octets of the client unread would reset
    the connection, and the client could lose the answer (RFC 9112, 9.6)."""
    client.shutdown(socket.SHUT_WR)
    deadline = time.monotonic() + DRAIN
    while time.monotonic() < deadline and receive(client, deadline):
        pass
