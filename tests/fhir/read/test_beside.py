"""A known code never silences the words beside it, and words that comfort never loosen what the code says."""

import pytest

from smartapp.core.concepts import Topic
from smartapp.core.fracture_coding import EncounterKind, Morphology
from smartapp.core.kinds import Verification
from tests.fhir.read.records import SNOMED, concept, condition, diagnosis, read, reasons

LUMBAR = "125608002"
GM = "http://fhir.de/CodeSystem/bfarm/icd-10-gm"


def worded(text, code=LUMBAR, system=SNOMED, **more):
    return condition("0", **more) | {"code": concept(code, system, text=text)}


def noted(text, code=LUMBAR, system=SNOMED, **more):
    return condition(code, system, note=[{"text": text}], **more)


DANGERS = {
    "Lumbar fracture with cauda equina syndrome": "cauda-equina",
    "L1 fracture with spinal cord injury": "neuro-deficit",
    "Fracture of lumbar spine with cord lesion": "neuro-deficit",
    "L2 fracture, new neurological deficit": "neuro-deficit",
    "L2 fracture, foot drop": "neuro-deficit",  # on a day nobody knows: as new
    "Pathological fracture of L2": "pathological-fracture",
    "L3 fracture, metastatic disease not excluded": "active-cancer",
    "L3 fracture in multiple myeloma": "myeloma",
    "L3 fracture, suspicious for discitis": "spinal-infection",
    "L1 fracture-dislocation": "fracture-dislocation",
    "LWK-1-Fraktur mit Querschnittlähmung": "neuro-deficit",
    "Fractura de L1 con lesión medular": "neuro-deficit",
    "L1骨折、馬尾症候群": "cauda-equina",
}


@pytest.mark.parametrize(("text", "danger"), DANGERS.items())
@pytest.mark.parametrize("written", [worded, noted])
def test_a_danger_in_words_counts_and_is_told(text, danger, written):
    chart = read(written(text))
    assert danger in chart.diagnoses[0].concepts
    assert "the more dangerous counts" in reasons(chart)
    assert {line.topic for line in chart.unreadable} <= {Topic.FRACTURE, Topic.SPINE}


@pytest.mark.parametrize("place", ["bodySite", "evidence", "detail"])
def test_a_danger_beside_the_words_of_the_code_counts(place):
    said = {"text": "Cauda equina syndrome"}
    more = {"bodySite": {"bodySite": [said]}, "evidence": {"evidence": [{"code": [said]}]}}
    more["detail"] = {"evidence": [{"detail": [{"display": said["text"]}]}]}
    assert "cauda-equina" in diagnosis(condition(LUMBAR, SNOMED, **more[place])).concepts


@pytest.mark.parametrize(
    "text",
    [
        "No cauda equina syndrome",
        "Closed fracture of lumbar vertebra without spinal cord injury",
        "CT without evidence of nonunion, discitis or cord compression.",
        "Cauda equina syndrome was ruled out",
        "Nonunion: excluded",
        "Denies urinary retention",
        "Family history of breast cancer",
        "Advised to return if leg weakness develops.",
        "Neurologically intact.",
        "LWK-1-Fraktur ohne Querschnittlähmung, keine Metastasen",
        "Fractura de L1 sin lesión medular",
    ],
)
def test_denied_of_somebody_else_or_advice_it_is_no_danger(text):
    found = diagnosis(noted(text))
    assert found.concepts == {"vertebral-fracture"}
    assert (found.fracture.encounter, found.fracture.open) == (None, False)


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("No new neurological deficit", set()),
        ("No fever, cauda equina syndrome or foot drop", set()),
        ("Without fever, discitis", set()),
        ("Cauda equina syndrome, ruled out by MRI", set()),
        ("Patient not walking because of cauda equina syndrome", {"cauda-equina"}),
        ("No longer walks due to paraplegia", {"neuro-deficit"}),
        ("Cauda equina syndrome, call if worse", {"cauda-equina"}),
        ("Cauda equina syndrome, family informed", {"cauda-equina"}),
        ("Breast cancer in her mother", set()),
        ("Cauda equina syndrome cannot be excluded", {"cauda-equina"}),
        ("S/p fall with cauda equina syndrome", {"cauda-equina"}),
        ("History of falls, now foot drop", {"neuro-deficit", "motor-deficit"}),
        ("No change in the foot drop", {"neuro-deficit", "motor-deficit"}),
        ("Discitis with nonunion excluded", {"spinal-infection"}),
        ("Discharged without complications, foot drop noted", {"neuro-deficit", "motor-deficit"}),
        ("No incident since surgery, discitis", {"spinal-infection"}),
        ("Denies fever and has a foot drop", {"neuro-deficit", "motor-deficit"}),
        ("Denies fever, now foot drop", {"neuro-deficit", "motor-deficit"}),
        ("Denies fever and foot drop", set()),
        ("Denies fever, chills, foot drop", set()),
    ],
)
def test_how_far_a_denial_reaches(text, concepts):
    assert diagnosis(noted(text)).concepts == {"vertebral-fracture", *concepts}


