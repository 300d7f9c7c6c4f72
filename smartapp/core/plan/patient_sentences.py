"""Sentences of a patient's text -> those that fit this patient: no empty place, and nothing that limits took out.

A sentence that names a removed activity falls away (rule book 2c, P11 and section 8).
"""

import re
from collections.abc import Mapping

_SENTENCE = re.compile(r"(?<=[.?!]) ")
_PLACE = re.compile(r"\{([a-z]+)\}")
_AFTER_COLON = re.compile(r": \{([a-z]+)\}")
_FORBIDS = re.compile(r"\b(?:do not|por ahora, no|no)\b", re.IGNORECASE)
WALKING = re.compile(r"\bwalk|\bcamin(?:e|ar|ata)|\bpaseo", re.IGNORECASE)
LYING = re.compile(r"\bon your back\b|\bboca arriba\b", re.IGNORECASE)
SWITCHING = re.compile(r"\bswitch legs\b|\bcambie de pierna\b", re.IGNORECASE)
STANDING = re.compile(r"\bstand\b|\bpar(?:ar|é)se\b", re.IGNORECASE)
HINGING = re.compile(r"\bsquat|\bhinge|\bsentadilla|\bdoble las caderas\b|\bcaderas atrás\b", re.IGNORECASE)


def filled(text: str, places: Mapping[str, str]) -> str:
    """With its places filled in; a sentence whose place is empty is left out, one behind a colon with its colon."""
    text = _AFTER_COLON.sub(lambda place: place[0] if places.get(place[1]) else "", text)
    said = (_PLACE.sub(lambda place: places.get(place[1], "") or place[0], one) for one in _SENTENCE.split(text))
    return " ".join(sentence for sentence in said if "{" not in sentence)


def without(text: str, removed: tuple[re.Pattern[str], ...]) -> str:
    """Without the sentences that invite to what is removed; what forbids it may stay."""
    kept = (one for one in _SENTENCE.split(text) if _FORBIDS.search(one) or not any(p.search(one) for p in removed))
    return " ".join(kept)
