"""Plan on record and new proposal -> what is added, removed and kept, line by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from smartapp.core.chart import PlanOnRecord
from smartapp.core.proposal import Activity, Kind, Proposal


class Mark(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    KEPT = "kept"


@dataclass(frozen=True)
class Line:
    mark: Mark
    text: str


def difference(plan_on_record: PlanOnRecord, proposal: Proposal) -> tuple[Line, ...]:
    """Lines removed first, then added, then kept. Lines compare by their words, blanks and case aside."""
    old = _by_words(plan_on_record.summary)
    new = _by_words(written(activity) for activity in proposal.activities)
    removed = [Line(Mark.REMOVED, text) for words, text in old.items() if words not in new]
    added = [Line(Mark.ADDED, text) for words, text in new.items() if words not in old]
    kept = [Line(Mark.KEPT, text) for words, text in new.items() if words in old]
    return (*removed, *added, *kept)


def written(activity: Activity) -> str:
    """The words an activity has in the chart: an exercise by name, the description, the dose where it names none.

    Many charts show nothing but the description, so that a therapist would read how, but not what.
    """
    words = activity.description
    if activity.kind is Kind.EXERCISE and not activity.do_not_perform and not words.startswith(activity.title):
        words = f"{activity.title}: {words}"
    return words if not activity.dose or activity.dose in words else f"{words} Dose: {activity.dose}."


def _by_words(texts: Iterable[str]) -> dict[str, str]:
    return {" ".join(text.lower().split()): text for text in texts}
