"""One session of therapy as somebody wrote it down, and how it went: green, yellow or red (rule book 2b, PG1 to PG7).

What was not written down is not known: without it nothing is green, and what is known still makes it yellow or red.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from smartapp.core.chart import Source
from smartapp.core.program import Fitt, Pair


class SessionLight(StrEnum):
    """``RED`` first: of several the strictest counts."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


@dataclass(frozen=True)
class ProgressionLimits:
    """Numbers of ``follow_up.toml``: pain and effort 0-10, days, percent of the sessions planned."""

    pain_green_to: Decimal
    pain_baseline_from: Decimal  # pain before from here on: not much more is green too
    pain_baseline_to: Decimal
    pain_rise_green: Decimal
    pain_rise_red: Decimal
    pain_red_from: Decimal
    cues_green_to: Decimal
    in_row: int  # sessions that are green, or yellow, one after the other
    step_every_days: int
    gap_days: int
    gap_long_days: int
    fortnight_days: int
    few_percent: int
    enough_percent: int


@dataclass(frozen=True)
class ItemDone:
    """One exercise of a session; what nobody wrote down is None or empty."""

    id: str  # E16
    sets: Decimal | None = None
    reps: Decimal | None = None
    hold_seconds: Decimal | None = None
    load_kg: Decimal | None = None
    band: str = ""
    effort: Decimal | None = None  # 0-10

    @property
    def amount(self) -> tuple[Decimal, ...]:
        """What one step changes, the weightiest first: more load with fewer repetitions is more."""
        return tuple(each or Decimal(0) for each in (self.load_kg, self.sets, self.hold_seconds, self.reps))

    @property
    def fitt(self) -> Fitt:
        """As a dose, to be said as one."""
        return Fitt(
            sets=_twice(self.sets), reps=_twice(self.reps), hold_seconds=_twice(self.hold_seconds),
            rpe=_twice(self.effort),
        )  # fmt: skip


def _twice(value: Decimal | None) -> Pair | None:
    return None if value is None else (value, value)


@dataclass(frozen=True)
class TherapySession:
    """One session as the chart has it (rule book 2b, PG7): minutes, pain and effort of ten, green, yellow or red.

    What nobody wrote down is None or empty. ``logged``: by the form of the log; ``missed``: why it was not done.
    """

    on: date
    source: Source
    minutes: Decimal | None = None
    pain_before: Decimal | None = None
    pain_worst: Decimal | None = None
    pain_later: Decimal | None = None  # 24 hours after it
    effort: Decimal | None = None  # the highest of it
    cues: Decimal | None = None  # for one set, at most
    items: tuple[ItemDone, ...] = ()
    outcome: str = ""
    setting: str = ""  # supervised or home
    fall: bool = False
    symptoms: str = ""
    missed: str = ""
    logged: bool = False

    @property
    def measured(self) -> bool:
        return bool(self.outcome) or self.pain_worst is not None or self.pain_later is not None


def light_of(session: TherapySession, signed: Decimal | None, limits: ProgressionLimits) -> SessionLight | None:
    """None where too little is known. ``signed``: pain when the plan was signed; of it and the pain before the session
    the lower one is what a rise is counted from."""
    known = [each for each in (session.pain_before, signed) if each is not None]
    before = min(known, default=None)
    worst, later = _rise(session.pain_worst, before), _rise(session.pain_later, before)
    if _is_red(session, later, limits):
        return SessionLight.RED
    allowed = limits.pain_green_to
    if before is not None and limits.pain_baseline_from <= before <= limits.pain_baseline_to:
        allowed = before + limits.pain_rise_green
    much = session.pain_worst is not None and session.pain_worst > allowed
    risen = worst is not None and worst >= limits.pain_rise_red
    cued = session.cues is not None and session.cues > limits.cues_green_to
    if session.outcome == SessionLight.YELLOW or much or risen or cued:
        return SessionLight.YELLOW
    told = session.pain_worst is not None and session.cues is not None
    settled = later is not None and later <= limits.pain_rise_green
    return SessionLight.GREEN if session.outcome == SessionLight.GREEN or (told and settled) else None


def _rise(pain: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if pain is None or before is None else pain - before


def _is_red(session: TherapySession, later: Decimal | None, limits: ProgressionLimits) -> bool:
    worst = session.pain_worst is not None and session.pain_worst >= limits.pain_red_from
    stays = later is not None and later >= limits.pain_rise_red
    return session.outcome == SessionLight.RED or session.fall or bool(session.symptoms) or worst or stays


def item_light(item: ItemDone, dose: Fitt, whole: SessionLight | None) -> SessionLight | None:
    """``whole``: of its session. More effort than the dose has is yellow; less, or fewer repetitions, is no green."""
    if whole is SessionLight.RED:
        return whole
    high = dose.rpe[1] if dose.rpe else None
    if whole is SessionLight.YELLOW or (high is not None and item.effort is not None and item.effort > high):
        return SessionLight.YELLOW
    done = all(_reaches(value, wanted, 0) for value, wanted in ((item.sets, dose.sets), (item.reps, dose.reps)))
    return whole if done and (high is None or item.effort is not None) else None


def is_at_top(item: ItemDone, dose: Fitt) -> bool:
    """Whether repetitions and seconds held are those at the end of their ranges."""
    ranges = ((item.reps, dose.reps), (item.hold_seconds, dose.hold_seconds))
    return any(wanted for _, wanted in ranges) and all(_reaches(value, wanted, 1) for value, wanted in ranges)


def _reaches(value: Decimal | None, wanted: Pair | None, end: int) -> bool:
    """At least the low (0) or high (1) end of a range; of an open range the end it has."""
    ends = [each for each in wanted or () if each is not None]
    return not ends or (value is not None and value >= (ends[0], ends[-1])[end])
