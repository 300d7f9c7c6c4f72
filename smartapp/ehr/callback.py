"""The query of /callback -> an authorization code, or the reason there is none. Nothing in it is believed.

RFC 6749 3.1 (no parameter twice), RFC 9207 (iss), SMART App Launch 2.2 (state before anything else).
"""

import hmac
import re
from collections.abc import Iterable, Mapping

from smartapp.ehr.connection import Pending
from smartapp.errors import EhrUnavailable, LaunchError, LaunchForged, LaunchRefused

_KNOWN = ("code", "state", "iss", "error", "error_description", "error_uri")
_MOST_CHARACTERS = 8192
# error code -> (what to raise, in words). Any other code is LaunchRefused without words of its own.
_ERRORS: Mapping[str, tuple[type[LaunchError] | type[EhrUnavailable], str]] = {
    "access_denied": (LaunchRefused, "Access was denied, by you or by the EHR."),
    "invalid_scope": (LaunchRefused, "The EHR does not allow what Loadpath asked for."),
    "unauthorized_client": (LaunchRefused, "The EHR does not allow this registration of Loadpath."),
    "login_required": (LaunchRefused, "The EHR wants you to log in first."),
    "interaction_required": (LaunchRefused, "The EHR wants you to log in or to consent first."),
    "invalid_request": (LaunchError, "The EHR did not understand the launch."),
    "unsupported_response_type": (LaunchError, "The EHR does not support this kind of launch."),
    "server_error": (EhrUnavailable, "The EHR's sign-in had an internal error."),
    "temporarily_unavailable": (EhrUnavailable, "The EHR's sign-in is not available right now."),
}


def once(params: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parameters we know, each at most once. Raises LaunchForged."""
    found: dict[str, str] = {}
    for name, value in params:
        if name in found:
            raise LaunchForged("The EHR's answer has a parameter twice.")
        if name in _KNOWN:
            if len(value) > _MOST_CHARACTERS:
                raise LaunchForged("The EHR's answer is longer than any real one.")
            found[name] = value
    return found


def state_of(params: Iterable[tuple[str, str]]) -> str:
    """The state by which the pending launch is found. Raises LaunchForged, also for an error answer without state."""
    state = once(params).get("state", "")
    if not state:
        raise LaunchForged("The EHR's answer does not say which launch it belongs to.")
    return state


def code_of(params: Iterable[tuple[str, str]], pending: Pending) -> str:
    """The authorization code. Raises LaunchForged, LaunchRefused, LaunchError or EhrUnavailable."""
    found = once(params)
    if not hmac.compare_digest(found.get("state", "").encode(), pending.state.encode()):
        raise LaunchForged("The EHR's answer belongs to another launch.")
    _check_issuer(found.get("iss"), pending)
    if "error" in found and "code" in found:
        raise LaunchForged("The EHR's answer says both yes and no.")
    if "error" in found:
        raise _refusal(found)
    if not found.get("code"):
        raise LaunchForged("The EHR's answer holds no code.")
    return found["code"]


def _check_issuer(iss: str | None, pending: Pending) -> None:
    """RFC 9207: the authorization server's issuer, which is never the FHIR base as such."""
    expected = pending.endpoints.issuer
    if iss is None and pending.endpoints.iss_in_callback:
        raise LaunchForged("The EHR's answer does not say who it comes from.")
    if iss is not None and iss != expected:
        raise LaunchForged("The answer comes from another sign-in server than the one asked.")


def _refusal(found: Mapping[str, str]) -> LaunchError | EhrUnavailable:
    code = found["error"]
    kind, words = _ERRORS.get(code, (LaunchRefused, "The EHR refused the launch."))
    said = plain(found.get("error_description", ""))
    return kind(f"{words} It said: “{said}”" if said else words)


def plain(text: str) -> str:
    """Words of somebody else, short and without control characters; the page escapes them like any text."""
    return re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in text)).strip()[:200]
