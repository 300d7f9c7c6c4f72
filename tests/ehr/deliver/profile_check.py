"""A small profile checker of our own, from the published snapshots: resource and profile -> what does not fit.

It walks the StructureDefinition's snapshot and the data types of FHIR core beneath it and checks: no unknown element,
cardinality (of slices too), fixed and pattern values, primitive formats, and required bindings whose ValueSet can be
expanded from the packages. It knows no invariants (FHIRPath) and resolves no references. Source: the hl7.fhir.r4.core
and hl7.fhir.us.core packages (HL7, CC0) beside the repository.
"""

import json
import re
import tarfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

Json = dict[str, Any]
REGEX = "http://hl7.org/fhir/StructureDefinition/regex"
SYSTEM_TYPES = "http://hl7.org/fhirpath/"


class Definitions:
    """The conformance resources of some packages, by file name; the first package that has one wins."""

    def __init__(self, *packages: Path) -> None:
        self.packages = packages
        self._parsed: dict[str, Json] = {}
        self._expanded: dict[str, set[tuple[str, str]] | None] = {}

    @cached_property
    def files(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for package in self.packages:
            with tarfile.open(package) as archive:
                for member in archive:
                    name = Path(member.name).name
                    if name.startswith(("StructureDefinition-", "ValueSet-", "CodeSystem-")) and name not in found:
                        reader = archive.extractfile(member)
                        assert reader is not None
                        found[name] = reader.read()
        return found

    def get(self, kind: str, url: str) -> Json | None:
        name = f"{kind}-{url.split('|', maxsplit=1)[0].rpartition('/')[2]}.json"
        if name not in self._parsed and name in self.files:
            self._parsed[name] = json.loads(self.files[name])
        return self._parsed.get(name)

    def snapshot(self, url: str) -> dict[str, Json]:
        definition = self.get("StructureDefinition", url)
        assert definition is not None, url
        return {element["id"]: element for element in definition["snapshot"]["element"]}

    def codes(self, url: str) -> set[tuple[str, str]] | None:
        """(system, code) of a ValueSet; None where it cannot be expanded from what is here."""
        if url not in self._expanded:
            self._expanded[url] = self._expand(url)
        return self._expanded[url]

    def _expand(self, url: str) -> set[tuple[str, str]] | None:
        value_set = self.get("ValueSet", url)
        if value_set is None:
            return None
        found: set[tuple[str, str]] = set()
        for include in value_set["compose"]["include"]:
            if "filter" in include:
                return None
            for nested in include.get("valueSet", ()):
                inner = self.codes(nested)
                if inner is None:
                    return None
                found |= inner
            if "concept" in include:
                found |= {(include["system"], concept["code"]) for concept in include["concept"]}
            elif "system" in include:
                whole = self.get("CodeSystem", include["system"])
                if whole is None or whole.get("content") != "complete":
                    return None
                found |= {(include["system"], code) for code in _all(whole.get("concept", ()))}
        return found


def _all(concepts: Any) -> Iterator[str]:
    for concept in concepts:
        yield concept["code"]
        yield from _all(concept.get("concept", ()))


def check(definitions: Definitions, resource: Json, profile: str) -> list[str]:
    """Everything in which ``resource`` does not fit the profile; empty if it fits."""
    elements = definitions.snapshot(profile)
    return list(
        _Walk(definitions, elements).node(resource, str(resource["resourceType"]), str(resource["resourceType"]))
    )


class _Walk:
    def __init__(self, definitions: Definitions, elements: dict[str, Json]) -> None:
        self.definitions = definitions
        self.elements = elements

    def node(self, value: Json, element_id: str, place: str) -> Iterator[str]:
        children = self._children(element_id)
        allowed: set[str] = {"resourceType"} if "." not in element_id else set()
        for id_, element in children:
            name = id_.rpartition(".")[2]
            if ":" in name:
                yield from self._slice(value, id_, element, place)
                continue
            keys = _keys(element, name)
            allowed |= set(keys) | {f"_{key}" for key in keys}
            found = [(key, item) for key in keys for item in _items(value, key)]
            yield from _count(len(found), element, f"{place}.{name}")
            for key, item in found:
                yield from self._value(item, id_, element, keys[key], f"{place}.{key}")
        for unknown in sorted(set(value) - allowed):
            yield f"{place}.{unknown} is not an element"

    def _children(self, element_id: str) -> list[tuple[str, Json]]:
        depth = element_id.count(".") + 1
        prefix = f"{element_id}."
        return [(i, e) for i, e in self.elements.items() if i.startswith(prefix) and i.count(".") == depth]

    def _value(self, item: Any, id_: str, element: Json, type_: str, place: str) -> Iterator[str]:
        yield from _fixed(item, element, place)
        yield from self._bound(item, element, place)
        if "contentReference" in element:
            yield from self.node(item, element["contentReference"].partition("#")[2], place)
        elif self._children(id_):
            yield from self.node(item, id_, place)
        elif type_.startswith(SYSTEM_TYPES) or type_ == "xhtml":
            return
        elif isinstance(item, dict):
            yield from _Walk(self.definitions, self.definitions.snapshot(type_)).node(item, type_, place)
        else:
            yield from self._primitive(item, type_, place)

    def _primitive(self, item: Any, type_: str, place: str) -> Iterator[str]:
        if type_ in ("BackboneElement", "Element", "Resource") or isinstance(item, list):
            yield f"{place} should be a {type_}"
            return
        (wanted,) = self.definitions.snapshot(type_)[f"{type_}.value"]["type"]
        rules = [e["valueString"] for e in wanted.get("extension", ()) if e["url"] == REGEX]
        text = json.dumps(item) if isinstance(item, bool | int | float) else str(item)
        if any(not re.fullmatch(rule, text) for rule in rules):
            yield f"{place} is no {type_}: {text[:60]!r}"

    def _bound(self, item: Any, element: Json, place: str) -> Iterator[str]:
        binding = element.get("binding", {})
        codes = self.definitions.codes(binding["valueSet"]) if binding.get("strength") == "required" else None
        if codes is None:
            return
        if isinstance(item, str):
            if item not in {code for _, code in codes}:
                yield f"{place} {item!r} is not in {binding['valueSet']}"
        elif not _codings(item) & codes:
            yield f"{place} has no code of {binding['valueSet']}"

    def _slice(self, value: Json, id_: str, element: Json, place: str) -> Iterator[str]:
        name = id_.rpartition(".")[2]
        base = name.partition(":")[0].removesuffix("[x]")
        matching = [item for item in _items(value, base) if self._in_slice(item, id_, element)]
        yield from _count(len(matching), element, f"{place}.{name}")

    def _in_slice(self, item: Any, id_: str, element: Json) -> bool:
        if any(True for _ in _fixed(item, element, "")):
            return False
        if any(True for _ in self._bound(item, element, "")):
            return False
        for child_id, child in self.elements.items():
            path = child_id.removeprefix(f"{id_}.")
            if path == child_id or not _has_value(child):
                continue
            if any(True for value in _deep(item, path) or [None] for _ in _fixed(value, child, "")):
                return False
        return True


def _has_value(element: Json) -> bool:
    return any(key.startswith(("fixed", "pattern")) for key in element)


def _keys(element: Json, name: str) -> dict[str, str]:
    """JSON property name -> type; several for a choice element."""
    types = [t["code"] for t in element.get("type", ())]
    if name.endswith("[x]"):
        return {name[:-3] + type_[0].upper() + type_[1:]: type_ for type_ in types}
    return {name: types[0] if types else ""}


def _items(value: Any, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return [] if found is None else found if isinstance(found, list) else [found]


def _deep(value: Any, path: str) -> list[Any]:
    """What stands at ``coding.system`` below a value."""
    first, _, rest = path.partition(".")
    found = _items(value, first)
    return [inner for one in found for inner in _deep(one, rest)] if rest else found


def _count(number: int, element: Json, place: str) -> Iterator[str]:
    most = element.get("max", "*")
    if number < element.get("min", 0):
        yield f"{place} appears {number} times, at least {element['min']} wanted"
    if most != "*" and number > int(most):
        yield f"{place} appears {number} times, at most {most} allowed"


def _fixed(item: Any, element: Json, place: str) -> Iterator[str]:
    for key, wanted in element.items():
        if key.startswith("fixed") and item != wanted:
            yield f"{place} is not {wanted!r}"
        if key.startswith("pattern") and not _fits(item, wanted):
            yield f"{place} does not fit {wanted!r}"


def _fits(item: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(item, dict) and all(_fits(item.get(key), value) for key, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(item, list) and all(any(_fits(one, value) for one in item) for value in wanted)
    return bool(item == wanted)


def _codings(item: Any) -> set[tuple[str, str]]:
    codings = item.get("coding", [item]) if isinstance(item, dict) else []
    return {(coding.get("system", ""), coding.get("code", "")) for coding in codings}
