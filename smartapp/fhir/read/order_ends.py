"""A sentence that orders something -> the day it says the order ends, as stated; None where it says none."""

import re
from datetime import date, timedelta

from smartapp.core.dates import When, add_months
from smartapp.fhir.read.dates import parse_date

_MONTHS = {  # English, German, Spanish
    **dict.fromkeys(("january", "jan", "januar", "enero"), 1),
    **dict.fromkeys(("february", "feb", "februar", "febrero"), 2),
    **dict.fromkeys(("march", "mar", "märz", "marzo"), 3),
    **dict.fromkeys(("april", "apr", "abril"), 4),
    **dict.fromkeys(("may", "mai", "mayo"), 5),
    **dict.fromkeys(("june", "jun", "juni", "junio"), 6),
    **dict.fromkeys(("july", "jul", "juli", "julio"), 7),
    **dict.fromkeys(("august", "aug", "agosto"), 8),
    **dict.fromkeys(("september", "sep", "sept", "septiembre"), 9),
    **dict.fromkeys(("october", "oct", "oktober", "okt", "octubre"), 10),
    **dict.fromkeys(("november", "nov", "noviembre"), 11),
    **dict.fromkeys(("december", "dec", "dezember", "dez", "diciembre"), 12),
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NUMBERS = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
    **{"nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
}
_UNTIL = (
    r"\b(?:until|till?|through|thru|up to|ends?(?: on)?|bis(?: zum)?|hasta(?: el)?)\s+(?:the\s+)?(?:\w{3,9}day,?\s+)?"
)
_ISO = re.compile(_UNTIL + r"(?P<iso>\d{4}-\d\d(?:-\d\d)?)\b", re.I)
_NAMED = re.compile(
    rf"{_UNTIL}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?(?P<month>{_MONTH})\b"
    rf"|(?P<month2>{_MONTH})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b)\.?,?(?:\s+(?:de\s+)?(?P<year>\d{{4}})\b)?",
    re.I,
)
_NUMERIC = re.compile(_UNTIL + r"(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4})\b", re.I)
_FOR = re.compile(
    r"(?<!in )(?<!ago )(?<!at )(?<!after )(?<!every )(?<![\d-])\b"
    rf"(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)})(?:[ -]more)?[ -]?"
    r"(?P<unit>days?|weeks?|wks?|months?|tage?n?|wochen?|monaten?|semanas?|meses)\b(?!\s+(?:ago|post|after|old|later))",
    re.I,
)


def end_stated(sentence: str, given: When | None) -> When | None:
    """A date as written, or so many days, weeks or months from the day it was given.

    Of a date without its year the first such day on or after ``given``; of one that can be read two ways the later.
    """
    if found := _ISO.search(sentence):
        return parse_date(found["iso"])
    if found := _NAMED.search(sentence):
        month = _MONTHS[(found["month"] or found["month2"]).lower()]
        return _day(found["year"], month, int(found["day"] or found["day2"]), given)
    if found := _NUMERIC.search(sentence):
        return _numeric(int(found["a"]), int(found["b"]), int(found["year"]))
    if given is not None and (found := _FOR.search(sentence)):
        return _after(given.latest, found["n"], found["unit"].lower())
    return None


def _day(year: str | None, month: int, day: int, given: When | None) -> When | None:
    try:
        if year:
            return When.day(date(int(year), month, day))
        if given is None:
            return None
        first = date(given.latest.year, month, day)
        return When.day(first if first >= given.latest else date(given.latest.year + 1, month, day))
    except ValueError:
        return None


def _numeric(a: int, b: int, year: int) -> When | None:
    read = []
    for month, day in ((a, b), (b, a)):
        try:
            read.append(date(year, month, day))
        except ValueError:
            continue
    return When.day(max(read)) if read else None


def _after(given: date, number: str, unit: str) -> When:
    count = _NUMBERS.get(number.lower()) or int(number)
    if unit.startswith("mo") or unit == "meses":
        return When.day(add_months(given, count))
    return When.day(given + timedelta(days=count if unit.startswith(("d", "t")) else 7 * count))
