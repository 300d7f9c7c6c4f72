"""How much, how often and for how long: what a plan adds to which exercises, as values (rule book 2b, 2c).

Every figure is a pair (low, high); one figure is written twice, an open end is None.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Pair = tuple[Decimal | None, Decimal | None]


class BlockCode(StrEnum):
    """The part of a session an exercise stands in, in the order of a session."""

    WARM_UP = "W"
    POSTURE = "P"
    EXTENSOR_CORE = "X"
    LIMBS = "L"
    BALANCE = "B"


class HomeSet(StrEnum):
    DAILY = "daily"
    SESSION = "session"  # counts as a session, after the therapist's check-off


class HomeUse(StrEnum):
    """Whether an exercise may be done at home at all."""

    DAILY = "daily"
    GUARDED = "daily-guarded"  # alone only where a test shows steady legs
    HELPED = "daily-helped"  # with a trained helper
    SESSION = "session"
    RAIL = "session-rail"  # where a fixed rail is there
    OPTIONAL = "optional"  # beside the program, never ordered
    SUPERVISED = "supervised"


class PainSet(StrEnum):
    """How much the pain of today and the days since the fracture leave (rule book 2c, CD4)."""

    POSITIONS = "positions"
    EARLY = "early-pain"
    FULL = "full"


class Turn(StrEnum):
    """In which sessions, counted from the first, an exercise is done (rule book 2c, CD27)."""

    EVERY = "every"
    ODD = "odd"
    EVEN = "even"


@dataclass(frozen=True)
class Fitt:
    """Frequency, intensity, volume and way on of one exercise, resolved for the phase, track and pain of the plan."""

    per_week: Pair | None = None  # 7 is daily
    per_day: Pair | None = None
    often: str = ""  # what of it no number says: until independent
    rpe: Pair | None = None  # effort 0-10
    rir: Pair | None = None  # repetitions left in reserve
    rm: Pair | None = None  # repetition maximum
    sets: Pair | None = None
    reps: Pair | None = None
    per_side: bool = False
    hold_seconds: Pair | None = None  # of one repetition; of one set where there are none
    minutes: Pair | None = None  # of one bout
    distance_meters: Pair | None = None  # of one set
    flights: Pair | None = None
    alternative: str = ""  # another way to do the same amount, in words
    start_reps: str = ""  # the first number of repetitions, or the test it follows from
    start_load_kg: Decimal | None = None  # at most
    angle_degrees_max: Decimal | None = None
    tempo: str = ""  # seconds up-hold-down
    rest_seconds: Pair | None = None
    intensity: str = ""  # in words, where effort is not the measure
    step_up: str = ""
    step_down: str = ""
    ready: str = ""  # what opens the next exercise
    text: str = ""  # all of it in one line, as shown


@dataclass(frozen=True)
class Continued:
    """What a plan goes on from: a signed one that still runs (FU18, VI6).

    ``year_from``: first day of the year that goes on; None where a new one begins, because that one is nearly over.
    ``ramp_from``: the day its minutes grow from; None where they begin anew by rule.
    """

    signed_on: date
    year_from: date | None
    first_visit: date | None  # that the re-evaluations of the year are counted from
    ramp_from: date | None = None
    ramp_first: int = 0  # minutes of a session on that day
    ramp_rule: str = ""
    order: int = 1  # as in Visits


class DoseFlag(StrEnum):
    OK = "DOSE_OK"
    LATE = "DOSE_LATE"  # fewer than seven months at full dose
    BELOW_SEED = "DOSE_BELOW_SEED"  # the target itself is shorter than the source's


@dataclass(frozen=True)
class Ramp:
    """Minutes of a session from ``start`` to ``target``, ``step_minutes`` more every ``step_weeks`` weeks."""

    rule: str  # RA1b ...
    start: int
    target: int
    step_minutes: int
    step_weeks: int
    full_dose_from: date | None  # None while held
    flag: DoseFlag
    dose_line: str
    held: str = ""  # why the minutes do not grow yet
    reason: str = ""  # of a flag that is not OK
    holds: tuple[str, ...] = ()  # the names of what holds: severe-pain, surgeon, stability, answer
    build_up: str = ""  # the same in words without a day
    begun: date | None = None  # the day from which they grow, of a ramp that goes on before the plan's first
    first: int = 0  # minutes of a session on that day

    @property
    def now(self) -> int:
        """Minutes of a session as it is planned: of one bout where there is no step, and no more while held."""
        return self.target if self.step_minutes and not self.held else self.start


@dataclass(frozen=True)
class Visits:
    """What is ordered: the evaluation and the visits of at most 90 days."""

    preset: str  # A ... G
    count: int  # the evaluation included
    weeks: int
    start: date
    end: date
    frequency: int
    frequency_max: int | None
    period_weeks: int
    minutes: tuple[int, int]  # of one visit
    text: str
    days: tuple[str, ...] = ()
    later: str = ""  # what is foreseen after them, not ordered
    schedule: tuple[tuple[int, int], ...] = ()  # behind the evaluation: (visits, weeks), one after the other
    proposed: int = 0  # the count by rule, where the clinician has set another
    setting: str = ""  # where the patient cannot come: home health; and what a payer asks for beyond a sum
    note: str = ""  # the order in words, with its days
    order: int = 1  # which order of the line: from the second on the visits thin out (VI3)


class PriorityValue(StrEnum):
    ROUTINE = "routine"
    URGENT = "urgent"
    ASAP = "asap"


@dataclass(frozen=True)
class TherapyPriority:
    """How soon the therapist should see the patient."""

    value: PriorityValue
    see_by: date
    because: tuple[str, ...]
    proposed: PriorityValue | None = None  # by rule, where the clinician has set another
    reason: str = ""  # the clinician's, where it is less urgent
    text: str = ""


class Decider(StrEnum):
    CLINICIAN = "clinician"
    THERAPIST = "therapist"
    SURGEON = "surgeon"
    PRESCRIBER = "prescriber"


@dataclass(frozen=True)
class DatedReview:
    id: str  # VI9 ...
    day: date
    what: str
    decides: Decider

    @property
    def asked(self) -> str:
        """What is asked, as a sentence of its own, and who decides it."""
        return f"{self.what.rstrip('.')}{'' if self.what.endswith('?') else '.'} Decides: {self.decides}."


@dataclass(frozen=True)
class OutcomeMeasure:
    """A test of rule book 2b section 5 as found in the chart, newest first result."""

    row: str  # tug, cst30 ...
    code: str  # LOINC or empty
    title: str
    value: Decimal | None
    unit: str
    day: date | None
    cut_off: str = ""
    trend: str = ""
    source: str = ""  # reference of the resource
    usable: bool = True  # False: too old, undated or with a bound: "repeat at evaluation"
    at_risk: bool = False  # beyond the cut-off
    asked: bool = False  # at the first visit
    wait: str = ""  # why it is not asked for now
