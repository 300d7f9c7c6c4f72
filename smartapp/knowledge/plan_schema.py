"""What a row of the files a plan is made of may hold: exercises, movements never selected, sessions, goals, advice."""

from typing import Annotated, Literal

from msgspec import Meta

from smartapp.core.alert_codes import AlertCode
from smartapp.core.concepts import Concept
from smartapp.core.library import Effect, Position
from smartapp.core.program import BlockCode, HomeUse
from smartapp.core.proposal import ActivityKind, Component
from smartapp.core.states import Phase, Track
from smartapp.knowledge.dose_schema import FittInRow, FittRow
from smartapp.knowledge.schema import KnowledgeRow, Number, Signable, Text, Texts

Gate = Literal["prone", "resisted-upper-back", "high-impact"]
Bone = Literal["osteoporosis", "osteopenia", "normal", "below-expected-range", "within-expected-range"]
Deficiency = Literal["severely-deficient", "deficient", "insufficient"]
VitaminD = Literal["missing", Deficiency, "target", "above-target", "possible-toxicity"]


class ConditionRow(KnowledgeRow, frozen=True, kw_only=True):
    """Facts about the patient, all of which must hold."""

    alert: AlertCode | None = None
    concept: Concept | None = None
    bone: Bone | None = None
    vitamin_d: VitaminD | None = None
    calcium: Literal["base", "older"] | None = None
    pain_at_least: Number | None = None
    bmi_at_least: Number | None = None
    prescribes: bool | None = None
    healed: bool | None = None


class ModificationRow(KnowledgeRow, frozen=True, kw_only=True):
    unless: ConditionRow
    effect: Effect
    text: Text
    patient_text: Text
    swap_to: str = ""


class ExerciseRow(Signable, frozen=True, kw_only=True):
    """exercises.toml"""

    id: Annotated[str, Meta(pattern=r"^E\d\d$")]
    title: Text
    position: Position
    kit: Text
    phase: Phase
    block: BlockCode
    home: HomeUse | None = None
    fitt: FittRow
    fitt_in: tuple[FittInRow, ...] = ()
    components: tuple[Component, ...]
    text: Text
    patient_text: Text
    caution: str = ""
    patient_caution: str = ""
    progresses_to: Texts = ()
    respects: Texts = ()
    breaks: Texts = ()
    needs: tuple[Gate, ...] = ()
    modification: tuple[ModificationRow, ...] = ()
    selectable: bool = True
    concept: Text = "exercise-therapy"
    tracks: tuple[Track, ...] = ()


class ContraindicationRow(Signable, frozen=True, kw_only=True):
    """never.toml"""

    id: Annotated[str, Meta(pattern=r"^X\d\d$")]
    title: Text
    movement: Text
    quality: Text
    instead: Text
    patient_text: Text
    breaks: Texts
    forbidden_while: str = ""
    afterwards: str = ""
    patient_afterwards: str = ""
    locked: bool = False
    words: Texts = ()


class ProgrammeRow(Signable, frozen=True, kw_only=True):
    """sessions.toml, programme"""

    frequency: int
    frequency_max: int
    minutes: int
    months: int
    months_minimum: int
    days: Texts
    days_two: Texts
    start_within_days: int
    split_pain_at_least: Number
    early_until_day: int
    seconds_between_holds: Number
    seconds_a_meter: Number
    steady_below_seconds: Number


class ProgrammeTexts(KnowledgeRow, frozen=True, kw_only=True, rename="kebab"):
    """sessions.toml, texts: signed with the programme"""

    progress_rule: Text
    split: Text
    short_dose: Text
    tempo: Text
    alternate_days: Text
    by_hand: Text
    prone_trial: Text
    test_worse: Text
    optional: Text


class AdviceRow(Signable, frozen=True, kw_only=True):
    """nutrition.toml, education.toml, and the suggestions of referral.toml, which name their kind"""

    id: Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9-]+$")]
    kind: ActivityKind | None = None
    title: Text
    text: Text
    patient_text: Text
    patient_text_es: str = ""
    when: ConditionRow = ConditionRow()
    concept: str = ""
    locked: bool = False
    cautious: bool = False


class PatientTextRow(Signable, frozen=True, kw_only=True):
    """patient_texts.toml"""

    en: Text
    es: Text
    name: str = ""
    name_es: str = ""


class ReferralRow(KnowledgeRow, frozen=True, kw_only=True):
    """referral.toml, referral"""

    title: Text
    plan_title: Text
    plan_description: Text
    plan_supplement: Text
    reason: Text
    note_heading: Text
    performer: Text


class NotPrescribing(KnowledgeRow, frozen=True, kw_only=True, rename="kebab"):
    """referral.toml, not_prescribing: the title of what is shown instead of a plan, by why there is none"""

    confirm_first: Text
    cause_first: Text
    bone_first: Text
    answer_first: Text
    refer_no_prescription: Text
    not_applicable: Text


class AvoidRow(Signable, frozen=True, kw_only=True):
    """written.toml, avoid"""

    id: Annotated[str, Meta(pattern=r"^DN\d$")]
    title: Text
    covers: Annotated[Texts, Meta(min_length=1)]
    told_in: str = ""
    gives_way_to: str = ""


class HomeRow(Signable, frozen=True, kw_only=True):
    """written.toml, home"""

    id: Literal["home-daily"]
    minutes: tuple[int, int]
