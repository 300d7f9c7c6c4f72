"""Results of tests -> the goals of a plan: baseline plus or minus the change, never met already (rule book 2b, 5.2).

At most four measured goals, those with a baseline first; where the chart has none, the goal is set at the evaluation.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from smartapp.core.assessment import Assessment, Reason
from smartapp.core.chart import Source
from smartapp.core.dates import add_months
from smartapp.core.goals import GoalTarget
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.activities import base_sources
from smartapp.core.plan.limits import lines_left_out
from smartapp.core.plan.outcomes import line_of
from smartapp.core.plan.pain import is_comfort_care
from smartapp.core.program import OutcomeMeasure, Ramp
from smartapp.core.proposal import ProposedGoal
from smartapp.core.states import Track
from smartapp.core.threshold_words import shown_number
from smartapp.core.thresholds import ThresholdName

MOST_MEASURED = 4
SCANNED = frozenset({"L1", "L2", "L3", "L4"})  # vertebrae in the region of interest of a spine scan (rule book 2.6)
# Doubt about the stability of the fracture: pain alone is a goal (rule book 2c, CD14; 2b, VG8, VG16).
_IN_DOUBT = (
    *("delayed-healing", "severe-collapse", "canal-compromise", "burst-stable"),
    "suspect-new-vf",
)
_OF_LEGS = frozenset({"GS3", "GS4", "GS5", "GS6"})


@dataclass(frozen=True)
class _Goals:
    """What goals are made from."""

    assessment: Assessment
    knowledge: Knowledge
    measures: dict[str, OutcomeMeasure]
    exercises: frozenset[str]

    @property
    def rows(self) -> Iterator[GoalTarget]:
        out = lines_left_out(self.assessment, self.knowledge)
        return (row for row in self.knowledge.library.goals if row.id not in out and row.row not in out)


def proposed_goals(
    assessment: Assessment,
    knowledge: Knowledge,
    measures: tuple[OutcomeMeasure, ...],
    exercises: frozenset[str],
) -> tuple[ProposedGoal, ...]:
    """Without their days. ``exercises``: ids of those in the plan."""
    made = _Goals(assessment, knowledge, {m.row: m for m in measures}, exercises)
    measured = _measured(made)
    kept = (row for row in made.rows if not row.measured and _applies(row, made))
    return (*measured, *(_kept(row, made) for row in kept))


def _applies(row: GoalTarget, made: _Goals) -> bool:
    if row.comfort:
        return is_comfort_care(made.assessment)
    return not row.low_vitamin_d or _vitamin_d_is_low(made)


def _measured(made: _Goals) -> tuple[ProposedGoal, ...]:
    """In doubt about the fracture only pain; else those with a baseline, then those set at the evaluation."""
    doubtful = any(map(made.assessment.has, _IN_DOUBT))
    rows = [row for row in made.rows if row.tests and (row.id == "GS1" or not doubtful)]
    found = [goal for row in rows if (goal := _from_baseline(row, made))]
    later = [goal for row in rows if (goal := _at_evaluation(row, made))]
    first: dict[str, ProposedGoal] = {}
    for goal in (*found, *later):
        first.setdefault(goal.row, goal)
    chosen = tuple(first.values())[:MOST_MEASURED]
    if doubtful or any(goal.row in _OF_LEGS for goal in chosen):
        return chosen
    instead = (row for row in made.rows if row.tracks and _fits_track(row, made))
    return (*chosen[: MOST_MEASURED - 1], *(_later(row, made) for row, _ in zip(instead, range(1), strict=False)))


def _fits_track(row: GoalTarget, made: _Goals) -> bool:
    """Of who sits or lies; never in comfort care or in very strong pain, where nothing but pain is tested."""
    nothing_else = any(m.row == "fes-i" and m.wait for m in made.measures.values())
    here = (made.assessment.track or Track.STANDING) in row.tracks
    return here and not nothing_else and (not row.exercise or row.exercise in made.exercises)


def _tested(row: GoalTarget, made: _Goals) -> Iterator[OutcomeMeasure]:
    """Its tests that may be done now."""
    return (m for id_ in row.tests if (m := made.measures.get(id_)) and not m.wait)


def _baseline(row: GoalTarget, made: _Goals) -> OutcomeMeasure | None:
    """The first usable result; a count of nothing gives way to another test of the same goal."""
    usable = [m for m in _tested(row, made) if m.usable and m.value is not None]
    return next((m for m in usable if m.value), usable[0] if usable else None)


def _from_baseline(row: GoalTarget, made: _Goals) -> ProposedGoal | None:
    result = _baseline(row, made)
    if result is None or result.value is None or not _is_reached_by(row, result.value):
        return None
    target = target_of(row, result.value)
    words = {"baseline": shown_number(result.value), "target": shown_number(target), "unit": result.unit}
    text = row.text.format(**words)
    if second := _second_step(row, target, result.row, made):
        text = f"{text}, {second}"
    test = made.knowledge.library.tests[result.row]
    source = Source(result.source, result.title, str(result.day or ""))
    goal = _goal(row, made, text, row.patient_text.format(**words), (source,))
    low, high = (None, target) if row.lower else (target, None)
    return replace(
        goal, low=low, high=high, unit=test.unit, measure=test.code, measure_text=test.title,
        baseline=result.value, baseline_on=result.day,
    )  # fmt: skip


def _is_reached_by(row: GoalTarget, value: Decimal) -> bool:
    """Whether the result asks for this goal."""
    above = row.baseline_from is None or value >= row.baseline_from
    return above and (row.baseline_below is None or value < row.baseline_below)


def target_of(row: GoalTarget, baseline: Decimal) -> Decimal:
    """The baseline plus or minus the change; no further than the bound, no smaller than the least change."""
    if row.classes:
        return max(end for end in row.classes if end < baseline)
    change = max(row.change or Decimal(0), baseline * (row.percent or Decimal(0)) / 100)
    if not row.lower:
        return baseline + change if row.bound is None else min(baseline + change, row.bound)
    target = baseline - change if row.bound is None else max(baseline - change, row.bound)
    if row.least is not None:
        target = min(target, baseline - row.least)
    return (target / row.step).to_integral_value(ROUND_FLOOR) * row.step if row.step else target


def _second_step(row: GoalTarget, target: Decimal, test: str, made: _Goals) -> str:
    """In words, where the first step does not reach it already."""
    if not row.then:
        return ""
    if row.bound is not None:
        return row.then if target > row.bound else ""
    line = line_of(made.knowledge.library.tests[test], made.assessment)
    if line is None:
        return "then without arms" if test == "cst30-arms" else ""
    return row.then.format(line=shown_number(line)) if line > target else ""


def _at_evaluation(row: GoalTarget, made: _Goals) -> ProposedGoal | None:
    """Where the test may be done and the chart has no usable result of it."""
    if not row.at_evaluation or _baseline(row, made) is not None or not any(_tested(row, made)):
        return None
    return _later(row, made)


def _later(row: GoalTarget, made: _Goals) -> ProposedGoal:
    test = next((made.knowledge.library.tests[m.row] for m in _tested(row, made)), None)
    goal = _goal(row, made, row.at_evaluation, row.patient_text, ())
    return replace(
        goal,
        measure=test.code if test else "",
        measure_text=test.title if test else row.text,
        at_evaluation=True,
    )


def _kept(row: GoalTarget, made: _Goals) -> ProposedGoal:
    spine_usable = bool(row.spine_measure and made.assessment.levels) and not made.assessment.levels & SCANNED
    goal = _goal(row, made, row.text, row.patient_text, ())
    measure = row.spine_measure if spine_usable else row.measure
    return replace(goal, measure=measure, low=row.low, high=row.high, unit=row.unit)


def _vitamin_d_is_low(made: _Goals) -> bool:
    found = made.assessment.vitamin_d
    return found is not None and found.ng_per_ml < made.knowledge.number(ThresholdName.VITD_INSUFFICIENT_BELOW)


def _goal(row: GoalTarget, made: _Goals, text: str, patient: str, found: tuple[Source, ...]) -> ProposedGoal:
    sources = (*base_sources(made.assessment), *found)
    reason = Reason(text, row.origin.statements, sources, f"goal.{row.id}")
    return ProposedGoal(id=row.id, description=text, patient_text=patient, due=None, reason=reason, row=row.row)


def dated_goals(
    goals: tuple[ProposedGoal, ...], start: date, ramp: Ramp | None, knowledge: Knowledge
) -> tuple[ProposedGoal, ...]:
    """Each with its day, counted from the start of the plan; that of the dose is the day of full dose to come."""
    rows = {row.id: row for row in knowledge.library.goals}
    return tuple(replace(goal, due=_due(rows[goal.id], start, ramp)) for goal in goals)


def _due(row: GoalTarget, start: date, ramp: Ramp | None) -> date | None:
    if row.of_dose and ramp is not None and (ramp.full_dose_from is None or ramp.full_dose_from >= start):
        return ramp.full_dose_from
    if row.due_weeks is not None:
        return start + timedelta(weeks=row.due_weeks)
    return add_months(start, row.due_months or 0)
