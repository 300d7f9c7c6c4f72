"""Signing in at EHRs that keep to their own ways, through the front door: what they answer is changed on its way."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Response, request

from launch.sandbox.authorization import build_server
from launch.sandbox.signing import SigningKey
from tests.journey.harness import ISSUERS, Harness, make_harness

Change = Callable[[dict[str, Any]], dict[str, Any]]
CONFIGURATION, TOKEN = "/fhir/.well-known/smart-configuration", "/auth/token"


def house_that(tmp_path, path: str, change: Change, issuers: str = ISSUERS) -> Harness:
    """The harness, whose EHR answers at ``path`` as ``change`` makes of it."""
    harness = make_harness(tmp_path, issuers=issuers)

    @harness.ehr.after_request
    def answer(response: Response) -> Response:
        if request.path == path and response.status_code == 200:
            response.set_data(json.dumps(change(response.get_json())))
        return response

    return harness


def signs(harness: Harness, browser, page) -> bool:
    return browser.press(page, page.form("/sign")).heading == "Saved to chart"


def without_methods(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "code_challenge_methods_supported"}


@pytest.mark.req("SM-L7", "SM-T13")
def test_an_ehr_that_publishes_no_pkce_methods_works_where_its_site_declares_them(tmp_path):
    issuers = ISSUERS.replace('client_id = "loadpath"', 'client_id = "loadpath"\npkce = "S256"')
    harness = house_that(tmp_path, CONFIGURATION, without_methods, issuers)
    browser = harness.browser()
    assert signs(harness, browser, harness.open(browser, "bergstrom"))


@pytest.mark.req("SM-L7", "SM-T13")
def test_without_that_the_page_says_what_the_site_can_do(tmp_path):
    harness = house_that(tmp_path, CONFIGURATION, without_methods)
    page = harness.browser().get(harness.launch_url("bergstrom"))
    assert page.status == 502 and "The EHR's sign-in configuration cannot be used" in page.words
    assert "write pkce = &#34;S256&#34; into its table of the issuers file" in page.text
    assert "Tell Loadpath's administrator" in page.words


ODD: dict[str, Change] = {
    "reference": lambda body: {**body, "patient": f"Patient/{body['patient']}/_history/1"},
    "address": lambda body: {**body, "patient": f"http://localhost:8081/fhir/Patient/{body['patient']}"},
    "scope as a list": lambda body: {**body, "scope": body["scope"].split()},
    "life as text": lambda body: {**body, "expires_in": str(body["expires_in"])},
    "nulls": lambda body: {
        **body, "error": None, "error_description": None, "encounter": None, "expires_in": None, "fhirContext": [None],
        "intent": "", "smart_style_url": {},
    },
    "no scope": lambda body: {**body, "scope": None},
}  # fmt: skip


@pytest.mark.req("SM-T-8", "SM-X1")
@pytest.mark.parametrize("name", ODD)
def test_a_token_answer_in_another_shape_is_the_same_answer(tmp_path, name):
    harness = house_that(tmp_path, TOKEN, ODD[name])
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert signs(harness, browser, page)
    assert [plan["subject"]["reference"] for plan in harness.in_chart("CarePlan", "bergstrom")] == ["Patient/bergstrom"]


@pytest.mark.req("SM-R1", "SM-R2", "SM-X8")
def test_nulls_in_a_renewal_do_not_end_the_session(tmp_path):
    nothing = dict.fromkeys(("error", "patient", "encounter", "scope", "id_token", "expires_in", "need_patient_banner"))
    renewed = []

    def change(body: dict[str, Any]) -> dict[str, Any]:
        if request.form.get("grant_type") != "refresh_token":
            return body
        renewed.append(1)
        return {**body, **nothing}

    harness = house_that(tmp_path, TOKEN, change)
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    harness.clock.now += 1200
    again = harness.settled(browser, browser.press(page, page.form("/refresh")))
    assert renewed and again.offers_plan
    assert signs(harness, browser, again)


@pytest.mark.req("SM-I5")
def test_a_key_changed_under_its_old_name_is_fetched_anew(tmp_path):
    harness = house_that(tmp_path, "/auth/jwks", lambda body: {"keys": [{**key, "kid": None} for key in body["keys"]]})
    browser = harness.browser()
    assert harness.open(browser, "bergstrom").offers_plan
    box = harness.box
    box.signing_key = SigningKey.generate()
    box.server = build_server(box.config, box.ledger, box.signing_key)
    assert harness.open(browser, "haddad").status == 200
    assert [sent.path for sent in harness.wire.seen].count("/auth/jwks") == 2
