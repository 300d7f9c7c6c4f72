"""A proposal's restrictions and never-selected movements -> at most six lines of what to avoid, each with what instead.

The single lines stay in the proposal, where the clinician edits them; what is written and printed is grouped (rule
book 2b RP5 and RP7, 2c CX28; rows: written.toml). A line says everything that is forbidden before the word “Instead”.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.activities import AVOID, OF_LIMITS
from smartapp.core.plan.limit_words import of_load
from smartapp.core.proposal import Activity, Proposal
from smartapp.core.written import AvoidGroup

PROGRAM = "program"  # the line of a plan that tells what has no other place


@dataclass(frozen=True)
class AvoidLine:
    """One group of what is forbidden today."""

    id: str  # DN1
    title: str
    text: str  # AVOID: movement — quality; ... Instead: ...
    covers: tuple[str, ...]  # ids of the proposal's lines it tells, in order
    until: date | None = None  # the last day of all of it; None where a part has no end


def avoid_lines(proposal: Proposal, knowledge: Knowledge) -> tuple[AvoidLine, ...]:
    """The groups of which something is forbidden, in the order of the rows; edits and drops show in their group."""
    return tuple(_line(group, found, proposal, knowledge) for group, found in _standing(proposal, knowledge))


def told_elsewhere(proposal: Proposal, knowledge: Knowledge) -> dict[str, tuple[Activity, ...]]:
    """Lines of the proposal whose group is not written, by the line of the plan that tells them."""
    written = {group.id for group, _ in _standing(proposal, knowledge)}
    found: dict[str, tuple[Activity, ...]] = {}
    for group in knowledge.written.avoid:
        if group.id not in written:
            line = group.told_in or PROGRAM
            found[line] = (*found.get(line, ()), *_members(group, proposal))
    return {line: activities for line, activities in found.items() if activities}


def _standing(proposal: Proposal, knowledge: Knowledge) -> Iterator[tuple[AvoidGroup, tuple[Activity, ...]]]:
    members = {group.id: _members(group, proposal) for group in knowledge.written.avoid}
    forbidding = {id_: found for id_, found in members.items() if any(each.do_not_perform for each in found)}
    for group in knowledge.written.avoid:
        if group.id in forbidding and group.gives_way_to not in forbidding:
            yield group, forbidding[group.id]


def _members(group: AvoidGroup, proposal: Proposal) -> tuple[Activity, ...]:
    return tuple(activity for id_ in group.covers if (activity := proposal.activity(id_)) is not None)


def _line(group: AvoidGroup, members: tuple[Activity, ...], proposal: Proposal, knowledge: Knowledge) -> AvoidLine:
    ends = [_until(each, proposal) for each in members if each.do_not_perform]
    known = [end for end in ends if end is not None]
    return AvoidLine(
        id=group.id,
        title=group.title,
        text=_text(members, proposal, knowledge),
        covers=tuple(each.id for each in members),
        until=max(known) if len(known) == len(ends) else None,
    )


def _until(activity: Activity, proposal: Proposal) -> date | None:
    """Of the limits of the patient the last day of all of them."""
    if activity.id == OF_LIMITS:
        ends = [limit.until for limit in of_load(proposal.assessment.constraints)]
        known = [end for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None
    restriction = proposal.assessment.restriction(activity.id)
    return restriction.until if restriction else None


def _text(members: tuple[Activity, ...], proposal: Proposal, knowledge: Knowledge) -> str:
    """What is forbidden in the words of the rules; then what a clinician has worded, and what is only changed."""
    own = [each for each in members if each.do_not_perform and _by_rule(each, proposal, knowledge)]
    worded = [each.description for each in members if each.do_not_perform and each not in own]
    changed = [each.description for each in members if not each.do_not_perform]
    said = [_forbidden(own, members, proposal, knowledge)] if own else []
    return " ".join((*said, *worded, *(("With care:", *changed) if changed else ())))


def _by_rule(activity: Activity, proposal: Proposal, knowledge: Knowledge) -> bool:
    """Whether it still says what the rules say of a movement, its quality and what to do instead."""
    if activity.original:
        return False
    restriction = proposal.assessment.restriction(activity.id)
    if restriction is None:
        return activity.id in _never(knowledge)
    return bool(restriction.movement and restriction.quality and restriction.instead)


def _never(knowledge: Knowledge) -> dict[str, str]:
    return {row.id: f"{row.movement} — {row.quality}" for row in knowledge.library.never}


def _forbidden(own: Iterable[Activity], members: tuple[Activity, ...], proposal: Proposal, knowledge: Knowledge) -> str:
    restrictions = [r for each in own if (r := proposal.assessment.restriction(each.id))]
    pieces = [
        f"{r.movement} — {r.quality}{f' (at least until {r.until.isoformat()})' if r.until else ''}"
        for r in restrictions
    ]
    never = [each for each in own if proposal.assessment.restriction(each.id) is None]
    titles = ""
    if pieces and never:
        titles = f" Never as an exercise: {'; '.join(each.title for each in never)}."
    elif never:
        pieces = [_never(knowledge)[each.id] for each in never]
    first, *others = pieces
    said = "; ".join((first, *(piece[:1].lower() + piece[1:] for piece in others)))
    return f"{AVOID} {said}.{titles} Instead: {'; '.join(_instead(members, proposal, knowledge))}."


def _instead(members: tuple[Activity, ...], proposal: Proposal, knowledge: Knowledge) -> dict[str, None]:
    """Of the restrictions, which know what this patient can do; only without them of the movements themselves."""
    of_these = [each for each in members if each.do_not_perform and proposal.assessment.restriction(each.id)]
    known = [proposal.assessment.restriction(each.id) for each in of_these or members]
    found = [restriction.instead for restriction in known if restriction and restriction.instead]
    ids = {each.id for each in members}
    return dict.fromkeys(found or [row.instead for row in knowledge.library.never if row.id in ids])
