"""Tests a plan is measured by: what the chart has of them, and which may be asked for (rule book 2b, 5.1)."""

from datetime import date
from decimal import Decimal

import pytest

from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.program import OutcomeMeasure
from smartapp.knowledge import load
from tests.cases import cases, planned
from tests.core.charts import chart

K = load()
TODAY = date(2026, 3, 1)
MIDDLE = ("osteopenia", "L2 fracture on 2025-10-12, routine healing")
NEW = ("osteopenia", "L1 fracture on 2026-02-09, routine healing")
DAY_42, DAY_41 = (f"L1 fracture on {day}, routine healing" for day in ("2026-01-18", "2026-01-19"))


def measures(*facts: str, who: str = "man of 68") -> dict[str, OutcomeMeasure]:
    return {m.row: m for m in plan(derive(chart((who, *facts), TODAY), TODAY, K), K).measures}


def test_the_rows_are_those_of_the_rule_book():
    rows = "nrs odi rmdq qualeffo tug cst30 cst30-arms sts5 stage4 one-leg gait occiput-wall loaded-standing"
    assert list(K.library.tests) == f"{rows} extensor-hold fes-i stay-independent falls-12m frax height grip".split()


@pytest.mark.parametrize(
    ("row", "fact", "at_risk"),
    [
        ("nrs", "pain 4 of 10 on 2026-02-27", True),
        ("nrs", "pain 3 of 10 on 2026-02-27", False),
        ("tug", "timed up and go 12 s on 2026-02-20", True),
        ("tug", "timed up and go 11.9 s on 2026-02-20", False),
        ("cst30", "chair stands 11 on 2026-02-20", True),
        ("cst30", "chair stands 12 on 2026-02-20", False),
        ("sts5", "chair rise 15.1 s on 2026-02-20", True),
        ("sts5", "chair rise 15 s on 2026-02-20", False),
        ("stage4", "tandem stance 9.9 s on 2026-02-20", True),
        ("stage4", "tandem stance 10 s on 2026-02-20", False),
        ("gait", "gait speed 0.8 m/s on 2026-02-20", True),
        ("gait", "gait speed 0.81 m/s on 2026-02-20", False),
        ("odi", "Oswestry 41 on 2026-02-20", True),
        ("odi", "Oswestry 40 on 2026-02-20", False),
        ("fes-i", "falls efficacy 28 on 2026-02-20", True),
        ("fes-i", "falls efficacy 27 on 2026-02-20", False),
    ],
)
def test_each_cut_off_has_two_sides(row, fact, at_risk):
    assert measures(*MIDDLE, fact)[row].at_risk is at_risk


@pytest.mark.parametrize(("who", "line"), [("man of 68", 27), ("woman of 68", 16)])
def test_grip_is_judged_by_sex_shown_where_it_is_on_record_and_never_asked_for(who, line):
    assert "grip" not in {row for row, m in measures(*MIDDLE, who=who).items() if m.asked or m.wait}
    assert not measures(*MIDDLE, f"grip {line} kg on 2026-02-20", who=who)["grip"].at_risk
    found = measures(*MIDDLE, f"grip {line - 1} kg on 2026-02-20", who=who)["grip"]
    assert (found.at_risk, found.cut_off, found.asked) == (True, f"under {line} kg", False)


@pytest.mark.parametrize(
    ("who", "line"),
    [
        ("man of 60", 14), ("woman of 64", 12), ("man of 65", 12), ("woman of 69", 11), ("man of 74", 12),
        ("woman of 70", 10), ("man of 79", 11), ("woman of 75", 10), ("man of 84", 10), ("woman of 80", 9),
        ("man of 85", 8), ("woman of 89", 8), ("man of 94", 7), ("woman of 90", 4),
    ],
)  # fmt: skip
def test_chair_stands_are_judged_by_age_and_sex(who, line):
    assert measures(*MIDDLE, f"chair stands {line} on 2026-02-20", who=who)["cst30"].at_risk is False
    found = measures(*MIDDLE, f"chair stands {line - 1} on 2026-02-20", who=who)["cst30"]
    assert found.at_risk and found.cut_off == f"fewer than {line}"


def test_without_age_or_sex_there_is_no_line():
    for who in ("person of 70", "man of 0", "man of 59"):
        found = measures(*MIDDLE, "chair stands 1 on 2026-02-20", who=who)["cst30"]
        assert not found.at_risk and not found.cut_off


