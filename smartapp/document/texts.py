"""The words made for patients, as the papers need them: chosen for the plan, in the patient's language."""

from dataclasses import dataclass

from smartapp.core.plan.limit_words import patient_lines, speaks_spanish
from smartapp.core.proposal import ActivityKind
from smartapp.document.given import Given
from smartapp.document.letter_parts import Piece

BLANK = "____________"


@dataclass(frozen=True)
class Told:
    id: str
    text: str
    name: str = ""


@dataclass(frozen=True)
class Texts:
    language: str
    items: tuple[Told, ...]

    def of(self, *beginnings: str) -> tuple[Told, ...]:
        return tuple(item for item in self.items if item.id.startswith(beginnings))


def language_of(given: Given, asked: str = "") -> str:
    return asked or ("es" if speaks_spanish(given.patient.language) else "en")


def needs_interpreter(given: Given) -> bool:
    """Another language than English stands in the chart."""
    said = given.patient.language.strip().lower()
    return bool(said) and said.partition("-")[0] not in ("en", "eng", "english")


def texts_of(given: Given, language: str) -> Texts:
    plan = given.plan
    found = [Told(f"limit.{n}", text) for n, text in enumerate(patient_lines(plan.assessment))]
    found += [Told(f"{r.id}.{r.state}", r.patient_text) for r in plan.assessment.restrictions]
    found += [
        Told(f"exercise.{a.id}", a.patient_text, a.title) for a in plan.activities if a.kind is ActivityKind.EXERCISE
    ]
    found.append(Told("stop.emergency", given.knowledge.library.programme.texts["patient-stop-rule"]))
    return Texts("en", tuple(found))


def stop_pieces(given: Given) -> tuple[Piece, ...]:
    """The two lines of page one: emergency, and call today with the number."""
    texts = given.knowledge.library.programme.texts
    return (Piece(texts["stop-rule"]), Piece(given.clinic.phone or BLANK, "Call back:"))


def phone_or_blank(phone: str) -> str:
    return phone or BLANK
