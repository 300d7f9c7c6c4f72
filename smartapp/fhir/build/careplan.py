"""An edition -> R4 CarePlan (US Core): referral, program, reviews, and last what to avoid; the cautions are notes."""

from collections.abc import Iterator
from itertools import chain

from smartapp.core.knowledge import origins
from smartapp.core.plan.limit_words import limit_lines, order_lines
from smartapp.core.plan.lines import plan_lines, waiting
from smartapp.core.plan.written_line import PlanLine
from smartapp.core.proposal import Block, Decision
from smartapp.core.review.results import entered_lines
from smartapp.core.signatures import SIGNED
from smartapp.core.states import Severity
from smartapp.fhir.build.activities import line_activity, line_words
from smartapp.fhir.build.codings import ASSESS_PLAN, phase_coding
from smartapp.fhir.build.context import BuildContext
from smartapp.fhir.build.elements import (
    Element,
    annotation,
    concept,
    fhir_string,
    fractures,
    narrative,
    reference,
    without_absent,
)
from smartapp.fhir.build.identifiers import RULESET, identifier, meta
from smartapp.fhir.build.observations import result_links

PROFILE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-careplan"


def careplan(context: BuildContext) -> Element:
    proposal = context.proposal
    fracture = fractures(proposal.assessment)
    lines = plan_lines(proposal, context.knowledge)
    return without_absent(
        resourceType="CarePlan",
        meta=meta(PROFILE, context.plan_value, context.systems),
        text=narrative(_narrative(context, lines), status="additional"),  # additional: it tells the Goals too
        identifier=[identifier(context.plan_value, context.systems.plan), *_content(context)],
        instantiatesUri=[f"{RULESET}/{context.knowledge_version}"],
        replaces=_list(reference(context.replaces)),
        status="active" if context.active else "draft",
        intent="plan" if context.signer else "proposal",
        category=_categories(context),
        title=fhir_string(proposal.title),
        description=fhir_string(proposal.description),
        subject=context.subject,
        encounter=reference(context.encounter),
        period={"start": proposal.year_from.isoformat(), "end": proposal.end.isoformat()},
        created=context.written,
        author=context.author,
        contributor=_list(context.author),
        addresses=fracture,
        supportingInfo=result_links(context),
        goal=[context.link(context.goal_value(goal.id), "Goal") for goal in proposal.goals],
        activity=[*_request(context), *(line_activity(context, line, fracture) for line in lines)],
        note=[made for text in cautions(context) if (made := annotation(text, context.signed_at))],
    )


def _list(element: Element | None) -> list[Element]:
    return [element] if element else []


def _content(context: BuildContext) -> list[dict[str, str]]:
    content = context.proposal.content_hash
    return [identifier(content, context.systems.content)] if content else []


def _categories(context: BuildContext) -> list[Element]:
    clinical = (concept(context.codings(name)) for name in ("care-plan", "physiotherapy-care-plan"))
    phase = context.proposal.assessment.effective_phase
    ours = concept([phase_coding(phase)]) if phase else None
    return [{"coding": [ASSESS_PLAN]}, *(made for made in (*clinical, ours) if made)]


def _request(context: BuildContext) -> list[Element]:
    if context.proposal.referral is None:
        return []
    return [{"reference": context.link(context.request_value, "ServiceRequest", "Physical therapy referral")}]


def cautions(context: BuildContext) -> Iterator[str]:
    """Notes in order of weight: orders of others, phase, limits, alerts, warnings, tests, edits, session, basis."""
    assessment, proposal = context.proposal.assessment, context.proposal
    yield from order_lines(assessment)
    if assessment.effective_phase and assessment.calendar_phase:
        why = f"{assessment.phase_reason.text} " if assessment.phase_reason else ""
        phases = f"Phase {assessment.effective_phase.value} (by time since fracture {assessment.calendar_phase.value})."
        yield f"{phases} {why}Progress on clinical healing, not on time alone."
    yield from limit_lines(assessment)
    for alert in assessment.alerts:
        if alert.severity is not Severity.INFO:
            yield f"{alert.text} {alert.action}"
    yield from proposal.warnings
    yield from waiting(proposal)
    yield from proposal.notes
    yield from (f"Entered at the review: {line}" for line in entered_lines(assessment.chart))
    for guard, reason in proposal.overrides:
        yield f"Below the recommended programme ({guard}) by the clinician's decision. Reason: {reason}"
    for decision in context.decisions:
        yield changed(decision)
    for point in context.left_open:
        yield left_open(context, point)
    if proposal.session:
        yield session(context)
    yield basis(context)


def changed(decision: Decision) -> str:
    what = f"Changed by the clinician: {decision.item}: {decision.choice.value} {decision.value}".rstrip()
    what += f", as signed on {decision.signed_on}" if decision.signed_on else ""
    return f"{what}. Reason: {decision.reason}" if decision.reason else f"{what}."


def left_open(context: BuildContext, point: str) -> str:
    signer = (context.signer.name or context.signer.reference) if context.signer else ""
    return f"Left open when signed{f' by {signer}' if signer else ''}: {point}"


def session(context: BuildContext) -> str:
    """The minutes of one session, exercises by name: their ids mean nothing outside Loadpath."""
    blocks = context.proposal.session
    parts = (f"{block.title} {block.minutes} min{_named(context, block)}." for block in blocks)
    return f"Session of {sum(block.minutes for block in blocks)} min. {' '.join(parts)}"


def _named(context: BuildContext, block: Block) -> str:
    found = (context.proposal.activity(id_) for id_ in block.exercises)
    names = [activity.title for activity in found if activity]
    return f": {'; '.join(names)}" if names else ""


def basis(context: BuildContext) -> str:
    """The evidence line: which statements of the rule book this plan rests on."""
    reasons = chain(
        (activity.reason for activity in context.proposal.activities),
        (goal.reason for goal in context.proposal.goals),
        (restriction.reason for restriction in context.proposal.assessment.restrictions),
    )
    statements = sorted({statement for reason in reasons for statement in reason.statements})
    rests = f"; statements {', '.join(statements)}" if statements else ""
    signed_off = all(origin.review == SIGNED for _, origin in origins(context.knowledge))
    review = "" if signed_off else " These rules await sign-off by a named clinician."
    rules = f"Evidence: {RULESET}, version {context.knowledge_version}{rests}.{review}"
    return f"{rules} {context.knowledge.evidence_note} Clinical judgement decides (S43)."


def _narrative(context: BuildContext, lines: tuple[PlanLine, ...]) -> Iterator[tuple[str, list[str]]]:
    """As the lines stand: what is safe and to be done, and last what to avoid, with what instead."""
    proposal = context.proposal
    yield proposal.title or "Care plan", [proposal.description, f"{proposal.start} to {proposal.end}"]
    for each in lines:
        if not each.do_not_perform:
            yield each.title, list(each.words)
    yield "To avoid", [line_words(each) for each in lines if each.do_not_perform]
    yield "Goals", [goal.description for goal in proposal.goals]
    yield "Cautions and basis", list(cautions(context))
