"""Words of one record of a fracture -> old, new, or of an age nobody knows (rule book 2a, FC17, FC17b, PH07, PH08).

Called old and new in one record, of one vertebra, it is asked which of both it is. “Acute on chronic” is new.
"""

from collections.abc import Iterable

from smartapp.core.concepts import Concept
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.read.beside import clauses_of
from smartapp.fhir.read.report_standing import SaidAs, said_of
from smartapp.fhir.read.vertebrae import levels_in

OLD, NEW, UNKNOWN = (
    Concept.FRACTURE_OLD.value,
    Concept.FRACTURE_NEW.value,
    Concept.FRACTURE_AGE_UNKNOWN.value,
)
AGES = frozenset({OLD, NEW, UNKNOWN})


def ages_said(own: Iterable[str], around: Iterable[str], phrases: PhraseTable) -> frozenset[str]:
    """``own``: the words of the code; ``around``: its notes, where only what speaks against an old fracture counts."""
    stated = [text for text in own if not phrases.says(Sign.DOUBTED, text)]
    found = {age for text in stated for age in phrases.meanings(PhraseKind.DIAGNOSIS, text, AGES)}
    return settled(found, (*stated, *around), phrases)


def settled(ages: Iterable[str], words: Iterable[str], phrases: PhraseTable) -> frozenset[str]:
    """Of ages said in ``words`` those that can be true together."""
    found = frozenset(ages) & AGES
    if OLD not in found:
        return found
    clauses = tuple(clauses_of(words, phrases))
    if not any(_says_new(clause, phrases) for clause in clauses):
        return found - {NEW}
    new, old = (_levels(age, clauses, phrases) for age in (NEW, OLD))
    if new and old and new.isdisjoint(old):
        return (found - {OLD}) | {NEW}  # two vertebrae: the new one leads
    return (found - {OLD, NEW}) | {UNKNOWN}


def _says_new(clause: str, phrases: PhraseTable) -> bool:
    """Also behind “old fracture of L4, ”: only a denial or a doubt takes it back."""
    places = phrases.places(PhraseKind.DIAGNOSIS, clause, frozenset({NEW}))
    return any(said_of(clause, place, phrases) in (SaidAs.STATED, SaidAs.PAST) for _, place in places)


def _levels(age: str, clauses: Iterable[str], phrases: PhraseTable) -> frozenset[str]:
    """The vertebrae named with it, piece by piece."""
    pieces = (piece for clause in clauses for piece in clause.split(","))
    said = (p for p in pieces if any(phrases.meanings(PhraseKind.DIAGNOSIS, p, frozenset({age}))))
    return frozenset(level for piece in said for level in levels_in(piece, phrases))
