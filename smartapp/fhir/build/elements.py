"""Core values -> R4 data types as plain dictionaries: references, codings, timings, quantities, annotations."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Source
from smartapp.core.proposal import Timing
from smartapp.fhir.walk import XHTML

Element = dict[str, Any]

UCUM = "http://unitsofmeasure.org"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_LITERAL = re.compile(r"(urn:uuid:\S+|(https?://\S+/)?[A-Z][A-Za-z]+/[^/\s]+(/_history/[^/\s]+)?)\Z")
_RESOURCE = re.compile(r"(?:^|/)([A-Z][A-Za-z]+)/[^/]+(?:/_history/[^/]+)?$")


def without_absent(**elements: Any) -> Element:
    """A dictionary without the empty elements: FHIR JSON knows no null, no empty string and no empty list."""
    return {name: value for name, value in elements.items() if value not in (None, "", [], {}, ())}


def is_literal(reference: str) -> bool:
    return bool(_LITERAL.match(reference))


def reference(target: str, display: str = "", kind: str = "") -> Element | None:
    """Reference to ``target`` where that is a usable literal reference, otherwise by words alone; None if neither."""
    link = target if is_literal(target) else ""
    words = fhir_string(display)
    if not link and not words:
        return None
    found = _RESOURCE.search(link)
    return without_absent(reference=link, type=kind or (found.group(1) if found else ""), display=words)


def chart_references(facts: Iterable[Source], only: str = "") -> list[Element]:
    """References to chart facts, each once, in order; ``only`` keeps one resource type."""
    seen: dict[str, Element] = {}
    for fact in facts:
        made = reference(fact.reference, fact.display) if is_literal(fact.reference) else None
        if made and (not only or made.get("type") == only):
            seen.setdefault(fact.reference, made)
    return list(seen.values())


def fractures(assessment: Assessment) -> list[Element]:
    """The fracture Conditions the plan rests on, governing one first."""
    governing = (assessment.fracture,) if assessment.fracture else ()
    return chart_references((*governing, *assessment.fractures))


def concept(codings: Iterable[Mapping[str, str]] = (), text: str = "") -> Element | None:
    made = without_absent(coding=[dict(coding) for coding in codings], text=fhir_string(text))
    return made or None


def timing(dose: Timing | None, start: date | None = None, end: date | None = None) -> Element | None:
    """R4 Timing of a dose; whole weeks are written as weeks."""
    if dose is None:
        return None
    weeks, rest = divmod(dose.period_days, 7)
    period, unit = (dose.period_days, "d") if rest or not weeks else (weeks, "wk")
    repeat = without_absent(
        boundsPeriod=without_absent(start=start and start.isoformat(), end=end and end.isoformat()),
        count=dose.count,
        frequency=dose.frequency,
        frequencyMax=dose.frequency_max,
        duration=dose.minutes,
        durationMax=dose.minutes_max,
        durationUnit="min" if dose.minutes is not None else None,
        period=period,
        periodUnit=unit,
        dayOfWeek=list(dose.days),
    )
    return {"repeat": repeat}


def json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def quantity(value: Decimal, unit: str, comparator: str = "") -> Element:
    return without_absent(comparator=comparator, unit=unit, system=UCUM if unit else "", code=unit) | {
        "value": json_number(value)
    }


def annotation(text: str, at: datetime | None = None) -> Element | None:
    words = fhir_string(text)
    return without_absent(time=at and instant(at), text=words) if words else None


def instant(at: datetime) -> str:
    """FHIR instant, to the second; a time without zone would not say when."""
    if at.tzinfo is None:
        raise ValueError("a signature needs a time with its zone")
    return at.isoformat(timespec="seconds")


LIMIT = 1_000_000  # bytes; R4 datatypes: "Strings SHALL NOT exceed 1MB in size"
NARRATIVE_LINE = 2_000  # characters of one narrative line; the full text stays in its element
CUT = " … [text cut]"
# Outside XML 1.0 Char, or a C0/C1/DEL control other than tab, line feed and carriage return.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# R4 string is [ \r\n\t\S]+: every other kind of white space (no-break space, line separator ...) becomes a space.
_OTHER_SPACE = re.compile(r"[^\S \r\n\t]")


def fhir_string(text: str) -> str:
    """One R4 ``string``: trimmed, without control characters, at most 1 MB; empty if nothing is left."""
    kept = _UNPRINTABLE.sub("\ufffd", _OTHER_SPACE.sub(" ", text)).strip()
    if len(kept) * 4 <= LIMIT or len(kept.encode()) <= LIMIT:
        return kept
    return kept.encode()[: LIMIT - len(CUT.encode())].decode(errors="ignore").rstrip() + CUT


def line(text: str) -> str:
    """One line of plain text, shortened for the narrative."""
    kept = " ".join(fhir_string(text).split())
    return kept if len(kept) <= NARRATIVE_LINE else kept[:NARRATIVE_LINE] + CUT


def narrative(sections: Iterable[tuple[str, Sequence[str]]], status: str = "generated") -> dict[str, str]:
    """R4 Narrative of titled lists, as (title, lines); empty sections are left out."""
    body = "".join(_section(line(title), [line(item) for item in items]) for title, items in sections)
    return {"status": status, "div": f'<div xmlns="{XHTML}">{body or "<p>No content</p>"}</div>'}


def _section(title: str, items: Sequence[str]) -> str:
    rows = "".join(f"<li>{escape(item, quote=True)}</li>" for item in items if item)
    return f"<p><b>{escape(title, quote=True)}</b></p><ul>{rows}</ul>" if rows else ""
