"""The records of one patient -> what a chart page shows, by section."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from . import chart_rows
from .chart_rows import Plan, Row, text
from .compartment import Resource, values
from .store import Store

RECORD_TYPES = (
    "Condition", "Observation", "Procedure", "MedicationRequest", "CarePlan", "Goal", "ServiceRequest", "Task",
    "DocumentReference", "QuestionnaireResponse", "Provenance",
)  # fmt: skip


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
class Record:
    """A whole chart, ready to show."""

    problems: list[Row]
    results: list[Row]
    vitals: list[Row]
    procedures: list[Row]
    medications: list[Row]
    plans: list[Plan]
    orders: list[Row]
    tasks: list[Row]
    documents: list[Row]
    provenance: list[Row]

    @property
    def written(self) -> dict[str, str]:
        """What a task or a provenance may speak of, and its title: ``Type/id`` -> words."""
        rows = [*(plan.row for plan in self.plans), *self.orders, *self.tasks, *self.documents]
        return {row.reference: row.title for row in rows}


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

    def latest_encounter(self, id_: str) -> str | None:
        encounters = self.source.raw_all("Encounter", id_)
        latest = max(encounters, key=lambda e: str(e.get("period", {}).get("start", "")), default=None)
        return str(latest["id"]) if latest else None

    def record(self, id_: str) -> Record:
        found = {type_: self.source.raw_all(type_, id_) for type_ in RECORD_TYPES}
        goals = {f"Goal/{goal['id']}": text(goal.get("description")) for goal in found["Goal"]}
        orders = {f"ServiceRequest/{o['id']}": text(o.get("code")) for o in found["ServiceRequest"]}
        vital = [o for o in found["Observation"] if "vital-signs" in values(o, "category.coding.code")]
        social = [o for o in found["Observation"] if o not in vital]
        return Record(
            problems=chart_rows.newest([chart_rows.problem(r) for r in found["Condition"]]),
            results=chart_rows.newest([chart_rows.result(r) for r in social]),
            vitals=chart_rows.newest([chart_rows.result(r) for r in vital]),
            procedures=chart_rows.newest([chart_rows.procedure(r) for r in found["Procedure"]]),
            medications=chart_rows.newest([chart_rows.medication(r) for r in found["MedicationRequest"]]),
            plans=sorted(
                (chart_rows.plan(r, goals, orders) for r in found["CarePlan"]), key=lambda p: p.row.date, reverse=True
            ),
            orders=chart_rows.newest([chart_rows.order(r) for r in found["ServiceRequest"]]),
            tasks=chart_rows.newest([chart_rows.task(r) for r in found["Task"]]),
            documents=chart_rows.newest(
                [
                    *(chart_rows.document(r) for r in found["DocumentReference"]),
                    *(chart_rows.answers(r) for r in found["QuestionnaireResponse"]),
                ]
            ),
            provenance=chart_rows.newest([chart_rows.provenance(r) for r in found["Provenance"]]),
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
