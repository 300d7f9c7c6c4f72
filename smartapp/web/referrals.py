"""The coordinator's pages: the referrals of an EHR by what is owed, one of them, and each move with its answer."""

from datetime import UTC, date, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.core.dates import age_on
from smartapp.core.proposal import Role
from smartapp.core.referral import Queue, ReferralTask, clocks
from smartapp.core.referral_moves import BY_ACTION, LONGEST, Action, Step, moves, step_words
from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetch import read_user_record
from smartapp.ehr.referrals import (
    OpenedReferral,
    move_referral,
    open_referral,
)
from smartapp.errors import EhrConflict, EhrError, EhrForbidden, EhrRejected, EhrUnavailable, ReviewError
from smartapp.fhir import audit_event as audit
from smartapp.fhir.read.user import read_user
from smartapp.fhir.referral_task import Mover
from smartapp.fhir.text import as_typed
from smartapp.web.audit import note
from smartapp.web.http import check_form, form_token
from smartapp.web.launch import charts
from smartapp.web.link_desk import report_values
from smartapp.web.receipt import PAPERS_TO_PRINT, send_copy
from smartapp.web.referral_list import ALL_OPEN, NARROWING, URGENCIES, inbox_csv, inbox_line, inbox_lines, narrowed
from smartapp.web.report_view import tell_therapists, waiting_reports
from smartapp.web.sessions import LaunchSession, chart_link, check_coordinator, enter
from smartapp.web.signed import Signed, plan_of_patient
from smartapp.web.wiring import moment_words, wiring

referrals = Blueprint("referrals", __name__)

DONE = {action.value: "Saved to the EHR." for action in Action}


@referrals.get("/l/<launch_id>/referrals", endpoint="inbox")
def show_inbox(launch_id: str) -> ResponseReturnValue:
    """Every referral of ours, by queue; ``queue``, ``urgency``, ``mine`` and ``overdue`` narrow the list."""
    session = _enter(launch_id)
    inbox, lines = inbox_lines(client_of(session))
    queue, shown = narrowed(lines, session.connection.user.reference)
    counts = {each.name: sum(line.referral.queue is each for line in lines) for each in Queue}
    return render_template(
        "inbox.html", lines=shown, queues=list(Queue), counts=counts, queue=queue, urgencies=URGENCIES,
        total=sum(line.referral.is_open for line in lines), late=sum(line.overdue for line in lines),
        missing=inbox.missing, ehr=session.issuer.title, read=moment_words(wiring(), wiring().clock()),
        asked=request.args, ticked={name: 1 for name in NARROWING if name in request.args}, all_open=ALL_OPEN,
        waiting=waiting_reports(session.connection.iss, {line.referral.id for line in lines}), **_of_session(session),
    )  # fmt: skip


@referrals.get("/l/<launch_id>/referrals.csv", endpoint="export")
def export_inbox(launch_id: str) -> ResponseReturnValue:
    """The same list as a file."""
    session = _enter(launch_id)
    _, lines = inbox_lines(client_of(session))
    note(audit.export_event, session.connection, "list of referrals", "CSV")
    return inbox_csv(narrowed(lines, session.connection.user.reference)[1]), {
        "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": 'attachment; filename="referrals.csv"',
    }  # fmt: skip


@referrals.get("/l/<launch_id>/referrals/<task_id>", endpoint="referral")
def show_referral(launch_id: str, task_id: str) -> ResponseReturnValue:
    session = _enter(launch_id)
    opened = open_referral(client_of(session), task_id, wiring().systems)
    return _page(session, opened, DONE.get(request.args.get("did", ""), ""))


@referrals.get("/l/<launch_id>/referrals/<task_id>/papers/<kind>", endpoint="paper")
def send_paper(launch_id: str, task_id: str, kind: str) -> ResponseReturnValue:
    """The letter, the handout or the whole packet of an active plan that was signed here."""
    session = _enter(launch_id)
    opened = open_referral(client_of(session), task_id, wiring().systems)
    signed = _signed(session, opened)
    if signed is None or kind not in dict(PAPERS_TO_PRINT):
        raise NotFound
    return send_copy(kind, signed, session)


