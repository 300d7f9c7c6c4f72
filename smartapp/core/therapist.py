"""What a therapist without an EHR tells of a referral: typed reports, checked, and the move each of them stands for.

A report is what somebody outside has said. It changes nothing by itself: a coordinator or clinician takes it over into
the referral, under their own name, where the move it stands for is open; elsewhere as a line of the history.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from smartapp.core.proposal import Role
from smartapp.core.referral import ReferralTask
from smartapp.core.referral_moves import BY_ACTION, Action, Step, moves
from smartapp.core.threshold_words import shown_number

LONGEST = 600  # characters of a question (ours)
SHORT = 200  # characters of anything else that is written (ours): all of a report fits into one line of a history
NAME = 80  # characters of a name or a clinic (ours)


class ReportKind(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    QUESTION = "question"
    FIRST_VISIT = "first-visit"
    PLAN_OF_CARE = "plan-of-care"
    PROGRESS = "progress"
    ACKNOWLEDGE = "acknowledge"  # that a newer plan replaces the one they have


class LinkState(StrEnum):
    NEVER_OPENED = "never opened"
    OPENED = "opened"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Recipient:
    """The one person a link is for."""

    name: str
    clinic: str

    @property
    def words(self) -> str:
        return f"{self.name}, {self.clinic}"


class Asked(NamedTuple):
    """A number the form of a progress report asks for; ``unit`` in words."""

    id: str
    title: str
    unit: str
    lowest: Decimal
    highest: Decimal
    whole: bool

    @property
    def range_words(self) -> str:
        kind = "a whole number" if self.whole else "a number"
        return f"Give {kind} from {shown_number(self.lowest)} to {shown_number(self.highest)}."


_TEN = (Decimal(0), Decimal(10), True)
# Of the log of a session (rule book 2b, PG7), by the ids of its form; "sessions" is ours.
LOGGED = (
    Asked("sessions", "Sessions done so far", "", Decimal(0), Decimal(365), True),
    Asked("pain-worst", "Worst pain during a session, 0-10", "of 10", *_TEN),
    Asked("pain-24h", "Pain 24 hours later, 0-10", "of 10", *_TEN),
    Asked("rpe-max", "Highest effort, 0-10", "of 10", *_TEN),
)
FALL, SYMPTOMS, RECOMMENDS = "fall", "symptoms", "recommends"
DECLINE_REASONS = BY_ACTION[Action.DECLINE].reasons


@dataclass(frozen=True)
class Report:
    """``values``: numbers of a progress report by the ids of the form, as typed. ``plan_id``: of a newer plan."""

    kind: ReportKind
    on: date | None = None
    reason: str = ""
    text: str = ""
    values: tuple[tuple[str, str], ...] = ()
    fall: str = ""  # yes, no, or not said
    symptoms: str = ""
    plan_id: str = ""
    recommends: str = ""  # a phase (PG8)

    @property
    def urgent(self) -> bool:
        """Whether the clinician has to hear of it on the same day."""
        return self.fall == "yes" or bool(self.symptoms)


# -- in words, and as a move


_SAID: Mapping[ReportKind, str] = MappingProxyType(
    {
        ReportKind.ACCEPT: "Accepts the referral",
        ReportKind.DECLINE: "Declines the referral",
        ReportKind.QUESTION: "Asks",
        ReportKind.FIRST_VISIT: "First visit",
        ReportKind.PLAN_OF_CARE: "Plan of care sent",
        ReportKind.PROGRESS: "Progress",
        ReportKind.ACKNOWLEDGE: "Has read what the newer plan changes",
    }
)


def report_words(report: Report, asked: Sequence[Asked] = ()) -> str:
    """All of a report in one line; days as ISO, as histories keep them."""
    day = f"on {report.on}" if report.on else ""
    first = " ".join(filter(None, (_SAID[report.kind], day)))
    told = (dict(DECLINE_REASONS).get(report.reason, ""), *_measured(report, asked), report.text)
    more = " ".join(map(_sentence, filter(None, told)))
    return f"{first}: {more}" if more else f"{first}."


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _measured(report: Report, asked: Sequence[Asked]) -> Iterator[str]:
    if report.fall:
        yield "A fall since the last session" if report.fall == "yes" else "no fall since the last session"
    if report.symptoms:
        yield f"New symptoms: {report.symptoms}"
    if report.recommends:
        yield f"Recommends the {report.recommends} phase"
    names = {each.id: each for each in (*LOGGED, *asked)}
    for id_, value in report.values:
        named = names.get(id_)
        yield f"{named.title}: {value} {named.unit}".strip() if named else f"{id_}: {value}"


_ACTIONS: Mapping[ReportKind, Action] = MappingProxyType(
    {
        ReportKind.ACCEPT: Action.ACCEPT,
        ReportKind.DECLINE: Action.DECLINE,
        ReportKind.QUESTION: Action.ASK,
        ReportKind.FIRST_VISIT: Action.VISIT,
        ReportKind.PLAN_OF_CARE: Action.PLAN_OF_CARE,
        ReportKind.PROGRESS: Action.CONTACT,
        ReportKind.ACKNOWLEDGE: Action.CONTACT,
    }
)
# What is said of one order is not said of the one that replaced it.
_OF_ONE_ORDER = frozenset({ReportKind.ACCEPT, ReportKind.DECLINE})


def step_of(report: Report, words: str, by: str, referral: ReferralTask, role: Role, same_order: bool) -> Step | None:
    """The step by which this person takes a report over now: its own move, or a line of the history where that is not
    open; None where the referral has ended.

    ``words``: all of the report; ``by``: who sent it when, as a sentence. ``same_order``: whether the link was made for
    this very order.
    """
    may = {move.action for move in moves(referral, role, told=True)}
    action = _ACTIONS[report.kind]
    if action in may and action is not Action.CONTACT and (same_order or report.kind not in _OF_ONE_ORDER):
        return Step(action, report.reason, " ".join(filter(None, (report.text, by))), report.on)
    return Step(Action.CONTACT, text=f"{words} {by}") if Action.CONTACT in may else None


# -- what a newer plan changes, for coordinator and therapist alike


@dataclass(frozen=True)
class PlanChange:
    """Of the movement restrictions, in the words of the two plans."""

    stricter: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        return (*(f"New: {line}" for line in self.stricter), *(f"No longer: {line}" for line in self.gone))


def plan_change(was: Sequence[str], now: Sequence[str]) -> PlanChange:
    """What is to be avoided by one plan and not by the other."""
    return PlanChange(tuple(line for line in now if line not in was), tuple(line for line in was if line not in now))


def course_words(visited: date | None, plan_of_care: date | None, review: date | None) -> str:
    """How far the therapy is, in one line: “evaluated 2026-03-12, plan of care received, next review 2026-04-09”."""
    told = (
        f"evaluated {visited}" if visited else "",
        f"plan of care received {plan_of_care}" if plan_of_care else "",
        f"next review {review}" if review else "",
    )
    return ", ".join(filter(None, told))
