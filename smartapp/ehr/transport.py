"""The requests library as Loadpath uses it: one pooled session, bounded answers, failures told as NoAnswer.

Imported at the first request (:class:`~smartapp.ehr.http_client.HttpClient`): starting does not wait for it.
"""

import http.client
import io
import socket
import threading
import time
from collections.abc import Callable, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any, BinaryIO

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, ReadTimeoutError

from smartapp.ehr.answer import HttpResponse, NoAnswer
from smartapp.errors import Who
from smartapp.settings import Settings

_CHUNK = 64 * 1024


class Transport:
    """The session of one :class:`~smartapp.ehr.http_client.HttpClient`. ``sessions`` is the seam for tests."""

    def __init__(self, settings: Settings, sessions: Callable[[], requests.Session] | None = None):
        self._settings = settings
        self.session = (sessions or requests.Session)()
        self.session.trust_env = False  # a netrc file would replace our Authorization header
        self.session.cookies.set_policy(_NoCookies())  # one pool serves many users
        self.session.headers.clear()
        self.session.verify = str(settings.ca_file) if settings.ca_file else True
        if settings.proxy:
            self.session.proxies = {"http": settings.proxy, "https": settings.proxy}
        if sessions is None:
            adapter = _Adapter(pool_connections=8, pool_maxsize=settings.connections + 4)
            self.session.mount("https://", adapter)
            self.session.mount("http://", adapter)

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        data: bytes | str | None,
        seconds: float,
        most: int,
        spend: Callable[[int], None] | None = None,
        into: BinaryIO | None = None,
    ) -> HttpResponse:
        """One request, one answer of at most ``most`` bytes. ``into``: where the body of a 2xx goes, piece by piece; it
        may take ``seconds``, but no piece longer than any answer may. Raises NoAnswer, and what ``spend`` raises."""
        connect = min(self._settings.connect_seconds, seconds)  # who has no time to read has none to connect
        patience = min(seconds, self._settings.read_seconds) if into else seconds
        _request.deadline = time.monotonic() + seconds + connect
        try:
            with self.session.request(
                method, url, headers=headers, data=data, allow_redirects=False, stream=True,
                timeout=(connect, patience),
            ) as response:  # fmt: skip
                if into and 200 <= response.status_code < 300:
                    _bounded(response, most, spend, into.write)
                    return HttpResponse(response.status_code, response.headers, b"", url)
                chunks: list[bytes] = []
                _bounded(response, min(most, self._settings.answer_bytes) if into else most, spend, chunks.append)
                body = b"".join(chunks)
                return HttpResponse(response.status_code, response.headers, body, url)
        except requests.exceptions.SSLError as error:
            raise NoAnswer(_words(error), sent=False, timed_out=True, who=Who.SITE) from error
        except requests.ConnectTimeout as error:
            raise NoAnswer(_words(error), sent=False, timed_out=True) from error
        except (requests.RequestException, HTTPError) as error:
            timed_out = isinstance(error, requests.Timeout | ReadTimeoutError)
            raise NoAnswer(_words(error), sent=not _never_connected(error), timed_out=timed_out) from error


def _bounded(
    response: requests.Response, most: int, spend: Callable[[int], None] | None, take: Callable[[bytes], object]
) -> None:
    """Each piece of the body to ``take``, until it is larger than ``most`` bytes."""
    size = 0
    # read1 returns what has arrived; iter_content would wait for a whole chunk
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        take(chunk)
        size += len(chunk)
        if spend:
            spend(len(chunk))
        if size > most:
            response.close()
            raise NoAnswer("The EHR's answer was larger than allowed.", sent=True, timed_out=True, who=Who.EHR)


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
        return (
            "The connection to the EHR is not secure: its certificate was not accepted. Either it is at fault, or "
            "Loadpath's server does not know who issued it."
        )
    return "The EHR could not be reached, or it broke off the connection."


# -- one deadline for a whole answer: the library's own holds for each piece, and headers may drip in for ever

_request = threading.local()  # deadline: of the request this thread is sending


class _Until(io.RawIOBase):
    """What arrives at a socket, until the request's deadline."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket):
        self._raw, self._socket = raw, sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = _request.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("The whole answer took too long.")
        self._socket.settimeout(min(left, self._socket.gettimeout() or left))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **options: Any):
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(_Until(self.fp.detach(), sock))


class _Plain(HTTPConnectionPool):
    class ConnectionCls(HTTPConnection):
        response_class = _Answer


class _Secure(HTTPSConnectionPool):
    class ConnectionCls(HTTPSConnection):
        response_class = _Answer


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Plain, "https": _Secure}

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = {"http": _Plain, "https": _Secure}
        return manager


class _NoCookies(DefaultCookiePolicy):
    """Keeps and sends none."""

    def set_ok(self, cookie: Any, request: Any) -> bool:
        return False

    def return_ok(self, cookie: Any, request: Any) -> bool:
        return False
