"""Output concept -> codings as R4 Coding dictionaries, displays from the code table of the knowledge.

Only codes listed as verified in the project's code tables are written. 183561008 (referral to a general practitioner)
is often mistaken for physiotherapy and never appears.
"""

from smartapp.core.codes import CodeTable

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
TREATMENT = _coding(ACT_REASON, "TREAT", "treatment")

# Output concepts of the code table that every plan needs.
NEEDED = ("care-plan", "physiotherapy-care-plan", "evaluation", "physical-therapy", "physical-therapy-referral")


def codings(table: CodeTable, concept: str) -> tuple[Coding, ...]:
    """Codings of an output concept; an unknown concept has none and is written as text."""
    return tuple(_coding(*coding) for coding in table.codings(concept))