@pytest.mark.parametrize(
    ("facts", "usable"),
    [
        (("timed up and go 15 s on 2025-12-01",), True),
        (("timed up and go 15 s on 2025-11-30",), False),
        (("timed up and go 15 s",), False),
        (("timed up and go 15 s on 2026-02-20, with walker", "gait speed 0.9 on 2026-02-21, with cane"), False),
        (("timed up and go 15 s on 2026-02-20, with walker", "gait speed 0.9 on 2026-02-21, with walker"), True),
        (("timed up and go 15 s on 2026-02-20, with walker", "gait speed 0.9 on 2026-02-21"), True),
        (("timed up and go 15 s on 2026-02-20", "gait speed 0.9 on 2026-02-21, with cane"), True),
        (("timed up and go 15 s on 2026-02-20, with walker", "gait speed 0.9 on 2026-02-19, with cane"), True),
        (
            ("timed up and go 15 s on 2026-02-20, with walker", "gait speed 0.9 on 2026-02-20, with cane"),
            True,  # two of one day: nobody knows which is used
        ),
        (("timed up and go 15 s on 2026-02-20, with walker", "gait speed 0.9 on 2026-03-02, with cane"), True),
        (("timed up and go <15 s on 2026-02-20",), False),
    ],
)
def test_a_result_counts_for_ninety_days_and_with_the_walking_aid_of_today(facts, usable):
    found = measures(*MIDDLE, *facts)["tug"]
    assert found.usable is usable and found.value == Decimal(15)


def test_the_newest_counts_of_one_day_the_worst():
    facts = (
        "timed up and go 9 s on 2026-01-20",
        "timed up and go 15 s on 2026-02-20",
        "timed up and go 14 s on 2026-02-20",
    )
    assert measures(*MIDDLE, *facts)["tug"].value == 15
    facts = ("gait speed 0.9 m/s on 2026-02-20", "gait speed 0.7 m/s on 2026-02-20")
    assert measures(*MIDDLE, *facts)["gait"].value == Decimal("0.7")
    assert measures(*MIDDLE, "timed up and go 15 s on 2026-03-02")["tug"].value is None  # still to come


@pytest.mark.parametrize(
    ("facts", "trend"),
    [
        (("timed up and go 15 s on 2026-02-20",), ""),
        (("timed up and go 19 s on 2026-01-20", "timed up and go 15 s on 2026-02-20"), "19 on 2026-01-20: better"),
        (
            ("timed up and go 19 s on 2026-01-20, with walker", "timed up and go 15 s on 2026-02-20, with cane"),
            "19 on 2026-01-20: with another walking aid, not compared",
        ),
        (("timed up and go 15 s on 2026-01-20", "timed up and go 19 s on 2026-02-20"), "15 on 2026-01-20: worse"),
        (
            ("timed up and go 16 s on 2026-01-20", "timed up and go 15 s on 2026-02-20"),
            "16 on 2026-01-20: no clear change",
        ),
        (("timed up and go <16 s on 2026-01-20", "timed up and go 15 s on 2026-02-20"), ""),
    ],
)
def test_a_trend_is_told_against_the_result_before(facts, trend):
    assert measures(*MIDDLE, *facts)["tug"].trend == trend


def test_more_is_better_where_the_test_says_so_and_some_have_only_a_trend():
    facts = ("chair stands 9 on 2026-01-20", "chair stands 12 on 2026-02-20")
    assert measures(*MIDDLE, *facts)["cst30"].trend == "9 on 2026-01-20: better"
    assert K.library.tests["qualeffo"].change is None


@pytest.mark.parametrize(
    ("facts", "row", "wait"),
    [
        ((*NEW,), "sts5", "not in the initial phase"),
        ((*MIDDLE,), "sts5", ""),
        ((*NEW,), "one-leg", "not in the initial phase"),
        ((*MIDDLE, "pain 7 of 10 on 2026-02-27"), "tug", "not at pain 7 or more"),
        ((*MIDDLE, "pain 7 of 10 on 2026-02-27"), "nrs", ""),
        ((*MIDDLE, "palliative"), "fes-i", "comfort comes first"),
        ((*MIDDLE, "palliative"), "nrs", ""),
        ((*MIDDLE, "wheelchair"), "height", "not in the chair programme"),
        (("osteopenia", DAY_41), "cst30", "from day 42 after the fracture"),
        (("osteopenia", DAY_42), "cst30", ""),
        (("osteopenia", DAY_42, "pain 4 of 10 on 2026-02-27"), "cst30", "when pain is 3 or less"),
        (("osteopenia", DAY_42), "qualeffo", ""),
        (("osteopenia", DAY_41), "qualeffo", "from day 42 after the fracture"),
        ((*NEW,), "extensor-hold", "when lying prone is allowed"),
        ((*MIDDLE,), "extensor-hold", ""),
        ((*MIDDLE, "order no weight left until 2026-04-04 given 2026-02-12"), "gait", "not with: No weight on a leg"),
        ((*MIDDLE, "wheelchair"), "cst30-arms", "not with: Does not walk"),
    ],
)
def test_a_test_waits_until_it_is_safe(facts, row, wait):
    found = measures(*facts)[row]
    assert found.wait == wait and not (wait and found.asked)


