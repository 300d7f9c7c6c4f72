"""Every fault an EHR can have, met through the front door: a page that says what to do, no secret loose, one write.

The faults are the sandbox's (``launch.sandbox.faults``); that its list is the agreed one is tested in tests/sandbox.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from launch.sandbox.faults import FAULTS, Place
from smartapp.ehr.launch.callback import CallbackRefused
from smartapp.ehr.launch.connection import PatientMissing
from smartapp.ehr.launch.discovery import DiscoveryFailed
from smartapp.ehr.launch.id_token import IdentityRefused
from smartapp.ehr.launch.smart import SessionSwitched
from smartapp.ehr.launch.token_endpoint import TokenRefused
from smartapp.errors import (
    NEXT,
    EhrForbidden,
    EhrUnavailable,
    LaunchForged,
    LaunchRefused,
    LoadpathError,
    SessionEnded,
    Who,
)

from .watching import Browser, Page, Watched, launch_url, watched

PATIENT = "bergstrom"
MOST_REQUESTS = 30  # in the first minute, as in tests/crash
WRITTEN = ("CarePlan", "ServiceRequest", "Goal", "Provenance", "Task")


@dataclass(frozen=True)
class Stop:
    """The launch ends at this error's page, which says ``words`` and sends the reader to ``who`` can change it."""

    error: type[LoadpathError]
    words: str
    who: Who


@dataclass(frozen=True)
class Goes:
    """The review page comes, says ``words`` of what is missing, and the plan can be signed or not."""

    words: str = ""
    signs: bool = True


BADLY_SIGNED = "signed in a way that is not accepted"

