"""All searches of a launch, shaped for strict servers.

Nothing here relies on ``_include``, ``_sort``, ``_count`` or a date bound: none is safe on every server. ``_include``
is asked for only where it is declared, ``_count`` only where there is more than one page (docs/decisions/0020).
Observation is never searched without a code or a category, Condition one category at a time, CarePlan always with
``assess-plan``.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from smartapp.core.codes import CodeTable

LOINC = "http://loinc.org"
RADIOLOGY = "http://loinc.org|LP29684-5"  # the category of an imaging report in US Core


class Search(NamedTuple):
    """One search. ``label`` names for the clinician what is missing if it fails; ``{patient}`` stands for the id.

    A search of ``Patient`` is a read.
    """

    label: str
    resource: str
    params: Mapping[str, str]


# Kinds of records of what the patient takes: where one was not read, that is not known.
MEDICINES = frozenset(
    {"Medication", "MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense"}
)
# Kinds of records not every server has: where it has none (400, 404) nothing is missing, where it does not permit them
# (403) a line says so.
SELDOM = frozenset(
    {
        *("braces and devices ordered", "braces and devices in use", "warnings on the chart", "medicines given"),
        *("tests of movement and frailty", "implants and devices", "family history"),
        "imaging reports under local codes",  # their words alone may tell of a danger
        *("the referral of a signed plan", "session logs of a signed plan", "notes of the therapist"),
        "reports of the therapist",
    }
)
# A server may refuse these as not offered (400, 403, 404) without anything being missing: another search of the launch
# asks for the same on the servers that do.
OPTIONAL = frozenset(
    {
        "health concerns",
        "diagnoses without a category",
        "imaging results under local codes",
        "bone density reports",
        "reported medicines",
        "goals",
        "visits",
    }
)
# What an EHR may lack without anything being missing.
MAY_LACK = OPTIONAL | SELDOM


def searches(codes: CodeTable) -> tuple[Search, ...]:
    """The searches for a code table: its LOINC codes are what Observation is asked for."""
    return (
        Search("the patient's name, birth date and sex", "Patient", {}),
        _search("diagnoses on the problem list", "Condition", category="problem-list-item"),
        _search("diagnoses made at visits", "Condition", category="encounter-diagnosis"),
        _search("health concerns", "Condition", category="health-concern"),
        _search("diagnoses without a category", "Condition"),
        _search("bone density results", "Observation", code=_tokens(codes, *_BONE)),
        _search("laboratory results, pain and habits", "Observation", code=_tokens(codes, *_LABORATORY)),
        _search("blood tests", "Observation", code=_tokens(codes, *_BLOOD)),
        _search("blood pressure, vital signs and falls", "Observation", code=_tokens(codes, *_MEASURES)),
        _search("tests of movement and frailty", "Observation", category="exam"),
        _search("imaging results under local codes", "Observation", category="imaging"),
        _search("bone density reports", "DiagnosticReport", code=_tokens(codes, "dxa-panel", "dxa-report")),
        _search("imaging reports under local codes", "DiagnosticReport", category=RADIOLOGY),
        _search("procedures", "Procedure"),
        _search("prescribed medicines", "MedicationRequest", intent="order"),
        _search("reported medicines", "MedicationStatement"),
        _search("medicines given", "MedicationAdministration"),
        _search("care plans", "CarePlan", category="assess-plan"),
        _search("orders", "ServiceRequest"),
        _search("goals", "Goal"),
        _search("braces and devices ordered", "DeviceRequest"),
        _search("braces and devices in use", "DeviceUseStatement"),
        _search("warnings on the chart", "Flag"),
        _search("implants and devices", "Device"),
        _search("family history", "FamilyMemberHistory"),
        _search("visits", "Encounter"),  # one dates a diagnosis that has no other date; the end of a stay
    )


def type_filters(wanted: Sequence[Search]) -> tuple[str, ...]:
    """The same searches without a patient, for an export of many (``_typeFilter``): of a type that is searched without
    any other parameter, all is wanted, and none is made."""
    asked: dict[str, list[str]] = {}
    for search in wanted:
        params = {name: value for name, value in search.params.items() if name != "patient"}
        asked.setdefault(search.resource, []).append(urlencode(params))
    return tuple(f"{kind}?{one}" for kind, found in asked.items() if all(found) for one in found)


_BONE = ("t-score", "z-score", "areal-bmd", "dxa-panel", "dxa-report")
_LABORATORY = (
    *("25-oh-vitamin-d", "calcium", "egfr", "pain", "bmi", "smoking", "alcohol", "fall-risk"),
    "fracture-probability",
)
_MEASURES = (
    *("blood-pressure", "systolic", "systolic-lying", "systolic-standing", "diastolic"),
    *("oxygen-saturation", "temperature", "falls", "morse-fall-scale"),
)
# What the rules on tumor, infection, kidney and secondary causes read (rule book 2a, 3 and 5), apart from the rest: of
# somebody often in hospital there are hundreds, which would fill the pages that hold pain and vitamin D.
_BLOOD = (
    *("hemoglobin", "esr", "crp", "alkaline-phosphatase", "phosphate", "albumin", "creatinine", "pth", "tsh"),
    *("testosterone", "m-protein", "light-chain-ratio", "psa", "tissue-transglutaminase"),
)


def _search(label: str, resource: str, **params: str) -> Search:
    return Search(label, resource, {"patient": "{patient}", **params})


def of_signed_plan(codes: CodeTable) -> tuple[Search, ...]:
    """Asked for beside the others where a plan was signed here: how far its referral is, and what was recorded under
    it. Sessions as procedures and pain are among the others."""
    notes = _tokens(codes, "pt-note")
    return (
        _search("the referral of a signed plan", "Task", code="http://hl7.org/fhir/CodeSystem/task-code|fulfill"),
        _search("session logs of a signed plan", "QuestionnaireResponse"),
        _search("notes of the therapist", "DocumentReference", type=notes),
        _search("reports of the therapist", "DiagnosticReport", code=notes),
    )


def _tokens(codes: CodeTable, *concepts: str) -> str:
    return ",".join(f"{LOINC}|{code}" for code in codes.codes("loinc", *concepts))
