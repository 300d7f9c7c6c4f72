"""What goes wrong at the door, and the page that says what happened and what to do; each carries a reference."""

import time
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from tests.journey.harness import APP, EHR, ISSUERS, make_harness


def refused(page, status, heading):
    assert (page.status, page.heading) == (status, heading), page.words
    assert "Reference " in page.words
    for secret in ("access_token", "code=", "state=", "Bearer", "Bergstrom"):
        assert secret not in page.text
    return page


@pytest.mark.parametrize("query", ["", "iss=http%3A%2F%2Flocalhost%3A8081%2Ffhir", "launch=abc", "iss=&launch=x"])
def test_a_launch_without_its_parameters(harness, query):
    refused(harness.browser().get(f"{APP}/launch?{query}"), 400, "Loadpath could not be started")
    assert harness.wire.seen == []


@pytest.mark.parametrize(
    "iss",
    ["https://evil.example/fhir", "http://localhost:8081/fhir2", "http://169.254.169.254/", "javascript:alert(1)",
     "http://localhost:8081@evil.example/fhir", "//localhost:8081/fhir", "http://localhost:8081/fhir#", "x" * 5000],
)  # fmt: skip
def test_an_ehr_nobody_registered(harness, iss):
    """And no socket is opened for it (T3)."""
    page = harness.browser().get(f"{APP}/launch?" + urlencode({"iss": iss, "launch": "abc"}))
    refused(page, 403, "This EHR is not registered with Loadpath")
    assert harness.wire.seen == []
    assert "evil.example" not in page.text


def test_a_parameter_named_twice(harness):
    page = harness.browser().get(f"{APP}/launch?iss=a&iss=b&launch=c")
    refused(page, 400, "Loadpath could not be started")
    assert "Tell the EHR's administrator" in page.words


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("state=abc&code=def", "This launch does not belong to this browser window"),
        ("", "answer to this launch cannot be used"),
        ("code=abc", "answer to this launch cannot be used"),
        ("state=a&state=b&code=c", "answer to this launch cannot be used"),
        ("error=access_denied", "answer to this launch cannot be used"),
    ],
)
def test_a_callback_nobody_asked_for(harness, query, heading):
    page = harness.browser().get(f"{APP}/callback?{query}")
    refused(page, 400, "This launch does not belong to this browser window")
    browser = harness.browser()
    browser.get(harness.launch_url("bergstrom"))
    page = browser.get(f"{APP}/callback?{query}")
    assert page.status == 400 and page.heading.endswith(heading)
    assert not any(sent.path == "/auth/token" for sent in harness.wire.seen)


def test_a_callback_in_another_browser(harness):
    """The answer to somebody else's launch is worth nothing here (T1)."""
    url = callback_url(harness, harness.browser())
    page = harness.browser().get(url)
    refused(page, 400, "This launch does not belong to this browser window")
    stranger = harness.browser()
    stranger.get(harness.launch_url("whitfield"))
    refused(stranger.get(url), 400, "This launch does not belong to this browser window")


def test_a_callback_loaded_twice_exchanges_once(harness):
    """The second call, a prefetch or a reload, finds the session of the first (T20)."""
    browser = harness.browser()
    url = callback_url(harness, browser)
    first = harness.settled(browser, browser.get(url))
    second = harness.settled(browser, browser.get(url))
    assert first.url == second.url and first.status == 200
    assert sum(sent.path == "/auth/token" for sent in harness.wire.seen) == 1


def callback_url(harness, browser):
    """Where the EHR sends the browser back to, not yet followed."""
    page = browser.get(harness.launch_url("bergstrom"))
    form = page.form("/auth/decision")
    answer = browser.clients[EHR].post(form.action, base_url=EHR, data={**form.fields, "answer": "allow"})
    return answer.headers["Location"]


def test_consent_denied(harness):
    page = harness.open(harness.browser(), "bergstrom", answer="Deny")
    refused(page, 403, "The EHR did not grant access")
    assert not any(sent.path == "/auth/token" for sent in harness.wire.seen)


def test_words_of_the_ehr_are_shown_as_words(harness):
    """error_description is text a stranger can choose (C3)."""
    browser = harness.browser()
    start = browser.clients[APP].get(harness.launch_url("bergstrom"), base_url=APP)
    state = parse_qs(urlsplit(start.headers["Location"]).query)["state"][0]
    evil = {
        "state": state,
        "iss": f"{EHR}/auth",
        "error": "access_denied",
        "error_description": "<script>alert(1)</script>",
    }
    page = browser.get(f"{APP}/callback?" + urlencode(evil))
    assert page.status == 403 and "<script>alert" not in page.text


@pytest.mark.parametrize("how", ["idle", "end of day", "unknown", "no cookie"])
def test_a_session_that_has_ended(harness, how):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    url = page.url
    if how == "idle":
        harness.clock.now += 1801
    elif how == "end of day":
        for _ in range(30):
            harness.clock.now += 1000
            browser.get(url)
    elif how == "unknown":
        url = f"{APP}/l/{'x' * 32}/"
    else:
        browser = harness.browser()
    refused(browser.get(url), 401, "This session has ended")
    assert "Unsigned edits are kept" in browser.get(url).words


def broken(wire, path):
    def before(sent):
        if sent.path.startswith(path):
            raise requests.ConnectionError("refused")

    wire.before = before


