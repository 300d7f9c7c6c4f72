"""FHIR over HTTP: where the token goes, what is repeated and what never is, and what a wave of reads brings home."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from flask import Flask, Response

from smartapp.ehr.answer import NoAnswer
from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetch import Progress, WaveResult, read_wave, start_wave
from smartapp.ehr.http_client import AddressRefused
from smartapp.ehr.launch.connection import Connection, Tokens
from smartapp.ehr.launch.tokens import TokenKeeper
from smartapp.ehr.replies import Reply
from smartapp.errors import EhrConflict, EhrForbidden, EhrRejected, EhrUnavailable, SessionEnded
from smartapp.store import open_store
from tests.clock import Clock
from tests.fake_ehr import BASE, ISSUERS, ORIGIN, FakeEhr, fhir, page_of
from tests.sandboxes import sandbox_ehr

from .launching import SECRET, Edge, FixedToken, client_of, edge, launched

SANDBOX = "http://localhost:8081"
SEARCHES = [
    ("Patient", "Patient", {}),
    ("Conditions", "Condition", {"patient": "{patient}"}),
    ("Bone density", "Observation", {"patient": "{patient}", "category": "imaging"}),
    ("Procedures", "Procedure", {"patient": "{patient}"}),
]


@pytest.fixture
def clock() -> Clock:
    return Clock(time.time())


@pytest.fixture
def ehr(clock: Clock) -> Flask:
    return sandbox_ehr(clock=clock, page_size=2)


@pytest.fixture
def app(ehr: Flask, clock: Clock) -> Edge:
    return edge({SANDBOX: ehr}, clock=clock)


@pytest.fixture(scope="module")
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as executor:
        yield executor


# -- with the sandbox


def test_a_wave_brings_every_page_of_every_search(ehr: Flask, app: Edge, pool: ThreadPoolExecutor) -> None:
    told: list[Progress] = []
    result = read_wave(client_of(app, launched(ehr, app)), "bergstrom", SEARCHES, pool, told.append)
    box = ehr.extensions["sandbox"]
    expected = {f"Condition/{r['id']}" for r in box.search("Condition", patient="bergstrom")}
    assert len(expected) > 2, "more than one page"
    assert expected == {f"Condition/{r['id']}" for r in result.resources if r["resourceType"] == "Condition"}
    assert result.resources[0]["id"] == "bergstrom"
    assert (result.partial, result.unreadable) == ((), ())
    assert {progress.label for progress in told} == {search[0] for search in SEARCHES}
    assert WaveResult.from_json(json.loads(json.dumps(result.to_json()))) == result


@pytest.mark.req("SM-F1")
def test_every_read_carries_the_token_and_nothing_else_does(ehr: Flask, app: Edge, pool: ThreadPoolExecutor) -> None:
    found = launched(ehr, app)
    read_wave(client_of(app, found), "bergstrom", SEARCHES, pool)
    for sent in app.wire.seen:
        assert (sent.headers.get("Authorization") == f"Bearer {found.tokens.access}") == (
            f"{sent.path}/".startswith("/fhir/") and ".well-known" not in sent.path
        )
        assert found.tokens.access not in sent.url
        assert "Cookie" not in sent.headers


@pytest.mark.req("SM-F1", "SM-F2", "SM-T15")
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/fhir/Condition", "http://localhost:8081/fhirs/Condition", "http://localhost:8081/",
        "http://localhost:8081/fhir/../admin", "http://localhost:8081/fhir/%2e%2e/admin", "http://localhost/fhir/Condition",
        "https://localhost:8081/fhir/Condition", "http://localhost:8081@evil.example/fhir/Condition",
        "http://localhost:8081/fhir\\@evil.example/x", "//evil.example/fhir", "",
    ],
)  # fmt: skip
def test_whatever_asks_for_it_the_token_never_leaves_the_fhir_base(
    ehr: Flask, app: Edge, url: str, method: str
) -> None:
    client = client_of(app, launched(ehr, app))
    before = len(app.wire.seen)
    with pytest.raises(AddressRefused):
        client._send(method, url)
    assert len(app.wire.seen) == before


def test_a_record_is_created_once_changed_and_found(ehr: Flask, app: Edge) -> None:
    client = client_of(app, launched(ehr, app))
    identifier = {"system": "https://loadpath.example/test", "value": "goal-1"}
    goal = {
        "resourceType": "Goal", "lifecycleStatus": "proposed", "description": {"text": "Walk"},
        "subject": {"reference": "Patient/bergstrom"}, "identifier": [identifier],
    }  # fmt: skip
    query = f"identifier={identifier['system']}|{identifier['value']}"
    first, again = client.create(goal, query), client.create(goal, query)
    assert (first.status, again.status, again.reference) == (201, 200, first.reference)
    seen, id_ = f'W/"{first.version}"', first.reference.partition("/")[2]
    changed = client.update({**first.resource, "lifecycleStatus": "active"}, seen)
    assert changed.version not in ("", first.version)
    assert client.read("Goal", id_)["lifecycleStatus"] == "active"
    assert [g["id"] for g in client.search("Goal", {"identifier": "|".join(identifier.values())})] == [id_]
    with pytest.raises(EhrConflict):
        client.update(first.resource, seen)


def test_a_transaction_is_one_request(ehr: Flask, app: Edge) -> None:
    client = client_of(app, launched(ehr, app))
    goal = {
        "resourceType": "Goal", "lifecycleStatus": "proposed", "description": {"text": "Walk"},
        "subject": {"reference": "Patient/bergstrom"},
    }  # fmt: skip
    entry = {"fullUrl": "urn:uuid:1", "resource": goal, "request": {"method": "POST", "url": "Goal"}}
    app.wire.seen.clear()
    answer = client.post_transaction({"resourceType": "Bundle", "type": "transaction", "entry": [entry]})
    assert answer["type"] == "transaction-response"
    assert app.paths == ["/fhir"]


def test_another_patients_record_cannot_be_read(ehr: Flask, app: Edge) -> None:
    client = client_of(app, launched(ehr, app))
    other = next(p["id"] for p in ehr.extensions["sandbox"].all("Patient") if p["id"] != "bergstrom")
    with pytest.raises((EhrForbidden, EhrRejected)):
        client.read("Patient", other)


def test_what_the_ehr_refuses_is_said_in_its_words(ehr: Flask, app: Edge) -> None:
    client = client_of(app, launched(ehr, app))
    with pytest.raises(EhrRejected, match="It said: "):
        client.create({"resourceType": "Goal", "subject": {"reference": "Patient/bergstrom"}, "description": "no"})


# -- tokens


@pytest.fixture
def kept(ehr: Flask, app: Edge, clock: Clock, tmp_path: Path):
    """A launch in a store, and a maker of token keepers as separate workers would have them."""
    url = f"sqlite:///{tmp_path}/store.db"
    store = open_store(url, SECRET, clock=clock)
    found = launched(ehr, app)
    store.launches.begin("jar", "sandbox", "state", {})
    launch_id = store.launches.claim_callback("state", "jar").launch_id
    store.sessions.open(launch_id, found.connection.to_json(), found.tokens.to_json(), "who", "whom")

    def keeper() -> TokenKeeper:
        return TokenKeeper(open_store(url, SECRET, clock=clock).tokens, app.smart, launch_id, found.connection, clock)

    return keeper, found, store, launch_id


def renewals(app: Edge) -> int:
    return sum(sent.path == "/auth/token" and b"refresh_token" in sent.body for sent in app.wire.seen)


@pytest.mark.req("SM-R2")
def test_many_workers_with_an_ended_token_renew_it_once(ehr: Flask, app: Edge, clock: Clock, kept) -> None:
    keeper, found, _, _ = kept
    clock.now += 290
    keepers = [keeper() for _ in range(6)]
    with ThreadPoolExecutor(6) as threads:
        tokens = set(threads.map(lambda k: k.current(), keepers))
    assert renewals(app) == 1
    assert len(tokens) == 1
    assert tokens != {found.tokens.access}


@pytest.mark.req("SM-R2")
def test_an_ehr_that_answers_with_the_same_access_token_is_asked_once_as_well(
    app: Edge, clock: Clock, kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token made of claims and whole seconds can be equal to the one before; only its end is new."""
    keeper, found, _, _ = kept
    asked: list[str] = []

    def same(connection: Connection, tokens: Tokens) -> Tokens:
        asked.append(tokens.refresh)
        return replace(tokens, refresh=f"refresh-{len(asked)}", ends=clock.now + 300)

    monkeypatch.setattr(app.smart, "refresh", same)
    clock.now += 290
    shared = keeper()
    with ThreadPoolExecutor(12) as threads:
        tokens = set(threads.map(lambda k: k.current(), [shared, keeper()] * 6))
    assert tokens == {found.tokens.access}
    assert asked == [found.tokens.refresh]


