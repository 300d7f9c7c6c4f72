"""SMART Backend Services: the list of referrals kept up to date without a person, where the site grants it."""

import json
import threading
import time
from base64 import urlsafe_b64decode
from urllib.parse import parse_qs

import pytest

from launch.sandbox import RegisteredClient
from launch.sandbox.clients import EVERYTHING
from launch.sandbox.outcome import Refused
from launch.sandbox.subscriptions import TOPIC_OF_TASKS
from smartapp.ehr.launch.keys import make_key, read_keys
from smartapp.store import Filters, Whose
from smartapp.web import reading
from tests.journey.harness import APP, ISSUERS, Harness, make_harness
from tests.journey.test_ledger import searches, signed, tasks
from tests.journey.test_referrals import enter, move

BACKEND = 'backend = { scopes = "system/Task.rs system/Patient.rs" }'


@pytest.fixture
def at(tmp_path, monkeypatch):
    """The app with a key of its own, and an EHR that knows it; libraries that look at the clock see the harness's."""
    harnesses = []

    def made(scope=f"{EVERYTHING} system/*.rs system/Subscription.crud", backend=BACKEND, **sandbox) -> Harness:
        make_key(tmp_path / "keys", "ES384", 0)
        client = RegisteredClient(
            "loadpath", (f"{APP}/callback",), auth="private_key_jwt", scope=scope,
            jwks=read_keys(tmp_path / "keys").public_jwks(),
        )  # fmt: skip
        table = f'client_id = "loadpath"\nauth = "private_key_jwt"\n{backend}'
        issuers = ISSUERS.replace('client_id = "loadpath"', table)
        harnesses.append(make_harness(tmp_path, issuers=issuers, clients=(client,), **sandbox))
        monkeypatch.setattr(time, "time", harnesses[-1].clock)
        return harnesses[-1]

    yield made
    for harness in harnesses:
        harness.box.store.close()


def read(harness: Harness) -> None:
    """And whatever an answer of the EHR has set off besides."""
    with harness.app.app_context():
        reading.read_by_itself(seconds=20)
    made = harness.app.extensions["loadpath"]
    whose = Whose("http://localhost:8081/fhir", "site")
    for _ in range(500):
        if lease := made.store.referral_reads.claim(whose):
            made.store.referral_reads.end(whose, lease, made.store.referral_reads.get(whose))
            return
        threading.Event().wait(0.02)


def asked_for_tokens(harness: Harness) -> list[dict]:
    sent = [parse_qs(s.body.decode()) for s in harness.wire.seen if s.path == "/auth/token"]
    return [each for each in sent if each["grant_type"] == ["client_credentials"]]


def test_the_list_is_read_without_a_person_and_shown_without_asking_the_ehr(at):
    harness = at()
    signed(harness)
    read(harness)
    (asked,) = asked_for_tokens(harness)
    assert asked["scope"] == ["system/Task.rs system/Patient.rs"]
    claims = json.loads(urlsafe_b64decode(asked["client_assertion"][0].split(".")[1] + "=="))
    assert claims["aud"] == "http://localhost:8081/auth/token" and claims["iss"] == claims["sub"] == "loadpath"
    before = len(harness.wire.seen)
    inbox = enter(harness, harness.browser())
    assert inbox.heading == "All open 1" and "Bergstrom" in inbox.words
    assert searches(harness, before) == []


def test_the_token_is_used_until_its_end_and_stands_nowhere_in_the_store(at, tmp_path):
    harness = at()
    signed(harness)
    read(harness)
    harness.clock.now += 61
    read(harness)
    assert len(asked_for_tokens(harness)) == 1
    harness.clock.now += 3600
    read(harness)
    assert len(asked_for_tokens(harness)) == 2
    token = harness.app.extensions["loadpath"].smart.by_itself(
        next(iter(harness.app.extensions["loadpath"].smart.issuers))
    )
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("loadpath.db*"))
    assert token.current().encode() not in kept


def test_what_is_read_is_in_the_audit_trail_as_done_by_no_person(at):
    harness = at()
    signed(harness)
    read(harness)
    events = harness.app.extensions["loadpath"].store.audit.events()
    told = [e for e in events if any(a.get("name") == "Loadpath by itself, without a person" for a in e["agent"])]
    assert told and all(event["action"] == "E" for event in told)


def test_after_a_move_the_list_is_read_again_before_it_is_shown(at):
    harness = at()
    signed(harness)
    read(harness)
    browser = harness.browser()
    inbox = enter(harness, browser)
    move(browser, browser.get(f"{inbox.url}/{tasks(harness)[0]['id']}"), "accept")
    assert "To book 1" in browser.get(inbox.url).words


