"""One table of a knowledge file -> typed values, with an error that names file and row.

A key nobody asked for is an error too: a misspelt ``swap-to`` must not silently do nothing.
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from smartapp.core.library.types import Range
from smartapp.errors import KnowledgeError

E = TypeVar("E", bound=StrEnum)


def read_toml(files: Mapping[str, str], name: str) -> "Row":
    """The whole of one file. Raises KnowledgeError where it is absent or not TOML."""
    if name not in files:
        raise KnowledgeError(f"{name} is missing")
    try:
        return Row(name, "top level", tomllib.loads(files[name], parse_float=Decimal))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{name}: not readable as TOML: {error}") from error


class Row:
    """Typed access to one TOML table; ``done()`` refuses keys that were never read."""

    def __init__(self, file: str, name: str, table: dict[str, Any]) -> None:
        self.file, self.name, self._table = file, name, table
        self._seen: set[str] = set()

    def fault(self, text: str) -> KnowledgeError:
        return KnowledgeError(f"{self.file}, {self.name}: {text}")

    def _take(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        self._seen.add(key)
        value = self._table.get(key, default)
        if value is ...:
            raise self.fault(f"“{key}” is missing")
        if value is not default and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            raise self.fault(f"“{key}” has the wrong type: {value!r}")
        return value

    def text(self, key: str, default: Any = ...) -> str:
        value: str = self._take(key, str, default)
        if default is ... and not value.strip():
            raise self.fault(f"“{key}” is empty")
        return value.strip()

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self._take(key, bool, default))

    def maybe_flag(self, key: str) -> bool | None:
        value: bool | None = self._take(key, bool, None)
        return value

    def integer(self, key: str) -> int:
        return int(self._take(key, int, ...))

    def maybe_number(self, key: str) -> Decimal | None:
        value = self._take(key, (int, Decimal), None)
        return None if value is None else Decimal(value)

    def number(self, key: str) -> Decimal:
        return Decimal(self._take(key, (int, Decimal), ...))

    def maybe_range(self, key: str) -> Range | None:
        """``8`` or ``[6, 8]``."""
        value = self._take(key, (int, Decimal, list), None)
        if value is None:
            return None
        ends = value if isinstance(value, list) else [value, value]
        if len(ends) != 2 or not all(isinstance(end, int | Decimal) for end in ends):
            raise self.fault(f"“{key}” must be a number or [low, high]")
        try:
            return Range(Decimal(ends[0]), Decimal(ends[1]))
        except ValueError as error:
            raise self.fault(f"“{key}”: {error}") from error

    def texts(self, key: str, default: Any = ()) -> tuple[str, ...]:
        values = self._take(key, list, default)
        if not all(isinstance(value, str) and value for value in values):
            raise self.fault(f"“{key}” must be a list of words")
        return tuple(values)

    def choice(self, key: str, enum: type[E]) -> E:
        return self._member(key, self.text(key), enum)

    def maybe_choice(self, key: str, enum: type[E]) -> E | None:
        value = self.text(key, "")
        return self._member(key, value, enum) if value else None

    def choices(self, key: str, enum: type[E]) -> tuple[E, ...]:
        return tuple(self._member(key, value, enum) for value in self.texts(key, ...))

    def _member(self, key: str, value: str, enum: type[E]) -> E:
        try:
            return enum(value)
        except ValueError as error:
            allowed = ", ".join(enum)
            raise self.fault(f"“{key}” is “{value}”; it must be one of {allowed}") from error

    def table(self, key: str, default: Any = ...) -> "Row":
        return Row(self.file, f"{self.name}, {key}", self._take(key, dict, default))

    def rows(self, key: str, default: Any = ...) -> "tuple[Row, ...]":
        """Tables of an array; a row is named by its id, else by its place."""
        tables = self._take(key, list, default)
        return tuple(self._row(key, place, table) for place, table in enumerate(tables, 1))

    def _row(self, key: str, place: int, table: Any) -> "Row":
        if not isinstance(table, dict):
            raise self.fault(f"“{key}” must be a list of tables")
        name = table.get("id") or table.get("phase") or f"{key} {place}"
        inside = "" if self.name == "top level" else f"{self.name}, "
        return Row(self.file, f"{inside}{name}", table)

    @property
    def table_itself(self) -> Mapping[str, Any]:
        """The table as read, for a digest of everything it says."""
        return self._table

    def all_texts(self) -> dict[str, str]:
        return {key: self.text(key) for key in self._table}

    def done(self) -> None:
        unknown = sorted(set(self._table) - self._seen)
        if unknown:
            raise self.fault(f"unknown key “{unknown[0]}”")
