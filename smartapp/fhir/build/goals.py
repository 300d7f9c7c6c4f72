"""A proposed goal -> R4 Goal (US Core), with its target where the measure has a code."""

from smartapp.core.proposal import ProposedGoal
from smartapp.core.review.results import ENTERED
from smartapp.fhir.build.codings import PHYSIOTHERAPY_GOAL
from smartapp.fhir.build.context import BuildContext
from smartapp.fhir.build.elements import (
    UCUM,
    Element,
    concept,
    fractures,
    json_number,
    line,
    narrative,
    quantity,
    without_absent,
)
from smartapp.fhir.build.identifiers import identifier, meta
from smartapp.fhir.build.observations import result_links

GOAL_PROFILE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-goal"


def goal(context: BuildContext, wanted: ProposedGoal) -> Element:
    return without_absent(
        resourceType="Goal",
        meta=meta(GOAL_PROFILE, context.goal_value(wanted.id), context.systems),
        text=narrative([("Goal", [wanted.description, _due(wanted)])]),
        identifier=[identifier(context.goal_value(wanted.id), context.systems.plan)],
        lifecycleStatus="active" if context.active and not wanted.at_evaluation else "proposed",
        category=[concept([PHYSIOTHERAPY_GOAL])],
        description=concept(text=wanted.description) or concept(text=wanted.id),
        subject=context.subject,
        startDate=context.proposal.start.isoformat(),
        target=[target] if (target := _target(context, wanted)) else None,
        statusDate=context.written[:10],
        expressedBy=context.author,
        addresses=[*fractures(context.proposal.assessment), *result_links(context, wanted.reason.sources)],
        note=[{"text": _baseline(wanted)}] if wanted.baseline is not None or wanted.at_evaluation else None,
    )


def _baseline(wanted: ProposedGoal) -> str:
    """Where the target was counted from, or that it waits for the first result."""
    if wanted.baseline is None:
        return "No baseline in the chart: the first result of the evaluation sets the target."
    entered = any(source.reference == ENTERED for source in wanted.reason.sources)
    who = ", entered by a clinician at the review" if entered else ""
    return f"Baseline: {wanted.baseline:f} {wanted.unit} on {wanted.baseline_on or 'an unknown day'}{who}."


def _due(wanted: ProposedGoal) -> str:
    return f"By {wanted.due.isoformat()}" if wanted.due else ""


def _target(context: BuildContext, wanted: ProposedGoal) -> Element:
    """Measure with value and due date; without a measure the due date alone, without a baseline no value (gol-1)."""
    codings = context.codings(wanted.measure) if wanted.measure else ()
    told = line(wanted.measure_text or (wanted.description if codings else ""))
    measure = concept(codings, told) if codings or told else None
    return without_absent(measure=measure, dueDate=wanted.due and wanted.due.isoformat()) | (
        _detail(wanted) if measure else {}
    )


def _detail(wanted: ProposedGoal) -> Element:
    low, high = wanted.low, wanted.high
    if low is not None and high is not None:
        return {
            "detailRange": {
                "low": _plain(wanted.unit, json_number(low)),
                "high": _plain(wanted.unit, json_number(high)),
            }
        }
    if high is not None:
        return {"detailQuantity": quantity(high, wanted.unit, "<=")}
    return {"detailQuantity": quantity(low, wanted.unit, ">=")} if low is not None else {}


def _plain(unit: str, value: float) -> Element:
    """A simple quantity: the ends of a Range allow no comparator."""
    return {"value": value} | without_absent(unit=unit, system=UCUM if unit else "", code=unit)
