"""A referral on its way: one table says whose turn it is and what is owed by when.

The stages are Task.status with the business status of BSeR, which is harmonized with IHE 360X. What another system has
set and this table does not know is placed by its status alone: every referral stands in exactly one queue. Who may
move it stands in :mod:`referral_moves`, the clocks in :mod:`referral_clocks`.

Sources: FHIR R4 Task; HL7 SDOH Clinical Care 3.0.0 (who sets which status); HL7 BSeR 2.0.0-ballot, Task Business Status
Code System.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Stage(StrEnum):
    """How far a referral is."""

    DRAFT = "draft"
    NEW = "new"
    TO_BOOK = "to-book"
    ASKED = "asked"  # the clinician was asked for information
    BOOKED = "booked"
    NO_SHOW = "no-show"
    VISITED = "visited"
    TREATED = "treated"  # the plan of care is back
    ELSEWHERE = "elsewhere"  # another system says that it goes on, and not how
    HELD = "held"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    FAILED = "failed"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class Queue(StrEnum):
    """Named by what is owed; in the order of the page."""

    NEW = "New"
    INFORMATION = "Needs information"
    TO_BOOK = "To book"
    BOOKED = "Booked, visit due"
    NO_SHOW = "No-show to rebook"
    PLAN_OF_CARE = "Plan of care owed"
    RECERTIFICATION = "Recertification due"
    CHANGED = "Changed after sent"
    CLINICIAN = "Waiting for clinician"
    CLOSED = "Closed"


class WhoseTurn(StrEnum):
    """Who has to do the next thing."""

    COORDINATOR = "Coordinator"
    CLINICIAN = "Clinician"
    PATIENT = "Patient"
    THERAPIST = "PT"
    NOBODY = "Nobody"


REPORT_VISITS = 10  # treatment days with a progress report at least (Medicare Benefit Policy Manual 15, 220.3.D)
QUESTION = "question"  # the reason of a Task on hold that waits for the clinician's answer


class StageRow(NamedTuple):
    """``business``: code of the business status; empty where BSeR has none, and it stays what it was. ``mark``: what
    tells it from another stage of the same two, a reason or a day of ours."""

    status: str
    business: str
    queue: Queue
    turn: WhoseTurn
    owed: str
    mark: str = ""


STAGES: Mapping[Stage, StageRow] = MappingProxyType(
    {
        Stage.DRAFT: StageRow("draft", "", Queue.CLINICIAN, WhoseTurn.CLINICIAN, "Sign the order"),
        Stage.NEW: StageRow("requested", "2.0", Queue.NEW, WhoseTurn.COORDINATOR, "Accept or decline"),
        Stage.TO_BOOK: StageRow("accepted", "3.0", Queue.TO_BOOK, WhoseTurn.COORDINATOR, "Book the first visit"),
        Stage.ASKED: StageRow("on-hold", "", Queue.CLINICIAN, WhoseTurn.CLINICIAN, "Answer the question", QUESTION),
        Stage.BOOKED: StageRow("in-progress", "5.1.1", Queue.BOOKED, WhoseTurn.PATIENT, "Come to the first visit"),
        Stage.NO_SHOW: StageRow("in-progress", "5.1.2", Queue.NO_SHOW, WhoseTurn.COORDINATOR, "Book again"),
        Stage.VISITED: StageRow(
            "in-progress", "5.1.4", Queue.PLAN_OF_CARE, WhoseTurn.THERAPIST, "Send the signed plan of care"
        ),
        Stage.TREATED: StageRow(
            "in-progress", "5.1.4", Queue.RECERTIFICATION, WhoseTurn.CLINICIAN, "Recertify, or complete", "plan-of-care"
        ),
        Stage.ELSEWHERE: StageRow(
            "in-progress",
            "",
            Queue.INFORMATION,
            WhoseTurn.COORDINATOR,
            "Find out how far it is: another system moved it",
        ),
        Stage.HELD: StageRow("on-hold", "", Queue.INFORMATION, WhoseTurn.COORDINATOR, "End what holds it"),
        Stage.DECLINED: StageRow("rejected", "4.0", Queue.CLOSED, WhoseTurn.NOBODY, "Declined"),
        Stage.CANCELLED: StageRow("cancelled", "6.0", Queue.CLOSED, WhoseTurn.NOBODY, "Canceled"),
        Stage.FAILED: StageRow("failed", "", Queue.CLOSED, WhoseTurn.NOBODY, "Failed"),
        Stage.COMPLETED: StageRow("completed", "7.0", Queue.CLOSED, WhoseTurn.NOBODY, "Completed"),
        Stage.WITHDRAWN: StageRow("entered-in-error", "", Queue.CLOSED, WhoseTurn.NOBODY, "Withdrawn by who signed it"),
    }
)
_EXACT = {(row.status, row.business, row.mark): stage for stage, row in STAGES.items()}
_BY_STATUS = {
    **{row.status: stage for stage, row in STAGES.items() if not row.business},
    **{"requested": Stage.NEW, "received": Stage.NEW, "accepted": Stage.TO_BOOK, "ready": Stage.TO_BOOK},
    **{"rejected": Stage.DECLINED, "cancelled": Stage.CANCELLED, "completed": Stage.COMPLETED},
}


def stage_of(status: str, business: str, marks: Iterable[str] = ()) -> Stage:
    """Of a Task as it stands in the EHR. A status nobody knows is new work: somebody looks at it."""
    named = [*filter(None, marks)]
    places = [*((business, mark) for mark in (*named, "")), *(("", mark) for mark in named)]
    exact = (_EXACT.get((status, *place)) for place in places)
    return next(filter(None, exact), None) or _BY_STATUS.get(status, Stage.NEW)


def is_accepted(business: str) -> bool:
    """Whether somebody has taken it up, by a business status that a question or a hold leaves as it was."""
    return business not in ("", STAGES[Stage.NEW].business)


class Day(StrEnum):
    """A day that a move gives, as it stands in Task.output."""

    BOOKED = "visit-booked"
    MISSED = "visit-missed"
    VISITED = "first-visit"
    PLAN_OF_CARE = "plan-of-care"
    ATTENDED = "visit-attended"  # each visit after the first
    REPORTED = "progress-report"
    RECERTIFIED = "recertified"
    HELD_TO = "hold-until"
    SINCE = "in-stage-since"  # of every move: a note or a contact changes the record and not the stage


class Entry(NamedTuple):
    """One line of the history: a note of the Task."""

    at: str  # as recorded
    by: str
    text: str


class Returned(NamedTuple):
    """What came back of a referral: what it is, and the reference of its record; empty where its words stand in the
    referral alone."""

    what: str
    reference: str = ""

    @property
    def where(self) -> str:
        kinds = {"DocumentReference": "a document in the chart", "QuestionnaireResponse": "a form in the chart"}
        kind = self.reference.rpartition("/")[0].rpartition("/")[2]
        return kinds.get(kind, "a record in the chart") if self.reference else "text in the referral, no document"


@dataclass(frozen=True)
class ReferralTask:
    """A Task and what it says of its way. Days are calendar days; ``changed`` is when it came into this stage."""

    id: str
    version: str
    status: str
    stage: Stage
    patient: str  # reference: Patient/12
    accepted: bool = False
    order: str = ""  # references as recorded
    plan: str = ""
    priority: str = "routine"
    asked_on: date | None = None
    asked_at: str = ""  # as recorded
    changed: date | None = None
    requester: str = ""
    owner: str = ""  # whose work it is, by name; empty while nobody has taken it on
    owner_reference: str = ""
    plan_id: str = ""  # of the signed plan it asks for
    sending: int = 1  # which time its order was sent
    again: str = ""  # id of the ended one it was sent again for
    asks: str = ""
    reason: str = ""
    outcome: str = ""
    returned: tuple[Returned, ...] = ()
    booked: date | None = None
    visited: date | None = None
    plan_of_care: date | None = None
    attended: tuple[date, ...] = ()  # visits after the first
    reported: date | None = None
    recertified: date | None = None
    held_to: date | None = None
    missed: int = 0
    replaced: bool = False  # ended because a newer plan was signed
    followed: bool = False  # ended because the next order of the same plan was signed, or the end of the plan
    before: "ReferralTask | None" = None  # the one this replaces, where somebody had worked on it
    history: tuple[Entry, ...] = ()

    @property
    def row(self) -> StageRow:
        return STAGES[self.stage]

    @property
    def is_change(self) -> bool:
        """Whether the receiving side has to take note of a change before it goes on."""
        return self.stage is Stage.NEW and self.before is not None

    @property
    def reason_words(self) -> str:
        return f"Question: {self.reason}" if self.stage is Stage.ASKED else self.reason

    @property
    def ended_with(self) -> str:
        """Of one that has ended: what came out, or why."""
        return "" if self.is_open else self.outcome or self.reason

    @property
    def queue(self) -> Queue:
        return Queue.CHANGED if self.is_change else self.row.queue

    @property
    def is_open(self) -> bool:
        return self.queue is not Queue.CLOSED

    @property
    def owed(self) -> str:
        if self.is_change:
            return "Acknowledge: the order was changed after it was sent"
        if self.owes_report:
            return "Send the progress report"
        again = self.stage is Stage.NO_SHOW and self.missed > 1
        return f"Book again: no-show {self.missed}" if again else self.row.owed

    @property
    def turn(self) -> WhoseTurn:
        return WhoseTurn.THERAPIST if self.owes_report else self.row.turn

    @property
    def owes_report(self) -> bool:
        """Whether a progress report comes before anything else that is owed."""
        return self.stage is Stage.TREATED and self.report_due is not None

    @property
    def treatment_days(self) -> tuple[date, ...]:
        """The days of visits since the last progress report; the first visit is one."""
        first = (self.visited,) if self.visited else ()
        return tuple(sorted(day for day in {*first, *self.attended} if not self.reported or day > self.reported))

    @property
    def report_due(self) -> date | None:
        """The day of the tenth visit since the last report; None as long as there were fewer."""
        days = self.treatment_days
        return days[REPORT_VISITS - 1] if len(days) >= REPORT_VISITS else None

    def days_here(self, today: date) -> int | None:
        """Days in this stage; None where the EHR does not say since when."""
        return max(0, (today - self.changed).days) if self.changed else None


def with_replaced(referrals: Iterable[ReferralTask]) -> tuple[ReferralTask, ...]:
    """Each new one with the one of the same patient it replaces, if somebody had taken that up: the newest of them."""
    every = tuple(referrals)
    worked = [each for each in every if each.replaced and each.history]
    return tuple(replace(each, before=_before(each, worked)) if each.stage is Stage.NEW else each for each in every)


def _before(new: ReferralTask, worked: list[ReferralTask]) -> ReferralTask | None:
    ended = [
        old for old in worked if old.patient == new.patient and (old.asked_on or date.min) <= (new.asked_on or date.max)
    ]
    return max(ended, key=lambda old: (old.asked_on or date.min, old.id), default=None)
