"""What a process tells its Watch -> counters of Prometheus, over all workers, on a port of their own.

Workers write into files of one folder (PROMETHEUS_MULTIPROC_DIR), which must be named before the first of them starts;
a process beside them adds what the database knows and answers the scraper. No label names a person: each value is a
rule of a page, a status, the key of an EHR or a code of the knowledge.
"""

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from smartapp.ehr.addresses import origin
from smartapp.settings import Settings
from smartapp.store import Store, open_store
from smartapp.watch import Watch

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
ELSEWHERE = "elsewhere"  # an address of none of our EHRs, such as that of a key set
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
PAGES = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds; ours
READINGS = 5000  # that are remembered, so that each counts once; ours


class Metrics(Watch):
    """``ehrs``: origin of an address -> key of the EHR in the issuers file."""

    def __init__(self, ehrs: Mapping[str, str], registry: CollectorRegistry | None = None):
        made = registry or CollectorRegistry()
        self._ehrs, self._seen, self._lock = ehrs, OrderedDict[tuple[str, float], None](), threading.Lock()
        self._requests = Histogram(
            "loadpath_request_seconds", "Requests answered.", ["route", "method", "status"], buckets=PAGES,
            registry=made,
        )  # fmt: skip
        self._asked = Histogram(
            "loadpath_ehr_request_seconds", "Requests to an EHR.", ["ehr", "method", "outcome"], buckets=PAGES,
            registry=made,
        )  # fmt: skip
        self._asking = Gauge(
            "loadpath_ehr_requests_running", "Requests to an EHR that wait for its answer.", ["ehr"],
            multiprocess_mode="livesum", registry=made,
        )  # fmt: skip
        self._renewed = Counter(
            "loadpath_token_renewals", "Renewals of a session's access.", ["ehr", "outcome"], registry=made
        )
        self._alerts = Counter(
            "loadpath_alerts", "Alerts of charts that were read and shown, by code.", ["code"], registry=made
        )
        self._connected = Gauge(
            "loadpath_database_connections", "Connections to the database in use.", multiprocess_mode="livesum",
            registry=made,
        )  # fmt: skip

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        known = method if method in METHODS else "other"
        self._requests.labels(route, known, str(status)).observe(seconds)

    def asking(self, url: str, change: int) -> None:
        self._asking.labels(self._ehr(url)).inc(change)

    def asked(self, url: str, method: str, outcome: str, seconds: float) -> None:
        self._asked.labels(self._ehr(url), method, outcome).observe(seconds)

    def renewed(self, issuer: str, well: bool) -> None:
        self._renewed.labels(issuer, "renewed" if well else "failed").inc()

    def raised(self, reading: tuple[str, float], codes: Iterable[str]) -> None:
        with self._lock:
            if reading in self._seen:
                return
            self._seen[reading] = None
            if len(self._seen) > READINGS:
                self._seen.popitem(last=False)
        for code in set(codes):
            self._alerts.labels(code).inc()

    def connected(self, change: int) -> None:
        self._connected.inc(change)

    def _ehr(self, url: str) -> str:
        return self._ehrs.get(origin(url), ELSEWHERE)


class OfTheStore(Collector):
    """What the database knows at the moment of the scrape: signed plans that have not reached the chart."""

    def __init__(self, store: Store):
        self._store = store

    def collect(self) -> Iterator[Metric]:
        now, up = self._store.database.clock(), self._store.ready()
        yield GaugeMetricFamily("loadpath_store_up", "Whether the database can be used.", float(up))
        if not up:
            return
        waiting, rounds = self._store.backlog.undelivered(), self._store.backlog.last_round()
        plans = GaugeMetricFamily(
            "loadpath_undelivered_plans", "Signed plans not in the chart; for whom they wait.", labels=["waits_for"]
        )
        by_itself = sum(each.goes_on for each in waiting)
        plans.add_metric(["loadpath"], by_itself)
        plans.add_metric(["a person"], len(waiting) - by_itself)
        yield plans
        artifacts = GaugeMetricFamily("loadpath_outbox_artifacts", "What is left to write of them.", labels=["status"])
        statuses = [status for each in waiting for status in each.statuses]
        for status in sorted(set(statuses)):
            artifacts.add_metric([status], statuses.count(status))
        yield artifacts
        late, oldest = sum(each.overdue(now) for each in waiting), max((now - e.signed for e in waiting), default=0.0)
        ages = {
            "loadpath_overdue_plans": ("Those that wait for more than 15 minutes.", late),
            "loadpath_outbox_oldest_seconds": ("Age of the oldest of them; 0 without any.", oldest),
            "loadpath_background_age_seconds": (
                "Since a worker last went through the outbox; -1 if none ever did.", now - rounds if rounds else -1.0
            ),
        }  # fmt: skip
        for name, (about, value) in ages.items():
            yield GaugeMetricFamily(name, about, value)


def serve_metrics(host: str, port: int) -> None:
    """Answer the scraper until this process ends. Raises SettingsError, and OSError where nothing can listen there."""
    settings = Settings.from_env(os.environ)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(OfTheStore(open_store(settings.database, *settings.secrets)))
    start_http_server(port, host, registry)
    while True:
        time.sleep(3600)
