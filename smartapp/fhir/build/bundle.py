"""SignedPlan or Proposal -> the transaction Bundle, each resource made with the R4B models of fhir.resources.

The models are imported when something is written, not before: they are slow to load.
"""

from collections.abc import Container, Iterable, Mapping
from copy import deepcopy
from importlib import import_module
from typing import Any

from smartapp.core.knowledge import Knowledge
from smartapp.core.permissions import check_can_sign
from smartapp.core.proposal import Proposal, SignatureKind, SignedPlan
from smartapp.errors import ReviewError
from smartapp.fhir.build.careplan import careplan
from smartapp.fhir.build.context import App, BuildContext, of_resource, signed_context, unsigned_context
from smartapp.fhir.build.elements import Element, annotation
from smartapp.fhir.build.goals import goal
from smartapp.fhir.build.identifiers import business_identifier, criterion, urn
from smartapp.fhir.build.observations import observations
from smartapp.fhir.build.provenance import provenance
from smartapp.fhir.build.request import request
from smartapp.fhir.build.tasks import tasks
from smartapp.fhir.check import VISITS, check_bundle
from smartapp.fhir.json import as_object, as_objects, version_of
from smartapp.fhir.systems import Systems

MODELS = {
    name: f"fhir.resources.R4B.{name.lower()}"
    for name in (
        *("Bundle", "CarePlan", "Communication", "Composition", "DocumentReference", "Goal", "Observation", "Patient"),
        *("Practitioner", "PractitionerRole", "Provenance"),
        *("QuestionnaireResponse", "RequestGroup", "ServiceRequest", "Task"),
    )
}


def validate_model(resource: Mapping[str, Any]) -> Element:
    """The resource after a pass through its R4B model; raises ``pydantic.ValidationError`` where it does not fit."""
    kind = str(resource["resourceType"])
    model = getattr(import_module(MODELS[kind]), kind)
    made: Element = model.model_validate(dict(resource)).model_dump(mode="json")
    return made


def signed_bundle(
    signed: SignedPlan,
    knowledge: Knowledge,
    app: App,
    fhir_base: str,
    *,
    encounter: str = "",
    organization: str = "",
    previous: Iterable[Mapping[str, Any]] = (),
    by_tag: Container[str] = (),
    with_task: bool = False,
) -> Element:
    """Transaction Bundle of a signed plan; ``previous`` are the resources it replaces, whole, as read from the EHR."""
    check_can_sign(signed.signer, signed.active)
    context = signed_context(signed, knowledge, app, encounter, organization)
    made = resources(context, with_task)
    if not made:
        raise ReviewError("There is nothing to sign: this chart leads to no plan.")
    endings = (withdrawal_entry(old, fhir_base, signed.signs, ending_plan(context)) for old in previous)
    withdrawals = {old["fullUrl"]: old for old in endings if old}
    bundle = transaction([*(create_entry(resource, app.systems, by_tag) for resource in made), *withdrawals.values()])
    check_bundle(bundle, _overridden(signed.proposal))
    return bundle


def _overridden(proposal: Proposal) -> frozenset[str]:
    """What was signed before orders counted their visits is delivered as it was signed."""
    uncounted = [VISITS] if proposal.visits is None else []
    return frozenset((*(guard for guard, _ in proposal.overrides), *uncounted))


def unsigned_bundle(proposal: Proposal, knowledge: Knowledge, app: App) -> Element:
    """Transaction Bundle of a proposal nobody signed: drafts and proposals, no Provenance; no entries if no plan."""
    bundle = transaction(
        [create_entry(resource, app.systems) for resource in resources(unsigned_context(proposal, knowledge, app))]
    )
    check_bundle(bundle, _overridden(proposal))
    return bundle


def resources(context: BuildContext, with_task: bool = False) -> list[Element]:
    """Observations, Goals, CarePlan, ServiceRequest, Tasks if wanted, Provenance: as they can be created one by one.

    Where a plan goes on, its Goals and CarePlan stand already.
    """
    proposal = context.proposal
    if context.signs is SignatureKind.END:
        return [validate_model(provenance(context, [context.plan_link()]))]
    if not (proposal.activities or proposal.goals or proposal.referral):
        return []
    made = [*observations(context)]
    if context.signs is SignatureKind.PLAN:
        made += [*(goal(context, wanted) for wanted in proposal.goals), careplan(context)]
    if proposal.referral is not None:
        made.append(request(context, proposal.referral))
        if with_task:
            made.extend(tasks(context, proposal.referral))
    if context.signer is not None:
        made.append(provenance(context, [_target(resource, context.systems) for resource in made]))
    return [validate_model(resource) for resource in made]


