"""Rising with one helper (rule book 2c, CD13): said, answered, or asked once; two helpers or a hoist mean no."""

from datetime import date

import pytest

from smartapp.core.derive import derive
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.standing import rising_of
from smartapp.core.plan import plan
from smartapp.knowledge import load
from tests.core.charts import chart

TODAY = date(2026, 3, 1)
K = load()
MAN = ["man of 79", "osteopenia", "L1 fracture on 2025-12-10, routine healing"]
RISING = {"E51", "E52"}


def assessed(*facts: str):
    return derive(chart([*MAN, *facts], TODAY), TODAY, K)


def removed(*facts: str) -> set[str]:
    return {id_ for limit in assessed(*facts).constraints for id_ in limit.removes} & RISING


def questions(*facts: str) -> list[str]:
    return [gap.question for gap in assessed(*facts).gaps if "one helper" in gap.question]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ([], "not-said"),
        (["stands with help"], "yes"),
        (["stands with help, resolved"], "not-said"),
        (["stands with help, resolved 2026-02-20"], "not-said"),
        (["two helpers"], "no"),
        (["two helpers, resolved 2026-02-20"], "not-said"),
        (["two helpers, resolved 2026-03-02"], "no"),  # an end still to come ends nothing
        (["stands with help", "two helpers"], "no"),
        (["attested stands with help on 2026-02-20: yes"], "yes"),
        (["attested stands with help on 2026-02-20: no"], "no"),
        (["attested stands with help on 2026-03-02: yes"], "not-said"),  # still to come
        (["attested stands with help on 2026-02-20: yes", "attested stands with help on 2026-02-20: no"], "no"),
        (["attested stands with help on 2026-02-20: no", "attested stands with help on 2026-02-21: yes"], "yes"),
        (["attested stands with help on 2026-02-20: yes", "two helpers on 2026-02-20"], "yes"),
        (["attested stands with help on 2026-02-20: yes", "two helpers on 2026-02-21"], "no"),
        (["attested stands with help on 2026-02-20: yes", "two helpers"], "no"),  # of a day nobody knows
        (
            ["attested stands with help on 2026-02-20: yes", "two helpers on 2026-02-25", "two helpers on 2026-02-01"],
            "no",
        ),
        (
            ["attested stands with help on 2026-02-20: yes", "two helpers on 2026-02-01", "two helpers on 2026-02-25"],
            "no",
        ),
        (["attested stands with help on 2026-02-20: no", "stands with help on 2026-02-25"], "no"),
    ],
)
def test_who_says_that_one_helper_is_enough(facts, state):
    assert rising_of(Facts(chart([*MAN, *facts], TODAY), TODAY, K)).state == state


@pytest.mark.parametrize("why", ["wheelchair", "Clinical Frailty Scale 6 on 2026-02-01"])
def test_in_the_chair_rising_is_open_where_it_is_said_and_asked_once_where_it_is_not(why):
    assert removed(why) == RISING
    assert questions(why) == ["Does the patient stand up with at most one helper?"]
    assert removed(why, "stands with help") == set()
    assert questions(why, "stands with help") == []
    assert removed(why, "two helpers") == RISING
    assert questions(why, "two helpers") == []


def test_two_reasons_for_the_chair_ask_once():
    assert len(questions("wheelchair", "Clinical Frailty Scale 6 on 2026-02-01")) == 1


@pytest.mark.parametrize("facts", [[], ["Clinical Frailty Scale 5 on 2026-02-01"], ["stands with help"]])
def test_who_walks_is_not_asked(facts):
    assert not questions(*facts)
    assert not any("helper" in limit.title for limit in assessed(*facts).constraints)


@pytest.mark.parametrize("more", ["order no weight left given 2026-02-12", "bed bound"])
def test_no_weight_on_a_leg_and_the_bed_leave_rising_out_whatever_is_said(more):
    assert removed("wheelchair", more, "stands with help") == RISING


def test_where_rising_is_left_out_anyway_nothing_is_asked():
    assert not questions("order no weight left given 2026-02-12")
    assert {limit.id for limit in assessed("order no weight left given 2026-02-12").constraints} == {"WP1", "NS9"}


def test_rising_takes_nothing_else_out_and_puts_nothing_else_in():
    with_help, without = (
        {id_ for limit in assessed("wheelchair", *more).constraints for id_ in limit.removes}
        for more in (["stands with help"], [])
    )
    assert without - with_help == RISING


@pytest.mark.parametrize(
    ("facts", "planned"),
    [
        (["stands with help"], RISING),
        (["attested stands with help on 2026-02-20: yes"], RISING),
        (["attested stands with help on 2026-02-20: no"], set()),
        (["two helpers"], set()),
        ([], set()),
    ],
)
def test_the_plan_in_the_chair_has_rising_where_one_helper_is_enough(facts, planned):
    activities = plan(assessed("wheelchair", "pain 2 of 10 on 2026-02-28", *facts), K).activities
    assert {a.id for a in activities} & RISING == planned
