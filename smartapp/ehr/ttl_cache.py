"""Values fetched from an EHR and kept a while: its configuration, its capabilities, its keys."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from smartapp.errors import EhrError

_STALE_FACTOR = 24  # an EHR whose configuration cannot be fetched again is trusted so many lifetimes more (ours)

Kept = TypeVar("Kept")


class TtlCache(Generic[Kept]):
    """Values that are fetched at most once per lifetime and address; an old value serves while the EHR is down."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic):
        self._seconds, self._clock = seconds, clock
        self._kept: dict[str, tuple[float, Kept]] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, key: str, fetch: Callable[[], Kept], fresher_than: float | None = None) -> Kept:
        """The value of ``key``; fetched if older than ``fresher_than`` seconds (default: the lifetime).

        A value that is young enough is returned at once, also while another thread fetches a newer one.
        """
        limit = self._seconds if fresher_than is None else fresher_than
        if (young := self._younger_than(key, limit)) is not None:
            return young
        with self._guard:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            if (young := self._younger_than(key, limit)) is not None:
                return young
            try:
                value = fetch()
            except EhrError:
                old = self._younger_than(key, self._seconds * _STALE_FACTOR)
                if old is None:
                    raise
                return old
            self._kept[key] = (self._clock(), value)
            return value

    def peek(self, key: str) -> Kept | None:
        """The value of ``key`` as it lies here; nothing is fetched."""
        return self._younger_than(key, self._seconds * _STALE_FACTOR)

    def expire(self, key: str) -> None:
        """Fetch it anew next time; until then it still serves an EHR that is down."""
        if key in self._kept:
            self._kept[key] = (self._kept[key][0] - self._seconds, self._kept[key][1])

    def _younger_than(self, key: str, seconds: float) -> Kept | None:
        kept = self._kept.get(key)
        return kept[1] if kept and self._clock() - kept[0] <= seconds else None
