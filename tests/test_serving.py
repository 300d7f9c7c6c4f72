"""``smartapp serve`` as processes: a request under way is answered before they end, and what a proxy says is heard."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.journey.live import _free_port

STARTS_WITHIN = 60.0
ISSUER = '[slow]\niss = "{ehr}/fhir"\nclient_id = "loadpath"\nauth = "public"\nframe_ancestors = ["{ehr}"]\n'


class SlowEhr:
    """Has nothing for whoever asks; once ``slow`` it listens, and answers nothing until it is told to hang up."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.refused, self.slow, self.asked, self.open = threading.Semaphore(0), False, threading.Event(), []
        threading.Thread(target=self._listen, daemon=True).start()

    def slow_after(self, workers: int) -> None:
        """Each worker asks for the configuration when it starts, in the background; a launch would wait for that answer
        and ask for nothing itself. So all of them are answered before it is slow."""
        for _ in range(workers):
            assert self.refused.acquire(timeout=STARTS_WITHIN), "a worker did not ask for the configuration"
        self.slow = True

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.open.append(connection)
            threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        if not connection.recv(1000).startswith(b"GET /fhir/.well-known"):
            return
        if self.slow:
            self.asked.set()
            return
        connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        connection.close()
        self.refused.release()

    def hang_up(self) -> None:
        self.listener.close()
        for connection in self.open:
            connection.close()


@pytest.fixture
def ehr() -> Iterator[SlowEhr]:
    made = SlowEhr()
    yield made
    made.hang_up()


@pytest.fixture
def start(tmp_path: Path, ehr: SlowEhr) -> Iterator:
    """Starts the server with these arguments and settings; (process, its address), once it is ready."""
    (tmp_path / "issuers.toml").write_text(ISSUER.format(ehr=ehr.url))
    started = []

    def start(*arguments: str, ready: bool = True, **settings: str):
        url = f"http://127.0.0.1:{_free_port()}"
        environment = os.environ | {
            "SMARTAPP_SECRET": "a secret long enough for the tests", "SMARTAPP_BASE_URL": url,
            "SMARTAPP_DEV_LOOPBACK": "1", "SMARTAPP_ISSUERS": str(tmp_path / "issuers.toml"),
            "SMARTAPP_DATABASE": str(tmp_path / "loadpath.db"), "SMARTAPP_KEYS": str(tmp_path / "keys"),
            "SMARTAPP_LOG_LEVEL": "warning", **settings,
        }  # fmt: skip
        command = [sys.executable, "-m", "smartapp", "serve", "--port", url.rpartition(":")[2], *arguments]
        with (tmp_path / "log").open("ab") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        started.append(process)
        give_up = time.monotonic() + STARTS_WITHIN
        while ready and not _answers(url):
            assert process.poll() is None and time.monotonic() < give_up, (tmp_path / "log").read_text()
            time.sleep(0.1)
        return process, url

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
    for process in started:
        process.wait(60)


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/readyz", timeout=5).ok
    except (requests.ConnectionError, requests.Timeout):
        return False


def _takes_nobody(url: str) -> bool:
    """Whether no new connection is taken any more, as soon as that is so: the signal has to reach every worker."""
    give_up = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < give_up:
        try:
            requests.get(f"{url}/healthz", timeout=5)
        except requests.ConnectionError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("workers", [1, 2])
def test_a_request_under_way_is_answered_before_the_server_ends(start, ehr, workers):
    process, url = start("--workers", str(workers))
    ehr.slow_after(workers)
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(requests.get, f"{url}/launch", {"iss": f"{ehr.url}/fhir", "launch": "x"}, timeout=60)
        assert ehr.asked.wait(20), "the launch never reached the EHR"
        process.send_signal(signal.SIGTERM)
        assert _takes_nobody(url)
        assert not asked.done()
        ehr.hang_up()
        page = asked.result(60)
    assert page.status_code in (502, 503, 504) and "<h1" in page.text
    assert process.wait(60) == 0


def test_what_does_not_end_is_waited_for_no_longer_than_said(start, ehr):
    process, url = start("--drain", "0.5", "--workers", "2")
    ehr.slow_after(workers=2)
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(requests.get, f"{url}/launch", {"iss": f"{ehr.url}/fhir", "launch": "x"}, timeout=60)
        assert ehr.asked.wait(20)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        with pytest.raises(requests.ConnectionError):
            asked.result(10)


def test_a_worker_that_dies_is_replaced(start, tmp_path):
    process, url = start("--workers", "2")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("children of a process are not listed here")
    first = children.read_text().split()
    assert len(first) == 2
    for child in first:
        os.kill(int(child), signal.SIGKILL)
    give_up = time.monotonic() + STARTS_WITHIN
    while not (len(children.read_text().split()) == 2 and _answers(url)):
        assert time.monotonic() < give_up
        time.sleep(0.2)
    assert not {*first} & {*children.read_text().split()}
    assert len(re.findall("another one is started", (tmp_path / "log").read_text())) == 2


@pytest.mark.parametrize(
    ("headers", "status"),
    [("Content-Length: 200000000", "413"), (f"X-Large: {'x' * 40_000}", "431"), ("X-Small: x", "200")],
    ids=["body", "headers", "fits"],
)
def test_a_request_too_large_is_refused_before_anything_of_it_is_kept(start, headers, status):
    _, url = start()
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as told:
        told.sendall(f"GET /healthz HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n\r\n".encode())
        assert told.recv(100).split()[1].decode() == status


def test_those_who_say_nothing_leave_room_for_one_who_does(start):
    _, url = start()
    host, _, port = url.removeprefix("http://").partition(":")
    silent = [socket.create_connection((host, int(port)), timeout=20) for _ in range(900)]
    for each in silent:
        each.sendall(b"GET /healthz HTTP/1.1\r\nX-Slow: ")
    assert requests.get(f"{url}/healthz", timeout=20).status_code == 200
    for each in silent:
        each.close()


def test_settings_nobody_can_use_end_all_workers_with_their_reason(start, tmp_path):
    process, _ = start("--workers", "2", ready=False, SMARTAPP_BASE_URL="http://hospital.example")
    assert process.wait(60) != 0
    assert "must be https" in (tmp_path / "log").read_text()


@pytest.mark.parametrize("trusted", ["0", "1"])
def test_what_a_trusted_proxy_says_is_heard_and_nobody_else(start, trusted):
    _, url = start(SMARTAPP_TRUSTED_PROXIES=trusted)
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7", "X-Forwarded-Host": "hospital.example"}
    answer = requests.get(f"{url}/about", headers=said, timeout=30)
    assert ("Strict-Transport-Security" in answer.headers) == (trusted == "1")
