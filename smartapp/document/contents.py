"""SignedPlan -> Document: restrictions first, then why, what to do, goals, and the referral letter on its own page.

The referral carries the minimum a Medicare plan of care asks for: diagnoses, long-term goals, type, amount, duration
and frequency (as summarised by the Medicare contractors Noridian and Novitas).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smartapp.core.assessment import Assessment, Phase, Severity, shown_number
from smartapp.core.chart import Sex
from smartapp.core.proposal import Activity, Kind, Proposal, Referral, SignedPlan, Timing

PHASES = {Phase.INITIAL: "Initial", Phase.INTERMEDIATE: "Intermediate", Phase.ADVANCED: "Advanced"}
SEXES = {Sex.MALE: "male", Sex.FEMALE: "female", Sex.OTHER: "other sex", Sex.UNKNOWN: "sex not recorded"}
DAYS = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}
LATER = {
    Kind.NUTRITION: "Nutrition",
    Kind.EDUCATION: "Education",
    Kind.FOLLOW_UP: "Checks and orders suggested",
    Kind.REFERRAL: "Referrals suggested",
}


@dataclass(frozen=True)
class Item:
    """One line: a label (may be empty) and what it says."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    items: tuple[Item, ...]
    forbids: bool = False  # shown so that nobody overlooks it, in black and white


@dataclass(frozen=True)
class Part:
    """What starts on a page of its own."""

    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Document:
    title: str
    patient: str  # name
    identity: str  # born, sex, record number
    state: str  # who signed, when, draft or active
    version: str  # plan id and hash: which edition this paper is
    date: str  # ISO 8601, when it was signed
    author: str
    parts: tuple[Part, ...]


def contents(signed: SignedPlan, basis: Sequence[str] = ()) -> Document:
    """The document of a signed plan. ``basis``: on which rules it rests and who has reviewed them, in sentences."""
    plan, patient = signed.proposal, signed.proposal.assessment.chart.patient
    author = signed.signer.name or signed.signer.reference or "a person the EHR did not name"
    identity = [f"born {patient.birth or 'date not recorded'}", SEXES[patient.sex]]
    identity.append(f"record number {patient.record_number}" if patient.record_number else patient.reference)
    parts = [Part("Plan", tuple(s for s in _plan(signed, basis) if s.items))]
    if plan.referral is not None:
        letter = _letter(signed, plan.referral, author)
        parts.append(Part("Referral to physical therapy", tuple(s for s in letter if s.items)))
    return Document(
        title=plan.title,
        patient=patient.name or patient.reference,
        identity=", ".join(identity),
        state=_state(signed, author),
        version=f"plan {signed.plan_id}, content {plan.content_hash[:12] or 'not hashed'}",
        date=signed.signed_at.isoformat(timespec="seconds"),
        author=author,
        parts=tuple(parts),
    )


def _state(signed: SignedPlan, author: str) -> str:
    how = "Signed by" if signed.active else "DRAFT, not in force. Saved by"
    return f"{how} {author}, {signed.signed_at:%Y-%m-%d %H:%M %Z}"


def _plan(signed: SignedPlan, basis: Sequence[str]) -> Iterator[Section]:
    plan, now = signed.proposal, signed.proposal.assessment
    yield from _forbidden(plan)
    yield Section("Alerts", tuple(_alerts(now)))
    yield Section("Phase and why", tuple(_phase(now)))
    yield Section(f"Programme, {plan.start} to {plan.end}", tuple(_programme(signed)))
    for kind, title in LATER.items():
        yield Section(title, tuple(_item(a) for a in plan.activities if a.kind is kind))
    yield Section("Goals", goals(signed))
    yield Section("Changed by the clinician", tuple(_edits(signed)))
    yield Section("Basis and review", tuple(Item(text) for text in (*basis, now.evidence_note) if text))


def _forbidden(plan: Proposal) -> Iterator[Section]:
    """Restrictions by movement, then the exercises that break them; what must not be done before what is changed."""
    kept = {restriction.id for restriction in plan.assessment.restrictions}
    wanted = [a for a in plan.activities if a.do_not_perform or a.kind is Kind.RESTRICTION]
    wanted.sort(key=lambda activity: not activity.do_not_perform)
    yield Section("Movement restrictions", tuple(_item(a) for a in wanted if a.id in kept), forbids=True)
    yield Section("Exercises not to be done", tuple(_item(a) for a in wanted if a.id not in kept), forbids=True)


