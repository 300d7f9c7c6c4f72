"""The chart in one request: the same as in many, and whatever a batch leaves out is asked for by itself."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Response, request

from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetch import Batched, _Fetch
from smartapp.ehr.fetched_chart import FailureKind, FetchedChart
from smartapp.errors import EhrForbidden, EhrUnavailable
from smartapp.fhir.read import searches
from smartapp.knowledge import load
from tests.clock import Clock
from tests.fake_ehr import BASE, ORIGIN, FakeEhr, fhir
from tests.fake_ehr import ISSUERS as FAKE
from tests.journey.harness import ISSUERS, make_harness
from tests.sandboxes import sandbox_ehr

from .launching import Edge, FixedToken, client_of, edge, fetch_chart, launched

SANDBOX = "http://localhost:8081"
SEARCHES = [
    ("Patient", "Patient", {}),
    ("Conditions", "Condition", {"patient": "{patient}"}),
    ("Bone density", "Observation", {"patient": "{patient}", "category": "imaging"}),
    ("Procedures", "Procedure", {"patient": "{patient}"}),
]
SEARCHED = len(searches(load().codes)) - 1  # the Patient is read
ANN = {"resourceType": "Patient", "id": "ann"}


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as executor:
        yield executor


def test_a_batch_brings_what_the_searches_bring_page_by_page(pool: ThreadPoolExecutor) -> None:
    clock = Clock(time.time())
    ehr = sandbox_ehr(clock=clock, page_size=2)
    app = edge({SANDBOX: ehr}, clock=clock)
    client = client_of(app, launched(ehr, app))
    apart = fetch_chart(client, "bergstrom", SEARCHES, pool)
    before = len(app.wire.seen)
    together = fetch_chart(client, "bergstrom", SEARCHES, pool, batch=True)
    assert together == apart
    assert any(resource["resourceType"] == "Condition" for resource in together.resources)
    sent = [(s.method, s.path) for s in app.wire.seen[before:]]
    assert sent[0] == ("POST", "/fhir")
    assert sent[1:] and all(method == "GET" for method, _ in sent[1:]), "the later pages of conditions"


class BatchEhr(FakeEhr):
    """Answers a batch with ``entries`` and every single request with a record that says so."""

    def __init__(self) -> None:
        super().__init__(pages={"/r4/Patient/ann": fhir(ANN), "/r4": self.batch, "/r4/": self.batch}, otherwise=alone)
        self.entries: list[object] = []
        self.status = 200

    def batch(self, args: object) -> Response:
        assert request.get_json()["entry"][0]["request"] == {"method": "GET", "url": "Patient/ann"}
        return fhir({"resourceType": "Bundle", "type": "batch-response", "entry": self.entries}, self.status)


def alone(path: str) -> Response:
    return fhir(found(f"alone-{path.removeprefix('r4/')}"))


def found(id_: str) -> dict:
    entry = {"resource": {"resourceType": "Basic", "id": id_, "subject": {"reference": "Patient/ann"}}}
    return {"resourceType": "Bundle", "type": "searchset", "entry": [entry]}


def answer(status: str, resource: object = None, **response: object) -> dict:
    return {"response": {"status": status, **response}, **({"resource": resource} if resource else {})}


@pytest.fixture
def server() -> BatchEhr:
    return BatchEhr()


@pytest.fixture
def client(server: BatchEhr) -> FhirClient:
    app: Edge = edge({ORIGIN: server}, issuers=FAKE)
    return FhirClient(app.http_client, BASE, FixedToken("token"))


def fetched(client: FhirClient, pool: ThreadPoolExecutor) -> FetchedChart:
    return fetch_chart(client, "ann", SEARCHES, pool, batch=True)


def in_one_request(client: FhirClient) -> Sequence[Batched]:
    return _Fetch(client, "ann", lambda ended: None, ()).batch(SEARCHES)


def ids(result: FetchedChart) -> set[str]:
    return {resource["id"] for resource in result.resources}


def test_a_refusal_in_the_batch_costs_that_search_only(server, client, pool) -> None:
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "diagnostics": "not for you"}]}
    server.entries = [
        answer("200", ANN),
        answer("200 OK", found("c")),
        answer("403", outcome=outcome),
        answer("200", found("p")),
    ]
    result = fetched(client, pool)
    assert ids(result) == {"ann", "c", "p"}
    (told,) = result.partial
    assert told.startswith("Bone density: not permitted") and "not for you" in told
    assert server.asked == []
    assert [failure.kind for failure in result.failures] == [FailureKind.FORBIDDEN]
    brought = in_one_request(client)
    assert isinstance(brought[2], EhrForbidden)
    assert "not for you" in str(brought[2])


@pytest.mark.parametrize(
    "lacking",
    [answer("503"), answer("429"), answer("401"), answer("200"), answer("200", ANN | {"resourceType": "Basic"}), {}, 7],
)
def test_what_a_batch_does_not_tell_is_asked_for_by_itself(server, client, pool, lacking) -> None:
    server.entries = [answer("200", ANN), answer("200", found("c")), lacking, answer("200", found("p"))]
    assert ids(fetched(client, pool)) == {"ann", "c", "alone-Observation", "p"}
    assert server.asked == ["/r4/Observation?patient=ann&category=imaging"]


@pytest.mark.parametrize("status", [400, 404, 500])
def test_where_batches_fail_every_search_goes_by_itself(server, client, pool, status) -> None:
    server.status = status
    assert len(ids(fetched(client, pool))) == len(server.asked) == len(SEARCHES)


def test_an_answer_that_leaves_searches_out_is_no_answer(server, client, pool) -> None:
    server.entries = [answer("200", ANN)]
    assert len(ids(fetched(client, pool))) == len(SEARCHES)
    with pytest.raises(EhrUnavailable, match="every search"):
        in_one_request(client)


def test_a_site_that_wants_batches_has_its_chart_and_its_audit_trail(tmp_path) -> None:
    harness = make_harness(
        tmp_path, issuers=ISSUERS.replace('client_id = "loadpath"', 'client_id = "loadpath"\nbatch = true')
    )
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert page.offers_plan
    assert [s.path for s in harness.wire.seen if s.method == "POST"].count("/fhir") == 1
    assert not [s for s in harness.wire.seen if s.method == "GET" and s.path == "/fhir/Condition"]
    events = list(harness.app.extensions["loadpath"].store.audit.events())
    assert len([e for e in events if e.get("subtype", [{}])[0].get("code") == "search"]) == SEARCHED
    assert browser.press(page, page.form("/sign")).heading == "Saved to chart"
    harness.box.store.close()
