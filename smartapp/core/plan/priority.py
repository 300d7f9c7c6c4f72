"""Facts of the course -> how soon the therapist should see the patient, and why (VI10); the most urgent leads."""

from collections.abc import Iterator
from datetime import timedelta

from smartapp.core.course import PriorityRow, UrgencyFact
from smartapp.core.plan.course_facts import CourseFacts
from smartapp.core.program import PriorityValue, TherapyPriority

ORDER = (PriorityValue.ASAP, PriorityValue.URGENT, PriorityValue.ROUTINE)


def priority_of(facts: CourseFacts, chosen: PriorityValue | None = None, reason: str = "") -> TherapyPriority:
    """``chosen``: what the clinician has set in place of the rule's, with the reason where it is less urgent."""
    rows, texts = facts.course.priorities, facts.course.texts
    holding = set(_holding(facts))
    row = next(rows[value] for value in ORDER if _because(rows[value], holding))
    because = tuple(text.format(**_values(facts)) for text in _because(row, holding))
    made = rows[chosen] if chosen else row
    changed = made is not row
    if changed:
        said = {"value": made.id, "proposed": row.id, "reason": reason}
        because = (texts["priority_changed"].format(**said).rstrip(": "), *because)
    day = facts.assessment.as_of + timedelta(days=made.within_days)
    return TherapyPriority(
        value=made.id,
        see_by=day,
        because=because,
        proposed=row.id if changed else None,
        reason=reason if changed else "",
        text=texts["see_by"].format(day=day, because="; ".join(because)),
    )


def _because(row: PriorityRow, holding: set[UrgencyFact]) -> tuple[str, ...]:
    return tuple(text for fact, text in row.because if fact in holding)


def _holding(facts: CourseFacts) -> Iterator[UrgencyFact]:
    limits = facts.course.limits
    operated = facts.operated_days_ago
    weak = facts.pain_from(limits.pain_from) or facts.stands_below(limits.stands_far_below)
    holds = {
        UrgencyFact.HELPLESS_ALONE: facts.lives_alone and facts.needs_help,
        UrgencyFact.FALLS_NOW: len(facts.recent_falls) >= limits.falls_asap_from,
        UrgencyFact.NO_DATE: facts.assessment.anchor is None,
        UrgencyFact.EARLY: facts.assessment.anchor is not None and facts.day <= limits.early_before_day,
        UrgencyFact.OPERATION: operated is not None and operated <= limits.operation_within,
        UrgencyFact.BRACE: facts.brace and facts.brace_end is None,
        UrgencyFact.FALL: bool(facts.recent_falls),
        UrgencyFact.SLOW: facts.tug is not None and facts.tug >= limits.tug_frail_from,
        UrgencyFact.OPIOID: facts.opioid,
        UrgencyFact.DISCHARGE: facts.discharged_on is not None,
        UrgencyFact.ALONE: facts.lives_alone and weak,
        UrgencyFact.SEVERE_PAIN: facts.severe_pain,
        UrgencyFact.NOTHING: True,
    }
    yield from (fact for fact, does in holds.items() if does)


def _values(facts: CourseFacts) -> dict[str, object]:
    """What the words of a reason may have filled in."""
    return {
        "day": facts.day,
        "count": len(facts.recent_falls),
        "recent": facts.course.limits.falls_recent_within,
        "days": facts.operated_days_ago,
        "discharge": facts.discharged_on,
        "fall": max(facts.recent_falls, default=None),
        "tug": facts.tug,
        "pain": facts.assessment.pain,
    }
