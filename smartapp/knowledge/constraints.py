"""Rows of constraints.toml -> the table of the core, its sets spelled out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from smartapp.core.constraints import ConstraintRule, ConstraintTable, Trigger
from smartapp.knowledge.constraint_schema import ConstraintRow, TriggerRow
from smartapp.knowledge.doses import in_titles
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import Rows

ALL = "ALL"  # the set nobody has to write down


def constraints_of_rows(rows: Rows) -> ConstraintTable:
    """Of rows without a mistake."""
    sets = named_sets(rows)
    titles = {placed.row.id: placed.row.title for placed in rows.exercises}
    swaps = {first: tuple(rest) for placed in rows.swaps for first, *rest in placed.row.order}
    return ConstraintTable(
        rules=tuple(_in_titles(_rule(placed, sets), titles) for placed in rows.constraints),
        swaps=MappingProxyType(swaps),
        origins=(
            *((placed.row.id, origin_of(placed)) for placed in rows.exercise_sets),
            *((placed.row.id, origin_of(placed)) for placed in rows.swaps),
        ),
    )


def named_sets(rows: Rows) -> Mapping[str, tuple[str, ...]]:
    """By name; ``ALL`` is every exercise that can be chosen."""
    named = {name: tuple(ids) for placed in rows.exercise_sets for name, *ids in placed.row.named}
    return named | {ALL: tuple(placed.row.id for placed in rows.exercises if placed.row.selectable)}


def spelled_out(names: Iterable[str], sets: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Ids of the exercises that sets and exercises stand for."""
    for name in names:
        yield from sets.get(name, (name,))


def _rule(placed: Placed[ConstraintRow], sets: Mapping[str, tuple[str, ...]]) -> ConstraintRule:
    row = placed.row
    keeps = sorted(set(spelled_out(row.keeps, sets)))
    out = {id_ for id_ in sets[ALL] if keeps and id_ not in keeps}.union(spelled_out(row.removes, sets))
    apart = ("id", "when", "removes", "keeps", "not_alone", "one_sided", "lifted_by", "alert", "track", "months")
    return ConstraintRule(
        **said(row, *apart),
        name=row.id,
        when=tuple(_trigger(each) for each in row.when),
        removes=tuple(sorted(out)),
        keeps=tuple(keeps),
        not_alone=tuple(sorted(set(spelled_out(row.not_alone, sets)))),
        one_sided=tuple(sorted(set(spelled_out(row.one_sided, sets)))),
        alert=row.alert,
        track=row.track,
        months=row.months,
        lifted_by=row.lifted_by,
        origin=origin_of(placed),
    )


def _in_titles(rule: ConstraintRule, titles: Mapping[str, str]) -> ConstraintRule:
    """Exercises by their titles, wherever a sentence names one."""

    def told(text: str) -> str:
        return in_titles(text, titles)

    return replace(rule, text=told(rule.text), changes=tuple(map(told, rule.changes)))


def _trigger(row: TriggerRow) -> Trigger:
    found: dict[str, Any] = said(row)
    for name in ("at_least", "below"):
        if isinstance(bound := found.get(name), int):
            found[name] = Decimal(bound)
    return Trigger(**found)
