"""Dangers of fracture and patient: none of them ever loosens anything, and each that stops names its work-up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartapp.core.chart import Diagnosis, Medication, Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.fracture_coding import Collapse
from smartapp.core.kinds import AttestationName, ClinicalStatus, Verification
from smartapp.core.states import Disposition, Severity
from smartapp.render import assessment_json
from tests.cases import assessed, cases
from tests.core.charts import chart as said
from tests.core.test_invariants import KNOWLEDGE, TODAY, assert_not_looser, assess, served

DANGERS = (
    *(Concept.ANKYLOSED_SPINE, Concept.FUSED_SEGMENT, Concept.AXIAL_SPONDYLOARTHRITIS, Concept.SPINAL_INSTABILITY),
    *(Concept.VERTEBRAL_DISLOCATION, Concept.FRACTURE_DISLOCATION, Concept.RADICULOPATHY, Concept.MOTOR_DEFICIT),
    *(Concept.MYELOPATHY, Concept.BLADDER_BOWEL, Concept.BACK_PAIN, Concept.FEVER, Concept.BLOODSTREAM_INFECTION),
    *(Concept.INFECTION_ELSEWHERE, Concept.INJECTED_DRUGS, Concept.IMMUNOSUPPRESSION, Concept.INFLAMMATION),
    *(Concept.DIALYSIS, Concept.CANCER_TREATMENT, Concept.SERM, Concept.CANCER_SIGN, Concept.AORTIC_EMERGENCY),
    *(Concept.NO_FORCE, Concept.AORTIC_ANEURYSM, Concept.ARCH_FRACTURE, Concept.LIGAMENT_INJURY),
    *(Concept.CANAL_COMPROMISE, Concept.SPONDYLOLYSIS, Concept.PROCESS_FRACTURE, Concept.FRACTURE_NECK),
)
# The strictest first; of NOT_APPLICABLE nothing is asked.
STRICTNESS = (
    *(Disposition.REFER_NO_PRESCRIPTION, Disposition.CONFIRM_FIRST),
    *(Disposition.PRESCRIBE_WITH_REVIEW, Disposition.PRESCRIBE),
)


@st.composite
def dangers(draw):
    return Diagnosis(
        Source("Condition/danger"),
        frozenset({draw(st.sampled_from(DANGERS))}),
        draw(st.sampled_from(Verification)),
        ClinicalStatus.ACTIVE,
        onset=draw(st.none() | st.dates(date(2023, 1, 1), TODAY).map(When.day)),
        collapse=Collapse(*(draw(st.none() | st.integers(0, 100)) for _ in range(3))),
    )


@given(served(), st.lists(dangers(), min_size=1, max_size=2))
@settings(max_examples=150, deadline=None)
def test_a_danger_loosens_nothing(chart, found):
    found = [replace(d, source=Source(f"Condition/danger-{number}")) for number, d in enumerate(found)]
    before, after = assess(chart), assess(replace(chart, diagnoses=(*chart.diagnoses, *found)))
    assert STRICTNESS.index(after.disposition) <= STRICTNESS.index(before.disposition)
    assert_not_looser(before, after)
    if before.effective_phase and after.effective_phase:
        assert after.effective_phase.rank <= before.effective_phase.rank
    stops = {a.code for a in before.alerts if a.severity is Severity.STOP}
    assert stops <= {a.code for a in after.alerts if a.severity is Severity.STOP}


@pytest.mark.parametrize("concept", [Concept.CANCER_TREATMENT, Concept.SERM, Concept.IMMUNOSUPPRESSION])
@given(chart=served(), started=st.none() | st.dates(date(2023, 1, 1), TODAY).map(When.day))
@settings(max_examples=20, deadline=None)
def test_a_dangerous_medicine_loosens_nothing(concept, chart, started):
    taken = Medication(Source("MedicationRequest/danger"), frozenset({concept.value}), True, started)
    before, after = assess(chart), assess(replace(chart, medications=(*chart.medications, taken)))
    assert STRICTNESS.index(after.disposition) <= STRICTNESS.index(before.disposition)
    assert_not_looser(before, after)


ANSWERS = {
    AttestationName.MALIGNANCY_EXCLUDED: {"active-cancer", "work-up-first", "level-atypical"},
    AttestationName.INFECTION_EXCLUDED: {"infection-suspected"},
    AttestationName.STABILITY_IMAGING: {
        "unstable-fracture",
        "work-up-first",
        "pain-worse",
        "new-back-pain",
        "suspect-new-vf",
    },
    AttestationName.MOTOR_INTACT: {"neuro-red-flag", "radiculopathy"},
}


@given(served(), st.lists(dangers(), min_size=1, max_size=3), st.sampled_from(sorted(ANSWERS)))
@settings(max_examples=150, deadline=None)
def test_an_answer_lifts_only_what_it_answers(chart, found, name):
    found = tuple(replace(d, source=Source(f"Condition/danger-{number}")) for number, d in enumerate(found))
    chart = replace(chart, diagnoses=(*chart.diagnoses, *found))
    before = assess(chart)
    after = derive(_with(chart, name), TODAY, KNOWLEDGE)
    held = {a.code for a in before.alerts if a.severity is Severity.STOP}
    assert held - {a.code for a in after.alerts if a.severity is Severity.STOP} <= ANSWERS[name]


def _with(chart, name):
    (stated,) = said([f"attested {name.replace('-', ' ')} on {TODAY}"], TODAY).attestations
    return replace(chart, attestations=(*chart.attestations, stated))


OF_THE_RULES = {
    *("cauda-equina", "neuro-red-flag", "unstable-fracture", "active-cancer", "pathological-fracture"),
    *("spinal-infection", "infection-suspected", "vascular-emergency", "work-up-first", "new-back-pain"),
}


def test_every_stop_and_every_work_up_of_the_red_flags_names_what_to_look_at():
    for case in cases():
        found = assessed(case)
        named = {each.alert for each in found.work_up}
        stops = {a.code for a in found.alerts if a.severity is Severity.STOP}
        assert stops & OF_THE_RULES <= named, case.id
        if found.has("work-up-first"):
            assert "work-up-first" in named, case.id


def test_an_emergency_leads():
    found = assess(said(["man of 71", "L1 fracture on 2026-02-05", "active cancer", "cauda equina"], TODAY))
    assert [a.code for a in found.alerts if a.severity is Severity.STOP] == ["cauda-equina", "active-cancer"]


def test_a_work_up_says_what_is_done_and_when():
    facts = ["man of 71", "spontaneous mechanism", "total hip T-score -0.5 on 2026-01-01", "L1 fracture on 2026-02-05"]
    answer = assessment_json(assess(said([*facts, "calcium 9.5 on 2026-02-10"], TODAY)))
    (asked,) = (each for each in answer["workUp"] if each["alert"] == "work-up-first")
    done = {item["name"]: item["done"] for item in asked["items"]}
    assert done["calcium"] == "2026-02-10"
    assert done["PTH"] is None and done["creatinine and eGFR"] is None


def test_what_can_be_stated_is_what_answers_an_alert_of_this_chart():
    facts = ["man of 71", "L1 fracture on 2026-02-05"]
    assert assess(said(facts, TODAY)).lifted_by == frozenset()
    weak = assess(said([*facts, "motor deficit on 2026-02-20"], TODAY))
    assert weak.lifted_by == {AttestationName.MOTOR_INTACT}
    # Nothing that can be stated answers a cauda equina, whatever stands beside it.
    both = assess(said([*facts, "motor deficit on 2026-02-20", "saddle numbness on 2026-02-20"], TODAY))
    assert both.lifted_by == frozenset()
    two = assess(said([*facts, "spinal instability", "cancer sign", "weight loss on 2026-02-20"], TODAY))
    assert two.lifted_by == {AttestationName.MALIGNANCY_EXCLUDED, AttestationName.STABILITY_IMAGING}


def test_a_month_later_a_two_month_old_root_pain_still_holds():
    facts = said(["man of 71", "L1 fracture on 2025-06-01, routine healing", "radiculopathy on 2026-01-01"], TODAY)
    assert derive(facts, TODAY + timedelta(days=31), KNOWLEDGE).effective_phase == "initial"
    assert derive(facts, TODAY + timedelta(days=32), KNOWLEDGE).effective_phase == "intermediate"


def test_root_pain_without_a_date_may_belong_to_an_older_weakness():
    facts = ["man of 71", "L1 fracture on 2025-06-01, routine healing", "motor deficit on 2025-11-30"]
    assert assess(said(facts, TODAY)).disposition is Disposition.PRESCRIBE_WITH_REVIEW
    assert assess(said([*facts, "radiculopathy"], TODAY)).disposition is Disposition.REFER_NO_PRESCRIPTION


@pytest.mark.parametrize(
    ("before", "now", "leaps"),
    [
        (("0", "2"), ("1", "3"), "Pain 0 on 2026-02-20, 3 on 2026-02-27."),  # the furthest apart
        (("1", "2"), ("1", "3"), ""),
        (("0", "2"), ("1", "2"), ""),
    ],
)
def test_of_several_pain_scores_of_a_day_the_ones_that_are_furthest_apart_count(before, now, leaps):
    scores = [f"pain {score} of 10 on 2026-02-20" for score in before]
    scores += [f"pain {score} of 10 on 2026-02-27" for score in now]
    found = assess(said(["man of 71", "L1 fracture on 2025-10-01, compression, routine healing", *scores], TODAY))
    assert "".join(a.reason.text for a in found.alerts if a.code == "suspect-new-vf") == leaps
