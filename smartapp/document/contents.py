"""SignedPlan -> Document: the referral letter on one page, then sheets: movements, patient, programme, grounds."""

from collections.abc import Iterator, Sequence

from smartapp.core.assessment import Assessment, Severity
from smartapp.core.chart import Sex
from smartapp.core.proposal import Activity, Kind, Proposal, SignedPlan
from smartapp.document.grounds import grounds
from smartapp.document.letter import behind_the_letter, goals, letter
from smartapp.document.sheet import Document, Item, Part, Section, lines

SEXES = {Sex.MALE: "male", Sex.FEMALE: "female", Sex.OTHER: "other sex", Sex.UNKNOWN: "sex not recorded"}
LATER = {
    Kind.NUTRITION: "Nutrition",
    Kind.EDUCATION: "Education",
    Kind.FOLLOW_UP: "Checks and orders suggested",
    Kind.REFERRAL: "Referrals suggested",
}


def contents(signed: SignedPlan, basis: Sequence[str] = ()) -> Document:
    """The document of a signed plan. ``basis``: on which rules it rests and who has reviewed them, in sentences."""
    plan, patient = signed.proposal, signed.proposal.assessment.chart.patient
    author = signed.signer.name or signed.signer.reference or "a person the EHR did not name"
    identity = [f"born {patient.birth or 'date not recorded'}", SEXES[patient.sex]]
    identity.append(f"record number {patient.record_number}" if patient.record_number else patient.reference)
    return Document(
        title=plan.title,
        patient=patient.name or patient.reference,
        identity=", ".join(identity),
        state=_state(signed, author),
        version=f"plan {signed.plan_id}, content {plan.content_hash[:12] or 'not hashed'}",
        date=signed.signed_at.isoformat(timespec="seconds"),
        author=author,
        parts=tuple(_parts(signed, author, basis)),
    )


def _state(signed: SignedPlan, author: str) -> str:
    how = "Signed by" if signed.active else "DRAFT, not in force. Saved by"
    return f"{how} {author}, {signed.signed_at:%Y-%m-%d %H:%M %Z}"


def _parts(signed: SignedPlan, author: str, basis: Sequence[str]) -> Iterator[Part]:
    plan = signed.proposal
    if plan.referral is not None:
        yield _part("Referral to physical therapy", letter(signed, plan.referral, author), one_page=True)
    yield _part("Movement restrictions", (*_forbidden(plan), Section("Alerts", tuple(_alerts(plan.assessment)))))
    yield _part("For the patient", _patient(plan))
    yield _part(f"Exercise plan, {plan.start} to {plan.end}", _programme(signed))
    yield _part("Findings, grounds and sources", grounds(signed, basis))


def _part(title: str, sections: Iterator[Section] | Sequence[Section], one_page: bool = False) -> Part:
    return Part(title, tuple(section for section in sections if section.items), one_page)


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
    restricted = [a for a in plan.activities if a.kind is Kind.RESTRICTION and a.patient_text]
    home = [a for a in plan.activities if a.home and a.patient_text and not a.do_not_perform]
    yield Section("Movements to change", tuple(Item(a.patient_text) for a in restricted))
    if plan.referral is not None:
        yield Section("Your plan", lines(plan.referral.patient_instruction))
    yield Section("At home", tuple(Item(a.patient_text, a.title) for a in home))
    yield Section("Your goals", tuple(Item(goal.patient_text) for goal in plan.goals if goal.patient_text))


def _programme(signed: SignedPlan) -> Iterator[Section]:
    plan = signed.proposal
    session = "; ".join(f"{block.title} {block.minutes} min" for block in plan.session)
    about = (*lines(plan.description), *([Item(session, "Session")] if session else []))
    yield Section("Programme", about)
    exercises = (a for a in plan.activities if a.kind is Kind.EXERCISE and not a.do_not_perform)
    yield Section("Exercises", tuple(_item(a) for a in exercises))
    if plan.referral is not None:
        yield Section("Dose and progress", behind_the_letter(plan.referral))
    for kind, title in LATER.items():
        yield Section(title, tuple(_item(a) for a in plan.activities if a.kind is kind))
    yield Section("Goals", goals(signed))
