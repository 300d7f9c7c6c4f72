"""The words beside a known code -> the dangers they add to it, and the lines where the two disagree.

Clinical rule book 2a, 0.1: text, display, note, body site and evidence are read with the code. A danger counts when
stated or only suspected, and fails where it is denied, somebody else's, advice, or called over. A comfort never
loosens what the code says: the code leads, and what the words say is shown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from smartapp.core.concepts import Concept
from smartapp.core.fracture_coding import EncounterKind, Morphology
from smartapp.core.phrases import PhraseKind, PhraseTable, Sign
from smartapp.fhir.json import Resource, get_list, get_text, get_wordings
from smartapp.fhir.read.context import PAST_CANCERS, Coded

DANGERS = frozenset(
    {
        *(Concept.CAUDA_EQUINA, Concept.NEURO_DEFICIT, Concept.NEURO_SIGN, Concept.SPINAL_INFECTION),
        *(Concept.ACTIVE_CANCER, Concept.SPINAL_METASTASIS, Concept.MYELOMA, Concept.FRACTURE_DISLOCATION),
        *(Concept.PATHOLOGICAL_FRACTURE, Concept.NEOPLASTIC_FRACTURE, Concept.HARDWARE_FAILURE, Concept.PSEUDARTHROSIS),
    }
)
_ENCOUNTERS = (EncounterKind.NONUNION, EncounterKind.DELAYED, EncounterKind.OPEN)  # the worst first
_MORPHOLOGIES = frozenset({Morphology.UNSTABLE_BURST, Morphology.BURST})
_CLAUSE = re.compile(
    r"(?<=[\w)]{2}[.!?])(?=\s|\Z)|[;\n]|\b(?:but|however|although|aber|pero|mais|maar|men|mas)\b", re.IGNORECASE
)
_TAG = re.compile(r"\((?:disorder|finding|situation)\)\s*\Z")
_NO_LETTER = re.compile(r"\W+")
_NEAR = 7  # words in which a denial holds; rule book 2a, 2.3


@dataclass
class Beside:
    """What the words say that endangers. ``quotes``: the words each was said in; ``past``: what they call over."""

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
    return tuple(dict.fromkeys(w for w in (said.text, *said.displays) if w and _plain(w) not in titles))


def _plain(title: str) -> str:
    """Letters and digits only, without the kind SNOMED CT writes behind a name: ``(disorder)``."""
    return _NO_LETTER.sub("", _TAG.sub("", title.lower()))


def words_around(resource: Resource) -> Iterator[str]:
    """Of notes, body site and evidence."""
    for note in get_list(resource, "note"):
        yield get_text(note, "text")
    yield from get_wordings(resource, "bodySite")
    for evidence in get_list(resource, "evidence"):
        yield from get_wordings(evidence, "code")
        yield from (get_text(detail, "display") for detail in get_list(evidence, "detail"))


def clauses_of(words: Iterable[str]) -> Iterator[str]:
    for text in words:
        yield from (clause.strip() for clause in _CLAUSE.split(text) if clause.strip())


def dangers_in(words: Iterable[str], phrases: PhraseTable) -> Beside:
    found = Beside()
    for clause in clauses_of(words):
        _add(found, clause, phrases)
    return found


def _add(found: Beside, clause: str, phrases: PhraseTable) -> None:
    meant = [
        (kind, means, place)
        for kind in (PhraseKind.DIAGNOSIS, PhraseKind.HEALING, PhraseKind.MORPHOLOGY)
        for means, place in phrases.places(kind, clause)
        if means in DANGERS or means in _ENCOUNTERS or means in _MORPHOLOGIES
    ]
    if not meant or phrases.says(Sign.ADVICE, clause) or phrases.says(Sign.OF_SOMEBODY_ELSE, clause):
        return
    forms = {means for kind, means, _ in meant if kind is PhraseKind.MORPHOLOGY}
    for kind, means, place in meant:
        if _is_denied(clause, place, phrases) or (means == Morphology.BURST and len(forms) > 1):
            continue
        past = _is_over(clause, place, phrases)
        if past or (means in PAST_CANCERS and _is_in_remission(clause, phrases)):
            found.past.setdefault(means, clause)
            if means in PAST_CANCERS:
                found.concepts.add((Concept.CANCER_HISTORY if past else PAST_CANCERS[Concept(means)]).value)
            continue
        found.quotes.setdefault(means, clause)
        if kind is PhraseKind.DIAGNOSIS:
            found.concepts.add(means)
        elif kind is PhraseKind.HEALING:
            found.encounters.add(EncounterKind(means))
        else:
            found.morphologies.add(Morphology(means))


def _is_in_remission(clause: str, phrases: PhraseTable) -> bool:
    return phrases.says(Sign.REMISSION, phrases.without(Sign.DENIED_BESIDE, clause))


def _is_denied(clause: str, place: re.Match[str], phrases: PhraseTable) -> bool:
    """By a word of denial at most seven words before it, or by what directly follows."""
    return phrases.says(Sign.DENIES, _before(clause, place)) or phrases.says(Sign.DENIED_AFTER, _after(clause, place))


def _is_over(clause: str, place: re.Match[str], phrases: PhraseTable) -> bool:
    return phrases.says(Sign.STATED_OVER, _before(clause, place)) or phrases.says(
        Sign.OVER_AFTER, _after(clause, place)
    )


def _before(clause: str, place: re.Match[str]) -> str:
    return " ".join(clause[: place.start()].split()[-_NEAR:])


def _after(clause: str, place: re.Match[str]) -> str:
    return " ".join(clause[place.end() :].lstrip(" ,:-").partition(",")[0].split()[:_NEAR])