@pytest.mark.req("SM-F3")
def test_after_401_the_whole_wave_renews_once_and_goes_on(
    ehr: Flask, app: Edge, kept, pool: ThreadPoolExecutor
) -> None:
    keeper, found, _, _ = kept
    ehr.extensions["sandbox"].ledger.by_access(found.tokens.access).expires_in = -1
    client = FhirClient(app.http_client, found.connection.iss, keeper())
    result = read_wave(client, "bergstrom", SEARCHES, pool)
    assert result.partial == ()
    assert renewals(app) == 1


@pytest.mark.req("SM-R3")
def test_when_access_cannot_be_renewed_the_session_ends_and_its_tokens_go(
    ehr: Flask, app: Edge, clock: Clock, kept
) -> None:
    keeper, _, store, launch_id = kept
    ehr.extensions["sandbox"].end_session("okafor")
    clock.now += 290
    with pytest.raises(SessionEnded):
        keeper().current()
    with pytest.raises(SessionEnded):
        store.tokens.load(launch_id)


def test_a_renewal_the_ehr_could_not_answer_can_be_tried_again(app: Edge, clock: Clock, kept) -> None:
    keeper, _, _, _ = kept
    clock.now += 290
    working, app.wire.apps = app.wire.apps, {}
    with pytest.raises(EhrUnavailable):
        keeper().current()
    app.wire.apps = working
    assert keeper().current()


