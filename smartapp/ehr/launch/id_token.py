"""An id_token -> the :class:`User` it names, or a refusal. OpenID Connect Core 3.1.3.7; SMART App Launch 2.2.

The algorithms are a fixed list and the keys come from the EHR's own JWKS: whatever the token's header says about keys
(jku, jwk, x5u) is never looked at.
"""

import base64
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joserfc.errors import JoseError

from smartapp.ehr.addresses import trusted_reference
from smartapp.ehr.issuers import USER_TYPES, Issuer
from smartapp.ehr.launch.discovery import Endpoints
from smartapp.ehr.launch.keys import KeyStore
from smartapp.errors import NEXT, LaunchForged, Who
from smartapp.fhir.text import clean

if TYPE_CHECKING:
    from joserfc.jwk import ECKey, RSAKey

# algorithm -> kind of key it may be checked with: an RSA key can never serve as the secret of an HMAC
ALGORITHMS: Mapping[str, str] = {"RS256": "RSA", "RS384": "RSA", "RS512": "RSA", "ES256": "EC", "ES384": "EC"}
_CURVES = {"ES256": "P-256", "ES384": "P-384"}
LEEWAY = 60  # seconds two honest clocks may differ (ours)
_NO_CLINICIAN = re.compile(r"(^|/)(patient|relatedperson|person)([/?|#]|$)", re.IGNORECASE)


class IdentityRefused(LaunchForged):
    title = "The EHR's statement of who you are could not be verified"
    who = Who.EHR
    next_step = NEXT[who]


@dataclass(frozen=True)
class User:
    """Who launched. The key of a person is (issuer, subject); ``reference`` is empty if the EHR gave no usable one."""

    issuer: str = ""
    subject: str = ""
    reference: str = ""  # Practitioner/12, under the FHIR base
    name: str = ""  # only if the EHR put it into the token

    @property
    def key(self) -> str:
        return f"{self.issuer}|{self.subject}" if self.subject else ""


def verify(token: str, issuer: Issuer, endpoints: Endpoints, *, nonce: str, keys: KeyStore, now: float) -> User:
    """The user of a valid id_token. Raises IdentityRefused with what is wrong, EhrUnavailable without keys."""
    claims = signed_claims(token, endpoints, keys)
    _check_audience(claims, issuer.client_id)
    _check_times(claims, now)
    _check_nonce(claims, nonce, issuer.nonce_required)
    return User(
        issuer=claims["iss"],
        subject=claims["sub"],
        reference=_user_reference(claims.get("fhirUser"), endpoints.base),
        name=clean(claims["name"], 200) if isinstance(claims.get("name"), str) else "",
    )


def _user_reference(claim: Any, base: str) -> str:
    """``Practitioner/12``; empty where it cannot be told who it is. Raises IdentityRefused for somebody who may be a
    patient: of whom nothing is known may look, and a patient must not pass for that by an address we cannot read."""
    if not isinstance(claim, str):
        return ""
    found = trusted_reference(claim, base, USER_TYPES)
    if not found and _NO_CLINICIAN.search(claim):
        raise IdentityRefused("The EHR says who you are by the record of a person that does not lie in this EHR.")
    return found


def signed_claims(token: str, endpoints: Endpoints, keys: KeyStore) -> dict[str, Any]:
    """Claims of a token whose signature, issuer and subject hold; nothing else is checked. Raises IdentityRefused."""
    if not endpoints.id_token_issuer or not endpoints.jwks:
        raise IdentityRefused("The EHR sent an identity token but publishes no keys to check it with.")
    try:
        header = token_part(token)
    except ValueError as error:
        raise IdentityRefused("The identity token cannot be read.") from error
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise IdentityRefused(
            f"The identity token is signed in a way that is not accepted; these are: {', '.join(ALGORITHMS)}."
        )
    claims = _decode(token, algorithm, header.get("kid"), endpoints.jwks, keys)
    if claims.get("iss") not in _names_of(endpoints):
        raise IdentityRefused(
            "The identity token comes from another issuer than this EHR's. If the EHR cannot name the one it "
            "publishes, Loadpath's administrator can declare the other as id_token_issuer in the issuers file."
        )
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise IdentityRefused("The identity token names no subject.")
    return claims


