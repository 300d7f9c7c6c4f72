"""Timeline -> coordinates: one wide layout with the labels beside the bars, one narrow with the labels above them.

Units are CSS pixels of the SVG's own view box. Text is measured by a rough width per character: a label that does not
fit into its bar is left out of the picture; it stands in the table.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from smartapp.web.timeline import Event, Timeline, TimelineRow

Scale = Callable[[date], float]
CHARACTER = 6.3  # mean width of a character at 11.5 px in the common system fonts


@dataclass(frozen=True)
class Layout:
    name: str
    width: int
    left: int  # where the plot begins
    bar: int  # height of a bar
    above: int  # room for a label above a bar
    gap: int
    tick_months: int


WIDE = Layout("wide", 760, 128, 20, 0, 6, 1)
NARROW = Layout("narrow", 340, 4, 20, 15, 5, 3)
RIGHT = 6
AXIS = 34
LANE = 16


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    tone: str
    text: str
    title: str
    sure: bool
    text_x: float


@dataclass(frozen=True)
class TextLabel:
    x: float
    y: float
    text: str
    anchor: str = "start"
    css: str = ""


@dataclass(frozen=True)
class EventMark:
    x: float
    y: float
    kind: str
    width: float  # of the doubt about the day, 0 if none
    label: TextLabel
    title: str
    before: bool  # lies before the picture begins


@dataclass(frozen=True)
class Drawing:
    layout: Layout
    height: float
    boxes: tuple[Box, ...]
    labels: tuple[TextLabel, ...]
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[EventMark, ...]
    today: float
    today_label: TextLabel
    doubt: tuple[float, float] | None  # x and width
    top: float  # of the lines that cross all rows
    bottom: float


def draw(timeline: Timeline, layout: Layout) -> Drawing:
    plot = layout.width - layout.left - RIGHT
    days = (timeline.end - timeline.start).days

    def x(day: date) -> float:
        share = (day - timeline.start).days / days
        return round(layout.left + plot * min(1.0, max(0.0, share)), 1)

    marks, lanes = _marks(timeline, layout, x)
    today = x(timeline.today)
    step = layout.above + layout.bar + layout.gap
    top = 18 + lanes * LANE + 6 + 4.0 + layout.above  # of the first bar
    rows = [(row, top + place * step) for place, row in enumerate(timeline.rows)]
    bottom = top - layout.above + step * len(rows)
    return Drawing(
        layout=layout,
        height=bottom + AXIS,
        boxes=tuple(box for row, y in rows for box in _bars(row, y, layout, today, x)),
        labels=tuple(TextLabel(2, y - 4 if layout.above else y + 14, row.label, css="row-name") for row, y in rows),
        ticks=_ticks(timeline, layout, x),
        marks=marks,
        today=today,
        today_label=_flag(today, 12, f"Today {timeline.today}", layout),
        doubt=_doubt(timeline, x),
        top=18,
        bottom=bottom,
    )


def _ticks(timeline: Timeline, layout: Layout, x: Scale) -> tuple[tuple[float, str], ...]:
    """Months after day 0; fewer where the picture is long."""
    step = layout.tick_months if max(timeline.months)[0] <= 18 else max(3, layout.tick_months)
    return tuple((x(day), str(n)) for n, day in timeline.months if n % step == 0)


def _bars(row: TimelineRow, y: float, layout: Layout, today: float, x: Scale) -> Iterator[Box]:
    """The row's stretches. A word that goes on beyond today is written once, where there is most room."""
    roomiest = {
        max((s for s in row.spans if s.word == span.word), key=lambda s: x(s.end) - x(s.start)) for span in row.spans
    }
    for span in row.spans:
        left, right = x(span.start), x(span.end)
        text_x = _beside(left + 5, span.word, today)
        fits = span in roomiest and text_x + len(span.word) * CHARACTER + 3 <= right
        title = f"{row.label}: {span.word}, {span.start} to {span.end}"
        yield Box(left, y, round(right - left, 1), layout.bar, span.tone, span.word if fits else "", title,
                  span.sure, text_x)  # fmt: skip


def _beside(at: float, text: str, line: float) -> float:
    """Where to begin a text so that the line of today does not run through it."""
    return round(line + 4, 1) if at - 3 < line < at + len(text) * CHARACTER else at


def _flag(x: float, y: float, text: str, layout: Layout) -> TextLabel:
    """Text beside a line, on the side where there is room."""
    if x + len(text) * CHARACTER + 6 > layout.width:
        return TextLabel(x - 3, y, text, "end")
    return TextLabel(x + 3, y, text)


def _doubt(timeline: Timeline, x: Scale) -> tuple[float, float] | None:
    if timeline.doubt is None:
        return None
    first, last = timeline.doubt
    return x(first), max(2.0, round(x(last) - x(first), 1))


def _marks(timeline: Timeline, layout: Layout, x: Scale) -> tuple[tuple[EventMark, ...], int]:
    """Every event on the first lane where its words touch no other's."""
    ends: list[float] = []
    marks: list[EventMark] = []
    for event in timeline.events:
        at = x(event.day)
        text, before = _words(event, timeline)
        size = len(text) * CHARACTER + 22
        flip = at + size > layout.width
        left = at - size if flip else at - 7
        lane = next((i for i, end in enumerate(ends) if end <= left), len(ends))
        if lane == len(ends):
            ends.append(0)
        ends[lane] = left + size + 4
        y = 18 + lane * LANE + 9
        label = TextLabel(at - 9 if flip else at + 9, y + 4, text, "end" if flip else "start")
        width = round(at - x(event.first), 1) if event.first < event.day else 0
        marks.append(EventMark(at, y, event.kind, width, label, f"{event.label}, {event.day}", before))
    return tuple(marks), len(ends)


def _words(event: Event, timeline: Timeline) -> tuple[str, bool]:
    if event.day < timeline.start:
        return f"← {event.label} {event.day:%Y-%m}", True
    return event.label, False
