"""SMART App Launch 2.2, the client's side: iss and launch -> authorize address -> callback -> :class:`Launched`.

Requirement ids (L1, A3, ...) are rows of the conformance table. Nothing here keeps state: what must survive between
two requests is in :class:`Pending`, :class:`Connection` and :class:`Tokens`, for the store to seal.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlsplit

from smartapp.ehr.http_client import HttpClient
from smartapp.ehr.issuers import Issuer, Issuers
from smartapp.ehr.launch import callback, scopes
from smartapp.ehr.launch.connection import REFERRALS, Connection, LaunchContext, Pending, Tokens
from smartapp.ehr.launch.discovery import Discovery
from smartapp.ehr.launch.id_token import IdentityRefused, User, signed_claims, verify
from smartapp.ehr.launch.keys import Keys, KeyStore
from smartapp.ehr.launch.tokens import OwnTokens
from smartapp.errors import EhrError, LaunchError, LaunchForged, LoadpathError, UnknownIssuer, Who
from smartapp.settings import Settings

if TYPE_CHECKING:
    from smartapp.ehr.launch.token_endpoint import TokenEndpoint

_LONGEST_LAUNCH = 8192  # characters of an opaque launch value; EHRs put whole tokens in there


@dataclass(frozen=True)
class Start:
    """Where to send the browser. ``form`` is set where the EHR prefers POST: post it to ``url`` instead (A12)."""

    url: str  # complete, for GET
    pending: Pending
    form: Mapping[str, str]  # the same parameters, for a form posted to ``form_url``
    form_url: str
    prefers_post: bool = False


@dataclass(frozen=True)
class Launched:
    """A finished launch: what to keep, both sealed."""

    connection: Connection
    tokens: Tokens


class SessionSwitched(LaunchForged):
    """A renewal that is about another patient or user than the launch was."""

    title = "The EHR has switched this session"


class Smart:
    """All launches of this process. ``clock`` gives seconds since the epoch."""

    def __init__(
        self,
        issuers: Issuers,
        http_client: HttpClient,
        keys: Keys,
        settings: Settings,
        clock: Callable[[], float] = time.time,
    ):
        self.issuers = issuers
        self._settings, self._clock = settings, clock
        self._http_client = http_client
        self._discovery = Discovery(http_client, settings)
        self._own_tokens: dict[tuple[str, str], OwnTokens] = {}
        self._keys, self._own_keys = KeyStore(http_client, settings), keys

    @cached_property
    def _tokens(self) -> "TokenEndpoint":
        from smartapp.ehr.launch.token_endpoint import TokenEndpoint  # noqa: PLC0415 -- slow

        return TokenEndpoint(self._http_client, self._own_keys, self._clock)

    def begin_launch(self, iss: str, launch: str) -> Start:
        """EHR launch (L1). Raises LaunchError, UnknownIssuer (no network call), DiscoveryFailed, EhrUnavailable."""
        if not iss or not launch:
            raise LaunchError(
                "An EHR opens this page with two parameters, iss and launch; one is missing. If you came from a chart, "
                "the EHR's registration of Loadpath is to be changed so that it sends both."
            )
        if len(launch) > _LONGEST_LAUNCH:
            raise LaunchError("The launch parameter is longer than any real one.", who=Who.EHR)
        return self._begin(self.issuers.find(iss), iss, launch)

    def begin_standalone(self, iss: str) -> Start:
        """Standalone launch at one of the EHRs in the issuers file, never at an address somebody typed (L4)."""
        issuer = self.issuers.find(iss)
        if not issuer.standalone:
            raise LaunchError("This EHR opens Loadpath from a chart only.")
        return self._begin(issuer, issuer.iss, None)

    def begin_referrals(self, iss: str) -> Start:
        """A coordinator's launch: at one of the EHRs in the issuers file, with no patient."""
        issuer = self.issuers.find(iss)
        if not issuer.roles.coordinators:
            raise LaunchError("This EHR has no coordinators in Loadpath.", who=Who.SITE)
        return self._begin(issuer, issuer.iss, None, REFERRALS)

    def state_of(self, params: Iterable[tuple[str, str]]) -> str:
        """The state of a callback, to find the pending launch by. ``params``: every pair, in order."""
        return callback.state_of(params)

    def finish(self, params: Iterable[tuple[str, str]], pending: Pending) -> Launched:
        """A callback and its pending launch, already taken out of the store (single use), into a finished launch.

        Raises LaunchForged, LaunchRefused, TokenRefused, IdentityRefused, PatientMissing, EhrUnavailable.
        """
        issuer = self.issuer_of(pending.issuer)
        try:
            code = callback.code_of(list(params), pending)
            answer = self._tokens.exchange(issuer, pending, code)
            user = self._user(answer, issuer, pending)
        except LaunchForged:
            self._discovery.doubt(issuer)
            raise
        asked = Tokens("", scope=pending.scope)  # what an answer without a scope has granted (RFC 6749, 5.1)
        tokens = Tokens.from_answer(answer, self._clock(), asked)
        context = LaunchContext("") if pending.purpose == REFERRALS else LaunchContext.from_answer(answer)
        connection = Connection(pending.issuer, issuer.iss, pending.endpoints, context, user, tokens.scope)
        return Launched(connection, tokens)

    def refresh(self, connection: Connection, tokens: Tokens) -> Tokens:
        """New tokens for old, once: call it through :class:`~smartapp.ehr.launch.tokens.TokenKeeper` only.

        Raises SessionEnded, EhrUnavailable, and LaunchForged if the EHR switches patient or user.
        """
        issuer = self.issuer_of(connection.issuer)
        try:
            answer = self._tokens.refresh(issuer, connection.endpoints, tokens)
        except LoadpathError:
            self._http_client.watch.renewed(issuer.key, well=False)
            raise
        self._http_client.watch.renewed(issuer.key, well=True)
        if answer.get("patient", connection.context.patient) != connection.context.patient:
            raise SessionSwitched("The EHR has switched this session to another patient.")
        self._check_same_user(answer.get("id_token"), connection)
        return Tokens.from_answer(answer, self._clock(), tokens)

    def by_itself(self, issuer: Issuer) -> OwnTokens:
        """Access of our own to an EHR whose table has a ``backend``; one for the whole process."""
        scope = issuer.backend.scopes if issuer.backend else ""
        return self._own(("backend", issuer.key), issuer.by_itself, lambda _: scope)

    def for_export(self, issuer: Issuer) -> OwnTokens:
        """The same to an EHR whose table has an ``export``."""
        return self._own(("export", issuer.key), issuer.exporting, partial(scopes.export_scope, issuer))

    def _own(self, key: tuple[str, str], issuer: Issuer, scope_for: Callable[[tuple[str, ...]], str]) -> OwnTokens:
        def ask() -> Tokens:
            endpoints = self._discovery.endpoints(issuer)
            scope = scope_for(endpoints.capabilities)
            answer = self._tokens.by_itself(issuer, endpoints, scope)
            return Tokens.from_answer(answer, self._clock(), Tokens("", scope=scope))

        return self._own_tokens.setdefault(key, OwnTokens(ask, self._clock))

    def revoke(self, connection: Connection, tokens: Tokens) -> bool:
        """Log out at the EHR as far as it offers that; never raises for the EHR's sake."""
        return self._tokens.revoke(self.issuer_of(connection.issuer), connection.endpoints, tokens)

    def issuer_of(self, key: str) -> Issuer:
        """The table of the issuers file a launch began with. Raises UnknownIssuer if it was removed since."""
        for issuer in self.issuers:
            if issuer.key == key:
                return issuer
        raise UnknownIssuer("This EHR is no longer in the list of registered EHRs.")

    def prefetch(self, also: Callable[[Issuer], object] = lambda issuer: None) -> None:
        """Fetch or renew every EHR's configuration and keys, and what ``also`` fetches. Failures wait for next time."""
        for issuer in self.issuers:
            try:
                endpoints = self._discovery.endpoints(issuer, renew=True)
                if endpoints.jwks:
                    self._keys.keys(endpoints.jwks, renew=True)
                also(issuer)
            except (EhrError, LaunchError):
                continue

    def keep_warm(
        self, stop: threading.Event, also: Callable[[Issuer], object] = lambda issuer: None
    ) -> threading.Thread:
        """Prefetch now and again, in the background, until ``stop`` is set."""

        def loop() -> None:
            while True:
                self.prefetch(also)
                if stop.wait(self._settings.discovery_seconds / 2):
                    return

        thread = threading.Thread(target=loop, name="smart-prefetch", daemon=True)
        thread.start()
        return thread

    def _begin(self, issuer: Issuer, aud: str, launch: str | None, purpose: str = "") -> Start:
        endpoints = self._discovery.endpoints(issuer)
        if purpose == REFERRALS:
            scope = scopes.referral_scope(issuer, endpoints.capabilities)
        else:
            scope = scopes.requested_scope(issuer, endpoints.capabilities, launch is not None)
        pending = Pending(
            issuer=issuer.key,
            aud=aud,
            state=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(64),
            nonce=secrets.token_urlsafe(32),
            redirect_uri=self._redirect_uri(issuer),
            scope=scope,
            endpoints=endpoints,
            purpose=purpose,
        )
        query = _authorize_query(issuer, pending, launch)
        url = f"{endpoints.authorize}{'&' if urlsplit(endpoints.authorize).query else '?'}{query}"
        prefers_post = "authorize-post" in endpoints.capabilities
        return Start(url, pending, dict(parse_qsl(query)), endpoints.authorize, prefers_post)

    def _redirect_uri(self, issuer: Issuer) -> str:
        shared = self._settings.redirect_uri
        return f"{shared}/{quote(issuer.key, safe='')}" if issuer.own_callback else shared

    def _user(self, answer: Mapping[str, Any], issuer: Issuer, pending: Pending) -> User:
        """Who it is. An EHR that did not grant openid gives nobody; one that did must prove it."""
        token = answer.get("id_token")
        if token is None and "openid" not in str(answer.get("scope", "")).split():
            return User()
        if not isinstance(token, str):
            raise IdentityRefused("The EHR granted “openid” but sent no identity token.")
        return verify(token, issuer, pending.endpoints, nonce=pending.nonce, keys=self._keys, now=self._clock())

    def _check_same_user(self, token: Any, connection: Connection) -> None:
        """A refreshed id_token is optional, and some servers leave out aud and nonce: only who it names counts (I7)."""
        if not isinstance(token, str) or not connection.user.subject:
            return
        try:
            claims = signed_claims(token, connection.endpoints, self._keys)
        except (IdentityRefused, EhrError):
            return
        if claims["sub"] != connection.user.subject:
            raise SessionSwitched("The EHR has switched this session to another user.")


def _authorize_query(issuer: Issuer, pending: Pending, launch: str | None) -> str:
    """A1: every parameter once. ``launch`` goes back byte for byte (L2); a standalone launch has none (L3)."""
    from authlib.oauth2.client import OAuth2Client  # type: ignore[import-untyped]  # noqa: PLC0415 -- slow

    client = OAuth2Client(
        None, client_id=issuer.client_id, redirect_uri=pending.redirect_uri, scope=pending.scope,
        code_challenge_method="S256",
    )  # fmt: skip
    address, _ = client.create_authorization_url(
        "", state=pending.state, code_verifier=pending.verifier, aud=pending.aud, nonce=pending.nonce, launch=launch
    )
    return str(address).removeprefix("?")
