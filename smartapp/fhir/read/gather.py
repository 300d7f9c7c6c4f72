"""A heap of FHIR JSON values -> the one patient, that patient's resources once each, and what they refer to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from smartapp.core.chart import Patient, Unreadable
from smartapp.core.codes import CodeTable
from smartapp.core.dates import When
from smartapp.errors import InputError
from smartapp.fhir.json import Malformed, Resource, is_object, part, pointer, reference_of
from smartapp.fhir.read.bundles import aliases, bases_of, flatten
from smartapp.fhir.read.context import Context, where
from smartapp.fhir.read.dates import when
from smartapp.fhir.read.doubts import usable
from smartapp.fhir.read.outcomes import outcome
from smartapp.fhir.read.patient import patient, patient_faults
from smartapp.fhir.read.reports import dates_of_results
from smartapp.fhir.read.whose import Person, person_of

# Types whose element ``subject`` or ``patient`` must name our patient.
PERSONAL = frozenset(
    {"Condition", "Observation", "Procedure", "MedicationRequest", "MedicationStatement", "CarePlan", "ServiceRequest"}
    | {"Goal", "DiagnosticReport", "Encounter"}
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
    context: Context
    lines: tuple[Unreadable, ...]


def gather(values: Sequence[Any], codes: CodeTable, patient_id: str | None) -> Gathered:
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
    context = _context([resource for resource, _ in own], codes, person, known_as)
    return Gathered(person, own, context, tuple(lines))


def _person(person: Patient, people: Sequence[Resource], values: Sequence[Any], known_as: Mapping[str, str]) -> Person:
    record = next((p for p in people if _reference(p) == person.reference), {})
    return replace(person_of(record, known_as, bases_of(values, person.reference)), reference=person.reference)


def _once(values: Sequence[Any], lines: list[Unreadable]) -> list[Resource]:
    """Each resource once, the newest copy: several searches of the wave find the same Condition."""
    found: dict[str, Resource] = {}
    for place, value in flatten(values):
        if not is_object(value) or not isinstance(value.get("resourceType"), str):
            lines.append(Unreadable(place, "this is not a FHIR resource"))
        elif value["resourceType"] == "OperationOutcome":
            said = {line.reason for line in lines}  # the same remark beside every search's results is told once
            lines.extend(line for line in outcome(value, place) if line.reason not in said)
        else:
            reference = reference_of(value) or place
            if reference not in found or _updated(value) > _updated(found[reference]):
                found[reference] = value
    return list(found.values())


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


def _context(own: Sequence[Resource], codes: CodeTable, person: Patient, known_as: Mapping[str, str]) -> Context:
    encounters: dict[str, When] = {}
    examined: dict[str, str] = {}
    medications: dict[str, Resource] = {}
    for resource in own:
        kind = resource["resourceType"]
        try:
            if kind == "Encounter" and (start := when(part(resource, "period").get("start"))):
                encounters[reference_of(resource)] = start
            elif kind == "Medication":
                medications[reference_of(resource)] = resource
            elif kind in ("DiagnosticReport", "Observation"):
                examined.update((pointer(known_as.get(ref, ref)), date) for ref, date in dates_of_results(resource))
        except Malformed:
            continue  # the resource is reported where it is read itself; here only its dates are missed
    by_id = {f"urn:uuid:{reference.partition('/')[2]}": reference for reference in (*encounters, *medications)}
    for address, reference in (*by_id.items(), *known_as.items()):
        if reference in encounters:
            encounters[address] = encounters[reference]
        if reference in medications:
            medications[address] = medications[reference]
    return Context(codes, person.reference, person.birth, encounters, examined, medications)
