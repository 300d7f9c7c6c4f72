"""What a goal of the knowledge is, as the plan reads it (rule book 2b, 5.2)."""

from dataclasses import dataclass
from decimal import Decimal

from smartapp.core.signatures import Origin
from smartapp.core.states import Track


@dataclass(frozen=True)
class GoalTarget:
    """One row. A measured goal names its tests; the target follows from the baseline by the figures here."""

    id: str  # GS3, GS9-falls
    text: str  # {baseline}, {target} and {unit} are filled in
    patient_text: str
    origin: Origin
    at_evaluation: str = ""  # without a usable baseline; empty: then there is no such goal
    due_weeks: int | None = None
    due_months: int | None = None
    tests: tuple[str, ...] = ()  # rows of measures.toml, the first with a usable result counts
    lower: bool = False  # the target lies below the baseline
    baseline_from: Decimal | None = None  # a goal from this result on
    baseline_below: Decimal | None = None  # a goal below this result
    change: Decimal | None = None
    percent: Decimal | None = None  # of the baseline, where that is the larger change
    least: Decimal | None = None  # never a smaller change
    bound: Decimal | None = None  # no further than this, unless the least change asks for more
    step: Decimal | None = None  # of the test; rounded in the harder direction
    classes: tuple[Decimal, ...] = ()  # upper ends of the classes: one class lower
    then: str = ""  # the second step, in words
    measure: str = ""  # concept of codes.csv, of a goal without a test
    spine_measure: str = ""  # instead of ``measure`` where no fractured vertebra lies in the region of interest
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    tracks: tuple[Track, ...] = ()  # only there, and only where no other goal of legs or balance stands
    exercise: str = ""  # only where this exercise is in the plan
    low_vitamin_d: bool = False  # only where vitamin D is below its target
    comfort: bool = False  # only where comfort is the aim of care
    of_dose: bool = False  # due when the full dose is reached

    @property
    def row(self) -> str:
        """``GS9`` of ``GS9-falls``."""
        return self.id.partition("-")[0]

    @property
    def measured(self) -> bool:
        return bool(self.tests) or bool(self.tracks)
