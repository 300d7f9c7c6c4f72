"""Whose record it is, by every way in which servers name a patient; and what is said where all name another."""

import json
from datetime import date

import pytest

from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.states import Disposition
from smartapp.errors import InputError
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.files import read_files as load_file
from smartapp.fhir.read.patient import Person, base_of
from smartapp.in_words import explanation
from smartapp.knowledge import load
from tests.fhir.read.records import PATIENT, condition, observation, read

UUID = "0ae954fa-eff8-4d38-8840-3af401abc9fd"
HERE, THERE = "https://ehr.example/fhir/Patient/p", "https://other.example/r4/Patient/p"
SYSTEM = "https://hospital.example/mrn"
TODAY = date(2026, 10, 10)


def named(subject, person=PATIENT, full_url=""):
    """The chart of a Bundle with this Patient and a fracture of ``subject``."""
    fracture = condition("S32.010A", onsetDateTime="2026-04-02", subject=subject)
    entries = [{"resource": person, **({"fullUrl": full_url} if full_url else {})}, {"resource": fracture}]
    return read_chart([{"resourceType": "Bundle", "entry": entries}], load())


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/p", "Patient/p/_history/3", "Patient/p/", "Patient/p?_format=json", "Patient/p/?x=1", " Patient/p ",
        "Patient/p#one", "/Patient/p", HERE, f"{HERE}/", f"{HERE}/_history/7", f"{HERE}?_format=json", "p",
        "urn:uuid:p", "https://EHR.example:443/fhir/Patient/p", "http://ehr.example/fhir/Patient/p",
        "#contained-nowhere", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("full_url", ["", HERE, "urn:uuid:77"])
def test_ways_to_name_this_patient(reference, full_url):
    assert len(named({"reference": reference}, full_url=full_url).diagnoses) == 1


@pytest.mark.parametrize(
    ("reference", "full_url"),
    [
        ("urn:uuid:77", "urn:uuid:77"),
        ("https://ehr.example/fhir/people/5", "https://ehr.example/fhir/people/5"),
        ("https://ehr.example/fhir/people/5/_history/2", "https://ehr.example/fhir/people/5"),
        (THERE, ""),  # nothing says where the ids of this file are from
        (THERE, "urn:uuid:77"),
    ],
)
def test_the_address_of_the_entry_names_the_patient(reference, full_url):
    assert len(named({"reference": reference}, full_url=full_url).diagnoses) == 1


@pytest.mark.parametrize(
    ("reference", "full_url"),
    [
        ("Patient/q", ""), ("https://ehr.example/fhir/Patient/q", HERE), ("urn:uuid:q", ""),
        ("urn:uuid:78", "urn:uuid:77"), ("urn:uuid:q", ""),
        ("urn:oid:1.2.3", ""), ("q", ""), ("Group/p", ""), (THERE, HERE), ("Patient/p2", ""), ("Patient/P", ""),
    ],
)  # fmt: skip
def test_ways_to_name_another(reference, full_url):
    chart = named({"reference": reference}, full_url=full_url)
    assert chart.diagnoses == ()
    assert chart.left_out == 1
    assert [line.where for line in chart.unreadable if line.of_another] == ["Condition/c"]


def test_a_uuid_is_the_same_in_any_case():
    person = {**PATIENT, "id": UUID}
    assert len(named({"reference": f"urn:uuid:{UUID.upper()}"}, person).diagnoses) == 1


@pytest.mark.parametrize(
    ("identifier", "ours"),
    [
        ({"system": SYSTEM, "value": "77"}, True),
        ({"system": SYSTEM, "value": "78"}, False),
        ({"system": "urn:elsewhere", "value": "78"}, True),  # nothing to compare it with
        ({"value": "78"}, True),
        ({}, True),
    ],
)
def test_an_identifier_tells_where_there_is_no_reference(identifier, ours):
    person = {**PATIENT, "identifier": [{"system": SYSTEM, "value": "77"}, {"system": SYSTEM, "value": "76"}, "odd"]}
    assert bool(named({"identifier": identifier}, person).diagnoses) is ours
    contained = {"resourceType": "Patient", "id": "in", "identifier": [identifier]}
    fracture = condition("S32.010A", subject={"reference": "#in"}, contained=[contained])
    assert bool(read(fracture, people=(person,)).diagnoses) is ours


@pytest.mark.parametrize(
    "subject", [{"display": "Somebody"}, {"reference": None}, {"reference": 7}, None, [], "Patient/q"]
)
def test_what_names_nobody_is_taken(subject):
    assert len(named(subject).diagnoses) == 1


