"""A token answer as some EHR sent it -> the same in the one form everything behind it knows.

Servers send null for what they leave out, an id as a reference, a list where a text belongs and numbers as text. What
is none of these stays as it was, so that whoever needs it can say that it is not understood.
"""

from collections.abc import Mapping
from typing import Any

from smartapp.ehr.addresses import relative_reference

_STATED_EMPTY = "scope"  # an empty scope is an answer: nothing is granted. A scope of null is none


def plain_answer(answer: Mapping[str, Any], base: str) -> dict[str, Any]:
    """``base``: the FHIR base under which patient and encounter may be named in full."""
    found = {key: value for key, value in _present(answer).items() if key != _STATED_EMPTY}
    if (scope := _scope(answer.get(_STATED_EMPTY))) is not None:
        found[_STATED_EMPTY] = scope
    for name, kind in (("patient", "Patient"), ("encounter", "Encounter")):
        if name in found:
            found[name] = _id(found[name], kind, base)
    if "expires_in" in found:
        found["expires_in"] = _number(found["expires_in"])
    return found


def _present(value: Any) -> Any:
    """Without keys that hold nothing: null, an empty text, list or object, or a list of nulls; at every depth."""
    if isinstance(value, Mapping):
        return {key: kept for key, inner in value.items() if (kept := _present(inner)) not in (None, "", {}, [])}
    if isinstance(value, list):
        return [kept for inner in value if (kept := _present(inner)) not in (None, {}, [])]
    return value


def _scope(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " ".join(value)
    return None if isinstance(value, list | Mapping) and not _present(value) else value


def _id(value: Any, kind: str, base: str) -> Any:
    """The id of ``Patient/x``, of its address under the base, or of a number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    named = relative_reference(value, base, frozenset({kind})) if isinstance(value, str) and "/" in value else ""
    return named.partition("/")[2] or value


def _number(value: Any) -> Any:
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return value
