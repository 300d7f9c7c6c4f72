"""Which drawing stands for what, and what a limit of the patient changes in it (drawings.toml), as values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from smartapp.core.signatures import Origin
from smartapp.core.states import State


@dataclass(frozen=True)
class CrossedDrawing:
    """What is drawn under a cross for a restriction or a movement never offered."""

    id: str  # drawing-R1
    of: str  # R1, X01
    drawing: str  # X01
    instead: tuple[str, ...]  # exercises or movements; the first that this patient may do is drawn beside it
    origin: Origin
    states: tuple[State, ...] = ()  # of a restriction: those in which it is drawn


@dataclass(frozen=True)
class DrawingChange:
    """How drawings change while one of ``when`` holds: a limit of the patient, or a variant of the exercise."""

    id: str
    exercises: tuple[str, ...]
    when: tuple[str, ...]  # WP16, WP2-partial, no-arms
    origin: Origin
    without: tuple[str, ...] = ()  # what is left out: arrow.1
    hidden: bool = False  # not drawn at all: it would show what the limit rules out


@dataclass(frozen=True)
class DrawnMovement:
    """A movement to do instead that is no exercise; for who stands."""

    id: str
    title: str
    patient_text: str
    origin: Origin
    unless_removed: tuple[str, ...] = ()  # exercises; not drawn where limits take one of them out


@dataclass(frozen=True)
class DrawingTable:
    crossed: Mapping[str, CrossedDrawing]  # by restriction or movement
    changes: tuple[DrawingChange, ...]
    movements: Mapping[str, DrawnMovement]
    origin: Origin  # of the drawings themselves, poses.csv
    words: str


def drawing_origins(table: DrawingTable) -> Iterator[tuple[str, Origin]]:
    """Every row that can be signed, by its name in its file."""
    yield "drawings", table.origin
    yield from ((row.id, row.origin) for row in table.movements.values())
    yield from ((row.id, row.origin) for row in table.crossed.values())
    yield from ((row.id, row.origin) for row in table.changes)
