"""The list of referrals by what is owed: a page, a file, the filters a person keeps, and one step for several."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from smartapp.core.proposal import Role
from smartapp.core.quotes import quoted
from smartapp.core.referral import Queue
from smartapp.core.referral_moves import BY_ACTION, IN_BULK, LONGEST, Action, Step
from smartapp.ehr.referrals import open_referral
from smartapp.errors import EhrError, KeptUnreadable
from smartapp.fhir import audit_event as audit
from smartapp.fhir.text import as_typed
from smartapp.store import Filters, words_typed
from smartapp.web.audit import note
from smartapp.web.calendar import fill_calendar
from smartapp.web.catalog import _
from smartapp.web.http import check_form
from smartapp.web.inbox_filter import ALL_OPEN, URGENCIES, InboxFilter
from smartapp.web.reading import client_of, list_of
from smartapp.web.referral_list import every_line, inbox_csv, inbox_line, list_page
from smartapp.web.referral_session import enter_referrals, of_session
from smartapp.web.referral_steps import make_step, saved_words
from smartapp.web.report_view import waiting_reports
from smartapp.web.sessions import LaunchSession
from smartapp.web.wiring import wiring

inbox = Blueprint("inbox", __name__)

AT_ONCE = 25  # referrals moved by one press: each is read, and written over the version that was shown (ours)
FILTERS = 20  # kept of one person (ours)
NAME = 40  # characters of the name of a filter (ours)
TYPED = 80  # characters of a search (ours)


@inbox.get("/l/<launch_id>/referrals", endpoint="list")
def show_inbox(launch_id: str) -> ResponseReturnValue:
    """Every referral of ours, by queue, narrowed and sorted as the address asks (:class:`InboxFilter`)."""
    session = enter_referrals(launch_id)
    return _page(session, _opened(session, InboxFilter.of(request.args)), again="refresh" in request.args)


@inbox.post("/l/<launch_id>/inbox/search", endpoint="search")
def search(launch_id: str) -> ResponseReturnValue:
    """What was typed, sealed into the address of the list it finds: no name stands in an address or a log."""
    session = enter_referrals(launch_id)
    check_form(launch_id, session.patient)
    typed, sort = as_typed(request.form.get("typed", ""), TYPED), InboxFilter.kept(request.form.get("query", "")).sort
    found = wiring().store.seal_text(_place(session), {"typed": typed}) if words_typed(typed) else ""
    return redirect(url_for("inbox.list", launch_id=launch_id, **InboxFilter(sort=sort, found=found).asked), 303)


def _place(session: LaunchSession) -> str:
    return f"{session.launch_id} search"


def _opened(session: LaunchSession, shown: InboxFilter) -> InboxFilter:
    """With what was typed in this launch; without a search that is another's, or nobody's."""
    try:
        typed = wiring().store.open_text(_place(session), shown.found)["typed"] if shown.found else ""
    except KeptUnreadable:
        typed = ""
    return replace(shown, typed=typed, found=shown.found if typed else "")


@inbox.get("/l/<launch_id>/referrals.csv", endpoint="export")
def export_inbox(launch_id: str) -> ResponseReturnValue:
    """The same list as a file."""
    session = enter_referrals(launch_id)
    shown = _opened(session, InboxFilter.of(request.args))
    lines, missing = every_line(session, _filters(session, shown), shown.typed)
    note(audit.export_event, session.connection, "list of referrals", "CSV")
    return inbox_csv(lines, missing), {
        "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": 'attachment; filename="referrals.csv"',
    }  # fmt: skip


@inbox.post("/l/<launch_id>/inbox/bulk", endpoint="bulk")
def move_several(launch_id: str) -> ResponseReturnValue:
    """One step on each referral that was selected: a move of its own, with its own result."""
    session = enter_referrals(launch_id)
    check_form(launch_id, session.patient)
    shown, action = _kept(session), request.form.get("action", "")
    if action not in IN_BULK:
        raise BadRequest
    selected = list(dict.fromkeys(request.form.getlist("task")))
    step = Step(Action(action), text=as_typed(request.form.get("text", ""), 2 * LONGEST))
    if problem := _refusal(step, len(selected)):
        return _page(session, shown, problem, refused=True), 422
    results = [_moved(session, task_id, version, step)
               for task_id, _, version in (each.partition("|") for each in selected)]  # fmt: skip
    made = sum(done for _, done, _ in results)
    said = _(
        "%(words)s: saved for %(made)s of %(results)s.",
        words=BY_ACTION[step.action].words,
        made=made,
        results=len(results),
    )
    return _page(session, shown, said, results, refused=made < len(results))


def _refusal(step: Step, count: int) -> str:
    """Why nothing was tried; empty where something will be."""
    move = BY_ACTION[step.action]
    if not count:
        return _("%(move)s: nothing is selected.", move=move.words)
    if count > AT_ONCE:
        return _(
            "%(move)s: %(count)s are selected, %(most)s at most go at once. Nothing was saved.",
            move=move.words,
            count=count,
            most=AT_ONCE,
        )
    return (
        _("%(move)s: %(field)s is empty. Nothing was saved.", move=move.words, field=quoted(move.text))
        if move.text and not step.text
        else ""
    )


def _moved(session: LaunchSession, task_id: str, version: str, step: Step) -> tuple[str, bool, str]:
    """Whose it is, whether it was made, and in words what became of it."""
    name = task_id
    try:
        opened = open_referral(client_of(session), task_id, wiring().systems)
        name = inbox_line(opened.row, session.connection.iss).name
        problem = make_step(session, opened, version, step, Role.COORDINATOR).problem
    except EhrError as error:
        return name, False, _("%(error)s Look at it before you repeat it.", error=error)
    return name, not problem, problem or saved_words(opened.row)


@inbox.post("/l/<launch_id>/inbox/filters", endpoint="filters")
def change_filters(launch_id: str) -> ResponseReturnValue:
    """Keep the filter of the page under a name, or forget one."""
    session = enter_referrals(launch_id)
    check_form(launch_id, session.patient)
    person, name = session.connection.user.key, as_typed(request.form.get("name", ""), NAME)
    shown, kept = _kept(session), wiring().store.coordinators
    if not person or request.form.get("do") not in ("save", "drop"):
        raise BadRequest
    filters = {each: query for each, query in kept.filters_of(person).items() if each != name}
    if request.form["do"] == "save":
        if not name or len(filters) >= FILTERS:
            why = (
                _("give the filter a name.")
                if not name
                else _("%(most)s are kept, and no more. Remove one first.", most=FILTERS)
            )
            return _page(session, shown, _("Not saved: %(why)s", why=why), refused=True), 422
        filters[name] = replace(shown, found="").query
    kept.save_filters(person, filters)
    return redirect(url_for("inbox.list", launch_id=launch_id, **shown.asked), 303)


def _kept(session: LaunchSession) -> InboxFilter:
    """The filter of the page a form was sent from."""
    return _opened(session, InboxFilter.kept(request.form.get("query", "")))


def _filters(session: LaunchSession, shown: InboxFilter) -> Filters:
    return shown.filters(session.connection.user.reference, wiring().today())


def _page(
    session: LaunchSession, shown: InboxFilter, said: str = "", results: Sequence[tuple[str, bool, str]] = (),
    refused: bool = False, again: bool = False,
) -> str:  # fmt: skip
    page = list_page(session, _filters(session, shown), request.args.get("page", 1, type=int), again, shown.typed)
    note(audit.list_view_event, session.connection, len(page.lines))
    fill_calendar(session, lambda: every_line(session, Filters(owner=session.connection.user.reference))[0])
    whose, lists = list_of(session), wiring().store.referrals
    waiting = waiting_reports(session.connection.iss, lambda task: lists.shows(whose, task))
    user, kept = session.connection.user, wiring().store.coordinators.filters_of(session.connection.user.key)
    return render_template(
        "inbox.html", lines=page.lines, page=page, shown=shown, queues=list(Queue), urgencies=URGENCIES,
        counts=page.counts, all_open=ALL_OPEN, total=page.total, late=page.late, missing=page.missing,
        ehr=session.issuer.title, me=user.reference, known=bool(user.key),
        bulk=[BY_ACTION[action] for action in IN_BULK], said=said, refused=refused, results=results, waiting=waiting,
        filters={name: InboxFilter.kept(query) for name, query in kept.items()}, **of_session(session),
    )  # fmt: skip