OUTCOMES: dict[str, tuple[Stop | Goes, tuple[str, ...]]] = {
    "authz_access_denied": (Stop(LaunchRefused, "It said: “Policy of this sandbox: ", Who.YOU), ("SM-C3",)),
    "authz_denied_no_state": (Stop(CallbackRefused, "does not say which launch", Who.EHR), ("SM-C1", "SM-C3")),
    "authz_no_state": (Stop(CallbackRefused, "does not say which launch", Who.EHR), ("SM-C1",)),
    "authz_wrong_state": (Stop(LaunchForged, "does not fit any launch of this browser", Who.YOU), ("SM-C1", "SM-T1")),
    "authz_dup_state": (Stop(CallbackRefused, "a parameter twice", Who.EHR), ("SM-C4",)),
    "authz_code_and_error": (Stop(CallbackRefused, "both yes and no", Who.EHR), ("SM-C4",)),
    "iss_ok": (Goes(), ("SM-C6",)),
    "iss_mixup": (Stop(CallbackRefused, "another sign-in server", Who.EHR), ("SM-C6", "SM-T2")),
    "idt_wrong_iss": (Stop(IdentityRefused, "another issuer", Who.EHR), ("SM-I1", "SM-T6")),
    "idt_wrong_aud": (Stop(IdentityRefused, "another application", Who.EHR), ("SM-I1", "SM-T6")),
    "idt_multi_aud_no_azp": (Stop(IdentityRefused, "several applications", Who.EHR), ("SM-I1", "SM-I9", "SM-T6")),
    "idt_expired": (Stop(IdentityRefused, "has expired", Who.SITE), ("SM-I1", "SM-T6")),
    "idt_future": (Stop(IdentityRefused, "dated in the future", Who.SITE), ("SM-I1", "SM-T6")),
    "idt_wrong_nonce": (Stop(IdentityRefused, "does not belong to this launch", Who.EHR), ("SM-I1", "SM-I9", "SM-A14")),
    "idt_no_nonce": (Stop(IdentityRefused, "does not belong to this launch", Who.EHR), ("SM-I9", "SM-A14")),
    "idt_no_sub": (Stop(IdentityRefused, "names no subject", Who.EHR), ("SM-I1",)),
    "idt_fhiruser_absolute": (Goes(), ("SM-I6",)),
    "idt_fhiruser_offhost": (Goes("did not say who you are", signs=False), ("SM-I6", "SM-I9", "SM-T15")),
    "idt_fhiruser_js": (Goes("did not say who you are", signs=False), ("SM-I6",)),
    "idt_alg_none": (Stop(IdentityRefused, BADLY_SIGNED, Who.EHR), ("SM-I3", "SM-T5")),
    "idt_alg_hs256_pubkey": (Stop(IdentityRefused, BADLY_SIGNED, Who.EHR), ("SM-I3", "SM-T5")),
    "idt_embedded_jwk": (Stop(IdentityRefused, "does not fit the EHR's keys", Who.EHR), ("SM-I3", "SM-T5")),
    "idt_bad_sig": (Stop(IdentityRefused, "does not fit the EHR's keys", Who.EHR), ("SM-I1",)),
    "idt_missing": (Stop(IdentityRefused, "sent no identity token", Who.EHR), ("SM-I1",)),
    "downscope": (Goes("did not grant Loadpath the right to create CarePlan"), ("SM-T-9",)),
    "empty_scope": (Stop(EhrForbidden, "does not allow", Who.EHR), ("SM-T-9",)),
    "token_type_lower": (Goes(), ("SM-T-8",)),
    "no_patient": (Stop(PatientMissing, "named no patient", Who.YOU), ("SM-T-10",)),
    "no_expires": (Goes(), ("SM-T-8",)),
    "no_refresh": (Goes(), ("SM-R4",)),
    "refresh_swaps_patient": (Goes(), ("SM-X8",)),
    "refresh_invalid_grant": (Goes(), ("SM-R4", "SM-R3")),
    "token_invalid_grant": (Stop(TokenRefused, "used already or has expired", Who.YOU), ("SM-T-12",)),
    "token_500": (Stop(EhrUnavailable, "did not answer as it should", Who.TIME), ("SM-T-11", "SM-T-12")),
    "disc_500": (Stop(DiscoveryFailed, "HTTP 500", Who.TIME), ("SM-L9",)),
    "disc_redirect": (Stop(DiscoveryFailed, "redirects are not followed", Who.EHR), ("SM-L9",)),
    "disc_html": (Stop(DiscoveryFailed, "not JSON", Who.EHR), ("SM-L9",)),
    "disc_issuer_mismatch": (Stop(CallbackRefused, "another sign-in server", Who.EHR), ("SM-C6",)),
    "disc_token_offhost": (Stop(DiscoveryFailed, "not registered for it", Who.SITE), ("SM-L9", "SM-T3")),
    "disc_relative": (Goes(), ("SM-L6",)),
    "disc_no_s256": (Stop(DiscoveryFailed, "PKCE", Who.EHR), ("SM-L7", "SM-T13")),
    "fhir_401": (Stop(SessionEnded, "ended this session's access", Who.YOU), ("SM-F3",)),
    "fhir_403": (Goes("bone density results: not permitted"), ("SM-F3",)),
    "fhir_write_403": (Goes(), ("SM-F3",)),
    "fhir_429": (Goes(), ("SM-F4",)),
    "fhir_503": (Stop(EhrUnavailable, "HTTP 503", Who.TIME), ("SM-F4",)),
    "fhir_hang": (Goes("procedures: could not be read"), ("SM-F4",)),
    "fhir_next_offhost": (Goes("more pages lie on another server"), ("SM-F2", "SM-T15")),
    "fhir_wrong_patient": (Goes("record of another patient; it is not used"), ("SM-X9", "SM-T7")),
    "fhir_write_lost_response": (Goes(), ("SM-F5",)),
    "fhir_another_record": (Goes(), ("SM-F5",)),
    "fhir_transaction_kept": (Goes(), ("SM-F5",)),
    "fhir_transaction_echoed": (Goes(), ("SM-F5",)),
    "fhir_index_seconds": (Goes(), ("SM-F5",)),
    "fhir_index_minutes": (Goes(), ("SM-F5",)),
    "fhir_weak_etag": (Goes(), ("SM-F3",)),
}  # fmt: skip
STEPS = {
    Who.YOU: "pen Loadpath", Who.TIME: "Wait a moment, then", Who.EHR: "the EHR's administrator",
    Who.SITE: "Loadpath's administrator",
}  # fmt: skip
EVERY = [pytest.param(name, marks=pytest.mark.req(*rows, "SM-T17")) for name, (_, rows) in OUTCOMES.items()]
# What the receipt says a minute after signing where an EHR does not do what it says.
A_MINUTE_LATER = {
    "fhir_another_record": "Saved to chart",
    "fhir_transaction_kept": "Doubtful: look in the chart",
    "fhir_transaction_echoed": "Saved to chart",
    "fhir_index_seconds": "Saved to chart",
    "fhir_index_minutes": "Doubtful: look in the chart",
}
SIGNED_IN_ONE_GO = [
    name for name, (outcome, _) in OUTCOMES.items()
    if isinstance(outcome, Goes) and outcome.signs and name not in ("fhir_write_403", "downscope", *A_MINUTE_LATER)
]  # fmt: skip


