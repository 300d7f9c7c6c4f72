"""SignedPlan -> Document, the note in the chart: the referral in words, then movements, patient, program, grounds."""

from collections.abc import Iterator, Sequence
from itertools import chain

from smartapp.core.assessment import Assessment, Reason
from smartapp.core.chart import Source
from smartapp.core.kinds import Quantity, Sex
from smartapp.core.plan.activities import OF_LIMITS
from smartapp.core.plan.limit_words import limit_line, order_lines, patient_lines, ranked, track_line
from smartapp.core.proposal import Activity, ActivityKind, Proposal, SignedPlan
from smartapp.core.review.results import entered_in
from smartapp.core.states import Phase, Severity
from smartapp.core.threshold_words import shown_number
from smartapp.document.note_letter import behind_the_letter, goals, note_letter
from smartapp.document.sheet import Document, Item, Part, Section, items_of_lines

SEXES = {Sex.MALE: "male", Sex.FEMALE: "female", Sex.OTHER: "other sex", Sex.UNKNOWN: "sex not recorded"}
PHASES = {Phase.INITIAL: "Initial", Phase.INTERMEDIATE: "Intermediate", Phase.ADVANCED: "Advanced"}
MEASURED = {
    Quantity.T_SCORE: "T-score",
    Quantity.Z_SCORE: "Z-score",
    Quantity.AREAL_BMD: "Bone mineral density",
    Quantity.VITAMIN_D: "25-OH vitamin D",
}
LATER = {
    ActivityKind.NUTRITION: "Nutrition",
    ActivityKind.EDUCATION: "Education",
    ActivityKind.FOLLOW_UP: "Checks and orders suggested",
    ActivityKind.REFERRAL: "Referrals suggested",
}


def contents(signed: SignedPlan, basis: Sequence[str] = ()) -> Document:
    """The document of a signed plan. ``basis``: on which rules it rests and who has reviewed them, in sentences."""
    plan, patient = signed.proposal, signed.proposal.assessment.chart.patient
    author = author_of(signed)
    identity = [f"born {patient.birth or 'date not recorded'}", SEXES[patient.sex]]
    identity.append(f"record number {patient.record_number}" if patient.record_number else patient.reference)
    return Document(
        title=plan.title,
        patient=patient.name or patient.reference,
        identity=", ".join(identity),
        state=restriction_state(signed),
        version=f"plan {signed.plan_id}, content {plan.content_hash[:12] or 'not hashed'}",
        date=signed.signed_at.isoformat(timespec="seconds"),
        author=author,
        parts=tuple(_parts(signed, author, basis)),
    )


def restriction_state(signed: SignedPlan) -> str:
    if not signed.plan_id:
        return f"NOT SIGNED: a proposal as of {signed.proposal.assessment.as_of}"
    author = author_of(signed)
    how = "Signed by" if signed.active else "DRAFT, not in force. Saved by"
    return f"{how} {author}, {signed.signed_at:%Y-%m-%d %H:%M %Z}"


def _parts(signed: SignedPlan, author: str, basis: Sequence[str]) -> Iterator[Part]:
    plan = signed.proposal
    if plan.referral is not None:
        yield _part("Referral to physical therapy", note_letter(signed, plan.referral, author), one_page=True)
    alerts = Section("Alerts", tuple(_alerts(plan.assessment)))
    yield _part("Movement restrictions", (*_limits(plan.assessment), *_forbidden(plan), alerts))
    yield _part("For the patient", _patient(plan))
    yield _part(f"Exercise plan, {plan.start} to {plan.end}", _programme(signed))
    yield _part("Findings, grounds and sources", _grounds(signed, basis))


def author_of(signed: SignedPlan) -> str:
    return signed.signer.name or signed.signer.reference or "a person the EHR did not name"


def behind_the_papers(signed: SignedPlan, basis: Sequence[str]) -> tuple[Part, ...]:
    """What stands behind letter, program and handout: everything in full, and why."""
    plan = signed.proposal
    alerts = Section("Alerts", tuple(_alerts(plan.assessment)))
    return (
        _part("Movement restrictions", (*_limits(plan.assessment), *_forbidden(plan), alerts)),
        _part("Plan in full", _programme(signed)),
        _part("Findings, grounds and sources", _grounds(signed, basis)),
    )


