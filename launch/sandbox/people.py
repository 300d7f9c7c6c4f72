"""Who may sit in front of this EHR, and what each may do in it."""

from __future__ import annotations

from dataclasses import dataclass

# what a care coordinator may file: work on a referral, never the plan itself
COORDINATOR_WRITES = frozenset(
    {"AuditEvent", "Communication", "DocumentReference", "Provenance", "ServiceRequest", "Task"}
)


@dataclass(frozen=True)
class User:
    """A person with a login. ``may_sign``: may file active orders and plans; ``writes``: types, None for all."""

    id: str
    name: str
    role: str
    may_sign: bool
    writes: frozenset[str] | None = None

    @property
    def fhir_user(self) -> str:
        """Reference of the Practitioner this login belongs to (patients/practice.json)."""
        return f"Practitioner/{self.id}"


USERS = {
    user.id: user
    for user in (
        User("okafor", "Dr. Ngozi Okafor", "Physician, bone health clinic", may_sign=True),
        User("lindqvist", "Maja Lindqvist, PT", "Physical therapist, drafts only", may_sign=False),
        User("tran", "Kevin Tran", "Medical student, drafts only", may_sign=False),
        User("brandt", "Rosa Brandt", "Care coordinator", may_sign=False, writes=COORDINATOR_WRITES),
    )
}
DEFAULT_USER = USERS["okafor"]