def _names_of(endpoints: Endpoints) -> tuple[str, ...]:
    """The iss of this EHR's tokens: exactly its issuer, or what the administrator says it is.

    The SMART Health IT launcher publishes ``X/fhir`` and signs ``X/auth/fhir`` (smart-launcher-v2, issue 22 and
    token.ts), with the keys it publishes: where an EHR is laid out just so, both are its name (decision 0015).
    """
    name = endpoints.id_token_issuer
    place = name.removesuffix("/fhir")
    if name == endpoints.issuer == f"{place}/fhir" and endpoints.token == f"{place}/auth/token":
        return (name, f"{place}/auth/fhir")
    return (name,)


def _decode(token: str, algorithm: str, kid: Any, url: str, keys: KeyStore) -> dict[str, Any]:
    from joserfc import jwt  # noqa: PLC0415 -- slow

    for published in (keys.keys, keys.newer):
        for key in candidates(published(url), algorithm, kid):
            try:
                return dict(jwt.decode(token, key, algorithms=[algorithm]).claims)
            except (JoseError, ValueError, TypeError):
                continue
    raise IdentityRefused("The identity token's signature does not fit the EHR's keys.")


def candidates(jwks: tuple[Mapping[str, Any], ...], algorithm: str, kid: Any) -> "list[RSAKey | ECKey]":
    """Keys that may have made the signature: of the right kind, for signing; by kid where header and keys have any."""
    from joserfc.jwk import ECKey, RSAKey  # noqa: PLC0415 -- slow

    kind = RSAKey if ALGORITHMS[algorithm] == "RSA" else ECKey
    named = kid is not None and any(jwk.get("kid") for jwk in jwks)
    found: list[RSAKey | ECKey] = []
    for jwk in jwks:
        fits = (
            jwk.get("kty") == kind.key_type
            and (jwk.get("use") or "sig") == "sig"
            and (jwk.get("alg") or algorithm) == algorithm
            and (jwk.get("kid") == kid or not named)
            and (jwk.get("crv") or None) == _CURVES.get(algorithm)
        )
        if fits:
            try:
                public = {k: v for k, v in jwk.items() if k in ("kty", "n", "e", "crv", "x", "y") and v}
                found.append(kind.import_key(public))
            except (JoseError, ValueError, TypeError, KeyError):
                continue
    return found


def token_part(token: str, which: int = 0) -> dict[str, Any]:
    """The header (0) or the claims (1) of a signed JWT as they stand there, unverified. Raises ValueError."""
    parts = token.split(".")
    if len(parts) != 3:
        raise ValueError("it has not three parts")
    try:
        part = parts[which].encode("ascii")
        found = json.loads(base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4)))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(found, dict):
        raise ValueError("it is no object")
    return found


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims.get("aud")
    everyone = audience if isinstance(audience, list) else [audience]
    if client_id not in everyone:
        raise IdentityRefused("The identity token was made for another application.")
    if claims.get("azp") != client_id and (len(everyone) > 1 or "azp" in claims):
        raise IdentityRefused("The identity token was made for several applications and does not say for which one.")


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    if not all(is_time(claims.get(name)) for name in ("exp", "iat")) or not is_time(claims.get("nbf", 0)):
        raise IdentityRefused("The identity token does not say when it was made and when it ends.")
    if claims["exp"] <= now - LEEWAY:
        raise IdentityRefused(_by_the_clock("has expired", claims["exp"], now), who=Who.SITE)
    if max(claims["iat"], claims.get("nbf", 0)) > now + LEEWAY:
        dated = max(claims["iat"], claims.get("nbf", 0))
        raise IdentityRefused(_by_the_clock("is dated in the future", dated, now), who=Who.SITE)


def _by_the_clock(what: str, at: float, now: float) -> str:
    """Both times: whoever compares them with a right clock sees which machine is wrong."""
    there, here = (f"{time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(second))} UTC" for second in (at, now))
    return (
        f"The identity token {what}: it says {there}, and the clock of Loadpath's server says {here}. If that clock is "
        f"right, the EHR's is wrong."
    )


def is_time(value: Any) -> bool:
    """Whether this may stand for a moment in a token: a number that is no truth value, not NaN, not infinite."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12


def _check_nonce(claims: Mapping[str, Any], nonce: str, required: bool) -> None:
    found = claims.get("nonce")
    if found is None and not required:
        return
    if found is None:
        raise IdentityRefused(
            "The identity token does not belong to this launch, as far as it says: it has no nonce. If the EHR cannot "
            "send one, Loadpath's administrator can declare nonce_required = false in the issuers file."
        )
    if found != nonce:
        raise IdentityRefused("The identity token does not belong to this launch.")
