"""What the files of a plan must have in common -> every mistake: each id that is named exists, sessions add up."""

from collections import Counter
from collections.abc import Iterable, Iterator

from smartapp.core.dates import days_rest
from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.core.library import Effect
from smartapp.core.proposal import ActivityKind
from smartapp.knowledge.dose_checks import dose_mistakes, session_mistakes
from smartapp.knowledge.plan_schema import (
    AdviceRow,
    ConditionRow,
    ContraindicationRow,
    ExerciseRow,
    ModificationRow,
    ProgrammeRow,
)
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import Rows
from smartapp.knowledge.thresholds import unknown_numbers

ALWAYS = ConditionRow()


def plan_mistakes(rows: Rows) -> Iterator[str]:
    for file in ("exercises.toml", "never.toml", "goals.toml"):
        used = Counter(rows.reader.ids[file])
        yield from (f"{file}, {id_}: this id is used {count} times" for id_, count in used.items() if count > 1)
    known = _Exercises(rows)
    for exercise in rows.exercises:
        yield from _exercise(exercise, known)
    for never in rows.never:
        yield from _never(never)
    if rows.programme:
        yield from _days(rows.programme)
    yield from session_mistakes(rows, known.lacks)
    for kind, required in ((rows.nutrition, False), (rows.education, False), (rows.suggestions, True)):
        yield from _advice(kind, required)


class _Exercises:
    """By id; ``ids`` is None where the file could not be read, so that nothing is called unknown."""

    def __init__(self, rows: Rows) -> None:
        self.ids = None if "exercises.toml" in rows.reader.unread else set(rows.reader.ids["exercises.toml"])
        self.read = {placed.row.id: placed.row for placed in rows.exercises}

    def lacks(self, id_: str) -> bool:
        return self.ids is not None and id_ not in self.ids

    def may_be_left_out(self, id_: str) -> bool:
        row = self.read.get(id_)
        if row is None:
            return False
        swapped = any(each.effect in (Effect.SWAP, Effect.LEAVE_OUT) for each in row.modification)
        return not row.selectable or bool(row.needs) or swapped


def _restrictions(where: str, ids: Iterable[str]) -> Iterator[str]:
    yield from (f"{where}: there is no restriction “{id_}”" for id_ in ids if id_ not in RESTRICTION_STATES)


def _exercise(placed: Placed[ExerciseRow], known: _Exercises) -> Iterator[str]:
    row, where = placed.row, placed.where
    yield from _restrictions(where, dict.fromkeys((*row.respects, *row.breaks)))
    yield from dose_mistakes(row, where)
    swaps = [each.swap_to for each in row.modification if each.swap_to]
    for id_ in (*row.progresses_to, *swaps):
        if known.lacks(id_) or id_ == row.id:
            yield f"{where}: there is no other exercise “{id_}”"
    for id_ in swaps:
        if known.may_be_left_out(id_):
            yield f"{where}: “{id_}” cannot stand in, it may be left out itself"
    for place, modification in enumerate(row.modification, 1):
        yield from (f"{where}, modification {place}: {wrong}" for wrong in _modification(modification))


def _modification(row: ModificationRow) -> Iterator[str]:
    if row.unless == ALWAYS:
        yield "“unless” must name at least one fact"
    if (row.effect is Effect.SWAP) != bool(row.swap_to):
        yield "“swap_to” belongs to the effect “swap”, and to no other"


def _never(placed: Placed[ContraindicationRow]) -> Iterator[str]:
    row = placed.row
    yield from _restrictions(placed.where, (*row.breaks, *([row.forbidden_while] if row.forbidden_while else ())))
    if bool(row.afterwards) != bool(row.patient_afterwards):
        yield f"{placed.where}: “afterwards” needs both registers"


def _days(placed: Placed[ProgrammeRow]) -> Iterator[str]:
    row = placed.row
    for name, days, count in (("days", row.days, row.frequency_max), ("days_two", row.days_two, row.frequency)):
        if len(days) != count or not days_rest(days):
            yield f"{placed.where}: “{name}” must be {count} days with rest between (S18)"


def _advice(rows: Iterable[Placed[AdviceRow]], kind_required: bool) -> Iterator[str]:
    closed: set[str] = set()
    for placed in rows:
        row = placed.row
        if row.kind is None and kind_required:
            yield f"{placed.where}: “kind” is missing"
        if row.kind in (ActivityKind.EXERCISE, ActivityKind.RESTRICTION):
            yield f"{placed.where}: advice cannot be of the kind {row.kind}"
        yield from unknown_numbers(placed.where, (row.title, row.text, row.patient_text, row.patient_text_es))
        if row.id in closed:
            yield f"{placed.where}: this row can never be reached, the one before it always holds"
        if row.when == ALWAYS:
            closed.add(row.id)
