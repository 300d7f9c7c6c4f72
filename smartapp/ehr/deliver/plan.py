"""A signed Bundle and what this EHR allows -> the items of the outbox, whole when the plan is signed.

:class:`WritePlan` is what was decided about the EHR at signing, as plain values the store keeps with the signed plan:
going on later decides nothing anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Proposal, SignatureKind, SignedPlan
from smartapp.core.review.results import results_of_tests
from smartapp.document import contents
from smartapp.ehr.capabilities import Capabilities
from smartapp.ehr.deliver.engine import WRITE, Job
from smartapp.ehr.deliver.find import status_of
from smartapp.ehr.deliver.items import OutboxItem
from smartapp.ehr.deliver.methods import (
    ARTIFACTS,
    METHODS_OF,
    RESOURCE_METHODS,
    WITH_RESULTS,
    PlannedWrite,
    SiteSettings,
    WriteMethod,
    can_end,
    choose_methods,
    document_type_of,
)
from smartapp.ehr.launch.scopes import Grants
from smartapp.fhir.build import build, without_identifier_search
from smartapp.fhir.build.elements import Element
from smartapp.fhir.build.fallback_document import CLINICAL_NOTE, FORMATS, FallbackDocument, carrier
from smartapp.fhir.build.identifiers import business_identifier, criterion, part_value, urn
from smartapp.fhir.json import as_object
from smartapp.fhir.systems import EXAMPLE, Systems

_DOCUMENT_POSITIONS = {WriteMethod.NOTE: 50, WriteMethod.MESSAGE: 51}
_RESULT_POSITION, _PROVENANCE_POSITION, _ENDING_POSITION = 60, 90, 100
DOCUMENT_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "DocumentReference": "Clinical note with plan, restrictions and referral (text and PDF)",
        "Communication": "Message with plan, restrictions and referral",
        "QuestionnaireResponse": "Form with plan, restrictions and referral",
    }
)
TITLES = {
    "ServiceRequest": "Physical therapy referral",
    "Task": "Task for the care coordinator",
    "Provenance": "Record of who signed, and on what grounds",
}
OF_THE_PLAN = ("CarePlan", "Goal")  # written once: they stand while the plan goes on
_TYPES = (*METHODS_OF, *DOCUMENT_TITLES)


@dataclass(frozen=True)
class WritePlan:
    """Everything but the plan itself. ``by_words``: the types this EHR cannot search by identifier."""

    planned: tuple[PlannedWrite, ...]
    documents: Mapping[str, str]  # method -> resource type of the note or message
    ends: tuple[str, ...]  # types of older records that can be ended by an update
    conditional: tuple[str, ...]
    by_words: tuple[str, ...] = ()
    encounter: str = ""  # reference
    note_replaces: str = ""  # reference of the note before this one
    formats: tuple[str, ...] = FORMATS
    questionnaire: str = ""
    systems: Systems = EXAMPLE
    basis: tuple[str, ...] = ()  # rules and their review, as printed on the document

    def of(self, kind: str) -> PlannedWrite | None:
        return next((p for p in self.planned if p.artifact == kind), None)

    def methods_to_end(self, kind: str) -> tuple[WriteMethod, ...]:
        """An older record ends in the step that makes the newer one, else by itself, else by hand."""
        if kind not in self.ends:
            return (WriteMethod.COPY,)
        planned = self.of(kind) or self.of("CarePlan")
        in_one_step = planned is not None and planned.method is WriteMethod.TRANSACTION
        return (*([WriteMethod.TRANSACTION] if in_one_step else []), WriteMethod.CREATE, WriteMethod.COPY)


def artifacts_of(proposal: Proposal, active: bool, signs: SignatureKind = SignatureKind.PLAN) -> tuple[str, ...]:
    """What a plan is written as, or what follows it; results of tests only by who signs it."""
    every = WITH_RESULTS if active and any(results_of_tests(proposal.assessment.chart)) else ARTIFACTS
    if signs is SignatureKind.END:
        return ("CarePlan", "Provenance")
    return every if signs is SignatureKind.PLAN else tuple(kind for kind in every if kind not in OF_THE_PLAN)


def make_write_plan(
    capabilities: Capabilities,
    grants: Grants,
    site: SiteSettings,
    *,
    encounter: str = "",
    note_replaces: str = "",
    basis: Sequence[str] = (),
    artifacts: Sequence[str] = ARTIFACTS,
    systems: Systems = EXAMPLE,
) -> WritePlan:
    """What is decided about this EHR now, to be kept with the plan."""
    used = [method for method in _DOCUMENT_POSITIONS if method in site.methods]
    documents = {method.value: document_type_of(method, capabilities, grants, site) for method in used}
    return WritePlan(
        planned=choose_methods(capabilities, grants, site, artifacts),
        documents={method: kind for method, kind in documents.items() if kind},
        ends=tuple(kind for kind in _TYPES if can_end(kind, capabilities, grants)),
        conditional=tuple(k for k in _TYPES if k in capabilities.conditional_create or not capabilities.declared),
        by_words=_found_by_words(capabilities),
        encounter=encounter,
        note_replaces=note_replaces,
        formats=site.note_formats,
        questionnaire=site.questionnaire,
        basis=tuple(basis),
        systems=systems,
    )


def _found_by_words(capabilities: Capabilities) -> tuple[str, ...]:
    """The types of notes and messages that cannot be searched by identifier, as far as the EHR says what can be."""
    searchable = capabilities.search_parameters
    tells = any("identifier" in names for names in searchable.values())
    return tuple(
        kind for kind in DOCUMENT_TITLES if capabilities.declared
        and "identifier" not in searchable.get(kind, ()) and (tells or kind in searchable)
    )  # fmt: skip


def build_items(
    signed: SignedPlan,
    write_plan: WritePlan,
    knowledge: Knowledge,
    fhir_base: str,
    app_url: str,
    previous: Sequence[Mapping[str, Any]],
    capabilities: Capabilities,
) -> tuple[OutboxItem, ...]:
    """Every item of a signed plan, before anything is sent; ``previous``: older records it ends. Raises NoPdf."""
    bundle = build(
        signed, knowledge, fhir_base, app_url, encounter=write_plan.encounter, previous=previous,
        by_tag=without_identifier_search(capabilities.search_parameters),
        with_task=write_plan.of("Task") is not None, systems=write_plan.systems,
    )  # fmt: skip
    return first_items(bundle, signed, write_plan)


def referral_task(
    signed: SignedPlan, write_plan: WritePlan, knowledge: Knowledge, items: Sequence[OutboxItem], app_url: str
) -> Element | None:
    """The Task that asks for the order, as it is sent where the EHR takes one; None for a plan without an order."""
    identifier = part_value(signed.plan_id, "task")
    sent = (item.entry["resource"] for item in items if item.kind == "Task" and item.identifier == identifier)
    if (found := next(sent, None)) is not None:
        return dict(found)
    if signed.proposal.referral is None or signed.signs is SignatureKind.END:
        return None
    made = build(
        signed, knowledge, "", app_url, encounter=write_plan.encounter, with_task=True, systems=write_plan.systems
    )
    every = (entry["resource"] for entry in made["entry"])
    tasks: list[Element] = [each for each in every if business_identifier(each, write_plan.systems) == identifier]
    return tasks[0]


def first_items(bundle: Element, signed: SignedPlan, write_plan: WritePlan) -> tuple[OutboxItem, ...]:
    """Every item of a signed Bundle, note or message included, before anything is sent. Raises NoPdf."""
    items = [_item(place, entry, write_plan) for place, entry in enumerate(bundle["entry"])]
    wanted = {item.method for item in items} & _DOCUMENT_POSITIONS.keys()
    items += [document_item(method, signed, write_plan) for method in wanted]
    return tuple(sorted(items, key=lambda item: item.position))


def _item(place: int, entry: Mapping[str, Any], write_plan: WritePlan) -> OutboxItem:
    resource = entry["resource"]
    kind, identifier = str(resource["resourceType"]), business_identifier(resource, write_plan.systems)
    if entry["request"]["method"] == "PUT":
        method, *fallbacks = write_plan.methods_to_end(kind)
        title, position = f"Earlier: {_title(resource)}, now {status_of(resource)}", _ENDING_POSITION + place
        return OutboxItem(position, kind, title, identifier, method, entry, tuple(fallbacks))
    planned = write_plan.of(kind)
    if planned is None:
        raise ValueError(f"{kind} was built and is not planned")
    return OutboxItem(
        position=_position(kind, place, write_plan),
        kind=kind,
        title=_title(resource),
        identifier=identifier,
        method=planned.method,
        entry=entry,
        fallbacks=planned.fallbacks,
        why="" if planned.method in RESOURCE_METHODS else planned.reason,
    )


def _position(kind: str, place: int, write_plan: WritePlan) -> int:
    """Results stand before the goals that name them; where the plan is no record, an EHR that takes vital signs only
    and refuses them must not hold it up.
    """
    if kind == "Provenance":
        return _PROVENANCE_POSITION
    plan = write_plan.of("CarePlan")
    named = plan is not None and plan.method in RESOURCE_METHODS
    return place if named or kind != "Observation" else _RESULT_POSITION + place


def _title(resource: Mapping[str, Any]) -> str:
    """What the receipt calls it; an older record may hold anything."""
    kind = str(resource.get("resourceType"))
    if kind == "Goal":
        return str(as_object(resource, "description").get("text") or "Goal")
    if kind == "CarePlan":
        return str(resource.get("title") or "Care plan")
    if kind == "Observation":
        measured = as_object(resource, "valueQuantity")
        return f"{as_object(resource, 'code').get('text')}: {measured.get('value')} {measured.get('unit')}"
    if kind == "Task" and "restriction" in resource:
        return str(resource.get("description") or "Task with a date")
    return TITLES.get(kind, TITLES["Provenance"])


def document_item(method: WriteMethod, signed: SignedPlan, write_plan: WritePlan) -> OutboxItem:
    """The note or message that holds what goes by ``method``, made from the signed plan as kept. Raises NoPdf."""
    kind = write_plan.documents[method.value]
    content = FallbackDocument(
        signed, contents(signed, write_plan.basis), write_plan.encounter, write_plan.note_replaces, write_plan.formats,
        write_plan.questionnaire, write_plan.systems,
    )  # fmt: skip
    resource = carrier(kind, content)
    value = business_identifier(resource, write_plan.systems)
    entry = {
        "fullUrl": urn(value),
        "resource": resource,
        "request": {"method": "POST", "url": kind, "ifNoneExist": criterion(resource, write_plan.systems)},
    }
    patient = signed.proposal.assessment.chart.patient.reference.rpartition("/")[2]
    return OutboxItem(
        _DOCUMENT_POSITIONS[method], kind, DOCUMENT_TITLES[kind], value, method, entry, is_document=True,
        lookup=_by_words(kind, patient) if kind in write_plan.by_words else {},
    )  # fmt: skip


def _by_words(kind: str, patient: str) -> dict[str, str]:
    if kind == "DocumentReference":
        return {"patient": patient, "category": f"{CLINICAL_NOTE['system']}|{CLINICAL_NOTE['code']}"}
    return {"patient": patient}


def delivery_job(id_: str, signed: SignedPlan, write_plan: WritePlan, purpose: str = WRITE) -> Job:
    """The work of one signed plan, from what was kept of it."""
    return Job(id_, write_plan.conditional, partial(document_item, signed=signed, write_plan=write_plan), purpose)
