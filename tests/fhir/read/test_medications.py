"""Medicines: systemic glucocorticoids told from those that act where they are put."""

import pytest

from tests.fhir.read.records import RXNORM, SUBJECT, concept, read


def request(text="", code="", **more):
    made = {"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order", "subject": SUBJECT}
    return made | {"medicationCodeableConcept": concept(code, RXNORM, "", text)} | more


@pytest.mark.parametrize(
    "text",
    [
        "predniSONE 5 MG Oral Tablet",
        "Prednisolone 25 mg",
        "methylprednisolone 4 mg dose pack",
        "Dexamethasone 4 MG tablet",
        "Hydrocortisone 10 MG Oral Tablet",
        "Deflazacort 6 MG",
        "Betamethasone 0.5 MG oral tablet",
    ],
)
def test_systemic_glucocorticoids(text):
    (found,) = read(request(text)).medications
    assert found.concepts == {"glucocorticoid-use"}
    assert found.active


@pytest.mark.parametrize(
    "text",
    [
        "Hydrocortisone 1 % cream",
        "Betamethasone 0.1 % ointment",
        "Dexamethasone ophthalmic drops",
        "Prednisolone eye drops",
        "Hydrocortisone rectal foam",
        "Methylprednisolone intra-articular injection",
        "Betamethasone dipropionate",
        "Dexamethasone intravitreal implant",
        "Calcitonin nasal spray",
        "Acetaminophen",
    ],
)
def test_local_preparations_and_other_medicines_are_not(text):
    assert read(request(text)).medications == ()


def test_the_route_tells_as_well_as_the_name():
    topical = [{"route": {"text": "Topical"}}]
    assert read(request("hydrocortisone", dosageInstruction=topical)).medications == ()
    (inhaled,) = read(request("dexamethasone", dosageInstruction=[{"text": "2 puffs by inhalation"}])).medications
    assert inhaled.concepts == {"glucocorticoid-inhaled"}


def test_by_ingredient_code():
    (found,) = read(request("Rayos", code="8640")).medications
    assert found.concepts == {"glucocorticoid-use"}


@pytest.mark.parametrize(
    "more",
    [
        {"status": "cancelled"},
        {"status": "entered-in-error"},
        {"status": "draft"},
        {"intent": "proposal"},
        {"doNotPerform": True},
    ],
)
def test_what_was_not_given_is_not_taken(more):
    assert read(request("Prednisone 5 mg", **more)).medications == ()


def test_a_finished_course_is_not_active():
    (found,) = read(request("Prednisone 5 mg", status="completed", authoredOn="2025-03-01")).medications
    assert not found.active
    assert str(found.started) == "2025-03-01"


def test_a_referenced_and_a_contained_medication():
    drug = {"resourceType": "Medication", "id": "d", "code": {"text": "Prednisone 10 mg tablet"}}
    bare = request()
    del bare["medicationCodeableConcept"]
    outside = bare | {"medicationReference": {"reference": "Medication/d"}}
    inside = bare | {"medicationReference": {"reference": "#d"}, "contained": [drug]}
    assert len(read(outside, drug).medications) == 1
    assert len(read(inside).medications) == 1


def test_a_statement_of_the_patient():
    statement = {
        "resourceType": "MedicationStatement",
        "id": "s",
        "status": "active",
        "subject": SUBJECT,
        "medicationCodeableConcept": {"text": "Prednisone"},
        "effectivePeriod": {"start": "2024-01-01"},
    }
    (found,) = read(statement).medications
    assert str(found.started) == "2024-01-01"


def test_bone_drugs():
    (found,) = read(request("Alendronate 70 MG Oral Tablet")).medications
    assert found.concepts == {"antiresorptive-therapy"}
