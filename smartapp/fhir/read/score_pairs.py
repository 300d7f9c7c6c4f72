"""A sentence with T-scores -> its numbers, each with the place it belongs to.

Numbers and places stand in runs by turns: “neck and total hip are -2.6 and -1.9”, “-1.2 at the spine and -2.6 at the
neck”. A run of numbers takes the places right behind it, else those before it, one each or one for all. Where that does
not come out even, the sentence is unclear.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from smartapp.core.kinds import Quantity, Site
from smartapp.core.signs import Sign
from smartapp.fhir.read.score_marks import OTHER, Line, Mark, Named, NumberSaid, PlaceScanned, place_of

# What stands between the parts of a list, between a name and its number, and between a number and its place.
_LISTED = re.compile(r"[\s,;/|&)(]*(?:(?:and|or|the|left|right|y|e|und|et)\b[\s,|)(]*)*", re.IGNORECASE)
_LINK = re.compile(r"[\s:=()|–-]*(?:(?:of|is|was|are|were|at|value|measures|measured)\b[\s:=(|]*)*", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*(?:sds?\b)?\s*(?:\(|(?:at|in|of|for|on|over|na|no|en|im|am|au)\b)[\s(]*"
    r"(?:(?:the|her|his|left|right|both|l|r|a|la|o|el|der|die)\b[\s.]*)*",
    re.IGNORECASE,
)
_MOST_DECIMALS = 2  # a number with more decimals and no sign or name is a density; ours
_PARTS = re.compile(r"[,;|]|\b(?:and|but|with|while)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Pairs:
    """``alone``: numbers of a sentence that names no place for them."""

    placed: tuple[tuple[NumberSaid, PlaceScanned | None], ...]
    alone: tuple[NumberSaid, ...]
    unclear: bool


@dataclass(frozen=True)
class _Run:
    marks: tuple[Mark, ...]

    @property
    def numbers(self) -> tuple[NumberSaid, ...]:
        return _only(self.marks, NumberSaid)

    @property
    def places(self) -> tuple[PlaceScanned, ...]:
        return _only(self.marks, PlaceScanned)

    @property
    def start(self) -> int:
        return self.marks[0].start

    @property
    def end(self) -> int:
        return self.marks[-1].end


M = TypeVar("M", bound=Mark)


def _only(marks: Sequence[Mark], kind: type[M]) -> tuple[M, ...]:
    return tuple(mark for mark in marks if isinstance(mark, kind))


def pairs_in(line: Line) -> Pairs:
    scores, unclear = _scores_of(line)
    runs = list(_parted(line, list(_runs(line, scores))))
    placed: list[tuple[NumberSaid, PlaceScanned | None]] = []
    alone: list[NumberSaid] = []
    taken: set[int] = set()
    for at, run in enumerate(runs):
        if not run.numbers:
            continue
        index = _index_of_places(line, runs, at, taken)
        if index is None:
            if not placed and not alone:
                alone = [*run.numbers]
            elif len(run.numbers) == 1 and _is_named(line, run.numbers[0]):
                placed.append((run.numbers[0], None))
            else:
                unclear = True
        elif given := _shared(runs[index].places, len(run.numbers), line):
            taken.add(index)
            placed += zip(run.numbers, given, strict=True)
        else:
            unclear = True
    return Pairs(tuple(placed), tuple(alone), unclear)


def _index_of_places(line: Line, runs: Sequence[_Run], at: int, taken: set[int]) -> int | None:
    """The run of places right behind these numbers, else the one before them."""
    if at + 1 < len(runs) and _is_behind(line, runs, at):
        return at + 1
    return at - 1 if at > 0 and runs[at - 1].places and at - 1 not in taken else None


def _is_behind(line: Line, runs: Sequence[_Run], at: int) -> bool:
    """Whether places belong to the numbers before them: “-1.2 at the spine”, and not “-1.2, spine -2.6”."""
    numbers, places = runs[at], runs[at + 1]
    between = line.said[numbers.end : places.start]
    if len(runs) == 2 and len(numbers.marks) == len(places.marks) == 1 and not _PARTS.search(between):
        return True  # the one number and the one place of a sentence
    if not _BEHIND.fullmatch(between):
        return False
    in_turns = bool(runs[0].numbers) and len(runs) % 2 == 0
    return in_turns or at + 2 >= len(runs) or not _leads_to(line, places, runs[at + 2])


def _leads_to(line: Line, places: _Run, numbers: _Run) -> bool:
    """Whether numbers stand right behind places, with no more than the name of the score between."""
    between = "".join(
        " " if any(mark.start <= at < mark.end for mark in line.named) else line.said[at]
        for at in range(places.end, numbers.start)
    )
    return bool(_LINK.fullmatch(between))


def _shared(places: Sequence[PlaceScanned], count: int, line: Line) -> list[PlaceScanned | None]:
    """One place each, or one for all; nothing where they do not come out even."""
    if len(places) == count:
        return [*places]
    if len(places) > 1 and all(place.site is Site.LUMBAR_SPINE for place in places):
        places = [place_of(line.said[places[0].start : places[-1].end], line.phrases)]  # “L1, L3 and L4”
    if len(places) == 1:
        return [places[0]] * count
    return [None] if count == 1 else []


def _runs(line: Line, scores: Sequence[NumberSaid]) -> Iterator[_Run]:
    """Numbers and places in order, those of one list together."""
    run: list[Mark] = []
    for mark in sorted((*scores, *line.places), key=lambda mark: mark.start):
        same = bool(run) and isinstance(run[0], NumberSaid) is isinstance(mark, NumberSaid)
        if run and not (same and _LISTED.fullmatch(line.said[run[-1].end : mark.start])):
            yield _Run(tuple(run))
            run = []
        run.append(mark)
    if run:
        yield _Run(tuple(run))


def _parted(line: Line, runs: Sequence[_Run]) -> Iterator[_Run]:
    """“-1.2 at the spine, neck -2.6”: the last place of a list belongs to a number right behind it."""
    for at, run in enumerate(runs):
        following = runs[at + 1] if at + 1 < len(runs) else None
        own = len(following.numbers) if following else 0
        between = at > 0 and bool(runs[at - 1].numbers)
        if run.places and following and between and 0 < own < len(run.places) and _leads_to(line, run, following):
            yield _Run(run.marks[:-own])
            yield _Run(run.marks[-own:])
        else:
            yield run


def _scores_of(line: Line) -> tuple[list[NumberSaid], bool]:
    """The numbers that are T-scores, and whether there are others that may be."""
    scores: list[NumberSaid] = []
    unclear, before, earlier = False, 0, False
    for number in line.numbers:
        what = _quantity_of(line, number)
        if number.plain and not _is_named(line, number):
            continue
        named = max((mark.end for mark in line.named if mark.end <= number.start), default=0)
        between, before = line.said[max(before, named) : number.start], number.end
        if number.foreign or what in (Quantity.Z_SCORE, OTHER):
            continue
        listed = earlier and bool(_LISTED.fullmatch(between))
        earlier = listed or line.phrases.says(Sign.EARLIER, between)
        if what == Quantity.T_SCORE and number.believed and not earlier:
            scores.append(number)
        else:
            unclear = True
    return scores, unclear


def _quantity_of(line: Line, number: NumberSaid) -> str:
    """The quantity named last before a number, or right behind it; empty where neither.

    A density may stand before the score without a name: “0.72 T-score -2.6”.
    """
    before = [mark for mark in line.named if mark.start <= number.start]
    if before:
        return before[-1].what
    after = line.named[0]
    has_its_own = any(
        after.end <= other.start and _LINK.fullmatch(line.said[after.end : other.start]) for other in line.numbers
    )
    if not has_its_own and not line.said[number.end : after.start].strip(" ("):
        return after.what
    return OTHER if number.value > 0 and (has_its_own or number.decimals > _MOST_DECIMALS) else ""


def _is_named(line: Line, number: NumberSaid) -> bool:
    """Whether a whole number stands right behind the name of a score or of a place."""
    return any(
        mark.end <= number.start and _LINK.fullmatch(line.said[mark.end : number.start])
        for mark in (*line.named, *line.places)
        if not (isinstance(mark, Named) and mark.what == OTHER)
    )
