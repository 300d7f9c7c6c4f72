"""The four groups of the page, over the charts of all cases: nothing is lost or said twice, a stop never folds."""

from dataclasses import replace
from datetime import date
from functools import cache
from statistics import median

import pytest

from smartapp.core.derive import derive
from smartapp.core.states import AlertGroup, Severity
from smartapp.knowledge import load
from smartapp.web.review_alerts import MOST_OPEN, AlertLine, alert_groups
from tests.cases import assessed, cases
from tests.core.charts import chart
from tests.web import sample

TODAY = date(2026, 3, 1)
CROWDED = """
woman of 77; osteopenia; L3 fracture on 2025-10-28, routine healing; L1 fracture on 2025-11-10, routine healing;
fracture upper limb on 2026-02-10; neck operation on 2026-02-06; bypass on 2026-01-16; stroke; dementia; palliative;
wheelchair; parkinson; falls; copd; angina; spondylolisthesis; pain 7 of 10 on 2026-02-25;
total hip T-score -2.7 on 2026-01-15; takes denosumab since 2022-01-01, last dose on 2025-03-01
"""


@cache
def found():
    """Of every chart what is concluded and how it is grouped; not while tests are collected."""
    crowded = derive(chart(map(str.strip, CROWDED.split(";")), TODAY), TODAY, load())
    return tuple((now, alert_groups(now)) for now in (*map(assessed, cases()), crowded))


def lines_of(groups) -> list[AlertLine]:
    return [*groups.stop, *groups.decide, *groups.more, *groups.therapist, *groups.record]


def test_every_alert_and_every_limit_is_one_line_s():
    for now, groups in found():
        lines = lines_of(groups)
        alerts = [alert for line in lines for alert in (line.alert, *line.also) if alert]
        assert {alert.code for alert in alerts} == {alert.code for alert in now.alerts}
        assert sorted(id_ for line in lines for id_ in line.limit_ids) == sorted(c.id for c in now.constraints)
        assert all(len(line.limits) == 1 or line.alert for line in lines)


def test_at_most_seven_lines_are_open_and_no_stop_is_folded():
    most = 0
    for now, groups in found():
        open_lines = len(groups.decide) + bool(groups.unread) + bool(groups.questions)
        assert open_lines <= MOST_OPEN
        assert {line.alert for line in groups.stop} == {a for a in now.alerts if a.severity is Severity.STOP}
        assert not groups.more or open_lines == MOST_OPEN
        most = max(most, groups.to_decide)
    assert most > MOST_OPEN, "no chart has more to decide than may be open"


def test_what_is_folded_is_no_graver_than_what_is_open():
    for _, groups in found():
        ranks = [line.alert.concern.rank for line in (*groups.decide, *groups.more) if line.alert]
        assert ranks == sorted(ranks)


def test_a_review_is_folded_only_where_the_program_obeys_it_and_nothing_is_asked():
    folded = [line for _, groups in found() for line in groups.therapist if line.to_review]
    assert folded
    assert not any(line.questions for line in folded)
    assert all(line.limits for line in folded)
    assert all(line.alert.severity is Severity.INFO for _, groups in found() for line in groups.record if line.alert)


@pytest.mark.parametrize("group", AlertGroup)
def test_each_group_has_its_charts(group):
    assert any(now.group(alert) is group for now, _ in found() for alert in now.alerts)


def test_what_was_not_read_takes_its_place_among_the_open_lines():
    now = sample.assessment()
    many = tuple(replace(now.alerts[0], code=f"a-{n}") for n in range(MOST_OPEN))
    assert len(alert_groups(replace(now, alerts=many)).decide) == MOST_OPEN - 1
    nothing_unread = replace(now, alerts=many, chart=replace(now.chart, partial=(), unreadable=()))
    assert len(alert_groups(nothing_unread).decide) == MOST_OPEN


def test_an_order_is_one_line_with_what_it_limits():
    facts = ("man of 70", "osteopenia", "L3 fracture on 2025-10-28, routine healing")
    ordered = "order no weight left given 2026-02-12"
    (line,) = alert_groups(derive(chart((*facts, ordered), TODAY), TODAY, load())).decide
    assert line.alert.code == "weight-bearing" and [each.code for each in line.also] == ["activity-order"]
    assert line.text.startswith("No weight on the left leg until")
    assert len(line.questions) == len(set(line.questions)) <= 1
    lift = "order lift limit given 2026-02-10"
    groups = alert_groups(derive(chart((*facts, ordered, lift), TODAY), TODAY, load()))
    codes = [line.alert.code for line in groups.decide]
    assert "activity-order" in codes, "the lift limit is told by no other line"


def test_on_the_public_cases_the_median_of_review_lines_is_at_most_three_and_two_on_the_man_of_the_seed():
    """Rule book 2a, NS25."""
    public = [assessed(case) for case in cases() if case.id.startswith("V")]
    counted = [sum(a.severity is Severity.REVIEW for a in now.alerts) for now in public]
    assert len(counted) >= 44 and median(counted) <= 3
    (seed,) = (assessed(case) for case in cases() if case.id == "V01")
    assert alert_groups(seed).to_decide <= 2
