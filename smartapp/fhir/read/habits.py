"""Smoking status answers -> current, former, never or unknown."""

import re
from collections.abc import Mapping

from smartapp.core.codes import Kind
from smartapp.fhir.json import Resource
from smartapp.fhir.read.codings import coded
from smartapp.fhir.read.context import Context

_I = re.IGNORECASE
_BY_WORDS: Mapping[str, re.Pattern[str]] = {  # first that fits; “never” and “former” before “smoker”
    "never": re.compile(r"\b(?:never|non-?smoker|lifelong non)", _I),
    "former": re.compile(r"\b(?:former|ex-?smoker|quit|stopped|past)\b", _I),
    "unknown": re.compile(r"\b(?:unknown|not asked|declined|refused|unable)\b", _I),
    "current": re.compile(
        r"\b(?:current|every ?day|some ?days?|daily|occasional|heavy|light)\b.*\b(?:smoker|tobacco|smoking)\b|"
        r"\bsmokes\b",
        _I,
    ),
}


def smoking(answer: Resource, wording: str, context: Context) -> str:
    said = coded(answer, context.codes, Kind.ANSWER)
    if said.rows:
        return said.rows[0].concepts[0]
    words = f"{wording} ; {said.wording}"
    return next((status for status, pattern in _BY_WORDS.items() if pattern.search(words)), "unknown")
