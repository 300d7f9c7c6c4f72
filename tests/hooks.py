"""Loadpath as an EHR calls it by CDS Hooks, without a socket; and prefetch as an EHR would make it of a chart."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from smartapp import create_app
from smartapp.settings import Settings
from tests.clock import Clock
from tests.databases import empty_database
from tests.journey.harness import APP, ISSUERS
from tests.wsgi_transport import Wire

EHR = "http://localhost:8081/fhir"


@dataclass(frozen=True)
class HookApp:
    app: Flask
    client: FlaskClient
    wire: Wire


def hook_app(folder: Path, *, let_in: bool = True, issuers: str = ISSUERS, apps=None, **settings) -> HookApp:
    """``let_in``: every call is from the first EHR of the issuers file; ``apps``: origins that answer."""
    (folder / "issuers.toml").write_text(issuers)
    wire = Wire(apps or {})
    made = Settings(
        secret="s" * 32, base_url=APP, issuers_file=folder / "issuers.toml", dev_loopback=True,
        database=empty_database(folder / "loadpath.db"), keys=folder / "keys", **settings,
    )  # fmt: skip
    app = create_app(made, clock=Clock(), session_factory=wire, env={}, background=False)
    if let_in:
        first = next(iter(app.extensions["loadpath"].smart.issuers))
        app.extensions["loadpath-hook-callers"] = lambda: first
    return HookApp(app, app.test_client(), wire)
