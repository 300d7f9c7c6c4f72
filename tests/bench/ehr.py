"""The sandbox EHR as a process of its own that keeps the time of every request and takes orders from the benchmark.

``python -m tests.bench.ehr --port N --app-url URL --fhirclient-url URL --patients N``. Beside the sandbox's own pages:

- ``POST /bench/delay/MS``
- ``POST /bench/launch/PATIENT`` answers the launch value
- ``POST /bench/written/PATIENT`` answers how much of a plan is in the chart
- ``POST /bench/quiet`` answers when nothing has been asked for a while
- ``POST /bench/log`` answers and forgets the requests seen so far; their clock is shared by all processes of a machine
"""

import argparse
import json
import re
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from waitress import serve

from launch.sandbox.app import create_sandbox
from launch.sandbox.clients import RegisteredClient
from launch.sandbox.config import SandboxConfig
from launch.sandbox.state import Sandbox

STORIES = Path(__file__).parents[2] / "launch" / "sandbox" / "patients"
STORY = STORIES / "03-intermediate.json"
STORY_ID = "haddad"
PATIENT = "bench-{}"
QUIET_SECONDS = 0.15


class Timekeeper:
    """WSGI: writes down when each request began and ended, delay included, and answers the benchmark's own orders."""

    def __init__(self, application: Callable[..., Iterable[bytes]], box: Sandbox) -> None:
        self.application, self.box = application, box
        self.seen: list[dict[str, Any]] = []
        self.under_way, self.last_ended = 0, 0.0
        self.lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/bench/"):
            start_response("200 OK", [("Content-Type", "application/json")])
            return [json.dumps(self.order(*path.removeprefix("/bench/").split("/"))).encode()]
        with self.lock:
            self.under_way += 1
        began = time.monotonic()
        body = b"".join(self.application(environ, start_response))
        row = {"method": environ["REQUEST_METHOD"], "path": path, "began": began, "ended": time.monotonic()}
        with self.lock:
            self.seen.append(row)
            self.under_way -= 1
            self.last_ended = row["ended"]
        return [body]

    def order(self, what: str, value: str = "") -> Any:
        if what == "delay":
            self.box.delay_ms = int(value)
        if what == "launch":
            return self.box.new_launch(value)
        while what == "quiet" and (self.under_way or time.monotonic() - self.last_ended < QUIET_SECONDS):
            time.sleep(0.01)
        if what == "written":
            return {
                type_: len(self.box.search(type_, patient=value)) for type_ in ("CarePlan", "ServiceRequest", "Goal")
            }
        with self.lock:
            seen, self.seen = self.seen, []
        return seen if what == "log" else None


def patient_bundle(patient: str) -> dict[str, Any]:
    """One story under another id, so that every round meets a chart nobody has written to."""
    story: dict[str, Any] = json.loads(re.sub(rf"\b{STORY_ID}\b", patient, STORY.read_text(encoding="utf-8")))
    return story


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ehr")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--app-url", required=True)
    parser.add_argument("--fhirclient-url", required=True)
    parser.add_argument("--patients", type=int, required=True)
    options = parser.parse_args()
    clients = (
        RegisteredClient("loadpath", (f"{options.app_url}/callback",)),
        RegisteredClient("fhirclient", (f"{options.fhirclient_url}/callback",), name="fhirclient"),
    )
    config = SandboxConfig(
        public_url=f"http://localhost:{options.port}",
        app_launch_url=f"{options.app_url}/launch",
        clients=clients,
        data=(STORIES / "practice.json", *(patient_bundle(PATIENT.format(n)) for n in range(options.patients))),
        patients=False,
        consent="never",
    )
    app = create_sandbox(config)
    serve(Timekeeper(app, app.extensions["sandbox"]), host="localhost", port=options.port, threads=32, ident=None)


if __name__ == "__main__":
    main()
