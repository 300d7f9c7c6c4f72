"""Rows of the conformance table that no other test is about, through the front door."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from launch.sandbox.signing import SigningKey
from smartapp.ehr.http_client import HttpClient
from smartapp.settings import Settings
from tests.journey.house import ISSUERS, Forms
from tests.wsgi_transport import Sent

from .test_attacks import callback_of
from .watching import APP, EHR, House, Page, launch_url, watched


@pytest.fixture
def house(tmp_path: Path, signing_key: SigningKey) -> Iterator[House]:
    with watched(tmp_path, signing_key=signing_key, consent="never") as found:
        yield found.house


@pytest.mark.req("L5")
@pytest.mark.parametrize("iss", [f"{EHR}/fhir", f"{EHR}/fhir/"])
def test_the_configuration_is_read_under_the_path_of_the_fhir_base(house: House, iss: str) -> None:
    house.browser().clients[APP].get("/launch?" + urlencode({"iss": iss, "launch": "x"}), base_url=APP)
    first = house.wire.seen[0]
    assert (first.method, first.url) == ("GET", f"{EHR}/fhir/.well-known/smart-configuration")
    assert first.headers["Accept"] == "application/json"


@pytest.mark.req("L10")
@pytest.mark.parametrize("fault", ["disc_500", "disc_html", "disc_no_s256"])
def test_no_other_place_is_asked_for_addresses(house: House, fault: str) -> None:
    house.box.faults.discovery = fault
    assert house.browser().get(house.launch_url("bergstrom")).status == 502
    assert {sent.path for sent in house.wire.seen} == {"/fhir/.well-known/smart-configuration"}


@pytest.mark.req("A12", "A1", "L2", "T17")
def test_a_request_too_long_for_an_address_is_posted(house: House) -> None:
    launch = "x+/= &" * 900
    browser = house.browser()
    page = browser.get(f"{APP}/launch?" + urlencode({"iss": f"{EHR}/fhir", "launch": launch}))
    (form,) = Forms(page.text).forms
    assert (page.status, form.action, form.fields["launch"]) == (200, f"{EHR}/auth/authorize", launch)
    assert {"state", "code_challenge", "aud", "scope", "redirect_uri", "client_id"} <= set(form.fields)
    assert f"form-action 'self' {EHR};" in page.response.headers["Content-Security-Policy"]
    assert form.buttons, "without script a person presses the button"


@pytest.mark.req("A3", "C1")
def test_the_state_is_spent_even_by_an_answer_that_is_refused(house: House) -> None:
    browser = house.browser()
    url = callback_of(house, browser)
    mixed = f"{url}&error=access_denied"
    assert browser.get(mixed).status == 400
    assert browser.get(url).status in (400, 401)
    assert not any(b"authorization_code" in sent.body for sent in house.wire.seen)


@pytest.mark.req("C8", "T17")
def test_a_refused_callback_leads_to_an_address_without_code_and_state(house: House) -> None:
    browser = house.browser()
    url = callback_of(house, browser)
    secrets = [value for name, value in parse_qsl(urlsplit(url).query) if name in ("code", "state")]
    page = browser.get(f"{url}&code=twice")
    assert page.status == 400 and "a parameter twice" in page.words
    assert not any(secret in page.url or secret in page.text for secret in secrets)
    assert browser.get(page.url).words == page.words  # a reload says the same
    assert browser.get(page.url[:-3] + "AAA").status == 404  # and nobody else can make such a page speak


@pytest.mark.req("X2", "X7")
@pytest.mark.parametrize("banner", [True, False, None])
def test_the_patient_is_named_whatever_the_ehr_says_about_its_banner(house: House, banner: bool | None) -> None:
    browser = house.browser()
    page = house.settled(browser, browser.get(launch_url(house, need_patient_banner=banner)))
    assert "Daniel Erik Bergstrom born 1964-01-13" in page.words
    assert "Sign plan for Daniel Erik Bergstrom, born 1964-01-13" in page.words


@pytest.mark.req("X3", "X5", "X6", "T15")
@pytest.mark.parametrize(
    "context",
    [
        {"intent": "no-such-intent"}, {"intent": "<script>"}, {"tenant": "north/../south"},
        {"smart_style_url": "https://elsewhere.example/style.json"}, {"smart_style_url": "javascript:alert(1)"},
        {"fhirContext": [{"reference": "https://elsewhere.example/Observation/1"}]},
    ],
    ids=str,
)  # fmt: skip
def test_odd_context_changes_nothing(house: House, context: dict[str, Any]) -> None:
    browser = house.browser()
    plain = house.settled(browser, browser.get(launch_url(house)))
    odd = house.settled(browser, browser.get(launch_url(house, **context)))
    assert _told(odd.words) == _told(plain.words)
    assert {urlsplit(sent.url).netloc for sent in house.wire.seen} == {"localhost:8081"}
    assert not any("style" in sent.path for sent in house.wire.seen)


@pytest.mark.req("T-11", "E4")
def test_certificates_are_checked_and_the_machines_own_settings_do_not_count() -> None:
    session = HttpClient(Settings(secret="a secret long enough for the tests", dev_loopback=True)).transport.session
    assert session.verify is True
    assert session.trust_env is False


@pytest.mark.req("E1", "E2", "F1")
@pytest.mark.parametrize("place", ["https://elsewhere.example/introspect", f"{EHR}/auth/introspect", "//["])
def test_tokens_go_to_records_renewal_and_revocation_and_nowhere_else(
    house: House, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Launch, chart, renewal, signature and logout, with an introspection address in the configuration."""
    monkeypatch.setattr(
        "launch.sandbox.fault_answers.configuration", lambda body: {**body, "introspection_endpoint": place}
    )
    browser = house.browser()
    page = house.open(browser, "bergstrom")
    tokens = [*_tokens(house, page)]
    house.clock.now += 400
    page = browser.press(page, page.form("/refresh"))
    tokens += _tokens(house, page)
    assert len(set(tokens)) == 4, "access and refresh token, each renewed"
    browser.press(page, page.form("/sign"))
    assert browser.press(page, page.form("/leave")).heading == "Session ended"
    held = {urlsplit(s.url)._replace(query="").geturl() for s in house.wire.seen if any(t in _all(s) for t in tokens)}
    assert f"{EHR}/auth/revoke" in held
    assert all(url.startswith((f"{EHR}/fhir", f"{EHR}/auth/token", f"{EHR}/auth/revoke")) for url in held)


def _tokens(house: House, page: Page) -> tuple[str, str]:
    tokens, _ = house.app.extensions["loadpath"].store.load_tokens(page.launch_id)
    return tokens["access"], tokens["refresh"]


def _all(sent: Sent) -> str:
    return f"{sent.url} {sent.headers} {sent.body.decode()}"


@pytest.mark.req("A14")
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
    tmp_path: Path, signing_key: SigningKey, setting: str, fault: str | None, goes: bool
) -> None:
    issuers = ISSUERS.replace("client_id", f"{setting}client_id", 1)
    with watched(tmp_path, signing_key=signing_key, consent="never", issuers=issuers) as found:
        browser = found.house.browser()
        page = found.house.settled(browser, browser.get(launch_url(found.house, fault=fault)))
        assert page.heading.startswith("Plan ready") is goes
        assert goes or page.status == 400
        found.check()


def _told(words: str) -> str:
    return re.sub(r"Reference \w+|\d\d:\d\d", "", words)
