"""A Loadpath edge wired to an in-process EHR: the sandbox, or the fake one."""

import json
import re
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Flask

from smartapp.ehr.bulkhead import Pools
from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetch import ChartLoader
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.ehr.http_client import HttpClient
from smartapp.ehr.issuers import parse_issuers
from smartapp.ehr.launch.connection import Pending
from smartapp.ehr.launch.keys import KeyRing
from smartapp.ehr.launch.smart import Launched, Smart, Start
from smartapp.settings import Settings
from tests.clock import Clock
from tests.wsgi_transport import Wire

SECRET = "a secret long enough for the tests"
SETTINGS = Settings(secret=SECRET, dev_loopback=True)
SANDBOX_TABLE = """
[sandbox]
iss = "http://localhost:8081/fhir"
client_id = "loadpath"
roles = { signers = ["Practitioner/okafor"] }
"""


@dataclass
class Edge:
    """The app's side: everything between create_app and the network."""

    wire: Wire
    http_client: HttpClient
    smart: Smart
    clock: Clock

    @property
    def paths(self) -> list[str]:
        """Paths of all requests that left the app, in order."""
        return [sent.path for sent in self.wire.seen]


def edge(
    apps: dict,
    issuers: str = SANDBOX_TABLE,
    env: dict[str, str] | None = None,
    keys: KeyRing | None = None,
    settings: Settings = SETTINGS,
    clock: Clock | None = None,
) -> Edge:
    wire, clock = Wire(apps), clock or Clock(time.time())
    http_client = HttpClient(settings, wire)
    found = parse_issuers(issuers, env or {}, settings.dev_loopback)
    return Edge(wire, http_client, Smart(found, http_client, keys or KeyRing(()), settings, clock), clock)


def walk(ehr: Flask, start: Start, answer: str = "allow", **picked: str) -> list[tuple[str, str]]:
    """A person follows the authorize address and answers every page; the pairs of the callback's query."""
    browser = ehr.test_client()
    page = browser.get(start.url)
    for _ in range(4):
        if "Location" in page.headers:
            return parse_qsl(urlsplit(page.headers["Location"]).query)
        hidden = re.search(r'name="request" value="([^"]+)"', page.text)
        assert hidden, page.text
        page = browser.post("/auth/decision", data={"request": hidden[1], "answer": answer, **picked})
    raise AssertionError(page.text)


def launched(ehr: Flask, edge: Edge, patient: str = "bergstrom", user: str = "okafor", **context: object) -> Launched:
    """A whole EHR launch; the pending part goes through JSON, as through the store."""
    box = ehr.extensions["sandbox"]
    start = edge.smart.begin_launch(box.config.fhir_base, box.new_launch(patient, user, **context))
    return edge.smart.finish(walk(ehr, start), through_json(start.pending))


def through_json(pending: Pending) -> Pending:
    return Pending.from_json(json.loads(json.dumps(pending.to_json())))


class FixedToken:
    """A token source without a store: renews to the given tokens, one by one."""

    def __init__(self, *tokens: str):
        self.tokens = list(tokens)
        self.asked_to_renew = 0

    def current(self) -> str:
        return self.tokens[0]

    def renew(self, refused: str) -> str:
        self.asked_to_renew += 1
        if len(self.tokens) > 1:
            self.tokens.pop(0)
        return self.tokens[0]


def client_of(edge: Edge, found: Launched) -> FhirClient:
    return FhirClient(edge.http_client, found.connection.iss, FixedToken(found.tokens.access), sleep=lambda s: None)


def fetch_chart(
    client: FhirClient, patient_id: str, searches: Sequence[Any], pool: Executor, *on_progress: Any, **options: Any
) -> FetchedChart:
    """A chart as the loader of a process with this pool fetches it."""
    return ChartLoader(Pools(0, "", pool)).fetch_chart(client, patient_id, searches, *on_progress, **options)
