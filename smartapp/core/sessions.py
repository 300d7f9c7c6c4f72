"""Which exercises make up a session, of the supervised one and at home, and which of twins is taken.

Made of ``knowledge/sessions.toml``; how much of an exercise stands with the exercise (:mod:`smartapp.core.library`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from smartapp.core.program import BlockCode, PainSet, Turn
from smartapp.core.signatures import Origin
from smartapp.core.states import Phase, Track


class SessionSet(StrEnum):
    """Which exercises make up a session: those of the phase, or fewer."""

    FULL = "full"
    EARLY_PAIN = "early-pain"
    POSITIONS = "positions"
    POSTOP = "postop"  # after an operation of the spine
    POSTOP_CLEARED = "postop-cleared"  # cleared, and still recent


@dataclass(frozen=True)
class Pace:
    """Seconds the minutes of a block are counted with."""

    between_holds: Decimal = Decimal(0)
    a_meter: Decimal = Decimal(0)


@dataclass(frozen=True)
class TemplateBlock:
    """``code`` is None for what has no exercise: cool-down and log."""

    title: str
    minutes: int
    code: BlockCode | None = None


@dataclass(frozen=True)
class Template:
    """The supervised session of one phase, track and set, and the home sets beside it. Of twins one is named."""

    name: str
    phase: Phase
    track: Track
    set: SessionSet
    blocks: tuple[TemplateBlock, ...]
    exercises: tuple[str, ...]  # of every session, in order
    odd: tuple[str, ...]  # of every second one, from the first
    even: tuple[str, ...]
    daily: tuple[str, ...]  # home sets
    home_session: tuple[str, ...]
    optional: tuple[str, ...]  # named once, never ordered
    focus: str
    patient_focus: str
    origin: Origin
    rising: tuple[str, ...] = ()  # odd and even, in place of the seated reach of who rises with one helper
    later: str = ""  # what of the phase starts later, and when

    @property
    def minutes(self) -> int:
        return sum(block.minutes for block in self.blocks)

    @property
    def pain(self) -> PainSet:
        """Whose doses are used in it."""
        return DOSES_OF[self.set]

    @cached_property
    def turns(self) -> Mapping[str, Turn]:
        """The exercises of the sessions, in order."""
        named = ((Turn.EVERY, self.exercises), (Turn.ODD, self.odd), (Turn.EVEN, self.even))
        return {id_: turn for turn, ids in named for id_ in ids}

    @cached_property
    def members(self) -> frozenset[str]:
        return frozenset((*self.turns, *self.rising, *self.daily, *self.home_session))


# Sets that are the same on every track, and follow from a keep-set.
KEPT = (SessionSet.POSITIONS, SessionSet.POSTOP, SessionSet.POSTOP_CLEARED)
DOSES_OF = {
    SessionSet.FULL: PainSet.FULL,
    SessionSet.EARLY_PAIN: PainSet.EARLY,
    SessionSet.POSTOP: PainSet.EARLY,
    SessionSet.POSTOP_CLEARED: PainSet.EARLY,
    SessionSet.POSITIONS: PainSet.POSITIONS,
}


@dataclass(frozen=True)
class Situation:
    """What decides between twins: a flat conjunction, empty holds always. A test that is not known is never below."""

    phases: frozenset[Phase] = frozenset()
    gates: frozenset[str] = frozenset()  # that are open: prone, resisted-upper-back
    pain_at_least: Decimal | None = None
    chair_stands_below: Decimal | None = None  # in 30 s, without the arms
    timed_up_and_go_below: Decimal | None = None  # seconds
    semi_tandem_below: Decimal | None = None  # seconds
    tandem_below: Decimal | None = None
    removed: str = ""  # an exercise some limit takes out


@dataclass(frozen=True)
class TwinChoice:
    exercise: str
    when: Situation
    variant: str = ""


@dataclass(frozen=True)
class Twins:
    """Exercises of which a session has one (rule book 2b, FT6); the first choice that holds and is at hand."""

    name: str
    choices: tuple[TwinChoice, ...]
    ids: frozenset[str]
    origin: Origin
