"""The services Loadpath offers, as ``GET /cds-services`` answers them, with their prefetch templates.

The templates are the searches of a launch, one key each: what is refused of one leaves the others, and the derivation
sees the chart it would see in the app. They keep to what CDS Hooks recommends of every EHR: the patient, categories and
lists of codes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smartapp.core.hooks import Hook
from smartapp.fhir.read.searches import Search

SPECIFICATION = "2.0.0"  # semantic, as the model of discovery in the ballot of 3.0 has it
HOOK_VERSION = "1.0"  # of each of the three hooks, as HL7's hook library has them
_PATIENT = "{{context.patientId}}"
_NEEDS = (
    "The patient and the diagnoses are needed, as prefetch or by fhirServer with fhirAuthorization; without them the "
    "answer is 412. What else is not sent and cannot be read is named on the card as not read."
)


@dataclass(frozen=True)
class Service:
    id: str
    hook: Hook
    title: str
    description: str


SERVICES = (
    Service(
        "loadpath-patient-view", Hook.PATIENT_VIEW, "Loadpath: plan after a lumbar fracture",
        "For adults with osteopenia and a lumbar fracture without a plan: whether physical therapy may be ordered, "
        "within which limits, or what to ask first. One card at most.",
    ),
    Service(
        "loadpath-order-select", Hook.ORDER_SELECT, "Loadpath: therapy order after a lumbar fracture, when selected",
        "Looks at selected orders for physical therapy, manual therapy and exercise: limits that are missing or not "
        "kept, a second referral, or a reason to stop. One card at most.",
    ),
    Service(
        "loadpath-order-sign", Hook.ORDER_SIGN, "Loadpath: therapy order after a lumbar fracture, before signing",
        "Looks at orders about to be signed for physical therapy, manual therapy and exercise: limits that are missing "
        "or not kept, a second referral, or a reason to stop. One card at most.",
    ),
)  # fmt: skip


def service_of(id_: str) -> Service | None:
    return next((service for service in SERVICES if service.id == id_), None)


def prefetch_key(search: Search) -> str:
    """``diagnoses-on-the-problem-list``; ``patient`` for the patient's own record."""
    return "patient" if search.resource == "Patient" else re.sub(r"[^a-z0-9]+", "-", search.label.lower())


def prefetch(asked: Sequence[Search]) -> Mapping[str, str]:
    """Key -> template of every search of a launch."""
    return {prefetch_key(search): _template(search) for search in asked}


def _template(search: Search) -> str:
    if search.resource == "Patient":
        return f"Patient/{_PATIENT}"
    params = "&".join(f"{name}={value.replace('{patient}', _PATIENT)}" for name, value in search.params.items())
    return f"{search.resource}?{params}"


def discovery(asked: Sequence[Search]) -> dict[str, Any]:
    templates = prefetch(asked)
    return {
        "services": [
            {
                "hook": service.hook.value,
                "hookVersion": HOOK_VERSION,
                "version": SPECIFICATION,
                "id": service.id,
                "title": service.title,
                "description": service.description,
                "usageRequirements": _NEEDS,
                "prefetch": templates,
            }
            for service in SERVICES
        ]
    }
