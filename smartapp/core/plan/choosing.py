"""Assessment and library -> the exercises that fit: by phase, gates, active restrictions and conditions.

The gate, not the phase, decides on prone work (Q5): while the prone gate is not blocked, prone exercises are in the
plan but wait, with the reason, until both gate and phase allow them (S06). What is left out has its reason too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from smartapp.core.assessment import Assessment, Gates
from smartapp.core.chart import Source
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Effect, Exercise, Modification
from smartapp.core.plan.limits import kept_ids, session_of, why_off_track, why_removed
from smartapp.core.plan.patient_context import PatientContext, evidence, holds
from smartapp.core.states import Phase, Prone, State, Track, UpperBack

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
    """An exercise of the plan; ``waiting`` says why it must not be started yet."""

    exercise: Exercise
    waiting: str = ""
    patient_waiting: str = ""
    adapted: tuple[Modification, ...] = ()  # what the patient's conditions change
    stands_for: tuple[StandsFor, ...] = ()


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
    said = why_unfit(exercise, assessment, knowledge) or why_removed(exercise, assessment)
    return said or why_off_track(exercise, assessment, knowledge)


def why_unfit(exercise: Exercise, assessment: Assessment, knowledge: Knowledge) -> str:
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
    if exercise.position not in knowledge.library.templates[phase].positions and not exercise.needs:
        return f"{named} is done {exercise.position}, which the {phase} phase does not use."
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


def choose_exercises(assessment: Assessment, knowledge: Knowledge, facts: PatientContext) -> Selection:
    """Exercises of the effective phase and track that fit this patient, in the library's order, and what was left out.

    What stands in for an exercise that is left out may be in the plan by itself; then nothing more is borrowed.
    """
    phase = assessment.effective_phase
    if phase is None:
        return Selection((), ())
    picked: dict[str, Chosen] = {}
    left_out: list[str] = []
    for exercise in _candidates(knowledge, assessment, phase):
        reason = _why_left_out(exercise, assessment, facts)
        if reason is None:
            earlier = picked.get(exercise.id)
            picked[exercise.id] = _chosen(exercise, assessment, facts, earlier.stands_for if earlier else ())
            continue
        left_out.append(reason.text)
        target = _stand_in(exercise, assessment, knowledge, facts)
        if target:
            stood_for = picked[target.id].stands_for if target.id in picked else ()
            picked[target.id] = _chosen(target, assessment, facts, (*stood_for, reason))
    ordered = sorted(picked.values(), key=lambda chosen: chosen.exercise.id)
    return Selection(tuple(ordered), tuple(dict.fromkeys(left_out)))


def _candidates(knowledge: Knowledge, assessment: Assessment, phase: Phase) -> tuple[Exercise, ...]:
    """What a keep-set leaves, else the session of the track, else that of the phase: what is not refused of it.

    Removed ones are among them: they are said, and something may take their place.
    """
    exercises = knowledge.library.exercises
    kept = kept_ids(assessment)
    if kept is not None:
        wanted = kept
    elif assessment.track in (Track.CHAIR, Track.BED):
        wanted = session_of(assessment, knowledge, phase).exercises
    else:
        wanted = _standing(knowledge, assessment, phase)
    chosen = (exercises[id_] for id_ in sorted(wanted))
    return tuple(exercise for exercise in chosen if not why_unfit(exercise, assessment, knowledge))


def _standing(knowledge: Knowledge, assessment: Assessment, phase: Phase) -> frozenset[str]:
    """Template, phase set and gated prone work; a step before a closed gate stays in the plan."""
    library = knowledge.library
    upright = [e for e in library.exercises.values() if not e.tracks]
    wanted = library.templates[phase].exercises | {e.id for e in upright if e.phase is phase}
    wanted |= {e.id for e in upright if e.needs == {"prone"} and e.phase.rank > phase.rank}
    closed = {id_ for id_ in wanted if gate_of(library.exercises[id_], assessment.gates) is Gate.CLOSED}
    return wanted | {e.id for e in upright if closed & set(e.progresses_to) and e.needs}


def _why_left_out(exercise: Exercise, assessment: Assessment, facts: PatientContext) -> StandsFor | None:
    """The constraints, else the first condition of the patient, that take the exercise out of the plan."""
    because = assessment.removed.get(exercise.id, ())
    if because:
        sources = dict.fromkeys(source for constraint in because for source in constraint.reason.sources)
        return StandsFor(exercise.id, why_removed(exercise, assessment), tuple(sources))
    swap = _swap(exercise, facts)
    if not swap:
        return None
    text = f"{exercise.id} ({exercise.title}) is left out. {swap.text}"
    return StandsFor(exercise.id, text, evidence(swap.unless, assessment, facts))


def _stand_in(
    exercise: Exercise, assessment: Assessment, knowledge: Knowledge, facts: PatientContext
) -> Exercise | None:
    """The first that may take its place. Nothing does for an exercise that could not have started yet."""
    swap = _swap(exercise, facts)
    if exercise.id in assessment.removed:
        order = () if _why_waiting(exercise, assessment)[0] else knowledge.constraints.swaps.get(exercise.id, ())
    else:
        order = (swap.swap_to,) if swap and swap.swap_to else ()
    targets = (knowledge.library.exercises[id_] for id_ in order)
    return next((target for target in targets if _may_stand_in(target, assessment, knowledge, facts)), None)


def _may_stand_in(target: Exercise, assessment: Assessment, knowledge: Knowledge, facts: PatientContext) -> bool:
    if target.id in assessment.removed or why_unfit(target, assessment, knowledge):
        return False
    upright = assessment.track in (None, Track.STANDING)  # borrows from the chair without changing track
    if not upright and why_off_track(target, assessment, knowledge):
        return False
    return not any(m.effect is not Effect.MODIFY and holds(m.unless, facts) for m in target.modifications)


def _swap(exercise: Exercise, facts: PatientContext) -> Modification | None:
    """The first condition of the patient that takes the exercise out of the plan."""
    return next(
        (m for m in exercise.modifications if m.effect in (Effect.SWAP, Effect.LEAVE_OUT) and holds(m.unless, facts)),
        None,
    )


def _chosen(
    exercise: Exercise, assessment: Assessment, facts: PatientContext, stands_for: tuple[StandsFor, ...]
) -> Chosen:
    holding = [m for m in exercise.modifications if m.effect is Effect.HOLD and holds(m.unless, facts)]
    adapted = tuple(m for m in exercise.modifications if m.effect is Effect.MODIFY and holds(m.unless, facts))
    gate, patient_gate = _why_waiting(exercise, assessment)
    waiting = " ".join(filter(None, (gate, *(m.text for m in holding))))
    patient_waiting = " ".join(filter(None, (patient_gate, *(m.patient_text for m in holding))))
    return Chosen(exercise, waiting, patient_waiting, (*holding, *adapted), stands_for)


def _why_waiting(exercise: Exercise, assessment: Assessment) -> tuple[str, str]:
    """Why a gated exercise of the plan waits, in both registers; empty where it may start."""
    phase = assessment.effective_phase
    if gate_of(exercise, assessment.gates) is Gate.WAITING:
        return f"Do not start yet. {gate_reason(exercise, assessment)}", _PATIENT_WAITING["gate"]
    if phase is not None and exercise.phase.rank > phase.rank:
        return f"Do not start yet: begins with the {exercise.phase} phase; the phase is {phase}.", _PATIENT_WAITING[
            "phase"
        ]
    return "", ""


_PATIENT_WAITING: Mapping[str, str] = {
    "gate": "Do not start this yet. Your care team has to say when it is safe.",
    "phase": "Do not start this yet. It comes in the next part of your plan.",
}
