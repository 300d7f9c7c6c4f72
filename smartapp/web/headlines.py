"""Assessment -> the headline of the review page: what it means for the person at the screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from smartapp.core.assessment import Assessment
from smartapp.core.plan.instead import WhyNoPlan, why_no_plan
from smartapp.core.states import Disposition


@dataclass(frozen=True)
class Headline:
    """``tone`` is a class of the stylesheet."""

    title: str
    meaning: str
    tone: str


SIGNED_ALREADY = Headline(
    "This plan is signed already", "There is nothing to sign. What you change here becomes a new plan.", "open"
)
READY: Mapping[Disposition, Headline] = MappingProxyType(
    {
        Disposition.PRESCRIBE: Headline("Plan ready", "Review it, then sign.", "open"),
        Disposition.PRESCRIBE_WITH_REVIEW: Headline(
            "Plan ready, with points to review", "Read the review points before you sign.", "change"
        ),
    }
)
INSTEAD: Mapping[WhyNoPlan, Headline] = MappingProxyType(
    {
        WhyNoPlan.CONFIRM: Headline(
            "Confirm the fracture first",
            "The fracture is recorded as not yet confirmed. No plan is proposed until the chart says otherwise.",
            "change",
        ),
        WhyNoPlan.CAUSE: Headline(
            "Find the cause first",
            "The cause or the stability of the fracture is not known. No exercise is proposed until the work-up named "
            "below is done and stated.",
            "change",
        ),
        WhyNoPlan.BONE: Headline(
            "Name the broken bone first",
            "A fracture is recorded without its bone. No plan is proposed until it is named.",
            "change",
        ),
        WhyNoPlan.ANSWER: Headline(
            "Answer what forbids exercise first",
            "A limit of this patient leaves no exercise that is safe. No plan is proposed until it is answered.",
            "change",
        ),
        WhyNoPlan.REFER: Headline(
            "Do not prescribe exercise: refer",
            "A finding in the chart needs another clinician first. No exercise is proposed; nothing is written.",
            "forbid",
        ),
        WhyNoPlan.NOT_APPLICABLE: Headline(
            "No active lumbar fracture found",
            "Loadpath covers osteopenia with a lumbar fracture. Nothing is proposed and nothing is written.",
            "quiet",
        ),
        WhyNoPlan.ANOTHER: Headline("The records are about another patient", "They are named below.", "forbid"),
    }
)


def headline_of(now: Assessment) -> Headline:
    if now.disposition.prescribes:
        return READY[now.disposition]
    found = INSTEAD[why := why_no_plan(now)]
    if why is WhyNoPlan.ANOTHER:
        return Headline(found.title, f"{now.chart.names_another} {found.meaning}", found.tone)
    return found
