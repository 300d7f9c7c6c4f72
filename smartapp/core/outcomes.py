"""The tests a plan is measured by: what each is, when it is safe to ask for, and what its result says, as values.

Rows of ``knowledge/measures.toml`` (rule book 2b, section 5).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from smartapp.core.kinds import Quantity, Sex, Site
from smartapp.core.signatures import Origin
from smartapp.core.states import Phase, Track


class BetterWhen(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


@dataclass(frozen=True)
class AgeLine:
    """The cut-off from an age on, by sex; None where no source gives one."""

    age: int
    men: Decimal | None
    women: Decimal | None


@dataclass(frozen=True)
class TestConditions:
    """When a test may be asked for; what is empty asks for nothing."""

    phases: tuple[Phase, ...] = ()
    pain_to: Decimal | None = None  # highest current score
    days_from: int | None = None  # since the fracture
    age_from: int | None = None
    prone_open: bool = False
    in_any_pain: bool = False  # also in pain that holds every other test
    in_comfort_care: bool = False
    tracks: tuple[Track, ...] = ()
    without: tuple[tuple[str, ...], ...] = ()  # not where limits take out all exercises of one of these
    not_with: tuple[str, ...] = ()  # limits with which it is not done


@dataclass(frozen=True)
class OutcomeTest:
    """One test. ``change`` is the smallest worth a goal, ``at_risk_from`` and ``at_risk_below`` its cut-off."""

    id: str  # tug, cst30 ...
    title: str
    better: BetterWhen
    origin: Origin
    conditions: TestConditions
    quantity: Quantity | None = None  # as read from the chart
    code: str = ""  # concept of codes.csv by which it is written; empty: text alone
    unit: str = ""  # UCUM
    unit_words: str = ""
    between: tuple[Decimal, Decimal] | None = None  # lowest and highest that may be entered
    whole: bool = False  # entered in whole numbers
    change: Decimal | None = None
    at_risk_from: Decimal | None = None
    at_risk_below: Decimal | None = None
    lines: tuple[AgeLine, ...] = ()
    cut_off: str = ""  # in words; {line} is filled in
    at_risk_note: str = ""  # what the therapist is told beyond it; {value} is filled in
    first_visit: bool = False  # asked for at the first visit
    instead: str = ""  # the test asked for where this one must wait
    within: int = 90  # days its newest result counts

    @property
    def can_be_entered(self) -> bool:
        return self.quantity is not None and self.between is not None

    def line(self, age: int | None, sex: Sex) -> Decimal | None:
        """The cut-off for this age and sex below which a result is at risk; None where there is none."""
        if self.at_risk_below is not None or age is None:
            return self.at_risk_below
        reached = [line for line in self.lines if line.age <= age]
        if not reached or sex not in (Sex.MALE, Sex.FEMALE):
            return None
        last = max(reached, key=lambda line: line.age)
        return last.men if sex is Sex.MALE else last.women


@dataclass(frozen=True)
class EnterableValue:
    """A value of the chart that is no test of movement, as a clinician may enter it where it is missing or unread."""

    id: str
    title: str
    quantity: Quantity
    unit_words: str
    between: tuple[Decimal, Decimal]
    origin: Origin
    whole: bool = False
    sites: tuple[Site, ...] = ()  # one of them is named with it


@dataclass(frozen=True)
class NeverTest:
    """A test that is never asked for (TST1), and why."""

    id: str  # TST1-sorensen
    title: str
    why: str
    origin: Origin
