"""FHIR files into resources: Bundle JSON, single resources, NDJSON, or a folder of them. Ids are kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from .compartment import Resource, references
from .fhir_dates import resolve_offsets
from .resource_types import RESOURCE_TYPES
from .store import Store

OWN_PATIENTS = Path(__file__).parent / "patients"
STORY_SYSTEM = "https://loadpath.example/sandbox/story"


class UnreadableData(Exception):
    """A data file that cannot be used. The message is one line: file, place, what is wrong."""


@dataclass(frozen=True)
class Loaded:
    """What one file or Bundle holds: its resources, and the one line of story its Bundle carries, if any."""

    resources: tuple[Resource, ...]
    story: str | None = None


def load_all(
    store: Store,
    sources: tuple[str | Path | Mapping[str, Any], ...],
    *,
    own: bool,
    today: date,
    shape: Callable[[Resource], Resource] | None = None,
) -> None:
    """File everything into the store, each record as ``shape`` makes it. What is there (type and id) stays as it is."""
    paths = [OWN_PATIENTS] if own else []
    with store.transaction():
        for source in (*paths, *sources):
            for loaded in read_source(source, today):
                shaped = tuple(map(shape, loaded.resources)) if shape else loaded.resources
                _file(store, replace(loaded, resources=shaped))


def read_source(source: str | Path | Mapping[str, Any], today: date) -> Iterator[Loaded]:
    """Every Bundle or resource a path or a parsed Bundle holds. Raises UnreadableData."""
    if isinstance(source, Mapping):
        yield _from_json(resolve_offsets(dict(source), today), "data")
        return
    path = Path(source)
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.suffix in {".json", ".ndjson"} and not p.name.startswith("_"))
        if not files:
            raise UnreadableData(f"{path}: no .json or .ndjson file in this folder")
        for file in files:
            yield from _read_file(file, today)
    else:
        yield from _read_file(path, today)


def _read_file(path: Path, today: date) -> Iterator[Loaded]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise UnreadableData(f"{path}: {reason}") from error
    if path.suffix == ".ndjson":
        lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
        found = [
            _from_json(resolve_offsets(_json(line, f"{path}: line {n}"), today), f"{path}: line {n}")
            for n, line in lines
        ]
        yield Loaded(tuple(resource for loaded in found for resource in loaded.resources))
    else:
        yield _from_json(resolve_offsets(_json(text, str(path)), today), str(path))


def _json(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableData(f"{place}: not JSON at line {error.lineno}, column {error.colno}: {error.msg}") from error


def _from_json(node: Any, place: str) -> Loaded:
    kind = node.get("resourceType") if isinstance(node, dict) else None
    if kind is None:
        raise UnreadableData(f"{place}: a JSON object with a resourceType is needed")
    if kind != "Bundle":
        return Loaded((_checked(node, place),))
    entries = node.get("entry", [])
    if not isinstance(entries, list):
        raise UnreadableData(f"{place}: Bundle.entry must be a list")
    found, names = [], {}
    for number, entry in enumerate(entries):
        where = f"{place}: entry {number + 1}"
        if not isinstance(entry, dict) or not isinstance(entry.get("resource"), dict):
            raise UnreadableData(f"{where}: has no resource")
        resource, full_url = entry["resource"], entry.get("fullUrl", "")
        if "id" not in resource and full_url.startswith("urn:uuid:"):
            resource = {**resource, "id": full_url.removeprefix("urn:uuid:")}
        found.append(_checked(resource, where))
        names[full_url] = f"{resource['resourceType']}/{resource['id']}"
    return Loaded(tuple(_relinked(resource, names) for resource in found), _story(node))


def _checked(resource: Resource, place: str) -> Resource:
    if resource.get("resourceType") not in RESOURCE_TYPES:
        raise UnreadableData(f"{place}: {resource.get('resourceType')!r} is not an R4 resource type")
    if not isinstance(resource.get("id"), str) or not resource["id"]:
        raise UnreadableData(f"{place}: {resource['resourceType']} has no id")
    return resource


def _relinked(resource: Resource, names: dict[str, str]) -> Resource:
    """References by fullUrl become references by type and id."""
    for reference in references(resource):
        reference["reference"] = names.get(reference["reference"], reference["reference"])
    return resource


def _story(bundle: Resource) -> str | None:
    for tag in bundle.get("meta", {}).get("tag", []):
        if tag.get("system") == STORY_SYSTEM:
            return str(tag.get("display"))
    return None


def _file(store: Store, loaded: Loaded) -> None:
    # Provenance takes its patient from its targets, so those come first
    for resource in sorted(loaded.resources, key=lambda r: r["resourceType"] == "Provenance"):
        store.put(resource, new_version=False)
        if resource["resourceType"] == "Patient" and loaded.story:
            store.tell(resource["id"], loaded.story)
