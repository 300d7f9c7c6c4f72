"""The sandbox as a command: it starts, serves, and ends when told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]


def test_the_command_serves_until_interrupted() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "launch.sandbox", "--port", str(port), "--app-url", "http://127.0.0.1:9"]
    environment = {name: value for name, value in os.environ.items() if name != "SANDBOX_FHIR"}
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline().strip() == f"Riverside EHR (sandbox): http://localhost:{port}"
        assert "Bergstrom" in _get(f"http://localhost:{port}/")
        statement = requests.get(f"http://localhost:{port}/fhir/metadata", timeout=5).json()
        assert statement["implementation"]["url"] == f"http://localhost:{port}/fhir"
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=10)
    finally:
        server.kill()
    assert server.returncode == 0
    assert "Traceback" not in errors


def _get(url: str) -> str:
    until = time.monotonic() + 10
    while True:
        try:
            return requests.get(url, timeout=5).text
        except requests.ConnectionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