# -- faulty FHIR servers


def condition(id_: str, patient: str = "Patient/ann") -> dict:
    return {"resourceType": "Condition", "id": id_, "subject": {"reference": patient}}


@pytest.fixture
def server() -> FakeEhr:
    return FakeEhr(pages={"/r4/Patient/ann": fhir({"resourceType": "Patient", "id": "ann"})})


@pytest.fixture
def wired(server: FakeEhr) -> Edge:
    return edge({ORIGIN: server}, ISSUERS)


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def client(wired: Edge, slept: list[float]) -> FhirClient:
    return FhirClient(wired.http_client, BASE, FixedToken("token"), pages=4, sleep=slept.append)


@pytest.mark.parametrize(
    "following",
    ["https://evil.example/r4/Condition?page=2", "//evil.example/x", "https://ehr.example.evil/r4?x",
     "https://ehr.example/r4evil/Condition", "https://ehr.example/r4/../admin", "http://ehr.example/r4?page=2",
     "https://u:p@ehr.example/r4?page=2", "https://ehr.example/r4/%2e%2e/admin", "javascript:1"],
)  # fmt: skip
@pytest.mark.req("SM-F2", "SM-T15")
def test_a_next_link_elsewhere_is_not_followed_and_said(
    server: FakeEhr, client: FhirClient, wired: Edge, following: str
) -> None:
    server.pages["/r4/Condition"] = page_of(condition("1"), following=following)
    found = client.find("Condition", {"patient": "ann"})
    assert [r["id"] for r in found.resources] == ["1"]
    assert found.partial == ["more pages lie on another server, which is not followed"]
    assert len(wired.wire.seen) == 1
    with pytest.raises(EhrUnavailable):
        client.search("Condition", {"patient": "ann"})


