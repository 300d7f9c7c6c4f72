"""Rows of knowledge/phrases.toml -> what a text of the record says; each row is compiled when it is first needed.

Words are written plainly, with few operators (:func:`expression`). Which sentence means what is the rows' business;
what the rules make of it is decided where the record is read.
"""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from smartapp.core.signatures import Origin
from smartapp.core.word_patterns import expression, letters_of


class PhraseKind(StrEnum):
    """What the words of a row are looked for in, and so what they can mean."""

    DIAGNOSIS = "diagnosis"  # a concept
    MORPHOLOGY = "morphology"  # of a fracture; the first row that fits
    HEALING = "healing"  # of a fracture, as an encounter kind; the first row that fits
    LEVEL = "level"  # a vertebra
    REGION = "region"  # of the spine
    PROCEDURE = "procedure"  # a procedure kind; the first row that fits
    MEASUREMENT = "measurement"  # a quantity
    SMOKING = "smoking"  # current, former, never, unknown; the first row that fits
    TOPIC = "topic"  # what a record that is not understood may be about: a Topic
    SIGN = "sign"  # what the reader asks of a text by name: a Sign


class Sign(StrEnum):
    """What the reader asks of a text by name; phrases.toml must hold a row for each."""

    # of a diagnosis
    HEDGED = "hedged"
    DENIED_BESIDE = "denied-beside"
    OF_SOMEBODY_ELSE = "of-somebody-else"
    OF_THE_PAST = "of-the-past"
    REMISSION = "remission"
    STEROID = "steroid"
    NO_END = "no-end"
    # of the words beside a code
    DENIES = "denies"
    DENIED_AFTER = "denied-after"
    ADVICE = "advice"
    CLAUSE_ENDS = "clause-ends"
    CAUSED_BY = "caused-by"
    PRESENT_AGAIN = "present-again"
    DENIAL_ENDS = "denial-ends"
    DENIED_BEHIND_COMMA = "denied-behind-comma"
    DENIAL_LISTED = "denial-listed"
    DENIES_FIRMLY = "denies-firmly"
    STATED_OVER = "stated-over"
    OVER_AFTER = "over-after"
    DOUBTED = "doubted"
    OTHER_BONE = "other-bone"
    POSTERIOR_PART = "posterior-part"
    # of a procedure
    NOT_DONE = "not-done"
    QUIET = "quiet"
    SPINE = "spine"
    NOT_SPINE = "not-spine"
    # of a medicine
    GLUCOCORTICOID = "glucocorticoid"
    MOSTLY_TOPICAL = "mostly-topical"
    ANTIRESORPTIVE = "antiresorptive"
    INHALED = "inhaled"
    LOCAL = "local"
    SYSTEMIC = "systemic"
    # of a measurement
    BONE = "bone"
    QUESTIONNAIRE = "questionnaire"
    NOT_DXA = "not-dxa"
    VITAMIN_D = "vitamin-d"
    VITAMIN_D2 = "vitamin-d2"
    VITAMIN_D3 = "vitamin-d3"
    TOTAL_OF_PARTS = "total-of-parts"
    OTHER_VITAMIN_D = "other-vitamin-d"
    PAIN_ELSEWHERE = "pain-elsewhere"
    OTHER_PAIN_SCALE = "other-pain-scale"
    DENSITY_REPORT = "density-report"
    # of a score in the words of a report
    T_AND_Z = "t-and-z"
    OTHER_COLUMN = "other-column"
    SCORE_LIMIT = "score-limit"
    CLASS_DEFINED = "class-defined"
    EARLIER = "earlier"
    PAST_SCAN = "past-scan"
    LOWEST = "lowest"
    IMPRESSION = "impression"
    SD_BELOW = "sd-below"
    SD_ABOVE = "sd-above"
    # of the place a bone was measured at
    FEMORAL_NECK = "femoral-neck"
    TOTAL_HIP = "total-hip"
    OTHER_SITE = "other-site"
    THIRD_OF_RADIUS = "third-of-radius"
    LUMBAR_SPINE = "lumbar-spine"
    HIP = "hip"
    FEMUR = "femur"
    FOREARM = "forearm"
    TOTAL = "total"
    # how vertebrae are written
    VERTEBRA = "vertebra"
    VERTEBRAE_SCANNED = "vertebrae-scanned"
    VERTEBRAE_LEFT_OUT = "vertebrae-left-out"