def _target(resource: Element, systems: Systems) -> Element:
    return {"reference": urn(business_identifier(resource, systems)), "type": resource["resourceType"]}


def create_entry(resource: Element, systems: Systems, by_tag: Container[str] = ()) -> Element:
    """Create it, unless the EHR already has one with our identifier."""
    return {
        "fullUrl": urn(business_identifier(resource, systems)),
        "resource": resource,
        "request": {
            "method": "POST",
            "url": resource["resourceType"],
            "ifNoneExist": criterion(resource, systems, by_tag),
        },
    }


def transaction(entries: list[Element]) -> Element:
    bundle: Element = {"resourceType": "Bundle", "type": "transaction"}
    return bundle | ({"entry": entries} if entries else {})


KIND, REFERRAL = "ServiceRequest", ".referral"  # an order, and the end of its identifier
REPLACED = "A newer plan has replaced the order this task asks for."
FOLLOWED = "The next order of the same plan has followed the one this task asks for."
CLOSED = "The plan this task belongs to has ended with its outcome."

# type -> (status element, statuses that a signature ends, status a new plan ends them with, and what follows a plan)
_ENDING = {
    "CarePlan": ("status", {"draft", "active", "on-hold", "unknown"}, "revoked", "completed"),
    "ServiceRequest": ("status", {"draft", "active", "on-hold", "unknown"}, "revoked", "completed"),
    "Task": (
        "status",
        {"draft", "requested", "received", "accepted", "ready", "in-progress", "on-hold"},
        "cancelled",
        "completed",
    ),
    "Goal": ("lifecycleStatus", {"proposed", "planned", "accepted", "active", "on-hold"}, "cancelled", "completed"),
}
_WHY = {SignatureKind.PLAN: REPLACED, SignatureKind.ORDER: FOLLOWED, SignatureKind.END: CLOSED}


def withdrawn(resource: Mapping[str, Any], signs: SignatureKind = SignatureKind.PLAN) -> Element | None:
    """The resource with its ending status; None where it has already ended or is of another kind.

    A new plan takes the place of what it ends; what the next order of a plan, or its end, ends was done.
    """
    element, open_states, replaced, done = _ENDING.get(str(resource.get("resourceType")), ("", set(), "", ""))
    if not resource.get("id") or str(resource.get(element)) not in open_states:
        return None
    asks_on_a_day = "restriction" in resource  # what nobody has answered was not done
    ended = replaced if signs is SignatureKind.PLAN or asks_on_a_day else done
    why = {"statusReason": {"text": _WHY[signs]}} if resource["resourceType"] == "Task" else {}
    return deepcopy(dict(resource)) | {element: ended} | why


def ending_plan(context: BuildContext) -> Element:
    """What a CarePlan that ends with its outcome says beside its status: its last day, and how it came out."""
    notes = [made for text in context.outcome if (made := annotation(text, context.signed_at))]
    return {"end": context.proposal.assessment.as_of.isoformat(), "note": notes}


def withdrawal_entry(
    resource: Mapping[str, Any],
    fhir_base: str,
    signs: SignatureKind = SignatureKind.PLAN,
    ending: Mapping[str, Any] | None = None,
) -> Element | None:
    """Transaction entry that withdraws it, only if nobody has changed it since it was read. ``ending``: as
    :func:`ending_plan` of a plan that ends."""
    ended = withdrawn(resource, signs)
    if ended is None:
        return None
    if signs is SignatureKind.END and ending and ended["resourceType"] == "CarePlan":
        planned = as_object(ended, "period")
        last = min(filter(None, (planned.get("end"), ending["end"])))
        ended |= {"period": {**planned, "end": last}, "note": [*as_objects(ended.get("note")), *ending["note"]]}
    place = of_resource(ended)
    request = {"method": "PUT", "url": place}
    if version := version_of(ended):
        request["ifMatch"] = f'W/"{version}"'
    return {"fullUrl": f"{fhir_base.rstrip('/')}/{place}", "resource": ended, "request": request}


def goal_ids(plans: Iterable[Mapping[str, Any]]) -> list[str]:
    """Ids of the Goals these plans name, each once."""
    links = [str(as_object(goal).get("reference", "")) for plan in plans for goal in as_objects(plan.get("goal"))]
    return list(dict.fromkeys(link.rpartition("/")[2] for link in links if "Goal/" in link))
