"""Not a server, but what its author has seen of one: it has no parser, and answers what has been asked
before with what was answered then. "by_heart.py learn ./part2" listens in front of ./part2 and writes into
the file "answers", beside this one, what goes to and fro; without "learn", it answers from there. The
check in this folder shows that most tests can't tell, and that those can which are drawn by lot."""
import os
import pickle
import re
import socket
import subprocess
import sys
import threading
from email.utils import formatdate

from server import finish, serve, serve_requests

ANSWERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "answers")


def learn(command):
    real = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    port = int(re.search(rb":([0-9]+)/", real.stdout.readline())[1])

    def talk(client):
        asked, answered = [], b""
        with socket.create_connection(("127.0.0.1", port)) as behind:
            threading.Thread(target=pass_on, args=(client, behind, asked), daemon=True).start()
            while octets := behind.recv(65536):
                question = question if answered else b"".join(asked)
                answered += octets
                client.sendall(octets)
        if answered:
            with open(ANSWERS, "ab", buffering=0) as file:
                file.write(pickle.dumps((question, answered)))
        finish(client)

    try:
        serve("http", talk)
    finally:
        real.kill()


def pass_on(client, behind, asked):
    try:
        while octets := client.recv(65536):
            asked.append(octets)
            behind.sendall(octets)
        behind.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # one of them has left


def known_answers():
    answers = {}
    with open(ANSWERS, "rb") as file:
        while file.peek(1):
            question, answer = pickle.load(file)
            answers[question] = answer
    return answers


def answer_by_heart():
    answers = known_answers()

    def answer(received):
        fits = [question for question in answers if received.startswith(question)]
        now = b"Date: " + formatdate(usegmt=True).encode()
        return re.sub(rb"Date: [^\r]*", now, answers[max(fits, key=len)]) if fits else None

    serve_requests("http", answer)


if sys.argv[1] == "learn":
    learn(sys.argv[2:])
else:
    answer_by_heart()
