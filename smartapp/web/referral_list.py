"""The referrals of an EHR as lines of a list: what is due when and whose turn it is; narrowed, and as a file."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from smartapp.core.chart import Patient
from smartapp.core.referral import ReferralTask, WhoseTurn
from smartapp.core.referral_clocks import clocks, due
from smartapp.ehr.client import FhirClient
from smartapp.ehr.referral_packet import patient_facts
from smartapp.ehr.referrals import Inbox, InboxRow, read_inbox
from smartapp.web.wiring import wiring

SOON = 1  # days ahead that are marked (ours)


@dataclass(frozen=True)
class InboxLine:
    """One row of the inbox. ``late``: days overdue, negative for days to go; None without a due day."""

    referral: ReferralTask
    patient: Patient | None
    due: date | None
    late: int | None
    days_here: int | None
    base: str  # of the EHR

    @property
    def reference(self) -> str:
        """What it is called where nobody may be named, as in a calendar."""
        return wiring().store.coordinators.short_reference(self.base, self.referral.id)

    @property
    def name(self) -> str:
        return (self.patient.name if self.patient else "") or "Name not shown by the EHR"

    @property
    def born(self) -> str:
        return str(self.patient.birth) if self.patient and self.patient.birth else ""

    @property
    def turn(self) -> str:
        turn, found = self.referral.turn, self.referral
        named = {WhoseTurn.CLINICIAN: found.requester, WhoseTurn.COORDINATOR: found.owner or "Nobody yet"}
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


def inbox_lines(client: FhirClient) -> tuple[Inbox, tuple[InboxLine, ...]]:
    inbox = read_inbox(client, wiring().systems)
    return inbox, tuple(inbox_line(row, client.base) for row in inbox.rows)


def inbox_line(row: InboxRow, base: str) -> InboxLine:
    today, day = wiring().today(), due(row.referral)
    late = (today - day).days if day else None
    return InboxLine(row.referral, row.patient, day, late, row.referral.days_here(today), base)


_COLUMNS = ("Patient", "Born", "MRN", "Next to do", "Queue", "Due", "Days in state", "Whose turn", "Urgency", "Task")
_CLOCKS = ("Order signed", "First visit", "Plan of care back", "Progress report", "Recertification")  # in their order


def inbox_csv(lines: tuple[InboxLine, ...]) -> str:
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow((*_COLUMNS, *(f"{name}: {what}" for name in _CLOCKS for what in ("due", "done")), "Visits"))
    for line in lines:
        found = line.referral
        number = line.patient.record_number if line.patient else ""
        days = "" if line.days_here is None else line.days_here
        told = (line.name, line.born, number, found.owed, found.queue.value, line.due or "", days, line.turn)
        table.writerow(map(_cell, (*told, found.priority, found.id, *_days_of(found))))
    return file.getvalue()


def _days_of(found: ReferralTask) -> Iterator[object]:
    running = {clock.name: clock for clock in clocks(found)}
    for name in _CLOCKS:
        yield from (running[name].due or "", running[name].done or "")
    yield running["Progress report"].so_far


def _cell(value: object) -> str:
    """No cell may begin like a formula: a spreadsheet would run it."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
