"""How confidential apps prove themselves: their public keys, and the signed assertion SMART asks for."""

from __future__ import annotations

import threading
import time
from typing import Any

import requests
from authlib.oauth2.rfc6749 import InvalidClientError
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from .clients import RegisteredClient
from .ledger import Ledger

ASSERTION_ALGORITHMS = ["RS384", "ES384"]
JWKS_SECONDS = 300
ASSERTION_SECONDS = 300


class ClientKeys:
    """Public keys of an app, from its registration or its JWKS address; fetched again when the kid is new."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._fetched: dict[str, tuple[float, dict[str, Any]]] = {}

    def of(self, client: RegisteredClient, kid: str | None) -> KeySet:
        if client.jwks is not None:
            return KeySet.import_key_set(client.jwks)  # type: ignore[arg-type]
        assert client.jwks_url is not None  # noqa: S101 -- RegisteredClient guarantees one of the two
        with self._lock:
            age, jwks = self._fetched.get(client.jwks_url, (0.0, {"keys": []}))
            known = {key.get("kid") for key in jwks["keys"]}
            if kid not in known or time.monotonic() - age > JWKS_SECONDS:
                jwks = self._fetch(client.jwks_url)
                self._fetched[client.jwks_url] = (time.monotonic(), jwks)
        return KeySet.import_key_set(jwks)  # type: ignore[arg-type]

    @staticmethod
    def _fetch(url: str) -> dict[str, Any]:
        try:
            response = requests.get(url, timeout=5, allow_redirects=False)
            response.raise_for_status()
            jwks = response.json()
            keys = jwks["keys"]
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            raise InvalidClientError(description="The client's JWKS cannot be read.") from error
        if any("d" in key for key in keys):
            raise InvalidClientError(description="The client's JWKS publishes a private key.")
        return {"keys": keys}


class SmartAssertion(JWTBearerClientAssertion):  # type: ignore[misc]
    """private_key_jwt as SMART narrows it: RS384 or ES384, kid, typ JWT, five minutes, jti once, jku as registered."""

    CLIENT_AUTH_METHOD = "private_key_jwt"

    def __init__(self, token_url: str, ledger: Ledger, keys: ClientKeys):
        super().__init__(validate_jti=True, leeway=5)
        self.audience, self.ledger, self.keys = token_url, ledger, keys

    def get_audiences(self) -> list[str]:
        return [self.audience]

    def resolve_client_public_key(self, client: RegisteredClient) -> RegisteredClient:
        # the key is chosen by kid, which only process_assertion_claims sees
        return client

    def process_assertion_claims(self, assertion: str, resolve_key: Any) -> Any:
        client: RegisteredClient = resolve_key
        if client.auth != "private_key_jwt":
            raise InvalidClientError(description="This client is not registered for private_key_jwt.")
        headers, _ = self.extract_assertion(assertion)
        if not headers.get("kid") or headers.get("typ") != "JWT":
            raise InvalidClientError(description="The assertion header needs kid and typ JWT.")
        if "jku" in headers and headers["jku"] != client.jwks_url:
            raise InvalidClientError(description="The assertion's jku is not the registered one.")
        try:
            keys = self.keys.of(client, headers["kid"])
            token = jwt.decode(assertion, keys, algorithms=ASSERTION_ALGORITHMS)
        except (JoseError, ValueError) as error:
            raise InvalidClientError(description="The assertion's signature cannot be verified.") from error
        self.verify_claims(token.claims)
        return token.claims

    def verify_claims(self, claims: Any) -> None:
        expires = claims.get("exp")
        if not isinstance(expires, int) or expires > self.ledger.clock() + ASSERTION_SECONDS + self.leeway:
            raise InvalidClientError(description="The assertion must expire within five minutes.")
        super().verify_claims(claims)

    def validate_jti(self, claims: Any, jti: str) -> bool:
        return self.ledger.assertion_is_new(claims["sub"], jti, claims["exp"])