def test_an_ehr_that_is_down_at_launch(tmp_path):
    harness = make_harness(tmp_path, change=lambda wire: broken(wire, "/"))
    refused(harness.browser().get(harness.launch_url("bergstrom")), 503, "The EHR is not available right now")


def test_an_ehr_that_goes_down_while_the_chart_is_read(tmp_path):
    harness = make_harness(tmp_path)
    browser = harness.browser()
    broken(harness.wire, "/fhir/Patient")
    page = harness.open(browser, "bergstrom")
    assert page.status == 503 and "Try again" in page.words, page.words
    broken(harness.wire, "/nowhere")
    assert "Daniel Erik Bergstrom" in harness.settled(browser, browser.get(page.url + "?again=1")).words


def test_one_search_that_fails_is_a_line_and_not_the_end(tmp_path):
    harness = make_harness(tmp_path)
    broken(harness.wire, "/fhir/Procedure")
    page = harness.open(harness.browser(), "bergstrom")
    assert page.status == 200 and "of the chart could not be read" in page.words


def test_a_write_that_fails_is_loud_and_can_be_repeated(tmp_path):
    harness = make_harness(tmp_path)
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")

    def fail(sent):
        if sent.method == "POST" and sent.path == "/fhir":
            raise requests.ConnectionError("refused")

    harness.wire.before = fail
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Signed, and not known whether it is in the chart"
    assert harness.in_chart("CarePlan", "bergstrom") == []
    harness.wire.before = lambda sent: None
    again = browser.press(receipt, receipt.form("/sign"), "Try again")
    assert again.heading == "Saved to chart"
    assert len(harness.in_chart("CarePlan", "bergstrom")) == 1


def test_a_write_whose_answer_is_lost_is_found_and_not_repeated(tmp_path):
    harness = make_harness(tmp_path)
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    lost = []

    def lose(sent):
        if sent.method == "POST" and sent.path == "/fhir" and not lost:
            lost.append(sent)
            raise requests.ConnectionError("connection reset")

    harness.wire.after = lose
    receipt = browser.press(page, page.form("/sign"))
    if receipt.heading != "Saved to chart":
        receipt = browser.press(receipt, receipt.form("/sign"), "Try again")
    assert receipt.heading == "Saved to chart" and lost
    assert len(harness.in_chart("CarePlan", "bergstrom")) == 1
    assert len(harness.in_chart("ServiceRequest", "bergstrom")) == 1


def test_a_record_with_nothing_relevant(harness):
    page = harness.open(harness.browser(), "sato")
    assert page.heading == "No active lumbar fracture found"
    assert "Vertebral fractures None found" in page.words


def test_a_coordinator_and_nobody_of_the_site_are_told_so(harness):
    refused(harness.open(harness.browser(), "bergstrom", "brandt"), 403, "Your page is the list of referrals")
    assert not any(sent.path.startswith("/fhir/Condition") for sent in harness.wire.seen)


def test_a_practitioner_without_a_role(tmp_path):
    issuers = ISSUERS.replace('drafters = ["Practitioner/lindqvist"]', "drafters = []")
    harness = make_harness(tmp_path, issuers=issuers)
    page = harness.open(harness.browser(), "bergstrom", "lindqvist")
    refused(page, 403, "Your role does not include rehabilitation plans")


@pytest.mark.parametrize(("method", "path", "status"), [
    ("get", "/nothing", 404), ("post", "/about", 405), ("get", "/l/x/sign", 405), ("get", "/l/a/b/c", 404),
    ("delete", "/launch", 405),
])  # fmt: skip
def test_addresses_that_are_not_ours(harness, method, path, status):
    answer = getattr(harness.app.test_client(), method)(path)
    assert answer.status_code == status and "Reference" in answer.text


def test_a_form_too_large(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    form = page.form("/decide", item="R9")
    form.fields["value"] = "x" * 300_000
    assert browser.press(page, form, "Save wording").status == 413


def test_a_fault_of_our_own_shows_no_secret(harness, monkeypatch, caplog):
    words = " ".join(("Bergstrom,", "Daniel:", "token", "abc"))

    def fail(*_):
        raise RuntimeError(words)

    monkeypatch.setattr("smartapp.web.review.load_review", fail)
    page = harness.open(harness.browser(), "bergstrom")
    refused(page, 500, "Something went wrong")
    assert "RuntimeError" in caplog.text and "token abc" not in caplog.text and "Daniel" not in caplog.text


def test_a_slow_ehr_is_waited_for_with_a_page_that_says_so(tmp_path):
    harness = make_harness(tmp_path)
    harness.wire.before = lambda sent: time.sleep(4 if sent.path.endswith("/Procedure") else 0)
    browser = harness.browser()
    page = browser.get(harness.launch_url("bergstrom"))
    page = browser.press(page, page.form("/auth/decision"), "Allow")
    assert page.heading == "Reading the chart" and 'data-updates="0.2"' in page.text
    assert page.form(f"/l/{page.launch_id}/").buttons == [("", "", "Refresh")]
    looked = browser.get(f"{page.url}?look=1")
    assert (looked.status, looked.heading) == (200, "Reading the chart"), "the chart is not there yet"
    assert "procedures: waiting" in page.words and "care plans: " in page.words
    assert "Rehabilitation phase Initial" in harness.settled(browser, page).words
    looked = browser.get(f"{page.url}?look=1")
    assert (looked.status, looked.text) == (204, ""), "now the page that waits may open the plan"