@pytest.fixture
def watch(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """Impatient only where an EHR hangs: a busy machine must not look like one that does."""
    settings = {"read_seconds": 3.0} if "hang" in request.node.name else {}
    with watched(tmp_path, hang_seconds=3.5, settings=settings) as found:
        yield found


def test_every_fault_has_an_outcome() -> None:
    """Those of an export are met by a command: tests/journey/test_export.py."""
    assert set(OUTCOMES) == {name for name, fault in FAULTS.items() if fault.place is not Place.EXPORT}


def launched(watch: Watched, browser: Browser, fault: str | None, patient: str = PATIENT) -> Page:
    """From the chart to whatever page the launch ends at."""
    harness, per_launch = watch.harness, fault is None or FAULTS[fault].per_launch
    harness.box.faults.discovery = None if per_launch else fault
    page = browser.get(launch_url(harness, patient, fault=fault if per_launch else None))
    if "/auth/" in page.url:
        page = browser.press(page, page.form("/auth/decision"), answer="allow")
    return harness.settled(browser, page)


def filed(watch: Watched) -> Counter[str]:
    """How often each business identifier of ours is in the chart of any patient, without the plans of the stories."""
    found: Counter[str] = Counter()
    for kind in WRITTEN:
        for stored in watch.harness.box.store.every(kind):
            names = [n for n in stored.resource.get("identifier", []) if "loadpath" in n.get("system", "")]
            found.update(f"{kind} {n['value']}" for n in names if not n["value"].startswith("sandbox-"))
    return found


def assert_stopped(page: Page, stop: Stop) -> None:
    assert page.status == stop.error.status
    assert stop.error.title in page.words
    (step,) = re.findall(r'<p class="next">(.*?)</p>', unescape(page.text))
    assert STEPS[stop.who] in step and step in (stop.error.next_step, NEXT[stop.who])
    assert stop.words in page.words
    assert "said=" in page.url or "code=" not in page.url


@pytest.mark.parametrize("name", EVERY)
def test_a_fault_ends_in_a_page_that_says_what_to_do_and_the_next_launch_works(watch: Watched, name: str) -> None:
    outcome, browser = OUTCOMES[name][0], watch.harness.browser()
    page = launched(watch, browser, name)
    if isinstance(outcome, Stop):
        assert_stopped(page, outcome)
    else:
        assert page.heading.startswith("Day ")
        assert outcome.words in page.words
        assert ("disabled" in _sign_form(page)) is not outcome.signs
    assert filed(watch) == {}
    again = launched(watch, browser, None)
    assert (again.status, again.offers_plan) == (200, True)
    receipt = browser.press(again, again.form("/sign"))
    assert receipt.heading == "Saved to chart"
    assert set(filed(watch).values()) == {1}
    watch.check()


@pytest.mark.req("SM-F3", "SM-F4")
@pytest.mark.parametrize("name", ["empty_scope", "fhir_401", "fhir_503"])
def test_a_page_that_comes_after_the_reading_has_failed_says_the_same(
    watch: Watched, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine the progress page comes first, and the next one learns from the store what went wrong."""
    monkeypatch.setattr("smartapp.web.charts.Charts.wait", lambda here, launch_id, seconds: None)
    browser, outcome = watch.harness.browser(), OUTCOMES[name][0]
    assert isinstance(outcome, Stop)
    assert_stopped(launched(watch, browser, name), outcome)


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.req(*OUTCOMES[n][1])) for n in SIGNED_IN_ONE_GO])
def test_a_launch_with_a_fault_that_does_not_stop_it_writes_once(watch: Watched, name: str) -> None:
    browser = watch.harness.browser()
    page = launched(watch, browser, name)
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart"
    again = browser.press(page, page.form("/sign"))
    assert again.url == receipt.url
    assert set(filed(watch).values()) == {1}
    assert any(key.startswith("CarePlan") for key in filed(watch))
    watch.check()


@pytest.mark.req("SM-F5")
def test_a_lost_answer_is_looked_up_before_anything_is_sent_again(watch: Watched) -> None:
    browser = watch.harness.browser()
    page = launched(watch, browser, "fhir_write_lost_response")
    watch.harness.wire.seen.clear()
    assert browser.press(page, page.form("/sign")).heading == "Saved to chart"
    methods = [sent.method for sent in watch.harness.wire.seen if sent.path.startswith("/fhir")]
    posted = methods.index("POST")
    assert methods[posted + 1] == "GET"
    assert methods.count("POST") == 1  # found by its identifier, so never sent again


@pytest.mark.req("SM-F5")
@pytest.mark.parametrize("name", A_MINUTE_LATER)
def test_a_minute_later_each_artifact_is_there_at_most_once_and_the_receipt_is_true(watch: Watched, name: str) -> None:
    harness, browser = watch.harness, watch.harness.browser()
    page = launched(watch, browser, name)
    harness.wire.seen.clear()
    receipt = browser.press(page, page.form("/sign"))
    for _ in range(20):
        harness.clock.now += 3
        receipt = browser.get(receipt.url)
    there = filed(watch)
    assert receipt.heading == A_MINUTE_LATER[name]
    led_astray = f"The EHR took CarePlan/diabetes-{PATIENT} for this one" in receipt.words
    assert led_astray is (name == "fhir_another_record")
    assert max(there.values(), default=0) <= 1
    assert any(key.startswith("CarePlan") for key in there) is (name != "fhir_transaction_kept")
    # one by one: a transaction that is not offered, each artifact, and the plan once more without its condition
    assert len(harness.writes()) <= (len(there) + 2 if name == "fhir_another_record" else 1)
    asked = [
        sent for sent in harness.wire.seen if sent.method != "GET" or "identifier=" in sent.url or "_tag=" in sent.url
    ]
    assert "GET" in {sent.method for sent in asked}, "it was looked for"
    assert len(asked) <= MOST_REQUESTS
    assert sum(sent.path == f"/fhir/Patient/{PATIENT}" for sent in harness.wire.seen) <= 1, (
        "the chart is read again once"
    )
    watch.check()


@pytest.mark.req("SM-F5")
def test_what_a_lagging_index_hid_is_found_when_a_person_looks_again(watch: Watched) -> None:
    browser = watch.harness.browser()
    page = launched(watch, browser, "fhir_index_minutes")
    receipt = browser.press(page, page.form("/sign"))
    for _ in range(20):
        watch.harness.clock.now += 3
        receipt = browser.get(receipt.url)
    watch.harness.clock.now += 600
    assert browser.press(receipt, receipt.form("/sign"), "Look again").heading == "Saved to chart"
    assert len(watch.harness.writes()) == 1


@pytest.mark.req("SM-F3")
def test_an_older_plan_ends_also_where_weak_etags_are_refused(watch: Watched) -> None:
    harness, browser = watch.harness, watch.harness.browser()
    page = launched(watch, browser, "fhir_weak_etag", "lindgren")
    harness.wire.seen.clear()
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart"
    assert sorted(plan["status"] for plan in harness.in_chart("CarePlan", "lindgren")) == ["active", "revoked"]
    assert any(seen.status == 412 for seen in harness.box.requests)
    assert set(filed(watch).values()) == {1}
    assert len(harness.writes()) <= MOST_REQUESTS


@pytest.mark.req("SM-T-9")
def test_without_the_right_to_write_the_plan_is_said_beforehand_to_be_a_copy(watch: Watched) -> None:
    browser = watch.harness.browser()
    page = launched(watch, browser, "downscope")
    assert "NOT saved: you get a copy to enter by hand" in page.words
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Signed, NOT in the chart: finish"
    assert not any(key.startswith(("CarePlan", "ServiceRequest")) for key in filed(watch))


@pytest.mark.req("SM-T16")
@pytest.mark.parametrize("name", ["idt_fhiruser_offhost", "idt_fhiruser_js"])
def test_a_signature_that_is_not_offered_is_refused_as_well(watch: Watched, name: str) -> None:
    """The button is dark; a form posted all the same meets the same sentence."""
    browser = watch.harness.browser()
    page = launched(watch, browser, name)
    fields: dict[str, Any] = {**page.form("/leave").fields, "fingerprint": "x", "as": "active"}
    refused = browser.post(page.url + "sign", fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert refused.status == 403
    assert watch.harness.writes() == []
    assert "javascript:" not in page.text
    assert not any("elsewhere.example" in sent.url for sent in watch.harness.wire.seen)


@pytest.mark.req("SM-F3")
def test_a_refused_write_is_told_and_can_be_sent_again(watch: Watched) -> None:
    browser = watch.harness.browser()
    page = launched(watch, browser, "fhir_write_403")
    told = browser.press(page, page.form("/sign"))
    assert told.heading == "Signed, NOT in the chart: finish"
    assert "The EHR does not allow this" in told.words
    assert "put the copy into the chart by hand, then confirm it here" in told.words
    assert filed(watch) == {}
    watch.check()


def _renewed(watch: Watched, fault: str, browser: Browser | None = None) -> Page:
    """A launch whose access token has run out by the time its chart is read again."""
    browser = browser or watch.harness.browser()
    page = launched(watch, browser, fault)
    watch.harness.clock.now += 400
    return browser.press(page, page.form("/refresh"))


@pytest.mark.req("SM-X8")
def test_a_renewal_for_another_patient_ends_the_session(watch: Watched) -> None:
    browser = watch.harness.browser()
    page = _renewed(watch, "refresh_swaps_patient", browser)
    assert_stopped(page, Stop(SessionSwitched, "another patient", Who.YOU))
    assert "Moreau" not in page.words
    assert browser.get(page.url.removesuffix("refresh")).status == SessionEnded.status
    watch.check()


@pytest.mark.req("SM-R3", "SM-R4")
@pytest.mark.parametrize("name", ["refresh_invalid_grant", "no_refresh"])
def test_access_that_cannot_be_renewed_ends_the_session(watch: Watched, name: str) -> None:
    browser = watch.harness.browser()
    page = _renewed(watch, name, browser)
    assert_stopped(page, Stop(SessionEnded, "ccess", Who.YOU))
    again = browser.get(page.url.removesuffix("refresh"))
    assert_stopped(again, Stop(SessionEnded, "ccess", Who.YOU))
    assert "Bergstrom" not in again.text
    assert filed(watch) == {}
    watch.check()


@pytest.mark.req("SM-T-8", "SM-R3")
def test_a_token_of_unknown_life_is_renewed_like_a_short_one(watch: Watched) -> None:
    page = _renewed(watch, "no_expires")
    assert page.heading.startswith("Day ")
    asked = [sent.body.decode() for sent in watch.harness.wire.seen if sent.path == "/auth/token"]
    assert sum("grant_type=refresh_token" in body for body in asked) == 1


@pytest.mark.req("SM-F4")
def test_the_pause_an_ehr_asks_for_is_kept_and_nothing_is_missing(watch: Watched) -> None:
    browser = watch.harness.browser()
    page = launched(watch, browser, "fhir_429")
    assert "could not be read" not in page.words
    assert sum(seen.status == 429 for seen in watch.harness.box.requests) == 3


@pytest.mark.req("SM-F4")
def test_an_ehr_that_hangs_while_the_chart_is_read_again_is_told(
    watch: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = watch.harness.browser()
    page = launched(watch, browser, "fhir_hang")
    monkeypatch.setattr("smartapp.web.review.REREAD_WAITS", 0.1)
    assert_stopped(
        browser.press(page, page.form("/refresh")), Stop(EhrUnavailable, "could not be read again in time", Who.TIME)
    )
    assert watch.harness.settled(browser, browser.get(page.url)).heading.startswith("Day ")


def _sign_form(page: Page) -> str:
    """The last form to sign, as it stands in the page; ``disabled`` where the page offers none."""
    start = page.text.rfind('/sign"')
    return page.text[start : page.text.index("</form>", start)] if start >= 0 else "disabled"
