"""Calendar months added to a day, clamped to the end of the month: 2025-11-30 + 3 months = 2026-02-28."""

from calendar import isleap
from datetime import date

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or that month's last day where it has no such day.

    >>> add_months(date(2025, 11, 30), 3)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = 29 if month == 1 and isleap(year) else _DAYS[month]
    return date(year, month + 1, min(day.day, last))
