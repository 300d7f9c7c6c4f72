"""An edition and what was written of it -> R4 Provenance (US Core): who signed, with what, from which chart facts."""

from collections.abc import Iterable, Iterator
from itertools import chain

from smartapp.core.assessment import Reason
from smartapp.core.chart import Source
from smartapp.core.proposal import SignatureKind
from smartapp.core.review.results import ENTERED, entered_lines
from smartapp.fhir.build.codings import ASSEMBLER, AUTHOR, CREATE, TREATMENT, UPDATE
from smartapp.fhir.build.context import BuildContext
from smartapp.fhir.build.elements import (
    ABSENT,
    Element,
    chart_references,
    fhir_string,
    narrative,
    reference,
    without_absent,
)
from smartapp.fhir.build.identifiers import RULESET, meta

PROFILE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-provenance"


def provenance(context: BuildContext, targets: list[Element]) -> Element:
    """No signature element: the person signed in the EHR's session, not with a key of their own."""
    return without_absent(
        resourceType="Provenance",
        meta=meta(PROFILE, context.provenance_value, context.systems),
        text=narrative(_narrative(context)),
        target=targets,
        occurredDateTime=context.written,
        recorded=context.written,
        policy=[f"{RULESET}/{context.knowledge_version}"],
        reason=[{"coding": [TREATMENT]}],
        activity={"coding": [UPDATE if context.signs is SignatureKind.END else CREATE]},
        agent=list(_agents(context)),
        entity=list(_entities(context)),
    )


def _narrative(context: BuildContext) -> Iterator[tuple[str, list[str]]]:
    author = context.author or {}
    yield "Signed", [f"{author.get('display') or author.get('reference') or 'name not given'}, {context.written}"]
    yield "Assembled by", [f"{context.app.name} {context.app.version}, knowledge {context.knowledge_version}"]


def _agents(context: BuildContext) -> Iterator[Element]:
    behalf = reference(context.organization) or {
        "extension": [{"url": ABSENT, "valueCode": "unknown"}],
        "display": "The EHR does not say for which organization the signer acts",
    }
    author = context.author or {"display": "Person signed in to the EHR, name not given"}
    yield {"type": {"coding": [AUTHOR]}, "who": author, "onBehalfOf": behalf}
    app = context.app
    device = without_absent(
        type="Device",
        identifier={"system": context.systems.app, "value": app.version},
        display=f"{app.name} {app.version}, knowledge {context.knowledge_version} {app.url}".strip(),
    )
    yield {"type": {"coding": [ASSEMBLER]}, "who": device, "onBehalfOf": behalf}


def _entities(context: BuildContext) -> Iterator[Element]:
    for old in (context.replaces, context.replaces_request):
        if made := reference(old):
            yield {"role": "revision", "what": made}
    for fact in chart_references(_facts(context)):
        yield {"role": "source", "what": fact}
    for said in context.proposal.assessment.chart.attestations:
        words = f"Stated by a clinician: {said.name.value}, {said.on.isoformat()}" + (
            f" ({said.by})" if said.by else ""
        )
        yield {"role": "source", "what": {"display": words}}
    for said_of in entered_lines(context.proposal.assessment.chart):
        yield {"role": "source", "what": {"display": fhir_string(f"Result of a test: {said_of}")}}
    for measured in context.proposal.assessment.chart.measurements:
        if measured.confirmed_by and measured.source.reference != ENTERED:
            words = f"{measured.quantity.value} {measured.value} in the words of a report, confirmed by a clinician"
            yield {"role": "source", "what": without_absent(
                reference=measured.source.reference, display=fhir_string(f"{words}: {measured.confirmed_by}"),
            )}  # fmt: skip


def _facts(context: BuildContext) -> Iterable[Source]:
    """Every chart fact a conclusion of this plan rests on."""
    assessment, proposal = context.proposal.assessment, context.proposal
    single = (
        assessment.fracture,
        assessment.anchor.source if assessment.anchor else None,
        assessment.bone_density.source if assessment.bone_density else None,
        assessment.vitamin_d.source if assessment.vitamin_d else None,
    )
    reasons: Iterable[Reason] = chain(
        assessment.deciding,
        (restriction.reason for restriction in assessment.restrictions),
        (alert.reason for alert in assessment.alerts),
        (activity.reason for activity in proposal.activities),
        (goal.reason for goal in proposal.goals),
    )
    return chain(
        (fact for fact in single if fact),
        assessment.fractures,
        (fact for reason in reasons for fact in reason.sources),
    )
