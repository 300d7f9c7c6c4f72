"""SignedPlan and its document -> the one resource that carries all of it where an EHR takes no plan and no order.

A DocumentReference (US Core clinical note, LOINC 11506-3 progress note) with the text and the PDF; where not even that
is taken, a Communication or a QuestionnaireResponse with the text.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha1
from types import MappingProxyType

from smartapp.core.proposal import SignedPlan
from smartapp.document import Document, as_pdf, as_text
from smartapp.fhir.build.bundle import validate_model
from smartapp.fhir.build.elements import Element, fhir_string, instant, reference, without_absent
from smartapp.fhir.build.identifiers import identifier, meta, part_value
from smartapp.fhir.check import check_resource
from smartapp.fhir.systems import EXAMPLE, Systems

NOTE_PROFILE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-documentreference"
NOTE_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category"
PROGRESS_NOTE = {"system": "http://loinc.org", "code": "11506-3", "display": "Progress note"}
PLAN_ITEM = "plan"  # of the form that holds the plan: fhir_profiles defines it
CLINICAL_NOTE = {"system": NOTE_CATEGORY, "code": "clinical-note", "display": "Clinical Note"}
FORMATS = ("text", "pdf")
MEDIA = {"text": "text/plain; charset=utf-8", "pdf": "application/pdf"}


@dataclass(frozen=True)
class FallbackDocument:
    """What a carrier is made from. ``replaces``: reference of the note of the plan before this one."""

    signed: SignedPlan
    document: Document
    encounter: str = ""
    replaces: str = ""
    formats: tuple[str, ...] = FORMATS
    questionnaire: str = ""
    systems: Systems = EXAMPLE

    @property
    def value(self) -> str:
        return part_value(self.signed.plan_id, "note")

    @property
    def subject(self) -> Element:
        patient = self.signed.proposal.assessment.chart.patient
        made = reference(patient.reference, patient.name, "Patient")
        if made is None:
            raise ValueError("the plan names no patient of this EHR")
        return made

    @property
    def author(self) -> Element | None:
        return reference(self.signed.signer.reference, self.signed.signer.name)

    @property
    def at(self) -> str:
        return instant(self.signed.signed_at)


def carrier(kind: str, carried: FallbackDocument) -> Element:
    """The resource of type ``kind``; raises ``NoPdf`` where the PDF is wanted and cannot be made, ReviewError where
    what was made breaks a rule of R4.
    """
    made = validate_model(MAKERS[kind](carried))
    check_resource(made)
    return made


def _note(carried: FallbackDocument) -> Element:
    signed = carried.signed
    return without_absent(
        resourceType="DocumentReference",
        meta={"tag": meta("", carried.value, carried.systems)["tag"], "profile": [NOTE_PROFILE]},
        identifier=[identifier(carried.value, carried.systems.plan)],
        status="current",
        docStatus="final" if signed.active else "preliminary",
        type={"coding": [PROGRESS_NOTE], "text": "Rehabilitation plan, movement restrictions and referral"},
        category=[{"coding": [CLINICAL_NOTE]}],
        subject=carried.subject,
        date=carried.at,
        author=[carried.author] if carried.author else None,
        relatesTo=[{"code": "replaces", "target": reference(carried.replaces)}] if carried.replaces else None,
        description=carrier_title(carried),
        content=list(_contents(carried)),
        context=without_absent(
            encounter=[reference(carried.encounter)] if carried.encounter else None,
            period=without_absent(start=carried.at, end=carried.at),
        ),
    )


def carrier_title(carried: FallbackDocument) -> str:
    """Holds the identifier once more: some EHRs drop the identifier element, and a retry must find its own note."""
    return fhir_string(f"{carried.document.title} ({carried.value})")


def _contents(carried: FallbackDocument) -> Iterator[Element]:
    for form in carried.formats:
        data = as_pdf(carried.document) if form == "pdf" else as_text(carried.document).encode()
        yield {
            "attachment": {
                "contentType": MEDIA[form],
                "language": "en",
                "data": b64encode(data).decode(),
                "size": len(data),
                "hash": b64encode(sha1(data, usedforsecurity=False).digest()).decode(),
                "title": carrier_title(carried),
                "creation": carried.at,
            }
        }


def _communication(carried: FallbackDocument) -> Element:
    return without_absent(
        resourceType="Communication",
        meta=_tagged(carried),
        identifier=[identifier(carried.value, carried.systems.plan)],
        status="completed",
        subject=carried.subject,
        topic={"text": carrier_title(carried)},
        encounter=reference(carried.encounter),
        sent=carried.at,
        sender=carried.author,
        payload=[{"contentString": fhir_string(as_text(carried.document))}],
    )


def _answers(carried: FallbackDocument) -> Element:
    said = fhir_string(as_text(carried.document))
    return without_absent(
        resourceType="QuestionnaireResponse",
        meta=_tagged(carried),
        identifier=identifier(carried.value, carried.systems.plan),
        questionnaire=carried.questionnaire,
        status="completed",
        subject=carried.subject,
        encounter=reference(carried.encounter),
        authored=carried.at,
        author=carried.author,
        item=[{"linkId": PLAN_ITEM, "answer": [{"valueString": said}]}],  # a text would have to be the form's own
    )


def _tagged(carried: FallbackDocument) -> Element:
    return {"tag": meta("", carried.value, carried.systems)["tag"]}


MAKERS: Mapping[str, Callable[[FallbackDocument], Element]] = MappingProxyType(
    {"DocumentReference": _note, "Communication": _communication, "QuestionnaireResponse": _answers}
)
