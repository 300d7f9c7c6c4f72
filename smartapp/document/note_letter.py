"""SignedPlan -> the referral in the words of the note in the chart, restrictions first.

It carries the minimum a Medicare plan of care asks for: diagnoses, long-term goals, type, amount, duration, frequency
(as summarised by the Medicare contractors Noridian and Novitas). What to do instead of each movement, and how to dose
and progress, stand on the sheets behind it.
"""

import re
from collections.abc import Iterator

from smartapp.core.assessment import Restriction
from smartapp.core.plan.limit_words import LIMIT, letter_lines
from smartapp.core.proposal import Activity, Proposal, Referral, SignedPlan, Timing
from smartapp.document.sheet import Item, Section, items_of_lines

DAYS = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}
_RESTRICTION = re.compile(r"R\d+ ")
_ON_THE_LETTER = ("Not to be used as exercises:", "Stop and contact")
LIMITS = "This patient"  # what begins each line about a limit of the whole patient
_HEADING = "Precautions first:"
SHEETS = Item("What to do instead of each: on the sheet of movement restrictions, which goes with this letter.")


def note_letter(signed: SignedPlan, referral: Referral, author: str) -> Iterator[Section]:
    yield Section("Precautions for the therapist", (*_precautions(signed.proposal), SHEETS), forbids=True)
    yield Section("Order", _what_is_asked(signed, referral, author))
    yield Section("Long-term goals", goals(signed))
    yield Section("Please send back", (
        Item("Your plan of care, within 30 days of the first visit, to the referring clinician for signature."),
    ))  # fmt: skip


def behind_the_letter(referral: Referral) -> tuple[Item, ...]:
    """What the note to the therapist says beside restrictions: dose, progress, what pain changes."""
    return tuple(
        item for item in items_of_lines(referral.note)
        if not _RESTRICTION.match(item.text) and not item.text.startswith((*_ON_THE_LETTER, _HEADING, LIMIT.strip()))
    )  # fmt: skip


def _precautions(plan: Proposal) -> Iterator[Item]:
    yield from (Item(line, LIMITS) for line in letter_lines(plan.assessment))
    for restriction in plan.assessment.restrictions:
        if (activity := plan.activity(restriction.id)) is not None:  # None: the clinician has dropped it
            yield Item(activity.description if activity.original else _short(restriction, activity))
    note = plan.referral.note if plan.referral else ""
    yield from (item for item in items_of_lines(note) if item.text.startswith(_ON_THE_LETTER))


def _short(restriction: Restriction, activity: Activity) -> str:
    """Movement and the quality that does harm: never the one without the other."""
    if not (restriction.movement and restriction.quality):
        return activity.description
    word = "AVOID" if activity.do_not_perform else "CHANGE"
    until = f" At least until {restriction.until}." if restriction.until else ""
    return f"{word}: {restriction.movement} — {restriction.quality}.{until}"


def _what_is_asked(signed: SignedPlan, referral: Referral, author: str) -> tuple[Item, ...]:
    dose, patient = referral.timing, signed.proposal.assessment.chart.patient
    told = {"phone": patient.phone, "speaks": patient.language}
    reach = [f"{how} {said}" for how, said in told.items() if said]
    return (
        Item(referral.reason_text.removeprefix("Diagnoses:").strip(), "Diagnoses"),
        Item("Evaluation and treatment: supervised physical therapy", "Type"),
        Item(f"{dose.minutes} minutes or more a visit" if dose.minutes else "not stated", "Amount"),
        Item(visits.text if (visits := signed.proposal.visits) else frequency(dose), "Frequency"),
        Item(f"{referral.start} to {referral.end}", "Duration"),
        Item(referral.priority, "Priority"),
        Item(referral.performer_text, "To"),
        Item(f"{author}, {signed.signed_at:%Y-%m-%d}", "Referred by" if signed.active else "Prepared by, NOT SIGNED"),
        *([Item(", ".join(reach), "Patient")] if reach else []),
    )


def goals(signed: SignedPlan) -> tuple[Item, ...]:
    return tuple(Item(g.description + (f" (by {g.due})" if g.due else "")) for g in signed.proposal.goals)


def frequency(dose: Timing) -> str:
    most = f" to {dose.frequency_max}" if dose.frequency_max else ""
    often = "a week" if dose.period_days == 7 else f"in {dose.period_days} days"
    days = f" ({', '.join(DAYS.get(day, day) for day in dose.days)})" if dose.days else ""
    return f"{dose.frequency}{most} sessions {often}{days}"
