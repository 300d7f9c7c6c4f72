"""What was done with the link of a therapist without an EHR -> FHIR R4 AuditEvents.

The therapist has no login: who it was is the recipient the clinic named, by the id of the link. BALP has no pattern for
that; these events use the record lifecycle of ISO 21089 and claim no profile.
"""

from dataclasses import replace

from smartapp.fhir.audit_event import (
    DCM,
    ENTITY,
    LIFECYCLE,
    MINOR,
    AuditContext,
    Event,
    about_patient,
    audit_coding,
    audit_event,
    record,
    user_agent,
)


def recipient_context(context: AuditContext, link_id: str, recipient: str, iss: str, patient: str) -> AuditContext:
    """The same moment and request, with the recipient of the link as its person."""
    return replace(
        context, iss=iss, patient=patient, user="", user_issuer=f"{context.app}/t", subject=link_id, user_name=recipient
    )  # fmt: skip


def link_made_event(context: AuditContext, link_id: str, words: str) -> Event:
    """A coordinator or clinician made a link, or took it back; ``words``: which of the two, for whom, until when."""
    return _event(context, "disclose", "C", link_id, words)


def link_viewed_event(context: AuditContext, link_id: str, what: str) -> Event:
    """Its recipient looked at the page, or took its papers."""
    return _event(context, "access", "R", link_id, what)


def report_event(context: AuditContext, link_id: str, kind: str) -> Event:
    """Its recipient sent a report. What it says is clinical, and not here."""
    return _event(context, "receive", "C", link_id, kind)


def link_refused_event(context: AuditContext, link_id: str, why: str) -> Event:
    """Somebody had the link and was not shown what it leads to."""
    nobody = replace(context, subject="", user_name="")
    return audit_event(
        nobody, (DCM, "110113"), [(DCM, "110132")], "R", [_browser(nobody)], _about(nobody, link_id), MINOR, why
    )  # fmt: skip


def _event(context: AuditContext, lifecycle: str, action: str, link_id: str, words: str) -> Event:
    return audit_event(
        context, (LIFECYCLE, lifecycle), [], action, [_browser(context)], _about(context, link_id), desc=words
    )


def _browser(context: AuditContext) -> Event:
    user = user_agent(context, "IRCP")
    return user | ({"network": {"address": context.address, "type": "2"}} if context.address else {})


def _about(context: AuditContext, link_id: str) -> list[Event]:
    link = {**record(identifier={"value": link_id}), "type": audit_coding(ENTITY, "2"), "name": "therapist link"}
    return [*about_patient(context), link]