def test_the_patient_element_is_read_where_there_is_no_subject():
    goal = {"resourceType": "Goal", "id": "g", "patient": {"reference": "Patient/q"}}
    assert not Person("Patient/p").owns(goal)
    assert Person("Patient/p").owns({**goal, "patient": {"reference": "Patient/p"}})
    assert not Person("Patient/p").owns({"resourceType": "Patient", "id": "q"})


@pytest.mark.parametrize("address", ["urn:uuid:1", "Patient/p", "https://[broken/Patient/p", ""])
def test_what_is_no_full_address_has_no_base(address):
    assert base_of(address) == ""


# -- the same rule on files: what is left out in decoding, and what --patient chooses


@pytest.mark.parametrize(
    "reference", ["Patient/p/_history/3", HERE, "urn:uuid:p", "#none", THERE, "Patient/q", "q", "urn:uuid:p2"]
)
def test_leaving_results_out_does_not_show(tmp_path, reference):
    weight = observation("29463-7", text="Body weight", subject={"reference": reference})
    entries = [{"resource": PATIENT, "fullUrl": HERE}, {"resource": weight}]
    bundle = {"resourceType": "Bundle", "entry": entries}
    (tmp_path / "a.json").write_text(json.dumps(bundle))
    knowledge = load()
    assert read_chart(load_file(tmp_path / "a.json", knowledge=knowledge).values, load()) == read_chart(
        [bundle], load()
    )


@pytest.mark.parametrize("value", ["77", "78"])
def test_leaving_results_out_does_not_show_an_identifier(tmp_path, value):
    person = {**PATIENT, "identifier": [{"system": SYSTEM, "value": "77"}]}
    weight = observation("29463-7", text="Body weight", subject={"identifier": {"system": SYSTEM, "value": value}})
    bundle = {"resourceType": "Bundle", "entry": [{"resource": person}, {"resource": weight}]}
    (tmp_path / "a.json").write_text(json.dumps(bundle))
    assert read_chart(load_file(tmp_path / "a.json", knowledge=load()).values, load()) == read_chart([bundle], load())


@pytest.mark.parametrize(("reference", "found"), [("urn:uuid:p", 1), ("Patient/p/_history/2", 1), ("Patient/q", 0)])
def test_one_of_several_patients(tmp_path, reference, found):
    fracture = condition("S32.010A", subject={"reference": reference})
    people = [{"resource": PATIENT}, {"resource": {**PATIENT, "id": "q"}}]
    bundle = {"resourceType": "Bundle", "entry": [*people, {"resource": fracture}]}
    (tmp_path / "a.json").write_text(json.dumps(bundle))
    assert len(read_chart(load_file(tmp_path / "a.json", "p").values, load(), "p").diagnoses) == found
    with pytest.raises(InputError):
        load_file(tmp_path / "a.json")


# -- all of them about another


def assessed(chart):
    return derive(chart, TODAY, load())


def test_where_every_record_names_another_nothing_says_that_there_is_no_fracture():
    assessment = assessed(named({"reference": "Patient/q"}))
    assert assessment.disposition is Disposition.CONFIRM_FIRST
    assert assessment.would_change == "Records that name this patient."
    assert not assessment.has("no-active-fracture")
    (question,) = [gap.question for gap in assessment.gaps if gap.concept == "records-of-another-patient"]
    assert "about another patient than the one opened: 1 left out" in question
    assert not [gap for gap in assessment.gaps if gap.concept == "lumbar-fracture"]
    assert {r.state for r in assessment.restrictions if r.id == "R1"} == {"strict"}
    assert "about another patient" in assessment.restriction("R1").reason.text
    assert "about another patient than the one opened: 1 left out" in explanation(assessment)
    assert plan(assessment, load()).title == "No plan yet: the records are about another patient"


@pytest.mark.parametrize(
    ("own", "says_nothing"),
    [
        ([], True),
        ([observation("39156-5", valueQuantity={"value": 24})], True),  # the Conditions could have named a fracture
        ([condition("I10")], False),
        ([condition("S32.010A", onsetDateTime="2026-04-02")], False),
    ],
)
def test_one_record_of_another_among_ones_own_does_not_hide_them(own, says_nothing):
    stranger = condition("S32.020A", id="stranger", subject={"reference": "Patient/q"})
    chart = read(stranger, *own)
    assert bool(chart.left_out) is says_nothing
    assert (assessed(chart).disposition is Disposition.CONFIRM_FIRST) is says_nothing
    assert [line.where for line in chart.unreadable if line.of_another] == ["Condition/stranger"]


def test_the_dead_are_said_to_be_dead():
    assessment = assessed(named({"reference": "Patient/q"}, {**PATIENT, "deceasedBoolean": True}))
    assert assessment.disposition is Disposition.NOT_APPLICABLE
    assert assessment.has("deceased")
    assert "outside" in plan(assessment, load()).title
