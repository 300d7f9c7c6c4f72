"""Small FHIR records for reading tests, and reading them: what is not said is absent, as in a real record."""

from smartapp.fhir.read import read_chart
from smartapp.knowledge import load

ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
CPT = "http://www.ama-assn.org/go/cpt"
PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"

PATIENT = {"resourceType": "Patient", "id": "p", "gender": "male", "birthDate": "1960-05-10"}
SUBJECT = {"reference": "Patient/p"}


def concept(code="", system=ICD10CM, display="", text=""):
    coding = {key: value for key, value in (("system", system), ("code", code), ("display", display)) if value}
    element = {"coding": [coding]} if code else {}
    return {**element, "text": text} if text else element


def condition(code="", system=ICD10CM, *, text="", display="", **more):
    made = {"resourceType": "Condition", "id": "c", "subject": SUBJECT, "code": concept(code, system, display, text)}
    return made | more


def observation(code="", system=LOINC, *, text="", display="", **more):
    made = {
        "resourceType": "Observation",
        "id": "o",
        "status": "final",
        "subject": SUBJECT,
        "effectiveDateTime": "2026-01-15",
        "code": concept(code, system, display, text),
    }
    return {key: value for key, value in (made | more).items() if value is not None}


def quantity(value, unit="", **more):
    return {"valueQuantity": {"value": value, **({"code": unit, "unit": unit} if unit else {}), **more}}


def procedure(code="", system=CPT, *, text="", **more):
    made = {"resourceType": "Procedure", "id": "x", "status": "completed", "subject": SUBJECT}
    return made | {"code": concept(code, system, "", text)} | more


def status(code):
    return {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": code}]}


def read(*resources, patient_id=None, people=(PATIENT,)):
    return read_chart([*people, *resources], load(), patient_id)


def diagnosis(*resources):
    """The one diagnosis read from these."""
    (found,) = read(*resources).diagnoses
    return found


def measurement(*resources):
    (found,) = read(*resources).measurements
    return found


def reasons(chart):
    return " | ".join(f"{line.where}: {line.reason}" for line in chart.unreadable)
