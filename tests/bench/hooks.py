"""A CDS Hooks call with 100 KB of prefetch, authentication on: CPU time of a call, and how long 8 clients at once wait.

In process, without a socket, beside a bare WSGI application that only decodes the same body: what any service must pay.
"""

import json
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.hook_callers import JWKS, NAME, token
from tests.hooks import body, hook_app, prefetch_of, sandbox_patients
from tests.journey.harness import APP, EHR, ISSUERS

SIZE = 100_000  # bytes of a call
CLIENTS = 8
PATIENT = "haddad"
PATH = "/cds-services/loadpath-patient-view"
_HOOKS = f'[sandbox.cds_hooks]\niss = "{NAME}"\njku = "{EHR}/jwks"\ntenant = "north"\n'


def measure(rounds: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        client = _client(Path(folder))
        text, calls = call_of(SIZE), 20 * rounds
        now = Clock().now
        tokens = iter([token(now, f"{APP}{PATH}", {"jku": None}) for _ in range(2 * calls + 20)])

        def ours() -> None:
            answer = client.post(PATH, data=text, headers={"Authorization": f"Bearer {next(tokens)}"})
            assert answer.status_code == 200 and answer.get_json()["cards"], answer.get_data(as_text=True)

        bare = _bare().test_client()
        sides: dict[str, Callable[[], Any]] = {"loadpath": ours, "bare": lambda: bare.post(PATH, data=text)}
        for side in sides.values():
            side()
        return {"bytes": len(text), "calls": calls, **{name: _of(side, calls) for name, side in sides.items()}}


def call_of(size: int) -> bytes:
    """A call as large as asked: a chart with a card, and visits that mean nothing to it."""
    prefetch = prefetch_of(sandbox_patients()[PATIENT], PATIENT)
    visits = prefetch["visits"]["entry"]
    while len(made := json.dumps(body("patient-view", PATIENT, prefetch)).encode()) < size:
        number = len(visits)
        visits.extend({"resource": _visit(number + more)} for more in range(10))
        prefetch["visits"]["total"] = len(visits)
    return made


def _visit(number: int) -> dict[str, Any]:
    return {
        "resourceType": "Encounter", "id": f"v{number}", "status": "finished", "class": {"code": "AMB"},
        "subject": {"reference": f"Patient/{PATIENT}"}, "type": [{"text": "Office visit, established patient"}],
        "period": {"start": "2024-05-04T10:00:00Z", "end": "2024-05-04T10:30:00Z"},
    }  # fmt: skip


def _client(folder: Path) -> FlaskClient:
    keys = Flask("keys")
    keys.add_url_rule("/jwks", view_func=lambda: {"keys": JWKS})
    head, _, roles = ISSUERS.partition("[sandbox.roles]")
    return hook_app(folder, let_in=False, issuers=f"{head}{_HOOKS}[sandbox.roles]{roles}", apps={EHR: keys}).client


def _bare() -> Flask:
    app = Flask("bare")

    def answer() -> dict[str, Any]:
        from flask import request

        json.loads(request.get_data())
        return {"cards": []}

    app.add_url_rule(PATH, view_func=answer, methods=["POST"])
    return app


def _of(call: Callable[[], Any], calls: int) -> dict[str, float]:
    began = time.process_time()
    for _ in range(calls):
        call()
    cpu = (time.process_time() - began) / calls
    with ThreadPoolExecutor(CLIENTS) as threads:
        waits = list(threads.map(lambda _: _timed(call), range(calls)))
    return {"cpu_ms": cpu * 1000, "p50_ms": median(waits) * 1000, "p99_ms": quantiles(waits, n=100)[98] * 1000}


def _timed(call: Callable[[], Any]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def table(found: dict[str, Any]) -> str:
    lines = [
        f"\nCDS Hooks, {found['bytes'] // 1000} kB of prefetch, {CLIENTS} clients at once ({found['calls']} calls)"
    ]
    for name in ("loadpath", "bare"):
        side = found[name]
        lines.append(
            f"  {name:9} {side['cpu_ms']:6.1f} ms CPU   p50 {side['p50_ms']:6.1f} ms   p99 {side['p99_ms']:6.1f} ms"
        )
    return "\n".join(lines)
