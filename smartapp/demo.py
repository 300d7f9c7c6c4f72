"""``smartapp demo``: the app and a sandbox EHR as two processes on this machine; Ctrl-C stops both.

The app learns of the sandbox only through settings and an issuers file, as of any other EHR. Everything it writes lies
under ``var/demo`` and is made anew at each start, because its secret is.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

FOLDER = Path("var") / "demo"
WAIT_SECONDS = 60.0  # a cold start on a slow machine; ours
_STEP_SECONDS = 0.05
_REGISTERED = "http://localhost:8081"  # where launch/issuers.toml says the sandbox is


def run_demo(port: int, ehr_port: int, data: Sequence[str] = ()) -> int:
    """Start both, say what to open, wait. Exit status 1 with a sentence where something cannot be started."""
    for problem in (port_problem("127.0.0.1", port), port_problem("localhost", ehr_port)):
        if problem:
            _complain(f"{problem} For instance: smartapp demo --port {port + 10} --ehr-port {ehr_port + 10}")
            return 1
    app_url, ehr_url = f"http://127.0.0.1:{port}", f"http://localhost:{ehr_port}"
    environment = os.environ | _settings(app_url, _fresh_folder(), ehr_url)
    _say("Starting the sandbox EHR and Loadpath ...")
    children = [
        _start("launch.sandbox", "--port", str(ehr_port), "--app-url", app_url, *_repeat("--data", data)),
        _start("smartapp", "serve", "--port", str(port), env=environment),
    ]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a closed terminal stops both, as Ctrl-C does
    try:
        if not all(_answers(host, at, children) for host, at in (("localhost", ehr_port), ("127.0.0.1", port))):
            _complain("The demo could not be started; the lines above say why.")
            return 1
        _say(
            f"\n  Open  {ehr_url}\n\n"
            "  Choose a patient, then “Loadpath” in the chart, and allow access.\n"
            "  Press Ctrl-C here to stop everything.\n"
        )
        return _wait(children)
    except KeyboardInterrupt:
        _say("\nStopping.")
        return 0
    finally:
        _stop(children)


def _start(*words: str, env: Mapping[str, str] | None = None) -> "subprocess.Popen[bytes]":
    """A child of its own session, so that Ctrl-C reaches only us and we stop both in order."""
    return subprocess.Popen([sys.executable, "-m", *words], stdout=subprocess.DEVNULL, env=env, start_new_session=True)


def _repeat(option: str, values: Sequence[str]) -> list[str]:
    return [word for value in values for word in (option, value)]


def port_problem(host: str, port: int) -> str:
    """Why we cannot listen there, in a sentence; empty if we can."""
    if not 0 < port < 65536:
        return f"Port {port} does not exist: choose one from 1 to 65535."
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"Port {port} may not be used by you: choose one above 1023."
        except OSError:
            return f"Port {port} is already in use: stop what listens there, or choose another."
    return ""


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _complain(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def _fresh_folder() -> Path:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    return FOLDER


def _settings(app_url: str, folder: Path, ehr_url: str) -> dict[str, str]:
    return {
        "SMARTAPP_SECRET": secrets.token_urlsafe(48),
        "SMARTAPP_BASE_URL": app_url,
        "SMARTAPP_DEV_LOOPBACK": "1",
        "SMARTAPP_ISSUERS": str(_issuers(folder, ehr_url)),
        "SMARTAPP_DATABASE": str(folder / "loadpath.db"),
        "SMARTAPP_KEYS": str(folder / "keys"),
        # A line for every request would bury the address to open.
        "SMARTAPP_LOG_LEVEL": os.environ.get("SMARTAPP_LOG_LEVEL", "warning"),
    }


def _issuers(folder: Path, ehr_url: str) -> Path:
    """The packaged issuers file, with the sandbox where it really is."""
    package = importlib.util.find_spec("launch")
    origin = Path(next(iter(package.submodule_search_locations or ()))) if package else Path("launch")
    made = folder / "issuers.toml"
    made.write_text((origin / "issuers.toml").read_text(encoding="utf-8").replace(_REGISTERED, ehr_url), "utf-8")
    return made


def _answers(host: str, port: int, children: Sequence["subprocess.Popen[bytes]"]) -> bool:
    """Wait until something listens; False where a process ended first or it takes too long."""
    give_up = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < give_up and all(child.poll() is None for child in children):
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((host, port)) == 0:
                return True
        time.sleep(_STEP_SECONDS)
    return False


def _wait(children: Sequence["subprocess.Popen[bytes]"]) -> int:
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    _complain("One of the two has stopped by itself; stopping the other.")
    return 1


def _stop(children: Sequence["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()
