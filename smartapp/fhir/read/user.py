"""The record behind fhirUser, of whatever shape the EHR sent it -> a name, codes of a role, links of a Person."""

from collections.abc import Mapping
from dataclasses import dataclass

_NO_CONFIDENCE = "level1"  # of Person.link.assurance: “little or no confidence”


@dataclass(frozen=True)
class UserLink:
    """What a Person record says it also is. ``reference`` is as recorded."""

    reference: str
    trusted: bool  # false where the EHR itself has no confidence in the link


@dataclass(frozen=True)
class UserRecord:
    """What a Practitioner, PractitionerRole or Person says; empty where the EHR does not show it."""

    name: str = ""
    role_codes: frozenset[str] = frozenset()  # of a PractitionerRole: the issuers file may name them
    active: bool = True
    links: tuple[UserLink, ...] = ()


def read_user(record: Mapping[str, object] | None) -> UserRecord:
    """A part of an unexpected shape counts as absent: who launched is still the user, if without a name."""
    found = record or {}
    codes = found.get("code") if found.get("resourceType") == "PractitionerRole" else None
    codings = [coding for concept in _objects(codes) for coding in _objects(concept.get("coding"))]
    return UserRecord(
        name=_name(found),
        role_codes=frozenset(_texts([coding.get("code") for coding in codings])),
        active=found.get("active") is not False,
        links=tuple(_links(found)),
    )


def _name(record: Mapping[str, object]) -> str:
    """Words of a HumanName, or of the Reference a PractitionerRole holds; empty where there are none."""
    first = next(iter(_objects(record.get("name"))), {})
    parts = [*_texts(first.get("prefix")), *_texts(first.get("given")), *_texts([first.get("family")])]
    practitioner = record.get("practitioner")
    display = practitioner.get("display") if isinstance(practitioner, Mapping) else None
    return next(iter(_texts([first.get("text"), " ".join(parts), display])), "")


def _links(record: Mapping[str, object]) -> list[UserLink]:
    links = [(link, link.get("target")) for link in _objects(record.get("link"))]
    return [
        UserLink(reference, link.get("assurance") != _NO_CONFIDENCE)
        for link, target in links
        for reference in _texts([target.get("reference")] if isinstance(target, Mapping) else [])
    ]


def _objects(value: object) -> list[Mapping[str, object]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str) and item] if isinstance(value, list) else []
