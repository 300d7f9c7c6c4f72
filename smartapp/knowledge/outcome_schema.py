"""What a row of measures.toml and goals.toml may hold: tests, values to enter, tests never done, goals."""

from typing import Annotated

from msgspec import Meta

from smartapp.core.kinds import Quantity, Site
from smartapp.core.outcomes import BetterWhen
from smartapp.core.states import Phase, Track
from smartapp.knowledge.schema import KnowledgeRow, Number, Signable, Text, Texts


class TestConditionsRow(KnowledgeRow, frozen=True, kw_only=True):
    phases: tuple[Phase, ...] = ()
    pain_to: Number | None = None
    days_from: int | None = None
    age_from: int | None = None
    prone_open: bool = False
    in_any_pain: bool = False
    in_comfort_care: bool = False
    tracks: tuple[Track, ...] = ()
    without: tuple[Texts, ...] = ()
    not_with: Texts = ()


class MeasureRow(Signable, frozen=True, kw_only=True):
    """measures.toml"""

    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]+$")]
    title: Text
    quantity: Quantity | None = None
    code: str = ""
    unit: Text
    unit_words: Text
    better: BetterWhen
    between: tuple[Number, Number] | None = None
    whole: bool = False
    change: Number | None = None
    at_risk_from: Number | None = None
    at_risk_below: Number | None = None
    lines: tuple[tuple[int, Number, Number], ...] = ()
    cut_off: str = ""
    at_risk_note: str = ""
    within: int = 90
    first_visit: bool = False
    instead: str = ""
    conditions: TestConditionsRow = TestConditionsRow()


class ValueRow(Signable, frozen=True, kw_only=True):
    """measures.toml, value"""

    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]+$")]
    title: Text
    quantity: Quantity
    unit_words: Text
    between: tuple[Number, Number]
    whole: bool = False
    sites: tuple[Site, ...] = ()


class NeverTestRow(Signable, frozen=True, kw_only=True):
    """measures.toml, never"""

    id: Annotated[str, Meta(pattern=r"^TST1-[a-z-]+$")]
    title: Text
    why: Text


class PainRow(Signable, frozen=True, kw_only=True):
    """pain.toml"""

    text: Text


class GoalRow(Signable, frozen=True, kw_only=True):
    """goals.toml"""

    id: Annotated[str, Meta(pattern=r"^GS\d(-[a-z-]+)?$")]
    text: Text
    patient_text: Text
    at_evaluation: str = ""
    due_weeks: int | None = None
    due_months: int | None = None
    tests: Texts = ()
    lower: bool = False
    baseline_from: Number | None = None
    baseline_below: Number | None = None
    change: Number | None = None
    percent: Number | None = None
    least: Number | None = None
    bound: Number | None = None
    step: Number | None = None
    classes: tuple[Number, ...] = ()
    then: str = ""
    measure: str = ""
    spine_measure: str = ""
    low: Number | None = None
    high: Number | None = None
    unit: str = ""
    tracks: tuple[Track, ...] = ()
    exercise: str = ""
    low_vitamin_d: bool = False
    comfort: bool = False
    of_dose: bool = False
