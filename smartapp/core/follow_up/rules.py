"""The signed plan made again from its own chart and day with today's knowledge -> which of its lines differ (FU17)."""

from collections.abc import Iterator
from typing import Any

from smartapp.core.changes import ChangeName
from smartapp.core.derive import derive
from smartapp.core.fingerprint import digest
from smartapp.core.follow_up.comparison import Changes, Comparison, listed
from smartapp.core.plan import plan
from smartapp.core.proposal import Proposal
from smartapp.core.review import revise


def changed_rules(seen: Comparison) -> Changes:
    """Nothing where the knowledge is the one of the signature, or where no line of this plan has moved with it."""
    before, after = seen.then.knowledge_version, seen.today.knowledge_version
    if before == after:
        return
    again = plan(derive(seen.then.chart, seen.since, seen.knowledge), seen.knowledge)
    then, now = _lines(seen.signed), _lines(revise(again, seen.signed.decisions, seen.knowledge))
    changed = dict.fromkeys(
        id_ for part, id_ in then | now if digest(then.get((part, id_))) != digest(now.get((part, id_)))
    )
    if changed:
        titles = dict(_titles(again)) | dict(_titles(seen.signed))
        count = seen.word("rule" if len(changed) == 1 else "rules").format(count=len(changed))
        names = listed(titles.get(id_, id_) for id_ in changed)
        yield seen.change(ChangeName.RULES, before=before, after=after, count=count, names=names)


def _lines(proposal: Proposal) -> dict[tuple[str, str], Any]:
    """What was signed, line by line: words, doses, goals, states, days."""
    found: dict[tuple[str, str], Any] = {}
    for line in proposal.activities:
        found["line", line.id] = (line.title, line.description, line.dose, line.fitt, line.patient_text)
    for goal in proposal.goals:
        found["goal", goal.id] = (goal.description, goal.low, goal.high, goal.due)
    for each in proposal.assessment.restrictions:
        found["state", each.id] = (each.state, each.text, each.until)
    for review in proposal.reviews:
        found["day", review.id] = (review.day, review.what)
    return found


def _titles(proposal: Proposal) -> Iterator[tuple[str, str]]:
    yield from ((each.id, each.title) for each in proposal.activities)
    yield from ((each.id, each.description) for each in proposal.goals)
    yield from ((each.id, each.what) for each in proposal.reviews)
