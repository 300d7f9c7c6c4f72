"""What somebody did -> a FHIR R4 AuditEvent (a plain dictionary), after IHE's Basic Audit Log Patterns (BALP).

Sources: IHE ITI BALP 1.1.4 (PatientRead, PatientQuery, PatientCreate, PatientUpdate); DICOM PS3.16 audit codes as bound
by FHIR R4. BALP has patterns for REST only: launches, signatures, exports and refusals use the codes FHIR R4 binds, and
claim no profile. An event names people and records by reference; nothing a chart says is in it, not even a name.
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from smartapp.fhir.json import path_of
from smartapp.fhir.systems import EXAMPLE

BALP = "https://profiles.ihe.net/ITI/BALP"
DCM = "http://dicom.nema.org/resources/ontology/DCM"
REST = "http://hl7.org/fhir/restful-interaction"
LIFECYCLE = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle"
ENTITY = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
ROLE = "http://terminology.hl7.org/CodeSystem/object-role"
PART = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
EVENT = "http://terminology.hl7.org/CodeSystem/audit-event-type"
SOURCE = "http://terminology.hl7.org/CodeSystem/security-source-type"

GOOD, MINOR, SERIOUS = "0", "4", "8"  # http://hl7.org/fhir/audit-event-outcome

Event = dict[str, Any]
_DISPLAY: Mapping[tuple[str, str], str] = {
    (EVENT, "rest"): "RESTful Operation",
    (DCM, "110101"): "Audit Log Used",
    (DCM, "110106"): "Export",
    (DCM, "110113"): "Security Alert",
    (DCM, "110114"): "User Authentication",
    (DCM, "110122"): "Login",
    (DCM, "110123"): "Logout",
    (DCM, "110132"): "Use of Restricted Function",
    (DCM, "110150"): "Application",
    (DCM, "110152"): "Destination Role ID",
    (DCM, "110153"): "Source Role ID",
    (LIFECYCLE, "attest"): "Attest Record Lifecycle Event",
    (LIFECYCLE, "transmit"): "Transmit Record Lifecycle Event",
    (PART, "AUT"): "author (originator)",
    (PART, "IRCP"): "information recipient",
    (SOURCE, "4"): "Application Server",
}
_PROFILE = {"read": "PatientRead", "search": "PatientQuery", "create": "PatientCreate", "update": "PatientUpdate"}
_ACTION = {"read": "R", "search": "E", "create": "C", "update": "U", "delete": "D"}
_INTERACTION = {"POST": "create", "PUT": "update", "DELETE": "delete"}
_LOCATION = re.compile(r"(?:^|/)([A-Z][A-Za-z]+/[A-Za-z0-9.\-_]+)(/_history/[A-Za-z0-9.\-_]+)?/?$")


@dataclass(frozen=True)
class AuditContext:
    """What all events of one launch or request share. Empty text: not known (yet)."""

    app: str  # our base address
    at: float  # seconds since the epoch
    request_id: str = ""
    client_id: str = ""
    iss: str = ""  # FHIR base
    user: str = ""  # reference under the FHIR base: Practitioner/12
    user_issuer: str = ""
    subject: str = ""
    user_name: str = ""
    patient: str = ""  # reference: Patient/12
    address: str = ""  # of the browser, as the connection says
    plans: str = EXAMPLE.plan  # identifier system of our plans


@dataclass(frozen=True)
class Entry:
    """One line of a transaction's answer."""

    interaction: str  # create, update, delete
    reference: str
    status: str


@dataclass(frozen=True)
class Answered:
    """What a request to the EHR was, and which records it concerned."""

    interaction: str  # read, search, create, update, transaction, batch
    reference: str = ""
    entries: tuple[Entry, ...] = ()


def launched(context: AuditContext) -> Event:
    """A launch that was finished: the EHR says who it is, and on which patient."""
    return _event(context, (DCM, "110114"), [(DCM, "110122")], "E", _people(context), _about(context))


