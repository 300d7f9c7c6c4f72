"""Differences, their causes and the rows of the knowledge that differ -> JSON and words, for replay and impact."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from smartapp.core.differences import Difference
from smartapp.knowledge.causes import Acts, Cause, Caused
from smartapp.knowledge.row_changes import KeyChange, RowChange

NONE_ALONE = "no row that was tried moves this line"
ACTS_WORDS: Mapping[Acts, str] = {
    Acts.ALONE: "this row alone",
    Acts.PARTLY: "this row alone moves it otherwise",
    Acts.TOGETHER: "together with others: not without this row",
}


def difference_json(difference: Difference, causes: Iterable[Cause] = ()) -> dict[str, Any]:
    return {
        "kind": difference.kind.value,
        "id": difference.id,
        "title": difference.title,
        "before": difference.before,
        "after": difference.after,
        "causes": [{**row_json(cause.change), "acts": cause.acts.value} for cause in causes],
    }


def row_json(change: RowChange) -> dict[str, Any]:
    keys = [{"key": each.key, "before": each.before, "after": each.after} for each in change.keys]
    return {"file": change.file, "row": change.row, "keys": keys}


def rows_words(changes: Iterable[RowChange]) -> Iterator[str]:
    for change in changes:
        for key in change.keys:
            yield f"  {change.place}{key_words(key)}"


def key_words(key: KeyChange) -> str:
    if not key.key:
        return ": new" if key.before is None else ": gone"
    return f", {key.key}: {_or_none(key.before)} -> {_or_none(key.after)}"


def difference_words(found: Iterable[Caused]) -> Iterator[str]:
    for each in found:
        yield from lines_of(each.difference)
        if not each.causes:
            yield f"    because: {NONE_ALONE}"
        for cause in each.causes:
            keys = "; ".join(key_words(key).lstrip(":, ") for key in cause.change.keys)
            yield f"    because: {cause.change.place}: {keys} ({ACTS_WORDS[cause.acts]})"


def lines_of(difference: Difference) -> Iterator[str]:
    yield f"  {difference.kind}, {difference.title} ({difference.id})"
    yield f"    before: {_or_none(difference.before)}"
    yield f"    after:  {_or_none(difference.after)}"


def _or_none(said: str | None) -> str:
    return "none" if said is None else said
