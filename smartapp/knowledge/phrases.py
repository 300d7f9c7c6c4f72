"""Rows of phrases.toml -> the :class:`PhraseTable` of the core, and what is wrong with them."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from smartapp.core.concepts import Concept, Topic
from smartapp.core.fracture_coding import EncounterKind, Morphology, Region
from smartapp.core.kinds import OrderKind, ProcedureKind, Quantity
from smartapp.core.phrases import SEVERAL, Phrase, PhraseKind, PhraseTable
from smartapp.core.signs import GROUPS, Sign
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.schema import PhraseRow

# What words of each kind may mean.
MEANINGS: Mapping[PhraseKind, frozenset[str]] = {
    PhraseKind.DIAGNOSIS: frozenset(Concept),
    PhraseKind.IMAGING: frozenset(Concept),
    PhraseKind.MORPHOLOGY: frozenset(Morphology),
    PhraseKind.HEALING: frozenset(EncounterKind),
    PhraseKind.LEVEL: frozenset(f"L{number}" for number in range(1, 6)),
    PhraseKind.REGION: frozenset(Region),
    PhraseKind.PROCEDURE: frozenset(ProcedureKind),
    PhraseKind.ORDER: frozenset(OrderKind),
    PhraseKind.MEDICATION: frozenset(Concept),
    PhraseKind.MEASUREMENT: frozenset(Quantity) - {Quantity.SMOKING},
    PhraseKind.SMOKING: frozenset({"current", "former", "never", "unknown"}),
    PhraseKind.AID: frozenset({"none", "cane", "crutches", "walker"}),
    PhraseKind.NUMBER: frozenset({SEVERAL, *map(str, range(11))}),
    PhraseKind.TOPIC: frozenset(Topic) - {Topic.UNKNOWN},
    PhraseKind.SIGN: frozenset(Sign),
}

Rows = Mapping[str, Placed[PhraseRow]]


def phrases_of(rows: Rows) -> PhraseTable:
    """In the order of the file; nothing is compiled yet."""
    return PhraseTable(tuple(_phrase(id_, placed) for id_, placed in rows.items()))


def _phrase(id_: str, placed: Placed[PhraseRow]) -> Phrase:
    words: dict[str, Any] = said(placed.row)
    return Phrase(id_, **words, origin=origin_of(placed))


def phrase_mistakes(rows: Rows, unread: Collection[str]) -> Iterator[str]:
    """Words that mean what nothing reads, and signs the reader asks for that no row has."""
    for placed in rows.values():
        row = placed.row
        if row.means not in MEANINGS[row.kind]:
            yield f"{placed.where}: “{row.means}” is not what words of the kind {row.kind} can mean"
    signs = {placed.row.means for placed in rows.values() if placed.row.kind is PhraseKind.SIGN}
    if "phrases.toml" not in unread:
        yield from (f"phrases.toml: no row says “{sign}”" for sign in Sign if sign not in signs)


def untrue_phrases(rows: Rows) -> Iterator[str]:
    """Words that cannot be read, and sentences they are, or are not, found in against what the row says."""
    for id_, placed in rows.items():
        phrase = _phrase(id_, placed)
        try:
            groups = phrase.pattern.groupindex.keys()
            yield from (f"{placed.where}: {wrong}" for wrong in _untrue(phrase))
        except re.error as error:
            yield f"{placed.where}: the words cannot be read: {error}"
            continue
        if phrase.means in GROUPS and phrase.kind is PhraseKind.SIGN:
            missing = GROUPS[Sign(phrase.means)] - groups
            yield from (f"{placed.where}: the pattern has no group “{name}”" for name in sorted(missing))


def _untrue(phrase: Phrase) -> Iterator[str]:
    yield from (f"it is not found in “{text}”" for text in phrase.yes if not phrase.is_in(text))
    yield from (f"it is found in “{text}”" for text in phrase.no if phrase.is_in(text))
