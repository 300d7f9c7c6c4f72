"""sekmet-fhir, a FHIR R4 server we did not write, on 127.0.0.1 with a database of its own and its simulator off.

Its simulator answers ServiceRequests, Tasks and others by itself; switched off, it is a plain server. Inbound resources
are validated strictly, and ``Prefer`` and conditional creates work as in the specification.

    with sekmet(folder) as base: requests.get(f"{base}/metadata")
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
import requests

START_WITHIN = 60  # seconds

SETTINGS = """\
base_url: {base}
host: 127.0.0.1
port: {port}
data_dir: {folder}
own_private_key_path: {folder}/sekmet.pem
simulator: {{enabled: false}}
validation: {{inbound: strict}}
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def sekmet(folder: Path) -> Iterator[str]:
    """Start the server with its files in ``folder``; yields its FHIR base URL and stops it at the end."""
    if find_spec("sekmet") is None:
        pytest.skip("sekmet-fhir is not installed")
    port = free_port()
    base = f"http://127.0.0.1:{port}/fhir"
    settings = folder / "sekmet.yaml"
    settings.write_text(SETTINGS.format(base=base, port=port, folder=folder))
    command = [sys.executable, "-c", "from sekmet.cli import app; app()", "serve", "--config", str(settings)]
    with (folder / "sekmet.log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait(base, server, folder / "sekmet.log")
            yield base
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait(base: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            if requests.get(f"{base}/metadata", timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise RuntimeError(f"sekmet-fhir did not start: {log.read_text()[-2000:]}")
