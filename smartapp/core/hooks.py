"""What CDS Hooks is about, without JSON: the moments Loadpath is asked at, what a card is about, what came of it.

:mod:`smartapp.fhir.hooks` reads the calls and writes the cards, :mod:`smartapp.web.cds` answers them. Nothing here
names a patient: a firing and its feedback are kept for the site's report.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Hook(StrEnum):
    """The moments in the EHR at which Loadpath is asked."""

    PATIENT_VIEW = "patient-view"
    ORDER_SELECT = "order-select"
    ORDER_SIGN = "order-sign"

    @property
    def orders(self) -> bool:
        """Whether the moment is about orders that are not signed yet."""
        return self is not Hook.PATIENT_VIEW


class CardTopic(StrEnum):
    """What a card is about. EHRs remember overrides by this word, letters and digits only: never rename one."""

    NO_EXERCISE = "LoadpathNoExercise"  # a hard stop: refer, prescribe nothing
    ORDER_CONFLICT = "LoadpathOrderConflict"
    CONFIRM_FIRST = "LoadpathConfirmFirst"
    DUPLICATE_ORDER = "LoadpathDuplicateOrder"
    ORDER_WITHOUT_RESTRICTIONS = "LoadpathOrderWithoutRestrictions"
    REFER_TO_THERAPY = "LoadpathReferToTherapy"
    SIGNED_ORDER = "LoadpathSignedOrder"  # of a plan signed in Loadpath, to be signed in the EHR


@dataclass(frozen=True)
class FiredCard:
    """One card that was made, with the ids by which feedback names it and its suggestions."""

    uuid: str
    topic: CardTopic
    because: tuple[str, ...] = ()  # codes of the alerts, ids of the restrictions and limits behind it
    suggestions: tuple[str, ...] = ()  # uuids


@dataclass(frozen=True)
class Firing:
    """One answered call. No cards: nothing was new. ``shown`` is False where the site keeps this service silent."""

    service: str  # its id
    hook: Hook
    instance: str  # hookInstance
    issuer: str  # key of the table in the issuers file
    cards: tuple[FiredCard, ...]
    missing: tuple[str, ...]  # concepts of the gaps that decided: what the card asks, or would have
    order_exists: bool  # an order for physical therapy or a plan of ours stood already
    shown: bool
    knowledge_version: str = ""


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True)
class OverrideReason:
    """Why a card was not followed, as coded by the EHR; ours are those of :mod:`smartapp.fhir.hooks.overrides`."""

    system: str
    code: str
    display: str = ""


@dataclass(frozen=True)
class Feedback:
    """What became of one card. The EHR may send it again: ``card`` with ``at`` tells that it is the same."""

    card: str  # uuid
    outcome: Outcome
    at: datetime  # with its zone
    accepted: tuple[str, ...] = ()  # uuids of suggestions
    reason: OverrideReason | None = None
    comment: str = ""  # of the user, free words: may hold anything
