"""Where each fracture stands today, and which one governs (rule book 2.2, several levels)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Diagnosis
from smartapp.core.dates import Precision, has_passed
from smartapp.core.derive.anchor import Reading, own_onset
from smartapp.core.derive.facts import Facts, pain_value, sources_of
from smartapp.core.derive.fracture import Episode, Fractures, is_junction
from smartapp.core.derive.healing import WORDS, HealingEvidence, healing_of
from smartapp.core.derive.notes import Notes, alert, gap, rule_fired, rule_missed
from smartapp.core.derive.phase import Cap, PhaseInputs, PhaseResult, calendar_phase, is_presumed_healed, phase_of
from smartapp.core.derive.surgery import Reset, clearance_missing, resets_of
from smartapp.core.kinds import Quantity
from smartapp.core.states import Healing, Phase
from smartapp.core.thresholds import ThresholdName


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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
    def all_healed(self) -> bool:
        return all(s.healed for s in self.everyone)

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
    everyone = tuple(_standing(episode, fractures, facts, pain, held) for episode in fractures.episodes)
    not_healed = [s for s in everyone if not s.healed] or list(everyone)
    governing = max(not_healed, key=lambda s: s.rank)
    return FractureStatuses(governing, everyone, any(is_imprecise(s, facts) for s in everyone))


def _standing(
    episode: Episode, fractures: Fractures, facts: Facts, pain: Decimal | None, held: tuple[Cap, ...]
) -> FractureStatus:
    resets = resets_of(episode, facts)
    anchor = _after_reset(episode.start, resets)
    reset_on = resets[-1].day if resets and resets[-1].dated else None
    healing = healing_of(episode, facts, reset_on)
    awaits = clearance_missing(resets, facts)
    quiet = is_quiet(facts)
    newer = any(e is not episode and _newer(e, episode) for e in fractures.episodes)
    inputs = PhaseInputs(anchor.day if anchor else None, healing.status, newer, awaits is not None, pain, held, quiet)
    result = phase_of(inputs, facts.today, facts.knowledge)
    return FractureStatus(episode, anchor, healing, resets, awaits, inputs, result)


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
    text = f"The calendar starts again on {newest.day}: {newest.procedure.text or newest.procedure.kind}."
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


def note_dates(standings: FractureStatuses, facts: Facts) -> Notes:
    """Alerts about the dates the calendar rests on (rule book 2.2)."""
    for standing in standings.everyone:
        yield from _note_anchor(standing, facts)
        for record in standing.episode.records:
            yield from _note_record(record, facts)
    if standings.multiple:
        words = "; ".join(f"{s.where}, {s.anchor.day if s.anchor else 'undated'}" for s in standings.everyone)
        found = sources_of(r for s in standings.everyone for r in s.episode.records)
        yield alert(AlertCode.MULTIPLE_VF, f"Fractures on record: {words}.", found)
    else:
        yield rule_missed("alert.multiple-vf", "One vertebral fracture is on record.", ("S20",))


def _note_anchor(standing: FractureStatus, facts: Facts) -> Notes:
    episode, anchor = standing.episode, standing.anchor
    if anchor is None:
        yield alert(AlertCode.ONSET_UNKNOWN, f"The fracture {standing.where} has no date.", sources_of(episode.records))
        yield gap("fracture-onset", "On which day did the fracture happen?", "The calendar cannot start without it.")
        return
    yield rule_fired(f"anchor.{anchor.rule}", anchor.text, ("S42",), [anchor.source])
    if anchor.rule in ("recorded", "encounter"):
        yield alert(AlertCode.ANCHOR_RECORDED, anchor.text, [anchor.source])
        yield gap("fracture-onset", "On which day did the fracture happen?", "It can only move the phase forward.")
    if is_imprecise(standing, facts):
        yield alert(
            AlertCode.DATE_IMPRECISE, f"It may be any day from {anchor.earliest} to {anchor.day}.", [anchor.source]
        )
        yield gap("fracture-onset", "On which day did the fracture happen?", "It decides the phase and strict window.")
    if episode.refracture:
        yield alert(AlertCode.POSSIBLE_REFRACTURE, f"A later fracture {standing.where}: {anchor.text}", [anchor.source])


def _note_record(record: Diagnosis, facts: Facts) -> Notes:
    dates = (record.onset, record.recorded, record.abatement)
    future = [when for when in dates if when is not None and when.earliest > facts.today]
    if future:
        yield alert(AlertCode.FUTURE_DATE, f"Not used: {', '.join(map(str, future))}.", [record.source])
    onset = own_onset(record, facts.today)
    if onset and record.recorded and onset.earliest > record.recorded.latest:
        why = f"Dated {onset}, recorded {record.recorded}."
        yield alert(AlertCode.ONSET_AFTER_RECORDED, why, [record.source])


def note_healing(standings: FractureStatuses, facts: Facts) -> Notes:
    """Alerts about healing: of the governing fracture and of the one that holds the phase lowest."""
    for standing in dict.fromkeys((standings.governing, standings.strictest)):
        yield from _note_confirmations(standing, facts)
    for standing in standings.everyone:
        records = sources_of(standing.episode.records)
        yield rule_fired("healing", standing.healing.reason.text, ("S42",), standing.healing.reason.sources)
        if standing.healing.conflict:
            yield alert(AlertCode.HEALING_CONFLICT, standing.healing.conflict, records)
        if standing.healing.early:
            yield alert(AlertCode.EARLY_RESOLVED, standing.healing.early, records)
        if standing.healing.status is Healing.DELAYED:
            yield alert(AlertCode.DELAYED_HEALING, standing.healing.reason.text, standing.healing.reason.sources)
        if standing.healing.status is Healing.MALUNION:
            yield alert(AlertCode.MALUNION, standing.healing.reason.text, standing.healing.reason.sources)


def _note_confirmations(standing: FractureStatus, facts: Facts) -> Notes:
    """CONFIRM_STABILITY and CONFIRM_HEALING, by the table of rule book 2.3."""
    calendar, status = standing.result.calendar, standing.healing.status
    rules = {cap.rule for cap in standing.result.caps}
    found = standing.healing.reason.sources
    months = f"The calendar stands at {calendar}"
    if "cap.stability-unknown" in rules and calendar is not Phase.INITIAL:
        yield alert(AlertCode.CONFIRM_STABILITY, f"{months}, but {WORDS[status]}.", found)
    else:
        yield rule_missed("alert.confirm-stability", f"{months}; {WORDS[status]}.", ("S42",), found)
    past_healing = status in (Healing.ROUTINE, Healing.MALUNION) and calendar is Phase.ADVANCED
    if is_presumed_healed(standing.inputs, facts.today, facts.knowledge):
        why = f"More than three years old and quiet: {WORDS[status]}."
        yield alert(AlertCode.CONFIRM_HEALING, why, found, eased=True, variant="presumed")
    elif past_healing or "cap.healing-presumed-stable" in rules:
        yield alert(AlertCode.CONFIRM_HEALING, f"{months}, but {WORDS[status]}.", found)
    else:
        yield rule_missed("alert.confirm-healing", f"{months}; {WORDS[status]}.", ("S42",), found)
    if status not in (Healing.HEALED, Healing.NONUNION):
        question = (
            "Is the fracture stable, and has it healed?" if status is Healing.UNKNOWN else "Has the fracture healed?"
        )
        yield gap("healing", question, "Healing, not the calendar, opens the next phase.")


def note_levels(fractures: Fractures) -> Notes:
    """LEVEL_JUNCTION and LEVEL_UNSPECIFIED for lumbar-like fractures without a named vertebra (2.1.3)."""
    for episode in fractures.lumbar:
        if is_junction(episode.level):
            why = f"The lumbar rules are applied to {episode.level}, as attested."
            yield alert(AlertCode.LEVEL_JUNCTION, why, sources_of(episode.records))
            continue
        if episode.level or any(str(region) == "lumbar" for region in episode.regions):
            yield rule_missed(
                "alert.level", f"The level is {episode.level or 'lumbar'}.", ("S45",), sources_of(episode.records)
            )
            continue
        junction = any(str(region) == "thoracolumbar" for region in episode.regions)
        code = AlertCode.LEVEL_JUNCTION if junction else AlertCode.LEVEL_UNSPECIFIED
        yield alert(code, "No record names the vertebra.", sources_of(episode.records))


def with_changes(standing: FractureStatus, facts: Facts, **changes: object) -> PhaseResult:
    """The phase of the same fracture with one input changed."""
    return phase_of(replace(standing.inputs, **changes), facts.today, facts.knowledge)  # type: ignore[arg-type]
