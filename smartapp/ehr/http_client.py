"""One door to the network: a request to an allowed address -> an :class:`Answer` of bounded size in bounded time.

Everything Loadpath sends to an EHR goes through :class:`HttpClient`: no redirect is followed, no cookie is kept, no
proxy or netrc of the machine is used, connections are pooled for the process.
"""

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from smartapp.ehr.addresses import origin, safe_scheme
from smartapp.ehr.answer import Answer
from smartapp.errors import EhrError
from smartapp.settings import Settings

if TYPE_CHECKING:
    from smartapp.ehr.transport import Transport

USER_AGENT = "Loadpath/0.1"


class AddressRefused(EhrError):
    """A URL outside of what this EHR is allowed to send us to."""


class HttpClient:
    """The process's connections to EHRs. ``sessions`` makes the session: tests mount an in-process EHR there."""

    def __init__(self, settings: Settings, sessions: Callable[[], Any] | None = None):
        self._settings, self._sessions = settings, sessions
        self._guard = threading.Lock()
        self._transport: Transport | None = None
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
    ) -> Answer:
        """One request, one answer of any status. Raises AddressRefused, NoAnswer."""
        self._check(url)
        sent_headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate", **headers}
        read, most = seconds or self._settings.read_seconds, most_bytes or self._settings.answer_bytes
        return self.transport.send(method, url, sent_headers, data, read, most)

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

    def post(self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> Answer:
        _, signed, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return self._http_client.send("POST", url, headers=signed, data=body, most_bytes=256 * 1024)
