"""What the course of a program is made of (``knowledge/program.toml``), as the rules read it.

Ramps of minutes, what holds them, visits ordered, urgency, dated reviews: each row by the name a rule knows it by.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from smartapp.core.alert_codes import AlertCode
from smartapp.core.kinds import Sex
from smartapp.core.program import Decider, PriorityValue
from smartapp.core.signatures import Origin
from smartapp.core.thresholds import ThresholdName


class RampName(StrEnum):
    EARLY = "RA1b"
    SETTLED = "RA1c"
    MIDDLE = "RA1d"
    LATE = "RA1e"
    FRAIL = "RA2"
    PRE_FRAIL = "RA2p"  # changes the start of another
    CHAIR = "RA2c"
    HIP = "RA2k"
    BED = "RA2b"
    COMFORT = "CX15"


class HoldName(StrEnum):
    SEVERE_PAIN = "severe-pain"
    SURGEON = "surgeon"
    STABILITY = "stability"
    ANSWER = "answer"


class PresetName(StrEnum):
    """In the order in which they are tried; the last fits everybody."""

    COMFORT = "G"
    SURGEON = "F"
    PAIN = "E"
    EARLY = "A"
    FRAIL = "D"
    STRONG = "C"
    USUAL = "B"


class LaterName(StrEnum):
    """What follows the first order of visits (VI3)."""

    SECOND = "VI3-second"
    FURTHER = "VI3-further"


class VisitLength(StrEnum):
    SEATED = "seated"
    BED = "visit-bed"


class UrgencyFact(StrEnum):
    """Why the therapist should see the patient earlier."""

    HELPLESS_ALONE = "helpless-alone"
    FALLS_NOW = "falls-now"
    NO_DATE = "no-date"
    EARLY = "early"
    OPERATION = "operation"
    BRACE = "brace"
    FALL = "fall"
    SLOW = "slow"
    OPIOID = "opioid"
    DISCHARGE = "discharge"
    ALONE = "alone"
    SEVERE_PAIN = "severe-pain"
    NOTHING = "nothing"


class SiteSetting(StrEnum):
    """What only a site can say, in its own file; without it the rule that asks for it does nothing."""

    VISIT_PRICE = "visit.price"  # US dollars
    REPORT_WITHIN = "report.within-days"  # the state or a payer wants a report after so many days at the latest


class ReviewName(StrEnum):
    TOLERANCE = "VI9-tolerance"
    REPORT_10 = "VI7-10"
    REPORT_20 = "VI7-20"
    REPORT_BY_DAY = "VI7-days"
    PLAN_OF_CARE = "VI8-plan-of-care"
    RENEWAL = "VI6-renewal"
    RECERTIFY = "VI8-recertify"
    MONTHS_3 = "VI9-3"
    MONTHS_6 = "VI9-6"
    MONTHS_12 = "VI9-12"
    PRONE_FIRST = "PG9-prone-first"
    PRONE = "PG9-prone"
    INTERMEDIATE = "PG9-intermediate"
    ADVANCED = "PG9-advanced"
    FLEXION_FIRST = "PG9-flexion-first"
    FLEXION = "PG9-flexion"
    BRACE = "PG9-brace"
    VITAMIN_D = "PG9-vitamin-d"
    CARE_4 = "CX15-4"
    CARE_12 = "CX15-12"


class CountedFrom(StrEnum):
    START = "start"  # first day of the plan
    SEE_BY = "see-by"  # until the first visit is known
    FIRST_VISIT = "first-visit"  # of the year: that of the plan this one goes on from, else as above
    VISIT = "visit"  # the day a visit is expected on
    DAY_0 = "day-0"  # latest reading of the effective anchor
    BRACE_END = "brace-end"


@dataclass(frozen=True)
class RampRow:
    """Minutes of a session. ``start_less``: of the row that lowers another's start, not below ``start``."""

    id: RampName
    title: str
    start: int
    origin: Origin
    target: int = 0
    step_minutes: int = 0
    step_weeks: int = 0
    frequency: int | None = None  # sessions a week, where they are others than the program's
    reason: str = ""  # why the target is below the source's
    start_less: int = 0


