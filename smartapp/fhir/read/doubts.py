"""A resource -> the same without the dates that cannot be used, and a line for each of them with the date as it stood.

Software writes a date where it has none: year 1, the first day of its own calendar, the last it can hold. Such a date,
and one from before the patient's birth, is not believed; it is read as missing. Done once for every resource, before
any reader sees it, so that what is there can be used and the next choice of an element is read instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from smartapp.core.chart import Unreadable
from smartapp.core.dates import Precision, When
from smartapp.fhir.json import Resource, clean, is_object
from smartapp.fhir.read.dates import when

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
    faults: list[str] = []
    kept = _Sieve(birth, tuple(_dates(resource)), faults).passed(resource)
    return kept, tuple(Unreadable(place, f"{fault} and is taken as missing") for fault in faults)


def doubt(name: str, value: object, birth: When | None, others: Sequence[When] = ()) -> str:
    """Why a date cannot be used, naming it; empty if it can. ``others`` are the dates of the same record."""
    found = when(value)
    shown = clean(value, 40) if isinstance(value, str) else type(value).__name__
    if found is None:
        return f"{name} “{shown}” is not a date"
    against = _against(found, birth, others)
    return f"{name} “{shown}” is not believed ({against})" if against else ""


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
    return (found for value in values if (found := when(value)))
