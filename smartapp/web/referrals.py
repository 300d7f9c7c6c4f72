"""The coordinator's pages: the referrals of an EHR by what is owed, one of them, and each move with its answer."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.core.proposal import Role
from smartapp.core.referral import Queue, ReferralTask
from smartapp.core.referral_moves import BY_ACTION, LONGEST, Action, Step, step_words
from smartapp.ehr.referral_questions import follow_question
from smartapp.ehr.referrals import (
    move_referral,
    open_referral,
)
from smartapp.errors import EhrConflict, EhrError, EhrForbidden, EhrRejected, EhrUnavailable, ReviewError
from smartapp.fhir import audit_event as audit
from smartapp.fhir.referral_task import Mover
from smartapp.fhir.text import as_typed
from smartapp.web.audit import note
from smartapp.web.calendar import fill_calendar
from smartapp.web.http import check_form
from smartapp.web.receipt import PAPERS_TO_PRINT, send_copy
from smartapp.web.referral_list import ALL_OPEN, NARROWING, URGENCIES, inbox_csv, inbox_lines, narrowed
from smartapp.web.referral_page import referral_page, signed_plan
from smartapp.web.referral_session import client_of, enter_referrals, mover_of, of_session
from smartapp.web.wiring import moment_words, wiring

referrals = Blueprint("referrals", __name__)

DONE = {action.value: "Saved to the EHR." for action in Action}


@referrals.get("/l/<launch_id>/referrals", endpoint="inbox")
def show_inbox(launch_id: str) -> ResponseReturnValue:
    """Every referral of ours, by queue; ``queue``, ``urgency``, ``mine`` and ``overdue`` narrow the list."""
    session = enter_referrals(launch_id)
    inbox, lines = inbox_lines(client_of(session))
    fill_calendar(session, lines)
    queue, shown = narrowed(lines, session.connection.user.reference)
    counts = {each.name: sum(line.referral.queue is each for line in lines) for each in Queue}
    return render_template(
        "inbox.html", lines=shown, queues=list(Queue), counts=counts, queue=queue, urgencies=URGENCIES,
        total=sum(line.referral.is_open for line in lines), late=sum(line.overdue for line in lines),
        missing=inbox.missing, ehr=session.issuer.title, read=moment_words(wiring(), wiring().clock()),
        asked=request.args, ticked={name: 1 for name in NARROWING if name in request.args}, all_open=ALL_OPEN,
        **of_session(session),
    )  # fmt: skip


@referrals.get("/l/<launch_id>/referrals.csv", endpoint="export")
def export_inbox(launch_id: str) -> ResponseReturnValue:
    """The same list as a file."""
    session = enter_referrals(launch_id)
    _, lines = inbox_lines(client_of(session))
    note(audit.export_event, session.connection, "list of referrals", "CSV")
    return inbox_csv(narrowed(lines, session.connection.user.reference)[1]), {
        "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": 'attachment; filename="referrals.csv"',
    }  # fmt: skip


@referrals.get("/l/<launch_id>/referrals/<task_id>", endpoint="referral")
def show_referral(launch_id: str, task_id: str) -> ResponseReturnValue:
    session = enter_referrals(launch_id)
    opened = open_referral(client_of(session), task_id, wiring().systems)
    return referral_page(session, opened, DONE.get(request.args.get("did", ""), ""))


@referrals.get("/l/<launch_id>/referrals/<task_id>/papers/<kind>", endpoint="paper")
def send_paper(launch_id: str, task_id: str, kind: str) -> ResponseReturnValue:
    """The letter, the handout or the whole packet of an active plan that was signed here."""
    session = enter_referrals(launch_id)
    opened = open_referral(client_of(session), task_id, wiring().systems)
    signed = signed_plan(session, opened)
    if signed is None or kind not in dict(PAPERS_TO_PRINT):
        raise NotFound
    return send_copy(kind, signed, session)


@referrals.post("/l/<launch_id>/referrals/<task_id>/move", endpoint="move")
def move_it(launch_id: str, task_id: str) -> ResponseReturnValue:
    """One step, written over the version the page showed."""
    session = enter_referrals(launch_id)
    check_form(launch_id, session.patient)
    made, client = wiring(), client_of(session)
    opened, mover = open_referral(client, task_id, made.systems), mover_of(session, client)
    try:
        step = _step()
        if request.form.get("version", "") != opened.row.referral.version:
            raise EhrConflict
        move_referral(client, opened, step, mover, Role.COORDINATOR, made.systems)
    except ReviewError as error:
        return referral_page(session, opened, str(error), request.form.get("action", "")), 422
    except (EhrRejected, EhrForbidden) as error:
        said = f"{error} Nothing was saved."
        return referral_page(session, opened, said, request.form.get("action", "")), error.status
    except (EhrConflict, EhrUnavailable) as error:
        now = open_referral(client, task_id, made.systems)
        if not is_done(now.row.referral, step, mover):
            return referral_page(session, now, not_done(now.row.referral, error), "conflict"), error.status
    follow_question(client, session.connection.grants, task_id, step, mover, made.systems)
    return redirect(url_for("referrals.referral", launch_id=launch_id, task_id=task_id, did=step.action), 303)


def is_done(now: ReferralTask, step: Step, mover: Mover) -> bool:
    """Whether the EHR has the step although its answer was lost, or the form was sent a second time."""
    by, words = mover.name or mover.reference, step_words(BY_ACTION[step.action], step)
    mine = [entry for entry in now.history if (entry.by, entry.text) == (by, words)]
    return bool(mine) and (mine[-1] == now.history[-1] or mine[-1].at == mover.at.isoformat(timespec="seconds"))


def not_done(now: ReferralTask, error: EhrError) -> str:
    if isinstance(error, EhrUnavailable):
        return f"{error} The EHR does not show it: look again in a moment before you repeat it."
    last = now.history[-1] if now.history else None
    who = f"{last.by or 'Somebody'} was quicker: {last.text}" if last else "Somebody changed this referral meanwhile."
    return f"{who} Nothing of yours was saved. This is how it stands now."


def _step() -> Step:
    """Raises ReviewError."""
    form = request.form
    if form.get("action") not in BY_ACTION:
        raise BadRequest
    try:
        on = date.fromisoformat(form["on"]) if form.get("on") else None
    except ValueError:
        raise ReviewError("The day is not a date. Give it as year, month and day.") from None
    return Step(Action(form["action"]), form.get("reason", ""), as_typed(form.get("text", ""), 2 * LONGEST), on)
