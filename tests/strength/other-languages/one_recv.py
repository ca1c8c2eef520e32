# wrong: takes what one recv brings for the whole request; fails 2.6
# told: one recv is not one request
from part2 import answer
from server import serve_requests

serve_requests("tcp", lambda received: answer(received + b"\r\n\r\n"))
