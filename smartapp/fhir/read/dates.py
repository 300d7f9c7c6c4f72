"""FHIR dates -> :class:`When`: the calendar date as written, with the doubt a partial date leaves.

A time zone is not converted: the day the EHR wrote is the day the clinic lived (rule book section 2). What believes a
date and what does not is in :mod:`smartapp.fhir.read.doubts`.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from smartapp.core.dates import Precision, When
from smartapp.fhir.json import Resource, number, part

_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2}))?\Z", re.ASCII)
_OF_AGE: Final = {"a": 365.2425, "mo": 30.436875, "wk": 7.0, "d": 1.0}  # UCUM units of age, in days


def when(value: object) -> When | None:
    """``2025-11-30T08:00:00-05:00``, ``2025-11`` or ``2025`` -> When; None if it is no date."""
    if not isinstance(value, str):
        return None
    if len(value) >= 10:
        return _day(value)
    partial = _PARTIAL.match(value)
    if not partial:
        return None
    year, month = int(partial[1]), partial[2]
    try:
        if month is None:
            return When(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
        last = monthrange(year, int(month))[1]
        return When(date(year, int(month), 1), date(year, int(month), last), Precision.MONTH)
    except ValueError:
        return None


def _day(value: str) -> When | None:
    if value[4] != "-" or value[7] != "-" or value[10:11] not in ("", "T", "t", " "):
        return None
    try:
        return When.day(date.fromisoformat(value[:10]))
    except ValueError:
        return None


def span(period: Resource) -> tuple[When | None, When | None]:
    return when(period.get("start")), when(period.get("end"))


def age(quantity: Resource, birth: When | None) -> When | None:
    """Age at which something happened -> the time it can have been, at year precision; None without a birth date."""
    value = number(quantity.get("value"))
    if birth is None or value is None or not 0 <= value <= 150:
        return None
    unit = quantity.get("code") or quantity.get("unit") or "a"
    days = _OF_AGE.get(unit if isinstance(unit, str) else "", 0.0)
    if not days:
        return None
    return _since(birth, float(value) * days, float(value + 1) * days - 1)


def age_range(range_: Resource, birth: When | None) -> When | None:
    """Range of ages -> from the earliest day of the low age to the latest day of the high age."""
    low, high = age(part(range_, "low"), birth), age(part(range_, "high"), birth)
    if low is None or high is None:
        return low or high
    return When(min(low.earliest, high.earliest), max(low.latest, high.latest), Precision.YEAR)


def _since(birth: When, least: float, most: float) -> When | None:
    try:
        earliest = birth.earliest + timedelta(days=int(least))
        return When(earliest, max(earliest, birth.latest + timedelta(days=int(most) + 1)), Precision.YEAR)
    except (OverflowError, ValueError):
        return None
