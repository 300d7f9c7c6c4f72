"""An edition -> R4 ServiceRequest (US Core) for supervised physical therapy: precautions first."""

from collections.abc import Iterator

from smartapp.core.proposal import Referral
from smartapp.ehr.write.careplan import session
from smartapp.ehr.write.edition import Edition
from smartapp.ehr.write.elements import Element, concept, fractures, kept, note, reference, sources, timing
from smartapp.ehr.write.identity import identifier, meta
from smartapp.ehr.write.text import clean, narrative

PROFILE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-servicerequest"


def request(edition: Edition, referral: Referral) -> Element:
    plan = edition.link(edition.plan_value, "CarePlan", edition.proposal.title)
    return kept(
        resourceType="ServiceRequest",
        meta=meta(PROFILE, edition.request_value, edition.systems),
        text=narrative(_narrative(referral)),
        identifier=[identifier(edition.request_value, edition.systems.plan)],
        basedOn=[plan],
        replaces=[old] if (old := reference(edition.replaces_request)) else None,
        status="active" if edition.active else "draft",
        intent=_intent(edition),
        category=[made for name in ("evaluation", "physical-therapy") if (made := concept(edition.codings(name)))],
        priority=referral.priority,
        code=concept(
            (*edition.codings("physical-therapy"), *edition.codings("physical-therapy-referral")),
            "Referral for supervised physical therapy",
        ),
        subject=edition.subject,
        encounter=reference(edition.encounter),
        occurrenceTiming=timing(referral.timing, referral.start, referral.end),
        authoredOn=edition.written,
        requester=edition.author,
        performerType=concept(text=referral.performer_text),
        reasonCode=[reason] if (reason := concept(text=referral.reason_text)) else None,
        reasonReference=fractures(edition.proposal.assessment),
        supportingInfo=[plan, *_measured(edition)],
        note=[made for text in _notes(edition, referral) if (made := note(text, edition.signed_at))],
        patientInstruction=clean(referral.patient_instruction),
    )


def _intent(edition: Edition) -> str:
    """Proposal, plan, order: how far a person has stood behind it."""
    if edition.signer is None:
        return "proposal"
    return "order" if edition.active else "plan"


def _measured(edition: Edition) -> list[Element]:
    assessment = edition.proposal.assessment
    found = (
        assessment.bone_density.source if assessment.bone_density else None,
        assessment.vitamin_d.source if assessment.vitamin_d else None,
    )
    return sources(fact for fact in found if fact is not None)


def _notes(edition: Edition, referral: Referral) -> Iterator[str]:
    yield referral.note
    if edition.proposal.session:
        yield session(edition)


def _narrative(referral: Referral) -> Iterator[tuple[str, list[str]]]:
    yield "Precautions", [referral.note]
    yield "Referral for supervised physical therapy", [referral.reason_text, referral.performer_text]
    yield "Programme", [f"{referral.start} to {referral.end}", _dose(referral)]
    yield "For the patient", [referral.patient_instruction]


def _dose(referral: Referral) -> str:
    dose = referral.timing
    most = f" to {dose.frequency_max}" if dose.frequency_max else ""
    length = f", {dose.minutes} minutes or more each" if dose.minutes else ""
    days = f" ({', '.join(dose.days)})" if dose.days else ""
    return f"{dose.frequency}{most} sessions in {dose.period_days} days{days}{length}"
