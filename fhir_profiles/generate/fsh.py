"""FHIR JSON as dictionaries -> FHIR Shorthand (FSH): instances, code systems and value sets as text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from types import MappingProxyType
from typing import Any

Element = Mapping[str, Any]

PUBLISHER = "Loadpath"
# R4's own profiles of what can be passed on: address, version, name, status, publisher and description are there.
SHAREABLE: Mapping[str, str] = MappingProxyType(
    {
        kind: f"http://hl7.org/fhir/StructureDefinition/shareable{kind.lower()}"
        for kind in ("ActivityDefinition", "PlanDefinition", "CodeSystem", "ValueSet")
    }
)

HEAD = "// Made by python -m fhir_profiles.generate from the knowledge and the code: not to be edited here.\n"
# Elements whose value is a code and not a string, in the resources made here.
CODES = frozenset(
    {
        *("status", "kind", "intent", "priority", "type", "code", "mode", "fhirVersion", "format", "operator"),
        *("periodUnit", "durationUnit", "dayOfWeek", "groupingBehavior", "selectionBehavior", "requiredBehavior"),
        *("valueCode", "subjectType", "comparator", "versioning", "cardinalityBehavior", "precheckBehavior"),
    }
)
_CODING = {"system", "code", "display"}
_PLAIN_CODE = re.compile(r"[^\s\"]+\Z")


def string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def instance(resource: Element, title: str, usage: str = "definition") -> str:
    """One FSH Instance; the resource's id names it."""
    kind = resource["resourceType"]
    head = [
        f"Instance: {resource['id']}", f"InstanceOf: {kind}", f"Usage: #{usage}", f"Title: {string(title)}",
    ]  # fmt: skip
    rest = {key: value for key, value in resource.items() if key not in ("resourceType", "id")}
    return "\n".join([*head, *(f"* {rule}" for rule in rules(rest))]) + "\n"


def rules(value: Any, path: str = "") -> Iterator[str]:
    """``path = value`` for every leaf, in order."""
    if isinstance(value, Mapping):
        if set(value) <= _CODING and {"system", "code"} <= set(value):
            yield f"{path} = {coding(value)}"
            return
        for key, inner in value.items():
            yield from rules(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from rules(inner, f"{path}[{place}]")
    else:
        yield f"{path} = {leaf(value, path)}"


def leaf(value: Any, path: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    name = re.sub(r"\[\d+\]\Z", "", path).rpartition(".")[2]
    return code(value) if name in CODES else string(value)


def code(value: str) -> str:
    return f"#{value}" if _PLAIN_CODE.match(value) else f"#{string(value)}"


def coding(value: Element) -> str:
    shown = f" {string(value['display'])}" if value.get("display") else ""
    return f"{value['system']}{code(value['code'])}{shown}"


def titled(kind: str, id_: str, title: str, description: str, experimental: bool) -> list[str]:
    """The head of a CodeSystem or ValueSet."""
    return [
        f"{kind}: {camel(id_)}",
        f"Id: {id_}",
        f"Title: {string(title)}",
        f"Description: {string(description)}",
        f"* ^meta.profile[+] = {string(SHAREABLE[kind])}",
        f"* ^version = {string(version('loadpath'))}",
        f"* ^publisher = {string(PUBLISHER)}",
        f"* ^experimental = {str(experimental).lower()}",
    ]


def camel(id_: str) -> str:
    """``condition-active-cancer`` -> ``ConditionActiveCancer``: a computable name."""
    words = re.split(r"[^A-Za-z0-9]+", id_)
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return name if name[:1].isalpha() else f"C{name}"


def document(parts: Iterable[str]) -> str:
    return "\n".join((HEAD, *parts))