# Signs of which not only whether but what is said counts: the named groups the pattern of their rows must have.
GROUPS: Mapping[Sign, frozenset[str]] = {
    Sign.SD_BELOW: frozenset({"value", "young"}),
    Sign.SD_ABOVE: frozenset({"value", "young"}),
    Sign.VERTEBRA: frozenset({"part", "number"}),
    Sign.VERTEBRAE_SCANNED: frozenset({"first", "last"}),
    Sign.VERTEBRAE_LEFT_OUT: frozenset({"out"}),
}


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
        """Raises re.error where the words cannot be read."""
        return re.compile(expression(self.words), re.IGNORECASE)

    @cached_property
    def exception(self) -> re.Pattern[str] | None:
        """What in the same text means something else. Raises re.error where the words cannot be read."""
        return re.compile(expression(self.unless), re.IGNORECASE) if self.unless else None

    @cached_property
    def letters(self) -> frozenset[str]:
        """Letters of which a text holds some if the row is in it; empty where that cannot be told."""
        return letters_of(self.words) - {""}

    def is_in(self, text: str, lower: str | None = None) -> bool:
        """``lower``: the text in small letters, where it is at hand."""
        return self.may_be_in(text.lower() if lower is None else lower) and self._is_found(text)

    def may_be_in(self, lower: str) -> bool:
        """Whether a text in small letters holds letters of a word; a loop, because it runs for every row of a kind."""
        for letters in self.letters:
            if letters in lower:
                return True
        return not self.letters

    def _is_found(self, text: str) -> bool:
        return bool(self.pattern.search(text)) and not (self.exception and self.exception.search(text))


@dataclass(frozen=True)
class PhraseTable:
    """Every row, in the order of the file."""

    rows: tuple[Phrase, ...]

    def meanings(self, kind: PhraseKind, text: str) -> Iterator[str]:
        """What a text means by the rows of one kind, in their order."""
        lower = text.lower()
        return (row.means for row in self._near(kind, lower) if row.is_in(text, lower))

    def places(self, kind: PhraseKind, text: str, of: Container[str]) -> Iterator[tuple[str, re.Match[str]]]:
        """Every place where a text means one ``of`` these by the rows of one kind, with what."""
        lower = text.lower()
        for row in self._near(kind, lower):
            if row.means in of and row.is_in(text, lower):
                yield from ((row.means, place) for place in row.pattern.finditer(text))

    def _near(self, kind: PhraseKind, lower: str) -> tuple[Phrase, ...]:
        """The rows of a kind; none where a text in small letters holds the letters of none, as most do."""
        letters = self._letters[kind]
        return () if letters and not any(piece in lower for piece in letters) else self._by_kind[kind]

    def says(self, sign: Sign, text: str) -> bool:
        lower = text.lower()
        return any(row.is_in(text, lower) for row in self._by_sign[sign])

    def found(self, sign: Sign, text: str) -> Iterator[re.Match[str]]:
        """Every place where a text says it."""
        for row in self._by_sign[sign]:
            yield from row.pattern.finditer(text)

    def split(self, sign: Sign, text: str) -> list[str]:
        """The pieces of a text between the places that say it."""
        pieces = [text]
        for row in self._by_sign[sign]:
            pieces = [piece for each in pieces for piece in row.pattern.split(each)]
        return pieces

    def without(self, sign: Sign, text: str) -> str:
        """The text without what says it."""
        for row in self._by_sign[sign]:
            text = row.pattern.sub("", text)
        return text

    @cached_property
    def _by_kind(self) -> Mapping[PhraseKind, tuple[Phrase, ...]]:
        return {kind: tuple(row for row in self.rows if row.kind is kind) for kind in PhraseKind}

    @cached_property
    def _by_sign(self) -> Mapping[str, tuple[Phrase, ...]]:
        rows = self._by_kind[PhraseKind.SIGN]
        return {sign: tuple(row for row in rows if row.means == sign) for sign in Sign}

    @cached_property
    def _letters(self) -> Mapping[PhraseKind, frozenset[str]]:
        """Letters of which a text holds some if any row of the kind is in it: most texts hold none."""
        kinds = [kind for kind in PhraseKind if kind is not PhraseKind.SIGN]
        return {kind: letters_of([words for row in self._by_kind[kind] for words in row.words]) for kind in kinds}
