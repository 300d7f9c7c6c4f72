"""What somebody did -> a FHIR R4 AuditEvent (a plain dictionary), after IHE's Basic Audit Log Patterns (BALP).

Sources: IHE ITI BALP 1.1.4 (PatientRead, PatientQuery, PatientCreate, PatientUpdate); DICOM PS3.16 audit codes as bound
by FHIR R4. BALP has patterns for REST only: launches, signatures, exports and refusals use the codes FHIR R4 binds, and
claim no profile. An event names people and records by reference; nothing a chart says is in it, not even a name.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

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
    (DCM, "110100"): "Application Activity",
    (DCM, "110101"): "Audit Log Used",
    (DCM, "110106"): "Export",
    (DCM, "110107"): "Import",
    (DCM, "110110"): "Patient Record",
    (DCM, "110113"): "Security Alert",
    (DCM, "110114"): "User Authentication",
    (DCM, "110122"): "Login",
    (DCM, "110123"): "Logout",
    (DCM, "110132"): "Use of Restricted Function",
    (DCM, "110150"): "Application",
    (DCM, "110152"): "Destination Role ID",
    (DCM, "110153"): "Source Role ID",
    (LIFECYCLE, "access"): "Access/View Record Lifecycle Event",
    (LIFECYCLE, "attest"): "Attest Record Lifecycle Event",
    (LIFECYCLE, "disclose"): "Disclose Record Lifecycle Event",
    (LIFECYCLE, "receive"): "Receive/Retain Record Lifecycle Event",
    (LIFECYCLE, "transmit"): "Transmit Record Lifecycle Event",
    (PART, "AUT"): "author (originator)",
    (PART, "IRCP"): "information recipient",
    (SOURCE, "4"): "Application Server",
}
_PROFILE = {"read": "PatientRead", "search": "PatientQuery", "create": "PatientCreate", "update": "PatientUpdate"}
ACTION = {"read": "R", "search": "E", "create": "C", "update": "U", "delete": "D"}


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


def launch_event(context: AuditContext) -> Event:
    """A launch that was finished: the EHR says who it is, and on which patient."""
    return audit_event(context, (DCM, "110114"), [(DCM, "110122")], "E", _people(context), about_patient(context))


def launch_refusal_event(context: AuditContext, why: str) -> Event:
    """A launch that could not be begun or finished; ``why`` names the kind of refusal, in our own words."""
    return audit_event(
        context, (DCM, "110114"), [(DCM, "110122")], "E", _people(context), about_patient(context), MINOR, why
    )


def logout_event(context: AuditContext) -> Event:
    """A person logged out."""
    return audit_event(context, (DCM, "110114"), [(DCM, "110123")], "E", _people(context), about_patient(context))


def refusal_event(context: AuditContext, why: str, what: str) -> Event:
    """Somebody with or without a session asked for what was not theirs; ``what`` is the page, without its address."""
    entity = {"type": audit_coding(ENTITY, "2"), "name": what}
    about = [*about_patient(context), entity]
    return audit_event(context, (DCM, "110113"), [(DCM, "110132")], "E", _people(context), about, MINOR, why)


def signature_event(context: AuditContext, plan_id: str, active: bool, again: str = "") -> Event:
    """A plan was signed (``active``) or saved as draft for signature. What it says is in the EHR, not here.

    ``again``: why, where the chart had lost or ended the same plan.
    """
    plan = _plan(context, plan_id)
    said = "signed" if active else "saved as draft for signature"
    said += f", again: {again}" if again else ""
    return audit_event(
        context, (LIFECYCLE, "attest"), [], "E", _people(context, "AUT"), [*about_patient(context), plan], desc=said
    )  # fmt: skip


def lending_event(context: AuditContext, plan_id: str) -> Event:
    """The access of this person brings a plan into the chart that was signed in an earlier session."""
    return audit_event(
        context, (LIFECYCLE, "transmit"), [], "E", _people(context), [*about_patient(context), _plan(context, plan_id)],
        desc="access lent to a plan signed in an earlier session",
    )  # fmt: skip


def attestation_event(context: AuditContext, withdrawn: bool) -> Event:
    """A clinician stated a fact the chart does not say, or took it back. Which one is clinical, and not here."""
    action, said = ("U", "statement withdrawn") if withdrawn else ("C", "statement made")
    return audit_event(
        context, (LIFECYCLE, "attest"), [], action, _people(context, "AUT"), about_patient(context), desc=said
    )


def export_event(context: AuditContext, what: str, form: str) -> Event:
    """Somebody took a copy out of Loadpath: ``what`` it was, and in which form."""
    entity = {**record(identifier={"value": what}), "description": form}
    return audit_event(context, (DCM, "110106"), [], "R", _people(context), [*about_patient(context), entity])


def view_event(context: AuditContext, reference: str) -> Event:
    """One record, as it was read from the EHR, was opened on a page."""
    agents = [*machines(context, "read"), user_agent(context, "IRCP")]
    about = [*about_patient(context), record(reference=absolute(context, reference))]
    return audit_event(context, (EVENT, "rest"), [(REST, "read")], "R", agents, about, profile="read")


def kept_referral_event(context: AuditContext, reference: str, action: str) -> Event:
    """A referral that is kept here, because its EHR has no Task, was looked at (R), made (C) or moved (U)."""
    about = [*about_patient(context), record(reference=absolute(context, reference))]
    part = "IRCP" if action == "R" else "AUT"
    return audit_event(context, (DCM, "110110"), [], action, _people(context, part), about, desc="kept by Loadpath")


def list_view_event(context: AuditContext, count: int) -> Event:
    """A page of the list of referrals was opened; ``count``: how many it showed."""
    entity = {"type": audit_coding(ENTITY, "2"), "name": "list of referrals", "description": f"{count} shown"}
    return audit_event(context, (DCM, "110110"), [], "R", _people(context), [entity])


def trail_view_event(context: AuditContext, what: str) -> Event:
    """Somebody looked at the audit trail on a page; ``what`` of it."""
    return audit_event(context, (DCM, "110101"), [], "R", _people(context), [_trail(what)])


def trail_use_event(context: AuditContext, operator: str, what: str) -> Event:
    """An administrator exported the audit trail itself, on the server's command line."""
    return audit_event(context, (DCM, "110101"), [], "R", [operator_agent(operator)], [_trail(what)])


