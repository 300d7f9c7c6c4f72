"""Whole-patient constraints of an assessment -> what they take from a plan, and what takes its place.

Removed exercises have no place in any plan, chosen, exchanged or offered; ids, sets and swaps are data
(``knowledge/constraints.toml``).
"""

from collections.abc import Iterator

from smartapp.core.assessment import Assessment
from smartapp.core.constraints import ConstraintRule
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import REQUIRED, Exercise
from smartapp.core.proposal import Component
from smartapp.core.states import Track

ONE_SIDE = "one-side"  # a variant of an exercise; with the side behind it where it is known


def acting_rules(assessment: Assessment, knowledge: Knowledge) -> Iterator[ConstraintRule]:
    for constraint in assessment.constraints:
        yield from (knowledge.constraints.rule(name) for name in constraint.rows)


def why_removed(exercise: Exercise, assessment: Assessment) -> str:
    """The words of every constraint that takes the exercise out; empty where none does."""
    because = assessment.removed.get(exercise.id, ())
    said = " ".join(f"{constraint.title}: {constraint.text}" for constraint in because)
    return f"{exercise.id} ({exercise.title}) is left out. {said}" if said else ""


def kept_ids(assessment: Assessment) -> frozenset[str] | None:
    """What a keep-set leaves, of several what all of them leave; None where none acts."""
    sets = [frozenset(constraint.keeps) for constraint in assessment.constraints if constraint.keeps]
    return frozenset.intersection(*sets) - assessment.removed.keys() if sets else None


def why_off_track(exercise: Exercise, assessment: Assessment, knowledge: Knowledge) -> str:
    """Why the exercise does not belong to how this patient exercises; a keep-set asks for no track.

    The sessions of a track in other phases count: their exercises have a phase of their own.
    """
    track = assessment.track or Track.STANDING
    if kept_ids(assessment) is not None:
        return ""
    foreign = bool(exercise.tracks) if track is Track.STANDING else exercise.id not in knowledge.library.on_track[track]
    return f"{exercise.id} ({exercise.title}) does not belong to the {track} programme." if foreign else ""


def not_alone(assessment: Assessment, knowledge: Knowledge) -> frozenset[str]:
    """Ids of exercises that must not be done without somebody beside."""
    return frozenset(id_ for rule in acting_rules(assessment, knowledge) for id_ in rule.not_alone)


def free_side(id_: str, assessment: Assessment) -> str | None:
    """The leg an exercise is done with where a limit leaves one: left, right, empty where nobody says which; None
    where no limit asks for it."""
    sides = {constraint.side for constraint in assessment.constraints if id_ in constraint.one_sided}
    if not sides:
        return None
    return {"left": "right", "right": "left"}.get(sides.pop(), "") if len(sides) == 1 else ""


def lines_left_out(assessment: Assessment, knowledge: Knowledge) -> frozenset[str]:
    """Ids of goals and advice that do not fit."""
    return frozenset(id_ for rule in acting_rules(assessment, knowledge) for id_ in rule.leaves_out)


def shorter_program(assessment: Assessment, knowledge: Knowledge) -> tuple[int | None, str]:
    """Months where limits make them fewer than the programme's (None: as it is), and the reason."""
    rules = [rule for rule in acting_rules(assessment, knowledge) if rule.months]
    months = min((rule.months for rule in rules if rule.months), default=None)
    return months, " ".join(dict.fromkeys(rule.text for rule in rules))


def emptied_components(trained: frozenset[Component], assessment: Assessment) -> tuple[tuple[Component, str], ...]:
    """Each component that limits have left without an exercise, with what is said of it."""
    if not assessment.removed:
        return ()
    because = "; ".join(constraint.title for constraint in assessment.constraints if constraint.removes)
    said = "No safe {} exercise is left: the therapist decides. Left out by: {}."
    return tuple((component, said.format(component, because)) for component in REQUIRED if component not in trained)
