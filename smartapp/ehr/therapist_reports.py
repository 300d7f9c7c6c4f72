"""A report of a therapist, taken over into the referral under the access of a signed-in person.

Nothing is written before somebody presses the button. The answers go into the chart first, where the EHR takes them:
a move that is refused afterwards finds them again, because the caller keeps their reference.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from smartapp.core.proposal import Role
from smartapp.core.referral import Returned, Stage
from smartapp.core.referral_moves import Step, check_step
from smartapp.core.therapist import ReportKind
from smartapp.ehr.client import FhirClient
from smartapp.ehr.deliver.updates import if_match_of, update
from smartapp.ehr.launch.scopes import Grants
from smartapp.ehr.ledger import OURS
from smartapp.ehr.referrals import OpenedReferral
from smartapp.errors import EhrError, EhrForbidden, EhrRejected
from smartapp.fhir.build.identifiers import bears
from smartapp.fhir.build.therapist_report import ReportedProgress, progress_answers, with_answers
from smartapp.fhir.referral_task import OUTCOME, Mover, moved
from smartapp.fhir.returned_document import ReturnedWords, returned_document, with_document
from smartapp.fhir.systems import Systems

# What of a report becomes a document, where the site wants that.
DOCUMENT_TITLES: Mapping[ReportKind, str] = MappingProxyType(
    {
        ReportKind.PLAN_OF_CARE: "Plan of care of the physical therapist",
        ReportKind.PROGRESS: "Progress in physical therapy",
    }
)


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


def keep_document(client: FhirClient, grants: Grants, told: ReturnedWords, systems: Systems) -> tuple[str, str]:
    """As :func:`keep_answers`, for a document; looked for before it is made, where that is granted."""
    made = returned_document(told, systems)
    named = f"{made['identifier'][0]['system']}|{told.id}"
    try:
        if grants.may("DocumentReference", "s"):
            asked = {"identifier": named, "patient": told.patient.partition("/")[2]}
            for found in client.search("DocumentReference", asked):
                if bears(found, named):
                    return f"DocumentReference/{found['id']}", ""
        reply = client.create(made, f"identifier={named}")
    except (EhrForbidden, EhrRejected) as error:
        return "", str(error)
    return reply.reference, "" if reply.reference else "The EHR did not say where it put it."


def document_outcome(
    client: FhirClient, grants: Grants, opened: OpenedReferral, systems: Systems, now: datetime
) -> bool:
    """The outcome of a completed referral as a document, once; whether it was made now. The referral has its words in
    any case: what is not taken, or was left undone, is made good when somebody looks at it again."""
    referral = opened.row.referral
    if referral.stage is not Stage.COMPLETED or Returned(OUTCOME) not in referral.returned or not referral.patient:
        return False
    line = referral.history[-1] if referral.history else None
    order = "" if OURS in referral.order else referral.order
    told = ReturnedWords(
        f"{referral.plan_id}.outcome-{referral.sending}", OUTCOME, referral.outcome, referral.patient, order,
        {"display": line.by if line and line.by else "Care coordinator"}, now,
    )  # fmt: skip
    with suppress(EhrError):
        reference, _ = keep_document(client, grants, told, systems)
        if reference:
            after = with_document(opened.task, reference, OUTCOME, systems)
            update(client, after, if_match_of(opened.task).get("ifMatch", ""))
            return True
    return False


def take_over(
    client: FhirClient,
    opened: OpenedReferral,
    step: Step,
    taker: Taker,
    systems: Systems,
    answers: tuple[str, ReportedProgress] | None = None,
) -> None:
    """Write the step, and name the answers or the document; a clinician who takes an acceptance over does not own the
    referral.

    Raises as :func:`smartapp.ehr.referrals.move_referral` does.
    """
    move = check_step(step, opened.row.referral, taker.role, taker.mover.at.date(), told=True)
    after = moved(opened.task, step, move, taker.mover, systems, takes_on=taker.role is Role.COORDINATOR)
    if answers is not None:
        reference, told = answers
        if reference.startswith("DocumentReference/"):
            after = with_document(after, reference, DOCUMENT_TITLES[told.report.kind], systems)
        else:
            after = with_answers(after, reference, told.report, systems)
    update(client, after, if_match_of(opened.task).get("ifMatch", ""))
