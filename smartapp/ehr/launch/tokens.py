"""Keeps one session's access token alive: renewed before its end and after a 401, by one worker at a time.

A refresh token must never be used twice (rotation ends the whole grant), so the right to use it is claimed in the
store's row of this session, across threads and worker processes; the others wait for the new token (SMART R2).
"""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from smartapp.ehr.launch.connection import Connection, Tokens
from smartapp.errors import EhrUnavailable, LaunchError, LaunchForged, SessionEnded

_POLL = 0.05  # seconds between two looks at a token somebody else is renewing
_WAIT = 30.0  # seconds to wait for it at most: longer than one token request may take


class SessionTokens(Protocol):
    """What the store offers for one session's tokens; ``version`` grows with every new set."""

    def load(self, launch_id: str) -> tuple[Mapping[str, Any], int]:
        """Raises SessionEnded if there are none."""
        ...

    def claim_refresh(self, launch_id: str, version: int) -> bool: ...

    def release_refresh(self, launch_id: str, version: int) -> None: ...

    def save(self, launch_id: str, tokens: Mapping[str, Any], version: int) -> None: ...

    def drop(self, launch_id: str) -> None: ...

    def end_session(self, launch_id: str) -> None: ...


class Renewer(Protocol):
    def refresh(self, connection: Connection, tokens: Tokens) -> Tokens: ...


class JustGranted:
    """The access token of a launch that is not in the store yet: for a look at who launched."""

    def __init__(self, access: str):
        self._access = access

    def current(self) -> str:
        return self._access

    def renew(self, refused: str) -> str:
        raise SessionEnded("The EHR does not take the access it has just granted.")


class OwnTokens:
    """Access of Loadpath itself, without a person: in memory only, asked for anew before its end and after a 401."""

    def __init__(self, ask: Callable[[], Tokens], clock: Callable[[], float] = time.time):
        self._ask, self._clock, self._lock = ask, clock, threading.Lock()
        self._tokens: Tokens | None = None

    def current(self) -> str:
        """Raises EhrUnavailable, EhrForbidden."""
        return self._current().access

    def scope(self) -> str:
        """What the EHR has granted. Raises EhrUnavailable, EhrForbidden."""
        return self._current().scope

    def _current(self) -> Tokens:
        with self._lock:
            if self._tokens is None or self._tokens.stale(self._clock()):
                self._tokens = self._ask()
            return self._tokens

    def renew(self, refused: str) -> str:
        with self._lock:
            if self._tokens is None or self._tokens.access == refused:
                self._tokens = self._ask()
            return self._tokens.access


class TokenKeeper:
    """The tokens of one session, for one request or one fetch of a chart. Safe to share between threads."""

    def __init__(
        self,
        store: SessionTokens,
        smart: Renewer,
        launch_id: str,
        connection: Connection,
        clock: Callable[[], float] = time.time,
    ):
        self._store, self._smart, self._launch_id, self._connection = store, smart, launch_id, connection
        self._clock = clock
        self._lock = threading.Lock()
        self._tokens: Tokens | None = None

    def current(self) -> str:
        """An access token that should still be good. Raises SessionEnded, EhrUnavailable."""
        with self._lock:
            if self._tokens is None:
                self._tokens = self._load()[0]
            tokens = self._tokens
        if not (tokens.refresh and tokens.stale(self._clock())):
            return tokens.access
        with self._lock:
            if self._tokens is tokens:  # by the set, not by its text: some EHRs answer with the same access token
                self._tokens = self._newer(lambda new: new.access != tokens.access or not new.stale(self._clock()))
            return self._tokens.access

    def renew(self, refused: str) -> str:
        """Another access token than the one the EHR refused. Raises SessionEnded, EhrUnavailable."""
        with self._lock:
            if self._tokens is None or self._tokens.access == refused:
                self._tokens = self._newer(lambda new: new.access != refused)
            return self._tokens.access

    def _newer(self, will_do: Callable[[Tokens], bool]) -> Tokens:
        """Tokens that somebody else has renewed meanwhile, if they will do; otherwise new ones."""
        give_up = time.monotonic() + _WAIT
        while True:
            tokens, version = self._load()
            if will_do(tokens):
                return tokens
            if self._store.claim_refresh(self._launch_id, version):
                return self._refresh(tokens, version)
            if time.monotonic() > give_up:
                raise EhrUnavailable("Access to the EHR could not be renewed in time.")
            time.sleep(_POLL)

    def _refresh(self, tokens: Tokens, version: int) -> Tokens:
        try:
            new = self._smart.refresh(self._connection, tokens)
        except LaunchForged:  # another patient or user: nothing of this session may be shown any more (X8)
            self._store.end_session(self._launch_id)
            raise
        except LaunchError:
            self._store.drop(self._launch_id)
            raise
        except Exception:
            self._store.release_refresh(self._launch_id, version)
            raise
        self._store.save(self._launch_id, new.to_json(), version + 1)
        return new

    def _load(self) -> tuple[Tokens, int]:
        tokens, version = self._store.load(self._launch_id)
        return Tokens.from_json(tokens), version
