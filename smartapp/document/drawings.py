"""Exercise or movement -> its drawing as SVG: one renderer for the page and for paper (rule book 2b, section 9).

A drawing is a plain string: no script, no style attribute, nothing from elsewhere; the same question gives the same
bytes. On the page the stylesheet colors it by class, and without one it is drawn in the color of the text. On paper it
is black and white only: far limbs hollow, the near arm with a white edge, the cross thick.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from html import escape

from smartapp.document.strokes import Extent, Pen, Stroke, box_around, box_of, cross_over, strokes_of
from smartapp.knowledge.poses import BODY, END, START, Point, poses

Strokes = tuple[Stroke, ...]


class Show(StrEnum):
    START = "start"
    END = "end"  # in lists
    BOTH = "both"  # in program and handout: side by side, lying figures one above the other


class Style(StrEnum):
    PAGE = "page"
    PAPER = "paper"


EDGE = 5.8  # half the widest line and some room, round each pose
GAP = 5.0  # more room between start and end
LYING = 1.8  # a body this many times as wide as high lies (ours)
FLAT = 1.5  # and lying figures whose drawings are this flat stand one above the other (ours)
SHAPE = 4 / 3  # of the box of one pose, so that crosses and sizes are alike

# Widths of the lines on the page, and where they differ on paper; 0: filled, or left out where there is no fill.
WIDTHS: Mapping[Pen, float] = {
    Pen.GROUND: 1.2, Pen.PROP: 2, Pen.BAND: 1.6, Pen.GUARD: 1.6, Pen.FAR: 3.6, Pen.FAR_INSIDE: 0, Pen.TRUNK: 5.6,
    Pen.FRONT: 3, Pen.LEG: 4, Pen.NOSE: 2, Pen.HEAD: 2.2, Pen.ARM_EDGE: 0, Pen.ARM: 3.2, Pen.WEIGHT: 0,
    Pen.BALL: 2, Pen.ARROW: 2.2, Pen.ARROW_HEAD: 0, Pen.CROSS_EDGE: 4, Pen.CROSS: 2,
}  # fmt: skip
PAPER_WIDTHS: Mapping[Pen, float] = {
    **WIDTHS,
    Pen.GROUND: 0.8, Pen.PROP: 1.5, Pen.FAR_INSIDE: 1.7, Pen.ARM_EDGE: 5.4, Pen.CROSS_EDGE: 4.8, Pen.CROSS: 3,
}  # fmt: skip
ARM = ("elbow", "wrist")
_WHITE = frozenset({Pen.FAR_INSIDE, Pen.ARM_EDGE, Pen.CROSS_EDGE})
_FILLED = frozenset({Pen.FRONT, Pen.WEIGHT, Pen.ARROW_HEAD})


def has_drawing(exercise: str) -> bool:
    return (exercise, END) in poses()


def drawing(
    exercise: str,
    alt: str,
    *,
    show: Show = Show.END,
    style: Style = Style.PAGE,
    forbidden: bool = False,
    without: frozenset[str] = frozenset(),
) -> str:
    """The SVG of an exercise (``E01``) or movement (``X01``, ``T01``), named by ``alt`` for who does not see it.

    ``alt``: any text; an empty one marks the drawing as decoration beside words that say the same. ``forbidden``: a
    cross over the end pose. ``without``: props and arrows left out, such as ``arrow.1``, where a limit of the patient
    changes the exercise. Raises KeyError if there is no such drawing.
    """
    box, body = _picture(exercise, show, style, forbidden, tuple(sorted(without)))
    named = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true" focusable="false"'
    size = " ".join(_number(each) for each in (box.left, box.top, box.width, box.height))
    css = "fig fig-pair" if show is Show.BOTH else "fig"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" viewBox="{size}" {named} fill="none"'
        f' stroke="{"currentColor" if style is Style.PAGE else "#000"}" stroke-linecap="round"'
        f' stroke-linejoin="round">{body}</svg>'
    )


@cache
def _picture(exercise: str, show: Show, style: Style, forbidden: bool, without: tuple[str, ...]) -> tuple[Extent, str]:
    """The view box and what is in it."""
    start, end = (strokes_of(poses()[exercise, pose], without) for pose in (START, END))
    if show is Show.START:
        box, strokes = _framed(box_of(start, EDGE)), start
    elif show is Show.END:
        box = _framed(box_of(end, EDGE))
        strokes = (*end, *(cross_over(box) if forbidden else ()))
    else:
        box, strokes = _pair(start, end, _lies(exercise), forbidden)
    return box, "".join(mark for stroke in strokes for mark in _marks(stroke, style))


def _framed(box: Extent, narrowest: float = SHAPE, widest: float = SHAPE) -> Extent:
    """Made wide or high enough for its shape, the ground at its foot."""
    wider, higher = max(0.0, box.height * narrowest - box.width), max(0.0, box.width / widest - box.height)
    return Extent(box.left - wider / 2, box.top - higher, box.right + wider / 2, box.bottom)


def _pair(start: Strokes, end: Strokes, lying: bool, forbidden: bool) -> tuple[Extent, Strokes]:
    first, second = box_of(start, EDGE), box_of(end, EDGE)
    lying = lying and all(box.width > FLAT * box.height for box in (first, second))
    if forbidden:
        second = _framed(second, 1.0, 2.0)
        end = (*end, *cross_over(second))
    across = 0.0 if lying else first.right + GAP - second.left
    down = first.bottom - second.top if lying else 0.0
    return first.with_(second.moved(across, down)), (*start, *(stroke.moved(across, down) for stroke in end))


def _lies(exercise: str) -> bool:
    bodies = ([poses()[exercise, pose].body[name] for name in BODY if name not in ARM] for pose in (START, END))
    return all(box.width > LYING * box.height for box in map(box_around, bodies))


def _marks(stroke: Stroke, style: Style) -> Iterator[str]:
    width = (WIDTHS if style is Style.PAGE else PAPER_WIDTHS)[stroke.look]
    if not width and stroke.look not in _FILLED:
        return
    ink = "currentColor" if style is Style.PAGE else "#000"
    paint = [f'stroke-width="{_number(width)}"' if width else 'stroke="none"']
    if stroke.look in _FILLED:
        paint.append(f'fill="{ink}"')
    if style is Style.PAPER:
        if stroke.look in _WHITE:
            paint.append('stroke="#fff"')
        if stroke.look is Pen.HEAD:
            paint.append('fill="#fff"')
    else:
        paint.append(f'class="{stroke.look}"')
    yield f"<{_shape(stroke)} {' '.join(paint)}/>"


def _shape(stroke: Stroke) -> str:
    first, *rest = stroke.points
    if stroke.radius:
        return f'circle cx="{_number(first[0])}" cy="{_number(first[1])}" r="{_number(stroke.radius)}"'
    if stroke.bend:
        return f'path d="M{_place(first)}Q{_place(stroke.bend)} {_place(rest[-1])}"'
    path = f"M{_place(first)}L{'L'.join(map(_place, rest))}{'Z' * stroke.closed}"
    return f'path d="{path}"'


def _place(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    """To a tenth: a drawing is at most a few inches wide."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")
