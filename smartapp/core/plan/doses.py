"""A decision on the programme -> the programme with another frequency, length, days or start.

Fewer sessions, shorter ones or fewer months than the seed asks for need the clinician's reason (S19, GU5); days without
rest between them are refused (S18).
"""

from dataclasses import replace
from datetime import date, timedelta

from smartapp.core.dates import WEEKDAYS, days_rest
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.guards import DOSE, dose_faults
from smartapp.core.proposal import Choice, Decision, Proposal, Timing
from smartapp.errors import ReviewError

LONGEST_SESSION = 180  # minutes; ours: beyond it a typing error is likelier
LONGEST_PROGRAMME = 36  # months; ours, as above


def lowers_dose(proposal: Proposal, decision: Decision, knowledge: Knowledge) -> bool:
    """Whether the programme would then stay below the seed's dose by what this decision sets."""
    try:
        before, after = proposal, _set(proposal, decision, knowledge)
    except ReviewError:
        return False  # refused for itself when it is applied
    return bool(set(_faults(after, knowledge)) - set(_faults(before, knowledge)))


def changed_programme(proposal: Proposal, decision: Decision, knowledge: Knowledge) -> Proposal:
    """The proposal with the field set; a dose below the seed's carries a warning and the reason given."""
    changed = _set(proposal, decision, knowledge)
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
    return proposal.referral.timing if proposal.referral else Timing(0)


def _set(proposal: Proposal, decision: Decision, knowledge: Knowledge) -> Proposal:
    field, value = decision.item.removeprefix("dose.").replace("_", "-"), decision.value.strip()
    if decision.choice is Choice.DROP:
        raise ReviewError("The dose of the programme can be changed, not dropped.")
    if field == "start":
        return replace(proposal, start=_start(value, proposal, knowledge))
    if field == "months":
        return replace(proposal, months=_whole(value, "months", LONGEST_PROGRAMME))
    timing = _timing(_weekly(proposal), field, value, knowledge)
    return replace(proposal, referral=proposal.referral and replace(proposal.referral, timing=timing))


def _timing(timing: Timing, field: str, value: str, knowledge: Knowledge) -> Timing:
    programme = knowledge.library.programme
    if field == "minutes":
        return replace(timing, minutes=_whole(value, "minutes", LONGEST_SESSION))
    if field == "days":
        days = tuple(day for day in WEEKDAYS if day in value.lower().replace(",", " ").split())
        return _on_days(timing, days, value)
    if field not in ("frequency", "frequency-max"):
        raise ReviewError(f"“{field}” is not a part of the dose.")
    count = _whole(value, "sessions a week", programme.frequency_max)
    low = count if field == "frequency" else min(timing.frequency, count)
    high = count if field == "frequency-max" else max(timing.frequency_max or count, count)
    days = programme.days_two if high == len(programme.days_two) else programme.days[:high]
    return replace(timing, frequency=low, frequency_max=high if high > low else None, days=days)


def _on_days(timing: Timing, days: tuple[str, ...], value: str) -> Timing:
    if not days or len(days) != len(value.lower().replace(",", " ").split()):
        raise ReviewError("Name the days as mon, tue, wed, thu, fri, sat or sun, each once.")
    if not days_rest(days):
        raise ReviewError("Two supervised sessions need a day of rest between them, Sunday to Monday included (S18).")
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
