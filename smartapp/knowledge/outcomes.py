"""Rows of measures.toml and goals.toml -> the tests and goals of the core; and what is wrong with them together."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from smartapp.core.goals import GoalTarget
from smartapp.core.outcomes import AgeLine, EnterableValue, NeverTest, OutcomeTest, TestConditions
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.outcome_schema import GoalRow, MeasureRow, ValueRow
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import Rows
from smartapp.knowledge.thresholds import unknown_numbers

_FIGURES = frozenset(
    {
        *("change", "at_risk_from", "at_risk_below", "percent", "least", "bound", "step"),
        *("baseline_from", "baseline_below", "low", "high", "pain_to"),
    }
)


def _exact(found: dict[str, Any]) -> dict[str, Any]:
    return {key: Decimal(value) if key in _FIGURES else value for key, value in found.items()}


def test_of(placed: Placed[MeasureRow]) -> OutcomeTest:
    row = placed.row
    return OutcomeTest(
        **_exact(said(row, "conditions", "lines", "between")),
        origin=origin_of(placed),
        between=(Decimal(row.between[0]), Decimal(row.between[1])) if row.between else None,
        conditions=TestConditions(**_exact(said(row.conditions))),
        lines=tuple(AgeLine(age, Decimal(men), Decimal(women)) for age, men, women in row.lines),
    )


def value_of(placed: Placed[ValueRow]) -> EnterableValue:
    lowest, highest = placed.row.between
    return EnterableValue(
        **said(placed.row, "between"), origin=origin_of(placed), between=(Decimal(lowest), Decimal(highest))
    )


def goal_of(placed: Placed[GoalRow]) -> GoalTarget:
    found = _exact(said(placed.row, "classes"))
    classes = tuple(Decimal(end) for end in placed.row.classes)
    return GoalTarget(**found, classes=classes, origin=origin_of(placed))


def never_tests(rows: Rows) -> tuple[NeverTest, ...]:
    return tuple(NeverTest(each.row.id, each.row.title, each.row.why, origin_of(each)) for each in rows.never_tests)


# Sentences of the line on pain that the plan names (core/plan/pain.py).
_PAIN = (
    *("PM1", "PM1-raised", "PM2", "PM2-seated", "PM3", "PM3-seated", "PM4"),
    *("PM5", "PM5-opioid", "PM5-none", "PM5-unread", "PM9", "PM9-none"),
)


def outcome_mistakes(rows: Rows) -> Iterator[str]:
    if "pain.toml" not in rows.reader.unread:
        yield from (f"pain.toml: “{id_}” is missing" for id_ in _PAIN if id_ not in rows.reader.ids["pain.toml"])
    for placed in rows.pain.values():
        yield from unknown_numbers(placed.where, (placed.row.text,))
    if "measures.toml" in rows.reader.unread:
        return
    known = set(rows.reader.ids["measures.toml"])
    for measure in rows.measures:
        if measure.row.instead and measure.row.instead not in known:
            yield f"{measure.where}: there is no test “{measure.row.instead}”"
    spans = ((each.where, each.row.between) for each in rows.measures)
    for where, between in (*spans, *((each.where, each.row.between) for each in rows.values)):
        if between and between[0] >= between[1]:
            yield f"{where}: “between” must be the lowest and the highest value"
    for goal in rows.goals:
        yield from (f"{goal.where}: there is no test “{id_}”" for id_ in goal.row.tests if id_ not in known)
        if (goal.row.due_weeks is None) == (goal.row.due_months is None):
            yield f"{goal.where}: one of “due_weeks” and “due_months” must be named"
        if goal.row.tests and goal.row.change is None and not goal.row.classes:
            yield f"{goal.where}: “change” or “classes” is missing"
