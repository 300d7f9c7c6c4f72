"""Clear values -> sealed bytes and keyed hashes, from the installation's secret. Nothing else in the store is clear.

A sealed value carries the place it was made for, so that a row's content cannot be moved to another row.
"""

import base64
import hashlib
import hmac
import json
import zlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from smartapp.errors import KeptUnreadable, Who


class Unsealable(KeptUnreadable):
    """Sealed with a secret we no longer have, or not by us."""

    who = Who.SITE
    next_step = (
        "Ask Loadpath's administrator: SMARTAPP_SECRET has changed, and SMARTAPP_SECRET_PREVIOUS is not the one before."
    )


class Seal:
    """Encryption and keyed hashes. ``previous`` is the secret before the last change: read with, never written with."""

    def __init__(self, secret: str, previous: str = ""):
        secrets = [s for s in (secret, previous) if s]
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(s, b"seal"))) for s in secrets])
        self._hash_keys = tuple(_derive(s, b"hash") for s in secrets)

    def seal(self, place: str, value: Any) -> bytes:
        """JSON ``value``, compressed and encrypted for ``place`` (row and column)."""
        text = json.dumps([place, value], ensure_ascii=False, separators=(",", ":"))
        return self._fernet.encrypt(zlib.compress(text.encode(), 1))

    def open(self, place: str, sealed: bytes) -> Any:
        """The value. Raises Unsealable."""
        try:
            made_for, value = json.loads(zlib.decompress(self._fernet.decrypt(sealed)))
        except InvalidToken as error:
            raise Unsealable("It is sealed with another secret; not readable here.") from error
        if made_for != place:
            raise Unsealable("It is sealed for another place; not readable here.")
        return value

    def mark(self, *parts: str) -> str:
        """A keyed hash that recognises the parts without revealing them: for patients, persons, browsers, states."""
        return _mark(self._hash_keys[0], parts)

    def marks(self, *parts: str) -> tuple[str, ...]:
        """The hash under every secret we know, newest first: for finding rows from before a change of the secret."""
        return tuple(_mark(key, parts) for key in self._hash_keys)


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"loadpath", info=purpose).derive(secret.encode())


def _mark(key: bytes, parts: tuple[str, ...]) -> str:
    """Length before each part, so that no two lists of parts read the same."""
    text = b"".join(f"{len(p.encode())}:{p}".encode() for p in parts)
    return hmac.new(key, text, hashlib.sha256).hexdigest()
