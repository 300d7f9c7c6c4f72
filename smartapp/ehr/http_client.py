"""One door to the network: a request to an allowed address -> an answer of bounded size in bounded time.

Everything Loadpath sends to an EHR goes through :class:`HttpClient`: no redirect is followed, no cookie is kept, no
proxy or netrc of the machine is used, connections are pooled for the process. What an EHR says of itself (its
configuration, capabilities, keys) is kept a while in a :class:`TtlCache`.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, TypeVar
from urllib.parse import urlencode

from smartapp.ehr.addresses import origin, safe_scheme
from smartapp.ehr.answer import HttpResponse, NoAnswer
from smartapp.ehr.bulkhead import Doors
from smartapp.errors import EhrError, EhrUnavailable
from smartapp.settings import Settings
from smartapp.watch import Watch

if TYPE_CHECKING:
    from smartapp.ehr.transport import Transport

USER_AGENT = "Loadpath/0.1"
_STALE_FACTOR = 24  # an EHR whose configuration cannot be fetched again is trusted so many lifetimes more (ours)

_JOIN_SECONDS = 2.0  # one fetches, the others wait no longer than this for it; ours

Kept = TypeVar("Kept")


class AddressRefused(EhrError):
    """A URL outside of what this EHR is allowed to send us to."""


class HttpClient:
    """The process's connections to EHRs. ``sessions`` makes the session: tests mount an in-process EHR there."""

    def __init__(self, settings: Settings, sessions: Callable[[], Any] | None = None):
        self._settings, self._sessions = settings, sessions
        self._guard = threading.Lock()
        self._transport: Transport | None = None
        self._doors = Doors(settings.waiting)
        self.watch = Watch()
        self.larger_pages: dict[tuple[str, str], bool] = {}  # FHIR base, type -> whether _count brought more

    @property
    def transport(self) -> "Transport":
        from smartapp.ehr.transport import Transport  # noqa: PLC0415 -- slow

        with self._guard:
            self._transport = self._transport or Transport(self._settings, self._sessions)
            return self._transport

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        data: bytes | str | None = None,
        seconds: float | None = None,
        most_bytes: int | None = None,
        spend: Callable[[int], None] | None = None,
    ) -> HttpResponse:
        """One request, one answer of any status. ``spend`` is told each piece's bytes, and may raise.

        Raises AddressRefused, NoAnswer.
        """
        read, most = seconds or self._settings.read_seconds, most_bytes or self._settings.answer_bytes

        def go(named: Mapping[str, str]) -> HttpResponse:
            return self.transport.send(method, url, named, data, read, most, spend)

        return self._through_door(method, url, headers, go, counts=seconds is None)

    def download(
        self, url: str, into: BinaryIO, *, headers: Mapping[str, str], spend: Callable[[int], None]
    ) -> HttpResponse:
        """As :meth:`send`, of a file that may be large: where the answer is a good one, its body goes into ``into``."""
        settings = self._settings

        def go(named: Mapping[str, str]) -> HttpResponse:
            limits = (settings.export_seconds, settings.export_file_bytes)
            return self.transport.send("GET", url, named, None, *limits, spend, into)

        return self._through_door("GET", url, headers, go)

    def _through_door(
        self, method: str, url: str, headers: Mapping[str, str], go: Callable[[Mapping[str, str]], HttpResponse],
        counts: bool = True,
    ) -> HttpResponse:  # fmt: skip
        self._check(url)
        named = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate", **headers}
        with self._watched(method, url) as outcome, self._doors.through(origin(url), counts=counts):
            self.watch.asking(url, 1)
            try:
                answer = go(named)
            finally:
                self.watch.asking(url, -1)
            outcome.append(f"{answer.status_code // 100}xx")
            return answer

    @contextmanager
    def _watched(self, method: str, url: str) -> Iterator[list[str]]:
        begun, outcome = time.monotonic(), list[str]()
        try:
            yield outcome
        except NoAnswer as error:
            outcome.append("timed out" if error.timed_out and error.sent else "no answer" if error.sent else "not sent")
            raise
        finally:
            self.watch.asked(url, method, outcome[0] if outcome else "no answer", time.monotonic() - begun)

    def _check(self, url: str) -> None:
        try:
            origin(url)
        except ValueError as error:
            raise AddressRefused("The EHR named an address that cannot be used.") from error
        if not safe_scheme(url, self._settings.dev_loopback):
            raise AddressRefused("The EHR named an address that is not encrypted (https).")


class TokenSession:
    """What Authlib's OAuth2Client uses as its session: form posts by :class:`HttpClient`, each sent once."""

    def __init__(self, http_client: HttpClient):
        self._http_client = http_client

    def post(self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> HttpResponse:
        _, signed, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return self._http_client.send("POST", url, headers=signed, data=body, most_bytes=256 * 1024)


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
        if not lock.acquire(timeout=_JOIN_SECONDS):
            return self._old(key, EhrUnavailable("The EHR is being asked already, and has not answered yet."))
        try:
            if (young := self._younger_than(key, limit)) is not None:
                return young
            try:
                value = fetch()
            except EhrError as error:
                return self._old(key, error)
            self._kept[key] = (self._clock(), value)
            return value
        finally:
            lock.release()

    def _old(self, key: str, error: EhrError) -> Kept:
        """What was had before, while it may still serve. Raises ``error`` where there is none."""
        old = self.peek(key)
        if old is None:
            raise error
        return old

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
