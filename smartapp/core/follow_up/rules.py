"""The signed plan made again from its own chart and day with today's knowledge -> which of its lines differ (FU17)."""

from collections.abc import Iterator

from smartapp.core.changes import ChangeName
from smartapp.core.concept_lines import DifferenceKind
from smartapp.core.differences import plan_differences
from smartapp.core.follow_up.comparison import Changes, Comparison, listed
from smartapp.core.proposal import Proposal
from smartapp.core.review import revise


def changed_rules(seen: Comparison) -> Changes:
    """Nothing where the knowledge is the one of the signature, or where no line of this plan has moved with it."""
    before, after = seen.then.knowledge_version, seen.today.knowledge_version
    if before == after:
        return
    again = seen.signed_again()
    titles = dict(_titles(again)) | dict(_titles(seen.signed))
    found = plan_differences(seen.signed, revise(again, seen.signed.decisions, seen.knowledge))
    named = ((each.id.partition(".")[0], each.kind) for each in found)
    changed = dict.fromkeys(id_ for id_, kind in named if id_ in titles and kind is not DifferenceKind.REASONING)
    if changed:
        count = seen.word("rule" if len(changed) == 1 else "rules").format(count=len(changed))
        names = listed(titles[id_] for id_ in changed)
        yield seen.change(ChangeName.RULES, before=before, after=after, count=count, names=names)


def _titles(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Of what was signed line by line: restrictions stand among the activities."""
    yield from ((each.id, each.title) for each in proposal.activities)
    yield from ((each.id, each.description) for each in proposal.goals)
    yield from ((each.id, each.what) for each in proposal.reviews)
