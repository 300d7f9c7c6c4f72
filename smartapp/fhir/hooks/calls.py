"""The body of a call -> :class:`HookCall`, every field checked; what is wrong is said by its place (400).

A prefetch value is null (the EHR has none), an OperationOutcome (it could not), a resource, or a Bundle, whole or
the first of several pages. A key that is not there was not answered, and may be read instead.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from smartapp.core.hooks import Hook
from smartapp.errors import InputError
from smartapp.fhir.hooks.discovery import Service
from smartapp.fhir.hooks.strict import field as required
from smartapp.fhir.hooks.strict import object_of, optional, uuid_of
from smartapp.fhir.json import Resource, reference_of, relative_reference
from smartapp.fhir.read.patient import Person

PATIENT = "patient"  # the prefetch key of the patient's own record
_ID = re.compile(r"(?!\.+$)[A-Za-z0-9.\-_]{1,256}")  # FHIR says 64 characters; real EHRs go beyond
_USER = re.compile(r"(Practitioner|PractitionerRole|Patient|RelatedPerson)/[A-Za-z0-9.\-_]{1,256}")
_CLINICIANS = ("Practitioner/", "PractitionerRole/")


@dataclass(frozen=True)
class HookCall:
    """One call. ``token`` opens the EHR for this call only: it is never kept, logged or shown."""

    hook: Hook
    instance: str
    patient: str  # id
    user: str  # Practitioner/12
    encounter: str = ""  # id
    drafts: tuple[Resource, ...] = ()  # orders not signed yet
    selections: tuple[str, ...] = ()  # references of the newly selected ones; all of them where they are signed
    prefetch: Mapping[str, Resource | None] = field(default_factory=dict, repr=False)
    server: str = ""
    token: str = field(default="", repr=False)

    @property
    def by_clinician(self) -> bool:
        """Cards are for clinicians: to patients and relatives none is shown."""
        return self.user.startswith(_CLINICIANS)

    @property
    def selected(self) -> tuple[Resource, ...]:
        return tuple(each for each in self.drafts if reference_of(each) in self.selections)


def parse_call(body: bytes, service: Service, keys: Iterable[str]) -> HookCall:
    """``keys``: of the prefetch templates; others are passed over. Raises InputError."""
    value = object_of(body)
    hook = required(value, "hook", str)
    if hook != service.hook:
        raise InputError(f"hook is {hook!r}, and the service {service.id} is called at {service.hook.value!r}.")
    instance = uuid_of(required(value, "hookInstance", str), "hookInstance")
    context = required(value, "context", dict)
    patient = _id(required(context, "patientId", str, "context."), "context.patientId")
    user = required(context, "userId", str, "context.")
    if not _USER.fullmatch(user):
        raise InputError("context.userId must be a reference such as Practitioner/12.")
    encounter = optional(context, "encounterId", str, "context.")
    drafts = _drafts(context, patient) if service.hook.orders else ()
    server = optional(value, "fhirServer", str) or ""
    return HookCall(
        hook=service.hook,
        instance=instance,
        patient=patient,
        user=user,
        encounter=_id(encounter, "context.encounterId") if encounter else "",
        drafts=drafts,
        selections=_selections(context, drafts, service.hook) if service.hook.orders else (),
        prefetch=_prefetch(optional(value, "prefetch", dict) or {}, patient, keys),
        server=server,
        token=_token(value, server, patient),
    )


def _id(value: str, where: str) -> str:
    if not _ID.fullmatch(value):
        raise InputError(f"{where} must be the id of a resource, without its type.")
    return value


# -- orders not signed yet


def _drafts(context: Mapping[str, Any], patient: str) -> tuple[Resource, ...]:
    where = "context.draftOrders"
    bundle = required(context, "draftOrders", dict, "context.")
    if bundle.get("resourceType") != "Bundle":
        raise InputError(f"{where} must be a Bundle.")
    entries = optional(bundle, "entry", list, f"{where}.") or ()
    found = []
    for place, entry in enumerate(entries):
        at = f"{where}.entry[{place}]"
        resource = required(entry if isinstance(entry, dict) else {}, "resource", dict, f"{at}.")
        required(resource, "resourceType", str, f"{at}.resource.")
        if not Person(f"Patient/{patient}").owns(resource):
            raise InputError(f"{at}.resource is about another patient than context.patientId.")
        found.append(resource)
    return tuple(found)


def _selections(context: Mapping[str, Any], drafts: Sequence[Resource], hook: Hook) -> tuple[str, ...]:
    """What order-select is about; order-sign is about every draft."""
    known = {reference_of(each) for each in drafts} - {""}
    if hook is Hook.ORDER_SIGN:
        return tuple(known)
    listed = required(context, "selections", list, "context.")
    for place, each in enumerate(listed):
        if not isinstance(each, str) or relative_reference(each) not in known:
            raise InputError(f"context.selections[{place}] must be a reference to a resource of context.draftOrders.")
    return tuple(relative_reference(each) for each in listed)


# -- what was fetched before, and how more may be read


def _prefetch(value: Mapping[str, Any], patient: str, keys: Iterable[str]) -> Mapping[str, Resource | None]:
    return {key: _fetched(key, value[key], patient) for key in keys if key in value}


def _fetched(key: str, value: Any, patient: str) -> Resource | None:
    where, wanted = f"prefetch.{key}", "Patient" if key == PATIENT else "Bundle"
    if value is None:
        return None
    kind = value.get("resourceType") if isinstance(value, dict) else None
    if kind not in (wanted, "OperationOutcome"):
        raise InputError(f"{where} must be a {wanted}, an OperationOutcome or null.")
    resource: Resource = value
    if kind == "Patient" and value.get("id") != patient:
        raise InputError(f"{where} is another patient's record than context.patientId.")
    return resource


def _token(value: Mapping[str, Any], server: str, patient: str) -> str:
    given = optional(value, "fhirAuthorization", dict)
    if given is None:
        return ""
    where = "fhirAuthorization."
    token: str = required(given, "access_token", str, where)
    if required(given, "token_type", str, where).lower() != "bearer":
        raise InputError(f"{where}token_type must be Bearer.")
    required(given, "expires_in", int, where)
    for name in ("scope", "subject"):
        required(given, name, str, where)
    if not server:
        raise InputError("fhirServer is missing: fhirAuthorization needs it.")
    if optional(given, "patient", str, where) not in (None, patient):
        raise InputError(f"{where}patient is another patient than context.patientId.")
    return token
