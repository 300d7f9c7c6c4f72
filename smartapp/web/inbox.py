"""The list of referrals by what is owed: a page, a file, the filters a person keeps, and one step for several."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from smartapp.core.proposal import Role
from smartapp.core.referral import Queue
from smartapp.core.referral_moves import BY_ACTION, IN_BULK, LONGEST, Action, Step
from smartapp.ehr.referrals import open_referral
from smartapp.errors import EhrError
from smartapp.fhir import audit_event as audit
from smartapp.fhir.text import as_typed
from smartapp.web.audit import note
from smartapp.web.calendar import fill_calendar
from smartapp.web.http import check_form
from smartapp.web.inbox_filter import ALL_OPEN, URGENCIES, InboxFilter
from smartapp.web.referral_list import inbox_csv, inbox_lines
from smartapp.web.referral_session import client_of, enter_referrals, of_session
from smartapp.web.referral_steps import SAVED, make_step
from smartapp.web.sessions import LaunchSession
from smartapp.web.wiring import moment_words, wiring

inbox = Blueprint("inbox", __name__)

AT_ONCE = 25  # referrals moved by one press: each is read, and written over the version that was shown (ours)
FILTERS = 20  # kept of one person (ours)
NAME = 40  # characters of the name of a filter (ours)


@inbox.get("/l/<launch_id>/referrals", endpoint="list")
def show_inbox(launch_id: str) -> ResponseReturnValue:
    """Every referral of ours, by queue, narrowed and sorted as the address asks (:class:`InboxFilter`)."""
    return _page(enter_referrals(launch_id), InboxFilter.of(request.args))


@inbox.get("/l/<launch_id>/referrals.csv", endpoint="export")
def export_inbox(launch_id: str) -> ResponseReturnValue:
    """The same list as a file."""
    session = enter_referrals(launch_id)
    _, lines = inbox_lines(client_of(session))
    note(audit.export_event, session.connection, "list of referrals", "CSV")
    return inbox_csv(InboxFilter.of(request.args).lines(lines, session.connection.user.reference)), {
        "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": 'attachment; filename="referrals.csv"',
    }  # fmt: skip


@inbox.post("/l/<launch_id>/inbox/bulk", endpoint="bulk")
def move_several(launch_id: str) -> ResponseReturnValue:
    """One step on each referral that was selected: a move of its own, with its own result."""
    session = enter_referrals(launch_id)
    check_form(launch_id, session.patient)
    shown, action = InboxFilter.kept(request.form.get("query", "")), request.form.get("action", "")
    if action not in IN_BULK:
        raise BadRequest
    selected = list(dict.fromkeys(request.form.getlist("task")))
    step = Step(Action(action), text=as_typed(request.form.get("text", ""), 2 * LONGEST))
    if problem := _refusal(step, len(selected)):
        return _page(session, shown, problem, refused=True), 422
    results = [(task_id, *_moved(session, task_id, version, step))
               for task_id, _, version in (each.partition("|") for each in selected)]  # fmt: skip
    made = sum(done for _, done, _ in results)
    said = f"{BY_ACTION[step.action].words}: saved for {made} of {len(results)}."
    return _page(session, shown, said, results, refused=made < len(results))


def _refusal(step: Step, count: int) -> str:
    """Why nothing was tried; empty where something will be."""
    move = BY_ACTION[step.action]
    if not count:
        return f"{move.words}: nothing is selected."
    if count > AT_ONCE:
        return f"{move.words}: {count} are selected, {AT_ONCE} at most go at once. Nothing was saved."
    return f"{move.words}: “{move.text}” is empty. Nothing was saved." if move.text and not step.text else ""


def _moved(session: LaunchSession, task_id: str, version: str, step: Step) -> tuple[bool, str]:
    """Whether it was made, and in words what became of it."""
    try:
        opened = open_referral(client_of(session), task_id, wiring().systems)
        problem = make_step(session, opened, version, step, Role.COORDINATOR).problem
    except EhrError as error:
        return False, f"{error} Look at it before you repeat it."
    return not problem, problem or SAVED


@inbox.post("/l/<launch_id>/inbox/filters", endpoint="filters")
def change_filters(launch_id: str) -> ResponseReturnValue:
    """Keep the filter of the page under a name, or forget one."""
    session = enter_referrals(launch_id)
    check_form(launch_id, session.patient)
    person, name = session.connection.user.key, as_typed(request.form.get("name", ""), NAME)
    shown, kept = InboxFilter.kept(request.form.get("query", "")), wiring().store.coordinators
    if not person or request.form.get("do") not in ("save", "drop"):
        raise BadRequest
    filters = {each: query for each, query in kept.filters_of(person).items() if each != name}
    if request.form["do"] == "save":
        if not name or len(filters) >= FILTERS:
            why = "give the filter a name." if not name else f"{FILTERS} are kept, and no more. Remove one first."
            return _page(session, shown, f"Not saved: {why}", refused=True), 422
        filters[name] = shown.query
    kept.save_filters(person, filters)
    return redirect(url_for("inbox.list", launch_id=launch_id, **shown.asked), 303)


def _page(
    session: LaunchSession, shown: InboxFilter, said: str = "", results: Sequence[tuple[str, bool, str]] = (),
    refused: bool = False,
) -> str:  # fmt: skip
    found, every = inbox_lines(client_of(session))
    fill_calendar(session, every)
    user, kept = session.connection.user, wiring().store.coordinators.filters_of(session.connection.user.key)
    named = {line.referral.id: line.name for line in every}
    return render_template(
        "inbox.html", lines=shown.lines(every, user.reference), shown=shown, queues=list(Queue), urgencies=URGENCIES,
        counts={each.name: sum(line.referral.queue is each for line in every) for each in Queue}, all_open=ALL_OPEN,
        total=sum(line.referral.is_open for line in every), late=sum(line.overdue for line in every),
        missing=found.missing, ehr=session.issuer.title, read=moment_words(wiring(), wiring().clock()),
        me=user.reference, known=bool(user.key), bulk=[BY_ACTION[action] for action in IN_BULK], said=said,
        refused=refused, results=[(named.get(id_, id_), done, words) for id_, done, words in results],
        filters={name: InboxFilter.kept(query) for name, query in kept.items()}, **of_session(session),
    )  # fmt: skip
