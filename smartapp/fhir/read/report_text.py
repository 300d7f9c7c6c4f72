"""Texts of a report -> its sentences, each with whether it stands in the part that only asks.

A report is often wrapped at a fixed width: lines that go on with the sentence are joined, so that “no evidence of” and
“metastatic disease” stay together. Where that is in doubt they are not: a denial never reaches over a line it may not
belong to.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from smartapp.core.phrases import PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.read.offers import LONGEST_REPORT
from smartapp.fhir.text import clean, lines_of

_LONGEST_QUOTE = 300  # characters; ours
_GOES_ON = re.compile(
    r"(?:,|\b(?:no|not|nor|or|and|of|for|the|a|an|any|with|without|in|at|to|from|by|is|are|was|were|evidence|suspicious"
    r"|cannot|be))\Z",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\A(?:[A-Z][A-Z /&]{2,40}|[A-Z][A-Za-z /&]{2,40}):")
_ITEM = re.compile(r"\A(?:\d{1,2}[.)]|[-*\u2022\u00b7])\s")
_STOP = re.compile(
    r"(?<=[\w)%\"”]{2}[.!])\s+|(?<=[\w)]\?)\s+|\s*[;\n]\s*|\s+(?=\d{1,2}[.)]\s+[A-Z])|\s+[\u2022\u00b7]\s+"
)
_NUMBER = re.compile(r"\A\s*(?:\d{1,2}[.)]|[-*\u2022\u00b7])\s+")


class Sentence(NamedTuple):
    """``asked``: of the part that says why the image was made."""

    text: str
    asked: bool


def sentences_of(texts: Iterable[str], phrases: PhraseTable) -> list[Sentence]:
    """Each sentence once, whatever the number of forms the report comes in."""
    found: dict[str, Sentence] = {}
    for text in texts:
        for sentence in _of_text(text, phrases):
            known = found.get(sentence.text)
            if known is None or known.asked:
                found[sentence.text] = sentence
    return list(found.values())


def _of_text(text: str, phrases: PhraseTable) -> Iterator[Sentence]:
    asked = False
    for line in _joined(lines_of(text, LONGEST_REPORT)):
        if _HEADING.match(line):
            asked = phrases.says(Sign.ASKED_OF_IMAGE, line)
        for piece in _STOP.split(line):
            if said := clean(_NUMBER.sub("", piece)):
                yield Sentence(said[:_LONGEST_QUOTE], asked)


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Lines that go on with the one before are one with it."""
    held = ""
    for line in lines:
        if held and _is_continued(held, line):
            held = f"{held} {line}"
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _is_continued(before: str, line: str) -> bool:
    if _HEADING.match(line) or _ITEM.match(line) or before[-1] in ".!?;:":
        return False
    return line[0].islower() or bool(_GOES_ON.search(before))
