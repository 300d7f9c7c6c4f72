"""Medicines: systemic glucocorticoids told from those that act where they are put."""

import pytest

from tests.fhir.read.records import RXNORM, SUBJECT, concept, procedure, read


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
        "Loratadine",
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


HANDED, SAID = "MedicationDispense", "MedicationStatement"


def given(kind="MedicationAdministration", text="Denosumab 60 mg", **more):
    return {
        "resourceType": kind, "id": "g", "status": "completed", "subject": SUBJECT,
        "medicationCodeableConcept": {"text": text}, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("resource", "last", "started"),
    [
        (given(effectiveDateTime="2025-05-10"), "2025-05-10", "2025-05-10"),
        (given(effectivePeriod={"start": "2025-05-10T09:00:00Z"}), "2025-05-10", "2025-05-10"),
        (given(HANDED, whenHandedOver="2025-05-11", whenPrepared="2025-05-09"), "2025-05-11", "2025-05-11"),
        (given(HANDED, whenPrepared="2025-05-09"), "2025-05-09", "2025-05-09"),
        (given(SAID, effectivePeriod={"start": "2024-01-01"}), "None", "2024-01-01"),
        (given(SAID, effectivePeriod={"start": "2024-01-01", "end": "2025-02-01"}), "2025-02-01", "2024-01-01"),
        (request("Prolia", authoredOn="2025-04-01"), "None", "2025-04-01"),
    ],
)  # fmt: skip
def test_a_dose_that_was_given_is_told_from_an_order(resource, last, started):
    (found,) = read(resource).medications
    assert (str(found.last), str(found.started)) == (last, started)
    assert found.concepts == {"antiresorptive-therapy", "denosumab"}


@pytest.mark.parametrize("status", ["not-done", "entered-in-error", "unknown", "declined", "preparation"])
def test_a_dose_that_was_not_given_is_none(status):
    assert read(given(effectiveDateTime="2025-05-10") | {"status": status}).medications == ()


def test_a_dose_given_is_active_and_only_of_bone_drugs_it_says_something():
    assert read(given()).medications[0].active
    found = read(given(text="Dexamethasone 4 mg"), given("MedicationDispense", "") | {"id": "h"})
    assert found.medications == () and found.unreadable == ()


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Zoledronic acid 5 mg infusion", {"zoledronate"}),
        ("Forteo pen", {"bone-anabolic"}),
        ("Romosozumab", {"bone-anabolic", "romosozumab"}),
        ("Evenity", {"bone-anabolic", "romosozumab"}),
        ("Denosumab 120 mg (Xgeva)", {"cancer-treatment"}),
        ("Zometa (zoledronic acid) 4 mg", {"zoledronate-cancer-dose"}),
    ],
)
def test_bone_drugs_by_kind_and_the_doses_of_cancer_apart(text, more):
    (found,) = read(request(text)).medications
    assert found.concepts == {"antiresorptive-therapy", *more}


HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"


@pytest.mark.parametrize(
    ("done", "concepts"),
    [
        (procedure("J0897", HCPCS), {"antiresorptive-therapy", "denosumab"}),
        (procedure("J0897", HCPCS, text="Injection, denosumab, 1 mg"), {"antiresorptive-therapy", "denosumab"}),
        (procedure(text="Prolia injection"), {"antiresorptive-therapy", "denosumab"}),
        (procedure(text="Zoledronic acid infusion"), {"antiresorptive-therapy", "zoledronate"}),
        (procedure(text="Evenity, subcutaneous"), {"antiresorptive-therapy", "bone-anabolic", "romosozumab"}),
    ],
)
def test_a_dose_recorded_as_a_procedure_is_one(done, concepts):
    chart = read(done | {"performedDateTime": "2025-05-10"})
    (found,) = chart.medications
    assert chart.unreadable == ()
    assert (found.concepts, str(found.last), found.active) == (concepts, "2025-05-10", True)


@pytest.mark.parametrize(
    "done",
    [
        procedure("J0897", HCPCS, status="not-done"),
        procedure("J0897", HCPCS, status="in-progress"),
        procedure(text="Prolia injection not done"),
        procedure(text="Prolia education"),
        procedure(text="Injection of the knee"),
        procedure("27447"),
        procedure(),
    ],
)
def test_what_is_no_dose_of_a_bone_drug_is_none(done):
    assert read(done | {"performedDateTime": "2025-05-10"}).medications == ()


def test_a_dose_over_days_has_the_last_of_them():
    period = {"performedPeriod": {"start": "2025-05-09", "end": "2025-05-10"}}
    (found,) = read(procedure("J0897", HCPCS) | period).medications
    assert str(found.last) == "2025-05-10"


def of_4_mg(**dosage):
    return request("Zoledronic acid 4 mg/100 mL", dosageInstruction=[dosage])


@pytest.mark.parametrize(
    ("resource", "every"),
    [
        (of_4_mg(text="every 4 weeks"), 28),
        (of_4_mg(text="q12w"), 84),
        (of_4_mg(text="monthly, 15 minutes"), 30),
        (of_4_mg(text="every 12 months"), 360),
        (of_4_mg(timing={"repeat": {"frequency": 1, "period": 28, "periodUnit": "d"}}), 28),
        (of_4_mg(timing={"repeat": {"frequency": 2, "period": 1, "periodUnit": "a"}}), 182),
        (of_4_mg(timing={"repeat": {"period": 3, "periodMax": 4, "periodUnit": "wk"}}), 28),
        (of_4_mg(timing={"repeat": {"period": 3, "periodUnit": "fortnights"}}), None),
        (of_4_mg(timing={"repeat": {"periodUnit": "wk"}}), None),
        (of_4_mg(text="once a year"), None),
        (request("Zoledronic acid 5 mg", dosageInstruction=[{"text": "every 12 months"}]), None),
    ],
)
def test_the_days_between_doses_of_zoledronic_acid_in_the_dose_given_in_cancer(resource, every):
    (found,) = read(resource).medications
    assert found.every == every


@pytest.mark.parametrize(
    ("amount", "cancer"),
    [({"value": 4, "unit": "mg"}, True), ({"value": 5, "code": "mg"}, False), ({"value": 4}, False), ({}, False)],
)
def test_the_amount_that_was_given_tells_the_dose(amount, cancer):
    named = {"medicationCodeableConcept": {"text": "zoledronic acid"}}
    dose = {"resourceType": "MedicationAdministration", "id": "a", "status": "completed", "subject": SUBJECT, **named}
    (found,) = read(dose | {"effectiveDateTime": "2025-05-10", "dosage": {"dose": amount}}).medications
    assert ("zoledronate-cancer-dose" in found.concepts) is cancer
    assert found.given


def test_an_ordered_amount_tells_the_dose():
    dosage = [{"doseAndRate": [{"doseQuantity": {"value": 4.0, "unit": "mg"}}]}]
    (found,) = read(request("zoledronic acid", dosageInstruction=dosage)).medications
    assert "zoledronate-cancer-dose" in found.concepts


@pytest.mark.parametrize("text", ["Leuprolide acetate 22.5 mg", "Xgeva", "Zometa"])
def test_a_dose_that_treats_a_cancer_is_read_where_it_is_given(text):
    named = {"medicationCodeableConcept": {"text": text}, "effectiveDateTime": "2025-05-10"}
    dose = {"resourceType": "MedicationAdministration", "id": "a", "status": "completed", "subject": SUBJECT, **named}
    (found,) = read(dose).medications
    assert found.concepts & {"cancer-treatment", "zoledronate-cancer-dose"}
