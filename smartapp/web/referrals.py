"""The coordinator's pages: the referrals of an EHR by what is owed, one of them, and each move with its answer."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from smartapp.core.chart import Patient
from smartapp.core.dates import age_on
from smartapp.core.proposal import Role
from smartapp.core.referral import Entry, Queue, Referral, Turn, clocks, due
from smartapp.core.referral_moves import BY_ACTION, Action, Step, moves, step_words
from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetch import read_user_record
from smartapp.ehr.referrals import (
    Inbox,
    InboxRow,
    OpenedReferral,
    move_referral,
    open_referral,
    read_inbox,
)
from smartapp.errors import EhrConflict, EhrError, EhrUnavailable, ReviewError
from smartapp.fhir import audit_event as audit
from smartapp.fhir.read.user import read_user
from smartapp.fhir.referral_task import Mover
from smartapp.web.audit import note
from smartapp.web.http import check_form, form_token
from smartapp.web.launch import charts
from smartapp.web.sessions import LaunchSession, chart_link, check_coordinator, enter
from smartapp.web.wiring import moment_words, wiring

referrals = Blueprint("referrals", __name__)

ALL_OPEN = "open"
SOON = 1  # days ahead that are marked (ours)
URGENCIES = ("stat", "asap", "urgent", "routine")  # the most urgent first
DONE = {action.value: "Saved to the EHR." for action in Action}


@dataclass(frozen=True)
class Line:
    """One row of the inbox. ``late``: days overdue, negative for days to go; None without a due day."""

    referral: Referral
    patient: Patient | None
    due: date | None
    late: int | None
    days_here: int | None

    @property
    def name(self) -> str:
        return (self.patient.name if self.patient else "") or "Name not shown by the EHR"

    @property
    def born(self) -> str:
        return str(self.patient.birth) if self.patient and self.patient.birth else ""

    @property
    def turn(self) -> str:
        turn = self.referral.row.turn
        return (self.referral.requester or turn.value) if turn is Turn.CLINICIAN else turn.value

    @property
    def overdue(self) -> bool:
        return self.late is not None and self.late > 0

    @property
    def soon(self) -> bool:
        return self.late is not None and 0 <= -self.late <= SOON


@referrals.get("/l/<launch_id>/referrals", endpoint="inbox")
def show_inbox(launch_id: str) -> ResponseReturnValue:
    """Every referral of ours, by queue; ``queue``, ``urgency`` and ``overdue`` narrow the list."""
    session = _enter(launch_id)
    inbox, lines = _lines(session)
    queue, shown = _narrowed(lines)
    counts = {each.name: sum(line.referral.queue is each for line in lines) for each in Queue}
    return render_template(
        "inbox.html", lines=shown, queues=list(Queue), counts=counts, queue=queue, urgencies=URGENCIES,
        total=sum(line.referral.is_open for line in lines), late=sum(line.overdue for line in lines),
        missing=inbox.missing, ehr=session.issuer.title, read=moment_words(wiring(), wiring().clock()),
        asked=request.args, all_open=ALL_OPEN, **_of_session(session),
    )  # fmt: skip


@referrals.get("/l/<launch_id>/referrals.csv", endpoint="export")
def export_inbox(launch_id: str) -> ResponseReturnValue:
    """The same list as a file."""
    session = _enter(launch_id)
    _, lines = _lines(session)
    note(audit.export_event, session.connection, "list of referrals", "CSV")
    return _csv(_narrowed(lines)[1]), {
        "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": 'attachment; filename="referrals.csv"',
    }  # fmt: skip


@referrals.get("/l/<launch_id>/referrals/<task_id>", endpoint="referral")
def show_referral(launch_id: str, task_id: str) -> ResponseReturnValue:
    session = _enter(launch_id)
    opened = open_referral(client_of(session), task_id, wiring().systems)
    return _page(session, opened, DONE.get(request.args.get("did", ""), ""))


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
    except (EhrConflict, EhrUnavailable) as error:
        now = open_referral(client, task_id, made.systems)
        if not is_done(now.row.referral, step, mover):
            return _page(session, now, not_done(now.row.referral, error), "conflict"), error.status
    return redirect(url_for("referrals.referral", launch_id=launch_id, task_id=task_id, did=step.action), 303)


def is_done(now: Referral, step: Step, mover: Mover) -> bool:
    """Whether the EHR has the step although its answer was lost."""
    by, words = mover.name or mover.reference, step_words(BY_ACTION[step.action], step)
    return Entry(mover.at.isoformat(timespec="seconds"), by, words) in now.history


def not_done(now: Referral, error: EhrError) -> str:
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
    try:
        action = Action(form.get("action", ""))
        on = date.fromisoformat(form["on"]) if form.get("on") else None
    except ValueError:
        raise ReviewError("The day is not a date. Give it as year, month and day.") from None
    return Step(action, form.get("reason", ""), " ".join(form.get("text", "").split()), on)


# -- what is shown


def _of_session(session: LaunchSession) -> dict[str, object]:
    user = session.connection.user
    return {
        "launch_id": session.launch_id, "token": form_token(session.launch_id),
        "user": user.name or "Care coordinator", "home": url_for("referrals.inbox", launch_id=session.launch_id),
    }  # fmt: skip


def _lines(session: LaunchSession) -> tuple[Inbox, tuple[Line, ...]]:
    inbox = read_inbox(client_of(session), wiring().systems)
    lines = [line_of(row) for row in inbox.rows]
    lines.sort(key=lambda line: (line.due or date.max, line.name.casefold(), line.referral.id))
    return inbox, tuple(lines)


def line_of(row: InboxRow) -> Line:
    today, day = wiring().today(), due(row.referral)
    late = (today - day).days if day else None
    return Line(row.referral, row.patient, day, late, row.referral.days_here(today))


def _narrowed(lines: tuple[Line, ...]) -> tuple[str, tuple[Line, ...]]:
    """The queue that is shown, and its lines."""
    queue = request.args.get("queue", ALL_OPEN)
    if queue not in {each.name for each in Queue}:
        queue = ALL_OPEN
    urgency, late = request.args.get("urgency", ""), "overdue" in request.args
    shown = (
        line for line in lines
        if (line.referral.is_open if queue == ALL_OPEN else line.referral.queue.name == queue)
        and (urgency not in URGENCIES or line.referral.priority == urgency)
        and (line.overdue or not late)
    )  # fmt: skip
    return queue, tuple(shown)


_COLUMNS = ("Patient", "Born", "MRN", "Next to do", "Queue", "Due", "Days in state", "Whose turn", "Urgency", "Task")


def _csv(lines: tuple[Line, ...]) -> str:
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(_COLUMNS)
    for line in lines:
        found = line.referral
        number = line.patient.record_number if line.patient else ""
        table.writerow(
            map(_cell, (line.name, line.born, number, found.owed, found.queue.value, line.due or "",
                        "" if line.days_here is None else line.days_here, line.turn, found.priority, found.id))
        )  # fmt: skip
    return file.getvalue()


def _cell(value: object) -> str:
    """No cell may begin like a formula: a spreadsheet would run it."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _before(found: Referral) -> dict[str, str]:
    """How far the referral was that this one replaces."""
    old = found.before
    if old is None:
        return {}
    days = ((old.visited, "visited on"), (old.booked, "booked for"))
    return {"said": next((f"{words} {day}" for day, words in days if day), "accepted")}


def _page(session: LaunchSession, opened: OpenedReferral, said: str = "", problem: str = "") -> str:
    """``problem``: the move that was refused; its form keeps what was typed."""
    line, today = line_of(opened.row), wiring().today()
    found, person = opened.row.referral, opened.row.patient
    return render_template(
        "referral.html", before=_before(found), line=line, referral=found, patient=person, opened=opened,
        moves=moves(found, Role.COORDINATOR), clocks=clocks(found), today=today, said=said, problem=problem,
        sent=request.form if problem else {}, age=age_on(person.birth, today) if person and person.birth else None,
        chart=chart_link(session.issuer, f"Task/{found.id}", found.patient), **_of_session(session),
    )  # fmt: skip
