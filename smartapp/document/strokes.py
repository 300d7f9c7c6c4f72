"""A pose -> its strokes in the order they are drawn, and the box they fill. Lengths are those of poses.csv.

What a stroke looks like (color, hollow or filled) is left to :mod:`smartapp.document.drawings`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import hypot
from typing import NamedTuple

from smartapp.knowledge.poses import Line, Point, Pose

GROUND = 92.0
HEAD, WEIGHT, BALL = 5.2, 3.4, 4.0  # radii
CURVE = 12  # pieces in which a curve is measured


class Pen(StrEnum):
    """What a stroke is of; the names are the classes of the page's stylesheet."""

    GROUND = "g"
    PROP = "p"
    BAND = "band"
    GUARD = "guard"  # a person who helps
    FAR = "f"
    FAR_INSIDE = "fi"  # on paper the far limbs are hollow
    TRUNK = "t"
    FRONT = "tf"  # the trunk seen from the front
    LEG = "l"
    NOSE = "n"
    HEAD = "h"
    ARM_EDGE = "mh"  # on paper the near arm has a white edge
    ARM = "m"
    WEIGHT = "d"
    BALL = "r"
    ARROW = "a"
    ARROW_HEAD = "ah"
    CROSS_EDGE = "xh"
    CROSS = "x"


