"""What a sandbox is started with: one frozen value, no environment, no files read here."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from .clients import DEFAULT_CLIENTS, RegisteredClient
from .personality import read_personality
from .signing import SigningKey
from .store import Store
from .telling import post

CONSENT = ("first", "always", "never")


@dataclass(frozen=True)
class SandboxConfig:
    """Settings of one sandbox.

    ``data`` holds paths (Bundle JSON, NDJSON, or a folder of them) or parsed Bundles; ``database`` is a SQLite file or
    ``:memory:``. ``proxy_fhir`` is the base URL of another FHIR server to stand in front of. ``consent`` says when the
    consent page is shown: once per user and app "first", "always", or "never" (approved by the EHR beforehand).
    ``hang_seconds`` is how long the
    fault ``fhir_hang`` lets a search wait. ``clock`` gives seconds since the epoch and decides when codes, launches and
    tokens expire. ``signing_key`` is made at start where none is given; ``proxy_session`` makes the session that talks
    to the server behind. ``personality`` names the vendor whose manner the FHIR endpoint has (personalities/).
    ``cds_url`` is where the app's CDS services are (None: charts ask nobody), called by ``cds_session``.
    ``topics``: of changes it says it tells of, as canonicals; ``tell``
    sends a notification to an address.
    An export takes ``export_seconds``, and its files have ``export_lines`` each.
    ``own`` is a store that holds our own patients already: copying it is quicker than reading their files.
    """

    public_url: str = "http://localhost:8081"
    app_launch_url: str = "http://127.0.0.1:8080/launch"
    cds_url: str | None = None
    clients: tuple[RegisteredClient, ...] = DEFAULT_CLIENTS
    data: tuple[str | Path | Mapping[str, Any], ...] = ()
    database: str = ":memory:"
    proxy_fhir: str | None = None
    delay_ms: int = 0
    patients: bool = True
    today: date | None = None
    consent: str = "first"
    access_token_seconds: int = 300
    code_seconds: int = 60
    launch_seconds: int = 600
    hang_seconds: float = 60.0
    export_seconds: float = 3.0
    export_lines: int = 1000
    page_size: int = 50
    page_size_max: int = 200
    body_limit: int = 5 * 1024 * 1024
    clock: Callable[[], float] = time.time
    signing_key: SigningKey | None = None
    personality: str | None = None
    proxy_session: Callable[[], requests.Session] = requests.Session
    own: Store | None = None
    cds_session: Callable[[], requests.Session] = requests.Session
    topics: tuple[str, ...] = ()
    tell: Callable[[str, dict[str, Any]], None] = post

    def __post_init__(self) -> None:
        if self.consent not in CONSENT:
            raise ValueError(f"consent must be one of {', '.join(CONSENT)}, not {self.consent!r}")
        object.__setattr__(self, "public_url", self.public_url.rstrip("/"))
        object.__setattr__(self, "clients", tuple(self.clients))
        object.__setattr__(self, "data", tuple(self.data))
        if self.proxy_fhir:
            object.__setattr__(self, "proxy_fhir", self.proxy_fhir.rstrip("/"))
        if self.proxy_fhir and self.data:
            raise ValueError("data cannot be loaded in front of another FHIR server: load it there")
        if self.personality:
            read_personality(self.personality)
        if self.personality and self.proxy_fhir:
            raise ValueError("a personality is for our own records: another FHIR server has its own")
        for name in ("public_url", "app_launch_url", "proxy_fhir", "cds_url"):
            value = getattr(self, name)
            if value and urlsplit(value).scheme not in {"http", "https"}:
                raise ValueError(f"{name} must be an http or https URL, not {value!r}")

    @property
    def fhir_base(self) -> str:
        return f"{self.public_url}/fhir"

    @property
    def issuer(self) -> str:
        """OpenID issuer. Deliberately not the FHIR base: many EHRs keep them apart."""
        return f"{self.public_url}/auth"

    @property
    def app_origin(self) -> str:
        parts = urlsplit(self.app_launch_url)
        return f"{parts.scheme}://{parts.netloc}"