def test_stay_independent_is_asked_from_65_years():
    assert measures(*MIDDLE, who="man of 64")["stay-independent"].wait == "from 65 years"
    assert measures(*MIDDLE, who="man of 65")["stay-independent"].wait == ""
    assert measures(*MIDDLE, who="man of 0")["stay-independent"].wait == "from 65 years"


def test_where_arms_must_help_the_stand_is_asked_with_arms():
    assert measures(*NEW)["cst30-arms"].asked and not measures(*NEW)["cst30"].asked
    assert measures(*MIDDLE)["cst30"].asked and not measures(*MIDDLE)["cst30-arms"].asked
    assert not measures(*NEW, "fracture upper limb on 2026-02-10")["cst30-arms"].asked


def test_a_test_that_is_never_done_stands_in_no_plan():
    never = [test.title.lower() for test in K.library.never_tests] + ["sorensen", "sit-and-reach", "1rm"]
    for case in cases():
        made = planned(case)
        told = " ".join((made.referral.note if made.referral else "", *(goal.description for goal in made.goals)))
        assert not [title for title in never if title in told.lower()]
        assert not [m.title for m in made.measures if m.title.lower() in never]


def test_without_a_plan_results_are_shown_and_nothing_is_asked():
    found = measures(
        "osteopenia", "L2 fracture on 2025-10-12, routine healing", "cauda equina", "timed up and go 15 s on 2026-02-20"
    )
    assert found["tug"].value == 15 and not any(m.asked or m.wait for m in found.values())


# -- what results tell the therapist (OM3, OM5, OM6, OM8)


def notes(*facts: str) -> str:
    return " ".join(plan(derive(chart(("man of 68", *facts), TODAY), TODAY, K), K).notes)


@pytest.mark.parametrize(
    ("fact", "misses", "told"),
    [
        ("falls efficacy 28 on 2026-02-20", "falls efficacy 27 on 2026-02-20", "Fear of falling is high (FES-I 28)"),
        ("gait speed 0.8 m/s on 2026-02-20", "gait speed 0.81 m/s on 2026-02-20", "Walking is slow (0.8 m/s)"),
        ("chair rise 15.1 s on 2026-02-20", "chair rise 15 s on 2026-02-20", "Rising is slow (15.1 s for five)"),
        ("Oswestry 41 on 2026-02-20", "Oswestry 40 on 2026-02-20", "Disability is high (Oswestry 41 %)"),
        ("falls efficacy 28 on 2026-02-20", "falls efficacy 28 on 2025-11-30", "Fear of falling"),  # too old
        ("falls efficacy 28 on 2026-02-20", "falls efficacy >28 on 2026-02-20", "Fear of falling"),  # a bound
    ],
)
def test_a_result_beyond_its_cut_off_tells_the_therapist_what_to_do(fact, misses, told):
    assert told in notes(*MIDDLE, fact) and told not in notes(*MIDDLE, misses)


def test_nothing_is_told_of_tests_in_comfort_care():
    assert "Fear of falling" not in notes(*MIDDLE, "falls efficacy 40 on 2026-02-20", "palliative")


def test_a_test_that_got_worse_is_reviewed_before_a_step_up():
    before = "timed up and go 12 s on 2026-01-20"
    worse = notes(*MIDDLE, before, "timed up and go 15.4 s on 2026-02-20")
    assert "Timed Up and Go, 3 m: 15.4 s, before 12 on 2026-01-20: worse. Review before any step up" in worse
    assert "Review before any step up" not in notes(*MIDDLE, before, "timed up and go 15.3 s on 2026-02-20")
    pain = ("pain 1 of 10 on 2026-02-20", "pain 3 of 10 on 2026-02-27")
    assert "Review before any step up" not in notes(*MIDDLE, *pain)  # alerts of their own tell it


def test_every_note_can_be_filled_in():
    for test in K.library.tests.values():
        assert "{" not in test.at_risk_note.format(value=1)


@pytest.mark.parametrize(
    ("facts", "there"),
    [
        (("Oswestry 41 on 2026-02-20",), True),
        (("Oswestry 40 on 2026-02-20",), False),
        (("Oswestry 41 on 2025-12-01",), True),
        (("Oswestry 41 on 2025-11-30",), False),
        (("Oswestry 50 on 2026-01-20", "Oswestry 40 on 2026-02-20"), False),
        (("Oswestry 41 on 2026-02-20", "Oswestry 40 on 2026-02-20"), True),
        (("Oswestry >41 on 2026-02-20",), False),
        (("Oswestry 41",), False),
        (("Oswestry 41 on 2026-03-02",), False),
    ],
)
def test_high_disability_brings_the_line_on_pain(facts, there):
    made = plan(derive(chart(("man of 68", *MIDDLE, *facts), TODAY), TODAY, K), K)
    assert made.assessment.effective_phase == "intermediate" and bool(made.activity("PAIN")) is there