def test_an_ehr_that_asks_to_be_left_alone_is_left_alone(at, monkeypatch):
    harness = at()
    signed(harness)

    def busy(*_, **__):
        raise Refused(429, "later", headers={"Retry-After": "600"})

    with monkeypatch.context() as faults:
        faults.setattr(type(harness.box.fhir), "search", busy)
        read(harness)
        before = len(harness.wire.seen)
        harness.clock.now += 599
        read(harness)
        assert searches(harness, before) == []
    harness.clock.now += 2
    read(harness)
    assert searches(harness, before)


def test_where_the_ehr_does_not_grant_it_the_list_is_read_by_whoever_looks(at):
    harness = at(scope=EVERYTHING)
    signed(harness)
    read(harness)
    assert asked_for_tokens(harness)
    before = len(harness.wire.seen)
    inbox = enter(harness, harness.browser())
    assert inbox.heading == "All open 1" and searches(harness, before)


def test_an_ehr_without_such_a_grant_is_asked_for_nothing(at):
    harness = at(backend="")
    signed(harness)
    read(harness)
    assert not asked_for_tokens(harness)


# -- where the EHR tells of changes

TOLD = f'backend = {{ scopes = "system/Task.rs system/Patient.rs system/Subscription.c", topic = "{TOPIC_OF_TASKS}" }}'


@pytest.fixture
def told(at) -> Harness:
    """The EHR offers the topic, and reaches us while ``reached`` is not empty."""
    reached: list[Harness] = []

    def tell(endpoint: str, notification: dict) -> None:
        for harness in reached:
            path = endpoint.removeprefix(APP)
            assert harness.app.test_client().post(path, base_url=APP, json=notification).status_code == 200

    harness = at(backend=TOLD, topics=(TOPIC_OF_TASKS,), tell=tell)
    harness.reached = reached
    reached.append(harness)
    return harness


def subscriptions(harness: Harness) -> list[dict]:
    return [stored.resource for stored in harness.box.store.every("Subscription")]


def settled(harness: Harness, count: int) -> bool:
    """Once what was read in the background has so many open referrals."""
    for _ in range(200):
        store = harness.app.extensions["loadpath"].store
        if store.referrals.matches(Whose("http://localhost:8081/fhir", "site"), Filters()) == count:
            return True
        threading.Event().wait(0.02)
    return False


def test_an_event_makes_the_tasks_be_read_at_once(told):
    read(told)
    (made,) = subscriptions(told)
    assert made["channel"]["type"] == "rest-hook" and made["criteria"] == TOPIC_OF_TASKS
    assert made["channel"]["_payload"]["extension"][0]["valueCode"] == "id-only"
    told.clock.now += 5
    signed(told)
    assert settled(told, 1), "told by the EHR, not by the clock"
    read(told)
    assert len(subscriptions(told)) == 1


def test_while_the_ehr_tells_it_is_polled_seldom_and_where_it_falls_silent_as_before(told):
    read(told)
    told.clock.now += 61
    before = len(told.wire.seen)
    read(told)
    assert searches(told, before) == []
    told.reached.clear()
    told.clock.now += 901
    read(told)
    told.clock.now += 61
    before = len(told.wire.seen)
    read(told)
    assert searches(told, before), "no heartbeat: as if there were no subscription"
    assert len(subscriptions(told)) == 1
    told.clock.now += 3600
    read(told)
    assert len(subscriptions(told)) == 2, "asked for anew"


@pytest.mark.parametrize("backend", [BACKEND, TOLD.replace("SubscriptionTopic/task", "SubscriptionTopic/other")])
def test_nobody_subscribes_to_what_the_site_does_not_name_or_the_ehr_does_not_offer(at, backend):
    harness = at(backend=backend, topics=(TOPIC_OF_TASKS,), tell=lambda *_: None)
    read(harness)
    assert subscriptions(harness) == []


def test_an_address_nobody_was_given_and_what_is_no_notification_are_refused(told):
    read(told)
    (made,) = subscriptions(told)
    client, path = told.app.test_client(), made["channel"]["endpoint"].removeprefix(APP)
    status = {"resourceType": "Parameters", "parameter": [{"name": "type", "valueCode": "heartbeat"}]}
    beat = {"resourceType": "Bundle", "type": "history", "entry": [{"resource": status}]}
    assert client.post(path, base_url=APP, json=beat).status_code == 200
    assert client.post(f"{path}x", base_url=APP, json=beat).status_code == 404
    for odd in ({}, [], {**beat, "type": "collection"}, {**beat, "entry": []}, "x"):
        assert client.post(path, base_url=APP, json=odd).status_code == 400
    assert client.get(path, base_url=APP).status_code == 405
