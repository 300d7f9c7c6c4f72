"""Proposal -> ramp, visits, priority and reviews: JSON of ``smartapp derive --json``, and lines at a terminal."""

from collections.abc import Iterator
from typing import Any

from smartapp.core.program import Ramp, TherapyPriority, Visits
from smartapp.core.proposal import Proposal


def course_answer(proposal: Proposal | None) -> dict[str, Any]:
    """The keys are there without a plan as well: null, and no review."""
    return {
        "ramp": _ramp(proposal.ramp) if proposal and proposal.ramp else None,
        "visits": _visits(proposal.visits) if proposal and proposal.visits else None,
        "priority": _priority(proposal.priority) if proposal and proposal.priority else None,
        "reviews": [
            {"date": each.day.isoformat(), "what": each.what, "decides": each.decides.value, "rule": each.id}
            for each in (proposal.reviews if proposal else ())
        ],
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
    if proposal is None or proposal.visits is None:
        return
    yield f"Visits: {proposal.visits.note}"
    if proposal.priority:
        yield f"Priority {proposal.priority.value}: {proposal.priority.text}"
    if proposal.ramp:
        said = (proposal.ramp.dose_line, f"{proposal.ramp.flag}.", proposal.ramp.reason)
        yield f"Program: {' '.join(filter(None, said))}"
    for review in proposal.reviews[:1]:
        yield f"Next review {review.day}: {review.what}. Decides: {review.decides}."
