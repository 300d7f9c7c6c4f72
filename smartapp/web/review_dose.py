"""The dose of the programme as a whole -> its words, and what the clinician changed of it."""

from dataclasses import dataclass

from smartapp.core.dates import months_between
from smartapp.core.proposal import Proposal, Timing
from smartapp.web import words
from smartapp.web.catalog import _


@dataclass(frozen=True)
class DoseEdit:
    item: str
    text: str


def dose_words(proposal: Proposal) -> str:
    if proposal.program is None:
        return ""
    return _(
        "%(program)s, %(start)s months to %(end)s",
        program=_sessions(proposal.program),
        start=months_between(proposal.start, proposal.end),
        end=proposal.end,
    )


def _sessions(timing: Timing) -> str:
    most = f"–{timing.frequency_max}" if timing.frequency_max else ""
    often = _("%(frequency)s%(most)s sessions a week", frequency=timing.frequency, most=most)
    if timing.period_days != 7:
        often = _(
            "%(frequency)s%(most)s sessions in %(period_days)s days",
            frequency=timing.frequency,
            most=most,
            period_days=timing.period_days,
        )
    days = ", ".join(str(words.DAYS.get(day, day)) for day in timing.days)
    return " · ".join(
        filter(None, (often, _("%(minutes)s min each", minutes=timing.minutes) if timing.minutes else "", days))
    )


def dose_edits(proposal: Proposal) -> tuple[DoseEdit, ...]:
    """What the clinician changed of the programme as a whole."""
    found = [decision for decision in proposal.decisions if decision.item.startswith("dose.")]
    return tuple(
        DoseEdit(
            d.item,
            _(
                "%(part)s set to %(value)s %(whose)s.",
                part=d.item.removeprefix("dose.").capitalize(),
                value=d.value,
                whose=_("as signed on %(signed_on)s", signed_on=d.signed_on) if d.signed_on else _("by you"),
            )
            + (_(" Reason: %(reason)s.", reason=d.reason) if d.reason else ""),
        )
        for d in found
    )


def referral_dose_words(proposal: Proposal) -> str:
    """Visits, program, urgency and the day to be seen by, in one line."""
    visits, ramp, priority = proposal.visits, proposal.ramp, proposal.priority
    if visits is None or ramp is None or priority is None:
        return ""
    day = ramp.full_dose_from
    since = _(" since %(full_dose_from)s", full_dose_from=day)
    full = "" if day is None else since if day < proposal.start else _(" on %(full_dose_from)s", full_dose_from=day)
    program = _(
        "Program: %(start)s to %(target)s min%(full)s. %(held)s",
        start=ramp.start,
        target=ramp.target,
        full=full,
        held=ramp.held or ramp.reason,
    ).rstrip()
    return _(
        "%(note)s %(program)s Priority %(priority)s. %(reasons)s.",
        note=visits.note,
        program=program,
        priority=priority.value,
        reasons=priority.text,
    )