def _part(title: str, sections: Iterator[Section] | Sequence[Section], one_page: bool = False) -> Part:
    return Part(title, tuple(section for section in sections if section.items), one_page)


def _forbidden(plan: Proposal) -> Iterator[Section]:
    """Restrictions by movement, then the exercises that break them; what must not be done before what is changed."""
    kept = {restriction.id for restriction in plan.assessment.restrictions}
    lines = (a for a in plan.activities if a.id != OF_LIMITS)  # they have a section of their own
    wanted = [a for a in lines if a.do_not_perform or a.kind is ActivityKind.RESTRICTION]
    wanted.sort(key=lambda activity: not activity.do_not_perform)
    yield Section("Movement restrictions", tuple(_item(a) for a in wanted if a.id in kept), forbids=True)
    yield Section("Exercises not to be done", tuple(_item(a) for a in wanted if a.id not in kept), forbids=True)


def _limits(now: Assessment) -> Iterator[Section]:
    """What else about the patient limits the programme, and which exercises it takes out."""
    first = [Item(line) for line in (*order_lines(now), track_line(now)) if line]
    limits = [Item(limit_line(limit), limit.id) for limit in ranked(now.constraints)]
    yield Section("Limits of this patient", (*first, *limits), forbids=True)
    removed = (f"{id_}: {', '.join(limit.title for limit in limits)}" for id_, limits in now.removed.items())
    yield Section("Exercises left out for these limits", tuple(Item(line) for line in removed))


def _item(activity: Activity) -> Item:
    dose = activity.dose if activity.dose and activity.dose not in activity.description else ""
    label = "" if activity.do_not_perform and activity.description.startswith("AVOID") else activity.title
    why = activity.status_reason if activity.status_reason not in f"{activity.description} {dose}" else ""
    said = [activity.description, dose and f"Dose: {dose}", why]
    return Item(" ".join(text.strip() for text in said if text), label)


def _alerts(now: Assessment) -> Iterator[Item]:
    for severity in (Severity.STOP, Severity.REVIEW):
        for alert in now.alerts:
            if alert.severity is severity:
                yield Item(" ".join(filter(None, (alert.text, alert.action))), severity.value.upper())


def _patient(plan: Proposal) -> Iterator[Section]:
    """In the words made for patients; what to change first."""
    restricted = [a for a in plan.activities if a.kind is ActivityKind.RESTRICTION and a.patient_text]
    home = [a for a in plan.activities if a.home_set and a.patient_text and not a.do_not_perform]
    yield Section("First", tuple(Item(line) for line in patient_lines(plan.assessment)), forbids=True)
    yield Section("Avoid for now", tuple(Item(a.patient_text) for a in restricted))
    if plan.referral is not None:
        yield Section("Your plan", items_of_lines(plan.referral.patient_instruction))
    yield Section("At home", tuple(Item(a.patient_text, a.title) for a in home))
    yield Section("Your goals", tuple(Item(goal.patient_text) for goal in plan.goals if goal.patient_text))


def _programme(signed: SignedPlan) -> Iterator[Section]:
    plan = signed.proposal
    session = "; ".join(f"{block.title} {block.minutes} min" for block in plan.session)
    about = (*items_of_lines(plan.description), *([Item(session, "Session")] if session else []))
    yield Section("Programme", about)
    exercises = (a for a in plan.activities if a.kind is ActivityKind.EXERCISE and not a.do_not_perform)
    yield Section("Exercises", tuple(_item(a) for a in exercises))
    if plan.referral is not None:
        yield Section("Dose and progress", behind_the_letter(plan.referral))
    for kind, title in LATER.items():
        yield Section(title, tuple(_item(a) for a in plan.activities if a.kind is kind))
    yield Section("Goals", goals(signed))


# -- why it says what it says: phase, bone density and vitamin D with their sources, edits, evidence


