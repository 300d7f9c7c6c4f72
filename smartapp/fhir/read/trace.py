"""The tables of one reading, noting what matches -> which rows of the knowledge made a resource what it was read as.

The readers ask the tables as ever and know nothing of it. A method of a table that reads a code or a text must be noted
here: a test says which is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from re import Match

from smartapp.core.codes import CodeRow, CodeTable
from smartapp.core.phrases import Phrase, PhraseKind, PhraseTable, Sign


@dataclass(frozen=True)
class CodeMatch:
    """A row that was found for a code of ``system``, whose parent's row it may be."""

    row: CodeRow
    system: str

    @property
    def name(self) -> str:
        """``icd10cm|S32.0*``: the row as codes.csv has it, with a star where it stands for a whole range."""
        star = "*" if self.row.prefix else ""
        return f"{self.row.system}|{self.row.code}{star}"

    @property
    def is_of_parent(self) -> bool:
        return self.row.system != self.system


@dataclass
class Matches:
    """The rows that matched since it was emptied last, each once, in the order they were first asked for."""

    codes: list[CodeMatch] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)

    def clear(self) -> None:
        self.codes.clear()
        self.phrases.clear()

    def note_code(self, match: CodeMatch) -> None:
        if match not in self.codes:
            self.codes.append(match)

    def note_phrase(self, row: Phrase) -> None:
        if all(row is not known for known in self.phrases):
            self.phrases.append(row)


@dataclass(frozen=True)
class NotingCodes(CodeTable):
    """A code table that notes each row it finds."""

    matches: Matches = field(default_factory=Matches, compare=False, repr=False)

    def find(self, system: str, code: str) -> CodeRow | None:
        row = super().find(system, code)
        if row is not None:
            self.matches.note_code(CodeMatch(row, self.systems.of_code(system, code)))
        return row


@dataclass(frozen=True)
class NotingPhrases(PhraseTable):
    """A phrase table that notes each row a text has the words of."""

    matches: Matches = field(default_factory=Matches, compare=False, repr=False)

    def meanings(self, kind: PhraseKind, text: str) -> Iterator[str]:
        for row in self.rows:
            if row.kind is kind and row.is_in(text):
                self.matches.note_phrase(row)
                yield row.means

    def says(self, sign: Sign, text: str) -> bool:
        found = super().says(sign, text)
        if found:
            self._note(row for row in self._signs(sign) if row.is_in(text))
        return found

    def found(self, sign: Sign, text: str) -> Iterator[Match[str]]:
        for place in super().found(sign, text):
            self._note(row for row in self._signs(sign) if row.pattern is place.re)
            yield place

    def without(self, sign: Sign, text: str) -> str:
        self._note(row for row in self._signs(sign) if row.pattern.search(text))
        return super().without(sign, text)

    def _signs(self, sign: Sign) -> Iterator[Phrase]:
        return (row for row in self.rows if row.kind is PhraseKind.SIGN and row.means == sign)

    def _note(self, rows: Iterator[Phrase]) -> None:
        for row in rows:
            self.matches.note_phrase(row)
