"""Conditions: which fracture, since when, how sure, and texts that must or must not count as a diagnosis."""

from datetime import date

import pytest

from smartapp.core.concepts import Topic
from smartapp.core.dates import Precision, When
from smartapp.core.fracture_coding import EncounterKind, Morphology, Region
from smartapp.core.kinds import ClinicalStatus, DateKind, Verification
from tests.fhir.read.records import ICD10CM, SNOMED, concept, condition, diagnosis, read, reasons, status


@pytest.mark.parametrize(
    ("code", "system", "region", "levels", "kind"),
    [
        ("S32.010A", ICD10CM, Region.LUMBAR, {"L1"}, EncounterKind.INITIAL),
        ("S32050S", ICD10CM, Region.LUMBAR, {"L5"}, EncounterKind.SEQUELA),
        ("s32.02xd", ICD10CM, Region.LUMBAR, {"L2"}, EncounterKind.ROUTINE),  # a leaf that does not exist: by its range
        ("M80.08", ICD10CM, Region.UNSPECIFIED, set(), None),
        ("M8008XG", "urn:oid:2.16.840.1.113883.6.90", Region.UNSPECIFIED, set(), EncounterKind.DELAYED),
        ("M48.57XA", ICD10CM + "/", Region.LUMBAR, set(), EncounterKind.INITIAL),
        ("M48.55XA", "https://hl7.org/fhir/sid/icd-10-cm", Region.THORACOLUMBAR, set(), EncounterKind.INITIAL),
        ("S22.080K", ICD10CM, Region.THORACIC, {"T11-T12"}, EncounterKind.NONUNION),
        ("S32.10XD", ICD10CM, Region.SACRAL, set(), EncounterKind.ROUTINE),
        ("426646004", "urn:oid:2.16.840.1.113883.6.96", Region.LUMBAR, set(), None),
        ("426646004", "http://snomed.info/sct/731000124108", Region.LUMBAR, set(), None),
        ("805.4", "http://hl7.org/fhir/sid/icd-9-cm", Region.LUMBAR, set(), None),
        ("8055", "urn:oid:2.16.840.1.113883.6.103", Region.LUMBAR, set(), EncounterKind.OPEN),
    ],
)
def test_a_vertebral_fracture_by_its_code(code, system, region, levels, kind):
    found = diagnosis(condition(code, system))
    assert "vertebral-fracture" in found.concepts
    assert (found.fracture.region, found.fracture.levels, found.fracture.encounter) == (region, levels, kind)


def test_open_and_unstable_burst_are_in_the_code():
    found = diagnosis(condition("S32.022B")).fracture
    assert found.open
    assert found.morphology is Morphology.UNSTABLE_BURST


@pytest.mark.parametrize(
    "more",
    [
        {"bodySite": [concept("14293000", SNOMED)]},
        {"bodySite": [{"text": "L2 vertebra"}]},
        {"code": concept("M80.08XA", text="Osteoporotic compression fracture of L2")},
    ],
)
def test_level_of_an_unspecific_code_comes_from_body_site_or_words(more):
    found = diagnosis(condition("M80.08XA") | more)
    assert (found.fracture.region, found.fracture.levels) == (Region.LUMBAR, {"L2"})


def test_words_never_overrule_the_level_of_the_code():
    found = diagnosis(condition("S32.010A", text="Fracture of L3 (see also T12)"))
    assert (found.fracture.region, found.fracture.levels) == (Region.LUMBAR, {"L1"})


def test_several_codings_of_one_fracture_are_read_together():
    code = {
        "coding": [
            {"system": SNOMED, "code": "42942008"},
            {"system": ICD10CM, "code": "S32.040D"},
            {"system": "urn:local", "code": "X1", "display": "local"},
        ]
    }
    found = diagnosis({**condition(), "code": code})
    assert (found.fracture.region, found.fracture.levels) == (Region.LUMBAR, {"L4"})
    assert found.fracture.encounter is EncounterKind.ROUTINE


@pytest.mark.parametrize("word", ["refuted", "entered-in-error"])
def test_refuted_and_mistaken_records_are_dropped(word):
    assert read(condition("S32.010A", verificationStatus=status(word))).diagnoses == ()


@pytest.mark.parametrize("word", ["unconfirmed", "provisional", "differential"])
def test_an_unsure_diagnosis_says_so(word):
    found = diagnosis(condition("S32.010A", verificationStatus=status(word)))
    assert found.verification is Verification.UNCONFIRMED


