"""A signed plan -> plain text of at most 80 characters a line, to paste or to keep: restrictions first."""

import textwrap
from collections.abc import Iterator

from smartapp.core.proposal import Kind, SignedPlan
from smartapp.web.words import KINDS

WIDTH = 80
ORDER = (Kind.RESTRICTION, Kind.EXERCISE, Kind.NUTRITION, Kind.EDUCATION, Kind.FOLLOW_UP, Kind.REFERRAL)


def plan_text(signed: SignedPlan) -> str:
    return "\n".join(_lines(signed)) + "\n"


def _lines(signed: SignedPlan) -> Iterator[str]:
    plan, patient = signed.proposal, signed.proposal.assessment.chart.patient
    yield plan.title
    yield f"Patient: {patient.name or patient.reference}, born {patient.birth or 'not recorded'}"
    yield f"Signed by {signed.signer.name or signed.signer.reference}, {signed.signed_at:%Y-%m-%d %H:%M %Z}"
    yield f"State: {'active' if signed.active else 'draft'}. From {plan.start} to {plan.end}. Plan {signed.plan_id}"
    if plan.description:
        yield from ("", *textwrap.wrap(plan.description, WIDTH))
    for kind in ORDER:
        found = [a for a in plan.activities if a.kind is kind]
        if found:
            yield from ("", KINDS[kind].upper())
            for activity in found:
                dose = f" {activity.dose}" if activity.dose and activity.dose not in activity.description else ""
                yield from _item(f"{activity.title}: {activity.description}{dose}")
    if plan.goals:
        yield from ("", "GOALS")
        for goal in plan.goals:
            yield from _item(goal.description + (f" (by {goal.due})" if goal.due else ""))
    if plan.referral:
        yield from ("", "REFERRAL TO PHYSICAL THERAPY")
        for text in (plan.referral.reason_text, plan.referral.note, plan.referral.patient_instruction):
            for part in text.splitlines():
                yield from textwrap.wrap(part, WIDTH)


def _item(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="- ", subsequent_indent="  ")
