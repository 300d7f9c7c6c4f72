"""Resources of one patient -> :class:`Chart`, one at a time; what cannot be read becomes a line, never silence.

CarePlan, ServiceRequest and Goal are read here, as plans on record where they carry our business identifier; what
others ordered is read in ``orders``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from smartapp.core.chart import (
    ActivityOrder,
    Attestation,
    CandidateValue,
    Chart,
    Diagnosis,
    ImagingReport,
    Measurement,
    Medication,
    PlanOnRecord,
    Procedure,
    Source,
    Unreadable,
    Unrecognised,
)
from smartapp.core.knowledge import Knowledge
from smartapp.fhir.json import (
    Malformed,
    Resource,
    get_list,
    get_object,
    get_str,
    get_text,
    reference_target,
    without_empty,
)
from smartapp.fhir.read.conditions import condition
from smartapp.fhir.read.context import Fact, ReadContext, where
from smartapp.fhir.read.dates import parse_date
from smartapp.fhir.read.gather import PERSONAL, Gathered, gather
from smartapp.fhir.read.imaging import imaging
from smartapp.fhir.read.medications import injection, medication
from smartapp.fhir.read.observations import observation
from smartapp.fhir.read.orders import orders, orders_noted
from smartapp.fhir.read.procedures import procedure
from smartapp.fhir.read.reports import report
from smartapp.fhir.read.searches import MEDICINES
from smartapp.fhir.read.states import each_once
from smartapp.fhir.read.stays import stay
from smartapp.fhir.read.unknown import grouped_unknown
from smartapp.fhir.read.unrecognised import device, family
from smartapp.fhir.read.vitamin_d import vitamin_d_totals
from smartapp.fhir.systems import EXAMPLE, Systems

_GONE = {"entered-in-error", "revoked", "cancelled", "rejected"}
# What a hostile or broken resource may raise beyond Malformed; anything else is our own fault and should be seen.
_BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

T = TypeVar("T")


def plan_on_record(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    identifiers = {get_str(i, "system"): get_text(i, "value") for i in get_list(resource, "identifier")}
    ours = next((found for system in context.systems.plans if (found := identifiers.get(system))), "")
    status = get_str(resource, "status") or get_str(resource, "lifecycleStatus")
    if not ours or status in _GONE:
        return
    created = (
        parse_date(resource.get("created"))
        or parse_date(resource.get("authoredOn"))
        or parse_date(resource.get("startDate"))
    )
    kind = get_str(resource, "resourceType")
    worded = get_object(resource, "description" if kind == "Goal" else "code")
    title = get_text(resource, "title") or get_text(worded, "text")
    yield PlanOnRecord(
        source=Source(where(resource), display=title, date=str(created or "")),
        resource_type=kind,
        identifier=ours,
        status=status,
        version=get_text(get_object(resource, "meta"), "versionId"),
        fingerprint=next((identifiers[name] for name in context.systems.contents if identifiers.get(name)), ""),
        created=created,
    )


READERS: Mapping[str, Callable[[Resource, ReadContext], Iterable[Fact]]] = {
    "Condition": lambda resource, context: (*condition(resource, context), *orders_noted(resource, context)),
    "Observation": observation,
    "Procedure": lambda resource, context: (
        *procedure(resource, context),
        *orders_noted(resource, context),
        *injection(resource, context),
    ),
    "MedicationRequest": medication,
    "MedicationStatement": medication,
    "MedicationAdministration": medication,
    "MedicationDispense": medication,
    "CarePlan": lambda resource, context: (*plan_on_record(resource, context), *orders(resource, context)),
    "ServiceRequest": lambda resource, context: (*plan_on_record(resource, context), *orders(resource, context)),
    "Flag": orders,
    "DeviceRequest": orders,
    "DeviceUseStatement": orders,
    "Device": device,
    "FamilyMemberHistory": family,
    "Encounter": stay,
    "Goal": plan_on_record,
    "DiagnosticReport": lambda resource, context: (
        *report(resource, context),
        *imaging(resource, context),
        *_results_inside(resource, context),
    ),
}


def _results_inside(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    """Results a report carries within itself; they have its date and are found at its address."""
    named = {reference_target(result) for result in get_list(resource, "result")}
    dates = {name: value for name, value in resource.items() if name.startswith("effective") or name == "issued"}
    for inner in get_list(resource, "contained"):
        if inner.get("resourceType") == "Observation" and f"#{inner.get('id')}" in named:
            for fact in observation({**dates, **inner}, context):
                if isinstance(fact, Measurement):
                    yield replace(fact, source=replace(fact.source, reference=where(resource)))
                elif isinstance(fact, Unreadable):
                    yield replace(fact, where=where(resource))


def read_chart(
    resources: Iterable[Any],
    knowledge: Knowledge,
    patient_id: str | None = None,
    unreadable: Sequence[Unreadable] = (),
    partial: Sequence[str] = (),
    attestations: Sequence[Attestation] = (),
    systems: Systems = EXAMPLE,
    *,
    medicines_unread: bool = False,
) -> Chart:
    """Plain FHIR JSON values (resources, or Bundles of them) of one patient -> Chart; of others only a line is left.

    ``patient_id`` is the logical id the launch or ``--patient`` named; without it there must be exactly one Patient.
    ``unreadable``, ``partial``, ``medicines_unread``: what the caller knows to be missing; by ``systems`` our own plans
    are known. Raises InputError only where the patient cannot be told.
    """
    gathered = gather([without_empty(value) for value in resources], knowledge, patient_id)
    gathered = replace(gathered, context=replace(gathered.context, systems=systems))
    facts = [*gathered.lines, *_facts(gathered)]
    measured = list(vitamin_d_totals(_of(facts, Measurement)))
    return Chart(
        patient=gathered.patient,
        diagnoses=tuple(each_once(_of(facts, Diagnosis))),
        procedures=tuple(_of(facts, Procedure)),
        measurements=tuple(_of(measured, Measurement)),
        medications=tuple(_of(facts, Medication)),
        plans=tuple(_of(facts, PlanOnRecord)),
        orders=tuple(_of(facts, ActivityOrder)),
        unrecognised=tuple(_of(facts, Unrecognised)),
        attestations=tuple(attestations),
        unreadable=(*unreadable, *grouped_unknown([*_of(facts, Unreadable), *_of(measured, Unreadable)])),
        partial=tuple(partial),
        medicines_unread=medicines_unread or any(map(_is_medicine, (*unreadable, *_of(facts, Unreadable)))),
        offers=tuple(_of(facts, CandidateValue)),
        reports=tuple(_of(facts, ImagingReport)),
        left_out=_left_out(gathered, unreadable),
    )


def _is_medicine(line: Unreadable) -> bool:
    return not line.of_another and line.where.partition("/")[0] in MEDICINES


def _left_out(gathered: Gathered, unreadable: Sequence[Unreadable]) -> int:
    """Records that name another patient, counted where all did: all there are, or all that could name a fracture."""
    others = [line for line in (*unreadable, *gathered.lines) if line.of_another]
    own = {dated.resource["resourceType"] for dated in gathered.resources} & PERSONAL
    conditions = any(line.where.startswith("Condition") for line in others)
    return len(others) if not own or (conditions and "Condition" not in own) else 0


def _of(facts: Iterable[object], kind: type[T]) -> Iterator[T]:
    return (fact for fact in facts if isinstance(fact, kind))


def _facts(gathered: Gathered) -> Iterator[Fact]:
    for resource, doubted in gathered.resources:
        reader = READERS.get(resource["resourceType"])
        if reader is not None:
            yield from facts_of(reader, resource, gathered.context, doubted)


def facts_of(
    reader: Callable[[Resource, ReadContext], Iterable[Fact]],
    resource: Resource,
    context: ReadContext,
    doubted: Sequence[Unreadable],
) -> list[Fact]:
    """The facts of one resource, all or none: half a resource could say the opposite of the whole.

    Which of its dates are not believed is told where it says anything to us, or dates the results of others.
    """
    try:
        facts = list(reader(resource, context))
    except Malformed as fault:
        return [Unreadable(where(resource), str(fault))]
    except _BROKEN as fault:
        return [Unreadable(where(resource), f"its content cannot be read ({type(fault).__name__})")]
    return [*facts, *doubted] if facts or "result" in resource or "hasMember" in resource else facts
