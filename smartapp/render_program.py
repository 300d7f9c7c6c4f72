"""Proposal -> the keys of ``smartapp derive --json`` that tell goals, tests and the patient's texts."""

from decimal import Decimal
from typing import Any

from smartapp.core.patient_texts import PatientTexts
from smartapp.core.program import OutcomeMeasure
from smartapp.core.proposal import Proposal, ProposedGoal


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
