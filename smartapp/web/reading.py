"""A finished launch -> its chart in the store, read in the background in one wave, with progress for the page.

Whatever worker serves the next request finds the result in the store; the one that reads keeps the future as well, so
that its own page need not ask the store. A wave that nobody finished (a worker died) is started again.
"""

import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, field
from typing import Any

from smartapp.ehr.audited_client import Keep, WitnessedClient
from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetch import Progress, WaveResult, start_wave
from smartapp.ehr.launch.connection import Connection
from smartapp.ehr.launch.smart import SessionSwitched
from smartapp.ehr.launch.tokens import TokenKeeper
from smartapp.ehr.together import told
from smartapp.errors import (
    EhrError,
    EhrForbidden,
    EhrRejected,
    EhrUnavailable,
    LaunchForged,
    LoadpathError,
    ReadingFailed,
    SessionEnded,
)
from smartapp.fhir.audit_event import Event
from smartapp.fhir.read import searches
from smartapp.fhir.read.user import UserRecord, read_user
from smartapp.web.audit import keep, scenes
from smartapp.web.wiring import Wiring

DEAD_AFTER = 90.0  # seconds without a result after which a wave counts as lost (ours)
SAVE_AGAIN = 0.5  # seconds after which a store that failed is asked once more to keep a chart (ours)
NOTE_EVERY = 0.25  # seconds between two notes of progress in the store (ours)
# What a wave may end with: a page that comes too late to see the error itself must say the same.
_ERRORS: Mapping[str, type[LoadpathError]] = {
    error.__name__: error
    for error in (
        EhrError,
        EhrForbidden,
        EhrRejected,
        EhrUnavailable,
        LaunchForged,
        ReadingFailed,
        SessionEnded,
        SessionSwitched,
    )
}


@dataclass(frozen=True)
class Read:
    """A chart as read: the wave, and the user who launched, as far as the EHR tells."""

    wave: WaveResult
    user: UserRecord  # Practitioner or PractitionerRole
    at: float  # seconds since the epoch


@dataclass
class _Running:
    """One wave under way in this process."""

    started: float
    parts: dict[str, list[Any]] = field(default_factory=dict)
    noted: float = 0.0
    events: list[Event] = field(default_factory=list)  # of the audit trail, kept in one step before the chart is
    lock: threading.Lock = field(default_factory=threading.Lock)

    def saw(self, events: tuple[Event, ...]) -> None:
        with self.lock:
            self.events.extend(events)

    def to_json(self) -> dict[str, Any]:
        return {"started": self.started, "parts": self.parts}


