"""An edition -> R4 Tasks: to arrange what is ordered, and one for each day on which somebody has to act.

They tell state and day, never what is in the chart: coordinators read them (rule book 2b, RP9).
"""

from collections.abc import Iterator

from smartapp.core.plan.limit_words import coordinator_line
from smartapp.core.plan.reviews import reviews_as_tasks
from smartapp.core.program import DatedReview, Decider
from smartapp.core.proposal import Referral
from smartapp.fhir.build.codings import CANONICAL
from smartapp.fhir.build.context import BuildContext
from smartapp.fhir.build.elements import (
    Element,
    concept,
    fhir_string,
    fractures,
    narrative,
    reference,
    without_absent,
)
from smartapp.fhir.build.identifiers import identifier, meta, part_value

FULFILL = {
    "system": "http://hl7.org/fhir/CodeSystem/task-code",
    "code": "fulfill",
    "display": "Fulfill the focal request",
}
ASKS = "Arrange supervised physical therapy. Movement restrictions and dose stand in the order."
PLAN = "Rehabilitation plan with movement restrictions"


REVIEW = f"{CANONICAL}/review/"  # and the id of a review
# Who decides, where it is not the signer.
_PERFORMERS = {
    Decider.THERAPIST: "Physical therapist",
    Decider.SURGEON: "Surgeon of the spine",
    Decider.PRESCRIBER: "Prescriber of the bone treatment",
}


def tasks(context: BuildContext, referral: Referral) -> Iterator[Element]:
    """As far on their way as the order: requested with an active order, draft with a draft."""
    yield task(context, referral)
    for review in reviews_as_tasks(context.proposal, context.knowledge):
        yield _dated(context, review)


def task(context: BuildContext, referral: Referral) -> Element:
    """To arrange what is ordered."""
    asks = " ".join(filter(None, (ASKS, coordinator_line(context.proposal.assessment))))
    return without_absent(
        **_any(context, context.task_value),
        text=narrative([("Task for the care coordinator", [asks, f"{referral.start} to {referral.end}"])]),
        priority=referral.priority,
        code={"coding": [FULFILL]},
        description=fhir_string(asks),
        reasonReference=next(iter(fractures(context.proposal.assessment)), None),
        input=[{"type": concept(text=PLAN), "valueReference": context.plan_link()}],
    ) | {"for": context.subject}


def _dated(context: BuildContext, review: DatedReview) -> Element:
    """What is asked on one day; due then."""
    day = review.day.isoformat()
    asks = f"{day}: {review.asked}"
    performer = _PERFORMERS.get(review.decides, "")
    return without_absent(
        **_any(context, part_value(context.plan_id, review.id)),
        text=narrative([("Question with a date", [asks])]),
        instantiatesUri=f"{REVIEW}{review.id}",
        priority="routine",
        code=concept(text=review.what),
        description=fhir_string(asks),
        performerType=[concept(text=performer)] if performer else None,
        owner=None if performer else context.author,
        restriction={"period": {"end": day}},
    ) | {"for": context.subject}


def _any(context: BuildContext, value: str) -> Element:
    """What all tasks of an order have."""
    return {
        "resourceType": "Task",
        "meta": {"tag": meta("", value, context.systems)["tag"]},
        "identifier": [identifier(value, context.systems.plan)],
        "status": "requested" if context.active else "draft",
        "intent": "order" if context.active else "plan",
        "focus": context.link(context.request_value, "ServiceRequest", "Physical therapy referral"),
        "encounter": reference(context.encounter),
        "authoredOn": context.written,
        "requester": context.author,
    }
