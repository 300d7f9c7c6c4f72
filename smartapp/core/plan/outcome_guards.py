"""Proposal -> what is wrong with its goals and with what the patient reads: output guards GU12 and GU19."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from smartapp.core.knowledge import Knowledge
from smartapp.core.patient_texts import STOP
from smartapp.core.proposal import Proposal


def _stop_texts(proposal: Proposal, _: Knowledge) -> Iterator[str]:
    """GU19. What the words themselves must name is checked when the knowledge is read."""
    texts = proposal.patient_texts
    if texts is None or proposal.assessment.chart.patient.deceased:
        return
    emergency = texts.starting(STOP)
    if not emergency:
        yield "The patient is not told when to call 911."
    elif proposal.referral and emergency not in proposal.referral.patient_instruction:
        yield "The order does not tell the patient when to call 911."


def _goals_to_reach(proposal: Proposal, _: Knowledge) -> Iterator[str]:
    """GU12."""
    for goal in proposal.goals:
        above = goal.low is None or (goal.baseline is not None and goal.baseline >= goal.low)
        below = goal.high is None or (goal.baseline is not None and goal.baseline <= goal.high)
        if goal.baseline is not None and above and below:
            yield f"{goal.id} is met by its own baseline."


OUTCOME_GUARDS: Mapping[str, Callable[[Proposal, Knowledge], Iterator[str]]] = MappingProxyType(
    {"GU12": _goals_to_reach, "GU19": _stop_texts}
)
