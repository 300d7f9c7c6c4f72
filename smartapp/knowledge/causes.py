"""Differences between two versions of the knowledge -> the rows that cause each, found by trying them.

Each changed row is applied alone to the knowledge before, and the line looked at. Where no row alone moves a line, each
is left out of the knowledge after: a row without which the line stays is one of several that act together. A cause that
was not tried is never told; a row that cannot be tried alone is named, with what stands against it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from smartapp.core.concept_lines import DifferenceKind
from smartapp.core.differences import Difference, plan_differences
from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Proposal
from smartapp.errors import KnowledgeError, LoadpathError
from smartapp.knowledge.row_changes import KnowledgePair, RowChange

Decide = Callable[[Knowledge], Proposal]
_Key = tuple[DifferenceKind, str]
MOST_KEPT = 40  # knowledges held at once, about 5 MB each (ours)


class Acts(StrEnum):
    ALONE = "alone"  # with this row changed and no other, the line becomes what it is
    PARTLY = "partly"  # with this row changed and no other, the line becomes something else
    TOGETHER = "together"  # without this row's change the line does not become what it is


@dataclass(frozen=True)
class Cause:
    change: RowChange
    acts: Acts


@dataclass(frozen=True)
class Caused:
    """``causes`` is empty where no row that was tried moves the line."""

    difference: Difference
    causes: tuple[Cause, ...]


class CauseFinder:
    """Of one pair of versions, for any number of charts. ``untried``: rows that do not fit alone, and why."""

    def __init__(self, pair: KnowledgePair) -> None:
        self._changes, self._pair = pair.changes, pair
        self.untried: dict[RowChange, str] = {}
        self._knowledge = lru_cache(maxsize=MOST_KEPT)(self._made)

    def causes(self, before: Proposal, found: Sequence[Difference], decide: Decide) -> tuple[Caused, ...]:
        """``before`` as decided with the knowledge before; ``decide``: the same chart with another knowledge."""
        if len(self._changes) == 1:
            only = Cause(self._changes[0], Acts.ALONE)  # what was compared is this row changed alone
            return tuple(Caused(each, (only,)) for each in found)
        causes: dict[_Key, list[Cause]] = {(each.kind, each.id): [] for each in found}
        for change in self._changes if found else ():
            moved = self._tried(before, decide, (change,), change)
            for each in found:
                now = moved.get((each.kind, each.id)) if moved is not None else None
                if now is not None:
                    acts = Acts.ALONE if now.after == each.after else Acts.PARTLY
                    causes[each.kind, each.id].append(Cause(change, acts))
        unmoved = [each for each in found if not causes[each.kind, each.id]]
        for change in self._changes if unmoved else ():
            rest = tuple(each for each in self._changes if each != change)
            moved = self._tried(before, decide, rest)
            for each in unmoved if moved is not None else ():
                now = moved.get((each.kind, each.id)) if moved is not None else None
                if now is None or now.after != each.after:
                    causes[each.kind, each.id].append(Cause(change, Acts.TOGETHER))
        return tuple(Caused(each, tuple(causes[each.kind, each.id])) for each in found)

    def _tried(
        self, before: Proposal, decide: Decide, rows: tuple[RowChange, ...], alone: RowChange | None = None
    ) -> dict[_Key, Difference] | None:
        """What differs with these rows changed; None where they do not fit."""
        try:
            knowledge = self._knowledge(rows)
            if isinstance(knowledge, str):
                raise KnowledgeError(knowledge)
            return {(each.kind, each.id): each for each in plan_differences(before, decide(knowledge))}
        except LoadpathError as error:
            if alone:
                self.untried[alone] = str(error)
            return None

    def _made(self, rows: tuple[RowChange, ...]) -> Knowledge | str:
        try:
            return self._pair.between(rows)
        except KnowledgeError as error:
            return str(error)
