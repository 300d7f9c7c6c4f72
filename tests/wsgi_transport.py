"""An in-process EHR: a requests session whose hosts are WSGI applications, so that journeys need no socket.

    Egress(settings, sessions=wsgi_sessions({"http://localhost:8081": create_sandbox(config)}))

Any other host refuses the connection, and :attr:`Wire.seen` lists every request that left the app.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

WsgiApp = Callable[..., Iterable[bytes]]


@dataclass(frozen=True)
class Sent:
    """One request as it left the app."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.url).path


@dataclass
class Wire(BaseAdapter):
    """Origin -> WSGI application. ``fail`` may raise in place of an answer: before or after the app has seen it."""

    apps: Mapping[str, WsgiApp]
    seen: list[Sent] = field(default_factory=list)
    before: Callable[[Sent], None] = lambda sent: None
    after: Callable[[Sent], None] = lambda sent: None

    def __post_init__(self) -> None:
        super().__init__()

    def __call__(self) -> requests.Session:
        session = requests.Session()
        session.mount("http://", self)
        session.mount("https://", self)
        return session

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        parts = urlsplit(request.url or "")
        body = request.body.encode() if isinstance(request.body, str) else (request.body or b"")
        sent = Sent(request.method or "", request.url or "", dict(request.headers), body)
        self.seen.append(sent)
        app = self.apps.get(f"{parts.scheme}://{parts.netloc}")
        if app is None:
            raise requests.ConnectionError(f"no application is mounted for {parts.netloc}", request=request)
        self.before(sent)
        began = time.monotonic()
        response = _call(app, request, body)
        self.after(sent)
        timeout = options.get("timeout")
        patience = timeout[1] if isinstance(timeout, tuple) else timeout
        if patience and time.monotonic() - began > patience:
            raise requests.ReadTimeout("no answer in time", request=request)
        return response

    def close(self) -> None:
        """Nothing is held open."""


def wsgi_sessions(apps: Mapping[str, WsgiApp]) -> Wire:
    return Wire(apps)


def _call(app: WsgiApp, request: requests.PreparedRequest, body: bytes) -> requests.Response:
    started: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
        started.update(status=status, headers=headers)
        return chunks.append

    chunks: list[bytes] = []
    result = app(_environ(request, body), start)
    try:
        chunks.extend(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    code, _, reason = started["status"].partition(" ")
    raw = HTTPResponse(
        body=BytesIO(b"".join(chunks)), headers=started["headers"], status=int(code), reason=reason,
        preload_content=False,
    )  # fmt: skip
    response = requests.Response()
    response.status_code, response.reason, response.raw = int(code), reason, raw
    response.headers = requests.structures.CaseInsensitiveDict(raw.headers)
    response.url, response.request = request.url or "", request
    return response


def _environ(request: requests.PreparedRequest, body: bytes) -> dict[str, Any]:
    parts = urlsplit(request.url or "")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(parts.path, "latin-1") or "/",
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname,
        "SERVER_PORT": str(parts.port or {"http": 80, "https": 443}[parts.scheme]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": parts.netloc,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value.decode() if isinstance(value, bytes) else value
    environ.pop("HTTP_CONTENT_LENGTH", None)
    return environ
