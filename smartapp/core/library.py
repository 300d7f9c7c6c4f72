"""The part of the knowledge a plan is made of: exercises, never-selectable movements, sessions, goals, advice.

:func:`smartapp.knowledge.parse` makes a :class:`Library` of the knowledge files; plan, guards and review read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from smartapp.core.proposal import ActivityKind, Component
from smartapp.core.signatures import Label, Origin
from smartapp.core.states import Phase, Track

REQUIRED = (Component.EXTENSOR, Component.RESISTANCE, Component.BALANCE)


class Position(StrEnum):
    SUPINE = "supine"
    HOOK_LYING = "hook-lying"
    SIDE_LYING = "side-lying"
    SEATED = "seated"
    STANDING = "standing"
    QUADRUPED = "quadruped"
    PRONE = "prone"
    WALKING = "walking"


class Effect(StrEnum):
    """What a fact about the patient does to an exercise."""

    SWAP = "swap"  # another exercise takes its place
    LEAVE_OUT = "leave-out"
    HOLD = "hold"  # stays in the plan, not to be started until the fact has changed
    MODIFY = "modify"  # stays, done differently


@dataclass(frozen=True)
class Condition:
    """A flat conjunction: every field that is set must hold. Empty holds always."""

    alert: str = ""  # an alert the assessment raised
    concept: str = ""  # an active, confirmed diagnosis or an active medication
    bone: str = ""  # bone density class
    vitamin_d: str = ""  # vitamin D class, or ``missing``
    calcium: str = ""  # which total applies by age and sex: ``base`` or ``older``
    pain_at_least: Decimal | None = None  # 0-10
    bmi_at_least: Decimal | None = None  # kg/m2
    prescribes: bool | None = None  # whether the disposition does


@dataclass(frozen=True)
class Range:
    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"{self.low} is above {self.high}")


@dataclass(frozen=True)
class Dose:
    """Dose of one exercise. ``text`` is what is shown; the numbers are there where the source gives them."""

    text: str
    label: Label
    sets: Range | None = None
    reps: Range | None = None
    per_side: bool = False
    hold_seconds: Range | None = None
    seconds: Range | None = None  # of one set
    minutes: Range | None = None  # of one bout
    metres: Range | None = None  # of one set
    rpe: Range | None = None  # 0-10
    per_day: Range | None = None
    per_week: Range | None = None
    load_kg_max: Decimal | None = None  # at the start
    angle_degrees_max: Decimal | None = None
    flights: Range | None = None


@dataclass(frozen=True)
class Modification:
    """``unless`` holds -> ``effect``, with the reason shown."""

    unless: Condition
    effect: Effect
    text: str
    patient_text: str
    swap_to: str = ""


@dataclass(frozen=True)
class Exercise:
    id: str
    title: str
    position: Position
    kit: str
    phase: Phase
    dose: Dose
    components: tuple[Component, ...]
    text: str  # how it is done, for clinician and therapist
    patient_text: str
    caution: str  # contraindication or modification in words, always shown
    patient_caution: str
    origin: Origin
    progresses_to: tuple[str, ...] = ()
    progression: str = ""  # the next step in words
    respects: frozenset[str] = frozenset()  # restrictions its technique has to keep to
    breaks: frozenset[str] = frozenset()  # restrictions the movement itself would break while they forbid
    needs: frozenset[str] = frozenset()  # gates that must be open: prone, resisted-upper-back, high-impact
    modifications: tuple[Modification, ...] = ()
    selectable: bool = True
    optional: bool = False
    concept: str = "exercise-therapy"
    tracks: frozenset[Track] = frozenset()  # chosen for these only, or in place of another; empty: for standing


@dataclass(frozen=True)
class Contraindication:
    """A movement that is never offered as an exercise (rule book 4.4)."""

    id: str
    title: str
    movement: str
    quality: str
    instead: str
    patient_text: str
    breaks: frozenset[str]
    origin: Origin
    forbidden_while: str = ""  # restriction id: only while it forbids; empty: always
    afterwards: str = ""  # what is said once it no longer forbids; empty: nothing
    patient_afterwards: str = ""
    locked: bool = False  # may not be dropped from a plan (S21)
    words: tuple[str, ...] = ()  # how free text may name it; such text is refused as an exercise

    @property
    def text(self) -> str:
        return f"AVOID: {self.movement} — {self.quality}. Instead: {self.instead}."


@dataclass(frozen=True)
class TemplateBlock:
    title: str
    minutes: int
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """The supervised session of one phase, what must be in it, and the daily home set beside it."""

    phase: Phase
    blocks: tuple[TemplateBlock, ...]
    mandatory: tuple[str, ...]
    home: tuple[str, ...]
    positions: frozenset[Position]
    focus: str
    patient_focus: str
    origin: Origin
    name: str = ""  # of the row, where it is the session of a track

    @property
    def minutes(self) -> int:
        return sum(block.minutes for block in self.blocks)

    @property
    def exercises(self) -> frozenset[str]:
        named = [id_ for block in self.blocks for id_ in block.exercises]
        return frozenset((*named, *self.mandatory, *self.home))


@dataclass(frozen=True)
class Programme:
    """The dose of the whole programme (S15-S19). Months are calendar months."""

    frequency: int
    frequency_max: int
    minutes: int
    months: int
    months_minimum: int
    days: tuple[str, ...]  # of ``frequency_max`` sessions
    days_two: tuple[str, ...]  # of two sessions
    start_within_days: int
    split_pain_at_least: Decimal
    origin: Origin
    texts: Mapping[str, str]  # stop-rule, progress-rule, split ...


@dataclass(frozen=True)
class GoalTarget:
    id: str
    text: str
    patient_text: str
    due_months: int
    origin: Origin
    measure: str = ""
    spine_measure: str = ""  # instead of ``measure`` where no fractured vertebra lies in the region of interest
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class Advice:
    """Nutrition, education, follow-up or referral suggestion; of rows with one id the first that holds is used."""

    id: str
    kind: ActivityKind
    title: str
    text: str
    patient_text: str
    when: Condition
    origin: Origin
    concept: str = ""
    locked: bool = False  # may be changed, not dropped (GU7)
    cautious: bool = False  # dropping or changing it loosens a precaution: a reason is asked


@dataclass(frozen=True)
class ReferralText:
    """Words of the order for supervised physical therapy and of the care plan around it; ``{name}`` is filled in."""

    title: str
    plan_title: str
    plan_description: str
    plan_supplement: str  # said where the plan has walking
    reason: str
    note_heading: str
    patient_instruction: str
    performer: str
    not_prescribing: Mapping[str, str]  # why there is no plan -> title of what is shown instead of a plan


@dataclass(frozen=True)
class Library:
    exercises: Mapping[str, Exercise]
    never: tuple[Contraindication, ...]
    programme: Programme
    templates: Mapping[Phase, Template]
    goals: tuple[GoalTarget, ...]
    advice: tuple[Advice, ...]
    referral: ReferralText
    tracks: Mapping[tuple[Track, Phase], Template]  # of chair and bed

    def template(self, phase: Phase, track: Track | None) -> Template:
        """The session of a phase, or that of the track in it."""
        return self.tracks.get((track or Track.STANDING, phase)) or self.templates[phase]
