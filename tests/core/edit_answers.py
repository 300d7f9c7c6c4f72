"""Edits a clinician might try, on four plans -> what each is answered: refused with a sentence, or what it changes.

``python -m tests.core.sentences`` writes edit_answers.csv.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path

from smartapp.core.assessment import Assessment
from smartapp.core.plan import plan
from smartapp.core.proposal import Activity, Choice, Decision, Proposal, ProposedGoal
from smartapp.core.review import revise
from smartapp.core.review.edits import loosens
from smartapp.core.states import Prone
from tests.core.assessments import ADVANCED, INTERMEDIATE, assessment, knowledge, with_concepts
from tests.core.plan_lines import often

TABLE = Path(__file__).with_name("edit_answers.csv")
COLUMNS = ("plan", "item", "value", "reason", "asks for a reason", "answer")

PLANS: dict[str, Assessment] = {
    "initial, prone waits": assessment(prone=Prone.CONDITIONAL),
    "initial, pain 6, falls": with_concepts(assessment(pain=6), "falls", "knee-osteoarthritis"),
    "intermediate, dizzy": with_concepts(INTERMEDIATE, "vestibular-disorder"),
    "advanced": ADVANCED,
}
SEEN = "Seen today, stable"
DROPPED = ("E13", "E10", "R1", "R5", "X01", "X04", "N-CALCIUM", "N-TOBACCO", "ED7", "GS8", "F-REEVAL-3", "E77")
CHANGED = (
    *(("E14", value) for value in ("E08", "e24", "X02", "E40", "E29", "E16", "E20", "E13", "E99", "", "x" * 1001)),
    *(("E14", value) for value in ("Slide  down a little.", "Don't bend or twist.", "Then sit-ups.", "No sit-ups.")),
    *(("E14.dose", value) for value in ("2 x 6", "", "20 toe touches")),
    *(("E14.description", "Slide down, then up."), ("E14.timing", "daily"), ("ED7.dose", "daily"), ("ED7", "E08")),
    *(("E25", "e08"), ("E25", "E10"), ("E26", "E08"), ("E24", "E10"), ("E24.dose", "3 x 5")),
    *(("E15.dose", "1 x 2"), ("E11", "Walk a lot."), ("E10.description", "With a chair beside.")),
    *(("R1", value) for value in ("Fast bending. Instead: hinge.", "AVOID: fast bending. Instead: hinge.", "Fast.")),
    *(("R5", value) for value in ("Yoga in neutral spine only.", "AVOID: yoga. Instead: walk.")),
    *(("GS8", "Nine of ten sessions"), ("GS8", ""), ("G77", "x"), ("E 14", "x")),
    *(("dose.frequency", value) for value in ("1", "2", "3", "4", "two")),
    *(("dose.frequency-max", value) for value in ("1", "2", "3")),
    *(("dose.minutes", value) for value in ("0", "45", "60", "75", "180", "181")),
    *(("dose.months", value) for value in ("6", "7", "36", "37", "1234567")),
    *(("dose.days", value) for value in ("mon", "Tue, Thu, Sat", "sun tue", "mon tue", "mon mon", "someday")),
    *(("dose.start", value) for value in ("2026-03-31", "2026-04-01", "2026-02-28", "soon")),
    *(("dose.visits", value) for value in ("1", "13", "37", "38", "0")),
    *(("dose.priority", value) for value in ("asap", "urgent", "routine", "stat")),
    ("dose.colour", "2"),
)


Row = tuple[str, ...]


def rows() -> Iterator[Row]:
    for name, facts in PLANS.items():
        machine = plan(facts, knowledge())
        for decision in tried(machine):
            asks = "yes" if loosens(machine, decision, knowledge()) else ""
            value = decision.value if len(decision.value) < 100 else f"{len(decision.value)} characters"
            value = "(drop)" if decision.choice is Choice.DROP else value
            asked = (name, decision.item, value, decision.reason, asks)
            yield from ((*asked, answer) for answer in answers(machine, decision))


def table(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([COLUMNS, *rows])
    return out.getvalue()


def tried(machine: Proposal) -> Iterator[Decision]:
    """Each edit without a reason; with one as well where one is asked or shown."""
    drops = (Decision(item, Choice.DROP) for item in (*DROPPED, "dose.months"))
    for decision in (*drops, *(Decision(item, Choice.CHANGE, value) for item, value in CHANGED)):
        yield decision
        if decision.choice is Choice.DROP or loosens(machine, decision, knowledge()):
            yield replace(decision, reason=SEEN)


def answers(machine: Proposal, decision: Decision) -> Iterator[str]:
    """The refusal, or one sentence for each line and each part of the programme that the edit changes."""
    made = revise(machine, [decision], knowledge())
    if not made.decisions:
        yield made.warnings[-1]
        return
    yield from _lines({a.id: a for a in machine.activities}, {a.id: a for a in made.activities})
    yield from _lines({g.id: g for g in machine.goals}, {g.id: g for g in made.goals})
    for field in ("start", "end", "months", "warnings", "guards", "removed", "overrides", "description"):
        before, after = getattr(machine, field), getattr(made, field)
        if before != after:
            yield f"{field}: {after}"
    if machine.session != made.session:
        yield "session: " + "; ".join(f"{b.title} {b.minutes} {' '.join(b.exercises)}" for b in made.session)
    if machine.referral and made.referral and machine.referral.timing != made.referral.timing:
        yield f"visits: {often(made.referral.timing)}. To the patient: {made.referral.patient_instruction}"
    if machine.program != made.program:
        yield f"sessions: {often(made.program)}"
    if machine.ramp and made.ramp and machine.ramp != made.ramp:
        yield f"ramp: {made.ramp.start} to {made.ramp.target}, {made.ramp.flag}. {made.ramp.reason}"
    if machine.priority and made.priority and machine.priority != made.priority:
        yield f"priority: {made.priority.value}. {made.priority.text}"


def _lines(before: dict[str, Activity] | dict[str, ProposedGoal], after: dict[str, Activity] | dict[str, ProposedGoal]):
    for id_ in sorted({*before, *after}):
        old, new = before.get(id_), after.get(id_)
        if new is None:
            yield f"{id_} is gone"
        elif old is None:
            yield f"{id_} is new: {_told(new)}"
        else:
            # The days and the exercises that could stand there follow from the programme; tables of plans show them.
            left_out = {"timing", "options", "due"}
            changed = [f.name for f in fields(new) if getattr(old, f.name) != getattr(new, f.name)]
            if set(changed) - left_out:
                told = "; ".join(f"{name}: {getattr(new, name)}" for name in changed if name not in left_out)
                yield f"{id_} {told}"


def _told(line: Activity | ProposedGoal) -> str:
    reason = f"{line.reason.text} {' '.join(line.reason.statements)}, {len(line.reason.sources)} sources"
    if isinstance(line, ProposedGoal):
        return reason
    return f"{line.description} {line.dose}; was: {line.original}; {line.edit_reason}; {reason}"
