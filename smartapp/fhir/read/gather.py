"""FHIR JSON values, nested in Bundles or not -> the one patient, and that patient's resources once each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from smartapp.core.chart import Patient, Unreadable
from smartapp.core.dates import When
from smartapp.core.knowledge import Knowledge
from smartapp.errors import InputError
from smartapp.fhir.json import (
    Malformed,
    Resource,
    get_object,
    is_object,
    reference_of,
    relative_reference,
)
from smartapp.fhir.outcomes import outcome_lines
from smartapp.fhir.read.context import ReadContext, where
from smartapp.fhir.read.dates import parse_date, usable
from smartapp.fhir.read.patient import Person, base_of, patient, patient_faults, person_of
from smartapp.fhir.read.remembering import RememberingPhrases
from smartapp.fhir.read.reports import panels_of

# Types whose element ``subject`` or ``patient`` must name our patient.
PERSONAL = frozenset(
    {
        "Condition",
        "Observation",
        "Procedure",
        "MedicationRequest",
        "MedicationStatement",
        "MedicationAdministration",
        "MedicationDispense",
        "CarePlan",
        "ServiceRequest",
    }
    | {"Goal", "DiagnosticReport", "Encounter", "Flag", "DeviceRequest", "DeviceUseStatement"}
    | {"Device", "FamilyMemberHistory", "QuestionnaireResponse", "DocumentReference"}
)
_MOST_NAMED = 10  # patients named in the message that there are several; ours


class Dated(NamedTuple):
    """A resource with only dates that can be used, and a line for each of the others."""

    resource: Resource
    lines: tuple[Unreadable, ...]


@dataclass(frozen=True)
class Gathered:
    patient: Patient
    resources: tuple[Dated, ...]
    context: ReadContext
    lines: tuple[Unreadable, ...]


def gather(values: Sequence[Any], knowledge: Knowledge, patient_id: str | None) -> Gathered:
    """Raises InputError where it cannot be told whose chart this is."""
    known_as = aliases(values)
    lines: list[Unreadable] = []
    kept = _once(values, lines)
    people = [r for r in kept if r["resourceType"] == "Patient"]
    person, person_lines = _patient(people, patient_id)
    lines += person_lines
    own = tuple(
        Dated(*usable(resource, person.birth, where(resource)))
        for resource in _own(kept, _person(person, people, values, known_as), lines)
    )
    lines += [line for resource, doubted in own if resource["resourceType"] == "Encounter" for line in doubted]
    context = _context([resource for resource, _ in own], knowledge, person, known_as)
    return Gathered(person, own, context, tuple(lines))


def _person(person: Patient, people: Sequence[Resource], values: Sequence[Any], known_as: Mapping[str, str]) -> Person:
    record = next((p for p in people if _reference(p) == person.reference), {})
    return replace(person_of(record, known_as, bases_of(values, person.reference)), reference=person.reference)


def _once(values: Sequence[Any], lines: list[Unreadable]) -> list[Resource]:
    """Each resource once, the newest copy: several searches of a launch find the same Condition."""
    found: dict[str, Resource] = {}
    for place, value in flatten(values):
        if not is_object(value) or not isinstance(value.get("resourceType"), str):
            lines.append(Unreadable(place, "this is not a FHIR resource"))
        elif value["resourceType"] == "OperationOutcome":
            said = {line.reason for line in lines}  # the same remark beside every search's results is told once
            lines.extend(line for line in outcome_lines(value, place) if line.reason not in said)
        else:
            reference = reference_of(value) or place
            if reference not in found or is_newer(value, found[reference]):
                found[reference] = value
    return list(found.values())


def is_newer(resource: Resource, than: Resource) -> bool:
    """Whether one copy of a record is newer than another: the one rule for copies."""
    return _updated(resource) > _updated(than)


def _updated(resource: Resource) -> str:
    meta = resource.get("meta")
    updated = meta.get("lastUpdated") if is_object(meta) else None
    return updated if isinstance(updated, str) else ""


def _patient(people: Sequence[Resource], patient_id: str | None) -> tuple[Patient, list[Unreadable]]:
    wanted = f"Patient/{patient_id.removeprefix('Patient/')}" if patient_id else None
    chosen = [p for p in people if wanted is None or _reference(p) == wanted]
    if wanted is not None and not chosen:
        return Patient(wanted), [Unreadable(wanted, "the patient's own record was not among what could be read")]
    if not chosen:
        raise InputError("there is no Patient in it")
    if len(chosen) > 1:
        raise InputError(several_patients([str(p.get("id", "without id")) for p in chosen]))
    reference = _reference(chosen[0])
    try:
        dated, lines = usable(chosen[0], None, reference)
        person = patient(dated)
        return person, [*lines, *patient_faults(dated, person.birth)]
    except Malformed as fault:
        return Patient(reference), [Unreadable(reference, str(fault))]


def several_patients(ids: Sequence[str]) -> str:
    """The sentence that asks to choose one."""
    more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    return f"it holds {len(ids)} patients; choose one with --patient: {', '.join(ids[:_MOST_NAMED])}{more}"


def _reference(resource: Resource) -> str:
    return reference_of(resource) or "Patient"


def _own(resources: Sequence[Resource], person: Person, lines: list[Unreadable]) -> Iterator[Resource]:
    for resource in resources:
        if resource["resourceType"] in PERSONAL and not person.owns(resource):
            place = reference_of(resource) or resource["resourceType"]
            lines.append(Unreadable(place, "it is about another patient and was left out", of_another=True))
        else:
            yield resource


def _context(
    own: Sequence[Resource], knowledge: Knowledge, person: Patient, known_as: Mapping[str, str]
) -> ReadContext:
    encounters: dict[str, When] = {}
    observations = {reference_of(resource) for resource in own if resource["resourceType"] == "Observation"}
    medications = {reference_of(resource): resource for resource in own if resource["resourceType"] == "Medication"}
    for visit in (resource for resource in own if resource["resourceType"] == "Encounter"):
        try:
            if start := parse_date(get_object(visit, "period").get("start")):
                encounters[reference_of(visit)] = start
        except Malformed:
            continue  # it is reported where it is read itself; here only its date is missed
    examined, panels = panels_of(own, known_as)
    by_id = {f"urn:uuid:{reference.partition('/')[2]}": reference for reference in (*encounters, *medications)}
    addresses = [*by_id.items(), *known_as.items()]
    encounters |= {address: encounters[reference] for address, reference in addresses if reference in encounters}
    medications |= {address: medications[reference] for address, reference in addresses if reference in medications}
    observations |= {address for address, reference in known_as.items() if reference in observations}
    return ReadContext(
        knowledge.codes,
        RememberingPhrases(knowledge.phrases.rows, table=knowledge.phrases),
        person.reference,
        person.birth,
        encounters,
        examined,
        panels,
        frozenset(observations),
        medications,
    )


_DEEPEST = 5  # Bundles inside Bundles; ours


def flatten(values: Iterable[Any], place: str = "") -> Iterator[tuple[str, Any]]:
    """(position, value) of everything that is not a Bundle, in order; positions such as ``entry[3]``."""
    for index, value in enumerate(values):
        if value is not None:
            yield from _inside(value, f"{place}[{index}]" if place else f"resource[{index}]", 0)


def _inside(value: Any, place: str, depth: int) -> Iterator[tuple[str, Any]]:
    if not is_object(value) or value.get("resourceType") != "Bundle" or depth >= _DEEPEST:
        yield place, value
        return
    entries = value.get("entry")
    if entries is None:
        return
    if not isinstance(entries, list):
        yield f"{place}.entry", entries
        return
    for index, entry in enumerate(entries):
        inner = f"entry[{index}]"
        if entry is None:
            continue
        if not is_object(entry):
            yield inner, entry
        elif entry.get("resource") is not None:
            yield from _inside(entry["resource"], inner, depth + 1)
        elif isinstance(response := entry.get("response"), Mapping) and response.get("outcome") is not None:
            yield from _inside(response["outcome"], inner, depth + 1)


def aliases(values: Iterable[Any]) -> dict[str, str]:
    """fullUrl -> ``Type/id`` for every entry whose address is not its reference (``urn:uuid:...`` above all)."""
    found: dict[str, str] = {}
    for value in values:
        if is_object(value) and value.get("resourceType") == "Bundle":
            entries = value.get("entry")
            for entry in entries if isinstance(entries, list) else ():
                if is_object(entry) and is_object(entry.get("resource")):
                    address, reference = entry.get("fullUrl"), reference_of(entry["resource"])
                    if isinstance(address, str) and reference and relative_reference(address) != reference:
                        found[address] = reference
    return found


def bases_of(values: Iterable[Any], reference: str) -> frozenset[str]:
    """Where the resource ``reference`` lives, as the addresses of its entries say; empty if none does."""
    found = set()
    for value in values:
        entries = value.get("entry") if is_object(value) and value.get("resourceType") == "Bundle" else None
        for entry in entries if isinstance(entries, list) else ():
            if is_object(entry) and is_object(entry.get("resource")) and reference_of(entry["resource"]) == reference:
                address = entry.get("fullUrl")
                found.add(base_of(address) if isinstance(address, str) else "")
    return frozenset(found - {""})