@dataclass(frozen=True)
class HoldRow:
    id: HoldName
    text: str
    origin: Origin
    minutes: int | None = None  # None: the start of the ramp
    alerts: tuple[AlertCode, ...] = ()  # any of these under review


@dataclass(frozen=True)
class PresetRow:
    """Visits behind the evaluation: ``schedule`` is (visits, weeks) one after the other."""

    id: PresetName
    title: str
    schedule: tuple[tuple[int, int], ...]
    frequency: int
    period_weeks: int
    minutes: tuple[int, int]
    text: str
    later: str
    origin: Origin
    frequency_max: int | None = None
    days: tuple[str, ...] = ()
    tapers: bool = False  # whether fewer visits follow (VI3)

    @property
    def count(self) -> int:
        """The evaluation included."""
        return 1 + sum(visits for visits, _ in self.schedule)

    @property
    def weeks(self) -> int:
        return sum(weeks for _, weeks in self.schedule)


@dataclass(frozen=True)
class LaterRow:
    """Visits of an order that follows another: what it changes of the preset. No visits are weeks without one."""

    id: LaterName
    title: str
    schedule: tuple[tuple[int, int], ...]
    frequency: int
    period_weeks: int
    text: str
    later: str
    origin: Origin


@dataclass(frozen=True)
class PriorityRow:
    id: PriorityValue
    within_days: int
    because: tuple[tuple[UrgencyFact, str], ...]
    origin: Origin


@dataclass(frozen=True)
class ReviewRow:
    """One of ``days``, ``months``, ``threshold`` and ``visit`` says how long after ``counted_from``.

    ``task``: somebody has to decide or send something on that day, so that the EHR is asked to keep it in mind.
    """

    id: ReviewName
    counted_from: CountedFrom
    what: str
    decides: Decider
    origin: Origin
    days: int | None = None
    months: int | None = None
    threshold: ThresholdName | None = None
    visit: int | None = None
    task: bool = False


@dataclass(frozen=True)
class BillingRow:
    """Of one year, in US dollars of physical and speech therapy together (VI11)."""

    id: str
    year: int
    kx_from: Decimal
    review_from: Decimal
    origin: Origin


@dataclass(frozen=True)
class CourseLimits:
    early_before_day: int
    pain_from: Decimal
    tug_frail_from: Decimal  # seconds
    chair_rise_above: Decimal  # seconds for five
    gait_to: Decimal  # m/s
    signs_frail_from: int
    frailty_level_from: Decimal
    falls_many_from: Decimal
    falls_recent_within: int  # days
    falls_asap_from: int
    operation_within: int  # days
    discharge_within: int  # days
    stands_far_below: Decimal
    opioid_before_days: int
    odi_severe_from: Decimal
    order_days: int  # the longest order
    ramp_longest_weeks: int
    report_every_visits: int
    reviews_at_least: int
    short_first: tuple[str, ...]  # ids of exercises, in the order in which a short session is filled (RA4)
    minutes_red_step: int
    minutes_least: int
    decide_within: int  # days for a phase the therapist recommends
    origin: Origin


@dataclass(frozen=True)
class Course:
    limits: CourseLimits
    texts: Mapping[str, str]
    ramps: Mapping[RampName, RampRow]
    holds: Mapping[HoldName, HoldRow]
    presets: Mapping[PresetName, PresetRow]
    later: Mapping[LaterName, LaterRow]
    visit_minutes: Mapping[VisitLength, tuple[int, int]]
    priorities: Mapping[PriorityValue, PriorityRow]
    reviews: Mapping[ReviewName, ReviewRow]
    chair_stands: tuple[tuple[Sex, int, int, int], ...]  # sex, ages from and to, fewer than this is weak
    origins: tuple[tuple[str, Origin], ...]
    billing: Mapping[int, BillingRow] = field(default_factory=lambda: MappingProxyType({}))
    site: Mapping[SiteSetting, Decimal] = field(default_factory=lambda: MappingProxyType({}))

    def stands_line(self, sex: Sex, age: int) -> int | None:
        """Chair stands in 30 seconds below which legs count as weak; None where no line is known."""
        return next((line for who, first, last, line in self.chair_stands if who is sex and first <= age <= last), None)
