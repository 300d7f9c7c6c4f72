"""FHIR search over parsed resources: parameters into predicates. Token, reference, date and string kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .compartment import Resource, relative, values
from .fhir_dates import matches_date
from .outcome import Refused
from .search_parameters import parameters_of

MODIFIERS = {
    "token": {"not", "text", "missing"},
    "reference": {"missing", "Patient"},
    "date": {"missing"},
    "string": {"exact", "contains", "missing"},
    "uri": {"missing"},
    "id": set(),
}


@dataclass(frozen=True)
class Criterion:
    """One search parameter as asked for: name, modifier, and the values of which one must match."""

    name: str
    modifier: str
    wanted: tuple[str, ...]
    kind: str
    paths: tuple[str, ...]


def criteria(type_: str, pairs: Iterable[tuple[str, str]]) -> tuple[list[Criterion], list[str]]:
    """Parsed criteria and the names that are not supported. Bad modifiers and values raise Refused(400)."""
    known, parsed, unknown = parameters_of(type_), [], []
    for key, value in pairs:
        name, _, modifier = key.partition(":")
        if name not in known:
            unknown.append(key)
            continue
        kind, paths = known[name]
        if modifier and modifier not in MODIFIERS[kind]:
            raise Refused(400, f"modifier :{modifier} is not supported on {type_} search parameter {name}")
        if not value:
            raise Refused(400, f"search parameter {key} has no value")
        parsed.append(Criterion(name, modifier, tuple(_split(value)), kind, paths))
    return parsed, unknown


def matches(resource: Resource, wanted: Iterable[Criterion], base: str) -> bool:
    return all(_satisfies(resource, criterion, base) for criterion in wanted)


def _satisfies(resource: Resource, criterion: Criterion, base: str) -> bool:
    found = [value for path in criterion.paths for value in values(resource, path)]
    if criterion.modifier == "missing":
        return (not found) == (criterion.wanted[0] == "true")
    test = KINDS[criterion.kind]
    hit = any(test(value, want, criterion, base) for value in found for want in criterion.wanted)
    return not hit if criterion.modifier == "not" else hit


def _split(value: str) -> list[str]:
    """Comma means or; a backslash keeps a comma."""
    parts, current, escaped = [], "", False
    for char in value:
        if escaped:
            current, escaped = current + char, False
        elif char == "\\":
            escaped = True
        elif char == ",":
            parts.append(current)
            current = ""
        else:
            current += char
    return [*parts, current]


def _token(value: Any, want: str, criterion: Criterion, base: str) -> bool:
    if criterion.modifier == "text":
        texts = [*values(value, "text"), *values(value, "coding.display"), *values(value, "display")]
        return any(want.lower() in str(text).lower() for text in texts)
    if isinstance(value, dict) and isinstance(value.get("coding"), list):
        return any(_token(coding, want, criterion, base) for coding in value["coding"])
    if isinstance(value, dict):
        system, code = value.get("system", ""), str(value.get("code", value.get("value", "")))
    else:
        system, code = "", str(value).lower() if isinstance(value, bool) else str(value)
    if "|" not in want:
        return code == want
    wanted_system, _, wanted_code = want.partition("|")
    if isinstance(value, dict) and system != wanted_system:
        return False
    return not wanted_code or code == wanted_code


def _reference(value: Any, want: str, criterion: Criterion, base: str) -> bool:
    reference = value.get("reference") if isinstance(value, dict) else None
    if reference is None:
        return False
    have, asked = relative(reference, base) or reference, relative(want, base) or want
    if criterion.name == "patient" or criterion.modifier == "Patient":
        asked = asked if asked.startswith("Patient/") else f"Patient/{asked}"
    return bool(have == asked or ("/" not in asked and have.split("/")[-1] == asked))


def _string(value: Any, want: str, criterion: Criterion, base: str) -> bool:
    text, asked = str(value), want
    if criterion.modifier == "exact":
        return text == asked
    if criterion.modifier == "contains":
        return asked.lower() in text.lower()
    return text.lower().startswith(asked.lower())


def _date(value: Any, want: str, criterion: Criterion, base: str) -> bool:
    return matches_date(value, want)


def _same(value: Any, want: str, criterion: Criterion, base: str) -> bool:
    return bool(value == want)


KINDS: dict[str, Callable[[Any, str, Criterion, str], bool]] = {
    "token": _token,
    "reference": _reference,
    "string": _string,
    "date": _date,
    "uri": _same,
    "id": _same,
}
