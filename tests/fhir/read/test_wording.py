"""What the rules stop, caution or review for, known by name where a record has no code we know (rule book 2.7, 2.8)."""

import pytest

from smartapp.core.fracture_coding import EncounterKind
from smartapp.core.phrases import PhraseKind
from smartapp.knowledge import load
from tests.fhir.read.records import SNOMED, concept, condition, diagnosis, read, reasons

# Titles of ICD-10-CM, descriptions of SNOMED CT as generators and EHRs print them, and words of clinicians.
NAMED = {
    "Multiple myeloma": {"myeloma"},
    "Multiple myeloma not having achieved remission": {"myeloma"},
    "Multiple myeloma in remission": {"myeloma-remission"},
    "Metastatic prostate cancer": {"active-cancer"},
    "Non-small cell lung cancer (disorder)": {"active-cancer"},
    "Non-Hodgkin lymphoma, unspecified": {"active-cancer"},
    "Malignant tumor of prostate": {"active-cancer"},
    "Squamous cell carcinoma of lung": {"active-cancer"},
    "Malignant melanoma of skin of back": {"active-cancer"},
    "Acute myeloid leukemia, disease (disorder)": {"active-cancer"},
    "Chronic lymphocytic leukaemia in remission": {"cancer-history"},
    "History of prostate cancer": {"cancer-history"},
    "Personal history of malignant neoplasm of breast": {"cancer-history"},
    "Normal pregnancy (finding)": {"pregnancy"},
    "Pregnant, 20 weeks": {"pregnancy"},
    "Retention of urine": {"neuro-sign"},
    "Urinary retention since Tuesday": {"neuro-sign"},
    "Neurogenic bladder": {"neuro-deficit"},
    "Faecal incontinence": {"neuro-sign"},
    "Incontinence of feces": {"neuro-sign"},
    "Saddle anesthesia": {"neuro-sign"},
    "Paraplegia": {"neuro-deficit"},
    "Spinal cord compression": {"neuro-deficit"},
    "New left foot drop": {"neuro-sign", "motor-deficit"},
    "Bilateral leg weakness": {"neuro-sign", "motor-deficit"},
    "Weakness of right lower extremity": {"neuro-sign", "motor-deficit"},
    "Vertebral osteomyelitis (disorder)": {"spinal-infection"},
    "Osteomyelitis of lumbar spine": {"spinal-infection"},
    "Spondylodiscitis L2-L3": {"spinal-infection"},
    "Diskitis": {"spinal-infection"},
    "Tuberculosis of spine": {"spinal-infection"},
    "Spinal epidural abscess": {"spinal-infection"},
    "Pathological fracture of L2": {"vertebral-fracture", "pathological-fracture"},
    "Pathological fracture in neoplastic disease, vertebra": {"vertebral-fracture", "pathological-fracture-neoplastic"},
    "Pathological fracture of lumbar vertebra due to osteoporosis": {"vertebral-fracture", "osteoporosis"},
    "Hypercalcemia": {"hypercalcaemia"},
    "Kidney stone (disorder)": {"kidney-stones"},
    "Nephrolithiasis": {"kidney-stones"},
    "Calculus of kidney": {"kidney-stones"},
    "Chronic kidney disease stage 4 (disorder)": {"ckd-4-5"},
    "CKD, stage 5": {"ckd-4-5"},
    "End-stage renal disease": {"ckd-4-5"},
    "Primary hyperparathyroidism": {"hyperparathyroidism-primary"},
    "Secondary hyperparathyroidism of renal origin": {"hyperparathyroidism-secondary"},
    "Hyperparathyroidism": {"hyperparathyroidism"},
    "Sarcoidosis of lung": {"sarcoidosis"},
    "Unstable angina": {"angina", "heart-unstable"},
    "Acute non-ST-segment elevation myocardial infarction": {"myocardial-infarction"},
    "NSTEMI": {"myocardial-infarction"},
    "Aortic valve stenosis": {"aortic-stenosis"},
    "Abdominal aortic aneurysm": {"aortic-aneurysm"},
    "Acute on chronic heart failure": {"heart-failure", "heart-unstable"},
    "Graves' disease": {"hyperthyroidism"},
    "Cushing's syndrome": {"cushing"},
    "Celiac disease": {"coeliac"},
    "Male hypogonadism": {"hypogonadism"},
    "Monoclonal gammopathy of uncertain significance": {"monoclonal-gammopathy"},
    "Vasovagal syncope": {"syncope"},
    "Postural hypotension": {"orthostatic-hypotension"},
    "Severe protein-calorie malnutrition": {"malnutrition"},
    "Anorexia nervosa": {"eating-disorder"},
    "Lumbar spinal stenosis": {"spinal-stenosis"},
    "Spondylolisthesis L4-L5": {"spondylolisthesis"},
    "Chronic obstructive lung disease (disorder)": {"copd", "lung-disease"},
    "Long-term prednisone use": {"glucocorticoid-use"},
    "Long term (current) use of systemic steroids": {"glucocorticoid-use"},
    "Long term (current) use of inhaled steroids": {"glucocorticoid-inhaled"},
    "Smokes tobacco daily": {"tobacco-use"},
    "Nicotine dependence, cigarettes": {"tobacco-use"},
}
OTHERS = [
    "Basal cell carcinoma of nose",
    "Squamous cell carcinoma of skin",
    "Carcinoma in situ of prostate",
    "Premalignant lesion",
    "Malignant hypertension",
    "Family history of breast cancer",
    "Screening for malignant neoplasm of colon",
    "Mother had metastatic cancer",
    "Lipoma of back",
    "Sarcopenia",
    "Positive pregnancy test",
    "Stress incontinence",
    "Weakness of left arm",
    "Osteomyelitis of foot",
    "Stage 4 hemorrhoids",
    "Chronic kidney disease stage 3",
    "Herpangina",
    "Ludwig's angina",
    "Renal failure",
    "Nicotine dependence in remission",
    "Pyloric stenosis",
]
HEDGED = ["No urinary retention", "Possible spondylodiscitis", "Not pregnant", "Suspected lung cancer (situation)"]


