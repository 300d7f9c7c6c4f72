"""FHIR dates: partial dates and periods into intervals for search, and day offsets of demo data into real dates."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Any

from .outcome import Refused

_DATE = re.compile(
    r"^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$",
)
_PREFIXED = re.compile(r"^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)$", re.DOTALL)
_OFFSET = re.compile(r"^@((?:[+-]?\d+[dmy])+)(:month|:year|T\d\d:\d\d)?$")
_STEP = re.compile(r"([+-]?\d+)([dmy])")
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
# demo data is written in one clinic's winter time; only the date part carries meaning
CLINIC_ZONE = "-05:00"


def interval(text: Any) -> tuple[datetime, datetime] | None:
    """First and last instant a FHIR date or dateTime may mean (naive times read as UTC); None if it is not one."""
    match = _DATE.fullmatch(text) if isinstance(text, str) else None
    if not match:
        return None
    year, month, day, hour, _, second, _, zone = match.groups()
    try:
        if hour:
            low = datetime.fromisoformat(text.replace("Z", "+00:00"))
            low = low if zone else low.replace(tzinfo=UTC)
            return low, low + (timedelta(seconds=1) if second else timedelta(minutes=1)) - timedelta(microseconds=1)
        low = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
        if day:
            high = low + timedelta(days=1)
        elif month:
            high = low + timedelta(days=monthrange(low.year, low.month)[1])
        else:
            high = low.replace(year=low.year + 1)
    except (ValueError, OverflowError):
        return None
    return low, high - timedelta(microseconds=1)


def matches_date(value: Any, want: str) -> bool:
    """Does a stored date, dateTime or Period satisfy a date search value such as ``ge2026-01``?"""
    prefix, text = _PREFIXED.fullmatch(want).groups()  # type: ignore[union-attr]
    asked = interval(text)
    if asked is None:
        raise Refused(400, f"{want!r} is not a FHIR date")
    if isinstance(value, dict):
        start, end = interval(value.get("start")), interval(value.get("end"))
        have = (start[0] if start else FIRST, end[1] if end else LAST)
    else:
        parsed = interval(value)
        if parsed is None:
            return False
        have = parsed
    (low, high), (first, last) = have, asked
    return {
        "eq": first <= low and high <= last,
        "ap": low <= last and high >= first,
        "ne": not (first <= low and high <= last),
        "gt": high > last,
        "lt": low < first,
        "ge": high > last or (first <= low and high <= last) or low >= first,
        "le": low < first or (first <= low and high <= last) or high <= last,
        "sa": low > last,
        "eb": high < first,
    }[prefix or "eq"]


def resolve_offsets(node: Any, today: date) -> Any:
    """Demo data with every ``@-45d``, ``@-2m:month`` or ``@-3dT09:30`` turned into a real date, counted from today."""
    if isinstance(node, dict):
        return {key: resolve_offsets(value, today) for key, value in node.items()}
    if isinstance(node, list):
        return [resolve_offsets(value, today) for value in node]
    match = _OFFSET.fullmatch(node) if isinstance(node, str) else None
    return _offset_text(today, *match.groups()) if match else node


def _offset_text(today: date, steps: str, precision: str | None) -> str:
    day = today
    for count, unit in _STEP.findall(steps):
        day = (
            day + timedelta(days=int(count))
            if unit == "d"
            else _add_months(day, int(count) * (12 if unit == "y" else 1))
        )
    if precision == ":month":
        return day.isoformat()[:7]
    if precision == ":year":
        return day.isoformat()[:4]
    return f"{day.isoformat()}{precision}:00{CLINIC_ZONE}" if precision else day.isoformat()


def _add_months(day: date, months: int) -> date:
    """Calendar months, clamped to the end of the month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
