"""Output guards GU1-GU11 on finished proposals, and the lint for bare prohibitions (S36, A11)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartapp.core.assessment import Assessment, Constraint, Reason
from smartapp.core.plan import plan
from smartapp.core.plan.guards import GUARDS, GuardFailed, check_guards, is_generic_prohibition, names_alternative
from smartapp.core.proposal import Activity, ActivityKind, Component, Proposal, Timing
from smartapp.core.states import Prone
from tests.core.assessments import ADVANCED, INITIAL, INTERMEDIATE, assessment, knowledge

K = knowledge()
PLAN = plan(INITIAL, K)


def changed(proposal: Proposal, id_: str, **fields: object) -> Proposal:
    activities = tuple(replace(a, **fields) if a.id == id_ else a for a in proposal.activities)  # type: ignore[arg-type]
    return replace(proposal, activities=activities)


def without(proposal: Proposal, *ids: str) -> Proposal:
    return replace(proposal, activities=tuple(a for a in proposal.activities if a.id not in ids))


def timed(timing: Timing, months: int = 12) -> Proposal:
    return replace(PLAN, program=timing, months=months)


def fault(proposal: Proposal) -> str:
    with pytest.raises(GuardFailed) as raised:
        check_guards(proposal, K)
    return str(raised.value)


def exercise(id_: str, *components: Component, status_reason: str = "") -> Activity:
    return Activity(
        id_, ActivityKind.EXERCISE, id_, "words", "words", Reason("x"), components, "2 x 8", status_reason=status_reason
    )


@pytest.mark.parametrize("facts", [INITIAL, INTERMEDIATE, ADVANCED])
def test_the_machines_proposal_holds_every_guard(facts: Assessment) -> None:
    assert plan(facts, K).guards == tuple(GUARDS)


@pytest.mark.parametrize("place", ["description", "patient_text", "title", "dose", "status_reason"])
def test_gu1_no_bare_prohibition_in_any_text_of_a_line(place: str) -> None:
    said = "“Don't bend or twist.” forbids a movement without naming the quality that does harm. (GU1)"
    assert fault(changed(PLAN, "E14", **{place: "Don't bend or twist."})) == said


def test_gu1_no_bare_prohibition_elsewhere() -> None:
    text = "Avoid bending and twisting."
    assert PLAN.referral is not None
    goal = replace(PLAN.goals[0], description=text)
    for proposal in (
        replace(PLAN, warnings=(text,)),
        replace(PLAN, notes=(text,)),
        replace(PLAN, title=text),
        replace(PLAN, description=text),
        replace(PLAN, goals=(goal,)),
        replace(PLAN, goals=(replace(PLAN.goals[0], patient_text=text),)),
        replace(PLAN, referral=replace(PLAN.referral, note=text)),
        replace(PLAN, referral=replace(PLAN.referral, patient_instruction=text)),
    ):
        assert "(GU1)" in fault(proposal)


def test_gu1_what_is_avoided_needs_an_alternative() -> None:
    said = "R1 does not say what to do instead. (GU1)"
    assert fault(changed(PLAN, "R1", description="AVOID: fast flexion.")) == said


@pytest.mark.parametrize("component", [Component.EXTENSOR, Component.RESISTANCE, Component.BALANCE])
def test_gu2_each_component_is_needed_and_must_be_able_to_start(component: Component) -> None:
    holding = [a.id for a in PLAN.activities if component in a.component]
    said = f"The plan needs at least one {component} exercise that can start now. (GU2)"
    assert fault(without(PLAN, *holding)) == said
    waiting = PLAN
    for id_ in holding:
        waiting = changed(waiting, id_, status_reason="Not yet.")
    assert fault(waiting) == said
    assert check_guards(without(PLAN, *holding[1:]), K)


def test_gu3_walking_is_called_a_supplement() -> None:
    said = "E11 must say that walking is a supplement. (GU3)"
    assert fault(changed(PLAN, "E11", description="Walk every day.")) == said


def test_gu3_resistance_twice_a_week() -> None:
    weekly = PLAN
    for activity in PLAN.activities:
        if Component.RESISTANCE in activity.component:
            weekly = changed(weekly, activity.id, timing=Timing(1))
    assert fault(weekly) == "Resistance work is needed on at least 2 days a week. (GU3)"
    untimed = weekly
    for activity in PLAN.activities:
        if Component.RESISTANCE in activity.component:
            untimed = changed(untimed, activity.id, timing=None)
    assert "(GU3)" in fault(untimed)
    assert "GU3" in check_guards(replace(weekly, overrides=(("GU5", "one session is all she can reach"),)), K)


def test_gu4_impact_never() -> None:
    hop = exercise("E40", Component.IMPACT)
    said = "E40 is impact, which is never proposed here. (GU4)"
    assert fault(replace(PLAN, activities=(*PLAN.activities, hop))) == said


@pytest.mark.parametrize(
    ("proposal", "said"),
    [
        (timed(Timing(2, 3, 7, 59, ("mon", "wed", "fri"))), "59 minutes are less than the 60 a session needs."),
        (timed(Timing(2, 3, 7, None, ("mon", "wed", "fri"))), "0 minutes are less than the 60 a session needs."),
        (timed(Timing(1, None, 7, 60, ("mon",))), "1 session a week is less than the 2 the programme needs."),
        (timed(Timing(2, 3, 7, 60, ("mon", "wed", "fri")), 6), "6 months are less than the 7 the programme needs."),
    ],
)
def test_gu5_the_seeds_dose_unless_a_reason_is_given(proposal: Proposal, said: str) -> None:
    assert fault(proposal) == f"{said} (GU5)"
    allowed = replace(proposal, overrides=(("GU5", "travel"),))
    assert "GU5" not in check_guards(allowed, K)


@pytest.mark.parametrize(
    "timing",
    [
        Timing(2, None, 7, 60, ("mon", "tue")),
        Timing(2, None, 7, 60, ("sun", "mon")),
        Timing(2, 3, 7, 60, ("mon", "thu")),
        Timing(2, 3, 7, 60, ()),
        Timing(4, None, 7, 60, ("mon", "wed", "fri", "sun")),
    ],
)
def test_gu5_days_of_rest_cannot_be_overridden(timing: Timing) -> None:
    most = timing.frequency_max or timing.frequency
    said = f"{most} sessions a week need {most} days with a day of rest between (Sunday to Monday too). (GU5)"
    assert fault(replace(timed(timing), overrides=(("GU5", "wish"),))) == said


def test_gu5_exactly_the_minimum_holds() -> None:
    assert "GU5" in check_guards(timed(Timing(2, None, 7, 60, ("mon", "thu")), 7), K)


def test_gu6_order_with_a_plan_and_only_then() -> None:
    assert fault(replace(PLAN, referral=None)) == "The order for supervised physical therapy is missing. (GU6)"
    refused = assessment(disposition=assessment().disposition.REFER_NO_PRESCRIPTION)
    other = replace(plan(refused, K), referral=PLAN.referral)
    faults = list(GUARDS["GU6"](other, K))
    assert faults == ["Without a plan there is no order for physical therapy."]


@pytest.mark.parametrize("id_", ["N-CALCIUM", "N-VITAMIN-D", "N-ENERGY"])
def test_gu7_nutrition_belongs_together(id_: str) -> None:
    said = f"{id_} is missing: calcium, vitamin D and energy intake belong together. (GU7)"
    assert fault(without(PLAN, id_)) == said


def test_gu8_nothing_has_begun() -> None:
    said = "E14 is in-progress before anyone has signed. (GU8)"
    assert fault(changed(PLAN, "E14", status="in-progress")) == said


def test_gu9_no_exercise_breaks_an_active_restriction() -> None:
    prone = exercise("E16", Component.EXTENSOR)
    with_prone = replace(PLAN, activities=(*PLAN.activities, prone))
    assert fault(with_prone) == "E16 would break the restriction R6. (GU9)"
    two = replace(with_prone, activities=(*PLAN.activities, exercise("E29", Component.RESISTANCE)))
    assert fault(two) == "E29 would break the restriction R6, R7. (GU9)"
    no_restrictions = replace(with_prone, assessment=replace(INITIAL, restrictions=()))
    assert fault(no_restrictions) == "E16 needs a gate that is closed. (GU9)"
    conditional = assessment(prone=Prone.CONDITIONAL)
    waiting = plan(conditional, K)
    assert fault(changed(waiting, "E16", status_reason="")) == "E16 must wait until its gate is open. (GU9)"


@pytest.mark.parametrize("id_", ["E40", "E77", "X01"])
def test_gu9_only_selectable_exercises(id_: str) -> None:
    odd = exercise(id_, Component.CORE)
    odd_one = replace(without(PLAN, id_), activities=(*without(PLAN, id_).activities, odd))
    assert fault(odd_one) == f"{id_} is not an exercise that may be chosen. (GU9)"


def test_gu9_no_exercise_without_prescription() -> None:
    refused = assessment(disposition=assessment().disposition.NOT_APPLICABLE)
    odd = replace(plan(refused, K), activities=(exercise("E14", Component.RESISTANCE),))
    assert fault(odd) == "E14 is an exercise where none may be prescribed. (GU9)"


def test_gu10_avoid_exactly_where_it_forbids() -> None:
    said = "{} must begin with AVOID: exactly where it forbids. (GU10)"
    assert fault(changed(PLAN, "R1", description="Fast flexion. Instead: hinge.")) == said.format("R1")
    assert fault(changed(PLAN, "E14", description="AVOID: this. Instead: that.")) == said.format("E14")


def test_gu11_each_line_once_and_with_words() -> None:
    twice = replace(PLAN, activities=(*PLAN.activities, PLAN.activities[-1]))
    assert fault(twice) == "An activity is in the plan twice. (GU11)"
    assert fault(changed(PLAN, "E14", description=" ")) == "E14 has no words of its own. (GU11)"


# ------------------------------------------------------------------ the lint

BARE = [
    "don't bend or twist",
    "Don’t bend or twist.",
    "dont bend, twist",
    "Do not bend or twist your back",
    "avoid bending and twisting",
    "Avoid all bending, lifting and twisting (BLT).",
    "No bending/twisting (BLT)",
    "no BLT",
    "No BLTs for 12 weeks",
    "never bend or twist",
    "Never twist.",
    "no twisting",
    "no bending or twisting; walk instead",
    "Bending and twisting are not allowed",
    "bend/twist restrictions apply",
    "Spinal flexion is contraindicated.",
    "flexion and rotation prohibited",
    "You must not bend forward",
    "You mustn't twist",
    "patient should not bend",
    "shouldn't bend",
    "can't twist",
    "cannot bend",
    "refrain from bending",
    "without twisting",
    "Keep your back long. Avoid twisting!",
    "Bending precautions",
    "limit bending & twisting",
    "Do\nnot bend\u00a0or twist".replace("\n", " "),
    "stop stooping",
    "Avoid bending and twisting when rapid or weighted.",
    "do not bend  or\ntwist under load",
]
FINE = [
    "Do not bend fast, many times, for a long time, or with a weight. Instead, hinge at your hips.",
    "Avoid rapid, repetitive or end-range twisting; step the feet round instead.",
    "Spinal flexion that is rapid, repetitive, sustained, weighted or end-range is off the programme.",
    "Do not round your back forward fast. Instead, bend your knees.",
    "No Russian twists and no bicycle crunches. Slide one heel out instead.",
    "Skip forward folds, roll-downs and seated twists.",
    "Never hold your breath. Lie with your knees bent.",
    "Bend your knees and stand up again. Do not lean.",
    "Do not bend your knees past the toes.",
    "Hinge, squat and step round.",
    "Do not run.",
    "slide down to at most 45 degrees of knee bend",
    "",
]


@pytest.mark.parametrize("text", BARE)
def test_bare_prohibitions_are_found(text: str) -> None:
    assert is_generic_prohibition(text)


@pytest.mark.parametrize("text", FINE)
def test_specific_words_may_stand(text: str) -> None:
    assert not is_generic_prohibition(text)


@given(
    st.sampled_from(["don't", "do not", "avoid", "no", "never", "refrain from", "without"]),
    st.sampled_from(["bend", "bending", "twisting", "twist", "rotation", "flexion", "BLT"]),
    st.sampled_from([" or ", " and ", "/", ", ", " & "]),
    st.sampled_from(["twist", "twisting", "bend", "lifting"]),
    st.sampled_from([str.lower, str.upper, str.title]),
    st.sampled_from(["", "Walk daily. ", "Take care: "]),
)
def test_any_wording_of_it_is_found(no: str, first: str, joint: str, second: str, case: object, before: str) -> None:
    text = f"{before}{no} {first}{joint}{second}"
    assert is_generic_prohibition(case(text))  # type: ignore[operator]


def test_alternatives_are_recognised() -> None:
    assert names_alternative("Hinge INSTEAD.")
    assert names_alternative("Otherwise: walk.")
    assert not names_alternative("Do not jump.")


def test_what_a_limit_takes_out_has_no_place_in_a_plan() -> None:
    limit = Constraint("WP9", "Hip precautions", "Not past 90 degrees.", "", ("E06",), (), Reason("Done."))
    held = replace(PLAN, assessment=replace(PLAN.assessment, constraints=(limit,)))
    assert fault(held) == ("E06 (Hip hinge with a dowel) is left out. Hip precautions: Not past 90 degrees. (GU9)")
