"""The query of /callback -> an authorization code, or the reason there is none. Nothing in it is believed.

RFC 6749 3.1 (no parameter twice), RFC 9207 (iss), SMART App Launch 2.2 (state before anything else).
"""

import hmac
from collections.abc import Iterable, Mapping

from smartapp.core.quotes import quoted
from smartapp.ehr.addresses import normal_base
from smartapp.ehr.launch.connection import Pending
from smartapp.ehr.launch.discovery import Endpoints
from smartapp.errors import NEXT, EhrUnavailable, LaunchError, LaunchForged, LaunchRefused, LoadpathError, Who
from smartapp.fhir.outcomes import plain

_KNOWN = ("code", "state", "iss", "error", "error_description", "error_uri")
_MOST_CHARACTERS = 8192
# error code -> (what to raise, who can change it if not whom the error names, in words)
_ERRORS: Mapping[str, tuple[type[LaunchError] | type[EhrUnavailable], Who | None, str]] = {
    "access_denied": (LaunchRefused, None, "Access was denied, by you or by the EHR."),
    "invalid_scope": (LaunchRefused, Who.EHR, "The EHR does not allow what Loadpath asked for: its registration of "
                      "Loadpath lacks a scope, unless “scopes” in the issuers file names one too many."),
    "unauthorized_client": (LaunchRefused, Who.EHR, "The EHR does not allow this registration of Loadpath."),
    "login_required": (LaunchRefused, Who.YOU, "The EHR wants you to log in first."),
    "interaction_required": (LaunchRefused, Who.YOU, "The EHR wants you to log in or to consent first."),
    "invalid_request": (LaunchError, Who.EHR, "The EHR did not understand the launch."),
    "unsupported_response_type": (LaunchError, Who.EHR, "The EHR does not support this kind of launch."),
    "server_error": (EhrUnavailable, Who.TIME, "The EHR's sign-in had an internal error."),
    "temporarily_unavailable": (EhrUnavailable, Who.TIME, "The EHR's sign-in is not available right now."),
}  # fmt: skip
_UNKNOWN = (LaunchRefused, Who.EHR, "The EHR refused the launch.")


class CallbackRefused(LaunchForged):
    """An answer that no EHR may give: of its own making, or of somebody in its place."""

    title = "The EHR's answer to this launch cannot be used"
    who = Who.EHR
    next_step = NEXT[who]


def once(params: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parameters we know, each at most once. Raises CallbackRefused."""
    found: dict[str, str] = {}
    for name, value in params:
        if name in found:
            raise CallbackRefused("The EHR's answer has a parameter twice.")
        if name in _KNOWN:
            if len(value) > _MOST_CHARACTERS:
                raise CallbackRefused("The EHR's answer is longer than any real one.")
            found[name] = value
    return found


def state_of(params: Iterable[tuple[str, str]]) -> str:
    """The state by which the pending launch is found. Raises CallbackRefused, also for an error without state."""
    state = once(params).get("state", "")
    if not state:
        raise CallbackRefused(
            "The EHR's answer does not say which launch it belongs to. If you did not come from a chart just now, open "
            "Loadpath from one."
        )
    return state


def code_of(params: Iterable[tuple[str, str]], pending: Pending) -> str:
    """The authorization code. Raises LaunchForged, LaunchRefused, LaunchError or EhrUnavailable."""
    found = once(params)
    if not hmac.compare_digest(found.get("state", "").encode(), pending.state.encode()):
        raise LaunchForged("The EHR's answer belongs to another launch.")
    _check_issuer(found.get("iss"), pending)
    if "error" in found and "code" in found:
        raise CallbackRefused("The EHR's answer says both yes and no.")
    if "error" in found:
        raise _refusal(found)
    if not found.get("code"):
        raise CallbackRefused("The EHR's answer holds no code.")
    return found["code"]


def _check_issuer(iss: str | None, pending: Pending) -> None:
    """RFC 9207: the authorization server's issuer; the FHIR base only where the EHR has no other name."""
    endpoints = pending.endpoints
    if iss is None and endpoints.iss_in_callback:
        raise CallbackRefused("The EHR's answer does not say who it comes from, as its configuration promises.")
    if iss is None or iss == (endpoints.issuer or None):
        return
    if endpoints.issuer:
        raise CallbackRefused(
            "The answer comes from another sign-in server than the one asked: it does not name the issuer that the EHR "
            "publishes."
        )
    if not _is_configured(iss, endpoints):
        raise CallbackRefused(
            "The answer comes from another sign-in server than the one asked, as far as Loadpath knows: the EHR "
            "publishes no issuer. If its answers name the right one, write that as “issuer” into the issuers file.",
            who=Who.SITE,
        )


def _is_configured(iss: str, endpoints: Endpoints) -> bool:
    """Whether it is what the issuers file calls this EHR, where the EHR itself does not say."""
    try:
        return normal_base(iss) == endpoints.base or iss == endpoints.id_token_issuer
    except ValueError:
        return False


def _refusal(found: Mapping[str, str]) -> LoadpathError:
    kind, who, words = _ERRORS.get(found["error"], _UNKNOWN)
    said = plain(found.get("error_description", ""))
    return kind(f"{words} It said: {quoted(said)}" if said else words, who=who)
