"""The authorization server: Authlib's grants with SMART's rules on top. No pages here, only protocol."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, ClassVar

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import InvalidGrantError, InvalidRequestError, InvalidScopeError, OAuth2Request
from authlib.oauth2.rfc6749 import grants as rfc6749
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import g

from .assertion import ClientKeys, SmartAssertion
from .config import SandboxConfig
from .ledger import Code, Grant, Ledger, Token
from .people import NOBODY
from .scopes import grant
from .signing import SigningKey
from .token_endpoints import CLIENT_AUTH, CONTEXT, introspection, revocation
from .wire import belongs_to


class S256Only(CodeChallenge):  # type: ignore[misc]
    """PKCE with S256, for every client: ``plain`` and its silent default are refused."""

    SUPPORTED_CODE_CHALLENGE_METHOD: ClassVar[list[str]] = ["S256"]
    DEFAULT_CODE_CHALLENGE_METHOD = "S256"

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge"):
            raise InvalidRequestError("Missing 'code_challenge': PKCE with S256 is required.")
        if data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("Unsupported 'code_challenge_method': only S256 is accepted.")
        super().validate_code_challenge(grant, redirect_uri)


class IdToken(OpenIDCode):  # type: ignore[misc]
    """id_token: RS256, key id in the header, nonce echoed, fhirUser absolute."""

    def __init__(self, config: SandboxConfig, key: SigningKey, ledger: Ledger):
        super().__init__(require_nonce=False)
        self.config, self.key, self.ledger = config, key, ledger

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return self.ledger.nonce_used(request.payload.client_id, nonce)

    def resolve_client_private_key(self, client: Any) -> Any:
        return self.key.private

    def get_client_algorithm(self, client: Any) -> str:
        return "RS256"

    def get_encode_header(self, client: Any) -> dict[str, str]:
        return {"alg": "RS256", "typ": "JWT", "kid": self.key.kid}

    def get_client_claims(self, client: Any) -> dict[str, Any]:
        now = int(self.config.clock())
        return {"iss": self.config.issuer, "aud": client.client_id, "iat": now, "exp": now + 300}

    def generate_user_info(self, user: Any, scope: str) -> UserInfo:
        info = UserInfo(sub=user.subject)
        if "fhirUser" in scope.split() and user.fhir_user:
            info["fhirUser"] = f"{self.config.fhir_base}/{user.fhir_user}"
        if "profile" in scope.split():
            info["name"] = user.name
        return info


class LaunchContext:
    """Adds the launch context to a token response, first and refreshed alike."""

    def __call__(self, grant: Any) -> None:
        grant.register_hook("after_create_token_response", self.add)

    def add(self, grant: Any, response: tuple[int, dict[str, Any], Any]) -> None:
        source = getattr(grant.request, "authorization_code", None) or grant.request.refresh_token
        g.grant = source.grant
        context = {**source.grant.context, "patient": source.grant.patient}
        response[1].update({name: context[name] for name in CONTEXT if context.get(name) is not None})


class SmartServer(AuthorizationServer):  # type: ignore[misc]
    """Authlib's server, also fed from a parked request: consent without cookies needs to come back to it."""

    def create_oauth2_request(self, request: Any) -> Any:
        return request if isinstance(request, OAuth2Request) else super().create_oauth2_request(request)


def parked_request(params: dict[str, str]) -> OAuth2Request:
    """An authorization request rebuilt from its parameters."""
    request = OAuth2Request("GET", "https://sandbox.invalid/authorize", headers={})
    request.payload = BasicOAuth2Payload(params)
    return request


def build_server(config: SandboxConfig, ledger: Ledger, key: SigningKey) -> SmartServer:
    """Wire grants, PKCE, id_token, launch context, client authentication, revocation and introspection."""
    clients = {client.client_id: client for client in config.clients}
    server = SmartServer(query_client=clients.get, save_token=_saver(config, ledger))
    server.load_config(
        {
            "OAUTH2_ACCESS_TOKEN_GENERATOR": lambda **_: secrets.token_urlsafe(32),
            "OAUTH2_REFRESH_TOKEN_GENERATOR": lambda **_: secrets.token_urlsafe(32),
            "OAUTH2_TOKEN_EXPIRES_IN": dict.fromkeys(
                ("authorization_code", "refresh_token", "client_credentials"), config.access_token_seconds
            ),
        }
    )
    server.register_client_auth_method(
        "private_key_jwt", SmartAssertion(f"{config.issuer}/token", ledger, ClientKeys())
    )
    server.register_grant(
        _code_grant(config, ledger), [S256Only(required=True), IdToken(config, key, ledger), LaunchContext()]
    )
    server.register_grant(_refresh_grant(ledger), [LaunchContext()])
    server.register_grant(BackendGrant)
    server.register_endpoint(revocation(ledger))
    server.register_endpoint(introspection(config, ledger))
    return server