def launch_refused(context: AuditContext, why: str) -> Event:
    """A launch that could not be begun or finished; ``why`` names the kind of refusal, in our own words."""
    return _event(context, (DCM, "110114"), [(DCM, "110122")], "E", _people(context), _about(context), MINOR, why)


def left(context: AuditContext) -> Event:
    """A person logged out."""
    return _event(context, (DCM, "110114"), [(DCM, "110123")], "E", _people(context), _about(context))


def refused(context: AuditContext, why: str, what: str) -> Event:
    """Somebody with or without a session asked for what was not theirs; ``what`` is the page, without its address."""
    entity = {"type": _coding(ENTITY, "2"), "name": what}
    about = [*_about(context), entity]
    return _event(context, (DCM, "110113"), [(DCM, "110132")], "E", _people(context), about, MINOR, why)


def signed(context: AuditContext, plan_id: str, active: bool, again: str = "") -> Event:
    """A plan was signed (``active``) or saved as draft for signature. What it says is in the EHR, not here.

    ``again``: why, where the chart had lost or ended the same plan.
    """
    plan = _plan(context, plan_id)
    said = "signed" if active else "saved as draft for signature"
    said += f", again: {again}" if again else ""
    return _event(
        context, (LIFECYCLE, "attest"), [], "E", _people(context, "AUT"), [*_about(context), plan], desc=said
    )  # fmt: skip


def carried(context: AuditContext, plan_id: str) -> Event:
    """The access of this person brings a plan into the chart that was signed in an earlier session."""
    return _event(
        context, (LIFECYCLE, "transmit"), [], "E", _people(context), [*_about(context), _plan(context, plan_id)],
        desc="access lent to a plan signed in an earlier session",
    )  # fmt: skip


def stated(context: AuditContext, withdrawn: bool) -> Event:
    """A clinician stated a fact the chart does not say, or took it back. Which one is clinical, and not here."""
    said = "statement withdrawn" if withdrawn else "statement made"
    action = "U" if withdrawn else "C"
    return _event(context, (LIFECYCLE, "attest"), [], action, _people(context, "AUT"), _about(context), desc=said)


def exported(context: AuditContext, what: str, form: str) -> Event:
    """Somebody took a copy out of Loadpath: ``what`` it was, and in which form."""
    entity = {**_record(identifier={"value": what}), "description": form}
    return _event(context, (DCM, "110106"), [], "R", _people(context), [*_about(context), entity])


def viewed(context: AuditContext, reference: str) -> Event:
    """One record, as it was read from the EHR, was opened on a page."""
    agents = [*_machines(context, "read"), _user(context, "IRCP")]
    about = [*_about(context), _record(reference=_absolute(context, reference))]
    return _event(context, (EVENT, "rest"), [(REST, "read")], "R", agents, about, profile="read")


def trail_used(context: AuditContext, operator: str, what: str) -> Event:
    """An administrator exported the audit trail itself, on the server's command line."""
    person = {"type": _concept(DCM, "110150"), "who": {"identifier": {"value": operator}}, "requestor": True}
    entity = {"type": _coding(ENTITY, "2"), "role": _coding(ROLE, "13"), "name": "audit trail", "description": what}
    return _event(context, (DCM, "110101"), [], "R", [person], [entity])


def asked(context: AuditContext, method: str, url: str, status: int, answer: Answered) -> tuple[Event, ...]:
    """One request to the EHR: an event for each record it concerned. ``status`` 0: there was no answer."""
    interaction = answer.interaction
    good = 200 <= status < 300
    desc = "" if good else f"HTTP {status}" if status else "no answer: the outcome is not known"
    outcome = GOOD if good else MINOR if 400 <= status < 500 else SERIOUS
    part = "IRCP" if method == "GET" else "AUT"
    agents = [*_machines(context, interaction), _user(context, part)]
    if interaction == "search":
        about = [*_about(context), _query(url, context.iss)]
        return (_event(context, (EVENT, "rest"), [(REST, "search")], "E", agents, about, outcome, desc,
                       profile="search" if good else ""),)  # fmt: skip
    if interaction in ("transaction", "batch") and good:
        return tuple(event for entry in answer.entries for event in _entry(context, entry, agents))
    about = [*_about(context), _record(reference=_absolute(context, answer.reference))]
    kind = interaction if good and answer.reference else ""
    return (_event(context, (EVENT, "rest"), [(REST, interaction)], _ACTION.get(interaction, "E"), agents, about,
                   outcome, desc, profile=kind),)  # fmt: skip


