"""Assessment -> the facts of ramp, visits, urgency and reviews; a missing test meets no condition (2c, CD7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Assessment
from smartapp.core.concepts import Concept
from smartapp.core.course import Course
from smartapp.core.dates import age_on
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.measures import Measures
from smartapp.core.derive.orders import live_orders
from smartapp.core.derive.surgery import completed_surgery
from smartapp.core.derive.walking_aid import is_of_another_aid
from smartapp.core.kinds import AttestationName, Measure, OrderKind, ProcedureKind, Quantity
from smartapp.core.knowledge import Knowledge
from smartapp.core.program import Continued
from smartapp.core.states import Healing, Phase, Severity, Track
from smartapp.core.thresholds import ThresholdName

# A burst that was called stable counts as stable when one of these is stated after the fracture (rule book 2c, CD14).
_BURST_ANSWERED = (
    AttestationName.SURGEON_CLEARANCE,
    AttestationName.STABILITY_IMAGING,
    AttestationName.BRACE_WEANED,
)


@dataclass(frozen=True)
class CourseFacts:
    """``odi``: the Oswestry score, percent, where a usable one is on record. ``continues``: of the plan."""

    assessment: Assessment
    knowledge: Knowledge
    odi: Decimal | None = None
    continues: Continued | None = None

    @property
    def course(self) -> Course:
        return self.knowledge.course

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self.assessment.chart, self.assessment.as_of, self.knowledge)

    @cached_property
    def _measures(self) -> Measures:
        return Measures(self._facts, self.assessment.broken_on)

    # -- fracture, pain, phase

    @cached_property
    def day(self) -> int:
        """Days since the latest reading of the effective anchor; 0 without a date (CD1)."""
        anchor = self.assessment.anchor
        return (self.assessment.as_of - anchor.day).days if anchor else 0

    @property
    def phase(self) -> Phase:
        return self.assessment.effective_phase or Phase.INITIAL

    @property
    def track(self) -> Track:
        return self.assessment.track or Track.STANDING

    def pain_from(self, least: Decimal) -> bool:
        """A current score of at least this; none limits nothing (CD2)."""
        return self.assessment.pain is not None and self.assessment.pain >= least

    @cached_property
    def severe_pain(self) -> bool:
        return self.pain_from(self.knowledge.number(ThresholdName.PAIN_SEVERE_FROM))

    @cached_property
    def early_or_in_pain(self) -> bool:
        limits = self.course.limits
        in_pain = self.pain_from(limits.pain_from)
        return self.phase is Phase.INITIAL and (self.day < limits.early_before_day or in_pain)

    @property
    def healed(self) -> bool:
        return self.assessment.healing is Healing.HEALED

    def under_review(self, codes: Iterable[AlertCode]) -> tuple[AlertCode, ...]:
        """Which of the alerts are raised and not eased."""
        raised = {alert.code for alert in self.assessment.alerts if alert.severity is not Severity.INFO}
        return tuple(code for code in codes if code in raised)

    @cached_property
    def uncleared(self) -> bool:
        """An operation of the spine waits for the surgeon, or is too young (CD11)."""
        return self.limited_by("WP15")

    @cached_property
    def unstable(self) -> bool:
        """Stability is in doubt (CD14)."""
        doubts = (AlertCode.DELAYED_HEALING, AlertCode.SEVERE_COLLAPSE, AlertCode.CANAL_COMPROMISE)
        if self.under_review(doubts):
            return True
        since = self.assessment.broken_on
        answered = any(self._facts.attestation_of(name, since) for name in _BURST_ANSWERED)
        return bool(self.under_review((AlertCode.BURST_STABLE,))) and not answered

    def limited_by(self, id_: str) -> bool:
        """Whether a limit of the whole patient acts."""
        return any(limit.id == id_ and limit.rows for limit in self.assessment.constraints)

    # -- tests and frailty

    def _tests(self, quantity: Quantity) -> tuple[Decimal, ...]:
        """The results of the newest day, where it is new enough; an undated one may be of today."""
        within = timedelta(days=self.knowledge.whole(ThresholdName.TEST_WITHIN))
        found = [(self._facts.day_of(m.when), m.value) for m in self._facts.measurements_of(quantity)]
        newest = max((day for day, _ in found if day), default=None)
        usable = {None, newest if newest and self.assessment.as_of - newest <= within else None}
        return tuple(value for day, value in found if value is not None and day in usable)

    @cached_property
    def tug(self) -> Decimal | None:
        """Seconds, the slowest where several stand for one day."""
        return max(self._tests(Quantity.TIMED_UP_AND_GO), default=None)

    @cached_property
    def chair_stands(self) -> Decimal | None:
        return min(self._tests(Quantity.CHAIR_STANDS), default=None)

    @cached_property
    def stands_line(self) -> int | None:
        """Below it legs count as weak, by age and sex; None where no line is known."""
        patient = self.assessment.chart.patient
        return (
            self.course.stands_line(patient.sex, age_on(patient.birth, self.assessment.as_of))
            if patient.birth
            else None
        )

    def stands_below(self, less: Decimal = Decimal(0)) -> bool:
        """Fewer chair stands than the line, or than ``less`` under it."""
        if self.chair_stands is None or self.stands_line is None:
            return False
        return self.chair_stands < self.stands_line - less

    @cached_property
    def frailty_signs(self) -> int:
        """How many of the four of RA2: slow gait, slow or no rising, slow up and go, weight loss."""
        limits = self.course.limits
        rise, gait = self._tests(Quantity.CHAIR_RISE), self._tests(Quantity.GAIT_SPEED)
        return sum(
            (
                min(gait, default=limits.gait_to + 1) <= limits.gait_to,
                max(rise, default=Decimal(0)) > limits.chair_rise_above or self.chair_stands == 0,
                self.tug is not None and self.tug >= limits.tug_frail_from,
                bool(self._facts.live(Concept.WEIGHT_LOSS)),
            )
        )

    @cached_property
    def frail(self) -> bool:
        """A stated level of 5 or more, or two signs (RA2, CD9)."""
        limits = self.course.limits
        stated = any(r.value >= limits.frailty_level_from for r in self._measures.readings(Measure.FRAILTY_LEVEL))
        return stated or self.limited_by("WP35") or self.frailty_signs >= limits.signs_frail_from

    @cached_property
    def slow(self) -> bool:
        return self.tug is not None and self.tug >= self.knowledge.number(ThresholdName.TUG_SLOW_FROM)

    @property
    def pre_frail(self) -> bool:
        return not self.frail and (self.frailty_signs > 0 or self.slow or self.stands_below())

    @property
    def strong(self) -> bool:
        """Both tests measured, both good."""
        counted = self.chair_stands is not None and self.stands_line is not None
        return self._walks_as_tested and not self.slow and counted and not self.stands_below()

    @property
    def _walks_as_tested(self) -> bool:
        """Whether there is a timed up and go, and no other walking aid since (CD7)."""
        newest = next(iter(self._facts.measurements_of(Quantity.TIMED_UP_AND_GO)), None)
        chart, today = self.assessment.chart, self.assessment.as_of
        return self.tug is not None and newest is not None and not is_of_another_aid(newest, chart, today)

    # -- falls, operations, help at home, drugs, brace

    @cached_property
    def other_falls(self) -> Decimal:
        """In 12 months, without the one that broke the bone (CD5)."""
        return max((r.value for r in self._measures.readings(Measure.OTHER_FALLS)), default=Decimal(0))

    @cached_property
    def recent_falls(self) -> tuple[date, ...]:
        """Days of falls after the fracture that lie in the last weeks, in order."""
        first = self.assessment.as_of - timedelta(days=self.course.limits.falls_recent_within)
        days = {r.day for r in self._measures.readings(Measure.FALLS_SINCE) if r.day and r.day >= first}
        return tuple(sorted(days))

    @cached_property
    def operated_days_ago(self) -> int | None:
        """Since the newest operation or augmentation of the spine with a day."""
        days = (self._facts.day_of(each.performed) for each in completed_surgery(self._facts))
        return min(((self.assessment.as_of - day).days for day in days if day), default=None)

    @cached_property
    def discharged_on(self) -> date | None:
        """From the hospital in the last days, the newest time; None also where stays are not read (CD20)."""
        stays = (p for p in self.assessment.chart.procedures if p.kind is ProcedureKind.HOSPITAL_STAY)
        ends = (stay.performed for stay in stays if stay.performed)
        days = (end.latest for end in ends if end.earliest <= self.assessment.as_of)
        first = self.assessment.as_of - timedelta(days=self.course.limits.discharge_within)
        return max((min(day, self.assessment.as_of) for day in days if day >= first), default=None)

    @cached_property
    def lives_alone(self) -> bool:
        return bool(self._facts.live(Concept.LIVES_ALONE))

    @cached_property
    def needs_help(self) -> bool:
        """To walk or to get out of bed (CD19)."""
        return self.limited_by("WP33") or self.limited_by("WP34") or bool(self._facts.live(Concept.NEEDS_HELP))

    @cached_property
    def homebound(self) -> bool:
        """Does not leave the house without help, or is said not to (VI12)."""
        return self.needs_help or bool(self._facts.live(Concept.HOMEBOUND))

    @cached_property
    def opioid(self) -> bool:
        """Active, and begun no earlier than a week before the fracture (CD18); without a first day nothing is known."""
        anchor = self.assessment.anchor
        if anchor is None:
            return False
        first = anchor.day - timedelta(days=self.course.limits.opioid_before_days)
        taken = (m for m in self.assessment.chart.medications if m.active and Concept.OPIOID in m.concepts)
        return any(m.started is not None and first <= m.started.latest <= self.assessment.as_of for m in taken)

    @property
    def brace(self) -> bool:
        """A brace of the trunk is on record and nobody says that it is over."""
        return self.limited_by("WP20")

    @cached_property
    def brace_end(self) -> date | None:
        """The last day an order states that is still to come; None where none does."""
        orders = (live.order for live in live_orders(self._facts) if live.order.kind is OrderKind.BRACE)
        ends = (order.until.latest for order in orders if order.until)
        return max((day for day in ends if day >= self.assessment.as_of), default=None)
