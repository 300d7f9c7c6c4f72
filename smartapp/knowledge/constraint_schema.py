"""What a row of constraints.toml may hold: sets of exercises, what takes their place, and the constraints."""

from typing import Annotated, Literal

from msgspec import Meta

from smartapp.core.alert_codes import AlertCode
from smartapp.core.concepts import Concept
from smartapp.core.kinds import AttestationName, Measure, OrderKind, ProcedureKind
from smartapp.core.states import Phase, Track
from smartapp.core.thresholds import ThresholdName
from smartapp.knowledge.schema import KnowledgeRow, Signable, Text, Texts

Days = int | ThresholdName
Bearing = Literal["not-stated", "none", "toe-touch", "partial", "tolerated", "full"]


class SetsRow(Signable, frozen=True, kw_only=True):
    """Each set is a list: its name, then its exercises."""

    id: Text
    named: tuple[Annotated[Texts, Meta(min_length=2)], ...]


class SwapsRow(Signable, frozen=True, kw_only=True):
    """Each swap is a list: the exercise that is removed, then what may take its place, the first choice first."""

    id: Text
    order: tuple[Annotated[Texts, Meta(min_length=2)], ...]


class TriggerRow(KnowledgeRow, frozen=True, kw_only=True):
    """A flat conjunction; one of the first seven, or ``weight`` alone, leads."""

    concepts: tuple[Concept, ...] = ()
    procedures: tuple[ProcedureKind, ...] = ()
    orders: tuple[OrderKind, ...] = ()
    medicines: Texts = ()
    spine_operation: Literal["uncleared", "cleared-early"] | None = None
    alert: AlertCode | None = None
    measured: tuple[Measure, ...] = ()
    variant: Text | None = None
    limits_at_least: int | None = None
    track: Track | None = None
    at_least: int | ThresholdName | None = None
    below: int | ThresholdName | None = None
    phases: tuple[Phase, ...] = ()
    weight: tuple[Bearing, ...] = ()
    side: Literal["both"] | None = None
    within: Days | None = None
    after: Days | None = None
    asked_to: Days | None = None
    stands: tuple[Literal["yes", "no", "not-said"], ...] = ()
    words: Texts = ()
    unless_words: Texts = ()
    beside: tuple[Concept, ...] = ()
    without: tuple[Concept, ...] = ()


class ConstraintRow(Signable, frozen=True, kw_only=True):
    """``removes``, ``keeps``, ``not_alone`` and ``one_sided`` name sets or exercises."""

    id: Annotated[str, Meta(pattern=r"^(WP|NS|FC|RF|CO)\d+[a-z]?(-[a-z-]+)?$")]
    title: Text
    when: Annotated[tuple[TriggerRow, ...], Meta(min_length=1)]
    text: Text
    patient_text: Text
    patient_text_es: str = ""  # in Spanish; empty: the English one is shown
    removes: Texts = ()
    keeps: Texts = ()
    not_alone: Texts = ()
    one_sided: Texts = ()
    leaves_out: Texts = ()
    changes: Texts = ()
    question: str = ""
    alert: AlertCode | None = None
    eased: bool = False
    obeyed: bool = False
    closes_prone: bool = False
    months: int | None = None
    track: Track | None = None
    lifted_by: AttestationName | None = None