def answered(method: str, url: str, base: str, sent: Any, got: Any, location: str) -> Answered:
    """Reads off a request and its answer what was done. ``sent`` and ``got`` are JSON values or None."""
    path = urlsplit(url).path.removeprefix(urlsplit(base).path).strip("/")
    if method == "GET":
        return Answered("read", path) if "/" in path and "?" not in url else Answered("search", path)
    if not path:
        kind = sent.get("type") if isinstance(sent, Mapping) else ""
        return Answered("batch" if kind == "batch" else "transaction", entries=_entries(sent, got))
    if method == "PUT":
        return Answered("update", path)
    id_ = got.get("id") if isinstance(got, Mapping) else None
    place = _LOCATION.search(path_of(location))
    reference = place[1] + (place[2] or "") if place else f"{path}/{id_}" if isinstance(id_, str) else ""
    return Answered("create" if method == "POST" else method.lower(), reference)


def _entries(sent: Any, got: Any) -> tuple[Entry, ...]:
    """Request and answer of each entry, in order; of an answer that is not one, what was asked for."""
    answers = _list(got, "entry")
    found = []
    for position, entry in enumerate(_list(sent, "entry")):
        request = _table(entry, "request")
        response = _table(answers[position], "response") if position < len(answers) else {}
        place = _LOCATION.search(path_of(str(response.get("location", ""))))
        named = place[1] + (place[2] or "") if place else str(request.get("url", ""))
        interaction = _INTERACTION.get(str(request.get("method")), "read")
        found.append(Entry(interaction, named, str(response.get("status", ""))[:3]))
    return tuple(found)


