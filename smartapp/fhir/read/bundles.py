"""Bundles, however nested -> the values in them by position, and what their local addresses stand for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from smartapp.fhir.json import is_object, reference_of, relative_reference
from smartapp.fhir.read.whose import base_of

_DEEPEST = 5  # Bundles inside Bundles; ours


def flatten(values: Iterable[Any], place: str = "") -> Iterator[tuple[str, Any]]:
    """(position, value) of everything that is not a Bundle, in order; positions such as ``entry[3]``."""
    for index, value in enumerate(values):
        if value is not None:
            yield from _inside(value, f"{place}[{index}]" if place else f"resource[{index}]", 0)


def _inside(value: Any, place: str, depth: int) -> Iterator[tuple[str, Any]]:
    if not is_object(value) or value.get("resourceType") != "Bundle" or depth >= _DEEPEST:
        yield place, value
        return
    entries = value.get("entry")
    if entries is None:
        return
    if not isinstance(entries, list):
        yield f"{place}.entry", entries
        return
    for index, entry in enumerate(entries):
        inner = f"entry[{index}]"
        if entry is None:
            continue
        if not is_object(entry):
            yield inner, entry
        elif entry.get("resource") is not None:
            yield from _inside(entry["resource"], inner, depth + 1)
        elif isinstance(response := entry.get("response"), Mapping) and response.get("outcome") is not None:
            yield from _inside(response["outcome"], inner, depth + 1)


def aliases(values: Iterable[Any]) -> dict[str, str]:
    """fullUrl -> ``Type/id`` for every entry whose address is not its reference (``urn:uuid:...`` above all)."""
    found: dict[str, str] = {}
    for value in values:
        if is_object(value) and value.get("resourceType") == "Bundle":
            entries = value.get("entry")
            for entry in entries if isinstance(entries, list) else ():
                if is_object(entry) and is_object(entry.get("resource")):
                    address, reference = entry.get("fullUrl"), reference_of(entry["resource"])
                    if isinstance(address, str) and reference and relative_reference(address) != reference:
                        found[address] = reference
    return found


def bases_of(values: Iterable[Any], reference: str) -> frozenset[str]:
    """Where the resource ``reference`` lives, as the addresses of its entries say; empty if none does."""
    found = set()
    for value in values:
        entries = value.get("entry") if is_object(value) and value.get("resourceType") == "Bundle" else None
        for entry in entries if isinstance(entries, list) else ():
            if is_object(entry) and is_object(entry.get("resource")) and reference_of(entry["resource"]) == reference:
                address = entry.get("fullUrl")
                found.add(base_of(address) if isinstance(address, str) else "")
    return frozenset(found - {""})
