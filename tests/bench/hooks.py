"""CDS Hooks under load: patient-view with a whole prefetch, beside HealthChain's service and a bare WSGI callable.

One run, taking turns, eight clients that keep their connections. Ours is authenticated: every call has a token of its
own, signed before the clock starts. CPU is that of the server's process, so what the clients cost does not count.
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from tests.bench.installation import ROOT, free_port, settings
from tests.bench.record import record
from tests.hooks import body, prefetch_of

CLIENTS, CALLS = 8, 160  # calls of one turn, all clients together
SERVICE, PEER_VERSION = "loadpath-patient-view", "0.16.1"
PEER = ROOT / "artifacts" / f"healthchain-{PEER_VERSION}"
_TICKS = os.sysconf("SC_CLK_TCK")


def measure(rounds: int) -> dict[str, Any]:
    """Requests for each second of the server's CPU, median and 99th percentile in ms, for each side and chart."""
    calls = {"with a card": _call(True), "nothing to say": _call(False)}
    with ExitStack() as stack:
        sides = {name: stack.enter_context(side) for name, side in _sides().items()}
        turns: dict[tuple[str, str], list[dict[str, float]]] = {}
        for number in range(rounds + 1):
            for name, side in sides.items():
                for chart, call in calls.items():
                    turn = side.turn(call)
                    if number:  # the first warms up
                        turns.setdefault((name, chart), []).append(turn)
    return {
        "bytes": max(map(len, calls.values())), "clients": CLIENTS, "calls": CALLS,
        "sides": {
            f"{name}, {chart}": {key: median(t[key] for t in each) for key in each[0]}
            for (name, chart), each in turns.items()
        },
    }  # fmt: skip


def table(found: Mapping[str, Any]) -> str:
    rows = [f"\nCDS Hooks, patient-view with {found['bytes'] / 1000:.0f} kB, {found['clients']} clients"]
    for name, side in found["sides"].items():
        rows.append(
            f"  {name:42} {side['per_cpu_second']:6.0f} calls a CPU second   "
            f"median {side['p50']:6.1f} ms   99th percentile {side['p99']:6.1f} ms"
        )
    if not any("healthchain" in name for name in found["sides"]):
        rows.append("  HealthChain: not measured, its package could not be installed")
    return "\n".join(rows)


def _call(fractured: bool) -> bytes:
    """A chart of 100 kB; most of an EHR's charts have no fracture, and are answered with no card."""
    resources = [entry["resource"] for entry in record(190)["entry"]]
    patient = next(each["id"] for each in resources if each["resourceType"] == "Patient")
    if not fractured:
        resources = [each for each in resources if each["resourceType"] not in ("Condition", "Procedure", "CarePlan")]
    return json.dumps(body("patient-view", patient, prefetch_of(resources, patient))).encode()


class Side:
    """A server, and the eight clients that call it."""

    def __init__(self, port: int, path: str, process: "subprocess.Popen[bytes]", sign: Any = None):
        self.port, self.path, self.process, self.sign = port, path, process, sign

    def turn(self, call: bytes) -> dict[str, float]:
        headers = [{"Content-Type": "application/json", **(self.sign() if self.sign else {})} for _ in range(CALLS)]
        before = self._cpu()
        with ThreadPoolExecutor(CLIENTS) as pool:
            parts = [headers[at::CLIENTS] for at in range(CLIENTS)]
            took = sorted(ms for each in pool.map(lambda part: self._client(part, call), parts) for ms in each)
        spent = self._cpu() - before
        return {
            "per_cpu_second": CALLS / max(spent, 1 / _TICKS), "p50": took[len(took) // 2],
            "p99": took[int(len(took) * 0.99)],
        }  # fmt: skip

    def _client(self, calls: list[dict[str, str]], call: bytes) -> list[float]:
        connection, took = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60), []
        for headers in calls:
            begun = time.perf_counter()
            connection.request("POST", self.path, call, headers)
            answer = connection.getresponse()
            told = answer.read()
            if answer.status != 200 or b"cards" not in told:
                raise RuntimeError(f"{self.path} answered {answer.status}: {told[:200]!r}")
            took.append((time.perf_counter() - begun) * 1000)
        connection.close()
        return took

    def _cpu(self) -> float:
        """Seconds of CPU the process has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


def _sides() -> dict[str, Any]:
    found = {"loadpath": _loadpath(), "bare WSGI": _plain([sys.executable, "-m", "tests.bench.floor"], "/")}
    if python := _healthchain():
        for name in ("adapter", "dictionaries"):
            command = [python, str(ROOT / "tests" / "bench" / "healthchain_side.py")]
            found[f"healthchain, {name}"] = _plain(command, "/cds/cds-services/fracture", PEER=name)
    return found


@contextmanager
def _plain(command: list[str], path: str, **environment: str) -> Iterator[Side]:
    port = free_port()
    with _running([*command, str(port)], port, environment) as process:
        yield Side(port, path, process)


@contextmanager
def _loadpath() -> Iterator[Side]:
    key, port = ECKey.generate_key("P-384", {"kid": "bench", "alg": "ES384", "use": "sig"}), free_port()
    url, numbers = f"http://127.0.0.1:{port}", iter(range(10**9))
    with _keys(key) as jku, tempfile.TemporaryDirectory() as folder:
        ehr = "http://localhost:9/fhir"
        environment = settings(Path(folder), url, ehr)
        file = Path(environment["SMARTAPP_ISSUERS"])
        hooked = f'iss = "{ehr}"\ncds_hooks = {{ iss = "bench", jku = "{jku}" }}\n'
        file.write_text(file.read_text().replace(f'iss = "{ehr}"\n', hooked), encoding="utf-8")

        def sign() -> dict[str, str]:
            now = int(time.time())
            claims = {"iss": "bench", "aud": f"{url}/cds-services/{SERVICE}", "exp": now + 300, "iat": now}
            head = {"alg": "ES384", "typ": "JWT", "kid": "bench", "jku": jku}
            told = {**claims, "jti": f"{next(numbers)}"}
            return {"Authorization": f"Bearer {jwt.encode(head, told, key, algorithms=['ES384'])}"}

        command = [sys.executable, "-m", "smartapp", "serve", "--port", str(port)]
        with _running(command, port, environment) as process:
            yield Side(port, f"/cds-services/{SERVICE}", process, sign)


@contextmanager
def _keys(key: ECKey) -> Iterator[str]:
    """The EHR's public keys, at an address."""
    told = json.dumps({"keys": [key.as_dict(private=False)]}).encode()

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("localhost", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/jwks"
    server.shutdown()


@contextmanager
def _running(command: list[str], port: int, environment: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=5).connect()
            break
        except OSError:
            time.sleep(0.1)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def _healthchain() -> str | None:
    """The Python of an environment that has it, made on first use; None where it cannot be had."""
    python = PEER / "bin" / "python"
    if not python.exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(PEER)], capture_output=True, check=False)
        command = [str(python), "-m", "pip", "install", "--quiet", f"healthchain=={PEER_VERSION}"]
        if made.returncode or subprocess.run(command, capture_output=True, check=False).returncode:
            return None
    works = subprocess.run([str(python), "-c", "import healthchain"], capture_output=True, check=False)
    return None if works.returncode else str(python)
