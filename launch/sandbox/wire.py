"""The last requests to the FHIR and authorization endpoints, as the developer's pages show them: bounded, in memory.

A body is kept up to a limit and never looked into while the app waits, but for those of the authorization server: what
is secret there is masked before it is kept. Pages and bodies that cannot be read are not kept.
"""

from __future__ import annotations

import itertools
import json
import re
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import requests
from flask import Response, g, request
from werkzeug.exceptions import HTTPException

from .masking import ANYWHERE, AT_SIGN_IN, Pairs, Secrets, decoded

BODY_BYTES = 64 * 1024
ENTRIES, LAUNCHES, ALL_BYTES = 300, 100, 6 * 1024 * 1024
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
# path -> the kind a person filters by; the first match counts
KINDS = (
    ("/fhir/.well-known", "discovery"), ("/fhir/metadata", "discovery"), ("/fhir", "fhir"),
    ("/auth/token", "token"), ("/auth/revoke", "token"), ("/auth/introspect", "token"),
    ("/auth/authorize", "sign-in"), ("/auth/decision", "sign-in"), ("/auth/", "discovery"),
)  # fmt: skip
NAMES = {
    "fhir": "Records (FHIR)",
    "hooks": "CDS Hooks, called by us",
    "token": "Token",
    "sign-in": "Sign-in",
    "discovery": "Discovery",
}


@dataclass(frozen=True)
class Body:
    """What was sent: up to a limit, with its whole size; ``decoded``: the JWTs in it by name."""

    content: bytes = b""
    size: int = 0
    decoded: dict[str, Any] = field(default_factory=dict)
    why_not: str = ""

    @property
    def cut(self) -> bool:
        return self.size > len(self.content) and not self.why_not

    @property
    def text(self) -> str:
        """Pretty where it is JSON. A body that was cut ends before its last word: it may be half a token."""
        found = self.content.decode("utf-8", "replace")
        if self.cut:
            return re.sub(r"[\w.~+/=%-]+\Z", "", found)
        try:
            return json.dumps(json.loads(found), indent=2, ensure_ascii=False)
        except (ValueError, RecursionError):
            return found


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. ``ms``: from the first byte of ours to the last, the EHR's delay included."""

    number: int
    at: float
    kind: str
    method: str
    path: str
    status: int
    ms: int
    launch: int | None
    fault: str | None
    client_id: str | None
    asked: Pairs
    sent: Body
    answered: Pairs
    got: Body

    @property
    def weight(self) -> int:
        return len(self.sent.content) + len(self.got.content) + 2048

    @property
    def failed(self) -> bool:
        return self.status >= 400 or not self.status


@dataclass(frozen=True)
class Opened:
    """One launch: its number here, when, on whom and by whom, and the context it carries."""

    number: int
    at: float
    patient: str
    user: str
    context: dict[str, Any]


class Wire:
    """The log itself. Safe to write and read from several threads."""

    def __init__(self, registered: Iterable[str] = ()) -> None:
        self.secrets = Secrets(registered)
        self._lock = threading.Lock()
        self._entries: deque[Exchange] = deque()
        self._launches: deque[Opened] = deque(maxlen=LAUNCHES)
        self._numbers, self._opened = itertools.count(1), itertools.count(1)
        self._bytes = 0

    def open(self, patient: str, user: str, context: dict[str, Any]) -> dict[str, Any]:
        """The context of a launch with its number in it, by which each of its requests is found."""
        with self._lock:
            number = next(self._opened)
            self._launches.append(Opened(number, time.time(), patient, user, context))
        return {**context, "launch_number": number}

    def add(self, **values: Any) -> None:
        with self._lock:
            exchange = Exchange(number=next(self._numbers), **values)
            self._entries.append(exchange)
            self._bytes += exchange.weight
            while len(self._entries) > ENTRIES or self._bytes > ALL_BYTES:
                self._bytes -= self._entries.popleft().weight

    def add_call(
        self, method: str, url: str, headers: dict[str, str], body: Any, answer: requests.Response | None, began: float
    ) -> None:
        """A call of ours to a CDS service; without an answer its status is 0."""
        shown = b"" if body is None else json.dumps(self.secrets.members(body, ANYWHERE), ensure_ascii=False).encode()
        signed = decoded([("assertion", headers["Authorization"].partition(" ")[2])])
        got = answer.content if answer is not None else b""
        self.add(
            at=time.time(),
            kind="hooks",
            method=method,
            path=url,
            status=answer.status_code if answer is not None else 0,
            ms=round((time.perf_counter() - began) * 1000),
            launch=None,
            fault=None,
            client_id=None,
            asked=self.secrets.headers(headers.items(), ANYWHERE),
            sent=Body(shown[:BODY_BYTES], len(shown), signed),
            answered=self.secrets.headers(answer.headers.items() if answer is not None else (), ANYWHERE),
            got=Body(got[:BODY_BYTES], len(got)),
        )

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    @property
    def entries(self) -> list[Exchange]:
        """The newest first."""
        with self._lock:
            return list(reversed(self._entries))

    @property
    def launches(self) -> list[Opened]:
        with self._lock:
            return list(reversed(self._launches))

    def launch(self, number: int | None) -> Opened | None:
        return next((opened for opened in self.launches if opened.number == number), None)


