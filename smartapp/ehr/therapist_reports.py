"""A report of a therapist, taken over into the referral under the access of a signed-in person.

Nothing is written before somebody presses the button. The answers go into the chart first, where the EHR takes them:
a move that is refused afterwards finds them again, because the caller keeps their reference.
"""

from dataclasses import dataclass

from smartapp.core.proposal import Role
from smartapp.core.referral_moves import Step, check_step
from smartapp.ehr.client import FhirClient
from smartapp.ehr.deliver.updates import if_match_of, update
from smartapp.ehr.referrals import OpenedReferral
from smartapp.errors import EhrForbidden, EhrRejected
from smartapp.fhir.build.therapist_report import ReportedProgress, progress_answers, with_answers
from smartapp.fhir.referral_task import Mover, moved
from smartapp.fhir.systems import Systems


@dataclass(frozen=True)
class Taker:
    """Who takes it over, as what."""

    mover: Mover
    role: Role


def keep_answers(client: FhirClient, told: ReportedProgress, systems: Systems) -> tuple[str, str]:
    """Reference of the answers in the chart, empty where the EHR does not take them; then why, in words.

    Raises EhrUnavailable where it is not known whether they arrived.
    """
    made = progress_answers(told, systems)
    named = f"{made['identifier']['system']}|{made['identifier']['value']}"
    try:
        reply = client.create(made, f"identifier={named}")
    except (EhrForbidden, EhrRejected) as error:
        return "", str(error)
    return reply.reference, "" if reply.reference else "The EHR did not say where it put them."


def take_over(
    client: FhirClient,
    opened: OpenedReferral,
    step: Step,
    taker: Taker,
    systems: Systems,
    answers: tuple[str, ReportedProgress] | None = None,
) -> None:
    """Write the step, and name the answers; a clinician who takes an acceptance over does not own the referral.

    Raises as :func:`smartapp.ehr.referrals.move_referral` does.
    """
    move = check_step(step, opened.row.referral, taker.role, taker.mover.at.date(), told=True)
    after = moved(opened.task, step, move, taker.mover, systems, takes_on=taker.role is Role.COORDINATOR)
    if answers is not None:
        after = with_answers(after, answers[0], answers[1].report, systems)
    update(client, after, if_match_of(opened.task).get("ifMatch", ""))
