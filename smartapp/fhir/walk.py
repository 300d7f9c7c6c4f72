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
