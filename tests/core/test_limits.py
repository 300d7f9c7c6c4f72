"""What else limits the patient, in words: for the therapist's order, the letter and the patient."""

import re
from dataclasses import replace
from datetime import date

import pytest

from smartapp.core.assessment import Assessment, Constraint, Reason
from smartapp.core.chart import ActivityOrder, Source
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.kinds import OrderKind
from smartapp.core.plan import plan
from smartapp.core.plan.activities import OF_LIMITS
from smartapp.core.plan.limit_words import (
    coordinator_line,
    letter_lines,
    limit_line,
    limit_lines,
    order_lines,
    patient_lines,
    ranked,
    track_line,
)
from smartapp.core.plan.limits import free_side
from smartapp.core.plan.patient_texts import patient_texts
from smartapp.core.proposal import Proposal
from smartapp.core.states import Track
from smartapp.knowledge import load
from tests.core.assessments import FRACTURE, INTERMEDIATE, knowledge
from tests.core.charts import chart

K = load()


def limit(number: int, **changes: object) -> Constraint:
    plain = Constraint(f"WP{number}", f"Limit {number}", f"Not {number}", f"Do not {number}.", (), (), Reason("Since."))
    return replace(plain, **changes)


NECK = limit(
    16,
    title="Neck operation",
    text="No load through the arms.",
    removes=("E17", "E25"),
    changes=("Eyes level", "Collar as ordered."),
    question="Until when does the collar stay?",
    until=date(2026, 5, 1),
    reason=Reason("Done on 2026-02-06.", (), (FRACTURE,)),
)
CHAIR = replace(INTERMEDIATE, constraints=(NECK, limit(3)), track=Track.CHAIR)


def test_a_line_says_what_limits_how_the_rest_is_done_until_when_and_what_is_asked() -> None:
    assert limit_line(NECK) == (
        "Neck operation. No load through the arms. Eyes level. Collar as ordered. Holds until 2026-05-01. "
        "Ask: Until when does the collar stay?"
    )
    assert limit_line(limit(3)) == "Limit 3. Not 3."


def test_standing_needs_no_line_of_its_own() -> None:
    assert track_line(INTERMEDIATE) == track_line(replace(INTERMEDIATE, track=Track.STANDING)) == ""
    assert "sitting and lying" in track_line(CHAIR)
    assert "in bed" in track_line(replace(INTERMEDIATE, track=Track.BED))


def test_limits_lead_the_order_and_what_the_patient_is_told() -> None:
    made = plan(replace(INTERMEDIATE, constraints=(limit(3), limit(4))), knowledge())
    assert made.referral is not None
    lines = made.referral.note.splitlines()
    assert lines[1:3] == ["Limit: Limit 3. Not 3.", "Limit: Limit 4. Not 4."]
    assert lines[3].startswith("R1 ")
    assert "or you pass out. Do not 3. Do not 4. " in made.referral.patient_instruction
    assert limit_lines(CHAIR)[0] == f"Limit: {track_line(CHAIR)}"


def test_the_letter_holds_five_and_says_how_many_more() -> None:
    many = [limit(n) for n in range(1, 8)]
    seven, six, five = (list(letter_lines(replace(INTERMEDIATE, constraints=tuple(many[:n])))) for n in (7, 6, 5))
    assert seven[:5] == five == [f"Limit {n}. Not {n}." for n in range(1, 6)]
    assert seven[5:] == ["And 2 more limits: on the sheet behind this letter."]
    assert six[5:] == ["And 1 more limit: on the sheet behind this letter."]
    assert list(letter_lines(CHAIR)) == [
        track_line(CHAIR), "Neck operation. No load through the arms. Until 2026-05-01.", "Limit 3. Not 3."
    ]  # fmt: skip


def test_the_patient_is_told_three_each_once() -> None:
    same = (limit(1), limit(2, patient_text="Do not 1."), limit(3, patient_text=""), *(limit(n) for n in (4, 5, 6)))
    assert patient_lines(replace(INTERMEDIATE, constraints=same)) == ("Do not 1.", "Do not 4.", "Do not 5.")


