"""FHIR resources into the rows a chart page shows. Tolerant: a missing element is an empty cell, never an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from .compartment import Resource, values
from .store import Store

RECORD_TYPES = ("Condition", "Observation", "Procedure", "MedicationRequest", "CarePlan", "Goal", "ServiceRequest")
# statuses under which an entry still asks for attention; anything else is shown paler
CURRENT = frozenset(
    {"active", "recurrence", "relapse", "draft", "on-hold", "final", "amended", "corrected", "completed"}
)

SCORES = frozenset({"t-score", "z-score"})


class Source(Protocol):
    """Where charts come from: our own store or another FHIR server."""

    def raw_read(self, type_: str, id_: str) -> Resource | None: ...

    def raw_all(self, type_: str, patient: str | None = None) -> list[Resource]: ...

    def fingerprint(self, patient: str) -> str: ...


@dataclass(frozen=True)
class PatientLine:
    """Who this is, in the words a chart header uses."""

    id: str
    name: str
    born: str
    age: int | None
    sex: str
    mrn: str
    phone: str
    language: str
    deceased: bool
    story: str


@dataclass(frozen=True)
class Row:
    """One line of a chart section."""

    reference: str
    title: str
    detail: str
    date: str
    status: str
    note: str = ""

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


@dataclass(frozen=True)
class Record:
    """A whole chart, ready to show."""

    problems: list[Row]
    results: list[Row]
    vitals: list[Row]
    procedures: list[Row]
    medications: list[Row]
    plans: list[Plan]
    orders: list[Row]


class Chart:
    """Reads charts for the pages."""

    def __init__(self, source: Source, store: Store, today: date):
        self.source, self.store, self.today = source, store, today

    def patient(self, id_: str) -> Resource | None:
        return self.source.raw_read("Patient", id_)

    def patient_list(self) -> list[PatientLine]:
        """Every patient; the ones with a story first, in the order their files are read."""
        stories = self.store.stories()
        found = self.source.raw_all("Patient")
        lines = [patient_line(resource, self.today, stories.get(resource["id"], "")) for resource in found]
        return sorted(lines, key=lambda line: not line.story)

    def line(self, id_: str) -> PatientLine | None:
        resource = self.patient(id_)
        return patient_line(resource, self.today, self.store.stories().get(id_, "")) if resource else None

    def record(self, id_: str) -> Record:
        found = {type_: self.source.raw_all(type_, id_) for type_ in RECORD_TYPES}
        goals = {f"Goal/{goal['id']}": text(goal.get("description")) for goal in found["Goal"]}
        orders = {f"ServiceRequest/{o['id']}": text(o.get("code")) for o in found["ServiceRequest"]}
        vital = [o for o in found["Observation"] if "vital-signs" in values(o, "category.coding.code")]
        social = [o for o in found["Observation"] if o not in vital]
        return Record(
            problems=_newest([_problem(r) for r in found["Condition"]]),
            results=_newest([_result(r) for r in social]),
            vitals=_newest([_result(r) for r in vital]),
            procedures=_newest([_procedure(r) for r in found["Procedure"]]),
            medications=_newest([_medication(r) for r in found["MedicationRequest"]]),
            plans=sorted((_plan(r, goals, orders) for r in found["CarePlan"]), key=lambda p: p.row.date, reverse=True),
            orders=_newest([_order(r) for r in found["ServiceRequest"]]),
        )


def patient_line(resource: Resource | None, today: date, story: str = "") -> PatientLine:
    patient = resource or {}
    born = str(patient.get("birthDate", ""))
    identifiers = [i for i in patient.get("identifier", []) if isinstance(i, dict)]
    mrn = next((i for i in identifiers if "MR" in values(i, "type.coding.code")), identifiers[0] if identifiers else {})
    phones = [t.get("value", "") for t in patient.get("telecom", []) if t.get("system") == "phone"]
    return PatientLine(
        id=str(patient.get("id", "")),
        name=_name(patient),
        born=born,
        age=_age(born, today),
        sex=str(patient.get("gender", "")),
        mrn=str(mrn.get("value", "")),
        phone=phones[0] if phones else "",
        language=next((text(c.get("language")) for c in patient.get("communication", [])), ""),
        deceased=bool(patient.get("deceasedDateTime") or patient.get("deceasedBoolean")),
        story=story,
    )


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


def _name(patient: Resource) -> str:
    names = [n for n in patient.get("name", []) if isinstance(n, dict)]
    name = next((n for n in names if n.get("use") == "official"), names[0] if names else {})
    full = f"{name.get('family', '')}, {' '.join(name.get('given', []))}".strip(", ")
    return full or str(name.get("text", "")) or f"Patient {patient.get('id', '')}"


def _age(born: str, today: date) -> int | None:
    try:
        birth = date.fromisoformat(born)
    except ValueError:
        return None
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


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


def _newest(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.current, row.date), reverse=True)


def _ref(resource: Resource) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def _problem(r: Resource) -> Row:
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


def _result(r: Resource) -> Row:
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


def _procedure(r: Resource) -> Row:
    site = text(next(iter(values(r, "bodySite")), None))
    when = _day(_first(r, "performedDateTime", "performedPeriod", "performedString"))
    return Row(_ref(r), text(r.get("code")), codes(r.get("code")), when, str(r.get("status", "")), site)


def _medication(r: Resource) -> Row:
    dose = next((d.get("text", "") for d in r.get("dosageInstruction", []) if isinstance(d, dict)), "")
    name = text(r.get("medicationCodeableConcept")) or r.get("medicationReference", {}).get("display", "")
    return Row(_ref(r), str(name), dose, _day(r.get("authoredOn")), str(r.get("status", "")))


def _order(r: Resource) -> Row:
    timing = r.get("occurrenceTiming", {})
    repeat = timing.get("repeat", {}) if isinstance(timing, dict) else {}
    who = r.get("requester", {}).get("display", "")
    instruction = str(r.get("patientInstruction", "")) or " ".join(n.get("text", "") for n in r.get("note", []))
    detail = ", ".join(filter(None, (_frequency(repeat), r.get("intent", ""), f"requested by {who}" if who else "")))
    return Row(_ref(r), text(r.get("code")), detail, _day(r.get("authoredOn")), str(r.get("status", "")), instruction)


def _frequency(repeat: Resource) -> str:
    if "frequency" not in repeat:
        return ""
    upper = f"-{repeat['frequencyMax']}" if repeat.get("frequencyMax") else ""
    units = {"wk": "week", "d": "day", "mo": "month"}
    unit = units.get(str(repeat.get("periodUnit", "")), str(repeat.get("periodUnit", "")))
    length = f", {repeat['duration']:g} {repeat.get('durationUnit', '')}" if "duration" in repeat else ""
    return f"{repeat['frequency']}{upper} per {unit}{length}"


def _plan(r: Resource, goals: dict[str, str], orders: dict[str, str]) -> Plan:
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
