"""The table of phrases for one reading -> the same answers, each text looked at once: a chart repeats its words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from smartapp.core.phrases import Phrase, PhraseKind, PhraseTable, Sign


@dataclass(frozen=True)
class RememberingPhrases(PhraseTable):
    """The table for one reading, which remembers what texts say: a chart says the same again and again.

    One for each reading, so that no words of a record outlive it.
    """

    table: PhraseTable = field(kw_only=True, compare=False, repr=False)
    _said: dict[tuple[Sign, str], bool] = field(default_factory=dict, init=False, compare=False, repr=False)
    _meant: dict[tuple[PhraseKind, str], tuple[str, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def meanings(self, kind: PhraseKind, text: str) -> Iterator[str]:
        found = self._meant.get((kind, text))
        if found is None:
            found = self._meant[kind, text] = tuple(self.table.meanings(kind, text))
        return iter(found)

    def says(self, sign: Sign, text: str) -> bool:
        found = self._said.get((sign, text))
        if found is None:
            found = self._said[sign, text] = self.table.says(sign, text)
        return found

    @property
    def _by_kind(self) -> Mapping[PhraseKind, tuple[Phrase, ...]]:
        return self.table._by_kind

    @property
    def _by_sign(self) -> Mapping[str, tuple[Phrase, ...]]:
        return self.table._by_sign

    @property
    def _letters(self) -> Mapping[PhraseKind, frozenset[str]]:
        return self.table._letters
