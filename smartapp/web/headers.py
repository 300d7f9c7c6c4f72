"""What every answer carries: a reference, no caching, no foreign content, and who may show it in a frame.

An EHR shows Loadpath in a frame, so frame-ancestors names the pages of the EHR this launch came from. Before it is
known which EHR that is (an error at the launch address), it names those of every registered EHR: a refusal to be framed
would show the clinician an empty frame instead of the sentence that says what to do.
"""

import hashlib
import logging
import re
import secrets
import time
from collections.abc import Iterable

from flask import Flask, Response, g, request

CONTENT = (
    "default-src 'none'; object-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'"
)
POWERS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()"
# What a proxy in front may call a request; anything else could carry lines of its own into a log (ours).
REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
log = logging.getLogger("smartapp.request")


def install(app: Flask, framed_by: Iterable[str]) -> None:
    """``framed_by``: origins of the pages of every registered EHR."""
    everywhere = tuple(dict.fromkeys(framed_by))

    @app.before_request
    def begin() -> None:
        told = request.headers.get("X-Request-Id", "")
        g.reference = told if REQUEST_ID.fullmatch(told) else secrets.token_hex(5)
        g.begun = time.monotonic()

    @app.after_request
    def finish(response: Response) -> Response:
        ancestors = " ".join(("'self'", *g.get("frame_ancestors", everywhere)))
        targets = " ".join(("'self'", *g.get("form_targets", ())))
        headers = response.headers
        headers["Content-Security-Policy"] = f"{CONTENT}; form-action {targets}; frame-ancestors {ancestors}"
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Permissions-Policy"] = POWERS
        # An EHR that opened us in a window must be able to use that window again and to close it (decision 0023).
        headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["X-Request-Id"] = g.get("reference", "")
        if request.is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint == "static" and response.status_code == 200:
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            headers.setdefault("Cache-Control", "no-store")
        _log(response.status_code)
        return response


def _log(status: int) -> None:
    """One line a request: the page by its rule, never the address, which may hold a launch, a code or a record."""
    rule, launch_id = request.url_rule, (request.view_args or {}).get("launch_id", "")
    log.log(
        logging.DEBUG if request.endpoint in ("static", "health.healthz", "health.readyz") else logging.INFO,
        "answered",
        extra={
            "event": "request", "request": g.get("reference", ""), "method": request.method[:10],
            "route": rule.rule if rule else "none", "status": status,
            "ms": round((time.monotonic() - g.get("begun", time.monotonic())) * 1000),
            "session": hashlib.sha256(launch_id.encode()).hexdigest()[:12] if launch_id else "",
        },
    )  # fmt: skip
