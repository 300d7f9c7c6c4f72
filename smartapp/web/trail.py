"""The audit trail as a page: a person's own actions; for privacy officers, what everybody at their site did here.

Looked at without locks, newest first; every look is an event of the trail itself. People and records stand in it by
name or reference; nothing a chart says does.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from smartapp import errors
from smartapp.core.permissions import can_administer, can_see_trail
from smartapp.core.quotes import quoted
from smartapp.fhir import audit_event as audit
from smartapp.fhir.audit_event import Event
from smartapp.fhir.audit_lines import AuditLine, audit_line, is_at, is_by
from smartapp.web.audit import note
from smartapp.web.catalog import Lazy
from smartapp.web.sessions import LaunchSession, enter, offices_of, plan_link
from smartapp.web.wiring import moment_words, wiring

trail = Blueprint("trail", __name__)

SHOWN = 50  # lines of a page (ours)
MINE_SHOWN = 5  # of one's own above everybody's (ours)
SCANNED = 2000  # events looked through for one page; the next page goes on from there (ours)
_BATCH = 500  # read at once (ours)
YEARS = range(2000, 3000)  # in which a day can be asked for (ours)
NOT_A_DAY = Lazy("Write the day as year-month-day, such as 2026-03-01.")


@dataclass(frozen=True)
class TrailLine:
    """``line`` is None where the event was kept under a secret that is gone."""

    at: str
    line: AuditLine | None


@dataclass(frozen=True)
class TrailLines:
    """``older``: the number to go on before; None at the end."""

    lines: tuple[TrailLine, ...]
    older: int | None


@dataclass(frozen=True)
class Wanted:
    """What a privacy officer asked for, as typed; ``problem`` is about the day."""

    day: str = ""
    person: str = ""
    requests: bool = False
    problem: str = ""

    @property
    def words(self) -> str:
        return (
            ", ".join(filter(None, (self.day, self.person and f"person {quoted(self.person)}")))
            or "every day and person"
        )


@trail.get("/l/<launch_id>/audit", endpoint="audit")
def show_audit(launch_id: str) -> ResponseReturnValue:
    """``mine`` and ``before``: go on with older ones; ``day``, ``person``, ``requests``: which of everybody's."""
    session = enter(launch_id, chart=False)
    offices = offices_of(session)
    officer = can_see_trail(offices)
    wanted, day = _wanted() if officer else (Wanted(), None)
    looked = f"own actions{f'; of everybody: {wanted.words}' if officer else ''}"
    note(audit.trail_view_event, session.connection, looked)
    mine = _lines(_is_mine(session), MINE_SHOWN if officer else SHOWN, _number("mine"))
    everybody = None
    if officer and not wanted.problem:
        everybody = _lines(_is_wanted(session, wanted), SHOWN, _number("before"), day)
    page = render_template(
        "audit.html", mine=mine, everybody=everybody, officer=officer, wanted=wanted, launch_id=launch_id,
        admin=can_administer(offices), back=plan_link(session),
    )  # fmt: skip
    return page, 422 if wanted.problem else 200


def _wanted() -> tuple[Wanted, date | None]:
    form = request.args
    typed, person = form.get("day", "").strip(), form.get("person", "").strip()[:100]
    requests = form.get("requests") == "yes"
    try:
        day = date.fromisoformat(typed) if typed else None
    except ValueError:
        day = date.min
    if day is not None and day.year not in YEARS:
        return Wanted(typed, person, requests, NOT_A_DAY), None
    return Wanted(typed, person, requests), day


def _named(line: AuditLine) -> AuditLine:
    """A refusal is kept by the name of its error; people read its title."""
    name, _, rest = line.detail.partition(" ")
    kind = getattr(errors, name, None)
    if not (isinstance(kind, type) and issubclass(kind, errors.LoadpathError)):
        return line
    return replace(line, detail=" ".join(filter(None, (kind.title, rest))))


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 12 else None


def _is_mine(session: LaunchSession) -> Callable[[Event | None], bool]:
    user = session.connection.user
    reference = f"{session.connection.iss}/{user.reference}" if user.reference else ""
    return lambda event: (
        event is not None and is_by(event, user.issuer, user.subject, reference) and not audit_line(event).request
    )


def _is_wanted(session: LaunchSession, wanted: Wanted) -> Callable[[Event | None], bool]:
    """Of this site: where it is the only one here, also what names no site, as a launch that was refused."""
    alone, iss, person = len(tuple(wiring().smart.issuers)) == 1, session.connection.iss, wanted.person.casefold()

    def fits(event: Event | None) -> bool:
        if event is None:  # nobody knows whose it is: told where it can be of this site, and nobody is looked for
            return alone and not person
        if not (alone or is_at(event, iss)):
            return False
        line = audit_line(event)
        return person in f"{line.who} {line.reference}".casefold() and (wanted.requests or not line.request)

    return fits


def _lines(fits: Callable[[Event | None], bool], most: int, before: int | None, day: date | None = None) -> TrailLines:
    found: list[TrailLine] = []
    span = (_begin(day), _begin(day + timedelta(days=1))) if day else ()
    for _ in range(SCANNED // _BATCH):
        batch = wiring().store.audit.newest(_BATCH, before, *span)
        for kept in batch:
            if len(found) == most:
                return TrailLines(tuple(found), before)
            before = kept.seq
            if fits(kept.event):
                line = _named(audit_line(kept.event)) if kept.event is not None else None
                found.append(TrailLine(moment_words(wiring(), kept.at), line))
        if len(batch) < _BATCH:
            return TrailLines(tuple(found), None)
    return TrailLines(tuple(found), before)


def _begin(day: date) -> float:
    """The first moment of a day in this server's zone."""
    return datetime(day.year, day.month, day.day).astimezone().timestamp()
