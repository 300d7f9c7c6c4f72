"""The same on real sockets: sandbox on localhost, app on 127.0.0.1, so cookies are cross-site as in an EHR."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from waitress.server import create_server

from launch.sandbox import RegisteredClient, SandboxConfig, create_sandbox
from smartapp import create_app
from smartapp.settings import Settings
from tests.journey.harness import ISSUERS


@dataclass(frozen=True)
class Live:
    ehr: str
    app: str
    box: Any

    def in_chart(self, kind: str, patient: str) -> list[dict[str, Any]]:
        found = (stored.resource for stored in self.box.store.every(kind))
        return [r for r in found if r.get("subject", {}).get("reference", "").endswith(f"Patient/{patient}")]


@contextmanager
def running(
    folder: Path, issuers: str = ISSUERS, hooks: bool = False, clock: Callable[[], float] | None = None
) -> Iterator[Live]:
    """Both servers on free ports, until the block ends. ``hooks``: charts ask the app's CDS services. ``clock``: of
    both, and the day of the sandbox's patients; None is today.
    """
    ehr_port, app_port = _free_port(), _free_port()
    ehr_url, app_url = f"http://localhost:{ehr_port}", f"http://127.0.0.1:{app_port}"
    client = RegisteredClient("loadpath", (f"{app_url}/callback",))
    ehr = create_sandbox(
        SandboxConfig(
            public_url=ehr_url,
            app_launch_url=f"{app_url}/launch",
            clients=(client,),
            consent="always",
            cds_url=f"{app_url}/cds-services" if hooks else None,
            **({"clock": clock, "today": date.fromtimestamp(clock())} if clock else {}),
        )
    )
    (folder / "issuers.toml").write_text(issuers.replace("http://localhost:8081", ehr_url), encoding="utf-8")
    settings = Settings(
        secret="a secret long enough for the tests", dev_loopback=True, base_url=app_url,
        issuers_file=folder / "issuers.toml", database=f"sqlite:///{folder}/live.db", keys=folder / "keys",
    )  # fmt: skip
    app = create_app(settings, clock=clock, env={}, background=False)
    with _served(ehr, "localhost", ehr_port), _served(app, "127.0.0.1", app_port):
        yield Live(ehr_url, app_url, ehr.extensions["sandbox"])


@contextmanager
def _served(app: Any, host: str, port: int) -> Iterator[None]:
    server = create_server(app, host=host, port=port, threads=8, ident="test")
    thread = threading.Thread(target=_run, args=(server,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.close()
        thread.join(timeout=5)


def _run(server: Any) -> None:
    """Closing the socket under a waiting loop is how this server is stopped; what it says then is of no interest."""
    try:
        server.run()
    except OSError:
        return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
