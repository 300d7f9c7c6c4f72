"""A finished launch -> its chart in the store, fetched in the background, with progress for the page that waits.

Whatever worker serves the next request finds the chart in the store; the one that fetches keeps the future as well, so
that its own page need not ask the store. A fetch that nobody finished (a worker died) is started again.
"""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from smartapp import errors
from smartapp.ehr.bulkhead import Budget, Pools
from smartapp.ehr.client import AuditedClient, FhirClient, KeepEvents
from smartapp.ehr.fetch import ChartLoader, SearchEnded, as_loadpath_error
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.ehr.launch.connection import Connection, Stored
from smartapp.ehr.launch.smart import SessionSwitched
from smartapp.ehr.launch.tokens import TokenKeeper
from smartapp.errors import EhrError, LoadpathError, NotPermitted, SessionEnded, Who
from smartapp.fhir.audit_event import Event
from smartapp.fhir.read import searches
from smartapp.fhir.read.searches import Search, of_signed_plan
from smartapp.web.audit import keep, scenes
from smartapp.web.wiring import Wiring

DEAD_AFTER = 90.0  # seconds without a result after which a fetch counts as lost (ours)
SAVE_AGAIN = 0.5  # seconds after which a store that failed is asked once more to keep a chart (ours)
NOTE_EVERY = 0.25  # seconds between two notes of progress in the store (ours)
# What a fetch may end with: a page that comes too late to see the error itself must say the same.
_ERRORS: Mapping[str, type[LoadpathError]] = {
    kind.__name__: kind
    for kind in (*vars(errors).values(), SessionSwitched)
    if isinstance(kind, type) and issubclass(kind, LoadpathError)
}


@dataclass(frozen=True)
class FetchStatus(Stored):
    """How far a fetch is, or what it ended with, as the store keeps it for the pages that wait."""

    started: float
    parts: dict[str, tuple[int, str]] = field(default_factory=dict)  # label -> resources brought, or what was wrong
    error: str = ""  # its class, if it has failed
    words: str = ""
    who: str = ""  # can change it, if not who usually can: a certificate is not mended by waiting


class _Progress:
    """One fetch under way in this process."""

    def __init__(self, started: float):
        self.status = FetchStatus(started)
        self.events: list[Event] = []  # of the audit trail, kept in one step before the chart is
        self._noted, self._lock = 0.0, threading.Lock()

    def note(self, ended: SearchEnded, now: float) -> bool:
        """Whether the store should hear of it: not if it did only just now."""
        with self._lock:
            self.status = replace(self.status, parts={**self.status.parts, ended.label: (ended.count, ended.problem)})
            if due := now - self._noted >= NOTE_EVERY:
                self._noted = now
            return due


