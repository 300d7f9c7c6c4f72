"""A danger named in a sentence of an imaging report -> whether it is stated, suspected, denied, past or nobody's.

Clinical rule book 2a, 2.3: templates and relatives drop out, a denial holds within seven words and not across “but”,
“no change in” denies nothing, and what cannot be excluded is suspected. In a list a denial holds to its end; a piece
between commas that says something of its own is no item of a list.
"""

import re
from enum import Enum, auto

from smartapp.core.phrases import PhraseTable
from smartapp.core.signs import Sign

_NEAR = 7  # words in which a denial holds; rule book 2a, 2.3
_BEHIND = 5  # words behind a danger that may deny it; ours
_ITEM = 5  # words an item of a list may have; ours
_VERB = re.compile(r"\b(?:is|are|was|were|remains?|raises?|appears?)\b", re.IGNORECASE)
_OR = re.compile(r"\s+(?:or|nor)(?:\s+\w+){0,2}\s*\Z", re.IGNORECASE)  # “no A or B”: B is denied with A
_OTHER = 3  # words A may have; ours
_NONE = re.compile(
    r"\A(?:\s*\w+){0,2}\s*[:=|\u2013-]\s*(?:none|nil|negative|absent|not (?:seen|present|identified|found)"
    r"|no(?! (?:\w+ ){0,2}(?:chang|improv|progress|regress|differ|longer|doubt)))\b",
    re.IGNORECASE,
)


class SaidAs(Enum):
    """How a report speaks of a danger."""

    STATED = auto()
    SUSPECTED = auto()
    DENIED = auto()
    PAST = auto()
    NOT = auto()  # advice, or of somebody else


def said_of(clause: str, place: re.Match[str], phrases: PhraseTable) -> SaidAs:
    """How a clause (no “but” within) speaks of what is named at ``place``."""
    before, after = clause[: place.start()], clause[place.end() :]
    own, listed = _own(before, place[0], after, phrases)
    behind = after.partition(",")[0]
    if phrases.says(Sign.TEMPLATE, before) or phrases.says(Sign.TEMPLATE_AFTER, after):
        return SaidAs.NOT
    if phrases.says(Sign.RELATIVE, own) or phrases.says(Sign.RELATIVE_AFTER, after):
        return SaidAs.NOT
    if phrases.says(Sign.NOT_EXCLUDED, f"{own.rpartition(',')[2]}{place[0]}{behind}"):
        return SaidAs.SUSPECTED
    if _is_denied(own, listed, phrases):
        return SaidAs.DENIED
    if phrases.says(Sign.NOT_EXCLUDED, after):
        return SaidAs.SUSPECTED
    if _is_denied_behind(after, phrases):
        return SaidAs.DENIED
    if _is_past(own.rpartition(",")[2], behind, phrases):
        return SaidAs.PAST
    doubted = phrases.says(Sign.SUSPICION, own) or phrases.says(Sign.SUSPICION, behind)
    return SaidAs.SUSPECTED if doubted else SaidAs.STATED


def _own(before: str, named: str, after: str, phrases: PhraseTable) -> tuple[str, bool]:
    """The words before it that speak of it, and whether they reach over commas: back to the head of its list."""
    pieces = before.split(",")
    at = len(pieces) - 1
    item = f"{pieces[at]}{named}{after.partition(',')[0]}"
    while at > 0 and _is_item(item, phrases):
        at -= 1
        item = pieces[at]
    return ",".join(pieces[at:]), at < len(pieces) - 1


def _is_item(piece: str, phrases: PhraseTable) -> bool:
    """Whether a piece between commas may be an item of a list."""
    alone = any(phrases.says(sign, piece) for sign in (Sign.VERTEBRA, Sign.SUSPICION, Sign.STANDS_ALONE))
    return len(piece.split()) <= _ITEM and not alone


def _is_denied(own: str, listed: bool, phrases: PhraseTable) -> bool:
    plain = phrases.without(Sign.NO_CHANGE, phrases.split(Sign.CAUSED_BY, own)[-1])
    reach = _NEAR
    while (joined := _OR.search(plain)) is not None:
        plain, reach = plain[: joined.start()], _NEAR + _OTHER
    near = " ".join(plain.split()[-reach:])
    ends = [place.end() for place in phrases.found(Sign.DENIES, near)]
    if ends and not _is_doubted_anew(near[max(ends) :], phrases):
        return True
    return not ends and listed and phrases.says(Sign.DENIES, plain.partition(",")[0])


def _is_doubted_anew(between: str, phrases: PhraseTable) -> bool:
    """“without fracture is concerning for”: the denial ends at the verb."""
    verb = _VERB.search(between)
    return verb is not None and phrases.says(Sign.SUSPICION, between[verb.end() :])


def _is_denied_behind(after: str, phrases: PhraseTable) -> bool:
    text = after.lstrip(" ")
    if _NONE.match(text):
        return True
    behind = text.removeprefix(",").lstrip()
    if behind != text and phrases.says(Sign.DENIED_BEHIND_COMMA, behind):
        text = behind
    words = phrases.split(Sign.DENIAL_ENDS, text.partition(",")[0])[0].split()[:_BEHIND]
    return phrases.says(Sign.DENIED_AFTER, " ".join(words))


def _is_past(own: str, behind: str, phrases: PhraseTable) -> bool:
    plain = phrases.split(Sign.PRESENT_AGAIN, phrases.without(Sign.EARLIER_IMAGE, own))[-1]
    near = " ".join(plain.split()[-_NEAR:])
    return phrases.says(Sign.STATED_OVER, near) or phrases.says(Sign.OVER_AFTER, " ".join(behind.split()[:_BEHIND]))
