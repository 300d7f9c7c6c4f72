"""What limits measured in numbers rest on: which reading counts, for how long, and what words say beside it."""

from datetime import date

import pytest

from smartapp.core.derive import derive
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.measures import Measures
from smartapp.core.kinds import Measure
from smartapp.knowledge import load, parse, texts
from tests.core.charts import chart

TODAY = date(2026, 3, 1)
BROKEN = date(2025, 10, 28)
K = load()
MAN = ["man of 70", "osteopenia", f"L1 fracture on {BROKEN}, routine healing"]


def values(measure: Measure, *facts: str) -> list[str]:
    measures = Measures(Facts(chart([*MAN, *facts], TODAY), TODAY, K), BROKEN)
    return sorted(str(reading.value) for reading in measures.readings(measure))


def rows(*facts: str) -> set[str]:
    found = derive(chart([*MAN, *facts], TODAY), TODAY, K)
    return {name for constraint in found.constraints for name in constraint.rows}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ([], []),
        (["systolic pressure 210 mmHg on 2026-02-28", "systolic pressure 150 mmHg on 2026-02-28"], ["150", "210"]),
        (["systolic pressure 210 mmHg on 2026-02-26", "systolic pressure 150 mmHg on 2026-02-28"], ["150"]),
        (["systolic pressure 210 mmHg"], ["210"]),  # undated counts as of today
        (["systolic pressure 210 mmHg", "systolic pressure 150 mmHg on 2026-02-28"], ["150", "210"]),
        (["systolic pressure standing 190 mmHg on 2026-02-28"], ["190"]),
        (["systolic pressure 210 mmHg on 2026-03-02"], []),  # still to come
        (["systolic pressure 210 mmHg on 2026-01-10"], []),
        (["systolic pressure 210 mmHg on 2026-02-15"], ["0"]),
        (["systolic pressure 210 mmHg on 2026-02-15", "systolic pressure 190 mmHg on 2026-02-10"], ["190"]),
        (["systolic pressure 185 mmHg on 2026-02-15", "systolic pressure 210 mmHg on 2026-02-10"], ["185"]),
    ],
)
def test_a_pressure_of_this_week_counts_alone_and_an_older_one_with_a_second_day(facts, found):
    assert values(Measure.SYSTOLIC, *facts) == found


def test_who_cannot_stand_in_tandem_at_all_has_the_number_zero():
    assert values(Measure.TANDEM, "tandem stance 0 s on 2026-02-20") == ["0"]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (["systolic pressure standing 110 mmHg on 2026-02-20"], []),
        (["systolic pressure standing 110 mmHg", "systolic pressure lying 150 mmHg"], []),
        (["systolic pressure standing 110 mmHg on 2026-02-20", "systolic pressure lying 150 mmHg on 2026-02-19"], []),
        (
            ["systolic pressure standing 110 mmHg on 2026-02-20", "systolic pressure lying 150 mmHg on 2026-02-20"],
            ["40"],
        ),
        (
            ["systolic pressure standing 150 mmHg on 2026-02-20", "systolic pressure lying 110 mmHg on 2026-02-20"],
            ["-40"],
        ),
    ],
)
def test_a_drop_is_lying_less_standing_of_one_day(facts, found):
    assert values(Measure.PRESSURE_DROP, *facts) == found


@pytest.mark.parametrize(
    ("fact", "holds"),
    [
        ("oxygen saturation 87 percent on 2026-02-20", True),
        ("oxygen saturation <88 percent on 2026-02-20", True),
        ("oxygen saturation <=88 percent on 2026-02-20", False),
        ("oxygen saturation 88 percent on 2026-02-20", False),
        ("oxygen saturation >87 percent on 2026-02-20", True),
    ],
)
def test_a_comparator_counts_as_it_is_written(fact, holds):
    assert ("WP27-saturation" in rows(fact)) is holds


@pytest.mark.parametrize(("fact", "holds"), [("timed up and go 12 s", True), ("timed up and go <12 s", False)])
def test_less_than_the_bound_is_not_at_it(fact, holds):
    assert ("WP48-high" in rows(fact)) is holds


