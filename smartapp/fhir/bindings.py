"""R4 required bindings and US Core demands on what we write: data for :mod:`smartapp.fhir.check`.

From the R4 4.0.1 definitions (CC0); a test compares this table with the published value sets.
"""

_REQUEST_STATUS = {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"}
_UNITS_OF_TIME = {"s", "min", "h", "d", "wk", "mo", "a"}

# path below the resource ("*" steps into a list) -> codes allowed
REQUIRED: dict[str, dict[str, set[str]]] = {
    "CarePlan": {
        "status": _REQUEST_STATUS,
        "intent": {"proposal", "plan", "order", "option"},
        "text.status": {"generated", "additional"},  # US Core: narrower than R4
        "activity.*.detail.status": {
            "not-started", "scheduled", "in-progress", "on-hold", "completed",
            "cancelled", "stopped", "unknown", "entered-in-error",
        },
        "activity.*.detail.kind": {
            "Appointment", "CommunicationRequest", "DeviceRequest", "MedicationRequest",
            "NutritionOrder", "Task", "ServiceRequest", "VisionPrescription",
        },
    },
    "Goal": {
        "lifecycleStatus": {
            "proposed", "planned", "accepted", "active", "on-hold",
            "completed", "cancelled", "entered-in-error", "rejected",
        },
        "target.*.detailQuantity.comparator": {"<", "<=", ">=", ">"},
    },
    "ServiceRequest": {
        "status": _REQUEST_STATUS,
        "intent": {
            "proposal", "plan", "directive", "order", "original-order",
            "reflex-order", "filler-order", "instance-order", "option",
        },
        "priority": {"routine", "urgent", "asap", "stat"},
    },
    "Task": {
        "status": {
            "draft", "requested", "received", "accepted", "rejected", "ready", "cancelled", "in-progress",
            "on-hold", "failed", "completed", "entered-in-error",
        },
        "intent": {
            "unknown", "proposal", "plan", "order", "original-order",
            "reflex-order", "filler-order", "instance-order", "option",
        },
        "priority": {"routine", "urgent", "asap", "stat"},
    },
    "DocumentReference": {
        "status": {"current", "superseded", "entered-in-error"},
        "docStatus": {"preliminary", "final", "amended", "entered-in-error"},
        "relatesTo.*.code": {"replaces", "transforms", "signs", "appends"},
    },
    "Communication": {
        "status": {
            "preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown",
        },
    },
    "QuestionnaireResponse": {"status": {"in-progress", "completed", "amended", "entered-in-error", "stopped"}},
    "Provenance": {"entity.*.role": {"derivation", "revision", "quotation", "source", "removal"}},
}  # fmt: skip

# Of every Timing.repeat, wherever it stands.
REPEAT = {
    "durationUnit": _UNITS_OF_TIME,
    "periodUnit": _UNITS_OF_TIME,
    "dayOfWeek.*": {"mon", "tue", "wed", "thu", "fri", "sat", "sun"},
}

# Elements that must be there: R4 cardinality, and US Core 6.1.0 to 8.0.0.
MANDATORY = {
    "CarePlan": ("status", "intent", "subject", "category", "text.status", "text.div"),
    "Goal": ("lifecycleStatus", "description", "subject"),
    "ServiceRequest": ("status", "intent", "code", "subject"),
    "Task": ("status", "intent", "code", "focus", "for", "authoredOn"),
    "Provenance": ("target", "recorded", "agent"),
    "DocumentReference": ("status", "type", "category", "subject", "content"),
    "Communication": ("status", "subject", "payload"),
    "QuestionnaireResponse": ("status", "questionnaire", "subject", "authored"),
}
