"""A move somebody has just made -> whether it can be taken back: within a minute, by who made it, if nobody followed.

What ends a referral stays ended: no FHIR Task leaves ``completed``, ``cancelled``, ``failed`` or ``rejected`` (FHIR R4,
Task state machine). A contact and an answer have been said to somebody; they stay too, and are corrected by another.
Undoing writes the former status, business status, reason, days and owner over the version just written; the line of the
move stays in the history, and one more says that it was undone.
"""

from typing import NamedTuple

from smartapp.core.referral import ReferralTask
from smartapp.core.referral_moves import Action
from smartapp.errors import ReviewError

SECONDS = 60  # in which a move can be undone (ours)
UNDOABLE = frozenset(
    {
        Action.ACCEPT, Action.TAKE, Action.ASK, Action.SCHEDULE, Action.MISS, Action.VISIT, Action.PLAN_OF_CARE,
        Action.ATTEND, Action.REPORT, Action.RECERTIFY, Action.HOLD, Action.RESUME,
    }
)  # fmt: skip


class MadeMove(NamedTuple):
    """``at``: seconds since the epoch; ``version``: of the record as the move left it; ``said``: its line."""

    action: Action
    by: str  # reference of the user
    at: float
    version: str
    said: str


def seconds_left(made: MadeMove | None, referral: ReferralTask, by: str, now: float) -> int:
    """In which it can still be taken back; 0 where it cannot."""
    try:
        check_undo(made, referral, by, now)
    except ReviewError:
        return 0
    return int(made.at + SECONDS - now) if made else 0


def check_undo(made: MadeMove | None, referral: ReferralTask, by: str, now: float) -> None:
    """Raises ReviewError with why it stays."""
    if made is None or now >= made.at + SECONDS:
        raise ReviewError(f"It is too late to undo: that is possible for {SECONDS} seconds after a move.")
    if made.by != by:
        raise ReviewError("Only who made a move can undo it.")
    if made.action not in UNDOABLE:
        raise ReviewError("This move cannot be undone: what ends a referral, or was said to somebody, stays.")
    last = referral.history[-1].text if referral.history else ""
    if (referral.version, last) != (made.version, made.said):
        raise ReviewError("Somebody has gone on with this referral since: the move stays.")


def undo_words(said: str) -> str:
    """The line of the history it leaves."""
    return f"Undone: {said}"
