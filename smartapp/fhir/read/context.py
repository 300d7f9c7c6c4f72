"""What the readers of single resources share: the code table, who the patient is, and what references point to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smartapp.core.chart import CandidateValue, Diagnosis, Measurement, Medication, PlanOnRecord, Procedure, Unreadable
from smartapp.core.codes import CodeTable
from smartapp.core.dates import When
from smartapp.fhir.json import Resource, pointer, reference_of
from smartapp.fhir.systems import EXAMPLE, Systems

Fact = Diagnosis | Procedure | Measurement | Medication | PlanOnRecord | CandidateValue | Unreadable


@dataclass(frozen=True)
class Context:
    """One reading. ``encounters`` and ``examined`` give dates by reference, ``medications`` the Medications; a plan is
    ours under one of ``systems``."""

    codes: CodeTable
    patient: str  # Patient/12
    birth: When | None = None
    encounters: Mapping[str, When] = field(default_factory=dict)  # Encounter/1 -> start
    examined: Mapping[str, str] = field(default_factory=dict)  # Observation/1 -> date of its panel or report
    medications: Mapping[str, Resource] = field(default_factory=dict)
    systems: Systems = EXAMPLE


def where(resource: Resource) -> str:
    """How a line for the clinician names this resource."""
    return reference_of(resource) or f"{resource.get('resourceType')} without id"


def target(element: Resource) -> str:
    """``Encounter/1`` of a Reference element; empty if it has none."""
    reference = element.get("reference")
    return pointer(reference) if isinstance(reference, str) else ""
