"""The records behind a referral -> what of its packet is there: signed order and plan, diagnoses, referrer, coverage.

Of a record that could not be read nothing is known (None), which is not the same as its saying nothing (empty).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from smartapp.core.plan.bearing import BEARING, BRACE, COLLAR
from smartapp.core.referral_packet import Need
from smartapp.fhir.json import Resource, as_object, as_objects, coded_text
from smartapp.fhir.text import as_typed, clean

Facts = dict[Need, str | None]

LONGEST = 500  # characters of one fact (ours)
NPI = "http://hl7.org/fhir/sid/us-npi"
ICD_10 = re.compile(r"icd-10|2\.16\.840\.1\.113883\.6\.(90|3)$", re.IGNORECASE)
NOT_STATED = "not stated"  # how our own orders say that nothing is (knowledge/papers.toml)
DRAFT = "draft"  # of an order or a plan that nobody has signed
UNREAD = "could not all be read"
# An order that somebody stands behind; the other statuses of R4 are none, or no more one.
SIGNED = frozenset({"active", "on-hold", "completed"})
_DIAGNOSES = re.compile(r"Diagnoses: (.*?)\.(?: Bone density:|$)")
_LEVEL = re.compile(r"\b(?:T(?:1[0-2]|[1-9])|L[1-5])\b")
_LUMBAR = re.compile(r"\b(first|second|third|fourth|fifth) lumbar vertebra", re.IGNORECASE)
_ORDINALS = {"first": "L1", "second": "L2", "third": "L3", "fourth": "L4", "fifth": "L5"}
_DAY_0 = re.compile(r"\b(?:counted from|day 0) (\d{4}-\d{2}-\d{2})\b")
_BONE = re.compile(r"t-score|dxa|bone (?:mineral )?density", re.IGNORECASE)
_PERIODS = {"wk": "week", "d": "day", "mo": "month"}


def order_facts(order: Resource, plan: Resource, restrictions: int) -> Facts:
    """Of the ServiceRequest and the CarePlan, each empty where it could not be read; ``restrictions``: how many the
    plan names."""
    of_order = (Need.DIAGNOSIS, Need.LEVEL, Need.SINCE, Need.WEIGHT_BEARING, Need.BRACE, Need.SIGNED, Need.IMAGING)
    facts: Facts = dict.fromkeys((*of_order, Need.RESTRICTIONS, Need.GOALS, Need.DOSE))
    if order.get("status") == DRAFT:
        facts[Need.SIGNED] = ""  # what else it says is nothing to pass on
    elif order:
        facts |= _of_order(order)
    if plan:
        facts[Need.RESTRICTIONS] = f"{restrictions} named above" if restrictions else ""
        facts[Need.GOALS] = f"{count} in the plan" if (count := len(as_objects(plan.get("goal")))) else ""
    return facts


def _of_order(order: Resource) -> Facts:
    reason = " ".join(clean(coded_text(each), LONGEST) for each in as_objects(order.get("reasonCode")))
    found, day = _DIAGNOSES.search(reason), _DAY_0.search(reason)
    lines = [line for note in as_objects(order.get("note")) for line in str(note.get("text", "")).split("\n")]
    return {
        Need.DIAGNOSIS: found[1] if found else reason,
        Need.LEVEL: ", ".join(_levels(found[1] if found else reason)),
        Need.SINCE: day[1] if day else "",
        Need.WEIGHT_BEARING: _line(lines, BEARING),
        Need.BRACE: _line(lines, BRACE, COLLAR),
        Need.SIGNED: _signed(order),
        Need.IMAGING: "; ".join(_imaging(order)),
        Need.DOSE: _dose(order),
    }


def _levels(text: str) -> Iterator[str]:
    named = [*_LEVEL.findall(text), *(_ORDINALS[each.lower()] for each in _LUMBAR.findall(text))]
    yield from dict.fromkeys(named)


def _line(lines: Sequence[str], *begins: str) -> str | None:
    """What the order says in a line of its own; None where it says that this could not be read."""
    for line in lines:
        if begin := next((each for each in begins if line.startswith(each)), ""):
            said = line.removeprefix(begin).strip()
            if UNREAD in said:
                return None
            named = f"Collar: {said}" if begin == COLLAR else said
            return "" if said.startswith(NOT_STATED) else as_typed(named, LONGEST)
    return ""


def _signed(order: Resource) -> str:
    if order.get("status") not in SIGNED or order.get("intent") != "order":
        return ""
    by = clean(str(as_object(order, "requester").get("display") or ""))
    day = clean(str(order.get("authoredOn") or ""))[:10]
    return f"{day}, {by}" if day and by else ""


def _imaging(order: Resource) -> Iterator[str]:
    for each in as_objects(order.get("supportingInfo")):
        name, kind = clean(str(each.get("display") or "")), str(each.get("reference") or "")
        if "DiagnosticReport/" in kind or "ImagingStudy/" in kind or _BONE.search(name):
            yield name or "a report, without a name"


def _dose(order: Resource) -> str:
    """Amount, duration and frequency; empty where one of them is not said."""
    repeat = as_object(as_object(order, "occurrenceTiming"), "repeat")
    bounds, visits = as_object(repeat, "boundsPeriod"), as_object(order, "quantityQuantity").get("value")
    often, unit = _range(repeat, "frequency"), _PERIODS.get(str(repeat.get("periodUnit")), "")
    start, end = (clean(str(bounds.get(name) or "")) for name in ("start", "end"))
    if not (visits and often and unit and start and end):
        return ""
    each = f"{count:g} {unit}s" if (count := _number(repeat.get("period"))) != 1 else f"a {unit}"
    minutes = (
        f", {length} min" if (length := _range(repeat, "duration")) and repeat.get("durationUnit") == "min" else ""
    )
    return f"{visits} visits, {often} {each}{minutes}, {start} to {end}"


def _range(repeat: Resource, name: str) -> str:
    least, most = _number(repeat.get(name)), _number(repeat.get(f"{name}Max"))
    return "" if not least else f"{least:g}-{most:g}" if most and most != least else f"{least:g}"


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def codes_of(conditions: Iterable[Resource]) -> str:
    """The ICD-10 codes of the diagnoses an order names."""
    found = (
        clean(str(coding.get("code") or ""), 20)
        for condition in conditions for coding in as_objects(as_object(condition, "code").get("coding"))
        if ICD_10.search(str(coding.get("system") or ""))
    )  # fmt: skip
    return ", ".join(dict.fromkeys(filter(None, found)))


def payers_of(coverages: Iterable[Resource]) -> str:
    """Who pays, by name, and the member's number where there is one."""
    return "; ".join(dict.fromkeys(filter(None, map(_payer, coverages))))


def _payer(coverage: Resource) -> str:
    if coverage.get("status") != "active":
        return ""
    named = (clean(str(each.get("display") or "")) for each in as_objects(coverage.get("payor")))
    name = ", ".join(filter(None, named)) or coded_text(as_object(coverage, "type"))
    member = clean(str(coverage.get("subscriberId") or ""), 40)
    return f"{name}, member {member}" if name and member else name


def npi_of(practitioner: Resource) -> str:
    numbers = (each.get("value") for each in as_objects(practitioner.get("identifier")) if each.get("system") == NPI)
    return clean(str(next(filter(None, numbers), "")), 20)


def phone_of(records: Iterable[Mapping[str, object]]) -> str:
    """The first telephone number at work that is in use."""
    numbers = (
        clean(str(each.get("value") or ""), 40)
        for record in records for each in as_objects(record.get("telecom"))
        if each.get("system") == "phone" and each.get("use") not in ("old", "home")
    )  # fmt: skip
    return next(filter(None, numbers), "")
