"""What the dose of an exercise, a session and a choice between twins may hold (exercises.toml, sessions.toml)."""

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from smartapp.core.program import BlockCode, HomeUse, PainSet
from smartapp.core.sessions import SessionSet
from smartapp.core.signatures import Label
from smartapp.core.states import Phase, Track
from smartapp.knowledge.schema import KnowledgeRow, Number, Signable, Text, Texts

Tempo = Annotated[str, Meta(pattern=r"^\d-\d-\d$")]


class OpenSpan(KnowledgeRow, frozen=True, kw_only=True):
    """A range with one end: ``{ least = 5 }`` or ``{ most = 3 }``."""

    least: Number | None = None
    most: Number | None = None


Span = int | Decimal | tuple[Number, Number] | OpenSpan  # 8 or [6, 8] or one end


class DoseRow(KnowledgeRow, frozen=True, kw_only=True):
    """Keys as in :class:`smartapp.core.program.Fitt`."""

    per_week: Span | None = None
    per_day: Span | None = None
    often: Text | None = None
    rpe: Span | None = None
    rir: Span | None = None
    rm: Span | None = None
    sets: Span | None = None
    reps: Span | None = None
    per_side: bool | None = None
    hold_seconds: Span | None = None
    minutes: Span | None = None
    distance_meters: Span | None = None
    flights: Span | None = None
    alternative: Text | None = None
    start_reps: Text | None = None
    start_load_kg: Number | None = None
    angle_degrees_max: Number | None = None
    tempo: Tempo | None = None
    rest_seconds: Span | None = None
    intensity: Text | None = None
    step_up: Text | None = None
    step_down: Text | None = None
    ready: Text | None = None


class FittRow(DoseRow, frozen=True, kw_only=True):
    """exercises.toml, fitt"""

    label: Label


class FittInRow(DoseRow, frozen=True, kw_only=True):
    """What is different where phase, track and pain set are among these; the rest is as in ``fitt``."""

    phases: tuple[Phase, ...] = ()
    tracks: tuple[Track, ...] = ()
    pain: tuple[PainSet, ...] = ()
    block: BlockCode | None = None
    home: HomeUse | None = None


class BlockRow(KnowledgeRow, frozen=True, kw_only=True):
    title: Text
    minutes: int
    code: BlockCode | None = None


class TemplateRow(Signable, frozen=True, kw_only=True):
    """sessions.toml, template"""

    id: Text
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1)]
    track: Track = Track.STANDING
    set: SessionSet = SessionSet.FULL
    block: tuple[BlockRow, ...]
    exercises: Texts
    odd: Texts = ()
    even: Texts = ()
    rising: tuple[Text, Text] | None = None
    daily: Texts = ()
    home_session: Texts = ()
    optional: Texts = ()
    later: str = ""
    focus: Text
    patient_focus: Text


class SituationRow(KnowledgeRow, frozen=True, kw_only=True):
    """Facts that decide between twins, all of which must hold."""

    phases: tuple[Phase, ...] = ()
    gates: tuple[Literal["prone", "resisted-upper-back"], ...] = ()
    pain_at_least: Number | None = None
    chair_stands_below: Number | None = None
    timed_up_and_go_below: Number | None = None
    semi_tandem_below: Number | None = None
    tandem_below: Number | None = None
    removed: Text | None = None


class ChoiceRow(KnowledgeRow, frozen=True, kw_only=True):
    exercise: Text
    when: SituationRow = SituationRow()
    variant: str = ""


class TwinsRow(Signable, frozen=True, kw_only=True):
    """sessions.toml, twins"""

    id: Text
    choose: tuple[ChoiceRow, ...]
    also: Texts = ()  # twins nobody chooses by a fact
