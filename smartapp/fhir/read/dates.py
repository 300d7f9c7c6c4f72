"""FHIR dates -> :class:`When`: the calendar date as written, with the doubt a partial date leaves, if believed.

A time zone is not converted: the day the EHR wrote is the day the clinic lived (rule book section 2).

Software writes a date where it has none: year 1, the first day of its own calendar, the last it can hold. Such a date,
and one from before the patient's birth, is not believed; it is read as missing, with a line that says so. That is done
once for every resource, before any reader sees it, so that the next choice of an element is read instead.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from smartapp.core.chart import Unreadable
from smartapp.core.dates import Precision, When
from smartapp.core.quotes import quoted
from smartapp.fhir.json import Resource, get_number, get_object, is_object
from smartapp.fhir.text import clean

_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2}))?\Z", re.ASCII)
_OF_AGE: Final = {"a": 365.2425, "mo": 30.436875, "wk": 7.0, "d": 1.0}  # UCUM units of age, in days


def parse_date(value: object) -> When | None:
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


def parse_period(period: Resource) -> tuple[When | None, When | None]:
    return parse_date(period.get("start")), parse_date(period.get("end"))


def age(quantity: Resource, birth: When | None) -> When | None:
    """Age at which something happened -> the time it can have been, at year precision; None without a birth date."""
    value = get_number(quantity.get("value"))
    if birth is None or value is None or not 0 <= value <= 150:
        return None
    unit = quantity.get("code") or quantity.get("unit") or "a"
    days = _OF_AGE.get(unit if isinstance(unit, str) else "", 0.0)
    if not days:
        return None
    return _since(birth, float(value) * days, float(value + 1) * days - 1)


def age_range(range_: Resource, birth: When | None) -> When | None:
    """Range of ages -> from the earliest day of the low age to the latest day of the high age."""
    low, high = age(get_object(range_, "low"), birth), age(get_object(range_, "high"), birth)
    if low is None or high is None:
        return low or high
    return When(min(low.earliest, high.earliest), max(low.latest, high.latest), Precision.YEAR)


def _since(birth: When, least: float, most: float) -> When | None:
    try:
        earliest = birth.earliest + timedelta(days=int(least))
        return When(earliest, max(earliest, birth.latest + timedelta(days=int(most) + 1)), Precision.YEAR)
    except (OverflowError, ValueError):
        return None


_DATES: Final = (
    *("onsetDateTime", "abatementDateTime", "recordedDate", "performedDateTime", "effectiveDateTime"),
    *("effectiveInstant", "issued", "authoredOn", "dateAsserted", "created", "startDate", "birthDate"),
)
# Of each period, what is read of it: a visit that ends in 9999 is an open one, and worth no line.
_PERIODS: Final[Mapping[str, tuple[str, ...]]] = {
    "onsetPeriod": ("start",),
    "abatementPeriod": ("end",),
    "performedPeriod": ("start", "end"),
    "effectivePeriod": ("start", "end"),
    "period": ("start",),
}
# What counts of this is when it was over: with an end that cannot be used, the start would say something else.
_COUNTS_BY_END: Final = "performedPeriod"
ASSERTED: Final = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"

# Ours: nobody alive was born earlier; nobody lives longer; no chart reaches further.
_EARLIEST, _LONGEST_LIFE, _LATEST_YEAR = date(1910, 1, 1), 120, 2099
# Day 0 of Unix time, and the same moment west of Greenwich.
_EPOCH: Final = (date(1969, 12, 31), date(1970, 1, 1))
_SUPPORTS = timedelta(days=366)  # another date of the same record so near to it makes the epoch an ordinary day; ours


def usable(resource: Resource, birth: When | None, place: str) -> tuple[Resource, tuple[Unreadable, ...]]:
    """``birth`` is the patient's, as far as it is believed; ``place`` names the resource in the lines."""
    if _is_plain(resource, birth):
        return resource, ()
    faults: list[str] = []
    kept = _Sieve(birth, tuple(_dates(resource)), faults).passed(resource)
    return kept, tuple(Unreadable(place, f"{fault} and is taken as missing") for fault in faults)


_SELDOM: Final = frozenset({"contained", "extension", "effectiveTiming"})  # may hold dates further down
_DATE_NAMES: Final = frozenset(_DATES)


