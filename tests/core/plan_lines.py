"""All cases of tests/cases -> everything their plans say, once each, with how many plans say it.

``python -m tests.core.sentences`` writes plan_lines.csv: the exercises, doses, orders and reasons, in one place.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from smartapp.core.plan.lines import plan_lines, waiting
from smartapp.core.plan.safe_today import safe_moves
from smartapp.core.plan.written_line import PlanLine
from smartapp.core.program import OutcomeMeasure, Ramp, Visits
from smartapp.core.proposal import Activity, Proposal, ProposedGoal, Timing
from smartapp.knowledge import load
from tests.cases import cases, planned

TABLE = Path(__file__).with_name("plan_lines.csv")
COLUMNS = ("kind", "id", "words", "more", "plans", "sources")
Line = tuple[str, str, str, str]


def said() -> Iterator[tuple[Line, int]]:
    """What the plans of all cases say, in their order, each line with the number of chart facts it names."""
    for case in cases():
        yield from lines(planned(case))


def table(said: Iterable[tuple[Line, int]]) -> str:
    """The CSV; ``plans`` counts how often a line is said, ``sources`` the chart facts behind it in all."""
    plans: Counter[Line] = Counter()
    sources: Counter[Line] = Counter()
    for line, count in said:
        plans[line] += 1
        sources[line] += count
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*line, plans[line], sources[line]) for line in sorted(plans))
    return out.getvalue()


def lines(proposal: Proposal) -> Iterator[tuple[Line, int]]:
    """What one proposal says, each with the number of chart facts it names; dates and fingerprints of a day apart."""
    named = " ".join(line.id for line in (*proposal.activities, *proposal.goals))
    yield ("plan", "", named, f"{proposal.start} to {proposal.end}; {' '.join(proposal.guards)}"), 0
    yield ("title", "", proposal.title, proposal.description), 0
    for activity in proposal.activities:
        yield from ((line, 0) for line in _of_activity(activity))
        yield _ground(activity)
    for goal in proposal.goals:
        yield ("goal", goal.id, goal.description, goal.patient_text), 0
        yield ("goal measured", goal.id, f"{goal.measure} {goal.low} to {goal.high} {goal.unit}", f"{goal.due}"), 0
        yield _ground(goal)
    yield from ((line, 0) for line in _of_all(proposal))
    for line in (*_of_course(proposal), *_as_written(proposal)):
        yield tuple(_counted(words, proposal.start) for words in line), 0


def _of_activity(activity: Activity) -> Iterator[Line]:
    yield "line", activity.id, f"{activity.title}: {activity.description}", activity.patient_text
    marks = [name for name in ("do_not_perform", "cautious", "locked") if getattr(activity, name)]
    marks += [f"block {activity.block}"] if activity.block else []
    marks += [f"home {activity.home_set}", activity.home_note] if activity.home_set else []
    done = f"{' '.join(activity.component)}; {activity.position}; {activity.concept}; {' '.join(marks)}"
    yield activity.kind, activity.id, done, f"{activity.dose}; {often(activity.timing)}"
    if activity.status_reason:
        yield "waits", activity.id, activity.status_reason, activity.status
    if activity.options:
        yield "may be exchanged for", activity.id, " ".join(activity.options), ""


def _ground(line: Activity | ProposedGoal) -> tuple[Line, int]:
    reason = line.reason
    return ("rests on", line.id, reason.text, f"{reason.rule}: {' '.join(reason.statements)}"), len(reason.sources)


def often(timing: Timing | None) -> str:
    if timing is None:
        return "at no set times"
    most = f" to {timing.frequency_max}" if timing.frequency_max else ""
    days = f" on {' '.join(timing.days)}" if timing.days else ""
    return f"{timing.frequency}{most} in {timing.period_days} days{days}, {timing.minutes} minutes"


def _of_all(proposal: Proposal) -> Iterator[Line]:
    for block in proposal.session:
        yield "session", block.title, " ".join(block.exercises), f"{block.minutes} minutes"
    yield from (("warning", "", warning, "") for warning in proposal.warnings)
    yield from (("left out", "", note, "") for note in proposal.notes)
    order = proposal.referral
    if order:
        yield "order", "for", order.reason_text, order.performer_text
        yield "order", "how often", often(order.timing), f"{order.start} to {order.end}, {order.priority}"
        yield "order", "visits", proposal.visits.text if proposal.visits else "", f"{order.quantity}"
        yield "order", "to the patient", order.patient_instruction, ""
        yield from (("order", "note", words, "") for words in order.note.splitlines())


def _of_course(proposal: Proposal) -> Iterator[Line]:
    """The year: minutes, visits, urgency, dated reviews, tests, and what the patient reads."""
    if proposal.ramp:
        yield from _of_ramp(proposal.ramp)
    if proposal.visits:
        yield from _of_visits(proposal.visits)
    if proposal.priority:
        yield "to be seen", proposal.priority.value, proposal.priority.text, "; ".join(proposal.priority.because)
    yield from (("review", each.id, each.what, f"{each.day}: {each.decides}") for each in proposal.reviews)
    yield from map(_measure, proposal.measures)
    yield from (("left empty", component, why, "") for component, why in proposal.waived)
    texts = proposal.patient_texts
    if texts:
        yield from (("to the patient", each.id, each.text, f"{each.group}; {each.name}") for each in texts.items)
        yield "patient's language", texts.language, "interpreter" if texts.interpreter else "", ""


def _of_ramp(ramp: Ramp) -> Iterator[Line]:
    grows = f"{ramp.start} to {ramp.target} minutes, {ramp.step_minutes} more in {ramp.step_weeks} weeks"
    yield "minutes", ramp.rule, f"{grows}, full from {ramp.full_dose_from}; {ramp.build_up}", ramp.dose_line
    yield "minutes", ramp.flag, f"{ramp.reason}; {ramp.held}", " ".join(ramp.holds)


def _of_visits(visits: Visits) -> Iterator[Line]:
    yield "visits", visits.preset, visits.note, visits.later
    most = f" to {visits.frequency_max}" if visits.frequency_max else ""
    often_ = f"{visits.frequency}{most} in {visits.period_weeks} weeks, {visits.minutes} minutes"
    steps = f"{visits.schedule}; {' '.join(visits.days)}; {visits.setting}"
    yield "visits", f"{visits.count} in {visits.weeks} weeks", f"{visits.start} to {visits.end}; {often_}", steps


def _measure(test: OutcomeMeasure) -> Line:
    said = f"{test.title} {test.code}: {test.value} {test.unit}, {test.day}; {test.cut_off}; {test.trend}"
    marks = [name for name in ("usable", "at_risk", "asked", "source") if getattr(test, name)]
    return "test", test.row, said, f"{' '.join(marks)}; {test.wait}"


def _as_written(proposal: Proposal) -> Iterator[Line]:
    """The lines of the CarePlan, and what page one, the letter and whoever arranges the visits read."""
    yield from (each for line in plan_lines(proposal, load()) for each in _written(line))
    yield from (("written", "waits", words, "") for words in waiting(proposal))
    yield from (("safe today", "", words, "") for words in safe_moves(proposal, load()))


def _written(line: PlanLine) -> Iterator[Line]:
    times, days = line.schedule, " to ".join(map(str, line.window or ()))
    often_ = f"{times.frequency}-{times.frequency_max} in {times.period} {times.unit}, " if times else ""
    often_ += f"{times.minutes}-{times.minutes_max} min, {times.start} to {times.end}" if times else ""
    marks = f"{'not to be done ' * line.do_not_perform}{'by the patient' * line.by_patient}"
    yield "written", line.id, f"{line.kind} {line.title}: {often_} {days} {marks}", f"{' '.join(line.covers)}"
    yield from (("written", line.id, words, "") for words in line.words)


def _counted(words: str, start: date) -> str:
    """Days counted from the start of the plan, so that the same line of two plans is one."""
    return re.sub(r"\d{4}-\d\d-\d\d", lambda day: f"day {(date.fromisoformat(day[0]) - start).days}", words)
