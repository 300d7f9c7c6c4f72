"""create_sandbox(): configuration into one WSGI application. Wiring only."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from .auth_pages import auth
from .chart_pages import chart
from .config import SandboxConfig
from .developer_pages import developer
from .discovery import discovery
from .export_api import fhir
from .hook_pages import hooks
from .markdown import as_html
from .state import Sandbox, Seen
from .wire import write_down
from .words import EHR_NAME

HERE = Path(__file__).parent
# path prefix -> what kind of request it is in the log; the first match counts
KINDS = (
    ("/fhir/.well-known", "discovery"),
    ("/auth/.well-known", "discovery"),
    ("/fhir", "fhir"),
    ("/auth/token", "token"),
    ("/auth/jwks", "keys"),
    ("/hooks/jwks", "keys"),
    ("/auth/introspect", "other"),
    ("/auth/revoke", "other"),
    ("/auth", "page"),
)
SLOWED = frozenset({"fhir", "token", "keys", "discovery", "other"})


def create_sandbox(config: SandboxConfig | None = None) -> Flask:
    """A sandbox EHR as a WSGI application; its parts are ``app.extensions["sandbox"]``. Raises UnreadableData."""
    config = config or SandboxConfig()
    app = Flask(__name__, template_folder=str(HERE / "templates"), static_folder=str(HERE / "static"))
    app.config["MAX_CONTENT_LENGTH"] = config.body_limit
    # a name that merely resolves here must not open the charts to a page from elsewhere
    app.config["TRUSTED_HOSTS"] = ["localhost", "127.0.0.1", str(urlsplit(config.public_url).hostname)]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    box = app.extensions["sandbox"] = Sandbox(config)
    app.jinja_env.globals.update(ehr=EHR_NAME, speaks=box.speaks, asks=bool(box.hooks.url), as_html=as_html)
    app.register_blueprint(fhir)
    app.register_blueprint(discovery)
    app.register_blueprint(auth)
    app.register_blueprint(chart)
    app.register_blueprint(developer)
    app.register_blueprint(hooks)
    app.before_request(_slow_down)
    app.after_request(_finish)
    return app


def kind_of(path: str) -> str:
    return next((kind for prefix, kind in KINDS if path.startswith(prefix)), "page")


def _slow_down() -> None:
    g.began = time.perf_counter()
    box = _box()
    if box.delay_ms and kind_of(request.path) in SLOWED:
        time.sleep(box.delay_ms / 1000)


def _finish(response: Response) -> Response:
    kind = kind_of(request.path)
    _box().log.add(Seen(kind, request.method, request.path, response.status_code, g.get("client_id")))
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Security-Policy", _page_policy(response))
        response.headers.setdefault("Cache-Control", "no-store")
    write_down(_box().wire, response, _box().faults.discovery)
    return response


def _page_policy(response: Response) -> str:
    """Nothing from elsewhere; the app may be framed by us, and only our own pages may frame ours."""
    targets = " ".join(filter(None, ("'self'", getattr(response, "form_targets", ""))))
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"frame-src 'self' {_box().config.app_origin}; form-action {targets}; frame-ancestors 'self'; base-uri 'none'"
    )


def _box() -> Sandbox:
    from .state import sandbox

    return sandbox()
