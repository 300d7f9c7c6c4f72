"""The words beside a known code -> the dangers they add to it, and the lines where the two disagree.

Clinical rule book 2a, 0.1: text, display, note, body site and evidence are read with the code. A danger counts when
stated or only suspected, and fails where it is denied, somebody else's, advice, or called over. A comfort never
loosens what the code says: the code leads, and what the words say is shown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from smartapp.core.concepts import Concept
from smartapp.core.fracture_coding import EncounterKind, Morphology
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_list, get_prose, get_text, get_wordings
from smartapp.fhir.read.context import PAST_CANCERS, Coded

DANGERS = frozenset(
    {
        *(Concept.CAUDA_EQUINA, Concept.NEURO_DEFICIT, Concept.NEURO_SIGN, Concept.SPINAL_INFECTION),
        *(Concept.ACTIVE_CANCER, Concept.SPINAL_METASTASIS, Concept.MYELOMA, Concept.FRACTURE_DISLOCATION),
        *(Concept.PATHOLOGICAL_FRACTURE, Concept.NEOPLASTIC_FRACTURE, Concept.HARDWARE_FAILURE, Concept.PSEUDARTHROSIS),
        *(Concept.ANKYLOSED_SPINE, Concept.MOTOR_DEFICIT, Concept.FEVER, Concept.INJECTED_DRUGS),
        *(Concept.NO_FORCE, Concept.ARCH_FRACTURE, Concept.LIGAMENT_INJURY, Concept.CANAL_COMPROMISE),
        Concept.COLLAPSE_PROGRESS,
    }
)
# How it broke and how badly: no other reading of what did, and each has an alert of its own.
CHARACTER = frozenset(
    {
        *(Concept.NO_FORCE, Concept.ARCH_FRACTURE, Concept.LIGAMENT_INJURY, Concept.CANAL_COMPROMISE),
        Concept.COLLAPSE_PROGRESS,
    }
)
# Of the whole patient: counts where stated, and is no difference to the code (rule book 2a, 2.3, class W).
STATED = frozenset(
    {
        *(Concept.WHEELCHAIR, Concept.BED_BOUND, Concept.FRAILTY, Concept.PALLIATIVE),
        *(Concept.STANDS_WITH_HELP, Concept.TWO_HELPERS),
        *(Concept.PROCESS_FRACTURE, Concept.SPONDYLOLYSIS),
    }
)
# Two words that may stand apart, and a denial between them: pedicles without fracture.
_APART = (CHARACTER - {Concept.NO_FORCE}) | {Concept.PROCESS_FRACTURE}
_ENCOUNTERS = (EncounterKind.NONUNION, EncounterKind.DELAYED, EncounterKind.OPEN)  # the worst first
_MORPHOLOGIES = frozenset({Morphology.UNSTABLE_BURST, Morphology.BURST})
_LOOKED_FOR: Mapping[PhraseKind, frozenset[str]] = {
    PhraseKind.DIAGNOSIS: DANGERS | STATED,
    PhraseKind.HEALING: frozenset(_ENCOUNTERS),
    PhraseKind.MORPHOLOGY: _MORPHOLOGIES,
}
_STOP = re.compile(r"(?<=[\w)]{2}[.!?])(?=\s|\Z)|[;\n]")  # the end of a sentence, not of “L2.” or “e.g.”
_TAG = re.compile(r"\((?:disorder|finding|situation)\)\s*\Z")
_NO_LETTER = re.compile(r"\W+")
_NEAR = 7  # words in which a denial holds; rule book 2a, 2.3
_BEHIND = 5  # words behind a danger that may deny it; ours
_NEXT = re.compile(r"(?:\s+(?:in|of)\s+(?:her|his|the)?\s*\w+|\s+(?:screening|risk))", re.I)


@dataclass
class Beside:
    """What the words say that endangers. ``own``: the words of the code element; ``quotes``: the words each danger was
    said in; ``past``: what they call over."""

    own: tuple[str, ...] = ()
    concepts: set[str] = field(default_factory=set)
    encounters: set[EncounterKind] = field(default_factory=set)
    morphologies: set[Morphology] = field(default_factory=set)
    quotes: dict[str, str] = field(default_factory=dict)  # concept, encounter kind or form -> clause
    past: dict[str, str] = field(default_factory=dict)

    @property
    def encounter(self) -> EncounterKind | None:
        """Only nonunion and delayed healing: an open fracture may heal as any other."""
        return next((kind for kind in _ENCOUNTERS[:2] if kind in self.encounters), None)

    @property
    def open(self) -> bool:
        return EncounterKind.OPEN in self.encounters


def own_words(said: Coded) -> tuple[str, ...]:
    """Text and displays, but for the titles of its codes as our table has them."""
    titles = {_plain(row.display) for row in (*said.rows, *said.excluded, *said.asked)}
    return tuple(dict.fromkeys(w for w in (said.words, *said.displays) if w and _plain(w) not in titles))


def _plain(title: str) -> str:
    """Letters and digits only, without the kind SNOMED CT writes behind a name: ``(disorder)``."""
    return _NO_LETTER.sub("", _TAG.sub("", title.lower()))


def words_around(resource: Resource) -> Iterator[str]:
    """Of notes, body site and evidence."""
    for note in get_list(resource, "note"):
        yield get_prose(note, "text")
    yield from get_wordings(resource, "bodySite")
    for evidence in get_list(resource, "evidence"):
        yield from get_wordings(evidence, "code")
        yield from (get_text(detail, "display") for detail in get_list(evidence, "detail"))


def clauses_of(words: Iterable[str], phrases: PhraseTable) -> Iterator[str]:
    for sentence in (sentence for text in words for sentence in _STOP.split(text)):
        yield from (clause for each in phrases.split(Sign.CLAUSE_ENDS, sentence) if (clause := each.strip(" ,")))


def dangers_beside(resource: Resource, said: Coded, phrases: PhraseTable) -> Beside:
    """Of all the words beside a code. Where there is no code we know the text itself is read as a diagnosis; of
    several sentences also each by itself: what one of them denies, doubts or says of another person is none of the
    next one's."""
    found = Beside(own_words(said))
    known = bool(said.rows or said.excluded or said.asked)
    own = [words for words in found.own if known or sum(1 for each in _STOP.split(words) if each.strip()) > 1]
    for clause in clauses_of((*own, *words_around(resource)), phrases):
        _add(found, clause, phrases)
    return found


