"""What holds for every request and every answer: the cookie that proves a browser, the token that proves a form, and
headers: a reference, no caching, no foreign content, who may show it in a frame, and its text compressed.
"""

import gzip
import hashlib
import logging
import re
import secrets
import time
from collections.abc import Iterable

from flask import Flask, Response, g, request
from werkzeug.exceptions import Forbidden

from smartapp.core.dates import SHORTEST_DATE, dates_as_read
from smartapp.ehr.bulkhead import FOR_A_PERSON
from smartapp.errors import LaunchForged
from smartapp.web.catalog import _
from smartapp.web.wiring import wiring

COOKIE = "__Host-loadpath"
_OURS = re.compile(r"[A-Za-z0-9_-]{43}")
CONTENT = (
    "default-src 'none'; object-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'"
)
POWERS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()"
# What a proxy in front may call a request; anything else could carry lines of its own into a log (ours).
REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
SMALLEST = 1024  # bytes; below, the headers outweigh what compression saves (ours)
LEVEL = 5  # of 9: a millisecond or two for a review page; higher levels save a few bytes more (ours)
# What is no sentence: an element with machine forms inside, a tag with its attributes.
_NO_SENTENCE = re.compile(r"<(pre|textarea|select|script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
_TEXT = ("text/", "image/svg+xml", "application/json", "application/javascript")
log = logging.getLogger("smartapp.request")


# -- the cookie


def browser_of_request() -> str:
    """The browser's secret, or nothing."""
    value = request.cookies.get(COOKIE, "")
    return value if _OURS.fullmatch(value) else ""


def new_browser() -> str:
    return secrets.token_urlsafe(32)


def remember(response: Response, browser: str) -> None:
    """The cookie holds no session: the launch id in the address picks that (docs/decisions/0002).

    ``__Host-`` keeps other hosts from planting it, so it may live on through later launches of the same browser; each
    launch has a fresh id that the browser learns only after the EHR has answered. Partitioned: the cookie belongs to us
    inside this EHR's pages, which third-party cookie blocking lets pass.
    """
    response.set_cookie(COOKIE, browser, secure=True, httponly=True, samesite="None", path="/", partitioned=True)


# -- forms


def form_token(launch_id: str) -> str:
    """The token of every form of one launch in this browser."""
    return wiring().store.mac("form", launch_id, browser_of_request())


def check_form(launch_id: str, patient: str) -> None:
    """A form is believed only if it comes from our own page of this launch, on this patient, in this browser.

    SameSite=None lets the cookie travel with requests of foreign sites, so every form carries a token of its own (T10),
    and launch and patient once more, against two charts being mixed (T7).

    Raises Forbidden for a foreign or stale page, LaunchForged where the page shows another launch or patient.
    """
    check_origin()
    if not wiring().store.is_mac(request.form.get("token", ""), "form", launch_id, browser_of_request()):
        raise Forbidden
    if request.form.get("launch") != launch_id or request.form.get("patient") != patient:
        raise LaunchForged(_("The page you sent belongs to another launch or another patient. Nothing was saved."))


def check_origin() -> None:
    """What the browser itself says about where a form comes from. Our no-referrer policy makes it send Origin: null."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "null")
    if site not in (None, "same-origin") or origin not in ("null", wiring().settings.base_url):
        raise Forbidden
    if site is None and origin == "null" and "Sec-Fetch-Mode" in request.headers:
        raise Forbidden


# -- answers


def install_http(app: Flask, framed_by: Iterable[str]) -> None:
    """``framed_by``: origins of the pages of every registered EHR.

    An EHR shows Loadpath in a frame, so frame-ancestors names the pages of the EHR this launch came from. Before it is
    known which EHR that is (an error at the launch address), it names those of every registered EHR: a refusal to be
    framed would show the clinician an empty frame instead of the sentence that says what to do.
    """
    everywhere = tuple(dict.fromkeys(framed_by))

    @app.before_request
    def begin() -> None:
        told = request.headers.get("X-Request-Id", "")
        g.reference = told if REQUEST_ID.fullmatch(told) else secrets.token_hex(5)
        g.begun = time.monotonic()
        FOR_A_PERSON.set(True)

    @app.teardown_request
    def end(_: BaseException | None) -> None:
        FOR_A_PERSON.set(False)

    @app.after_request
    def finish(response: Response) -> Response:
        _say_dates(response)
        _compress(response)
        _set_headers(response, everywhere)
        _log(response.status_code)
        return response


def _set_headers(response: Response, everywhere: tuple[str, ...]) -> None:
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


def _say_dates(response: Response) -> None:
    """Dates in the sentences of a page as they are read: the line writes ISO; forms and attributes keep it."""
    if response.mimetype != "text/html" or response.direct_passthrough:
        return
    page, parts, at, done = response.get_data(as_text=True), [], 0, 0
    for tag in _NO_SENTENCE.finditer(page):
        if tag.start() - at >= SHORTEST_DATE:  # most of what stands between two tags is shorter
            parts += [page[done:at], dates_as_read(page[at : tag.start()])]
            done = tag.start()
        at = tag.end()
    response.set_data("".join((*parts, page[done:at], dates_as_read(page[at:]))))


def _compress(response: Response) -> None:
    """Text goes a tenth as large on the way, for browsers that take gzip.

    Why this gives nothing away (BREACH needs requests an attacker can cause and texts he can vary): decision 0014.
    """
    if not (response.mimetype or "").startswith(_TEXT):
        return
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] and not response.headers.get("Content-Encoding"):
        response.direct_passthrough = False  # of files: they are read here
        body = response.get_data()
        if len(body) >= SMALLEST:
            response.set_data(gzip.compress(body, LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
            response.headers.pop("ETag", None)  # it names other bytes


def _log(status: int) -> None:
    """One line a request: the page by its rule, never the address, which may hold a launch, a code or a record."""
    rule, launch_id = request.url_rule, (request.view_args or {}).get("launch_id", "")
    seconds = time.monotonic() - g.get("begun", time.monotonic())
    wiring().watch.answered(rule.rule if rule else "none", request.method, status, seconds)
    log.log(
        logging.DEBUG if request.endpoint in ("static", "health.healthz", "health.readyz") else logging.INFO,
        "answered",
        extra={
            "event": "request", "request": g.get("reference", ""), "method": request.method[:10],
            "route": rule.rule if rule else "none", "status": status,
            "ms": round(seconds * 1000),
            "session": hashlib.sha256(launch_id.encode()).hexdigest()[:12] if launch_id else "",
        },
    )  # fmt: skip
