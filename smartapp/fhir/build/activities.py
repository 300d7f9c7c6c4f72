"""A line of the plan -> one CarePlan.activity: what to do, when, by whom, or what to avoid and why.

The element id is the line's; each exercise in it stays machine-readable as ``instantiatesUri``, each restriction,
never-selected movement and limit as ``reasonCode``.
"""

from collections.abc import Iterable, Iterator

from smartapp.core.plan.activities import OF_LIMITS
from smartapp.core.plan.written_line import PlanLine, Schedule
from smartapp.core.proposal import Activity, ActivityKind
from smartapp.fhir.build.codings import CANONICAL, Coding, alert_codings, limit_codings, movement_coding
from smartapp.fhir.build.context import BuildContext
from smartapp.fhir.build.elements import Element, concept, fhir_string, without_absent

EXERCISE = f"{CANONICAL}/exercise/"  # and the id of an exercise

# R4 care-plan-activity-kind of each kind of activity; advice on how to move is told, not ordered.
KINDS = {
    ActivityKind.RESTRICTION: "CommunicationRequest",
    ActivityKind.EXERCISE: "ServiceRequest",
    ActivityKind.NUTRITION: "NutritionOrder",
    ActivityKind.EDUCATION: "CommunicationRequest",
    ActivityKind.FOLLOW_UP: "ServiceRequest",
    ActivityKind.REFERRAL: "ServiceRequest",
}


def line_activity(context: BuildContext, line: PlanLine, fracture: list[Element]) -> Element:
    """One ``activity.detail``."""
    covered = [found for id_ in line.covers if (found := context.proposal.activity(id_))]
    exercises = [each.id for each in covered if each.kind is ActivityKind.EXERCISE]
    start, end = line.window or (None, None)
    detail = without_absent(
        kind=KINDS[line.kind],
        instantiatesUri=[] if line.do_not_perform else [f"{EXERCISE}{id_}" for id_ in exercises],
        code=_code(context, line, covered),
        reasonCode=[{"coding": [coding]} for coding in _reasons(context, covered)],
        reasonReference=fracture,
        status="not-started",
        scheduledTiming=schedule(line.schedule),
        scheduledPeriod=without_absent(start=start and start.isoformat(), end=end and end.isoformat()),
        performer=[context.subject] if line.by_patient else None,
        description=line_words(line),
    )
    return {"id": line.id, "detail": detail | {"doNotPerform": line.do_not_perform}}


def line_words(line: PlanLine) -> str:
    """What a reader sees; it says AVOID itself, for systems that ignore ``doNotPerform`` (GU10)."""
    return fhir_string(line.description) or fhir_string(line.title)


def _code(context: BuildContext, line: PlanLine, covered: list[Activity]) -> Element | None:
    """What all of it is; a code such as "recommendation to avoid" beside ``doNotPerform`` would be negated twice."""
    if line.do_not_perform:
        return concept(text=line.title)
    concepts = {each.concept for each in covered}
    shared = context.codings(concepts.pop()) if len(concepts) == 1 else ()
    if not shared and line.kind is ActivityKind.EXERCISE and covered:
        shared = context.codings("exercise-therapy")
    return concept(shared, line.title)


def _reasons(context: BuildContext, covered: Iterable[Activity]) -> Iterator[Coding]:
    """Each restriction, movement and limit that is told here, and the alerts that brought a line of advice."""
    seen = set()
    for each in covered:
        movement = movement_coding(each.id, context.knowledge)
        limits = limit_codings(context.proposal.assessment) if each.id == OF_LIMITS else ()
        alerts = alert_codings(each, context.proposal, context.knowledge)
        for coding in (*((movement,) if movement else ()), *limits, *alerts):
            if (key := (coding["system"], coding["code"])) not in seen:
                seen.add(key)
                yield coding


def schedule(wanted: Schedule | None) -> Element | None:
    """R4 Timing of what is done again and again, from and to a day."""
    if wanted is None:
        return None
    minutes = wanted.minutes is not None
    repeat = without_absent(
        boundsPeriod={"start": wanted.start.isoformat(), "end": wanted.end.isoformat()},
        frequency=wanted.frequency,
        frequencyMax=wanted.frequency_max,
        duration=wanted.minutes,
        durationMax=wanted.minutes_max,
        durationUnit="min" if minutes else None,
        period=wanted.period,
        periodUnit=wanted.unit,
    )
    return {"repeat": repeat}
