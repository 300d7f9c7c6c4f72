"""Each resource of the patient once, with what the chart has of it, by which rows, what is told, or why it is quiet."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartapp.core.concepts import Topic
from smartapp.core.phrases import PhraseKind
from smartapp.errors import InputError
from smartapp.fhir.json import reference_of, without_empty
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.by_resource import read_by_resource
from smartapp.fhir.read.files import read_files
from smartapp.fhir.read.gather import flatten, gather
from smartapp.knowledge import load
from tests.bench.record import record
from tests.fhir.read.records import (
    LOINC,
    PATIENT,
    RXNORM,
    SNOMED,
    SUBJECT,
    concept,
    condition,
    observation,
    procedure,
    quantity,
)
from tests.fuzz.shaped import share, spoilt

CHARTS = sorted((Path(__file__).parents[2] / "senders" / "charts").glob("*.json"))
RECORD = record(40)


def read(*resources):
    return read_by_resource([PATIENT, *resources], load())


def one(resource):
    found = read(resource)
    assert [each.reference for each in found.resources] == ["Patient/p", reference_of(resource)]
    return found.resources[1]


def rows(resource):
    return [match.name for match in one(resource).rows]


def assert_it_is_the_chart(values, patient=None):
    """Every resource once and in order; the facts and lines of the chart, each at the resource it is of."""
    found = read_by_resource(values, load(), patient)
    chart = read_chart(values, load(), patient)
    gathered = gather([without_empty(value) for value in values], load(), patient)
    assert [each.type for each in found.resources] == [dated.resource["resourceType"] for dated in gathered.resources]
    facts = [fact for each in found.resources for fact in each.facts]
    expected = [
        *chart.diagnoses,
        *chart.procedures,
        *chart.measurements,
        *chart.medications,
        *chart.plans,
        *chart.orders,
        *chart.unrecognised,
        *chart.offers,
        *chart.reports,
    ]
    assert Counter(map(repr, facts)) == Counter(map(repr, expected))
    assert all(fact.source.reference == each.reference for each in found.resources for fact in each.facts)
    lines = [*found.lines, *(line for each in found.resources for line in each.told)]
    assert {said(line) for line in chart.unreadable} <= {said(line) for line in lines}
    assert all(bool(each.read or each.told or each.beside) != bool(each.quiet) for each in found.resources)
    return found


def said(line):
    """What a line says; the chart may have one for several records of which the same is told."""
    if line.topic is None:
        return line
    return line.topic if line.topic is Topic.UNKNOWN else (line.topic, line.reason)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda path: path.stem)
def test_a_chart_of_a_sender_is_shown_whole(chart):
    bundle = json.loads(chart.read_text(encoding="utf-8"))
    found = assert_it_is_the_chart([bundle])
    there = [reference_of(value) for _, value in flatten([bundle])]
    assert sorted(each.reference for each in found.resources) == sorted(there)


@pytest.mark.shared
def test_records_of_others_are_shown_whole(shared):
    paths = [*sorted((shared / "data" / "synthea_r4").glob("[A-Z]*_*.json"))[:4]]
    for path in paths:
        assert_it_is_the_chart([json.loads(path.read_text(encoding="utf-8"))])
    folder = shared / "data" / "clinosim_us_vcf"
    everybody = patients_of(folder)
    for patient in everybody[:3]:
        values, _ = read_files(folder, patient)
        found = assert_it_is_the_chart(values, patient)
        assert found.chart == read_chart(read_files(folder, patient, load()).values, load(), patient)


def patients_of(folder):
    (people,) = folder.glob("Patient*.ndjson")
    return [json.loads(line)["id"] for line in people.read_text(encoding="utf-8").splitlines()]


@share(4)
@given(spoilt(st.just(RECORD)))
def test_a_spoilt_record_is_shown_or_refused_as_ever(value):
    try:
        read_chart([value], load())
    except InputError as refusal:
        with pytest.raises(InputError, match=r".*") as refused:
            read_by_resource([value], load())
        assert str(refused.value) == str(refusal)
    else:
        assert_it_is_the_chart([value])


def test_the_row_is_that_of_the_code_of_its_range_or_of_its_parent():
    assert rows(condition("S32.020D")) == ["icd10cm|S32.020D"]
    assert rows(condition("C50.9")) == ["icd10cm|C5*"]
    assert rows(condition("S32.02", "http://hl7.org/fhir/sid/icd-10-nl")) == ["icd10|S32.0*"]
    assert one(condition(text="Osteopenia")).phrases[0].id == "PH-OSTEOPENIA"


def test_what_hedges_a_diagnosis_is_a_sign_of_it():
    found = one(condition(text="Suspected compression fracture of L2"))
    assert found.read or found.told
    assert PhraseKind.SIGN in {row.kind for row in found.phrases}


@pytest.mark.parametrize(
    ("resource", "why", "looked_for"),
    [
        ({"resourceType": "Immunization", "id": "i"}, "another resource type, not read", False),
        (condition("J30.1", text="Hay fever"), "no word or code of ours", False),
        ({"resourceType": "CarePlan", "id": "k", "status": "active"}, "no plan of ours", False),
        (condition("S32.020D", verificationStatus="entered-in-error"), "entered in error", True),
        (condition("S32.020D", verificationStatus="refuted"), "its verificationStatus is “refuted”", True),
        (procedure("22514", status="not-done"), "its status is “not-done”", True),
        (
            {"resourceType": "MedicationRequest", "id": "m", "status": "draft", "intent": "order", "subject": SUBJECT,
             "medicationCodeableConcept": {"text": "Prednisone 10 mg oral tablet"}, "doNotPerform": False},
            "its status is “draft”", True,
        ),
        (
            {"resourceType": "MedicationRequest", "id": "m", "status": "draft", "intent": "proposal",
             "medicationCodeableConcept": {"text": "Prednisone 10 mg oral tablet"}, "doNotPerform": True},
            "its status is “draft”, intent is “proposal”, doNotPerform is “true”", True,
        ),
    ],
)  # fmt: skip
def test_why_a_resource_is_quiet(resource, why, looked_for):
    found = one(resource)
    assert (found.quiet, found.is_looked_for) == (why, looked_for)
    assert found.read == found.told == ()


def test_a_false_friend_is_named_with_the_reason_of_its_row():
    excluded = next(row for row in load().codes.rows if row.excluded and row.kind == "procedure" and not row.prefix)
    system = load().codes.systems.by_id[excluded.system].addresses[0]
    assert one(procedure(excluded.code, system)).quiet == f"looks like one of ours and is not: {excluded.note}"


def test_a_medicine_of_ours_on_the_skin_is_known_and_not_used():
    steroid = next(row for row in load().codes.rows if row.system == "rxnorm" and "glucocorticoid-use" in row.concepts)
    drug = concept(steroid.code, RXNORM, text=f"{steroid.display} cream, apply to skin")
    found = one({"resourceType": "MedicationRequest", "id": "m", "status": "active", "medicationCodeableConcept": drug})
    assert [match.row for match in found.rows] == [steroid]
    assert (found.quiet, found.is_looked_for) == (
        "its codes or words are known, and it holds nothing that is read",
        True,
    )


def test_parts_of_vitamin_d_become_one_total_and_the_other_says_so():
    of = {"status": "final", "subject": SUBJECT, "effectiveDateTime": "2026-01-15T08:00:00Z"}
    two = observation("49054-0", **quantity(4, "ng/mL"), **of) | {"id": "d2"}
    three = observation("1989-3", **quantity(20, "ng/mL"), **of) | {"id": "d3"}
    found = assert_it_is_the_chart([PATIENT, two, three])
    total = next(each for each in found.resources if each.read and each.type == "Observation")
    part = next(each for each in found.resources if each.quiet)
    assert {total.reference, part.reference} == {"Observation/d2", "Observation/d3"}
    assert total.read[0].value == 24
    assert part.quiet == "counted with, or covered by, another result of the same specimen"


def test_resources_without_an_id_keep_what_is_theirs():
    pain = [observation("72514-3", **quantity(value, "{score}")) | {"id": None} for value in (3, 7)]
    found = assert_it_is_the_chart([PATIENT, *pain])
    assert [[fact.value for fact in each.read] for each in found.resources] == [[], [3], [7]]


def test_somebody_elses_record_is_not_of_this_list():
    found = read(condition("S32.020D", subject={"reference": "Patient/other"}))
    assert [each.reference for each in found.resources] == ["Patient/p"]
    assert [line.where for line in found.lines] == ["Condition/c"]


def test_a_line_of_the_patient_stands_at_the_patient():
    found = read_by_resource([PATIENT | {"active": False}], load())
    assert [line.reason for line in found.resources[0].told] == ["this patient record is marked inactive"]
    assert found.lines == ()


def test_unknown_systems_are_counted_where_records_are_read():
    local = [{"coding": [{"system": "urn:oid:1.2.3", "code": code}]} for code in "abc"]
    found = read(
        observation(code=None, **quantity(1, "1")) | {"code": local[0], "bodySite": local[1]},
        {"resourceType": "Immunization", "id": "i", "vaccineCode": local[2]},
        condition() | {"code": {"coding": [{"code": "X1"}, {"display": "words alone"}]}},
    )
    assert found.unknown_systems() == {"urn:oid:1.2.3": 2, "": 1}


def test_codes_words_and_date_are_as_recorded():
    inner = {"code": {"coding": [{"system": LOINC, "code": "38267-1"}], "text": "L1-L4"}}
    found = one(observation("38263-0", display="Bone density", text="DXA", component=[inner]))
    assert [(code.known_as, code.code, code.display, code.has_row) for code in found.codes] == [
        ("loinc", "38263-0", "Bone density", load().codes.find(LOINC, "38263-0") is not None),
        ("loinc", "38267-1", "", True),
    ]
    assert (found.words, found.date) == ("DXA; L1-L4", "2026-01-15")
    period = condition("64859006", SNOMED, onsetPeriod={"end": "2025-11"})
    assert one(period).date == "2025-11"
    assert one({"resourceType": "Composition", "id": "x", "title": "Letter on a person"}).words == ""
    assert one({"resourceType": "Claim", "id": "x", "created": 7, "code": "text", "title": 9}).date == ""
