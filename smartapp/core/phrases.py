"""Rows of knowledge/phrases.toml -> what a text of the record says; each row is compiled when it is first needed.

Words are written plainly, with few operators (:func:`expression`). Which sentence means what is the rows' business;
what the rules make of it is decided where the record is read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from smartapp.core.signatures import Origin
from smartapp.core.signs import Sign
from smartapp.core.word_patterns import expression, needs_of


class PhraseKind(StrEnum):
    """What the words of a row are looked for in, and so what they can mean."""

    DIAGNOSIS = "diagnosis"  # a concept
    IMAGING = "imaging"  # a concept, in the report of an image only
    MORPHOLOGY = "morphology"  # of a fracture; the first row that fits
    HEALING = "healing"  # of a fracture, as an encounter kind; the first row that fits
    LEVEL = "level"  # a vertebra
    REGION = "region"  # of the spine
    PROCEDURE = "procedure"  # a procedure kind; the first row that fits
    ORDER = "order"  # an order kind: how somebody may move
    MEDICATION = "medication"  # a concept
    MEASUREMENT = "measurement"  # a quantity
    SMOKING = "smoking"  # current, former, never, unknown; the first row that fits
    AID = "aid"  # what a patient walked with: none, cane, crutches, walker
    NUMBER = "number"  # a number in words, or several; the first row that fits
    TOPIC = "topic"  # what a record that is not understood may be about: a Topic
    SIGN = "sign"  # what the reader asks of a text by name: a Sign


SEVERAL = "several"  # what a word of the kind number means that names none


@dataclass(frozen=True)
class _Line:
    """One line of a row's words. ``needs``: letters a text with it must hold, one of each group."""

    words: str
    needs: tuple[tuple[str, ...], ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(expression([self.words]), re.IGNORECASE)

    def is_in(self, text: str, lower: str) -> bool:
        """Looks for letters first: that costs a tenth of a search, and most texts hold them not."""
        for group in self.needs:
            if not any([piece in lower for piece in group]):  # a list, because it is half the time of a generator
                return False
        return self.pattern.search(text) is not None


@dataclass(frozen=True)
class Phrase:
    """One row. ``yes`` are sentences it must be found in, ``no`` sentences it must not."""

    id: str
    kind: PhraseKind
    means: str
    title: str
    words: tuple[str, ...]
    origin: Origin
    unless: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    language: str = "en"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Every line in one, to find places with. Raises re.error where the words cannot be read."""
        return re.compile(expression(self.words), re.IGNORECASE)

    @cached_property
    def exception(self) -> re.Pattern[str] | None:
        """What in the same text means something else. Raises re.error where the words cannot be read."""
        return re.compile(expression(self.unless), re.IGNORECASE) if self.unless else None

    def is_in(self, text: str, lower: str | None = None) -> bool:
        """``lower``: the text in small letters, where it is at hand. Raises re.error where the words cannot be read."""
        small = text.lower() if lower is None else lower
        lines = [line for piece, line in self._by_letters if piece in small]
        return any(line.is_in(text, small) for line in (*lines, *self._tried)) and not (
            self.exception and self.exception.search(text)
        )

    @cached_property
    def _lines(self) -> tuple[_Line, ...]:
        return tuple(_Line(words, needs_of(words)) for words in self.words)

    @cached_property
    def _by_letters(self) -> tuple[tuple[str, _Line], ...]:
        return tuple((piece, line) for line in self._lines for piece in next(iter(line.needs), ()))

    @cached_property
    def _tried(self) -> tuple[_Line, ...]:
        return tuple(line for line in self._lines if not line.needs)

    @property
    def letters(self) -> frozenset[str]:
        """Small letters of which a text with the row holds some, unless it has a line that is always tried."""
        return frozenset(piece for piece, _ in self._by_letters)

    @property
    def always_tried(self) -> bool:
        """Whether it has a line of which no letters can be told."""
        return bool(self._tried)


@dataclass(frozen=True)
class LetteredRows:
    """The rows of one kind or sign, found by the letters their words are made of."""

    rows: tuple[Phrase, ...]

    def near(self, lower: str) -> Iterable[Phrase]:
        """Those a text in small letters may hold, in their order: of most texts only those that look for no letters."""
        found = [at for piece, places in self._by_letters if piece in lower for at in places]
        return [self.rows[at] for at in sorted({*found, *self._without_letters})] if found else self._tried

    @cached_property
    def _by_letters(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        places: dict[str, list[int]] = {}
        for at, row in enumerate(self.rows):
            for piece in row.letters:
                places.setdefault(piece, []).append(at)
        return tuple((piece, tuple(at)) for piece, at in places.items())

    @cached_property
    def _without_letters(self) -> tuple[int, ...]:
        return tuple(at for at, row in enumerate(self.rows) if row.always_tried)

    @cached_property
    def _tried(self) -> tuple[Phrase, ...]:
        return tuple(self.rows[at] for at in self._without_letters)


@dataclass(frozen=True)
class PhraseTable:
    """Every row, in the order of the file."""

    rows: tuple[Phrase, ...]

    def meanings(self, kind: PhraseKind, text: str, of: frozenset[str] | None = None) -> Iterator[str]:
        """What a text means by the rows of one kind, in their order; ``of``: only these meanings are looked for."""
        lower = text.lower()
        return (row.means for row in self._rows_of(kind, of).near(lower) if row.is_in(text, lower))

    def places(self, kind: PhraseKind, text: str, of: frozenset[str]) -> Iterator[tuple[str, re.Match[str]]]:
        """Every place where a text means one ``of`` these by the rows of one kind, with what."""
        lower = text.lower()
        for row in self._rows_of(kind, of).near(lower):
            if row.is_in(text, lower):
                yield from ((row.means, place) for place in row.pattern.finditer(text))

    def _rows_of(self, kind: PhraseKind, of: frozenset[str] | None) -> LetteredRows:
        if of is None:
            return self._kinds[kind]
        if (kind, of) not in self._narrower:
            rows = self._kinds[kind].rows
            self._narrower[kind, of] = LetteredRows(tuple(row for row in rows if row.means in of))
        return self._narrower[kind, of]

    def says(self, sign: Sign, text: str) -> bool:
        lower = text.lower()
        return any(row.is_in(text, lower) for row in self._signs[sign].near(lower))

    def found(self, sign: Sign, text: str) -> Iterator[re.Match[str]]:
        """Every place where a text says it."""
        for row in self._signs[sign].rows:
            yield from row.pattern.finditer(text)

    def split(self, sign: Sign, text: str) -> list[str]:
        """The pieces of a text between the places that say it."""
        pieces = [text]
        for row in self._signs[sign].rows:
            pieces = [piece for each in pieces for piece in row.pattern.split(each)]
        return pieces

    def without(self, sign: Sign, text: str) -> str:
        """The text without what says it."""
        for row in self._signs[sign].rows:
            text = row.pattern.sub("", text)
        return text

    @cached_property
    def _narrower(self) -> dict[tuple[PhraseKind, frozenset[str]], LetteredRows]:
        """The rows of a kind for only some of its meanings, kept: a reader always asks for the same."""
        return {}

    @cached_property
    def _kinds(self) -> Mapping[PhraseKind, LetteredRows]:
        return {kind: LetteredRows(tuple(row for row in self.rows if row.kind is kind)) for kind in PhraseKind}

    @cached_property
    def _signs(self) -> Mapping[Sign, LetteredRows]:
        rows = self._kinds[PhraseKind.SIGN].rows
        return {sign: LetteredRows(tuple(row for row in rows if row.means == sign)) for sign in Sign}
