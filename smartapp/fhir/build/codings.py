"""Output concept -> codings as R4 Coding dictionaries, displays from the code table of the knowledge.

Only codes listed as verified in the project's code tables are written. 183561008 (referral to a general practitioner)
is often mistaken for physiotherapy and never appears.
"""

from collections.abc import Iterator

from smartapp.core.assessment import Assessment
from smartapp.core.codes import CodeTable
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.activities import OF_LIMITS, fill
from smartapp.core.plan.limit_words import of_load
from smartapp.core.proposal import Activity, Proposal
from smartapp.core.states import Phase

CAREPLAN_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category"
GOAL_CATEGORY = "http://terminology.hl7.org/CodeSystem/goal-category"
PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
DATA_OPERATION = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"

Coding = dict[str, str]


def _coding(system: str, code: str, display: str) -> Coding:
    return {"system": system, "code": code, "display": display}


# Structural codes of the resources themselves: fixed by FHIR and US Core, not clinical knowledge.
ASSESS_PLAN = _coding(CAREPLAN_CATEGORY, "assess-plan", "Assessment and Plan of Treatment")
PHYSIOTHERAPY_GOAL = _coding(GOAL_CATEGORY, "physiotherapy", "Physiotherapy")
AUTHOR = _coding(PARTICIPANT, "author", "Author")
ASSEMBLER = _coding(PARTICIPANT, "assembler", "Assembler")
CREATE = _coding(DATA_OPERATION, "CREATE", "create")
UPDATE = _coding(DATA_OPERATION, "UPDATE", "revise")
TREATMENT = _coding(ACT_REASON, "TREAT", "treatment")

# Output concepts of the code table that every plan needs.
NEEDED = ("care-plan", "physiotherapy-care-plan", "evaluation", "physical-therapy", "physical-therapy-referral")


def codings(table: CodeTable, concept: str) -> tuple[Coding, ...]:
    """Codings of an output concept; an unknown concept has none and is written as text."""
    return tuple(_coding(*coding) for coding in table.codings(concept))


CANONICAL = "https://loadpath.example/fhir"
PHASE = f"{CANONICAL}/CodeSystem/phase"
MOVEMENT = f"{CANONICAL}/CodeSystem/movement-restriction"
ALERT = f"{CANONICAL}/CodeSystem/alert"
LIMIT = f"{CANONICAL}/CodeSystem/limit"


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
    if activity.id == OF_LIMITS:
        codes = dict.fromkeys(code for limit in of_load(proposal.assessment.constraints) for code in limit.alerts)
        raised_by = (code for code in codes if proposal.assessment.has(code))
        yield from ({"system": ALERT, "code": code, "display": alert_display(code, knowledge)} for code in raised_by)
    for row in knowledge.library.advice:
        raised = row.when.alert and proposal.assessment.has(row.when.alert)
        if raised and row.id == activity.id and fill(row.text, knowledge) == activity.reason.text:
            yield {"system": ALERT, "code": row.when.alert, "display": alert_display(row.when.alert, knowledge)}


def limit_codings(assessment: Assessment) -> tuple[Coding, ...]:
    """The limits of what this patient's body may be loaded with, each by the rule that sets it."""
    return tuple(_coding(LIMIT, limit.id, limit.title) for limit in of_load(assessment.constraints))


def alert_display(code: str, knowledge: Knowledge) -> str:
    """The alert's own sentence, without its full stop."""
    return next(row.words.text for row in knowledge.alerts.values() if row.code == code).removesuffix(".")
