"""Chart and assessment -> the facts the review page shows: whose chart, the numbers that count, what was looked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from smartapp.core.assessment import Assessment, Reason, shown_number
from smartapp.core.chart import Patient, Quantity, When
from smartapp.web import words
from smartapp.web.timeline import months_between


@dataclass(frozen=True)
class PatientLine:
    reference: str
    name: str
    born: str
    age: str
    sex: str
    record_number: str
    deceased: bool

    @property
    def named(self) -> str:
        """For the button and the receipt: name and date of birth, or the reference where the EHR gives no name."""
        born = f", born {self.born}" if self.born else ", date of birth not recorded"
        return (self.name or self.reference) + born


@dataclass(frozen=True)
class Number:
    label: str
    value: str
    meaning: str
    on: str
    reason: Reason | None


@dataclass(frozen=True)
class Found:
    what: str
    answer: str


def patient_line(patient: Patient, today: date) -> PatientLine:
    return PatientLine(
        reference=patient.reference,
        name=patient.name,
        born=str(patient.birth) if patient.birth else "",
        age=_age(patient.birth, today),
        sex=words.SEXES[patient.sex],
        record_number=patient.record_number,
        deceased=patient.deceased,
    )


def _age(birth: When | None, today: date) -> str:
    """In completed years; a span where the date of birth is not known to the day."""
    if birth is None or birth.earliest > today:
        return ""
    oldest, youngest = months_between(birth.earliest, today) // 12, months_between(birth.latest, today) // 12
    return f"{oldest} y" if oldest == youngest else f"{youngest}–{oldest} y"


def broken(now: Assessment) -> tuple[str, ...]:
    unreadable = {*now.unreadable, *now.chart.unreadable}
    lines = [f"{item.where}: {item.reason}" for item in sorted(unreadable, key=lambda item: item.where)]
    return (*now.chart.partial, *lines)


def numbers(now: Assessment) -> tuple[Number, ...]:
    bone, vitamin = now.bone_density, now.vitamin_d
    site = bone.site.replace("-", " ") if bone and bone.site else ""
    score = f"T {bone.value}" if bone and bone.value is not None else ""
    if bone and bone.cls.endswith("expected-range") and bone.value is not None:
        score = f"Z {bone.value}"
    found = [
        Number(
            "Bone density",
            score or (words.BONE_CLASSES.get(bone.cls, bone.cls) if bone else ""),
            " ".join(filter(None, (site, words.BONE_CLASSES.get(bone.cls, bone.cls).lower() if score else "")))
            if bone
            else "",
            str(bone.on or "") if bone else "",
            bone.reason if bone else None,
        ),
        Number(
            "25-OH vitamin D",
            f"{shown_number(vitamin.ng_per_ml)} ng/mL" if vitamin else "",
            words.VITAMIN_D_CLASSES.get(vitamin.cls, vitamin.cls) if vitamin else "",
            str(vitamin.on or "") if vitamin else "",
            vitamin.reason if vitamin else None,
        ),
        _pain(now),
    ]
    healing = next((reason for reason in now.deciding if reason.rule.startswith("healing")), None)
    found.insert(0, Number("Healing", words.HEALING[now.healing], "", "", healing))
    if now.anchor is not None:
        anchor = now.anchor
        shown = When(anchor.earliest, anchor.day, anchor.precision)
        found.insert(0, Number("Day 0", str(shown), "", "", anchor.reason))
    return tuple(found)


def _pain(now: Assessment) -> Number:
    """The score the rules used, with the record it stands in."""
    if now.pain is None:
        return Number("Pain now", "", "", "", None)
    scores = [m for m in now.chart.measurements if m.quantity is Quantity.PAIN and m.value == now.pain and m.when]
    newest = max(scores, key=lambda m: m.when.latest if m.when else now.as_of, default=None)
    reason = Reason("The newest pain score, at most two weeks old.", (), (newest.source,)) if newest else None
    return Number("Pain now", f"{now.pain}/10", "", str(newest.when) if newest else "", reason)


def found_in(now: Assessment) -> tuple[Found, ...]:
    chart = now.chart
    fractures = [d for d in chart.diagnoses if d.fracture]
    counted = (
        ("Vertebral fractures", [d.text or d.source.display for d in fractures]),
        ("Other problems", [d.text or d.source.display for d in chart.diagnoses if not d.fracture]),
        ("Spine procedures", [p.text or p.source.display for p in chart.procedures]),
        ("Bone density and laboratory values", [m.source.display or m.text or m.quantity for m in chart.measurements]),
    )
    return tuple(Found(what, _listed(names)) for what, names in counted)


def _listed(names: Sequence[str], most: int = 6) -> str:
    if not names:
        return "none in what could be read"
    distinct = list(dict.fromkeys(name for name in names if name)) or ["without a name"]
    more = f" and {len(distinct) - most} more" if len(distinct) > most else ""
    return f"{len(names)}: " + "; ".join(distinct[:most]) + more
