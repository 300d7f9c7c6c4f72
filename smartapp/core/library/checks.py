"""Cross-references of the library: every id that is named exists, and sessions add up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from smartapp.core.assessment import Disposition, Phase
from smartapp.core.library.types import Advice, Condition, Effect, Exercise, GoalRow, Library, Never, Template
from smartapp.core.proposal import Component, Kind
from smartapp.errors import KnowledgeError

RESTRICTIONS = tuple(f"R{number}" for number in range(1, 11))
GATES = ("prone", "resisted-upper-back", "high-impact")
TEXTS = ("stop-rule", "patient-stop-rule", "progress-rule", "split", "patient-split", "supervision", "short-dose")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REQUIRED = (Component.EXTENSOR, Component.RESISTANCE, Component.BALANCE)


def check_library(library: Library) -> Library:
    """The same library with the ids it cites collected. Raises KnowledgeError naming file and row."""
    _check_unique("never.toml", (row.id for row in library.never))
    _check_unique("goals.toml", (row.id for row in library.goals))
    for exercise in library.exercises.values():
        _check_exercise(exercise, library)
    for never in library.never:
        _check_restrictions("never.toml", never.id, never.breaks | ({never.forbidden_while} - {""}))
        if bool(never.afterwards) != bool(never.patient_afterwards):
            raise KnowledgeError(f"never.toml, {never.id}: “afterwards” needs both registers")
    for phase in Phase:
        if phase not in library.templates:
            raise KnowledgeError(f"sessions.toml: the template of the phase {phase} is missing")
        _check_template(library.templates[phase], library)
    _check_programme(library)
    _check_advice(library.advice)
    return replace(
        library,
        statements=frozenset(chain.from_iterable(row.origin.statements for row in _rows(library))),
        alerts=frozenset(c.alert for c in _conditions(library)) - {""},
        concepts=frozenset(c.concept for c in _conditions(library)) - {""},
    )


def _rows(library: Library) -> tuple[Exercise | Never | GoalRow | Advice, ...]:
    return (*library.exercises.values(), *library.never, *library.goals, *library.advice)


def _conditions(library: Library) -> Iterable[Condition]:
    for exercise in library.exercises.values():
        yield from (modification.unless for modification in exercise.modifications)
    yield from (advice.when for advice in library.advice)


def _check_unique(file: str, ids: Iterable[str]) -> None:
    for id_, count in Counter(ids).items():
        if count > 1:
            raise KnowledgeError(f"{file}, {id_}: this id is used {count} times")


def _check_restrictions(file: str, row: str, ids: Iterable[str]) -> None:
    for id_ in sorted(ids):
        if id_ not in RESTRICTIONS:
            raise KnowledgeError(f"{file}, {row}: there is no restriction “{id_}”")


def _check_exercise(exercise: Exercise, library: Library) -> None:
    _check_restrictions("exercises.toml", exercise.id, exercise.respects | exercise.breaks)
    swaps = [modification.swap_to for modification in exercise.modifications if modification.swap_to]
    for id_ in (*exercise.progresses_to, *swaps):
        if id_ not in library.exercises or id_ == exercise.id:
            raise KnowledgeError(f"exercises.toml, {exercise.id}: there is no other exercise “{id_}”")
    for id_ in swaps:
        target = library.exercises[id_]
        swapped = any(modification.effect in (Effect.SWAP, Effect.LEAVE_OUT) for modification in target.modifications)
        if not target.selectable or target.needs or swapped:
            raise KnowledgeError(f"exercises.toml, {exercise.id}: “{id_}” cannot stand in, it may be left out itself")
    for gate in exercise.needs:
        if gate not in GATES:
            raise KnowledgeError(f"exercises.toml, {exercise.id}: there is no gate “{gate}”")


def _check_template(template: Template, library: Library) -> None:
    place = f"sessions.toml, {template.phase}"
    total = sum(block.minutes for block in template.blocks)
    if total != library.programme.minutes:
        raise KnowledgeError(f"{place}: the blocks add up to {total} minutes, not {library.programme.minutes}")
    for id_ in sorted(template.exercises):
        if id_ not in library.exercises:
            raise KnowledgeError(f"{place}: there is no exercise “{id_}”")
    ready = [e for e in library.exercises.values() if e.id in template.exercises and not e.needs]
    for component in REQUIRED:
        if not any(component in exercise.components for exercise in ready):
            raise KnowledgeError(f"{place}: no exercise without a gate trains {component}")


def days_rest(days: tuple[str, ...]) -> bool:
    """True where no two days follow each other, Sunday to Monday included (S18), and each is a weekday once."""
    places = [WEEKDAYS.index(day) for day in days if day in WEEKDAYS]
    if len(places) != len(days) or len(set(places)) != len(days):
        return False
    return not any((place + 1) % 7 in places for place in places)


def _check_programme(library: Library) -> None:
    programme = library.programme
    for name, days, count in (
        ("days", programme.days, programme.frequency_max),
        ("days_two", programme.days_two, programme.frequency),
    ):
        if len(days) != count or not days_rest(days):
            raise KnowledgeError(f"sessions.toml, programme: “{name}” must be {count} days with rest between (S18)")
    for key in TEXTS:
        if key not in programme.texts:
            raise KnowledgeError(f"sessions.toml, texts: “{key}” is missing")
    for disposition in Disposition:
        if not disposition.prescribes and disposition not in library.referral.not_prescribing:
            raise KnowledgeError(f"referral.toml, not-prescribing: “{disposition}” is missing")


def _place(row: Advice) -> str:
    prefixes = {"N-": "nutrition.toml", "ED": "education.toml"}
    return f"{prefixes.get(row.id[:2], 'referral.toml')}, {row.id}"


def _check_advice(advice: tuple[Advice, ...]) -> None:
    for row in advice:
        if row.kind in (Kind.EXERCISE, Kind.RESTRICTION):
            raise KnowledgeError(f"{_place(row)}: advice cannot be of the kind {row.kind}")
    closed: set[str] = set()
    for row in advice:
        if row.id in closed:
            raise KnowledgeError(f"{_place(row)}: this row can never be reached, the one before it always holds")
        if row.when == Condition():
            closed.add(row.id)
