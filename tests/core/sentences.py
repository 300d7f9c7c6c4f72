"""All cases of tests/cases -> every sentence the derivation says, once each, with rule, statements and how often.

``python -m tests.core.sentences`` writes sentences.csv, what a clinician reads, in one place; and beside it what the
plans say (plan_lines.csv), what edits are answered (edit_answers.csv) and what a later launch tells (change_lines.csv).
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from smartapp.core.assessment import Alert, Assessment, Constraint, Reason
from smartapp.core.plan.bearing import brace_line, weight_bearing_line
from smartapp.core.plan.instead import first_referral, why_no_plan
from smartapp.core.plan.limit_words import coordinator_line, letter_lines, page_one_limits, patient_lines, track_line
from tests.cases import assessed, cases

TABLE = Path(__file__).with_name("sentences.csv")
COLUMNS = ("kind", "rule", "sentence", "more", "cases", "sources")
Said = tuple[str, str, str, str]


def said() -> Iterator[tuple[Said, int]]:
    """What is said of all cases, in their order, each with the number of chart facts it names."""
    for case in cases():
        yield from spoken(assessed(case))


def table(said: Iterable[tuple[Said, int]]) -> str:
    """The CSV; ``cases`` counts how often a sentence is said, ``sources`` the chart facts behind it in all."""
    cases: Counter[Said] = Counter()
    sources: Counter[Said] = Counter()
    for sentence, count in said:
        cases[sentence] += 1
        sources[sentence] += count
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*sentence, cases[sentence], sources[sentence]) for sentence in sorted(cases))
    return out.getvalue()


def spoken(found: Assessment) -> Iterator[tuple[Said, int]]:
    """What one assessment says, each with the number of chart facts it names."""
    for line in found.trace:
        yield _said("fired" if line.fired else "nearly", line.rule, line.text, line.statements), len(line.sources)
    for kind, reason in _reasons(found):
        yield _said(kind, reason.rule, reason.text, reason.statements), len(reason.sources)
    for alert in found.alerts:
        yield ("alert words", alert.code, alert.text, alert.action), 0
        yield _asked(alert, found), len(alert.work_up)
    for limit in found.constraints:
        yield from ((line, 0) for line in _limit(limit))
    yield from ((line, 0) for line in _passed_on(found))
    for drug in found.treatment:
        days = f"since {drug.since}, last {drug.last}, due {drug.due}"
        yield ("treatment", drug.drug, drug.state, days), len(drug.sources)
    for asked in found.work_up:
        yield ("work-up", asked.alert, "; ".join(f"{item.name}: {item.done}" for item in asked.items), ""), 0
    for record in found.not_understood:
        yield ("not understood", record.what, str(record.day), "recent" if record.recent else ""), 0
    for gap in found.gaps:
        yield ("missing", gap.concept, gap.question, gap.effect), 0
    for other in found.alternatives:
        phases = f"{other.calendar_phase}/{other.effective_phase}"
        yield ("otherwise", other.fact, other.changes, phases), 0
    for gate, day, waits in found.gates.opens if found.gates else ():
        yield ("opens", gate, waits, "" if day is None else "on a day to come"), 0
    yield ("would change", "", found.would_change, ""), 0


def _asked(alert: Alert, found: Assessment) -> Said:
    """Where an alert is shown, who sees the patient, and what answers it."""
    shown = f"{alert.severity}, {found.group(alert)}: {alert.concern}"
    sent = f"{alert.urgency}; {alert.refer_to} {alert.refer_within or ''}".strip("; ")
    return "alert shown", alert.code, shown, f"{sent}; answered by {' '.join(alert.lifted_by) or 'nothing'}"


def _limit(limit: Constraint) -> Iterator[Said]:
    yield "limit", limit.id, f"{limit.title}: {limit.text}", limit.question
    yield "limit to the patient", limit.id, limit.patient_text, limit.patient_text_es
    done = f"removes {' '.join(limit.removes)}; keeps {' '.join(limit.keeps)}; {limit.until or 'until answered'}"
    rows = f"{' '.join(limit.rows)}; {' '.join(limit.alerts)}; one side {limit.side} {' '.join(limit.one_sided)}"
    yield "limit does", limit.id, done, f"{rows}; {' '.join(limit.changes)}"


def _passed_on(found: Assessment) -> Iterator[Said]:
    """What papers say of the limits, each to its reader; and without a plan who sees the patient instead."""
    told = {
        "letter": letter_lines(found),
        "page one": (limit.id for limit in page_one_limits(found)[0]),
        "coordinator": [coordinator_line(found)],
        "patient": patient_lines(found),
        "therapist": [track_line(found), weight_bearing_line(found), brace_line(found)],
    }
    yield from (("told of limits", who, line, "") for who, lines in told.items() for line in lines if line)
    if not found.disposition.prescribes:
        sent = first_referral(found)
        yield "no plan", why_no_plan(found), sent.text if sent else "", f"{sent.to} {sent.urgency}" if sent else ""


def _said(kind: str, rule: str, text: str, statements: tuple[str, ...]) -> Said:
    return kind, rule, text, " ".join(statements)


def _reasons(found: Assessment) -> Iterator[tuple[str, Reason]]:
    yield from (("decides", reason) for reason in found.deciding)
    yield from (("alert", alert.reason) for alert in found.alerts)
    yield from (("limit", limit.reason) for limit in found.constraints)
    yield from (("restriction", restriction.reason) for restriction in found.restrictions)
    yield from (("gate", reason) for _, reason in (found.gates.reasons if found.gates else ()))
    for kind, owner in (("bone", found.bone_density), ("vitamin D", found.vitamin_d), ("anchor", found.anchor)):
        if owner is not None:
            yield kind, owner.reason
    if found.phase_reason:
        yield "phase", found.phase_reason


if __name__ == "__main__":
    from tests.core import change_lines, edit_answers, plan_lines

    TABLE.write_text(table(said()), encoding="utf-8")
    plan_lines.TABLE.write_text(plan_lines.table(plan_lines.said()), encoding="utf-8")
    edit_answers.TABLE.write_text(edit_answers.table(edit_answers.rows()), encoding="utf-8")
    change_lines.TABLE.write_text(change_lines.table(change_lines.rows()), encoding="utf-8")