def _signed(session: LaunchSession, opened: OpenedReferral) -> Signed | None:
    """The plan, if it was signed in this Loadpath, takes effect and can be read."""
    found = opened.row.referral
    signed = plan_of_patient(session.connection.iss, found.patient, found.plan_id) if found.patient else None
    return signed if signed and not signed.why and signed.record.signed.active else None


@referrals.post("/l/<launch_id>/referrals/<task_id>/move", endpoint="move")
def move_it(launch_id: str, task_id: str) -> ResponseReturnValue:
    """One step, written over the version the page showed."""
    session = _enter(launch_id)
    check_form(launch_id, session.patient)
    made, client = wiring(), client_of(session)
    opened, mover = open_referral(client, task_id, made.systems), mover_of(session, client)
    try:
        step = _step()
        if request.form.get("version", "") != opened.row.referral.version:
            raise EhrConflict
        move_referral(client, opened, step, mover, Role.COORDINATOR, made.systems)
    except ReviewError as error:
        return _page(session, opened, str(error), request.form.get("action", "")), 422
    except (EhrRejected, EhrForbidden) as error:
        return _page(session, opened, f"{error} Nothing was saved.", request.form.get("action", "")), error.status
    except (EhrConflict, EhrUnavailable) as error:
        now = open_referral(client, task_id, made.systems)
        if not is_done(now.row.referral, step, mover):
            return _page(session, now, not_done(now.row.referral, error), "conflict"), error.status
    tell_therapists(session.connection, opened.row.referral, step, mover.name)
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


# -- who, and with what


def _enter(launch_id: str) -> LaunchSession:
    """The session of a coordinator: the role is asked at every page, the site may have changed it."""
    session = enter(launch_id, chart=False, of_referrals=True)
    client, user = client_of(session), session.connection.user.reference
    check_coordinator(session.connection, session.issuer, lambda: read_user(read_user_record(client, user)))
    return session


def client_of(session: LaunchSession) -> FhirClient:
    return charts().client(session.launch_id, session.connection)


def mover_of(session: LaunchSession, client: FhirClient) -> Mover:
    user = session.connection.user
    name = user.name or read_user(read_user_record(client, user.reference)).name
    return Mover(user.reference, name, datetime.fromtimestamp(wiring().clock(), UTC).astimezone())


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


# -- what is shown


def _of_session(session: LaunchSession) -> dict[str, object]:
    user = session.connection.user
    return {
        "launch_id": session.launch_id, "token": form_token(session.launch_id),
        "user": user.name or "Care coordinator", "home": url_for("referrals.inbox", launch_id=session.launch_id),
    }  # fmt: skip


def _before(found: ReferralTask) -> dict[str, str]:
    """How far the referral was that this one replaces."""
    old = found.before
    if old is None:
        return {}
    days = ((old.visited, "visited on"), (old.booked, "booked for"))
    otherwise = "accepted" if old.accepted else "being worked on"
    return {"said": next((f"{words} {day}" for day, words in days if day), otherwise)}


def _page(session: LaunchSession, opened: OpenedReferral, said: str = "", problem: str = "") -> str:
    """``problem``: the move that was refused; its form keeps what was typed."""
    line, today = inbox_line(opened.row), wiring().today()
    found, person = opened.row.referral, opened.row.patient
    return render_template(
        "referral.html", before=_before(found), line=line, referral=found, patient=person, opened=opened,
        moves=moves(found, Role.COORDINATOR), clocks=clocks(found), today=today, said=said, problem=problem,
        sent=request.form if problem else {}, age=age_on(person.birth, today) if person and person.birth else None,
        papers=PAPERS_TO_PRINT if _signed(session, opened) else (),
        chart=chart_link(session.issuer, f"Task/{found.id}", found.patient), **_of_session(session),
        **report_values(session, found, Role.COORDINATOR),
    )  # fmt: skip