class Extent(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def moved(self, right: float, down: float) -> "Extent":
        return Extent(self.left + right, self.top + down, self.right + right, self.bottom + down)

    def with_(self, other: "Extent") -> "Extent":
        """Round both."""
        return Extent(
            min(self.left, other.left), min(self.top, other.top),
            max(self.right, other.right), max(self.bottom, other.bottom),
        )  # fmt: skip

    def grown(self, by: float) -> "Extent":
        return Extent(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True)
class Stroke:
    """A line through ``points``; with ``bend`` a curve drawn towards it; with ``radius`` a circle."""

    look: Pen
    points: Line
    bend: Point | None = None
    radius: float = 0.0
    closed: bool = False

    def moved(self, right: float, down: float) -> "Stroke":
        points = tuple((x + right, y + down) for x, y in self.points)
        return replace(self, points=points, bend=self.bend and (self.bend[0] + right, self.bend[1] + down))

    @property
    def covers(self) -> Line:
        """Points between which the stroke's middle line stays."""
        if self.radius:
            (x, y), r = self.points[0], self.radius
            return (x - r, y - r), (x + r, y + r)
        if self.bend is None:
            return self.points
        return tuple(_on_curve(self.points[0], self.bend, self.points[-1], at / CURVE) for at in range(CURVE + 1))


def box_of(strokes: Iterable[Stroke], half_width: float = 0.0) -> Extent:
    """``half_width``: of the widest line."""
    return box_around(point for stroke in strokes for point in stroke.covers).grown(half_width)


def box_around(points: Iterable[Point]) -> Extent:
    xs, ys = zip(*points, strict=True)
    return Extent(min(xs), min(ys), max(xs), max(ys))


def strokes_of(pose: Pose, without: Sequence[str] = ()) -> tuple[Stroke, ...]:
    """``without``: what is left out: ``arrow.1``, ``prop.band``, ``dot.weight``."""
    drawn = (*_props(pose, without), *_figure(pose, without), *_arrows(pose, without))
    box = box_of(drawn)
    on_ground = not any(name.startswith(("mat", "stairs", "bed")) for name in pose.props)
    ground = Stroke(Pen.GROUND, ((box.left - 4, GROUND), (box.right + 4, GROUND)))
    return (ground, *drawn) if on_ground else drawn


def cross_over(box: Extent) -> tuple[Stroke, ...]:
    """Two lines from corner to corner, a little inside, each with an edge that sets it off."""
    inner = box.grown(-0.1 * box.height)
    falling = ((inner.left, inner.top), (inner.right, inner.bottom))
    rising = ((inner.right, inner.top), (inner.left, inner.bottom))
    return tuple(Stroke(look, line) for look in (Pen.CROSS_EDGE, Pen.CROSS) for line in (falling, rising))


def _props(pose: Pose, without: Sequence[str]) -> Iterator[Stroke]:
    for name, line in pose.props.items():
        if f"prop.{name}" not in without:
            yield Stroke(_prop_look(name), line)


def _prop_look(name: str) -> Pen:
    if name.startswith(("band", "cable")):
        return Pen.BAND
    return Pen.GUARD if name.startswith("guard") else Pen.PROP


def _figure(pose: Pose, without: Sequence[str]) -> Iterator[Stroke]:
    body = pose.body
    if "hip2" in body:
        yield from _front(pose)
    else:
        yield from _side(pose)
    yield Stroke(Pen.HEAD, (body["head"],), radius=HEAD)
    yield from _arm(_limb(pose, "shoulder", "elbow", "wrist"))
    yield from (
        Stroke(Pen.WEIGHT, (at,), radius=WEIGHT) for name, at in pose.weights.items() if f"dot.{name}" not in without
    )
    yield from (
        Stroke(Pen.BALL, (at,), radius=BALL) for name, at in pose.balls.items() if f"ring.{name}" not in without
    )


def _side(pose: Pose) -> Iterator[Stroke]:
    body = pose.body
    for near, far in ((("hip",), ("knee2", "ankle2", "toe2")), (("shoulder",), ("elbow2", "wrist2"))):
        if far[0] in body:
            line = _limb(pose, *near, *far)
            yield from (Stroke(Pen.FAR, line), Stroke(Pen.FAR_INSIDE, line))
    yield Stroke(Pen.TRUNK, _limb(pose, "hip", "neck"), body.get("spine"))
    yield Stroke(Pen.LEG, _limb(pose, "hip", "knee", "ankle", "toe"))
    if "nose" in body:
        yield Stroke(Pen.NOSE, _limb(pose, "head", "nose"))


def _front(pose: Pose) -> Iterator[Stroke]:
    """Both sides are near."""
    yield Stroke(Pen.LEG, _limb(pose, "hip2", "knee2", "ankle2", "toe2"))
    yield Stroke(Pen.FRONT, _limb(pose, "shoulder", "shoulder2", "hip2", "hip"), closed=True)
    yield from _arm(_limb(pose, "shoulder2", "elbow2", "wrist2"))
    yield Stroke(Pen.LEG, _limb(pose, "hip", "knee", "ankle", "toe"))


def _limb(pose: Pose, *names: str) -> Line:
    return tuple(pose.body[name] for name in names)


def _arm(line: Line) -> Iterator[Stroke]:
    yield from (Stroke(Pen.ARM_EDGE, line), Stroke(Pen.ARM, line))


def _arrows(pose: Pose, without: Sequence[str]) -> Iterator[Stroke]:
    for name, line in pose.arrows.items():
        if f"arrow.{name}" not in without:
            yield Stroke(Pen.ARROW, (line[0], line[-1]), line[1] if len(line) == 3 else None)
            yield Stroke(Pen.ARROW_HEAD, _arrow_head(line[-2], line[-1]), closed=True)


def _arrow_head(before: Point, end: Point) -> Line:
    """A triangle round the end of the line, in its direction there."""
    dx, dy = end[0] - before[0], end[1] - before[1]
    length = hypot(dx, dy) or 1.0
    dx, dy = dx / length, dy / length
    tip, back, half = 1.2, 5.4, 2.9
    foot = (end[0] - back * dx, end[1] - back * dy)
    return (
        (end[0] + tip * dx, end[1] + tip * dy),
        (foot[0] - half * dy, foot[1] + half * dx),
        (foot[0] + half * dy, foot[1] - half * dx),
    )


def _on_curve(start: Point, bend: Point, end: Point, at: float) -> Point:
    x, y = ((1 - at) ** 2 * a + 2 * at * (1 - at) * b + at * at * c for a, b, c in zip(start, bend, end, strict=True))
    return x, y
