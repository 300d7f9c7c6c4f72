"""Rule book 2a, B4: a negated, family or template sentence changes nothing, whatever the report and the danger."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from smartapp.core.derive import derive
from smartapp.knowledge import load
from smartapp.render import assessment_json
from tests.fhir.read.test_imaging import TODAY, read, report

# One way or two to say each danger that takes no word before or behind it.
DANGERS = (
    *("metastasis", "metastatic disease", "malignancy", "myeloma", "a lytic lesion", "marrow infiltration"),
    *("a soft-tissue mass", "pedicle destruction", "pathologic fracture", "discitis", "osteomyelitis"),
    *("an epidural abscess", "a paravertebral collection", "endplate erosion", "an intravertebral cleft"),
    *("nonunion", "Kummell disease", "cord compression", "conus compression", "cord signal change", "foot drop"),
    *("leg weakness", "urinary retention", "saddle numbness", "fever", "rigors", "night pain", "a Chance fracture"),
    *("locked facets", "instability", "ankylosing spondylitis", "a bamboo spine", "cauda equina compression"),
)
DENIALS = (
    "No {}.", "There is no {}.", "No evidence of {}.", "Without {}.", "Negative for {}.", "No convincing sign of {}.",
    "The patient denies {}.", "No fracture or {}.", "No fracture, dislocation or {}.", "{} is not seen.",
    "{} is absent.", "{} has been ruled out.", "{} was excluded.", "Absence of {}.", "There is neither {} nor edema.",
    "{}: none.", "No fracture,\ndislocation or {}.", "There is no evidence\nof {}.", "NO {}.", "No new or old {}.",
)  # fmt: skip
OF_OTHERS = (
    "Family history of {}.", "Family history: {}.", "Mother had {}.", "Her father died of {}.", "Brother with {}.",
    "Family history of stroke and {}.", "Sister: {}.", "Maternal history of {}.",
)  # fmt: skip
ADVICE = (
    "If {} develops, call the clinic.", "Call if there is {}.", "Return to the hospital for {}.",
    "Patients with {} should be seen the same day.", "Patients should report {}.", "Seek medical attention for {}.",
    "The patient was warned about {}.", "In case of {} come back at once.", "Return precautions: {}.",
)  # fmt: skip
NEUTRAL = (
    "Alignment is preserved.", "Disc heights are maintained.", "Facet arthropathy at L4-5.", "The conus ends at L1.",
    "FINDINGS: There is mild degenerative change.", "IMPRESSION: No acute abnormality.", "Aortic calcification.",
)  # fmt: skip
KNOWLEDGE = load()


def told(texts):
    """Everything derived, but the date of knowledge and the words themselves."""
    return assessment_json(derive(read(report("\n".join(texts))), TODAY, KNOWLEDGE))


@given(
    st.lists(st.sampled_from(NEUTRAL), max_size=3, unique=True),
    st.sampled_from((*DENIALS, *OF_OTHERS, *ADVICE)),
    st.sampled_from(DANGERS),
    st.integers(0, 3),
    st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_a_negated_family_or_template_sentence_changes_nothing(neutral, sentence, danger, at, loud):
    said = sentence.format(danger)
    said = said.upper() if loud and not danger.startswith("a bamboo") else said[0].upper() + said[1:]
    assert told([*neutral[:at], said, *neutral[at:]]) == told(neutral)


@given(st.sampled_from(DANGERS), st.lists(st.sampled_from(NEUTRAL), max_size=2, unique=True))
@settings(max_examples=60, deadline=None)
def test_the_same_danger_stated_or_suspected_changes_much(danger, neutral):
    """Without this the property above could hold of a reader that reads nothing."""
    for said in (f"There is {danger}.", f"Suspicious for {danger}.", f"Possible {danger} at L2."):
        assert told([*neutral, said])["findingsInReports"], said


@given(st.text(alphabet=string.printable + "Äß髄", max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text):
    read(report(text))
