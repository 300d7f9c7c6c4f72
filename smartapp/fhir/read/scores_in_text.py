"""Words of a report -> T-scores, each with its own place; what cannot be told apart is said, never passed over.

A sentence pairs its numbers with the places it names, in the order they stand; a table is read by its header; a heading
gives the place to lines that name none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from smartapp.core.kinds import Quantity, Site
from smartapp.core.phrases import PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.read.score_marks import BOTH, OTHER, Line, Named, NumberSaid, PlaceScanned
from smartapp.fhir.read.score_pairs import pairs_in

_LONGEST = 1_500  # characters of a sentence; a longer one is no sentence and nothing in it is told apart; ours
_FEW = 4  # words of a row or a heading beside its marks; ours
# A full stop that ends a sentence: not in a number, not after an abbreviation.
SENTENCE_ENDS = re.compile(r"(?<!\bfem)(?<!\bvs)(?<!\bapprox)\.(?!\d)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")  # of a scan in a table of several
_HIP = frozenset({Site.TOTAL_HIP, Site.FEMORAL_NECK, Site.FEMUR})


@dataclass(frozen=True)
class Score:
    """One T-score as said; ``place`` None where nothing tells it."""

    number: NumberSaid
    place: PlaceScanned | None
    quote: str

    @property
    def classifies(self) -> bool:
        """Whether the region may ever classify: never a single vertebra (ISCD)."""
        place = self.place
        return place is None or (place.site not in (Site.OTHER, Site.FOREARM) and len(place.levels) != 1)


@dataclass(frozen=True)
class Unclear:
    """Words that hold a score which could not be told apart from others."""

    quote: str


Found = Score | Unclear


def scores_in(lines: Sequence[str], phrases: PhraseTable, within: Sequence[PlaceScanned] = ()) -> list[Found]:
    """``within``: the places the title of the report names."""
    reading = _Reading(phrases, tuple(within))
    found: list[Found] = []
    for said in lines:
        for sentence in SENTENCE_ENDS.split(said):
            line = Line(sentence.strip(), phrases)
            if len(line.said) > _LONGEST:
                found += [Unclear(line.said)] if line.named else []
            elif line.said:
                found += reading.read(line)
    return found


@dataclass
class _Reading:
    """What earlier lines said: the columns of a table, the place a heading names, and the last place named."""

    phrases: PhraseTable
    heading: tuple[PlaceScanned, ...]
    columns: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    headed: bool = False  # by the line before
    last: PlaceScanned | None = None

    def read(self, line: Line) -> list[Found]:
        headed, self.headed = self.headed, False
        scored = any(mark.what in (Quantity.T_SCORE, BOTH) for mark in line.named)
        if scored and line.numbers and self._is_of_another_scan(line):
            found: list[Found] = [Unclear(line.said)]
        elif not line.numbers:
            found = self._remember(line, scored)
        elif scored:
            found = list(self._sentence(line))
            self.columns, self.cells = tuple(mark.what for mark in line.named), ()
        elif line.deviates and line.places:
            found = [Unclear(line.said)]
        elif line.named:
            found = self._remember_places(line)
        else:
            found = list(self._row(line, headed))
        self.last = next((p for p in reversed(line.places) if p.site not in (None, Site.OTHER)), self.last)
        return found

    def _is_of_another_scan(self, line: Line) -> bool:
        """By another method, or before this one."""
        says = self.phrases.says
        another = says(Sign.NOT_DXA, line.said) or says(Sign.PAST_SCAN, line.said)
        return another or (says(Sign.QUESTIONNAIRE, line.said) and not line.places)

    def _remember(self, line: Line, scored: bool) -> list[Found]:
        """A header of columns, or a heading."""
        if line.named and (len(line.cells) > 1 or line.other_words <= _FEW):
            of_cells = [Line(cell, self.phrases).named for cell in line.cells]
            named = [_of_cell(marks) for marks in of_cells if marks] if len(line.cells) > 1 else line.named
            self.columns, self.cells, self.headed = tuple(mark.what for mark in named), line.cells, True
        self._remember_places(line)
        if scored and line.limits and line.places and not self.phrases.says(Sign.CLASS_DEFINED, line.said):
            return [Unclear(line.said)]
        return []

    def _remember_places(self, line: Line) -> list[Found]:
        if line.places and line.other_words <= _FEW:
            self.heading = line.places
        return []

    def _sentence(self, line: Line) -> Iterator[Found]:
        pairs = pairs_in(line)
        placed = [*pairs.placed]
        given = self._of_heading(line, len(pairs.alone)) if pairs.alone else []
        placed += zip(pairs.alone, given or (), strict=bool(given))
        yield from (Score(number, place and self._resolved(place, line), line.said) for number, place in placed)
        bounded = line.limits and line.places and not self.phrases.says(Sign.CLASS_DEFINED, line.said)
        if pairs.unclear or given is None or bounded:
            yield Unclear(line.said)

    def _row(self, line: Line, headed: bool) -> Iterator[Found]:
        """A row under a header; numbers alone only right below it."""
        if Quantity.T_SCORE not in self.columns:
            if line.places and line.other_words <= _FEW:
                self.heading = line.places
            return
        scores = [number for number in line.numbers if number.believed and not number.plain]
        alone = not line.places and (not headed or line.other_words)
        if line.other_words > _FEW or (alone and len(line.cells) < 2):
            if line.places and any(number.value < 0 for number in scores):
                yield Unclear(line.said)
            return
        number, missing = self._in_column(line)
        if number is not None and number.believed and (line.places or not _YEAR.search(line.said)):
            yield from self._placed(line, number)
        elif scores and not missing:
            yield Unclear(line.said)

    def _placed(self, line: Line, number: NumberSaid) -> Iterator[Found]:
        places = line.places or self.heading
        if len(places) == 1:
            yield Score(number, self._resolved(places[0], line), line.said)
        else:
            yield Unclear(line.said)

    def _in_column(self, line: Line) -> tuple[NumberSaid | None, bool]:
        """The number under “T-score”: by cell where rows and header have as many, else by the order of numbers; and
        whether its cell is there and holds none."""
        if len(line.cells) == len(self.cells) > 1:
            scored = [at for at, cell in enumerate(self.cells) if _is_score(Line(cell, self.phrases))]
            if len(scored) != 1:
                return None, False
            at = scored[0]
            numbers = Line(line.cells[at], self.phrases).numbers
            return (numbers[0] if len(numbers) == 1 else None), not numbers
        if len(line.numbers) == len(self.columns) and self.columns.count(Quantity.T_SCORE) == 1:
            return line.numbers[self.columns.index(Quantity.T_SCORE)], False
        return None, False

    def _resolved(self, place: PlaceScanned, line: Line) -> PlaceScanned:
        """A part such as “Total” is one of the region named last."""
        if place.site is not None:
            return place
        before = [p for p in line.places if p.end <= place.start and p.site not in (None, Site.OTHER)]
        region = next((p.site for p in (*reversed(before), self.last, *self.heading) if p is not None), None)
        if region in _HIP:
            return replace(place, site=Site.TOTAL_HIP)
        return replace(place, site=Site.LUMBAR_SPINE if region is Site.LUMBAR_SPINE else None)

    def _of_heading(self, line: Line, count: int) -> list[PlaceScanned | None] | None:
        """The heading's places for numbers that have none of their own, each given once; None where they differ."""
        if self.phrases.says(Sign.LOWEST, line.said):
            return [None] * count
        places, self.heading = self.heading, ()
        if len(places) == count:
            return [*places]
        if count > 1 and len(places) > 1:
            return None
        return [places[0] if len(places) == 1 else None] * count


def _is_score(line: Line) -> bool:
    """Whether the heading of a column names the T-score of this examination."""
    is_named = any(mark.what == Quantity.T_SCORE for mark in line.named)
    return is_named and not line.phrases.says(Sign.EARLIER, line.said)


def _of_cell(marks: Sequence[Named]) -> Named:
    """What the heading of a column names: the score in “BMD T-score (SD)”."""
    return next((mark for mark in marks if mark.what != OTHER), marks[0])
