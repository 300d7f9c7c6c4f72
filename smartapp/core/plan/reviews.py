"""Facts of the course -> what is looked at again, each with its day and who decides (VI6-VI9, PG9, CX15).

Until the first visit is known, days count from the day by which the patient should be seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from smartapp.core.course import CountedFrom, ReviewName, ReviewRow, SiteSetting
from smartapp.core.dates import add_months
from smartapp.core.derive.gates import PRONE
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.course_facts import CourseFacts
from smartapp.core.plan.limits import acting_rules
from smartapp.core.plan.visits import expected_day
from smartapp.core.program import DatedReview, Visits
from smartapp.core.proposal import Proposal
from smartapp.core.states import State
from smartapp.core.thresholds import Unit

_COMFORT = (ReviewName.CARE_4, ReviewName.CARE_12)
_ALWAYS = (
    ReviewName.TOLERANCE,
    ReviewName.PLAN_OF_CARE,
    ReviewName.RENEWAL,
    ReviewName.RECERTIFY,
    ReviewName.MONTHS_3,
    ReviewName.MONTHS_6,
    ReviewName.MONTHS_12,
)
_BY_DAY = ReviewName.REPORT_BY_DAY
_OF_PHASE = (ReviewName.INTERMEDIATE, ReviewName.ADVANCED)
_OF_FLEXION = (ReviewName.FLEXION_FIRST, ReviewName.FLEXION)
_TOO_LITTLE = ("severely-deficient", "deficient", "insufficient")  # classes of vitamin D


@dataclass(frozen=True)
class ReviewDays:
    """The days reviews are counted from."""

    facts: CourseFacts
    start: date
    see_by: date
    visits: Visits

    def day_of(self, row: ReviewRow) -> date | None:
        """None where what it is counted from is not known or not reached."""
        if row.visit:
            return expected_day(self.visits, row.visit, self.see_by)
        first = self._first(row.counted_from)
        if first is None:
            return None
        if row.threshold:
            threshold = self.facts.knowledge.thresholds[row.threshold]
            amount = int(threshold.value)
            return add_months(first, amount) if threshold.unit is Unit.MONTHS else first + timedelta(days=amount)
        if row.id is ReviewName.RENEWAL:
            return first + timedelta(days=min(row.days or 0, 7 * self.visits.weeks))
        return add_months(first, row.months) if row.months else first + timedelta(days=row.days or 0)

    def _first(self, counted: CountedFrom) -> date | None:
        anchor, before = self.facts.assessment.anchor, self.facts.continues
        return {
            CountedFrom.START: self.start,
            CountedFrom.FIRST_VISIT: (before.first_visit if before else None) or self.see_by,
            CountedFrom.DAY_0: anchor.day if anchor else None,
            CountedFrom.BRACE_END: self.facts.brace_end or self.see_by,
        }.get(counted, self.see_by)


def reviews_of(days: ReviewDays) -> tuple[DatedReview, ...]:
    """In the order of their days."""
    rows = days.facts.course.reviews
    found = []
    for name in _names(days):
        day = _prone_day(name, days) if name in (ReviewName.PRONE_FIRST, ReviewName.PRONE) else days.day_of(rows[name])
        if day is not None and day > days.facts.assessment.as_of:
            what = rows[name].what.format(visit=rows[name].visit)
            found.append(DatedReview(name.value, day, what, rows[name].decides))
    found += _reports_by_day(days)
    return tuple(sorted(found, key=lambda review: review.day))


def _reports_by_day(days: ReviewDays) -> Iterator[DatedReview]:
    """VI7, where a site says that its state or payer wants a report after so many days: each until the order ends."""
    within, row = days.facts.course.site.get(SiteSetting.REPORT_WITHIN), days.facts.course.reviews[_BY_DAY]
    if within is None or days.facts.limited_by("WP36"):
        return
    step, day = timedelta(days=int(within)), days.see_by
    for number in range(1, 1 + (days.visits.end - days.see_by) // step):
        yield DatedReview(f"{_BY_DAY}-{number}", day + number * step, row.what.format(days=int(within)), row.decides)


def renewal_day(proposal: Proposal) -> date | None:
    """From which on the visits may be ordered anew (VI6); None where they are not."""
    return next((review.day for review in proposal.reviews if review.id == ReviewName.RENEWAL), None)


def reviews_as_tasks(proposal: Proposal, knowledge: Knowledge) -> tuple[DatedReview, ...]:
    """Those of a plan with an order that the EHR keeps as tasks where it takes any (PG9; 2b, RP9)."""
    names = {name.value for name, row in knowledge.course.reviews.items() if row.task}
    return tuple(review for review in proposal.reviews if review.id in names) if proposal.referral else ()


def _names(days: ReviewDays) -> Iterator[ReviewName]:
    facts = days.facts
    if facts.limited_by("WP36"):
        yield from _COMFORT
        return
    yield from _ALWAYS
    yield from (ReviewName.REPORT_10, ReviewName.REPORT_20, ReviewName.PRONE_FIRST, ReviewName.PRONE)
    yield from _OF_PHASE
    bending = facts.assessment.restriction("R1")
    if bending and bending.state is State.STRICT:
        yield from _OF_FLEXION
    if facts.brace:
        yield ReviewName.BRACE
    vitamin_d = facts.assessment.vitamin_d
    if vitamin_d and vitamin_d.cls in _TOO_LITTLE:
        yield ReviewName.VITAMIN_D


def _prone_day(name: ReviewName, days: ReviewDays) -> date | None:
    """As the gate says; where a limit keeps it closed for longer there is one question, on the day that ends."""
    gates, rows = days.facts.assessment.gates, days.facts.course.reviews
    opens = next((day for gate, day, _ in gates.opens if gate == PRONE), None) if gates else None
    if opens is None:
        return None
    if name is ReviewName.PRONE:
        return opens
    by_calendar = days.day_of(rows[ReviewName.PRONE]) == opens
    return days.day_of(rows[name]) if by_calendar and not _limits_close(days.facts) else None


def _limits_close(facts: CourseFacts) -> bool:
    return any(rule.closes_prone for rule in acting_rules(facts.assessment, facts.knowledge))
