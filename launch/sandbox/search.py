"""FHIR search over parsed resources: parameters into predicates. Token, reference, date and string kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .compartment import Resource, relative, values
from .fhir_dates import matches_date
from .outcome import Refused

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
MODIFIERS = {
    "token": {"not", "text", "missing"},
    "reference": {"missing", "Patient"},
    "date": {"missing"},
    "string": {"exact", "contains", "missing"},
    "uri": {"missing"},
    "id": set(),
}


@dataclass(frozen=True)
class Criterion:
    """One search parameter as asked for: name, modifier, and the values of which one must match."""

    name: str
    modifier: str
    wanted: tuple[str, ...]
    kind: str
    paths: tuple[str, ...]


def parameters_of(type_: str) -> dict[str, Parameter]:
    return {**COMMON, **PARAMETERS.get(type_, OTHER)}


def criteria(type_: str, pairs: Iterable[tuple[str, str]]) -> tuple[list[Criterion], list[str]]:
    """Parsed criteria and the names that are not supported. Bad modifiers and values raise Refused(400)."""
    known, parsed, unknown = parameters_of(type_), [], []
    for key, value in pairs:
        name, _, modifier = key.partition(":")
        if name not in known:
            unknown.append(key)
            continue
        kind, paths = known[name]
        if modifier and modifier not in MODIFIERS[kind]:
            raise Refused(400, f"modifier :{modifier} is not supported on {type_} search parameter {name}")
        if not value:
            raise Refused(400, f"search parameter {key} has no value")
        parsed.append(Criterion(name, modifier, tuple(_split(value)), kind, paths))
    return parsed, unknown


def matches(resource: Resource, wanted: Iterable[Criterion], base: str) -> bool:
    return all(_satisfies(resource, criterion, base) for criterion in wanted)


def _satisfies(resource: Resource, criterion: Criterion, base: str) -> bool:
    found = [value for path in criterion.paths for value in values(resource, path)]
    if criterion.modifier == "missing":
        return (not found) == (criterion.wanted[0] == "true")
    test = KINDS[criterion.kind]
    hit = any(test(value, want, criterion, base) for value in found for want in criterion.wanted)
    return not hit if criterion.modifier == "not" else hit


def _split(value: str) -> list[str]:
    """Comma means or; a backslash keeps a comma."""
    parts, current, escaped = [], "", False
    for char in value:
        if escaped:
            current, escaped = current + char, False
        elif char == "\\":
            escaped = True
        elif char == ",":
            parts.append(current)
            current = ""
        else:
            current += char
    return [*parts, current]


def _token(value: Any, want: str, criterion: Criterion, base: str) -> bool:
    if criterion.modifier == "text":
        texts = [*values(value, "text"), *values(value, "coding.display"), *values(value, "display")]
        return any(want.lower() in str(text).lower() for text in texts)
    if isinstance(value, dict) and isinstance(value.get("coding"), list):
        return any(_token(coding, want, criterion, base) for coding in value["coding"])
    if isinstance(value, dict):
        system, code = value.get("system", ""), str(value.get("code", value.get("value", "")))
    else:
        system, code = "", str(value).lower() if isinstance(value, bool) else str(value)
    if "|" not in want:
        return code == want
    wanted_system, _, wanted_code = want.partition("|")
    if isinstance(value, dict) and system != wanted_system:
        return False
    return not wanted_code or code == wanted_code


def _reference(value: Any, want: str, criterion: Criterion, base: str) -> bool:
    reference = value.get("reference") if isinstance(value, dict) else None
    if reference is None:
        return False
    have, asked = relative(reference, base) or reference, relative(want, base) or want
    if criterion.name == "patient" or criterion.modifier == "Patient":
        asked = asked if asked.startswith("Patient/") else f"Patient/{asked}"
    return bool(have == asked or ("/" not in asked and have.split("/")[-1] == asked))


def _string(value: Any, want: str, criterion: Criterion, base: str) -> bool:
    text, asked = str(value), want
    if criterion.modifier == "exact":
        return text == asked
    if criterion.modifier == "contains":
        return asked.lower() in text.lower()
    return text.lower().startswith(asked.lower())


def _date(value: Any, want: str, criterion: Criterion, base: str) -> bool:
    return matches_date(value, want)


def _same(value: Any, want: str, criterion: Criterion, base: str) -> bool:
    return bool(value == want)


KINDS: dict[str, Callable[[Any, str, Criterion, str], bool]] = {
    "token": _token,
    "reference": _reference,
    "string": _string,
    "date": _date,
    "uri": _same,
    "id": _same,
}
