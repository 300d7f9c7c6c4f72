"""The log of the sessions: green, yellow or red, and what follows for exercises (rule book 2b, PG1 to PG7, RA5)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from smartapp.core.changes import Change
from smartapp.core.follow_up.plan_state import PlanWord, word_of
from smartapp.core.program import Fitt
from smartapp.core.session_log import ItemDone, SessionLight, TherapySession, is_at_top, item_light, light_of
from smartapp.core.therapy import Therapy
from tests.core.test_follow_up import K
from tests.core.test_therapy import changes, recorded, session

LIMITS = K.follow_up.progression


def n(value: int | str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def said(**values) -> dict:
    """Numbers as the log has them: pain before, at its worst and later, cues, minutes."""
    names = {"before": "pain_before", "worst": "pain_worst", "later": "pain_later"}
    return {names.get(name, name): n(value) if isinstance(value, int) else value for name, value in values.items()}


GOOD = said(worst=3, later=3, cues=1)


# ------------------------------------------------------------------ the light of a session (PG1 to PG3)


@pytest.mark.parametrize(
    ("signed", "values", "light"),
    [
        (3, said(worst=3, later=3, cues=1), SessionLight.GREEN),
        (3, said(worst=3, later=4, cues=1), SessionLight.GREEN),
        (3, said(worst=3, later=5, cues=1), SessionLight.RED),  # 2 more, a day later
        (3, said(worst=4, later=3, cues=1), SessionLight.YELLOW),
        (3, said(worst=5, later=3, cues=1), SessionLight.YELLOW),
        (3, said(worst=6, later=3, cues=1), SessionLight.RED),
        (3, said(worst=3, later=3, cues=2), SessionLight.YELLOW),
        (0, said(worst=2, later=0, cues=0), SessionLight.YELLOW),  # 2 more, and settled
        (0, said(worst=1, later=0, cues=0), SessionLight.GREEN),
        (5, said(worst=5, later=6, cues=0), SessionLight.GREEN),  # from 4 to 6: one more is green
        (4, said(worst=5, later=5, cues=0), SessionLight.GREEN),
        (6, said(worst=6, later=6, cues=0), SessionLight.RED),
        (3, said(before=5, worst=5, later=5, cues=0), SessionLight.RED),  # counted from the lower one
        (5, said(before=2, worst=3, later=3, cues=0), SessionLight.GREEN),
        (3, said(worst=3, later=3), None),  # cues not written down
        (3, said(worst=3, cues=0), None),
        (3, said(later=3, cues=0), None),
        (None, said(worst=3, later=3, cues=0), None),  # a rise from what?
        (None, said(before=3, worst=3, later=3, cues=0), SessionLight.GREEN),
        (3, said(outcome="green"), SessionLight.GREEN),  # the therapist's word
        (3, said(outcome="green", worst=5), SessionLight.YELLOW),  # the strictest counts
        (3, said(outcome="yellow", **GOOD), SessionLight.YELLOW),
        (3, said(outcome="red", **GOOD), SessionLight.RED),
        (3, said(outcome="fine"), None),
        (3, said(fall=True, **GOOD), SessionLight.RED),
        (3, said(symptoms="left foot numb", **GOOD), SessionLight.RED),
        (None, {}, None),
    ],
)
def test_a_session_is_green_yellow_or_red_by_what_was_written_down(signed, values, light):
    assert light_of(session(9, **values), n(signed), LIMITS) is light


DOSE = Fitt(sets=(n(2), n(3)), reps=(n(8), n(12)), rpe=(n(4), n(5)))


def done(id_: str = "E09", **values) -> ItemDone:
    """Two sets of eight with an effort of 4 where nothing else is said."""
    full = {"sets": 2, "reps": 8, "effort": 4} | values
    return ItemDone(id_, **{name: n(value) if isinstance(value, int) else value for name, value in full.items()})


@pytest.mark.parametrize(
    ("item", "whole", "light"),
    [
        (done(), SessionLight.GREEN, SessionLight.GREEN),
        (done(effort=2), SessionLight.GREEN, SessionLight.GREEN),  # too easy keeps nobody from a step up
        (done(effort=5), SessionLight.GREEN, SessionLight.GREEN),
        (done(effort=6), SessionLight.GREEN, SessionLight.YELLOW),
        (done(effort=6), None, SessionLight.YELLOW),
        (done(), SessionLight.YELLOW, SessionLight.YELLOW),
        (done(effort=9), SessionLight.RED, SessionLight.RED),
        (done(), None, None),
        (done(effort=None), SessionLight.GREEN, None),
        (done(reps=7), SessionLight.GREEN, None),
        (done(reps=None), SessionLight.GREEN, None),
        (done(sets=1), SessionLight.GREEN, None),
    ],
)
def test_an_exercise_is_green_with_its_session_where_effort_and_repetitions_are_those_of_its_dose(item, whole, light):
    assert item_light(item, DOSE, whole) is light


def test_an_exercise_without_an_effort_of_its_own_goes_by_its_session():
    assert item_light(done(effort=None), replace(DOSE, rpe=None), SessionLight.GREEN) is SessionLight.GREEN
    at_most = replace(DOSE, rpe=(None, n(3)))
    assert item_light(done(effort=4), at_most, SessionLight.GREEN) is SessionLight.YELLOW


def test_the_top_is_that_of_every_range_of_the_dose():
    assert is_at_top(done(reps=12), DOSE) and not is_at_top(done(reps=11), DOSE)
    held = replace(DOSE, hold_seconds=(n(3), n(5)))
    assert not is_at_top(done(reps=12), held) and is_at_top(done(reps=12, hold_seconds=5), held)
    assert is_at_top(done(reps=None, hold_seconds=30), Fitt(hold_seconds=(n(20), n(30))))
    assert not is_at_top(done(), Fitt(minutes=(n(5), n(5)))), "walking has no top that is written down"
    assert is_at_top(done(reps=8), Fitt(reps=(n(8), None)))


# ------------------------------------------------------------------ told at the next launch


def log(after: int, *items: ItemDone, **values) -> TherapySession:
    return replace(session(after, **(GOOD | values)), items=items, logged=True)


TOP = {"reps": 8, "effort": 3}


def test_what_was_done_of_each_exercise_is_told_with_its_load_and_effort():
    heavy = done("E14", load_kg=Decimal("2.5"), band="red", effort=None)
    found = changes(10, recorded(log(3, done()), log(6, done(**TOP), heavy)))["FU7-items"]
    assert found.now == (
        "2026-03-07: Chair stand with arm help, high seat: 2 sets of 8, effort 3 of 10; "
        "Wall-supported mini squat: 2 sets of 8, 2.5 kg, band red"
    )
    assert found.sources == ("QuestionnaireResponse/6",)
    bare = changes(10, recorded(log(3, ItemDone("E11"))))["FU7-items"]
    assert bare.now == "2026-03-04: Walking bouts: None on record"
    assert "FU7-items" not in changes(10, recorded(log(3)))


def test_two_green_sessions_at_the_top_are_ready_for_one_step_up():
    found = changes(20, recorded(log(9, done(**TOP)), log(13, done(**TOP))))["FU7-step-up"]
    assert found.rule == "PG4" and found.now == (
        "Chair stand with arm help, high seat (2 sets of 8, effort 3 of 10): "
        "seat 5 cm lower, then one hand, then no hand"
    )
    assert "nothing moves by itself" in found.consequence and found.sources == ("QuestionnaireResponse/13",)


@pytest.mark.parametrize(
    "logged",
    [
        [log(13, done(**TOP))],  # once
        [log(9, done(**TOP)), log(13, done(reps=7, effort=3))],
        [log(9, done(**TOP), cues=2), log(13, done(**TOP))],
        [log(9, done(**TOP)), log(13, done(**TOP), pain_worst=Decimal(4))],
        [log(9, done(reps=6, effort=3)), log(11, done(**TOP)), log(13, done(**TOP))],  # stepped up this week
        [log(2, done(reps=6, effort=3)), log(9, done(**TOP)), log(13, done(**TOP))],  # from the last one before it
        [log(9, done("E31", reps=12)), log(13, done("E31", reps=12))],  # not of the signed plan
    ],
)
def test_what_is_not_ready_for_a_step_up(logged):
    assert "FU7-step-up" not in changes(20, recorded(*logged))


def test_a_week_after_a_step_the_next_one_may_come():
    week = [log(2, done(reps=6, effort=3)), log(4, done(**TOP)), log(8, done(**TOP)), log(12, done(**TOP))]
    assert "FU7-step-up" in changes(14, recorded(*week))


def test_two_yellow_sessions_in_a_row_are_one_step_down():
    hard = done(reps=8, effort=4)  # of 3
    found = changes(14, recorded(log(9, hard), log(12, hard, done("E13", effort=2, reps=10))))
    assert found["FU7-step-down"].rule == "PG5" and found["FU7-step-down"].now == (
        "Chair stand with arm help, high seat (2 sets of 8, effort 4 of 10): seat 5 cm higher"
    )
    assert "FU7-step-down" not in changes(14, recorded(log(9, hard), log(12, done(**TOP)), log(13, hard)))
    assert "FU7-step-down" not in changes(14, recorded(log(9, hard), log(12, hard, fall=True))), "red, told by itself"


def test_what_a_limit_leaves_out_and_was_done_is_told():
    found = changes(14, recorded(log(9, done("E29"), done("E09")), log(12, done("X08"))))["FU7-left-out"]
    assert found.rule == "PG3" and found.severity == "review"
    assert (
        found.now
        == "Back extension with resistance on the upper back (2026-03-10), Jumps, skipping, burpees (2026-03-13)"
    )
    assert "FU7-left-out" not in changes(14, recorded(log(9, done("E09"))))


# ------------------------------------------------------------------ two weeks (PG5 gap, PG6)


def fortnight(days: int, *logged: TherapySession, **more) -> Change:
    return changes(days, recorded(*logged, **more))["FU7-fortnight"]


def test_the_last_two_weeks_beside_the_two_before():
    earlier = log(2, done(reps=6), minutes=Decimal(15))
    logged = [log(n_, done(**TOP), done("E13"), minutes=Decimal(15 + n_)) for n_ in (7, 10, 14, 17)]
    found = fortnight(20, earlier, *logged)
    assert found.rule == "PG6" and found.signed == "4 sessions in 2 weeks"
    assert found.now == ("4 of 4 sessions; worst pain 3 → 3; 22 → 32 min; items stepped: 1 up, 0 down; light: green")
    assert found.consequence == "One step of minutes, as the plan has it."


def test_pain_that_rises_holds_the_program_and_red_takes_minutes():
    before = log(2, pain_worst=Decimal(1))
    calm = [log(n_, pain_worst=Decimal(3), pain_before=Decimal(3)) for n_ in (10, 14, 17)]
    found = fortnight(20, before, *calm)
    assert "worst pain 1 → 3" in found.now and "light: yellow" in found.now
    assert found.consequence == "Pain has risen: hold the program, no step."
    red = fortnight(20, before, *calm, log(18, pain_worst=Decimal(6)))
    assert "light: red" in red.now and red.consequence == "A red session: 10 minutes less, never below 10."


def test_few_sessions_ask_and_what_is_not_known_is_no_light():
    found = fortnight(20, log(2), log(10), log(12))  # 2 of 4
    assert found.consequence == "The same minutes. Few sessions: ask what gets in the way."
    assert "Few" not in fortnight(20, log(2), log(10), log(12), log(14)).consequence, "3 of 4"
    unknown = fortnight(20, log(2), log(10), log(12), log(14), log(16, cues=None))
    assert "light" not in unknown.now and unknown.consequence == "The same minutes."
    silent = fortnight(20, log(2), *(log(n_, pain_worst=None, pain_later=None) for n_ in (10, 12, 14)))
    assert "pain" not in silent.now and "min" not in silent.now
    first = fortnight(20, log(2, pain_worst=None), log(10))
    assert "worst pain None on record → 3" in first.now


def test_doses_that_fell_are_counted_too():
    found = fortnight(20, log(2), log(10, done(reps=8)), log(12, done(reps=6)))
    assert "items stepped: 0 up, 1 down" in found.now


def test_a_gap_begins_again_lower():
    kept = (log(2), log(4))
    assert "FU7-gap" not in changes(17, recorded(*kept))
    short = changes(18, recorded(*kept))
    assert short["FU7-gap"].rule == "PG5" and "FU7-fortnight" not in short
    assert word_of(short["FU7-gap"]) is PlanWord.UNCHANGED, "the therapist's, and no review of the clinician"
    assert short["FU7-gap"].consequence == "If there was none: one step down to begin again."
    assert "a re-evaluation" in changes(32, recorded(*kept))["FU7-gap"].consequence
    assert "FU7-gap" not in changes(18, recorded(session(4, setting="supervised"))), "no log is kept"


def test_no_fortnight_without_two_weeks_of_a_log_or_after_its_end():
    assert "FU7-fortnight" not in changes(12, recorded(log(2), log(10)))
    assert "FU7-fortnight" in changes(16, recorded(log(2), log(10)))
    assert not {"FU7-fortnight", "FU7-gap"} & set(changes(20, Therapy()))


def test_where_nothing_is_prescribed_today_no_exercise_is_said_to_be_left_out():
    known = recorded(log(9, done("E29")))
    assert "FU7-left-out" in changes(14, known)
    assert "FU7-left-out" not in changes(14, known, "cauda equina")
