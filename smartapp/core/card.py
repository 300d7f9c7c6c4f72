"""A card and what it is made for, as values: the moment in the EHR, the orders on the screen, and what is answered.

Decided by :func:`smartapp.core.cards.decide`; read and written as JSON by :mod:`smartapp.fhir.hooks`.
"""

from dataclasses import dataclass
from enum import StrEnum

from smartapp.core.assessment import Reason
from smartapp.core.chart import Source
from smartapp.core.dates import When
from smartapp.core.hooks import CardTopic, Hook
from smartapp.core.one_question import Question
from smartapp.core.proposal import Proposal


class Indicator(StrEnum):
    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class Offer(StrEnum):
    """What the card suggests to write."""

    NOTHING = "nothing"
    ORDER = "order"  # a new unsigned order for physical therapy
    LIMITS = "limits"  # the order being written, with its limits
    SIGNED = "signed"  # the order of the plan signed in Loadpath, unsigned in the EHR


class TherapyKind(StrEnum):
    PHYSICAL_THERAPY = "physical-therapy"
    MANUAL_THERAPY = "manual-therapy"
    TRAINING = "training"


@dataclass(frozen=True)
class TherapyOrder:
    """An order about how the patient is to move, signed or not. ``words``: everything it asks for."""

    source: Source
    kind: TherapyKind
    words: str = ""  # of ours none: what it says is what was derived
    limited: bool = False  # it says how far the spine may move, or it is ours
    manual: bool = False  # it asks for manual therapy of the spine
    given: When | None = None
    until: When | None = None


@dataclass(frozen=True)
class Moment:
    """What is on the clinician's screen: the orders it is about, the others not signed yet, and those that stand.

    ``signed_here``: a plan signed in Loadpath holds, wherever the EHR keeps it; ``signed``: the one whose order waits
    to be signed in the EHR.
    """

    hook: Hook
    selected: tuple[TherapyOrder, ...] = ()
    beside: tuple[TherapyOrder, ...] = ()
    standing: tuple[TherapyOrder, ...] = ()
    signed_here: bool = False
    signed: Proposal | None = None


@dataclass(frozen=True)
class Card:
    topic: CardTopic
    indicator: Indicator
    summary: str
    asked: str  # what the clinician is asked to do
    reasons: tuple[Reason, ...]
    because: tuple[str, ...]  # codes of alerts, ids of restrictions, limits and movements
    finding: str  # what Loadpath opens on
    settle: tuple[str, ...] = ()  # what is to be decided before anybody signs
    limits: tuple[str, ...] = ()  # what is forbidden today, each with what instead
    question: Question | None = None
    offer: Offer = Offer.NOTHING
    order: TherapyOrder | None = None  # the order the card is about


@dataclass(frozen=True)
class Decided:
    """``order_exists``: a plan of ours or an order for physical therapy stands. No card: nothing is new."""

    card: Card | None
    order_exists: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """The fact whose absence decides most."""
        return (self.card.question.about,) if self.card and self.card.question else ()
