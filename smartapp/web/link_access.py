"""Whether a request may see what a link leads to: the link is known and in force, and this browser is the one that
confirmed. Every refusal says what to do, and is audited.
"""

import re
from collections.abc import Callable

from flask import current_app, request
from werkzeug.exceptions import Forbidden

from smartapp.core.therapist import LinkState
from smartapp.errors import NotPermitted
from smartapp.fhir import link_events
from smartapp.fhir.audit_event import AuditContext
from smartapp.store import Link
from smartapp.web.audit import audit_context, keep, note_refusal
from smartapp.web.catalog import _
from smartapp.web.http import check_origin
from smartapp.web.link_limits import LinkLimits
from smartapp.web.link_view import TherapistLink, link_of
from smartapp.web.wiring import wiring

COOKIE = "__Secure-loadpath-link"
_OURS = re.compile(r"[A-Za-z0-9_-]{43}")
_LONGEST_ID = 64  # characters (ours)


class Closed(Exception):
    """A link that opens nothing here and now, in words; ``status`` is HTTP's."""

    def __init__(self, title: str, happened: str, status: int, next_step: str = ""):
        super().__init__(title)
        self.title, self.happened, self.status = title, happened, status
        self.next_step = next_step or _("Call the clinic that sent you the link and ask for a new one.")


def is_token(text: str) -> bool:
    """Whether it looks like the secret of a link."""
    return _OURS.fullmatch(text) is not None


def by_token(token: str) -> TherapistLink:
    """Raises Closed for a link that is not known, is over, or is asked for too often."""
    link = _known(wiring().store.links.by_token, token if is_token(token) else "")
    _check_in_force(link)
    return link


def _known(find: Callable[[str], Link | None], name: str) -> TherapistLink:
    limits: LinkLimits = current_app.extensions["loadpath-links"]
    source, now = request.remote_addr or "", wiring().clock()
    if not limits.passes(now, source):
        raise _too_often()
    kept = find(name) if name else None
    if kept is None:
        note_refusal(NotPermitted("an unknown link"), False)
        raise Closed(_("This link is not known here"), _("The address may have been cut or mistyped."), 404)
    if not limits.passes(now, "", kept.id):
        raise _too_often()
    return link_of(kept)


def my_link(link_id: str) -> TherapistLink:
    """The link of this address in the browser that confirmed. Raises Closed."""
    link = _known(wiring().store.links.by_id, link_id if len(link_id) <= _LONGEST_ID else "")
    if not wiring().store.links.is_of(link.id, link_browser()):
        refuse(link)
    _check_in_force(link)
    return link


def _check_in_force(link: TherapistLink) -> None:
    if link.is_open:
        return
    keep(wiring(), [link_events.link_refused_event(_scene(link), link.id, f"link {link.state.value}")])
    if link.state is LinkState.EXPIRED:
        raise Closed(_("This link has ended"), _("It was good until %(until)s.", until=link.until), 410)
    raise Closed(_("This link was taken back"), _("The clinic has ended it."), 410)


def check_unopened(link: TherapistLink) -> None:
    """Raises Closed where it is another browser's; the clinic sees that somebody tried."""
    if link.kept.opened is not None:
        refuse(link)


def refuse(link: TherapistLink) -> None:
    made = wiring()
    with made.store.transaction():
        made.store.links.refuse(link.id)
        keep(made, [link_events.link_refused_event(_scene(link), link.id, "another browser")])
    raise Closed(
        _("This link is for one person, in one browser"),
        _(
            "It was opened in another browser already, or this browser has forgotten its cookies. Go on in "
            "the browser in which you opened it first. If that was not you, tell the clinic at once."
        ),
        403,
    )


def _too_often() -> Closed:
    return Closed(_("Too many requests"), _("This was asked for too often."), 429, _("Wait a minute and try again."))


def link_browser() -> str:
    value = request.cookies.get(COOKIE, "")
    return value if _OURS.fullmatch(value) else ""


def link_form_token(link: str, browser: str) -> str:
    return wiring().store.mac("link form", link, browser)


def check_link_form(link: str, browser: str) -> None:
    """Raises Forbidden for a form that is not of our own page, or of another browser's."""
    check_origin()
    if not wiring().store.is_mac(request.form.get("token", ""), "link form", link, browser):
        raise Forbidden


def _scene(link: TherapistLink) -> AuditContext:
    return _as(link, "")


def as_recipient(link: TherapistLink) -> AuditContext:
    return _as(link, link.recipient.words)


def _as(link: TherapistLink, who: str) -> AuditContext:
    return link_events.recipient_context(audit_context(wiring()), link.id, who, link.iss, link.patient)
