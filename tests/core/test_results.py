"""Results of tests entered at the review: they count like those of the chart, and end no stop."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartapp.core.chart import Chart, Patient
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.fingerprint import chart_hash
from smartapp.core.kinds import Quantity, Site
from smartapp.core.outcomes import OutcomeTest
from smartapp.core.plan import plan
from smartapp.core.proposal import Proposal
from smartapp.core.review.results import (
    ENTERED,
    EnteredResult,
    check_result,
    entered_in,
    entered_lines,
    range_words,
    results_of_tests,
    with_entered_results,
)
from smartapp.core.states import Disposition
from smartapp.errors import ReviewError
from smartapp.knowledge import load
from tests.core.charts import chart

K = load()
TODAY = date(2026, 3, 1)
MIDDLE = ("man of 68", "osteopenia", "L2 fracture on 2025-10-12, routine healing")
ANN = "Dr. Ann Reed"


def entered(test: str, value: str, on: str = "2026-02-27", by: str = ANN, at: date = TODAY) -> EnteredResult:
    return EnteredResult(f"{test}-{value}", test, Decimal(value), date.fromisoformat(on), by, at)


def counted(facts: tuple[str, ...], *results: EnteredResult) -> tuple[Chart, tuple[EnteredResult, ...]]:
    return with_entered_results(chart(facts, TODAY), results, TODAY, K)


def planned(facts: tuple[str, ...], *results: EnteredResult) -> Proposal:
    return plan(derive(counted(facts, *results)[0], TODAY, K), K)


def test_the_walking_aid_of_an_entered_result_counts_as_that_of_a_record():
    cane, free = replace(entered("tug", "15"), aid="cane"), replace(entered("tug", "9", on="2026-02-28"), aid="none")
    (measured,) = entered_in(counted(MIDDLE, cane)[0])
    assert (measured.device, measured.recorded_value) == ("cane", "15 s with a cane")
    alone, beside = planned(MIDDLE, cane), planned(MIDDLE, cane, free)
    assert any(goal.row == "GS4" and goal.baseline == 15 for goal in alone.goals)
    tug = next(measure for measure in beside.measures if measure.row == "tug")
    assert tug.value == 9 and "with another walking aid, not compared" in tug.trend


def test_a_record_without_the_aid_that_was_said_is_not_the_entered_result():
    on_record = (*MIDDLE, "timed up and go 15 s on 2026-02-27")
    assert not list(entered_in(counted(on_record, entered("tug", "15"))[0]))
    assert list(entered_in(counted(on_record, replace(entered("tug", "15"), aid="cane"))[0]))


@pytest.mark.parametrize(
    ("test", "aid", "wrong"),
    [("tug", "cane", False), ("gait", "walker", False), ("tug", "sled", True), ("cst30", "cane", True)],
)
def test_a_walking_aid_is_given_with_tests_of_walking_only(test, aid, wrong):
    row = K.library.tests[test]
    value = row.between[0]
    if not wrong:
        check_result(row, value, TODAY, Patient("Patient/1"), TODAY, aid)
        return
    with pytest.raises(ReviewError, match="walking aid is given with tests of walking only"):
        check_result(row, value, TODAY, Patient("Patient/1"), TODAY, aid)


def test_an_entered_result_says_the_same_as_one_of_the_chart():
    read = planned((*MIDDLE, "timed up and go 15 s on 2026-02-27"))
    said = planned(MIDDLE, entered("tug", "15"))
    for of_plan in (
        lambda p: [(g.row, g.description, g.baseline, g.low, g.high) for g in p.goals],
        lambda p: [(a.code, a.severity) for a in p.assessment.alerts],
        lambda p: (p.visits.preset, p.ramp.rule, p.ramp.start, p.priority.value),
    ):
        assert of_plan(said) == of_plan(read) != of_plan(planned(MIDDLE))
    assert [a.id for a in said.activities] == [a.id for a in read.activities]
    measure = next(m for m in said.measures if m.row == "tug")
    assert (measure.value, measure.source, measure.usable, measure.at_risk) == (15, ENTERED, True, True)


def test_what_stands_in_the_chart_already_is_not_counted_twice():
    read = ("timed up and go 15 s on 2026-02-27",)
    found, held = counted((*MIDDLE, *read), entered("tug", "15"), entered("tug", "15", on="2026-02-20"))
    assert not held
    (line,) = entered_lines(found)
    assert "15 s on 2026-02-20" in line
    assert sum(m.value == 15 for m in found.measurements) == 2


@st.composite
def results(draw: st.DrawFn) -> list[EnteredResult]:
    """Any result that can be entered of each of some tests."""
    tests = [test for test in K.library.tests.values() if test.can_be_entered]
    chosen = draw(st.lists(st.sampled_from(tests), min_size=1, max_size=6, unique_by=lambda test: test.id))
    return [entered(test.id, str(draw(_values(test)))) for test in chosen]


def _values(test: OutcomeTest) -> st.SearchStrategy[Decimal]:
    low, high = test.between or (Decimal(0), Decimal(0))
    return st.integers(int(low), int(high)).map(Decimal) if test.whole else st.decimals(low, high, places=1)


@given(results(), st.sampled_from([MIDDLE, ("woman of 82", "osteopenia", "L1 fracture on 2026-02-01")]))
@settings(max_examples=60, deadline=None)
def test_whatever_is_entered_no_goal_is_met_at_its_baseline(said: list[EnteredResult], facts: tuple[str, ...]):
    made = planned(facts, *said)
    for goal in made.goals:
        if goal.baseline is not None:
            assert goal.high is None or goal.baseline > goal.high, goal
            assert goal.low is None or goal.baseline < goal.low, goal
        assert goal.due is None or goal.due > TODAY


def test_it_says_where_it_comes_from_and_is_part_of_what_was_seen():
    found, _ = counted(MIDDLE, entered("gait", "0.75"))
    assert list(entered_lines(found)) == [
        "Gait speed, 4 m, usual: 0.75 m/s on 2026-02-27, entered by Dr. Ann Reed, 2026-03-01."
    ]
    other, _ = counted(MIDDLE, entered("gait", "0.76"))
    assert len({chart_hash(each) for each in (found, other, chart(MIDDLE, TODAY))}) == 3
    goal = next(g for g in planned(MIDDLE, entered("gait", "0.75")).goals if g.row == "GS6")
    assert goal.baseline == Decimal("0.75") and ENTERED in {s.reference for s in goal.reason.sources}


def test_a_test_chosen_by_fact_changes_the_pair():
    few, many = (planned(MIDDLE, entered("cst30", value)) for value in ("4", "5"))
    assert few.activity("E09") and not few.activity("E20")
    assert many.activity("E20") and not many.activity("E09")


SOFT = (*MIDDLE, "hemoglobin 9.5 g/dL on 2026-02-20")


def test_a_danger_counts_and_what_would_end_it_is_held():
    assert counted(SOFT)[0] == chart(SOFT, TODAY)
    worst = derive(counted(SOFT, entered("nrs", "8"))[0], TODAY, K)
    assert derive(chart(SOFT, TODAY), TODAY, K).disposition.prescribes
    assert worst.disposition is Disposition.CONFIRM_FIRST

    pain = (*SOFT, "pain 8 of 10 on 2026-02-25")
    better = entered("nrs", "2")
    found, held = counted(pain, better)
    assert held == (better,) and found == chart(pain, TODAY)
    assert derive(found, TODAY, K).disposition is Disposition.CONFIRM_FIRST
    found, held = counted(pain, entered("nrs", "9"), entered("tug", "15"))  # what ends nothing counts beside it
    assert not held and len(found.measurements) == len(chart(pain, TODAY).measurements) + 2


def test_without_a_stop_the_newest_score_counts_as_in_the_chart():
    pain = (*MIDDLE, "pain 8 of 10 on 2026-02-25")
    found, held = counted(pain, entered("nrs", "2"))
    assert not held and derive(found, TODAY, K).pain == 2


def test_a_result_of_a_row_that_is_no_more_is_held():
    for row in ("walked-once", "extensor-hold"):
        result = entered(row, "3")
        assert counted(MIDDLE, result) == (chart(MIDDLE, TODAY), (result,))


PATIENT = Patient("Patient/1", birth=When.day(date(2025, 1, 1)))


@pytest.mark.parametrize(
    ("test", "value", "on", "told"),
    [
        ("tug", "1.9", "2026-02-27", "Timed Up and Go, 3 m: 1.9 cannot be. Give a number from 2 to 600 s."),
        ("tug", "600.1", "2026-02-27", "600.1 cannot be"),
        ("nrs", "11", "2026-02-27", "Pain now, 0-10: 11 cannot be. Give a whole number from 0 to 10 of 10."),
        ("cst30", "11.5", "2026-02-27", "11.5 is not a whole number. Give a whole number from 0 to 60 stands."),
        ("tug", "15", "2026-03-02", "2026-03-02 is still to come"),
        ("tug", "15", "2024-02-29", "2024-02-29 is too long ago"),
        ("tug", "15", "2024-12-31", "2024-12-31 is too long ago"),  # before the birth
    ],
)
def test_what_cannot_be_is_refused_by_name(test, value, on, told):
    with pytest.raises(ReviewError) as refused:
        check_result(K.library.tests[test], Decimal(value), date.fromisoformat(on), PATIENT, TODAY)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("test", "value", "on"),
    [
        ("tug", "2", "2026-03-01"),
        ("tug", "600", "2025-01-01"),
        ("nrs", "10", "2026-02-27"),
        ("cst30", "0", "2026-03-01"),
    ],
)
def test_what_just_can_be_is_taken(test, value, on):
    check_result(K.library.tests[test], Decimal(value), date.fromisoformat(on), PATIENT, TODAY)
    check_result(K.library.tests[test], Decimal(value), date.fromisoformat(on), Patient("Patient/1"), TODAY)


def test_every_test_the_chart_is_read_for_can_be_entered():
    for test in K.library.tests.values():
        assert test.can_be_entered is (test.quantity is not None)
        assert not test.can_be_entered or range_words(test).startswith("Give a ")


def test_values_that_are_no_tests_can_be_entered_with_their_site_and_basis():
    score = EnteredResult(
        "1", "t-score", Decimal("-2.7"), date(2026, 2, 1), ANN, TODAY, Site.FEMORAL_NECK, "Report seen"
    )
    found, held = counted(MIDDLE, score, entered("vitamin-d", "14"))
    now = derive(found, TODAY, K)
    assert not held and (now.bone_density.value, now.bone_density.cls) == (Decimal("-2.7"), "osteoporosis")
    assert now.vitamin_d.ng_per_ml == 14
    told = list(entered_lines(found))
    assert (
        f"T-score by DXA: -2.7 standard deviations on 2026-02-01, entered by {ANN}, 2026-03-01 (Report seen)." in told
    )


def test_a_value_is_held_to_what_is_believed():
    with pytest.raises(ReviewError, match=r"T-score by DXA: 27 cannot be\. Give a number from -6 to 4"):
        check_result(K.library.enterable["t-score"], Decimal(27), TODAY, Patient("Patient/p"), TODAY)
    assert "extensor-hold" not in K.library.enterable and {"nrs", "vitamin-d"} <= K.library.enterable.keys()


def test_a_blood_test_counts_at_once_and_its_record_is_the_laboratorys():
    found, held = counted(MIDDLE, entered("calcium", "11.4"), entered("egfr", "64"))
    assert not held and not derive(found, TODAY, K).disposition.prescribes
    assert not list(results_of_tests(found))
    assert counted(
        ("woman of 66", "L2 fracture on 2025-12-01", "calcium 11.4 mg/dL on 2026-02-20"), entered("calcium", "9.4")
    )[1]


def test_no_blood_test_can_be_entered_that_the_rules_cannot_call_high():
    """Of these only the laboratory's mark says it: without one a danger would pass for normal."""
    marked = {Quantity.ALKALINE_PHOSPHATASE, Quantity.PTH, Quantity.TSH, Quantity.PHOSPHATE, Quantity.CREATININE}
    assert not marked & {value.quantity for value in K.library.values.values()}


def test_what_is_told_from_a_report_counts_and_is_no_test_that_is_written():
    """A T-score or a vitamin D level has its own record elsewhere; a test of movement has none."""
    told = (replace(entered("t-score", "-2.1"), site=Site.TOTAL_HIP), entered("vitamin-d", "31"), entered("tug", "15"))
    found, held = counted(MIDDLE, *told)
    assert not held
    assert {m.quantity for m in entered_in(found)} == {Quantity.T_SCORE, Quantity.VITAMIN_D, Quantity.TIMED_UP_AND_GO}
    assert [m.quantity for m in results_of_tests(found)] == [Quantity.TIMED_UP_AND_GO]
