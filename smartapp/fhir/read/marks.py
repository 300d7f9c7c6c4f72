"""What a laboratory says of its own result, by mark or range -> low, normal or high."""

from collections.abc import Mapping
from decimal import Decimal

from smartapp.core.kinds import Quantity
from smartapp.core.laboratory import LABORATORY, LabMark
from smartapp.fhir.json import Resource, code_word, coded_text, get_list, get_number, get_object, get_text
from smartapp.fhir.read.values import own_unit

# Codes of HL7 v3 ObservationInterpretation, and the words some senders put there.
_MARKS: Mapping[str, LabMark] = {
    **dict.fromkeys(("h", "hh", "hu", "h>", "high", "critical high", "significantly high"), LabMark.HIGH),
    **dict.fromkeys(("l", "ll", "lu", "l<", "low", "critical low", "significantly low"), LabMark.LOW),
    **dict.fromkeys(("n", "normal"), LabMark.NORMAL),
}


def mark_of(quantity: Quantity, own: Decimal | None, unit: str, element: Resource) -> LabMark | None:
    """Where mark and range disagree, what is not normal counts; of several ranges nothing tells which is the patient's.

    ``own`` is the number in our unit, ``unit`` the one it was recorded in.
    """
    if own is None or quantity not in LABORATORY:
        return None
    said = {mark for flag in get_list(element, "interpretation") if (mark := _flag(flag))}
    directed = said - {LabMark.NORMAL}
    if directed:
        return directed.pop() if len(directed) == 1 else None
    ranges = get_list(element, "referenceRange")
    by_range = _in_range(quantity, own, unit, ranges[0]) if len(ranges) == 1 else None
    return by_range if by_range not in (None, LabMark.NORMAL) else next(iter(said), by_range)


def _flag(flag: Resource) -> LabMark | None:
    return _MARKS.get(code_word(flag)) or _MARKS.get(coded_text(flag).strip().lower())


def _in_range(quantity: Quantity, own: Decimal, unit: str, span: Resource) -> LabMark | None:
    low, high = (_bound(quantity, unit, get_object(span, name)) for name in ("low", "high"))
    if low is not None and own < low:
        return LabMark.LOW
    if high is not None and own > high:
        return LabMark.HIGH
    return LabMark.NORMAL if low is not None or high is not None else None


def _bound(quantity: Quantity, unit: str, bound: Resource) -> Decimal | None:
    number = get_number(bound.get("value"))
    if number is None:
        return None
    return own_unit(quantity, number, get_text(bound, "code") or get_text(bound, "unit") or unit)
