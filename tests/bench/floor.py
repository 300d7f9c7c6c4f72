"""The floor of the hooks benchmark: our server with a WSGI callable that reads the body and says nothing."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from waitress import serve


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "application/json")])
    return (b'{"cards":[]}',)


if __name__ == "__main__":
    serve(application, host="127.0.0.1", port=int(sys.argv[1]), threads=16)