def test_absent_statuses_are_confirmed_and_unknown():
    found = diagnosis(condition("S32.010A"))
    assert (found.verification, found.clinical_status) == (Verification.CONFIRMED, ClinicalStatus.UNKNOWN)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("recurrence", ClinicalStatus.ACTIVE),
        ("remission", ClinicalStatus.RESOLVED),
        ("inactive", ClinicalStatus.RESOLVED),
        ("odd", ClinicalStatus.UNKNOWN),
    ],
)
def test_clinical_status(word, expected):
    assert diagnosis(condition("S32.010A", clinicalStatus=status(word))).clinical_status is expected


@pytest.mark.parametrize(
    ("onset", "kind", "earliest", "latest"),
    [
        ({"onsetDateTime": "2025-11-30"}, DateKind.DATE, date(2025, 11, 30), date(2025, 11, 30)),
        ({"onsetDateTime": "2025-11-30T23:30:00-11:00"}, DateKind.DATE, date(2025, 11, 30), date(2025, 11, 30)),
        ({"onsetDateTime": "2024-02"}, DateKind.DATE, date(2024, 2, 1), date(2024, 2, 29)),
        ({"onsetDateTime": "2025"}, DateKind.DATE, date(2025, 1, 1), date(2025, 12, 31)),
        (
            {"onsetPeriod": {"start": "2025-09-01", "end": "2025-10-01"}},
            DateKind.PERIOD,
            date(2025, 9, 1),
            date(2025, 9, 1),
        ),
    ],
)
def test_onset_as_written(onset, kind, earliest, latest):
    found = diagnosis(condition("S32.010A", **onset))
    assert found.onset_kind is kind
    assert (found.onset.earliest, found.onset.latest) == (earliest, latest)


def test_onset_as_age_is_the_year_of_life():
    found = diagnosis(condition("S32.010A", onsetAge={"value": 65, "code": "a"}))
    assert found.onset_kind is DateKind.AGE
    assert found.onset.precision is Precision.YEAR
    assert found.onset.earliest <= date(2025, 5, 10) <= date(2026, 5, 9) <= found.onset.latest
    assert (found.onset.latest - found.onset.earliest).days < 370


def test_onset_as_range_of_ages_spans_both():
    ages = {"low": {"value": 60, "code": "a"}, "high": {"value": 62, "code": "a"}}
    found = diagnosis(condition("S32.010A", onsetRange=ages))
    assert found.onset.earliest.year == 2020
    assert found.onset.latest.year == 2023


def test_onset_as_text_is_never_parsed():
    found = diagnosis(condition("S32.010A", onsetString="last spring, 2025-04-01"))
    assert (found.onset, found.onset_kind) == (None, DateKind.TEXT)


@pytest.mark.parametrize(
    "value", ["30.11.2025", "2025-13-01", "2025-02-30", "yesterday", "2025-W10-1", "0000", 20251130]
)
def test_a_malformed_date_is_missing_and_said(value):
    chart = read(condition("S32.010A", onsetDateTime=value, recordedDate="2025-12-02"))
    assert chart.diagnoses[0].onset is None
    assert chart.diagnoses[0].onset_kind is DateKind.ABSENT
    assert chart.diagnoses[0].recorded == When.day(date(2025, 12, 2))
    assert "onsetDateTime" in reasons(chart)


def test_date_of_assertion_stands_in_for_a_missing_recording_date():
    url = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"
    found = diagnosis(condition("S32.010A", extension=[{"url": url, "valueDateTime": "2025-10-01"}]))
    assert found.recorded == When.day(date(2025, 10, 1))
    assert "assertion" in found.source.note


def test_start_of_the_encounter_is_known_where_the_encounter_is():
    visit = {
        "resourceType": "Encounter",
        "id": "e",
        "subject": {"reference": "Patient/p"},
        "period": {"start": "2025-08-03"},
    }
    found = diagnosis(condition("S32.010A", encounter={"reference": "Encounter/e"}), visit)
    assert found.encounter_start == When.day(date(2025, 8, 3))


def test_abatement_with_and_without_a_date():
    dated = diagnosis(condition("S32.010A", abatementDateTime="2026-01-01"))
    undated = diagnosis(condition("S32.010A", abatementString="healed"))
    assert (dated.abated, dated.abatement) == (True, When.day(date(2026, 1, 1)))
    assert (undated.abated, undated.abatement) == (True, None)


