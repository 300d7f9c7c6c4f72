"""The coordinator's pages of one referral: it, its papers, and each move with its answer."""

from datetime import date

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.core.proposal import Role
from smartapp.core.referral_moves import BY_ACTION, LONGEST, Action, Step
from smartapp.ehr.referral_questions import mend_questions
from smartapp.ehr.referrals import open_referral
from smartapp.errors import ReviewError
from smartapp.fhir.text import as_typed
from smartapp.web.catalog import _
from smartapp.web.http import check_form
from smartapp.web.reading import client_of
from smartapp.web.receipt import PACKET_COPIES, PAPERS_TO_PRINT, send_copy
from smartapp.web.referral_page import referral_page, signed_plan
from smartapp.web.referral_session import enter_referrals
from smartapp.web.referral_steps import keep_outcome, make_step, saved_words, undo_last
from smartapp.web.wiring import wiring

referrals = Blueprint("referrals", __name__)

UNDONE = "undo"
_DONE = frozenset({UNDONE, *(action.value for action in Action)})


@referrals.get("/l/<launch_id>/referrals/<task_id>", endpoint="referral")
def show_referral(launch_id: str, task_id: str) -> ResponseReturnValue:
    session = enter_referrals(launch_id)
    client, made = client_of(session), wiring()
    opened = keep_outcome(session, open_referral(client, task_id, made.systems))
    mend_questions(client, session.connection.grants, opened.row.referral, made.now(), made.systems)
    did = request.args.get("did", "")
    said = _("Undone: it stands as before.") if did == UNDONE else saved_words(opened.row) if did in _DONE else ""
    return referral_page(session, opened, said)


@referrals.get("/l/<launch_id>/referrals/<task_id>/papers/<kind>", endpoint="paper")
def send_paper(launch_id: str, task_id: str, kind: str) -> ResponseReturnValue:
    """The letter, the handout or the whole packet of an active plan that was signed here."""
    session = enter_referrals(launch_id)
    opened = open_referral(client_of(session), task_id, wiring().systems)
    signed = signed_plan(session, opened)
    if signed is None or kind not in dict((*PAPERS_TO_PRINT, *PACKET_COPIES)):
        raise NotFound
    return send_copy(kind, signed, session)


@referrals.post("/l/<launch_id>/referrals/<task_id>/move", endpoint="move")
def move_it(launch_id: str, task_id: str) -> ResponseReturnValue:
    """One step, written over the version the page showed."""
    session = enter_referrals(launch_id)
    check_form(launch_id, session.patient)
    opened = open_referral(client_of(session), task_id, wiring().systems)
    try:
        step = _step()
    except ReviewError as error:
        return referral_page(session, opened, str(error), request.form["action"]), error.status
    outcome = make_step(session, opened, request.form.get("version", ""), step, Role.COORDINATOR)
    if outcome.problem:
        place = "conflict" if outcome.conflict else step.action.value
        return referral_page(session, outcome.opened, outcome.problem, place), outcome.status
    return redirect(url_for("referrals.referral", launch_id=launch_id, task_id=task_id, did=step.action), 303)


@referrals.post("/l/<launch_id>/referrals/<task_id>/undo", endpoint="undo")
def undo_it(launch_id: str, task_id: str) -> ResponseReturnValue:
    """The last move of this user is taken back, if that is still allowed."""
    session = enter_referrals(launch_id)
    check_form(launch_id, session.patient)
    outcome = undo_last(session, open_referral(client_of(session), task_id, wiring().systems))
    if outcome.problem:
        return referral_page(session, outcome.opened, outcome.problem, "conflict"), outcome.status
    return redirect(url_for("referrals.referral", launch_id=launch_id, task_id=task_id, did=UNDONE), 303)


def _step() -> Step:
    """Raises ReviewError."""
    form = request.form
    if form.get("action") not in BY_ACTION:
        raise BadRequest
    try:
        on = date.fromisoformat(form["on"]) if form.get("on") else None
    except ValueError:
        raise ReviewError(_("The day is not a date. Give it as year, month and day.")) from None
    return Step(Action(form["action"]), form.get("reason", ""), as_typed(form.get("text", ""), 2 * LONGEST), on)
