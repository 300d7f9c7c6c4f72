"""``python -m launch.sandbox``: the sandbox EHR on localhost, with a production server."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from pathlib import Path

from .app import create_sandbox
from .clients import DEFAULT_CLIENTS, RegisteredClient, read_clients
from .config import SandboxConfig
from .load import UnreadableData
from .personality import names
from .words import EHR_NAME

# delays are slept through in a thread, and a page of the app may ask for many things at once
THREADS = 32


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        app = create_sandbox(_config(options))
    except (UnreadableData, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    if not _port_is_free(options.port):
        print(
            f"Port {options.port} is already in use: stop what listens there, or choose another with --port.",
            file=sys.stderr,
        )
        return 2
    from waitress import serve

    print(f"{EHR_NAME} (sandbox): {app.extensions['sandbox'].config.public_url}", flush=True)
    serve(app, host="localhost", port=options.port, threads=THREADS, ident="sandbox-ehr")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m launch.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--app-url", default="http://127.0.0.1:8080", help="where the app runs")
    parser.add_argument("--data", action="append", default=[], metavar="PATH", help="Bundle JSON, NDJSON, or a folder")
    parser.add_argument("--db", default=":memory:", metavar="FILE", help="keep the charts in this SQLite file")
    parser.add_argument("--clients", metavar="FILE", help="registered apps as TOML")
    parser.add_argument("--consent", choices=("first", "always", "never"), default="first")
    parser.add_argument("--delay", type=int, default=0, metavar="MS", help="added to every FHIR and token request")
    parser.add_argument("--personality", choices=names(), help="speak like this vendor's FHIR server")
    parser.add_argument("--no-patients", action="store_true", help="start without our own patients")
    return parser


def _config(options: argparse.Namespace) -> SandboxConfig:
    app_url = options.app_url.rstrip("/")
    clients = read_clients(Path(options.clients)) if options.clients else _default_clients(app_url)
    return SandboxConfig(
        public_url=f"http://localhost:{options.port}",
        app_launch_url=f"{app_url}/launch",
        cds_url=f"{app_url}/cds-services",
        clients=clients,
        data=tuple(options.data),
        database=options.db,
        proxy_fhir=os.environ.get("SANDBOX_FHIR") or None,
        delay_ms=options.delay,
        patients=not options.no_patients,
        consent=options.consent,
        personality=options.personality,
    )


def _default_clients(app_url: str) -> tuple[RegisteredClient, ...]:
    return tuple(RegisteredClient(client.client_id, (f"{app_url}/callback",)) for client in DEFAULT_CLIENTS)


def _port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


if __name__ == "__main__":
    sys.exit(main())
