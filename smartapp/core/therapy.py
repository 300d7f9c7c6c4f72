"""What became of a signed order beside the chart: its referral, and what the therapist told by link.

Both are what somebody has said: they are shown, they settle what is due, and they never open a gate or a phase.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from smartapp.core.referral import Queue, ReferralTask, Stage
from smartapp.core.therapist import DECLINE_REASONS, LOGGED, Report, ReportKind

SESSIONS, PAIN_LATER = "sessions", "pain-24h"  # of the log of a session
_LOGGED = frozenset(each.id for each in LOGGED)
_ENDED = frozenset({Stage.DECLINED, Stage.CANCELLED, Stage.FAILED})


@dataclass(frozen=True)
class ToldReport:
    """``taken``: a coordinator or clinician has taken it over into the referral."""

    report: Report
    sent: date
    taken: bool = False

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
class Therapy:
    """Of one signed plan. ``referral`` is None where none is known, or none was read; ``reports`` the oldest first."""

    referral: ReferralTask | None = None
    reports: tuple[ToldReport, ...] = ()

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
        return min(filter(None, (self.visited, *(each.on for each in self.progress))), default=None)

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


NOTHING_KNOWN = Therapy()
