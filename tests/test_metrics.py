"""What is measured, from one process and from several; nothing of it names a person."""

import json
import os
import re
import signal
import time
from types import SimpleNamespace

import pytest
import requests
import yaml
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from smartapp.ehr.answer import NoAnswer
from smartapp.ehr.launch.connection import Tokens
from smartapp.errors import EhrUnavailable
from smartapp.metrics import METHODS, Metrics, OfTheStore
from tests.conftest import ROOT
from tests.journey.conftest import make_harness
from tests.journey.live import _free_port
from tests.journey.whole import sign
from tests.test_serving import ehr, start  # noqa: F401 the fixtures

OUTCOMES = {"2xx", "3xx", "4xx", "5xx", "no answer", "timed out", "not sent"}
STATUSES = {"waiting", "sending", "unknown", "manual", "failed", "conflict"}


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def harness(tmp_path, registry):
    made = make_harness(tmp_path)
    wired = made.app.extensions["loadpath"]
    wired.http_client.watch = Metrics({"http://localhost:8081": "sandbox"}, registry)
    wired.store.database.watch_connections(wired.watch.connected)
    registry.register(OfTheStore(wired.store))
    return made


def samples(registry: CollectorRegistry) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    text = generate_latest(registry).decode()
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(registry: CollectorRegistry, name: str, **labels: str) -> float:
    found = samples(registry)
    return sum(v for (n, of), v in found.items() if n == name and of >= frozenset(labels.items()))


def test_a_journey_is_counted_and_no_label_says_of_whom(harness, registry):
    """Each label is one of what we name: rules of pages, methods, EHRs of the file, codes of the knowledge."""
    browser = harness.browser()
    for patient in ("bergstrom", "petrov"):
        page = harness.open(browser, patient)
    sign(browser, harness.open(browser, "kowalski"))
    browser.get("http://127.0.0.1:8080/Bergstrom/RB-10021?name=Daniel")
    browser.clients["http://127.0.0.1:8080"].open("/healthz", method="BERGSTROM")
    wired = harness.app.extensions["loadpath"]
    allowed = {
        "route": {rule.rule for rule in harness.app.url_map.iter_rules()} | {"none"},
        "method": METHODS | {"other"},
        "status": {str(number) for number in range(200, 600)} | STATUSES,
        "ehr": {"sandbox", "elsewhere"},
        "outcome": OUTCOMES | {"renewed", "failed"},
        "code": {str(code) for code in wired.knowledge.alerts},
        "waits_for": {"loadpath", "a person"},
    }
    found = samples(registry)
    for (name, labels), _ in found.items():
        for label, said in labels:
            assert label == "le" or said in allowed[label], f"{name} {label}={said}"
    assert value(registry, "loadpath_request_seconds_count", route="/l/<launch_id>/sign", method="POST") == 1
    assert value(registry, "loadpath_ehr_request_seconds_count", ehr="sandbox", outcome="2xx") > 60
    assert value(registry, "loadpath_ehr_requests_running") == 0 and value(registry, "loadpath_store_up") == 1
    assert value(registry, "loadpath_alerts_total") > 0
    text = generate_latest(registry).decode()
    for told in ("ergstrom", "etrov", "kowalski", "okafor", "RB-10021", page.url.rstrip("/").rpartition("/")[2]):
        assert told not in text


def test_one_reading_of_a_chart_counts_once(registry):
    metrics = Metrics({}, registry)
    for _ in range(3):
        metrics.raised(("a launch", 1.0), ["cauda-equina", "cauda-equina"])
    metrics.raised(("a launch", 2.0), ["cauda-equina"])
    assert value(registry, "loadpath_alerts_total", code="cauda-equina") == 2


def test_an_ehr_that_does_not_answer_and_one_that_is_not_asked_any_more(harness, registry, monkeypatch):
    client = harness.app.extensions["loadpath"].http_client

    def silent(*_):
        raise NoAnswer("gone", sent=True, timed_out=True)

    monkeypatch.setattr(client.transport, "send", silent)
    for _ in range(22):
        with pytest.raises(NoAnswer):
            client.send("GET", "http://localhost:8081/fhir/Patient/1", headers={})
    counted = {
        outcome: value(registry, "loadpath_ehr_request_seconds_count", ehr="sandbox", outcome=outcome)
        for outcome in ("timed out", "not sent")
    }
    assert counted == {"timed out": 20, "not sent": 2} and value(registry, "loadpath_ehr_requests_running") == 0


