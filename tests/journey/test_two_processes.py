"""Two worker processes on one database: pages, renewal and logout are the session's, not the worker's."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
import requests

from launch.sandbox import RegisteredClient, SandboxConfig, create_sandbox
from tests.journey.harness import ISSUERS, forms_in
from tests.journey.live import _free_port, _served

SHORT_LIFE = 40  # seconds of an access token: Loadpath renews half a minute before the end
START_WITHIN = 60.0


pytestmark = pytest.mark.slow  # it waits for tokens to grow old


class Workers(NamedTuple):
    box: object
    ehr: str
    first: str
    second: str


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    """The sandbox in this process, Loadpath twice as ``smartapp serve``; the first one's address is the public one."""
    folder = tmp_path_factory.mktemp("workers")
    ehr_port, ports = _free_port(), (_free_port(), _free_port())
    ehr, first, second = f"http://localhost:{ehr_port}", *(f"http://127.0.0.1:{port}" for port in ports)
    client = RegisteredClient("loadpath", (f"{first}/callback",))
    box = create_sandbox(
        SandboxConfig(public_url=ehr, clients=(client,), consent="never", access_token_seconds=SHORT_LIFE)
    )
    (folder / "issuers.toml").write_text(ISSUERS.replace("http://localhost:8081", ehr), encoding="utf-8")
    with _served(box, "localhost", ehr_port):
        running = [_worker(folder, first, port) for port in ports]
        try:
            for place in (first, second):
                _ready(place)
            yield Workers(box.extensions["sandbox"], ehr, first, second)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(10)


def _worker(folder: Path, base_url: str, port: int) -> "subprocess.Popen[bytes]":
    settings = {
        "SMARTAPP_SECRET": "a secret long enough for the tests", "SMARTAPP_DEV_LOOPBACK": "1",
        "SMARTAPP_BASE_URL": base_url, "SMARTAPP_ISSUERS": str(folder / "issuers.toml"),
        "SMARTAPP_DATABASE": str(folder / "loadpath.db"), "SMARTAPP_KEYS": str(folder / "keys"),
    }  # fmt: skip
    log = (folder / f"{port}.log").open("wb")
    return subprocess.Popen(
        [sys.executable, "-m", "smartapp", "serve", "--port", str(port)],
        env=os.environ | settings,
        stdout=log,
        stderr=log,
    )


def _ready(place: str) -> None:
    give_up = time.monotonic() + START_WITHIN
    while time.monotonic() < give_up:
        try:
            if requests.get(f"{place}/readyz", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"{place} did not start")


class Person:
    """A browser that keeps the cookie of a Secure host also on http, as browsers do on loopback."""

    def __init__(self, workers: Workers):
        self.workers, self.cookie = workers, ""

    def ask(self, url: str, fields: dict[str, str] | None = None) -> requests.Response:
        headers = {"Cookie": self.cookie} if self.cookie and "127.0.0.1" in url else {}
        answer = requests.request(
            "GET" if fields is None else "POST", url, data=fields, headers=headers, allow_redirects=False, timeout=60
        )
        if given := answer.headers.get("Set-Cookie"):
            self.cookie = given.partition(";")[0]
        return answer

    def opened(self, patient: str) -> tuple[str, str]:
        """Launch at the first worker; (path of the session, its page once the chart is there)."""
        launch = self.workers.box.new_launch(patient, "okafor")
        there = f"{self.workers.first}/launch?iss={self.workers.ehr}/fhir&launch={launch}"
        for _ in range(6):
            answer = self.ask(there)
            if answer.status_code != 303:
                break
            place = answer.headers["Location"]
            there = place if "://" in place else self.workers.first + place
        path = re.sub(r"^http://[^/]+", "", there)
        return path, self.page(self.workers.second, path)

    def page(self, worker: str, path: str) -> str:
        for _ in range(60):
            text = self.ask(worker + path).text
            if "Reading the chart" not in text:
                return text
            time.sleep(0.5)
        raise AssertionError("the chart never arrived")


def form(text: str, action: str) -> tuple[str, dict[str, str]]:
    found = next(f for f in forms_in(text) if f.action.endswith(action))
    return found.action, found.fields


def renewals(workers: Workers) -> int:
    """Token requests but for the exchange of codes; the sandbox ends a grant whose refresh token comes twice."""
    return sum(seen.path == "/auth/token" and seen.status == 200 for seen in workers.box.requests)


@pytest.mark.req("SM-R2", "SM-R3")
def test_two_processes_and_many_requests_renew_once(workers: Workers) -> None:
    person = Person(workers)
    _, page = person.opened("bergstrom")
    assert "Bergstrom" in page
    action, fields = form(page, "/refresh")
    for expected in (1, 2):  # the second time with the new refresh token
        before = renewals(workers)
        time.sleep(SHORT_LIFE - 30 + 0.5)
        workers.box.delay_ms = 300  # so that one renewal is still under way when the others find their token ended
        with ThreadPoolExecutor(6) as pool:
            places = [workers.first, workers.second] * 3
            answers = list(pool.map(lambda place: person.ask(place + action, fields).status_code, places))
        assert answers == [303] * 6, expected
        workers.box.delay_ms = 0
        assert renewals(workers) - before == 1
    assert not any(seen.path == "/auth/token" and seen.status != 200 for seen in workers.box.requests)


@pytest.mark.req("SM-E2", "SM-X1")
def test_an_edit_at_one_worker_and_a_logout_at_the_other(workers: Workers) -> None:
    person = Person(workers)
    path, page = person.opened("whitfield")
    action, fields = form(page, "/leave")
    assert person.ask(workers.second + path).status_code == 200
    assert "Session ended" in person.ask(workers.first + action, fields).text
    assert sum(seen.path == "/auth/revoke" for seen in workers.box.requests) == 2
    assert person.ask(workers.second + path).status_code == 401
