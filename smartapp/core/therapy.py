"""What became of a signed order: its referral, what the therapist told by link, and what was recorded under it.

All of it is what somebody has said: it is shown, it settles what is due, and it never opens a gate or a phase.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from smartapp.core.chart import Source, Unreadable
from smartapp.core.referral import Queue, ReferralTask, Stage
from smartapp.core.session_log import TherapySession
from smartapp.core.therapist import DECLINE_REASONS, LOGGED, Report, ReportKind

SESSIONS, PAIN_LATER = "sessions", "pain-24h"  # of the log of a session
SUPERVISED, AT_HOME = "supervised", "home"  # where a session was
_LOGGED = frozenset(each.id for each in LOGGED)
_ENDED = frozenset({Stage.DECLINED, Stage.CANCELLED, Stage.FAILED})


@dataclass(frozen=True)
class ToldReport:
    """``taken``: a coordinator or clinician has taken it over into the referral. ``source``: of one in the chart."""

    report: Report
    sent: date
    taken: bool = False
    source: Source | None = None

    @property
    def on(self) -> date:
        """The day it speaks of, or the one it came."""
        return self.report.on or self.sent

    def number(self, id_: str) -> Decimal | None:
        return next((Decimal(value) for name, value in self.report.values if name == id_), None)

    @property
    def tests(self) -> tuple[tuple[str, Decimal], ...]:
        """Results by the rows of the tests."""
        return tuple((name, Decimal(value)) for name, value in self.report.values if name not in _LOGGED)


@dataclass(frozen=True)
class Document:
    """A note of the therapist in the chart; ``text`` is empty where its file could not be read with the chart.

    ``told``: written here of what was told by link.
    """

    title: str
    on: date | None
    text: str
    source: Source
    told: bool = False


class Alarm(NamedTuple):
    """What of a report or a session may have to be called for."""

    on: date
    source: Source | None
    symptoms: str
    fall: bool
    pain_later: Decimal | None


@dataclass(frozen=True)
class Therapy:
    """Of one signed plan. ``referral`` is None where none is known, or none was read; reports, sessions and documents
    the oldest first. ``unread``: records under the order that were not understood."""

    referral: ReferralTask | None = None
    reports: tuple[ToldReport, ...] = ()
    sessions: tuple[TherapySession, ...] = ()
    documents: tuple[Document, ...] = ()
    unread: tuple[Unreadable, ...] = ()

    def since(self, day: date) -> "Therapy":
        """What the chart has of an earlier plan left out; a note without a day stays."""
        return replace(
            self,
            reports=tuple(each for each in self.reports if each.source is None or each.on >= day),
            sessions=tuple(each for each in self.sessions if each.on >= day),
            documents=tuple(each for each in self.documents if each.on is None or each.on >= day),
        )

    def with_told(self, referral: ReferralTask | None, by_link: Sequence[ToldReport]) -> "Therapy":
        """What the chart has, beside the referral and the reports by link; a report that is in both is told once."""
        known = {(each.on, each.report.text, frozenset(each.tests)) for each in by_link}
        charted = (e for e in self.reports if (e.on, e.report.text, frozenset(e.tests)) not in known)
        notes = tuple(each for each in self.documents if not (each.told and by_link))
        return replace(self, referral=referral, reports=(*charted, *by_link), documents=notes)

    @property
    def done(self) -> tuple[TherapySession, ...]:
        return tuple(each for each in self.sessions if not each.missed)

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """Of reports and sessions alike, the oldest first."""
        told = [
            *(Alarm(t.on, t.source, t.report.symptoms, t.report.fall == "yes", t.number(PAIN_LATER))
              for t in self.progress),
            *(Alarm(s.on, s.source, s.symptoms, s.fall, s.pain_later) for s in self.sessions),
        ]  # fmt: skip
        return tuple(sorted(told, key=lambda each: each.on))

    def _told(self, kind: ReportKind) -> Iterator[ToldReport]:
        return (each for each in self.reports if each.report.kind is kind)

    @property
    def progress(self) -> tuple[ToldReport, ...]:
        return tuple(sorted(self._told(ReportKind.PROGRESS), key=lambda each: each.on))

    @property
    def visited(self) -> date | None:
        """The first visit, as the referral has it, else as the therapist told it."""
        if self.referral and self.referral.visited:
            return self.referral.visited
        return min((each.on for each in self._told(ReportKind.FIRST_VISIT)), default=None)

    @property
    def seen_on(self) -> date | None:
        """The first day on which the patient surely was there: of the first visit, or of a session that was told."""
        days = (*(each.on for each in self.progress), *(each.on for each in self.done if each.setting == SUPERVISED))
        return min(filter(None, (self.visited, *days)), default=None)

    @property
    def plan_of_care(self) -> date | None:
        if self.referral and self.referral.plan_of_care:
            return self.referral.plan_of_care
        return min((each.on for each in self._told(ReportKind.PLAN_OF_CARE)), default=None)

    @property
    def reported(self) -> date | None:
        """Of the newest progress report."""
        days = [self.referral.reported] if self.referral else []
        return max(filter(None, (*days, *(each.on for each in self.progress))), default=None)

    @property
    def recertified(self) -> date | None:
        return self.referral.recertified if self.referral else None

    @property
    def ended(self) -> str:
        """Why nobody will come of this referral, in words; empty where it goes on."""
        if self.referral and self.referral.stage in _ENDED and not self.referral.replaced:
            return ": ".join(filter(None, (self.referral.row.owed, self.referral.reason)))
        answers = [each for each in self.reports if each.report.kind in (ReportKind.ACCEPT, ReportKind.DECLINE)]
        if answers and answers[-1].report.kind is ReportKind.DECLINE and not answers[-1].taken:
            return f"Declined by link: {dict(DECLINE_REASONS).get(answers[-1].report.reason, '')}".rstrip(": ")
        return ""

    @property
    def missed(self) -> int:
        return self.referral.missed if self.referral else 0

    @property
    def is_over(self) -> bool:
        """Whether nobody owes anything on it any more."""
        return self.referral is not None and self.referral.queue is Queue.CLOSED

    def sessions_since(self, day: date, days: int) -> tuple[int, int] | None:
        """Sessions done by the newest report, and in how many days, over at least so many: since ``day``, or since an
        earlier report; None where that is not known."""
        counted: list[tuple[date, int]] = []
        for each in self.progress:
            if (told := each.number(SESSIONS)) is not None:
                counted.append((each.on, int(told)))
        if not counted:
            return None
        last, done = counted[-1]
        earlier = [(day, 0), *counted[:-1]]
        before = [(on, n) for on, n in earlier if on <= last - timedelta(days=days) and n <= done]
        return (done - before[-1][1], (last - before[-1][0]).days) if before else None

    def logged_since(self, day: date, days: int, today: date) -> tuple[int, int] | None:
        """Sessions of the last so many days by the log, each day once, and the days; None where no log was kept in
        them, or where they began before ``day``. Visits alone are no log: what was done at home is not among them."""
        first = today - timedelta(days=days)
        within = [each for each in self.sessions if first < each.on <= today]
        if first < day or not any(each.logged for each in within):
            return None
        return len({each.on for each in within if not each.missed}), days


NOTHING_KNOWN = Therapy()
