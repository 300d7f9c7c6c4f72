"""One line of a report -> its marks in order: scores and other quantities named, places of a bone, numbers.

What the words are is said by the rows of knowledge/phrases.toml; here only what stands where. Numbers that belong to a
definition of classes (“-2.5 or below”) or to another unit are none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from smartapp.core.kinds import Quantity, Site
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.read.quantities import site_in_words, vertebrae_scanned
from smartapp.fhir.read.values import BELIEVED

OTHER = "other"  # a quantity that is neither a T- nor a Z-score
BOTH = "both"  # “T- and Z-scores”: which number is which is not told

_LONGEST_PLACE = 80  # characters of a place's name; ours
_PLACES = (
    *(Sign.OTHER_SITE, Sign.FEMORAL_NECK, Sign.TOTAL_HIP, Sign.THIRD_OF_RADIUS, Sign.LUMBAR_SPINE),
    *(Sign.VERTEBRAE_SCANNED, Sign.VERTEBRAE_LEFT_OUT, Sign.HIP, Sign.FEMUR, Sign.FOREARM, Sign.TOTAL),
)
# A region, and what may be named beside it as a part of it.
_HIP = frozenset({Site.TOTAL_HIP, Site.FEMORAL_NECK, Site.FEMUR, Site.OTHER})
_PARTS = {
    Site.TOTAL_HIP: _HIP,
    Site.FEMUR: _HIP,
    Site.FOREARM: frozenset({Site.FOREARM, Site.RADIUS_THIRD, Site.OTHER}),
    Site.LUMBAR_SPINE: frozenset({Site.OTHER}),
}
# Between two parts of the name of one place: “HIP: Left Femoral Neck”, “AP Spine (L1-L4)”.
_JOINS = re.compile(
    r"[\s:,(|/–-]*(?:(?:left|right|ap|pa|mean|dual|l|r|region|bmd|of|the)\b[\s:.)(|-]*)*", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:(?<![\w.,])(?P<sign>[-+]|minus\b|plus\b|negative\b)\s?|(?<![\w.,/-]))"
    r"(?P<digits>\d{1,3}(?:[.,]\d{1,3})?)(?![.,]?\d)(?!\s?/\s?\d|-\d)(?P<unit>\s?(?:%|[a-zµ²³²^]+\S*))?",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?(?:%|percent|g\b|g/|gm|mg|kg|cm|mm|ng|nmol|years?|yrs?|yo\b|months?|weeks?|days?|am\b|pm\b|h\b|y\b)", re.I
)
_DEVIATIONS = re.compile(r"\bsds?\b|deviation|s\.d\.", re.IGNORECASE)
_SIGNS = {"-": -1, "minus": -1, "negative": -1}


SCORES = frozenset({Quantity.T_SCORE.value, Quantity.Z_SCORE.value})


@dataclass(frozen=True)
class Mark:
    start: int
    end: int


@dataclass(frozen=True)
class Named(Mark):
    """A quantity named: T-score, Z-score, OTHER or BOTH."""

    what: str


@dataclass(frozen=True)
class NumberSaid(Mark):
    value: Decimal
    plain: bool  # neither sign nor decimals: a count as well as a score
    foreign: bool = False  # of another unit, or of another time

    @property
    def decimals(self) -> int:
        return -int(self.value.as_tuple().exponent)

    @property
    def believed(self) -> bool:
        lowest, highest = BELIEVED[Quantity.T_SCORE]
        return not self.foreign and lowest <= self.value <= highest


@dataclass(frozen=True)
class PlaceScanned(Mark):
    """``site`` None: a part (“Total”) of a region the line does not name."""

    words: str
    site: Site | None
    levels: frozenset[str]


@dataclass(frozen=True)
class Line:
    """A sentence, or a row of a table."""

    said: str
    phrases: PhraseTable

    @cached_property
    def limits(self) -> bool:
        """Whether it names bounds of a class, not values."""
        return self.phrases.says(Sign.SCORE_LIMIT, self.said)

    @cached_property
    def _without_limits(self) -> str:
        text = self.said
        for match in self.phrases.found(Sign.SCORE_LIMIT, text):
            text = _blanked(text, match.start(), match.end())
        return text

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Quantities, in order; “2.6 SD below the young mean” names a T-score."""
        both = [Named(m.start(), m.end(), BOTH) for m in self.phrases.found(Sign.T_AND_Z, self.said)]
        found = [
            Named(match.start(), match.end(), means)
            for means, match in self.phrases.places(PhraseKind.MEASUREMENT, self.said, SCORES)
            if not any(b.end >= match.end() for b in both)
        ]
        found += [Named(m.start(), m.end(), OTHER) for m in self.phrases.found(Sign.OTHER_COLUMN, self.said)]
        if not any(each.what == Quantity.T_SCORE for each in found):
            found += [
                Named(m.start(), m.start(), Quantity.T_SCORE)
                for sign in (Sign.SD_BELOW, Sign.SD_ABOVE)
                for m in self.phrases.found(sign, self._without_limits)
                if m["young"]
            ]
        return tuple(sorted([*both, *found], key=lambda mark: (mark.start, -mark.end)))

    @cached_property
    def deviates(self) -> bool:
        """Whether it tells standard deviations below a mean that is not said to be of the young, or of the age."""
        found = self.phrases.found(Sign.SD_BELOW, self._without_limits)
        of_age = any(mark.what == Quantity.Z_SCORE for mark in self.named) or "age" in self.said.lower().split()
        return not of_age and any(_DEVIATIONS.search(match[0]) for match in found)

    @cached_property
    def places(self) -> tuple[PlaceScanned, ...]:
        found = {(m.start(), m.end()) for sign in _PLACES for m in self.phrases.found(sign, self.said)}
        spans: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if not spans or end > spans[-1][1]:  # not within another
                spans.append((start, end))
        joined: list[tuple[int, int]] = []
        for start, end in spans:
            if joined and (start <= joined[-1][1] or self._is_one(joined[-1], (start, end))):
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(self._place(start, end) for start, end in joined)

    def _is_one(self, before: tuple[int, int], after: tuple[int, int]) -> bool:
        """Whether two names are one place: side by side, and one of them a part of the other (“HIP: Neck”)."""
        if after[1] - before[0] > _LONGEST_PLACE or not _JOINS.fullmatch(self.said[before[1] : after[0]]):
            return False
        first, second = self._place(*before), self._place(*after)
        if first.site is second.site is Site.LUMBAR_SPINE:
            left_out = self.phrases.says(Sign.VERTEBRAE_LEFT_OUT, second.words)
            return left_out or not (first.levels and second.levels)
        return any(
            whole.site in _PARTS and (part.site is None or part.site in _PARTS[whole.site])
            for whole, part in ((first, second), (second, first))
            if not self.phrases.says(Sign.TOTAL, whole.words)
        )

    def _place(self, start: int, end: int) -> PlaceScanned:
        words = self.said[start:end]
        return place_of(words, self.phrases, start, end)

    @cached_property
    def numbers(self) -> tuple[NumberSaid, ...]:
        text = self._without_limits
        for mark in (*self.named, *self.places):
            text = _blanked(text, mark.start, mark.end)
        return tuple(self._numbers(text))

    def _numbers(self, text: str) -> Iterator[NumberSaid]:
        below = {m.start("value") for m in self.phrases.found(Sign.SD_BELOW, self._without_limits)}
        for match in _NUMBER.finditer(text):
            digits, sign = match["digits"].replace(",", "."), (match["sign"] or "").lower()
            negative = sign in _SIGNS or (not sign and match.start("digits") in below)
            yield NumberSaid(
                match.start(),
                match.end("digits"),
                Decimal(digits) * (-1 if negative else 1),
                plain=not sign and not negative and "." not in digits,
                foreign=bool(match["unit"] and _UNIT.match(match["unit"])),
            )

    @cached_property
    def cells(self) -> tuple[str, ...]:
        return tuple(cell.strip() for cell in self.said.split("|"))

    @cached_property
    def other_words(self) -> int:
        """How many words there are beside marks: few in a row of a table or a heading."""
        text = self.said
        for mark in (*self.named, *self.places, *self.numbers):
            text = _blanked(text, mark.start, mark.end)
        return len(re.findall(r"[^\W\d_]{3,}", text))


def place_of(words: str, phrases: PhraseTable, start: int = 0, end: int = 0) -> PlaceScanned:
    site = site_in_words(words, phrases)
    levels = vertebrae_scanned(words, phrases) if site is Site.LUMBAR_SPINE else frozenset()
    return PlaceScanned(start, end, words, site, levels)


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
