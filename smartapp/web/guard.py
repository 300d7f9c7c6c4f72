"""A form is believed only if it comes from our own page of this launch, on this patient, in this browser.

SameSite=None lets the cookie travel with requests of foreign sites, so every form carries a token of its own (T10), and
launch and patient once more, against two charts being mixed (T7).
"""

import hashlib
import hmac

from flask import request
from werkzeug.exceptions import Forbidden

from smartapp.errors import LaunchForged
from smartapp.web.browser import browser_of_request
from smartapp.web.wiring import wiring


def token_of(launch_id: str) -> str:
    """The token of every form of one launch in this browser."""
    key = hashlib.sha256(b"loadpath form\0" + wiring().settings.secret.encode()).digest()
    return hmac.new(key, f"{launch_id}\0{browser_of_request()}".encode(), hashlib.sha256).hexdigest()


def check_form(launch_id: str, patient: str) -> None:
    """Raises Forbidden for a foreign or stale page, LaunchForged where the page shows another launch or patient."""
    check_origin()
    if not hmac.compare_digest(request.form.get("token", ""), token_of(launch_id)):
        raise Forbidden
    if request.form.get("launch") != launch_id or request.form.get("patient") != patient:
        raise LaunchForged("The page you sent belongs to another launch or another patient. Nothing was saved.")


def check_origin() -> None:
    """What the browser itself says about where a form comes from. Our no-referrer policy makes it send Origin: null."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "null")
    if site not in (None, "same-origin") or origin not in ("null", wiring().settings.base_url):
        raise Forbidden
    if site is None and origin == "null" and "Sec-Fetch-Mode" in request.headers:
        raise Forbidden
