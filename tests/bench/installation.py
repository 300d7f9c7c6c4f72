"""A throw-away installation of Loadpath beside a sandbox EHR: addresses, settings, processes, and their end."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings(folder: Path, app_url: str, fhir_base: str) -> dict[str, str]:
    """What an administrator would set, for one EHR on this machine."""
    ehr = fhir_base.rpartition("/")[0]
    issuers = folder / "issuers.toml"
    issuers.write_text(
        f'[bench]\niss = "{fhir_base}"\nclient_id = "loadpath"\nauth = "public"\n'
        f'frame_ancestors = ["{ehr}"]\nroles = {{ signers = ["Practitioner"] }}\n',
        encoding="utf-8",
    )
    return {
        "SMARTAPP_SECRET": secrets.token_urlsafe(32),
        "SMARTAPP_BASE_URL": app_url,
        "SMARTAPP_ISSUERS": str(issuers),
        "SMARTAPP_DATABASE": str(folder / "loadpath.db"),
        "SMARTAPP_KEYS": str(folder / "keys"),
        "SMARTAPP_DEV_LOOPBACK": "1",
        "SMARTAPP_LOG_LEVEL": "warning",
    }


@contextmanager
def process(*arguments: str, ready: str, environment: Mapping[str, str] | None = None) -> Iterator[float]:
    """Runs ``python -m ARGUMENTS`` until the block ends; yields the seconds until ``ready`` answered 200."""
    began = time.monotonic()
    child = subprocess.Popen([sys.executable, "-m", *arguments], cwd=ROOT, env={**os.environ, **(environment or {})})
    try:
        while not _answers(ready):
            if child.poll() is not None:
                raise RuntimeError(f"{' '.join(arguments)} stopped with {child.returncode}")
            if time.monotonic() - began > PATIENCE_SECONDS:
                raise RuntimeError(f"{' '.join(arguments)} does not answer at {ready}")
            time.sleep(0.01)
        yield time.monotonic() - began
    finally:
        child.terminate()
        child.wait(timeout=10)


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code == 200
    except requests.ConnectionError:
        return False
