"""What the dangers of fracture and patient (rule book 2a, sections 2 and 3) have in common: whether one is present, new
and answered, and what it holds back while it is not: the phase, prone work, bending backward.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Trace
from smartapp.core.chart import Attestation, Diagnosis, Source
from smartapp.core.concepts import Concept, Topic
from smartapp.core.derive.anchor import Reading, earliest_reading
from smartapp.core.derive.facts import Facts, began_on, is_live, name_words
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.notes import Note, alert, rule_missed
from smartapp.core.derive.phase import Cap
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName
from smartapp.core.states import Phase, Prone
from smartapp.core.thresholds import ThresholdName


@frozen
class Hold:
    """What one rule holds back; ``lifted_by`` is empty where nothing ends it."""

    rule: str  # RF4
    why: str
    sources: tuple[Source, ...]
    lifted_by: str = ""
    initial: bool = False  # the phase stays initial
    intermediate: bool = False  # the phase does not go beyond the intermediate one
    strict: bool = False  # bending and twisting stay strict (R1, R2)
    prone: Prone = Prone.ALLOWED  # at most
    neutral: bool = False  # no bending backward to the end of range (R8)

    @property
    def cap(self) -> Cap:
        phase = Phase.INITIAL if self.initial else Phase.INTERMEDIATE
        return Cap(phase, f"cap.{self.rule}", self.why, self.lifted_by, self.sources)


def caps_of(holds: tuple[Hold, ...]) -> tuple[Cap, ...]:
    return tuple(hold.cap for hold in holds if hold.initial or hold.intermediate)


def present(facts: Facts, *concepts: Concept) -> tuple[Diagnosis, ...]:
    """Live diagnoses, confirmed or only suspected: suspicion of a danger is enough."""
    if facts.recorded.isdisjoint(concepts):
        return ()
    found = [d for d in facts.chart.diagnoses if not d.concepts.isdisjoint(concepts)]
    return tuple([d for d in found if is_live(d, facts.today)])


def raise_or_trace(code: AlertCode, found: tuple[Diagnosis, ...], facts: Facts) -> list[Note]:
    if found:
        return [alert(code, f"Recorded: {name_words(d, facts.today)}.", [d.source]) for d in found]
    nothing = _nothing_recorded(code)
    if facts.chart.unreadable:
        unread = facts.not_understood(Topic.SPINE, Topic.FRACTURE, Topic.BONE_DISEASE, Topic.OPERATION)
        end = f", as far as it is understood. {unread}" if unread else "."
        nothing = replace(nothing, text=f"{nothing.text.removesuffix('.')}{end}")
    return [nothing]


@cache
def _nothing_recorded(code: AlertCode) -> Trace:
    """The same for every patient: most of these lines of most charts."""
    return rule_missed(f"alert.{code}", "Nothing of the kind is recorded as present.")


def is_recent(day: date | None, within: ThresholdName, facts: Facts) -> bool:
    """Not longer ago than the threshold's days; what has no day may be of today."""
    return day is None or day >= facts.today - timedelta(days=facts.knowledge.whole(within))


def is_new(diagnosis: Diagnosis, facts: Facts) -> bool:
    """Onset, else recorded, within 90 days, or undated (rule book 2a, 3)."""
    return is_recent(began_on(diagnosis, facts.today), ThresholdName.SYMPTOM_NEW_WITHIN, facts)


def new(facts: Facts, *concepts: Concept) -> tuple[Diagnosis, ...]:
    return tuple([d for d in present(facts, *concepts) if is_new(d, facts)])


def takes(concept: str, facts: Facts) -> tuple[Source, ...]:
    """Active medicines with the concept."""
    if concept not in facts.taken:
        return ()
    return tuple([m.source for m in facts.chart.medications if concept in m.concepts and m.active])


def answered(name: AttestationName, since: date | None, facts: Facts) -> Attestation | None:
    """What a clinician stated on or after the day of the finding; of one without a day, what is stated today."""
    return facts.attestation_of(name, since or facts.today)


def readings_of(fractures: Fractures, facts: Facts) -> tuple[Reading | None, ...]:
    """Day 0 of every spinal fracture, confirmed or suspected; None of one without a date."""
    single = (*fractures.suspected, *fractures.elsewhere, *fractures.fatigue, *fractures.posterior)
    return (*[e.start for e in fractures.episodes], *[earliest_reading([d], facts.today) for d in single])


def broken_on(fractures: Fractures, facts: Facts) -> date:
    """The latest day the newest spinal fracture can be of; today where one has no date."""
    days = [reading.day if reading else facts.today for reading in readings_of(fractures, facts)]
    return max(days, default=date.min)


def surely_broken_by(fractures: Fractures, facts: Facts) -> date | None:
    """The earliest day the newest spinal fracture can be of; None where one may be older than it is recorded."""
    readings = readings_of(fractures, facts)
    days = [reading.earliest for reading in readings if reading and reading.rule.startswith("onset")]
    return max(days, default=None) if len(days) == len(readings) else None


def is_older_than_fracture(diagnosis: Diagnosis, fractures: Fractures, facts: Facts) -> bool:
    """Known to have begun more than 90 days ago, and before the newest spinal fracture."""
    began, broken = began_on(diagnosis, facts.today), surely_broken_by(fractures, facts)
    return began is not None and not is_new(diagnosis, facts) and broken is not None and began < broken