def test_an_exercise_that_is_taken_out_names_every_limit_that_does() -> None:
    both = replace(INTERMEDIATE, constraints=(NECK, limit(1, removes=("E17",))))
    assert {id_: [each.id for each in limits] for id_, limits in both.removed.items()} == {
        "E17": ["WP16", "WP1"], "E25": ["WP16"],
    }  # fmt: skip


ORDER = ActivityOrder(
    Source("ServiceRequest/1", "Referral", note="by Dr. Surgeon"),
    OrderKind.NO_WEIGHT,
    "no “weight” on the left leg",
    "left",
    When.day(date(2026, 2, 10)),
)


def ordered(*more: Constraint) -> Assessment:
    quoted = limit(
        1, id="NS9", rows=("NS9",), reason=Reason("On record.", (), (ORDER.source,)), alerts=("activity-order",)
    )
    chart = replace(INTERMEDIATE.chart, orders=(ORDER, replace(ORDER, source=Source("ServiceRequest/2"))))
    return replace(INTERMEDIATE, chart=chart, constraints=(*more, quoted))


def test_an_order_of_somebody_else_comes_first_with_its_day_and_who_gave_it() -> None:
    said = "Ordered: “no weight on the left leg” (2026-02-10, by Dr. Surgeon). The order comes first."
    now = ordered(limit(48, rows=("WP48",)), limit(2, rows=("WP2-partial",)))
    assert order_lines(now) == (said,)
    assert limit_lines(now)[0] == f"Limit: {said}" and next(letter_lines(now)) == said
    made = plan(now, knowledge())
    assert made.description.startswith(said)
    assert [each.id for each in ranked(now.constraints)] == ["NS9", "WP2", "WP48"]
    undated = replace(now, chart=replace(now.chart, orders=(replace(ORDER, given=None, source=ORDER.source),)))
    until = replace(now, chart=replace(now.chart, orders=(replace(ORDER, until=When.day(date(2026, 4, 1))),)))
    assert "(2026-02-10, until 2026-04-01, by Dr. Surgeon)" in order_lines(until)[0]
    assert order_lines(undated)[0].endswith("(without a date, by Dr. Surgeon). The order comes first.")


def test_what_the_body_must_not_be_loaded_with_is_one_line_of_the_plan() -> None:
    made = plan(ordered(limit(20, rows=("WP20",)), limit(48, rows=("WP48",)), limit(3)), knowledge())
    first = made.activities[0]
    assert first.id == OF_LIMITS and first.do_not_perform and first.locked
    assert first.description.startswith("AVOID: ") and "Instead: " in first.description
    assert "Not 1. Not 20." in first.description
    assert "Not 48." not in first.description and "Not 3." not in first.description
    assert made.referral is not None and "DN0" not in made.referral.note
    assert (
        plan(replace(INTERMEDIATE, constraints=(limit(48, rows=("WP48",)),)), knowledge()).activity(OF_LIMITS) is None
    )


def test_who_arranges_the_visits_reads_what_limits_by_title() -> None:
    acting = replace(CHAIR, constraints=(limit(48, rows=("WP48",)), replace(NECK, rows=("WP16",)), limit(3)))
    told = coordinator_line(acting)
    assert told == (
        f"Limits of this patient, for transport, room and company: Neck operation; Limit 48. {track_line(CHAIR)}"
    )
    assert coordinator_line(replace(acting, track=Track.STANDING)).endswith("Limit 48.")
    assert coordinator_line(INTERMEDIATE) == ""


def _one_legged(*facts: str) -> Proposal:
    day = date(2026, 3, 1)
    said = ("man born 1958-01-15", "osteopenia", "L3 fracture on 2026-01-10, routine healing", *facts)
    return plan(derive(chart(said, day), day, K), K)


