"""The written shape of every plan of the cases: at most 25 lines, what to avoid last, nothing lost or told twice."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from smartapp.core.library import REQUIRED
from smartapp.core.plan import plan
from smartapp.core.plan.guards import ready
from smartapp.core.plan.lines import BLOCKS, at_home, plan_lines, waiting
from smartapp.core.plan.review_lines import grouped
from smartapp.core.plan.written_line import PlanLine, activity_words
from smartapp.core.program import BlockCode, DatedReview, Decider, DoseFlag, HomeSet, Ramp, Turn
from smartapp.core.proposal import Activity, ActivityKind, Proposal
from tests.cases import cases, planned
from tests.core.assessments import INITIAL, knowledge

K = knowledge()
PLAN = plan(INITIAL, K)
RAMP = Ramp(
    "RA1b", 15, 60, 5, 1, date(2026, 5, 3), DoseFlag.OK, "Source dose: 60+ min.", build_up="Minutes: 15 at first."
)
ORDER = [
    *("program", "build-up", *BLOCKS, "home-daily", "home-session", "pain", "education", "nutrition"),
    *("F-REEVAL-3", "F-REEVAL-6", "F-REEVAL-12", *(f"review-{n}" for n in range(1, 6)), "tests", "follow-up"),
    *(f"DN{n}" for n in range(7)),
]


def by_id(proposal: Proposal) -> dict[str, PlanLine]:
    return {line.id: line for line in plan_lines(proposal, K)}


def with_exercises(**changes: dict[str, object]) -> Proposal:
    """None in a block or home set but where the changes say so."""
    bare = {"block": None, "home_set": None, "home_note": ""}
    made = (replace(a, **(bare | changes.get(a.id, {}))) for a in PLAN.activities)  # type: ignore[arg-type]
    return replace(PLAN, activities=tuple(made))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_shape(case) -> None:
    proposal = planned(case)
    lines = plan_lines(proposal, K)
    forbid = [line.do_not_perform for line in lines]
    assert len(lines) + bool(proposal.referral) <= 25 and sum(forbid) <= 6 and forbid == sorted(forbid)
    if proposal.referral:
        assert [line.id for line in lines] == sorted((line.id for line in lines), key=ORDER.index)
    told = Counter(id_ for line in lines for id_ in line.covers)
    waits = {a.id for a in proposal.activities if a.kind is ActivityKind.EXERCISE and a.status_reason}
    assert set(told) | waits == {a.id for a in proposal.activities} and not set(told) & waits
    movements = [a.id for a in proposal.activities if a.kind is ActivityKind.RESTRICTION]
    assert all(told[id_] == 1 for id_ in movements)
    _exercises(proposal, lines)


def _exercises(proposal: Proposal, lines: tuple[PlanLine, ...]) -> None:
    in_blocks = Counter(id_ for line in lines if line.id in BLOCKS for id_ in line.covers)
    at_home = Counter(id_ for line in lines if line.id.startswith("home-") for id_ in line.covers)
    for each in ready(proposal):
        assert in_blocks[each.id] == 1 or (in_blocks[each.id] == 0 and at_home[each.id] == 1), each.id
        assert at_home[each.id] <= 1


def test_an_exercise_names_what_it_is_its_dose_and_who_does_it() -> None:
    both = {"block": BlockCode.EXTENSOR_CORE, "home_set": HomeSet.DAILY, "home_note": "with-helper", "dose": "daily"}
    lines = by_id(with_exercises(E02=both, E10={"home_set": HomeSet.DAILY}, E13={"home_set": HomeSet.SESSION}))
    block, daily, session = lines["block-X"], lines["home-daily"], lines["home-session"]
    assert "E02" in block.covers and "E10" not in lines["block-B"].covers
    assert sorted(daily.covers) == ["E02", "E10"] and daily.by_patient and not block.by_patient
    assert {"Supine realignment: daily. With a helper beside."} < set(daily.words)
    assert any(words.startswith("Supported semi-tandem stand: Standing;") for words in daily.words), "told in full"
    assert daily.schedule and (daily.schedule.unit, daily.schedule.minutes, daily.schedule.minutes_max) == ("d", 10, 20)
    assert session.covers == ("E13",)
    assert session.schedule and PLAN.visits and session.schedule.end == PLAN.visits.end
    assert f"until {PLAN.visits.end}, then twice" in session.description


def test_what_is_done_every_day_does_not_say_the_days_of_the_visits() -> None:
    """Of “2/wk + daily” (rule book 2b, 1.2) the home set says the second, as long as the words are ours."""
    daily = by_id(PLAN)["home-daily"]
    told = [words for words in daily.words if words.startswith("Abdominal bracing")]
    assert told and told[0].startswith("Abdominal bracing: daily, 2 sets of 8"), daily.words
    walking, bracing = PLAN.activity("E11"), PLAN.activity("E03")
    assert walking and at_home(walking) == walking, "several times a day"
    assert bracing and at_home(replace(bracing, dose="3 a week")).dose == "3 a week", "the clinician's"
    assert at_home(replace(bracing, home_set=HomeSet.SESSION)).dose == bracing.dose


def test_a_question_with_a_day_ends_as_one() -> None:
    asked = [line.description for line in plan_lines(PLAN, K) if line.id.startswith("review-")]
    assert any("? Decides: " in words for words in asked) and not any("?." in words or ".." in words for words in asked)


def test_at_home_without_a_dose_it_is_named() -> None:
    lines = by_id(with_exercises(E02={"block": BlockCode.EXTENSOR_CORE, "home_set": HomeSet.DAILY, "dose": ""}))
    assert lines["home-daily"].words[1] == "Supine realignment."


def test_an_exercise_without_a_block_is_in_that_of_what_it_trains() -> None:
    lines = by_id(with_exercises())
    assert "E11" in lines["block-WP"].covers and "E14" in lines["block-L"].covers
    assert "E02" in lines["block-X"].covers and "E10" in lines["block-B"].covers


def test_an_exercise_says_in_which_sessions_and_how_it_goes_on() -> None:
    activity = PLAN.activity("E14")
    assert activity and activity.fitt
    fitt = replace(activity.fitt, step_up="more.", step_down="", ready="E31")
    said = activity_words(replace(activity, turn=Turn.ODD, fitt=fitt))
    assert said.endswith(" In odd sessions. Up: more. Next: E31.")
    assert activity_words(replace(activity, fitt=None)).endswith(f"Dose: {activity.dose}.")


def test_the_program_names_the_target_and_its_window() -> None:
    line = by_id(replace(PLAN, ramp=RAMP))["program"]
    assert RAMP.dose_line in line.description
    assert line.schedule and (line.schedule.start, line.schedule.minutes) == (date(2026, 5, 3), 60)
    bare = by_id(replace(PLAN, ramp=None))["program"]
    assert bare.schedule == replace(line.schedule, start=PLAN.start)
    assert "2-3 sessions of 60 minutes a week" in bare.description


def test_the_build_up_says_how_the_minutes_grow_and_until_when() -> None:
    line = by_id(replace(PLAN, ramp=RAMP))["build-up"]
    assert line.words[0] == "Minutes: 15 at first. Full dose from 2026-05-03."
    assert line.window == (PLAN.start, date(2026, 5, 3))


def test_minutes_that_are_held_have_no_day() -> None:
    held = replace(RAMP, full_dose_from=None, held="Surgeon first.", reason="Late.", build_up="Minutes: 15 for now.")
    lines = by_id(replace(PLAN, ramp=held))
    assert lines["program"].schedule is None and "Late." in lines["program"].description
    assert lines["build-up"].words[0] == "Minutes: 15 for now."


def test_a_session_shorter_than_its_target_has_back_legs_and_balance_first() -> None:
    made = replace(PLAN, ramp=RAMP)
    _, shorter = by_id(made)["build-up"].words
    assert shorter.startswith("A session shorter than 60 minutes goes as far as it can in this order")
    first = [title.strip(" .") for title in shorter.partition(": ")[2].partition(" It may")[0].split(";")]
    of = {a.title: a for a in made.activities}
    parts = [of[title].component for title in first[:3]]
    assert [want in part for want, part in zip(REQUIRED, parts, strict=True)] == [True, True, True]
    assert set(first) <= {a.title for a in ready(made)} and len(first) == len(set(first)) > 3
    assert len(by_id(replace(made, ramp=replace(RAMP, start=60)))["build-up"].words) == 1, "full from the start"
    none = replace(made, activities=tuple(replace(a, block=None) for a in made.activities))
    assert len(by_id(none)["build-up"].words) == 1


def test_what_waits_is_named_with_what_it_waits_for() -> None:
    waits = with_exercises(E14={"status_reason": "Starts when pain is 3 or less."})
    assert "Not yet: Wall-supported mini squat. Starts when pain is 3 or less." in waiting(waits)
    assert not any("E14" in line.covers for line in plan_lines(waits, K))


def test_dated_reviews_take_the_place_of_undated_ones() -> None:
    dated = DatedReview("VI9-tolerance", date(2026, 3, 15), "Tolerance check", Decider.THERAPIST)
    reviews = (dated, replace(dated, id="VI9-3", day=date(2026, 6, 1)))
    lines = by_id(replace(PLAN, reviews=reviews))
    assert lines["review-1"].description == "2026-03-15: Tolerance check. Decides: therapist."
    assert lines["review-2"].covers == ("F-REEVAL-3",) and "F-REEVAL-3" not in lines
    assert "Re-evaluation at 6 months" in lines["follow-up"].description
    assert "Re-evaluation at 3 months" not in lines["follow-up"].description
    reworded = with_exercises(**{"F-REEVAL-3": {"original": "as it was", "description": "By phone."}})
    assert "By phone." in by_id(replace(reworded, reviews=reviews))["follow-up"].description


def test_without_days_each_re_evaluation_has_a_line() -> None:
    lines = by_id(replace(PLAN, reviews=()))
    assert {"F-REEVAL-3", "F-REEVAL-6", "F-REEVAL-12"} <= lines.keys()


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], []),
        ([5], [[5]]),
        ([1, 2, 30, 60, 90, 120], [[1, 2], [30], [60], [90], [120]]),
        ([14, 35, 30, 42, 84, 76, 90, 180, 365], [[14], [30, 35, 42], [76, 84, 90], [180], [365]]),
        ([1, 2, 3, 4, 5, 6], [[1], [2], [3], [4], [5, 6]]),
    ],
)
def test_reviews_near_each_other_share_a_line(days, expected) -> None:
    start = date(2026, 3, 1).toordinal()
    reviews = [
        DatedReview(f"VI9-{n}", date.fromordinal(start + day), "x", Decider.CLINICIAN) for n, day in enumerate(days)
    ]
    assert [[each.day.toordinal() - start for each in group] for group in grouped(reviews)] == expected


def test_what_belongs_nowhere_has_a_line_of_its_own() -> None:
    stray = replace(PLAN.activities[0], id="R99", do_not_perform=True)
    kept = Activity("Q1", ActivityKind.EXERCISE, "Stretch", "Slow.", "", PLAN.activities[0].reason)
    lines = plan_lines(replace(PLAN, activities=(*PLAN.activities, stray, kept)), K)
    assert next(line.covers for line in lines if line.do_not_perform) == ("R99",)
    assert next(line for line in lines if line.id == "Q1").words[0] == "Stretch: Slow."