def _add(found: Beside, clause: str, phrases: PhraseTable) -> None:
    meant = [
        (kind, means, place)
        for kind, dangers in _LOOKED_FOR.items()
        for means, place in phrases.places(kind, clause, dangers)
    ]
    forms = {means for kind, means, _ in meant if kind is PhraseKind.MORPHOLOGY}
    for kind, means, place in meant:
        if means in _APART and phrases.says(Sign.DENIES, place[0]):
            continue
        stands = standing(clause, place, means, phrases)
        if means in STATED:
            if stands is Stands.PRESENT and not phrases.says(Sign.DOUBTED, clause):
                found.concepts.add(means)
            continue
        if stands is Stands.NOT or (means == Morphology.BURST and len(forms) > 1):
            continue
        if stands is not Stands.PRESENT:
            found.past.setdefault(means, clause)
            if means in PAST_CANCERS and stands is not Stands.UNCLEAR:
                past = stands is Stands.PAST
                found.concepts.add((Concept.CANCER_HISTORY if past else PAST_CANCERS[Concept(means)]).value)
            continue
        found.quotes.setdefault(means, clause)
        if kind is PhraseKind.DIAGNOSIS:
            found.concepts.add(means)
        elif kind is PhraseKind.HEALING:
            found.encounters.add(EncounterKind(means))
        else:
            found.morphologies.add(Morphology(means))


class Stands(Enum):
    """How a danger stands in its clause."""

    PRESENT = auto()  # stated or suspected
    PAST = auto()
    REMISSION = auto()
    UNCLEAR = auto()  # denied before a comma, and nothing says that the denial goes on: told
    NOT = auto()  # denied, somebody else's, or advice


def standing(clause: str, place: re.Match[str], means: str, phrases: PhraseTable, advised: bool = False) -> Stands:
    """``advised``: advice counts as well, as it does of an order."""
    before = clause[: place.start()]
    near = phrases.split(Sign.CAUSED_BY, " ".join(before.split()[-_NEAR:]))[-1]
    beside = near.rpartition(",")[2]
    after = _after(clause, place, phrases)
    of_another = _NEXT.match(clause[place.end() :])
    others = (beside, of_another[0] if of_another else "")
    if (not advised and phrases.says(Sign.ADVICE, before)) or any(
        phrases.says(Sign.OF_SOMEBODY_ELSE, each) for each in others
    ):
        return Stands.NOT
    if phrases.says(Sign.DENIED_AFTER, after) or phrases.says(Sign.DENIES, beside):
        return Stands.NOT
    if phrases.says(Sign.STATED_OVER, phrases.split(Sign.PRESENT_AGAIN, beside)[-1]) or phrases.says(
        Sign.OVER_AFTER, after
    ):
        return Stands.PAST
    if means in PAST_CANCERS and phrases.says(Sign.REMISSION, phrases.without(Sign.DENIED_BESIDE, clause)):
        return Stands.REMISSION
    if phrases.says(Sign.DENIES, near):
        listed = any(phrases.says(Sign.DENIAL_LISTED, each) for each in (near, clause[place.end() :]))
        return Stands.NOT if listed else Stands.UNCLEAR
    return Stands.PRESENT


def _after(clause: str, place: re.Match[str], phrases: PhraseTable) -> str:
    """The few words behind it that may deny it or call it over."""
    text = clause[place.end() :].lstrip(" :-")
    behind = text.removeprefix(",").lstrip()
    if behind != text and phrases.says(Sign.DENIED_BEHIND_COMMA, behind):
        text = behind
    return " ".join(phrases.split(Sign.DENIAL_ENDS, text.partition(",")[0])[0].split()[:_BEHIND])
