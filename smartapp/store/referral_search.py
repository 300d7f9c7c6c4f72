"""What a referral is found by -> keyed hashes of how its words begin; what was typed -> whether a row fits.

Each word has a key of its own, which only we can make, and each row hashes its id with the keys of its words: a name
has another hash in every row. So whoever has the database can neither group people by their names nor count how often
one occurs, and a search hashes once for each row.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from hashlib import sha256

from smartapp.store.seal import Seal

LONGEST = 24  # characters of a word that count (ours)
MOST = 400  # beginnings kept of one row (ours): names, numbers and dates have a hundred
ENDS = (4, 7, 10)  # digits by which the end of a long number is found (ours): people say the last four
_BYTES = 4  # of a hash: among 10,000 rows one search in ten thousand shows a row too many (ours)
_WORD = re.compile(r"[^\W_]+")
_LONG_NUMBER = re.compile(r"\d{5,}")
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def words_typed(text: str) -> tuple[str, ...]:
    """In small letters and without accents, each as far as it counts."""
    return tuple(word[:LONGEST] for word in _WORD.findall(_plain(text)))


def index_of(seal: Seal, row_id: str, found_by: str) -> bytes:
    """Of a row that is found by these words; in an order that tells nothing."""
    begins = {word[:end] for word in _words(found_by) for end in range(1, min(len(word), LONGEST) + 1)}
    keys = (seal.blind_index(_PLACE, each) for each in sorted(begins)[:MOST])
    return b"".join(sorted(_hash(key.encode(), row_id.encode()) for key in keys))


def search_of(seal: Seal, typed: str) -> Callable[[str, bytes], bool]:
    """Whether each of the words that were typed, or all as one, begins one of the row's, under any secret we know: of a
    row's id and its index."""
    readings = [
        [[key.encode() for key in seal.blind_indexes(_PLACE, word)] for word in words] for words in _readings(typed)
    ]

    def fits(row_id: str, index: bytes) -> bool:
        named = row_id.encode()
        return any(_all_begin(words, named, index) for words in readings)

    return fits


def _all_begin(words: list[list[bytes]], named: bytes, index: bytes) -> bool:
    """Plain loops: this is done for every row of a list."""
    for keys in words:
        for key in keys:
            if sha256(key + named).digest()[:_BYTES] in index:
                break
        else:
            return False
    return True


_PLACE = "referral search"


def _hash(key: bytes, row_id: bytes) -> bytes:
    """Key first and of fixed length; cut off, so that nothing can be appended to it."""
    return sha256(key + row_id).digest()[:_BYTES]


def _readings(typed: str) -> Iterator[tuple[str, ...]]:
    """“van den Berg” may be kept as Vandenberg, (555) 010-4711 as 5550104711, Müller as Mueller."""
    told = dict.fromkeys(words_typed(each) for each in _spellings(typed))
    yield from dict.fromkeys((*told, *(("".join(words)[:LONGEST],) for words in told)))


def _words(text: str) -> Iterator[str]:
    """O'Brien is found as o'brien, brien and obrien, 1950-05-05 also as 19500505, a long number also by its end and
    without the zeros before it."""
    for piece in (piece for each in _spellings(text) for piece in _plain(each).split()):
        parts = _WORD.findall(piece)
        whole = "".join(parts)
        yield from (*parts, whole)
        for number in _LONG_NUMBER.findall(whole):
            yield from (number, number.lstrip("0"), *(number[-end:] for end in ENDS))


def _spellings(text: str) -> Iterator[str]:
    """As it is, and with umlauts spelled out."""
    composed = unicodedata.normalize("NFC", text.casefold())
    yield from dict.fromkeys((composed, composed.translate(_SPELLED_OUT)))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(each for each in apart if not unicodedata.combining(each))
