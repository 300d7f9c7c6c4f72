"""One running sandbox: its parts, and what tests and pages ask of it."""

from __future__ import annotations

import secrets
import threading
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import current_app

from .authorization import build_server
from .chart_view import Chart
from .compartment import Resource
from .config import SandboxConfig
from .exports import ExportDesk
from .faults import Faults, check
from .fhir_local import LocalFhir
from .fhir_remote import RemoteFhir
from .fhir_vendor import VendorFhir
from .hooks import HookDesk
from .ledger import Ledger
from .load import load_all
from .people import User
from .personality import read_personality
from .search import criteria, matches
from .signing import SigningKey
from .store import Store
from .wire import Wire


@dataclass(frozen=True)
class Seen:
    """One request that reached the sandbox. ``kind``: fhir, token, discovery, keys, page, other."""

    kind: str
    method: str
    path: str
    status: int
    client_id: str | None = None


@dataclass
class RequestLog:
    """The last requests and how many of each kind; no tokens, no query values."""

    entries: deque[Seen] = field(default_factory=lambda: deque(maxlen=5000))
    counts: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, seen: Seen) -> None:
        with self._lock:
            self.entries.append(seen)
            self.counts[seen.kind] += 1

    def count(self, kind: str) -> int:
        return self.counts[kind]

    def clear(self) -> None:
        with self._lock:
            self.entries.clear()
            self.counts.clear()


class Sandbox:
    """The parts of one sandbox, reachable as ``app.extensions["sandbox"]``.

    ``delay_ms`` may be changed while running: milliseconds added to every FHIR, token, key and discovery request.
    """

    def __init__(self, config: SandboxConfig):
        self.config = config
        self.delay_ms = config.delay_ms
        self.secret = secrets.token_bytes(32)
        self.clients = {client.client_id: client for client in config.clients}
        self.log = RequestLog()
        self.wire = Wire(client.secret for client in config.clients if client.secret)
        self.store = Store(config.database, config.fhir_base)
        self.ledger = Ledger(config.clock)
        self.faults = Faults()
        self.hooks = HookDesk(config, self.wire)
        self.signing_key = config.signing_key or SigningKey.generate()
        self.server = build_server(config, self.ledger, self.signing_key)
        # a clinic's calendar day, where this machine stands
        today = config.today or date.today()  # noqa: DTZ011
        self.fhir: LocalFhir | RemoteFhir
        if config.proxy_fhir:
            self.fhir = RemoteFhir(config.proxy_fhir, config.fhir_base, self.secret, config.proxy_session())
        else:
            theirs = read_personality(config.personality) if config.personality else None
            shape = theirs.shaped if theirs else None
            if config.own:
                self.store.take_over(config.own)
            load_all(self.store, config.data, own=config.patients and not config.own, today=today, shape=shape)
            self.fhir = (
                VendorFhir(self.store, config.fhir_base, self.secret, theirs)
                if theirs
                else LocalFhir(self.store, config.fhir_base, self.secret, config.page_size, config.page_size_max)
            )
        self.exports = ExportDesk(config, self.store, self.faults)
        self.chart = Chart(self.fhir, self.store, today)

    @property
    def speaks(self) -> str:
        """Whose manner the FHIR endpoint has, as people name the vendor; empty for its own."""
        return read_personality(self.config.personality).name if self.config.personality else ""

    def new_launch(
        self,
        patient_id: str,
        user_id: str = "okafor",
        *,
        need_patient_banner: bool = True,
        encounter: str | None = None,
        intent: str | None = None,
        tenant: str | None = None,
        client_id: str | None = None,
        fault: str | None = None,
        **context: Any,
    ) -> str:
        """Prepare an EHR launch; returns the opaque ``launch`` value. More context (fhirContext ...) by keyword.

        ``fault`` names what is to go wrong in this launch (:data:`~launch.sandbox.faults.FAULTS`).
        """
        found: dict[str, Any] = {
            "need_patient_banner": need_patient_banner,
            "smart_style_url": f"{self.config.issuer}/smart-style.json",
            "encounter": encounter,
            "intent": intent,
            "tenant": tenant,
            "fault": check(fault),
            **context,
        }
        found = self.wire.open(patient_id, user_id, found)
        return self.ledger.open_launch(patient_id, user_id, self.config.launch_seconds, client_id, found)

    def end_session(self, user_id: str) -> None:
        """The user logs out of the EHR: tokens granted with online_access end."""
        self.ledger.end_session(user_id)

    def prepare_user(self, user: User) -> None:
        """In front of another server, make sure the Practitioner behind this login exists there."""
        if isinstance(self.fhir, RemoteFhir) and user.fhir_user.startswith("Practitioner/"):
            self.fhir.ensure_practitioner(user)

    def resource(self, type_: str, id_: str) -> Resource | None:
        """The current version of a stored resource, past every access rule; for tests."""
        return self.fhir.raw_read(type_, id_)

    def all(self, type_: str) -> list[Resource]:
        return self.fhir.raw_all(type_)

    def search(self, type_: str, pairs: Mapping[str, str] | None = None, **params: str) -> list[Resource]:
        """Stored resources that match FHIR search parameters; ``_`` in a keyword stands for ``-``."""
        asked = {**(pairs or {}), **{name.replace("_", "-"): value for name, value in params.items()}}
        wanted, unknown = criteria(type_, asked.items())
        if unknown:
            raise ValueError(f"{type_} has no search parameters {unknown}")
        return [r for r in self.all(type_) if matches(r, wanted, self.config.fhir_base)]

    @property
    def requests(self) -> list[Seen]:
        return list(self.log.entries)


def sandbox() -> Sandbox:
    """The sandbox of the current Flask application."""
    found: Sandbox = current_app.extensions["sandbox"]
    return found
