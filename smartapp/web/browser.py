"""The cookie that proves a browser. It holds no session: the launch id in the address picks that (docs/decisions/02).

``__Host-`` keeps other hosts from planting it, so it may live on through later launches of the same browser;
each launch has a fresh id that the browser learns only after the EHR has answered.
"""

import re
import secrets

from flask import Response, request

COOKIE = "__Host-loadpath"
_OURS = re.compile(r"[A-Za-z0-9_-]{43}")


def browser_of_request() -> str:
    """The browser's secret, or nothing."""
    value = request.cookies.get(COOKIE, "")
    return value if _OURS.fullmatch(value) else ""


def new_browser() -> str:
    return secrets.token_urlsafe(32)


def remember(response: Response, browser: str) -> None:
    """Partitioned: the cookie belongs to us inside this EHR's pages, which third-party cookie blocking lets pass."""
    response.set_cookie(COOKIE, browser, secure=True, httponly=True, samesite="None", path="/", partitioned=True)
