"""Constraints of the whole patient -> their lines for therapist and patient, in the plan, the order and the papers.

Restrictions come from the fracture; limits come from everything else about the patient (rule book 2a, section 4).
"""

from collections.abc import Iterator

from smartapp.core.assessment import Assessment, Constraint
from smartapp.core.states import Track

LIMIT = "Limit: "  # how each line begins in the note of an order
_ON_THE_LETTER = 5  # rule book 2c, CX29
_FOR_THE_PATIENT = 3  # rule book 2c, section 8
_TRACKS = {
    Track.CHAIR: "The programme is done sitting and lying: no exercise on the feet unless named here.",
    Track.BED: "The programme is done in bed, in short bouts.",
}


def limit_line(limit: Constraint) -> str:
    """What limits, how what stays is done, how long it holds, and what is still asked."""
    until = f" Holds until {limit.until.isoformat()}." if limit.until else ""
    asked = f" Ask: {limit.question}" if limit.question else ""
    changes = " ".join(_sentence(change) for change in limit.changes)
    return f"{limit.title}. {_sentence(limit.text)}{' ' if changes else ''}{changes}{until}{asked}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def track_line(assessment: Assessment) -> str:
    """How the patient exercises where that is not standing; empty else."""
    return _TRACKS.get(assessment.track, "") if assessment.track else ""


def limit_lines(assessment: Assessment) -> list[str]:
    """For the note of an order: the track, then every limit."""
    lines = (track_line(assessment), *(limit_line(limit) for limit in assessment.constraints))
    return [f"{LIMIT}{line}" for line in lines if line]


def letter_lines(assessment: Assessment) -> Iterator[str]:
    """The limits on the page a therapist gets first: at most five, and how many more stand behind it."""
    if track := track_line(assessment):
        yield track
    for limit in assessment.constraints[:_ON_THE_LETTER]:
        until = f" Until {limit.until.isoformat()}." if limit.until else ""
        yield f"{limit.title}. {_sentence(limit.text)}{until}"
    more = len(assessment.constraints) - _ON_THE_LETTER
    if more > 0:
        yield f"And {more} more {'limit' if more == 1 else 'limits'}: on the sheet behind this letter."


def patient_lines(assessment: Assessment) -> tuple[str, ...]:
    """In the words made for patients, Spanish for who speaks it: the first ones; the rest the therapist tells."""
    spanish = speaks_spanish(assessment.chart.patient.language)
    told = ((spanish and limit.patient_text_es) or limit.patient_text for limit in assessment.constraints)
    texts = dict.fromkeys(text for text in told if text)
    return tuple(texts)[:_FOR_THE_PATIENT]


def speaks_spanish(language: str) -> bool:
    """By the code (es, es-MX, spa) or the name of the language; Estonian is another."""
    told = language.strip().lower()
    return told.partition("-")[0] in ("es", "spa") or any(name in told for name in ("spanish", "español", "castellano"))
