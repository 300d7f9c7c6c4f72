"""Import to ready: a fresh Python process from nothing to an app that answers /readyz, with warm files.

Warm includes compiled: the sources are compiled once into a folder of the benchmark's own, as an installation does.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.installation import ROOT, settings

PROBE = """
import time
began = time.perf_counter()
from wsgiref.util import setup_testing_defaults
from smartapp import create_app
imported = time.perf_counter()
app = create_app()
environ, said = {"PATH_INFO": "/readyz"}, []
setup_testing_defaults(environ)
body = b"".join(app(environ, lambda status, headers: said.append(status)))
assert said == ["200 OK"], body
print(imported - began, time.perf_counter() - began)
"""


def measure(rounds: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, **settings(Path(folder), "http://127.0.0.1:8080", "http://localhost:9/fhir")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        runs = [_once(environment) for _ in range(rounds + 1)][1:]  # the first run fills the file cache
    imported, ready = zip(*runs, strict=True)
    return {
        "runs": rounds,
        "import_seconds": median(imported),
        "ready_seconds": median(ready),
        "ready_range": [min(ready), max(ready)],
    }


def _once(environment: dict[str, str]) -> tuple[float, float]:
    command = [sys.executable, "-c", PROBE]
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=60)
    imported, ready = said.stdout.split()
    return float(imported), float(ready)


def table(found: dict[str, Any]) -> str:
    low, high = found["ready_range"]
    return f"\nImport to ready: {found['ready_seconds']:.2f} s (median of {found['runs']}, {low:.2f} to {high:.2f})"
