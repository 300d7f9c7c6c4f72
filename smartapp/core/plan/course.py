"""Proposal -> the same proposal with its course: ramp, visits, urgency, dated reviews; made anew after every edit."""

from dataclasses import replace
from decimal import Decimal

from smartapp.core.course import PresetName
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.course_facts import CourseFacts
from smartapp.core.plan.priority import priority_of
from smartapp.core.plan.ramp import ramp_of
from smartapp.core.plan.reviews import ReviewDays, reviews_of
from smartapp.core.plan.visits import preset_of, visits_of
from smartapp.core.proposal import Proposal, Timing


def course_facts(proposal: Proposal, knowledge: Knowledge) -> CourseFacts:
    return CourseFacts(proposal.assessment, knowledge, _odi(proposal), proposal.continues)


def with_course(proposal: Proposal, program: Timing, knowledge: Knowledge) -> Proposal:
    """What the clinician has set of visits and urgency stays; the rest follows from facts, days and minutes."""
    facts = course_facts(proposal, knowledge)
    set_visits, urgency = proposal.visits, proposal.priority
    reasons = tuple(reason for _, reason in proposal.overrides)
    ramp = ramp_of(facts, program, proposal.start, proposal.end, reasons)
    visits = visits_of(facts, proposal.start, ramp, set_visits.count if set_visits and set_visits.proposed else 0)
    chosen = urgency.value if urgency and urgency.proposed else None
    priority = priority_of(facts, chosen, urgency.reason if urgency else "")
    days = ReviewDays(facts, proposal.start, priority.see_by, visits)
    return replace(proposal, ramp=ramp, visits=visits, priority=priority, reviews=reviews_of(days))


def comfort_first(proposal: Proposal, knowledge: Knowledge) -> bool:
    """Goals of care lead: the dose of the source and its reviews are waived (CX15)."""
    return preset_of(course_facts(proposal, knowledge)).id is PresetName.COMFORT


def _odi(proposal: Proposal) -> Decimal | None:
    return next((m.value for m in proposal.measures if m.row == "odi" and m.usable), None)
