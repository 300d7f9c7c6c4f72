"""Who may sit in front of this EHR, and what each may do in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

# what a care coordinator may file: work on a referral, never the plan itself
COORDINATOR_WRITES = frozenset(
    {"AuditEvent", "Communication", "DocumentReference", "Provenance", "ServiceRequest", "Task"}
)


# the login of whoever the chart is about
PATIENT = "patient"


@dataclass(frozen=True)
class User:
    """A person with a login. ``may_sign``: may file active orders and plans; ``writes``: types, None for all.

    ``patient``: whose own login this is, at one patient's chart; empty for those who work here.
    """

    id: str
    name: str
    role: str
    may_sign: bool
    writes: frozenset[str] | None = None
    patient: str = field(default="", kw_only=True)

    @property
    def treats(self) -> bool:
        """Whether this is a clinician: somebody whose writing in the chart is not limited to a few types."""
        return self.writes is None

    @property
    def fhir_user(self) -> str:
        """Reference of the Practitioner this login belongs to (patients/practice.json), or of the patient."""
        if self.id == PATIENT:
            return f"Patient/{self.patient}" if self.patient else ""
        return f"Practitioner/{self.id}"

    @property
    def subject(self) -> str:
        """Who this is to an app: every patient is another person."""
        return f"{self.id}-{self.patient}" if self.patient else self.id

    def at(self, patient: str | None) -> User:
        """This login at the chart of ``patient``: only the patient's own login becomes another person there."""
        return replace(self, patient=patient or "") if self.id == PATIENT else self


USERS = {
    user.id: user
    for user in (
        User("okafor", "Dr. Ngozi Okafor", "Physician, bone health clinic", may_sign=True),
        User("lindqvist", "Maja Lindqvist, PT", "Physical therapist, drafts only", may_sign=False),
        User("tran", "Kevin Tran", "Medical student, drafts only", may_sign=False),
        User("brandt", "Rosa Brandt", "Care coordinator", may_sign=False, writes=COORDINATOR_WRITES),
        User("castellan", "Ines Castellan", "Privacy officer and administrator", may_sign=False, writes=frozenset()),
        User(PATIENT, "The patient", "Patient, through the portal", may_sign=False, writes=frozenset()),
    )
}
# an app by itself (SMART Backend Services): it reads, and asks to be told of changes
NOBODY = User("nobody", "An app by itself", "No person", may_sign=False, writes=frozenset({"Subscription"}))
DEFAULT_USER = USERS["okafor"]
