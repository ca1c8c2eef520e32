"""Part 2: the request line is understood, and reported; then the connection is closed."""
import re
import socket
from collections import namedtuple
from http import HTTPStatus

from server import serve_requests

HEAD_LIMIT = 16 * 1024  # octets
TOKEN = r"[-!#$%&'*+.^_`|~0-9A-Za-z]+"  # RFC 9110, 5.6.2
HOST = re.compile(  # RFC 3986, 3.2.2, and 3.2.3: the port
    r"(?:\[(?P<ipv6>[0-9A-Fa-f:.]+)\]|(?:[-._~!$&'()*+,;=0-9A-Za-z]|%[0-9A-Fa-f]{2})+)"
    r"(?::(?P<port>[0-9]*))?"
)
TARGET = re.compile(  # origin-form and absolute-form: RFC 9112, 3.2.1 and 3.2.2
    r"(?:[Hh][Tt][Tt][Pp]://(?P<host>[^/?#]+)|(?=/))(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?"
)
RequestLine = namedtuple("RequestLine", "method target path query version")


class Refusal(Exception):
    """Why a request is refused: a status code, and words."""

    def __init__(self, status, words):
        super().__init__(status, words)
        self.status, self.words = status, words
        self.title = f"{status} {HTTPStatus(status).phrase}"


def parse_head(received):
    """The request line, understood, and the field lines; None if the head isn't whole yet."""
    lines = whole_lines(received[:HEAD_LIMIT])
    text = next((line for line in lines if line), None)  # empty ones are passed over: 2.2
    if text is None:
        if not re.fullmatch(rb"[ -~\r\n]*", received):  # TLS, say: why wait for more?
            raise Refusal(400, "a request line is printable ASCII")
        return wait_for_more(received, 414, "the request line is too long")
    request_line, fields = parse_request_line(text), []
    for line in lines:
        if not line:
            return request_line, fields
        fields.append(line)
    return wait_for_more(received, 431, "the field lines are too long, all together")


def wait_for_more(received, status, words):
    """Returns None, as parse_head() does then; but what has come must not fill our memory."""
    if len(received) >= HEAD_LIMIT:
        raise Refusal(status, words)


def whole_lines(octets):
    """The lines that have come to their end, one by one, without it."""
    for line in octets.split(b"\n")[:-1]:
        if not line.endswith(b"\r"):
            raise Refusal(400, "every line must end in CR LF")
        yield line[:-1].decode("latin-1")  # an octet, a character: nothing is lost


def parse_request_line(line):
    """method SP request-target SP HTTP-version: RFC 9112, 3."""
    if not re.fullmatch("[ -~]*", line):
        raise Refusal(400, "a request line is printable ASCII")
    if line.count(" ") != 2:
        raise Refusal(400, "the request line needs exactly two spaces")
    method, target, version = line.split(" ")
    if not re.fullmatch(TOKEN, method):
        raise Refusal(400, "the method must be a token, such as GET")
    if not re.fullmatch(r"HTTP/[0-9]\.[0-9]", version):
        raise Refusal(400, "the version must look like HTTP/1.1")
    if not version.startswith("HTTP/1"):
        raise Refusal(505, "only HTTP/1.x is spoken here")
    return RequestLine(method, target, *parse_target(method, target), version)


def parse_target(method, target):
    """The path and the query; None where the target has none: RFC 9112, 3.2."""
    if method == "OPTIONS" and target == "*":
        return None, None
    if method == "CONNECT":
        if is_host(target) and HOST.fullmatch(target)["port"]:
            return None, None
        raise Refusal(400, "the target of CONNECT must be host:port")
    match = TARGET.fullmatch(target)
    if not match or match["host"] and not is_host(match["host"]):
        raise Refusal(400, "the target must be a path, or http:// with a host and a path")
    return match["path"] or "/", match["query"]


def is_host(text):
    """uri-host [ ":" port ]: RFC 9110, 7.2."""
    match = HOST.fullmatch(text)
    return match is not None and (match["ipv6"] is None or is_ipv6(match["ipv6"]))


def is_ipv6(text):
    try:
        return bool(socket.inet_pton(socket.AF_INET6, text))
    except OSError:
        return False


def report(request_line):
    parts = request_line._asdict().items()
    return "".join(f"{name}: {value}\n" for name, value in parts if value is not None)


def answer(received):
    try:
        head = parse_head(received)
        return report(head[0]).encode() if head else None
    except Refusal as refusal:
        return f"refused: {refusal.title}: {refusal.words}\n".encode()


if __name__ == "__main__":
    serve_requests("tcp", answer)