def test_where_nothing_says_how_far_it_reaches_it_is_told():
    chart = read(noted("No pain at night, cauda equina syndrome"))
    assert chart.diagnoses[0].concepts == {"vertebral-fracture"}
    assert "not taken as present" in reasons(chart)


def test_a_denial_reaches_no_further_than_but():
    found = diagnosis(noted("No cauda equina syndrome but foot drop on the left"))
    assert found.concepts == {"vertebral-fracture", "neuro-deficit", "motor-deficit"}


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("History of prostate cancer 2015", {"vertebral-fracture", "cancer-history"}),
        ("Multiple myeloma in remission", {"vertebral-fracture", "myeloma-remission"}),
        ("Prior cauda equina syndrome in 2010", {"vertebral-fracture"}),
        ("Foot drop has resolved", {"vertebral-fracture"}),
        (
            "Without fever, foot drop",
            {"vertebral-fracture"},
        ),  # of what stands behind a comma nobody says that it is denied
        ("Denies fever, chills, foot drop", {"vertebral-fracture"}),
    ],
)
def test_a_danger_called_over_is_told_and_no_danger_of_now(text, concepts):
    chart = read(noted(text))
    assert chart.diagnoses[0].concepts == concepts
    assert "not taken as present" in reasons(chart)


def test_a_history_the_code_tells_too_needs_no_line():
    assert read(worded("Personal history of prostate cancer", "Z85.46", "icd10cm")).unreadable == ()


@pytest.mark.parametrize(
    ("text", "code", "kind"),
    [
        ("Nonunion of L1 fracture", "S32.010D", EncounterKind.NONUNION),
        ("Delayed union", "S32.010D", EncounterKind.DELAYED),
        ("Delayed union, nonunion possible", "S32.010D", EncounterKind.NONUNION),
        ("Delayed healing", "S32.010K", EncounterKind.NONUNION),
        ("Routine healing", "S32.010G", EncounterKind.DELAYED),
        ("Pseudarthrose LWK 1", "S32.010A", EncounterKind.NONUNION),
        ("Fracture with routine healing", "S32.010A", EncounterKind.INITIAL),
    ],
)
def test_what_speaks_against_healing_counts_before_the_code(text, code, kind):
    assert diagnosis(worded(text, code, "icd10cm")).fracture.encounter is kind


@pytest.mark.parametrize(
    "text",
    ["Open fracture of L1", "Compound fracture L1", "Fracture, open", "Offene Fraktur LWK 1", "Fracture ouverte"],
)
def test_an_open_fracture_may_be_told_by_words(text):
    assert diagnosis(worded(text)).fracture.open
    assert diagnosis(worded(text, "S32.010A", "icd10cm")).fracture.open


