"""Words -> which vertebrae and which part of the spine they name, how they broke, and how they heal."""

import re

from smartapp.core.concepts import Concept
from smartapp.core.fracture_coding import EncounterKind, Morphology, Region
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.signs import Sign

_LETTERS = {"L": "L", "T": "T", "B": "T", "D": "T"}  # L2, LWK 2; T12, Th12, BWK 12, D12


def levels_in(said: str, phrases: PhraseTable) -> frozenset[str]:
    """Vertebrae named in a text: ``fracture of L2`` -> L2. Ranges are not expanded."""
    if not said:
        return frozenset()
    found = {f"{_LETTERS[match['part'][0].upper()]}{match['number']}" for match in phrases.found(Sign.VERTEBRA, said)}
    found |= set(phrases.meanings(PhraseKind.LEVEL, said))
    return frozenset(level for level in found if level[0] == "T" or int(level[1:]) <= 5)


def region_in(said: str, phrases: PhraseTable) -> Region | None:
    """The one spine region a text names; the junction where it names two neighbors; None if none or others."""
    named = {Region(means) for means in phrases.meanings(PhraseKind.REGION, said)} if said else set()
    if Region.THORACOLUMBAR in named or {Region.LUMBAR, Region.THORACIC} <= named:
        return Region.THORACOLUMBAR
    if Region.LUMBAR in named:
        return Region.LUMBAR  # lumbosacral and sacral mentions beside it do not make it less lumbar
    return named.pop() if len(named) == 1 else None


def region_of(vertebrae: frozenset[str]) -> Region | None:
    """Region of named vertebrae: any lumbar one makes it lumbar."""
    if any(level.startswith("L") for level in vertebrae):
        return Region.LUMBAR
    return Region.THORACIC if vertebrae else None


_PIECES = re.compile(r"[,;+&]|\b(?:with|and|plus|also|beside|besides)\b", re.I)
_FRACTURE = re.compile(r"fract|\bfx|avuls", re.I)
_NO_FORM = frozenset({Morphology.OTHER.value, Morphology.UNSPECIFIED.value})  # say nothing of the body
_BROKEN = frozenset({Concept.VERTEBRAL_FRACTURE.value})


def pieces_of(text: str, phrases: PhraseTable) -> list[tuple[str, bool | None]]:
    """Its pieces, each with whether it speaks of a body or, if not, of a process; None where it names neither."""
    pieces = _PIECES.split(text)
    processes = [piece for piece in pieces if phrases.says(Sign.PROCESS, piece)]
    return [(piece, False if piece in processes else _of_body(piece, processes, phrases)) for piece in pieces]


def _of_body(piece: str, processes: list[str], phrases: PhraseTable) -> bool | None:
    """True of one that names a body or its form, or a fracture that no process named beside it specifies."""
    if phrases.says(Sign.BODY, piece):
        return True
    if any(form not in _NO_FORM for form in phrases.meanings(PhraseKind.MORPHOLOGY, piece)):
        return True
    if not any(phrases.meanings(PhraseKind.DIAGNOSIS, piece, _BROKEN)):
        return None
    return None if any(_specifies(process, levels_in(piece, phrases), phrases) for process in processes) else True


def _specifies(process: str, broken: frozenset[str], phrases: PhraseTable) -> bool:
    """Fracture of L4, spinous process: of the same vertebra, or of none and not called a fracture by itself."""
    levels = levels_in(process, phrases)
    return levels <= broken if levels else not _FRACTURE.search(process)


def names_a_body(text: str, phrases: PhraseTable) -> bool:
    """Whether a piece that speaks of no process says that a vertebra, or its body, broke."""
    return any(of_body for _, of_body in pieces_of(text, phrases))


def morphology_in(said: str, phrases: PhraseTable) -> Morphology | None:
    return next(map(Morphology, phrases.meanings(PhraseKind.MORPHOLOGY, said)), None)


def healing_in(said: str, phrases: PhraseTable) -> EncounterKind | None:
    """What a text says of a fracture's healing; None where it says nothing."""
    return next(map(EncounterKind, phrases.meanings(PhraseKind.HEALING, said)), None)
