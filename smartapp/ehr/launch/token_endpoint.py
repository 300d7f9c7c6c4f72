"""The EHR's token endpoint: a code or a refresh token -> a checked token answer, by Authlib's client side.

Each request is sent once: a code exchange and a refresh can both not be repeated safely.
"""

import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote_plus

from authlib.common.urls import add_params_to_qs  # type: ignore[import-untyped]
from authlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]
from authlib.oauth2.client import OAuth2Client  # type: ignore[import-untyped]

from smartapp.core.quotes import quoted
from smartapp.ehr.addresses import trusted_reference
from smartapp.ehr.answer import HttpResponse
from smartapp.ehr.http_client import HttpClient, TokenSession
from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.connection import Pending, Tokens
from smartapp.ehr.launch.discovery import Endpoints
from smartapp.ehr.launch.keys import Keys, client_assertion
from smartapp.errors import (
    NEXT,
    EhrError,
    EhrForbidden,
    EhrUnavailable,
    LaunchError,
    LaunchRefused,
    LoadpathError,
    SessionEnded,
    Who,
)
from smartapp.fhir.outcomes import plain

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ENDED = frozenset({"invalid_grant", "access_denied", "unauthorized_client"})
_CLIENT_FAULTS = frozenset({"invalid_client", "unauthorized_client"})
_STATED_EMPTY = "scope"  # an empty scope is an answer: nothing is granted. A scope of null is none
_PASSING = frozenset({"temporarily_unavailable", "server_error", "slow_down", "HTTP 408", "HTTP 425", "HTTP 429"})


class TokenRefused(LaunchError):
    title = "The EHR did not accept the sign-in"
    who = Who.EHR
    next_step = NEXT[who]


class SignInBroken(EhrUnavailable):
    """An answer of the token address that is none, and that waiting does not mend."""

    status = 502
    title = "The EHR's sign-in server does not answer as it should"
    who = Who.EHR
    next_step = NEXT[who]


class NotGranted(EhrForbidden):
    """Access without a person, which the issuers file says this EHR grants."""

    who = Who.SITE
    next_step = NEXT[who]


class _Client(OAuth2Client):  # type: ignore[misc]
    """Authlib's client, except that it does not interpret the answer: its own token class trips over odd ones."""

    fhir_base = ""

    def parse_response_token(self, resp: HttpResponse) -> dict[str, Any]:
        """The token answer as sent. Raises OAuth2Error, and ValueError for anything that is not one."""
        refused = 400 <= resp.status_code < 500
        try:
            sent = resp.json()  # whole: what is absent and what is empty is for _normalized to say
        except ValueError:
            sent = None
        answer = _normalized(sent, self.fhir_base) if isinstance(sent, dict) else {}
        if refused or (resp.ok and answer.get("error")):
            error = str(answer.get("error") or f"HTTP {resp.status_code}")
            raise OAuth2Error(error=error, description=str(answer.get("error_description") or ""))
        if not resp.ok or not answer:
            raise ValueError(f"HTTP {resp.status_code}")
        return answer