def _item(activity: Activity) -> Item:
    dose = activity.dose if activity.dose and activity.dose not in activity.description else ""
    label = "" if activity.do_not_perform and activity.description.startswith("AVOID") else activity.title
    said = [activity.description, dose and f"Dose: {dose}", activity.status_reason]
    return Item(" ".join(text.strip() for text in said if text), label)


def _alerts(now: Assessment) -> Iterator[Item]:
    for severity in (Severity.STOP, Severity.REVIEW):
        for alert in now.alerts:
            if alert.severity is severity:
                yield Item(" ".join(filter(None, (alert.text, alert.action))), severity.value.upper())


def _phase(now: Assessment) -> Iterator[Item]:
    phase = PHASES[now.effective_phase] if now.effective_phase else "none"
    yield Item(f"{phase} phase, as of {now.as_of}.", "Phase")
    if now.phase_reason:
        yield Item(now.phase_reason.text)
    for reason in now.deciding:
        yield Item(reason.text)
    if now.anchor:
        told = f"{now.anchor.day} ({now.anchor.rule})"
        doubt = f", at the earliest {now.anchor.earliest}" if now.anchor.earliest != now.anchor.day else ""
        yield Item(told + doubt, "Day 0 of the fracture")
    if now.bone_density:
        value = f" {now.bone_density.value}" if now.bone_density.value is not None else ""
        on = f", {now.bone_density.on}" if now.bone_density.on else ""
        yield Item(f"{now.bone_density.cls.replace('-', ' ')}{value}{on}", "Bone density")
    if now.vitamin_d:
        on = f", {now.vitamin_d.on}" if now.vitamin_d.on else ""
        yield Item(
            f"{shown_number(now.vitamin_d.ng_per_ml)} ng/mL, {now.vitamin_d.cls.replace('-', ' ')}{on}",
            "25-OH vitamin D",
        )
    for gap in now.gaps:
        yield Item(f"{gap.question} {gap.effect}".strip(), "Not in the chart")


def _programme(signed: SignedPlan) -> Iterator[Item]:
    plan = signed.proposal
    if plan.description:
        yield Item(plan.description)
    if plan.session:
        yield Item("; ".join(f"{block.title} {block.minutes} min" for block in plan.session), "Session")
    for activity in plan.activities:
        if activity.kind is Kind.EXERCISE and not activity.do_not_perform:
            yield _item(activity)


def goals(signed: SignedPlan) -> tuple[Item, ...]:
    return tuple(Item(g.description + (f" (by {g.due})" if g.due else "")) for g in signed.proposal.goals)


def _edits(signed: SignedPlan) -> Iterator[Item]:
    for decision in signed.decisions:
        why = f" Reason: {decision.reason}" if decision.reason else ""
        yield Item(f"{decision.choice.value} {decision.value}".strip() + why, decision.item)


def _letter(signed: SignedPlan, referral: Referral, author: str) -> Iterator[Section]:
    dose = referral.timing
    yield Section("Precautions for the therapist", _lines(referral.note), forbids=True)
    yield Section("Asked for", (
        Item(referral.reason_text.removeprefix("Diagnoses:").strip(), "Diagnoses"),
        Item("Evaluation and treatment: supervised physical therapy", "Type"),
        Item(f"{dose.minutes} minutes or more a session" if dose.minutes else "not stated", "Amount"),
        Item(frequency(dose), "Frequency"),
        Item(f"{referral.start} to {referral.end}", "Duration"),
        Item(referral.priority, "Priority"),
        Item(referral.performer_text, "To"),
        Item(author, "Referred by"),
    ))  # fmt: skip
    yield Section("Long-term goals", goals(signed))
    yield Section("For the patient", _lines(referral.patient_instruction))
    yield Section("Please send back", (
        Item("Your plan of care, within 30 days of the first visit, to the referring clinician for signature."),
    ))  # fmt: skip


def _lines(text: str) -> tuple[Item, ...]:
    return tuple(Item(line.strip()) for line in text.splitlines() if line.strip())


def frequency(dose: Timing) -> str:
    most = f" to {dose.frequency_max}" if dose.frequency_max else ""
    often = "a week" if dose.period_days == 7 else f"in {dose.period_days} days"
    days = f" ({', '.join(DAYS.get(day, day) for day in dose.days)})" if dose.days else ""
    return f"{dose.frequency}{most} sessions {often}{days}"
