"""Words of a record -> which part of a vertebra broke, and what was measured of it (rule book 2a, PH09-PH17).

A number counts when stated or only suspected, the worst of each. Where body and process are named together, the levels
of the body are those named with it.
"""

import re
from collections.abc import Iterable, Iterator

from smartapp.core.concepts import Concept
from smartapp.core.fracture_coding import NOT_MEASURED, Collapse, EncounterKind, Morphology
from smartapp.core.phrases import PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_wordings
from smartapp.fhir.read.beside import Stands, clauses_of, own_words, standing, words_around
from smartapp.fhir.read.context import Coded
from smartapp.fhir.read.vertebrae import healing_in, levels_in, names_a_body, pieces_of

# A number of one of these units: asked before anything is looked for.
_NUMBER = re.compile(r"\d\s?(?:%|°|º|deg|per)|\bhalf\b|\b(?:thirds|quarters)\b")
_FRACTIONS = (
    (re.compile(r"\b(?:two|2)[ /-](?:thirds|3)\b", re.I), "66 %"),
    (re.compile(r"\b(?:three|3)[ /-](?:quarters|4)\b", re.I), "75 %"),
    (re.compile(r"\bhalf\b", re.I), "50 %"),
)
_ALSO = re.compile(r"\b(?:also|additional\w*|as well|besides?)\b", re.I)
_NO_FORM = frozenset({None, Morphology.OTHER, Morphology.UNSPECIFIED})  # say nothing of the body
_UNSURE = (Sign.DOUBTED, Sign.DENIES, Sign.OF_SOMEBODY_ELSE)
_MOST = 100  # percent and degrees beyond it are no such number


def collapse_in(resource: Resource, said: Coded, phrases: PhraseTable) -> Collapse:
    """Of all words of a record."""
    return collapse_of((said.wording, *words_around(resource)), phrases)


def collapse_of(words: Iterable[str], phrases: PhraseTable) -> Collapse:
    """Of any words about a broken vertebra; a text without a number costs no more than a look."""
    texts = [text for text in words if _NUMBER.search(text)]
    if not texts:
        return NOT_MEASURED
    clauses = tuple(clauses_of(map(_in_percent, texts), phrases))
    local = tuple(clause for clause in clauses if not phrases.says(Sign.THORACIC_CURVE, clause))
    return Collapse(
        max(_numbers(Sign.HEIGHT_LOSS, clauses, phrases), default=None),
        max(_numbers(Sign.KYPHOSIS_ANGLE, local, phrases), default=None),
        max(_numbers(Sign.CANAL_LOSS, clauses, phrases), default=None),
        max(_numbers(Sign.KYPHOSIS_ANGLE, _of_the_curve(clauses, phrases), phrases), default=None),
    )


def _of_the_curve(clauses: Iterable[str], phrases: PhraseTable) -> Iterator[str]:
    """Of the curve front to back: an angle of a scoliosis is another."""
    return (clause for clause in clauses if phrases.says(Sign.THORACIC_KYPHOSIS, clause))


def _in_percent(text: str) -> str:
    for fraction, percent in _FRACTIONS:
        text = fraction.sub(percent, text)
    return text


def _numbers(sign: Sign, clauses: Iterable[str], phrases: PhraseTable) -> Iterator[int]:
    for clause in clauses:
        for place in phrases.found(sign, clause):
            value = int(place["value"])
            if value <= _MOST and standing(clause, place, sign, phrases) is Stands.PRESENT:
                yield value


def posterior_parts(text: str, phrases: PhraseTable) -> frozenset[str]:
    """The parts a text about a broken vertebra names that are not its body."""
    if not phrases.says(Sign.POSTERIOR_PART, text) and not phrases.says(Sign.PROCESS, text):
        return frozenset()
    found = {Concept.PROCESS_FRACTURE.value} if phrases.says(Sign.PROCESS, text) else set()
    rest = phrases.without(Sign.PROCESS, text)
    if phrases.says(Sign.PARS, rest):
        found.add(Concept.SPONDYLOLYSIS.value)
    if phrases.says(Sign.POSTERIOR_PART, phrases.without(Sign.PARS, rest)):
        found.add(Concept.ARCH_FRACTURE.value)
    return frozenset(found)


def body_levels(text: str, phrases: PhraseTable) -> frozenset[str]:
    """Levels named with the body, where a text speaks of processes too; all of them where none is named so.

    A level alone belongs to the processes named before or behind it: L3 and L4 transverse processes.
    """
    pieces = pieces_of(text, phrases)
    before, behind = _carried(pieces), list(reversed(_carried(pieces[::-1])))
    levels: set[str] = set()
    for (piece, _), former, latter in zip(pieces, before, behind, strict=True):
        if False not in (former, latter) and True in (former, latter):
            levels |= levels_in(piece, phrases)
    return frozenset(levels) or levels_in(text, phrases)


def _carried(pieces: list[tuple[str, bool | None]]) -> list[bool | None]:
    """What each speaks of, or the one before it that names something."""
    last: bool | None = None
    carried = []
    for _, of_body in pieces:
        last = last if of_body is None else of_body
        carried.append(last)
    return carried


def parts_said(
    resource: Resource, said: Coded, form: Morphology | None, phrases: PhraseTable
) -> tuple[frozenset[str], bool]:
    """What the words of a coded fracture say broke: parts that are not the body, and whether the body did.

    ``form``: what the codes say; where that is another part than a wedged or burst body, the notes are asked as well.
    """
    own = [*own_words(said), *get_wordings(resource, "bodySite")]
    notes = [text for text in words_around(resource) if not _ALSO.search(text)] if form is Morphology.OTHER else []
    plain = (phrases.without(Sign.DENIED_BESIDE, text) for text in (*own, *notes))
    stated = [c for c in clauses_of(plain, phrases) if not any(phrases.says(sign, c) for sign in _UNSURE)]
    parts = frozenset(part for clause in stated for part in posterior_parts(clause, phrases))
    body = form not in _NO_FORM or any(names_a_body(clause, phrases) for clause in stated)
    return parts, body


def part_alone(parts: frozenset[str], body: bool) -> Morphology | None:
    """The form of a fracture of a process or of the pars that is not one of the body; None of every other."""
    if body or Concept.ARCH_FRACTURE in parts:
        return None
    if Concept.SPONDYLOLYSIS in parts:
        return Morphology.PARS
    return Morphology.PROCESS if Concept.PROCESS_FRACTURE in parts else None


def heals_routinely(texts: Iterable[str], phrases: PhraseTable) -> bool:
    """Stated outright; a word of delayed healing or nonunion beside it counts before (PH04)."""
    said = [healing_in(c, phrases) for c in clauses_of(texts, phrases) if not phrases.says(Sign.DOUBTED, c)]
    return EncounterKind.ROUTINE in said and not {*said} & {EncounterKind.NONUNION, EncounterKind.DELAYED}
