"""What a client does with a token later: take it back (RFC 7009), ask what it is worth (RFC 7662, SMART 2.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from authlib.oauth2.rfc6749 import InvalidClientError
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint

from .config import SandboxConfig
from .ledger import Ledger, Token

# a refresh token outlives any demo; it ends by use, by revocation, or when the sandbox stops
REFRESH_SECONDS = 90 * 24 * 3600
CONFIDENTIAL = ["client_secret_basic", "private_key_jwt"]
CLIENT_AUTH = ["none", *CONFIDENTIAL]
# launch context that goes into the token response, in this order (SMART 2.2, launch context parameters)
CONTEXT = (
    "patient",
    "encounter",
    "fhirContext",
    "need_patient_banner",
    "smart_style_url",
    "intent",
    "tenant",
    "appContext",
)


def _find(ledger: Ledger) -> Callable[[Any, str, str | None], Token | None]:
    def query_token(self: Any, token_string: str, token_type_hint: str | None) -> Token | None:
        return ledger.by_access(token_string) or ledger.by_refresh(token_string)

    return query_token


def revocation(ledger: Ledger) -> type[RevocationEndpoint]:
    class Revocation(RevocationEndpoint):  # type: ignore[misc]
        CLIENT_AUTH_METHODS = CLIENT_AUTH
        query_token = _find(ledger)

        def revoke_token(self, token: Token, request: Any) -> None:
            # a revoked refresh token ends the grant, a revoked access token only itself (RFC 7009 2.1)
            if request.form["token"] == token.refresh_token:
                token.grant.revoked = True
            else:
                token.revoked = True

    return Revocation


def introspection(config: SandboxConfig, ledger: Ledger) -> type[IntrospectionEndpoint]:
    class Introspection(IntrospectionEndpoint):  # type: ignore[misc]
        CLIENT_AUTH_METHODS = CONFIDENTIAL
        query_token = _find(ledger)

        def authenticate_endpoint_client(self, request: Any) -> Any:
            # SMART 2.2 token introspection: a live bearer token is authorization enough
            scheme, _, text = request.headers.get("Authorization", "").partition(" ")
            if scheme.lower() != "bearer":
                return super().authenticate_endpoint_client(request)
            bearer = ledger.by_access(text)
            if bearer is None or not bearer.live:
                raise InvalidClientError(status_code=401, description="The bearer token is not active.")
            request.client = self.server.query_client(bearer.grant.client_id)
            return request.client

        def check_permission(self, token: Token, client: Any, request: Any) -> bool:
            return token.check_client(client)

        def authenticate_token(self, request: Any, client: Any) -> Token | None:
            token: Token | None = super().authenticate_token(request, client)
            if token and request.form["token"] == token.refresh_token:
                # a refresh token lives until it is used; the access token issued beside it says nothing about it
                return replace(token, revoked=token.refresh_spent, expires_in=REFRESH_SECONDS)
            return token

        def introspect_token(self, token: Token) -> dict[str, Any]:
            grant = token.grant
            payload = {
                "active": True,
                "scope": token.scope,
                "client_id": grant.client_id,
                "iat": token.issued_at,
                "exp": token.issued_at + token.expires_in,
                "iss": config.issuer,
                "sub": grant.user.subject,
                "patient": grant.patient,
                **{name: grant.context[name] for name in CONTEXT if grant.context.get(name) is not None},
            }
            if "fhirUser" in token.scope.split() and grant.user.fhir_user:
                payload["fhirUser"] = f"{config.fhir_base}/{grant.user.fhir_user}"
            return {name: value for name, value in payload.items() if value is not None}

    return Introspection
