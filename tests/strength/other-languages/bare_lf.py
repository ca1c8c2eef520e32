# wrong: ends its lines with LF alone; fails 3.1
# told: CR LF
import part3
from server import serve_requests


def answer(received):
    reply = part3.answer(received)
    return reply and reply.replace(b"\r\n", b"\n")


serve_requests("http", answer)
