"""Dated reviews of a proposal -> at most five lines of the plan: the days, what is looked at and who decides."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from smartapp.core.plan.written_line import PlanLine, Words, joined_line
from smartapp.core.program import DatedReview
from smartapp.core.proposal import Activity, ActivityKind, Proposal

MOST = 5  # rule book 2b, RP5
_UNDATED = "F-REEVAL-"


def review_lines(proposal: Proposal) -> Iterator[PlanLine]:
    """Where no days are known, the re-evaluations each in a line."""
    for number, together in enumerate(grouped(proposal.reviews), 1):
        yield _line(number, together)
    undated = [each for each in proposal.activities if is_undated_review(each)]
    if proposal.reviews:
        return
    for each in undated[:MOST]:
        yield from joined_line(each.id, ActivityKind.FOLLOW_UP, each.title, [each])


def is_undated_review(activity: Activity) -> bool:
    return activity.id.startswith(_UNDATED)


def grouped(reviews: Sequence[DatedReview], most: int = MOST) -> list[list[DatedReview]]:
    """By day, near days together: parted where the gaps between them are widest, the earlier of equal gaps first."""
    ordered = sorted(reviews, key=lambda each: (each.day, each.id))
    gaps = [(ordered[n].day - ordered[n - 1].day, -n) for n in range(1, len(ordered))]
    cuts = sorted(-n for _, n in sorted(gaps, reverse=True)[: most - 1])
    edges = [0, *cuts, len(ordered)]
    return [ordered[start:end] for start, end in pairwise(edges) if start < end]


def _line(number: int, together: Sequence[DatedReview]) -> PlanLine:
    first, last = together[0].day, together[-1].day
    title = f"Review {first.isoformat()}" + (f" to {last.isoformat()}" if last > first else "")
    words = tuple(Words(f"{each.day.isoformat()}: {_what(each)} Decides: {each.decides}.") for each in together)
    return PlanLine(f"review-{number}", ActivityKind.FOLLOW_UP, title, words, window=(first, last), dated=True)


def _what(review: DatedReview) -> str:
    return review.what if review.what.endswith((".", "?", "!")) else f"{review.what}."
