"""One door to the network: a request to an allowed address -> an :class:`Answer` of bounded size in bounded time.

Everything Loadpath sends to an EHR goes through :class:`Egress`: no redirect is followed, no cookie is kept, no proxy
or netrc of the machine is used, connections are pooled for the process.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlencode

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import HTTPError, ReadTimeoutError

from smartapp.ehr.addresses import origin, safe_scheme
from smartapp.errors import EhrError, EhrUnavailable
from smartapp.settings import Settings

USER_AGENT = "Loadpath/0.1"
WARM_SECONDS = 10.0
_CHUNK = 64 * 1024


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
        """The body as a JSON object. Raises ValueError."""
        value = self.json()
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")
        return value


SessionFactory = Callable[[], requests.Session]


class Egress:
    """The process's connections to EHRs. ``sessions`` is the seam by which tests mount an in-process EHR."""

    def __init__(self, settings: Settings, sessions: SessionFactory = requests.Session):
        self._settings = settings
        self._guard = threading.Lock()
        self._warmed: dict[str, float] = {}
        self._session = sessions()
        self._session.trust_env = False  # a netrc file would replace our Authorization header
        self._session.cookies.set_policy(_NoCookies())  # one pool serves many users
        self._session.headers.clear()
        self._session.verify = str(settings.ca_file) if settings.ca_file else True
        if settings.proxy:
            self._session.proxies = {"http": settings.proxy, "https": settings.proxy}
        if sessions is requests.Session:
            adapter = HTTPAdapter(pool_connections=8, pool_maxsize=settings.connections + 4)
            self._session.mount("https://", adapter)
            self._session.mount("http://", adapter)

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
        read = seconds or self._settings.read_seconds
        deadline = time.monotonic() + read + self._settings.connect_seconds
        try:
            with self._session.request(
                method, url, headers=sent_headers, data=data, allow_redirects=False, stream=True,
                timeout=(self._settings.connect_seconds, read),
            ) as response:  # fmt: skip
                body = _bounded(response, most_bytes or self._settings.answer_bytes, deadline)
                return Answer(response.status_code, response.headers, body, url)
        except (requests.ConnectTimeout, requests.exceptions.SSLError) as error:
            raise NoAnswer(_words(error), sent=False, timed_out=True) from error
        except (requests.RequestException, HTTPError) as error:
            timed_out = isinstance(error, requests.Timeout | ReadTimeoutError)
            raise NoAnswer(_words(error), sent=not _never_connected(error), timed_out=timed_out) from error

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
        adapter = self._session.get_adapter(url)
        if isinstance(adapter, HTTPAdapter) and not self._session.proxies:
            threading.Thread(target=_open, args=(adapter, url, self._session.verify, connections), daemon=True).start()

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


def _open(adapter: HTTPAdapter, url: str, verify: Any, count: int) -> None:
    """Take connections out of the pool, connect those that are not, all at once, and put them back."""
    request = requests.Request("GET", url).prepare()
    pool = adapter.get_connection_with_tls_context(request, verify)
    if isinstance(pool, HTTPConnectionPool):
        taken = [pool._get_conn(timeout=0) for _ in range(count)]
        for connection in taken:
            threading.Thread(target=_connect, args=(pool, connection), daemon=True).start()


def _connect(pool: HTTPConnectionPool, connection: Any) -> None:
    try:
        if not connection.is_connected:
            connection.connect()
    except (OSError, HTTPError):
        connection.close()  # only a head start: the wave meets the fault itself and reports it
    pool._put_conn(connection)


def _bounded(response: requests.Response, most: int, deadline: float) -> bytes:
    """The body, unless it is larger than ``most`` bytes or still dripping in after the deadline."""
    chunks, size = [], 0
    # read1 returns what has arrived; iter_content would wait for a whole chunk, past the deadline
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        chunks.append(chunk)
        size += len(chunk)
        if size > most or time.monotonic() > deadline:
            response.close()
            says = "larger than allowed" if size > most else "too slow"
            raise NoAnswer(f"The EHR's answer was {says}.", sent=True, timed_out=True)
    return b"".join(chunks)


def _never_connected(error: Exception) -> bool:
    """Whether the connection itself failed. urllib3 says so by the name of the innermost error."""
    names, inner = set(), error.args[0] if error.args else None
    while inner is not None and type(inner).__name__ not in names:
        names.add(type(inner).__name__)
        inner = getattr(inner, "reason", None)
    return bool(names & {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError"})


def _words(error: Exception) -> str:
    if isinstance(error, requests.Timeout | ReadTimeoutError):
        return "The EHR did not answer in time."
    if isinstance(error, requests.exceptions.SSLError):
        return "The connection to the EHR is not secure: its certificate was not accepted."
    return "The EHR could not be reached, or it broke off the connection."


class _NoCookies(DefaultCookiePolicy):
    """Keeps and sends none."""

    def set_ok(self, cookie: Any, request: Any) -> bool:
        return False

    def return_ok(self, cookie: Any, request: Any) -> bool:
        return False
