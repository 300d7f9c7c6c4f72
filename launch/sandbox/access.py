"""What one access token may do: scope, patient compartment and the user's own rights, asked before every step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .compartment import PATIENT_FREE, Resource
from .outcome import Refused
from .people import User
from .scopes import Permission
from .search import criteria, matches

ACTION_NAMES = {"c": "create", "r": "read", "u": "update", "s": "search"}
DRAFT = {"CarePlan": "status", "ServiceRequest": "status"}
# what someone without signing rights may still file or correct
UNSIGNED = frozenset({"draft", "revoked", "entered-in-error"})


@dataclass(frozen=True)
class Access:
    """The rights behind one request."""

    permissions: tuple[Permission, ...]
    patient: str | None
    user: User
    base: str
    own_record: bool = False

    def need(self, type_: str, action: str) -> tuple[Permission, ...]:
        """The permissions that cover this interaction. Raises Refused(403) where there is none."""
        found = tuple(p for p in self.permissions if p.covers(type_, action) and (p.level != "patient" or self.patient))
        if not found:
            raise Refused(403, f"the token's scope does not allow to {ACTION_NAMES[action]} {type_}")
        return found

    def may(self, permissions: Iterable[Permission], resource: Resource, owner: str | None) -> bool:
        """Does any of these permissions reach this resource?"""
        return any(self._reaches(permission, resource, owner) for permission in permissions)

    def check(self, permissions: Iterable[Permission], resource: Resource, owner: str | None) -> None:
        if not self.may(permissions, resource, owner):
            kind = resource.get("resourceType", "resource")
            raise Refused(403, f"this {kind} is outside the patient or the scope of the token")

    def only_patient(self, permissions: Iterable[Permission]) -> str | None:
        """The one patient these permissions are limited to, or None where a user-level one reaches further."""
        return self.patient if all(p.level == "patient" for p in permissions) else None

    def check_write(self, action: str, resource: Resource, owner: str | None) -> None:
        """Raises Refused(403) unless this user may file this resource for this patient with this token."""
        type_ = resource["resourceType"]
        allowed = self.need(type_, action)
        if type_ in PATIENT_FREE and self.only_patient(allowed):
            raise Refused(403, f"{type_} does not belong to a patient and cannot be written with a patient scope")
        self.check(allowed, resource, owner)
        self.check_rights(resource)

    def check_rights(self, resource: Resource) -> None:
        type_ = resource["resourceType"]
        if self.user.writes is not None and type_ not in self.user.writes:
            raise Refused(403, f"{self.user.name} ({self.user.role}) may not write {type_}")
        element = DRAFT.get(type_)
        if element and not self.user.may_sign and resource.get(element) not in UNSIGNED:
            raise Refused(403, f"{self.user.name} ({self.user.role}) may file a {type_} as draft only")

    def is_own_record(self, type_: str, id_: str) -> bool:
        """A person may always read the Practitioner their own fhirUser points to."""
        return self.own_record and f"{type_}/{id_}" == self.user.fhir_user

    def _reaches(self, permission: Permission, resource: Resource, owner: str | None) -> bool:
        type_ = resource.get("resourceType", "")
        if permission.level == "patient" and owner != self.patient and not (owner is None and type_ in PATIENT_FREE):
            return False
        wanted, _ = criteria(type_, permission.filters)
        return matches(resource, wanted, self.base)
