"""A proposed goal -> R4 Goal (US Core)."""

from smartapp.core.proposal import ProposedGoal
from smartapp.ehr.write.codings import PHYSIOTHERAPY_GOAL
from smartapp.ehr.write.edition import Edition
from smartapp.ehr.write.elements import UCUM, Element, concept, fractures, kept, number, quantity
from smartapp.ehr.write.identity import identifier, meta
from smartapp.ehr.write.text import line, narrative

PROFILE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-goal"


def goal(edition: Edition, wanted: ProposedGoal) -> Element:
    return kept(
        resourceType="Goal",
        meta=meta(PROFILE, edition.goal_value(wanted.id), edition.systems),
        text=narrative([("Goal", [wanted.description, _due(wanted)])]),
        identifier=[identifier(edition.goal_value(wanted.id), edition.systems.plan)],
        lifecycleStatus="active" if edition.active else "proposed",
        category=[concept([PHYSIOTHERAPY_GOAL])],
        description=concept(text=wanted.description) or concept(text=wanted.id),
        subject=edition.subject,
        startDate=edition.proposal.start.isoformat(),
        target=[target] if (target := _target(edition, wanted)) else None,
        statusDate=edition.written[:10],
        expressedBy=edition.author,
        addresses=fractures(edition.proposal.assessment),
    )


def _due(wanted: ProposedGoal) -> str:
    return f"By {wanted.due.isoformat()}" if wanted.due else ""


def _target(edition: Edition, wanted: ProposedGoal) -> Element:
    """Measure with value and due date; without a coded measure the due date alone (gol-1)."""
    measure = concept(edition.codings(wanted.measure), line(wanted.description)) if wanted.measure else None
    return kept(measure=measure, dueDate=wanted.due and wanted.due.isoformat()) | (_detail(wanted) if measure else {})


def _detail(wanted: ProposedGoal) -> Element:
    low, high = wanted.low, wanted.high
    if low is not None and high is not None:
        return {"detailRange": {"low": _plain(wanted.unit, number(low)), "high": _plain(wanted.unit, number(high))}}
    if high is not None:
        return {"detailQuantity": quantity(high, wanted.unit, "<=")}
    return {"detailQuantity": quantity(low, wanted.unit, ">=")} if low is not None else {}


def _plain(unit: str, value: float) -> Element:
    """A simple quantity: the ends of a Range allow no comparator."""
    return {"value": value} | kept(unit=unit, system=UCUM if unit else "", code=unit)
