"""The closed sets of what can be concluded. Values are the kebab-case codes of ``smartapp derive --json``."""

from enum import StrEnum
from functools import cached_property


class Disposition(StrEnum):
    PRESCRIBE = "prescribe"
    PRESCRIBE_WITH_REVIEW = "prescribe-with-review"
    CONFIRM_FIRST = "confirm-first"
    REFER_NO_PRESCRIPTION = "refer-no-prescription"
    NOT_APPLICABLE = "not-applicable"

    @property
    def prescribes(self) -> bool:
        return self in (Disposition.PRESCRIBE, Disposition.PRESCRIBE_WITH_REVIEW)


class Phase(StrEnum):
    INITIAL = "initial"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"

    @cached_property
    def rank(self) -> int:
        return list(Phase).index(self)


class Healing(StrEnum):
    """Healing status of the governing fracture, rule book 2.3, oldest evidence last."""

    UNKNOWN = "unknown"
    ROUTINE = "routine"
    STABLE = "stable"
    HEALED = "healed"
    MALUNION = "malunion"
    DELAYED = "delayed"
    NONUNION = "nonunion"


class Prone(StrEnum):
    BLOCKED = "blocked"
    CONDITIONAL = "conditional"
    ALLOWED = "allowed"


class UpperBack(StrEnum):
    BLOCKED = "blocked"
    PENDING = "pending"
    ELIGIBLE = "eligible"


class Impact(StrEnum):
    PROHIBITED = "prohibited"
    CLINICIAN_DECISION = "clinician-decision"


class Severity(StrEnum):
    STOP = "stop"
    REVIEW = "review"
    INFO = "info"

    @cached_property
    def rank(self) -> int:
        """The most severe first."""
        return list(Severity).index(self)


class Concern(StrEnum):
    """What an alert is about (rule book 2a, NS20, NS21); the first six are decided before signing, in this order."""

    DANGER = "danger"
    ORDER = "order"
    FRACTURE = "fracture"
    SURGERY = "surgery"
    DRUG = "drug"
    MISSING_DATA = "missing-data"
    THERAPIST = "therapist"  # a limit of the whole patient the program already obeys
    RECORD = "record"

    @cached_property
    def rank(self) -> int:
        return list(Concern).index(self)


class Urgency(StrEnum):
    """How soon somebody else sees the patient, where nothing is prescribed (rule book 2c, CX18)."""

    EMERGENCY = "emergency"
    SAME_DAY = "same-day"
    WITHIN_7_DAYS = "within-7-days"
    WITHIN_14_DAYS = "within-14-days"

    @cached_property
    def rank(self) -> int:
        """The soonest first."""
        return list(Urgency).index(self)


class AlertGroup(StrEnum):
    """The four groups an alert is shown in, in this order (rule book 2a, NS20)."""

    STOP = "stop"
    DECIDE = "decide"
    THERAPIST = "therapist"
    RECORD = "record"


class State(StrEnum):
    """State of a restriction. STRICT and PROHIBITED forbid, MODIFY changes how, the others name a gate's state."""

    STRICT = "strict"
    MODIFY = "modify"
    PROHIBITED = "prohibited"
    BLOCKED = "blocked"
    CONDITIONAL = "conditional"
    PENDING = "pending"
    ALLOWED = "allowed"
    ELIGIBLE = "eligible"
    CLINICIAN_DECISION = "clinician-decision"
    TECHNIQUE_ONLY = "technique-only"
    LIFTED = "lifted"


class Track(StrEnum):
    """How the patient exercises; the lower leads where several are asked for (rule book 2c, CD12)."""

    STANDING = "standing"
    CHAIR = "chair"
    BED = "bed"
