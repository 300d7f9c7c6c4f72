"""Assessment -> Proposal, rule book sections 4 and 5: what is in a plan, what waits, what is never there."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from smartapp.core.assessment import Assessment, BoneDensity, Gates, Reason, VitaminD
from smartapp.core.chart import Diagnosis, Measurement, Medication, Patient, Source
from smartapp.core.dates import When, add_months
from smartapp.core.kinds import ClinicalStatus, Quantity, Sex, Site, Verification
from smartapp.core.library import Condition
from smartapp.core.plan import plan
from smartapp.core.plan.assembly import dose_text, misfit
from smartapp.core.plan.choosing import Selection, gate_of, gate_reason, why_refused
from smartapp.core.plan.guards import GUARDS
from smartapp.core.plan.patient_context import evidence, holds, newest_value, patient_context
from smartapp.core.plan.selecting import choose_exercises
from smartapp.core.program import BlockCode, HomeSet
from smartapp.core.proposal import ActivityKind, Proposal, Timing
from smartapp.core.states import Disposition, Impact, Phase, Prone, State, UpperBack
from tests.core.assessments import (
    ADVANCED,
    AS_OF,
    INITIAL,
    INTERMEDIATE,
    PATIENT,
    alert,
    assessment,
    knowledge,
    restriction,
    with_concepts,
)

K = knowledge()


def proposed(facts: Assessment) -> Proposal:
    return plan(facts, K)


def exercise_ids(proposal: Proposal) -> list[str]:
    return [a.id for a in proposal.activities if a.kind is ActivityKind.EXERCISE]


def waiting_ids(proposal: Proposal) -> list[str]:
    return [a.id for a in proposal.activities if a.kind is ActivityKind.EXERCISE and a.status_reason]


def text_of(proposal: Proposal, id_: str) -> str:
    activity = proposal.activity(id_)
    assert activity is not None, id_
    return activity.description


# ------------------------------------------------------------------ exercises by phase and gate


def in_session(proposal: Proposal) -> list[str]:
    return [a.id for a in proposal.activities if a.block]


def test_the_initial_phase_has_its_session_and_nothing_prone_while_blocked() -> None:
    proposal = proposed(INITIAL)
    assert in_session(proposal) == ["E11", "E05", "E06", "E01", "E03", "E04", "E14", "E13", "E09", "E10"]
    assert exercise_ids(proposal)[10:] == ["E02"] and waiting_ids(proposal) == []
    assert [block.code for block in proposal.session] == [*BlockCode, None]


@pytest.mark.parametrize(("pain", "early"), [(None, False), (3, False), (4, True), (6, True)])
def test_from_pain_4_the_first_phase_has_its_early_set(pain: int | None, early: bool) -> None:
    proposal = proposed(assessment(pain=pain))
    ids = exercise_ids(proposal)
    assert (ids == ["E11", "E05", "E07", "E02", "E03", "E08", "E09", "E10"]) is early
    assert ({"E01", "E06", "E14"} & set(ids)) is not early
    assert any(note.startswith("Starts when pain is 3 or less") for note in proposal.notes) is early


@pytest.mark.parametrize(("day", "early"), [(13, True), (14, False)])
def test_the_first_14_days_have_the_early_set(day: int, early: bool) -> None:
    today = date(2026, 2, 1) + timedelta(days=day)
    assert ("E01" not in exercise_ids(proposed(assessment(as_of=today)))) is early


def test_without_a_date_of_the_fracture_it_counts_as_of_today() -> None:
    assert "E01" not in exercise_ids(proposed(replace(INITIAL, anchor=None)))


def test_prone_work_is_not_ordered_while_the_gate_is_conditional_and_one_line_says_when_it_may_be_tried() -> None:
    proposal = proposed(assessment(prone=Prone.CONDITIONAL))
    assert not {"E15", "E16", "E29"} & set(exercise_ids(proposal))
    assert waiting_ids(proposal) == [] and proposal.activity("X13") is None
    [trial] = [note for note in proposal.notes if note.startswith("PT may try E15")]
    assert "pain is 3 or less" in trial and trial.endswith("else E02 (Supine realignment).")
    later = proposed(assessment(Phase.INTERMEDIATE, Prone.CONDITIONAL))
    assert "E17" in in_session(later) and any("else E17" in note for note in later.notes)


def test_where_only_the_gate_is_open_prone_work_may_be_tried_and_is_ordered_from_its_phase() -> None:
    assert any(note.startswith("PT may try E15") for note in proposed(assessment(prone=Prone.ALLOWED)).notes)
    later = proposed(assessment(Phase.INTERMEDIATE, Prone.ALLOWED))
    assert "E16" in in_session(later) and not any("E15" in note for note in later.notes)
    assert not any("E15" in note for note in proposed(INITIAL).notes)


def test_blocked_prone_gate_leaves_x13_and_no_prone_exercise() -> None:
    proposal = proposed(assessment(Phase.INTERMEDIATE))
    assert not {"E15", "E16", "E29"} & set(exercise_ids(proposal))
    x13 = proposal.activity("X13")
    assert x13 is not None
    assert x13.do_not_perform


def test_the_intermediate_phase_holds_chair_stand_squat_and_step_up() -> None:
    proposal = proposed(INTERMEDIATE)
    assert in_session(proposal) == [
        *("E27", "E06", "E16", "E18", "E28", "E19", "E14", "E23", "E25", "E22", "E20", "E21", "E24"),
    ]  # fmt: skip
    [limbs] = [block for block in proposal.session if block.code is BlockCode.LIMBS]
    assert (limbs.odd, limbs.even) == (("E25",), ("E22",))


@pytest.mark.parametrize("upper_back", list(UpperBack))
@pytest.mark.parametrize("prone", list(Prone))
@pytest.mark.parametrize("phase", list(Phase))
def test_loaded_extension_only_while_both_gates_are_open(phase: Phase, prone: Prone, upper_back: UpperBack) -> None:
    ids = exercise_ids(proposed(assessment(phase, prone, upper_back)))
    both = upper_back is UpperBack.ELIGIBLE and prone is Prone.ALLOWED
    if "E29" in ids:
        assert both
    if both and phase is Phase.ADVANCED:
        assert "E29" in ids


@pytest.mark.parametrize("facts", [INITIAL, INTERMEDIATE, ADVANCED])
def test_impact_is_never_in_a_plan(facts: Assessment) -> None:
    proposal = proposed(facts)
    assert proposal.activity("E40") is None
    assert not any("E40" in activity.options for activity in proposal.activities)


def test_prone_extension_stays_while_the_loaded_step_is_pending() -> None:
    pending = proposed(assessment(Phase.ADVANCED, Prone.ALLOWED, UpperBack.PENDING))
    assert "E16" in exercise_ids(pending)
    assert "E16" not in exercise_ids(proposed(ADVANCED))
    r7 = pending.activity("R7")
    assert r7 is not None
    assert r7.do_not_perform


def test_stairs_and_yoga_are_named_once_in_the_advanced_phase_and_never_ordered() -> None:
    proposal = proposed(ADVANCED)
    assert not {"E38", "E39"} & set(exercise_ids(proposal))
    [named] = [note for note in proposal.notes if note.startswith("Optional")]
    assert "Stair climbing; Yoga or Pilates, modified" in named
    assert not any(note.startswith("Optional") for note in proposed(INTERMEDIATE).notes)


# ------------------------------------------------------------------ conditions of the patient


@pytest.mark.parametrize("concept", ["spinal-stenosis", "obesity", "shoulder-problem", "spondylolisthesis"])
def test_what_speaks_against_prone_extension_brings_hands_and_knees(concept: str) -> None:
    proposal = proposed(with_concepts(INTERMEDIATE, concept))
    assert "E16" not in exercise_ids(proposal)
    e17 = proposal.activity("E17")
    assert e17 is not None
    assert "Stands in for E16" in e17.reason.text
    assert Source(f"Condition/{concept}", concept) in e17.reason.sources
    assert any(note.startswith("E16 (Prone back extension to neutral only) is left out.") for note in proposal.notes)
    assert proposal.referral is not None
    assert "E16 (Prone back extension" in proposal.referral.note


def test_what_speaks_against_prone_lying_leaves_nothing_to_try() -> None:
    proposal = proposed(with_concepts(assessment(prone=Prone.CONDITIONAL), "obesity"))
    assert not {"E15", "E16", "E17"} & set(exercise_ids(proposal))
    [note] = proposal.notes
    assert note.startswith("E15 (Prone lying, arms by the side) is left out. Obesity")


@pytest.mark.parametrize(("bmi", "swapped"), [("29.9", False), ("30", True)])
def test_bmi_from_30_counts_as_obesity(bmi: str, swapped: bool) -> None:
    measured = Measurement(Source("Observation/bmi"), Quantity.BMI, Decimal(bmi), When.day(AS_OF))
    facts = replace(INTERMEDIATE, chart=replace(INTERMEDIATE.chart, measurements=(measured,)))
    proposal = proposed(facts)
    assert ("E16" not in exercise_ids(proposal)) is swapped
    if swapped:
        assert measured.source in proposal.activity("E17").reason.sources  # type: ignore[union-attr]


@pytest.mark.parametrize("code", ["osteoporosis", "multiple-vf"])
def test_lift_from_a_block_gives_way_to_the_unloaded_hinge(code: str) -> None:
    facts = assessment(Phase.ADVANCED, Prone.ALLOWED, UpperBack.ELIGIBLE, alerts=[code])
    proposal = proposed(facts)
    assert "E32" not in exercise_ids(proposal)
    assert "Stands in for E32" in proposal.activity("E06").reason.text  # type: ignore[union-attr]


def test_measured_osteoporosis_keeps_the_unloaded_hinge_and_is_told_to_the_therapist() -> None:
    scan = Source("Observation/dxa")
    density = BoneDensity("osteoporosis", Decimal("-2.7"), Site.TOTAL_HIP, AS_OF, scan, Reason("lowest T"))
    proposal = proposed(replace(ADVANCED, bone_density=density, alerts=(alert("osteoporosis", scan),)))
    assert "E32" not in exercise_ids(proposal)
    assert scan in proposal.activity("E06").reason.sources  # type: ignore[union-attr]
    assert "osteoporosis, -2.7 (total-hip)" in proposal.referral.reason_text  # type: ignore[union-attr]


def test_lift_from_a_block_stays_out_while_lifting_is_forbidden() -> None:
    strict = tuple(r if r.id != "R9" else restriction("R9", State.PROHIBITED) for r in ADVANCED.restrictions)
    assert "E32" not in exercise_ids(proposed(replace(ADVANCED, restrictions=strict)))


def test_walking_waits_for_medical_clearance() -> None:
    proposal = proposed(assessment(alerts=["med-clearance"]))
    assert waiting_ids(proposal) == ["E11"]
    assert proposal.activity("E11").cautious  # type: ignore[union-attr]
    assert proposal.activity("F-MED-CLEARANCE") is not None


def test_a_modification_changes_the_words_and_says_why() -> None:
    proposal = proposed(with_concepts(INITIAL, "knee-osteoarthritis"))
    activity = proposal.activity("E09")
    assert activity is not None
    assert "raise the seat" in activity.description
    assert "use a higher seat" in activity.patient_text
    assert "Knee osteoarthritis" in activity.reason.text
    assert Source("Condition/knee-osteoarthritis", "knee-osteoarthritis") in activity.reason.sources


def test_resolved_refuted_and_inactive_facts_change_nothing() -> None:
    gone = (
        Diagnosis(Source("Condition/a"), frozenset({"obesity"}), clinical_status=ClinicalStatus.RESOLVED),
        Diagnosis(Source("Condition/b"), frozenset({"obesity"}), verification=Verification.UNCONFIRMED),
        Diagnosis(Source("Condition/c"), frozenset({"obesity"}), abated=True),
    )
    stopped = (Medication(Source("MedicationRequest/a"), frozenset({"obesity"}), active=False),)
    chart = replace(INTERMEDIATE.chart, diagnoses=gone, medications=stopped)
    assert "E16" in exercise_ids(proposed(replace(INTERMEDIATE, chart=chart)))
    taken = replace(chart, medications=(replace(stopped[0], active=True),))
    facts = replace(INTERMEDIATE, chart=taken)
    assert "E16" not in exercise_ids(proposed(facts))
    assert evidence(Condition(concept="obesity"), facts, patient_context(facts, K)) == (Source("MedicationRequest/a"),)


def test_the_reason_of_an_exercise_names_phase_and_fracture() -> None:
    for activity in proposed(INTERMEDIATE).activities:
        assert activity.reason.sources, activity.id
        assert activity.reason.text, activity.id


# ------------------------------------------------------------------ restrictions and never-selectable


@pytest.mark.parametrize("facts", [INITIAL, INTERMEDIATE, ADVANCED])
def test_every_line_to_avoid_says_so_and_what_instead(facts: Assessment) -> None:
    for activity in proposed(facts).activities:
        assert activity.do_not_perform == activity.description.startswith("AVOID:")
        if activity.do_not_perform:
            assert "instead" in activity.description.lower()


def test_strict_flexion_names_the_five_qualities_and_the_day_it_may_end() -> None:
    until = tuple(replace(r, until=date(2026, 8, 1)) if r.id == "R1" else r for r in INITIAL.restrictions)
    text = text_of(proposed(replace(INITIAL, restrictions=until)), "R1")
    for quality in ("rapid", "repetitive", "sustained", "weighted", "end-range"):
        assert quality in text
    assert "hinge" in text
    assert text.endswith("At least until 2026-08-01.")


def test_a_restriction_without_its_parts_is_written_with_its_text() -> None:
    plain = replace(restriction("R1", State.STRICT), movement="", reason=Reason("by rule"))
    proposal = proposed(replace(INITIAL, restrictions=(plain,)))
    assert text_of(proposal, "R1") == f"AVOID: {plain.text}"
    assert proposal.activity("R1").reason.sources == INITIAL.fractures  # type: ignore[union-attr]


def test_an_unknown_restriction_is_named_by_its_movement() -> None:
    odd = replace(restriction("R1", State.STRICT), id="R99")
    nameless = replace(odd, id="R98", movement="", text="Heavy lifting is out. Instead: lift light loads.")
    proposal = proposed(replace(INITIAL, restrictions=(odd, nameless)))
    assert proposal.activity("R99").title == odd.movement  # type: ignore[union-attr]
    assert proposal.activity("R98").title == "R98"  # type: ignore[union-attr]


def test_modified_restrictions_do_not_forbid() -> None:
    proposal = proposed(ADVANCED)
    for id_ in ("R1", "R2", "R5", "R9"):
        assert not proposal.activity(id_).do_not_perform  # type: ignore[union-attr]
    for id_ in ("R6", "R7"):
        assert proposal.activity(id_) is None


def test_toe_touches_sit_ups_and_crunches_are_in_every_plan() -> None:
    for facts in (INITIAL, INTERMEDIATE, ADVANCED):
        proposal = proposed(facts)
        for id_ in ("X01", "X02", "X03"):
            activity = proposal.activity(id_)
            assert activity is not None
            assert activity.do_not_perform
            assert activity.locked


def test_swings_are_avoided_in_the_strict_window_and_modified_after() -> None:
    assert proposed(INITIAL).activity("X12").do_not_perform  # type: ignore[union-attr]
    later = proposed(ADVANCED).activity("X12")
    assert later is not None
    assert not later.do_not_perform
    assert "step and turn" in later.description


def test_running_awaits_a_clinicians_decision_once_the_impact_gate_allows_one() -> None:
    assert proposed(INITIAL).activity("X09").do_not_perform  # type: ignore[union-attr]
    assert not proposed(ADVANCED).activity("X09").do_not_perform  # type: ignore[union-attr]
    assert proposed(ADVANCED).activity("X08").do_not_perform  # type: ignore[union-attr]


# ------------------------------------------------------------------ dose, session, goals, referral


@pytest.mark.parametrize("facts", [INITIAL, INTERMEDIATE, ADVANCED])
def test_dose_is_the_seeds(facts: Assessment) -> None:
    proposal = proposed(facts)
    assert proposal.referral is not None
    assert proposal.program == Timing(2, 3, 7, 60, ("mon", "wed", "fri"))
    assert proposal.end == date(2027, 3, 1)
    assert sum(block.minutes for block in proposal.session) >= 60
    assert set(proposal.guards) == set(GUARDS)


def test_the_end_is_clamped_to_the_month() -> None:
    proposal = plan(replace(INITIAL, as_of=date(2028, 2, 29)), K)
    assert proposal.end == date(2029, 2, 28)
    assert add_months(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert add_months(date(2025, 12, 31), 1) == date(2026, 1, 31)
    assert add_months(date(2025, 12, 15), 12) == date(2026, 12, 15)


def test_a_later_start_moves_end_and_due_dates_only() -> None:
    today, later = plan(INITIAL, K), plan(INITIAL, K, date(2026, 3, 9))
    assert later.start == date(2026, 3, 9)
    assert later.end == date(2027, 3, 9)
    assert later.goals[0].due == date(2026, 6, 1)
    assert later.content_hash == today.content_hash
    assert later.fingerprint != today.fingerprint


@pytest.mark.parametrize(("pain", "split"), [(3, False), (4, True)])
def test_sessions_may_be_split_at_pain_4_in_the_initial_phase(pain: int, split: bool) -> None:
    proposal = proposed(assessment(pain=pain))
    assert any("split into bouts" in warning for warning in proposal.warnings) is split
    assert ("split into bouts" in proposal.referral.note) is split  # type: ignore[union-attr]
    assert not proposed(replace(INTERMEDIATE, pain=Decimal(5))).warnings


def home(facts: Assessment, home_set: HomeSet) -> set[str]:
    return {a.id for a in proposed(facts).activities if a.home_set is home_set}


def test_home_sets_stand_beside_the_sessions() -> None:
    assert home(INITIAL, HomeSet.DAILY) == {"E02", "E03", "E10", "E11"}
    assert home(INITIAL, HomeSet.SESSION) == {"E14", "E13", "E09", "E06"}
    assert home(assessment(pain=5), HomeSet.DAILY) == {"E02", "E05", "E07", "E11"}
    assert home(INTERMEDIATE, HomeSet.DAILY) == {"E02", "E24", "E27"}
    session = {"E06", "E18", "E19", "E20", "E22", "E23", "E25", "E28"}
    assert home(INTERMEDIATE, HomeSet.SESSION) == session
    assert home(ADVANCED, HomeSet.SESSION) == session | {"E35", "E31", "E36"}
    assert home(ADVANCED, HomeSet.DAILY) == {"E02", "E24", "E27"}


def test_how_often_follows_the_dose() -> None:
    proposal = proposed(INITIAL)
    timings = {a.id: a.timing for a in proposal.activities}
    assert timings["E11"] == Timing(2, 3, 1, 3)
    assert timings["E02"] == Timing(1, 2, 1, 5)
    assert timings["E14"] == Timing(2, None, 7)
    later = {a.id: a.timing for a in proposed(INTERMEDIATE).activities}
    assert later["E19"] == Timing(2, 3, 7, None, ("mon", "wed", "fri"))
    assert later["E27"] == Timing(5, None, 7, 20)


def test_goals_have_due_dates() -> None:
    goals = {goal.id: goal for goal in proposed(INITIAL).goals}
    assert list(goals) == ["GS3", "GS2", "GS6", "GS5-stage", "GS8", "GS9-falls", "GS9-fracture", "GS9-bone"]
    assert goals["GS3"].due == date(2026, 5, 24)
    assert goals["GS9-bone"].due == date(2028, 3, 1)


@pytest.mark.parametrize(
    ("levels", "measure"),
    [({"L1"}, "hip-bone-density"), (set(), "hip-bone-density"), ({"L5"}, "lumbar-spine-bone-density")],
)
def test_bone_density_goal_is_measured_where_no_fracture_lies(levels: set[str], measure: str) -> None:
    goals = {goal.id: goal for goal in proposed(replace(INITIAL, levels=frozenset(levels))).goals}
    assert goals["GS9-bone"].measure == measure


def test_referral_holds_what_an_order_needs_precautions_first() -> None:
    referral = proposed(INITIAL).referral
    assert referral is not None
    assert referral.note.startswith("Precautions first:\nR1 AVOID:")
    assert "Wedge compression fracture of L1; Osteopenia" in referral.reason_text
    assert "Bone density: not on record" in referral.reason_text
    assert "2-3 sessions of 60 minutes a week (Mon, Wed, Fri) for 12 months" in referral.note
    assert "Patient's stop rule: Call 911" in referral.note and "Patient's stop rule: Call us TODAY" in referral.note
    assert "osteoporosis precautions" in referral.performer_text
    assert "Visits: Evaluation + 20 visits in 12 weeks" in referral.note
    assert "Program (not visits): 2-3 sessions of 60 minutes a week" in referral.note
    assert referral.patient_instruction.startswith("Call 911")
    assert "You see your therapist 21 times by " in referral.patient_instruction
    assert "We start with 15 minutes and add about 5 minutes a week, up to 60 minutes." in referral.patient_instruction


def test_an_order_without_recorded_fracture_words_still_names_one() -> None:
    bare = replace(INITIAL, fracture=None, fractures=(), anchor=None, chart=replace(INITIAL.chart, diagnoses=()))
    referral = proposed(bare).referral
    assert referral is not None
    assert "Diagnoses: lumbar fracture." in referral.reason_text
    assert "the day of the fracture not on record" in referral.reason_text
    assert proposed(bare).activities[0].reason.sources


def test_bone_density_without_a_value_is_named_by_its_class() -> None:
    density = BoneDensity("osteoporosis", None, None, None, None, Reason("coded"))
    facts = replace(ADVANCED, bone_density=density)
    assert "Bone density: osteoporosis." in proposed(facts).referral.reason_text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("timing", "months", "text"),
    [
        (Timing(1, None, 7, 60, ("mon",)), 7, "1 session of 60 minutes a week (Mon) for 7 months"),
        (Timing(2, 2, 7, 60, ("mon", "thu")), 12, "2 sessions of 60 minutes a week (Mon, Thu) for 12 months"),
        (Timing(1, 2, 7, 45, ("mon", "thu")), 9, "1-2 sessions of 45 minutes a week (Mon, Thu) for 9 months"),
    ],
)
def test_dose_in_words(timing: Timing, months: int, text: str) -> None:
    assert dose_text(timing, months) == text


# ------------------------------------------------------------------ nutrition, education, follow-up


def born(year: int, sex: Sex) -> Patient:
    return replace(PATIENT, birth=When.day(date(year, 3, 1)), sex=sex)


@pytest.mark.parametrize(
    ("patient", "amount"),
    [
        (born(1956, Sex.MALE), "Calcium 1,000 mg/day"),  # 70
        (born(1955, Sex.MALE), "Calcium 1,200 mg/day"),  # 71
        (born(1976, Sex.FEMALE), "Calcium 1,000 mg/day"),  # 50
        (born(1975, Sex.FEMALE), "Calcium 1,200 mg/day"),  # 51
        (born(1950, Sex.OTHER), "Calcium 1,000-1,200 mg/day"),
        (replace(PATIENT, birth=None), "Calcium 1,000-1,200 mg/day"),
        (replace(PATIENT, birth=When(date(1955, 1, 1), date(1955, 12, 31))), "Calcium 1,000-1,200 mg/day"),
    ],
)
def test_calcium_by_age_and_sex(patient: Patient, amount: str) -> None:
    assert text_of(proposed(assessment(patient=patient)), "N-CALCIUM").startswith(amount)


def test_calcium_caution_stops_supplement_text_and_holds_vitamin_d() -> None:
    proposal = proposed(assessment(alerts=["calcium-caution"]))
    assert "no supplement from this plan" in text_of(proposal, "N-CALCIUM")
    assert " mg/day" not in text_of(proposal, "N-CALCIUM")
    assert "only once the clinician has confirmed" in text_of(proposal, "N-VITAMIN-D")


def vitamin_d(cls: str, value: str) -> VitaminD:
    return VitaminD(cls, Decimal(value), AS_OF, Source("Observation/vitd"), Reason(cls))


@pytest.mark.parametrize(
    ("level", "said", "follow_up"),
    [
        (None, "minimum, from all sources", "no usable result"),
        (vitamin_d("severely-deficient", "9"), "clinician sets the repletion dose", "ask for the cause"),
        (vitamin_d("deficient", "15"), "clinician sets the repletion dose", "3 months after"),
        (vitamin_d("insufficient", "25"), "clinician decides whether more", "target 30-50"),
        (vitamin_d("target", "40"), "minimum, from all sources", None),
        (vitamin_d("above-target", "70"), "all sources is enough", None),
        (vitamin_d("possible-toxicity", "120"), "stop vitamin D supplements", "kidney function now"),
    ],
)
def test_vitamin_d_text_never_sets_a_high_dose(level: VitaminD | None, said: str, follow_up: str | None) -> None:
    proposal = proposed(replace(INITIAL, vitamin_d=level))
    text = text_of(proposal, "N-VITAMIN-D")
    assert said in text
    assert "800-1,000 IU/day" in text
    activity = proposal.activity("F-25OHD")
    assert (activity.description if activity else None) is follow_up or follow_up in activity.description  # type: ignore
    if level and activity:
        assert activity.reason.sources == (level.source,)


def test_a_stale_level_is_checked_again() -> None:
    facts = replace(assessment(alerts=["vitd-stale"]), vitamin_d=vitamin_d("target", "40"))
    assert "more than 12 months old" in text_of(proposed(facts), "F-25OHD")


@pytest.mark.parametrize(
    ("alerts", "id_", "said"),
    [
        (["no-bmd-data"], "F-DXA", "no usable bone density"),
        (["stale-dxa"], "F-DXA", "Repeat DXA"),
        (["stale-dxa", "ls-unreliable"], "F-DXA", "hip and femoral neck"),
        (["dxa-site-invalid"], "F-DXA", "does not classify"),
        (["confirm-stability"], "F-HEALING", "Confirm stability"),
        (["confirm-healing"], "F-HEALING", "Confirm healing"),
        (["delayed-healing"], "F-HEALING", "Delayed healing"),
        (["onset-unknown"], "F-ONSET", "date of the fracture"),
        (["clinical-osteoporosis"], "F-BONE-TREATMENT", "low-trauma"),
        (["osteoporosis"], "F-BONE-TREATMENT", "by code or bone density"),
        (["post-fusion-clearance"], "F-SURGEON", "surgeon"),
        (["tobacco"], "N-TOBACCO", "cessation treatment"),
        (["alcohol-high"], "N-ALCOHOL", "counsel"),
        (["low-energy-availability"], "N-DIETITIAN", "dietitian"),
    ],
)
def test_alerts_bring_their_follow_up(alerts: list[str], id_: str, said: str) -> None:
    assert said in text_of(proposed(assessment(alerts=alerts)), id_)


@pytest.mark.parametrize("id_", ["F-DXA", "F-HEALING", "F-ONSET", "F-SURGEON", "N-DIETITIAN", "F-PAIN"])
def test_without_a_trigger_there_is_no_such_follow_up(id_: str) -> None:
    assert proposed(INITIAL).activity(id_) is None


@pytest.mark.parametrize("concept", ["eating-disorder", "weight-loss", "malnutrition"])
def test_recorded_low_intake_suggests_a_dietitian(concept: str) -> None:
    activity = proposed(with_concepts(INITIAL, concept)).activity("N-DIETITIAN")
    assert activity is not None
    assert activity.kind is ActivityKind.REFERRAL


@pytest.mark.parametrize(("pain", "said"), [(4, "4-6 out of 10"), (7, "look for red flags")])
def test_pain_is_reviewed(pain: int, said: str) -> None:
    measured = Measurement(Source("Observation/pain"), Quantity.PAIN, Decimal(pain), When.day(AS_OF))
    facts = assessment(pain=pain)
    facts = replace(facts, chart=replace(facts.chart, measurements=(measured,)))
    activity = proposed(facts).activity("F-PAIN")
    assert activity is not None
    assert said in activity.description
    assert activity.reason.sources == (measured.source,)


def test_habits_nutrition_education_and_re_evaluations_are_in_every_plan() -> None:
    ids = {a.id for a in proposed(INTERMEDIATE).activities}
    assert {"N-CALCIUM", "N-VITAMIN-D", "N-ENERGY", "N-TOBACCO", "N-ALCOHOL"} <= ids
    assert {f"ED{n}" for n in range(1, 11)} <= ids
    assert {"F-REEVAL-3", "F-REEVAL-6", "F-REEVAL-12"} <= ids


# ------------------------------------------------------------------ no plan


@pytest.mark.parametrize("disposition", [d for d in Disposition if not d.prescribes])
def test_without_prescription_no_exercise_no_goal_no_order(disposition: Disposition) -> None:
    proposal = proposed(assessment(disposition=disposition))
    assert proposal.referral is None
    assert proposal.goals == ()
    assert proposal.session == ()
    assert not exercise_ids(proposal)
    assert proposal.title
    assert proposal.guards == ("GU1", "GU4", "GU6", "GU8", "GU9", "GU10", "GU11", "GU19")


@pytest.mark.parametrize(
    ("alert", "id_"),
    [
        ("cauda-equina", "REF-CAUDA-EQUINA"),
        ("neuro-red-flag", "REF-NEURO"),
        ("unstable-fracture", "REF-UNSTABLE"),
        ("nonunion", "REF-NONUNION"),
        ("pathological-fracture", "REF-PATHOLOGICAL"),
        ("active-cancer", "REF-CANCER"),
        ("spinal-infection", "REF-INFECTION"),
        ("pregnancy", "REF-PREGNANCY"),
        ("age-under-18", "REF-CHILD"),
        ("hardware-failure", "REF-HARDWARE"),
        ("pseudarthrosis", "REF-PSEUDARTHROSIS"),
        ("confirm-fracture", "REF-CONFIRM"),
        ("level-not-lumbar", "REF-LEVEL"),
    ],
)
def test_a_stop_suggests_where_to_refer(alert: str, id_: str) -> None:
    proposal = proposed(assessment(disposition=Disposition.REFER_NO_PRESCRIPTION, alerts=[alert]))
    assert [a.id for a in proposal.activities] == [id_]
    assert all(a.kind is ActivityKind.REFERRAL for a in proposal.activities)
    assert proposed(assessment(alerts=[alert])).activity(id_) is None


def test_restrictions_are_kept_as_information_where_derivation_gives_them() -> None:
    facts = replace(assessment(disposition=Disposition.CONFIRM_FIRST), restrictions=INITIAL.restrictions)
    kinds = {a.kind for a in proposed(facts).activities}
    assert kinds == {ActivityKind.RESTRICTION}


# ------------------------------------------------------------------ small parts


def test_refusals_say_why() -> None:
    library = K.library
    e40, e29, e20, e17 = (library.exercises[id_] for id_ in ("E40", "E29", "E20", "E17"))
    assert "never part of a plan" in why_refused(e40, ADVANCED, K)
    assert "gate is closed" in why_refused(e29, INITIAL, K)
    assert "belongs to the intermediate phase" in why_refused(e20, INITIAL, K)
    assert "without a phase" in why_refused(e20, replace(INITIAL, effective_phase=None), K)
    assert "R9" in why_refused(library.exercises["E32"], INTERMEDIATE, K)
    assert why_refused(e20, INTERMEDIATE, K) == ""
    assert "belongs to the intermediate phase" in why_refused(e17, INITIAL, K)


def test_gates_without_words_still_give_a_sentence() -> None:
    e16 = K.library.exercises["E16"]
    nameless = replace(INITIAL, gates=Gates(Prone.BLOCKED, UpperBack.BLOCKED, Impact.PROHIBITED))
    assert gate_reason(e16, nameless) == "the gate is not open."
    assert gate_reason(e16, replace(INITIAL, gates=None)) == "the gates are not known."
    assert gate_reason(e16, INITIAL) == "prone by rule"
    assert gate_of(e16, None) == "closed"
    dayless = Gates(Prone.CONDITIONAL, UpperBack.BLOCKED, Impact.PROHIBITED, (), (("prone", None, "proof"),))
    assert gate_reason(e16, replace(INITIAL, gates=dayless)) == "Waits for proof."


def test_no_phase_means_no_exercise() -> None:
    facts = replace(INITIAL, effective_phase=None)
    assert choose_exercises(facts, K, patient_context(facts, K)) == Selection((), ())


def test_misfits_cover_gate_phase_and_patient() -> None:
    facts = patient_context(INITIAL, K)
    e = K.library.exercises
    assert misfit(e["E13"], INITIAL, K, facts) == ""
    assert "cannot be started yet" in misfit(e["E15"], assessment(prone=Prone.CONDITIONAL), K, facts)
    assert "cannot be started yet" in misfit(e["E15"], assessment(prone=Prone.ALLOWED), K, facts)
    heavy = with_concepts(INTERMEDIATE, "obesity")
    assert "does not fit this patient" in misfit(e["E16"], heavy, K, patient_context(heavy, K))


def test_newest_measurement_ignores_undated_valueless_and_future_ones() -> None:
    bmi = Measurement(Source("Observation/1"), Quantity.BMI, Decimal(25), When.day(date(2026, 1, 1)))
    others = (
        replace(bmi, source=Source("Observation/0"), value=Decimal(40)),
        replace(bmi, source=Source("Observation/2"), when=None),
        replace(bmi, source=Source("Observation/3"), value=None),
        replace(bmi, source=Source("Observation/4"), when=When.day(date(2026, 3, 2))),
        replace(bmi, source=Source("Observation/5"), quantity=Quantity.PAIN),
    )
    chart = replace(INITIAL.chart, measurements=(*others, bmi))
    assert newest_value(chart, Quantity.BMI, AS_OF) == bmi
    assert newest_value(INITIAL.chart, Quantity.BMI, AS_OF) is None


def test_conditions_are_conjunctions() -> None:
    facts = patient_context(assessment(alerts=["tobacco"], pain=4), K)
    assert holds(Condition(), facts)
    assert holds(Condition(alert="tobacco", pain_at_least=Decimal(4)), facts)
    assert not holds(Condition(alert="tobacco", pain_at_least=Decimal(5)), facts)
    assert not holds(Condition(bmi_at_least=Decimal(1)), facts)
    assert not holds(Condition(prescribes=False), facts)


def test_evidence_of_a_vitamin_d_class_is_the_result_it_was_read_from() -> None:
    source = Source("Observation/d", "25-OH vitamin D")
    told = VitaminD("deficient", Decimal(16), AS_OF, source, Reason("below 20 ng/mL"))
    measured = replace(INITIAL, vitamin_d=told)
    assert evidence(Condition(vitamin_d="deficient"), measured, patient_context(measured, K)) == (source,)


def test_evidence_of_a_bone_class_is_the_scan_it_was_read_from() -> None:
    scan = Source("Observation/t", "Total hip T-score")
    classed = BoneDensity("osteoporosis", Decimal("-2.7"), None, AS_OF, scan, Reason("-2.5 or lower"))
    measured = replace(INITIAL, bone_density=classed)
    assert evidence(Condition(bone="osteoporosis"), measured, patient_context(measured, K)) == (scan,)


def test_evidence_of_what_is_missing_is_empty() -> None:
    facts = patient_context(INITIAL, K)
    asked = Condition(bone="osteoporosis", vitamin_d="missing", pain_at_least=Decimal(1), bmi_at_least=Decimal(1))
    assert evidence(asked, INITIAL, facts) == ()
