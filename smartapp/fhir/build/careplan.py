"""An edition -> R4 CarePlan (US Core): restrictions first, then the referral, the programme, and the cautions."""

from collections.abc import Iterator
from itertools import chain

from smartapp.core.knowledge import origins
from smartapp.core.plan.limit_words import limit_lines, order_lines
from smartapp.core.proposal import Activity, ActivityKind, Block, Decision
from smartapp.core.review import activity_words
from smartapp.core.signatures import SIGNED
from smartapp.core.states import Severity
from smartapp.fhir.build.codings import ASSESS_PLAN, alert_codings, movement_coding, phase_coding
from smartapp.fhir.build.context import BuildContext
from smartapp.fhir.build.elements import (
    Element,
    annotation,
    concept,
    fhir_string,
    fractures,
    narrative,
    reference,
    timing,
    without_absent,
)
from smartapp.fhir.build.identifiers import RULESET, identifier, meta

PROFILE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-careplan"
AVOID = "AVOID:"

# R4 care-plan-activity-kind of each kind of activity; advice on how to move is told, not ordered.
KINDS = {
    ActivityKind.RESTRICTION: "CommunicationRequest",
    ActivityKind.EXERCISE: "ServiceRequest",
    ActivityKind.NUTRITION: "NutritionOrder",
    ActivityKind.EDUCATION: "CommunicationRequest",
    ActivityKind.FOLLOW_UP: "ServiceRequest",
    ActivityKind.REFERRAL: "ServiceRequest",
}
HEADINGS = {
    ActivityKind.RESTRICTION: "Movement restrictions",
    ActivityKind.EXERCISE: "Exercises",
    ActivityKind.NUTRITION: "Nutrition",
    ActivityKind.EDUCATION: "Education",
    ActivityKind.FOLLOW_UP: "Checks",
    ActivityKind.REFERRAL: "Referrals suggested",
}


def careplan(context: BuildContext) -> Element:
    proposal = context.proposal
    fracture = fractures(proposal.assessment)
    ordered = sorted(proposal.activities, key=lambda activity: (not activity.do_not_perform, _rank(activity)))
    return without_absent(
        resourceType="CarePlan",
        meta=meta(PROFILE, context.plan_value, context.systems),
        text=narrative(_narrative(context, ordered), status="additional"),  # additional: it tells the Goals too
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
        period={"start": proposal.start.isoformat(), "end": proposal.end.isoformat()},
        created=context.written,
        author=context.author,
        contributor=_list(context.author),
        addresses=fracture,
        goal=[context.link(context.goal_value(goal.id), "Goal") for goal in proposal.goals],
        activity=[*_request(context), *(_activity(context, activity, fracture) for activity in ordered)],
        note=[made for text in cautions(context) if (made := annotation(text, context.signed_at))],
    )


def _rank(activity: Activity) -> int:
    return list(KINDS).index(activity.kind)


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


def _activity(context: BuildContext, activity: Activity, fracture: list[Element]) -> Element:
    """One ``activity.detail``; the element id keeps our activity id: plans compare by it."""
    detail = without_absent(
        kind=KINDS[activity.kind],
        code=_code(context, activity),
        reasonCode=[{"coding": [coding]} for coding in alert_codings(activity, context.proposal, context.knowledge)],
        reasonReference=fracture,
        status=activity.status,
        statusReason=concept(text=activity.status_reason),
        scheduledTiming=timing(activity.timing),
        description=describe_activity(activity),
    )
    return {"id": activity.id, "detail": detail | {"doNotPerform": activity.do_not_perform}}


def _code(context: BuildContext, activity: Activity) -> Element | None:
    """What is forbidden is named as a movement: a code such as "recommendation to avoid" would be negated twice."""
    movement = movement_coding(activity.id, context.knowledge)
    concepts = () if activity.do_not_perform else context.codings(activity.concept)
    return concept((*concepts, movement) if movement else concepts, activity.title)


def describe_activity(activity: Activity) -> str:
    """The line a reader sees; it says AVOID itself, for systems that ignore ``doNotPerform`` (GU10)."""
    text = fhir_string(activity_words(activity)) or fhir_string(activity.title)
    return f"{AVOID} {text}" if activity.do_not_perform and not text.startswith(AVOID) else text


def cautions(context: BuildContext) -> Iterator[str]:
    """Notes in order of weight: orders of others, phase and why, limits, alerts, warnings, edits, session, basis."""
    assessment, proposal = context.proposal.assessment, context.proposal
    yield from order_lines(assessment)
    if assessment.effective_phase and assessment.calendar_phase:
        why = f"{assessment.phase_reason.text} " if assessment.phase_reason else ""
        phases = f"Phase {assessment.effective_phase.value} (by the calendar {assessment.calendar_phase.value})."
        yield f"{phases} {why}Progress on clinical healing, not on the calendar alone (S42)."
    yield from limit_lines(assessment)
    for alert in assessment.alerts:
        if alert.severity is not Severity.INFO:
            yield f"{alert.text} {alert.action}"
    yield from proposal.warnings
    yield from proposal.notes
    for guard, reason in proposal.overrides:
        yield f"Below the recommended programme ({guard}) by the clinician's decision. Reason: {reason}"
    for decision in context.decisions:
        yield changed(decision)
    if proposal.session:
        yield session(context)
    yield basis(context)


def changed(decision: Decision) -> str:
    what = f"Changed by the clinician: {decision.item}: {decision.choice.value} {decision.value}".rstrip()
    return f"{what}. Reason: {decision.reason}" if decision.reason else f"{what}."


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


def _narrative(context: BuildContext, ordered: list[Activity]) -> Iterator[tuple[str, list[str]]]:
    proposal = context.proposal
    yield proposal.title or "Care plan", [proposal.description, f"{proposal.start} to {proposal.end}"]
    yield "To avoid", [describe_activity(activity) for activity in ordered if activity.do_not_perform]
    for kind, heading in HEADINGS.items():
        yield (
            heading,
            [
                describe_activity(activity)
                if kind is ActivityKind.EXERCISE
                else f"{activity.title}: {describe_activity(activity)}"
                for activity in ordered
                if activity.kind is kind and not activity.do_not_perform
            ],
        )
    yield "Goals", [goal.description for goal in proposal.goals]
    yield "Cautions and basis", list(cautions(context))
