"""Rows of follow_up.toml -> what the follow-up says of a change, in the types of the core; or every mistake in them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType
from typing import Annotated, Literal

from msgspec import Meta

from smartapp.core.changes import ChangeKind, ChangeName, ChangeRow, FollowUpTable, places_of
from smartapp.core.session_log import ProgressionLimits
from smartapp.core.states import Severity
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.reading import KnowledgeReader, Placed
from smartapp.knowledge.schema import Number, Signable, Text

FILE = "follow_up.toml"
Count = Annotated[int, Meta(ge=1)]


class ChangeTable(Signable, frozen=True, kw_only=True):
    id: ChangeName
    severity: Severity
    title: Text
    text: Text
    signed: str = ""
    now: str = ""
    consequence: str = ""
    kind: ChangeKind | None = None
    days: Count | None = None
    least: Count | None = None


class ProgressionRow(Signable, frozen=True, kw_only=True):
    id: Literal["progression"]
    pain_green_to: Number
    pain_baseline_from: Number
    pain_baseline_to: Number
    pain_rise_green: Number
    pain_rise_red: Number
    pain_red_from: Number
    cues_green_to: Number
    in_row: Count
    step_every_days: Count
    gap_days: Count
    gap_long_days: Count
    fortnight_days: Count
    few_percent: Count
    enough_percent: Count


class FollowUpWords(Signable, frozen=True, kw_only=True):
    id: Literal["follow-up-words"]
    none: Text
    unread: Text
    no_day: Text
    no_result: Text
    level_unknown: Text
    until: Text
    since: Text
    last: Text
    due: Text
    see_by: Text
    minutes: Text
    minutes_from: Text
    minutes_held: Text
    date: Text
    dates: Text
    rule: Text
    rules: Text
    falls: Text
    ends: Text
    ended: Text
    end: Text
    better: Text
    unclear: Text
    other_aid: Text
    at_least: Text
    at_most: Text
    next_goal: Text
    keep_goal: Text
    opioid: Text
    sedative: Text
    glucocorticoid: Text
    end_later: Text
    end_within: Text
    removed: Text
    set_to: Text
    as_suggested: Text
    dose: Text
    line_gone: Text
    line_changed: Text
    loosens: Text
    looked_chart: Text
    looked_referral: Text
    no_visit: Text
    not_seen: Text
    booked: Text
    missed: Text
    recommended: Text
    sessions: Text
    told_pain: Text
    by_link: Text
    by_chart: Text
    by_log: Text
    told_chart: Text
    session: Text
    some_sessions: Text
    at_home: Text
    outcome_tests: Text
    for_life: Text
    minutes_done: Text
    minutes_unread: Text
    minutes_logged: Text
    pain_worst: Text
    pain_later: Text
    logged: Text
    no_text: Text
    told_open: Text
    told_taken: Text
    goal_told: Text
    effort_most: Text
    load: Text
    band: Text
    item: Text
    item_up: Text
    item_down: Text
    item_left_out: Text
    gap_short: Text
    gap_long: Text
    done_of: Text
    pain_trend: Text
    minutes_trend: Text
    stepped: Text
    light: Text
    next_hold: Text
    next_less: Text
    next_talk: Text
    next_more: Text
    next_same: Text


@dataclass(frozen=True)
class FollowUpRows:
    """Of follow_up.toml; of the words and of the progression one row each."""

    words: tuple[Placed[FollowUpWords], ...]
    progression: tuple[Placed[ProgressionRow], ...]
    changes: tuple[Placed[ChangeTable], ...]

    def signable(self) -> Iterator[Placed[Signable]]:
        yield from self.words
        yield from self.progression
        yield from self.changes


def follow_up_rows(reader: KnowledgeReader) -> FollowUpRows:
    parts = reader.parts(FILE, "words", "progression", "change")
    return FollowUpRows(
        parts.listed("words", FollowUpWords),
        parts.listed("progression", ProgressionRow),
        parts.listed("change", ChangeTable),
    )


def follow_up_of(rows: FollowUpRows) -> FollowUpTable:
    """Of rows without a mistake."""
    return FollowUpTable(
        rows=MappingProxyType(
            {each.row.id: ChangeRow(**said(each.row), origin=origin_of(each)) for each in rows.changes}
        ),
        words=MappingProxyType(said(rows.words[0].row, "id")),
        progression=ProgressionLimits(**said(rows.progression[0].row, "id")),
        origins=tuple((placed.table["id"], origin_of(placed)) for placed in rows.signable()),
    )


# What the words of the columns may have filled in.
_PLACES = frozenset(
    {"day", "count", "days", "value", "start", "target", "baseline", "goal", "text", "field", "looked", "phase", "by"}
    | {"before", "name", "dose", "done", "planned", "up", "down", "red", "least", "weeks"}
)


def follow_up_mistakes(rows: FollowUpRows, reader: KnowledgeReader) -> Iterator[str]:
    """Each row there is once, under a name the rules know, with places they fill."""
    if FILE in reader.unread:
        return
    counted = Counter(reader.ids[FILE])
    yield from (f"{FILE}, {id_}: this id is used {count} times" for id_, count in counted.items() if count > 1)
    wanted = ("follow-up-words", "progression", *ChangeName)
    yield from (f"{FILE}: “{name}” is missing" for name in wanted if name not in counted)
    for placed in rows.changes:
        row = placed.row
        for text in (row.title, row.text, row.signed, row.now, row.consequence):
            yield from _unfilled(placed.where, text, places_of(row.id))
    for words in rows.words:
        for text in said(words.row, "id").values():
            yield from _unfilled(words.where, text, _PLACES)


def _unfilled(where: str, text: str, places: frozenset[str]) -> Iterator[str]:
    try:
        named = {name for _, name, *_ in Formatter().parse(text) if name is not None}
    except ValueError:
        named = {text}
    yield from (f"{where}: there is nothing to fill in {{{name}}} with" for name in sorted(named - places))
