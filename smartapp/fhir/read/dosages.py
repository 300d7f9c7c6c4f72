"""Dosages of a medication resource -> words on how and how much is given, and the days from one dose to the next.

A dosage is ``dosage`` in a statement or an administration, ``dosageInstruction`` in a request or a dispense.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from smartapp.core.phrases import PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_list, get_number, get_object, get_str, get_text, get_wordings

_DAYS_OF_WORDS = {"days": 1, "weeks": 7, "months": 30}  # by the groups of the sign
_DAYS_OF_UNITS: Mapping[str, Decimal] = {
    **dict.fromkeys(("s", "min", "h"), Decimal(0)),
    **{"d": Decimal(1), "wk": Decimal(7), "mo": Decimal(30), "a": Decimal(365)},
}


def dosage_words(resource: Resource) -> str:
    """Routes, sites, texts and amounts of every dosage."""
    said = (text for dosage in _dosages(resource) for text in (*_route(dosage), *_amounts(dosage)))
    return " ; ".join(filter(None, said))


def _dosages(resource: Resource) -> list[Resource]:
    return [*get_list(resource, "dosageInstruction"), *get_list(resource, "dosage")]


def _route(dosage: Resource) -> Iterator[str]:
    yield from get_wordings(dosage, "route", "site")
    yield get_text(dosage, "text")


def _amounts(dosage: Resource) -> Iterator[str]:
    """``dose of 4 mg``: as R4 has it in an order, and in what was given."""
    amounts = [get_object(each, "doseQuantity") for each in get_list(dosage, "doseAndRate")]
    for amount in (*amounts, get_object(dosage, "dose")):
        value, unit = get_number(amount.get("value")), get_text(amount, "unit") or get_text(amount, "code")
        if value is not None and unit:
            yield f"dose of {value.normalize():f} {unit}"


def days_between(resource: Resource, words: str, phrases: PhraseTable) -> int | None:
    """The shortest that words or timings say; None where none says one."""
    told = [*_in_words(words, phrases), *_timed(resource)]
    return min(told, default=None)


def _in_words(words: str, phrases: PhraseTable) -> Iterator[int]:
    for place in phrases.found(Sign.DOSE_INTERVAL, words):
        length = next(days for group, days in _DAYS_OF_WORDS.items() if place[group])
        yield length * int(place["number"] or 1)


def _timed(resource: Resource) -> Iterator[int]:
    for dosage in _dosages(resource):
        repeat = get_object(get_object(dosage, "timing"), "repeat")
        unit = _DAYS_OF_UNITS.get(get_str(repeat, "periodUnit"))
        period = get_number(repeat.get("periodMax")) or get_number(repeat.get("period"))
        if unit is not None and period is not None:
            yield int(period * unit / max(get_number(repeat.get("frequency")) or Decimal(1), Decimal(1)))
