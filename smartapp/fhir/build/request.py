"""An edition -> R4 ServiceRequest (US Core) for supervised physical therapy."""

from collections.abc import Iterator
from decimal import Decimal

from smartapp.core.chart import Source
from smartapp.core.kinds import OrderKind
from smartapp.core.proposal import Referral
from smartapp.fhir.build.context import BuildContext
from smartapp.fhir.build.elements import (
    Element,
    annotation,
    chart_references,
    concept,
    fhir_string,
    fractures,
    narrative,
    quantity,
    reference,
    timing,
    without_absent,
)
from smartapp.fhir.build.identifiers import identifier, meta
from smartapp.fhir.build.observations import result_links
from smartapp.fhir.build.order_notes import facts_and_dates, page_one_note
from smartapp.fhir.build.visit_words import visit_words

PROFILE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-servicerequest"


def request(context: BuildContext, referral: Referral, alone: bool = False) -> Element:
    """``alone``: an order to which no plan belongs yet, as a card suggests it."""
    plan = [] if alone else [context.plan_link(context.proposal.title)]
    notes = (page_one_note(context, referral), facts_and_dates(context, referral))
    return without_absent(
        resourceType="ServiceRequest",
        meta=meta(PROFILE, context.request_value, context.systems),
        text=narrative(_narrative(context, referral, notes)),
        identifier=[identifier(context.request_value, context.systems.plan)],
        basedOn=plan,
        replaces=[old] if (old := reference(context.replaces_request)) else None,
        status="active" if context.active else "draft",
        intent=_intent(context),
        category=[made for name in ("evaluation", "physical-therapy") if (made := concept(context.codings(name)))],
        priority=referral.priority,
        code=concept(
            (*context.codings("physical-therapy"), *context.codings("physical-therapy-referral")),
            "Referral for supervised physical therapy",
        ),
        subject=context.subject,
        encounter=reference(context.encounter),
        quantityQuantity=_visits(referral),
        occurrenceTiming=timing(referral.timing, referral.start, referral.end),
        authoredOn=context.written,
        requester=context.author,
        performerType=concept(text=referral.performer_text),
        reasonCode=[reason] if (reason := concept(text=referral.reason_text)) else None,
        reasonReference=fractures(context.proposal.assessment),
        supportingInfo=[*plan, *_behind(context), *result_links(context)],
        note=[made for text in notes if (made := annotation(text, context.signed_at))],
        patientInstruction=fhir_string(referral.patient_instruction),
    )


def _visits(referral: Referral) -> Element | None:
    return quantity(Decimal(referral.quantity), "{visits}") | {"unit": "visits"} if referral.quantity else None


def _intent(context: BuildContext) -> str:
    """Proposal, plan, order: how far a person has stood behind it."""
    if context.signer is None:
        return "proposal"
    return "order" if context.active else "plan"


def _behind(context: BuildContext) -> list[Element]:
    """Bone density, vitamin D, reports of the spine, tests and the order of a brace: what a therapist would look up."""
    proposal, assessment = context.proposal, context.proposal.assessment
    found = (
        assessment.bone_density.source if assessment.bone_density else None,
        assessment.vitamin_d.source if assessment.vitamin_d else None,
        *(report.source for report in assessment.chart.reports if report.spine),
        *(Source(measured.source, measured.title) for measured in proposal.measures if measured.source),
        *(order.source for order in assessment.chart.orders if order.kind is OrderKind.BRACE),
    )
    return chart_references(fact for fact in found if fact is not None)


def _narrative(context: BuildContext, referral: Referral, notes: tuple[str, str]) -> Iterator[tuple[str, list[str]]]:
    first, behind = notes
    asked = [visit_words(context.proposal, referral), referral.performer_text]
    yield "Referral for supervised physical therapy", asked
    yield "Page one", first.split("\n")
    yield "Facts and dates", behind.split("\n")
    yield "For the patient", [referral.patient_instruction]
