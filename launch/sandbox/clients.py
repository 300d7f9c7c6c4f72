"""Registered apps: what the EHR knows about a client before it ever calls."""

from __future__ import annotations

import hmac
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from authlib.oauth2.rfc6749 import ClientMixin

# how an auth method in a registration file maps to the names Authlib and OpenID registration use
AUTH_METHODS = {
    "public": "none",
    "client_secret_basic": "client_secret_basic",
    "private_key_jwt": "private_key_jwt",
}
EVERYTHING = (
    "openid fhirUser profile launch launch/patient launch/encounter online_access offline_access "
    "patient/*.crus user/*.crus"
)


@dataclass(frozen=True)
class RegisteredClient(ClientMixin):  # type: ignore[misc]
    """One app: identity, exact redirect addresses, how it proves itself, the most it may be granted."""

    client_id: str
    redirect_uris: tuple[str, ...]
    auth: str = "public"
    name: str = "Loadpath"
    secret: str | None = None
    jwks: dict[str, Any] | None = None
    jwks_url: str | None = None
    launch_url: str | None = None
    scope: str = EVERYTHING

    def __post_init__(self) -> None:
        object.__setattr__(self, "redirect_uris", tuple(self.redirect_uris))
        if self.auth not in AUTH_METHODS:
            raise ValueError(f"client {self.client_id}: auth must be one of {', '.join(AUTH_METHODS)}")
        if self.auth == "client_secret_basic" and not self.secret:
            raise ValueError(f"client {self.client_id}: client_secret_basic needs a secret")
        if self.auth == "private_key_jwt" and not (self.jwks or self.jwks_url):
            raise ValueError(f"client {self.client_id}: private_key_jwt needs jwks or jwks_url")
        if not self.redirect_uris:
            raise ValueError(f"client {self.client_id}: at least one redirect URI is needed")

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        """None: the redirect address must be sent, and sent exactly."""

    def get_allowed_scope(self, scope: str | None) -> str:
        """Narrowing needs the user and the launch, so it happens in consent; here nothing is added or dropped."""
        return scope or ""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return self.secret is not None and hmac.compare_digest(self.secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return AUTH_METHODS[self.auth] == method

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        own = {"client_credentials"} if self.auth == "private_key_jwt" else set()
        return grant_type in {"authorization_code", "refresh_token", *own}


DEFAULT_CLIENTS = (RegisteredClient("loadpath", ("http://127.0.0.1:8080/callback",)),)


def read_clients(path: Path) -> tuple[RegisteredClient, ...]:
    """Registrations from a TOML file: one table per client_id. Raises ValueError with one sentence."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path}: {error}") from error
    known = {field.name for field in fields(RegisteredClient)} - {"client_id"}
    clients = []
    for client_id, table in tables.items():
        if not isinstance(table, dict):
            raise ValueError(f"{path}: {client_id} must be a table")
        if unknown := sorted(set(table) - known):
            raise ValueError(f"{path}: [{client_id}] has unknown settings: {', '.join(unknown)}")
        if "redirect_uris" not in table:
            raise ValueError(f"{path}: [{client_id}] needs redirect_uris")
        clients.append(RegisteredClient(client_id=client_id, **table))
    return tuple(clients)
