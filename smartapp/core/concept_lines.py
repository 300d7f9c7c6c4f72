"""A proposal -> what it says, line by line, each under its concept: what two proposals are compared by."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from smartapp.core.assessment import Assessment
from smartapp.core.program import Turn
from smartapp.core.proposal import Activity, ActivityKind, Proposal


class DifferenceKind(StrEnum):
    """In the order in which differences are told."""

    DISPOSITION = "disposition"
    PHASE = "phase"
    FINDING = "finding"  # what the phase and the limits rest on: day 0, healing, classes of bone and vitamin D, drugs
    GATE = "gate"
    RESTRICTION = "restriction"
    LIMIT = "limit"
    ALERT = "alert"
    EXERCISE = "exercise"  # in the plan or not, in which block, at home, waiting
    DOSE = "dose"
    LINE = "line"  # advice, checks, and movements to avoid
    GOAL = "goal"
    ORDER = "order"
    REVIEW = "review"
    MISSING = "missing"
    RECORD = "record"  # what of the chart was not read or not understood
    SENTENCE = "sentence"
    NOTE = "note"
    REASONING = "reasoning"
    OTHER = "other"


class ConceptLine(NamedTuple):
    kind: DifferenceKind
    id: str
    title: str
    said: str


def lines_of(proposal: Proposal) -> dict[tuple[DifferenceKind, str], ConceptLine]:
    """What is said more than once under one name stands there together."""
    found: dict[tuple[DifferenceKind, str], ConceptLine] = {}
    for part in (_concluded, _limited, _planned, _ordered, _asked, _words, _patient_words, _notes, _reasons):
        for line in part(proposal):
            key = line.kind, line.id
            found[key] = line._replace(said=f"{found[key].said}\n{line.said}") if key in found else line
    return found


def _concluded(proposal: Proposal) -> Iterator[ConceptLine]:
    found = proposal.assessment
    yield ConceptLine(DifferenceKind.DISPOSITION, "disposition", "Disposition", found.disposition.value)
    for id_, title, value in (
        ("calendar", "Phase by the calendar", found.calendar_phase),
        ("effective", "Phase", found.effective_phase),
        ("track", "Track", found.track),
    ):
        if value:
            yield ConceptLine(DifferenceKind.PHASE, id_, title, value.value)
    for id_, title, said in _findings(found):
        yield ConceptLine(DifferenceKind.FINDING, id_, title, said)


def _findings(found: Assessment) -> Iterator[tuple[str, str, str]]:
    if found.anchor:
        yield "day-0", "Day 0", f"{found.anchor.day} ({found.anchor.rule}), at the earliest {found.anchor.earliest}"
    yield "healing", "Healing", found.healing.value
    if found.levels:
        yield "levels", "Vertebrae", " ".join(sorted(found.levels))
    if bone := found.bone_density:
        yield "bone-density", "Bone density", f"{bone.cls}, {bone.value}, {bone.site}, {bone.on}"
    if found.vitamin_d:
        yield "vitamin-d", "25-OH vitamin D", f"{found.vitamin_d.cls}, {found.vitamin_d.ng_per_ml} ng/mL"
    for drug in found.treatment:
        yield (
            f"drug {drug.drug}",
            drug.drug.capitalize(),
            f"{drug.state}, due {drug.due}" if drug.due else drug.state.value,
        )


def _limited(proposal: Proposal) -> Iterator[ConceptLine]:
    found = proposal.assessment
    if found.gates:
        opens = {name: f"; opens {day or 'on no known day'}: {what}" for name, day, what in found.gates.opens}
        for (name, _), state in zip(
            found.gates.reasons, (found.gates.prone, found.gates.upper_back, found.gates.impact), strict=False
        ):
            yield ConceptLine(DifferenceKind.GATE, name, f"Gate {name}", f"{state}{opens.get(name, '')}")
    for each in found.restrictions:
        until = f" until {each.until}" if each.until else ""
        yield ConceptLine(DifferenceKind.RESTRICTION, each.id, each.movement or each.id, f"{each.state}{until}")
    for limit in found.constraints:
        said = (f"removes {' '.join(limit.removes) or 'nothing'}", f"until {limit.until}" if limit.until else "")
        yield ConceptLine(DifferenceKind.LIMIT, limit.id, limit.title, ", ".join(filter(None, said)))
    for alert in found.alerts:
        title = alert.code.replace("-", " ").capitalize()
        yield ConceptLine(DifferenceKind.ALERT, alert.code, title, f"{alert.severity} ({found.group(alert)})")


def _planned(proposal: Proposal) -> Iterator[ConceptLine]:
    for line in proposal.activities:
        exercise = line.kind is ActivityKind.EXERCISE and not line.do_not_perform
        kind = DifferenceKind.EXERCISE if exercise else DifferenceKind.LINE
        yield ConceptLine(kind, line.id, line.title, _place(line) if exercise else _state(line))
        if line.dose:
            steps = (line.fitt.step_up, line.fitt.step_down, line.fitt.ready) if line.fitt else ()
            said = "; ".join(filter(None, (line.dose, *steps)))
            yield ConceptLine(DifferenceKind.DOSE, line.id, line.title, said)
    for goal in proposal.goals:
        wanted = f"{'' if goal.low is None else goal.low}..{'' if goal.high is None else goal.high} {goal.unit}"
        yield ConceptLine(DifferenceKind.GOAL, goal.id, goal.description, f"{wanted} by {goal.due}")


def _state(line: Activity) -> str:
    return f"{'avoid' if line.do_not_perform else line.status}{f': {line.status_reason}' if line.status_reason else ''}"


def _place(line: Activity) -> str:
    """Where in the week an exercise stands, and how limits change it."""
    turn = "" if line.turn is Turn.EVERY else f", {line.turn} sessions"
    said = (
        f"block {line.block}{turn}" if line.block else "",
        f"at home {line.home_set} {line.home_note}".strip() if line.home_set else "",
        " ".join(line.variant),
        f"waits: {line.status_reason}" if line.status_reason else "",
    )
    return ", ".join(filter(None, said)) or line.status


def _ordered(proposal: Proposal) -> Iterator[ConceptLine]:
    if proposal.visits:
        yield ConceptLine(DifferenceKind.ORDER, "visits", "Visits", proposal.visits.text)
    if proposal.priority:
        said = f"{proposal.priority.value}, seen by {proposal.priority.see_by}"
        yield ConceptLine(DifferenceKind.ORDER, "priority", "Priority", said)
    if proposal.ramp:
        yield ConceptLine(DifferenceKind.ORDER, "minutes", "Minutes of a session", proposal.ramp.dose_line)
    if proposal.session:
        blocks = "; ".join(f"{block.title} {block.minutes} min" for block in proposal.session)
        yield ConceptLine(DifferenceKind.ORDER, "session", "Session", blocks)
    for review in proposal.reviews:
        yield ConceptLine(DifferenceKind.REVIEW, review.id, review.what, f"{review.day}: {review.what}")


def _asked(proposal: Proposal) -> Iterator[ConceptLine]:
    for gap in proposal.assessment.gaps:
        yield ConceptLine(DifferenceKind.MISSING, gap.concept, gap.question, "asked for")
    for unread in proposal.assessment.unreadable:
        yield ConceptLine(DifferenceKind.RECORD, unread.where, unread.where, unread.reason)


def _words(proposal: Proposal) -> Iterator[ConceptLine]:
    """For clinician and therapist."""
    for line in proposal.activities:
        parts = {"title": line.title, "description": line.description, "patient_text": line.patient_text}
        yield from _sentences(line.id, line.title, parts)
    for goal in proposal.goals:
        yield from _sentences(goal.id, goal.description, {"description": goal.description, "text": goal.patient_text})
    found = proposal.assessment
    for each in found.restrictions:
        parts = {"text": each.text, "patient_text": each.patient_text, "patient_text_es": each.patient_text_es}
        yield from _sentences(each.id, each.movement or each.id, parts)
    for limit in found.constraints:
        changes = " ".join(limit.changes)
        parts = {"text": limit.text, "changes": changes, "patient_text": limit.patient_text, "asks": limit.question}
        yield from _sentences(f"limit {limit.id}", limit.title, parts)
    for alert in found.alerts:
        parts = {"text": alert.text, "action": alert.action}
        yield from _sentences(f"alert {alert.code}", alert.code.replace("-", " ").capitalize(), parts)
    for gap in found.gaps:
        yield from _sentences(f"gap {gap.concept}", gap.question, {"question": gap.question, "effect": gap.effect})
    yield from _sentences("plan", "Plan", {"title": proposal.title, "description": proposal.description})
    yield from _sentences("plan", "Plan", {"evidence": found.evidence_note, "would_change": found.would_change})
    if proposal.referral:
        yield from _sentences("order", "Order", {"reason": proposal.referral.reason_text})


def _sentences(owner: str, title: str, parts: dict[str, str]) -> Iterator[ConceptLine]:
    for name, said in parts.items():
        yield ConceptLine(DifferenceKind.SENTENCE, f"{owner}.{name}", title, said)


def _patient_words(proposal: Proposal) -> Iterator[ConceptLine]:
    for item in proposal.patient_texts.items if proposal.patient_texts else ():
        yield from _sentences(f"patient {item.id}", "For the patient", {"text": item.text})


def _notes(proposal: Proposal) -> Iterator[ConceptLine]:
    """Sentences without a name: each is there or is not."""
    note = proposal.referral.note.split("\n") if proposal.referral else ()
    for said in dict.fromkeys((*proposal.warnings, *proposal.notes, *note)):
        yield ConceptLine(DifferenceKind.NOTE, said, "Note", said)


def _reasons(proposal: Proposal) -> Iterator[ConceptLine]:
    for line in proposal.assessment.trace:
        rests = f" [{', '.join(line.statements)}]" if line.statements else ""
        yield ConceptLine(DifferenceKind.REASONING, line.rule, line.rule, f"{line.text}{rests}")