@pytest.mark.parametrize(
    ("text", "code", "form"),
    [
        ("Unstable L1 fracture", "S32.010A", Morphology.UNSTABLE_BURST),
        ("Unstable burst fracture of L1", "S32.011A", Morphology.UNSTABLE_BURST),
        ("L1 burst fracture", "S32.010A", Morphology.BURST),
        ("L1 burst fracture", "S32.011A", Morphology.STABLE_BURST),
        ("L1 burst fracture", "S32.012A", Morphology.UNSTABLE_BURST),
        ("Instabile Fraktur LWK 1", "S32.010A", Morphology.UNSTABLE_BURST),
        ("Stable burst fracture", "S32.010A", Morphology.COMPRESSION),
        ("Unstable fracture", "M84.58XA", Morphology.NEOPLASTIC),
    ],
)
def test_unstable_counts_beside_any_code_and_a_burst_is_stable_only_where_that_is_said(text, code, form):
    assert diagnosis(worded(text, code, "icd10cm")).fracture.morphology is form


def test_a_burst_code_without_stability_is_not_stable_by_words():
    chart = read(worded("Stable burst fracture of L1", "207958003"))
    assert chart.diagnoses[0].fracture.morphology is Morphology.BURST
    assert "not taken as stable" in reasons(chart)


def test_what_explains_a_fracture_or_is_told_exactly_by_the_code_adds_nothing():
    assert diagnosis(worded("Pathological fracture", "M80.08XA", "icd10cm")).concepts == {
        "vertebral-fracture",
        "osteoporosis",
    }
    assert diagnosis(worded("Squamous cell carcinoma", "C44.02", "icd10cm")).concepts == {"skin-cancer"}
    assert read(worded("Osteoporosis, nonunion of wrist", "M81.0", "icd10cm")).unreadable == ()


@pytest.mark.parametrize(
    "text",
    [
        *("Lumbar fracture ruled out", "No fracture of lumbar spine", "Suspected lumbar fracture", "L2 fracture?"),
        *("V.a. LWK-2-Fraktur", "Fractura de L2 descartada"),
    ],
)
def test_doubt_in_the_words_of_a_fracture_asks_first(text):
    chart = read(worded(text))
    assert chart.diagnoses[0].verification is Verification.UNCONFIRMED
    assert "taken as not confirmed" in reasons(chart)


@pytest.mark.parametrize(
    "text",
    [
        "Old fracture of L2",
        "Healed L2 fracture",
        "History of L2 fracture",
        "Z.n. LWK-2-Fraktur",
        "S/p L2 fracture",
        "Chronic L2 fracture",
    ],
)
def test_comfort_in_words_loosens_nothing_and_is_told(text):
    chart = read(worded(text))
    assert chart.diagnoses[0].verification is Verification.CONFIRMED
    assert chart.diagnoses[0].concepts - {"fracture-old"} == {"vertebral-fracture"}
    assert "the code leads" in reasons(chart)


@pytest.mark.parametrize(
    ("text", "code", "topic"),
    [
        ("Family history of osteoporosis", "M81.0", Topic.BONE_DISEASE),
        ("Prostate cancer, s/p prostatectomy", "C61", Topic.SPINE),
        ("Rule out cauda equina syndrome", "G83.4", Topic.SPINE),
    ],
)
def test_of_other_weighty_codes_too(text, code, topic):
    chart = read(worded(text, code, "icd10cm"))
    assert {line.topic for line in chart.unreadable} == {topic}
    assert chart.diagnoses[0].verification is Verification.CONFIRMED


def test_doubt_in_a_note_is_told_and_the_code_leads():
    chart = read(noted("Suspected fracture of L2, MRI to come."))
    assert chart.diagnoses[0].verification is Verification.CONFIRMED
    assert "the code leads" in reasons(chart)


def test_in_notes_only_what_is_about_the_fracture_is_told():
    assert "the code leads" in reasons(read(noted("The old fracture has not changed.")))
    assert read(noted("72 year old man, previously well.")).unreadable == ()


