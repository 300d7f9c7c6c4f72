"""An EHR whose sign-in is a server we did not write: the sandbox's records behind oauth2-mock-server.

with oauth(folder) as base, watched(...) as watch:
    front = put_in_front(watch, base)
"""

import json
import shutil
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from launch.sandbox.ledger import Grant, Token
from launch.sandbox.people import USERS
from tests.security.watching import EHR, Watched
from tests.servers.started import HERE, _fetch, _one_at_a_time, _running

OAUTH = HERE / "oauth"
ISSUER = f"{EHR}/auth"
# What oauth2-mock-server does not know of SMART; the addresses beside it are its own.
SMART = {"capabilities": ["launch-ehr", "client-public", "sso-openid-connect", "context-ehr-patient", "permission-v2"]}
_PASSED_ON = ("Content-Type", "Authorization", "Accept")


@contextmanager
def oauth(folder: Path) -> Iterator[str]:
    """oauth2-mock-server; yields its address. It goes by the sandbox's issuer and is reached through the front."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"no {program}: install Debian's nodejs and npm")
    with _one_at_a_time(OAUTH):
        if not (OAUTH / "node_modules" / ".fetched").is_file():
            _fetch(["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"], OAUTH)
            (OAUTH / "node_modules" / ".fetched").touch()
    with _running(["node", "server.mjs", "0", ISSUER], OAUTH, folder / "oauth.log") as base:
        yield base


class Theirs(NamedTuple):
    """One answer of the other server."""

    status: int
    reason: str
    headers: HTTPMessage
    body: bytes


@dataclass
class Front:
    """One origin: ``/auth`` is the other server, ``/fhir`` the sandbox, which believes that server's access tokens.

    ``fault`` is one of the configuration, if any; those of a launch ride on the launch.
    """

    sandbox: Any  # WSGI application
    base: str
    clock: Callable[[], float]
    fault: str | None = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/fhir/.well-known/smart-configuration":
            answer = self._asked("GET", "/.well-known/openid-configuration", {"X-Fault": self.fault or ""})
            body = json.dumps({**json.loads(answer.body), **SMART}).encode()
        elif path.startswith("/auth/"):
            headers = {name: environ[key] for name in _PASSED_ON if (key := _key(name)) in environ}
            place = f"{path.removeprefix('/auth')}?{environ['QUERY_STRING']}"
            answer = self._asked(environ["REQUEST_METHOD"], place, headers, environ["wsgi.input"].read())
            body = answer.body
        else:
            found: Iterable[bytes] = self.sandbox(environ, start_response)
            return found
        told = [(name, answer.headers[name]) for name in ("Content-Type", "Location") if name in answer.headers]
        start_response(f"{answer.status} {answer.reason}", told)
        return [body]

    def token(self, text: str) -> Token | None:
        """The access token as the records' side understands it; None if the other server did not sign it."""
        try:
            claims = jwt.decode(text, self._keys, algorithms=["RS256"]).claims
        except (JoseError, ValueError):
            return None
        grant = Grant("loadpath", USERS["okafor"], claims["scope"], claims["patient"], {})
        return Token(text, None, grant, claims["scope"], claims["iat"], claims["exp"] - claims["iat"], self.clock)

    @cached_property
    def _keys(self) -> KeySet:
        return KeySet.import_key_set(json.loads(self._asked("GET", "/jwks", {}).body))

    def _asked(self, method: str, place: str, headers: dict[str, str], body: bytes = b"") -> Theirs:
        # Not by the library the app uses: its log at this level would tell whole addresses, and the watch reads it.
        connection = HTTPConnection(urlsplit(self.base).netloc, timeout=30)
        try:
            connection.request(method, place, body, headers)
            answer = connection.getresponse()
            return Theirs(answer.status, answer.reason, answer.headers, answer.read())
        finally:
            connection.close()


def put_in_front(watch: Watched, base: str) -> Front:
    """Replace the sandbox's own sign-in; what is said is still written down by the watch."""
    front = Front(watch.ehr.app, base, watch.harness.clock)
    watch.ehr.app = front
    watch.harness.box.ledger.by_access = front.token
    return front


def launch_value(patient: str, fault: str | None = None) -> str:
    """``launch`` as the other server reads it."""
    asked = {"patient": patient, "user": "okafor", "fault": fault}
    return urlsafe_b64encode(json.dumps(asked).encode()).decode().rstrip("=")


def _key(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name == "CONTENT_TYPE" else f"HTTP_{name}"
