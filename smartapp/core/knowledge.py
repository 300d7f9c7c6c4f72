"""What the knowledge files are parsed into: thresholds, statements, sources, alerts and restriction texts.

No rule lives here and no file is opened here: :func:`smartapp.knowledge.load` makes a :class:`Knowledge` of the files.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from smartapp.core.alert_codes import AlertCode
from smartapp.core.changes import FollowUpTable
from smartapp.core.codes import CodeTable
from smartapp.core.constraints import ConstraintTable
from smartapp.core.course import Course
from smartapp.core.drawings import DrawingTable, drawing_origins
from smartapp.core.kinds import AttestationName
from smartapp.core.library import Library
from smartapp.core.papers import PaperWords
from smartapp.core.phrases import PhraseTable
from smartapp.core.signatures import Origin
from smartapp.core.states import Concern, Phase, Severity, State, Track, Urgency
from smartapp.core.threshold_words import span_words
from smartapp.core.thresholds import Threshold, ThresholdName
from smartapp.core.written import Written


@dataclass(frozen=True)
class Statement:
    """One statement of the seed, in our words. ``cites`` are its citation numbers as printed, never resolved (Q2)."""

    id: str
    text: str
    cites: tuple[str, ...]
    trigger: str
    effect: str
    appears: str
    grade: str
    origin: Origin


@dataclass(frozen=True)
class Reference:
    id: str
    title: str
    seen_at: str
    label: str
    note: str


@dataclass(frozen=True)
class AlertWords:
    """What an alert says, what to do, how fast, which work-up it names, and what a clinician can state to answer it."""

    text: str
    action: str
    urgency: str = ""
    work_up: tuple[str, ...] = ()
    lifted_by: tuple[AttestationName, ...] = ()
    refer_to: str = ""
    refer_within: Urgency | None = None


@dataclass(frozen=True)
class AlertText:
    """``eased`` is the lower severity a rule may give where the rule book grades the alert by circumstance."""

    code: AlertCode
    severity: Severity
    words: AlertWords
    origin: Origin
    concern: Concern
    eased: Severity | None = None
    treated: str = ""  # what to do instead of the action while a bone drug is on record
    facts_first: bool = False  # its text begins with this patient's facts
    variants: Mapping[str, AlertWords] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class LimitedWords:
    """Said of a restriction in one of ``tracks`` or ``phases``, or where limits take out all of ``without``."""

    states: tuple[State, ...]
    tracks: tuple[Track, ...]
    without: tuple[str, ...]
    phases: tuple[Phase, ...]
    key: str
    instead: str  # empty: the words for the clinician stay
    patient: str
    patient_es: str


@dataclass(frozen=True)
class RestrictionText:
    """Words of one restriction, per state, for clinician and patient; always movement, quality and what instead."""

    id: str
    title: str
    movement: str
    quality: str
    instead: str
    texts: Mapping[State, tuple[str, str]]
    spanish: Mapping[State, tuple[str, str]]  # the name of the patient's words, and those words in Spanish
    origin: Origin
    limited: tuple[LimitedWords, ...] = ()


@dataclass(frozen=True)
class Knowledge:
    version: str  # first 12 hex digits of the SHA-256 of the files
    thresholds: Mapping[ThresholdName, Threshold]
    statements: Mapping[str, Statement]
    sources: Mapping[str, Reference]
    alerts: Mapping[AlertCode, AlertText]
    restrictions: Mapping[str, RestrictionText]
    library: Library
    papers: PaperWords
    constraints: ConstraintTable
    written: Written
    course: Course
    codes: CodeTable
    phrases: PhraseTable
    drawings: DrawingTable
    follow_up: FollowUpTable
    evidence_origin: Origin  # of the note below
    evidence_note: str = ""  # to whom the evidence applies; shown with every plan (Q3)
    site_changes: tuple[str, ...] = ()

    def number(self, name: ThresholdName) -> Decimal:
        """The threshold in its own unit."""
        return self.thresholds[name].value

    def whole(self, name: ThresholdName) -> int:
        """The threshold as a whole number of months, days, weeks or years."""
        return self._whole[name]

    def span(self, name: ThresholdName) -> str:
        """The threshold with its unit: ``12 weeks``, ``24 months``."""
        return span_words(self.thresholds[name])

    @cached_property
    def _whole(self) -> Mapping[ThresholdName, int]:
        return {name: int(threshold.value) for name, threshold in self.thresholds.items()}


# Every restriction and the states it can be in; restrictions.toml must hold a text for each.
RESTRICTION_STATES: Mapping[str, tuple[State, ...]] = MappingProxyType(
    {
        "R1": (State.STRICT, State.MODIFY),
        "R2": (State.STRICT, State.MODIFY),
        "R3": (State.PROHIBITED,),
        "R4": (State.PROHIBITED, State.CLINICIAN_DECISION),
        "R5": (State.MODIFY,),
        "R6": (State.BLOCKED, State.CONDITIONAL, State.ALLOWED),
        "R7": (State.BLOCKED, State.PENDING, State.ELIGIBLE),
        "R8": (State.STRICT, State.MODIFY),
        "R9": (State.PROHIBITED, State.TECHNIQUE_ONLY),
        "R10": (State.STRICT,),
    }
)


def origins(knowledge: Knowledge) -> Iterator[tuple[str, Origin]]:
    """Every row that can be signed, by its name in its file, with who signed it."""
    library = knowledge.library
    yield "out-of-evidence", knowledge.evidence_origin
    for rules in (knowledge.statements, knowledge.thresholds, knowledge.restrictions, knowledge.alerts):
        yield from ((str(name), row.origin) for name, row in rules.items())
    yield from ((id_, row.origin) for id_, row in library.exercises.items())
    for rows in (library.never, library.goals, library.advice, library.tests.values(), library.never_tests):
        yield from ((row.id, row.origin) for row in rows)
    for named in (library.patient_texts, library.pain):
        yield from ((id_, row.origin) for id_, row in named.items())
    yield from {f"session-{row.name}": row.origin for row in library.templates.values()}.items()
    yield from ((row.name, row.origin) for row in library.twins)
    yield "programme", library.programme.origin
    yield from ((row.name, row.origin) for row in knowledge.constraints.rules)
    yield from knowledge.constraints.origins
    yield from ((row.id, row.origin) for row in knowledge.written.avoid)
    yield knowledge.written.home.id, knowledge.written.home.origin
    yield from knowledge.course.origins
    yield from knowledge.follow_up.origins
    yield from ((row.id, row.origin) for row in knowledge.phrases.rows)
    yield from ((row.id, row.origin) for row in knowledge.codes.systems.by_id.values())
    yield from drawing_origins(knowledge.drawings)
