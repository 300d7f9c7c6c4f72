"""What drawings.toml and poses.csv must have in common with each other and with the exercises -> every mistake."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.knowledge.drawings import FILE, CrossedRow, DrawingChangeRow, MovementRow
from smartapp.knowledge.poses import END, START, Poses, read_poses
from smartapp.knowledge.poses import FILE as POINTS
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import Rows

_LIMIT = re.compile(r"(WP|NS|FC|RF|CO)\d")  # how limits are called; anything else is a variant of an exercise


def drawing_mistakes(rows: Rows) -> Iterator[str]:
    unread = rows.reader.unread
    if FILE in unread:
        return
    used = Counter(rows.reader.ids[FILE])
    yield from (f"{FILE}, {id_}: this id is used {count} times" for id_, count in used.items() if count > 1)
    drawn = Counter(crossed.row.of for crossed in rows.drawings.crossed)
    yield from (f"{FILE}: “{of}” is drawn {count} times" for of, count in drawn.items() if count > 1)
    if POINTS not in unread:
        yield from _digest(rows)
    for crossed in rows.drawings.crossed:
        yield from (f"{crossed.where}: {wrong}" for wrong in _crossed(crossed.row, unread, rows))
    limits = {name for id_ in rows.reader.ids["constraints.toml"] for name in (id_, id_.partition("-")[0])}
    for placed in rows.drawings.changes:
        if [bool(placed.row.without), placed.row.hidden, placed.row.start_only].count(True) != 1:
            yield f"{placed.where}: one of “without”, “hidden” and “start_only” must be there"
        unknown = [each for each in placed.row.when if _LIMIT.match(each) and each not in limits]
        if "constraints.toml" not in unread:
            yield from (f"{placed.where}: there is no limit “{name}”" for name in unknown)
    if "exercises.toml" not in unread:
        yield from _exercises(rows)


def _digest(rows: Rows) -> Iterator[str]:
    """The row that is signed for all drawings names the file as it is."""
    if len(rows.drawings.poses) != 1:
        yield f"{FILE}: there must be one row “poses”, not {len(rows.drawings.poses)}"
    digest = hashlib.sha256(rows.poses.encode()).hexdigest()[:12]
    for placed in rows.drawings.poses:
        if placed.row.file_digest != digest:
            yield f"{placed.where}: {POINTS} has changed; look at its drawings, then write file_digest = “{digest}”"


def _crossed(row: CrossedRow, unread: set[str], rows: Rows) -> Iterator[str]:
    if row.of in RESTRICTION_STATES:
        if not row.states:
            yield "“states” is missing: in which of its states the restriction is drawn"
        yield from (f"“{s}” is not a state of {row.of}" for s in row.states if s not in RESTRICTION_STATES[row.of])
    elif "never.toml" not in unread and row.of not in rows.reader.ids["never.toml"]:
        yield f"there is no restriction or movement “{row.of}”"


def _exercises(rows: Rows) -> Iterator[str]:
    known = {*rows.reader.ids["exercises.toml"], *(placed.row.id for placed in rows.drawings.movements)}
    for placed, ids in _named(rows):
        yield from (f"{placed.where}: there is no exercise “{id_}”" for id_ in ids if id_ not in known)


def _named(rows: Rows) -> Iterator[tuple[Placed[MovementRow | CrossedRow | DrawingChangeRow], Sequence[str]]]:
    yield from ((placed, placed.row.unless_removed) for placed in rows.drawings.movements)
    yield from ((placed, placed.row.instead) for placed in rows.drawings.crossed)
    yield from ((placed, placed.row.exercises) for placed in rows.drawings.changes)


def untrue_drawings(rows: Rows) -> Iterator[str]:
    """Mistakes that only show when every point is read: tried by ``smartapp check`` and the tests."""
    unread = rows.reader.unread
    if POINTS in unread:
        return
    found, wrong = read_poses(rows.poses)
    yield from wrong
    if wrong or not unread.isdisjoint({FILE, "exercises.toml", "never.toml"}):
        return
    drawn = dict.fromkeys(exercise for exercise, _ in found)
    movements = [placed.row.id for placed in rows.drawings.movements]
    known = {*rows.reader.ids["exercises.toml"], *rows.reader.ids["never.toml"], *movements}
    yield from (f"{POINTS}: there is no exercise “{id_}”" for id_ in drawn if id_ not in known)
    needed = (*(placed.row.id for placed in rows.exercises if placed.row.selectable), *movements)
    yield from (f"{POINTS}: “{id_}” has no drawing" for id_ in needed if id_ not in drawn)
    for crossed in rows.drawings.crossed:
        if crossed.row.drawing not in drawn:
            yield f"{crossed.where}: there is no drawing “{crossed.row.drawing}”"
    for placed in rows.drawings.changes:
        there = {part for id_ in placed.row.exercises for part in _parts(found, id_)}
        yield from (
            f"{placed.where}: “{part}” is in no such drawing" for part in placed.row.without if part not in there
        )


def _parts(found: Poses, exercise: str) -> Iterator[str]:
    for pose in (found[exercise, letter] for letter in (START, END) if (exercise, letter) in found):
        yield from (f"arrow.{name}" for name in pose.arrows)
        yield from (f"prop.{name}" for name in pose.props)
        yield from (f"dot.{name}" for name in pose.weights)
        yield from (f"ring.{name}" for name in pose.balls)
