"""Any JSON value -> the elements, references and values inside it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

XHTML = "http://www.w3.org/1999/xhtml"


def elements(element: Any, name: str = "resource") -> Iterator[tuple[str, Any]]:
    yield name, element
    if isinstance(element, Mapping):
        for key, value in element.items():
            yield from elements(value, key)
    elif isinstance(element, list):
        for value in element:
            yield from elements(value, name)


def mapping(value: Any, name: str = "") -> Mapping[str, Any]:
    """The value, or its element ``name``, if that is a JSON object; else an empty one: an EHR may send anything."""
    found = value.get(name) if name and isinstance(value, Mapping) else value
    return found if isinstance(found, Mapping) else {}


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """The JSON objects of a list; none of anything else."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list | tuple) else []


def version_of(resource: Any) -> str:
    """``meta.versionId``; empty where the EHR gave none that is a text."""
    version = mapping(resource, "meta").get("versionId")
    return version if isinstance(version, str) else ""


def references(element: Any) -> Iterator[str]:
    for name, value in elements(element):
        if name == "reference" and isinstance(value, str):
            yield value


def at(element: Any, path: str) -> Iterator[Any]:
    """Values at a dotted path; ``*`` steps into a list, absent elements yield nothing."""
    step, _, rest = path.partition(".")
    values: Iterable[Any] = ()
    if step == "*" and isinstance(element, list):
        values = element
    elif isinstance(element, Mapping) and step in element:
        values = (element[step],)
    for value in values:
        yield from at(value, rest) if rest else (value,)
