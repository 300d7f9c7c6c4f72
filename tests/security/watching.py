"""The harness, in which everything the two sides say is written down, and a search for secrets in all of it."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from tests.journey.harness import APP, EHR, Browser, Harness, Page, make_harness

__all__ = ["APP", "EHR", "Browser", "Harness", "Page", "Said", "Watched", "launch_url", "watched"]
# what of a token request or answer, and of an address on the way, only its two ends may know
IN_FORMS = ("code", "code_verifier", "refresh_token", "client_assertion")
IN_ANSWERS = ("access_token", "refresh_token", "id_token")
IN_ADDRESSES = {
    "/callback": ("code", "state"),
    "/auth/authorize": ("state", "nonce", "launch"),
    "/launch": ("launch",),
}
# the sandbox runs in the same process, and the library it is built on tells its log everything
NOT_OURS = ("authlib.oauth2.rfc6749.grants", "authlib.oidc.core.grants")
SHORTEST = 16  # characters below which a value is no secret but a made-up word such as "x"


@dataclass(frozen=True)
class Said:
    """One answer of one side to one request."""

    method: str
    url: str
    request_headers: Mapping[str, str]
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass
class Recorder:
    """Stands in front of a WSGI application and writes down what it answers."""

    app: Any
    said: list[Said] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            told.update(status=status, headers=tuple(headers))
            return start_response(status, headers, exc_info)

        body = self.app(environ, start)
        chunks = list(body)
        if hasattr(body, "close"):
            body.close()
        url = f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}{environ['PATH_INFO']}?{environ['QUERY_STRING']}"
        headers = {k[5:]: v for k, v in environ.items() if k.startswith("HTTP_")}
        text = b"".join(chunks).decode("utf-8", "replace")
        self.said.append(Said(environ["REQUEST_METHOD"], url, headers, int(told["status"][:3]), told["headers"], text))
        return chunks


class LogKeeper(logging.Handler):
    """Every record of every logger, as text with all that hangs on it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(NOT_OURS):
            return
        trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
        self.lines.append(f"{record.getMessage()} {record.__dict__!r} {trace}")


@dataclass
class Watched:
    harness: Harness
    app: Recorder
    ehr: Recorder
    log: LogKeeper

    @property
    def secrets(self) -> dict[str, str]:
        """Every secret that was used so far, with what it is."""
        found: dict[str, str] = {}
        for said in (*self.ehr.said, *self.app.said):
            for address in (said.url, said.header("Location")):
                parts = urlsplit(address)
                found |= _of_query(parts.query, IN_ADDRESSES.get(parts.path, ()))
            if "/auth/token" in said.url and said.body.startswith("{"):
                answer = json.loads(said.body)
                found |= {str(answer[name]): name for name in IN_ANSWERS if answer.get(name)}
        for sent in self.harness.wire.seen:
            if sent.path.startswith("/auth/"):
                found |= _of_query(sent.body.decode(), IN_FORMS)
        return {secret: name for secret, name in found.items() if len(secret) >= SHORTEST}

    def check(self) -> None:
        """No secret is anywhere but where it must be. Fails with the kind of secret and the place, never more."""
        secrets = self.secrets
        assert "launch" in secrets.values(), "the watch has seen no launch"
        found = [
            f"{name} in {place}" for place, text in self._places() for secret, name in secrets.items()
            if secret in text and not _belongs(name, place)
        ]  # fmt: skip
        assert not found, "\n".join(found)
        for said in self.app.said:
            assert said.header("Referrer-Policy") == "no-referrer"
            assert "/static/" in said.url or said.header("Cache-Control") in ("no-store", "public, max-age=300")
        assert not any("referer" in map(str.lower, sent.headers) for sent in self.harness.wire.seen)

    def _places(self) -> Iterator[tuple[str, str]]:
        """(what it is, text) of all a secret could have slipped into, also percent-decoded."""
        for said in self.app.said:
            kind = "authorize address" if said.header("Location").startswith(f"{EHR}/auth/authorize?") else ""
            yield kind or "a redirect", unquote_plus(said.header("Location"))
            yield kind or f"the page at {urlsplit(said.url).path}", said.body
            for name, value in said.headers:
                if name.lower() not in ("location",):
                    yield f"header {name}", value
        for sent in self.harness.wire.seen:
            yield f"address {sent.path} asked by the app", unquote_plus(sent.url)
        for line in self.log.lines:
            yield "the log", line


def _of_query(query: str, names: Iterable[str]) -> dict[str, str]:
    pairs = parse_qs(query)
    return {value: name for name in names for value in pairs.get(name, ())}


def _belongs(name: str, place: str) -> bool:
    """The address of the EHR's sign-in carries these three by design; nothing else does."""
    return place == "authorize address" and name in ("state", "nonce", "launch")


@contextmanager
def watched(folder: Path, **options: Any) -> Iterator[Watched]:
    harness = make_harness(folder, **options)
    app, ehr = Recorder(harness.app.wsgi_app), Recorder(harness.ehr.wsgi_app)
    harness.app.wsgi_app, harness.ehr.wsgi_app = app, ehr  # type: ignore[method-assign]
    keeper, root = LogKeeper(), logging.getLogger()
    level = root.level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    try:
        yield Watched(harness, app, ehr, keeper)
    finally:
        root.removeHandler(keeper)
        root.setLevel(level)
        harness.box.store.close()


def launch_url(harness: Harness, patient: str = "bergstrom", user: str = "okafor", **context: Any) -> str:
    token = harness.box.new_launch(patient, user, **context)
    return f"{APP}/launch?" + urlencode({"iss": f"{EHR}/fhir", "launch": token})
