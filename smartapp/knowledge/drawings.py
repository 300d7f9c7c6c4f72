"""Rows of drawings.toml -> the :class:`DrawingTable` of the core."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

from msgspec import Meta

from smartapp.core.drawings import CrossedDrawing, DrawingChange, DrawingTable, DrawnMovement
from smartapp.core.states import State
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.reading import KnowledgeReader, Placed
from smartapp.knowledge.schema import Signable, Text, Texts

FILE = "drawings.toml"
Some = Annotated[Texts, Meta(min_length=1)]


class PosesRow(Signable, frozen=True, kw_only=True):
    id: Text
    file_digest: Text
    words: Text


class MovementRow(Signable, frozen=True, kw_only=True):
    id: Text
    title: Text
    patient_text: Text
    unless_removed: Texts = ()


class CrossedRow(Signable, frozen=True, kw_only=True):
    id: Text
    of: Text
    drawing: Text
    instead: Some
    states: tuple[State, ...] = ()


class DrawingChangeRow(Signable, frozen=True, kw_only=True):
    id: Text
    exercises: Some
    when: Some
    without: Texts = ()
    hidden: bool = False
    start_only: bool = False


class DrawingRows(NamedTuple):
    poses: tuple[Placed[PosesRow], ...]
    movements: tuple[Placed[MovementRow], ...]
    crossed: tuple[Placed[CrossedRow], ...]
    changes: tuple[Placed[DrawingChangeRow], ...]

    def signable(self) -> Iterator[Placed[Signable]]:
        for rows in self:
            yield from rows


def drawing_rows(reader: KnowledgeReader) -> DrawingRows:
    parts = reader.parts(FILE, "poses", "movement", "crossed", "change")
    return DrawingRows(
        parts.listed("poses", PosesRow),
        parts.listed("movement", MovementRow),
        parts.listed("crossed", CrossedRow),
        parts.listed("change", DrawingChangeRow),
    )


def drawings_of(rows: DrawingRows) -> DrawingTable:
    """Of rows without a mistake."""
    return DrawingTable(
        crossed=MappingProxyType({p.row.of: CrossedDrawing(**_values(p)) for p in rows.crossed}),
        changes=tuple(DrawingChange(**_values(placed)) for placed in rows.changes),
        movements=MappingProxyType({p.row.id: DrawnMovement(**_values(p)) for p in rows.movements}),
        origin=origin_of(rows.poses[0]),
        words=rows.poses[0].row.words,
    )


def _values(placed: Placed[Any]) -> dict[str, Any]:
    return {**said(placed.row), "origin": origin_of(placed)}
