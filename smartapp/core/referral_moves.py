"""A referral and a person -> the moves that are open; a step -> whether it may be made, and the line it leaves.

Pages and server ask :func:`moves`, also of what a therapist told by link, so that no button is shown that would be
refused. Reasons are coded by us: HL7 SDOH Clinical Care wants one where a referral is declined, canceled or failed, and
gives no codes for therapy.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from smartapp.core.proposal import Role
from smartapp.core.quotes import quoted
from smartapp.core.referral import STAGES, Day, Queue, ReferralTask, Stage
from smartapp.errors import ReviewError


class Action(StrEnum):
    ACCEPT = "accept"
    TAKE = "take"
    DECLINE = "decline"
    ASK = "ask"
    ANSWER = "answer"
    CONTACT = "contact"
    SCHEDULE = "schedule"
    MISS = "miss"
    VISIT = "visit"
    PLAN_OF_CARE = "plan-of-care"
    ATTEND = "attend"
    REPORT = "report"
    RECERTIFY = "recertify"
    HOLD = "hold"
    RESUME = "resume"
    COMPLETE = "complete"
    CANCEL = "cancel"


class Move(NamedTuple):
    """``to`` None: it stays where it is. ``reasons``: coded, of which one is chosen. ``day``: what its date means.
    ``else_to``: where it goes instead as long as nobody has accepted it. ``told_to``: who may make it, too, where a
    therapist has told of it by link.
    """

    action: Action
    words: str  # of the button
    said: str  # of the history
    begins: tuple[Stage, ...]
    to: Stage | None
    reasons: tuple[tuple[str, str], ...] = ()
    day: Day | None = None
    text: str = ""  # label of a text that is needed; empty where none is
    by: tuple[Role, ...] = (Role.COORDINATOR,)
    else_to: Stage | None = None
    told_to: tuple[Role, ...] = ()


_CLINICIANS = (Role.SIGNER, Role.DRAFTER)
_TOLD_TO = (Role.SIGNER,)  # to whom a link's reports come, too: who may make links
_DECLINE = (
    ("no-capacity", "No capacity in time"),
    ("not-covered", "Not covered by the payer"),
    ("patient-declines", "The patient does not want it"),
    ("other-service", "Another service is needed"),
    ("incomplete", "The order is incomplete"),
    ("duplicate", "There is another order for the same"),
)
_CANCEL = (
    ("patient-declines", "The patient does not want it"),
    ("treated-elsewhere", "Treated elsewhere"),
    ("moved", "The patient moved away"),
    ("not-reached", "The patient could not be reached"),
    ("hospital", "In hospital or a nursing facility"),
    ("died", "The patient died"),
    ("duplicate", "There is another order for the same"),
)
_MISS = (
    ("no-word", "Did not come, no word"),
    ("ill", "Ill"),
    ("transport", "No transport"),
    ("forgot", "Forgot"),
    ("clinic", "The clinic called it off"),
)
_HOLD = (
    ("authorization", "Waiting for the payer's authorization"),
    ("patient", "The patient asked to wait"),
    ("records", "Waiting for records"),
    ("hospital", "In hospital"),
)
_OPEN = tuple(s for s, row in STAGES.items() if row.queue is not Queue.CLOSED and s is not Stage.DRAFT)
_BEFORE_A_VISIT = (Stage.NEW, Stage.TO_BOOK, Stage.ASKED, Stage.NO_SHOW, Stage.HELD, Stage.ELSEWHERE)
_UNDER_WAY = (Stage.VISITED, Stage.TREATED, Stage.ELSEWHERE)

MOVES: tuple[Move, ...] = (
    Move(Action.ACCEPT, "Accept", "Accepted", (Stage.NEW,), Stage.TO_BOOK, told_to=_TOLD_TO),
    Move(
        Action.SCHEDULE, "Schedule", "First visit booked",
        (Stage.TO_BOOK, Stage.NO_SHOW, Stage.BOOKED, Stage.ELSEWHERE), Stage.BOOKED, day=Day.BOOKED,
    ),
    Move(
        Action.VISIT, "Came", "First visit", (Stage.BOOKED, Stage.TO_BOOK, Stage.NO_SHOW, Stage.ELSEWHERE),
        Stage.VISITED, day=Day.VISITED, told_to=_TOLD_TO,
    ),
    Move(Action.MISS, "Did not come", "No-show", (Stage.BOOKED,), Stage.NO_SHOW, _MISS),
    Move(
        Action.PLAN_OF_CARE, "Plan of care received", "Plan of care received", (Stage.VISITED, Stage.ELSEWHERE),
        Stage.TREATED, day=Day.PLAN_OF_CARE, told_to=_TOLD_TO,
    ),
    Move(Action.RECERTIFY, "Recertified", "Recertified", (Stage.TREATED,), None, day=Day.RECERTIFIED),
    Move(
        Action.ATTEND, "Visit attended", "Visit attended", (Stage.VISITED, Stage.TREATED), None, day=Day.ATTENDED,
    ),
    Move(
        Action.REPORT, "Progress report received", "Progress report received", (Stage.VISITED, Stage.TREATED), None,
        day=Day.REPORTED,
    ),
    Move(
        Action.ANSWER, "Record the answer", "Answered", (Stage.ASKED,), Stage.TO_BOOK, text="Answer",
        by=(Role.COORDINATOR, *_CLINICIANS), else_to=Stage.NEW,
    ),
    Move(Action.TAKE, "Take it on", "Taken on", _OPEN, None),
    Move(Action.RESUME, "Go on", "Hold ended", (Stage.HELD,), Stage.TO_BOOK, else_to=Stage.NEW),
    Move(Action.COMPLETE, "Complete", "Completed", _UNDER_WAY, Stage.COMPLETED, text="Outcome"),
    Move(
        Action.CONTACT, "Record contact", "Contact", _OPEN, None, text="Whom, how, and what was said",
        told_to=_TOLD_TO,
    ),
    Move(
        Action.ASK, "Ask the clinician", "Question to the clinician",
        (Stage.NEW, Stage.TO_BOOK, Stage.NO_SHOW, Stage.ELSEWHERE), Stage.ASKED, text="Question",
    ),
    Move(
        Action.HOLD, "Hold", "On hold", (Stage.NEW, Stage.TO_BOOK, Stage.NO_SHOW, Stage.ELSEWHERE), Stage.HELD, _HOLD,
        Day.HELD_TO,
    ),
    Move(Action.DECLINE, "Decline", "Declined", _BEFORE_A_VISIT, Stage.DECLINED, _DECLINE, told_to=_TOLD_TO),
    Move(Action.CANCEL, "Cancel the referral", "Canceled", _OPEN, Stage.CANCELLED, _CANCEL),
)  # fmt: skip
TAKES_ON = frozenset({Action.ACCEPT, Action.TAKE})  # who does it owns the referral from then on
# For several at once: the same words are true of each. The first is what the Enter key does.
IN_BULK = (Action.CONTACT, Action.TAKE)
BY_ACTION = {move.action: move for move in MOVES}


def moves(referral: ReferralTask, role: Role, told: bool = False) -> tuple[Move, ...]:
    """What this person may do with it now, in the order of the page; ``told``: of what a therapist told by link."""
    return tuple(
        move for move in MOVES
        if referral.stage in move.begins and (role in move.by or (told and role in move.told_to))
    )  # fmt: skip


def destination(move: Move, referral: ReferralTask) -> Stage | None:
    """The stage it goes to; None where it stays. What nobody has accepted is not accepted by an answer."""
    return move.to if referral.accepted else move.else_to or move.to


@dataclass(frozen=True)
class Step:
    """A move as somebody made it. ``reason``: a code of the move."""

    action: Action
    reason: str = ""
    text: str = ""
    on: date | None = None


LONGEST = 1000  # characters of a text (ours)


def check_step(step: Step, referral: ReferralTask, role: Role, today: date, told: bool = False) -> Move:
    """The move of a step that may be made. Raises ReviewError with what is missing or cannot be."""
    move = BY_ACTION[step.action]
    if move not in moves(referral, role, told):
        raise ReviewError(
            f"{quoted(move.words)} is not open to you where this referral stands now: {referral.row.owed}."
        )
    if move.reasons and step.reason not in dict(move.reasons):
        raise ReviewError(f"{move.words}: choose a reason.")
    if move.text and not step.text:
        raise ReviewError(f"{move.words}: {quoted(move.text)} is empty.")
    if len(step.text) > LONGEST:
        raise ReviewError(f"{move.words}: the text is longer than {LONGEST} characters.")
    if move.day:
        _check_day(move, step.on, referral, today)
    if step.action is Action.MISS and referral.booked and referral.booked > today:
        raise ReviewError(f"{move.words}: the visit is on {referral.booked}, which is still to come.")
    return move


# What ended without therapy may be sent again, as it is: by a Task of its own, because an ended one stays ended.
SENT_AGAIN = (Stage.DECLINED, Stage.CANCELLED, Stage.FAILED)
RECEIVER = 200  # characters of the name of a clinic (ours)


def check_send_again(referral: ReferralTask, role: Role, receiver: str = "") -> None:
    """Raises ReviewError with why this person cannot send it again. ``receiver``: the clinic that is asked now."""
    if role is not Role.SIGNER or referral.stage not in SENT_AGAIN or referral.replaced:
        raise ReviewError("It is not open to you to send this referral again as it stands now.")
    if len(receiver) > RECEIVER:
        raise ReviewError(f"The name of the clinic is longer than {RECEIVER} characters.")


def can_send_again(referral: ReferralTask, role: Role) -> bool:
    try:
        check_send_again(referral, role)
    except ReviewError:
        return False
    return True


_AFTER_THE_FIRST_VISIT = frozenset({Day.PLAN_OF_CARE, Day.ATTENDED, Day.REPORTED, Day.RECERTIFIED})


def _check_day(move: Move, on: date | None, referral: ReferralTask, today: date) -> None:
    if on is None:
        raise ReviewError(f"{move.words}: give the day.")
    ahead = move.day in (Day.BOOKED, Day.HELD_TO)
    if ahead and on < today:
        raise ReviewError(f"{move.words}: {on} has passed.")
    if not ahead and on > today:
        raise ReviewError(f"{move.words}: {on} is still to come.")
    begun = referral.visited if move.day in _AFTER_THE_FIRST_VISIT else referral.asked_on
    if begun and on < begun:
        raise ReviewError(f"{move.words}: {on} is before {begun}, when it began.")
    if move.day is Day.ATTENDED and on in (referral.visited, *referral.attended):
        raise ReviewError(f"{move.words}: a visit on {on} is recorded already.")


def step_words(move: Move, step: Step) -> str:
    """The line of the history a step leaves."""
    told = (str(step.on) if step.on else "", dict(move.reasons).get(step.reason, ""), step.text)
    more = ". ".join(filter(None, told))
    return f"{move.said}: {more}" if more else f"{move.said}."
