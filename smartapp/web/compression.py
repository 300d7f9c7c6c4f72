"""An answer of text -> the same, a tenth as large on the way, for browsers that take gzip.

Why this gives nothing away (BREACH needs requests an attacker can cause and texts he can vary): docs/decisions/0014.
"""

import gzip

from flask import Flask, Response, request

SMALLEST = 1024  # bytes; below, the headers outweigh what is saved (ours)
LEVEL = 5  # of 9: a millisecond or two for a review page; higher levels save a few bytes more (ours)
_TEXT = ("text/", "image/svg+xml", "application/json", "application/javascript")


def install(app: Flask) -> None:
    @app.after_request
    def finish(response: Response) -> Response:
        if not (response.mimetype or "").startswith(_TEXT):
            return response
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] and not response.headers.get("Content-Encoding"):
            response.direct_passthrough = False  # of files: they are read here
            body = response.get_data()
            if len(body) >= SMALLEST:
                response.set_data(gzip.compress(body, LEVEL, mtime=0))
                response.headers["Content-Encoding"] = "gzip"
                response.headers.pop("ETag", None)  # it names other bytes
        return response
