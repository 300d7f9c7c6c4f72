"""Tolerant access to foreign FHIR JSON: what is absent is empty, what has the wrong shape is :class:`Malformed`.

Presence is not assertion: :func:`without_empty` removes what says nothing at the door, so that readers may ask whether
a key is there. Nothing here knows a resource type. Texts come out clean: no markup, no control characters, one line,
bounded, minus signs as hyphens.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeGuard
from urllib.parse import urlsplit

from smartapp.core.quotes import quoted
from smartapp.fhir.text import LONGEST_PROSE, clean

Resource = Mapping[str, Any]

_NOTHING: Resource = {}
_PLAIN_NUMBER = re.compile(r"[-+]?\d{1,9}(?:\.\d{1,12})?", re.ASCII)
_LARGEST = Decimal(10) ** 9  # nothing we read is near it; guards arithmetic against absurd exponents
_NAME_USES = ("official", "usual", "")  # in this order; never a nickname, maiden or old name while there is another
_DEEPEST = 100  # levels of JSON searched for emptiness: no reader looks deeper; ours


class Malformed(ValueError):
    """An element of a resource has not the shape FHIR gives it; the text names the element and what was found."""


def _found(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def without_empty(value: Any) -> Any:
    """The same JSON without what says nothing: null, blank text, ``{}``, ``[]`` and what holds only these.

    None where nothing is left. In a list that holds a value the others keep their place, as null: FHIR pairs lists by
    position (``given`` and ``_given``).
    """
    return value if _says_all(value) else _pruned(value, 0)


def _says_all(value: Any) -> bool:
    """Whether every part says something, as of nearly every record: looking costs half of making it anew."""
    left = [[value]]
    while left:
        node: Any = left.pop()
        for inner in node.values() if type(node) is dict else node:
            kind = type(inner)
            if kind is str:
                if not inner or inner.isspace():
                    return False
            elif kind is dict or kind is list:
                if not inner:
                    return False
                left.append(inner)
            elif inner is None:
                return False
    return True


def _pruned(value: Any, depth: int) -> Any:
    kind = type(value)
    if kind is str:
        return value if value and not value.isspace() else None
    if depth > _DEEPEST or (kind is not dict and kind is not list):
        return value
    if kind is dict:
        return {key: inner for key, old in value.items() if (inner := _pruned(old, depth + 1)) is not None} or None
    held = [_pruned(item, depth + 1) for item in value]
    return held if any(item is not None for item in held) else None


def is_object(value: object) -> TypeGuard[Resource]:
    """Whether a JSON value is an object."""
    return type(value) is dict or isinstance(value, Mapping)  # the second costs ten times as much


def get_object(resource: Resource, name: str) -> Resource:
    """The object under ``name``; empty if absent. A list of one object, as some servers send, is taken as that one."""
    value = resource.get(name)
    if value is None:
        return _NOTHING
    if type(value) is dict:  # nearly always
        return value
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, Mapping):
        raise Malformed(f"{quoted(name)} should be an object and is {_found(value)}")
    return value


def get_list(resource: Resource, name: str) -> Sequence[Resource]:
    """The objects under ``name``; none if absent. A lone object is taken as a list of one, nulls are passed over."""
    value = resource.get(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        if is_object(value):
            return (value,)
        raise Malformed(f"{quoted(name)} should be a list and is {_found(value)}")
    for item in value:
        if type(item) is not dict and item is not None and not isinstance(item, Mapping):
            raise Malformed(f"{quoted(name)} should hold objects and holds {_found(item)}")
    return [item for item in value if item is not None] if None in value else value


def get_str(resource: Resource, name: str) -> str:
    """The string under ``name`` as recorded; empty if absent."""
    value = resource.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed(f"{quoted(name)} should be text and is {_found(value)}")
    return value


def get_strings(resource: Resource, name: str) -> Sequence[str]:
    value = resource.get(name)
    if isinstance(value, str):
        return (value,)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Malformed(f"{quoted(name)} should be a list and is {_found(value)}")
    return [item for item in value if isinstance(item, str)]


def repeated(resource: Resource, element: str) -> str:
    """The names under which an element of which FHIR allows one is there, in words; empty if there is one or none."""
    found = [name for name in resource if name.startswith(element) and name[len(element) :][:1].isupper()]
    return f"{element} is recorded {len(found)} times ({', '.join(found)})" if len(found) > 1 else ""


def get_bool(resource: Resource, name: str) -> bool | None:
    """The boolean under ``name``, also where it was sent as text; None if absent or neither."""
    value = resource.get(name)
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower())
    return value if isinstance(value, bool) else None


def get_number(value: object) -> Decimal | None:
    """A JSON number, or a text that is plainly one; None for anything else, and beyond what arithmetic should bear."""
    if isinstance(value, str):
        value = clean(value)
        value = Decimal(value) if _PLAIN_NUMBER.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    found = Decimal(str(value))
    return found if found.is_finite() and abs(found) < _LARGEST else None


def get_text(resource: Resource, name: str) -> str:
    return clean(get_str(resource, name))


def get_prose(resource: Resource, name: str) -> str:
    """A text that is searched, not shown: a danger may stand at the end of a long note."""
    return clean(get_str(resource, name), LONGEST_PROSE)


def get_wordings(resource: Resource, *names: str) -> Iterator[str]:
    """Every wording of the CodeableConcepts under these names, whole: their text and the displays of their codings."""
    for name in names:
        for element in get_list(resource, name):
            if said := get_prose(element, "text"):
                yield said
            for coding in get_list(element, "coding"):
                if shown := get_prose(coding, "display"):
                    yield shown


def code_word(element: Resource) -> str:
    """The bare code of a small FHIR code list (a status, a category), wherever the server put it; lower case."""
    for coding in get_list(element, "coding"):
        if code := get_str(coding, "code"):
            return code.strip().lower()
    return get_text(element, "text").lower()


def coded_text(element: Resource) -> str:
    """What a CodeableConcept is called, without looking its codes up."""
    if said := get_text(element, "text"):
        return said
    return next((shown for coding in get_list(element, "coding") if (shown := get_text(coding, "display"))), "")


def human_name(resource: Resource) -> str:
    """The HumanName to call somebody by, as one text; empty where there is none."""
    names = list(get_list(resource, "name"))
    if not names:
        return ""
    best = min(names, key=lambda name: _NAME_USES.index(use) if (use := get_str(name, "use")) in _NAME_USES else 9)
    if said := get_text(best, "text"):
        return said
    pieces = (
        *get_strings(best, "prefix"),
        *get_strings(best, "given"),
        get_str(best, "family"),
        *get_strings(best, "suffix"),
    )
    return " ".join(filter(None, map(clean, pieces)))


def reference_of(resource: Resource) -> str:
    """``Condition/12``; empty where type or id is missing."""
    kind, id_ = resource.get("resourceType"), resource.get("id")
    return f"{kind}/{id_}" if isinstance(kind, str) and isinstance(id_, str) and id_ else ""


def relative_reference(reference: str) -> str:
    """``https://ehr.example/fhir/Patient/12/_history/3`` -> ``Patient/12``; other forms as they are."""
    if "/" not in reference or reference.startswith(("urn:", "#")):
        return reference
    pieces = reference.split("?", 1)[0].rstrip("/").split("/")
    if "_history" in pieces:
        pieces = pieces[: pieces.index("_history")]
    return "/".join(pieces[-2:])


def path_of(url: str) -> str:
    """The path of an address somebody sent; empty for text that is no address at all."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def reference_target(element: Resource) -> str:
    """``Encounter/1`` of a Reference element; empty if it has none."""
    reference = element.get("reference")
    return relative_reference(reference) if isinstance(reference, str) else ""


def as_object(value: Any, name: str = "") -> Resource:
    """The value, or its element ``name``, if that is a JSON object; else an empty one: an EHR may send anything."""
    found = value.get(name) if name and isinstance(value, Mapping) else value
    return found if isinstance(found, Mapping) else {}


def as_objects(value: Any) -> list[Resource]:
    """The JSON objects of a list; none of anything else."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list | tuple) else []


def version_of(resource: Any) -> str:
    """``meta.versionId``; empty where the EHR gave none that is a text."""
    version = as_object(resource, "meta").get("versionId")
    return version if isinstance(version, str) else ""
