"""A plan that follows a signed one which still runs (rule book 2b: RA5, RA6, VI3, VI6, FU18, FU19).

Each rule is met by one chart and just missed by another. A plan is signed on 2026-03-01; later the chart is read again.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from smartapp.core.changes import ChangeName
from smartapp.core.chart import Source
from smartapp.core.dates import add_months
from smartapp.core.derive import derive
from smartapp.core.follow_up import follow_up, outcome_words
from smartapp.core.plan import plan
from smartapp.core.plan.going_on import going_on
from smartapp.core.program import DoseFlag
from smartapp.core.proposal import Choice, Decision, Proposal
from smartapp.core.review import revise
from smartapp.core.review.renewal import orders_next_visits
from smartapp.core.therapist import Report, ReportKind
from smartapp.core.therapy import NOTHING_KNOWN, Therapy, TherapySession, ToldReport
from tests.core.test_follow_up import OLD, PAIN, SIGNED, K, charted, proposed

NEW = "L3 fracture on 2026-02-09, routine healing"  # day 20 when signed
FIRST = proposed(SIGNED, NEW, PAIN)
STILL = (OLD, "pain 2 of 10 on 2026-02-26")


def later(
    days: int, *facts: str, signed: Proposal = FIRST, therapy: Therapy = NOTHING_KNOWN, edits: tuple[Decision, ...] = ()
) -> Proposal:
    """The chart of the signed plan so many days later, with more on record."""
    day = SIGNED + timedelta(days=days)
    now = derive(charted(day, *(facts or (NEW, PAIN))), day, K)
    made = plan(now, K, continues=going_on(signed, now, K, therapy))
    return revise(made, edits, K) if edits else made


def logged(minutes: int, *days: str) -> Therapy:
    return Therapy(sessions=tuple(
        TherapySession(date.fromisoformat(day), Source(f"Procedure/{day}"), Decimal(minutes), logged=True)
        for day in days
    ))  # fmt: skip


def visited(day: str) -> Therapy:
    return Therapy(reports=(ToldReport(Report(ReportKind.FIRST_VISIT, date.fromisoformat(day)), SIGNED),))


def reviews(made: Proposal) -> dict[str, date]:
    return {review.id: review.day for review in made.reviews}


# -- what happened before, and happens where nothing goes on


def test_a_plan_that_goes_on_from_nothing_begins_anew() -> None:
    day = SIGNED + timedelta(days=80)
    alone = proposed(day, NEW, PAIN)
    assert alone.ramp and alone.ramp.start == 40 and alone.ramp.full_dose_from == date(2026, 6, 17)
    assert alone.end == date(2027, 5, 20) and alone.continues is None


# -- the year and the minutes


@pytest.mark.parametrize(
    ("days", "minutes", "said"),
    [
        (0, 15, "This plan goes on at 15, reaches 60 min on 2026-05-03"),
        (6, 15, "goes on at 15"),
        (7, 20, "goes on at 20"),
        (62, 55, "goes on at 55, reaches 60 min on 2026-05-03"),
        (63, 60, "goes on at 60, full dose since 2026-05-03"),
        (80, 60, "goes on at 60, full dose since 2026-05-03; 9 months at full dose by 2027-03-01."),
    ],
)
def test_the_minutes_and_the_year_go_on_as_they_were_signed(days: int, minutes: int, said: str) -> None:
    made = later(days)
    assert made.ramp and (made.ramp.start, made.ramp.first, made.ramp.target) == (minutes, 15, 60)
    assert made.ramp.full_dose_from == date(2026, 5, 3) and made.ramp.begun == SIGNED and made.ramp.rule == "RA1b"
    assert made.end == FIRST.end == date(2027, 3, 1) and made.year_from == SIGNED
    assert made.ramp.dose_line.startswith("Continues the plan signed on 2026-03-01. Source dose")
    assert said in made.ramp.dose_line and made.ramp.flag is DoseFlag.OK
    assert made.start == SIGNED + timedelta(days=days)


def test_a_chain_of_plans_keeps_the_first_day() -> None:
    second = later(30)
    third = later(80, signed=second)
    assert third.ramp and third.ramp.full_dose_from == date(2026, 5, 3) and third.year_from == SIGNED
    assert third.continues and third.continues.signed_on == date(2026, 3, 31)


def test_the_re_evaluations_of_the_year_stay_on_their_days() -> None:
    before, now = reviews(FIRST), reviews(later(80))
    assert {id_: now[id_] for id_ in ("VI9-3", "VI9-6", "VI9-12")} == {
        id_: before[id_] for id_ in ("VI9-3", "VI9-6", "VI9-12")
    }
    assert now["VI6-renewal"] == date(2026, 8, 4), "those of the order are counted from the order"
    assert "VI9-3" not in reviews(later(100)), "its day has passed"


def test_they_count_from_the_first_visit_once_it_is_known() -> None:
    made = later(80, therapy=visited("2026-03-20"))
    assert reviews(made)["VI9-3"] == date(2026, 6, 20)
    told = follow_up(made, later(120, signed=made), K, visited("2026-06-03"))
    due = next(row for row in told if row.rule == "FU6")
    assert "(2026-06-20)" in due.signed, "the first visit of the next order does not move it"


def test_what_the_clinician_set_of_the_dose_goes_on_with_it() -> None:
    edits = (Decision("dose.minutes", Choice.CHANGE, "45", "tires"), Decision("dose.months", Choice.CHANGE, "9", "x"))
    signed = revise(FIRST, edits, K)
    made = later(80, signed=signed, edits=edits)
    assert made.ramp and (made.ramp.start, made.ramp.target) == (45, 45)
    assert made.ramp.full_dose_from == signed.ramp.full_dose_from and made.end == signed.end  # type: ignore[union-attr]


# What begins the minutes anew in the same year, and what just does not.
STEPPED_BACK = {
    "PG10, pain of 7": ((NEW, "pain 7 of 10 on 2026-05-18"), (NEW, "pain 3 of 10 on 2026-05-18")),
    "CD16, a hold": (
        (NEW, "height 170 cm on 2026-02-20", "height 167 cm on 2026-05-18"),
        (NEW, "height 170 cm on 2026-02-20", "height 169 cm on 2026-05-18"),
    ),
    "RA2, another target": ((NEW, PAIN, "frailty"), (NEW, PAIN)),
}


@pytest.mark.parametrize("name", STEPPED_BACK)
def test_a_fact_that_holds_or_steps_back_lets_the_minutes_begin_anew_in_the_same_year(name: str) -> None:
    meets, misses = STEPPED_BACK[name]
    anew, on = later(80, *meets), later(80, *misses)
    assert anew.continues and anew.continues.ramp_from is None and anew.end == FIRST.end
    assert anew.ramp and anew.ramp.start < 60 and anew.visits and anew.visits.order == 1
    assert "Continues the plan signed on 2026-03-01" in anew.ramp.dose_line
    assert on.continues and on.continues.ramp_from == SIGNED and on.ramp and on.ramp.start == 60


def test_a_lower_start_by_todays_rule_begins_anew_and_a_higher_one_does_not() -> None:
    """RA1c signed; with pain of 4 the rule of the acute phase starts lower."""
    fact = "L3 fracture on 2026-01-10, routine healing"
    settled = proposed(SIGNED, fact, PAIN)
    assert settled.ramp and settled.ramp.rule == "RA1c"
    worse = later(20, fact, "pain 4 of 10 on 2026-03-20", signed=settled)
    same = later(20, fact, "pain 3 of 10 on 2026-03-20", signed=settled)
    assert worse.continues and worse.continues.ramp_from is None and worse.ramp and worse.ramp.start == 15
    assert same.continues and same.continues.ramp_from == SIGNED and same.ramp and same.ramp.start == 40


def test_what_was_held_when_signed_begins_by_rule_once_it_is_free() -> None:
    held = proposed(SIGNED, NEW, "pain 8 of 10 on 2026-02-26")
    assert held.ramp and held.ramp.held
    free = later(80, signed=held)
    assert free.ramp and not free.ramp.held and free.ramp.begun == free.start and free.ramp.start == 40
    assert free.end == held.end, "the year goes on all the same"


@pytest.mark.parametrize(
    "facts",
    [
        (NEW, PAIN, "L1 fracture on 2026-05-01"),
        (NEW, PAIN, "kyphoplasty at lumbar on 2026-05-01, L3"),
    ],
)
def test_a_new_fracture_or_operation_begins_another_course(facts: tuple[str, ...]) -> None:
    made = later(80, *facts)
    assert made.continues is None
    assert made.referral is None or made.end == date(2027, 5, 20)


def test_a_plan_without_a_program_or_ramp_is_gone_on_from_as_far_as_it_goes() -> None:
    day = SIGNED + timedelta(days=80)
    now = derive(charted(day, NEW, PAIN), day, K)
    assert going_on(replace(FIRST, referral=None), now, K) is None
    kept = going_on(replace(FIRST, ramp=None, visits=None, priority=None), now, K)  # signed before there were ramps
    assert kept and kept.year_from == SIGNED and kept.ramp_from is None and kept.first_visit is None
    uncounted = going_on(replace(FIRST, visits=None), now, K)
    assert uncounted and uncounted.order == 2


@pytest.mark.parametrize(
    ("days", "year", "goes_on"), [(334, True, True), (335, False, True), (365, False, True), (366, False, False)]
)
def test_near_its_end_a_new_year_begins_and_after_it_nothing_goes_on(days: int, year: bool, goes_on: bool) -> None:
    """FU18: from 30 days before the end on signing renews."""
    made = later(days)
    assert (made.continues is not None) is goes_on
    assert bool(made.continues and made.continues.year_from) is year
    if not year:
        assert made.end == add_months(made.start, 12)


# -- the log of the therapist (FU19, PG6)


@pytest.mark.parametrize(
    ("therapy", "start", "full"),
    [
        (logged(40, "2026-06-01"), 40, date(2026, 7, 7)),  # late by more than four weeks, and behind
        (logged(60, "2026-06-01"), 60, date(2026, 5, 3)),  # reached
        (logged(40, "2026-05-12"), 60, date(2026, 5, 3)),  # older than four weeks: says nothing of today
        (NOTHING_KNOWN, 60, date(2026, 5, 3)),
    ],
)
def test_minutes_a_log_shows_behind_go_on_from_there(therapy: Therapy, start: int, full: date) -> None:
    made = later(100, therapy=therapy)
    assert made.ramp and (made.ramp.start, made.ramp.full_dose_from) == (start, full)


def test_within_four_weeks_of_the_day_of_full_dose_the_log_changes_nothing() -> None:
    made = later(91, therapy=logged(40, "2026-05-25"))
    assert made.ramp and made.ramp.start == 60


@pytest.mark.parametrize(
    ("therapy", "now"),
    [
        (logged(40, "2026-06-01"), "40 min at most by the log of the last 4 weeks"),
        (logged(60, "2026-06-01"), ""),
        (NOTHING_KNOWN, "The day has passed; no log of the last weeks tells the minutes done"),
    ],
)
def test_the_question_about_full_dose_knows_the_log(therapy: Therapy, now: str) -> None:
    rows = follow_up(FIRST, later(100, therapy=therapy), K, therapy)
    assert [row.now for row in rows if row.name is ChangeName.FULL_DOSE_LATE] == ([now] if now else [])


# -- the visits (VI3, VI6)


def test_from_the_day_of_renewal_on_the_visits_thin_out() -> None:
    before, on_the_day = later(75), later(76)
    assert before.visits and (before.visits.order, before.visits.count) == (1, 25)
    assert on_the_day.visits and (on_the_day.visits.order, on_the_day.visits.count) == (2, 6)
    visits = on_the_day.visits
    assert visits.text == "Renewal: re-evaluation + 5 visits in 12 weeks, 1 every 2 weeks."
    assert (visits.frequency, visits.period_weeks, visits.weeks) == (1, 2, 12)
    third = later(160, signed=on_the_day)
    assert third.visits and (third.visits.order, third.visits.count, third.visits.period_weeks) == (3, 3, 4)
    fourth = later(240, signed=third)
    assert fourth.visits and (fourth.visits.order, fourth.visits.count) == (4, 3)


def test_visits_that_wait_for_something_are_ordered_by_their_preset_again() -> None:
    held = proposed(SIGNED, NEW, "pain 8 of 10 on 2026-02-26")
    made = later(80, NEW, "pain 8 of 10 on 2026-05-18", signed=held)
    assert made.visits and made.visits.order == 1 and made.visits.preset == held.visits.preset  # type: ignore[union-attr]


def test_a_year_has_about_38_visits_in_preset_b() -> None:
    signed = proposed(SIGNED, *STILL)
    ordered, last = [signed.visits.count], signed  # type: ignore[union-attr]
    for days in (84, 168, 252, 336 - 6):
        last = later(days, *STILL, signed=last)
        assert last.visits
        ordered.append(last.visits.count)
    assert signed.visits and signed.visits.preset == "B" and ordered == [25, 6, 3, 3, 3]


def test_only_the_order_is_signed_where_nothing_else_has_changed() -> None:
    signed = proposed(SIGNED, *STILL)
    assert orders_next_visits(signed, later(76, *STILL, signed=signed))
    assert not orders_next_visits(signed, later(75, *STILL, signed=signed))
    assert not orders_next_visits(
        signed, later(80, *STILL, "height 170 cm on 2026-02-20", "height 167 cm on 2026-05-10", signed=signed)
    )
    assert not orders_next_visits(signed, later(340, *STILL, signed=signed)), "a new year is a new plan"
    assert not orders_next_visits(replace(signed, visits=None), later(80, *STILL, signed=signed))
    edited = later(80, *STILL, signed=signed, edits=(Decision("E27", Choice.DROP),))
    assert not orders_next_visits(signed, edited)


def test_a_new_result_sets_the_goal_anew_and_an_old_one_leaves_it_as_signed() -> None:
    signed = proposed(SIGNED, *STILL, "gait speed 1.0 on 2026-02-20")
    assert orders_next_visits(signed, later(100, *STILL, "gait speed 1.0 on 2026-02-20", signed=signed))
    again = (*STILL, "gait speed 1.0 on 2026-02-20", "gait speed 1.1 on 2026-06-05")
    assert not orders_next_visits(signed, later(100, *again, signed=signed))


def test_as_weeks_pass_it_stays_the_plan_that_was_signed() -> None:
    assert {later(days, *STILL, signed=proposed(SIGNED, *STILL)).content_hash for days in (0, 10, 40, 75)} == {
        proposed(SIGNED, *STILL).content_hash
    }


# -- closing (FU18)


def test_how_a_plan_came_out_is_told_once_it_may_end() -> None:
    measured = (*STILL, "gait speed 1.0 on 2026-02-20")
    signed = proposed(SIGNED, *measured)
    again = (*measured, "gait speed 1.2 on 2027-01-20")
    second = later(80, *measured, signed=signed)
    near = later(340, *again, signed=second)
    tests, home = outcome_words(signed, second, near, K)
    assert tests == "Outcome: Gait speed, 4 m, usual 1 → 1.2 m/s.", "from the first plan of the line"
    assert home.startswith("At home for life: ") and "," in home
    assert outcome_words(signed, second, later(200, *again, signed=second), K) == ()
