"""The tables of one reading, noting what matches -> which rows of the knowledge made a resource what it was read as.

The readers ask the tables as ever and know nothing of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cached_property, partial
from typing import Any, cast

from smartapp.core.codes import CodeRow, CodeTable
from smartapp.core.phrases import Phrase, PhraseTable


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
        if row not in self.phrases:
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


class _NotingPattern:
    """A pattern that says so whenever it is found in a text."""

    def __init__(self, pattern: re.Pattern[str], note: Callable[[], None]) -> None:
        self._pattern, self._note = pattern, note

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._pattern, name)
        return partial(self._ask, asked) if callable(asked) else asked

    def _ask(self, asked: Callable[..., Any], *given: Any, **named: Any) -> Any:
        if any(isinstance(text, str) and self._pattern.search(text) for text in given):
            self._note()
        return asked(*given, **named)


@dataclass(frozen=True)
class NotingPhrase(Phrase):
    """A row that notes itself where a text has its words."""

    row: Phrase = field(kw_only=True, compare=False, repr=False)
    matches: Matches = field(kw_only=True, compare=False, repr=False)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return cast("re.Pattern[str]", _NotingPattern(self.row.pattern, self._note))

    def is_in(self, text: str, lower: str | None = None) -> bool:
        found = self.row.is_in(text, lower)
        if found:
            self._note()
        return found

    def _note(self) -> None:
        self.matches.note_phrase(self.row)


def noting_phrases(table: PhraseTable, matches: Matches) -> PhraseTable:
    """The table, its rows noting themselves: whatever is asked of it."""
    of_row = [field.name for field in fields(Phrase)]
    said = ({name: getattr(row, name) for name in of_row} for row in table.rows)
    return PhraseTable(
        tuple(NotingPhrase(**each, row=row, matches=matches) for each, row in zip(said, table.rows, strict=True))
    )
