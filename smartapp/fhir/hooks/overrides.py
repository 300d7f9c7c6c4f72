"""Why a card is not followed: codes of HL7's Non-Adherence Reason Codes, each with its display to the letter.

Source: CodeSystem non-adherence-reason-codes of the CDS Hooks guide 3.0.0 (github.com/HL7/cds-hooks,
input/vocabulary/CodeSystem-non-adherence-reason-codes.json), after AHRQ publication 25-0073. Of its 29 reasons those a
clinician may have here; the asterisk at “patient refuses” is HL7's.
"""

from collections.abc import Mapping
from types import MappingProxyType

from smartapp.core.hooks import CardTopic

SYSTEM = "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes"
DISPLAYS: Mapping[str, str] = MappingProxyType(
    {
        "patient-ineligible": "Patient does not meet eligibility for recommended action",
        "indication-order-exists": "Patient has indication/order for intended action",
        "action-completed": "Recommended action was already completed",
        "action-not-priority": "Recommended action is not relevant or a priority in current state of health",
        "wrong-time-workflow": "PC CDS delivered at wrong time in workflow or patient lifecycle",
        "inappropriate-recipient": "PC CDS delivered to inappropriate recipient/role",
        "need-more-info": (
            "Could not address recommended action due to need for more information/pending results/pending consult"
        ),
        "expert-contradicts": "Advice from expert contradicts the recommended action",
        "policy-contradicts": "Institutional policy/guideline contradicts the recommended action",
        "risk-benefit-ratio": "Recipient assessment of risk/benefit ratio",
        "patient-contraindication": "Patient has contraindication to recommended action",
        "prefers-alternative": "Patient prefers an alternative approach or treatment",
        "patient-refuses": "Patient refuses/declines (no context given)*",
        "service-not-available": "Treatment or service is not practically available",
        "too-costly-uncovered": "Recommended action is too costly or not covered by insurance",
        "comorbidity-disability": (
            "Patient has co-morbidity or disability that hinders them from completing recommended action"
        ),
    }
)
_ALWAYS = (
    "patient-ineligible",
    "wrong-time-workflow",
    "inappropriate-recipient",
    "need-more-info",
    "expert-contradicts",
)
_OF_A_REFERRAL = (
    *("indication-order-exists", "action-completed", "action-not-priority", "patient-contraindication"),
    *("prefers-alternative", "patient-refuses", "service-not-available", "too-costly-uncovered"),
    "comorbidity-disability",
)
_OF_AN_ORDER = ("policy-contradicts", "risk-benefit-ratio", "action-completed")
REASONS: Mapping[CardTopic, tuple[str, ...]] = MappingProxyType(
    {
        CardTopic.NO_EXERCISE: (*_ALWAYS, "action-completed", "risk-benefit-ratio"),
        CardTopic.ORDER_CONFLICT: (*_ALWAYS, *_OF_AN_ORDER),
        CardTopic.CONFIRM_FIRST: (*_ALWAYS, "action-completed", "action-not-priority"),
        CardTopic.DUPLICATE_ORDER: (*_ALWAYS, "indication-order-exists"),
        CardTopic.ORDER_WITHOUT_RESTRICTIONS: (*_ALWAYS, *_OF_AN_ORDER),
        CardTopic.REFER_TO_THERAPY: (*_ALWAYS, *_OF_A_REFERRAL),
        CardTopic.SIGNED_ORDER: (*_ALWAYS, *_OF_A_REFERRAL),
    }
)


def override_reasons(topic: CardTopic) -> list[dict[str, str]]:
    return [{"system": SYSTEM, "code": code, "display": DISPLAYS[code]} for code in REASONS[topic]]
