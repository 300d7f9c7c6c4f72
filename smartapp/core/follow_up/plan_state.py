"""A signed plan and today's proposal -> one of four words for its owner, with the day and the changes that say so.

The judgment is that of the follow-up (rule book 2b, section 8) and nothing beside it; where several words would fit,
the most careful one holds. That the calendar allows more while nothing confirms it (FU4) is a review, not a way on.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartapp.core.changes import Change, ChangeKind, ChangeName
from smartapp.core.derive.phase import phase_begins
from smartapp.core.follow_up import follow_up
from smartapp.core.follow_up.comparison import Comparison
from smartapp.core.follow_up.course import next_dates
from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Proposal
from smartapp.core.therapy import NOTHING_KNOWN, Therapy


class PlanWord(StrEnum):
    """The most careful one first."""

    TIGHTENED = "tightened"  # less is allowed than was signed, or it is not known any more whether as much is
    REVIEW_DUE = "review-due"
    MAY_PROGRESS = "may-progress"
    UNCHANGED = "unchanged"


class PlanOwner(StrEnum):
    THERAPIST = "therapist"  # must acknowledge what is allowed no more
    CLINICIAN = "clinician"  # looks, and signs what follows


TIGHTER = frozenset(
    {
        *(ChangeName.RED_FLAG, ChangeName.SYMPTOMS_TOLD, ChangeName.NO_PLAN),
        *(ChangeName.FRACTURE, ChangeName.SUSPECTED_FRACTURE, ChangeName.OPERATION, ChangeName.OPERATION_ELSEWHERE),
        *(ChangeName.PAIN_STAYS, ChangeName.PAIN_WORSE, ChangeName.PAIN_TOLD, ChangeName.SESSION_RED),
        *(ChangeName.FALL, ChangeName.FALL_TOLD, ChangeName.PHASE_LOWER, ChangeName.STRICTER),
        *(ChangeName.LIMIT, ChangeName.ALERT, ChangeName.STEROID, ChangeName.MINUTES_HELD),
    }
)
WIDER = frozenset({ChangeName.PHASE_HIGHER, ChangeName.LESS_STRICT, ChangeName.LIMIT_ENDED, ChangeName.MINUTES_FREE})
_ASKED = frozenset({ChangeKind.STOP, ChangeKind.REVIEW, ChangeKind.DUE})
_OWNERS = {
    PlanWord.TIGHTENED: PlanOwner.THERAPIST,
    PlanWord.REVIEW_DUE: PlanOwner.CLINICIAN,
    PlanWord.MAY_PROGRESS: PlanOwner.CLINICIAN,
}


@dataclass(frozen=True)
class PlanState:
    """``day``: of an unchanged plan when something comes next, else since when, as far as plan and calendar tell."""

    word: PlanWord
    day: date
    because: tuple[Change, ...]  # the changes that make it this word

    @property
    def owner(self) -> PlanOwner | None:
        """Who has something to do."""
        return _OWNERS.get(self.word)

    @property
    def text(self) -> str:
        """Without a name and without a record's words: what may stand in a list."""
        titles = ", ".join(dict.fromkeys(change.title.lower() for change in self.because))
        return {
            PlanWord.TIGHTENED: f"Tightened: {titles}; the therapist must acknowledge.",
            PlanWord.REVIEW_DUE: f"Review due since {self.day}: {titles}.",
            PlanWord.MAY_PROGRESS: f"May progress from {self.day}.",
            PlanWord.UNCHANGED: f"Unchanged; next on {self.day}.",
        }[self.word]


def plan_state(signed: Proposal, now: Proposal, knowledge: Knowledge, therapy: Therapy = NOTHING_KNOWN) -> PlanState:
    """``signed`` as signed, edits included; ``now`` of today's chart. See :func:`follow_up`."""
    changes = follow_up(signed, now, knowledge, therapy)
    by_word = {word: tuple(change for change in changes if word_of(change) is word) for word in PlanWord}
    word = next(word for word in PlanWord if by_word[word])
    return PlanState(word, _day(word, Comparison(signed, now, knowledge)), by_word[word])


def word_of(change: Change) -> PlanWord:
    if change.name in TIGHTER:
        return PlanWord.TIGHTENED
    if change.name in WIDER:
        return PlanWord.MAY_PROGRESS
    return PlanWord.REVIEW_DUE if change.kind in _ASKED else PlanWord.UNCHANGED


def _day(word: PlanWord, seen: Comparison) -> date:
    passed = (review.day for review in seen.signed.reviews if seen.since < review.day <= seen.day)
    if word is PlanWord.UNCHANGED:
        return min(next_dates(seen))[0]
    if word is PlanWord.REVIEW_DUE:
        return min((*passed, seen.day))
    return _allowed_from(seen) if word is PlanWord.MAY_PROGRESS else seen.day


def _allowed_from(seen: Comparison) -> date:
    """The day the calendar allowed the phase of today, if it came after the signature; else what allows it is new."""
    anchor, phase = seen.today.anchor, seen.today.effective_phase
    if anchor is None or phase is None or phase is seen.then.effective_phase:
        return seen.day
    begins = phase_begins(anchor.day, phase, seen.knowledge)
    return begins if begins > seen.since else seen.day
