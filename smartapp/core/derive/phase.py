"""Calendar is a ceiling, healing is the gate (rule book 2.3): one fracture's facts become its phase today."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from smartapp.core.chart import Source
from smartapp.core.dates import add_months, has_passed
from smartapp.core.frozen import frozen
from smartapp.core.knowledge import Knowledge
from smartapp.core.states import Healing, Phase
from smartapp.core.thresholds import ThresholdName


@frozen
class Cap:
    """A limit on the phase: what sets it and the one fact that would lift it."""

    phase: Phase
    rule: str
    text: str
    lifted_by: str
    sources: tuple[Source, ...] = ()  # where it is not the fracture's own state that sets it


@frozen
class PhaseInputs:
    """Everything the phase of one fracture depends on, so that “what if” is the same rule with another input."""

    day: date | None  # day 0, after any procedure
    healing: Healing
    newer_fracture: bool = False
    awaits_surgeon: bool = False
    pain: Decimal | None = None
    held: tuple[Cap, ...] = ()  # by dangers of fracture and patient
    quiet: bool = False  # a recent score of little pain is on record


@frozen
class PhaseResult:
    calendar: Phase
    effective: Phase
    caps: tuple[Cap, ...]  # those that hold, the tightest first

    @property
    def binding(self) -> Cap | None:
        """The cap that holds the phase below the calendar."""
        return next((c for c in self.caps if c.phase.rank < self.calendar.rank), None)


def phase_of(inputs: PhaseInputs, today: date, knowledge: Knowledge) -> PhaseResult:
    calendar = calendar_phase(inputs.day, today, knowledge) if inputs.day else Phase.INITIAL
    found = (
        _undated_cap(inputs),
        _surgery_cap(inputs, knowledge),
        _pain_cap(inputs, knowledge),
        _healing_cap(inputs, today, knowledge),
        *inputs.held,
    )
    caps = tuple(sorted((cap for cap in found if cap), key=lambda cap: cap.phase.rank))
    effective = min([calendar, *(cap.phase for cap in caps)], key=lambda phase: phase.rank)
    return PhaseResult(calendar, effective, caps)


def _undated_cap(inputs: PhaseInputs) -> Cap | None:
    if inputs.day is not None:
        return None
    return Cap(Phase.INITIAL, "cap.undated", "The fracture has no date.", "the day of the fracture")


def _surgery_cap(inputs: PhaseInputs, knowledge: Knowledge) -> Cap | None:
    if not inputs.awaits_surgeon:
        return None
    long = knowledge.span(ThresholdName.SURGERY_PRONE_FROM)
    text = f"After spinal surgery the initial phase holds until the surgeon's clearance and at least {long}."
    return Cap(Phase.INITIAL, "cap.surgery", text, f"the surgeon's clearance, {long} or more after surgery")


def _pain_cap(inputs: PhaseInputs, knowledge: Knowledge) -> Cap | None:
    severe = knowledge.number(ThresholdName.PAIN_SEVERE_FROM)
    if inputs.pain is None or inputs.pain < severe:
        return None
    text = f"Pain of {inputs.pain} on the 0-10 scale holds the initial phase."
    return Cap(Phase.INITIAL, "cap.pain", text, f"a pain score below {severe}")


_BY_HEALING: Mapping[Healing, Cap] = {
    Healing.UNKNOWN: Cap(
        Phase.INTERMEDIATE,
        "cap.healing-presumed-stable",
        "Stability is presumed after a year; nothing shows that the fracture has healed.",
        "proof that the fracture has healed",
    ),
    Healing.ROUTINE: Cap(
        Phase.INTERMEDIATE,
        "cap.routine-healing",
        "Routine healing shows stability, not yet healing.",
        "proof that the fracture has healed",
    ),
    Healing.STABLE: Cap(
        Phase.INTERMEDIATE,
        "cap.attested-stable",
        "The fracture is confirmed stable, not healed.",
        "proof that the fracture has healed",
    ),
    Healing.MALUNION: Cap(
        Phase.INTERMEDIATE, "cap.malunion", "Malunion limits loading.", "a clinician's word that it has healed"
    ),
    Healing.DELAYED: Cap(
        Phase.INITIAL, "cap.delayed-healing", "Delayed healing holds the initial phase.", "proof of healing"
    ),
    Healing.NONUNION: Cap(
        Phase.INITIAL, "cap.nonunion", "A fracture that has not united is not loaded.", "the surgeon's treatment"
    ),
}


def _healing_cap(inputs: PhaseInputs, today: date, knowledge: Knowledge) -> Cap | None:
    if inputs.healing is Healing.HEALED or is_presumed_healed(inputs, today, knowledge):
        return None
    if inputs.healing is Healing.UNKNOWN and not _is_presumed_stable(inputs, today, knowledge):
        text = "Nothing shows that the fracture is stable."
        return Cap(Phase.INITIAL, "cap.stability-unknown", text, "proof that the fracture is stable")
    return _BY_HEALING[inputs.healing]


def _is_presumed_stable(inputs: PhaseInputs, today: date, knowledge: Knowledge) -> bool:
    """Twelve months without proof, without marked pain and without a new fracture (2.3)."""
    if inputs.day is None or inputs.newer_fracture:
        return False
    calm = inputs.pain is None or inputs.pain < knowledge.number(ThresholdName.PAIN_UNSTABLE_FROM)
    return calm and has_passed(inputs.day, knowledge.whole(ThresholdName.PRESUMED_STABLE_FROM), today)


def is_presumed_healed(inputs: PhaseInputs, today: date, knowledge: Knowledge) -> bool:
    """Three years without proof, with little pain read lately and no new fracture (rule book 2a, FC18)."""
    stable = inputs.healing is Healing.UNKNOWN and inputs.quiet and _is_presumed_stable(inputs, today, knowledge)
    long = knowledge.whole(ThresholdName.PRESUMED_HEALED_FROM)
    return stable and inputs.day is not None and has_passed(inputs.day, long, today)


# -- the calendar alone


def calendar_phase(anchor: date, today: date, knowledge: Knowledge) -> Phase:
    """Phase by the calendar alone: the ceiling (rule book 2, S26-S28)."""
    if has_passed(anchor, knowledge.whole(ThresholdName.ADVANCED_FROM), today):
        return Phase.ADVANCED
    if has_passed(anchor, knowledge.whole(ThresholdName.INTERMEDIATE_FROM), today):
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
