"""A person's open sessions -> a page that shows them and can end them, here and in other browsers (ASVS 7.5.2)."""

from contextlib import suppress

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from smartapp.ehr.launch.connection import Connection, Tokens
from smartapp.errors import LaunchError, SessionEnded
from smartapp.fhir import audit_event as audit
from smartapp.store import OpenSession
from smartapp.web.audit import note
from smartapp.web.guard import check_form, token_of
from smartapp.web.visit import Entrance, enter, told_at
from smartapp.web.wiring import wiring

sessions = Blueprint("sessions", __name__)
OTHERS = "others"


@sessions.get("/l/<launch_id>/sessions", endpoint="sessions")
def show(launch_id: str) -> ResponseReturnValue:
    """Without the patient's name, so that it needs no chart: which browser, which EHR, since when, last used when."""
    entrance = enter(launch_id)
    made = wiring()
    lines = [
        {
            "handle": one.handle, "ehr": _title(one.issuer), "here": one.here, "same_browser": one.same_browser,
            "opened": told_at(made, one.created), "used": told_at(made, one.seen),
        }
        for one in _of(entrance)
    ]  # fmt: skip
    return render_template(
        "sessions.html", sessions=lines, launch_id=launch_id, patient=entrance.patient, token=token_of(launch_id),
        back=url_for("review.review", launch_id=launch_id), end=url_for("sessions.end_session", launch_id=launch_id),
    )  # fmt: skip


@sessions.post("/l/<launch_id>/sessions/end", endpoint="end_session")
def end(launch_id: str) -> ResponseReturnValue:
    """End one other session, or all others. This one is ended on its own page."""
    entrance = enter(launch_id)
    check_form(launch_id, entrance.patient)
    which = request.form.get("which", "")
    wanted = [one for one in _of(entrance) if not one.here and which in (OTHERS, one.handle)]
    if not wanted and which != OTHERS:
        raise NotFound
    for one in wanted:
        _end(one)
    return redirect(url_for("sessions.sessions", launch_id=launch_id), 303)


def _of(entrance: Entrance) -> tuple[OpenSession, ...]:
    """Of this person. Where the EHR did not say who it is, only this very session."""
    found = wiring().store.sessions.beside(entrance.launch_id)
    return found if entrance.connection.user.key else tuple(one for one in found if one.here)


def _end(one: OpenSession) -> None:
    """As leaving it would: access given back to the EHR, everything but unsigned edits forgotten."""
    made = wiring()
    kept = made.store.sessions.connection_of(one.launch_id)
    if kept is None:
        return  # it has ended meanwhile
    connection = Connection.from_json(kept)
    with suppress(SessionEnded):  # no access is left to give back
        made.smart.revoke(connection, Tokens.from_json(made.store.tokens.load(one.launch_id)[0]))
    with made.store.transaction():
        made.store.sessions.end(one.launch_id)
        note(audit.left, connection)


def _title(issuer: str) -> str:
    """The EHR's name; its key, where the site has taken it out of the issuers file."""
    try:
        return wiring().smart.issuer_of(issuer).title
    except LaunchError:
        return issuer
