"""Certainty of ICD-10-GM, unknown modifiers, and records that are not understood."""

import pytest

from smartapp.core.concepts import Topic
from smartapp.core.kinds import ClinicalStatus, Verification
from tests.fhir.read.records import ICD10CM, SNOMED, condition, read, reasons, status

GM = "http://fhir.de/CodeSystem/bfarm/icd-10-gm"
URL = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit"


def german(letter, code="S32.02", value="valueCoding", **more):
    said = {"valueCoding": {"code": letter}, "valueCodeableConcept": {"coding": [{"code": letter}]}}.get(value, letter)
    coding = {"system": GM, "code": code, "extension": [{"url": URL, value: said}]}
    return condition("0", **more) | {"code": {"coding": [coding]}}


@pytest.mark.parametrize("value", ["valueCoding", "valueCodeableConcept", "valueCode", "valueString"])
def test_a_suspected_diagnosis_is_not_confirmed(value):
    (found,) = read(german("V", value=value, verificationStatus=status("confirmed"))).diagnoses
    assert found.verification is Verification.UNCONFIRMED


def test_an_excluded_one_is_not_used_and_told():
    chart = read(german("A"))
    assert chart.diagnoses == ()
    assert "excluded (certainty A)" in reasons(chart)


@pytest.mark.parametrize(
    "more", [{"verificationStatus": status("confirmed")}, {"note": [{"text": "Cauda equina syndrome"}]}]
)
def test_excluded_and_confirmed_or_dangerous_is_asked_first(more):
    chart = read(german("A", **more))
    assert chart.diagnoses[0].verification is Verification.UNCONFIRMED
    assert "taken as not confirmed" in reasons(chart)


def test_a_state_after_a_fracture_is_a_history():
    chart = read(german("Z"))
    assert (chart.diagnoses[0].concepts, chart.diagnoses[0].fracture) == ({"fracture-history"}, None)
    assert chart.unreadable[0].topic is Topic.FRACTURE


@pytest.mark.parametrize("more", [{"clinicalStatus": status("active")}, {"note": [{"text": "Nonunion"}]}])
def test_a_state_after_a_fracture_that_is_active_is_asked_first(more):
    (found,) = read(german("Z", **more)).diagnoses
    assert (found.verification, found.fracture is None) == (Verification.UNCONFIRMED, False)


@pytest.mark.parametrize(
    ("code", "topic"), [("C61", Topic.SPINE), ("M81.9", Topic.BONE_DISEASE), ("S34.3", Topic.SPINE)]
)
def test_a_state_after_something_else_is_over_where_nothing_says_otherwise(code, topic):
    over, active = read(german("Z", code)), read(german("Z", code, clinicalStatus=status("active")))
    assert over.diagnoses[0].clinical_status is ClinicalStatus.RESOLVED
    assert active.diagnoses[0].clinical_status is ClinicalStatus.ACTIVE
    assert [line.topic for line in (*over.unreadable, *active.unreadable)] == [topic, topic]


def test_a_state_after_what_means_nothing_here_needs_no_line():
    assert read(german("Z", "J45.0")).unreadable == ()


def test_a_letter_nobody_knows_is_told_and_taken_as_confirmed():
    chart = read(german("X"))
    assert chart.diagnoses[0].verification is Verification.CONFIRMED
    assert "“x” is not known" in reasons(chart)


def test_certain_and_other_extensions_change_nothing():
    assert read(german("G")).unreadable == ()
    assert read(german("R") | {"extension": [{"url": "http://fhir.de/StructureDefinition/other"}]}).diagnoses != ()


def test_an_unknown_modifier_is_told_and_a_fracture_asked_for_first():
    modifier = {"modifierExtension": [{"url": "http://example.org/x", "valueBoolean": True}]}
    fracture, bone = read(condition("S32.010A", **modifier)), read(condition("M81.0", **modifier))
    assert fracture.diagnoses[0].verification is Verification.UNCONFIRMED
    assert bone.diagnoses[0].verification is Verification.CONFIRMED
    assert all("modifier" in reasons(chart) for chart in (fracture, bone))
    assert read(condition("J30.1", text="Hay fever", **modifier)).unreadable == ()


@pytest.mark.parametrize(
    ("resource", "topic"),
    [
        (condition(), Topic.UNKNOWN),
        (condition("123", "urn:local"), Topic.UNKNOWN),
        (condition("999999001", SNOMED), Topic.UNKNOWN),
        (condition("VCF", "http://hl7.org/fhir/sid/icd-10"), Topic.UNKNOWN),
        (condition("123", "urn:local", display="高血圧症"), Topic.UNKNOWN),
        (condition(text="L1 VCF?"), Topic.FRACTURE),
        (condition(text="Fragility fracture"), Topic.FRACTURE),
        (condition(text="Crush #"), Topic.FRACTURE),
        (condition(text="Possible wedge deformity of L1"), Topic.FRACTURE),
        (condition("1", "urn:local", display="Tassement vertébral"), Topic.FRACTURE),
        (condition("T14.8"), Topic.FRACTURE),
        (condition("T14.2", "http://hl7.org/fhir/sid/icd-10"), Topic.FRACTURE),
        (condition("M46.86"), Topic.SPINE),
        (condition(text="Osteoporose"), Topic.BONE_DISEASE),
        (condition("M85.9"), Topic.BONE_DISEASE),
        (condition("391037000", SNOMED), Topic.BONE_DISEASE),
        (condition("207962009", SNOMED), Topic.FRACTURE),
        (condition("Z13.820", text="Osteoporosis"), Topic.BONE_DISEASE),
        (condition(text="Seen in osteoporosis clinic"), Topic.BONE_DISEASE),
        (condition(text="No urinary retention"), None),
        (condition(text="Suspected lung cancer"), None),
        (condition(text="Possible spondylodiscitis"), Topic.SPINE),
        (condition("427752004", SNOMED), Topic.OPERATION),
        (condition("312681000", SNOMED, note=[{"text": "Lumbar fracture"}]), Topic.FRACTURE),
        (condition("66794005", SNOMED), Topic.UNKNOWN),
        (condition(note=[{"text": "Old fracture of L2"}]), Topic.FRACTURE),
    ],
)
def test_what_is_not_understood_has_a_topic(resource, topic):
    chart = read(resource)
    assert [line.topic for line in chart.unreadable] == [topic]
    assert chart.diagnoses[0].fracture is None


@pytest.mark.parametrize(
    "resource",
    [
        condition("E11.9"),
        condition("J45.0", "http://hl7.org/fhir/sid/icd-10"),
        condition("M54.50"),
        condition("123", "urn:local", display="Hypertension"),
        condition("E66.3", display="Overweight"),
        condition(text="Problem #3: low back pain"),
    ],
)
def test_what_cannot_bear_on_it_is_quiet(resource):
    assert read(resource).unreadable == ()


def test_one_problem_on_record_for_many_visits_is_one_line():
    visits = [condition("T14.8", ICD10CM, onsetDateTime=f"2025-03-0{n}") | {"id": f"c{n}"} for n in range(1, 8)]
    (line,) = read(*visits).unreadable
    assert "and 2 more" in line.where
