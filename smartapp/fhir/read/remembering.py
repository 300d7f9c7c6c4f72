"""The table of phrases for one reading -> the same answers, each text looked at once: a chart repeats its words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from smartapp.core.phrases import LetteredRows, PhraseKind, PhraseTable
from smartapp.core.signs import Sign


@dataclass(frozen=True)
class RememberingPhrases(PhraseTable):
    """The table for one reading, which remembers what texts say: a chart says the same again and again.

    One for each reading, so that no words of a record outlive it.
    """

    table: PhraseTable = field(kw_only=True, compare=False, repr=False)
    _said: dict[tuple[Sign, str], bool] = field(default_factory=dict, init=False, compare=False, repr=False)
    _meant: dict[tuple[PhraseKind, frozenset[str] | None, str], tuple[str, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def meanings(self, kind: PhraseKind, text: str, of: frozenset[str] | None = None) -> Iterator[str]:
        found = self._meant.get((kind, of, text))
        if found is None:
            found = self._meant[kind, of, text] = tuple(self.table.meanings(kind, text, of))
        return iter(found)

    def says(self, sign: Sign, text: str) -> bool:
        found = self._said.get((sign, text))
        if found is None:
            found = self._said[sign, text] = self.table.says(sign, text)
        return found

    @property
    def _kinds(self) -> Mapping[PhraseKind, LetteredRows]:
        return self.table._kinds

    @property
    def _signs(self) -> Mapping[Sign, LetteredRows]:
        return self.table._signs

    @property
    def _narrower(self) -> dict[tuple[PhraseKind, frozenset[str]], LetteredRows]:
        return self.table._narrower