@pytest.mark.parametrize(
    ("order", "variant", "clinician", "patient"),
    [
        ("order no weight left given 2026-02-20", "one-side-right", "With the right leg only", "your right leg"),
        ("order no weight right given 2026-02-20", "one-side-left", "With the left leg only", "your left leg"),
        ("order toe touch right given 2026-02-20", "one-side-left", "With the left leg only", "your left leg"),
        ("order no weight given 2026-02-20", "one-side", "With the free leg only", "your good leg"),
    ],
)
def test_with_no_weight_on_a_leg_the_other_one_works_alone(order, variant, clinician, patient):
    made = _one_legged(order)
    leg = made.activity("E41")
    assert leg and leg.variant == (variant,) and clinician in leg.description
    assert f"Only with {patient}." in leg.patient_text and "switch" not in leg.patient_text
    assert "each side" not in leg.dose and leg.fitt and not leg.fitt.per_side
    heels = made.activity("E43")
    assert heels and heels.variant == (variant,), "an exercise that names no side as well"
    for language, words in (("en", f"Only with {patient}."), ("es", "Solo con la pierna")):
        told = patient_texts(made, K, language)
        text = next(item.text for item in told.items if item.id == "exercise.E41")
        assert words in text and not re.search("switch legs|Cambie de pierna", text)
    assert "one-side" not in str(
        [a.variant for a in made.activities if a.id not in ("E08", "E26", "E41", "E43", "E48")]
    )


def test_with_weight_allowed_both_legs_work_and_with_none_on_either_neither_does():
    partial = _one_legged("order partial weight left given 2026-02-20")
    assert not any(v.startswith("one-side") for a in partial.activities for v in a.variant)
    neither = _one_legged("order no weight both given 2026-02-20")
    assert not {"E08", "E26", "E41", "E43", "E48"} & {a.id for a in neither.activities}


def test_two_limits_on_two_legs_leave_no_side_to_name():
    made = _one_legged("order no weight left given 2026-02-20").assessment
    (limit,) = [each for each in made.constraints if each.one_sided]
    both = replace(made, constraints=(limit, replace(limit, id="WP7", side="right")))
    assert free_side("E41", both) == "" and free_side("E01", both) is None


IN_THE_CHAIR = (
    "L3 fracture on 2025-09-20, routine healing",
    "pain 3 of 10 on 2026-02-26",
    "attested stable on 2026-02-01",
)
NO_WEIGHT = "order no weight left given 2026-02-20"


def _seated(*facts: str) -> dict[str, str]:
    """Exercises of the session of somebody in the chair in the intermediate phase, by their block."""
    day = date(2026, 3, 1)
    made = plan(derive(chart(("man born 1958-01-15", "osteopenia", *facts), day), day, K), K)
    assert made.assessment.track is Track.CHAIR
    return {a.id: a.block.value for a in made.activities if a.block}


@pytest.mark.parametrize("fact", [NO_WEIGHT, "fracture lower leg foot on 2026-02-12"])
def test_who_sits_only_for_a_leg_lifts_the_back_lying_prone(fact):
    found = _seated(*IN_THE_CHAIR, fact)
    assert (found["E16"], found["E19"]) == ("X", "L") and "E46" not in found


@pytest.mark.parametrize(
    "facts",
    [
        (*IN_THE_CHAIR, NO_WEIGHT, "Clinical Frailty Scale 6 on 2026-02-20"),  # in the chair for more than a leg
        (*IN_THE_CHAIR[:2], NO_WEIGHT, "neck operation on 2026-02-10"),  # prone exercise is taken out
        ("L3 fracture on 2025-12-20, routine healing", NO_WEIGHT),  # the initial phase
        (*IN_THE_CHAIR, "Clinical Frailty Scale 6 on 2026-02-20"),  # no leg at all
    ],
)
def test_whoever_else_sits_pulls_and_presses(facts):
    found = _seated(*facts)
    assert "E16" not in found