def _grounds(signed: SignedPlan, basis: Sequence[str]) -> Iterator[Section]:
    now = signed.proposal.assessment
    yield Section("Phase and why", tuple(_phase(now)))
    yield Section("Bone density and vitamin D", tuple(_conclusions(now)))
    yield Section("Bone drugs", tuple(_treatments(now)))
    yield Section("Read from the chart", tuple(_measurements(now)))
    yield Section("Not in the chart", tuple(Item(f"{gap.question} {gap.effect}".strip()) for gap in now.gaps))
    yield Section("Stated by clinicians", tuple(_statements_made(now)))
    yield Section("Changed by the clinician", tuple(_edits(signed)))
    yield Section(f"Left open when signed, by {author_of(signed)}", tuple(map(Item, signed.left_open)))
    yield Section("Evidence", (Item(f"Statements of the rule book: {', '.join(_statements(signed))}."),))
    yield Section("Basis and review", tuple(Item(text) for text in (*basis, now.evidence_note) if text))


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
        yield Item(told + doubt + _from(now.anchor.source), "Day 0 of the fracture")


def _conclusions(now: Assessment) -> Iterator[Item]:
    if bone := now.bone_density:
        value = f" {bone.value}" if bone.value is not None else ""
        at = f", {bone.site.replace('-', ' ')}" if bone.site else ""
        on = f", {bone.on}" if bone.on else ""
        yield Item(f"{bone.cls.replace('-', ' ')}{value}{at}{on}{_from(bone.source)}", "Bone density")
    if vitamin := now.vitamin_d:
        said = f"{shown_number(vitamin.ng_per_ml)} ng/mL, {vitamin.cls.replace('-', ' ')}"
        on = f", {vitamin.on}" if vitamin.on else ""
        yield Item(f"{said}{on}{_from(vitamin.source)}", "25-OH vitamin D")


def _treatments(now: Assessment) -> Iterator[Item]:
    for drug in now.treatment:
        days = {"since": drug.since, "last dose": drug.last, "next due": drug.due}
        said = ", ".join(f"{what} {day}" for what, day in days.items() if day)
        yield Item(", ".join(filter(None, (drug.drug, drug.state.value, said))))


def _from(source: Source | None) -> str:
    if source is None:
        return ""
    words = ", ".join(filter(None, (source.display, source.note, source.reference)))
    return f" (from: {words})"


def _measurements(now: Assessment) -> Iterator[Item]:
    """Every bone density and vitamin D value that was read, used or not."""
    for measured in now.chart.measurements:
        if name := MEASURED.get(measured.quantity):
            site = measured.site.replace("-", " ") if measured.site else ""
            value = measured.recorded_value or str(measured.value or "")
            said = (value, site, str(measured.when or "no date"), measured.source.display, measured.source.reference)
            confirmed = f"in a report's words, confirmed by {measured.confirmed_by}" if measured.confirmed_by else ""
            yield Item(", ".join(filter(None, (*said, confirmed))), name)


def _statements_made(now: Assessment) -> Iterator[Item]:
    for said in now.chart.attestations:
        told = (said.value, f"since {said.on}", said.by, said.source.note)
        yield Item(", ".join(part for part in told if part), said.name.replace("-", " ").capitalize())
    for m in entered_in(now.chart):
        yield Item(f"{m.recorded_value}, measured {m.source.date}, {m.source.note}", m.source.display)


def _edits(signed: SignedPlan) -> Iterator[Item]:
    for decision in signed.decisions:
        since = f", as signed on {decision.signed_on}" if decision.signed_on else ""
        why = f" Reason: {decision.reason}" if decision.reason else ""
        yield Item(f"{decision.choice.value} {decision.value}".strip() + since + why, decision.item)


def _statements(signed: SignedPlan) -> list[str]:
    now = signed.proposal.assessment
    reasons: chain[Reason] = chain(
        now.deciding,
        (restriction.reason for restriction in now.restrictions),
        (alert.reason for alert in now.alerts),
        (activity.reason for activity in signed.proposal.activities),
        (goal.reason for goal in signed.proposal.goals),
    )
    return sorted({statement for reason in reasons for statement in reason.statements})
