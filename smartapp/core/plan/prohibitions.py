"""Text -> whether it is the bare prohibition of statement S36: a movement forbidden without naming the quality.

"Don't bend or twist" frightens and teaches nothing. "Do not bend fast or with a weight: hinge instead" may stand.
"""

import re

_FORBIDS = re.compile(
    r"\b(?:do(?:es)?\s+not|don[’'`]?t|doesn[’'`]?t|never|no|not|avoid\w*|without|refrain\w*|cease|stop|skip|limit|"
    r"must\s?n[o’'`]?t|should\s?n[o’'`]?t|can\s?n?[o’'`]?t|forbid\w*|prohibit\w*|restrict\w*|precautions?|"
    r"contraindicated|off[- ]limits)\b",
    re.IGNORECASE,
)
_MOVES = re.compile(
    r"\b(?:bend(?:s|ing)?|twist(?:s|ing)?|flex(?:es|ing|ion)?|rotat(?:e|es|ing|ion)|stoop(?:s|ing)?|blts?)\b",
    re.IGNORECASE,
)
_QUALITY = re.compile(
    r"\b(?:rapid\w*|fast|quick\w*|sudden\w*|jerk\w*|swift\w*|repe[at]\w*|repetit\w*|again and again|many times|"
    r"over and over|sustain\w*|held|hold\w*|(?:for )?(?:a )?long time|prolonged|weight\w*|load\w*|heav\w*|resist\w*|"
    r"end[- ]range|end of range|full range|as far as|to (?:its|the|your) (?:limit|end)|limit of|deep\w*|forced|"
    r"extreme\w*|maximal\w*|beyond \w+|past \w+|more than \d+)\b",
    re.IGNORECASE,
)
# Names of single exercises, and joints that may bend: neither is the spine bending or twisting as such.
_NAMES = re.compile(
    r"\b(?:russian|bicycle|seated)\s+twists?\b|\b(?:torso|abdominal)[- ](?:rotation|flexion)\s+machines?\b|"
    r"\bknees?\s+bend(?:s|ing)?\b|"
    r"\b(?:bend|flex)(?:s|es|ing)?\s+(?:at\s+)?(?:your|the|both)?\s*(?:knees?|elbows?|hips?|legs?|ankles?)\b",
    re.IGNORECASE,
)
# The very words of S36 (A11): never, whatever quality follows; readers remember the first half.
_LITERAL = re.compile(
    r"\b(?:don[’'`]?t|do not|avoid(?:ing)?|no|never)\s+bend(?:ing)?\s+(?:or|and)\s+twist(?:ing)?\b", re.IGNORECASE
)
_ALTERNATIVE = re.compile(r"\b(?:instead|otherwise)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!?\n]+")


def is_generic_prohibition(text: str) -> bool:
    """True where a sentence forbids bending or twisting of the spine without naming the quality (GU1, A11)."""
    if not _MOVES.search(text):
        return False  # most texts: nothing below matches without one of these words
    return bool(_LITERAL.search(text)) or any(_is_bare(sentence) for sentence in _SENTENCE.split(text))


def _is_bare(sentence: str) -> bool:
    plain = _NAMES.sub(" ", re.sub(r"[/&+,]", " and ", sentence))
    return bool(_FORBIDS.search(plain) and _MOVES.search(plain) and not _QUALITY.search(plain))


def names_alternative(text: str) -> bool:
    """True where the text says what to do instead."""
    return bool(_ALTERNATIVE.search(text))
