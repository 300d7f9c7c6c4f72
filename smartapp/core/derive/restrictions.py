"""Restrictions R1-R10 (rule book 2.5): state, window and words of each, for the phase and gates of today."""

from datetime import date
from typing import NamedTuple

from smartapp.core.assessment import Gates, Reason, Restriction
from smartapp.core.chart import Source
from smartapp.core.dates import add_months, has_passed
from smartapp.core.derive.dangers import Hold
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.fracture_status import FractureStatuses
from smartapp.core.derive.healing import STABLE
from smartapp.core.derive.notes import unique
from smartapp.core.derive.phase import phase_begins
from smartapp.core.frozen import frozen
from smartapp.core.states import Healing, Phase, State
from smartapp.core.thresholds import ThresholdName


class Ruling(NamedTuple):
    """State of one restriction, the day it changes by itself (None: not by the calendar), and why."""

    state: State
    until: date | None
    why: str
    sources: tuple[Source, ...]


@frozen
class RestrictionFacts:
    """What restrictions look at. ``high_risk`` names why flexion stays strict for 12 months, empty if nothing does."""

    standings: FractureStatuses
    gates: Gates
    high_risk: tuple[str, ...]
    holds: tuple[Hold, ...] = ()


def without_plan(reason: Reason, facts: Facts) -> tuple[Restriction, ...]:
    """REFER and CONFIRM_FIRST: every restriction at its strictest, without an end."""
    strictest = {id_: next(iter(words.texts)) for id_, words in facts.knowledge.restrictions.items()}
    return tuple(
        _with_words(id_, Ruling(state, None, reason.text, reason.sources), facts) for id_, state in strictest.items()
    )


def restrictions_of(seen: RestrictionFacts, facts: Facts) -> tuple[Restriction, ...]:
    flexion = flexion_ruling(seen, facts)
    gate_reasons = dict(seen.gates.reasons)
    fracture = seen.standings.sources
    rulings = {
        "R1": flexion,
        "R2": flexion,
        "R3": Ruling(State.PROHIBITED, None, "Holds in every phase after a vertebral fracture.", fracture),
        "R4": _gate(State(str(seen.gates.impact)), gate_reasons["high-impact"]),
        "R5": Ruling(State.MODIFY, None, "Always modified after a vertebral fracture.", fracture),
        "R6": _gate(State(str(seen.gates.prone)), gate_reasons["prone"]),
        "R7": _gate(State(str(seen.gates.upper_back)), gate_reasons["resisted-upper-back"]),
        "R8": extension_ruling(seen, facts),
        "R9": lifting_ruling(seen, facts),
        "R10": Ruling(State.STRICT, None, "Holds in every phase: the programme is supervised.", fracture),
    }
    return tuple([_with_words(id_, ruling, facts) for id_, ruling in rulings.items()])


def _gate(state: State, reason: Reason) -> Ruling:
    return Ruling(state, None, reason.text, reason.sources)


def _with_words(id_: str, ruling: Ruling, facts: Facts) -> Restriction:
    words = facts.knowledge.restrictions[id_]
    clinician, patient = words.texts[ruling.state]
    named, spanish = words.spanish[ruling.state]
    reason = Reason(ruling.why, words.origin.statements, ruling.sources, f"restriction.{id_}")
    return Restriction(
        id_,
        ruling.state,
        clinician,
        patient,
        ruling.until,
        reason,
        words.movement,
        words.quality,
        words.instead,
        spanish,
        named,
    )


def flexion_ruling(seen: RestrictionFacts, facts: Facts) -> Ruling:
    """R1 and R2: strict for 6 months; to 12 unless healed and low risk; then modified for life (S20)."""
    standings, day = seen.standings, seen.standings.latest_day
    found = standings.sources
    hold = next((hold for hold in seen.holds if hold.strict), None)
    if hold:
        return Ruling(State.STRICT, None, hold.why, unique((*found, *hold.sources)))
    held = _strict_regardless(standings, facts)
    if held or day is None:
        return Ruling(State.STRICT, None, held or "A fracture has no date.", found)
    six = facts.knowledge.whole(ThresholdName.STRICT_ALWAYS_BEFORE)
    twelve = facts.knowledge.whole(ThresholdName.STRICT_UNLESS_HEALED_BEFORE)
    if has_passed(day, twelve, facts.today):
        return Ruling(
            State.MODIFY, None, f"{twelve} months since {day} have passed; modified while bone is weak.", found
        )
    reasons = (
        *seen.high_risk,
        *(() if standings.all_healed else ("healing is not shown",)),
        *(("the date is imprecise",) if standings.imprecise else ()),
    )
    if reasons:
        why = f"Strict until {twelve} months after {day}: {', '.join(reasons)}."
        return Ruling(State.STRICT, add_months(day, twelve), why, found)
    if has_passed(day, six, facts.today):
        return Ruling(State.MODIFY, None, f"{six} months since {day}, healed, no high risk on record.", found)
    return Ruling(State.STRICT, add_months(day, six), f"Strict for {six} months from {day}.", found)


def _strict_regardless(standings: FractureStatuses, facts: Facts) -> str:
    """Delayed healing, and surgery not yet cleared, keep the strict window open without an end (2.2, 2.5)."""
    if any(s.healing.status is Healing.DELAYED for s in standings.everyone):
        return "Delayed healing keeps the strict limits, however long ago the fracture is."
    if any(s.awaits for s in standings.everyone):
        long = facts.knowledge.span(ThresholdName.SURGERY_PRONE_FROM)
        return f"The strict limits hold until the surgeon's clearance, at least {long} after surgery."
    return ""


def extension_ruling(seen: RestrictionFacts, facts: Facts) -> Ruling:
    """R8: strict in the initial phase and while the fracture has not healed (S04); then short of end range."""
    standings, found = seen.standings, seen.standings.sources
    if standings.effective is Phase.INITIAL:
        return Ruling(State.STRICT, _leaves(standings, Phase.INTERMEDIATE, facts), "Initial phase.", found)
    neutral = next((hold for hold in seen.holds if hold.neutral), None)
    if neutral:
        return Ruling(State.STRICT, None, neutral.why, unique((*found, *neutral.sources)))
    if not standings.all_healed:
        return Ruling(State.STRICT, None, "The fracture has not been shown to be healed.", found)
    return Ruling(State.MODIFY, None, "Healed and past the initial phase.", found)


def lifting_ruling(seen: RestrictionFacts, facts: Facts) -> Ruling:
    """R9: out in the initial and intermediate phase, technique only in the advanced one."""
    standings, found = seen.standings, seen.standings.sources
    if standings.effective is Phase.ADVANCED:
        return Ruling(State.TECHNIQUE_ONLY, None, "Advanced phase.", found)
    until = _leaves(standings, Phase.ADVANCED, facts)
    return Ruling(State.PROHIBITED, until, f"{standings.effective.capitalize()} phase.", found)


def _leaves(standings: FractureStatuses, phase: Phase, facts: Facts) -> date | None:
    """The day the calendar alone brings ``phase``; None where healing or another fact must come first."""
    day = standings.latest_day
    ready = all(s.healing.status in STABLE if phase is Phase.INTERMEDIATE else s.healed for s in standings.everyone)
    capped = any(cap.phase.rank < phase.rank for s in standings.everyone for cap in s.result.caps)
    return phase_begins(day, phase, facts.knowledge) if day and ready and not capped else None
