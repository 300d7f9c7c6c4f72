"""A FHIR base -> the SMART endpoints of its EHR, checked against what the administrator allowed, and kept.

Sources: SMART App Launch 2.2, conformance (``/.well-known/smart-configuration``); OpenID Connect Discovery 1.0, 4.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smartapp.ehr.addresses import resolve, safe_scheme
from smartapp.ehr.answer import HttpResponse
from smartapp.ehr.http_client import HttpClient, TtlCache
from smartapp.ehr.issuers import Issuer
from smartapp.errors import NEXT, LaunchError, Who
from smartapp.settings import Settings

_JSON = {"Accept": "application/json"}
_MOST_BYTES = 1024 * 1024
_REQUIRED = ("authorization_endpoint", "token_endpoint")
_OPTIONAL = ("jwks_uri", "revocation_endpoint")  # introspection is not used, so its address is not even read (E1)


class DiscoveryFailed(LaunchError):
    """The EHR's configuration is missing, broken, or points where it must not."""

    status = 502
    title = "The EHR's sign-in configuration cannot be used"
    who = Who.EHR
    next_step = NEXT[who]


@dataclass(frozen=True)
class Endpoints:
    """What one launch uses, kept with it: later answers of the EHR cannot change it (SMART C7)."""

    base: str
    authorize: str
    token: str
    issuer: str = ""  # OpenID issuer; empty if the EHR has none
    id_token_issuer: str = ""  # the same, unless the administrator knows better
    jwks: str = ""
    revocation: str = ""
    iss_in_callback: bool = False  # RFC 9207: a callback without iss is an error
    capabilities: tuple[str, ...] = ()


class Discovery:
    def __init__(self, http_client: HttpClient, settings: Settings):
        self._http_client, self._settings = http_client, settings
        self._cache: TtlCache[Endpoints] = TtlCache(settings.discovery_seconds)

    def endpoints(self, issuer: Issuer, renew: bool = False) -> Endpoints:
        """The EHR's endpoints. Raises DiscoveryFailed, EhrUnavailable."""
        soon = self._settings.discovery_seconds / 2 if renew else None
        return self._cache.get(issuer.iss, lambda: self._fetch(issuer), soon)

    def doubt(self, issuer: Issuer) -> None:
        """What the EHR answered does not fit its configuration as kept: it may have changed."""
        self._cache.expire(issuer.iss)

    def _fetch(self, issuer: Issuer) -> Endpoints:
        document = self._document(f"{issuer.iss}/.well-known/smart-configuration", required=True)
        for name in _REQUIRED:
            if not isinstance(document.get(name), str) or not document[name].strip():
                raise DiscoveryFailed(f"The EHR's SMART configuration has no {name}.")
        _check_pkce(document, issuer.pkce)
        openid = self._openid(issuer, document)
        name_of_issuer = self._issuer_name(issuer, document, openid)
        found = {
            name: self._allowed(issuer, name, {**openid, **document}.get(name)) for name in (*_REQUIRED, *_OPTIONAL)
        }
        return Endpoints(
            base=issuer.iss,
            authorize=found["authorization_endpoint"],
            token=found["token_endpoint"],
            issuer=name_of_issuer,
            id_token_issuer=issuer.id_token_issuer or name_of_issuer,
            jwks=found["jwks_uri"],
            revocation=found["revocation_endpoint"],
            iss_in_callback=document.get("authorization_response_iss_parameter_supported") is True,
            capabilities=_texts(document.get("capabilities")),
        )

    def _openid(self, issuer: Issuer, document: Mapping[str, Any]) -> dict[str, Any]:
        """OpenID metadata, asked for only where the SMART configuration leaves issuer or keys out."""
        if document.get("jwks_uri") and document.get("issuer"):
            return {}
        place = str(document.get("issuer") or issuer.issuer or issuer.iss).rstrip("/")
        self._allowed(issuer, "issuer", place)
        found = self._document(f"{place}/.well-known/openid-configuration", required=False)
        if found and str(found.get("issuer", "")).rstrip("/") != place:
            raise DiscoveryFailed("The EHR's OpenID configuration names another issuer than the one it was read from.")
        return {name: found[name] for name in ("issuer", "jwks_uri") if name in found}

    def _issuer_name(self, issuer: Issuer, document: Mapping[str, Any], openid: Mapping[str, Any]) -> str:
        """As published; as the administrator wrote it where nothing is published; empty if neither says."""
        name = document.get("issuer") or openid.get("issuer") or issuer.issuer
        if not isinstance(name, str) or (issuer.issuer and name != issuer.issuer):
            raise DiscoveryFailed(
                "The EHR's configuration names another issuer than “issuer” in the issuers file.", who=Who.SITE
            )
        if name != issuer.issuer:
            self._allowed(issuer, "issuer", name)
        return name

    def _document(self, url: str, required: bool) -> dict[str, Any]:
        answer = self._http_client.send("GET", url, headers=_JSON, most_bytes=_MOST_BYTES)
        if answer.status_code != 200:
            if required or answer.status_code >= 500:
                raise _refusal(answer)
            return {}
        try:
            return answer.object()
        except ValueError as error:
            if required:
                raise DiscoveryFailed("The EHR's SMART configuration is not JSON.") from error
            return {}

    def _allowed(self, issuer: Issuer, name: str, value: Any) -> str:
        """The address, absolute; empty if not given. Raises DiscoveryFailed outside of the EHR's allowed hosts."""
        if not isinstance(value, str) or not value:
            return ""
        url = resolve(value, issuer.iss)
        if not issuer.may_reach(url):
            raise DiscoveryFailed(
                f"The EHR's {name} lies on a host that is not registered for it. "
                f"If it is right, add it to “hosts” in the issuers file.",
                who=Who.SITE,
            )
        if not safe_scheme(url, self._settings.dev_loopback) or "@" in url or "#" in url:
            raise DiscoveryFailed(f"The EHR's {name} is not a secure address.")
        return url


def _check_pkce(document: Mapping[str, Any], declared: str) -> None:
    """What an EHR publishes counts; of one that publishes nothing, its site may know that it takes S256."""
    published = _texts(document.get("code_challenge_methods_supported"))
    if "S256" in published or (declared == "S256" and not published):
        return
    if published:
        raise DiscoveryFailed("The EHR does not offer PKCE with S256, without which a launch is not safe.")
    raise DiscoveryFailed(
        "The EHR does not say whether it takes PKCE with S256, without which a launch is not safe. If its vendor "
        'confirms that it does, write pkce = "S256" into its table of the issuers file.',
        who=Who.SITE,
    )


def _refusal(answer: HttpResponse) -> DiscoveryFailed:
    if 300 <= answer.status_code < 400:
        return DiscoveryFailed("The EHR's SMART configuration has moved; redirects are not followed.")
    words = f"The EHR's SMART configuration could not be read (HTTP {answer.status_code})."
    return DiscoveryFailed(words, who=Who.TIME if answer.status_code >= 500 else Who.EHR)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
