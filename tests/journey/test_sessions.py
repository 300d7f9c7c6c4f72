"""A person sees every session of theirs that is still open, in whatever browser, and can end it."""

import re

import pytest

from tests.journey.harness import APP, ISSUERS, make_harness


def open_sessions(browser, page):
    return browser.get(f"{APP}/l/{page.launch_id}/sessions")


@pytest.mark.req("SM-E2", "SM-T8")
def test_ones_own_sessions_are_shown_and_one_in_another_browser_is_ended(harness):
    here, there, anothers = harness.browser(), harness.browser(), harness.browser()
    first, second = harness.open(here, "bergstrom"), harness.open(here, "whitfield")
    far = harness.open(there, "bergstrom")
    harness.open(anothers, "bergstrom", "lindqvist")
    page = here.get(first.url)
    assert f'href="/l/{first.launch_id}/sessions"' in page.text
    page = open_sessions(here, first)
    words = page.words.partition("Last used")[2]
    assert [len(re.findall(rf"{name}, born \w+ \d+, 19", words)) for name in ("Bergstrom", "Whitfield")] == [3, 2]
    assert [words.count(w) for w in ("This one", "In this browser", "In another browser")] == [1, 1, 1]
    assert far.launch_id not in page.text and second.launch_id not in page.text
    row = page.text[page.text.index("In another browser") :]
    handle = row.partition('name="which" value="')[2].partition('"')[0]
    harness.wire.seen.clear()
    page = here.press(page, page.form("/sessions/end", which=handle))
    assert "In another browser" not in page.words
    assert there.get(far.url).status == 401
    assert here.get(second.url).status == here.get(first.url).status == 200
    assert [sent.path for sent in harness.wire.seen] == ["/auth/revoke"] * 2
    kinds = [
        event.get("subtype", [{"code": ""}])[0]["code"]
        for event in harness.app.extensions["loadpath"].store.audit.events()
    ]
    assert kinds.count("110123") == 1, "one logout"


def test_all_others_at_once_and_edits_stay(harness):
    here, there = harness.browser(), harness.browser()
    far = harness.open(there, "bergstrom")
    page = there.press(far, far.form("/decide", item="E11.dose"), "Remove")
    assert "Removed by you" in page.words
    mine = harness.open(here, "whitfield")
    page = open_sessions(here, mine)
    page = here.press(page, page.form("/sessions/end", which="others"))
    assert "In another browser" not in page.words and "This one" in page.words
    assert there.get(far.url).status == 401
    assert "Removed by you" in harness.open(there, "bergstrom").words


def test_nobody_elses_session_can_be_named(harness):
    here, there = harness.browser(), harness.browser()
    other = harness.open(there, "bergstrom", "lindqvist")
    theirs = open_sessions(there, other)
    assert "In another browser" not in theirs.words
    mine = harness.open(here, "bergstrom")
    page = open_sessions(here, mine)
    store = harness.app.extensions["loadpath"].store
    (seen,) = store.sessions.beside(other.launch_id)
    fields = {**here.get(mine.url).form("/leave").fields, "which": seen.handle}
    refused = here.post(f"{APP}/l/{mine.launch_id}/sessions/end", fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert refused.status == 404 and "In another browser" not in page.words
    assert there.get(other.url).status == 200


def test_ended_and_idle_sessions_are_not_shown(harness):
    here, there = harness.browser(), harness.browser()
    harness.open(there, "whitfield")
    harness.clock.now += 1795
    mine = harness.open(here, "bergstrom")
    assert "In another browser" in open_sessions(here, mine).words
    harness.clock.now += 10
    assert "In another browser" not in open_sessions(here, mine).words


def test_where_the_ehr_names_nobody_only_this_session_is_shown(tmp_path):
    scopes = 'scopes = "launch patient/Patient.rs patient/Condition.rs patient/Observation.rs"\nclient_id'
    harness = make_harness(tmp_path, issuers=ISSUERS.replace("client_id", scopes, 1))
    here, there = harness.browser(), harness.browser()
    harness.open(there, "whitfield")
    mine = harness.open(here, "bergstrom")
    assert "This one" in (page := open_sessions(here, mine)).words
    assert "In another browser" not in page.words


def test_end_all_ends_this_one_too(harness):
    here, there = harness.browser(), harness.browser()
    far = harness.open(there, "bergstrom")
    mine = harness.open(here, "whitfield")
    other = harness.open(harness.browser(), "bergstrom", "lindqvist")
    page = open_sessions(here, mine)
    page = here.press(page, page.form("/sessions/end", which="all"), "End all")
    assert page.heading == "Session ended"
    assert here.get(mine.url).status == there.get(far.url).status == 401
    assert harness.app.extensions["loadpath"].store.sessions.connection_of(other.launch_id), "somebody else's goes on"


def test_a_session_whose_chart_is_not_there_names_the_patient_by_reference(harness):
    here, there = harness.browser(), harness.browser()
    far = harness.open(there, "whitfield")
    harness.app.extensions["loadpath"].store.sessions.drop_chart(far.launch_id)
    words = open_sessions(here, harness.open(here, "bergstrom")).words
    assert "Patient/whitfield" in words and "Whitfield, born" not in words and "Bergstrom, born" in words
