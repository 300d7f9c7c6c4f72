"""A signed or proposed plan -> the paper that is asked for: letter, program, handout, or the packet of all."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from smartapp.core.dates import us_date
from smartapp.document.findings import findings
from smartapp.document.given import Given, born, short_name
from smartapp.document.handout import handout
from smartapp.document.letter import letter
from smartapp.document.paper import Paper, Sheet
from smartapp.document.program_sheet import program
from smartapp.document.texts import language_of
from smartapp.errors import LoadpathError, Who

NAME = 80  # characters of a name at the foot of each page (ours)
TITLES = {
    "letter": "Referral to physical therapy", "program": "Program for the physical therapist",
    "packet": "Rehabilitation plan: referral, program, handout and findings",
}  # fmt: skip


class PaperKind(StrEnum):
    LETTER = "letter"
    PROGRAM = "program"
    HANDOUT = "handout"
    PACKET = "packet"


class NoPaper(LoadpathError):
    """Nothing is prescribed, so there is no letter and no program."""

    title = "There is no such paper"
    who = Who.YOU
    next_step = "Take the packet: it says what was found and where to refer."


def make_paper(given: Given, kind: PaperKind, language: str = "") -> Paper:
    """``language``: of the handout, en or es; by the chart where it is empty. Raises NoPaper."""
    parts = PARTS if kind is PaperKind.PACKET else {kind.value: PARTS[kind.value]}
    sheets = tuple(sheet for make in parts.values() for sheet in make(given, language_of(given, language)))
    if not sheets:
        raise NoPaper("Nothing is prescribed for this patient, so there is no referral, no program and no handout.")
    title = sheets[0].title if kind is PaperKind.HANDOUT else TITLES[kind]
    return Paper(title, given.author, given.signed.signed_at, sheets)


def _letter(given: Given, _: str) -> Iterator[Sheet]:
    if given.plan.referral:
        yield _sheet("letter", "Referral", letter(given, given.plan.referral), given)


def _program(given: Given, _: str) -> Iterator[Sheet]:
    if given.plan.referral:
        yield _sheet("program", "Program", program(given), given)


def _handout(given: Given, language: str) -> Iterator[Sheet]:
    if given.plan.referral:
        words = given.words("handout", language)
        unsigned = "" if given.signed.active else words["not-signed"]
        who = _who(given, words["born"], language)
        yield Sheet("handout", words["title"], handout(given, language), who, words["name"],
                    language, words["page"], words["of"], unsigned)  # fmt: skip


def _findings(given: Given, _: str) -> Iterator[Sheet]:
    yield _sheet("findings", "Findings and sources", findings(given), given)


def _sheet(kind: str, title: str, content: object, given: Given) -> Sheet:
    unsigned = "" if given.signed.active else "Not signed"
    return Sheet(kind, title, content, _who(given), _foot(title, given), unsigned=unsigned)


PARTS: Mapping[str, Callable[[Given, str], Iterator[Sheet]]] = {
    "letter": _letter, "program": _program, "handout": _handout, "findings": _findings,
}  # fmt: skip


def _who(given: Given, word: str = "born", language: str = "en") -> str:
    patient = given.patient
    number = f", MRN {patient.record_number[:NAME]}" if patient.record_number else ""
    return f"{short_name(patient.name or patient.reference, NAME)}, {word} {born(given, language)}{number}"


def _foot(name: str, given: Given) -> str:
    """The edition: which plan this paper is of, or the day of the proposal."""
    return f"{name}, plan {given.signed.plan_id[:8]}" if given.signed.plan_id else f"{name}, {us_date(given.now.as_of)}"
