"""Rows of program.toml -> the course of a program as the rules of the core read it."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from smartapp.core.course import (
    BillingRow,
    Course,
    CourseLimits,
    HoldRow,
    LaterRow,
    PresetRow,
    PriorityRow,
    RampRow,
    ReviewRow,
    SiteSetting,
)
from smartapp.core.kinds import Sex
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.program_schema import BillingTable, LimitsRow
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import CourseRows


def course_of_rows(rows: CourseRows, settings: Mapping[SiteSetting, Decimal]) -> Course:
    """Of rows without a mistake. ``settings``: the site's own."""
    limits, texts, stands = rows.limits[0], rows.course_texts[0], rows.chair_stands[0]
    return Course(
        limits=_limits(limits),
        texts=MappingProxyType(said(texts.row, "id")),
        ramps=MappingProxyType({each.row.id: RampRow(**said(each.row), origin=origin_of(each)) for each in rows.ramps}),
        holds=MappingProxyType({each.row.id: HoldRow(**said(each.row), origin=origin_of(each)) for each in rows.holds}),
        presets=MappingProxyType(
            {each.row.id: PresetRow(**said(each.row), origin=origin_of(each)) for each in rows.presets}
        ),
        later=MappingProxyType(
            {each.row.id: LaterRow(**said(each.row), origin=origin_of(each)) for each in rows.later}
        ),
        visit_minutes=MappingProxyType({each.row.id: each.row.minutes for each in rows.visit_minutes}),
        priorities=MappingProxyType(
            {each.row.id: PriorityRow(**said(each.row), origin=origin_of(each)) for each in rows.priorities}
        ),
        reviews=MappingProxyType(
            {each.row.id: ReviewRow(**said(each.row), origin=origin_of(each)) for each in rows.reviews}
        ),
        chair_stands=tuple((Sex(sex), first, last, line) for sex, first, last, line in stands.row.below),
        billing=MappingProxyType({each.row.year: _billing(each) for each in rows.billing}),
        site=MappingProxyType(settings),
        origins=tuple((placed.table["id"], origin_of(placed)) for placed in rows.of_course()),
    )


def _billing(placed: Placed[BillingTable]) -> BillingRow:
    row = placed.row
    return BillingRow(row.id, row.year, Decimal(row.kx_from), Decimal(row.review_from), origin_of(placed))


def _limits(placed: Placed[LimitsRow]) -> CourseLimits:
    """Days, weeks and counts stay whole numbers; what is measured is decimal."""
    measured = {name for name, kind in CourseLimits.__annotations__.items() if kind is Decimal}
    found: dict[str, Any] = {k: Decimal(v) if k in measured else v for k, v in said(placed.row, "id").items()}
    return CourseLimits(**found, origin=origin_of(placed))
