"""What Loadpath has derived -> codings of its own code systems: phase, restricted movement, alert.

The systems are defined in ``fhir_profiles``, where their codes, displays and definitions are made from the knowledge.
"""

from collections.abc import Iterator

from smartapp.core.plan.activities import fill
from smartapp.core.assessment import Phase
from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Activity, Proposal
from smartapp.fhir.build.codings import Coding

CANONICAL = "https://loadpath.example/fhir"
PHASE = f"{CANONICAL}/CodeSystem/phase"
MOVEMENT = f"{CANONICAL}/CodeSystem/movement-restriction"
ALERT = f"{CANONICAL}/CodeSystem/alert"


def phase_coding(phase: Phase) -> Coding:
    return {"system": PHASE, "code": phase.value, "display": phase_display(phase)}


def phase_display(phase: Phase) -> str:
    return f"{phase.value.capitalize()} phase"


def movement_coding(id_: str, knowledge: Knowledge) -> Coding | None:
    """The movement a restriction or a never-selected exercise is about, by its id; None for any other line."""
    restricted = knowledge.restrictions.get(id_)
    never = next((row for row in knowledge.library.never if row.id == id_), None)
    row = restricted or never
    return {"system": MOVEMENT, "code": id_, "display": row.title} if row else None


def alert_codings(activity: Activity, proposal: Proposal, knowledge: Knowledge) -> Iterator[Coding]:
    """The alerts that brought this line of advice: those of the row whose words it was proposed in."""
    for row in knowledge.library.advice:
        raised = row.when.alert and proposal.assessment.has(row.when.alert)
        if raised and row.id == activity.id and fill(row.text, knowledge) == activity.reason.text:
            yield {"system": ALERT, "code": row.when.alert, "display": alert_display(row.when.alert, knowledge)}


def alert_display(code: str, knowledge: Knowledge) -> str:
    """The alert's own sentence, without its full stop."""
    return next(row.text for row in knowledge.alerts.values() if row.code == code).removesuffix(".")
