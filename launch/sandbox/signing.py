"""The key that signs id_tokens: made at start, held in memory, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from joserfc.jwk import RSAKey


@dataclass(frozen=True)
class SigningKey:
    """RSA key for id_tokens."""

    private: RSAKey
    kid: str

    @classmethod
    def generate(cls) -> SigningKey:
        key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
        return cls(key, key.as_dict()["kid"])

    def jwks(self) -> dict[str, Any]:
        return {"keys": [self.private.as_dict(private=False)]}
