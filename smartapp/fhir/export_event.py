"""Records of a population fetched by Bulk Data $export -> FHIR R4 AuditEvents: by whose command, what, and how many.

BALP has no pattern for an operation; these use the REST interaction and DICOM's Import, and claim no profile. No
patient and no record is named.
"""

from collections.abc import Mapping

from smartapp.fhir.audit_event import (
    DCM,
    ENTITY,
    EVENT,
    GOOD,
    MINOR,
    REST,
    AuditContext,
    Event,
    audit_coding,
    audit_event,
    machines,
    operator_agent,
)


def export_asked_event(context: AuditContext, operator: str, what: str) -> Event:
    """The EHR is about to be asked for an export, or for the rest of one; kept before it is."""
    about = [_export(what, "asked for")]
    return audit_event(context, (EVENT, "rest"), [(REST, "operation")], "E", _agents(context, operator), about)


def export_ended_event(
    context: AuditContext, operator: str, what: str, counts: Mapping[str, int], why: str = ""
) -> Event:
    """What has been fetched by now, by type; ``why`` it is not all of it."""
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items()) or "nothing"
    return audit_event(
        context, (DCM, "110107"), [], "C", _agents(context, operator), [_export(what, told)],
        MINOR if why else GOOD, why,
    )  # fmt: skip


def _agents(context: AuditContext, operator: str) -> list[Event]:
    return [*machines(context, "read"), operator_agent(operator)]


def _export(what: str, told: str) -> Event:
    return {"type": audit_coding(ENTITY, "2"), "name": what, "description": told}
