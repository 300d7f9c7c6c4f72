"""Assessment and plan -> what to avoid, grouped: limits of the patient first, then five groups of movements.

Each names movement and quality, until when, and what to do instead. What a clinician dropped is not printed; nothing
else is left out.
"""

from collections.abc import Iterator

from smartapp.core.assessment import Assessment, Constraint, Restriction
from smartapp.core.dates import us_date
from smartapp.core.papers import PrecautionGroup
from smartapp.core.plan.activities import SILENT
from smartapp.core.plan.choosing import FORBIDS
from smartapp.core.plan.limit_words import limits_beside_orders, page_one_limits, sentence
from smartapp.core.proposal import Choice, Proposal
from smartapp.core.states import Prone, State
from smartapp.document.given import Given
from smartapp.document.letter_parts import PrecautionRow

GATES = {"R4": "high-impact", "R6": "prone", "R7": "resisted-upper-back"}
TRIED = "E15"


def limit_rows(given: Given) -> tuple[PrecautionRow, ...]:
    """The first limits of the patient; how many more there are is told by :func:`page_one_limits`."""
    return tuple(_limit(limit) for limit in page_one_limits(given.now)[0])


def all_limit_rows(given: Given) -> tuple[PrecautionRow, ...]:
    return tuple(_limit(limit) for limit in limits_beside_orders(given.now))


def _limit(limit: Constraint) -> PrecautionRow:
    until = us_date(limit.until) if limit.until else "answered: ask" if limit.question else "this changes"
    how = " ".join(sentence(change) for change in limit.changes)
    return PrecautionRow(f"{limit.title}.", sentence(limit.text), f"until {until}", "", "LIMIT", how)


def group_rows(given: Given) -> Iterator[tuple[PrecautionGroup, PrecautionRow]]:
    """Of the groups with something to avoid or change today."""
    for group in given.knowledge.papers.precautions:
        if rows := [r for id_ in group.restrictions if (r := _acting(given.plan, id_))]:
            yield from ((group, row) for row in _group(rows, given))


def _acting(plan: Proposal, id_: str) -> Restriction | None:
    restriction = plan.assessment.restriction(id_)
    if restriction is None or restriction.state in SILENT or _trial_only(restriction, plan.assessment):
        return None
    dropped = any(d.item == id_ and d.choice is Choice.DROP for d in plan.decisions)
    return None if dropped else restriction


def _trial_only(restriction: Restriction, now: Assessment) -> bool:
    """Face down is neither allowed nor avoided where the therapist may try it on the day (rule book 2b, FT7)."""
    return restriction.id == "R6" and restriction.state is State.CONDITIONAL and may_try(now)


def may_try(now: Assessment) -> bool:
    return now.gates is not None and now.gates.prone is Prone.CONDITIONAL and TRIED not in now.removed


def _group(rows: list[Restriction], given: Given) -> Iterator[PrecautionRow]:
    """A row for each end: what holds until another day is not said in one breath."""
    for until in dict.fromkeys(_until(r, given.now) for r in rows):
        first, *others = [r for r in rows if _until(r, given.now) == until]
        word = "AVOID" if any(r.state in FORBIDS for r in (first, *others)) else "CHANGE"
        label, said = _movement(first, given.plan)
        more = (f"{movement} {quality}".strip() for movement, quality in (_movement(r, given.plan) for r in others))
        instead = "; ".join(dict.fromkeys(r.instead for r in (first, *others) if r.instead))
        yield PrecautionRow(label, " ".join((said, *more)), until, instead, word)


def _movement(restriction: Restriction, plan: Proposal) -> tuple[str, str]:
    """Movement and the quality that does harm, never one without the other; the clinician's own words as they are."""
    activity = plan.activity(restriction.id)
    if activity is not None and activity.original:
        return "", sentence(activity.description)
    if not (restriction.movement and restriction.quality):
        return "", sentence(restriction.text)
    return f"{restriction.movement}:", sentence(restriction.quality)


def _until(restriction: Restriction, now: Assessment) -> str:
    if restriction.until:
        return f"until {us_date(restriction.until)}"
    opens = {name: (day, waits) for name, day, waits in now.gates.opens} if now.gates else {}
    day, waits = opens.get(GATES.get(restriction.id, ""), (None, ""))
    if day:
        return f"not before {us_date(day)}"
    return f"until: {waits}" if waits else "clinician decides"
