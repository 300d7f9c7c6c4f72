"""Proposal -> what ``smartapp derive --json`` says of the program: dose, ramp, visits, reviews, goals, tests, texts.

Every range of a dose is [low, high], one figure twice, an open end null. :func:`course_lines` is for a terminal.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from smartapp.core.changes import Change
from smartapp.core.follow_up.plan_state import PlanState
from smartapp.core.patient_texts import PatientTexts
from smartapp.core.program import Continued, Fitt, OutcomeMeasure, Pair, Ramp, TherapyPriority, Visits
from smartapp.core.proposal import Proposal, ProposedGoal


def course_answer(proposal: Proposal | None) -> dict[str, Any]:
    """The keys are there without a plan as well: null, and no review."""
    return {
        "ramp": _ramp(proposal.ramp) if proposal and proposal.ramp else None,
        "visits": _visits(proposal.visits) if proposal and proposal.visits else None,
        "priority": _priority(proposal.priority) if proposal and proposal.priority else None,
        "continues": _continues(proposal.continues) if proposal and proposal.continues else None,
        "reviews": [
            {"date": each.day.isoformat(), "what": each.what, "decides": each.decides.value, "rule": each.id}
            for each in (proposal.reviews if proposal else ())
        ],
    }


def _continues(before: Continued) -> dict[str, Any]:
    return {
        "signedOn": before.signed_on.isoformat(),
        "yearFrom": before.year_from and before.year_from.isoformat(),
        "minutesFrom": before.ramp_from and before.ramp_from.isoformat(),
    }


def _ramp(ramp: Ramp) -> dict[str, Any]:
    return {
        "rule": ramp.rule,
        "start": ramp.start,
        "target": ramp.target,
        "stepMinutes": ramp.step_minutes,
        "stepWeeks": ramp.step_weeks,
        "fullDoseFrom": ramp.full_dose_from and ramp.full_dose_from.isoformat(),
        "flag": ramp.flag.value,
        "reason": ramp.reason or None,
        "doseLine": ramp.dose_line or None,
        "held": ramp.held or None,
        "begun": ramp.begun and ramp.begun.isoformat(),
    }


def _visits(visits: Visits) -> dict[str, Any]:
    low, high = visits.minutes
    return {
        "preset": visits.preset,
        "count": visits.count,
        "start": visits.start.isoformat(),
        "end": visits.end.isoformat(),
        "text": visits.text,
        "frequency": visits.frequency,
        "frequencyMax": visits.frequency_max,
        "periodWeeks": visits.period_weeks,
        "minutes": [low, high],
        "days": list(visits.days),
        "later": visits.later,
        "order": visits.order,
        "setting": visits.setting or None,
    }


def _priority(priority: TherapyPriority) -> dict[str, Any]:
    return {
        "value": priority.value.value,
        "seeBy": priority.see_by.isoformat(),
        "because": list(priority.because),
    }


def course_lines(proposal: Proposal | None) -> Iterator[str]:
    """Visits, urgency, program and what comes next, a line each; none without a plan."""
    if proposal is None or not (proposal.visits and proposal.priority and proposal.ramp):
        return
    yield f"Visits: {proposal.visits.note}"
    yield f"Priority {proposal.priority.value}: {proposal.priority.text}"
    said = (proposal.ramp.dose_line, f"{proposal.ramp.flag}.", proposal.ramp.reason)
    yield f"Program: {' '.join(filter(None, said))}"
    for review in proposal.reviews[:1]:
        yield f"Next review {review.day}: {review.asked}"


def fitt_answer(fitt: Fitt) -> dict[str, Any]:
    """``holdSeconds`` is of one repetition, or of one set where there are no repetitions."""
    return {
        "perWeek": _range(fitt.per_week),
        "perDay": _range(fitt.per_day),
        "rpe": _range(fitt.rpe),
        "rir": _range(fitt.rir),
        "rm": _range(fitt.rm),
        "sets": _range(fitt.sets),
        "reps": _range(fitt.reps),
        "perSide": fitt.per_side,
        "startReps": int(fitt.start_reps) if fitt.start_reps.isdigit() else fitt.start_reps or None,
        "holdSeconds": _range(fitt.hold_seconds),
        "tempo": fitt.tempo or None,
        "restSeconds": _range(fitt.rest_seconds),
        "minutes": _range(fitt.minutes),
        "distanceMeters": _range(fitt.distance_meters),
        "flights": _range(fitt.flights),
        "startLoadKg": _plain(fitt.start_load_kg),
        "intensity": fitt.intensity or None,
        "stepUp": fitt.step_up or None,
        "stepDown": fitt.step_down or None,
        "ready": fitt.ready or None,
    }


def _range(pair: Pair | None) -> list[int | float | None] | None:
    return None if pair is None else [_plain(end) for end in pair]


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def program_json(proposal: Proposal | None) -> dict[str, Any]:
    """Empty or null where there is no proposal."""
    goals = proposal.goals if proposal else ()
    measures = proposal.measures if proposal else ()
    return {
        "goals": [_goal(goal) for goal in goals],
        "measures": [_measure(measure) for measure in measures if measure.value is not None],
        "tests": {
            "firstVisit": [measure.row for measure in measures if measure.asked],
            "notNow": [{"row": measure.row, "because": measure.wait} for measure in measures if measure.wait],
        },
        "patientTexts": _texts(proposal.patient_texts if proposal else None),
        "followUp": None,  # see follow_up_answer
        "planState": None,  # see plan_state_answer
    }


def follow_up_answer(changes: Sequence[Change] | None) -> list[dict[str, Any]] | None:
    """What has changed since the signed plan, the strictest first; null where none was signed."""
    if changes is None:
        return None
    return [
        {
            "rule": change.rule,
            "severity": change.severity.value,
            "text": change.text,
            "signed": change.signed,
            "now": change.now,
            "consequence": change.consequence,
            "kind": change.kind.value,
            "title": change.title,
            "sources": list(change.sources),
        }
        for change in changes
    ]


def plan_state_answer(state: PlanState | None) -> dict[str, Any] | None:
    """One word for the owner of a signed plan; null where none was signed."""
    if state is None:
        return None
    return {
        "word": state.word.value,
        "day": state.day.isoformat(),
        "owner": state.owner and state.owner.value,
        "text": state.text,
        "because": list(dict.fromkeys(change.rule for change in state.because)),
    }


def _goal(goal: ProposedGoal) -> dict[str, Any]:
    target = goal.high if goal.low is None else goal.low
    bound = "<=" if goal.low is None else ">="
    return {
        "id": goal.id,
        "row": goal.row,
        "code": goal.measure or None,
        "baseline": _number(goal.baseline),
        "target": _number(target),
        "comparator": bound if target is not None else None,
        "unit": goal.unit or None,
        "by": goal.due.isoformat() if goal.due else None,
        "text": goal.description,
    }


def _measure(measure: OutcomeMeasure) -> dict[str, Any]:
    return {
        "row": measure.row,
        "code": measure.code or None,
        "value": _number(measure.value),
        "unit": measure.unit,
        "date": measure.day.isoformat() if measure.day else None,
        "cutOff": measure.cut_off or None,
        "atRisk": measure.at_risk,
        "trend": measure.trend or None,
        "usable": measure.usable,
        "source": measure.source,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _texts(texts: PatientTexts | None) -> dict[str, Any] | None:
    if texts is None:
        return None
    return {
        "language": texts.language,
        "interpreter": texts.interpreter,
        "items": [{"id": item.id, "group": item.group, "text": item.text} for item in texts.items],
    }
