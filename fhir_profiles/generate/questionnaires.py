"""The attestations the review page offers, and the form a plan is sent in -> R4 Questionnaires."""

from collections.abc import Iterator

from fhir_profiles.generate.fsh import instance
from fhir_profiles.generate.metadata import Element, canonical, definition
from smartapp.core.kinds import AttestationName
from smartapp.fhir.build.fallback_document import PLAN_ITEM
from smartapp.web.words import ATTESTATIONS

ATTESTATION = canonical("CodeSystem", "attestation")


def questionnaires() -> Iterator[str]:
    for made in (attestation_form(), plan_form()):
        yield instance(made, made["title"])


def attestation_form() -> Element:
    """One item per attestation, asked as the page asks; the day is asked where it is stated."""
    about = (
        "What a clinician states from own knowledge where the chart leaves it open. Each statement needs the day on "
        "which it became true; nothing is assumed where an item is left out."
    )
    form = definition("Questionnaire", "attestations", "Attestations about a lumbar fracture", about, False)
    return form | {"subjectType": ["Patient"], "item": [_statement(name) for name in AttestationName]}


def _statement(name: AttestationName) -> Element:
    said = ATTESTATIONS[name]
    return {
        "linkId": name.value,
        "code": [{"system": ATTESTATION, "code": name.value, "display": said.said}],
        "text": said.button,
        "type": "boolean",
        "required": False,
        "item": [
            {
                "linkId": f"{name.value}.on",
                "text": f"{said.question}:",
                "type": "date",
                "enableWhen": [{"question": name.value, "operator": "=", "answerBoolean": True}],
                "required": True,
            }
        ],
    }


def plan_form() -> Element:
    """The form a site may offer where its EHR takes neither plan nor note: one answer holds the whole plan as text."""
    about = "The signed rehabilitation plan as text, for EHRs that take answers to a form and nothing else."
    form = definition("Questionnaire", "rehabilitation-plan", "Rehabilitation plan as text", about, False)
    item = {"linkId": PLAN_ITEM, "text": "Rehabilitation plan, movement restrictions and referral", "type": "text"}
    return form | {"subjectType": ["Patient"], "item": [item | {"required": True}]}
