"""Assessment -> the headline of the review page: what it means for the person at the screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from smartapp.core.assessment import Assessment
from smartapp.core.plan.instead import WhyNoPlan, why_no_plan
from smartapp.core.states import Disposition
from smartapp.web.catalog import Lazy


@dataclass(frozen=True)
class Headline:
    """``tone`` is a class of the stylesheet."""

    title: str
    meaning: str
    tone: str


SIGNED_ALREADY = Headline(Lazy("This plan is signed already"), "", "open")
READY: Mapping[Disposition, Headline] = MappingProxyType(
    {
        Disposition.PRESCRIBE: Headline(Lazy("Plan ready"), Lazy("Review it, then sign."), "open"),
        Disposition.PRESCRIBE_WITH_REVIEW: Headline(
            Lazy("Plan ready, with points to review"), Lazy("Read the review points before you sign."), "change"
        ),
    }
)
INSTEAD: Mapping[WhyNoPlan, Headline] = MappingProxyType(
    {
        WhyNoPlan.CONFIRM: Headline(
            Lazy("Confirm the fracture first"),
            Lazy("The fracture is recorded as not yet confirmed. No plan is proposed until the chart says otherwise."),
            "change",
        ),
        WhyNoPlan.CAUSE: Headline(
            Lazy("Find the cause first"),
            Lazy(
                "The cause or the stability of the fracture is not known. No exercise is proposed until the "
                "work-up named below is done and stated."
            ),
            "change",
        ),
        WhyNoPlan.BONE: Headline(
            Lazy("Name the broken bone first"),
            Lazy("A fracture is recorded without its bone. No plan is proposed until it is named."),
            "change",
        ),
        WhyNoPlan.ANSWER: Headline(
            Lazy("Answer what forbids exercise first"),
            Lazy("A limit of this patient leaves no exercise that is safe. No plan is proposed until it is answered."),
            "change",
        ),
        WhyNoPlan.REFER: Headline(
            Lazy("Do not prescribe exercise: refer"),
            Lazy("A finding in the chart needs another clinician first. No exercise is proposed; nothing is saved."),
            "forbid",
        ),
        WhyNoPlan.NOT_APPLICABLE: Headline(
            Lazy("No active lumbar fracture found"),
            Lazy("Loadpath covers osteopenia with a lumbar fracture. Nothing is proposed and nothing is saved."),
            "quiet",
        ),
        WhyNoPlan.ANOTHER: Headline(
            Lazy("The records are about another patient"), Lazy("They are named below."), "forbid"
        ),
    }
)


def headline_of(now: Assessment) -> Headline:
    if now.disposition.prescribes:
        return READY[now.disposition]
    found = INSTEAD[why := why_no_plan(now)]
    if why is WhyNoPlan.ANOTHER:
        return Headline(found.title, f"{now.chart.names_another} {found.meaning}", found.tone)
    return found