def worded(text):
    return condition("0") | {"code": {"text": text}}


@pytest.mark.parametrize(("text", "concepts"), NAMED.items())
def test_what_stops_or_cautions_is_known_by_its_name(text, concepts):
    assert diagnosis(worded(text)).concepts == concepts
    assert (
        diagnosis(condition("999999", SNOMED) | {"code": concept("999999", SNOMED, display=text)}).concepts == concepts
    )


LONG = "The patient was seen in the clinic, and the whole course was talked over. " * 8


@pytest.mark.parametrize("made", [concept(text=LONG + "Urinary retention."), concept("0", SNOMED, LONG + "Paraplegia")])
def test_a_name_at_the_end_of_a_long_text_counts_and_the_text_is_shown_in_short(made):
    found = diagnosis(condition("0") | {"code": made})
    assert found.concepts & {"neuro-sign", "neuro-deficit"}
    assert len(found.text) == len(found.source.display) == 300 and found.text.endswith("…")


@pytest.mark.parametrize(
    "before",
    [
        *("No fever.", "Suspected pneumonia.", "Mother has lung cancer.", "Risk of falls discussed."),
        *("Seen in the clinic.", "Referred for possible surgery.", "Denies chest pain;"),
    ],
)
@pytest.mark.parametrize(
    ("text", "concept_"),
    [("Urinary retention", "neuro-sign"), ("Paraplegia", "neuro-deficit"), ("New foot drop", "motor-deficit")],
)
def test_what_one_sentence_denies_doubts_or_says_of_another_is_none_of_the_next_one(before, text, concept_):
    chart = read(worded(f"{before} {text}."))
    (found,) = chart.diagnoses
    assert found.concepts & {concept_, "neuro-deficit"}
    assert chart.unreadable == ()


@pytest.mark.parametrize(
    "text",
    ["No fever. No urinary retention.", "Mother has paraplegia. No fever.", "Seen for pain. Denies any foot drop."],
)
def test_what_each_of_several_sentences_denies_or_says_of_another_is_no_diagnosis(text):
    chart = read(worded(text))
    assert chart.diagnoses[0].concepts == frozenset()
    assert chart.unreadable


@pytest.mark.parametrize("text", OTHERS)
def test_what_only_sounds_like_it_is_not_and_asks_for_no_line(text):
    chart = read(worded(text))
    assert chart.diagnoses[0].concepts == frozenset()
    assert chart.unreadable == ()


@pytest.mark.parametrize("text", HEDGED)
def test_hedged_it_is_no_diagnosis_and_is_not_passed_over(text):
    chart = read(worded(text))
    assert chart.diagnoses[0].concepts == frozenset()
    assert "not taken as a diagnosis" in reasons(chart)


def test_every_row_says_what_it_is_read_as():
    """Each sentence of a diagnosis row, in a record without a code we know, leads to the concept of the row."""
    rows = [row for row in load().phrases.rows if row.kind is PhraseKind.DIAGNOSIS]
    missed = {text for row in rows for text in row.yes if row.means not in diagnosis(worded(text)).concepts}
    assert missed == set()


@pytest.mark.parametrize(
    ("text", "encounter", "levels"),
    [
        ("Nonunion of L1 fracture", EncounterKind.NONUNION, {"L1"}),
        ("Non-union of fracture of lumbar vertebra", EncounterKind.NONUNION, set()),
        ("Delayed healing of L3 compression fracture", EncounterKind.DELAYED, {"L3"}),
        ("Malunion of fracture of L2 vertebra", EncounterKind.MALUNION, {"L2"}),
        ("Open fracture of L1 vertebra", EncounterKind.OPEN, {"L1"}),
        (
            (
                "Wedge compression fracture of first lumbar vertebra, subsequent encounter, fracture with routine "
                "healing"
            ),
            EncounterKind.ROUTINE,
            {"L1"},
        ),
        ("Wedge compression fracture of fifth lumbar vertebra, sequela", EncounterKind.SEQUELA, {"L5"}),
        ("Collapsed vertebra, not elsewhere classified, lumbar region, initial encounter", None, set()),
    ],
)
def test_how_a_fracture_heals_may_be_in_the_words(text, encounter, levels):
    found = diagnosis(worded(text)).fracture
    assert (found.encounter, found.levels, found.open) == (encounter, levels, encounter is EncounterKind.OPEN)


def test_words_of_good_healing_say_nothing_where_a_code_does():
    text = "Wedge fracture of L1, fracture with routine healing"
    found = diagnosis(condition("S32.010G") | {"code": concept("S32.010G", text=text)})
    assert found.fracture.encounter is EncounterKind.DELAYED
