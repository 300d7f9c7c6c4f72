"""Clear values -> sealed bytes and blind indexes, from the installation's secret. Nothing else in the store is clear.

A sealed value carries the place it was made for, so that a row's content cannot be moved to another row, and before it
in clear the id of its key, which tells nothing of the secret. A blind index is a keyed hash: it finds the rows of a
patient, a person or a browser without saying who that is.
"""

import base64
import hmac
import json
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from smartapp.errors import KeptElsewhere, KeptUnreadable, Who

_PACKED = 6  # zlib's level with a dictionary: a quarter smaller than 1, for 30 microseconds; ours
_KEYED = b"\x81"  # how sealed values begin: then the id of their key, then Fernet's token
_BARE = b"\x80"  # how those begin that were kept before keys had an id there; older ones are in base64
_ID = 6  # bytes of it
MARK = len(_KEYED) + _ID  # bytes before the token
ELSEWHERE = "Kept by another version of Loadpath; not readable here."


class Unsealable(KeptUnreadable):
    """Sealed with a secret we no longer have, or not by us."""

    title = "What was kept here is sealed with another secret"
    who = Who.SITE
    next_step = (
        "Ask Loadpath's administrator: SMARTAPP_SECRET has changed, and SMARTAPP_SECRET_PREVIOUS lacks the one before."
    )


@dataclass(frozen=True)
class Keys:
    """What is derived of one secret. ``id`` tells secrets apart, in hexadecimal digits."""

    id: str
    seal: bytes = field(repr=False)
    hash: bytes = field(repr=False)

    @property
    def mark(self) -> bytes:
        """What values sealed with it begin with."""
        return _KEYED + bytes.fromhex(self.id)


def keys_of(secret: str) -> Keys:
    return Keys(_derive(secret, b"id").hex()[: 2 * _ID], _derive(secret, b"seal"), _derive(secret, b"hash"))


class Seal:
    """Encryption and keyed hashes. ``others``: secrets of before, and the next one; read with, never written with."""

    def __init__(self, secret: str, *others: str):
        self.keys: dict[str, Keys] = {}
        self._fernets: dict[str, Fernet] = {}
        self.know(keys_of(each) for each in (secret, *others))

    def know(self, keys: Iterable[Keys]) -> None:
        """Read with these from now on, too."""
        for each in keys:
            if each.id not in self.keys:
                self.keys[each.id] = each
                self._fernets[each.id] = Fernet(base64.urlsafe_b64encode(each.seal))

    @property
    def current(self) -> Keys:
        """What is written with."""
        return next(iter(self.keys.values()))

    @property
    def marks(self) -> tuple[bytes, ...]:
        """What the values begin with that can be opened here."""
        return tuple(each.mark for each in self.keys.values())

    def seal(self, place: str, value: object, words: bytes = b"") -> bytes:
        """JSON ``value``, compressed and encrypted for ``place`` (row and column).

        ``words``: what values of this kind have in common, so that only the rest takes room (zlib's preset dictionary).
        """
        text = json.dumps([place, value], ensure_ascii=False, separators=(",", ":"))
        packed = zlib.compressobj(_PACKED, zdict=words) if words else zlib.compressobj(1)
        return self._wrapped(packed.compress(text.encode()) + packed.flush())

    def open(self, place: str, sealed: bytes, words: bytes = b"") -> object:
        """The value; ``words`` as it was sealed with, which values sealed without do not mind. Raises Unsealable."""
        text = zlib.decompressobj(zdict=words).decompress(self._unwrapped(bytes(sealed)))
        made_for, value = json.loads(text)
        if made_for != place:
            raise Unsealable("It is sealed for another place; not readable here.")
        found: object = value
        return found

    def anew(self, sealed: bytes) -> bytes:
        """The same value under the secret that is written with. Raises Unsealable."""
        return self._wrapped(self._unwrapped(sealed))

    def _wrapped(self, packed: bytes) -> bytes:
        token = self._fernets[self.current.id].encrypt(packed)
        return self.current.mark + base64.urlsafe_b64decode(token)  # as letters it would take a third more

    def _unwrapped(self, sealed: bytes) -> bytes:
        if sealed.startswith(_KEYED):
            fernet, token = self._fernets.get(sealed[1:MARK].hex()), sealed[MARK:]
            fernets = [fernet] if fernet else []
        else:
            fernets, token = [*self._fernets.values()], sealed
        if sealed.startswith((_KEYED, _BARE)):
            token = base64.urlsafe_b64encode(token)
        for each in fernets:
            with suppress(InvalidToken):
                return each.decrypt(token)
        raise Unsealable("It is sealed with another secret; not readable here.")

    def open_object(self, place: str, sealed: bytes, words: bytes = b"") -> dict[str, object]:
        """The value, where it must be a JSON object. Raises KeptUnreadable."""
        return opened_object(self.open(place, sealed, words))

    def blind_index(self, *parts: str) -> str:
        """What rows of these parts are kept under."""
        return _keyed_hash(self.current.hash, parts)

    def blind_indexes(self, *parts: str) -> tuple[str, ...]:
        """The same under every secret we know, newest first: for finding rows from before a change of the secret."""
        return tuple(_keyed_hash(each.hash, parts) for each in self.keys.values())

    def mac(self, *parts: str) -> str:
        """A message authentication code: only who has the secret can make it."""
        return _keyed_hash(self.current.hash, parts)

    def is_mac(self, mac: str, *parts: str) -> bool:
        """Whether it was made of these parts under any secret we know."""
        made = (_keyed_hash(each.hash, parts) for each in self.keys.values())
        return any(hmac.compare_digest(mac.encode(), each.encode()) for each in made)


def opened_object(value: object) -> dict[str, object]:
    """Raises KeptElsewhere for anything but a JSON object."""
    if not isinstance(value, dict):
        raise KeptElsewhere(ELSEWHERE)
    return value


def as_list(value: object) -> list[object]:
    """Raises KeptElsewhere for anything but a JSON array."""
    if not isinstance(value, list):
        raise KeptElsewhere(ELSEWHERE)
    return value


def check_version(kept: Mapping[str, object], version: int) -> None:
    """Raises KeptElsewhere where what was kept has another format."""
    if kept.get("version") != version:
        raise KeptElsewhere(ELSEWHERE)


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"loadpath", info=purpose).derive(secret.encode())


def _keyed_hash(key: bytes, parts: tuple[str, ...]) -> str:
    """Length before each part, so that no two lists of parts read the same."""
    text = b"".join(f"{len(p.encode())}:{p}".encode() for p in parts)
    return hmac.digest(key, text, "sha256").hex()
