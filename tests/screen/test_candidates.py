"""What makes a candidate: any way a fracture of the spine may be written, and little else."""

import base64
import json

import duckdb
import pytest

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Chart, Diagnosis, Patient, Source
from smartapp.core.concepts import Concept
from smartapp.core.derive import derive
from smartapp.core.fracture_coding import FractureCoding, Region
from smartapp.core.kinds import ClinicalStatus, Verification
from smartapp.core.states import Disposition
from smartapp.screen.candidates import SPEAKS_OF_A_FRACTURE, candidate_macros, code_beginnings
from tests.screen.charts import AS_OF, KNOWLEDGE


@pytest.fixture(scope="module")
def database():
    with duckdb.connect() as made:
        for macro in candidate_macros(KNOWLEDGE):
            made.execute(macro)
        yield made


def is_candidate(database, record) -> bool:
    text = record if isinstance(record, str) else json.dumps(record)
    return database.execute("SELECT is_candidate(record) FROM (SELECT ? AS record)", [text]).fetchone()[0]


def attached(said: bytes | str) -> dict:
    data = base64.b64encode(said.encode() if isinstance(said, str) else said).decode()
    return {"resourceType": "DiagnosticReport", "presentedForm": [{"contentType": "text/plain", "data": data}]}


def diagnosis(code="", text=""):
    return {"resourceType": "Condition", "code": {"coding": [{"code": code}] if code else [], "text": text}}


@pytest.mark.parametrize(
    "record",
    [
        diagnosis("S32.010A"),
        diagnosis("s32010d"),
        diagnosis("M80 .08"),
        diagnosis(text="Wedge FRACTURE of\n\n L2"),
        '{"resourceType" : "Condition", "code": {"coding": [{"code" :\t"S32.0"}]}}',
        '{"resourceType": "Condition", "code": {"text": "fr\\u0061cture of L1"}}',
        '{"resourceType": "\\u0043ondition", "code": {"text": "fracture of L1"}}',
        '{"resourceType": "Condition", "code": {"text": "L1 &#102;racture"}}',
        {"resourceType": "Condition", "note": [{"text": "known fracture of the lumbar spine"}]},
        {"resourceType": "DiagnosticReport", "conclusion": "Metastasis with pathologic fracture of L3"},
        {"resourceType": "DiagnosticReport", "conclusionCode": [{"coding": [{"code": "M84.58XA"}]}]},
        {"resourceType": "DiagnosticReport", "text": {"div": "<div><b>Fracture</b> of the <i>vertebra</i></div>"}},
        attached("Alte Fraktur: L1 fracture, pathologic, neoplastic. Größe normal."),
        attached("{\\rtf1 L2 \\'66racture}"),
        {
            "resourceType": "DiagnosticReport",
            "presentedForm": [{"data": "TDEgbm9uZQ=="}, {"data": "TDEgZn\nJhY3R1cmU"}],
        },
    ],
    ids=str,
)
def test_however_it_is_written(database, record):
    assert is_candidate(database, record)


@pytest.mark.parametrize(
    "record",
    [
        diagnosis("I10", "Hypertension"),
        diagnosis("S52.501A", "Fracture of the radius"),
        {"resourceType": "Observation", "code": {"text": "L1 fracture"}},
        {"resourceType": "DiagnosticReport", "conclusion": "No acute abnormality of the chest"},
        {"resourceType": "DiagnosticReport", "code": {"text": "L1 fracture"}},
        attached("Chest unremarkable"),
        {"resourceType": "DiagnosticReport", "presentedForm": [{"url": "Binary/1"}]},
    ],
    ids=str,
)
def test_what_speaks_of_none_is_left(database, record):
    assert not is_candidate(database, record)


def test_no_code_stands_behind_another():
    codes = code_beginnings(KNOWLEDGE)
    assert not [(one, other) for one in codes for other in codes if one != other and one.startswith(other)]
    assert {"S32", "M485"} <= set(codes)


def concluded(concept: Concept, verification: Verification, fracture: FractureCoding | None) -> Assessment:
    said = Diagnosis(
        Source("Condition/1"), frozenset({concept.value}), verification, ClinicalStatus.ACTIVE, fracture, text="x"
    )
    chart = Chart(Patient("Patient/1", birth=None), diagnoses=(said,))
    return derive(chart, AS_OF, KNOWLEDGE)


@pytest.mark.parametrize("concept", Concept, ids=str)
@pytest.mark.parametrize("verification", Verification, ids=str)
def test_no_other_concept_starts_the_rules(concept, verification):
    """By itself, however sure: what core concludes of it decides what has to be looked for."""
    found = concluded(concept, verification, None)
    assert found.disposition is Disposition.NOT_APPLICABLE or concept in SPEAKS_OF_A_FRACTURE


def test_a_diagnosis_with_a_place_in_the_spine_starts_them():
    found = concluded(Concept.OSTEOPENIA, Verification.CONFIRMED, FractureCoding(Region.LUMBAR))
    assert found.disposition is not Disposition.NOT_APPLICABLE
