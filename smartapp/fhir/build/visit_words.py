"""The visits of an order in words."""

from smartapp.core.proposal import Proposal, Referral


def visit_words(proposal: Proposal, referral: Referral) -> str:
    """How many, from and to, how soon and why."""
    visits, priority = proposal.visits, proposal.priority
    said = visits.text if visits else _dose(referral)
    soon = f" See by {priority.see_by.isoformat()}: {'; '.join(priority.because)}." if priority else ""
    return f"{said.rstrip('.')}. From {referral.start} to {referral.end}.{soon}"


def _dose(referral: Referral) -> str:
    dose = referral.timing
    most = f" to {dose.frequency_max}" if dose.frequency_max else ""
    length = f", {dose.minutes} minutes or more each" if dose.minutes else ""
    days = f" ({', '.join(dose.days)})" if dose.days else ""
    return f"{dose.frequency}{most} sessions in {dose.period_days} days{days}{length}"
