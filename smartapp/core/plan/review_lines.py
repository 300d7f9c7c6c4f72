"""Dated reviews of a proposal -> at most five lines of the plan: the days, what is looked at and who decides."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from smartapp.core.plan.written_line import PlanLine, joined_line
from smartapp.core.program import DatedReview
from smartapp.core.proposal import Activity, ActivityKind, Proposal

MOST = 5  # rule book 2b, RP5
_UNDATED = "F-REEVAL-"  # and the months
_DATED = "VI9-"


def review_lines(proposal: Proposal) -> Iterator[PlanLine]:
    """Where no days are known, the re-evaluations each in a line."""
    for number, together in enumerate(grouped(proposal.reviews), 1):
        yield _line(number, together, proposal)
    if not proposal.reviews:
        undated = [each for each in proposal.activities if each.id.startswith(_UNDATED)]
        for each in undated[:MOST]:
            yield from joined_line(each.id, ActivityKind.FOLLOW_UP, each.title, [each])


def told_as_review(activity: Activity, proposal: Proposal) -> bool:
    """Whether a review of the plan says it: its own line, or the dated one while the clinician has not reworded it."""
    if not activity.id.startswith(_UNDATED):
        return False
    return not proposal.reviews or bool({each.id for each in proposal.reviews} & set(_dated(activity)))


def _dated(activity: Activity) -> tuple[str, ...]:
    return () if activity.original else (activity.id.replace(_UNDATED, _DATED),)


def grouped(reviews: Sequence[DatedReview], most: int = MOST) -> list[list[DatedReview]]:
    """By day, near days together: parted where the gaps between them are widest, the earlier of equal gaps first."""
    ordered = sorted(reviews, key=lambda each: (each.day, each.id))
    gaps = [(ordered[n].day - ordered[n - 1].day, -n) for n in range(1, len(ordered))]
    cuts = sorted(-n for _, n in sorted(gaps, reverse=True)[: most - 1])
    edges = [0, *cuts, len(ordered)]
    return [ordered[start:end] for start, end in pairwise(edges) if start < end]


def _line(number: int, together: Sequence[DatedReview], proposal: Proposal) -> PlanLine:
    first, last = together[0].day, together[-1].day
    title = f"Review {first.isoformat()}" + (f" to {last.isoformat()}" if last > first else "")
    words = tuple(f"{each.day.isoformat()}: {each.asked}" for each in together)
    days = {each.id for each in together}
    undated = (each for each in proposal.activities if each.id.startswith(_UNDATED))
    covers = tuple(each.id for each in undated if days & set(_dated(each)))
    return PlanLine(f"review-{number}", ActivityKind.FOLLOW_UP, title, words, covers, window=(first, last))
