"""How a session ends, by itself or by hand, and that no edit is lost by it."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.journey.harness import APP, ISSUERS, make_harness


def edited(harness, browser, patient="bergstrom", user="okafor"):
    page = harness.open(browser, patient, user)
    page = browser.press(page, page.form("/decide", item="E11.dose"), "Save", value="1 x 6, hold 2 s")
    assert "Changed by you" in page.words
    return page


def still_edited(harness, browser, user="okafor") -> bool:
    return "Changed by you" in harness.open(browser, "bergstrom", user).words


def test_idle_too_long_then_a_signature_writes_nothing_and_the_edit_is_there_again(harness):
    browser = harness.browser()
    page = edited(harness, browser)
    harness.clock.now += 1800
    refused = browser.press(page, page.form("/sign"))
    assert (refused.status, refused.heading) == (401, "This session has ended")
    assert "Unsigned edits are kept" in refused.words
    assert harness.writes() == []
    page = harness.open(browser, "bergstrom")
    assert "Changed by you" in page.words
    assert browser.press(page, page.form("/sign")).heading == "Saved to chart"


def test_a_session_in_use_goes_on_until_its_absolute_end(harness):
    browser = harness.browser()
    page = edited(harness, browser)
    for _ in range(16):  # half an hour less a moment, sixteen times: just short of eight hours
        harness.clock.now += 1799
        assert browser.get(page.url).status == 200
    harness.clock.now += 28800 - 16 * 1799
    assert browser.get(page.url).heading == "This session has ended"
    assert still_edited(harness, browser)


@pytest.mark.req("SM-E3")
def test_what_ends_is_forgotten_but_the_edit(harness):
    browser = harness.browser()
    page = edited(harness, browser)
    harness.clock.now += 1801
    browser.get(page.url)
    with harness.app.extensions["loadpath"].store.database.engine.connect() as db:
        rows = db.exec_driver_sql(
            "SELECT phase, connection, tokens, chart, decisions, person_index FROM launches"
        ).all()
        assert [tuple(row) for row in rows] == [("ended", None, None, None, None, None)]
        assert db.exec_driver_sql("SELECT count(*) FROM drafts").scalar() == 1


def test_a_purge_keeps_the_edit_as_well(harness):
    browser = harness.browser()
    edited(harness, browser)
    harness.clock.now += 1801
    assert harness.app.extensions["loadpath"].store.sessions.purge_expired() == 1
    assert still_edited(harness, browser)


@pytest.mark.req("SM-I8", "SM-T8")
def test_the_edit_is_its_makers_alone_and_not_for_ever(harness):
    edited(harness, harness.browser())
    assert not still_edited(harness, harness.browser(), "lindqvist")
    assert still_edited(harness, harness.browser())
    harness.clock.now += 604801
    assert not still_edited(harness, harness.browser())


@pytest.mark.req("SM-R4")
def test_an_ehr_that_ends_access_ends_the_session_and_keeps_the_edit(harness):
    browser = harness.browser()
    page = edited(harness, browser)
    _revoke(harness)
    refused = browser.press(page, page.form("/refresh"))
    assert refused.status in (401, 503) and "Bergstrom" not in refused.text
    after = browser.get(page.url)
    assert (after.status, "Bergstrom" in after.text) == (401, False), "nor is what was read before shown again"
    assert still_edited(harness, harness.browser())


def _revoke(harness):
    """Every access and refresh token of the EHR stops working."""
    store = harness.app.extensions["loadpath"].store
    with store.database.engine.connect() as db:
        ids = [row[0] for row in db.exec_driver_sql("SELECT id FROM launches WHERE phase = 'open'")]
    for launch_id in ids:
        tokens, _ = store.tokens.load(launch_id)
        for kind in ("refresh", "access"):
            harness.ehr.test_client().post("/auth/revoke", data={"token": tokens[kind], "client_id": "loadpath"})


# -- logout


@pytest.mark.req("SM-E2")
def test_logging_out_revokes_both_tokens_and_keeps_the_edit(harness):
    browser = harness.browser()
    page = edited(harness, browser)
    store = harness.app.extensions["loadpath"].store
    tokens, _ = store.tokens.load(page.launch_id)
    assert browser.press(page, page.form("/leave")).heading == "Session ended"
    sent = [s.body.decode() for s in harness.wire.seen if s.path == "/auth/revoke"]
    assert ["token_type_hint=refresh_token" in sent[0], "token_type_hint=access_token" in sent[1]] == [True, True]
    again = harness.ehr.test_client().get(
        "/fhir/Patient/bergstrom", headers={"Authorization": f"Bearer {tokens['access']}"}
    )
    assert again.status_code == 401
    assert browser.get(page.url).status == 401
    assert still_edited(harness, browser)


@pytest.mark.req("SM-E2")
@pytest.mark.parametrize("after_sending", [True, False])
def test_an_ehr_that_does_not_answer_does_not_hold_up_the_logout(harness, after_sending):
    import requests

    browser = harness.browser()
    page = harness.open(browser, "bergstrom")

    def dead(sent):
        if sent.path == "/auth/revoke":
            raise requests.ConnectionError("gone")

    setattr(harness.wire, "after" if after_sending else "before", dead)
    assert browser.press(page, page.form("/leave")).heading == "Session ended"
    assert browser.get(page.url).status == 401


@pytest.mark.req("SM-T7")
def test_logging_out_in_one_tab_leaves_the_other_patient_open(harness):
    browser = harness.browser()
    one, two = harness.open(browser, "bergstrom"), harness.open(browser, "whitfield")
    browser.press(one, one.form("/leave"))
    assert browser.get(f"{APP}/l/{two.launch_id}/").status == 200


def test_limits_are_the_sites_to_choose(tmp_path):
    harness = make_harness(tmp_path, settings={"session_idle_seconds": 60.0, "session_absolute_seconds": 100.0})
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    harness.clock.now += 59
    assert browser.get(page.url).status == 200
    harness.clock.now += 42
    assert browser.get(page.url).status == 401


def test_a_copy_of_what_was_signed_can_be_taken_along_although_the_ehr_has_ended_access(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart"
    # The look at the chart that follows a signature must be over, or the next one joins it.
    assert browser.press(page, page.form("/refresh")).status == 200
    _revoke(harness)
    harness.clock.now += 1
    assert browser.press(page, page.form("/refresh")).status in (401, 503)
    assert browser.get(receipt.url).status == 401
    assert browser.get(f"{receipt.url}?copy=text").status == 200


# -- renewal: as long as the person is logged in to the EHR, beyond that, or not at all


def asked_for(harness) -> set[str]:
    """Scopes of the launch's authorize request that are about renewal."""
    (sent,) = [url for url in harness.visited if "/auth/authorize?" in url]
    return set(parse_qs(urlsplit(sent).query)["scope"][0].split()) & {"online_access", "offline_access"}


@pytest.mark.req("SM-A7", "SM-R3", "SM-R4")
@pytest.mark.parametrize(
    ("refresh", "asks", "outlives_token", "outlives_login"),
    [
        ("online", {"online_access"}, True, False),
        ("offline", {"offline_access"}, True, True),
        ("none", set(), False, False),
    ],
)
def test_how_long_access_lasts_is_the_sites_choice(tmp_path, refresh, asks, outlives_token, outlives_login):
    harness = make_harness(tmp_path, issuers=ISSUERS.replace("client_id", f'refresh = "{refresh}"\nclient_id', 1))
    browser = harness.browser()
    page = edited(harness, browser)
    assert asked_for(browser) == asks
    harness.clock.now += 400  # an access token lives 300 seconds
    again = browser.press(page, page.form("/refresh"))
    assert (again.status == 200) is outlives_token
    if outlives_token:
        harness.box.end_session("okafor")
        again = browser.press(again, again.form("/refresh"))
        assert (again.status == 200) is outlives_login
    if not outlives_login:
        assert (again.status, again.heading) == (401, "This session has ended")
        assert "Unsigned edits are kept" in again.words and still_edited(harness, harness.browser())
