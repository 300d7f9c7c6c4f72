"""Assessment, proposal and decisions -> what the review page shows, in the order and words it shows them.

Nothing is decided here: every state, date and sentence comes from the assessment or the proposal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from smartapp.core.assessment import Alert, Assessment, Phase, Reason, Restriction, Severity, State
from smartapp.core.chart import AttestationName, Patient, When
from smartapp.core.proposal import Activity, Choice, Decision, Kind, Proposal, Timing
from smartapp.web import words
from smartapp.web.timeline import Timeline, months_between, timeline
from smartapp.web.timeline_drawing import NARROW, WIDE, Drawing, draw
from smartapp.web.words import Headline, Look, Statement

OPEN_GROUPS = frozenset({Kind.FOLLOW_UP, Kind.REFERRAL})  # what somebody has to act on is not folded away


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
class RestrictionRow:
    id: str
    item: str
    look: Look
    movement: str
    quality: str
    instead: str
    text: str
    until: date | None
    horizon: str  # where there is no date
    gate: str
    reason: Reason
    edited: str
    editable: bool
    fixed: str  # why it cannot be edited


@dataclass(frozen=True)
class ItemRow:
    id: str
    item: str
    title: str
    dose: str
    note: str
    description: str
    reason: Reason
    options: tuple[Activity, ...]
    value: str
    value_label: str
    edited: str
    dropped: bool = False


@dataclass(frozen=True)
class SessionBlock:
    title: str
    minutes: int
    items: tuple[ItemRow, ...]


@dataclass(frozen=True)
class Group:
    title: str
    items: tuple[ItemRow, ...]
    open: bool


@dataclass(frozen=True)
class Said:
    name: AttestationName
    said: str
    on: date
    by: str


@dataclass(frozen=True)
class Choosable:
    name: AttestationName
    button: str


@dataclass(frozen=True)
class Artifact:
    what: str
    how: str


@dataclass(frozen=True)
class SignBar:
    button: str
    refused: str = ""  # why not, as a sentence; empty if this person may sign
    may_activate: bool = True
    note: str = ""


@dataclass(frozen=True)
class DifferenceLine:
    kind: str
    word: str
    text: str


@dataclass(frozen=True)
class Previous:
    told: str
    lines: tuple[DifferenceLine, ...]
    count: str
    changed: bool


@dataclass(frozen=True)
class Found:
    what: str
    answer: str


@dataclass(frozen=True)
class ReviewView:
    launch_id: str
    token: str
    ehr: str
    user: str
    patient: PatientLine
    assessment: Assessment
    proposal: Proposal
    headline: Headline
    stops: tuple[Alert, ...]
    reviews: tuple[Alert, ...]
    infos: tuple[Alert, ...]
    broken: tuple[str, ...]
    numbers: tuple[Number, ...]
    timeline: Timeline | None
    wide: Drawing | None
    narrow: Drawing | None
    restrictions: tuple[RestrictionRow, ...]
    never: tuple[ItemRow, ...]
    dose_line: str
    session: tuple[SessionBlock, ...]
    home: tuple[ItemRow, ...]
    groups: tuple[Group, ...]
    referral_dose: str
    attested: tuple[Said, ...]
    attestable: tuple[Choosable, ...]
    may_edit: bool = True
    sign: SignBar | None = None
    artifacts: tuple[Artifact, ...] = ()
    previous: Previous | None = None
    found: tuple[Found, ...] = ()
    suggestions: tuple[Activity, ...] = ()
    review_status: str = ""
    read_at: str = ""
    said: str = ""
    show_attest: bool = True
    statements: Mapping[str, Statement] = field(default_factory=dict)


@dataclass(frozen=True)
class Circumstances:
    """What the page knows beside the medicine: the launch, the person, the site."""

    launch_id: str
    token: str
    ehr: str
    user: str
    may_edit: bool
    sign: SignBar | None
    artifacts: tuple[Artifact, ...]
    previous: Previous | None
    review_status: str
    read_at: str
    said: str = ""


def review_view(
    here: Circumstances,
    machine: Proposal,
    revised: Proposal,
    decisions: Sequence[Decision],
    later: Sequence[Assessment],
    boundaries: Sequence[tuple[Phase, int]],
) -> ReviewView:
    """``machine`` is the proposal before, ``revised`` after the decisions; ``later`` see :mod:`timeline`."""
    now = revised.assessment
    line = timeline(now, later, boundaries)
    rows = _Items(machine, revised, decisions)
    prescribes = now.disposition.prescribes
    return ReviewView(
        launch_id=here.launch_id,
        token=here.token,
        ehr=here.ehr,
        user=here.user,
        patient=patient_line(now.chart.patient, now.as_of),
        assessment=now,
        proposal=revised,
        headline=words.DISPOSITIONS[now.disposition],
        stops=_of(now, Severity.STOP),
        reviews=_of(now, Severity.REVIEW),
        infos=_of(now, Severity.INFO),
        broken=_broken(now),
        numbers=_numbers(now),
        timeline=line,
        wide=draw(line, WIDE) if line else None,
        narrow=draw(line, NARROW) if line else None,
        restrictions=tuple(rows.restriction(r) for r in now.restrictions),
        never=rows.never(),
        dose_line=_dose_line(revised),
        session=rows.session(),
        home=rows.home(),
        groups=rows.groups(),
        referral_dose=_referral_dose(revised),
        attested=tuple(Said(a.name, words.ATTESTATIONS[a.name].said, a.on, a.by) for a in now.chart.attestations),
        attestable=tuple(
            Choosable(name, words.ATTESTATIONS[name].button)
            for name in AttestationName
            if not any(a.name is name for a in now.chart.attestations)
        ),
        may_edit=here.may_edit,
        sign=here.sign if prescribes else None,
        artifacts=here.artifacts,
        previous=here.previous,
        found=() if prescribes else _found(now),
        suggestions=() if prescribes else revised.activities,
        review_status=here.review_status,
        read_at=here.read_at,
        said=here.said,
        show_attest=now.anchor is not None or bool(now.chart.attestations),
    )


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


def _of(now: Assessment, severity: Severity) -> tuple[Alert, ...]:
    return tuple(alert for alert in now.alerts if alert.severity is severity)


def _broken(now: Assessment) -> tuple[str, ...]:
    unreadable = {*now.unreadable, *now.chart.unreadable}
    lines = [f"{item.where}: {item.reason}" for item in sorted(unreadable, key=lambda item: item.where)]
    return (*now.chart.partial, *lines)


def _numbers(now: Assessment) -> tuple[Number, ...]:
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
            f"{vitamin.ng_per_ml} ng/mL" if vitamin else "",
            words.VITAMIN_D_CLASSES.get(vitamin.cls, vitamin.cls) if vitamin else "",
            str(vitamin.on or "") if vitamin else "",
            vitamin.reason if vitamin else None,
        ),
        Number("Pain now", f"{now.pain}/10" if now.pain is not None else "", "", "", None),
    ]
    if now.anchor is not None:
        anchor = now.anchor
        shown = When(anchor.earliest, anchor.day, anchor.precision)
        found.insert(0, Number("Day 0", str(shown), words.HEALING[now.healing], "", anchor.reason))
    return tuple(found)


def _found(now: Assessment) -> tuple[Found, ...]:
    chart = now.chart
    fractures = [d for d in chart.diagnoses if d.fracture]
    counted = (
        ("Vertebral fractures", [d.text or d.source.display for d in fractures]),
        ("Other problems", [d.text or d.source.display for d in chart.diagnoses if not d.fracture]),
        ("Spine procedures", [p.text or p.source.display for p in chart.procedures]),
        ("Bone density and laboratory values", [m.text or m.source.display or m.quantity for m in chart.measurements]),
    )
    return tuple(Found(what, _listed(names)) for what, names in counted)


def _listed(names: Sequence[str], most: int = 6) -> str:
    if not names:
        return "none in what could be read"
    distinct = list(dict.fromkeys(name for name in names if name)) or ["without a name"]
    more = f" and {len(distinct) - most} more" if len(distinct) > most else ""
    return f"{len(names)}: " + "; ".join(distinct[:most]) + more


def _dose_line(proposal: Proposal) -> str:
    if proposal.referral is None:
        return ""
    timing = proposal.referral.timing
    return f"{_sessions(timing)}, {months_between(proposal.start, proposal.end)} months to {proposal.end}"


def _sessions(timing: Timing) -> str:
    most = f"–{timing.frequency_max}" if timing.frequency_max else ""
    often = f"{timing.frequency}{most} supervised sessions a week"
    if timing.period_days != 7:
        often = f"{timing.frequency}{most} supervised sessions in {timing.period_days} days"
    days = ", ".join(words.DAYS.get(day, day) for day in timing.days)
    return " · ".join(filter(None, (often, f"{timing.minutes} min each" if timing.minutes else "", days)))


def _referral_dose(proposal: Proposal) -> str:
    if proposal.referral is None:
        return ""
    return f"{_sessions(proposal.referral.timing)}, from {proposal.referral.start} to {proposal.referral.end}"


class _Items:
    """Rows of the plan, each with the machine's suggestion beside the clinician's decision."""

    def __init__(self, machine: Proposal, revised: Proposal, decisions: Sequence[Decision]) -> None:
        self.machine, self.revised = machine, revised
        self.decided = {decision.item: decision for decision in decisions}
        self.gates = {
            name: (day, waits)
            for name, day, waits in (revised.assessment.gates.opens if revised.assessment.gates else ())
        }

    def restriction(self, restriction: Restriction) -> RestrictionRow:
        decision = self.decided.get(restriction.id)
        line = self.revised.activity(restriction.id)
        return RestrictionRow(
            id=restriction.id,
            item=restriction.id,
            look=words.STATES[restriction.state],
            movement=restriction.movement or words.RESTRICTION_NAMES.get(restriction.id, restriction.id),
            quality=restriction.quality,
            instead=restriction.instead,
            text=line.description if line else restriction.text,
            until=restriction.until,
            horizon=self._horizon(restriction),
            gate=self._gate(restriction.id),
            reason=restriction.reason,
            edited=self._edited(decision, restriction.text),
            editable=self.machine.activity(restriction.id) is not None,
            fixed="",
        )

    def never(self) -> tuple[ItemRow, ...]:
        shown = {r.id for r in self.revised.assessment.restrictions}
        return tuple(self._row(a) for a in self._all(Kind.RESTRICTION) if a.id not in shown)

    def session(self) -> tuple[SessionBlock, ...]:
        return tuple(
            SessionBlock(block.title, block.minutes, self._rows_of(block.exercises)) for block in self.machine.session
        )

    def home(self) -> tuple[ItemRow, ...]:
        return tuple(self._row(a) for a in self._all(Kind.EXERCISE) if a.home)

    def groups(self) -> tuple[Group, ...]:
        seen = {id_ for block in self.machine.session for id_ in block.exercises}
        extra = [a for a in self._all(Kind.EXERCISE) if a.id not in seen and not a.home]
        groups = [Group("Further exercises", tuple(map(self._row, extra)), False)]
        for kind in (Kind.FOLLOW_UP, Kind.REFERRAL, Kind.NUTRITION, Kind.EDUCATION):
            groups.append(Group(words.KINDS[kind], tuple(map(self._row, self._all(kind))), kind in OPEN_GROUPS))
        return tuple(group for group in groups if group.items)

    def _all(self, kind: Kind) -> list[Activity]:
        """In the machine's order; what the clinician dropped stays in its place, what was added comes after."""
        known = [a for a in self.machine.activities if a.kind is kind]
        return known + [
            a
            for a in self.revised.activities
            if a.kind is kind and not self.machine.activity(a.id) and not self._stands_in(a.id)
        ]

    def _stands_in(self, id_: str) -> bool:
        return any(d.choice is Choice.CHANGE and d.value == id_ for d in self.decided.values())

    def _rows_of(self, ids: Sequence[str]) -> tuple[ItemRow, ...]:
        found = (self.machine.activity(id_) or self.revised.activity(id_) for id_ in ids)
        return tuple(self._row(activity) for activity in found if activity is not None)

    def _row(self, suggested: Activity) -> ItemRow:
        decision = self.decided.get(suggested.id)
        now = self.revised.activity(suggested.id)
        if now is None and decision is not None and decision.choice is Choice.CHANGE:
            now = self.revised.activity(decision.value)
        shown = now or suggested
        exercise = shown.kind is Kind.EXERCISE
        return ItemRow(
            id=suggested.id,
            item=suggested.id,
            title=shown.title,
            dose=shown.dose,
            note=shown.status_reason,
            description=shown.description,
            reason=shown.reason,
            options=tuple(filter(None, (self._option(id_) for id_ in suggested.options))),
            value=shown.dose if exercise else shown.description,
            value_label="Dose" if exercise else "Wording",
            edited=self._edited(decision, suggested.title if exercise else suggested.description, suggested),
            dropped=now is None,
        )

    def _option(self, id_: str) -> Activity | None:
        return self.machine.activity(id_)

    def _edited(self, decision: Decision | None, suggestion: str, activity: Activity | None = None) -> str:
        if decision is None:
            return ""
        said = "Dropped by you" if decision.choice is Choice.DROP else "Changed by you"
        was = " · ".join(filter(None, (suggestion, activity.dose if activity else "")))
        return f"{said}; suggested: “{was}”." + (f" Reason: {decision.reason}" if decision.reason else "")

    def _horizon(self, restriction: Restriction) -> str:
        gate = self.gates.get(words.GATE_OF.get(restriction.id, ""))
        if gate and gate[0]:
            return f"may open {gate[0]}"
        if words.STATES[restriction.state].tone == "open":
            return ""
        return "no end date" if restriction.state is not State.CLINICIAN_DECISION else ""

    def _gate(self, id_: str) -> str:
        name = words.GATE_OF.get(id_, "")
        reasons = dict(self.revised.assessment.gates.reasons) if self.revised.assessment.gates else {}
        opening = self.gates.get(name)
        parts = [reasons[name].text] if name in reasons else []
        if opening:
            day, waits = opening
            parts.append((f"Earliest {day}. " if day else "") + (f"Waits for: {waits}." if waits else ""))
        return " ".join(parts)
