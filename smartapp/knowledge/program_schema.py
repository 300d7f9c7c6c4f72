"""What a row of program.toml may hold: ramps, holds, visits, urgency, reviews and their numbers."""

from typing import Annotated, Literal

from msgspec import Meta, field

from smartapp.core.alert_codes import AlertCode
from smartapp.core.course import (
    CountedFrom,
    HoldName,
    LaterName,
    PresetName,
    RampName,
    ReviewName,
    UrgencyFact,
    VisitLength,
)
from smartapp.core.program import Decider, PriorityValue
from smartapp.core.thresholds import ThresholdName
from smartapp.knowledge.schema import Number, Signable, Text, Texts

Count = Annotated[int, Meta(ge=1)]
Minutes = tuple[Count, Count]


class LimitsRow(Signable, frozen=True, kw_only=True):
    id: Literal["course-limits"]
    early_before_day: Count
    pain_from: Number
    tug_frail_from: Number
    chair_rise_above: Number
    gait_to: Number
    signs_frail_from: Count
    frailty_level_from: Number
    falls_many_from: Number
    falls_recent_within: Count
    falls_asap_from: Count
    operation_within: Count
    discharge_within: Count
    stands_far_below: Number
    opioid_before_days: Count
    odi_severe_from: Number
    order_days: Count
    ramp_longest_weeks: Count
    report_every_visits: Count
    reviews_at_least: Count
    short_first: Texts
    minutes_red_step: Count
    minutes_least: Count
    decide_within: Count


class CourseTextsRow(Signable, frozen=True, kw_only=True):
    id: Literal["course-texts"]
    dose_line: Text
    dose_line_on: Text
    dose_line_full: Text
    goes_on: Text
    dose_line_step: Text
    dose_line_held: Text
    late: Text
    held: Text
    short: Text
    edited: Text
    build_up: Text
    build_up_none: Text
    build_up_bouts: Text
    build_up_held: Text
    rule: Text
    order: Text
    changed: Text
    changed_alone: Text
    rest_at_home: Text
    homebound: Text
    see_by: Text
    priority_changed: Text
    recommend_intermediate: Text
    recommend_advanced: Text
    kx: Text
    kx_review: Text
    kx_unknown: Text
    element_type: Text
    element_amount: Text
    element_duration: Text


class RampTable(Signable, frozen=True, kw_only=True):
    id: RampName
    title: Text
    start: Count
    target: Count | None = None
    step_minutes: Count | None = None
    step_weeks: Count | None = None
    frequency: Count | None = None
    reason: Text | None = None
    start_less: Count | None = None


class HoldTable(Signable, frozen=True, kw_only=True):
    id: HoldName
    text: Text
    minutes: Count | None = None
    alerts: tuple[AlertCode, ...] = ()


class PresetTable(Signable, frozen=True, kw_only=True):
    id: PresetName
    title: Text
    schedule: Annotated[tuple[tuple[Count, Count], ...], Meta(min_length=1)]
    frequency: Count
    frequency_max: Count | None = None
    period_weeks: Count
    days: Texts = ()
    minutes: Minutes
    text: Text
    later: Text
    tapers: bool = False


class LaterTable(Signable, frozen=True, kw_only=True):
    id: LaterName
    title: Text
    schedule: Annotated[tuple[tuple[Annotated[int, Meta(ge=0)], Count], ...], Meta(min_length=1)]
    frequency: Count
    period_weeks: Count
    text: Text
    later: Text


class VisitMinutesTable(Signable, frozen=True, kw_only=True):
    id: VisitLength
    minutes: Minutes


class PriorityTable(Signable, frozen=True, kw_only=True):
    id: PriorityValue
    within_days: Count
    because: Annotated[tuple[tuple[UrgencyFact, Text], ...], Meta(min_length=1)]


class ReviewTable(Signable, frozen=True, kw_only=True):
    id: ReviewName
    counted_from: CountedFrom = field(name="from")
    days: int | None = None
    months: Count | None = None
    threshold: ThresholdName | None = None
    visit: Count | None = None
    what: Text
    decides: Decider
    task: bool = False


class ChairStandsRow(Signable, frozen=True, kw_only=True):
    id: Literal["chair-stands"]
    below: Annotated[tuple[tuple[Literal["male", "female"], Count, Count, Count], ...], Meta(min_length=1)]


class BillingTable(Signable, frozen=True, kw_only=True):
    id: Text
    year: Annotated[int, Meta(ge=2026)]
    kx_from: Number
    review_from: Number
