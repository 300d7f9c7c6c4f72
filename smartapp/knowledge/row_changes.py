"""Two versions of the knowledge files -> the rows that differ, key by key; and the one with some of them changed.

A row is a table of TOML (a named one, or one of an array) or a line of CSV; comments are none. The order of rows counts
as a row of its own, because some rules take the first row that fits.
"""

import csv
import io
import json
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from smartapp.core.knowledge import Knowledge
from smartapp.knowledge.files import KnowledgeFiles
from smartapp.knowledge.loading import knowledge_of, version_hash
from smartapp.knowledge.mistakes import row_name
from smartapp.knowledge.reading import KnowledgeFile
from smartapp.knowledge.thresholds import SITE_FILE

ORDER = "order of its rows"
_NAMED_BY = {"codes.csv": 4, "poses.csv": 3}  # how many cells tell a line from the others


@dataclass(frozen=True)
class KeyChange:
    """``before`` and ``after`` as they stand in the file; None where there is no such key. ``key`` is empty where the
    whole row is new or gone."""

    key: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class RowChange:
    """``row`` as the reviewers' document calls it; ``group``: the array of tables it stands in, if it does."""

    file: str
    group: str
    row: str
    keys: tuple[KeyChange, ...]

    @property
    def place(self) -> str:
        return f"{self.file}, {self.row}"


class _Row(NamedTuple):
    group: str
    name: str
    value: Any

    @property
    def key(self) -> tuple[str, str]:
        return self.group, self.name


class KnowledgePair:
    """The knowledge before and after, and every one between: ``before`` with some of the changed rows."""

    def __init__(self, before: KnowledgeFiles, after: KnowledgeFiles) -> None:
        self.before, self.after = _with_site(before), _with_site(after)
        self._tables: dict[str, Mapping[str, Any]] = {}  # of files read already, by their text

    @cached_property
    def changes(self) -> tuple[RowChange, ...]:
        """By file, of files that were parsed before: of others the mistakes are to be told first."""
        names = sorted({*self.before, *self.after})
        changed = (name for name in names if self.before.get(name) != self.after.get(name))
        return tuple(change for name in changed for change in _of_file(name, *self._both(name)))

    def between(self, chosen: Collection[RowChange]) -> Knowledge:
        """``before`` with these rows as they are after. Raises KnowledgeError where they do not fit alone."""
        files: dict[str, KnowledgeFile] = {
            name: self._read(name, text) for name, text in self.before.items() if name != SITE_FILE
        }
        site = self._read(SITE_FILE, self.before[SITE_FILE])
        for name in {change.file for change in chosen}:
            made = self._made(name, [change for change in chosen if change.file == name])
            if name == SITE_FILE:
                site = made
            else:
                files[name] = made
        texts = {name: text for name, text in self.before.items() if name != SITE_FILE}
        return knowledge_of(files, site, version_hash(texts, self.before[SITE_FILE]))

    def _made(self, name: str, chosen: Sequence[RowChange]) -> KnowledgeFile:
        if len(chosen) == sum(change.file == name for change in self.changes):
            return self._read(name, self.after.get(name, ""))
        rows = _changed(*self._both(name), chosen)
        return _csv(rows) if name.endswith(".csv") else _tables(rows)

    def _both(self, name: str) -> tuple[list[_Row], list[_Row]]:
        return tuple(_rows(name, self._read(name, files.get(name, ""))) for files in (self.before, self.after))  # type: ignore[return-value]

    def _read(self, name: str, text: str) -> KnowledgeFile:
        if name.endswith(".csv"):
            return text
        if text not in self._tables:
            self._tables[text] = tomllib.loads(text, parse_float=Decimal)
        return self._tables[text]


def _with_site(files: KnowledgeFiles) -> dict[str, str]:
    return {**files.texts, SITE_FILE: files.site or ""}


# -- a file as rows, and back


def _rows(name: str, read: KnowledgeFile) -> list[_Row]:
    if isinstance(read, str):
        header, *lines = csv.reader(io.StringIO(read)) if read else [[]]
        named = ((" ".join(filter(None, line[: _NAMED_BY.get(name, 2)])), line) for line in lines)
        return _numbered([_Row("", key, dict(zip(header, line, strict=False))) for key, line in named])
    found = []
    for key, value in read.items():
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            found += [_Row(key, row_name(each, key, place), each) for place, each in enumerate(value, 1)]
        else:
            found.append(_Row("", key, value))
    return _numbered(found)


def _numbered(rows: Sequence[_Row]) -> list[_Row]:
    """``N-CALCIUM.2`` is the second that is called N-CALCIUM."""
    seen: dict[tuple[str, str], int] = {}
    found = []
    for row in rows:
        place = seen[row.key] = seen.get(row.key, 0) + 1
        found.append(row._replace(name=f"{row.name}.{place}") if place > 1 else row)
    return found


def _tables(rows: Sequence[_Row]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in rows:
        if row.group:
            found.setdefault(row.group, []).append(row.value)
        else:
            found[row.name] = row.value
    return found


def _csv(rows: Sequence[_Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0].value if rows else ())
    writer.writerows(row.value.values() for row in rows)
    return out.getvalue()


# -- what differs


def _of_file(name: str, before: Sequence[_Row], after: Sequence[_Row]) -> Iterator[RowChange]:
    old, new = ({row.key: row for row in rows} for rows in (before, after))
    for key in dict.fromkeys((*old, *new)):
        if key not in old or key not in new:
            whole = KeyChange("", *(_said(rows[key].value) if key in rows else None for rows in (old, new)))
            yield RowChange(name, *key, (whole,))
        elif old[key].value != new[key].value:
            yield RowChange(name, *key, tuple(_keys(old[key].value, new[key].value)))
    kept = [[row.name for row in rows if row.key in old and row.key in new] for rows in (before, after)]
    if kept[0] != kept[1]:
        moved = [at for at, names in enumerate(zip(*kept, strict=True)) if names[0] != names[1]]
        span = slice(moved[0], moved[-1] + 1)
        yield RowChange(name, "", ORDER, (KeyChange("order", *(" ".join(names[span]) for names in kept)),))


def _keys(before: Any, after: Any, path: str = "") -> Iterator[KeyChange]:
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        yield KeyChange(path, _said(before), _said(after))
        return
    for key in dict.fromkeys((*before, *after)):
        name = f"{path}.{key}" if path else str(key)
        if key not in before or key not in after:
            yield KeyChange(name, *(_said(values[key]) if key in values else None for values in (before, after)))
        elif before[key] != after[key]:
            yield from _keys(before[key], after[key], name)


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _changed(before: Sequence[_Row], after: Sequence[_Row], chosen: Sequence[RowChange]) -> list[_Row]:
    """``before`` with the chosen rows as they are after; a new one behind the row it follows there."""
    new = {row.key: row for row in after}
    keys = {(change.group, change.row) for change in chosen}
    rows = [
        new.get(row.key, row) if row.key in keys else row for row in before if row.key in new or row.key not in keys
    ]
    for at, row in enumerate(after):
        if row.key in keys and row not in rows:
            there = [known.key for known in rows]
            ahead = next((key for key in (each.key for each in reversed(after[:at])) if key in there), None)
            rows.insert(there.index(ahead) + 1 if ahead else 0, row)
    if ("", ORDER) in keys:
        places = {row.key: at for at, row in enumerate(after)}
        rows.sort(key=lambda row: places.get(row.key, -1))
    return rows
