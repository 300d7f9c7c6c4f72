"""Signed Bundle and ladder -> the steps of the outbox, whole when the plan is signed; and how to go on later.

:class:`Writing` is what was decided about this EHR at signing, as plain values the store can keep beside the plan.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from smartapp.core.proposal import SignedPlan
from smartapp.document import contents
from smartapp.ehr.deliver.delivery import WRITE, Job
from smartapp.ehr.deliver.fallback import (
    DEFAULT_ARTIFACTS,
    Capabilities,
    Grants,
    PlannedWrite,
    carrier_of,
    ladder,
    may_end,
)
from smartapp.ehr.deliver.items import OutboxItem
from smartapp.ehr.deliver.lookup import title, withdrawn_title
from smartapp.ehr.deliver.methods import Site, WriteMethod
from smartapp.fhir.build.elements import Element
from smartapp.fhir.build.fallback_document import CLINICAL_NOTE, FORMATS, FallbackDocument, carrier
from smartapp.fhir.build.identifiers import business_identifier, criterion, urn
from smartapp.fhir.systems import EXAMPLE, Systems

_CARRIER_PLACES = {WriteMethod.NOTE: 50, WriteMethod.MESSAGE: 51}
_PROVENANCE_PLACE, _ENDING_PLACE = 60, 70
_ALL = (
    "Goal",
    "CarePlan",
    "ServiceRequest",
    "Task",
    "Provenance",
    "DocumentReference",
    "Communication",
    "QuestionnaireResponse",
)
CARRIER_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "DocumentReference": "Clinical note with plan, restrictions and referral (text and PDF)",
        "Communication": "Message with plan, restrictions and referral",
        "QuestionnaireResponse": "Form with plan, restrictions and referral",
    }
)
Make = Callable[[WriteMethod], OutboxItem]


@dataclass(frozen=True)
class Writing:
    """Everything but the plan itself. ``by_words``: the types this EHR cannot search by identifier."""

    planned: tuple[PlannedWrite, ...]
    carriers: Mapping[str, str]  # rung -> resource type
    ends: tuple[str, ...]  # types of older records that can be ended by an update
    conditional: tuple[str, ...]
    by_words: tuple[str, ...] = ()
    encounter: str = ""  # reference
    note_replaces: str = ""  # reference of the note before this one
    formats: tuple[str, ...] = FORMATS
    questionnaire: str = ""
    systems: Systems = EXAMPLE
    basis: tuple[str, ...] = ()  # rules and their review, as printed on the document

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "systems": self.systems.to_json()}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Writing":
        planned = tuple(
            PlannedWrite(
                p["artifact"], WriteMethod(p["rung"]), p["reason"], tuple(map(WriteMethod, p["below"])), p["carrier"]
            )
            for p in value["planned"]
        )
        lists = {name: tuple(value[name]) for name in ("ends", "conditional", "by_words", "formats", "basis")}
        return cls(**{**value, **lists, "planned": planned, "systems": Systems.from_json(value.get("systems"))})

    def together(self, kind: str) -> bool:
        """Whether a record of this type is changed in the step that makes the new ones."""
        planned = self.of(kind) or self.of("CarePlan")
        return planned is not None and planned.rung is WriteMethod.TRANSACTION

    def of(self, kind: str) -> PlannedWrite | None:
        return next((p for p in self.planned if p.artifact == kind), None)


def writing_for(
    capabilities: Capabilities,
    grants: Grants,
    site: Site,
    *,
    encounter: str = "",
    note_replaces: str = "",
    basis: Sequence[str] = (),
    artifacts: Sequence[str] = DEFAULT_ARTIFACTS,
    systems: Systems = EXAMPLE,
) -> Writing:
    """What is decided about this EHR now, to be kept with the plan."""
    carriers = {r.value: carrier_of(r, capabilities, grants, site) for r in _CARRIER_PLACES if r in site.rungs}
    searchable = capabilities.search_parameters
    tells = any("identifier" in names for names in searchable.values())
    return Writing(
        planned=ladder(capabilities, grants, site, artifacts),
        carriers={rung: kind for rung, kind in carriers.items() if kind},
        ends=tuple(kind for kind in _ALL if may_end(kind, capabilities, grants)),
        conditional=tuple(k for k in _ALL if k in capabilities.conditional_create or not capabilities.declared),
        by_words=tuple(
            kind for kind in CARRIER_TITLES if capabilities.declared
            and "identifier" not in searchable.get(kind, ()) and (tells or kind in searchable)
        ),
        encounter=encounter,
        note_replaces=note_replaces,
        formats=site.note_formats,
        questionnaire=site.questionnaire,
        basis=tuple(basis),
        systems=systems,
    )  # fmt: skip


def first_steps(bundle: Element, signed: SignedPlan, writing: Writing) -> tuple[OutboxItem, ...]:
    """Every step of a signed plan, note or message included, before anything is sent. Raises NoPdf."""
    steps = [_step(place, entry, writing) for place, entry in enumerate(bundle["entry"])]
    wanted = {step.rung for step in steps} & _CARRIER_PLACES.keys()
    return tuple(sorted((*steps, *(carrier_step(rung, signed, writing) for rung in wanted)), key=lambda s: s.position))


def _step(place: int, entry: Mapping[str, Any], writing: Writing) -> OutboxItem:
    resource = entry["resource"]
    kind = str(resource["resourceType"])
    if entry["request"]["method"] == "PUT":
        rung, *below = _ending_rungs(kind, writing)
        name, place = withdrawn_title(resource), _ENDING_PLACE + place
        return OutboxItem(place, kind, name, business_identifier(resource, writing.systems), rung, entry, tuple(below))
    planned = writing.of(kind)
    if planned is None:
        raise ValueError(f"{kind} was built and is not planned")
    return OutboxItem(
        position=_PROVENANCE_PLACE if kind == "Provenance" else place,
        kind=kind,
        title=title(resource),
        identifier=business_identifier(resource, writing.systems),
        rung=planned.rung,
        entry=entry,
        below=planned.below,
        why="" if planned.rung in (WriteMethod.TRANSACTION, WriteMethod.CREATE) else planned.reason,
    )


def _ending_rungs(kind: str, writing: Writing) -> tuple[WriteMethod, ...]:
    """An older record ends in the step that makes the newer one, else by itself, else by hand."""
    if kind not in writing.ends:
        return (WriteMethod.COPY,)
    together = writing.together(kind)
    return (
        (WriteMethod.TRANSACTION, WriteMethod.CREATE, WriteMethod.COPY)
        if together
        else (WriteMethod.CREATE, WriteMethod.COPY)
    )


def carrier_step(rung: WriteMethod, signed: SignedPlan, writing: Writing) -> OutboxItem:
    """The note or message that holds what stands on ``rung``, made from the signed plan as kept. Raises NoPdf."""
    kind = writing.carriers[rung.value]
    carried = FallbackDocument(
        signed, contents(signed, writing.basis), writing.encounter, writing.note_replaces, writing.formats,
        writing.questionnaire, writing.systems,
    )  # fmt: skip
    resource = carrier(kind, carried)
    value = business_identifier(resource, writing.systems)
    entry = {
        "fullUrl": urn(value),
        "resource": resource,
        "request": {"method": "POST", "url": kind, "ifNoneExist": criterion(resource, writing.systems)},
    }
    patient = signed.proposal.assessment.chart.patient.reference.rpartition("/")[2]
    return OutboxItem(
        _CARRIER_PLACES[rung], kind, CARRIER_TITLES[kind], value, rung, entry, carries=True,
        lookup=_by_words(kind, patient) if kind in writing.by_words else {},
    )  # fmt: skip


def _by_words(kind: str, patient: str) -> dict[str, str]:
    if kind == "DocumentReference":
        return {"patient": patient, "category": f"{CLINICAL_NOTE['system']}|{CLINICAL_NOTE['code']}"}
    return {"patient": patient}


def job(id_: str, signed: SignedPlan, writing: Writing, purpose: str = WRITE) -> Job:
    """The work of one signed plan, from what was kept of it."""
    return Job(id_, writing.conditional, partial(carrier_step, signed=signed, writing=writing), purpose)
