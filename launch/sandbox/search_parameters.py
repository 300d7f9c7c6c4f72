"""Which search parameters each type has, and the elements they look at (names and paths as in R4)."""

from __future__ import annotations

# kind, then the element paths that hold the value
Parameter = tuple[str, tuple[str, ...]]


def _p(kind: str, *paths: str) -> Parameter:
    return kind, paths


COMMON: dict[str, Parameter] = {
    "_id": _p("id", "id"),
    "_lastUpdated": _p("date", "meta.lastUpdated"),
    "_tag": _p("token", "meta.tag"),
    "_profile": _p("uri", "meta.profile"),
}
_SUBJECT = {"patient": _p("reference", "subject", "patient"), "subject": _p("reference", "subject")}
_IDENTIFIER = {"identifier": _p("token", "identifier")}
_STATUS = {"status": _p("token", "status")}
_CODE = {"code": _p("token", "code")}
_CATEGORY = {"category": _p("token", "category")}
_ENCOUNTER = {"encounter": _p("reference", "encounter")}
_CLINICAL = {**_SUBJECT, **_IDENTIFIER, **_STATUS, **_CODE, **_CATEGORY, **_ENCOUNTER}

PARAMETERS: dict[str, dict[str, Parameter]] = {
    "Patient": {
        **_IDENTIFIER,
        "name": _p("string", "name.family", "name.given", "name.text"),
        "family": _p("string", "name.family"),
        "given": _p("string", "name.given"),
        "birthdate": _p("date", "birthDate"),
        "gender": _p("token", "gender"),
    },
    "Practitioner": {**_IDENTIFIER, "name": _p("string", "name.family", "name.given", "name.text")},
    "PractitionerRole": {**_IDENTIFIER, "practitioner": _p("reference", "practitioner")},
    "Coverage": {**_IDENTIFIER, **_STATUS, "patient": _p("reference", "beneficiary")},
    "Organization": {**_IDENTIFIER, "name": _p("string", "name")},
    "Location": {**_IDENTIFIER, "name": _p("string", "name")},
    "Condition": {
        **{k: v for k, v in _CLINICAL.items() if k != "status"},
        "clinical-status": _p("token", "clinicalStatus"),
        "verification-status": _p("token", "verificationStatus"),
        "onset-date": _p("date", "onsetDateTime", "onsetPeriod"),
        "recorded-date": _p("date", "recordedDate"),
    },
    "Observation": {**_CLINICAL, "date": _p("date", "effectiveDateTime", "effectivePeriod", "effectiveInstant")},
    "DiagnosticReport": {**_CLINICAL, "date": _p("date", "effectiveDateTime", "effectivePeriod")},
    "Procedure": {**_CLINICAL, "date": _p("date", "performedDateTime", "performedPeriod")},
    "CarePlan": {
        **{k: v for k, v in _CLINICAL.items() if k != "code"},
        "intent": _p("token", "intent"),
        "date": _p("date", "period"),
        "condition": _p("reference", "addresses"),
        "goal": _p("reference", "goal"),
        "replaces": _p("reference", "replaces"),
        "instantiates-uri": _p("uri", "instantiatesUri"),
        "activity-reference": _p("reference", "activity.reference"),
    },
    "ServiceRequest": {
        **_CLINICAL,
        "intent": _p("token", "intent"),
        "priority": _p("token", "priority"),
        "authored": _p("date", "authoredOn"),
        "requester": _p("reference", "requester"),
        "based-on": _p("reference", "basedOn"),
        "replaces": _p("reference", "replaces"),
    },
    "Goal": {
        **_SUBJECT,
        **_IDENTIFIER,
        **_CATEGORY,
        "lifecycle-status": _p("token", "lifecycleStatus"),
        "start-date": _p("date", "startDate"),
        "target-date": _p("date", "target.dueDate"),
    },
    "Task": {
        "patient": _p("reference", "for"),
        "subject": _p("reference", "for"),
        **_IDENTIFIER,
        **_STATUS,
        **_CODE,
        "business-status": _p("token", "businessStatus"),
        "intent": _p("token", "intent"),
        "focus": _p("reference", "focus"),
        "based-on": _p("reference", "basedOn"),
        "owner": _p("reference", "owner"),
        "requester": _p("reference", "requester"),
        "authored-on": _p("date", "authoredOn"),
        "modified": _p("date", "lastModified"),
    },
    "MedicationRequest": {
        **_SUBJECT,
        **_IDENTIFIER,
        **_STATUS,
        **_CATEGORY,
        **_ENCOUNTER,
        "intent": _p("token", "intent"),
        "code": _p("token", "medicationCodeableConcept"),
        "authoredon": _p("date", "authoredOn"),
    },
    "Encounter": {
        **_SUBJECT,
        **_IDENTIFIER,
        **_STATUS,
        "class": _p("token", "class"),
        "type": _p("token", "type"),
        "date": _p("date", "period"),
    },
    "DocumentReference": {
        **_SUBJECT,
        **_IDENTIFIER,
        **_STATUS,
        **_CATEGORY,
        "type": _p("token", "type"),
        "date": _p("date", "date"),
        "related": _p("reference", "context.related"),
    },
    "Provenance": {
        "target": _p("reference", "target"),
        "patient": _p("reference", "target"),
        "recorded": _p("date", "recorded"),
        "agent": _p("reference", "agent.who"),
    },
    "AuditEvent": {"patient": _p("reference", "entity.what", "agent.who"), "date": _p("date", "recorded")},
}
# any other type that belongs to a patient: what nearly all of them share
OTHER: dict[str, Parameter] = {**_SUBJECT, **_IDENTIFIER, **_STATUS, **_CODE, **_CATEGORY}


def parameters_of(type_: str) -> dict[str, Parameter]:
    return {**COMMON, **PARAMETERS.get(type_, OTHER)}