def test_the_cause_may_stand_in_the_code_or_in_the_evidence():
    beside = {"coding": [{"system": ICD10CM, "code": "S32.010A"}, {"system": ICD10CM, "code": "W17.89XA"}]}
    assert "high-energy-mechanism" in diagnosis({**condition(), "code": beside}).concepts
    evidence = [{"code": [concept("W01.0XXA")]}]
    assert "low-energy-mechanism" in diagnosis(condition("S32.010A", evidence=evidence)).concepts


def test_steroid_text_under_other_osteoporosis_means_glucocorticoids():
    assert "glucocorticoid-use" in diagnosis(condition("M81.8", text="Steroid-induced osteoporosis")).concepts
    assert "glucocorticoid-use" not in diagnosis(condition("M81.8", text="Other osteoporosis")).concepts


@pytest.mark.parametrize("categories", [["encounter-diagnosis"], ["encounter-diagnosis", "problem-list-item"], []])
def test_encounter_diagnosis_only_if_it_is_nothing_else(categories):
    found = diagnosis(condition("S32.010A", category=[status(word) for word in categories]))
    assert found.encounter_diagnosis is (categories == ["encounter-diagnosis"])


@pytest.mark.parametrize(
    ("text", "concepts", "levels"),
    [
        ("Osteopenia", {"osteopenia"}, None),
        ("Osteopaenia of the hip", {"osteopenia"}, None),
        ("Compression fracture of L1", {"vertebral-fracture"}, {"L1"}),
        ("L3 compression fracture", {"vertebral-fracture"}, {"L3"}),
        ("Fx lumbar vertebra, wedge", {"vertebral-fracture"}, set()),
        ("Osteoporotic fracture of lumbar spine", {"vertebral-fracture", "osteoporosis"}, set()),
        ("Vertebral compression fracture", {"vertebral-fracture"}, set()),
        ("Cauda equina syndrome", {"cauda-equina"}, None),
        ("Closed fracture of lumbar vertebra without mention of spinal cord injury", {"vertebral-fracture"}, set()),
        ("Age-related osteoporosis without current pathological fracture", {"osteoporosis"}, None),
    ],
)
def test_a_plain_text_diagnosis_counts_where_there_is_no_code(text, concepts, levels):
    found = diagnosis(condition(text=text))
    assert found.concepts == concepts
    assert (found.fracture.levels if found.fracture else None) == levels
    assert "text" in found.source.note


@pytest.mark.parametrize(
    "text",
    [
        "No fracture of lumbar spine",
        "Screening for osteoporosis",
        "At risk of osteoporosis",
        "At risk for osteopenia",
        "Family history of osteoporosis",
        "Mother with osteoporosis",
        "Rule out lumbar fracture",
        "R/O L2 compression fracture",
        "Possible L1 fracture",
        "L1 fracture?",
        "Osteoporosis prevention",
        "Negative for vertebral fracture",
        "Fear of cauda equina syndrome",
        "Osteopenia of prematurity",
    ],
)
def test_hedged_and_negated_texts_are_no_diagnosis_but_are_not_passed_over(text):
    chart = read(condition(text=text))
    assert chart.diagnoses[0].concepts == frozenset()
    assert chart.diagnoses[0].fracture is None
    assert "not taken as a diagnosis" in reasons(chart)


@pytest.mark.parametrize("text", ["Lumbar strain", "Fatigue", "L1", "Bone bruise"])
def test_other_texts_are_neither(text):
    chart = read(condition(text=text))
    assert chart.diagnoses[0].concepts == frozenset()
    assert chart.unreadable == ()


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Hip fracture", []),
        ("Fracture of femur, L4 contusion", [Topic.FRACTURE]),
        ("Vertebral fracture and hip fracture", [Topic.FRACTURE]),
    ],
)
def test_a_fracture_of_another_bone_is_no_fracture_of_a_vertebra_and_asked_for_where_it_may_be_both(text, topics):
    chart = read(condition(text=text))
    assert chart.diagnoses[0].concepts == {"fracture-hip-femur"}
    assert chart.diagnoses[0].fracture is None
    assert [line.topic for line in chart.unreadable] == topics


def test_a_text_does_not_count_where_the_code_says_it_is_no_diagnosis_and_is_told():
    chart = read(condition("Z13.820", text="Osteoporosis"))
    assert chart.diagnoses[0].concepts == frozenset()
    assert "screening" in reasons(chart)


def test_a_condition_that_means_nothing_to_the_rules_stays_in_the_chart():
    found = diagnosis(condition("J30.1", text="Hay fever"))
    assert (found.concepts, found.text, found.code) == (frozenset(), "Hay fever", "J30.1")
