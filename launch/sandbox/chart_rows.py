"""One FHIR resource -> the row a chart page shows. Tolerant: a missing element is an empty cell, never an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .compartment import Resource, values

# statuses under which an entry still asks for attention; anything else is shown paler
CURRENT = frozenset(
    {
        "active",
        "recurrence",
        "relapse",
        "draft",
        "on-hold",
        "final",
        "amended",
        "corrected",
        "completed",
        "requested",
        "received",
        "accepted",
        "ready",
        "in-progress",
        "current",
        "preliminary",
    }
)

SCORES = frozenset({"t-score", "z-score"})


@dataclass(frozen=True)
class Row:
    """One line of a chart section; ``about``: the records it speaks of, as ``Type/id``."""

    reference: str
    title: str
    detail: str
    date: str
    status: str
    note: str = ""
    about: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        return self.reference.replace("/", "-")

    @property
    def current(self) -> bool:
        return self.status in CURRENT or not self.status


@dataclass(frozen=True)
class Activity:
    """One activity of a care plan; ``avoid`` where it is something not to do."""

    text: str
    avoid: bool
    status: str
    reference: str = ""


@dataclass(frozen=True)
class Plan:
    """One care plan with its goals and activities."""

    row: Row
    period: str
    intent: str
    goals: tuple[str, ...]
    activities: tuple[Activity, ...]
    replaces: tuple[str, ...]


def text(concept: Any) -> str:
    """The words of a CodeableConcept: its text, else the first display, else the first code."""
    if not isinstance(concept, dict):
        return ""
    codings = [c for c in concept.get("coding", []) if isinstance(c, dict)]
    words = [concept.get("text"), *(c.get("display") for c in codings), *(c.get("code") for c in codings)]
    return str(next((word for word in words if word), ""))


def codes(concept: Any) -> str:
    found = [c.get("code", "") for c in concept.get("coding", [])] if isinstance(concept, dict) else []
    return " · ".join(code for code in found if code)


def _day(value: Any) -> str:
    return value[:10] if isinstance(value, str) else ""


def _first(resource: Resource, *names: str) -> str:
    for name in names:
        value = resource.get(name)
        if isinstance(value, dict):
            value = value.get("start") or value.get("end")
        if value:
            return str(value)
    return ""


def newest(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.current, row.date), reverse=True)


def _ref(resource: Resource) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def problem(r: Resource) -> Row:
    onset = _first(r, "onsetDateTime", "onsetPeriod", "onsetString")
    clinical = text(r.get("clinicalStatus")).lower()
    verification = next(iter(values(r, "verificationStatus.coding.code")), "")
    entered = f", entered {_day(r['recordedDate'])}" if r.get("recordedDate") else ""
    notes = [
        "" if onset else f"onset not recorded{entered}",
        "" if verification in {"", "confirmed"} else verification,
        "encounter diagnosis" if values(r, "category.coding.code") == ["encounter-diagnosis"] else "",
    ]
    note = ", ".join(filter(None, notes))
    return Row(_ref(r), text(r.get("code")), codes(r.get("code")), _day(onset), clinical, note)


def result(r: Resource) -> Row:
    site = text(r.get("bodySite"))
    note = " ".join(n.get("text", "") for n in r.get("note", []) if isinstance(n, dict))
    when = _day(_first(r, "effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued"))
    title = text(r.get("code")) + (f", {site}" if site else "")
    return Row(_ref(r), title, _value(r), when, str(r.get("status", "")), note)


def _value(r: Resource) -> str:
    for name, value in r.items():
        if name == "valueQuantity":
            unit = str(value.get("unit") or value.get("code") or "")
            # a bare count, an annotation such as {score}, or the kind of score its own name already says
            spoken = "" if unit == "1" or unit.startswith("{") or unit.lower() in SCORES else unit
            return f"{value.get('comparator', '')}{value.get('value', '')} {spoken}".strip()
        if name == "valueCodeableConcept":
            return text(value)
        if name.startswith("value") and isinstance(value, str | int | float):
            return str(value)
    if r.get("component"):
        return " / ".join(filter(None, (_value(part) for part in r["component"])))
    return text(r.get("dataAbsentReason"))


def procedure(r: Resource) -> Row:
    site = text(next(iter(values(r, "bodySite")), None))
    when = _day(_first(r, "performedDateTime", "performedPeriod", "performedString"))
    return Row(_ref(r), text(r.get("code")), codes(r.get("code")), when, str(r.get("status", "")), site)


def medication(r: Resource) -> Row:
    dose = next((d.get("text", "") for d in r.get("dosageInstruction", []) if isinstance(d, dict)), "")
    name = text(r.get("medicationCodeableConcept")) or r.get("medicationReference", {}).get("display", "")
    return Row(_ref(r), str(name), dose, _day(r.get("authoredOn")), str(r.get("status", "")))


def order(r: Resource) -> Row:
    timing = r.get("occurrenceTiming", {})
    repeat = timing.get("repeat", {}) if isinstance(timing, dict) else {}
    who = r.get("requester", {}).get("display", "")
    instruction = str(r.get("patientInstruction", "")) or " ".join(n.get("text", "") for n in r.get("note", []))
    detail = ", ".join(filter(None, (_frequency(repeat), r.get("intent", ""), f"requested by {who}" if who else "")))
    return Row(_ref(r), text(r.get("code")), detail, _day(r.get("authoredOn")), str(r.get("status", "")), instruction)


def task(r: Resource) -> Row:
    owner, business = r.get("owner", {}), text(r.get("businessStatus"))
    who = str(owner.get("display") or owner.get("reference") or "nobody has taken it")
    title = str(r.get("description") or text(r.get("code")) or "Task")
    about = tuple(map(str, (*values(r, "focus.reference"), *values(r, "partOf.reference"))))
    about += tuple(map(str, values(r, "output.valueReference.reference")))
    detail = ", ".join(filter(None, (business, who)))
    said = [str(line) for line in (*values(r, "note.text"), *values(r, "output.valueString"))]
    note = said[-1] if said else ""
    return Row(_ref(r), title, detail, _day(r.get("authoredOn")), str(r.get("status", "")), note, about)


def answers(r: Resource) -> Row:
    """A form that was filled in: its questions and what was said."""
    who = r.get("author", {}).get("display", "") if isinstance(r.get("author"), dict) else ""
    items = [item for item in r.get("item", []) if isinstance(item, dict)]
    lines = [f"{item.get('text', item.get('linkId', ''))}: {_said(item)}" for item in items if _said(item)]
    return Row(_ref(r), "Answers to a form", who, _day(r.get("authored")), str(r.get("status", "")), "; ".join(lines))


def _said(item: Resource) -> str:
    given = (value for each in item.get("answer", []) if isinstance(each, dict) for value in each.values())
    return ", ".join(str(value) for value in given if not isinstance(value, dict | list))


def document(r: Resource) -> Row:
    title = str(r.get("description") or text(r.get("type")) or "Document")
    kinds = ", ".join(str(kind) for kind in values(r, "content.attachment.contentType"))
    status = str(r.get("docStatus") or r.get("status", ""))
    return Row(_ref(r), title, kinds, _day(r.get("date")), status)


def provenance(r: Resource) -> Row:
    """Who wrote what: one line for each filing."""
    agents = [agent for agent in r.get("agent", []) if isinstance(agent, dict)]
    who = "; ".join(filter(None, map(_agent, agents)))
    about = tuple(map(str, values(r, "target.reference")))
    return Row(_ref(r), text(r.get("activity")) or "written", who, _day(r.get("recorded")), "", about=about)


def _agent(agent: Resource) -> str:
    who = agent.get("who", {})
    name = str(who.get("display") or who.get("reference") or "")
    role = text(agent.get("type"))
    return f"{role}: {name}" if role and name else name


def _frequency(repeat: Resource) -> str:
    if "frequency" not in repeat:
        return ""
    upper = f"-{repeat['frequencyMax']}" if repeat.get("frequencyMax") else ""
    units = {"wk": "week", "d": "day", "mo": "month"}
    unit = units.get(str(repeat.get("periodUnit", "")), str(repeat.get("periodUnit", "")))
    length = f", {repeat['duration']:g} {repeat.get('durationUnit', '')}" if "duration" in repeat else ""
    return f"{repeat['frequency']}{upper} per {unit}{length}"


def plan(r: Resource, goals: dict[str, str], orders: dict[str, str]) -> Plan:
    period = r.get("period", {})
    span = " to ".join(filter(None, (_day(period.get("start")), _day(period.get("end")))))
    category = text(next(iter(reversed(r.get("category", []))), None))
    row = Row(
        _ref(r), str(r.get("title") or category or "Care plan"), str(r.get("description", "")),
        _day(r.get("created") or period.get("start")), str(r.get("status", "")), r.get("author", {}).get("display", ""),
    )  # fmt: skip
    return Plan(
        row=row,
        period=span,
        intent=str(r.get("intent", "")),
        goals=tuple(goals.get(ref, ref) for ref in values(r, "goal.reference")),
        activities=tuple(_activity(a, orders) for a in r.get("activity", []) if isinstance(a, dict)),
        replaces=tuple(str(ref).replace("/", "-") for ref in values(r, "replaces.reference")),
    )


def _activity(activity: Resource, orders: dict[str, str]) -> Activity:
    detail = activity.get("detail")
    if not isinstance(detail, dict):
        reference = str(activity.get("reference", {}).get("reference", ""))
        words = orders.get(reference) or activity.get("reference", {}).get("display") or reference
        return Activity(str(words), False, "", reference.replace("/", "-"))
    avoid = detail.get("doNotPerform") is True
    words = str(detail.get("description") or text(detail.get("code")))
    return Activity(words.removeprefix("AVOID:").strip() if avoid else words, avoid, str(detail.get("status", "")))
