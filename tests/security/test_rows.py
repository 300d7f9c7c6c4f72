"""Rows of the conformance table that no other test is about, through the front door."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from smartapp.ehr.http_client import HttpClient
from smartapp.settings import Settings
from tests.journey.harness import ISSUERS, forms_in
from tests.wsgi_transport import Sent

from .test_attacks import callback_of
from .watching import APP, EHR, Harness, Page, launch_url, watched


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    with watched(tmp_path, consent="never") as found:
        yield found.harness


@pytest.mark.req("SM-L5")
@pytest.mark.parametrize("iss", [f"{EHR}/fhir", f"{EHR}/fhir/"])
def test_the_configuration_is_read_under_the_path_of_the_fhir_base(harness: Harness, iss: str) -> None:
    harness.browser().clients[APP].get("/launch?" + urlencode({"iss": iss, "launch": "x"}), base_url=APP)
    first = harness.wire.seen[0]
    assert (first.method, first.url) == ("GET", f"{EHR}/fhir/.well-known/smart-configuration")
    assert first.headers["Accept"] == "application/json"


@pytest.mark.req("SM-L10")
@pytest.mark.parametrize("fault", ["disc_500", "disc_html", "disc_no_s256"])
def test_no_other_place_is_asked_for_addresses(harness: Harness, fault: str) -> None:
    harness.box.faults.discovery = fault
    assert harness.browser().get(harness.launch_url("bergstrom")).status == 502
    assert {sent.path for sent in harness.wire.seen} == {"/fhir/.well-known/smart-configuration"}


@pytest.mark.req("SM-A12", "SM-A1", "SM-L2", "SM-T17")
def test_a_request_too_long_for_an_address_is_posted(harness: Harness) -> None:
    launch = "x+/= &" * 900
    browser = harness.browser()
    page = browser.get(f"{APP}/launch?" + urlencode({"iss": f"{EHR}/fhir", "launch": launch}))
    (form,) = forms_in(page.text)
    assert (page.status, form.action, form.fields["launch"]) == (200, f"{EHR}/auth/authorize", launch)
    assert {"state", "code_challenge", "aud", "scope", "redirect_uri", "client_id"} <= set(form.fields)
    assert f"form-action 'self' {EHR};" in page.response.headers["Content-Security-Policy"]
    assert form.buttons, "without script a person presses the button"


@pytest.mark.req("SM-A3", "SM-C1")
def test_the_state_is_spent_even_by_an_answer_that_is_refused(harness: Harness) -> None:
    browser = harness.browser()
    url = callback_of(harness, browser)
    mixed = f"{url}&error=access_denied"
    assert browser.get(mixed).status == 400
    assert browser.get(url).status in (400, 401)
    assert not any(b"authorization_code" in sent.body for sent in harness.wire.seen)


@pytest.mark.req("SM-C8", "SM-T17")
def test_a_refused_callback_leads_to_an_address_without_code_and_state(harness: Harness) -> None:
    browser = harness.browser()
    url = callback_of(harness, browser)
    secrets = [value for name, value in parse_qsl(urlsplit(url).query) if name in ("code", "state")]
    page = browser.get(f"{url}&code=twice")
    assert page.status == 400 and "a parameter twice" in page.words
    assert not any(secret in page.url or secret in page.text for secret in secrets)
    assert browser.get(page.url).words == page.words  # a reload says the same
    assert browser.get(page.url[:-3] + "AAA").status == 404  # and nobody else can make such a page speak


@pytest.mark.req("SM-X2", "SM-X7")
@pytest.mark.parametrize("banner", [True, False, None])
def test_the_patient_is_named_whatever_the_ehr_says_about_its_banner(harness: Harness, banner: bool | None) -> None:
    browser = harness.browser()
    page = harness.settled(browser, browser.get(launch_url(harness, need_patient_banner=banner)))
    assert "Daniel Erik Bergstrom born Jan 13, 1964" in page.words
    assert "Daniel Erik Bergstrom, born Jan 13, 1964 Saves plan and referral to" in page.words


@pytest.mark.req("SM-X3", "SM-X5", "SM-X6", "SM-T15")
@pytest.mark.parametrize(
    "context",
    [
        {"intent": "no-such-intent"}, {"intent": "<script>"}, {"tenant": "north/../south"},
        {"smart_style_url": "https://elsewhere.example/style.json"}, {"smart_style_url": "javascript:alert(1)"},
        {"fhirContext": [{"reference": "https://elsewhere.example/Observation/1"}]},
    ],
    ids=str,
)  # fmt: skip
def test_odd_context_changes_nothing(harness: Harness, context: dict[str, Any]) -> None:
    browser = harness.browser()
    plain = harness.settled(browser, browser.get(launch_url(harness)))
    odd = harness.settled(browser, browser.get(launch_url(harness, **context)))
    assert _told(odd.words) == _told(plain.words)
    assert {urlsplit(sent.url).netloc for sent in harness.wire.seen} == {"localhost:8081"}
    assert not any("style" in sent.path for sent in harness.wire.seen)


@pytest.mark.req("SM-T-11", "SM-E4")
def test_certificates_are_checked_and_the_machines_own_settings_do_not_count() -> None:
    session = HttpClient(Settings(secret="a secret long enough for the tests", dev_loopback=True)).transport.session
    assert session.verify is True
    assert session.trust_env is False


@pytest.mark.req("SM-E1", "SM-E2", "SM-F1")
@pytest.mark.parametrize("place", ["https://elsewhere.example/introspect", f"{EHR}/auth/introspect", "//["])
def test_tokens_go_to_records_renewal_and_revocation_and_nowhere_else(
    harness: Harness, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Launch, chart, renewal, signature and logout, with an introspection address in the configuration."""
    monkeypatch.setattr(
        "launch.sandbox.fault_answers.configuration", lambda body: {**body, "introspection_endpoint": place}
    )
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    tokens = [*_tokens(harness, page)]
    harness.clock.now += 400
    page = browser.press(page, page.form("/refresh"))
    tokens += _tokens(harness, page)
    assert len(set(tokens)) == 4, "access and refresh token, each renewed"
    browser.press(page, page.form("/sign"))
    assert browser.press(page, page.form("/leave")).heading == "Session ended"
    held = {urlsplit(s.url)._replace(query="").geturl() for s in harness.wire.seen if any(t in _all(s) for t in tokens)}
    assert f"{EHR}/auth/revoke" in held
    assert all(url.startswith((f"{EHR}/fhir", f"{EHR}/auth/token", f"{EHR}/auth/revoke")) for url in held)


