"""poses.csv -> the figure, props and arrows of each drawing; or every mistake in it, by its line.

A point lies in a box of 100 by 100, y down, the ground at 92. What the points mean stands in :class:`Pose`.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain

from smartapp.errors import KnowledgeError

Point = tuple[float, float]
Line = tuple[Point, ...]
Poses = Mapping[tuple[str, str], "Pose"]

FILE = "poses.csv"
COLUMNS = ("exercise", "pose", "point", "x", "y")
START, END = "A", "B"
BODY = ("head", "neck", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "toe")
FAR_ARM, FAR_LEG, FRONT = ("elbow2", "wrist2"), ("knee2", "ankle2", "toe2"), ("shoulder2", "hip2")
# Who has one of the first has all of the second.
WHOLE = ((FAR_ARM, FAR_ARM), (FAR_LEG, FAR_LEG), (FRONT, (*FRONT, *FAR_ARM, *FAR_LEG)))
_SINGLE = frozenset({*BODY, *FAR_ARM, *FAR_LEG, *FRONT, "nose", "spine"})
_PART = re.compile(r"(prop\.[a-z]+[0-9]?|arrow\.[1-9])\.([1-9][0-9]?)|(dot|ring)\.[a-z]+[0-9]?")


@dataclass(frozen=True)
class Pose:
    """``body`` holds BODY, and where they are drawn ``nose`` (the way the face looks), ``spine`` (the bend of a rounded
    back), the far arm and leg (``…2``); with ``hip2`` and ``shoulder2`` the figure is seen from the front.

    An arrow of three points is a curve; its head is at the last.
    """

    body: Mapping[str, Point]
    props: Mapping[str, Line]
    arrows: Mapping[str, Line]
    weights: Mapping[str, Point]
    balls: Mapping[str, Point]


@cache
def poses() -> Poses:
    """The packaged drawings by exercise and pose. Raises KnowledgeError with a line for each mistake."""
    found, wrong = read_poses((resources.files(__package__) / FILE).read_text(encoding="utf-8"))
    if wrong:
        raise KnowledgeError("\n".join(wrong))
    return found


def read_poses(text: str) -> tuple[Poses, tuple[str, ...]]:
    """The poses that could be read, and what is wrong with the others."""
    header, *lines = list(csv.reader(io.StringIO(text))) or [[]]
    if tuple(header) != COLUMNS:
        return {}, (f"{FILE} line 1: the columns must be {', '.join(COLUMNS)}",)
    points: dict[tuple[str, str], dict[str, Point]] = {}
    wrong: list[str] = []
    for number, line in enumerate(lines, start=2):
        try:
            exercise, pose, name, point = _point(line)
            if name in points.setdefault((exercise, pose), {}):
                raise ValueError(f"“{name}” is there twice")
            points[exercise, pose][name] = point
        except ValueError as error:
            wrong.append(f"{FILE} line {number} ({' '.join(line[:3])}): {error}")
    wrong += (f"{FILE}, {' '.join(key)}: {each}" for key, found in points.items() for each in _lacks(found))
    for exercise in dict.fromkeys(exercise for exercise, _ in points):
        wrong += (f"{FILE}, {exercise}: pose {p} is missing" for p in (START, END) if (exercise, p) not in points)
    return ({} if wrong else {key: _pose(found) for key, found in points.items()}), tuple(wrong)


def _point(line: list[str]) -> tuple[str, str, str, Point]:
    if len(line) != len(COLUMNS):
        raise ValueError(f"{len(line)} cells for {len(COLUMNS)} columns")
    exercise, pose, name, *place = line
    if pose not in (START, END):
        raise ValueError(f"the pose is “{pose}”; it must be one of {START}, {END}")
    if name not in _SINGLE and not _PART.fullmatch(name):
        raise ValueError(f"“{name}” is not the name of a point")
    for each in place:
        if not re.fullmatch(r"\d{1,3}(\.\d+)?", each) or float(each) > 100:
            raise ValueError(f"“{each}” is not a number from 0 to 100")
    return exercise, pose, name, (float(place[0]), float(place[1]))


def _lacks(points: Mapping[str, Point]) -> Iterator[str]:
    """A body is whole; what has several points has all of them."""
    groups = (whole for first, whole in WHOLE if not points.keys().isdisjoint(first))
    yield from (f"“{n}” is missing" for n in dict.fromkeys((*BODY, *chain(*groups))) if n not in points)
    for name, count in _counts(points).items():
        shortest, longest = (2, 3) if name.startswith("arrow") else (2, 99)
        if not shortest <= count <= longest:
            yield f"“{name}” has {'one point' if count == 1 else f'{count} points'}"
        yield from (f"“{name}.{at}” is missing" for at in range(1, count + 1) if f"{name}.{at}" not in points)


def _counts(points: Mapping[str, Point]) -> dict[str, int]:
    """The highest number of each line that has several points."""
    highest: dict[str, int] = {}
    for name in points:
        if (part := _PART.fullmatch(name)) and part[1]:
            highest[part[1]] = max(highest.get(part[1], 0), int(part[2]))
    return highest


def _pose(points: Mapping[str, Point]) -> Pose:
    counts = _counts(points)
    lines = {name: tuple(points[f"{name}.{at}"] for at in range(1, n + 1)) for name, n in counts.items()}

    def parts(kind: str, of: Mapping[str, Point]) -> dict[str, Point]:
        return {name.removeprefix(f"{kind}."): point for name, point in of.items() if name.startswith(f"{kind}.")}

    return Pose(
        body={name: point for name, point in points.items() if name in _SINGLE},
        props={name.removeprefix("prop."): line for name, line in lines.items() if name.startswith("prop.")},
        arrows={name.removeprefix("arrow."): line for name, line in lines.items() if name.startswith("arrow.")},
        weights=parts("dot", points),
        balls=parts("ring", points),
    )
