"""Clear values -> sealed bytes and blind indexes, from the installation's secret. Nothing else in the store is clear.

A sealed value carries the place it was made for, so that a row's content cannot be moved to another row. A blind index
is a keyed hash: it finds the rows of a patient, a person or a browser without saying who that is.
"""

import base64
import hmac
import json
import zlib
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from smartapp.errors import KeptElsewhere, KeptUnreadable, Who

_PACKED = 6  # zlib's level with a dictionary: a quarter smaller than 1, for 30 microseconds; ours
_BINARY = b"\x80"  # how Fernet's tokens begin; those kept before are in base64
ELSEWHERE = "Kept by another version of Loadpath; not readable here."


class Unsealable(KeptUnreadable):
    """Sealed with a secret we no longer have, or not by us."""

    title = "What was kept here is sealed with another secret"
    who = Who.SITE
    next_step = (
        "Ask Loadpath's administrator: SMARTAPP_SECRET has changed, and SMARTAPP_SECRET_PREVIOUS lacks the one before."
    )


class Seal:
    """Encryption and keyed hashes. ``others``: secrets of before, and the next one; read with, never written with.

    ``key_ids`` tell secrets apart and tell nothing of them.
    """

    def __init__(self, secret: str, *others: str):
        secrets = list(dict.fromkeys((secret, *others)))
        self.key_ids = tuple(_derive(s, b"id").hex()[:12] for s in secrets)
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(s, b"seal"))) for s in secrets])
        self._hash_keys = tuple(_derive(s, b"hash") for s in secrets)

    def seal(self, place: str, value: object, words: bytes = b"") -> bytes:
        """JSON ``value``, compressed and encrypted for ``place`` (row and column).

        ``words``: what values of this kind have in common, so that only the rest takes room (zlib's preset dictionary).
        """
        text = json.dumps([place, value], ensure_ascii=False, separators=(",", ":"))
        packed = zlib.compressobj(_PACKED, zdict=words) if words else zlib.compressobj(1)
        token = self._fernet.encrypt(packed.compress(text.encode()) + packed.flush())
        return base64.urlsafe_b64decode(token)  # as letters it would take a third more

    def open(self, place: str, sealed: bytes, words: bytes = b"") -> object:
        """The value; ``words`` as it was sealed with, which values sealed without do not mind. Raises Unsealable."""
        token = base64.urlsafe_b64encode(sealed) if sealed.startswith(_BINARY) else sealed
        try:
            text = zlib.decompressobj(zdict=words).decompress(self._fernet.decrypt(token))
            made_for, value = json.loads(text)
        except InvalidToken as error:
            raise Unsealable("It is sealed with another secret; not readable here.") from error
        if made_for != place:
            raise Unsealable("It is sealed for another place; not readable here.")
        found: object = value
        return found

    def open_object(self, place: str, sealed: bytes, words: bytes = b"") -> dict[str, object]:
        """The value, where it must be a JSON object. Raises KeptUnreadable."""
        return opened_object(self.open(place, sealed, words))

    def blind_index(self, *parts: str) -> str:
        """What rows of these parts are kept under."""
        return _keyed_hash(self._hash_keys[0], parts)

    def blind_indexes(self, *parts: str) -> tuple[str, ...]:
        """The same under every secret we know, newest first: for finding rows from before a change of the secret."""
        return tuple(_keyed_hash(key, parts) for key in self._hash_keys)

    def mac(self, *parts: str) -> str:
        """A message authentication code: only who has the secret can make it."""
        return _keyed_hash(self._hash_keys[0], parts)

    def is_mac(self, mac: str, *parts: str) -> bool:
        """Whether it was made of these parts under any secret we know."""
        return any(hmac.compare_digest(mac.encode(), _keyed_hash(key, parts).encode()) for key in self._hash_keys)


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
