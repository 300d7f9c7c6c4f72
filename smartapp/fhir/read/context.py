"""What the readers of single resources share: the code table, who the patient is, and what references point to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smartapp.core.chart import (
    CandidateValue,
    Diagnosis,
    Measurement,
    Medication,
    PlanOnRecord,
    Procedure,
    Unreadable,
    When,
)
from smartapp.core.codes import CodeTable
from smartapp.core.phrases import PhraseTable
from smartapp.fhir.json import Resource, reference_of, relative_reference
from smartapp.fhir.systems import EXAMPLE, Systems

Fact = Diagnosis | Procedure | Measurement | Medication | PlanOnRecord | CandidateValue | Unreadable


@dataclass(frozen=True)
class ReadContext:
    """One reading. ``encounters`` and ``examined`` give dates by reference, ``medications`` the Medications; a plan is
    ours under one of ``systems``."""

    codes: CodeTable
    phrases: PhraseTable
    patient: str  # Patient/12
    birth: When | None = None
    encounters: Mapping[str, When] = field(default_factory=dict)  # Encounter/1 -> start
    examined: Mapping[str, str] = field(default_factory=dict)  # Observation/1 -> date of its panel or report
    medications: Mapping[str, Resource] = field(default_factory=dict)
    systems: Systems = EXAMPLE


def where(resource: Resource) -> str:
    """How a line for the clinician names this resource."""
    return reference_of(resource) or f"{resource.get('resourceType')} without id"


def reference_target(element: Resource) -> str:
    """``Encounter/1`` of a Reference element; empty if it has none."""
    reference = element.get("reference")
    return relative_reference(reference) if isinstance(reference, str) else ""