def _saver(config: SandboxConfig, ledger: Ledger) -> Callable[[dict[str, Any], Any], None]:
    def save(token: dict[str, Any], request: Any) -> None:
        source = getattr(request, "authorization_code", None) or request.refresh_token
        grant = source.grant if source else Grant(request.client.client_id, NOBODY, token["scope"], None, {})
        ledger.add_token(
            Token(
                access_token=token["access_token"],
                refresh_token=token.get("refresh_token"),
                grant=grant,
                scope=token["scope"],
                issued_at=int(config.clock()),
                expires_in=token["expires_in"],
                clock=config.clock,
            )
        )

    return save


def _code_grant(config: SandboxConfig, ledger: Ledger) -> type[rfc6749.AuthorizationCodeGrant]:
    class SmartCodeGrant(rfc6749.AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = CLIENT_AUTH

        def save_authorization_code(self, code: str, request: Any) -> None:
            approved: Grant = request.approved
            data = request.payload.data
            now = config.clock()
            ledger.add_code(
                Code(
                    code, approved, request.payload.redirect_uri, data["code_challenge"],
                    data["code_challenge_method"], data.get("nonce"), int(now), now + config.code_seconds,
                )
            )  # fmt: skip

        def query_authorization_code(self, code: str, client: Any) -> Code | None:
            # spent at first sight: a failed verifier must not leave a second try
            found = ledger.spend_code(code, client.client_id)
            belongs_to(found.grant.context if found else {})
            return found

        def delete_authorization_code(self, authorization_code: Code) -> None:
            """Already spent; kept for a while so that a replay is noticed."""

        def authenticate_user(self, authorization_code: Code) -> Any:
            return None if authorization_code.grant.revoked else authorization_code.grant.user

        def generate_token(self, *args: Any, **kwargs: Any) -> Any:
            kwargs["include_refresh_token"] = self.request.authorization_code.grant.refreshable
            return super().generate_token(*args, **kwargs)

    return SmartCodeGrant


class BackendGrant(rfc6749.ClientCredentialsGrant):  # type: ignore[misc]
    """SMART Backend Services: an app by itself, proved by its key, with system scopes."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar[list[str]] = ["private_key_jwt"]

    def validate_token_request(self) -> None:
        super().validate_token_request()
        wanted = [text for text in (self.request.payload.scope or "").split() if text.startswith("system/")]
        granted = grant(" ".join(wanted), [self.request.client.scope], has_patient=False, may_write=NOBODY.writes)
        if not granted:
            raise InvalidScopeError()
        self.granted = granted

    def create_token_response(self) -> Any:
        token = self.generate_token(scope=self.granted, include_refresh_token=False)
        self.save_token(token)
        return 200, token, self.TOKEN_RESPONSE_HEADER


def _refresh_grant(ledger: Ledger) -> type[rfc6749.RefreshTokenGrant]:
    class RotatingRefreshGrant(rfc6749.RefreshTokenGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = CLIENT_AUTH
        INCLUDE_NEW_REFRESH_TOKEN = True

        def validate_token_request(self) -> None:
            super().validate_token_request()
            if not ledger.spend_refresh(self.request.refresh_token):
                raise InvalidGrantError("This refresh token was used before or revoked; the grant has ended.")

        def authenticate_refresh_token(self, refresh_token: str) -> Token | None:
            found = ledger.by_refresh(refresh_token)
            belongs_to(found.grant.context if found else {})
            return found

        def authenticate_user(self, refresh_token: Token) -> Any:
            return refresh_token.grant.user

        def revoke_old_credential(self, refresh_token: Token) -> None:
            """Already spent in validate_token_request."""

    return RotatingRefreshGrant
