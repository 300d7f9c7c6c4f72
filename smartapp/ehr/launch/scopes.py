"""What we ask for and what we were granted: SMART scopes, versions 1 and 2 -> :class:`Grants`.

Source: SMART App Launch 2.2, scopes and launch context.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from smartapp.ehr.issuers import Issuer

# What smartapp.fhir.read searches, and what smartapp.fhir.build writes; a test holds the first to the searches.
READ = (
    "Patient", "Condition", "Observation", "Procedure", "CarePlan", "ServiceRequest", "Goal", "MedicationRequest",
    "MedicationStatement", "MedicationAdministration", "DiagnosticReport", "Encounter", "DeviceRequest",
    "DeviceUseStatement", "Flag", "Device", "FamilyMemberHistory",
)  # fmt: skip
REFERRED = ("Medication",)  # what a record found may refer to, read by its id
# A note is what EHRs take that take no plan; a site that needs messages lists its own scopes.
WRITTEN = (
    *("CarePlan", "ServiceRequest", "Goal", "Task", "Observation", "Provenance"),
    *("DocumentReference", "QuestionnaireResponse"),
)
# Asked for beside reading, in a scope of its own: an EHR that grants only what it knows by its letters still lets read.
_BESIDE_READING = ("Observation",)
# For coordinators, beside Task; the rest is what completes the packet of a referral, and may be refused.
REFERRALS_READ = ("Patient", "ServiceRequest", "CarePlan", "Coverage", "PractitionerRole")
REFERRALS_LOOKED_UP = ("Condition", "Practitioner")  # only the ones an order names, by their ids
# Goal, CarePlan and Task of an earlier plan are ended by update; a Provenance is looked for after a lost reply.
_LETTERS = {
    "Provenance": "crs",
    "QuestionnaireResponse": "cs",  # the answer to a coordinator's question
    **dict.fromkeys(("CarePlan", "ServiceRequest", "Goal", "Task", "DocumentReference"), "crus"),
}
_V1 = {"read": frozenset("rs"), "write": frozenset("cud"), "*": frozenset("cruds")}
_RESOURCE = re.compile(r"(patient|user|system)/([A-Z][A-Za-z]*|\*)\.([a-z]+|\*)(\?.*)?")
_V2 = re.compile(r"(?=.)c?r?u?d?s?")


@dataclass(frozen=True)
class Grants:
    """Permissions in a granted ``scope``: what the buttons and the choice of write methods go by."""

    scope: str

    @cached_property
    def _rules(self) -> tuple[tuple[str, frozenset[str], str], ...]:
        return tuple(rule for text in self.scope.split() if (rule := _rule(text)))

    def may(self, resource_type: str, action: str) -> bool:
        """Whether ``action`` (one of c r u d s) on the type is granted without a filter."""
        return any(t in (resource_type, "*") and action in letters and not q for t, letters, q in self._rules)


def _rule(text: str) -> tuple[str, frozenset[str], str] | None:
    """(type, letters, filter) of a resource scope; None for any other scope or a misspelt one."""
    match = _RESOURCE.fullmatch(text)
    if not match:
        return None
    letters = _V1.get(match[3]) or (frozenset(match[3]) if _V2.fullmatch(match[3]) else None)
    return (match[2], letters, match[4] or "") if letters else None


def requested_scope(issuer: Issuer, capabilities: Sequence[str], ehr_launch: bool) -> str:
    """The scope to ask for: as little as the work needs, in the version the EHR understands."""
    context = ["launch"] if ehr_launch else ["launch/patient"]
    identity = ["openid", "fhirUser"]
    access = {"online": ["online_access"], "offline": ["offline_access"], "none": []}[issuer.refresh]
    if issuer.scopes:
        own = [s for s in issuer.scopes.split() if s not in ("launch", "launch/patient")]
        return " ".join(dict.fromkeys([*context, *own]))
    return " ".join([*context, *identity, *access, *_resources(_version(issuer, capabilities))])


def referral_scope(issuer: Issuer, capabilities: Sequence[str]) -> str:
    """What a coordinator's pages need, of every patient the user may see."""
    access = {"online": ["online_access"], "offline": ["offline_access"], "none": []}[issuer.refresh]
    v1 = _version(issuer, capabilities) == "v1"
    read = [f"user/{kind}.{'read' if v1 else 'rs'}" for kind in REFERRALS_READ]
    read += [f"user/{kind}.{'read' if v1 else 'r'}" for kind in REFERRALS_LOOKED_UP]
    task = ["user/Task.read", "user/Task.write"] if v1 else ["user/Task.crus"]
    form = [f"user/QuestionnaireResponse.{'write' if v1 else 'c'}"] if issuer.therapist_forms else []
    if issuer.therapist_documents:
        form += [f"user/DocumentReference.{each}" for each in (("read", "write") if v1 else ("cs",))]
    return " ".join(["openid", "fhirUser", *access, *task, *read, *form])


def export_scope(issuer: Issuer, capabilities: Sequence[str]) -> str:
    """What an export needs, without a person: to read each type our searches read."""
    if issuer.export and issuer.export.scopes:
        return issuer.export.scopes
    letters = "read" if _version(issuer, capabilities) == "v1" else "rs"
    return " ".join(f"system/{kind}.{letters}" for kind in (*READ, *REFERRED))


def exported_types(scope: str) -> tuple[str, ...]:
    """Of the types our searches read, those this scope lets us export."""
    grants = Grants(scope)
    return tuple(kind for kind in (*READ, *REFERRED) if grants.may(kind, "r"))


def _version(issuer: Issuer, capabilities: Sequence[str]) -> str:
    if issuer.scope_version != "auto":
        return issuer.scope_version
    only_v1 = "permission-v1" in capabilities and "permission-v2" not in capabilities
    return "v1" if only_v1 else "v2"


def _resources(version: str) -> list[str]:
    everything = tuple(dict.fromkeys((*READ, *REFERRED, *WRITTEN)))
    if version == "v1":
        return [f"patient/{t}.read" for t in everything] + [f"patient/{t}.write" for t in WRITTEN]
    asked = [f"patient/{t}.{_LETTERS.get(t, 'rs')}" for t in everything]
    return [*asked, *(f"patient/{t}.cu" for t in _BESIDE_READING)]
