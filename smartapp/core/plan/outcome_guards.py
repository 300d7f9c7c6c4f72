"""Proposal -> what is wrong with its goals and with what the patient reads: output guards GU12 and GU19."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from smartapp.core.knowledge import Knowledge
from smartapp.core.patient_texts import STOP
from smartapp.core.plan.pain import PAIN, has_pain_line, is_comfort_care
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


def _pain_line(proposal: Proposal, knowledge: Knowledge) -> Iterator[str]:
    """PM12: at least one position, pacing, the timing of medicine and a word on the brace; as reworded by a clinician."""
    if proposal.referral is None or not has_pain_line(proposal.assessment, knowledge):
        return
    line = proposal.activity(PAIN)
    if line is None:
        yield "The line on pain is missing."
    elif not line.original and line.description.count(".") < (3 if is_comfort_care(proposal.assessment) else 6):
        yield "The line on pain must name positions, pacing, medicine and brace."


OUTCOME_GUARDS: Mapping[str, Callable[[Proposal, Knowledge], Iterator[str]]] = MappingProxyType(
    {"GU12": _goals_to_reach, "GU19": _stop_texts, "PM12": _pain_line}
)
