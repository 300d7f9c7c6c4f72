"""What the authorization server remembers: launches, codes, tokens. In memory only; a restart forgets every secret."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, TokenMixin

from .people import USERS, User

KEEP_SECONDS = 3600


@dataclass(frozen=True)
class Launch:
    """One opening of the app from a chart: who, on whom, how. The token is all the app ever sees of it."""

    token: str
    patient: str
    user: User
    expires: float
    client_id: str | None = None
    context: dict[str, Any] = field(default_factory=dict)


@dataclass
class Grant:
    """One approval by one user. Every code and token that stems from it lives and dies with it."""

    client_id: str
    user: User
    scope: str
    patient: str | None
    context: dict[str, Any]
    revoked: bool = False
    faults_fired: int = 0
    wrote: float | None = None

    @property
    def refreshable(self) -> bool:
        return bool({"online_access", "offline_access"} & set(self.scope.split()))


@dataclass
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """An authorization code: one use, one minute."""

    code: str
    grant: Grant
    redirect_uri: str
    code_challenge: str
    code_challenge_method: str
    nonce: str | None
    auth_time: int
    expires: float
    spent: bool = False

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.grant.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> None:
        """No authentication class is claimed."""

    def get_amr(self) -> None:
        """No authentication method is claimed."""


@dataclass
class Token(TokenMixin):  # type: ignore[misc]
    """An access token, with the refresh token issued beside it."""

    access_token: str
    refresh_token: str | None
    grant: Grant
    scope: str
    issued_at: int
    expires_in: int
    clock: Callable[[], float]
    revoked: bool = False
    refresh_spent: bool = False

    def check_client(self, client: Any) -> bool:
        return bool(client.client_id == self.grant.client_id)

    def get_scope(self) -> str:
        return self.scope

    def get_expires_in(self) -> int:
        return self.expires_in

    def is_expired(self) -> bool:
        return self.clock() >= self.issued_at + self.expires_in

    def is_revoked(self) -> bool:
        return self.revoked or self.grant.revoked

    def get_user(self) -> User:
        return self.grant.user

    @property
    def live(self) -> bool:
        return not self.is_expired() and not self.is_revoked()


class Ledger:
    """Everything issued, with the rules of single use. Safe to call from several threads."""

    def __init__(self, clock: Callable[[], float]):
        self.clock = clock
        self._lock = threading.Lock()
        self._launches: dict[str, Launch] = {}
        self._codes: dict[str, Code] = {}
        self._by_access: dict[str, Token] = {}
        self._by_refresh: dict[str, Token] = {}
        self._nonces: set[tuple[str, str]] = set()
        self._assertions: dict[tuple[str, str], float] = {}
        self._consents: dict[tuple[str, str], frozenset[str]] = {}

    def open_launch(
        self, patient: str, user_id: str, seconds: float, client_id: str | None, context: dict[str, Any]
    ) -> str:
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._prune()
            user = USERS[user_id].at(patient)
            self._launches[token] = Launch(token, patient, user, self.clock() + seconds, client_id, context)
        return token

    def launch(self, token: str, client_id: str) -> Launch | None:
        found = self._launches.get(token)
        if found is None or found.expires < self.clock() or found.client_id not in {None, client_id}:
            return None
        return found

    def add_code(self, code: Code) -> None:
        with self._lock:
            self._codes[code.code] = code

    def spend_code(self, text: str, client_id: str) -> Code | None:
        """The code, once. A second try is a theft alarm: everything issued from it is revoked (RFC 6749 4.1.2)."""
        with self._lock:
            code = self._codes.get(text)
            if code is None or code.grant.client_id != client_id:
                return None
            if code.spent:
                code.grant.revoked = True
                return None
            code.spent = True
            if code.nonce:
                self._nonces.add((client_id, code.nonce))
            return code if code.expires >= self.clock() else None

    def nonce_used(self, client_id: str, nonce: str) -> bool:
        return (client_id, nonce) in self._nonces

    def assertion_is_new(self, client_id: str, jti: str, expires: float) -> bool:
        with self._lock:
            if (client_id, jti) in self._assertions:
                return False
            self._assertions[client_id, jti] = expires
            return True

    def add_token(self, token: Token) -> None:
        with self._lock:
            self._by_access[token.access_token] = token
            if token.refresh_token:
                self._by_refresh[token.refresh_token] = token

    def by_access(self, text: str) -> Token | None:
        return self._by_access.get(text)

    def by_refresh(self, text: str) -> Token | None:
        return self._by_refresh.get(text)

    def spend_refresh(self, token: Token) -> bool:
        """True the first time. A second use revokes the whole grant: one of the two users stole it (RFC 9700 4.14)."""
        with self._lock:
            if token.refresh_spent or token.is_revoked():
                token.grant.revoked = True
                return False
            token.refresh_spent = True
            return True

    def count_fault(self, grant: Grant) -> int:
        """How often the fault of this grant was fired, this time included."""
        with self._lock:
            grant.faults_fired += 1
            return grant.faults_fired

    def end_session(self, user_id: str) -> None:
        """The user leaves the EHR: what was granted for online access only ends now."""
        with self._lock:
            for token in self._by_access.values():
                if token.grant.user.id == user_id and "offline_access" not in token.grant.scope.split():
                    token.grant.revoked = True

    def remember_consent(self, user_id: str, client_id: str, scope: str) -> None:
        with self._lock:
            before = self._consents.get((user_id, client_id), frozenset())
            self._consents[user_id, client_id] = before | set(scope.split())

    def has_consent(self, user_id: str, client_id: str, scope: str) -> bool:
        return set(scope.split()) <= self._consents.get((user_id, client_id), frozenset())

    def issued(self) -> set[str]:
        """Every secret of ours that is still known: launches, codes, tokens."""
        with self._lock:
            return {*self._launches, *self._codes, *self._by_access, *self._by_refresh}

    def _prune(self) -> None:
        """Forget what can no longer matter, so a long demo does not grow without end."""
        now = self.clock()
        self._launches = {k: v for k, v in self._launches.items() if v.expires > now}
        self._codes = {k: v for k, v in self._codes.items() if v.expires > now - KEEP_SECONDS}
        self._assertions = {k: v for k, v in self._assertions.items() if v > now - KEEP_SECONDS}
        self._by_access = {k: v for k, v in self._by_access.items() if v.issued_at + v.expires_in > now - KEEP_SECONDS}
