"""Timeline -> the picture strip: four lines at most, a date over each turn of the phase, a date under each gate.

Places are percent of the picture's width, so text is never scaled. A word that does not fit into its block is left out
of the picture; it stands in the block's own words and in the table.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from smartapp.core.dates import near_date, us_date
from smartapp.web.catalog import Lazy, _
from smartapp.web.timeline import Span, Timeline, TimelineRow

Scale = Callable[[date], float]
PLOT = 850  # pixels of the picture where the page is 1,000 wide: only to judge what fits (ours)
LETTER = 7.4  # mean width of a character of 12 px in a wide system font (ours)
PITCH, TOP, BELOW = 24, 20, 18  # pixels: from line to line, over the first, under the last
ROWS: Mapping[str, str] = MappingProxyType(
    {
        "effective": Lazy("Phase"),
        "R1 R2": Lazy("Bend, twist"),
        "R1": Lazy("Bend"),
        "R2": Lazy("Twist"),
        "R6": Lazy("Face down"),
        "R4": Lazy("Jump, run"),
    }
)


@dataclass(frozen=True)
class StripBlock:
    """One stretch; ``x`` and ``width`` in percent."""

    x: float
    width: float
    tone: str
    text: str
    title: str
    sure: bool


@dataclass(frozen=True)
class StripRow:
    label: str
    y: int
    blocks: tuple[StripBlock, ...]
    words: str  # what holds now and what follows, for a narrow page
    target: str  # where its reason stands


@dataclass(frozen=True)
class Tick:
    x: float
    text: str
    anchor: str
    strong: bool = False


@dataclass(frozen=True)
class Strip:
    rows: tuple[StripRow, ...]
    above: tuple[Tick, ...]
    below: tuple[Tick, ...]
    today: float
    height: int
    doubt: tuple[float, float] | None = None  # where day 0 may lie as well


def strip(line: Timeline) -> Strip:
    """The phase in effect, bending and twisting, lying face down, jumping; the others stand in the table."""
    shown = [row for id_ in ROWS for row in line.rows if row.id == id_]
    days = (line.end - line.start).days

    def x(day: date) -> float:
        return round(100 * min(1.0, max(0.0, (day - line.start).days / days)), 2)

    rows = tuple(_row(row, TOP + place * PITCH, line.today, x) for place, row in enumerate(shown))
    broke = any(event.kind == "fracture" and event.day == line.day_zero for event in line.events)
    begins = (line.day_zero, f"{_('Fracture') if broke else _('Day 0')}, {near_date(line.day_zero, line.today)}")
    now = _tick(x(line.today), _("Today, %(today)s", today=near_date(line.today, line.today)), strong=True)
    above = _spaced([_tick(x(day), text) for day, text in (begins, *_turns(shown[:1], line))])
    told = {tick.text for tick in above}
    gates = [_tick(x(day), text) for day, text in _turns(shown[1:], line) if text not in told]
    doubt = (x(line.doubt[0]), round(x(line.doubt[1]) - x(line.doubt[0]), 2)) if line.doubt else None
    return Strip(rows, above, _spaced([now, *gates]), now.x, TOP + len(rows) * PITCH + BELOW, doubt)


def _row(row: TimelineRow, y: int, today: date, x: Scale) -> StripRow:
    blocks = tuple(_blocks(row, x(today), x))
    ahead = [span for span in row.spans if span.end > today]
    said = [
        _("%(state)s from %(day)s", state=span.word, day=us_date(span.start)) if span.start > today else str(span.word)
        for span in ahead
    ]
    target = "fold-evidence" if row.id == "effective" else f"why-{row.id.split()[0]}"
    return StripRow(ROWS[row.id], y, blocks, "; ".join(dict.fromkeys(said)), target)


def _blocks(row: TimelineRow, today: float, x: Scale) -> Iterator[StripBlock]:
    """A word that goes on beyond today is written once, where there is most room."""
    roomiest = {max((s for s in row.spans if s.word == span.word), key=lambda s: s.end - s.start) for span in row.spans}
    for span in row.spans:
        left, right = x(span.start), x(span.end)
        fits = span in roomiest and len(span.word) * LETTER + 14 <= (right - left) / 100 * PLOT
        yield StripBlock(
            left, round(right - left, 2), span.tone, span.word if fits else "", _title(row, span), span.sure
        )


def _title(row: TimelineRow, span: Span) -> str:
    later = "" if span.sure else _(", if nothing new is recorded")
    return _(
        "%(row)s: %(word)s, %(start)s to %(end)s%(later)s",
        row=ROWS[row.id],
        word=span.word,
        start=us_date(span.start),
        end=us_date(span.end),
        later=later,
    )


def _turns(rows: Sequence[TimelineRow], line: Timeline) -> list[tuple[date, str]]:
    days = {span.start for row in rows for span in row.spans} - {line.start, line.today, line.day_zero}
    return [(day, near_date(day, line.today)) for day in sorted(days)]


def _tick(x: float, text: str, *, strong: bool = False) -> Tick:
    half = len(text) * LETTER / 2 / PLOT * 100
    return Tick(x, text, "start" if x < half else "end" if x > 100 - half else "middle", strong)


def _spaced(ticks: Sequence[Tick]) -> tuple[Tick, ...]:
    """The first stays; of the others each that stands clear of those before it."""
    kept: list[Tick] = []
    for tick in ticks:
        if all(_clear(tick, other) for other in kept):
            kept.append(tick)
    return tuple(kept)


def _clear(one: Tick, other: Tick) -> bool:
    (a, b), (c, d) = _reach(one), _reach(other)
    return b + 8 <= c or d + 8 <= a


def _reach(tick: Tick) -> tuple[float, float]:
    """Where a text begins and ends, in pixels."""
    at, size = tick.x / 100 * PLOT, len(tick.text) * LETTER
    left = {"start": at, "middle": at - size / 2, "end": at - size}[tick.anchor]
    return left, left + size
