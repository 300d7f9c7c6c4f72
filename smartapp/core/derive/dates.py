"""Calendar arithmetic of the rule book (section 2): months clamp to month end, intervals are half-open."""

from datetime import date

from smartapp.core.assessment import Phase
from smartapp.core.chart import When
from smartapp.core.knowledge import Knowledge
from smartapp.core.months import add_months
from smartapp.core.threshold_names import ThresholdName


def reached(start: date, months: int, today: date) -> bool:
    """Whether ``months`` calendar months have passed since ``start``; the day itself counts as passed."""
    return add_months(start, months) <= today


def known_by(when: When, today: date) -> date:
    """The latest day a recorded date can mean, not after ``today``."""
    return min(when.latest, today)


def age_on(birth: When, day: date) -> int:
    """Completed years on ``day``; of an imprecise birth date the latest reading, the younger age."""
    born = birth.latest
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def calendar_phase(anchor: date, today: date, knowledge: Knowledge) -> Phase:
    """Phase by the calendar alone: the ceiling (rule book 2, S26-S28)."""
    if reached(anchor, knowledge.whole(ThresholdName.ADVANCED_FROM), today):
        return Phase.ADVANCED
    if reached(anchor, knowledge.whole(ThresholdName.INTERMEDIATE_FROM), today):
        return Phase.INTERMEDIATE
    return Phase.INITIAL


def months_until(phase: Phase, knowledge: Knowledge) -> int:
    """Months from day 0 to the first day on which the calendar allows ``phase``."""
    return {
        Phase.INITIAL: 0,
        Phase.INTERMEDIATE: knowledge.whole(ThresholdName.INTERMEDIATE_FROM),
        Phase.ADVANCED: knowledge.whole(ThresholdName.ADVANCED_FROM),
    }[phase]


def phase_begins(anchor: date, phase: Phase, knowledge: Knowledge) -> date:
    """The day on which the calendar allows ``phase``."""
    return add_months(anchor, months_until(phase, knowledge))
