"""Rows of program.toml -> the course of a program as the rules of the core read it."""

from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from smartapp.core.course import Course, CourseLimits, HoldRow, PresetRow, PriorityRow, RampRow, ReviewRow
from smartapp.core.kinds import Sex
from smartapp.core.signatures import Origin
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.program_schema import LimitsRow
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import CourseRows


def course_of_rows(rows: CourseRows) -> Course:
    """Of rows without a mistake."""
    limits, texts, stands = rows.course_limits, rows.course_texts, rows.chair_stands
    assert limits and texts and stands  # noqa: S101 - a file without them is a mistake
    return Course(
        limits=_limits(limits),
        texts=MappingProxyType(said(texts.row)),
        ramps=MappingProxyType({each.row.id: RampRow(**said(each.row), origin=origin_of(each)) for each in rows.ramps}),
        holds=MappingProxyType({each.row.id: HoldRow(**said(each.row), origin=origin_of(each)) for each in rows.holds}),
        presets=MappingProxyType(
            {each.row.id: PresetRow(**said(each.row), origin=origin_of(each)) for each in rows.presets}
        ),
        visit_minutes=MappingProxyType({each.row.id: each.row.minutes for each in rows.visit_minutes}),
        priorities=MappingProxyType(
            {each.row.id: PriorityRow(**said(each.row), origin=origin_of(each)) for each in rows.priorities}
        ),
        reviews=MappingProxyType(
            {each.row.id: ReviewRow(**said(each.row), origin=origin_of(each)) for each in rows.reviews}
        ),
        chair_stands=tuple((Sex(sex), first, last, line) for sex, first, last, line in stands.row.below),
        origins=tuple(_origins(rows)),
    )


def _limits(placed: Placed[LimitsRow]) -> CourseLimits:
    """Days, weeks and counts stay whole numbers; what is measured is decimal."""
    measured = {name for name, kind in CourseLimits.__annotations__.items() if kind is Decimal}
    found: dict[str, Any] = {k: Decimal(v) if k in measured else v for k, v in said(placed.row).items()}
    return CourseLimits(**found, origin=origin_of(placed))


def _origins(rows: CourseRows) -> Iterator[tuple[str, Origin]]:
    for name, one in (
        ("course-limits", rows.course_limits),
        ("course-texts", rows.course_texts),
        ("chair-stands", rows.chair_stands),
    ):
        if one:
            yield name, origin_of(one)
    for listed in (rows.ramps, rows.holds, rows.presets, rows.visit_minutes, rows.priorities, rows.reviews):
        yield from ((f"course-{placed.row.id}", origin_of(placed)) for placed in listed)
