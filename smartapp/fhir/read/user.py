"""The record behind fhirUser, of whatever shape the EHR sent it -> a name, codes of a role, links of a Person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from smartapp.fhir.json import Malformed, Resource, get_list, get_object, get_str, get_text, human_name

T = TypeVar("T")

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


def read_user(record: Resource | None) -> UserRecord:
    """A part of an unexpected shape counts as absent: who launched is still the user, if without a name."""
    found = record or {}
    return UserRecord(
        name=_or("", _name, found),
        role_codes=_or(frozenset(), _role_codes, found),
        active=found.get("active") is not False,
        links=_or((), _links, found),
    )


def _or(absent: T, read: Callable[[Resource], T], record: Resource) -> T:
    try:
        return read(record)
    except Malformed:
        return absent


def _name(record: Resource) -> str:
    """Words of a HumanName, or of the Reference a PractitionerRole holds; empty where there are none."""
    return _or("", human_name, record) or get_text(get_object(record, "practitioner"), "display")


def _role_codes(record: Resource) -> frozenset[str]:
    if record.get("resourceType") != "PractitionerRole":
        return frozenset()
    codings = [coding for concept in get_list(record, "code") for coding in get_list(concept, "coding")]
    return frozenset(get_str(coding, "code") for coding in codings) - {""}


def _links(record: Resource) -> tuple[UserLink, ...]:
    links = [
        (get_str(get_object(link, "target"), "reference"), link.get("assurance")) for link in get_list(record, "link")
    ]
    return tuple(UserLink(reference, assurance != _NO_CONFIDENCE) for reference, assurance in links if reference)
