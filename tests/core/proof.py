"""All cases of tests/cases, derived and planned -> which row of the knowledge each triggers, and who just misses it.

``python -m tests.core.proof`` writes both tables into smartapp/reviewers/, where the reviewers' document finds them,
and beside them the chart of every case.
A row is named as there: ``S04``, ``R1 strict``, ``vitd-missing``, ``E15 swap spinal-stenosis``, ``N-CALCIUM.2``.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path

from smartapp.core.assessment import Assessment, Reason
from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.core.plan.activities import fill
from smartapp.core.plan.patient_context import holds, patient_context
from smartapp.core.proposal import Proposal
from smartapp.knowledge import load
from smartapp.reviewers.entry import advice_ids, modification_id
from tests import cases as written
from tests.cases.__main__ import TELLING
from tests.core import edges
from tests.core.charts import chart

KNOWLEDGE = load()
LIBRARY = KNOWLEDGE.library
FOLDER = Path(__file__).resolve().parents[2] / "smartapp" / "reviewers"
ANOTHER_ANSWER = 3  # a near miss with the same phase tells more than a nearer one without a plan
COMMON = "vitd-missing"  # raised by most charts, and by few for its sake
SHOWN = 4  # cases named beside a row; the count says how many there are


@dataclass(frozen=True)
class Case:
    """One case file with what came out of it. ``rows`` are the rows of the knowledge it triggers."""

    id: str
    title: str
    facts: frozenset[str]
    as_of: str
    rows: frozenset[str]
    named: frozenset[str]  # of them, those the case is about: its statements, alerts and exercises
    answer: tuple[str, str]  # disposition and phase

    def distance(self, other: "Case") -> int:
        """Sentences only one of both has; another day counts as one fact changed, that is two sentences."""
        return len(self.facts ^ other.facts) + 2 * (self.as_of != other.as_of)


@dataclass(frozen=True)
class Proof:
    """What the cases say of one row."""

    row: str
    triggered: tuple[Case, ...]  # the most telling first
    missed: Case | None  # the case without it that differs least from one with it
    apart: int  # sentences between these two


def rows_of_interest() -> tuple[str, ...]:
    """Every row that must be triggered by a case and just missed by another."""
    return (
        *KNOWLEDGE.statements,
        *(f"{id_} {state}" for id_, states in RESTRICTION_STATES.items() for state in states),
        *KNOWLEDGE.alerts,
        *LIBRARY.exercises,
        *(modification_id(e, m) for e in LIBRARY.exercises.values() for m in e.modifications),
        *(row.id for row in LIBRARY.never),
        *(row.id for row in LIBRARY.goals),
        *advice_ids(LIBRARY.advice),
    )


def cited(assessment: Assessment, proposal: Proposal) -> Iterator[Reason]:
    yield from (alert.reason for alert in assessment.alerts)
    yield from (restriction.reason for restriction in assessment.restrictions)
    yield from (reason for _, reason in (assessment.gates.reasons if assessment.gates else ()))
    yield from assessment.deciding
    yield from (activity.reason for activity in proposal.activities)
    yield from (goal.reason for goal in proposal.goals)


def triggered(assessment: Assessment, proposal: Proposal) -> Iterator[str]:
    """The rows at work in one answer. A statement is at work where a reason cites it or its output guard has run."""
    yield from (statement for reason in cited(assessment, proposal) for statement in reason.statements)
    for statement in KNOWLEDGE.statements.values():
        if proposal.referral and set(re.findall(r"GU\d+", statement.effect)) & set(proposal.guards):
            yield statement.id
    yield from (f"{restriction.id} {restriction.state}" for restriction in assessment.restrictions)
    yield from (alert.code for alert in assessment.alerts)
    facts, planned = patient_context(assessment, KNOWLEDGE), {a.id: a for a in proposal.activities}
    yield from (id_ for id_ in (*LIBRARY.exercises, *(row.id for row in LIBRARY.never)) if id_ in planned)
    for exercise in LIBRARY.exercises.values():
        changes = [m for m in exercise.modifications if holds(m.unless, facts)]
        said = " ".join([*proposal.notes, planned[exercise.id].description if exercise.id in planned else ""])
        said += planned[exercise.id].status_reason if exercise.id in planned else ""
        yield from (modification_id(exercise, m) for m in changes if m.text in said)
    yield from (goal.id for goal in proposal.goals)
    for id_, row in zip(advice_ids(LIBRARY.advice), LIBRARY.advice, strict=True):
        if row.id in planned and planned[row.id].description == fill(row.text, KNOWLEDGE) and holds(row.when, facts):
            yield id_


@cache
def cases() -> tuple[Case, ...]:
    return tuple(_case(case) for case in written.cases())


def _case(case: written.Case) -> Case:
    assessment = written.assessed(case)
    rows = frozenset(triggered(assessment, written.planned(case)))
    expect = case.expect
    alerts = {*expect.alerts.stop, *expect.alerts.review, *expect.alerts.info} - {COMMON}
    named = alerts | {*expect.statements, *expect.exercises.planned, *expect.exercises.waiting} - {*TELLING}
    answer = (expect.disposition, expect.phase.effective)
    return Case(case.id, case.title, frozenset(case.facts), str(case.as_of), rows, frozenset(named), answer)


@cache
def proofs() -> tuple[Proof, ...]:
    return tuple(_proof(row) for row in rows_of_interest())


def _proof(row: str) -> Proof:
    having = [case for case in cases() if row in case.rows]
    lacking = [case for case in cases() if row not in case.rows]
    pairs = [(a.distance(b) + ANOTHER_ANSWER * (a.answer != b.answer), a.id, b.id) for a in having for b in lacking]
    _, nearest, missed = min(pairs, default=(0, "", ""))
    by_id = {case.id: case for case in cases()}
    apart = by_id[nearest].distance(by_id[missed]) if pairs else 0
    telling = sorted(having, key=lambda c: (c.id != nearest, row not in c.named, len(c.named), c.id))
    return Proof(row, tuple(telling), by_id.get(missed), apart)


def proof_table() -> str:
    """row, count of cases, the most telling ones, the one that just misses it; for a number, who turns on it."""
    return _csv(("row", "cases", "triggered_by", "just_missed_by"), [*proof_lines(), *edge_lines()])


def proof_lines() -> list[tuple[str, int, str, str]]:
    return [
        (p.row, len(p.triggered), " ".join(c.id for c in p.triggered[:SHOWN]), p.missed.id if p.missed else "")
        for p in proofs()
    ]


def edge_lines() -> list[tuple[str, int, str, str]]:
    return [(row, len(turned), " ".join(turned[:SHOWN]), "") for row, turned in edges.table()]


def case_table() -> str:
    return _csv(("id", "title"), ((case.id, case.title) for case in cases()))


def case_charts() -> str:
    """Every case as it is read, a line each, without what is as ever: with them ``smartapp impact`` goes over all."""
    lines = (
        {
            "id": each.id,
            "title": each.title,
            "asOf": each.as_of.isoformat(),
            "chart": slim(chart(each.facts, each.as_of)),
        }
        for each in written.cases()
    )
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def slim(value: object) -> object:
    """JSON types; of a dataclass only the fields that differ from their defaults."""
    if is_dataclass(value):
        told = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: slim(said) for each, said in told if said != each.default}
    if isinstance(value, tuple | list):
        return [slim(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return value if value is None or isinstance(value, bool | int) else str(value)


def _csv(head, lines) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([head, *lines])
    return out.getvalue()


def main() -> None:
    (FOLDER / "proof.csv").write_text(proof_table(), encoding="utf-8")
    (FOLDER / "cases.csv").write_text(case_table(), encoding="utf-8")
    (FOLDER / "charts.ndjson").write_text(case_charts(), encoding="utf-8")


if __name__ == "__main__":
    main()
