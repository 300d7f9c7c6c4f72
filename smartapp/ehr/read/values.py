"""value[x] of an observation -> a number with its unit as recorded; a plain number in a text is read, with a note."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from smartapp.core.chart import Quantity
from smartapp.ehr.read.codings import coded_text
from smartapp.ehr.read.shape import Resource, clean, part, text, word
from smartapp.ehr.read.units import is_unit

# The whole text is a number with its unit: “<4 ng/mL”, “8/10”. A unit nobody of ours has leaves it a text.
_WITH_UNIT = re.compile(
    r"(?P<bound><=|>=|[<>≤≥])?\s*(?P<number>[-−–+]?\d{1,6}(?:\.\d{1,12})?)\s*(?P<unit>[/%{\[A-Za-zµμ]\S{0,20})?\Z",
    re.ASCII,
)
_SOME_NUMBER = re.compile(r"[-−–+]?\d", re.ASCII)
_BOUNDS = {"≤": "<=", "≥": ">="}
_COMPARATORS = {"<", "<=", ">", ">="}
# Scores believed at the door. T: the range of the field study behind the reader; what lies outside it under a T-score
# code was another quantity (growth-chart-app issue 41: bone age). Z, either side of 0: ours. Knowledge may be narrower.
BELIEVED = {Quantity.T_SCORE: (Decimal(-6), Decimal(4)), Quantity.Z_SCORE: (Decimal(-6), Decimal(6))}
_LARGEST = Decimal(10) ** 9  # nothing we read is near it; guards arithmetic against absurd exponents


@dataclass(frozen=True)
class Value:
    """``number`` None: there is a value and it is no number; ``shown`` says it as recorded."""

    number: Decimal | None
    unit: str = ""  # UCUM code where given, else the unit as shown
    comparator: str = ""
    shown: str = ""
    notes: tuple[str, ...] = ()
    wording: str = ""  # of a coded or text answer


def value(resource: Resource) -> Value | None:
    """Of an Observation or component; None where it has none or says why it is absent."""
    if "valueQuantity" in resource:
        return _quantity(part(resource, "valueQuantity"))
    for name in ("valueInteger", "valueDecimal"):
        if name in resource:
            number = _number(resource[name])
            return Value(number, shown=clean(str(resource[name])))
    if "valueString" in resource:
        return _string(word(resource, "valueString"))
    if "valueCodeableConcept" in resource:
        said = coded_text(part(resource, "valueCodeableConcept"))
        return Value(None, shown=said, wording=said)
    other = next((name for name in resource if name.startswith("value") and resource[name] is not None), None)
    return Value(None, shown=f"a {other.removeprefix('value')}") if other else None


def _quantity(quantity: Resource) -> Value | None:
    raw = quantity.get("value")
    if raw is None:
        return None
    unit = text(quantity, "code") or text(quantity, "unit")
    comparator = word(quantity, "comparator").strip()
    shown = " ".join(filter(None, (comparator, clean(str(raw)), text(quantity, "unit") or unit)))
    if isinstance(raw, str):
        read = _string(raw)
        return Value(read.number, unit or read.unit, comparator or read.comparator, shown, read.notes)
    if comparator and comparator not in _COMPARATORS:
        return Value(None, unit, shown=shown)
    return Value(_number(raw), unit, comparator, shown)


def _number(raw: object) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return None
    try:
        number = Decimal(str(raw))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < _LARGEST else None


def _string(raw: str) -> Value:
    """A number, with a true minus sign or a hyphen, alone or with bound and known unit; anything else is only shown."""
    shown = clean(raw)
    found = _WITH_UNIT.match(shown)
    if found is None or (found["unit"] and not is_unit(found["unit"])):
        return Value(None, shown=shown, wording=shown)
    number = Decimal(found["number"].replace("−", "-").replace("–", "-"))
    bound = _BOUNDS.get(found["bound"] or "", found["bound"] or "")
    return Value(number, found["unit"] or "", bound, shown, ("the value was recorded as text",))


def holds_number(said: str) -> bool:
    return _SOME_NUMBER.search(said) is not None
