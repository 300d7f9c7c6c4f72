"""A right id_token -> a wrong one: claims changed and signed again, or a signature that is none."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

from .faults import ELSEWHERE
from .signing import SigningKey

Claims = dict[str, Any]
HOUR = 3600


def _without(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def _moved(seconds: int) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, "iat": claims["iat"] + seconds, "exp": claims["exp"] + seconds}


# signed with the right key all the same
CLAIMS: Mapping[str, Callable[[Claims], Claims]] = {
    "idt_wrong_iss": lambda claims: {**claims, "iss": f"{ELSEWHERE}/auth"},
    "idt_wrong_aud": lambda claims: {**claims, "aud": "another-app"},
    "idt_multi_aud_no_azp": lambda claims: {**claims, "aud": [claims["aud"], "another-app"]},
    "idt_expired": _moved(-HOUR),
    "idt_future": _moved(HOUR),
    "idt_wrong_nonce": lambda claims: {**claims, "nonce": "the-nonce-of-another-launch"},
    "idt_no_nonce": _without("nonce"),
    "idt_no_sub": _without("sub"),
    "idt_fhiruser_absolute": dict,
    "idt_fhiruser_offhost": lambda claims: {**claims, "fhirUser": f"{ELSEWHERE}/fhir/{_reference(claims)}"},
    "idt_fhiruser_js": lambda claims: {**claims, "fhirUser": f"javascript:alert(1)//{_reference(claims)}"},
}


def _reference(claims: Claims) -> str:
    return "/".join(str(claims["fhirUser"]).split("/")[-2:])


def _unsigned(claims: Claims, key: SigningKey) -> str:
    return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(claims)}."


def _hmac_by_public_key(claims: Claims, key: SigningKey) -> str:
    signed = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': key.kid})}.{_part(claims)}"
    secret = key.private.as_pem(private=False)
    return f"{signed}.{_text(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"


def _own_key(claims: Claims, key: SigningKey) -> str:
    stranger = _stranger()
    header = {"alg": "RS256", "typ": "JWT", "kid": key.kid, "jwk": stranger.as_dict(private=False)}
    return jwt.encode(header, claims, stranger)


def _changed_after_signing(claims: Claims, key: SigningKey) -> str:
    header, _, signature = _signed(claims, key).split(".")
    return f"{header}.{_part({**claims, 'sub': 'somebody-else'})}.{signature}"


SIGNATURES: Mapping[str, Callable[[Claims, SigningKey], str]] = {
    "idt_alg_none": _unsigned,
    "idt_alg_hs256_pubkey": _hmac_by_public_key,
    "idt_embedded_jwk": _own_key,
    "idt_bad_sig": _changed_after_signing,
}


def forged(fault: str, token: str, key: SigningKey) -> str | None:
    """The token as this fault makes it; None where it is left out."""
    if fault == "idt_missing":
        return None
    body = token.split(".")[1]
    claims: Claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    if fault in SIGNATURES:
        return SIGNATURES[fault](claims, key)
    return _signed(CLAIMS[fault](claims), key)


def _signed(claims: Claims, key: SigningKey) -> str:
    return jwt.encode({"alg": "RS256", "typ": "JWT", "kid": key.kid}, claims, key.private)


@cache
def _stranger() -> RSAKey:
    return RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)


def _part(value: Mapping[str, Any]) -> str:
    return _text(json.dumps(value, separators=(",", ":")).encode())


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
