"""Where each fracture stands today, and which one governs (rule book 2.2, several levels)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from smartapp.core.chart import Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import Precision, has_passed
from smartapp.core.derive.anchor import Reading
from smartapp.core.derive.facts import Facts, is_live, pain_value, recorded_on
from smartapp.core.derive.fracture import Episode, Fractures
from smartapp.core.derive.healing import HealingEvidence, healing_of
from smartapp.core.derive.notes import unique
from smartapp.core.derive.phase import Cap, PhaseInputs, PhaseResult, calendar_phase, phase_of
from smartapp.core.derive.surgery import Reset, clearance_missing, resets_of
from smartapp.core.frozen import frozen
from smartapp.core.kinds import Quantity
from smartapp.core.states import Healing, Phase
from smartapp.core.thresholds import ThresholdName


@frozen
class FractureStatus:
    """One fracture today: day 0 after procedures, healing, phase, and surgery that still waits for the surgeon."""

    episode: Episode
    anchor: Reading | None
    healing: HealingEvidence
    resets: tuple[Reset, ...]
    awaits: Reset | None
    inputs: PhaseInputs
    result: PhaseResult

    @property
    def healed(self) -> bool:
        return self.healing.status is Healing.HEALED

    @property
    def rank(self) -> tuple[date, str]:
        """Latest day 0 first; a fracture without a date counts as today's."""
        return (self.anchor.day if self.anchor else date.max, self.episode.level)

    @property
    def where(self) -> str:
        return f"at {self.episode.level}" if self.episode.level else "at an unnamed level"


