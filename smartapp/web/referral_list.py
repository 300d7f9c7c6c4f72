"""The referrals of an EHR as lines of a list: what is due when and whose turn it is; narrowed, and as a file."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import request

from smartapp.core.chart import Patient
from smartapp.core.referral import Queue, ReferralTask, WhoseTurn, due
from smartapp.ehr.referrals import InboxRow, inbox_row
from smartapp.store import Filters, ReferralRow
from smartapp.web.reading import list_of, refresh
from smartapp.web.sessions import LaunchSession
from smartapp.web.wiring import moment_words, wiring

ALL_OPEN = "open"
SOON = 1  # days ahead that are marked (ours)
URGENCIES = ("stat", "asap", "urgent", "routine")  # the most urgent first
NARROWING = ("mine", "overdue")  # boxes to tick


@dataclass(frozen=True)
class InboxLine:
    """One row of the inbox. ``late``: days overdue, negative for days to go; None without a due day."""

    referral: ReferralTask
    patient: Patient | None
    due: date | None
    late: int | None
    days_here: int | None
    here: bool = False  # kept by Loadpath, because the EHR has no Task for it
    outside: bool = False  # another system has moved it

    @property
    def name(self) -> str:
        return (self.patient.name if self.patient else "") or "Name not shown by the EHR"

    @property
    def born(self) -> str:
        return str(self.patient.birth) if self.patient and self.patient.birth else ""

    @property
    def turn(self) -> str:
        turn, found = self.referral.row.turn, self.referral
        named = {WhoseTurn.CLINICIAN: found.requester, WhoseTurn.COORDINATOR: found.owner or "Nobody yet"}
        return named.get(turn) or turn.value

    @property
    def overdue(self) -> bool:
        return self.late is not None and self.late > 0

    @property
    def soon(self) -> bool:
        return self.late is not None and 0 <= -self.late <= SOON


PAGE = 100  # rows of one page (ours)


@dataclass(frozen=True)
class ListPage:
    """One page of the list. ``counts`` by name of the queue; ``found``: how many fit in all; ``read``: when the Tasks
    of the EHR were read, in words; empty where it has none."""

    queue: str
    lines: tuple[InboxLine, ...]
    found: int
    counts: Mapping[str, int]
    late: int
    page: int
    pages: int
    read: str
    missing: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(count for queue, count in self.counts.items() if queue != Queue.CLOSED.name)


def list_page(session: LaunchSession) -> ListPage:
    """What the address asks for, after a look at what has changed in the EHR. Raises SessionEnded."""
    made, kept, whose = wiring(), wiring().store.referrals, list_of(session)
    fresh = refresh(session, whose, "refresh" in request.args)
    queue, filters = narrowed(session.connection.user.reference)
    found = kept.matches(whose, filters)
    pages = max(1, -(-found // PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    lines, unreadable = _opened(kept.page(whose, filters, (page - 1) * PAGE, PAGE))
    counts = kept.counts(whose, made.today().isoformat())
    return ListPage(
        queue, lines, found, {each.name: counts.get(each.name, (0, 0))[0] for each in Queue},
        sum(late for _, late in counts.values()), page, pages,
        moment_words(made, fresh.at) if fresh.at else "", (*fresh.missing, *unreadable),
    )  # fmt: skip


def every_line(session: LaunchSession) -> tuple[tuple[InboxLine, ...], tuple[str, ...]]:
    """All that fit what the address asks for, and in words what cannot be opened."""
    _, filters = narrowed(session.connection.user.reference)
    return _opened(wiring().store.referrals.page(list_of(session), filters))


def _opened(rows: Sequence[ReferralRow]) -> tuple[tuple[InboxLine, ...], tuple[str, ...]]:
    systems = wiring().systems
    lines = [inbox_line(inbox_row(row, systems)) for row in rows if not row.unreadable]
    shut = sorted({row.unreadable for row in rows if row.unreadable})
    return tuple(lines), tuple(f"A referral cannot be opened. {why}" for why in shut)


def inbox_line(row: InboxRow) -> InboxLine:
    today, day = wiring().today(), due(row.referral)
    late = (today - day).days if day else None
    return InboxLine(row.referral, row.patient, day, late, row.referral.days_here(today), row.here, row.outside)


def narrowed(user: str) -> tuple[str, Filters]:
    """The queue that is shown, and what the address narrows it to."""
    queue = request.args.get("queue", ALL_OPEN)
    if queue not in {each.name for each in Queue}:
        queue = ALL_OPEN
    urgency = request.args.get("urgency", "")
    return queue, Filters(
        queue="" if queue == ALL_OPEN else queue,
        priority=urgency if urgency in URGENCIES else "",
        owner=user if "mine" in request.args else "",
        overdue_on=wiring().today().isoformat() if "overdue" in request.args else "",
    )


_COLUMNS = ("Patient", "Born", "MRN", "Next to do", "Queue", "Due", "Days in state", "Whose turn", "Urgency", "Task")


def inbox_csv(lines: tuple[InboxLine, ...], missing: tuple[str, ...] = ()) -> str:
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(_COLUMNS)
    for line in lines:
        found = line.referral
        number = line.patient.record_number if line.patient else ""
        table.writerow(
            map(safe_cell, (line.name, line.born, number, found.owed, found.queue.value, line.due or "",
                        "" if line.days_here is None else line.days_here, line.turn, found.priority, found.id))
        )  # fmt: skip
    table.writerows([safe_cell(each)] for each in missing)
    return file.getvalue()


def safe_cell(value: object) -> str:
    """No cell may begin like a formula: a spreadsheet would run it."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
