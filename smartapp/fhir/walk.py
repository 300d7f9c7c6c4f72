"""Any JSON value -> the elements, references and values inside it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

XHTML = "http://www.w3.org/1999/xhtml"


def elements(element: Any, name: str = "resource") -> Iterator[tuple[str, Any]]:
    """Every element with its name, outer before inner, in the order of the JSON; those of a list under its name."""
    left = [(name, element)]  # no recursion: every bundle is walked a dozen times before it leaves
    while left:
        pair = left.pop()
        yield pair
        name, element = pair
        if isinstance(element, dict):
            left.extend(reversed(element.items()))
        elif isinstance(element, list):
            left.extend((name, value) for value in reversed(element))
        elif isinstance(element, Mapping):
            left.extend(reversed(list(element.items())))


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
