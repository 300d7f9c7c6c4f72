"""What an app can find out before it asks: SMART and OpenID configuration, our public key, our style."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

from . import fault_answers
from .state import sandbox
from .token_endpoints import CLIENT_AUTH

discovery = Blueprint("discovery", __name__)
CAPABILITIES = [
    "launch-ehr", "launch-standalone", "authorize-post", "client-public", "client-confidential-symmetric",
    "client-confidential-asymmetric", "sso-openid-connect", "context-banner", "context-style", "context-ehr-patient",
    "context-ehr-encounter", "context-standalone-patient", "permission-offline", "permission-online",
    "permission-patient", "permission-user", "permission-v1", "permission-v2",
]  # fmt: skip


@discovery.get("/fhir/.well-known/smart-configuration")
def smart_configuration() -> Response:
    config = sandbox().config
    body = {
        **_endpoints(config.issuer),
        "capabilities": CAPABILITIES,
        "scopes_supported": [
            "openid", "fhirUser", "profile", "launch", "launch/patient", "launch/encounter", "online_access",
            "offline_access", "patient/*.crus", "user/*.crus", "system/*.rs",
        ],
    }  # fmt: skip
    found = fault_answers.configuration(body)
    return found if isinstance(found, Response) else _cacheable(found)


@discovery.get("/auth/.well-known/openid-configuration")
def openid_configuration() -> Response:
    body = {
        **_endpoints(sandbox().config.issuer),
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "fhirUser", "profile"],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nonce", "auth_time", "fhirUser", "name"],
    }
    return _cacheable(body)


@discovery.get("/auth/jwks")
def jwks() -> Response:
    return _cacheable(sandbox().signing_key.jwks())


@discovery.get("/auth/smart-style.json")
def smart_style() -> Response:
    return _cacheable(
        {
            "color_background": "#f4f6f8",
            "color_error": "#a4262c",
            "color_highlight": "#1f6f78",
            "color_modal_backdrop": "",
            "color_success": "#2c6e49",
            "color_text": "#1d2733",
            "dim_border_radius": "6px",
            "dim_font_size": "15px",
            "dim_spacing_size": "16px",
            "font_family_body": "system-ui, sans-serif",
            "font_family_heading": "system-ui, sans-serif",
        }
    )


def _endpoints(issuer: str) -> dict[str, Any]:
    return {
        "issuer": issuer,
        "jwks_uri": f"{issuer}/jwks",
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "introspection_endpoint": f"{issuer}/introspect",
        "revocation_endpoint": f"{issuer}/revoke",
        "token_endpoint_auth_methods_supported": CLIENT_AUTH,
        "token_endpoint_auth_signing_alg_values_supported": ["RS384", "ES384"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
    }


def _cacheable(body: dict[str, Any]) -> Response:
    response = jsonify(body)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
