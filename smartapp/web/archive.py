"""Frozen values <-> JSON, by their type hints: a signed plan and its receipt outlive the session and the chart.

Only the types of the line are known: dataclasses, enums, dates, times, decimals, tuples, frozensets, optional values.
"""

import types
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | Decimal):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, AbstractSet):
        return sorted((to_json(each) for each in value), key=str)
    if isinstance(value, Mapping):
        return {str(key): to_json(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [to_json(each) for each in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"{type(value).__name__} is not a type of the line")


def from_json(kind: type[T], value: Any) -> T:
    """The value of type ``kind``. Fields this version does not know are passed over; raises TypeError, ValueError."""
    made: T = _made(kind, value)
    return made


def _made(kind: Any, value: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return _made(next(each for each in arguments if each is not type(None)), value)
    if origin in (tuple, frozenset):
        if origin is tuple and arguments[-1] is not Ellipsis:
            return tuple(_made(each, item) for each, item in zip(arguments, value, strict=True))
        return origin(_made(arguments[0], item) for item in value)
    if is_dataclass(kind):
        hints = _hints(cast(type, kind))
        return kind(**{name: _made(hint, value[name]) for name, hint in hints.items() if name in value})  # type: ignore[operator]
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum | Decimal):
        return kind(value)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
