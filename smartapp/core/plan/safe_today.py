"""Proposal -> what page one calls safe today: not what a limit removes, nor what waits (rule book 2b, RP2)."""

from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Proposal
from smartapp.core.states import Phase, Track


def safe_moves(proposal: Proposal, knowledge: Knowledge) -> tuple[str, ...]:
    """In the words of the rows, in their order."""
    now = proposal.assessment
    out = {activity.id for activity in proposal.activities if activity.status_reason} | set(now.removed)
    track, phase = now.track or Track.STANDING, now.effective_phase or Phase.INITIAL
    return tuple(
        move.text for move in knowledge.papers.safe
        if track in move.tracks and (not move.phases or phase in move.phases) and not out.intersection(move.without)
    )  # fmt: skip