@pytest.mark.parametrize("following", [f"{BASE}?_getpages=a%7Cb", "?_getpages=a%7Cb"])
@pytest.mark.req("SM-F2")
def test_paging_on_the_base_itself_is_followed_verbatim(
    server: FakeEhr, client: FhirClient, wired: Edge, following: str
) -> None:
    server.pages["/r4/Condition"] = page_of(condition("1"), following=following)
    server.pages["/r4"] = server.pages["/r4/"] = page_of(condition("2"))
    assert [r["id"] for r in client.search("Condition", {"patient": "ann"})] == ["1", "2"]
    assert wired.wire.seen[-1].url.endswith("?_getpages=a%7Cb")


@pytest.mark.req("SM-T19")
def test_pages_without_end_are_cut_off_and_said(server: FakeEhr, client: FhirClient) -> None:
    for number in range(10):
        page = page_of(condition(str(number)), following=f"{BASE}/Condition?page={number + 1}")
        server.pages[f"/r4/Condition?page={number}"] = page
    server.pages["/r4/Condition"] = server.pages["/r4/Condition?page=0"]
    found = client.find("Condition", {"patient": "ann"})
    assert len(found.resources) == 4
    assert "more than 4 pages" in found.partial[0]


def test_a_page_that_leads_back_to_itself_is_read_once(server: FakeEhr, client: FhirClient) -> None:
    server.pages["/r4/Condition"] = page_of(condition("1"), following=f"{BASE}/Condition?patient=ann")
    found = client.find("Condition", {"patient": "ann"})
    assert len(found.resources) == 1
    assert "repeats" in found.partial[0]


def test_a_later_page_that_fails_leaves_the_first_ones(server: FakeEhr, client: FhirClient) -> None:
    server.pages["/r4/Condition"] = page_of(condition("1"), following=f"{BASE}/Condition?page=2")
    server.pages["/r4/Condition?page=2"] = fhir({}, 500)
    found = client.find("Condition", {"patient": "ann"})
    assert [r["id"] for r in found.resources] == ["1"]
    assert "page 2" in found.partial[0]


@pytest.mark.req("SM-X9")
def test_another_patients_records_are_left_out_and_named(
    server: FakeEhr, client: FhirClient, pool: ThreadPoolExecutor
) -> None:
    mine = [condition("1"), condition("2", f"{BASE}/Patient/ann"), condition("3", "Patient/ann/_history/4")]
    theirs = [condition("4", "Patient/ben"), condition("5", f"{BASE}/Patient/ben")]
    nobodys = [{"resourceType": "Practitioner", "id": "7"}]
    server.pages["/r4/Condition"] = page_of(*mine, *theirs, *nobodys)
    result = read_wave(client, "ann", SEARCHES[:2], pool)
    assert [r["id"] for r in result.resources] == ["ann", "1", "2", "3", "7"]
    assert [u.where for u in result.unreadable] == ["Condition/4", "Condition/5"]


@pytest.mark.req("SM-F3", "SM-F4")
def test_one_search_that_fails_costs_only_itself(server: FakeEhr, client: FhirClient, pool: ThreadPoolExecutor) -> None:
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "diagnostics": "category, please"}]}
    server.pages["/r4/Condition"] = page_of(condition("1"))
    server.pages["/r4/Observation"] = fhir(outcome, 400)
    server.pages["/r4/Procedure"] = fhir({}, 403)
    result = read_wave(client, "ann", SEARCHES, pool)
    assert [r["id"] for r in result.resources] == ["ann", "1"]
    assert result.partial[0].startswith("Bone density: not supported by this EHR.")
    assert "category, please" in result.partial[0]
    assert result.partial[1].startswith("Procedures: not permitted.")


def test_a_patient_that_cannot_be_read_is_the_end(
    server: FakeEhr, client: FhirClient, pool: ThreadPoolExecutor
) -> None:
    server.pages["/r4/Patient/ann"] = fhir({}, 403)
    server.pages["/r4/Condition"] = page_of(condition("1"))
    with pytest.raises(EhrForbidden):
        read_wave(client, "ann", SEARCHES[:2], pool)