def _is_plain(resource: Resource, birth: When | None) -> bool:
    """Whether every date of it can be used, as of nearly every resource: a look that spares the rest."""
    for name, value in resource.items():
        if name in _DATE_NAMES:
            if not _is_plain_date(value, birth):
                return False
        elif name in _PERIODS:
            if type(value) is not dict:
                return False
            for side in _PERIODS[name]:
                if side in value and not _is_plain_date(value[side], birth):
                    return False
        elif name in _SELDOM:
            return False
    return True


def _is_plain_date(value: object, birth: When | None) -> bool:
    found = parse_date(value)
    return found is not None and found.earliest not in _EPOCH and not _against(found, birth, ())


def doubt(name: str, value: object, birth: When | None, others: Sequence[When] = ()) -> str:
    """Why a date cannot be used, naming it; empty if it can. ``others`` are the dates of the same record."""
    found = parse_date(value)
    shown = clean(value, 40) if isinstance(value, str) else type(value).__name__
    if found is None:
        return f"{name} {quoted(shown)} is not a date"
    against = _against(found, birth, others)
    return f"{name} {quoted(shown)} is not believed ({against})" if against else ""


def _against(found: When, birth: When | None, others: Sequence[When]) -> str:
    if found.latest < _EARLIEST:
        return f"before {_EARLIEST.year}"
    if birth is not None and found.latest < birth.earliest:
        return "before the patient's birth"
    if found.earliest.year >= min(_LATEST_YEAR, birth.latest.year + _LONGEST_LIFE if birth else _LATEST_YEAR):
        return "too far in the future"
    if found.precision is Precision.DAY and found.earliest in _EPOCH and not any(map(_is_near_epoch, others)):
        return "the day many systems write where they have none"
    return ""


def _is_near_epoch(other: When) -> bool:
    return other.earliest not in _EPOCH and any(abs(other.earliest - day) <= _SUPPORTS for day in _EPOCH)


@dataclass(frozen=True)
class _Sieve:
    """One resource with the dates of it that are dates, and the faults found so far."""

    birth: When | None
    others: Sequence[When]
    faults: list[str]

    def passed(self, resource: Resource) -> Resource:
        kept = {name: value for name, value in resource.items() if name not in _DATES or self._holds(name, value)}
        for name in _PERIODS:
            if is_object(period := _lone(kept.get(name))):
                kept[name] = self._period(name, period)
                if not kept[name]:
                    del kept[name]
        if is_object(timing := kept.get("effectiveTiming")) and isinstance(events := timing.get("event"), list):
            kept["effectiveTiming"] = {
                **timing,
                "event": [e for e in events if self._holds("effectiveTiming.event", e)],
            }
        for name, inner in (("extension", self._asserted), ("contained", self._contained)):
            if isinstance(held := kept.get(name), list):
                kept[name] = [inner(item) if is_object(item) else item for item in held]
        return kept

    def _holds(self, name: str, value: object) -> bool:
        fault = doubt(name, value, self.birth, self.others)
        self.faults.extend([fault] if fault else [])
        return not fault

    def _period(self, name: str, period: Resource) -> Resource:
        read = _PERIODS[name]
        kept = {side: day for side, day in period.items() if side not in read or self._holds(f"{name}.{side}", day)}
        return {} if name == _COUNTS_BY_END and "end" in period and "end" not in kept else kept

    def _asserted(self, extension: Resource) -> Resource | None:
        day = extension.get("valueDateTime")
        dated = extension.get("url") == ASSERTED and day is not None
        return extension if not dated or self._holds("assertedDate", day) else None

    def _contained(self, resource: Resource) -> Resource:
        return replace(self, others=tuple(_dates(resource))).passed(resource)


def _lone(value: object) -> object:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _dates(resource: Resource) -> Iterator[When]:
    """Every date among the elements that are read as dates."""
    values = [resource.get(name) for name in _DATES]
    periods = [period for name in _PERIODS if is_object(period := _lone(resource.get(name)))]
    values += [period.get(side) for period in periods for side in ("start", "end")]
    return (found for value in values if (found := parse_date(value)))


def day_told(on: When | None) -> date | None:
    """None where only the month or year is told."""
    return on.earliest if on is not None and on.precision is Precision.DAY else None


def performed_on(resource: Resource, birth: When | None) -> When | None:
    """The end of a period: the clock restarts when it was over. A text is never parsed."""
    start, end = parse_period(get_object(resource, "performedPeriod"))
    return (
        parse_date(resource.get("performedDateTime"))
        or end
        or start
        or age(get_object(resource, "performedAge"), birth)
        or age_range(get_object(resource, "performedRange"), birth)
    )
