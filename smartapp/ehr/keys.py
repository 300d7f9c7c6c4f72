"""Our own signing keys: files in a folder -> client assertions (private_key_jwt) and the public JWKS.

A key is one private JWK in ``<kid>.json``. Rotation without downtime: :func:`make_key` adds one that is published at
once, and signs only after :data:`PUBLISHED_FIRST` (EHRs cache our JWKS); old files are deleted by hand later.
Sources: SMART App Launch 2.2, client-confidential-asymmetric; RFC 7523.
"""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from smartapp.ehr.issuers import Issuer
from smartapp.errors import SettingsError

ALGORITHMS: Mapping[str, type[RSAKey] | type[ECKey]] = {"RS384": RSAKey, "ES384": ECKey}
PUBLISHED_FIRST = 24 * 3600.0  # seconds a new key is published before it signs, longer than EHRs cache (ours)
ASSERTION_SECONDS = 240  # the specification allows five minutes at most
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_RSA_BITS = 3072


@dataclass(frozen=True)
class Key:
    kid: str
    algorithm: str
    made: float  # seconds since the epoch
    private: RSAKey | ECKey

    def public(self) -> dict[str, Any]:
        """The JWK an EHR may see: with alg and use (some launchers refuse keys without), never a private member."""
        members = {k: v for k, v in self.private.as_dict(private=False).items() if k not in _PRIVATE}
        members.pop("key_ops", None)
        return {**members, "kid": self.kid, "alg": self.algorithm, "use": "sig"}


class KeyRing:
    """The private keys of one folder."""

    def __init__(self, keys: tuple[Key, ...]):
        self._keys = tuple(sorted(keys, key=lambda key: key.made))

    def public_jwks(self) -> dict[str, Any]:
        return {"keys": [key.public() for key in self._keys]}

    def for_issuer(self, issuer: Issuer, now: float) -> Key:
        """The key to sign with for this EHR. Raises SettingsError if there is none."""
        fit = [key for key in self._keys if issuer.key_algorithm in ("", key.algorithm)]
        if issuer.key_file:
            fit = [key for key in fit if f"{key.kid}.json" == issuer.key_file]
        settled = [key for key in fit if now - key.made >= PUBLISHED_FIRST] or fit[:1]
        if not settled:
            raise SettingsError(f"There is no private key for [{issuer.key}]: make one with “smartapp keys add”.")
        return settled[-1]


def read_keys(folder: Path) -> KeyRing:
    """All keys of the folder; an absent folder has none. Raises SettingsError naming the file."""
    return KeyRing(tuple(_read(path) for path in sorted(folder.glob("*.json"))))


def make_key(folder: Path, algorithm: str, now: float) -> Path:
    """Write a new private key that only its owner may read; returns its file."""
    key = RSAKey.generate_key(_RSA_BITS) if algorithm == "RS384" else ECKey.generate_key("P-384")
    kid = f"{time.strftime('%Y%m%d', time.gmtime(now))}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{kid}.json"
    text = json.dumps({**key.as_dict(private=True), "kid": kid, "alg": algorithm, "made": int(now)})
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(text, encoding="utf-8")
    return path


def client_assertion(key: Key, issuer: Issuer, token_url: str, now: float) -> str:
    """A signed JWT for exactly this token address; every call has its own jti, so a retry is never a replay."""
    header = {"alg": key.algorithm, "kid": key.kid, "typ": "JWT", **({"jku": issuer.jku} if issuer.jku else {})}
    claims = {
        "iss": issuer.client_id,
        "sub": issuer.client_id,
        "aud": token_url,
        "iat": int(now),
        "exp": int(now) + ASSERTION_SECONDS,
        "jti": secrets.token_urlsafe(24),
    }
    return jwt.encode(header, claims, key.private, algorithms=[key.algorithm])


def _read(path: Path) -> Key:
    try:
        jwk = json.loads(path.read_text(encoding="utf-8"))
        algorithm, made = jwk.pop("alg"), float(jwk.pop("made", 0))
        key = ALGORITHMS[algorithm].import_key(jwk)
        if not key.is_private or jwk.get("kid") != path.stem:
            raise ValueError("it must be a private key whose kid is the file's name")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, JoseError) as error:
        raise SettingsError(f"SMARTAPP_KEYS: {path.name} is not a private key made by “smartapp keys add”.") from error
    return Key(path.stem, algorithm, made, key)
