"""The door of the CDS services: a signed call gets in, once; every other is told why, and kept; pages of sandboxes."""

import json

import pytest

from smartapp.core.hooks import CardTopic, FiredCard, Firing, Hook
from tests.clock import Clock
from tests.fake_ehr import ORIGIN, FakeEhr
from tests.hook_callers import HOOKED, JWKS, token
from tests.hooks import hook_app
from tests.journey.harness import APP, ISSUERS

DISCOVERY, SERVICE = "/cds-services", "loadpath-patient-view"
FEEDBACK = f"{DISCOVERY}/{SERVICE}/feedback"
CARD = "5b2f1b3c-3d53-4f5c-8f57-5a4bdb0f1a9e"
BOX = "https://box.example"


def door(folder, issuers=HOOKED):
    ehr = FakeEhr(Clock().now, keys=list(JWKS))
    return hook_app(folder, let_in=False, issuers=issuers, apps={ORIGIN: ehr})


@pytest.fixture
def site(tmp_path):
    return door(tmp_path)


def signed(path, **changes):
    return {"Authorization": f"Bearer {token(Clock().now, f'{APP}{path}', **changes)}"}


def told(response):
    return response.get_json()["issue"][0]["details"]["text"]


def events(site):
    return [json.dumps(event) for event in site.app.extensions["loadpath"].store.audit.events()]


def test_discovery_is_for_registered_ehrs_and_once_for_each_token(site):
    headers = signed(DISCOVERY)
    assert site.client.get(DISCOVERY, headers=headers).get_json()["services"]
    again = site.client.get(DISCOVERY, headers=headers)
    assert (again.status_code, again.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "used before" in told(again)


def test_a_token_for_one_address_opens_no_other(site):
    assert site.client.get(DISCOVERY, headers=signed(FEEDBACK)).status_code == 401
    assert site.client.post(FEEDBACK, headers=signed(DISCOVERY), json={}).status_code == 401
    assert site.client.post(FEEDBACK, headers=signed(FEEDBACK), json={}).status_code == 400, "in, and empty"


def test_the_address_is_ours_whatever_host_the_call_names(site):
    elsewhere = token(Clock().now, f"http://evil.example{DISCOVERY}")
    refused = site.client.get(
        DISCOVERY, headers={"Authorization": f"Bearer {elsewhere}"}, base_url="http://evil.example"
    )
    assert refused.status_code == 401 and f"{APP}{DISCOVERY}" in told(refused)
    assert site.client.get(DISCOVERY, headers=signed(DISCOVERY), base_url="http://evil.example").status_code == 200


def test_a_refusal_is_kept_without_the_token_and_not_without_end(site):
    headers = signed(DISCOVERY, aud="https://other.example")
    before = len(events(site))
    for _ in range(70):
        assert site.client.get(DISCOVERY, headers=headers).status_code == 401
    kept = events(site)[before:]
    assert len(kept) == 60 and "CallerRefused" in kept[0] and "cds.discovery" in kept[0]
    assert not any(part in "".join(kept) for part in headers["Authorization"].split(" ")[1].split("."))


def test_an_ehr_whose_keys_are_away_is_told_to_come_again(tmp_path):
    site = door(tmp_path)
    site.wire.apps = {}
    answer = site.client.get(DISCOVERY, headers=signed(DISCOVERY))
    assert answer.status_code == 503 and "keys at the registered jku" in told(answer)


def test_where_nobody_may_call_the_answer_says_what_to_set(tmp_path):
    answer = door(tmp_path, ISSUERS).client.get(DISCOVERY, headers=signed(DISCOVERY))
    assert answer.status_code == 401 and "cds_hooks = { iss" in told(answer)


def test_feedback_of_an_ehr_is_kept_once_and_only_about_its_own_cards(site):
    hooks = site.app.extensions["loadpath"].store.hooks
    made = FiredCard(CARD, CardTopic.REFER_TO_THERAPY)
    hooks.keep_firing(Firing(SERVICE, Hook.PATIENT_VIEW, "i", "fake", (made,), (), False, True))
    entry = {"card": CARD, "outcome": "overridden", "outcomeTimestamp": "2026-03-01T09:30:00Z"}
    body = {"feedback": [entry, {**entry, "card": CARD.replace("5", "6")}]}
    for _ in range(2):
        assert site.client.post(FEEDBACK, headers=signed(FEEDBACK), json=body).status_code == 200
    assert [(each.card, each.outcome) for each in hooks.feedback("fake")] == [(CARD, "overridden")]


# -- scripts of pages


@pytest.fixture
def open_site(tmp_path):
    return door(tmp_path, HOOKED.replace('tenant = "north"', f'tenant = "north", origins = ["{BOX}"]'))


@pytest.mark.parametrize("path", [DISCOVERY, f"{DISCOVERY}/{SERVICE}/feedback"])
def test_a_page_of_a_named_origin_may_ask_first_without_a_token(open_site, path):
    asked = {"Origin": BOX, "Access-Control-Request-Method": "POST"}
    answer = open_site.client.options(path, headers=asked)
    assert answer.status_code == 200 and answer.headers["Access-Control-Allow-Origin"] == BOX
    assert answer.headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
    assert "Origin" in answer.headers["Vary"] and "Access-Control-Allow-Credentials" not in answer.headers


def test_what_such_a_page_asks_it_may_see_refusals_too(open_site):
    for headers, status in ((signed(DISCOVERY), 200), ({}, 401)):
        answer = open_site.client.get(DISCOVERY, headers={**headers, "Origin": BOX})
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (status, BOX)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{BOX}.evil.example", "http://box.example", "*"])
def test_no_other_page_may(open_site, origin):
    for answer in (
        open_site.client.options(DISCOVERY, headers={"Origin": origin}),
        open_site.client.get(DISCOVERY, headers={**signed(DISCOVERY), "Origin": origin}),
    ):
        assert not any(name.startswith("Access-Control") for name in answer.headers.keys())  # noqa: SIM118


def test_the_sandbox_of_this_machine_may_in_development(tmp_path):
    local = ISSUERS.replace("[sandbox]", '[sandbox]\ncds_hooks = { iss = "x", jku = "http://localhost:8081/jwks" }')
    answer = door(tmp_path, local).client.options(DISCOVERY, headers={"Origin": "http://localhost:8081"})
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:8081"
    pages = door(tmp_path, local).client.options("/healthz", headers={"Origin": "http://localhost:8081"})
    assert "Access-Control-Allow-Origin" not in pages.headers
