"""The strict reading of a CDS Hooks body: each fault named with its field, as an EHR's developer needs it."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from smartapp.errors import InputError

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# RFC 3339, 5.6: the zone is never left out.
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_URN = "urn:uuid:"


def object_of(body: bytes) -> Mapping[str, Any]:
    """The JSON object of a body. Raises InputError."""
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(f"The body is not JSON: {error}.") from None
    if not isinstance(value, dict):
        raise InputError("The body must be a JSON object.")
    return value


def field(where: Mapping[str, Any], name: str, kind: type[Any], path: str = "") -> Any:
    """A required field. Raises InputError where it is missing or of another kind."""
    if name not in where:
        raise InputError(f"{path}{name} is missing.")
    return _checked(where[name], kind, f"{path}{name}")


def optional(where: Mapping[str, Any], name: str, kind: type[Any], path: str = "") -> Any:
    """A field that may be left out: None then. Null counts as left out, as most clients mean it."""
    value = where.get(name)
    return None if value is None else _checked(value, kind, f"{path}{name}")


def _checked(value: Any, kind: type[Any], where: str) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise InputError(f"{where} must be {_KINDS[kind]}.")
    if kind is str and not value.strip():
        raise InputError(f"{where} must not be empty.")
    return value


_KINDS: Mapping[type[Any], str] = {str: "text", dict: "an object", list: "an array", int: "a whole number"}


def uuid_of(value: str, where: str) -> str:
    """In small letters; ``urn:uuid:`` before it is taken off. Raises InputError."""
    bare = value.removeprefix(_URN)
    if not _UUID.fullmatch(bare):
        raise InputError(f"{where} must be a UUID.")
    return str(UUID(bare))


def instant_of(value: str, where: str) -> datetime:
    """Raises InputError."""
    if _INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise InputError(f"{where} must be a date and time with its zone, as in 2026-03-01T09:30:00Z.")


def objects(value: Sequence[Any], where: str) -> Sequence[Mapping[str, Any]]:
    """Each member an object. Raises InputError naming the first that is not."""
    for place, each in enumerate(value):
        if not isinstance(each, dict):
            raise InputError(f"{where}[{place}] must be an object.")
    return value