@pytest.mark.parametrize(
    ("resource", "counts"),
    [
        (worded("Compression fracture of L3", "S32.010A", "icd10cm"), "the vertebra of the code counts"),
        (worded("Fractures of L1 and L2", "S32.010A", "icd10cm"), "the vertebra of the code counts"),
        (worded("Fraktur LWK 3", "S32.02", GM), "the vertebra of the code counts"),
        (condition(LUMBAR, SNOMED, bodySite=[{"text": "T12"}]), "the part of the spine in the code counts"),
        (condition(LUMBAR, SNOMED, bodySite=[{"text": "Neck"}]), "the part of the spine in the code counts"),
        (condition(LUMBAR, SNOMED, bodySite=[{"text": "Left hip"}]), "the code leads"),
    ],
)
def test_another_place_in_words_is_told(resource, counts):
    chart = read(resource)
    assert chart.diagnoses[0].verification is Verification.CONFIRMED
    assert counts in reasons(chart)


@pytest.mark.parametrize(
    ("text", "code", "topics"),
    [
        ("Fall with compression fracture of L2", "W19.XXXA", {Topic.FRACTURE}),
        ("Aftercare, L2 fracture", "Z47.89", {Topic.FRACTURE}),
        ("Osteoporosis with compression fracture of L2", "M81.0", {Topic.FRACTURE}),
        ("Osteoporotic compression fracture of L2", "S32.020A", {Topic.BONE_DISEASE}),
        ("Hypertension, osteoporosis", "I10", {Topic.BONE_DISEASE}),
        ("Osteoporosis, unspecified osteoporosis type, unspecified pathological fracture presence", "M81.0", set()),
        ("Osteopenia, high fracture risk", "M85.80", set()),
        ("History of fragility fracture", "Z87.310", set()),
    ],
)
def test_a_fracture_or_bone_disease_that_is_only_in_the_words_is_told(text, code, topics):
    assert {line.topic for line in read(worded(text, code, "icd10cm")).unreadable} == topics


def test_two_codes_of_different_parts_of_the_spine_are_told():
    codings = [{"system": "icd10cm", "code": code} for code in ("S32.010A", "S22.080A")]
    assert "different parts" in reasons(read(condition("0") | {"code": {"coding": codings}}))


@pytest.mark.parametrize("site", ["Thoracolumbar spine", "Lumbar spine", "L2"])
def test_a_place_that_fits_is_not(site):
    assert read(condition(LUMBAR, SNOMED, bodySite=[{"text": site}])).unreadable == ()


@pytest.mark.parametrize(
    "resource",
    [
        worded("Osteoporotic fracture of hip", "443165006"),
        condition("443165006", SNOMED, bodySite=[{"text": "Left femur"}]),
        condition("443165006", SNOMED),
    ],
)
def test_an_osteoporotic_fracture_of_no_vertebra_is_one_without_its_bone(resource):
    found = diagnosis(resource)
    assert found.fracture is None
    assert {"osteoporosis", "osteoporotic-fracture-site-unnamed"} <= found.concepts


def test_words_say_of_what_form_another_fracture_is():
    assert diagnosis(worded("L1 wedge fracture", "S32.018A", "icd10cm")).fracture.morphology == "compression"
    assert diagnosis(condition("S32.018A", "icd10cm")).fracture.morphology == "other"


def test_a_fracture_without_its_bone_is_one_of_a_vertebra_where_site_or_words_say_so():
    assert diagnosis(condition("306171000000106", SNOMED, bodySite=[{"text": "L2"}])).fracture.levels == {"L2"}
    assert diagnosis(worded("Fragility fracture, vertebra", "306171000000106")).fracture is not None
    asked = read(worded("Fragility fracture of femoral neck", "306171000000106"))
    assert asked.diagnoses[0].fracture is None
    assert "without its bone" in reasons(asked)
