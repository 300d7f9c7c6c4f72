"""An AuditEvent of ours -> a line a person can read: who did what, about what, with which patient; and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smartapp.fhir.audit_event import DCM, ENTITY, EVENT, GOOD
from smartapp.fhir.json import as_object, as_objects, get_str, reference_target, relative_reference

# Code of the type, of the subtype, and the action where they tell events apart -> words.
_WORDS: Mapping[tuple[str, str], str] = {
    ("110114", "110122"): "Opened Loadpath",
    ("110114", "110123"): "Ended a session",
    ("110113", "110132"): "Was refused",
    ("110106", ""): "Took a copy",
    ("110107", ""): "Fetched records of a population",
    ("110101", ""): "Looked at the audit trail",
    ("access", ""): "Looked at a referral by a link",
    ("attest", ""): "Put their name to",
    ("disclose", ""): "Gave a therapist a link",
    ("receive", ""): "Reported by a link",
    ("transmit", ""): "Lent access",
}
_REST = {"R": "Read", "E": "Searched", "C": "Created", "U": "Changed", "D": "Deleted"}


@dataclass(frozen=True)
class AuditLine:
    """``about``: records and plans by reference or identifier; ``detail``: in the words kept with the event.

    ``request``: one search of the EHR, of which opening one chart makes many.
    """

    who: str
    reference: str  # of the person, relative
    what: str
    about: tuple[str, ...]
    detail: str
    patient: str
    refused: bool
    request: bool


def audit_line(event: Mapping[str, Any]) -> AuditLine:
    agent = _person(event)
    reference = reference_target(as_object(agent, "who"))
    who = get_str(agent, "name") or reference or get_str(as_object(as_object(agent, "who"), "identifier"), "value")
    kind, sub, action = _code(as_object(event, "type")), _subtype(event), get_str(event, "action")
    rest = as_object(event, "type").get("system") == EVENT
    refused = get_str(event, "outcome") not in ("", GOOD)
    what = _REST.get(action, "Asked") if rest else _WORDS.get((kind, sub), _WORDS.get((kind, ""), "Did something else"))
    if refused and (kind, sub) == ("110114", "110122"):
        what = "Could not open Loadpath"
    entities = [e for e in as_objects(event.get("entity")) if _code(as_object(e, "type")) != "XrequestId"]
    said = [get_str(event, "outcomeDesc"), *(get_str(e, "description") for e in entities)]
    return AuditLine(
        who or "somebody not named", reference, what,
        tuple(dict.fromkeys(filter(None, map(_about, entities)))), " ".join(filter(None, said)),
        next(map(_reference, filter(_is_patient, entities)), ""), refused, rest and action == "E",
    )  # fmt: skip


def is_by(event: Mapping[str, Any], issuer: str, subject: str, reference: str) -> bool:
    """Whether this person did it: by the subject the EHR signed, else by the full reference."""
    who = as_object(_person(event), "who")
    named = as_object(who, "identifier")
    if subject and (get_str(named, "system"), get_str(named, "value")) == (issuer, subject):
        return True
    return bool(reference) and get_str(who, "reference") == reference


def is_at(event: Mapping[str, Any], iss: str) -> bool:
    """Whether it names a person, a record or a server of this FHIR base."""
    agents = (as_object(agent, "who") for agent in as_objects(event.get("agent")))
    named = [*agents, *(as_object(entity, "what") for entity in as_objects(event.get("entity")))]
    return any(
        get_str(each, "reference").startswith(f"{iss}/") or get_str(as_object(each, "identifier"), "value") == iss
        for each in named
    )


def _person(event: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((agent for agent in as_objects(event.get("agent")) if agent.get("requestor") is True), {})


def _code(coding: Mapping[str, Any]) -> str:
    return get_str(coding, "code")


def _subtype(event: Mapping[str, Any]) -> str:
    subtypes = [each for each in as_objects(event.get("subtype")) if each.get("system") == DCM]
    return _code(subtypes[0]) if subtypes else ""


def _is_patient(entity: Mapping[str, Any]) -> bool:
    kind = as_object(entity, "type")
    return (kind.get("system"), _code(kind)) == (ENTITY, "1")


def _reference(entity: Mapping[str, Any]) -> str:
    return relative_reference(get_str(as_object(entity, "what"), "reference"))


def _about(entity: Mapping[str, Any]) -> str:
    if _is_patient(entity):
        return ""
    what = as_object(entity, "what")
    return _reference(entity) or get_str(as_object(what, "identifier"), "value") or get_str(entity, "name")
