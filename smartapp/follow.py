"""Signed plans and newer data of their patients -> one word for each plan: what its owner has to do, if anything.

Plans are receipts as JSON; of several of one patient the newest counts. What clinicians had stated, confirmed or
entered until the signature holds on; what they stated since is not in files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from smartapp.archive import Record
from smartapp.core.derive import derive
from smartapp.core.follow_up.plan_state import PlanState, plan_state
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.core.plan.going_on import going_on
from smartapp.core.proposal import SignatureKind, SignedPlan
from smartapp.core.review.answers import with_answers_of
from smartapp.errors import InputError, LoadpathError
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.many import OnePatient, read_patients
from smartapp.fhir.read.therapy import read_referral, read_therapy
from smartapp.fhir.systems import Systems, systems_in
from smartapp.program_answer import plan_state_answer
from smartapp.signed_file import read_record


@dataclass(frozen=True)
class FollowedPlan:
    """``why``: where nothing can be said of the plan, the reason."""

    signed: SignedPlan
    state: PlanState | None
    why: str = ""

    @property
    def patient(self) -> str:
        return self.signed.proposal.assessment.chart.patient.reference


def follow_plans(
    paths: Sequence[Path], signed: Path, day: date, knowledge: Knowledge, env: Mapping[str, str]
) -> tuple[FollowedPlan, ...]:
    """In the order of the patients' references. Raises InputError for a receipt or file that cannot be read."""
    waiting, systems = _newest(signed), systems_in(env)
    found: list[FollowedPlan] = []
    for path in paths:
        for one in read_patients(path):
            if record := waiting.pop(one.reference, None):
                found.append(_followed(record, one, day, knowledge, systems))
    found += [FollowedPlan(record.signed, None, "the patient is not in the files") for record in waiting.values()]
    return tuple(sorted(found, key=lambda each: each.patient))


def _newest(place: Path) -> dict[str, Record]:
    """By patient. Drafts, plans of which nothing was prescribed, and plans that were closed are followed by nobody."""
    files = sorted(place.glob("*.json")) if place.is_dir() else [place]
    if not files:
        raise InputError(f"{place}: there is no receipt in it")
    records = sorted(map(read_record, files), key=lambda each: each.signed.signed_at)
    active = (each for each in records if each.signed.active and each.signed.proposal.referral)
    newest = {each.signed.proposal.assessment.chart.patient.reference: each for each in active}
    return {patient: each for patient, each in newest.items() if each.signed.signs is not SignatureKind.END}


def _followed(record: Record, one: OnePatient, day: date, knowledge: Knowledge, systems: Systems) -> FollowedPlan:
    values, unreadable = one.loaded
    id_, signed = one.reference.partition("/")[2], record.signed
    try:
        chart = read_chart(values, knowledge, id_, unreadable, systems=systems)
        today = derive(with_answers_of(chart, record.as_read), day, knowledge)
        referral = read_referral(values, one.reference, systems, signed.plan_id)
        therapy = read_therapy(values, knowledge, id_, systems).with_told(referral, ())
        now = plan(today, knowledge, continues=going_on(signed.proposal, today, knowledge, therapy))
        return FollowedPlan(signed, plan_state(signed.proposal, now, knowledge, therapy))
    except LoadpathError as error:
        return FollowedPlan(signed, None, str(error))


def plan_json(followed: FollowedPlan) -> dict[str, Any]:
    signed = followed.signed
    return {
        "patient": followed.patient,
        "plan": signed.plan_id,
        "signedOn": signed.proposal.assessment.as_of.isoformat(),
        "state": plan_state_answer(followed.state),
        "why": followed.why or None,
    }


def plan_words(followed: FollowedPlan) -> str:
    said = followed.state.text if followed.state else f"Not known: {followed.why}."
    return f"{followed.patient}, plan {followed.signed.plan_id[:8]}: {said}"