def test_waves_of_many_launches_share_one_thread(server: FakeEhr, client: FhirClient) -> None:
    server.pages["/r4/Condition"] = page_of(condition("1"))
    with ThreadPoolExecutor(1) as one:
        waves = [start_wave(client, "ann", SEARCHES[:2], one) for _ in range(3)]
        assert [len(wave.result(10).resources) for wave in waves] == [2, 2, 2]


def test_an_end_of_the_session_during_the_wave_is_the_end(
    server: FakeEhr, wired: Edge, pool: ThreadPoolExecutor
) -> None:
    server.pages["/r4/Condition"] = fhir({}, 401)
    with pytest.raises(SessionEnded):
        read_wave(FhirClient(wired.http_client, BASE, FixedToken("a", "b")), "ann", SEARCHES[:2], pool)


ODD_BODIES = {
    "html": Response("<html>", 200),
    "list": Response("[]", 200),
    "deep": Response("[" * 100_000, 200),
    "empty": Response("", 200),
}


@pytest.mark.parametrize("name", ODD_BODIES)
@pytest.mark.req("SM-F4")
def test_a_body_that_is_not_fhir_is_told(server: FakeEhr, client: FhirClient, name: str) -> None:
    server.pages["/r4/Condition"] = ODD_BODIES[name]
    with pytest.raises(EhrUnavailable, match="not FHIR"):
        client.find("Condition", {})


@pytest.mark.parametrize(
    "body",
    [{}, {"resourceType": "Patient"}, {"resourceType": "Bundle", "entry": {"a": 1}},
     {"resourceType": "Bundle", "entry": [7]}, {"resourceType": "Bundle", "entry": [{"resource": "x"}]}],
    ids=str,
)  # fmt: skip
def test_a_bundle_that_is_none_is_a_partial_answer(server: FakeEhr, client: FhirClient, body: dict) -> None:
    server.pages["/r4/Condition"] = fhir(body)
    found = client.find("Condition", {})
    assert found.resources == []
    assert found.partial


@pytest.mark.parametrize("entry", [None, [], {}, [{}, None], [{"resource": None}]], ids=str)
def test_entries_that_say_nothing_are_none(server: FakeEhr, client: FhirClient, entry: object) -> None:
    server.pages["/r4/Condition"] = fhir({"resourceType": "Bundle", "entry": entry})
    found = client.find("Condition", {})
    assert (found.resources, found.partial) == ([], [])


@pytest.mark.parametrize("link", [7, [7], [{"relation": "next"}], [{"relation": "next", "url": 7}], {}], ids=str)
def test_odd_links_end_the_search(server: FakeEhr, client: FhirClient, link: object) -> None:
    server.pages["/r4/Condition"] = fhir({"resourceType": "Bundle", "entry": [], "link": link})
    assert client.find("Condition", {}).resources == []


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.req("SM-F4")
def test_a_busy_ehr_is_given_the_pause_it_asks_for(
    server: FakeEhr, client: FhirClient, slept: list[float], status: int
) -> None:
    server.pages["/r4/Condition"] = [fhir({}, status, Retry_After="2"), page_of(condition("1"))]
    assert len(client.search("Condition", {})) == 1
    assert slept == [2.0]


@pytest.mark.parametrize("pause", ["3600", "tomorrow", "-1", "1e9", ""])
@pytest.mark.req("SM-F4")
def test_but_not_an_endless_one(server: FakeEhr, client: FhirClient, slept: list[float], pause: str) -> None:
    server.pages["/r4/Condition"] = fhir({}, 503, Retry_After=pause)
    with pytest.raises(EhrUnavailable):
        client.search("Condition", {})
    assert slept == []


def test_a_read_over_a_dead_connection_is_repeated_once(server: FakeEhr, client: FhirClient, wired: Edge) -> None:
    server.pages["/r4/Condition"] = page_of(condition("1"))
    faults = [requests.ConnectionError("reset")]

    def break_once(sent: object) -> None:
        if faults:
            raise faults.pop()

    wired.wire.before = break_once
    assert len(client.search("Condition", {})) == 1