def belongs_to(context: dict[str, Any]) -> None:
    """The request in hand is of the launch with this context."""
    g.launch_number = context.get("launch_number")


def write_down(wire: Wire, response: Response, discovery_fault: str | None) -> None:
    """Keep the request in hand and its answer, if they are of the FHIR or the authorization endpoint."""
    kind = next((kind for prefix, kind in KINDS if request.path.startswith(prefix)), None)
    if kind is None:
        return
    at_sign_in = request.path.startswith("/auth")
    names = AT_SIGN_IN if at_sign_in else ANYWHERE
    grant = g.get("grant")
    number = g.get("launch_number") or (grant.context.get("launch_number") if grant else None)
    opened = wire.launch(number) if number else None
    fault = opened.context.get("fault") if opened else None
    began = g.get("began", time.perf_counter())
    wire.add(
        at=time.time(),
        kind=kind,
        method=request.method,
        path=wire.secrets.path(request.path, request.query_string.decode("utf-8", "replace"), names),
        status=response.status_code,
        ms=round((time.perf_counter() - began) * 1000),
        launch=number,
        fault=fault or (discovery_fault if request.path.endswith("smart-configuration") else None),
        client_id=g.get("client_id"),
        asked=wire.secrets.headers(request.headers, names),
        sent=_sent(wire.secrets, names, at_sign_in),
        answered=wire.secrets.headers(response.headers, names),
        got=_got(wire.secrets, response, names, at_sign_in),
    )


def _sent(secrets: Secrets, names: frozenset[str], at_sign_in: bool) -> Body:
    try:
        if request.mimetype in FORMS:
            pairs = list(request.form.items(multi=True))
            lines = "\n".join(f"{key}={value}" for key, value in secrets.pairs(pairs, names)).encode()
            return Body(lines[:BODY_BYTES], len(lines), decoded(pairs))
        return _kept(secrets, request.get_data(), names, at_sign_in)
    except HTTPException:
        return Body(size=request.content_length or 0, why_not="It is larger than this server accepts.")


def _got(secrets: Secrets, response: Response, names: frozenset[str], at_sign_in: bool) -> Body:
    if response.mimetype == "text/html" or response.is_streamed:
        return Body(size=response.content_length or 0, why_not="A page for a person: not kept.")
    return _kept(secrets, response.get_data(), names, at_sign_in)


def _kept(secrets: Secrets, content: bytes, names: frozenset[str], at_sign_in: bool) -> Body:
    if not at_sign_in or not content:
        return Body(content[:BODY_BYTES], len(content))
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        return Body(size=len(content), why_not="It is no JSON, so what is secret in it cannot be told: not kept.")
    shown = json.dumps(secrets.members(read, names), ensure_ascii=False).encode()
    return Body(shown[:BODY_BYTES], len(shown), decoded(read.items()) if isinstance(read, dict) else {})
