# wrong: compresses, and says how long the content was before; fails 3.49
# told: where the content is compressed
import gzip

import part3
from server import serve_requests


def answer(received):
    reply = part3.answer(received)
    if reply is None or b"Accept-Encoding: gzip" not in received:
        return reply
    head, content = reply.split(b"\r\n\r\n", 1)
    return head + b"\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(content)


serve_requests("http", answer)