@pytest.mark.req("SM-T-11")
def test_redirects_are_never_followed(server: FakeEhr, client: FhirClient, wired: Edge) -> None:
    server.pages["/r4/Condition"] = fhir({}, 302, Location="https://evil.example/")
    with pytest.raises(Exception, match="HTTP 302"):
        client.search("Condition", {})
    assert len(wired.wire.seen) == 1


# -- writes


def goal() -> dict:
    return {"resourceType": "Goal"}


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, EhrRejected), (401, SessionEnded), (403, EhrForbidden), (404, EhrRejected), (409, EhrConflict),
     (412, EhrConflict), (422, EhrRejected), (429, EhrUnavailable), (500, EhrUnavailable), (503, EhrUnavailable)],
)  # fmt: skip
@pytest.mark.req("SM-F3", "SM-F5")
def test_each_refusal_of_a_write_has_its_error(
    server: FakeEhr, client: FhirClient, wired: Edge, status: int, kind: type
) -> None:
    server.pages["/r4/Goal"] = fhir({}, status, Retry_After="1")
    with pytest.raises(kind):
        client.create(goal())
    assert len(wired.wire.seen) == (2 if status == 401 else 1)


@pytest.mark.req("SM-F5")
def test_a_lost_reply_is_an_unknown_outcome_and_is_not_repeated(
    server: FakeEhr, client: FhirClient, wired: Edge
) -> None:
    server.pages["/r4/Goal"] = fhir({**goal(), "id": "1"}, 201)

    def lose(sent: object) -> None:
        raise requests.exceptions.ChunkedEncodingError("gone")

    wired.wire.after = lose
    with pytest.raises(NoAnswer) as unknown:
        client.create(goal())
    assert unknown.value.sent
    assert len(wired.wire.seen) == 1


@pytest.mark.req("SM-F2")
def test_location_on_an_inner_host_is_read_but_not_followed(server: FakeEhr, client: FhirClient, wired: Edge) -> None:
    server.pages["/r4/Goal"] = Response("", 201, {"Location": "http://inner:9000/x/Goal/12/_history/3"})
    stored = client.create(goal(), "identifier=a|b")
    assert stored == Reply(201, "Goal/12", "3")
    assert len(wired.wire.seen) == 1
    assert wired.wire.seen[0].headers["If-None-Exist"] == "identifier=a|b"


def test_the_version_may_stand_in_the_etag_only(server: FakeEhr, client: FhirClient) -> None:
    server.pages["/r4/Goal/12"] = Response("", 200, {"ETag": 'W/"4"'})
    assert client.update({**goal(), "id": "12"}, 'W/"3"') == Reply(200, version="4")


@pytest.mark.req("SM-F5")
def test_nothing_is_said_of_a_record_that_the_ehr_does_not_say(server: FakeEhr, client: FhirClient) -> None:
    server.pages["/r4/Goal"] = Response("", 201)
    assert client.create(goal()) == Reply(201)
    server.pages["/r4/Goal"] = fhir({"resourceType": "CarePlan", "id": "diabetes"}, 201)
    assert client.create(goal()) == Reply(201)


@pytest.mark.parametrize("body", ["", "<html>", "[]", "OK"])
def test_a_transaction_accepted_with_anything_but_json_says_nothing(
    server: FakeEhr, client: FhirClient, body: str
) -> None:
    server.pages["/r4"] = Response(body, 200)
    assert client.post_transaction({"resourceType": "Bundle"}) == {}


@pytest.mark.parametrize("id_", ["", "..", "a/b", "a?b", "a b", "ä", "x" * 300])
def test_an_id_that_is_none_never_becomes_a_path(client: FhirClient, wired: Edge, id_: str) -> None:
    with pytest.raises(AddressRefused):
        client.read("Patient", id_)
    assert wired.wire.seen == []
