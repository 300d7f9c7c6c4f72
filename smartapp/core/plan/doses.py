"""A decision on the programme -> the programme with another frequency, length, days, start, visits or urgency.

Fewer sessions, shorter ones or fewer months than the seed asks for need the clinician's reason (S19, GU5), and so do
more minutes or visits than what limits the patient allows, and less urgency; days without rest are refused (S18).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from smartapp.core.course import PresetName
from smartapp.core.dates import WEEKDAYS, days_rest
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.course import course_facts
from smartapp.core.plan.course_guards import DOSE, dose_faults
from smartapp.core.plan.priority import ORDER, priority_of
from smartapp.core.plan.ramp import ramp_row
from smartapp.core.plan.visits import most_visits, preset_of
from smartapp.core.program import PriorityValue
from smartapp.core.proposal import Choice, Decision, Proposal, Timing
from smartapp.core.quotes import quoted
from smartapp.errors import ReviewError

LONGEST_SESSION = 180  # minutes; ours: beyond it a typing error is likelier
LONGEST_PROGRAMME = 36  # months; ours, as above
AWAITING = frozenset({PresetName.COMFORT, PresetName.SURGEON, PresetName.PAIN})  # few visits until something is settled


def loosens_program(proposal: Proposal, decision: Decision, knowledge: Knowledge) -> bool:
    """Whether this decision sets a dose below the seed's, goes beyond a limit of the patient, or makes less urgent."""
    try:
        before, after = proposal, _set(proposal, decision, knowledge)
    except ReviewError:
        return False  # refused for itself when it is applied
    loose = {*_faults(after, knowledge), *_beyond(after, knowledge)}
    return bool(loose - {*_faults(before, knowledge), *_beyond(before, knowledge)})


def _beyond(proposal: Proposal, knowledge: Knowledge) -> Iterator[str]:
    """More minutes than a limit sets, more visits than are safe before an answer, a later first visit than by rule."""
    facts, minutes = course_facts(proposal, knowledge), _weekly(proposal).minutes or 0
    visits, urgency = proposal.visits, proposal.priority
    target = ramp_row(facts).target
    if target < knowledge.library.programme.minutes and minutes > target:
        yield f"{minutes} minutes"
    if visits and visits.proposed and visits.count > visits.proposed and preset_of(facts).id in AWAITING:
        yield f"{visits.count} visits"
    if urgency and urgency.proposed and ORDER.index(urgency.value) > ORDER.index(urgency.proposed):
        yield f"{urgency.value} priority"


def changed_programme(proposal: Proposal, decision: Decision, knowledge: Knowledge) -> Proposal:
    """The proposal with the field set; a dose below the seed's carries a warning and the reason given."""
    changed = _set(proposal, decision, knowledge)
    if decision.item in ("dose.visits", "dose.priority"):
        return changed
    texts = knowledge.library.programme.texts
    warnings = tuple(warning for warning in changed.warnings if not warning.startswith(texts["short-dose"]))
    faults = _faults(changed, knowledge)
    if not faults:
        return replace(changed, warnings=warnings, overrides=())
    reasons = dict.fromkeys((*(reason for _, reason in proposal.overrides), decision.reason.strip()))
    warning = f"{texts['short-dose']} {' '.join(faults)} Reason given: {'; '.join(filter(None, reasons))}"
    overrides = tuple((DOSE, reason) for reason in reasons if reason)
    return replace(changed, warnings=(*warnings, warning), overrides=overrides)


def _faults(proposal: Proposal, knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(dose_faults(_weekly(proposal), proposal.months, knowledge))


def _weekly(proposal: Proposal) -> Timing:
    return proposal.program or Timing(0)


def _set(proposal: Proposal, decision: Decision, knowledge: Knowledge) -> Proposal:
    field, value = decision.item.removeprefix("dose.").replace("_", "-"), decision.value.strip()
    if decision.choice is Choice.DROP:
        raise ReviewError("The dose of the programme can be changed, not dropped.")
    if field == "start":
        return replace(proposal, start=_start(value, proposal, knowledge))
    if field == "visits":
        return _with_visits(proposal, value, knowledge)
    if field == "priority":
        return _with_priority(proposal, value, decision.reason.strip(), knowledge)
    if field == "months":
        return replace(proposal, months=_whole(value, "months", LONGEST_PROGRAMME))
    return replace(proposal, program=_timing(_weekly(proposal), field, value, knowledge))


def _with_visits(proposal: Proposal, value: str, knowledge: Knowledge) -> Proposal:
    """Another count, the evaluation included; the count by rule takes the change back."""
    facts, visits = course_facts(proposal, knowledge), proposal.visits
    count, proposed = _whole(value, "visits", most_visits(facts)), preset_of(facts).count
    changed = visits and replace(visits, count=count, proposed=proposed if count != proposed else 0)
    return replace(proposal, visits=changed)


def _with_priority(proposal: Proposal, value: str, reason: str, knowledge: Knowledge) -> Proposal:
    if value not in ORDER:
        raise ReviewError(f"The first visit is one of {', '.join(ORDER)}.")
    by_rule = priority_of(course_facts(proposal, knowledge))
    chosen = replace(by_rule, value=PriorityValue(value), proposed=by_rule.value, reason=reason)
    return replace(proposal, priority=chosen if chosen.value is not by_rule.value else by_rule)


def _timing(timing: Timing, field: str, value: str, knowledge: Knowledge) -> Timing:
    programme = knowledge.library.programme
    if field == "minutes":
        return replace(timing, minutes=_whole(value, "minutes", LONGEST_SESSION))
    if field == "days":
        days = tuple(day for day in WEEKDAYS if day in value.lower().replace(",", " ").split())
        return _on_days(timing, days, value)
    if field not in ("frequency", "frequency-max"):
        raise ReviewError(f"{quoted(field)} is not a part of the dose.")
    count = _whole(value, "sessions a week", programme.frequency_max)
    low = count if field == "frequency" else min(timing.frequency, count)
    high = count if field == "frequency-max" else max(timing.frequency_max or count, count)
    days = programme.days_two if high == len(programme.days_two) else programme.days[:high]
    return replace(timing, frequency=low, frequency_max=high if high > low else None, days=days)


def _on_days(timing: Timing, days: tuple[str, ...], value: str) -> Timing:
    if not days or len(days) != len(value.lower().replace(",", " ").split()):
        raise ReviewError("Name the days as mon, tue, wed, thu, fri, sat or sun, each once.")
    if not days_rest(days):
        raise ReviewError("Two sessions need a day of rest between them, Sunday to Monday included.")
    low = min(timing.frequency, len(days))
    return replace(timing, frequency=low, frequency_max=len(days) if len(days) > low else None, days=days)


def _whole(value: str, what: str, most: int) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:6]) <= most:
        raise ReviewError(f"Write the {what} as a whole number from 1 to {most}.")
    return int(value)


def _start(value: str, proposal: Proposal, knowledge: Knowledge) -> date:
    first = proposal.assessment.as_of
    last = first + timedelta(days=knowledge.library.programme.start_within_days)
    try:
        start = date.fromisoformat(value)
    except ValueError as error:
        raise ReviewError("Write the first day as YYYY-MM-DD.") from error
    if not first <= start <= last:
        raise ReviewError(f"The plan can start from {first} to {last}: later, phase and gates may differ.")
    return start
