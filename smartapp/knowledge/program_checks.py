"""What program.toml must have in common with itself -> every mistake: names the rules know, figures that agree."""

from collections import Counter
from collections.abc import Iterator
from string import Formatter

from smartapp.core.course import (
    CountedFrom,
    HoldName,
    LaterName,
    PresetName,
    RampName,
    ReviewName,
    UrgencyFact,
    VisitLength,
)
from smartapp.core.dates import days_rest
from smartapp.core.program import PriorityValue
from smartapp.knowledge.program_schema import LaterTable, PresetTable, PriorityTable, RampTable, ReviewTable
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import CourseRows, Rows

FILE = "program.toml"
NAMES = (
    *("course-limits", "course-texts", "chair-stands"),
    *(*RampName, *HoldName, *PresetName, *LaterName, *VisitLength, *PriorityValue, *ReviewName),
)  # fmt: skip
# What a text may have filled in.
PLACES = frozenset(
    {
        *("minutes", "often", "months", "months_minimum", "start", "target", "full", "full_months", "end", "held"),
        *("proposed", "visits", "more", "weeks", "step", "every", "red", "least", "day", "because", "value", "reason"),
        *("count", "recent", "days", "fall", "tug", "pain", "visit", "alerts", "names"),
        *("discharge", "price", "total", "kx_from", "review_from", "year", "since"),
    }
)


def program_mistakes(rows: Rows) -> Iterator[str]:
    if FILE in rows.reader.unread:
        return
    counted = Counter(rows.reader.ids[FILE])
    yield from (f"{FILE}, {id_}: this id is used {count} times" for id_, count in counted.items() if count > 1)
    yield from (f"{FILE}: “{name}” is missing" for name in NAMES if name not in counted)
    for ramp in rows.ramps:
        yield from (f"{ramp.where}: {wrong}" for wrong in _ramp(ramp.row, rows))
    for later in rows.later:
        yield from (f"{later.where}: {wrong}" for wrong in _too_long(later.row, rows))
    for preset in rows.presets:
        yield from (f"{preset.where}: {wrong}" for wrong in _preset(preset.row, rows))
    if "exercises.toml" not in rows.reader.unread:
        named = ((each.where, id_) for each in rows.limits for id_ in each.row.short_first)
        known = rows.reader.ids["exercises.toml"]
        yield from (f"{where}: exercise “{id_}” is unknown" for where, id_ in named if id_ not in known)
    yield from _urgency(rows.priorities)
    for review in rows.reviews:
        yield from (f"{review.where}: {wrong}" for wrong in _review(review.row))
    years = Counter(placed.row.year for placed in rows.billing)
    yield from (f"{FILE}, billing: {year} is named {count} times" for year, count in years.items() if count > 1)
    for where, key, text in _texts(rows):
        yield from (f"{where}: there is nothing to fill in {{{name}}} of “{key}” with" for name in _unknown(text))


def _ramp(row: RampTable, rows: CourseRows) -> Iterator[str]:
    if (row.id is RampName.PRE_FRAIL) != bool(row.start_less):
        yield f"“start_less” belongs to {RampName.PRE_FRAIL}, and to no other"
    if row.id is RampName.PRE_FRAIL:
        return
    if row.target is None:
        yield "“target” is missing"
        return
    if row.start > row.target:
        yield f"it starts at {row.start} minutes, above its target of {row.target}"
    if bool(row.step_minutes) != bool(row.step_weeks):
        yield "“step_minutes” and “step_weeks” belong together"
    if row.step_minutes and row.step_weeks:
        weeks = -(-(row.target - row.start) // row.step_minutes) * row.step_weeks
        most = (limits.row.ramp_longest_weeks for limits in rows.limits)
        yield from (f"it takes {weeks} weeks, more than {longest}" for longest in most if weeks > longest)


def _too_long(row: PresetTable | LaterTable, rows: CourseRows) -> Iterator[str]:
    days = 7 * sum(weeks for _, weeks in row.schedule)
    most = (limits.row.order_days for limits in rows.limits)
    yield from (
        f"its visits take {days} days, more than the {longest} of an order" for longest in most if days > longest
    )


def _preset(row: PresetTable, rows: CourseRows) -> Iterator[str]:
    yield from _too_long(row, rows)
    if row.minutes[0] > row.minutes[1]:
        yield f"“minutes”: {row.minutes[0]} is above {row.minutes[1]}"
    if row.frequency_max is not None and row.frequency_max <= row.frequency:
        yield "“frequency_max” must be above “frequency”"
    if not days_rest(row.days) or (row.days and len(row.days) != (row.frequency_max or row.frequency)):
        yield "“days” must be as many as the visits a week, with rest between (S18)"


def _urgency(rows: tuple[Placed[PriorityTable], ...]) -> Iterator[str]:
    """Each reason once, the more urgent the sooner."""
    named = Counter(fact for placed in rows for fact, _ in placed.row.because)
    yield from (f"{FILE}, priority: “{fact}” is missing" for fact in UrgencyFact if rows and fact not in named)
    yield from (f"{FILE}, priority: “{fact}” is named {n} times" for fact, n in named.items() if n > 1)
    days = [placed.row.within_days for placed in rows]
    if days != sorted(days):
        yield f"{FILE}, priority: the rows must stand with the most urgent first"


def _review(row: ReviewTable) -> Iterator[str]:
    said = [key for key in ("days", "months", "threshold", "visit") if getattr(row, key) is not None]
    if len(said) != 1:
        yield "one of “days”, “months”, “threshold” and “visit” must be named"
    elif (row.visit is not None) != (row.counted_from is CountedFrom.VISIT):
        yield "“visit” belongs to what is counted from a visit, and to nothing else"


def _texts(rows: CourseRows) -> Iterator[tuple[str, str, str]]:
    for texts in rows.course_texts:
        yield from ((texts.where, key, text) for key, text in texts.table.items() if isinstance(text, str))
    yield from ((placed.where, "text", placed.row.text) for placed in rows.holds)
    for placed in (*rows.presets, *rows.later):
        yield from ((placed.where, key, getattr(placed.row, key)) for key in ("text", "later"))
    yield from ((p.where, fact, text) for p in rows.priorities for fact, text in p.row.because)
    yield from ((placed.where, "what", placed.row.what) for placed in rows.reviews)


def _unknown(text: str) -> Iterator[str]:
    try:
        named = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        named = [text]
    yield from (name for name in named if name not in PLACES)
