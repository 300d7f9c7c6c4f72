"""A table and the Struct it should be -> every reason why it is not, each naming row and key in plain words.

msgspec reads fast and stops at the first mistake; only where it refuses a row is the row gone through key by key.
"""

import difflib
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from smartapp.knowledge.schema import KnowledgeRow

R = TypeVar("R")


def convert(value: Any, kind: type[R]) -> R:
    """Raises msgspec.ValidationError, with the first mistake only. A number in quotes is no number."""
    return msgspec.convert(value, kind, builtin_types=(Decimal,))


def mistakes_in(value: Any, kind: Any, where: str) -> Iterator[str]:
    """Every reason why a value is no row of this kind."""
    if not isinstance(value, dict):
        yield f"{where}: a table is expected here"
        return
    fields = msgspec.structs.fields(kind)
    yield from unknown_keys(value, [field.encode_name for field in fields], where)
    for field in fields:
        if field.encode_name in value:
            yield from _of_value(value[field.encode_name], field.type, where, field.encode_name)
        elif field.required:
            yield f"{where}: “{field.encode_name}” is missing"


def unknown_keys(found: Collection[str], known: Collection[str], where: str) -> Iterator[str]:
    for key in found:
        if key not in known:
            meant = difflib.get_close_matches(key, known, n=1, cutoff=0.75)
            yield f"{where}: unknown key “{key}”" + "".join(f"; did you mean “{each}”?" for each in meant)


def row_name(table: Any, key: str, place: int) -> str:
    """How a row of an array is called: by its id or phase, else by its place."""
    named = (table.get("id") or table.get("phase")) if isinstance(table, dict) else None
    return named if isinstance(named, str) else f"{key} {place}"


def _of_value(value: Any, kind: Any, where: str, key: str) -> Iterator[str]:
    try:
        convert(value, kind)
        return
    except msgspec.ValidationError:
        pattern, kind = _bare(kind)
    inner = get_args(kind)
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, KnowledgeRow):
        yield from mistakes_in(value, kind, f"{where}, {key}")
    elif isinstance(value, dict) and get_origin(kind) is dict:
        yield from unknown_keys(value, _allowed(inner[0]) or value, f"{where}, {key}")
        for name, each in value.items():
            yield from _of_value(each, inner[1], f"{where}, {key}", name)
    elif isinstance(value, list) and value and get_origin(kind) is tuple and _bare(inner[0])[1] is not str:
        for place, each in enumerate(value, 1):
            row = isinstance(inner[0], type) and issubclass(inner[0], KnowledgeRow)
            name = row_name(each, key, place)
            yield from mistakes_in(each, inner[0], f"{where}, {name}") if row else _of_value(each, inner[0], where, key)
    else:
        yield f"{where}: “{key}” {_wrong(value, kind, pattern)}"


def _bare(kind: Any) -> tuple[str, Any]:
    """The pattern a text must have, and the type without it and without “or nothing”."""
    pattern = ""
    while True:
        if get_origin(kind) is Annotated:
            pattern = kind.__metadata__[0].pattern or pattern
            kind = kind.__origin__
        elif get_origin(kind) in (Union, UnionType) and NoneType in get_args(kind):
            kind = Union[tuple(each for each in get_args(kind) if each is not NoneType)]  # noqa: UP007
        else:
            return pattern, kind


_SAID = {date: 'a day such as "2026-05-04"', str: "text", int: "a whole number", bool: "true or false"}


def _wrong(value: Any, kind: Any, pattern: str) -> str:
    allowed = _allowed(kind)
    if value in ("", []):
        return "is empty"
    if allowed and isinstance(value, str):
        return f"is “{value}”; it must be one of {', '.join(allowed)}"
    if kind is str and isinstance(value, str):
        return f"is “{value}”, not of the form {pattern.strip('^$')}" if value.strip() else "is empty"
    return f"must be {_said(kind, allowed)}, not {_shown(value)}"


def _allowed(kind: Any) -> tuple[str, ...]:
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(each.value for each in kind) if isinstance(kind, type) and issubclass(kind, Enum) else ()


def _said(kind: Any, allowed: Collection[str]) -> str:
    if allowed:
        return f"one of {', '.join(allowed)}"
    if get_origin(kind) in (Union, UnionType):
        return "a number or [low, high]" if len(get_args(kind)) > 2 else "a number"
    if get_origin(kind) is tuple:
        return "a list of words" if _bare(get_args(kind)[0])[1] is str else "a list"
    return _SAID.get(kind, "a table")


def _shown(value: Any) -> str:
    """As it stands in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    return f"“{value}”" if isinstance(value, str) else "a table" if isinstance(value, dict) else str(value)
