"""Whether an exercise may have a place in a plan: by phase, gates, restrictions and limits, with the reason if not.

What is chosen of those that may stands in :mod:`selecting`.
"""

from dataclasses import dataclass
from enum import StrEnum

from smartapp.core.assessment import Assessment, Gates
from smartapp.core.chart import Source
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Dose, Exercise, Modification
from smartapp.core.plan.limits import why_off_track, why_removed
from smartapp.core.program import BlockCode, HomeSet, Turn
from smartapp.core.states import Prone, State, UpperBack

FORBIDS = frozenset({State.STRICT, State.PROHIBITED, State.BLOCKED, State.PENDING})


class Gate(StrEnum):
    OPEN = "open"
    WAITING = "waiting"  # may open once a named thing is known or a day has come
    CLOSED = "closed"


@dataclass(frozen=True)
class StandsFor:
    """An exercise that is left out and another takes the place of, and why."""

    id: str
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Chosen:
    """An exercise of the plan; ``waiting`` says why it must not be started yet. ``block`` None: at home only."""

    exercise: Exercise
    dose: Dose
    waiting: str = ""
    patient_waiting: str = ""
    adapted: tuple[Modification, ...] = ()  # what the patient's conditions change
    stands_for: tuple[StandsFor, ...] = ()
    block: BlockCode | None = None
    turn: Turn = Turn.EVERY
    home_set: HomeSet | None = None
    home_note: str = ""
    variant: tuple[str, ...] = ()


@dataclass(frozen=True)
class Selection:
    exercises: tuple[Chosen, ...]
    left_out: tuple[str, ...]  # sentences


def forbidding_restrictions(assessment: Assessment) -> frozenset[str]:
    """Ids of the restrictions that forbid today."""
    return frozenset(r.id for r in assessment.restrictions if r.state in FORBIDS)


def gate_of(exercise: Exercise, gates: Gates | None) -> Gate:
    """The state of the narrowest gate the exercise needs; impact and loaded extension never wait, they are absent."""
    if not exercise.needs:
        return Gate.OPEN
    if gates is None or "high-impact" in exercise.needs:
        return Gate.CLOSED
    loaded = "resisted-upper-back" in exercise.needs
    if loaded and not (gates.upper_back is UpperBack.ELIGIBLE and gates.prone is Prone.ALLOWED):
        return Gate.CLOSED
    return {Prone.ALLOWED: Gate.OPEN, Prone.CONDITIONAL: Gate.WAITING, Prone.BLOCKED: Gate.CLOSED}[gates.prone]


def why_refused(exercise: Exercise, assessment: Assessment, knowledge: Knowledge) -> str:
    """Why this exercise can have no place in the plan, as a sentence; empty where it can (perhaps waiting)."""
    said = why_unfit(exercise, assessment) or why_removed(exercise, assessment)
    return said or why_off_track(exercise, assessment, knowledge)


def why_unfit(exercise: Exercise, assessment: Assessment) -> str:
    """As :func:`why_refused`, whole-patient constraints aside."""
    named = f"{exercise.id} ({exercise.title})"
    phase = assessment.effective_phase
    if not exercise.selectable:
        return f"{named} is never part of a plan: {exercise.text}"
    if phase is None:
        return f"{named} cannot be planned without a phase."
    if gate_of(exercise, assessment.gates) is Gate.CLOSED:
        return f"{named} stays out while its gate is closed: {gate_reason(exercise, assessment)}"
    broken = sorted(exercise.breaks & forbidding_restrictions(assessment), key=lambda id_: int(id_[1:]))
    if broken:
        return f"{named} would break the restriction {', '.join(broken)}."
    if exercise.phase.rank > phase.rank and not exercise.needs:
        return f"{named} belongs to the {exercise.phase} phase; the phase is {phase}."
    return ""


def gate_reason(exercise: Exercise, assessment: Assessment) -> str:
    """What the exercise's gates say: earliest day and what they wait for, else the gate's own reason."""
    gates = assessment.gates
    if gates is None:
        return "the gates are not known."
    said = [
        f"Waits for {waits}" + (f", not before {day.isoformat()}." if day else ".")
        for name, day, waits in gates.opens
        if name in exercise.needs and waits
    ]
    said += [reason.text for name, reason in gates.reasons if name in exercise.needs and not said]
    return " ".join(dict.fromkeys(said)) or "the gate is not open."