def _tokens(harness: Harness, page: Page) -> tuple[str, str]:
    tokens, _ = harness.app.extensions["loadpath"].store.tokens.load(page.launch_id)
    return tokens["access"], tokens["refresh"]


def _all(sent: Sent) -> str:
    return f"{sent.url} {sent.headers} {sent.body.decode()}"


@pytest.mark.req("SM-A14")
@pytest.mark.parametrize(
    ("setting", "fault", "goes"),
    [
        ("", "idt_no_nonce", False),
        ("nonce_required = false\n", "idt_no_nonce", True),
        ("nonce_required = false\n", "idt_wrong_nonce", False),
        ("", "idt_wrong_iss", False),
        ('id_token_issuer = "https://elsewhere.example/auth"\n', "idt_wrong_iss", True),
        ('id_token_issuer = "https://elsewhere.example/auth"\n', None, False),
        ('id_token_issuer = "https://elsewhere.example/auth"\n', "idt_bad_sig", False),
    ],
)
def test_oddities_of_an_ehr_are_borne_only_where_the_site_says_so(
    tmp_path: Path, setting: str, fault: str | None, goes: bool
) -> None:
    issuers = ISSUERS.replace("client_id", f"{setting}client_id", 1)
    with watched(tmp_path, consent="never", issuers=issuers) as found:
        browser = found.harness.browser()
        page = found.harness.settled(browser, browser.get(launch_url(found.harness, fault=fault)))
        assert page.offers_plan is goes
        assert goes or page.status == 400
        found.check()


def _told(words: str) -> str:
    return re.sub(r"Reference \w+|\d\d:\d\d", "", words)
