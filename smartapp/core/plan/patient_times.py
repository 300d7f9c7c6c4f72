"""Ramp and visits of a plan -> how long and how often, in words for the patient."""

from collections.abc import Iterator

from smartapp.core.dates import day_in_words
from smartapp.core.patient_texts import PatientText
from smartapp.core.plan.guards import ready
from smartapp.core.plan.patient_reader import Reader
from smartapp.core.program import Visits
from smartapp.core.states import Track
from smartapp.core.thresholds import ThresholdName

# Alerts and limits a surgeon answers (rule book 2c, CD11 and CD14).
_OF_A_SURGEON = ("severe-collapse", "canal-compromise", "burst-stable", "delayed-healing", "post-fusion-clearance")
_FEW = frozenset({"E", "F"})  # presets without home sessions
_COMFORT = "G"


def held_condition(reader: Reader) -> str:
    """The highest score with which exercise time may grow: one below the score that holds it."""
    return f"{reader.knowledge.number(ThresholdName.PAIN_SEVERE_FROM) - 1:f}"


def ramp_text(reader: Reader) -> Iterator[PatientText]:
    ramp = reader.proposal.ramp
    if ramp is None or reader.comfort:
        return
    places = {
        "start": str(ramp.start),
        "target": str(ramp.target),
        "step": str(ramp.step_minutes),
        "weeks": str(ramp.step_weeks),
    }
    if ramp.held:
        condition = reader.always(_condition(reader), max=held_condition(reader)).text
        yield reader.always("ramp.held", **places, condition=condition)
    elif reader.assessment.track is Track.BED:
        yield reader.always("ramp.bed", **places)
    elif reader.proposal.continues and ramp.start >= ramp.target:
        yield reader.always("ramp.full", **places)
    else:
        yield reader.always("ramp.slow" if ramp.step_weeks > 1 else "ramp.text", **places)


def _condition(reader: Reader) -> str:
    if reader.in_very_strong_pain:
        return "ramp.condition-pain"
    surgeon = any(map(reader.assessment.has, _OF_A_SURGEON))
    return "ramp.condition-surgeon" if surgeon else "ramp.condition-answer"


def visits_text(reader: Reader) -> Iterator[PatientText]:
    visits = reader.proposal.visits
    if visits is None:
        return
    yield reader.always(_visits_id(visits, reader), n=str(visits.count), until=day_in_words(visits.end, reader.spanish))


def _visits_id(visits: Visits, reader: Reader) -> str:
    if visits.preset == _COMFORT:
        return "visits.comfort"
    if reader.ready and not any(activity.home_set for activity in ready(reader.proposal)):
        return "visits.supervised"  # nothing may be done alone, so no home set is spoken of
    few = visits.preset in _FEW or reader.assessment.track is Track.BED
    return "visits.few" if few else "visits.text"
