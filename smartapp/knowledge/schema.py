"""What a row of each knowledge file may hold, one Struct per kind of row: the files of the rules, and the codes.

A key that is not here is a mistake. Keys are written with underscores, ids with hyphens. What a row must have in
common with other rows is in :mod:`smartapp.knowledge.checks`; the files of a plan are in
:mod:`smartapp.knowledge.plan_schema`.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from smartapp.core.codes import CodeKind, CodeUse
from smartapp.core.fracture_coding import EncounterKind, Morphology, Region
from smartapp.core.kinds import AttestationName, Site
from smartapp.core.phrases import PhraseKind
from smartapp.core.signatures import Label
from smartapp.core.states import Concern, Phase, Severity, State, Track, Urgency
from smartapp.core.thresholds import Unit

Text = Annotated[str, Meta(pattern=r"\S")]
Texts = tuple[Text, ...]
Number = int | Decimal


class KnowledgeRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Any table of a knowledge file."""


class Signable(KnowledgeRow, frozen=True, kw_only=True):
    """A row a clinician signs: who says so, to whom it applies, and the signature."""

    label: Label
    sources: Annotated[Texts, Meta(min_length=1)]  # ids in sources.toml
    statements: Texts = ()  # ids in statements.toml
    applicability: str = ""
    doubt: str = ""  # what its source leaves open, or a clinician may question
    review: Literal["awaiting", "signed"] = "awaiting"
    reviewer: str = ""
    reviewed_on: date | None = None
    digest: str = ""


class SourceRow(KnowledgeRow, frozen=True, kw_only=True):
    """sources.toml"""

    title: Text
    seen_at: Text
    label: Text
    note: str = ""


class EvidenceRow(Signable, frozen=True, kw_only=True):
    """evidence.toml"""

    text: Text
    applicability: Text


class StatementRow(Signable, frozen=True, kw_only=True):
    """statements.toml"""

    text: Text
    cites: Texts = ()  # citation numbers as printed
    trigger: Text
    effect: Text
    appears: Text
    grade: Text
    applicability: Text


class ThresholdRow(Signable, frozen=True, kw_only=True):
    """phases.toml"""

    value: Number
    unit: Unit
    meaning: Text
    applicability: Text


class SiteRow(KnowledgeRow, frozen=True, kw_only=True):
    """A threshold in a site's own file."""

    value: Number
    reason: Text


class WordsRow(KnowledgeRow, frozen=True, kw_only=True):
    clinician: Text
    patient: Text
    patient_es: Text
    key: str = ""  # names the words to who reads them; empty: the restriction and its state


class LimitedRow(KnowledgeRow, frozen=True, kw_only=True):
    """Words of a restriction where there is no room for the usual alternative; one of the three places is set."""

    states: Annotated[tuple[State, ...], Meta(min_length=1)]
    tracks: tuple[Track, ...] = ()
    without: Texts = ()  # ids of exercises, all of them taken out
    phases: tuple[Phase, ...] = ()  # effective ones
    key: Text  # names the words to who reads them
    instead: str = ""  # empty: the words for the clinician stay
    patient: Text
    patient_es: Text


class RestrictionTexts(Signable, frozen=True, kw_only=True):
    """restrictions.toml"""

    title: Text
    movement: Text
    quality: Text
    instead: Text
    states: dict[State, WordsRow]
    limited: tuple[LimitedRow, ...] = ()
    applicability: Text


class VariantRow(KnowledgeRow, frozen=True, kw_only=True):
    """Other words of an alert by circumstance; what a variant leaves out is said as in the row."""

    text: Text
    action: Text | None = None
    urgency: Text | None = None
    work_up: Texts | None = None  # names of what must be looked at first
    refer_to: Text | None = None
    refer_within: Urgency | None = None
    lifted_by: tuple[AttestationName, ...] | None = None


class AlertRow(Signable, frozen=True, kw_only=True):
    """alerts.toml"""

    severity: Severity
    concern: Concern  # decides where it is shown
    text: Text
    action: Text
    urgency: Text | None = None
    eased: Severity | None = None  # the lower severity a rule may give by circumstance
    treated: Text | None = None  # the action while a bone drug is on record
    facts_first: bool = False  # its text begins with this patient's facts
    variants: dict[Text, VariantRow] = {}
    work_up: Texts = ()
    refer_to: Text | None = None  # who sees the patient where nothing is prescribed, and how soon
    refer_within: Urgency | None = None
    lifted_by: tuple[AttestationName, ...] = ()
    applicability: Text


class PhraseRow(Signable, frozen=True, kw_only=True):
    """phrases.toml; ``yes`` and ``no`` are sentences the words must and must not be found in."""

    kind: PhraseKind
    means: Text
    title: Text
    words: Annotated[Texts, Meta(min_length=1)]
    unless: Texts = ()
    yes: Annotated[Texts, Meta(min_length=1)]
    no: Texts = ()
    language: Text = "en"


class SystemRow(Signable, frozen=True, kw_only=True):
    """systems.toml; ``shapes`` are regular expressions of codes only another system has,
    ``quiet`` and ``never_quiet`` of codes of procedures that need no line, and of those that always do (2a, NS13)."""

    title: Text
    addresses: Annotated[Texts, Meta(min_length=1)]
    country: str = ""
    written: str = ""
    dot_after: int | None = None
    dot_after_letter: dict[str, int] = {}
    upper: bool = False
    parent: str = ""
    shared: int = 0
    shapes: dict[str, Text] = {}
    quiet: str = ""
    never_quiet: str = ""


class CodeLine(KnowledgeRow, frozen=True, kw_only=True):
    """A line of codes.csv; an empty cell is a key that is not there."""

    system: Text
    code: Text
    match: Literal["exact", "prefix"]
    kind: CodeKind
    concept: str = ""
    display: str = ""
    region: Region | None = None
    levels: str = ""
    encounter: EncounterKind | None = None
    morphology: Morphology | None = None
    site: Site | None = None
    part: str = ""
    use: CodeUse
    verified: str = ""
    note: str = ""
