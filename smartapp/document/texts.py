"""The words made for patients, as the papers need them: chosen for the plan, in the patient's language."""

from smartapp.core.patient_texts import PatientTexts
from smartapp.core.plan.limit_words import speaks_spanish
from smartapp.core.plan.patient_texts import patient_texts
from smartapp.document.given import Given
from smartapp.document.letter_parts import Piece

BLANK = "____________"


def language_of(given: Given, asked: str = "") -> str:
    return asked or ("es" if speaks_spanish(given.patient.language) else "en")


def texts_of(given: Given, language: str) -> PatientTexts:
    """As they were signed; in another language than the chart's chosen anew."""
    kept = given.plan.patient_texts
    return kept if kept and kept.language == language else patient_texts(given.plan, given.knowledge, language)


def stop_pieces(given: Given) -> tuple[Piece, ...]:
    """The two lines of page one: the emergency, and what to call for today with the number."""
    texts = texts_of(given, "en")
    return (
        Piece(texts.starting("stop.emergency")),
        Piece(texts.starting("stop.today"), f"{phone_or_blank(given.clinic.phone)}:"),
    )


def phone_or_blank(phone: str) -> str:
    return phone or BLANK
