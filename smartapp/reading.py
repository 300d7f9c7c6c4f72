"""A chart read resource by resource -> the JSON of ``smartapp read --json``, whose names stay stable, and its list."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from smartapp.core.chart import (
    ActivityOrder,
    CandidateValue,
    Diagnosis,
    ImagingReport,
    Measurement,
    Medication,
    PlanOnRecord,
    Procedure,
    Unreadable,
    Unrecognised,
)
from smartapp.core.dates import When
from smartapp.core.knowledge import Knowledge
from smartapp.core.phrases import Phrase, PhraseKind
from smartapp.fhir.read.by_resource import ChartRead, ResourceRead
from smartapp.fhir.read.context import FactRead
from smartapp.fhir.read.recorded import RecordedCode
from smartapp.fhir.read.trace import CodeMatch

_NOT_MEANT = (PhraseKind.SIGN, PhraseKind.TOPIC)  # rows of these tell how words are taken, not what they are read as
_EXAMPLES = 3  # codes named of an unknown system


def reading_json(chart: ChartRead, as_of: date, knowledge: Knowledge) -> dict[str, Any]:
    """Everything as plain JSON values."""
    return {
        "asOf": as_of.isoformat(),
        "patient": chart.chart.patient.reference,
        "resources": [_resource(one, as_of) for one in chart.resources],
        "lines": [_line(line) for line in chart.lines],
        "summary": {
            "types": _types(chart),
            "lines": len(chart.chart.unreadable),
            "unknownSystems": list(_unknown_systems(chart)),
        },
        "knowledgeVersion": knowledge.version,
    }


def _resource(one: ResourceRead, as_of: date) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "type": one.type,
        "date": one.date or None,
        "afterAsOf": one.date > as_of.isoformat(),
        "codes": [_code(code) for code in one.codes],
        "words": one.words,
        "read": [fact_json(fact) for fact in one.read],
        "beside": one.beside or None,
        "rows": [*map(_code_row, one.rows), *(_phrase(row) for row in one.phrases if row.kind not in _NOT_MEANT)],
        "signs": [_phrase(row) for row in one.phrases if row.kind in _NOT_MEANT],
        "told": [line.reason for line in one.told],
        "quiet": one.quiet or None,
    }


def _code(code: RecordedCode) -> dict[str, Any]:
    return {
        "system": code.system,
        "knownAs": code.known_as or None,
        "code": code.code,
        "display": code.display,
        "hasRow": code.has_row,
    }


def _code_row(match: CodeMatch) -> dict[str, Any]:
    row = match.row
    return {
        "file": "codes.csv",
        "row": match.name,
        "parentOf": match.system if match.is_of_parent else None,
        "kind": row.kind.value,
        "use": row.use.value,
        "means": list(row.concepts) or [row.note],
    }


def _phrase(row: Phrase) -> dict[str, Any]:
    return {"file": "phrases.toml", "row": row.id, "kind": row.kind.value, "means": [row.means], "title": row.title}


def _line(line: Unreadable) -> dict[str, Any]:
    return {"where": line.where, "reason": line.reason}


def _types(chart: ChartRead) -> dict[str, dict[str, int]]:
    """By type, most first: how many were read, told (or offered), not looked for, and not used for another reason."""
    found: dict[str, dict[str, int]] = {}
    for one in chart.resources:
        counts = found.setdefault(one.type, dict.fromkeys(("resources", "read", "told", "notLookedFor", "notUsed"), 0))
        counts["resources"] += 1
        counts["read"] += bool(one.beside) or len(one.offers) < len(one.read)
        counts["told"] += bool(one.told or one.offers)
        counts["notLookedFor"] += not one.is_looked_for
        counts["notUsed"] += bool(one.quiet and one.is_looked_for)
    return dict(sorted(found.items(), key=lambda item: -item[1]["resources"]))


def _unknown_systems(chart: ChartRead) -> Iterator[dict[str, Any]]:
    codes = [code for one in chart.resources for code in one.codes]
    for system, count in chart.unknown_systems().most_common():
        theirs = dict.fromkeys(f"{code.code} {code.display}".strip() for code in codes if code.system == system)
        yield {"system": system, "count": count, "examples": list(theirs)[:_EXAMPLES]}


# ---- what a fact is ----


def fact_json(fact: FactRead) -> dict[str, Any]:
    """A fact by its kind (``as``) and what it says; what it does not say is left out."""
    said = _said(fact)
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _said(fact: FactRead) -> dict[str, Any]:
    match fact:
        case Diagnosis():
            return _diagnosis(fact)
        case Procedure():
            levels, on = sorted(fact.levels), _day(fact.performed)
            return {"as": "procedure", "kind": fact.kind, "region": fact.region, "levels": levels,
                    "state": fact.state, "date": on}  # fmt: skip
        case Measurement():
            value = None if fact.value is None else float(fact.value)
            said = fact.text if value is None else ""
            return {"as": "measurement", "quantity": fact.quantity, "comparator": fact.comparator, "value": value,
                    "site": fact.site, "levels": sorted(fact.levels), "text": said, "recorded": fact.recorded_value,
                    "date": _day(fact.when), "notes": list(fact.notes)}  # fmt: skip
        case CandidateValue():
            return {"as": "offer", "quantity": fact.quantity, "value": float(fact.value), "site": fact.site,
                    "levels": sorted(fact.levels), "date": _day(fact.when), "quote": fact.quote}  # fmt: skip
        case Medication():
            state = "active" if fact.active else "ended"
            return {"as": "medication", "concepts": sorted(fact.concepts), "state": state, "date": _day(fact.started)}
        case ActivityOrder():
            return {"as": "order", "kind": fact.kind, "side": fact.side, "date": _day(fact.given),
                    "until": _day(fact.until), "quote": fact.quote}  # fmt: skip
        case ImagingReport():
            found = [f"{one.concept}: “{one.quote}”" for one in fact.findings]
            return {"as": "imaging report", "date": _day(fact.when), "findings": found, "unread": fact.unread}
        case Unrecognised():
            return {"as": "not recognised", "kind": fact.kind, "what": fact.name, "date": _day(fact.when)}
        case PlanOnRecord():
            return {"as": "plan of ours", "status": fact.status, "date": _day(fact.created)}


def _diagnosis(fact: Diagnosis) -> dict[str, Any]:
    fracture = fact.fracture
    return {
        "as": "diagnosis",
        "concepts": sorted(fact.concepts),
        "region": fracture and fracture.region,
        "levels": sorted(fracture.levels) if fracture else [],
        "morphology": fracture and fracture.morphology,
        "healing": fracture and fracture.encounter and fracture.encounter.name.lower(),
        "verification": fact.verification,
        "clinicalStatus": fact.clinical_status,
        "date": _day(fact.onset or fact.recorded),
    }


def _day(when: When | None) -> str | None:
    return None if when is None else str(when)


# ---- for a person at a terminal ----


def reading(chart: ChartRead, as_of: date) -> str:
    """``smartapp read`` without ``--json``: a paragraph a resource in file order, then the counts."""
    resources = ("\n".join(_paragraph(one, as_of)) for one in chart.resources)
    return "\n\n".join([*resources, "\n".join(_summary(chart))])


def _paragraph(one: ResourceRead, as_of: date) -> Iterator[str]:
    after = f" (after {as_of})" if one.date > as_of.isoformat() else ""
    yield "  ".join(filter(None, (one.reference, f"{one.date or 'no date'}{after}", one.words and f"“{one.words}”")))
    said = _resource(one, as_of)
    yield from _labeled("code", map(_code_words, one.codes))
    yield from _labeled("read", [one.beside] if one.beside else map(_fact_words, said["read"]))
    yield from _labeled("row", map(_row_words, said["rows"]))
    yield from _labeled("sign", map(_row_words, said["signs"]))
    yield from _labeled("told", said["told"])
    yield from _labeled(
        "quiet", [f"{'not used' if one.is_looked_for else 'not looked for'}: {one.quiet}"] * bool(one.quiet)
    )


def _labeled(label: str, lines: Iterable[str]) -> Iterator[str]:
    return (f"  {label:<6}{line}" for line in lines)


def _code_words(code: RecordedCode) -> str:
    known = code.known_as or ("system not known" if code.system else "no system")
    known += "" if code.has_row or not code.known_as else ", no row"
    return " ".join(filter(None, (f"{code.system}|{code.code}", code.display and f"“{code.display}”", f"({known})")))


def _fact_words(fact: dict[str, Any]) -> str:
    said = ((name, ", ".join(value) if isinstance(value, list) else value) for name, value in fact.items())
    return f"{fact['as']}: {'; '.join(f'{name} {value}' for name, value in said if name != 'as')}"


def _row_words(row: dict[str, Any]) -> str:
    parent = f" (parent of {row['parentOf']})" if row.get("parentOf") else ""
    use = "" if row.get("use", "input") == "input" else f" ({row['use']})"
    title = f": {row['title']}" if row["kind"] in _NOT_MEANT else f": {row['kind']} {' '.join(row['means'])}"
    return f"{row['file']} {row['row']}{parent}{use}{title}"


def _summary(chart: ChartRead) -> Iterator[str]:
    yield f"{len(chart.resources)} resources of {chart.chart.patient.reference}; one may be read and told"
    types = _types(chart)
    width = max(map(len, types), default=0)
    for name, counts in types.items():
        numbers = zip(("read", "told", "not looked for", "not used"), list(counts.values())[1:], strict=True)
        yield f"  {name:<{width}} {counts['resources']:>6}: {', '.join(f'{count} {what}' for what, count in numbers)}"
    yield f"Lines for the clinician: {len(chart.chart.unreadable)}"
    yield from (f"  {line.where}: {line.reason}" for line in chart.lines)
    unknown = list(_unknown_systems(chart))
    if unknown:
        yield "Code systems not known here; an address is added in systems.toml (docs/how-to-change-the-knowledge.md):"
    for system in unknown:
        yield f"  {system['count']:>6}  {system['system'] or 'no system'}  such as {', '.join(system['examples'])}"
