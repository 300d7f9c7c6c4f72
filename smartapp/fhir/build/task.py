"""An edition -> R4 Task that asks for the referral to be carried out: what a care coordinator's work list is made of.

The channel of the SDOH Clinical Care guide (Gravity, 3.0.0) and BSeR: a Task fulfils a ServiceRequest, whose status
stays the authority; what the receiver needs goes along as input. Who takes it on is left to the site: no owner.
"""

from smartapp.core.proposal import Referral
from smartapp.fhir.build.context import BuildContext
from smartapp.fhir.build.elements import Element, concept, fractures, without_absent, reference
from smartapp.fhir.build.identifiers import identifier, meta
from smartapp.fhir.build.text import narrative

FULFILL = {
    "system": "http://hl7.org/fhir/CodeSystem/task-code",
    "code": "fulfill",
    "display": "Fulfill the focal request",
}
ASKS = "Arrange supervised physical therapy. Movement restrictions and dose stand in the order."
PLAN = "Rehabilitation plan with movement restrictions"


def task(context: BuildContext, referral: Referral) -> Element:
    """As far on its way as its order: requested with an active order, draft with a draft."""
    order = context.link(context.request_value, "ServiceRequest", "Physical therapy referral")
    return without_absent(
        resourceType="Task",
        meta={"tag": meta("", context.task_value, context.systems)["tag"]},
        text=narrative([("Task for the care coordinator", [ASKS, f"{referral.start} to {referral.end}"])]),
        identifier=[identifier(context.task_value, context.systems.plan)],
        status="requested" if context.active else "draft",
        intent="order" if context.active else "plan",
        priority=referral.priority,
        code={"coding": [FULFILL]},
        description=ASKS,
        focus=order,
        encounter=reference(context.encounter),
        authoredOn=context.written,
        requester=context.author,
        reasonReference=next(iter(fractures(context.proposal.assessment)), None),
        input=[{"type": concept(text=PLAN), "valueReference": context.link(context.plan_value, "CarePlan")}],
    ) | {"for": context.subject}
