"""Part 3: fields, and real responses."""
import re
from email.utils import formatdate
from http import HTTPStatus

from part2 import TOKEN, Refusal, is_host, parse_head, report
from server import serve_requests

FIELD_LIMIT = 100
FIELD = re.compile(rf"({TOKEN}):([\t -~\x80-\xff]*)")  # RFC 9112, 5
METHODS = "GET HEAD OPTIONS POST PUT PATCH DELETE TRACE CONNECT".split()  # those that we know

PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<h1>{title}</h1>
<p>{words}</p>
"""
PAGES = {
    "/": PAGE.format(title="It works", words="Try /hello or /request."),
    "/hello": PAGE.format(title="Hello", words="Hello, web"),
}


def parse_fields(lines):
    """Names and values."""
    if len(lines) > FIELD_LIMIT:
        raise Refusal(431, "there are too many field lines")
    fields = []
    for line in lines:
        match = FIELD.fullmatch(line)
        if not match:
            raise Refusal(400, "a field line is a name, a colon right behind it, and a value")
        fields.append((match[1], match[2].strip(" \t")))
    return fields


def check_host(version, fields):
    """One Host, and a valid one; only HTTP/1.0 may do without: RFC 9112, 3.2."""
    hosts = [value for name, value in fields if name.lower() == "host"]
    if len(hosts) > 1 or not hosts and version != "HTTP/1.0":
        raise Refusal(400, "a request needs one Host field, and only one")
    if hosts and hosts[0] and not is_host(hosts[0]):
        raise Refusal(400, "Host must be a host name with at most a port")


def handle(line, fields):
    """The response to a request that is understood."""
    if line.method not in METHODS:
        raise Refusal(501, "this method is not known here")
    found = page(line, fields) if line.path else None  # OPTIONS * and CONNECT name no resource
    if line.method in ("GET", "HEAD"):
        return found
    if line.method == "OPTIONS":
        return response(204)
    raise Refusal(405, "this can be read, with GET and HEAD, and no more")


def page(line, fields):
    """The response to GET for this path."""
    if line.path == "/request":  # plain text, in which nothing that the client sent is markup
        shown = report(line._replace(method="GET")) + "".join(f"{n}: {v}\n" for n, v in fields)
        return response(200, shown.encode("latin-1"), "text/plain; charset=utf-8")
    if line.path in PAGES:
        return response(200, PAGES[line.path].encode())
    raise Refusal(404, "there is nothing at this path")


def response(status, content=b"", media_type="text/html; charset=utf-8"):
    """The head and the content."""
    fields = {"Date": formatdate(usegmt=True), "Connection": "close"}
    if status != 204:  # which has no content, and must not say a length: RFC 9110, 8.6
        fields |= {"Content-Type": media_type, "Content-Length": length_of(content)}
    if status in (204, 405):
        fields["Allow"] = "GET, HEAD, OPTIONS"
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return "".join(line + "\r\n" for line in [*lines, ""]).encode(), content


def length_of(content):
    return len(content)  # octets, as it is encoded already


def error_page(refusal):
    content = PAGE.format(title=refusal.title, words=f"What happened: {refusal.words}.")
    return response(refusal.status, content.encode())


def answer(received):
    try:
        parsed = parse_head(received)
        if parsed is None:
            return None
        line, fields = parsed[0], parse_fields(parsed[1])
        check_host(line.version, fields)
        head, content = handle(line, fields)
    except Refusal as refusal:
        head, content = error_page(refusal)
    # HEAD gets no content, however it ends: RFC 9110, 9.3.2.
    return head if received.lstrip(b"\r\n").startswith(b"HEAD ") else head + content


if __name__ == "__main__":
    serve_requests("http", answer)