@frozen
class FractureStatuses:
    """All fractures of the plan. ``governing`` gives the calendar; the strictest of all gives the phase."""

    governing: FractureStatus
    everyone: tuple[FractureStatus, ...]
    imprecise: bool

    @cached_property
    def strictest(self) -> FractureStatus:
        """The fracture that holds the phase lowest; the governing one where several do."""
        lowest = min(s.result.effective.rank for s in self.everyone)
        if self.governing.result.effective.rank == lowest:
            return self.governing
        return max((s for s in self.everyone if s.result.effective.rank == lowest), key=lambda s: s.rank)

    @property
    def calendar(self) -> Phase:
        return self.governing.result.calendar

    @cached_property
    def effective(self) -> Phase:
        return min((self.calendar, self.strictest.result.effective), key=lambda phase: phase.rank)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every record of every fracture."""
        return unique([record.source for s in self.everyone for record in s.episode.records])

    @cached_property
    def all_healed(self) -> bool:
        return all(s.healed for s in self.everyone)

    @property
    def broken_on(self) -> date | None:
        """The earliest day of the governing fracture itself: no procedure moves it. None if it is undated."""
        start = self.governing.episode.start
        return start.earliest if start else None

    @property
    def multiple(self) -> bool:
        return len(self.everyone) > 1

    @cached_property
    def latest_day(self) -> date | None:
        """Day 0 of the newest fracture or procedure: strict windows run from here. None if any is undated."""
        days = [s.anchor.day for s in self.everyone if s.anchor]
        return max(days) if len(days) == len(self.everyone) else None


def fracture_statuses_of(
    fractures: Fractures, facts: Facts, pain: Decimal | None, held: tuple[Cap, ...] = ()
) -> FractureStatuses:
    """``held``: caps that dangers of fracture and patient set on every fracture."""
    quiet = is_quiet(facts)
    everyone = tuple([_standing(episode, fractures, facts, pain, held, quiet) for episode in fractures.episodes])
    not_healed = [s for s in everyone if not s.healed] or list(everyone)
    governing = max(not_healed, key=lambda s: s.rank)
    return FractureStatuses(governing, everyone, any(is_imprecise(s, facts) for s in everyone))


def _standing(
    episode: Episode, fractures: Fractures, facts: Facts, pain: Decimal | None, held: tuple[Cap, ...], quiet: bool
) -> FractureStatus:
    resets = resets_of(episode, facts)
    sunk = _sunk_again(episode, facts)
    anchor = max(_after_reset(episode.start, resets), sunk, key=_day) if sunk else _after_reset(episode.start, resets)
    reset_on = resets[-1].day if resets and resets[-1].dated else None
    if sunk:
        reset_on = max(reset_on or sunk.day, sunk.day)
    healing = healing_of(episode, facts, reset_on)
    awaits = clearance_missing(resets, facts)
    newer = any(e is not episode and _newer(e, episode) for e in fractures.episodes)
    inputs = PhaseInputs(anchor.day if anchor else None, healing.status, newer, awaits is not None, pain, held, quiet)
    result = phase_of(inputs, facts.today, facts.knowledge)
    return FractureStatus(episode, anchor, healing, resets, awaits, inputs, result)


def _day(reading: Reading | None) -> date:
    return reading.day if reading else date.min


def _sunk_again(episode: Episode, facts: Facts) -> Reading | None:
    """FC13: what sinks further counts from the day that was written; from today where that may be the first record."""
    found = [r for r in episode.records if Concept.COLLAPSE_PROGRESS in r.concepts and is_live(r, facts.today)]
    if not found:
        return None
    gap = timedelta(days=facts.knowledge.whole(ThresholdName.REFRACTURE_FROM))
    told = [(recorded_on(record, facts.today), record) for record in found]
    known = [each for each in told if episode.start and each[0] >= episode.start.day + gap]
    day, record = max(known, key=lambda each: (each[0], each[1].source.reference), default=(facts.today, found[0]))
    text = f"The vertebra has sunk further, as told on {day}: the later date counts."
    return Reading(day, day, Precision.DAY, "sunk-again", record.source, text)


def is_quiet(facts: Facts) -> bool:
    """Whether the newest pain score, of the last 90 days, is 3 or less; none opens nothing."""
    first = facts.today - timedelta(days=facts.knowledge.whole(ThresholdName.QUIET_WITHIN))
    dated = [(day, m) for m in facts.measurements_of(Quantity.PAIN) if (day := facts.day_of(m.when)) and day >= first]
    newest = max((day for day, _ in dated), default=None)
    limit = facts.knowledge.number(ThresholdName.PAIN_PERMITS_TO)
    return newest is not None and all(pain_value(m) <= limit for day, m in dated if day == newest)


def _newer(other: Episode, episode: Episode) -> bool:
    """Whether another fracture is, or may be, later than this one."""
    return other.start is None or episode.start is None or other.start.day > episode.start.day


def _after_reset(start: Reading | None, resets: tuple[Reset, ...]) -> Reading | None:
    """Day 0 moved to the newest procedure after the fracture; never earlier than the fracture itself."""
    if start is None or not resets:
        return start
    newest = resets[-1]
    if newest.day < start.day:
        return start
    text = f"The days are counted from {newest.day}: {newest.procedure.text or newest.procedure.kind}."
    if not newest.dated:
        text = (
            f"A procedure without a date ({newest.procedure.text or newest.procedure.kind}) is treated as done today."
        )
    return Reading(newest.day, newest.day, Precision.DAY, newest.rule, newest.source, text)


def is_imprecise(standing: FractureStatus, facts: Facts) -> bool:
    """Whether the earliest and the latest reading fall in different phases or on different sides of 12 months."""
    anchor, knowledge, today = standing.anchor, facts.knowledge, facts.today
    if anchor is None or anchor.precision is Precision.DAY:
        return False
    sides = (ThresholdName.STRICT_ALWAYS_BEFORE, ThresholdName.STRICT_UNLESS_HEALED_BEFORE)
    return calendar_phase(anchor.earliest, today, knowledge) is not calendar_phase(anchor.day, today, knowledge) or any(
        has_passed(anchor.earliest, knowledge.whole(side), today)
        != has_passed(anchor.day, knowledge.whole(side), today)
        for side in sides
    )


def with_changes(standing: FractureStatus, facts: Facts, **changes: object) -> PhaseResult:
    """The phase of the same fracture with one input changed."""
    return phase_of(replace(standing.inputs, **changes), facts.today, facts.knowledge)  # type: ignore[arg-type]
