"""The dose of the programme as a whole -> its words, and what the clinician changed of it."""

from dataclasses import dataclass

from smartapp.core.dates import months_between
from smartapp.core.proposal import Proposal, Timing
from smartapp.web import words


@dataclass(frozen=True)
class DoseEdit:
    item: str
    text: str


def dose_words(proposal: Proposal) -> str:
    if proposal.program is None:
        return ""
    return f"{_sessions(proposal.program)}, {months_between(proposal.start, proposal.end)} months to {proposal.end}"


def _sessions(timing: Timing) -> str:
    most = f"–{timing.frequency_max}" if timing.frequency_max else ""
    often = f"{timing.frequency}{most} sessions a week"
    if timing.period_days != 7:
        often = f"{timing.frequency}{most} sessions in {timing.period_days} days"
    days = ", ".join(words.DAYS.get(day, day) for day in timing.days)
    return " · ".join(filter(None, (often, f"{timing.minutes} min each" if timing.minutes else "", days)))


def dose_edits(proposal: Proposal) -> tuple[DoseEdit, ...]:
    """What the clinician changed of the programme as a whole."""
    found = [decision for decision in proposal.decisions if decision.item.startswith("dose.")]
    return tuple(
        DoseEdit(
            d.item,
            f"{d.item.removeprefix('dose.').capitalize()} set to {d.value} "
            f"{f'as signed on {d.signed_on}' if d.signed_on else 'by you'}."
            + (f" Reason: {d.reason}." if d.reason else ""),
        )
        for d in found
    )


def referral_dose_words(proposal: Proposal) -> str:
    """Visits, program, urgency and the day to be seen by, in one line."""
    visits, ramp, priority = proposal.visits, proposal.ramp, proposal.priority
    if visits is None or ramp is None or priority is None:
        return ""
    full = f" on {ramp.full_dose_from}" if ramp.full_dose_from else ""
    program = f"Program: {ramp.start} to {ramp.target} min{full}. {ramp.held or ramp.reason}".rstrip()
    return f"{visits.note} {program} Priority {priority.value}. {priority.text}."
