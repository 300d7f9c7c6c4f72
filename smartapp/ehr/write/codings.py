"""Output concept -> codings as R4 Coding dictionaries, displays from the code table of the knowledge.

Only codes listed as verified in the project's code tables are written. 183561008 (referral to a general practitioner)
is often mistaken for physiotherapy and never appears.
"""

from collections.abc import Mapping
from typing import Any

from smartapp.core.codes import CodeTable

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
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

# Output concepts used here until the code table offers them; codes and displays as in the project's verified list.
_OUTPUT: Mapping[str, tuple[Coding, ...]] = {
    "care-plan": (_coding(SNOMED, "734163000", "Care plan"),),
    "physiotherapy-care-plan": (_coding(SNOMED, "773513001", "Physiotherapy care plan"),),
    "evaluation": (_coding(SNOMED, "386053000", "Evaluation procedure (procedure)"),),
    "physical-therapy": (_coding(SNOMED, "91251008", "Physical therapy procedure (regime/therapy)"),),
    "physical-therapy-referral": (_coding(SNOMED, "444831000124102", "Referral for physical therapy"),),
}


class Codings:
    """Codings by output concept; an unknown concept has none and is written as text."""

    def __init__(self, table: CodeTable | None) -> None:
        self._table = table

    @classmethod
    def of(cls, knowledge: Any) -> "Codings":
        return cls(getattr(knowledge, "codes", None))

    def __call__(self, concept: str) -> tuple[Coding, ...]:
        found = self._table.codings(concept) if self._table else ()
        return tuple(_coding(*coding) for coding in found) or _OUTPUT.get(concept, ())