class Readings:
    """The waves of this process."""

    def __init__(self, made: Wiring):
        self._made = made
        self.searches = searches(made.knowledge.codes)
        self._futures: dict[str, Future[Read]] = {}
        self._unnoted: dict[str, LoadpathError] = {}  # ends the store could not keep, until the next start
        self._lock = threading.Lock()

    def client(self, launch_id: str, connection: Connection, witness: Keep | None = None) -> FhirClient:
        """A client of this session. What it does is in the audit trail at once, unless a ``witness`` sees to that."""
        made = self._made
        keeper = TokenKeeper(made.store.tokens, made.smart, launch_id, connection, made.clock)
        return WitnessedClient(
            made.http_client, connection.iss, keeper, made.settings.pages,
            audit_context=scenes(made, connection), keep=witness or (lambda events: keep(made, events)),
        )  # fmt: skip

    def start(self, launch_id: str, connection: Connection) -> "Future[Read]":
        """Begin a wave for this launch, or join the one under way here. Its future always comes to an end."""
        with self._lock:
            if launch_id in self._futures:
                return self._futures[launch_id]
            done: Future[Read] = Future()
            self._futures[launch_id] = done
            self._unnoted.pop(launch_id, None)
        running = _Running(self._made.clock())
        try:
            self._begin(launch_id, connection, running, done)
        except Exception as error:
            self._end(launch_id, running, done, told(error))
        return done

    def _begin(self, launch_id: str, connection: Connection, running: _Running, done: "Future[Read]") -> None:
        self._save(launch_id, running.to_json())
        client = self.client(launch_id, connection, running.saw)
        user = self._user(client, connection)
        issuer = self._made.smart.issuer_of(connection.issuer)
        wave = start_wave(
            client, connection.context.patient, self.searches, self._made.executor,
            lambda progress: self._note(launch_id, running, progress),
            batch=issuer.batch and self._made.capabilities.of(issuer).batch,
            includes=self._made.capabilities.known(issuer).includes,
        )  # fmt: skip
        # Off the chain: kept for as long as the EHR's configuration, so that signing need not wait for it.
        self._made.executor.submit(self._made.capabilities.of, issuer)
        wave.add_done_callback(
            lambda _: user.add_done_callback(lambda _: self._finish(launch_id, running, wave, user, done))
        )

    def user(self, launch_id: str, connection: Connection) -> UserRecord:
        """The record behind fhirUser; empty where the EHR does not show it."""
        kind, _, id_ = connection.user.reference.partition("/")
        return read_user(_fetch_user(self.client(launch_id, connection), kind, id_))

    def wait(self, launch_id: str, seconds: float) -> Read | None:
        """The result of a wave of this process, if it comes in time. Raises what made it fail."""
        with self._lock:
            future, unnoted = self._futures.get(launch_id), self._unnoted.get(launch_id)
        if future is None and unnoted is not None:
            raise unnoted
        if future is None:
            return None
        try:
            return future.result(timeout=seconds)
        except TooLate:
            return None

    def load(self, launch_id: str) -> Read | None:
        kept = self._made.store.sessions.load_chart(launch_id)
        if kept is None:
            return None
        value, at = kept
        wave, user = value["wave"], value["person"]
        if not isinstance(wave, dict):
            return None
        return Read(WaveResult.from_json(wave), read_user(user if isinstance(user, dict) else None), at)

    def is_lost(self, reading: Mapping[str, Any] | None) -> bool:
        return reading is None or self._made.clock() - reading["started"] > DEAD_AFTER

    def _user(self, client: FhirClient, connection: Connection) -> "Future[Mapping[str, object] | None]":
        """The record behind fhirUser, where the token says too little about the person: a name, a role's code."""
        kind, _, id_ = connection.user.reference.partition("/")
        if not id_ or (connection.user.name and kind != "PractitionerRole"):
            nobody: Future[Mapping[str, object] | None] = Future()
            nobody.set_result(None)
            return nobody
        return self._made.executor.submit(_fetch_user, client, kind, id_)

    def _note(self, launch_id: str, running: _Running, progress: Progress) -> None:
        with running.lock:
            running.parts[progress.label] = [progress.count, progress.problem]
            now = self._made.clock()
            if now - running.noted < NOTE_EVERY:
                return
            running.noted = now
            note = {"started": running.started, "parts": dict(running.parts)}
        self._save(launch_id, note)

    def _save(self, launch_id: str, note: Mapping[str, Any]) -> bool:
        """Whether the store has taken a note of progress: without it the reading goes on."""
        try:
            self._made.store.sessions.save_reading(launch_id, note)
        except Exception as error:
            told(error)
            return False
        return True

    def _witnessed(self, running: _Running) -> None:
        with running.lock:
            events, running.events = running.events, []
        keep(self._made, events)

    def _finish(
        self,
        launch_id: str,
        running: _Running,
        wave: "Future[WaveResult]",
        user: "Future[Mapping[str, object] | None]",
        done: "Future[Read]",
    ) -> None:
        try:
            self._witnessed(running)
            who, found = user.result(), wave.result()  # in this order: see _fetch_user
            at = self._keep(launch_id, {"wave": found.to_json(), "person": who})
        except Exception as error:
            self._end(launch_id, running, done, told(error))
            return
        self._forget(launch_id)
        done.set_result(Read(found, read_user(who), at))

    def _keep(self, launch_id: str, value: Mapping[str, Any]) -> float:
        """Save the chart, a second time after a moment: reading it again would cost more."""
        try:
            return self._made.store.sessions.save_chart(launch_id, value)
        except Exception as error:
            told(error)
            time.sleep(SAVE_AGAIN)
            return self._made.store.sessions.save_chart(launch_id, value)

    def _end(self, launch_id: str, running: _Running, done: "Future[Read]", error: LoadpathError) -> None:
        """The reading failed: noted for the pages to come, in this process where the store takes no note."""
        noted = self._save(launch_id, {**running.to_json(), "failed": [_kind(error), str(error)]})
        if isinstance(error, SessionEnded):  # whom the EHR lets see nothing, we show nothing any more
            try:
                self._made.store.sessions.drop_chart(launch_id)
            except Exception as fault:
                told(fault)
        if not noted:
            with self._lock:
                self._unnoted[launch_id] = error
        self._forget(launch_id)
        done.set_exception(error)

    def _forget(self, launch_id: str) -> None:
        with self._lock:
            self._futures.pop(launch_id, None)


def _kind(error: LoadpathError) -> str:
    """The name of the nearest error of the table."""
    return next((known.__name__ for known in type(error).__mro__ if known.__name__ in _ERRORS), EhrError.__name__)


def failure(reading: Mapping[str, Any] | None) -> LoadpathError | None:
    """The error a wave ended with, as noted in the store."""
    if not reading or "failed" not in reading:
        return None
    kind, text = reading["failed"]
    return _ERRORS.get(kind, EhrError)(text)


def _fetch_user(client: FhirClient, kind: str, id_: str) -> Mapping[str, object] | None:
    """None where the EHR does not show it: the name is then missing, nothing else.

    Raises LaunchForged: whoever renews access first learns that the session was switched, the wave only that it ended.
    """
    try:
        return client.read(kind, id_)
    except LaunchForged:
        raise
    except Exception as error:
        told(error)
        return None
