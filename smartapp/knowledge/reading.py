"""Texts of the knowledge files -> typed rows, each with its place, and every mistake: none stops the reading.

A mistake is one line that names file, row and key (:mod:`smartapp.knowledge.mistakes`). A row with a mistake is left
out; its id stays known, so that a row that cites it is not called wrong as well.
"""

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

import msgspec

from smartapp.knowledge.mistakes import convert, mistakes_in, row_name, unknown_keys

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Placed(NamedTuple, Generic[R_co]):
    """A row, where it stands (``exercises.toml, E01``), and the table as written, of which a signature is a digest."""

    where: str
    row: R_co
    table: Mapping[str, Any]


KnowledgeFile: TypeAlias = str | Mapping[str, Any]  # its text; of TOML also the tables it was read as


class KnowledgeReader:
    """The files by name. What is wrong collects in ``mistakes``; of files in ``unread`` not every id is known."""

    def __init__(self, files: Mapping[str, KnowledgeFile]) -> None:
        self._files = files
        self.mistakes: list[str] = []
        self.unread: set[str] = set()
        self.ids: dict[str, list[str]] = {}  # of the rows of each file, readable or not

    def named(self, file: str, kind: type[R]) -> dict[str, Placed[R]]:
        """A file whose every table is a row, named by its id."""
        tables = self._tables(file)
        self.ids[file] = list(tables)
        placed = ((id_, self._placed(table, kind, f"{file}, {id_}")) for id_, table in tables.items())
        return {id_: row for id_, row in placed if row}

    def parts(self, file: str, *keys: str) -> "Parts":
        """A file that holds exactly these tables and arrays of tables."""
        tables = self._tables(file)
        self.ids[file] = []
        if file not in self.unread:
            self.mistakes += unknown_keys(tables, keys, file)
            for key in keys:
                if key not in tables:
                    self._lacks(file, f"{file}: “{key}” is missing")
        return Parts(self, file, tables)

    def lines(self, file: str, columns: tuple[str, ...], kind: type[R]) -> tuple[Placed[R], ...]:
        """A CSV file, one row per line; an empty cell is a key that is not there."""
        text = self.text(file)
        if file in self.unread:
            return ()
        header, *lines = csv.reader(io.StringIO(text)) if text else [[]]
        if tuple(header) != columns:
            self._lacks(file, f"{file} line 1: the columns must be {', '.join(columns)}")
            return ()
        placed = []
        for number, line in enumerate(lines, start=2):
            where = f"{file} line {number} ({''.join(line[1:2])})"
            if len(line) == len(columns):
                placed.append(
                    self._placed({name: line[at] for at, name in enumerate(columns) if line[at]}, kind, where)
                )
            else:
                self.mistakes.append(f"{where}: {len(line)} cells for {len(columns)} columns")
        return tuple(row for row in placed if row)

    def text(self, file: str) -> str:
        """Of a file; empty where there is none."""
        if file not in self._files:
            self._lacks(file, f"{file} is missing from the knowledge folder")
        text = self._files.get(file, "")
        assert isinstance(text, str)  # noqa: S101 - tables are given for TOML alone
        return text

    def _lacks(self, file: str, mistake: str) -> None:
        self.mistakes.append(mistake)
        self.unread.add(file)

    def _tables(self, file: str) -> Mapping[str, Any]:
        read = self._files.get(file, "")
        if not isinstance(read, str):
            return read
        try:
            return tomllib.loads(self.text(file), parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            self._lacks(file, f"{file} is not valid TOML: {error}")
            return {}

    def _placed(self, table: Any, kind: type[R], where: str) -> Placed[R] | None:
        try:
            return Placed(where, convert(table, kind), table)
        except msgspec.ValidationError:
            self.mistakes += mistakes_in(table, kind, where)
            return None


@dataclass(frozen=True)
class Parts:
    """The tables of one file."""

    _reader: KnowledgeReader
    _file: str
    tables: Mapping[str, Any]

    def one(self, key: str, kind: type[R]) -> Placed[R] | None:
        table = self.tables.get(key)
        return None if table is None else self._reader._placed(table, kind, f"{self._file}, {key}")

    def listed(self, key: str, kind: type[R]) -> tuple[Placed[R], ...]:
        """An array of tables; a row is named by its id or phase, else by its place."""
        tables = self.tables.get(key, [])
        if not isinstance(tables, list):
            self._reader._lacks(self._file, f"{self._file}: “{key}” must be a list of tables: [[{key}]]")
            return ()
        names = [row_name(table, key, place) for place, table in enumerate(tables, 1)]
        self._reader.ids[self._file] += names
        both = zip(names, tables, strict=True)
        placed = (self._reader._placed(table, kind, f"{self._file}, {name}") for name, table in both)
        return tuple(row for row in placed if row)
