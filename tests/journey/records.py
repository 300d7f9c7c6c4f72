"""Charts for whole journeys: the sandbox's own stories, and the records of other people beside the repository.

What the app says about each was looked at once and is written down here; a journey that ends otherwise is a finding.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from launch.sandbox.load import OWN_PATIENTS, read_source
from tests.conftest import SHARED

Resource = dict[str, Any]
TODAY = date(2026, 3, 1)
SYNTHEA = SHARED / "data" / "synthea_r4"
GENERATED = SHARED / "data" / "clinosim_us_vcf"
US_CORE = SHARED / "data" / "us_core"

# patient of the story -> whether there is a plan to sign on TODAY
STORIES = {
    "bergstrom": True, "whitfield": True, "kowalski": True, "achterberg": True, "oyelaran": True, "lindgren": True,
    "petrov": False, "delgado": False, "sato": False,
}  # fmt: skip
# beginning of the file's name -> whether there is a plan. Hallie Hoeger and Lonnie Von have an osteoporotic fracture
# of a vertebra nobody named; the others have none.
OF_SYNTHEA = {
    "Gustavo_Olson": False, "Hallie_Hoeger": False, "Juan_Stracke": False, "Lonnie_Von": False, "Ned_Hintz": False,
    "Odilia_Feeney": False, "Oswaldo_Armstrong": False, "Sal_Strosin": False,
}  # fmt: skip
# Every patient of the generator has a vertebral compression fracture; the lumbar ones get a plan.
OF_GENERATOR = 20


@dataclass(frozen=True)
class Record:
    """One patient's chart. ``plan``: whether there is one to sign."""

    name: str
    patient: str
    plan: bool
    resources: tuple[Resource, ...]


def third_party() -> Iterator[Record]:
    """Synthea's patients, the generator's patients, and the US Core scans beside a lumbar fracture."""
    for name, plan in OF_SYNTHEA.items():
        (file,) = SYNTHEA.glob(f"{name}_*.json")
        resources = _read(file)
        yield Record(name, _patients(resources)[0], plan, resources)
    whole = _read(GENERATED)
    for patient in _patients(whole):
        yield Record(patient, patient, True, tuple(r for r in whole if owner(r) == patient))
    yield Record("us-core-scans", "example", True, us_core_with_fracture())


def us_core_with_fracture() -> tuple[Resource, ...]:
    """The US Core examples of Amy Shaw, whose scans have no fracture beside them; the fracture is ours.

    Her birth date and sex are those of the US Core example patient; she is 39 at the scan.
    """
    files = [*US_CORE.glob("dxa-*.json"), *US_CORE.glob("DiagnosticReport-*.json"), *US_CORE.glob("goal-*.json")]
    examples = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(files)]
    name = {"family": "Shaw", "given": ["Amy", "V."]}
    patient = {
        "resourceType": "Patient", "id": "example", "name": [name], "gender": "female", "birthDate": "1960-02-20",
        "identifier": [{"system": "http://hospital.smarthealthit.org", "value": "1032702"}],
    }  # fmt: skip
    fracture = {
        "resourceType": "Condition", "id": "shaw-fracture", "subject": {"reference": "Patient/example"},
        "clinicalStatus": _concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"),
        "verificationStatus": _concept("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed"),
        "category": [_concept("http://terminology.hl7.org/CodeSystem/condition-category", "problem-list-item")],
        "code": _concept("http://hl7.org/fhir/sid/icd-10-cm", "S32.020D"),
        "onsetDateTime": "2025-10-20", "recordedDate": "2025-10-21",
    }  # fmt: skip
    return (patient, fracture, *examples)


@cache
def stories() -> tuple[Resource, ...]:
    """The sandbox's own patients and practice, as dates stand on TODAY."""
    return _read(OWN_PATIENTS)


@cache
def _read(source: Path) -> tuple[Resource, ...]:
    return tuple(resource for loaded in read_source(source, TODAY) for resource in loaded.resources)


def _patients(resources: tuple[Resource, ...]) -> list[str]:
    return [r["id"] for r in resources if r["resourceType"] == "Patient"]


def owner(resource: Resource) -> str:
    """Id of the patient a resource is about; empty for whoever works in the practice. A Provenance has its targets'."""
    if resource["resourceType"] == "Patient":
        return str(resource["id"])
    if resource["resourceType"] == "Provenance":
        targets = {target["reference"] for target in resource["target"]}
        return next(owner(r) for r in stories() if f"{r['resourceType']}/{r['id']}" in targets)
    found = resource.get("subject") or resource.get("patient") or {}
    return str(found.get("reference", "")).removeprefix("Patient/")


def _concept(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}
