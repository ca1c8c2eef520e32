# wrong: takes "../" out of the path, once, so that "....//" leads out; fails 4.19
# told: outside
import mimetypes
import sys
from urllib.parse import unquote

import part3
from server import serve_requests


def file(line, _):
    path = sys.argv[-1] + unquote(line.path).replace("../", "")
    path += "index.html" if path.endswith("/") else ""
    try:
        with open(path, "rb") as content:
            media_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return part3.response(200, content.read(), media_type)
    except (OSError, ValueError):
        raise part3.Refusal(404, "there is nothing at this path") from None


part3.page = file
serve_requests("http", part3.answer)