def _table(value: Any, name: str) -> Mapping[str, Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _list(value: Any, name: str) -> list[Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else []


def _entry(context: AuditContext, entry: Entry, agents: list[Event]) -> tuple[Event, ...]:
    """A read or search of a batch is told as if it had been asked for by itself."""
    if entry.interaction != "read":
        return (_written(context, entry, agents),)
    kind = "search" if "?" in entry.reference else "read"
    status = int(entry.status) if entry.status.isdecimal() else 0
    return asked(context, "GET", f"{context.iss}/{entry.reference}", status, Answered(kind, entry.reference))


def _written(context: AuditContext, entry: Entry, agents: list[Event]) -> Event:
    """A create that was answered 200 found the record in place (If-None-Exist): nothing was made, so no profile."""
    good = entry.status.startswith("2")
    found = entry.interaction == "create" and entry.status == "200"
    desc = "was there already" if found else "" if good else f"HTTP {entry.status}"
    about = [*_about(context), _record(reference=_absolute(context, entry.reference))]
    return _event(
        context, (EVENT, "rest"), [(REST, entry.interaction), (REST, "transaction")], _ACTION[entry.interaction],
        agents, about, GOOD if good else MINOR, desc, profile=entry.interaction if good and not found else "",
    )  # fmt: skip


# -- parts


def _event(
    context: AuditContext, kind: tuple[str, str], subtypes: Sequence[tuple[str, str]], action: str, agents: list[Event],
    entities: list[Event], outcome: str = GOOD, desc: str = "", profile: str = "",
) -> Event:  # fmt: skip
    balp = f"{BALP}/StructureDefinition/IHE.BasicAudit.{_PROFILE[profile]}" if profile in _PROFILE else ""
    balp = balp if context.patient else ""
    if context.request_id:
        what = {"identifier": {"value": context.request_id}}
        request = {"system": f"{BALP}/CodeSystem/BasicAuditEntityType", "code": "XrequestId"}
        entities = [*entities, {"what": what, "type": request}]
    return {
        "resourceType": "AuditEvent",
        "id": str(uuid4()),
        **({"meta": {"profile": [balp]}} if balp else {}),
        "type": _coding(*kind),
        **({"subtype": [_coding(*subtype) for subtype in subtypes]} if subtypes else {}),
        "action": action,
        "recorded": datetime.fromtimestamp(context.at, UTC).isoformat(timespec="milliseconds"),
        "outcome": outcome,
        **({"outcomeDesc": desc} if desc else {}),
        "agent": agents,
        "source": {"observer": {"display": "Loadpath", "identifier": {"value": context.app}}, "type": [
            _coding(SOURCE, "4")
        ]},
        **({"entity": entities} if entities else {}),
    }  # fmt: skip


def _people(context: AuditContext, part: str = "IRCP") -> list[Event]:
    """The user, where the browser stands, and the app."""
    user = _user(context, part)
    if context.address:
        user["network"] = {"address": context.address, "type": "2"}
    app = {"type": _concept(DCM, "110150"), "who": _app(context), "requestor": False}
    return [user, app]


def _machines(context: AuditContext, interaction: str) -> list[Event]:
    """BALP: a read flows from the EHR to us; a query's parameters and everything written flow from us to the EHR."""
    ours, theirs = ("110152", "110153") if interaction in ("read", "vread") else ("110153", "110152")
    return [
        {"type": _concept(DCM, ours), "who": _app(context), "requestor": False, "network": _host(context.app)},
        {"type": _concept(DCM, theirs), "who": {"identifier": {"value": context.iss}}, "requestor": False,
         "network": _host(context.iss)},
    ]  # fmt: skip


def _user(context: AuditContext, part: str) -> Event:
    who: Event = {}
    if context.user:
        who["reference"] = _absolute(context, context.user)
    if context.subject:
        who["identifier"] = {"system": context.user_issuer, "value": context.subject}
    return {
        "type": _concept(PART, part),
        "who": who or {"display": "not known"},
        **({"name": context.user_name} if context.user_name else {}),
        "requestor": True,
    }


def _app(context: AuditContext) -> Event:
    return {"identifier": {"value": context.client_id or "loadpath"}, "display": "Loadpath"}


def _host(url: str) -> Event:
    return {"address": urlsplit(url).hostname or "", "type": "1"}


def _about(context: AuditContext) -> list[Event]:
    if not context.patient:
        return []
    patient = {"reference": _absolute(context, context.patient)}
    return [{"what": patient, "type": _coding(ENTITY, "1"), "role": _coding(ROLE, "1")}]


def _record(**what: Any) -> Event:
    return {"what": what, "type": _coding(ENTITY, "2"), "role": _coding(ROLE, "4")}


def _plan(context: AuditContext, plan_id: str) -> Event:
    return _record(identifier={"system": context.plans, "value": plan_id})


def _query(url: str, base: str) -> Event:
    raw = b64encode(url.removeprefix(base).encode()).decode()
    return {"type": _coding(ENTITY, "2"), "role": _coding(ROLE, "24"), "query": raw}


def _absolute(context: AuditContext, reference: str) -> str:
    return f"{context.iss}/{reference}" if context.iss else reference


def _coding(system: str, code: str) -> Event:
    display = _DISPLAY.get((system, code))
    return {"system": system, "code": code, **({"display": display} if display else {})}


def _concept(system: str, code: str) -> Event:
    return {"coding": [_coding(system, code)]}


def checked(event: Mapping[str, Any]) -> str:
    """The event as one line of NDJSON. Raises ValueError where it is no FHIR R4 AuditEvent."""
    from fhir.resources.R4B.auditevent import AuditEvent  # noqa: PLC0415 -- slow

    AuditEvent.model_validate(event)
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))
