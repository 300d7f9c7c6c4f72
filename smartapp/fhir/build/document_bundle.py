"""A signed plan -> FHIR document: a Composition with the words of the packet, and the records it speaks of.

For a receiver that takes FHIR and has no access to the EHR. What the records refer to beyond these is named by its
address in the EHR.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from smartapp.core.chart import Patient
from smartapp.core.proposal import Signer
from smartapp.document import Document
from smartapp.fhir.build.bundle import validate_model
from smartapp.fhir.build.elements import Element, fhir_string, narrative, without_absent
from smartapp.fhir.build.identifiers import identifier, part_value
from smartapp.fhir.systems import Systems

REFERRAL_NOTE = {"system": "http://loinc.org", "code": "57133-1", "display": "Referral note"}
_RECORD_NUMBER = {"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}
_NPI = "http://hl7.org/fhir/sid/us-npi"
# In this order; a Task is work of the EHR's own people.
_KINDS = ("ServiceRequest", "CarePlan", "Goal", "Observation", "Provenance")
_RELATIVE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9.\-]+")


def document_bundle(
    document: Document, entries: Iterable[Mapping[str, Any]], signer: Signer, patient: Patient, plan_id: str,
    active: bool, fhir_base: str, systems: Systems, npi: str = "",
) -> Element:  # fmt: skip
    """``entries``: of the transaction as it was signed. Raises ``pydantic.ValidationError`` where a part is no R4."""
    base = fhir_base.rstrip("/")
    known = bool(_RELATIVE.fullmatch(signer.reference))
    who = f"{base}/{signer.reference}" if known else f"urn:uuid:{uuid5(NAMESPACE_URL, f'{plan_id} signer')}"
    records = sorted(_records(entries, base), key=lambda each: _KINDS.index(each["resource"]["resourceType"]))
    people = [
        _entry(f"{base}/{patient.reference}", patient_as_signed(patient)),
        _entry(who, _signer(signer, npi)),
    ]
    value = part_value(plan_id, "document")
    composition = without_absent(
        resourceType="Composition",
        id=str(uuid5(NAMESPACE_URL, f"{systems.plan}/{value}")),
        identifier=identifier(value, systems.plan),
        status="final" if active else "preliminary",
        type={"coding": [REFERRAL_NOTE]},
        subject={"reference": f"{base}/{patient.reference}", "display": fhir_string(patient.name)},
        date=document.date,
        author=[{"reference": who, "display": fhir_string(signer.name)}],
        title=fhir_string(f"{document.title}, {document.state}"),
        section=list(_sections(document, records)),
    )
    first = _entry(f"urn:uuid:{composition['id']}", composition)
    made = [{**each, "resource": validate_model(each["resource"])} for each in (first, *people, *records)]
    return {
        "resourceType": "Bundle", "type": "document", "identifier": identifier(value, systems.plan),
        "timestamp": made[0]["resource"]["date"], "entry": made,
    }  # fmt: skip


def _entry(url: str, resource: Element) -> Element:
    return {"fullUrl": url, "resource": resource}


def _records(entries: Iterable[Mapping[str, Any]], base: str) -> Iterator[Element]:
    taken = [entry for entry in entries if entry["resource"]["resourceType"] in _KINDS]
    held = {entry["fullUrl"] for entry in taken}
    for entry in taken:
        resource = _absolute(entry["resource"], base)
        if resource["resourceType"] == "Provenance":  # of the Tasks it tells as well
            resource["target"] = [each for each in resource["target"] if each["reference"] in held]
        yield _entry(entry["fullUrl"], _without_profile(resource))


def _without_profile(resource: Element) -> Element:
    """US Core wants more of the patient and of who signed than was kept of them: here nothing claims to be of it."""
    meta = {name: value for name, value in resource.get("meta", {}).items() if name != "profile"}
    return without_absent(**{**resource, "meta": meta})


def _absolute(value: Any, base: str) -> Any:
    """The element with references relative to the EHR's FHIR base made whole: a document has no base of its own."""
    if isinstance(value, list):
        return [_absolute(each, base) for each in value]
    if not isinstance(value, Mapping):
        return value
    made = {name: _absolute(each, base) for name, each in value.items()}
    if isinstance(target := made.get("reference"), str) and _RELATIVE.fullmatch(target):
        made["reference"] = f"{base}/{target}"
    return made


def _sections(document: Document, records: list[Element]) -> Iterator[Element]:
    """Those of the note, part by part; the records stand with the first, the referral."""
    for number, part in enumerate(document.parts):
        told = [
            (each.title, [f"{item.label}: {item.text}" if item.label else item.text for item in each.items])
            for each in part.sections
        ]
        entries = [{"reference": each["fullUrl"]} for each in records] if number == 0 else []
        yield without_absent(title=fhir_string(part.title), text=narrative(told), entry=entries)


def patient_as_signed(patient: Patient) -> Element:
    """Who a plan was signed for, as an EHR writes it."""
    number = {"type": {"coding": [_RECORD_NUMBER]}, "value": patient.record_number} if patient.record_number else None
    return without_absent(
        resourceType="Patient",
        id=patient.reference.partition("/")[2],
        identifier=[number] if number else [],
        name=[{"text": fhir_string(patient.name)}] if patient.name else [],
        telecom=[{"system": "phone", "value": patient.phone}] if patient.phone else [],
        gender=patient.sex.value,
        birthDate=str(patient.birth) if patient.birth else "",
        communication=[{"language": {"text": patient.language}}] if patient.language else [],
    )


def _signer(signer: Signer, npi: str) -> Element:
    kind, _, id_ = signer.reference.partition("/")
    numbers = [{"system": _NPI, "value": npi}] if npi else []
    if kind == "PractitionerRole":
        named = {"display": fhir_string(signer.name)} if signer.name else None
        return without_absent(resourceType=kind, id=id_, identifier=numbers, practitioner=named)
    names = [{"text": fhir_string(signer.name)}] if signer.name else []
    return without_absent(resourceType="Practitioner", id=id_, identifier=numbers, name=names)
