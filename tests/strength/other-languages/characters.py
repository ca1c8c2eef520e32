# wrong: Content-Length counts the characters of a page; fails 3.1
# told: octets, not characters
import part3
from server import serve_requests

part3.PAGES["/hello"] = part3.PAGE.format(title="Grüße", words="Здравствуй, мир")
part3.length_of = lambda content: len(content.decode(errors="replace"))
serve_requests("http", part3.answer)
