"""The referrals of an EHR as lines of a list: what is due when and whose turn it is; a page of it, and as a file."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smartapp.core.chart import Patient
from smartapp.core.dates import us_date
from smartapp.core.referral import Queue, ReferralTask, WhoseTurn
from smartapp.core.referral_clocks import clocks, due
from smartapp.ehr.ledger import found_by
from smartapp.ehr.reconcile import ASKED_FOR
from smartapp.ehr.referral_packet import patient_facts
from smartapp.ehr.referrals import InboxRow, inbox_row
from smartapp.fhir.json import as_object
from smartapp.store import Filters, ReferralRow, Whose
from smartapp.web.catalog import _
from smartapp.web.reading import list_of, refresh
from smartapp.web.sessions import LaunchSession
from smartapp.web.wiring import moment_words, wiring

SOON = 1  # days ahead that are marked (ours)
PAGE = 100  # rows of one page (ours)


@dataclass(frozen=True)
class InboxLine:
    """One row of the inbox. ``late``: days overdue, negative for days to go; None without a due day. ``here``: kept by
    Loadpath, because the EHR has no Task for it; ``outside``: another system has moved it."""

    referral: ReferralTask
    patient: Patient | None
    due: date | None
    late: int | None
    days_here: int | None
    base: str  # of the EHR
    here: bool = False
    outside: bool = False

    @property
    def reference(self) -> str:
        """What it is called where nobody may be named, as in a calendar."""
        return wiring().store.coordinators.short_reference(self.base, self.referral.id)

    @property
    def name(self) -> str:
        return (self.patient.name if self.patient else "") or _("Name not shown by the EHR")

    @property
    def born(self) -> str:
        return str(self.patient.birth) if self.patient and self.patient.birth else ""

    @property
    def due_words(self) -> str:
        """The due day, without its year where that is clear: days to go or overdue stand beside it."""
        if self.due is None:
            return ""
        return us_date(self.due).removesuffix(f", {wiring().today().year}")

    @property
    def turn(self) -> str:
        turn, found = self.referral.turn, self.referral
        named = {WhoseTurn.CLINICIAN: found.requester, WhoseTurn.COORDINATOR: found.owner or _("Nobody yet")}
        return named.get(turn) or turn.value

    def is_mine(self, user: str) -> bool:
        """Whether the next thing is this user's to do."""
        return self.referral.turn is WhoseTurn.COORDINATOR and self.referral.owner_reference == user

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the packet lacks, of what the list reads; the whole packet stands on the referral's own page."""
        facts = patient_facts(self.patient) if self.referral.is_open else {}
        return tuple(need.value for need, fact in facts.items() if fact == "")

    @property
    def overdue(self) -> bool:
        return self.late is not None and self.late > 0

    @property
    def soon(self) -> bool:
        return self.late is not None and 0 <= -self.late <= SOON


@dataclass(frozen=True)
class ListPage:
    """One page of the list. ``counts`` by name of the queue; ``found``: how many fit in all; ``read``: when the Tasks
    of the EHR were read, in words; empty where it has none."""

    lines: tuple[InboxLine, ...]
    found: int
    counts: Mapping[str, int]
    late: int
    page: int
    pages: int
    read: str
    missing: tuple[str, ...]

    @property
    def may_lag(self) -> bool:
        """Whether names and telephones may be older than the Tasks: by an hour at most."""
        return bool(self.read) and self.total > ASKED_FOR

    @property
    def total(self) -> int:
        return sum(count for queue, count in self.counts.items() if queue != Queue.CLOSED.name)


def list_page(
    session: LaunchSession, filters: Filters, page: int = 1, again: bool = False, typed: str = ""
) -> ListPage:
    """After a look at what has changed in the EHR; ``again``: however fresh it is; ``typed``: only what is found by
    that. Raises SessionEnded."""
    made, kept, whose = wiring(), wiring().store.referrals, list_of(session)
    fresh = refresh(session, whose, again)
    ids = kept.search(whose, filters, typed, _found_by(whose)) if typed else None
    found = kept.matches(whose, filters) if ids is None else len(ids)
    pages = max(1, -(-found // PAGE))
    page = min(max(1, page), pages)
    start = (page - 1) * PAGE
    rows = kept.page(whose, filters, start, PAGE) if ids is None else kept.rows(ids[start : start + PAGE])
    lines, unreadable = _opened(session, rows)
    counts = kept.counts(whose, made.today().isoformat())
    return ListPage(
        lines, found, {each.name: counts.get(each.name, (0, 0))[0] for each in Queue},
        sum(late for _, late in counts.values()), page, pages,
        moment_words(made, fresh.at) if fresh.at else "", (*fresh.missing, *unreadable),
    )  # fmt: skip


def every_line(
    session: LaunchSession, filters: Filters, typed: str = ""
) -> tuple[tuple[InboxLine, ...], tuple[str, ...]]:
    """All that fit, and in words what cannot be opened."""
    kept, whose = wiring().store.referrals, list_of(session)
    rows = kept.rows(kept.search(whose, filters, typed, _found_by(whose))) if typed else kept.page(whose, filters)
    return _opened(session, rows)


def _found_by(whose: Whose) -> Callable[[Mapping[str, object]], str]:
    """Of a row's content, with what it is called in a calendar."""
    reference = wiring().store.coordinators.short_reference
    return lambda content: f"{found_by(content)} {reference(whose.base, str(as_object(content, 'task').get('id')))}"


def _opened(session: LaunchSession, rows: Sequence[ReferralRow]) -> tuple[tuple[InboxLine, ...], tuple[str, ...]]:
    systems, base = wiring().systems, session.connection.iss
    lines = [inbox_line(inbox_row(row, systems), base) for row in rows if not row.unreadable]
    shut = sorted({row.unreadable for row in rows if row.unreadable})
    return tuple(lines), tuple(_("A referral cannot be opened. %(why)s", why=why) for why in shut)


def inbox_line(row: InboxRow, base: str) -> InboxLine:
    today, day = wiring().today(), due(row.referral)
    late = (today - day).days if day else None
    days_here = row.referral.days_here(today)
    return InboxLine(row.referral, row.patient, day, late, days_here, base, row.here, row.outside)


_COLUMNS = ("Patient", "Born", "MRN", "Next to do", "Queue", "Due", "Days in state", "Whose turn", "Urgency", "Task")
_CLOCKS = ("Order signed", "First visit", "Plan of care back", "Progress report", "Recertification")  # in their order


def inbox_csv(lines: tuple[InboxLine, ...], missing: tuple[str, ...] = ()) -> str:
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow((*_COLUMNS, *(f"{name}: {what}" for name in _CLOCKS for what in ("due", "done")), "Visits"))
    for line in lines:
        found = line.referral
        number = line.patient.record_number if line.patient else ""
        days = "" if line.days_here is None else line.days_here
        told = (line.name, line.born, number, found.owed, found.queue.value, line.due or "", days, line.turn)
        table.writerow(map(safe_cell, (*told, found.priority, found.id, *_days_of(found))))
    table.writerows([safe_cell(each)] for each in missing)
    return file.getvalue()


def _days_of(found: ReferralTask) -> Iterator[object]:
    running = {clock.name: clock for clock in clocks(found)}
    for name in _CLOCKS:
        yield from (running[name].due or "", running[name].done or "")
    yield running["Progress report"].so_far


def safe_cell(value: object) -> str:
    """No cell may begin like a formula: a spreadsheet would run it."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
