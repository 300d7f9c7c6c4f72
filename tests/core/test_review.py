"""Decisions and signatures: what may be changed, when a reason is asked, what can never be chosen, who may sign."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from smartapp.core.chart import PlanOnRecord, Source
from smartapp.core.dates import When
from smartapp.core.plan import plan
from smartapp.core.plan.assembly import assemble_with_fingerprint
from smartapp.core.plan.guards import GuardFailed
from smartapp.core.plan.written_line import activity_words
from smartapp.core.program import Fitt, HomeSet, Turn
from smartapp.core.proposal import (
    ActivityKind,
    Choice,
    Component,
    Decision,
    Proposal,
    Role,
    SignedPlan,
    Signer,
    Timing,
)
from smartapp.core.review import (
    approve,
    check_decision,
    revise,
    unchanged_on_record,
)
from smartapp.core.review.edits import loosens
from smartapp.core.states import Disposition
from smartapp.errors import ChartChanged, NotPermitted, NotSupported, ReviewError
from tests.core.assessments import (
    ADVANCED,
    INITIAL,
    INTERMEDIATE,
    assessment,
    knowledge,
    restrictions,
    with_concepts,
)

K = knowledge()
TITLES = {row.id: row.title for row in K.library.never}
PLAN = plan(INITIAL, K)
LATER = plan(INTERMEDIATE, K)
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
SIGNER = Signer("Practitioner/1", "Dr Example", Role.SIGNER)
WHY = "Seen today, stable"


def drop(item: str, reason: str = "") -> Decision:
    return Decision(item, Choice.DROP, "", reason)


def change(item: str, value: str, reason: str = "") -> Decision:
    return Decision(item, Choice.CHANGE, value, reason)


def refused(decision: Decision, proposal: Proposal = PLAN) -> str:
    with pytest.raises(ReviewError) as raised:
        check_decision(proposal, decision, K)
    revised = revise(proposal, [decision], K)
    assert revised.decisions == ()
    assert f"Your change of {decision.item} no longer applies" in revised.warnings[-1]
    assert revised.activities == proposal.activities
    return str(raised.value)


def revised(*decisions: Decision, proposal: Proposal = PLAN) -> Proposal:
    for decision in decisions:
        check_decision(proposal, decision, K)
    made = revise(proposal, decisions, K)
    assert made.decisions == decisions
    return made


# ------------------------------------------------------------------ dropping


def test_an_exercise_can_be_dropped_without_a_reason_and_is_remembered() -> None:
    made = revised(drop("E13"))
    assert made.activity("E13") is None
    assert made.removed == ("E13 Scapular squeeze without load",)
    assert not any("E13" in block.exercises for block in made.session)
    assert "E13" in made.activity("E06").options  # type: ignore[union-attr]
    assert made.fingerprint != PLAN.fingerprint
    assert made.content_hash != PLAN.content_hash
    assert revised(drop("E13", "sore shoulder")).removed == ("E13 Scapular squeeze without load (sore shoulder)",)


@pytest.mark.parametrize(
    ("component", "last", "others"),
    [
        (Component.EXTENSOR, "E02", ("E06", "E10")),
        (Component.RESISTANCE, "E06", ("E02", "E10")),
        (Component.BALANCE, "E10", ("E02", "E06")),
    ],
)
def test_the_last_exercise_of_a_component_stays(component: Component, last: str, others: tuple[str, str]) -> None:
    kept = {last, *others}
    few = assemble_with_fingerprint(
        replace(
            PLAN, activities=tuple(a for a in PLAN.activities if a.kind is not ActivityKind.EXERCISE or a.id in kept)
        ),
        K,
    )
    assert f"is the last {component} exercise that can start now" in refused(drop(last), few)
    assert revise(PLAN, [drop(last)], K).activity(last) is None


@pytest.mark.parametrize("id_", ["X01", "X02", "X03", "N-CALCIUM", "N-VITAMIN-D", "N-ENERGY"])
def test_what_belongs_to_every_plan_cannot_be_dropped(id_: str) -> None:
    assert "stays in every plan" in refused(drop(id_, WHY))


@pytest.mark.parametrize("id_", ["R1", "R5", "R7", "X04", "X13"])
def test_dropping_a_restriction_needs_a_reason(id_: str) -> None:
    assert loosens(PLAN, drop(id_), K)
    assert "Give a reason" in refused(drop(id_))
    assert "Give a reason" in refused(drop(id_, "  "))
    made = revised(drop(id_, WHY))
    assert made.activity(id_) is None
    assert WHY in made.removed[0]


def test_a_dropped_restriction_leaves_the_order_too_but_opens_no_exercise() -> None:
    made = revised(drop("R6", WHY), drop("X13", WHY))
    assert "R6" not in made.referral.note  # type: ignore[union-attr]
    assert "gate is closed" in refused(change("E01", "E16", WHY), made)


@pytest.mark.parametrize("id_", ["E13", "ED7", "GS8", "N-TOBACCO", "F-REEVAL-3"])
def test_dropping_anything_else_needs_none(id_: str) -> None:
    assert not loosens(PLAN, drop(id_), K)
    assert revised(drop(id_)).removed


def test_a_waiting_exercise_may_be_dropped_but_not_changed_without_reason() -> None:
    proposal = plan(assessment(alerts=["med-clearance"]), K)
    assert not loosens(proposal, drop("E11"), K)
    assert "Give a reason" in refused(change("E11.dose", "1 x 2"), proposal)
    made = revise(proposal, [change("E11.dose", "1 x 2 min", WHY)], K)
    activity = made.activity("E11")
    assert activity is not None
    assert activity.status_reason
    assert activity.edit_reason == WHY


def test_safety_follow_ups_need_a_reason() -> None:
    proposal = plan(assessment(alerts=["confirm-stability"]), K)
    assert loosens(proposal, drop("F-HEALING"), K)
    assert "Give a reason" in refused(drop("F-HEALING"), proposal)


def test_nothing_to_edit_without_a_plan_and_no_unknown_lines() -> None:
    none = plan(assessment(disposition=Disposition.NOT_APPLICABLE), K)
    assert "no exercise plan" in refused(drop("E14"), none)
    assert "no exercise plan" in refused(change("dose.months", "9"), none)
    assert "no line “E77”" in refused(drop("E77"))
    assert not loosens(PLAN, drop("E77"), K)


def test_the_last_decision_on_an_item_counts() -> None:
    made = revise(PLAN, [drop("E14"), change("E14.dose", "1 x 8"), change("E14.dose", "2 x 6"), drop("E13")], K)
    assert [d.item for d in made.decisions] == ["E14", "E13"]
    assert made.activity("E14") is None
    assert "E14.dose no longer applies" in made.warnings[-1]


# ------------------------------------------------------------------ changing words and doses


def test_a_changed_dose_keeps_the_suggestion_visible() -> None:
    activity = revised(change("E14.dose", "2 x 6")).activity("E14")
    assert activity is not None
    assert activity.dose == "2 x 6"
    assert activity.original.startswith("E14 Wall-supported mini squat: Standing; wall.")
    assert activity.original.endswith("knees bent to 45 degrees at most, effort 3 of 10, rest 75 s.")
    assert activity.fitt == Fitt(text="2 x 6")  # the numbers were those of the dose before
    assert activity.edit_reason == ""


@pytest.mark.parametrize("item", ["E14", "E14.description"])
def test_a_changed_description_is_used_in_both_registers(item: str) -> None:
    activity = revised(change(item, "  Slide down  a little,\nthen up. ")).activity("E14")
    assert activity is not None
    assert activity.description == activity.patient_text == "Slide down a little, then up."


def test_the_original_is_the_machines_even_after_two_edits() -> None:
    made = revised(change("E14.dose", "2 x 6"), change("E14.description", "Slide down a little."))
    assert made.activity("E14").original.endswith("effort 3 of 10, rest 75 s.")  # type: ignore[union-attr]


@pytest.mark.parametrize("item", ["E14", "E14.dose", "R1", "ED1", "GS9-falls"])
@pytest.mark.parametrize(
    ("value", "said"),
    [
        (" ", "The text is empty"),
        ("x" * 1001, "longer than 1000"),
        ("Don't bend or twist.", "Name what does harm in bending"),
    ],
)
def test_texts_are_checked(item: str, value: str, said: str) -> None:
    assert said in refused(change(item, value, WHY))


def test_a_long_text_may_have_a_thousand_characters() -> None:
    assert revised(change("ED7", "x" * 1000)).activity("ED7").description == "x" * 1000  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Add ten toe touches", "X01"),
        ("Then 2 x 10 sit ups", "X02"),
        ("Situps on the mat", "X02"),
        ("finish with crunches", "X03"),
        ("Stamp. Then hopping on one leg", "X08"),
        ("Running 5 min", "X09"),
        ("Deadlift 20 kg", "X11"),
    ],
)
def test_words_cannot_bring_in_a_never_selectable_movement(text: str, id_: str) -> None:
    assert f"{TITLES[id_]} can never be selected" in refused(change("E14", text))
    assert f"{TITLES[id_]} can never be selected" in refused(change("E14.dose", text))


def test_ruling_a_movement_out_in_words_is_fine() -> None:
    assert revised(change("E14", "Slide down a little. No sit-ups, no crunches afterwards."))
    assert "can never be selected" in refused(change("E14", "No weights. Then sit-ups."))


def test_only_known_fields_can_be_changed() -> None:
    assert "“timing” of a line cannot be changed" in refused(change("E14.timing", "daily"))
    assert "has no dose of its own" in refused(change("ED1.dose", "2 x 8"))


def test_a_restriction_keeps_avoid_and_an_alternative() -> None:
    text = "Fast or loaded flexion. Instead: hinge at the hips."
    assert "Give a reason" in refused(change("R1", text))
    activity = revised(change("R1", text, WHY)).activity("R1")
    assert activity is not None
    assert activity.description == f"AVOID: {text}"
    assert activity.patient_text == text
    assert activity.do_not_perform
    assert revised(change("R1", f"AVOID: {text}", WHY)).activity("R1").description == f"AVOID: {text}"  # type: ignore
    assert "Say what to do instead" in refused(change("R1", "Fast flexion.", WHY))


def test_what_is_not_forbidden_does_not_say_avoid() -> None:
    assert "is not something to avoid" in refused(change("R5", "AVOID: yoga. Instead: walk.", WHY))
    made = revised(change("R5", "Yoga in neutral spine only.", WHY))
    assert made.activity("R5").description == "Yoga in neutral spine only."  # type: ignore[union-attr]


def test_walking_cannot_lose_its_label() -> None:
    assert "walking is a supplement" in refused(change("E11", "Walk a lot."))


def test_goals_can_be_changed_and_dropped() -> None:
    made = revised(change("GS3", "Five stands more"), drop("GS8"))
    goals = {goal.id: goal for goal in made.goals}
    assert goals["GS3"].description == goals["GS3"].patient_text == "Five stands more"
    assert goals["GS3"].due == date(2026, 5, 24)
    assert "GS8" not in goals
    assert made.removed == ("GS8 At least 80 % of the planned sessions in every 4 weeks, and the full dose",)


# ------------------------------------------------------------------ exchanging


def test_an_exercise_can_be_exchanged_for_one_of_its_options() -> None:
    assert "E08" in LATER.activity("E25").options  # type: ignore[union-attr]
    made = revised(change("E25", "e08"), proposal=LATER)
    activity = made.activity("E08")
    assert activity is not None
    assert made.activity("E25") is None
    assert activity.original.startswith("E25 Wall push-up:")
    assert activity.reason.text == "Chosen by the clinician in place of E25."
    assert activity.reason.sources
    assert any("E08" in block.exercises for block in made.session if block.title == "Limb resistance")
    assert activity.turn is Turn.ODD and activity.home_set is HomeSet.SESSION


def test_every_offered_option_can_be_taken() -> None:
    for proposal in (PLAN, LATER, plan(ADVANCED, K)):
        for activity in proposal.activities:
            for option in activity.options:
                check_decision(proposal, change(activity.id, option, WHY), K)


def test_an_exchange_keeps_what_the_patient_needs_changed() -> None:
    proposal = plan(with_concepts(INTERMEDIATE, "vestibular-disorder"), K)
    activity = revise(proposal, [change("E24", "E10")], K).activity("E10")
    assert activity is not None
    assert "a person beside as guard" in activity.description
    assert activity.cautious


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("X01", "Toe touches can never be selected"),
        ("X02", "can never be selected"),
        ("X03", "can never be selected"),
        ("E40", "never part of a plan"),
        ("E29", "gate is closed"),
        ("E15", "gate is closed"),
        ("E20", "belongs to the intermediate phase"),
        ("E13", "already in the plan"),
        ("E99", "There is no exercise “E99”"),
    ],
)
def test_what_can_never_be_selected(value: str, said: str) -> None:
    assert said in refused(change("E14", value, WHY))


def test_an_exchange_needs_an_exercise_on_both_sides() -> None:
    assert "is not an exercise" in refused(change("ED1", "E14"))


def test_no_exchange_for_what_does_not_fit_the_patient() -> None:
    proposal = plan(with_concepts(ADVANCED, "obesity"), K)
    assert "does not fit this patient" in refused(change("E17", "E16", WHY), proposal)


def test_no_exchange_for_a_twin_of_what_stays_in_the_session() -> None:
    assert "is not done in one session with E20" in refused(change("E21", "E09", WHY), LATER)
    assert "E09" in LATER.activity("E20").options  # type: ignore[union-attr]
    assert "E09" not in LATER.activity("E21").options  # type: ignore[union-attr]
    made = revised(change("E20", "E09"), proposal=LATER)
    assert made.activity("E09").home_set is HomeSet.SESSION  # type: ignore[union-attr]


def test_an_exchange_may_not_take_the_last_of_a_component() -> None:
    kept = {"E02", "E25", "E24"}
    assert LATER.activity("E02").block is None  # type: ignore[union-attr]
    few = replace(
        LATER, activities=tuple(a for a in LATER.activities if a.kind is not ActivityKind.EXERCISE or a.id in kept)
    )
    assert "last balance exercise" in refused(change("E24", "E08"), assemble_with_fingerprint(few, K))
    made = revise(assemble_with_fingerprint(few, K), [change("E24", "E10")], K)
    assert made.activity("E10") is not None
    assert made.session[1].exercises == ("E10",)


def test_an_exchange_of_what_no_block_holds_changes_no_block() -> None:
    late = plan(ADVANCED, K)
    made = revised(change("E23", "E08"), proposal=late)
    assert [block.exercises for block in made.session] == [block.exercises for block in late.session]
    assert made.activity("E08").home_set is HomeSet.SESSION  # type: ignore[union-attr]


@pytest.mark.parametrize("item", ["don't bend or twist", "", "E14;", "E 14", "E14."])
def test_an_item_that_is_no_name_is_refused_without_repeating_it(item: str) -> None:
    made = revise(PLAN, [change(item, "x")], K)
    assert made.warnings == ("Your change of an unknown line no longer applies: There is no such line in this plan.",)


def test_a_reason_is_kept_with_the_plan_and_therefore_checked_as_well() -> None:
    assert "Name what does harm" in refused(drop("R5", "do not bend or twist is enough"))
    assert "longer than" in refused(drop("R5", "x" * 1001))


# ------------------------------------------------------------------ the programme


@pytest.mark.parametrize(
    ("item", "value", "timing", "months"),
    [
        ("dose.frequency", "3", Timing(3, None, 7, 60, ("mon", "wed", "fri")), 12),
        ("dose.frequency-max", "2", Timing(2, None, 7, 60, ("mon", "thu")), 12),
        ("dose.frequency_max", "2", Timing(2, None, 7, 60, ("mon", "thu")), 12),
        ("dose.minutes", "75", Timing(2, 3, 7, 75, ("mon", "wed", "fri")), 12),
        ("dose.months", "7", Timing(2, 3, 7, 60, ("mon", "wed", "fri")), 7),
        ("dose.days", "Tue, Thu, Sat", Timing(2, 3, 7, 60, ("tue", "thu", "sat")), 12),
        ("dose.days", "tue fri", Timing(2, None, 7, 60, ("tue", "fri")), 12),
    ],
)
def test_the_programme_can_be_changed(item: str, value: str, timing: Timing, months: int) -> None:
    assert not loosens(PLAN, change(item, value), K)
    made = revised(change(item, value), proposal=LATER)
    assert made.program == timing
    assert made.months == months
    assert made.session == LATER.session  # of today; the minutes are what the sessions grow to
    assert made.activity("E19").timing.days == timing.days  # type: ignore[union-attr]
    assert "GU5" in made.guards
    assert not made.warnings


@pytest.mark.parametrize(
    ("item", "value", "said"),
    [
        ("dose.frequency", "1", "1 session a week is less than the 2"),
        ("dose.frequency-max", "1", "1 session a week is less than the 2"),
        ("dose.minutes", "59", "59 minutes are less than the 60"),
        ("dose.months", "6", "6 months are less than the 7"),
        ("dose.days", "mon", "1 session a week is less than the 2"),
    ],
)
def test_below_the_seeds_dose_a_reason_is_asked_and_a_warning_stays(item: str, value: str, said: str) -> None:
    assert loosens(PLAN, change(item, value), K)
    assert "Give a reason" in refused(change(item, value))
    made = revised(change(item, value, "lives far away"))
    assert said in made.warnings[-1]
    assert "S19" in made.warnings[-1]
    assert made.warnings[-1].endswith("Reason given: lives far away")
    assert made.overrides == (("GU5", "lives far away"),)
    assert "GU5" not in made.guards


def test_two_reasons_are_both_kept_and_one_warning_names_both_faults() -> None:
    made = revise(PLAN, [change("dose.months", "6", "moves away"), change("dose.minutes", "45", "tires")], K)
    assert len(made.warnings) == 1
    assert "6 months" in made.warnings[0]
    assert "45 minutes" in made.warnings[0]
    assert made.warnings[0].endswith("Reason given: moves away; tires")


def test_going_back_to_the_full_dose_removes_warning_and_override() -> None:
    low = revise(PLAN, [change("dose.months", "6", "moves away")], K)
    assert not loosens(low, change("dose.months", "12"), K)
    back = revise(low, [change("dose.months", "12")], K)
    assert back.warnings == ()
    assert back.overrides == ()
    assert back.content_hash == PLAN.content_hash


def test_a_low_dose_changed_elsewhere_does_not_ask_again() -> None:
    low = revise(PLAN, [change("dose.months", "6", "moves away")], K)
    assert not loosens(low, change("dose.days", "tue thu sat"), K)
    made = revise(low, [change("dose.days", "tue thu sat")], K)
    assert made.overrides == (("GU5", "moves away"),)


@pytest.mark.parametrize(
    ("item", "value", "said"),
    [
        ("dose.frequency", "4", "from 1 to 3"),
        ("dose.frequency", "0", "from 1 to 3"),
        ("dose.frequency", "two", "as a whole number"),
        ("dose.frequency", "²", "as a whole number"),
        ("dose.frequency", "1.5", "as a whole number"),
        ("dose.minutes", "181", "from 1 to 180"),
        ("dose.minutes", "99999999", "from 1 to 180"),
        ("dose.months", "37", "from 1 to 36"),
        ("dose.days", "mon tue", "day of rest between"),
        ("dose.days", "sun mon", "day of rest between"),
        ("dose.days", "mon mon", "each once"),
        ("dose.days", "someday", "Name the days"),
        ("dose.days", "", "Name the days"),
        ("dose.colour", "2", "“colour” is not a part of the dose"),
        ("dose.start", "tomorrow", "YYYY-MM-DD"),
        ("dose.start", "2026-02-28", "from 2026-03-01 to 2026-03-31"),
        ("dose.start", "2026-04-01", "from 2026-03-01 to 2026-03-31"),
    ],
)
def test_impossible_programmes_are_refused(item: str, value: str, said: str) -> None:
    assert said in refused(change(item, value, WHY))
    assert not loosens(PLAN, change(item, value), K)


def test_the_dose_cannot_be_dropped() -> None:
    assert "changed, not dropped" in refused(drop("dose.months", WHY))


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-31"])
def test_the_first_day_can_be_chosen(day: str) -> None:
    made = revised(change("dose.start", day))
    assert made.start == date.fromisoformat(day)
    assert made.referral.start == made.start  # type: ignore[union-attr]
    assert made.content_hash == PLAN.content_hash


# ------------------------------------------------------------------ signing


def signed(proposal: Proposal = PLAN, signer: Signer = SIGNER, active: bool = True, base: str = "") -> SignedPlan:
    return approve(proposal, proposal.decisions, signer, proposal.fingerprint, AT, active, knowledge=K, fhir_base=base)


def test_a_signer_signs_what_was_seen() -> None:
    made = revised(drop("E13"))
    result = approve(
        made, made.decisions, SIGNER, made.fingerprint, AT, True,
        knowledge=K, fhir_base="https://ehr.example/fhir",
    )  # fmt: skip
    assert result.proposal is made
    assert result.decisions == made.decisions
    assert (result.signer, result.signed_at, result.active) == (SIGNER, AT, True)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.NONE])
@pytest.mark.parametrize("active", [True, False])
def test_others_may_not_sign(role: Role, active: bool) -> None:
    with pytest.raises(NotPermitted, match=r"^Dr Example may not sign plans here\.$"):
        signed(signer=replace(SIGNER, role=role), active=active)
    with pytest.raises(NotPermitted, match=r"^You may not sign plans here\.$"):
        signed(signer=replace(SIGNER, role=role, name=""), active=active)


def test_a_drafter_saves_drafts_only() -> None:
    drafter = replace(SIGNER, role=Role.DRAFTER)
    assert signed(signer=drafter, active=False).active is False
    said = "may save a draft; someone who may sign has to make it active"
    with pytest.raises(NotPermitted, match=rf"^Dr Example {said}\.$"):
        signed(signer=drafter)
    with pytest.raises(NotPermitted, match=rf"^You {said}\.$"):
        signed(signer=replace(drafter, name=""))


@pytest.mark.parametrize("disposition", [d for d in Disposition if not d.prescribes])
def test_what_does_not_prescribe_cannot_be_signed(disposition: Disposition) -> None:
    refused = plan(assessment(disposition=disposition), K)
    with pytest.raises(NotSupported, match=r"^There is no exercise plan to sign\."):
        signed(refused)


def test_another_fingerprint_than_seen_is_refused() -> None:
    said = r"^The chart, the knowledge or the edits are no longer what you looked at\.$"
    with pytest.raises(ChartChanged, match=said):
        approve(PLAN, (), SIGNER, revised(drop("E13")).fingerprint, AT, True, knowledge=K)
    with pytest.raises(ChartChanged):
        approve(PLAN, (), SIGNER, "", AT, True, knowledge=K)


def test_edits_that_no_longer_apply_must_be_seen_to_first() -> None:
    stale = revise(PLAN, [change("E77.dose", "2")], K)
    said = r"^Some edits no longer apply to this plan\. Look at the warnings and remove or repeat them\.$"
    with pytest.raises(ReviewError, match=said):
        approve(stale, [change("E77.dose", "2")], SIGNER, stale.fingerprint, AT, True, knowledge=K)
    assert approve(stale, [], SIGNER, stale.fingerprint, AT, True, knowledge=K)


def test_guards_run_once_more_at_signing() -> None:
    tampered = replace(PLAN, activities=PLAN.activities[:-40])
    with pytest.raises(GuardFailed):
        signed(tampered)


# ------------------------------------------------------------------ fingerprint, plan id, plan on record


def on_record(proposal: Proposal = PLAN, **fields: object) -> PlanOnRecord:
    known = PlanOnRecord(
        Source("CarePlan/1"), "CarePlan", "abc", "active", fingerprint=proposal.content_hash
    )  # fmt: skip
    return replace(known, **fields)  # type: ignore[arg-type]


def planned_with(*plans: PlanOnRecord) -> Proposal:
    return plan(replace(INITIAL, chart=replace(INITIAL.chart, plans=plans)), K)


def test_same_inputs_same_plan_id_and_another_patient_or_ehr_another() -> None:
    first = signed(base="https://ehr.example/fhir").plan_id
    assert signed(plan(INITIAL, K), base="https://ehr.example/fhir/").plan_id == first
    assert signed(base="https://other.example/fhir").plan_id != first
    stranger = replace(INITIAL, chart=replace(INITIAL.chart, patient=replace(INITIAL.chart.patient, reference="P/2")))
    assert signed(plan(stranger, K), base="https://ehr.example/fhir").plan_id != first
    assert signed(revised(drop("E13")), base="https://ehr.example/fhir").plan_id != first
    assert len(first) == 32


def test_facts_in_another_order_are_the_same_chart() -> None:
    two = with_concepts(INITIAL, "copd", "kyphosis")
    other = replace(two, chart=replace(two.chart, diagnoses=tuple(reversed(two.chart.diagnoses))))
    assert plan(two, K).fingerprint == plan(other, K).fingerprint


def test_a_new_fact_another_knowledge_or_another_alert_changes_the_fingerprint() -> None:
    assert plan(with_concepts(INITIAL, "copd"), K).fingerprint != PLAN.fingerprint
    assert plan(replace(INITIAL, knowledge_version="other"), K).fingerprint != PLAN.fingerprint
    assert plan(assessment(alerts=["use-z-score"]), K).fingerprint != PLAN.fingerprint


def test_the_next_day_without_news_is_the_same_content() -> None:
    tomorrow = plan(replace(INITIAL, as_of=date(2026, 3, 2)), K)
    assert tomorrow.content_hash == PLAN.content_hash
    assert tomorrow.fingerprint != PLAN.fingerprint
    assert plan(assessment(pain=5), K).content_hash != PLAN.content_hash


def test_an_unchanged_plan_on_record_is_recognised_and_not_written_twice() -> None:
    proposal = planned_with(on_record())
    assert unchanged_on_record(proposal) == on_record()
    assert signed(proposal).plan_id == "abc"
    assert signed(proposal, active=False).plan_id != "abc"


@pytest.mark.parametrize(
    "known",
    [
        on_record(status="revoked"),
        on_record(status="completed"),
        on_record(resource_type="ServiceRequest"),
        on_record(fingerprint="other"),
        on_record(created=When.day(date(2025, 2, 28))),
        on_record(created=When.day(date(2025, 12, 15))),  # 76 days: its visits are to be ordered anew (VI6)
    ],
)
def test_an_ended_or_different_plan_on_record_is_not_this_one(known: PlanOnRecord) -> None:
    proposal = planned_with(known)
    assert unchanged_on_record(proposal) is None
    assert signed(proposal).plan_id != "abc"


def test_a_plan_still_counts_until_its_visits_are_to_be_ordered_anew() -> None:
    assert unchanged_on_record(planned_with(on_record(created=When.day(date(2025, 12, 16)))))


def test_a_plan_of_goals_of_care_counts_for_its_months() -> None:
    """It has no date of renewal."""
    proposal = replace(planned_with(on_record(created=When.day(date(2025, 12, 1)))), reviews=(), months=12)
    assert unchanged_on_record(proposal)
    assert not unchanged_on_record(replace(proposal, months=2))


def test_signing_again_after_a_plan_has_ended_makes_a_new_plan() -> None:
    ended = planned_with(on_record(status="revoked"))
    assert signed(ended).plan_id != signed().plan_id
    assert signed(ended).plan_id == signed(planned_with(on_record(status="revoked"))).plan_id


def test_an_unsigned_identifier_on_record_is_not_reused() -> None:
    assert signed(planned_with(on_record(identifier=""))).plan_id != ""


def test_written_words_name_the_exercise_and_the_dose_once() -> None:
    planned = PLAN.activity("E14")
    assert planned is not None
    activity = replace(planned, fitt=None)
    assert activity_words(activity).startswith(f"{activity.title}: ")
    assert activity_words(activity).endswith(f"Dose: {activity.dose}.")
    named = f"{activity.title}, slow. {activity.dose}"
    assert activity_words(replace(activity, description=named)) == named
    assert activity_words(replace(activity, dose="")) == f"{activity.title}: {activity.description}"
    advice = PLAN.activity("ED7")
    assert advice is not None
    assert activity_words(advice) == advice.description


def test_restrictions_of_the_tests_are_the_knowledges() -> None:
    assert INITIAL.gates is not None
    assert [r.id for r in restrictions(INITIAL.effective_phase, INITIAL.gates)][-1] == "R10"  # type: ignore[arg-type]
