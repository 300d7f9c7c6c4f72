"""One door to the network: a request to an allowed address -> an :class:`Answer` of bounded size in bounded time.

Everything Loadpath sends to an EHR goes through :class:`Egress`: no redirect is followed, no cookie is kept, no proxy
or netrc of the machine is used, connections are pooled for the process.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from smartapp.ehr.addresses import origin, safe_scheme
from smartapp.ehr.read.shape import without_empty
from smartapp.errors import EhrError, EhrUnavailable
from smartapp.settings import Settings

if TYPE_CHECKING:
    from smartapp.ehr.wire import Wire

USER_AGENT = "Loadpath/0.1"
WARM_SECONDS = 10.0


class NoAnswer(EhrUnavailable):
    """The request may or may not have reached the EHR: for a write, look before sending again."""

    def __init__(self, text: str, sent: bool, timed_out: bool = False):
        super().__init__(text)
        self.sent, self.timed_out = sent, timed_out


class AddressRefused(EhrError):
    """A URL outside of what this EHR is allowed to send us to."""


@dataclass(frozen=True)
class Answer:
    """What came back; ``body`` is complete and at most as large as allowed."""

    status_code: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def ok(self) -> bool:
        return 200 <= self.status_code < 300

    def json(self) -> Any:
        """The body as JSON. Raises ValueError (also for absurdly nested input)."""
        try:
            return json.loads(self.body)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error

    def object(self) -> dict[str, Any]:
        """The body as a JSON object, without what says nothing (``"error": null``). Raises ValueError."""
        value = self.json()
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")
        return without_empty(value) or {}


class Egress:
    """The process's connections to EHRs. ``sessions`` makes the session: tests mount an in-process EHR there."""

    def __init__(self, settings: Settings, sessions: Callable[[], Any] | None = None):
        self._settings, self._sessions = settings, sessions
        self._guard = threading.Lock()
        self._wire: Wire | None = None
        self._warmed: dict[str, float] = {}

    @property
    def wire(self) -> "Wire":
        from smartapp.ehr.wire import Wire  # noqa: PLC0415 -- slow

        with self._guard:
            self._wire = self._wire or Wire(self._settings, self._sessions)
            return self._wire

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        data: bytes | str | None = None,
        seconds: float | None = None,
        most_bytes: int | None = None,
    ) -> Answer:
        """One request, one answer of any status. Raises AddressRefused, NoAnswer."""
        self._check(url)
        sent_headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate", **headers}
        read, most = seconds or self._settings.read_seconds, most_bytes or self._settings.answer_bytes
        return self.wire.send(method, url, sent_headers, data, read, most)

    def warm(self, url: str, connections: int) -> None:
        """Open so many connections to the host of ``url`` in the background, so that a wave finds them ready.

        No request is sent. Called when a person is sent to the EHR to log in: by the time the answer comes, TCP and
        TLS are done. At most once per host in WARM_SECONDS; failures do not matter.
        """
        place, now = origin(url), time.monotonic()
        with self._guard:
            if now - self._warmed.get(place, -WARM_SECONDS) < WARM_SECONDS:
                return
            self._warmed[place] = now
        self.wire.warm(url, connections)

    def _check(self, url: str) -> None:
        try:
            origin(url)
        except ValueError as error:
            raise AddressRefused("The EHR named an address that cannot be used.") from error
        if not safe_scheme(url, self._settings.dev_loopback):
            raise AddressRefused("The EHR named an address that is not encrypted (https).")


class TokenWire:
    """What Authlib's OAuth2Client uses as its session: form posts through :class:`Egress`, sent once, never retried."""

    def __init__(self, egress: Egress):
        self._egress = egress

    def post(self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> Answer:
        _, signed, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return self._egress.send("POST", url, headers=signed, data=body, most_bytes=256 * 1024)
