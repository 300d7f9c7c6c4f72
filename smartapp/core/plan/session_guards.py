"""Output guards of sessions and doses: blocks wide enough, no twins in one session, one place each, an effort named."""

from collections.abc import Iterator

from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.session_blocks import minutes_needed
from smartapp.core.proposal import Activity, ActivityKind, Component, Proposal

_WITH_EFFORT = frozenset({Component.EXTENSOR, Component.CORE, Component.RESISTANCE})


def block_minutes(proposal: Proposal, knowledge: Knowledge) -> Iterator[str]:
    """GU14; a dose the clinician put in words counts nothing."""
    pace = knowledge.library.programme.pace
    for block in proposal.session:
        lines = filter(None, map(proposal.activity, block.exercises))
        fitts = {a.id: a.fitt for a in lines if a.fitt}
        if block.code is None or not fitts:
            continue
        needed = minutes_needed(fitts, block.code, block.odd, block.even, pace)
        if needed > block.minutes:
            yield f"{block.title}: {block.minutes} minutes are fewer than the {needed} its exercises take."


def no_twins(proposal: Proposal, knowledge: Knowledge) -> Iterator[str]:
    """GU15, inside one session; the home set may hold the easier twin (rule book 2c, CX23)."""
    for others in ("odd", "even"):
        session = [id_ for block in proposal.session for id_ in block.exercises if id_ not in getattr(block, others)]
        for id_ in session:
            if twin := knowledge.library.twin_beside(id_, session):
                yield f"{id_} and {twin} do not belong in one session."


def one_place_each(proposal: Proposal, _: Knowledge) -> Iterator[str]:
    """GU16; what waits has no place yet."""
    placed = [id_ for block in proposal.session for id_ in block.exercises]
    lines = {a.id: a for a in proposal.activities if a.kind is ActivityKind.EXERCISE}
    for activity in lines.values():
        count = placed.count(activity.id)
        if count > 1:
            yield f"{activity.id} stands in {count} blocks."
        elif not count and activity.home_set is None and not activity.status_reason:
            yield f"{activity.id} stands in no block and in no home set."
    yield from (f"{id_} is done in the session and not ordered." for id_ in placed if id_ not in lines)


def effort_named(proposal: Proposal, _: Knowledge) -> Iterator[str]:
    """GU21; a dose the clinician put in words stands as it is."""
    for activity in proposal.activities:
        trains = _WITH_EFFORT & set(activity.component)
        if activity.kind is ActivityKind.EXERCISE and trains and not _has_effort(activity):
            yield f"{activity.id} has no effort to keep to."


def _has_effort(activity: Activity) -> bool:
    return bool(activity.original or (activity.fitt and activity.fitt.rpe))
