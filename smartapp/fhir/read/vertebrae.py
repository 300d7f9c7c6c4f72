"""Words -> which vertebrae and which part of the spine they name."""

from smartapp.core.fracture_coding import Region
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
