"""A measurement against a limit: below or above it as its comparator allows, and whether it is too old to stand."""

from collections.abc import Sequence
from datetime import date

from smartapp.core.chart import Measurement, Quantity
from smartapp.core.derive.facts import Facts
from smartapp.core.months import add_months
from smartapp.core.threshold_names import ThresholdName


def newest(quantity: Quantity, facts: Facts) -> Measurement | None:
    """The newest reading with a number; an undated one only where nothing is dated."""
    return next(iter(facts.measured(quantity)), None)


def is_below(reading: Measurement, limit: ThresholdName, facts: Facts) -> bool:
    """Whether the reading lies below the limit; “<30” lies below 30."""
    bound, value = facts.knowledge.number(limit), reading.value
    return value is not None and (value < bound or (reading.comparator == "<" and value <= bound))


def is_above(reading: Measurement, limit: ThresholdName, facts: Facts) -> bool:
    """Whether the reading lies above the limit; “>100” lies above 100."""
    bound, value = facts.knowledge.number(limit), reading.value
    return value is not None and (value > bound or (reading.comparator == ">" and value >= bound))


def is_stale(day: date | None, facts: Facts) -> bool:
    """Whether something of that day is too old to speak of today (ours); so is something without a date."""
    return day is None or facts.today > add_months(day, facts.knowledge.whole(ThresholdName.READING_STALE_AFTER))


def shown(reading: Measurement) -> str:
    """The number with its comparator, as a sentence names it."""
    return f"{reading.comparator}{reading.value}"


def latest(readings: Sequence[Measurement], facts: Facts) -> Measurement | None:
    """The newest of readings without a number, by day and reference; none dated after today."""
    past = [m for m in readings if m.when is None or m.when.earliest <= facts.today]
    return max(past, key=lambda m: (str(facts.day_of(m.when) or ""), m.source.reference), default=None)
