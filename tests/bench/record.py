"""A number -> the benchmark patient's record of so many resources, as an EHR keeps them.

The story of the sandbox comes first, whole. What follows are ordinary visits, results, orders and vaccinations in the
shapes and proportions of Synthea's records (measured on eight of them), without the claims that make half of their
bytes and that no EHR gives an app. As there, a third of the results are of kinds the rules look at.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle, islice
from typing import Any

from launch.sandbox.fhir_dates import resolve_offsets
from tests.bench.ehr import patient_bundle

PATIENT = "bench-0"
NOT_READ = {"Encounter", "Immunization"}  # the story's resources Loadpath does not ask for
PROFILE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"
LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
RESULTS = (
    ("vital-signs", "8302-2", "Body Height", 171.2, "cm"),
    ("vital-signs", "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", 2, "{score}"),
    ("vital-signs", "29463-7", "Body Weight", 74.6, "kg"),
    ("vital-signs", "39156-5", "Body mass index (BMI) [Ratio]", 25.45, "kg/m2"),
    ("vital-signs", "85354-9", "Blood pressure panel with all children optional", None, "mm[Hg]"),
    ("vital-signs", "8867-4", "Heart rate", 71, "/min"),
    ("vital-signs", "9279-1", "Respiratory rate", 14, "/min"),
    ("laboratory", "2339-0", "Glucose [Mass/volume] in Blood", 88.13, "mg/dL"),
    ("laboratory", "6299-2", "Urea nitrogen [Mass/volume] in Blood", 14.02, "mg/dL"),
    ("laboratory", "38483-4", "Creatinine [Mass/volume] in Blood", 0.96, "mg/dL"),
    ("laboratory", "17861-6", "Calcium [Mass/volume] in Serum or Plasma", 9.32, "mg/dL"),
    ("laboratory", "33914-3", "Glomerular filtration rate/1.73 sq M.predicted", 92.4, "mL/min/{1.73_m2}"),
    ("laboratory", "2947-0", "Sodium [Moles/volume] in Blood", 139.7, "mmol/L"),
    ("laboratory", "6298-4", "Potassium [Moles/volume] in Blood", 4.31, "mmol/L"),
    ("laboratory", "2069-3", "Chloride [Moles/volume] in Blood", 104.2, "mmol/L"),
)
# How often each kind comes: of 20 ordinary resources 11 results, 3 visits and so on.
MIX = "OOEOOPOOIOOECOODOEOM"


def record(size: int) -> dict[str, Any]:
    """A Bundle; the same size gives the same bytes on the same day."""
    today = datetime.now(UTC).date()
    story = resolve_offsets(patient_bundle(PATIENT), today)
    kept = [entry["resource"] for entry in story["entry"] if entry["resource"]["resourceType"] not in NOT_READ][:size]
    resources = [*kept, *islice(ordinary(today), size - len(kept))]
    entries = [{"fullUrl": f"urn:uuid:{r['id']}", "resource": r} for r in resources]
    return {**story, "entry": entries}


def ordinary(today: date) -> Iterator[dict[str, Any]]:
    """Resources without end, each a week older than the last."""
    results = cycle(RESULTS)
    for number, kind in zip(count(), cycle(MIX)):
        on = f"{today - timedelta(days=90 + 7 * number)}T09:24:11-05:00"
        shared = {"id": f"ordinary-{number}", "meta": {"lastUpdated": "2026-01-15T10:00:00.000+00:00"}}
        yield {**shared, **(_result(next(results), on) if kind == "O" else _OTHERS[kind](on))}


def _personal(kind: str, profile: str, on: str, **more: Any) -> dict[str, Any]:
    visit = {"reference": f"urn:uuid:visit-{on[:10]}"}
    return {
        "resourceType": kind, "meta": {"profile": [f"{PROFILE}{profile}"]},
        "subject": {"reference": f"Patient/{PATIENT}"}, "encounter": visit, **more,
    }  # fmt: skip


def _concept(system: str, code: str, display: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def _result(row: tuple[str, str, str, float | None, str], on: str) -> dict[str, Any]:
    category, code, display, number, unit = row
    system = "http://terminology.hl7.org/CodeSystem/observation-category"

    def quantity(value: float) -> dict[str, Any]:
        return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}

    pressures = [
        {"code": _concept(LOINC, code, f"{name} Blood Pressure"), "valueQuantity": quantity(value)}
        for code, name, value in (("8462-4", "Diastolic", 78), ("8480-6", "Systolic", 121))
    ]
    said = {"component": pressures} if number is None else {"valueQuantity": quantity(number)}
    return _personal(
        "Observation", category, on, status="final", effectiveDateTime=on, issued=on,
        category=[{"coding": [{"system": system, "code": category, "display": category}]}],
        code=_concept(LOINC, code, display), **said,
    )  # fmt: skip


def _visit(on: str) -> dict[str, Any]:
    doctor = {"reference": "Practitioner/aubert", "display": "Dr. Camille Aubert"}
    visit = _personal(
        "Encounter", "encounter", on, status="finished", period={"start": on, "end": on.replace("09:24", "09:54")},
        **{"class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}},
        type=[_concept(SNOMED, "162673000", "General examination of patient (procedure)")],
        participant=[{"individual": doctor, "period": {"start": on}}],
        serviceProvider={"reference": "Organization/riverside", "display": "Riverside Clinic"},
    )  # fmt: skip
    del visit["encounter"]
    return visit


def _procedure(on: str) -> dict[str, Any]:
    code = _concept(SNOMED, "430193006", "Medication Reconciliation (procedure)")
    return _personal(
        "Procedure", "procedure", on, status="completed", code=code, performedPeriod={"start": on, "end": on}
    )


def _vaccination(on: str) -> dict[str, Any]:
    code = _concept("http://hl7.org/fhir/sid/cvx", "140", "Influenza, seasonal, injectable, preservative free")
    given = _personal(
        "Immunization", "immunization", on, status="completed", vaccineCode=code, occurrenceDateTime=on,
        primarySource=True, location={"display": "Riverside Clinic"},
    )  # fmt: skip
    return {**{key: value for key, value in given.items() if key != "subject"}, "patient": given["subject"]}


def _diagnosis(on: str) -> dict[str, Any]:
    base = "http://terminology.hl7.org/CodeSystem/condition-"
    return _personal(
        "Condition", "condition", on, code=_concept(SNOMED, "195662009", "Acute viral pharyngitis (disorder)"),
        clinicalStatus={"coding": [{"system": f"{base}clinical", "code": "resolved"}]},
        verificationStatus={"coding": [{"system": f"{base}ver-status", "code": "confirmed"}]},
        category=[{"coding": [{"system": f"{base}category", "code": "encounter-diagnosis"}]}],
        onsetDateTime=on, abatementDateTime=on, recordedDate=on,
    )  # fmt: skip


def _report(on: str) -> dict[str, Any]:
    results = [{"reference": f"urn:uuid:result-{n}-{on[:10]}", "display": row[2]} for n, row in enumerate(RESULTS[7:])]
    return _personal(
        "DiagnosticReport", "diagnosticreport-lab", on, status="final", effectiveDateTime=on, issued=on, result=results,
        code=_concept(LOINC, "51990-0", "Basic metabolic panel - Blood"),
        category=[_concept("http://terminology.hl7.org/CodeSystem/v2-0074", "LAB", "Laboratory")],
    )  # fmt: skip


def _order(on: str) -> dict[str, Any]:
    drug = _concept("http://www.nlm.nih.gov/research/umls/rxnorm", "314076", "lisinopril 10 MG Oral Tablet")
    return _personal(
        "MedicationRequest", "medicationrequest", on, status="stopped", intent="order", authoredOn=on,
        medicationCodeableConcept=drug, requester={"reference": "Practitioner/aubert"},
        dosageInstruction=[{"sequence": 1, "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}}],
    )  # fmt: skip


_OTHERS = {"E": _visit, "P": _procedure, "I": _vaccination, "C": _diagnosis, "D": _report, "M": _order}