@pytest.mark.parametrize(
    ("facts", "levels"),
    [
        (["frailty"], ["5"]),
        (["frailty, called CFS 7"], ["7"]),
        (["frailty, noted CFS 7"], ["7"]),
        (["frailty, called moderately frail"], ["6"]),
        (["frailty, called severely frail"], ["7"]),
        (["frailty, called very severely frail"], ["8"]),
        (["frailty, called terminally ill"], ["8"]),
        (["frailty, called CFS 7, resolved"], []),
        (["Clinical Frailty Scale 3 on 2026-02-01", "frailty on 2025-01-01"], ["3"]),
        (["Clinical Frailty Scale 3 on 2025-01-01", "frailty on 2026-01-01"], ["3", "5"]),
        (["Clinical Frailty Scale 3 on 2025-01-01", "frailty"], ["3", "5"]),
        (["Clinical Frailty Scale 6 on 2025-01-01", "Clinical Frailty Scale 4 on 2026-01-01"], ["4"]),
        (["Clinical Frailty Scale 7 on 2026-03-02"], []),
        (["Clinical Frailty Scale 7", "Clinical Frailty Scale 4 on 2026-01-01"], ["4", "7"]),
        (["frailty scale told as “7 - Living with severe frailty”"], ["7"]),
        (["frailty scale told as “moderately frail”"], ["6"]),
        (["frailty scale told as “not assessed”"], []),
    ],
)
def test_the_newest_stated_level_leads_and_words_since_then_count(facts, levels):
    assert values(Measure.FRAILTY_LEVEL, *facts) == levels


@pytest.mark.parametrize(
    ("facts", "sizes"),
    [
        (["aortic aneurysm"], []),
        (["aortic aneurysm, called AAA 5.4 cm"], ["5.4"]),
        (["aortic aneurysm, noted now 5.6 cm"], ["5.6"]),
        (["aortic aneurysm, called infrarenal aneurysm 48 mm by 3.1 cm"], ["4.8"]),
        (["aortic aneurysm, called AAA 5.4 cm, resolved"], []),
        (["aneurysm of 5.1 cm on 2026-01-01", "aneurysm of 4.2 cm on 2025-01-01"], ["5.1"]),
    ],
)
def test_the_size_of_an_aneurysm_is_measured_or_said(facts, sizes):
    assert values(Measure.ANEURYSM, *facts) == sizes


def test_a_growing_aneurysm_waits_for_the_surgeon():
    assert "WP29-large" in rows("aortic aneurysm, in words enlarging")
    assert "WP29-large" not in rows("aortic aneurysm, in words not growing")


FALL = "fall from standing on 2025-10-28"  # the external cause of the fracture


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ([], []),
        (["falls"], []),
        (["falls on 2025-12-01"], ["1"]),
        (["falls on 2025-10-29"], []),  # the one that broke the bone
        (["falls on 2025-12-01", "falls on 2025-12-20"], ["2", "2"]),
        (["falls on 2025-12-01", "fall from standing on 2025-12-01"], ["1", "1"]),
        (["falls on 2024-12-01"], []),
        (["falls on 2026-03-02"], []),
        (["falls, called 3 falls in 6 months"], ["3"]),
        (["falls, called fell twice"], ["2"]),
        (["falls, noted 4 falls since Christmas"], ["4"]),
        (["falls, called two or more falls"], ["2"]),
        (["falls, called 3 falls in 6 months, recorded 2024-06-01"], []),
        (["falls, called 3 falls in 6 months, recorded 2025-02-28"], []),
        (["falls, called 3 falls in 6 months, recorded 2025-03-01"], ["3"]),
        (["falls, called 3 falls in 6 months, resolved"], []),
        (["falls, called repeated falls"], []),  # of no day
        (["falls, called repeated falls, recorded 2026-01-10"], ["2"]),
        (["falls, called repeated falls, recorded 2026-01-10", FALL], ["1"]),
        (["falls in 12 months 3 on 2026-02-01"], ["3"]),
        (["falls in 12 months 3 on 2026-02-01", FALL], ["2"]),
        (["falls in 12 months 1 on 2026-02-01", FALL], ["0"]),
        (["falls in 12 months 3 on 2025-06-01", FALL], ["3"]),  # told before the bone broke
        (["falls in 12 months 3", FALL], ["2"]),
        (["falls in 12 months 3 on 2026-03-02"], []),
        (["falls in 12 months 3 on 2026-02-01", "fall from standing"], ["2"]),
        (["falls in 12 months 3 on 2026-02-01", "attested low trauma on 2026-01-01"], ["3"]),
        (["falls told as “Two or more falls” on 2026-02-01"], ["2"]),
        (["falls told as “No falls” on 2026-02-01"], []),
        (["falls told as “Fell twice” on 2026-02-01"], ["2"]),
        (["falls told as “ten falls” on 2026-02-01"], ["10"]),
        (["falls told as “Several falls” on 2026-02-01"], ["2"]),
        (["falls told as “Several falls”"], []),  # of a day nobody knows
    ],
)
def test_other_falls_leave_out_the_one_that_broke_the_bone(facts, counts):
    assert values(Measure.OTHER_FALLS, *facts) == counts


def test_of_an_undated_fracture_no_fall_is_the_one_that_broke_it():
    facts = Facts(chart([*MAN, "falls in 12 months 2 on 2026-02-01", FALL], TODAY), TODAY, K)
    assert [str(r.value) for r in Measures(facts, None).readings(Measure.OTHER_FALLS)] == ["1", "2"]
    assert Measures(facts, None).readings(Measure.FALLS_SINCE) == ()


