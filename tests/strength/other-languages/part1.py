"""Part 1: what a client sends comes back."""
from server import serve


def echo(client):
    while octets := client.recv(65536):
        client.sendall(octets)  # waits for a client that doesn't read: so we don't receive more


if __name__ == "__main__":
    serve("tcp", echo)
