"""An edition -> R4 Task that asks for the referral to be carried out: what a care coordinator's work list is made of.

The channel of the SDOH Clinical Care guide (Gravity, 3.0.0) and BSeR: a Task fulfils a ServiceRequest, whose status
stays the authority; what the receiver needs goes along as input. Who takes it on is left to the site: no owner.
"""

from smartapp.core.proposal import Referral
from smartapp.ehr.write.edition import Edition
from smartapp.ehr.write.elements import Element, concept, fractures, kept, reference
from smartapp.ehr.write.identity import identifier, meta
from smartapp.ehr.write.text import narrative

FULFILL = {
    "system": "http://hl7.org/fhir/CodeSystem/task-code",
    "code": "fulfill",
    "display": "Fulfill the focal request",
}
ASKS = "Arrange supervised physical therapy. Movement restrictions and dose stand in the order."
PLAN = "Rehabilitation plan with movement restrictions"


def task(edition: Edition, referral: Referral) -> Element:
    """As far on its way as its order: requested with an active order, draft with a draft."""
    order = edition.link(edition.request_value, "ServiceRequest", "Physical therapy referral")
    return kept(
        resourceType="Task",
        meta={"tag": meta("", edition.task_value, edition.systems)["tag"]},
        text=narrative([("Task for the care coordinator", [ASKS, f"{referral.start} to {referral.end}"])]),
        identifier=[identifier(edition.task_value, edition.systems.plan)],
        status="requested" if edition.active else "draft",
        intent="order" if edition.active else "plan",
        priority=referral.priority,
        code={"coding": [FULFILL]},
        description=ASKS,
        focus=order,
        encounter=reference(edition.encounter),
        authoredOn=edition.written,
        requester=edition.author,
        reasonReference=next(iter(fractures(edition.proposal.assessment)), None),
        input=[{"type": concept(text=PLAN), "valueReference": edition.link(edition.plan_value, "CarePlan")}],
    ) | {"for": edition.subject}