def upkeep_event(context: AuditContext, operator: str, what: str) -> Event:
    """An administrator worked on what Loadpath keeps, on the server's command line; ``what`` in our own words."""
    entity = {"type": audit_coding(ENTITY, "2"), "name": "what Loadpath keeps", "description": what}
    return audit_event(context, (DCM, "110100"), [], "E", [operator_agent(operator)], [entity])


def audit_event(
    context: AuditContext, kind: tuple[str, str], subtypes: Sequence[tuple[str, str]], action: str, agents: list[Event],
    entities: list[Event], outcome: str = GOOD, desc: str = "", profile: str = "",
) -> Event:  # fmt: skip
    is_balp = profile in _PROFILE and bool(context.patient)
    balp = f"{BALP}/StructureDefinition/IHE.BasicAudit.{_PROFILE[profile]}" if is_balp else ""
    if context.request_id:
        what = {"identifier": {"value": context.request_id}}
        request = {"system": f"{BALP}/CodeSystem/BasicAuditEntityType", "code": "XrequestId"}
        entities = [*entities, {"what": what, "type": request}]
    server = {"type": [audit_coding(SOURCE, "4")]}
    return {
        "resourceType": "AuditEvent",
        "id": str(uuid4()),
        **({"meta": {"profile": [balp]}} if balp else {}),
        "type": audit_coding(*kind),
        **({"subtype": [audit_coding(*subtype) for subtype in subtypes]} if subtypes else {}),
        "action": action,
        "recorded": datetime.fromtimestamp(context.at, UTC).isoformat(timespec="milliseconds"),
        "outcome": outcome,
        **({"outcomeDesc": desc} if desc else {}),
        "agent": agents,
        "source": {"observer": {"display": "Loadpath", "identifier": {"value": context.app}}} | server,
        **({"entity": entities} if entities else {}),
    }  # fmt: skip


def _people(context: AuditContext, part: str = "IRCP") -> list[Event]:
    """The user, where the browser stands, and the app."""
    user = user_agent(context, part)
    if context.address:
        user["network"] = {"address": context.address, "type": "2"}
    app = {"type": _concept(DCM, "110150"), "who": _app(context), "requestor": False}
    return [user, app]


def machines(context: AuditContext, interaction: str) -> list[Event]:
    """BALP: a read flows from the EHR to us; a query's parameters and everything written flow from us to the EHR."""
    ours, theirs = ("110152", "110153") if interaction in ("read", "vread") else ("110153", "110152")
    return [
        {"type": _concept(DCM, ours), "who": _app(context), "requestor": False, "network": _host(context.app)},
        {"type": _concept(DCM, theirs), "who": {"identifier": {"value": context.iss}}, "requestor": False,
         "network": _host(context.iss)},
    ]  # fmt: skip


def user_agent(context: AuditContext, part: str) -> Event:
    who: Event = {}
    if context.user:
        who["reference"] = absolute(context, context.user)
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


def _trail(what: str) -> Event:
    kind, role = audit_coding(ENTITY, "2"), audit_coding(ROLE, "13")
    return {"type": kind, "role": role, "name": "audit trail", "description": what}


def about_patient(context: AuditContext) -> list[Event]:
    if not context.patient:
        return []
    patient = {"reference": absolute(context, context.patient)}
    return [{"what": patient, "type": audit_coding(ENTITY, "1"), "role": audit_coding(ROLE, "1")}]


def record(**what: Any) -> Event:
    return {"what": what, "type": audit_coding(ENTITY, "2"), "role": audit_coding(ROLE, "4")}


def _plan(context: AuditContext, plan_id: str) -> Event:
    return record(identifier={"system": context.plans, "value": plan_id})


def operator_agent(name: str) -> Event:
    return {"type": _concept(DCM, "110150"), "who": {"identifier": {"value": name}}, "requestor": True}


def absolute(context: AuditContext, reference: str) -> str:
    return f"{context.iss}/{reference}" if context.iss else reference


def audit_coding(system: str, code: str) -> Event:
    display = _DISPLAY.get((system, code))
    return {"system": system, "code": code, **({"display": display} if display else {})}


def _concept(system: str, code: str) -> Event:
    return {"coding": [audit_coding(system, code)]}


def check_event(event: Mapping[str, Any]) -> str:
    """The event as one line of NDJSON. Raises ValueError where it is no FHIR R4 AuditEvent."""
    from fhir.resources.R4B.auditevent import AuditEvent  # noqa: PLC0415 -- slow

    AuditEvent.model_validate(event)
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))
