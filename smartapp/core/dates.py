"""Dates as recorded, and calendar arithmetic: the earliest and latest day a date can mean, months added and completed.

Months are clamped to the end of the month: 2025-11-30 + 3 months = 2026-02-28. Intervals are half-open.
"""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from smartapp.core.quotes import QUOTE

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, order=True)
class When:
    """A date as recorded: the earliest and latest calendar day it can mean (equal at day precision)."""

    earliest: date
    latest: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"a date cannot end ({self.latest}) before it begins ({self.earliest})")

    @classmethod
    def day(cls, value: date) -> "When":
        return cls(value, value)

    def __str__(self) -> str:
        width = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        return self.latest.isoformat()[:width]


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or that month's last day where it has no such day.

    >>> add_months(date(2025, 11, 30), 3)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = 29 if month == 1 and isleap(year) else _DAYS[month]
    return date(year, month + 1, min(day.day, last))


def months_between(first: date, last: date) -> int:
    """Completed calendar months from ``first`` to ``last``; 0 where ``last`` is not later."""
    count = max(0, (last.year - first.year) * 12 + last.month - first.month)
    return count - 1 if count and add_months(first, count) > last else count


def has_passed(start: date, months: int, today: date) -> bool:
    """Whether ``months`` calendar months have passed since ``start``; the day itself counts as passed."""
    return add_months(start, months) <= today


def known_by(when: When, today: date) -> date:
    """The latest day a recorded date can mean, not after ``today``."""
    return min(when.latest, today)


def age_on(birth: When, day: date) -> int:
    """Completed years on ``day``; of an imprecise birth date the latest reading, the younger age."""
    born = birth.latest
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def days_rest(days: tuple[str, ...]) -> bool:
    """True where no two days follow each other, Sunday to Monday included (S18), and each is a weekday once."""
    places = [WEEKDAYS.index(day) for day in days if day in WEEKDAYS]
    if len(places) != len(days) or len(set(places)) != len(days):
        return False
    return not any((place + 1) % 7 in places for place in places)


ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SPANISH_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)


def day_in_words(day: date, spanish: bool = False) -> str:
    """``May 3, 2026`` · ``3 de mayo de 2026``"""
    if spanish:
        return f"{day.day} de {SPANISH_MONTHS[day.month - 1]} de {day.year}"
    return f"{ENGLISH_MONTHS[day.month - 1]} {day.day}, {day.year}"


def us_date(day: date) -> str:
    """``Nov 28, 2026``"""
    return f"{ENGLISH_MONTHS[day.month - 1][:3]} {day.day}, {day.year}"


_NEAR = timedelta(days=182)


def near_date(day: date, today: date) -> str:
    """``Feb 2``; with the year where the nearest day of that name is another one, half a year off or more."""
    return us_date(day) if abs(day - today) > _NEAR else us_date(day).partition(",")[0]


# A day or a month of its own: no part of an address, an identifier or an instant.
_RECORDED = re.compile(r"(?<![\w./-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?(?![\w/-])")
SHORTEST_DATE = len("2026-03")


def dates_as_read(text: str) -> str:
    """A sentence with its recorded dates as US English writes them; whatever else it says stays, and so do quotes.

    >>> dates_as_read("Not before 2026-03-01; the scan is of 2024-11.")
    'Not before Mar 1, 2026; the scan is of Nov 2024.'
    """
    if not _RECORDED.search(text):
        return text
    parts, at = [], 0
    for quote in QUOTE.finditer(text):
        parts += [_RECORDED.sub(_as_read, text[at : quote.start()]), quote[0]]
        at = quote.end()
    return "".join((*parts, _RECORDED.sub(_as_read, text[at:])))


def _as_read(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    named = ENGLISH_MONTHS[int(month) - 1][:3]
    return f"{named} {int(day)}, {year}" if day else f"{named} {year}"
