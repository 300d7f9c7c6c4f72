"""Rows of doses, sessions and twins -> the types of the core; exercises by their titles wherever a step names one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from smartapp.core.dose_words import fitt_words
from smartapp.core.library import Dose
from smartapp.core.program import Fitt, HomeUse, Pair
from smartapp.core.sessions import SessionSet, Situation, Template, TemplateBlock, TwinChoice, Twins
from smartapp.core.states import Phase, Track
from smartapp.knowledge.dose_schema import DoseRow, OpenSpan, SituationRow, Span, TemplateRow, TwinsRow
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.plan_schema import ExerciseRow
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.schema import Number

_APART = ("label", "phases", "tracks", "pain", "block", "home")
_NUMBERS = frozenset({"start_load_kg", "angle_degrees_max"})
_STEPS = ("step_up", "step_down", "ready")
_ID = re.compile(r"\bE\d\d\b")


def doses_of(row: ExerciseRow, titles: Mapping[str, str]) -> tuple[Dose, ...]:
    """Of one exercise, each whole; the plain one last."""
    base, home = _figures(row.fitt), row.home or HomeUse.SUPERVISED
    found = [
        Dose(
            _fitt(base | _figures(each), titles),
            each.block or row.block,
            each.home or home,
            row.fitt.label,
            frozenset(each.phases),
            frozenset(each.tracks),
            frozenset(each.pain),
        )
        for each in row.fitt_in
    ]
    return (*found, Dose(_fitt(base, titles), row.block, home, row.fitt.label))


def _figures(row: DoseRow) -> dict[str, Any]:
    return {key: value for key, value in said(row).items() if key not in _APART}


def _fitt(figures: Mapping[str, Any], titles: Mapping[str, str]) -> Fitt:
    found: dict[str, Any] = {}
    for key, value in figures.items():
        if key in _STEPS:
            found[key] = in_titles(value, titles)
        elif isinstance(value, str | bool):
            found[key] = value
        else:
            found[key] = Decimal(value) if key in _NUMBERS else _pair(value)
    fitt = Fitt(**found)
    return replace(fitt, text=fitt_words(fitt))


def in_titles(text: str, titles: Mapping[str, str]) -> str:
    """Ids mean nothing on paper and in the chart."""
    return _ID.sub(lambda id_: f"“{titles[id_[0]]}”" if id_[0] in titles else id_[0], text)


def _pair(value: Span) -> Pair:
    if isinstance(value, OpenSpan):
        return _end(value.least), _end(value.most)
    low, high = value if isinstance(value, tuple) else (value, value)
    return Decimal(low), Decimal(high)


def _end(value: Number | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def templates_of(
    rows: Iterable[Placed[TemplateRow]], titles: Mapping[str, str]
) -> Mapping[tuple[Track, Phase, SessionSet], Template]:
    """One for each phase a row names."""
    return MappingProxyType(
        {
            (placed.row.track, phase, placed.row.set): _template(placed, phase, titles)
            for placed in rows
            for phase in placed.row.phases
        }
    )


def _template(placed: Placed[TemplateRow], phase: Phase, titles: Mapping[str, str]) -> Template:
    row = placed.row
    words = said(row, "id", "phases", "block", "later")
    blocks = tuple(TemplateBlock(**said(block)) for block in row.block)
    later = in_titles(row.later, titles)
    return Template(**words, name=row.id, phase=phase, blocks=blocks, later=later, origin=origin_of(placed))


def twins_of(rows: Iterable[Placed[TwinsRow]]) -> Iterator[Twins]:
    for placed in rows:
        row = placed.row
        choices = tuple(TwinChoice(each.exercise, _situation(each.when), each.variant) for each in row.choose)
        ids = frozenset((*(each.exercise for each in row.choose), *row.also))
        yield Twins(row.id, choices, ids, origin_of(placed))


def _situation(row: SituationRow) -> Situation:
    found = said(row)
    for key, value in found.items():
        if key in ("phases", "gates"):
            found[key] = frozenset(value)
        elif not isinstance(value, str):
            found[key] = Decimal(value)
    return Situation(**found)
