"""Settings -> the application: the one place that knows clock, transports, store and pages together."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from smartapp.ehr.bulkhead import Pools
from smartapp.ehr.capabilities import CapabilityCache
from smartapp.ehr.deliver.methods import read_site
from smartapp.ehr.fetch import ChartLoader
from smartapp.ehr.hooks import HookReader
from smartapp.ehr.http_client import HttpClient
from smartapp.ehr.issuers import read_issuers
from smartapp.ehr.launch.keys import KeyFolder
from smartapp.ehr.launch.smart import Smart
from smartapp.errors import SettingsError
from smartapp.knowledge import load
from smartapp.settings import Settings
from smartapp.store import Limits, Store, open_store
from smartapp.web import ledger, outbox, reading
from smartapp.web.about import about, evidence_of, health
from smartapp.web.admin import admin
from smartapp.web.audit import RefusalLimit
from smartapp.web.calendar import calendar
from smartapp.web.cds import cds
from smartapp.web.charts import Charts
from smartapp.web.choices import choices
from smartapp.web.hook_callers import install_hook_callers
from smartapp.web.hook_report import hook_report
from smartapp.web.http import install_http
from smartapp.web.inbox import inbox
from smartapp.web.launch import SourceLimit, launch
from smartapp.web.link_desk import links
from smartapp.web.link_limits import LinkLimits
from smartapp.web.link_packet import link_packet
from smartapp.web.pages import install_pages
from smartapp.web.receipt import receipts
from smartapp.web.referral_note import referral_note
from smartapp.web.referral_status import referral_status
from smartapp.web.referrals import referrals
from smartapp.web.report_desk import report_desk
from smartapp.web.review import review
from smartapp.web.rounds import Rounds, Work
from smartapp.web.sessions import sessions
from smartapp.web.sign import sign
from smartapp.web.source import source
from smartapp.web.statements import statements
from smartapp.web.subscriptions import subscriptions
from smartapp.web.therapist import therapist
from smartapp.web.trail import trail
from smartapp.web.wiring import Wiring, install_wiring

BODY_BYTES = 256 * 1024  # largest form (ours)
RESUME_EVERY = 30.0  # seconds between two looks at what still waits to be written (ours)
# Imported at their first use, because a start need not wait for them; that they are there is checked at start.
LATE = ("alembic", "authlib", "fhir", "joserfc", "requests", "typst")
WARMED = (
    "smartapp.ehr.transport",
    "smartapp.ehr.launch.token_endpoint",
    "joserfc.jwt",
    "joserfc.jwk",
    "smartapp.fhir.read.chart",
)
PURGE_EVERY = 600.0  # seconds between two clearings of what has expired (ours)


def application(
    settings: Settings | None = None,
    clock: Callable[[], float] | None = None,
    session_factory: Callable[[], Any] | None = None,
    executor: Executor | None = None,
    env: Mapping[str, str] | None = None,
    background: bool = True,
) -> Flask:
    """See :func:`smartapp.create_app`."""
    check_installed()
    env = os.environ if env is None else env
    settings = settings or Settings.from_env(env)
    made = _made(settings, clock or time.time, session_factory, executor, env)
    app = Flask("smartapp", root_path=str(Path(__file__).with_name("web")))
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = BODY_BYTES
    install_wiring(app, made)
    charts = app.extensions["loadpath-charts"] = Charts(made)
    app.extensions["loadpath-hook-reader"] = HookReader(
        ChartLoader(made.pools), made.http_client, made.settings, charts.searches
    )
    app.extensions["loadpath-refusals"] = RefusalLimit()
    app.extensions["loadpath-launches"] = SourceLimit()
    install_hook_callers(app, made)
    app.extensions["loadpath-links"] = LinkLimits()
    install_http(app, [origin for issuer in made.smart.issuers for origin in issuer.frame_ancestors])
    install_pages(app, lambda ids: evidence_of(made.knowledge, ids), settings.language)
    for pages in (
        *(health, about, launch, review, statements, source, sign, receipts, choices, sessions),
        *(
            referral_note,
            inbox,
            referrals,
            referral_status,
            links,
            link_packet,
            report_desk,
            therapist,
            subscriptions,
            calendar,
        ),
        *(trail, admin, cds, hook_report),
    ):
        app.register_blueprint(pages)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    rounds = app.extensions["loadpath-rounds"] = _rounds(app, made)
    if background:
        _keep_fresh(made, rounds)
    return app


def _made(
    settings: Settings,
    clock: Callable[[], float],
    session_factory: Callable[[], Any] | None,
    executor: Executor | None,
    env: Mapping[str, str],
) -> Wiring:
    knowledge = load(settings.site_knowledge)
    issuers = read_issuers(settings.issuers_file, env, settings.dev_loopback)
    for issuer in issuers:
        read_site(issuer.site)
    store = _store(settings, clock)
    http_client = HttpClient(settings, session_factory) if session_factory else HttpClient(settings)
    if env.get("PROMETHEUS_MULTIPROC_DIR"):
        from smartapp.metrics import Metrics  # noqa: PLC0415 -- only where somebody measures

        http_client.watch = Metrics({origin: issuer.key for issuer in issuers for origin in issuer.origins})
        store.database.watch_connections(http_client.watch.connected)
    keys = KeyFolder(settings.keys)
    return Wiring(
        settings=settings,
        knowledge=knowledge,
        smart=Smart(issuers, http_client, keys, settings, clock),
        http_client=http_client,
        keys=keys,
        capabilities=CapabilityCache(http_client, settings),
        store=store,
        pools=Pools(settings.connections, "read", executor),
        clock=clock,
        version=_version(),
        checks=_checks(store),
    )


def _store(settings: Settings, clock: Callable[[], float]) -> Store:
    limits = Limits(
        settings.session_idle_seconds,
        settings.session_absolute_seconds,
        settings.pending_seconds,
        settings.draft_seconds,
        settings.keep_hook_days * 86400.0,
    )
    return open_store(settings.database, *settings.secrets, clock=clock, limits=limits)


def _checks(store: Store) -> Mapping[str, Callable[[], bool]]:
    """Knowledge and issuers were checked when they were read; without them there is no application."""
    return {"store": store.ready, "knowledge": lambda: True, "issuers": lambda: True}


def _rounds(app: Flask, made: Wiring) -> Rounds:
    works = (
        Work("delivery", RESUME_EVERY, outbox.resume),
        Work("referrals", RESUME_EVERY, ledger.settle_all),
        Work("reading", RESUME_EVERY, reading.read_by_itself),
        Work("overdue", RESUME_EVERY, outbox.report_overdue),
        Work("purge", PURGE_EVERY, made.store.sessions.purge_expired),
        Work("purge of hooks", PURGE_EVERY, made.store.hooks.purge_expired),
        Work("forget", PURGE_EVERY, reading.forget_unread),
    )
    return Rounds(app, made, works, RESUME_EVERY)


def _keep_fresh(made: Wiring, rounds: Rounds) -> None:
    stop = threading.Event()
    made.smart.keep_warm(stop, lambda issuer: made.capabilities.of(issuer, renew=True))

    def warm() -> None:
        for name in WARMED:  # so that the first launch does not wait for them either
            import_module(name)

    threading.Thread(target=warm, name="warm", daemon=True).start()
    threading.Thread(target=rounds.go, args=(stop,), name="rounds", daemon=True).start()


def check_installed() -> None:
    """Raises SettingsError naming the packages that are missing, so that a broken installation never starts."""
    missing = [name for name in LATE if find_spec(name) is None]
    if missing:
        raise SettingsError(f"Not installed: {', '.join(missing)}. Install Loadpath again with its constraints.txt.")


def _version() -> str:
    try:
        return version("loadpath")
    except PackageNotFoundError:
        return "0+source"
