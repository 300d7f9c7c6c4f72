"""Proposal -> what is wrong with its dose, its visits and its reviews (guards GU5 with RA7, GU17, GU18).

A dose below the source's may stand with a reason (S19); days without rest between may not (S18).
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from smartapp.core.dates import days_rest
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.course import comfort_first
from smartapp.core.plan.ramp import ramp_weeks
from smartapp.core.program import DoseFlag
from smartapp.core.proposal import Proposal, Timing
from smartapp.core.quotes import quoted

DOSE = "GU5"


def dose_faults(timing: Timing, months: int, knowledge: Knowledge) -> Iterator[str]:
    """Where the programme stays below the seed's dose (S15-S17), one sentence each."""
    programme = knowledge.library.programme
    if months < programme.months_minimum:
        yield f"{months} months are less than the {programme.months_minimum} the programme needs."
    if timing.frequency < programme.frequency:
        yield f"{timing.frequency} session a week is less than the {programme.frequency} the programme needs."
    if (timing.minutes or 0) < programme.minutes:
        yield f"{timing.minutes or 0} minutes are less than the {programme.minutes} a session needs."


def full_dose(proposal: Proposal, knowledge: Knowledge) -> Iterator[str]:
    """RA7: the dose of the source, and a ramp that rises to it in time; or a flag with its reason."""
    if proposal.program is None:
        return
    yield from dose_faults(proposal.program, proposal.months, knowledge)
    ramp, longest = proposal.ramp, knowledge.course.limits.ramp_longest_weeks
    if ramp is None:
        yield "The minutes of the sessions do not say how they grow."
        return
    if ramp.start > ramp.target:
        yield f"The minutes fall from {ramp.start} to {ramp.target}."
    if ramp.target != proposal.program.minutes:
        yield f"Sessions that do not grow by the week cannot reach {proposal.program.minutes} minutes."
    if not ramp.held and ramp_weeks(ramp.start, ramp.target, ramp) > longest:
        yield f"From {ramp.start} to {ramp.target} minutes takes more than {longest} weeks: set a lower target."
    if ramp.flag is not DoseFlag.OK and not ramp.reason:
        yield "A dose below the source's has no reason."


def rest_days(proposal: Proposal) -> Iterator[str]:
    """S18: alternate days. Four of seven days cannot have rest between, so this also caps the sessions a week."""
    if proposal.program is None:
        return
    timing = proposal.program
    most = max(timing.frequency, timing.frequency_max or 0)
    if not days_rest(timing.days) or len(timing.days) != most:
        yield f"{most} sessions a week need {most} days with a day of rest between (Sunday to Monday too)."


def visits_add_up(proposal: Proposal, knowledge: Knowledge) -> Iterator[str]:
    """GU17: what is ordered is the sum of its schedule, within the days of one order."""
    visits, referral, days = proposal.visits, proposal.referral, knowledge.course.limits.order_days
    if referral is None:
        return
    if visits is None or referral.quantity != visits.count:
        yield "The order does not say how many visits it is for."
        return
    planned = 1 + sum(count for count, _ in visits.schedule)
    if planned != visits.count:
        yield f"{visits.count} visits are ordered and {planned} planned."
    if not 0 <= (referral.end - referral.start).days <= days:
        yield f"An order runs for at most {days} days, not from {referral.start} to {referral.end}."


def reviews_dated(proposal: Proposal, knowledge: Knowledge) -> Iterator[str]:
    """GU18: enough is looked at again, each on a day to come."""
    if proposal.referral is None:
        return
    least = knowledge.course.limits.reviews_at_least
    if len(proposal.reviews) < least and not comfort_first(proposal, knowledge):
        yield f"{len(proposal.reviews)} dated reviews are fewer than {least}."
    for review in proposal.reviews:
        if review.day <= proposal.assessment.as_of:
            yield f"{quoted(review.what)} is due on {review.day}, which is no day to come."


CourseGuard = Callable[[Proposal, Knowledge], Iterator[str]]
COURSE_GUARDS: Mapping[str, CourseGuard] = MappingProxyType({"GU17": visits_add_up, "GU18": reviews_dated})
