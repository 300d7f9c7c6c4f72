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
MOST = 400  # beginnings kept of one row (ours): names, numbers and dates have some fifty
_BYTES = 4  # of a hash: among 10,000 rows one search in ten thousand shows a row too many (ours)
_WORD = re.compile(r"[^\W_]+")
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def words_typed(text: str) -> tuple[str, ...]:
    """In small letters and without accents, each as far as it counts."""
    return tuple(word[:LONGEST] for word in _WORD.findall(_plain(text)))


def index_of(seal: Seal, row_id: str, found_by: str) -> bytes:
    """Of a row that is found by these words; in an order that tells nothing."""
    begins = {word[:end] for word in _words(found_by) for end in range(1, min(len(word), LONGEST) + 1)}
    keys = (seal.blind_index(_PLACE, each) for each in sorted(begins)[:MOST])
    return b"".join(sorted(_hash(key.encode(), row_id.encode()) for key in keys))


def search_of(seal: Seal, typed: str) -> Callable[[str, bytes], bool]:
    """Whether each of the words that were typed begins one of the row's, under any secret we know: of a row's id and
    its index."""
    words = [[key.encode() for key in seal.blind_indexes(_PLACE, word)] for word in words_typed(typed)]

    def fits(row_id: str, index: bytes) -> bool:
        named = row_id.encode()
        return all(any(_hash(key, named) in index for key in keys) for keys in words)

    return fits


_PLACE = "referral search"


def _hash(key: bytes, row_id: bytes) -> bytes:
    """Key first and of fixed length; cut off, so that nothing can be appended to it."""
    return sha256(key + row_id).digest()[:_BYTES]


def _words(text: str) -> Iterator[str]:
    """O'Brien is found as o'brien, brien and obrien, 1950-05-05 also as 19500505."""
    for piece in _plain(text).split():
        parts = _WORD.findall(piece)
        yield from (*parts, "".join(parts))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(each for each in apart if not unicodedata.combining(each))
