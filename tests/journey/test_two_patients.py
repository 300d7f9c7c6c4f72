"""Two patients in two tabs of one browser: whatever the order of clicks, nothing crosses (SMART T7, T8, T10)."""

import pytest

from tests.journey.harness import APP


@pytest.fixture
def tabs(harness):
    browser = harness.browser()
    return browser, harness.open(browser, "bergstrom"), harness.open(browser, "whitfield")


@pytest.mark.req("SM-T7", "SM-X7")
def test_each_tab_keeps_its_patient(tabs):
    browser, bergstrom, whitfield = tabs
    for _ in range(2):
        assert "Bergstrom" in browser.get(bergstrom.url).words and "Whitfield" not in browser.get(bergstrom.url).words
        assert "Whitfield" in browser.get(whitfield.url).words and "Bergstrom" not in browser.get(whitfield.url).words


@pytest.mark.req("SM-T7")
def test_edits_attestations_and_signatures_interleaved(harness, tabs):
    browser, bergstrom, whitfield = tabs
    browser.press(whitfield, whitfield.form("/attest"), "Record", basis="Imaging", name="stable", on="2026-02-01")
    bergstrom = browser.press(bergstrom, bergstrom.form("/decide", item="E11.dose"), "Remove")
    whitfield = browser.get(whitfield.url)
    assert "Fracture stable" not in bergstrom.words and "Removed by you" not in whitfield.words
    done_w = browser.press(whitfield, whitfield.form("/sign"))
    done_b = browser.press(bergstrom, bergstrom.form("/sign"))
    assert "Whitfield" in done_w.words and "Bergstrom" in done_b.words
    for patient in ("bergstrom", "whitfield"):
        (plan,) = harness.in_chart("CarePlan", patient)
        (order,) = harness.in_chart("ServiceRequest", patient)
        (goals,) = {len(harness.in_chart("Goal", patient))}
        assert goals == len(plan["goal"]) and order["subject"] == plan["subject"]


@pytest.mark.parametrize("changed", ["launch", "patient", "token", "all but address"])
@pytest.mark.req("SM-T7", "SM-T10")
def test_a_form_of_one_tab_is_refused_in_the_other(harness, tabs, changed):
    browser, bergstrom, whitfield = tabs
    mine, theirs = bergstrom.form("/sign"), whitfield.form("/sign")
    keys = ("launch", "patient", "token") if changed == "all but address" else (changed,)
    mine.fields.update({key: theirs.fields[key] for key in keys})
    refused = browser.press(bergstrom, mine)
    assert refused.status in (400, 403)
    assert harness.writes() == []


@pytest.mark.req("SM-T7")
def test_a_receipt_of_another_patient_is_not_shown(tabs):
    browser, bergstrom, whitfield = tabs
    receipt = browser.press(bergstrom, bergstrom.form("/sign"))
    plan_id = receipt.url.rpartition("/")[2]
    assert browser.get(f"{APP}/l/{whitfield.launch_id}/receipt/{plan_id}").status == 404


@pytest.mark.req("SM-T7")
def test_a_record_of_another_patient_is_not_shown(tabs):
    browser, _, whitfield = tabs
    assert browser.get(f"{APP}/l/{whitfield.launch_id}/source/Observation/bergstrom-dxa-1").status == 404


@pytest.mark.req("SM-T14")
def test_another_browser_cannot_use_the_address(harness, tabs):
    _, bergstrom, _ = tabs
    stranger = harness.browser()
    assert stranger.get(bergstrom.url).status == 401
    harness.open(stranger, "haddad")
    assert stranger.get(bergstrom.url).status == 401
    assert stranger.press(bergstrom, bergstrom.form("/sign")).status == 401
    assert harness.writes() == []


@pytest.mark.req("SM-T8")
def test_another_person_in_the_same_browser_ends_the_first_session(harness):
    browser = harness.browser()
    first = harness.open(browser, "bergstrom", "okafor")
    second = harness.open(browser, "whitfield", "lindqvist")
    assert browser.get(first.url).status == 401
    assert "Maja Lindqvist" in browser.get(second.url).words


@pytest.mark.parametrize("headers", [
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "same-site", "Origin": "null"},
    {"Origin": "http://localhost:8081"},
])  # fmt: skip
@pytest.mark.parametrize("action", ["attest", "result", "decide", "undo", "sign", "refresh", "leave"])
@pytest.mark.req("SM-T10")
def test_forms_of_foreign_pages_are_refused(harness, tabs, action, headers):
    """Even with a stolen token: what the browser says about the page counts."""
    browser, bergstrom, _ = tabs
    fields = {**bergstrom.form("/sign").fields, "name": "stable", "on": "2026-02-01", "item": "E11", "choice": "drop"}
    answer = browser.post(f"{APP}/l/{bergstrom.launch_id}/{action}", fields, headers=headers)
    assert answer.status == 403 and harness.writes() == []
    without = {name: value for name, value in fields.items() if name != "token"}
    assert browser.post(f"{APP}/l/{bergstrom.launch_id}/{action}", without).status == 403