def test_a_fall_after_the_fracture_is_told_from_one_before_it():
    assert values(Measure.FALLS_SINCE, "falls on 2025-11-05") == ["1"]
    assert values(Measure.FALLS_SINCE, "falls on 2025-09-05") == []


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (["falls, called fall with injury"], ["1"]),
        (["falls, called two falls without injury"], []),
        (["falls on 2025-10-28, called fall with injury"], []),  # the one that broke the bone
        (["falls told as “Any fall with injury” on 2026-02-01"], ["1"]),
        (["fall from standing on 2026-01-10", "fracture upper limb on 2026-01-12"], ["1"]),
        (["fall from standing on 2026-01-10", "fracture upper limb on 2026-01-20"], []),
        (["fall from standing on 2026-01-10", "fracture upper limb"], []),
    ],
)
def test_a_fall_injured_where_it_is_said_or_another_bone_broke_with_it(facts, found):
    assert values(Measure.INJURIOUS_FALLS, *facts) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (["fall risk assessed as “High risk” on 2026-02-01"], ["1"]),
        (["fall risk assessed as “Low risk” on 2026-02-01"], []),
        (["fall risk assessed as “High risk” on 2025-02-01", "fall risk assessed as “Low risk” on 2026-02-01"], []),
        (["fall risk assessed as “High risk” on 2026-03-02"], []),
    ],
)
def test_the_newest_assessment_of_the_risk_counts(facts, found):
    assert values(Measure.FALL_RISK_SAID, *facts) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (["falls of the last months told as “Yes” on 2026-02-01"], ["1"]),
        (["falls of the last months told as “Yes” on 2025-11-20", FALL], []),  # the one that broke the bone
        (["falls of the last months told as “Yes” on 2026-02-01", FALL], ["1"]),  # too late for that one
        (["falls of the last months told as “Yes” on 2025-11-20"], ["1"]),  # no fall is known to have broken it
        (["falls of the last months told as “No” on 2026-02-01"], []),
        (["falls of the last months told as “Yes”"], ["1"]),
        (["falls of the last months told as “Yes” on 2025-02-01"], []),  # long ago
        (["falls of the last months told as “Yes” on 2026-03-02"], []),  # still to come
    ],
)
def test_a_fall_of_the_last_months_counts_unless_it_broke_the_bone(facts, found):
    assert values(Measure.FALL_HISTORY, *facts) == found


@pytest.mark.parametrize(
    ("fact", "found"),
    [
        ("L3 fracture on 2025-11-01, degrees of thoracic curve: 52", ["52"]),
        ("L3 fracture on 2025-11-01, resolved, degrees of thoracic curve: 52", []),
        ("L3 fracture on 2025-11-01", []),
    ],
)
def test_the_curve_of_the_upper_back_is_told_by_any_live_record(fact, found):
    assert values(Measure.THORACIC_CURVE, fact) == found


def test_parkinsons_with_falls_told_as_a_number_is_reviewed():
    assert "WP21-falls" in rows("parkinson", "falls in 12 months 2 on 2026-02-01")
    assert "WP21-falls" not in rows("parkinson", "falls in 12 months 0 on 2026-02-01")


def test_a_temperature_is_a_fever_for_two_weeks():
    facts = ["man of 70", "osteopenia", "L1 fracture on 2026-01-10, routine healing"]
    for said, raised in (
        ("temperature 38.4 degrees on 2026-02-15", True),
        ("temperature 38.4 degrees", True),
        ("temperature 38.4 degrees on 2026-02-14", False),
        ("temperature 37.9 degrees on 2026-02-20", False),
    ):
        assert derive(chart([*facts, said], TODAY), TODAY, K).has("infection-suspected") is raised, said


def test_a_site_adds_numbers_of_its_language_without_code():
    """A row of what a count looks like, and one for each of its numbers."""
    rows = texts() | {"phrases.toml": texts()["phrases.toml"] + SWEDISH}
    knowledge = parse(rows)
    facts = Facts(chart([*MAN, "falls told as “tre fall” on 2026-02-01"], TODAY), TODAY, knowledge)
    assert [str(r.value) for r in Measures(facts, BROKEN).readings(Measure.OTHER_FALLS)] == ["3"]


SWEDISH = r"""
[PH-EXAMPLE-COUNT]
kind = "sign"
means = "falls-counted"
title = "How many falls, in Swedish"
words = ['/\b(?P<before>ett|tre|\d{1,2}) fall\b(?P<after>)/']
yes = ["tre fall"]
no = ["fall"]
label = "ours"
sources = ["LOADPATH"]
review = "awaiting"

[PH-EXAMPLE-NUMBER]
kind = "number"
means = "3"
title = "3 in Swedish"
words = ["tre"]
yes = ["tre"]
no = ["ett"]
label = "ours"
sources = ["LOADPATH"]
review = "awaiting"
"""
