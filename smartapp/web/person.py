"""The record behind fhirUser, of whatever shape the EHR sent it -> a name to show, the codes of a role, the clinician.

A Person is a human being in whatever part: clinician, patient, both. What may be done here hangs on the Practitioner
alone, so the one it is linked to is the user from then on, in roles, Provenance and audit trail. Where it is not plain
which one, or where the Person is the patient of this chart, nothing is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from smartapp.ehr.addresses import relative_reference
from smartapp.ehr.client import FhirClient
from smartapp.ehr.launch.connection import Connection
from smartapp.errors import EhrError, EhrUnavailable, NotPermitted, SessionEnded, Who

CLINICIANS = ("Practitioner", "PractitionerRole")  # in this order: the first one says who, the second in what part
_NO_CONFIDENCE = "level1"  # of Person.link.assurance: “little or no confidence”


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


def as_clinician(connection: Connection, read: Callable[[str, str], Mapping[str, Any] | None]) -> Connection:
    """The same launch with the clinician behind a Person as its user; any other launch as it is.

    ``read`` gives the record of a type and id, None where the EHR does not show it. Raises NotPermitted.
    """
    kind, _, id_ = connection.user.reference.partition("/")
    if kind != "Person":
        return connection
    person = read(kind, id_)
    if person is None:
        raise which_clinician("whose record it does not show to Loadpath")
    if person.get("active") is False:
        raise which_clinician("which is not in use any more")
    linked = _linked(person, connection.endpoints.base)
    if connection.context.patient_reference in linked:
        raise not_for(
            "This is your own chart",
            "The EHR names you by a Person record, which is linked to the patient of this chart. Loadpath is for those "
            "who treat a patient; nobody plans and signs for themselves. Nothing is shown here.",
            "Ask a colleague to prepare the plan.",
        )
    for wanted in CLINICIANS:
        found = sorted({reference for reference in linked if reference.partition("/")[0] == wanted})
        if len(found) > 1:
            raise which_clinician(f"which is linked to more than one {wanted}")
        if found:
            user = replace(connection.user, reference=found[0], name=connection.user.name or name_of(person))
            return replace(connection, user=user)
    raise which_clinician("which is linked to no Practitioner and no PractitionerRole of this EHR")


def which_clinician(why: str = "and Loadpath does not know whose") -> NotPermitted:
    error = not_for(
        "The EHR does not say which clinician you are",
        f"The EHR names you by a Person record, {why}. Loadpath is made for clinicians, and shows nothing as "
        "long as it is not known which one you are.",
        "Tell the EHR's administrator: fhirUser is to be your Practitioner record, or your Person record is to be "
        "linked to it and Loadpath is to be allowed to read it (user/Person.r; where Loadpath must ask for that, its "
        "administrator adds it to “scopes” in the issuers file).",
    )
    error.who = Who.EHR
    return error


def not_for(title: str, happened: str, next_step: str) -> NotPermitted:
    error = NotPermitted(happened)
    error.title, error.next_step = title, next_step
    return error


def shown(client: FhirClient, kind: str, id_: str) -> Mapping[str, Any] | None:
    """A record; None where the EHR does not show it. Raises EhrUnavailable: that passes."""
    try:
        return client.read(kind, id_)
    except EhrUnavailable:
        raise
    except (EhrError, SessionEnded):
        return None


def _linked(person: Mapping[str, Any], base: str) -> frozenset[str]:
    """References under the base; without the clinicians the EHR itself has no confidence in."""
    found = set()
    for link in _objects(person.get("link")):
        target = link.get("target")
        for text in _texts([target.get("reference")] if isinstance(target, Mapping) else []):
            reference = relative_reference(text, base, frozenset({*CLINICIANS, "Patient"}))
            if reference.startswith("Patient/") or link.get("assurance") != _NO_CONFIDENCE:
                found.add(reference)
    return frozenset(found) - {""}


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str) and item] if isinstance(value, list) else []
