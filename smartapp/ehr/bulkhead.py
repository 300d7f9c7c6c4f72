"""Many EHRs in one process -> none that hangs, or floods us, takes what the others need.

:class:`Pools` gives each EHR threads of its own. :class:`Doors` lets only so many people wait for one EHR at once, and
asks one that has not answered for long only now and then (a circuit breaker). :class:`Budget` bounds what one chart may
weigh. What is refused here was never sent, and the page says so (docs/decisions/0057).
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from smartapp.ehr.answer import NoAnswer
from smartapp.errors import Who

FAILURES = 20  # requests in a row without an answer after which an EHR is given a rest: nearly one chart's; ours
REST = 5.0  # seconds in which it is not asked; then one request tries; ours
# Set in a thread that answers a person. Threads of the pools have none of it: they keep nobody waiting.
FOR_A_PERSON: ContextVar[bool] = ContextVar("FOR_A_PERSON", default=False)


class Pools:
    """Threads for each EHR by itself. ``shared``: one executor for all, as tests want it."""

    def __init__(self, size: int, name: str, shared: Executor | None = None):
        self._size, self._name, self._shared = size, name, shared
        self._pools: dict[str, Executor] = {}
        self._lock = threading.Lock()

    def of(self, base: str) -> Executor:
        """The threads of the EHR with this FHIR base; made when first asked for."""
        if self._shared is not None:
            return self._shared
        with self._lock:
            if base not in self._pools:
                self._pools[base] = ThreadPoolExecutor(self._size, thread_name_prefix=self._name)
            return self._pools[base]


class Budget:
    """Bytes that everything read for one chart, or for ``what``, may have together."""

    def __init__(self, most: int, what: str = "The whole chart"):
        self._most, self._left, self._what = most, most, what
        self._lock = threading.Lock()

    def spend(self, size: int) -> None:
        """Raises NoAnswer once there is more than may be."""
        with self._lock:
            self._left -= size
            over = self._left < 0
        if over:
            said = f"{self._what} is larger than {self._most / 1024**2:.0f} MB; this was not read."
            raise NoAnswer(said, sent=True, timed_out=True, who=Who.EHR)


@dataclass
class _Door:
    waiting: int = 0  # people's requests under way
    failed: int = 0  # requests in a row without an answer
    shut_until: float = 0.0


class Doors:
    """One door for each origin; ``most``: people's requests that may wait there at once, in this process."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic):
        self._most, self._clock = most, clock
        self._doors: dict[str, _Door] = {}
        self._lock = threading.Lock()

    @contextmanager
    def through(self, origin: str, counts: bool = True) -> Iterator[None]:
        """For the time of one request. ``counts``: whether no answer says something of the EHR; not so where it was
        given less time than it may take. Raises NoAnswer at once where the EHR is resting, or too many wait for it."""
        person = FOR_A_PERSON.get()
        door = self._enter(origin, person)
        failed: bool | None = False
        try:
            yield
        except NoAnswer as error:  # of whom somebody else is the cause it says nothing
            failed = (counts and error.who not in (Who.SITE, Who.EHR)) or None
            raise
        finally:
            with self._lock:
                door.waiting -= person
                if failed is not None:
                    door.failed = door.failed + 1 if failed else 0
                    if door.failed == FAILURES:
                        door.shut_until = self._clock() + REST

    def _enter(self, origin: str, person: bool) -> _Door:
        with self._lock:
            door = self._doors.setdefault(origin, _Door())
            now = self._clock()
            if door.failed >= FAILURES and now < door.shut_until:
                raise NoAnswer("The EHR has not answered for a while. It is asked again in a few seconds.", sent=False)
            if person and door.waiting >= self._most:
                raise NoAnswer("The EHR is slow, and others are waiting for it already.", sent=False, timed_out=True)
            door.shut_until = now + REST  # while it is not well, one request tries
            door.waiting += person
            return door