class TokenEndpoint:
    def __init__(self, http_client: HttpClient, keys: Keys, clock: Callable[[], float] = time.time):
        self._http_client, self._keys, self._clock = http_client, keys, clock

    def exchange(self, issuer: Issuer, pending: Pending, code: str) -> dict[str, Any]:
        """The token answer for a code. Raises TokenRefused, LaunchRefused, EhrUnavailable."""
        client = self._client(issuer, pending.endpoints)
        try:
            answer: dict[str, Any] = client.fetch_token(
                pending.endpoints.token, grant_type="authorization_code", code=code,
                redirect_uri=pending.redirect_uri, code_verifier=pending.verifier,
            )  # fmt: skip
        except OAuth2Error as error:
            raise _refused(error) from None  # the cause would carry the code in its frames
        except ValueError as error:
            raise _no_answer(error) from None
        _check(answer)
        return answer

    def refresh(self, issuer: Issuer, endpoints: Endpoints, tokens: Tokens) -> dict[str, Any]:
        """The token answer for a refresh token. Raises SessionEnded if it is used up, EhrUnavailable otherwise."""
        if not tokens.refresh:
            raise SessionEnded("Access to the EHR has ended, and the EHR gave no way to renew it.")
        client = self._client(issuer, endpoints)
        try:
            answer: dict[str, Any] = client.fetch_token(
                endpoints.token, grant_type="refresh_token", refresh_token=tokens.refresh
            )
        except OAuth2Error as error:
            if error.error in _ENDED or error.error in _CLIENT_FAULTS:  # by the error, never by the HTTP status
                raise SessionEnded("The EHR has ended this session's access.") from None
            raise _not_renewed(error) from None
        except ValueError as error:
            raise _no_answer(error) from None
        _check(answer)
        return answer

    def by_itself(self, issuer: Issuer, endpoints: Endpoints, scope: str) -> dict[str, Any]:
        """The token answer without a person (SMART Backend Services), for an issuer as it is asked then.

        Raises EhrUnavailable, NotGranted.
        """
        client = self._client(issuer, endpoints)
        try:
            answer: dict[str, Any] = client.fetch_token(endpoints.token, grant_type="client_credentials", scope=scope)
        except OAuth2Error as error:
            if error.error in _PASSING:
                raise EhrUnavailable("The EHR's sign-in server is too busy to answer.") from None
            raise NotGranted(f"The EHR does not grant Loadpath access of its own ({error.error}).") from None
        except ValueError as error:
            raise _no_answer(error) from None
        _check(answer)
        return answer

    def revoke(self, issuer: Issuer, endpoints: Endpoints, tokens: Tokens) -> bool:
        """Tell the EHR that the tokens are done with. False if it does not offer that or did not answer: no matter."""
        if not endpoints.revocation:
            return False
        client = self._client(issuer, endpoints)
        try:
            for token, kind in ((tokens.refresh, "refresh_token"), (tokens.access, "access_token")):
                if token:
                    answer: HttpResponse = client.revoke_token(endpoints.revocation, token=token, token_type_hint=kind)
                    if not answer.ok:
                        return False
        except (EhrError, ValueError, OAuth2Error):
            return False
        return True

    def _client(self, issuer: Issuer, endpoints: Endpoints) -> _Client:
        method = _METHODS.get((issuer.auth, issuer.basic_encoding), issuer.auth)
        client = _Client(
            TokenSession(self._http_client), client_id=issuer.client_id, client_secret=issuer.client_secret or None,
            token_endpoint_auth_method=method, revocation_endpoint_auth_method=method,
        )  # fmt: skip
        client.fhir_base = endpoints.base
        client.register_client_auth_method(("basic_form", _basic_form))
        client.register_client_auth_method(("private_key_jwt", self._assert(issuer, endpoints.token)))
        return client

    def _assert(self, issuer: Issuer, token_url: str) -> Callable[..., tuple[str, dict[str, str], str]]:
        """Signs for the token address saved with this launch, which belongs to the EHR the client_id is for."""

        def sign(
            auth: Any, method: str, uri: str, headers: dict[str, str], body: str
        ) -> tuple[str, dict[str, str], str]:
            now = self._clock()
            key = self._keys.for_issuer(issuer, now)
            proof = client_assertion(key, issuer, token_url, now)
            params = [("client_assertion_type", ASSERTION), ("client_assertion", proof)]
            return uri, headers, add_params_to_qs(body or "", params)

        return sign


_METHODS: Mapping[tuple[str, str], str] = {
    ("public", "raw"): "none", ("public", "form"): "none", ("client_secret_basic", "form"): "basic_form",
}  # fmt: skip


def _basic_form(auth: Any, method: str, uri: str, headers: dict[str, str], body: str) -> Any:
    """RFC 6749 2.3.1 to the letter: id and secret are form-encoded before they are joined."""
    pair = f"{quote_plus(auth.client_id)}:{quote_plus(auth.client_secret)}"
    return uri, {**headers, "Authorization": f"Basic {b64encode(pair.encode()).decode()}"}, body


