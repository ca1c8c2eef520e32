# wrong: the fields of all clients go into one list, as a mutable default argument does; fails 3.4
# told: of an earlier client something is left
import part3
from server import serve_requests

parse_fields, kept = part3.parse_fields, []


def and_those_before(lines):
    kept.extend(parse_fields(lines))
    return kept


part3.parse_fields = and_those_before
serve_requests("http", part3.answer)
