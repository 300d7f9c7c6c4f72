"""The same with real processes: SIGKILL at a random moment, again and again, against an EHR that answers over HTTP."""

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import update

from smartapp.store import open_store
from smartapp.store.schema import signatures
from tests.conftest import ROOT
from tests.crash.world import SECRET
from tests.storing_ehr import StoringEhr


class Server(ThreadingHTTPServer):
    """The in-memory EHR behind HTTP, a little slow, so that death meets it at work."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.ehr = StoringEhr()
        self.lock = threading.Lock()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/fhir"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *args: Any) -> None:
        return

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        params = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self.server.lock:
            found = self.server.ehr.search(parts.path.rpartition("/")[2], params)
        self._send({"resourceType": "Bundle", "entry": [{"resource": r} for r in found]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(0.02)
        with self.server.lock:
            stored = self.server.ehr.create(body, self.headers.get("If-None-Exist", ""))
        time.sleep(0.02)
        self._send(dict(stored.resource))

    def _send(self, body: Any) -> None:
        raw = json.dumps(body).encode()
        try:
            self.send_response(200)
            self.send_header("Content-Type", "application/fhir+json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)
        except OSError:
            return  # the process that asked is dead


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def end_lease(database: str) -> None:
    """Time goes by: the lease of the dead process runs out."""
    store = open_store(database, SECRET)
    with store.database.engine.begin() as db:
        db.execute(update(signatures).values(writing_until=0.0))
    store.close()


def one_life(database: str, base: str, after: float) -> bool:
    """Whether the process came to its end before it was killed, ``after`` seconds past its start."""
    life = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.subject", database, base], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert life.stdout is not None
    assert life.stdout.readline() == "ready\n"
    time.sleep(after)
    life.send_signal(signal.SIGKILL)
    said, _ = life.communicate()
    return "done" in said


def survive(server: Server, database: str, dice: random.Random) -> int:
    """Lives until the plan is written; returns how many."""
    server.ehr.stored = {}
    for life in range(1, 30):
        done = one_life(database, server.base, dice.uniform(0.0, 0.25) if life < 6 else 20.0 if life > 12 else 1.5)
        end_lease(database)
        if done:
            return life
    raise AssertionError("never done")


def check(server: Server) -> None:
    kinds = sorted(kind for kind, _ in server.ehr.stored)
    assert kinds == ["CarePlan", "Goal", "Goal", "Goal", "Provenance", "ServiceRequest", "Task"]
    (plan,), (order,), (task,) = map(server.ehr.of, ("CarePlan", "ServiceRequest", "Task"))
    assert order["basedOn"][0]["reference"] == f"CarePlan/{plan['id']}"
    assert task["focus"]["reference"] == f"ServiceRequest/{order['id']}"


def test_killed_and_taken_up_again(server: Server, tmp_path: Path) -> None:
    survive(server, f"sqlite:///{tmp_path}/kill.db", random.Random(1))
    check(server)


def together(server: Server, database: str, processes: int = 2) -> None:
    """Several whole processes sign and deliver the same plan at the same time."""
    open_store(database, SECRET).close()
    command = [sys.executable, "-m", "tests.crash.subject", database, server.base]
    lives = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    for life in lives:
        said, _ = life.communicate(timeout=120)
        assert "done" in said
    check(server)


def test_two_processes_at_once_write_it_once(server: Server, tmp_path: Path) -> None:
    together(server, f"sqlite:///{tmp_path}/both.db")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 14))
def test_killed_many_times(server: Server, tmp_path: Path, seed: int) -> None:
    survive(server, f"sqlite:///{tmp_path}/kill.db", random.Random(seed))
    check(server)