def test_a_renewal_is_counted_either_way(harness, registry, monkeypatch):
    smart, answers = harness.app.extensions["loadpath"].smart, [{"access_token": "new", "token_type": "Bearer"}]

    def refresh(*_):
        if not answers:
            raise EhrUnavailable("down")
        return answers.pop()

    monkeypatch.setattr(smart._tokens, "refresh", refresh)
    session = SimpleNamespace(issuer="sandbox", endpoints=None, context=SimpleNamespace(patient="x"), user=None)
    assert smart.refresh(session, Tokens("old", "r")).access == "new"
    with pytest.raises(EhrUnavailable):
        smart.refresh(session, Tokens("old", "r"))
    for outcome in ("renewed", "failed"):
        assert value(registry, "loadpath_token_renewals_total", ehr="sandbox", outcome=outcome) == 1


def test_plans_that_are_not_in_the_chart_are_told_from_the_database(harness, registry):
    store = harness.app.extensions["loadpath"].store
    row = {"position": 0, "doubtful": False, "fixed": {}, "entry": {}, "state": {}}
    store.records.sign("l", "a patient", "plan-1", "p", {}, [{**row, "status": "waiting"}])
    store.records.sign("l", "a patient", "plan-2", "q", {}, [{**row, "status": "manual"}])
    harness.clock.now += 1000
    assert value(registry, "loadpath_undelivered_plans", waits_for="loadpath") == 1
    assert value(registry, "loadpath_undelivered_plans", waits_for="a person") == 1
    assert value(registry, "loadpath_outbox_artifacts", status="waiting") == 1
    assert value(registry, "loadpath_overdue_plans") == 2
    assert value(registry, "loadpath_outbox_oldest_seconds") >= 1000
    assert value(registry, "loadpath_background_age_seconds") == -1
    store.backlog.note_round()
    assert value(registry, "loadpath_background_age_seconds") == 0


def test_without_the_database_the_scraper_is_answered(harness, registry, monkeypatch):
    monkeypatch.setattr(harness.app.extensions["loadpath"].store, "ready", lambda: False)
    assert value(registry, "loadpath_store_up") == 0
    assert "loadpath_undelivered_plans" not in {name for name, _ in samples(registry)}


# -- several workers, one scraper


def scraped(port: int) -> str:
    return requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text


def total(text: str, name: str, *parts: str) -> float:
    lines = [line for line in text.splitlines() if line.startswith(name) and all(part in line for part in parts)]
    return sum(float(line.rpartition(" ")[2]) for line in lines)


def test_all_workers_are_counted_on_a_port_of_its_own_also_one_that_died(start, tmp_path):  # noqa: F811
    port = _free_port()
    process, url = start("--workers", "2", "--metrics-port", str(port))
    for _ in range(30):
        assert requests.get(f"{url}/healthz", timeout=5).ok
    give_up = time.monotonic() + 30
    while (found := total(scraped(port), "loadpath_request_seconds_count", '"/healthz"')) < 30:
        assert time.monotonic() < give_up, found
        time.sleep(0.2)
    assert requests.get(f"{url}/metrics", timeout=5).status_code == 404, "not where browsers are"
    assert "loadpath_store_up 1.0" in scraped(port)
    children = os.popen(f"pgrep -P {process.pid}").read().split()
    assert len(children) == 3
    os.kill(int(children[0]), signal.SIGKILL)
    give_up = time.monotonic() + 60
    while len(now := os.popen(f"pgrep -P {process.pid}").read().split()) < 3 or now == children:
        assert time.monotonic() < give_up
        time.sleep(0.2)
    assert total(scraped(port), "loadpath_request_seconds_count", '"/healthz"') >= 30, "what it counted stays counted"


# -- what is shipped for those who watch


def names_in(text: str) -> set[str]:
    return {re.sub(r"_(count|bucket|sum)$", "", name) for name in re.findall(r"\bloadpath_[a-z_]+", text)}


def test_rules_and_dashboard_ask_for_what_there_is(harness, registry):
    harness.open(harness.browser(), "bergstrom")
    known = {re.sub(r"_(count|bucket|sum|created)$", "", name) for name, _ in samples(registry)}
    known |= {"loadpath_token_renewals_total", "loadpath_outbox_artifacts"}
    rules = yaml.safe_load((ROOT / "deploy/prometheus-rules.yaml").read_text(encoding="utf-8"))
    board = json.loads((ROOT / "deploy/grafana-dashboard.json").read_text(encoding="utf-8"))
    asked = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    shown = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    assert names_in(" ".join(asked)) <= known and names_in(" ".join(shown)) <= known
    assert len(asked) >= 9 and {"loadpath_overdue_plans", "loadpath_store_up"} <= names_in(" ".join(asked))
    outcomes = {each for given in re.findall(r'outcome=~"([^"]+)"', " ".join(asked)) for each in given.split("|")}
    assert outcomes <= OUTCOMES
    runbook = (ROOT / "deploy/runbook.md").read_text(encoding="utf-8")
    assert not [rule["alert"] for group in rules["groups"] for rule in group["rules"] if rule["alert"] not in runbook]