def _check(answer: Mapping[str, Any]) -> None:
    """What every token answer must have (SMART T-8). A scope left out is the one asked for (RFC 6749, 5.1)."""
    token, kind = answer.get("access_token"), answer.get("token_type")
    if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token or " " in token:
        raise TokenRefused("The EHR's answer holds no usable access token.")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise TokenRefused("The EHR's answer holds a kind of token that cannot be used.")
    if not isinstance(answer.get("scope", ""), str):
        raise TokenRefused("The EHR's answer says what it grants in a form that is not understood.")
    if not isinstance(answer.get("refresh_token", ""), str):
        raise TokenRefused("The EHR's answer holds an unusable refresh token.")


def _refused(error: OAuth2Error) -> LoadpathError:
    said = plain(str(error.description or ""))
    tail = f" It said: {quoted(said)}" if said else ""
    if error.error in _CLIENT_FAULTS:
        return LaunchRefused(
            (
                "The EHR does not know this registration of Loadpath, or refused its credentials: client_id, auth, "
                f"and the secret or key of the issuers file must be those registered with the EHR.{tail}"
            ),
            who=Who.SITE,
        )
    if error.error == "invalid_grant":
        return TokenRefused(f"The EHR says this launch was used already or has expired.{tail}", who=Who.YOU)
    if error.error in _PASSING:
        return EhrUnavailable(f"The EHR's sign-in server is too busy to answer.{tail}", who=Who.TIME)
    return TokenRefused(f"The EHR refused the sign-in.{tail}")


def _not_renewed(error: OAuth2Error) -> EhrUnavailable:
    if error.error in _PASSING:
        return EhrUnavailable("The EHR could not renew access right now.")
    return SignInBroken("The EHR refused to renew access, without saying that access has ended.")


def _no_answer(error: ValueError) -> EhrUnavailable:
    """Of a server that fails now, or of one that will always answer so: only the first passes by itself."""
    words = "The EHR's sign-in server did not answer as it should."
    return EhrUnavailable(words) if str(error).startswith("HTTP 5") else SignInBroken(words)


def _normalized(answer: Mapping[str, Any], base: str) -> dict[str, Any]:
    """A token answer as some EHR sent it -> the same in the one form everything behind it knows.

    Servers send null for what they leave out, an id as a reference, a list where a text belongs and numbers as text.
    What is none of these stays as it was, so that whoever needs it can say that it is not understood. ``base``: the
    FHIR base under which patient and encounter may be named in full.
    """
    found = {key: value for key, value in _present(answer).items() if key != _STATED_EMPTY}
    if (scope := _scope(answer.get(_STATED_EMPTY))) is not None:
        found[_STATED_EMPTY] = scope
    for name, kind in (("patient", "Patient"), ("encounter", "Encounter")):
        if name in found:
            found[name] = _id(found[name], kind, base)
    if "expires_in" in found:
        found["expires_in"] = _number(found["expires_in"])
    return found


def _present(value: Any) -> Any:
    """Without keys that hold nothing: null, an empty text, list or object, or a list of nulls; at every depth."""
    if isinstance(value, Mapping):
        return {key: kept for key, inner in value.items() if (kept := _present(inner)) not in (None, "", {}, [])}
    if isinstance(value, list):
        return [kept for inner in value if (kept := _present(inner)) not in (None, {}, [])]
    return value


def _scope(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " ".join(value)
    return None if isinstance(value, list | Mapping) and not _present(value) else value


def _id(value: Any, kind: str, base: str) -> Any:
    """The id of ``Patient/x``, of its address under the base, or of a number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    named = trusted_reference(value, base, frozenset({kind})) if isinstance(value, str) and "/" in value else ""
    return named.partition("/")[2] or value


def _number(value: Any) -> Any:
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return value
