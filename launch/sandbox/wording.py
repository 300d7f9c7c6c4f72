"""Scopes in plain words, for the consent page."""

from __future__ import annotations

from collections.abc import Iterable

from .scopes import permissions

TYPE_WORDS = {
    "*": "everything in the chart",
    "AuditEvent": "audit entries",
    "CarePlan": "care plans",
    "Communication": "messages",
    "Condition": "problems and diagnoses",
    "Device": "implants and devices",
    "DeviceRequest": "devices ordered",
    "DeviceUseStatement": "devices in use",
    "DiagnosticReport": "reports",
    "DocumentReference": "documents",
    "Encounter": "visits",
    "FamilyMemberHistory": "family history",
    "Flag": "warnings on the chart",
    "Goal": "goals",
    "MedicationAdministration": "medicines given",
    "MedicationRequest": "medications",
    "MedicationStatement": "medicines as reported",
    "Observation": "results and vital signs",
    "Patient": "name, date of birth and contact details",
    "Procedure": "procedures",
    "Provenance": "who wrote what",
    "ServiceRequest": "orders and referrals",
    "Task": "tasks",
}
CONTEXT_WORDS = {
    "openid": "Know who you are",
    "offline_access": "Stay connected after you leave the EHR",
    "online_access": "Stay connected while you are in the EHR",
}


def scope_sentences(scope: str) -> list[str]:
    """Read first, then write, then the rest: one short sentence each."""
    found = permissions(scope)
    read = _types(p.type for p in found if p.actions & {"r", "s"})
    write = _types(p.type for p in found if p.actions & {"c", "u"})
    sentences = [f"Read {read}"] if read else []
    sentences += [f"Add or change {write}"] if write else []
    return sentences + [CONTEXT_WORDS[text] for text in scope.split() if text in CONTEXT_WORDS]


def _types(types: Iterable[str]) -> str:
    found = set(types)
    return TYPE_WORDS["*"] if "*" in found else ", ".join(sorted(TYPE_WORDS.get(name, name) for name in found))
