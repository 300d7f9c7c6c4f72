"""The record behind fhirUser, of whatever shape the EHR sent it -> a name to show, and the codes of a role."""

from collections.abc import Mapping
from typing import Any


def name_of(person: Mapping[str, Any] | None) -> str:
    """Words of a HumanName, or of the Reference a PractitionerRole holds; empty where there are none."""
    record = person or {}
    first = next(iter(_objects(record.get("name"))), {})
    parts = [*_texts(first.get("prefix")), *_texts(first.get("given")), *_texts([first.get("family")])]
    practitioner = record.get("practitioner")
    shown = practitioner.get("display") if isinstance(practitioner, Mapping) else None
    return next(iter(_texts([first.get("text"), " ".join(parts), shown])), "")


def role_codes(person: Mapping[str, Any] | None) -> frozenset[str]:
    """Codes of a PractitionerRole, which the issuers file may name; none of any other record."""
    if not person or person.get("resourceType") != "PractitionerRole":
        return frozenset()
    codings = [coding for concept in _objects(person.get("code")) for coding in _objects(concept.get("coding"))]
    return frozenset(_texts([coding.get("code") for coding in codings]))


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str) and item] if isinstance(value, list) else []
