"""Anchor ladder (rule book 2.2): the dates of a fracture's records become day 0 of its calendar."""

from collections.abc import Iterable
from datetime import date

from smartapp.core.chart import Diagnosis, Source
from smartapp.core.dates import Precision, When, known_by
from smartapp.core.fracture_coding import EncounterKind
from smartapp.core.frozen import frozen
from smartapp.core.kinds import DateKind

# Seventh characters that never start an episode: they only tell how an earlier fracture heals.
FOLLOW_UP = frozenset(
    {
        EncounterKind.ROUTINE,
        EncounterKind.DELAYED,
        EncounterKind.NONUNION,
        EncounterKind.MALUNION,
        EncounterKind.SEQUELA,
    }
)


@frozen
class Reading:
    """Day 0 as one record gives it: the cautious (latest) day and the earliest it can mean."""

    day: date
    earliest: date
    precision: Precision
    rule: str
    source: Source
    text: str


def is_starter(diagnosis: Diagnosis) -> bool:
    """Whether the record can start an episode: no seventh character, A or B, and of no fracture that is on record."""
    coding = diagnosis.fracture
    return coding is None or not (coding.of_known or coding.encounter in FOLLOW_UP)


def own_onset(diagnosis: Diagnosis, today: date) -> When | None:
    """The record's own onset; one that lies in the future is no onset (FUTURE_DATE)."""
    if diagnosis.onset is None or diagnosis.onset_kind is DateKind.TEXT or diagnosis.onset.earliest > today:
        return None
    return diagnosis.onset


def from_onset(diagnosis: Diagnosis, today: date) -> Reading | None:
    """Full date: that day. Partial date: the latest possible day, not after recording or today."""
    onset = own_onset(diagnosis, today)
    if onset is None:
        return None
    day = known_by(onset, today)
    recorded = diagnosis.recorded
    if recorded is not None and onset.earliest <= recorded.latest < day:
        day = recorded.latest
    rule = "onset" if onset.precision is Precision.DAY else "onset-partial"
    text = f"The fracture is dated {onset}."
    if rule == "onset-partial":
        text = f"The fracture is dated only {onset}; the latest possible day, {day}, counts."
    return Reading(day, onset.earliest, onset.precision, rule, diagnosis.source, text)


def from_recorded(diagnosis: Diagnosis, today: date) -> Reading | None:
    when = diagnosis.recorded
    return _fallback(diagnosis, when, "recorded", "the day the fracture was recorded", today)


def from_encounter(diagnosis: Diagnosis, today: date) -> Reading | None:
    when = diagnosis.encounter_start
    return _fallback(diagnosis, when, "encounter", "the visit at which the fracture was recorded", today)


def _fallback(diagnosis: Diagnosis, when: When | None, rule: str, words: str, today: date) -> Reading | None:
    if when is None or when.earliest > today:
        return None
    day = known_by(when, today)
    text = f"The fracture has no date of its own; {words}, {day}, counts."
    return Reading(day, when.earliest, when.precision, rule, diagnosis.source, text)


def earliest_reading(records: Iterable[Diagnosis], today: date) -> Reading | None:
    """One episode's day 0: earliest explicit onset, else earliest recorded date, else earliest encounter.

    Records that can start an episode come first; follow-up records date it only where no other has a date.
    """
    everyone = tuple(records)
    for pool in (tuple(r for r in everyone if is_starter(r)), everyone):
        for ladder in (from_onset, from_recorded, from_encounter):
            found = [reading for record in pool if (reading := ladder(record, today))]
            if found:
                return min(found, key=lambda r: (r.day, r.precision != Precision.DAY, r.source.reference))
    return None
