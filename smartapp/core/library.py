"""The part of the knowledge a plan is made of: exercises, never-selectable movements, sessions, goals, advice.

:func:`smartapp.knowledge.parse` makes a :class:`Library` of the knowledge files; plan, guards and review read it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from smartapp.core.goals import GoalTarget
from smartapp.core.outcomes import EnterableValue, NeverTest, OutcomeTest
from smartapp.core.patient_texts import PatientWords
from smartapp.core.program import BlockCode, Fitt, HomeUse, PainSet
from smartapp.core.proposal import ActivityKind, Component
from smartapp.core.sessions import KEPT, Pace, SessionSet, Template, Twins
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
    healed: bool | None = None  # whether the fracture is known to have healed


@dataclass(frozen=True)
class Dose:
    """How much of an exercise, in which block of a session, and whether at home, for some phases, tracks and pain."""

    fitt: Fitt
    block: BlockCode
    home: HomeUse
    label: Label
    phases: frozenset[Phase] = frozenset()  # empty: whichever it is, here and below
    tracks: frozenset[Track] = frozenset()
    pain: frozenset[PainSet] = frozenset()

    def suits(self, phase: Phase, track: Track, pain: PainSet) -> bool:
        asked = ((self.phases, phase), (self.tracks, track), (self.pain, pain))
        return all(not named or here in named for named, here in asked)


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
    doses: tuple[Dose, ...]  # the first that suits is used; the last suits always
    components: tuple[Component, ...]
    text: str  # how it is done, for clinician and therapist
    patient_text: str
    caution: str  # contraindication or modification in words, always shown
    patient_caution: str
    origin: Origin
    progresses_to: tuple[str, ...] = ()
    respects: frozenset[str] = frozenset()  # restrictions its technique has to keep to
    breaks: frozenset[str] = frozenset()  # restrictions the movement itself would break while they forbid
    needs: frozenset[str] = frozenset()  # gates that must be open: prone, resisted-upper-back, high-impact
    modifications: tuple[Modification, ...] = ()
    selectable: bool = True
    concept: str = "exercise-therapy"
    tracks: frozenset[Track] = frozenset()  # chosen for these only, or in place of another; empty: for standing

    def dose(self, phase: Phase, track: Track | None, pain: PainSet = PainSet.FULL) -> Dose:
        return next(dose for dose in self.doses if dose.suits(phase, track or Track.STANDING, pain))


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
    texts: Mapping[str, str]  # progress-rule, split ...
    early_until_day: int  # days since the fracture before which the early set holds
    pace: Pace
    steady_below_seconds: Decimal  # timed up and go under which balance work may be done alone


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
    patient_text_es: str = ""  # empty: not told in Spanish
    concept: str = ""
    locked: bool = False  # may be changed, not dropped (GU7)
    cautious: bool = False  # dropping or changing it loosens a precaution: a reason is asked


@dataclass(frozen=True)
class PainSentence:
    """One sentence of the line on pain."""

    id: str  # PM1, PM1-raised
    text: str
    origin: Origin


@dataclass(frozen=True)
class ReferralText:
    """Words of the order for supervised physical therapy and of the care plan around it; ``{name}`` is filled in."""

    title: str
    plan_title: str
    plan_description: str
    plan_supplement: str  # said where the plan has walking
    reason: str
    note_heading: str
    performer: str
    not_prescribing: Mapping[str, str]  # why there is no plan -> title of what is shown instead of a plan


@dataclass(frozen=True)
class Library:
    exercises: Mapping[str, Exercise]
    never: tuple[Contraindication, ...]
    programme: Programme
    templates: Mapping[tuple[Track, Phase, SessionSet], Template]
    twins: tuple[Twins, ...]
    goals: tuple[GoalTarget, ...]
    advice: tuple[Advice, ...]
    referral: ReferralText
    patient_texts: Mapping[str, PatientWords]
    tests: Mapping[str, OutcomeTest]
    values: Mapping[str, EnterableValue]
    never_tests: tuple[NeverTest, ...]  # TST1
    pain: Mapping[str, PainSentence]

    @cached_property
    def enterable(self) -> Mapping[str, OutcomeTest | EnterableValue]:
        """By id, whatever a clinician may enter a result of."""
        return {**self.values, **{id_: test for id_, test in self.tests.items() if test.can_be_entered}}

    def template(self, phase: Phase, track: Track | None = None, set_: SessionSet = SessionSet.FULL) -> Template:
        """The session of a phase on a track; positions and what follows an operation are the same on every track."""
        here = Track.STANDING if set_ in KEPT else track or Track.STANDING
        return self.templates.get((here, phase, set_)) or self.templates[here, phase, SessionSet.FULL]

    @cached_property
    def twins_of(self) -> Mapping[str, Twins]:
        return {id_: twins for twins in self.twins for id_ in twins.ids}

    @cached_property
    def on_track(self) -> Mapping[Track, frozenset[str]]:
        """Ids of the exercises of a track, in any phase and set."""
        return {
            track: frozenset().union(*(row.members for (each, _, _), row in self.templates.items() if each is track))
            for track in Track
        }

    def twin_beside(self, id_: str, session: Iterable[str]) -> str:
        """A twin of the exercise among those of a session; empty where there is none."""
        twins = self.twins_of.get(id_)
        return next((other for other in session if twins and other != id_ and other in twins.ids), "")