class Charts:
    """The charts this process is fetching, and those that are kept."""

    def __init__(self, made: Wiring):
        self._made = made
        self.searches = searches(made.knowledge.codes)
        self._of_signed_plan = of_signed_plan(made.knowledge.codes)
        self._loader = ChartLoader(made.pools)
        # Of their own: they wait for requests, which run in the threads of ``made.pools``.
        self._threads = Pools(made.settings.connections, "chart")
        self._fetching: dict[str, Future[FetchedChart]] = {}
        self._unnoted: dict[str, LoadpathError] = {}  # failures the store could not keep, until the next start
        self._lock = threading.Lock()

    def client(
        self,
        launch_id: str,
        connection: Connection,
        keep_events: KeepEvents | None = None,
        budget: Budget | None = None,
    ) -> FhirClient:
        """A client of this session. What it does is in the audit trail at once, unless ``keep_events`` sees to that."""
        made = self._made
        keeper = TokenKeeper(made.store.tokens, made.smart, launch_id, connection, made.clock)
        return AuditedClient(
            made.http_client, connection.iss, keeper, made.settings.pages,
            audit_context=scenes(made, connection), keep=keep_events or (lambda events: keep(made, events)),
            budget=budget,
        )  # fmt: skip

    def start(self, launch_id: str, connection: Connection) -> "Future[FetchedChart]":
        """Begin to fetch the chart of this launch, or join the fetch under way here."""
        with self._lock:
            if launch_id in self._fetching:
                return self._fetching[launch_id]
        progress = _Progress(self._made.clock())
        self._save(launch_id, progress.status)  # before another worker's page looks for it
        with self._lock:
            if launch_id not in self._fetching:
                self._unnoted.pop(launch_id, None)
                # Made here: what it asks the EHR carries the id of this request into the audit trail.
                budget = Budget(self._made.settings.chart_bytes)
                client = self.client(launch_id, connection, progress.events.extend, budget)
                threads = self._threads.of(connection.iss)
                self._fetching[launch_id] = threads.submit(self._run, launch_id, connection, client, progress)
            return self._fetching[launch_id]

    def refuse(self, launch_id: str, error: NotPermitted) -> None:
        """No chart is read for this launch, and its pages say why. Raises what the store raises."""
        status = FetchStatus(self._made.clock(), error=NotPermitted.__name__, words=str(error))
        self._made.store.sessions.save_reading(launch_id, status.to_json())

    def wait(self, launch_id: str, seconds: float) -> FetchedChart | None:
        """The chart that this process is fetching, if it comes in time. Raises what made it fail."""
        with self._lock:
            future, unnoted = self._fetching.get(launch_id), self._unnoted.get(launch_id)
        if future is None and unnoted is not None:
            raise unnoted
        try:
            return future.result(timeout=seconds) if future else None
        except TimeoutError:
            return None

    def load(self, launch_id: str) -> FetchedChart | None:
        """The chart as kept, by whichever worker."""
        kept = self._made.store.sessions.load_chart(launch_id)
        return replace(FetchedChart.from_json(kept[0]), at=kept[1]) if kept else None

    def is_lost(self, kept: Mapping[str, object] | None) -> bool:
        status = _status(kept)
        return status is None or self._made.clock() - status.started > DEAD_AFTER

    def _run(self, launch_id: str, connection: Connection, client: FhirClient, progress: _Progress) -> FetchedChart:
        try:
            return self._keep(launch_id, self._fetch(launch_id, connection, client, progress))
        except Exception as error:
            failed = as_loadpath_error(error)
            self._fail(launch_id, progress, failed)
            raise failed from None
        finally:
            with self._lock:
                self._fetching.pop(launch_id, None)

    def _fetch(self, launch_id: str, connection: Connection, client: FhirClient, progress: _Progress) -> FetchedChart:
        made, user = self._made, connection.user
        issuer = made.smart.issuer_of(connection.issuer)
        batch = issuer.batch and made.capabilities.of(issuer).batch
        includes = made.capabilities.known(issuer).includes
        # Kept for as long as the EHR's configuration, so that signing need not wait for it.
        made.pools.of(issuer.iss).submit(made.capabilities.of, issuer)
        # The token may say too little about the person: no name, or not the code of a role.
        says_enough = user.name and not user.reference.startswith("PractitionerRole/")

        def note(ended: SearchEnded) -> None:
            if progress.note(ended, made.clock()):
                self._save(launch_id, progress.status)

        try:
            return self._loader.fetch_chart(
                client, connection.context.patient, self._asked(connection), note,
                user="" if says_enough else user.reference, batch=batch, includes=includes,
            )  # fmt: skip
        finally:
            keep(made, progress.events)

    def _asked(self, connection: Connection) -> tuple[Search, ...]:
        """Beside what every launch asks for, what became of a plan that was signed here. Where Tasks are not granted,
        we keep the referral; of the rest a line says so."""
        if not self._made.store.records.has_signed(connection.patient_key):
            return self.searches
        tasks = connection.grants.may("Task", "s")
        return (*self.searches, *(s for s in self._of_signed_plan if tasks or s.resource != "Task"))

    def _save(self, launch_id: str, status: FetchStatus) -> bool:
        """Whether the store has taken it: without it the fetch goes on."""
        return _succeeds(self._made.store.sessions.save_reading, launch_id, status.to_json())

    def _keep(self, launch_id: str, chart: FetchedChart) -> FetchedChart:
        """Save the chart, a second time after a moment: fetching it again would cost more."""
        store, value = self._made.store.sessions, chart.to_json()
        try:
            return replace(chart, at=store.save_chart(launch_id, value))
        except Exception as error:
            as_loadpath_error(error)
            time.sleep(SAVE_AGAIN)
            return replace(chart, at=store.save_chart(launch_id, value))

    def _fail(self, launch_id: str, progress: _Progress, error: LoadpathError) -> None:
        """Noted for the pages to come, in this process where the store takes no note."""
        kind = next((known.__name__ for known in type(error).__mro__ if known.__name__ in _ERRORS), EhrError.__name__)
        who = error.who if error.who is not _ERRORS[kind].who else ""
        if not self._save(launch_id, replace(progress.status, error=kind, words=str(error), who=who)):
            with self._lock:
                self._unnoted[launch_id] = error
        if isinstance(error, SessionEnded):  # whom the EHR lets see nothing, we show nothing any more
            _succeeds(self._made.store.sessions.drop_chart, launch_id)


def _succeeds(action: Callable[..., object], *arguments: object) -> bool:
    try:
        action(*arguments)
    except Exception as error:
        as_loadpath_error(error)
        return False
    return True


def failure(kept: Mapping[str, object] | None) -> LoadpathError | None:
    """The error a fetch ended with, as the store keeps it."""
    status = _status(kept)
    if status is None or not status.error:
        return None
    return _ERRORS.get(status.error, EhrError)(status.words, who=Who(status.who) if status.who else None)


def _status(kept: Mapping[str, object] | None) -> FetchStatus | None:
    """None also for one that another version kept: the chart is then fetched again."""
    try:
        return FetchStatus.from_json(kept) if kept else None
    except ValueError:
        return None
