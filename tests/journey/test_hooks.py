"""CDS Hooks from the chart of the sandbox and back, in process: a signed call, a card, and what became of it."""

import re

import pytest

from tests.journey.harness import APP, EHR, HOOKED, ISSUERS, make_harness
from tests.wsgi_transport import Wire

CARDS = f"{EHR}/chart/bergstrom/cards"
OFFICES = HOOKED + 'administrators = ["Practitioner/castellan"]\n'


def site(folder, issuers=OFFICES):
    """The sandbox calls the app, which reads keys and charts of the sandbox."""
    calls = Wire({})
    harness = make_harness(folder, issuers=issuers, cds_url=f"{APP}/cds-services", cds_session=calls)
    calls.apps = {APP: harness.app}
    return harness


@pytest.fixture
def loop(tmp_path):
    harness = site(tmp_path)
    yield harness
    harness.box.store.close()


def store(loop):
    return loop.app.extensions["loadpath"].store.hooks


def post(browser, path, **fields):
    return browser.clients[EHR].post(path, base_url=EHR, data=fields)


def topics(loop):
    return [card.topic.value for kept in store(loop).firings("sandbox") for card in kept.firing.cards]


def unsigned(loop):
    return loop.box.search("ServiceRequest", patient="bergstrom", status="draft")


def order(loop, browser, what="physical-therapy", note=""):
    """Chosen in the chart; the page of the order, with its cards."""
    chosen = browser.clients[EHR].post("/chart/bergstrom/order", base_url=EHR, data={"what": what, "note": note})
    assert chosen.status_code == 303
    return browser.get(f"{EHR}{chosen.headers['Location']}")


def test_opening_a_chart_brings_a_card_that_is_kept_without_the_patient(loop):
    page = loop.browser().get(CARDS)
    assert "Physical therapy can be ordered with its limits" in page.words
    (kept,) = store(loop).firings("sandbox")
    assert (kept.firing.service, kept.firing.shown) == ("loadpath-patient-view", True)
    assert topics(loop) == ["LoadpathReferToTherapy"]
    assert "bergstrom" not in str(kept)


def test_the_link_of_the_card_opens_the_app_on_what_it_is_about(loop):
    browser = loop.browser()
    page = browser.get(CARDS)
    link = re.search(r'href="(/chart/bergstrom/app\?card=[^"]+)"', page.text)[1].replace("&amp;", "&")
    frame = browser.get(f"{EHR}{link}")
    address = re.search(r'<iframe id="app-frame"[^>]* src="([^"]+)"', frame.text)[1].replace("&amp;", "&")
    assert address.startswith(f"{APP}/launch?")
    assert "finding" in loop.box.wire.launches[0].context["appContext"]
    asked = browser.get(address)
    opened = loop.settled(browser, browser.press(asked, asked.form("/auth/decision"), "Allow"))
    assert opened.offers_plan
    answer = next(entry for entry in loop.box.wire.entries if entry.path == "/auth/token")
    assert '"appContext": "{\\"finding\\":' in answer.got.text


def test_the_suggestion_becomes_an_unsigned_order_with_its_limits_and_is_told(loop):
    browser = loop.browser()
    page = browser.get(CARDS)
    form = page.form("/accept")
    assert post(browser, form.action, **form.fields).status_code == 303
    (made,) = unsigned(loop)
    assert made["intent"] in ("plan", "proposal", "order") and "avoid" in str(made).lower()
    assert [told.outcome for told in store(loop).feedback("sandbox")] == ["accepted"]


def test_an_order_without_limits_gets_them_and_lies_unsigned_in_the_chart(loop):
    browser = loop.browser()
    page = order(loop, browser)
    assert "does not say which movements" in page.words
    form = page.form("/accept")
    post(browser, form.action, **form.fields)
    (made,) = unsigned(loop)
    assert made["code"]["text"] == "Physical therapy" and "avoid" in str(made["note"]).lower()
    signed = post(browser, f"/chart/bergstrom/orders/{made['id']}/sign")
    assert signed.status_code == 303 and not unsigned(loop)
    assert topics(loop) == ["LoadpathOrderWithoutRestrictions"], "nothing was left to say at signing"


def test_manual_therapy_is_spoken_against(loop):
    page = order(loop, loop.browser(), "manual-therapy")
    assert topics(loop) == ["LoadpathOrderConflict"] and "manual therapy of the spine" in page.words


def test_an_override_is_kept_by_its_reason_and_reported(loop):
    browser = loop.browser()
    form = browser.get(CARDS).form("/override")
    assert "patient-refuses" in form.choices["reason"]
    post(browser, form.action, reason="patient-refuses", comment="Ann says no")
    (told,) = store(loop).feedback("sandbox")
    assert (told.outcome, told.reason_code, told.commented) == ("overridden", "patient-refuses", True)
    assert "overridden before" in browser.get(CARDS).words
    officer = loop.browser()
    opened = loop.open(officer, "whitfield", "castellan")
    report = officer.get(f"{APP}/l/{opened.launch_id}/hooks")
    assert "Patient refuses/declines" in report.words and "Ann" not in report.text


def test_a_silent_service_computes_and_shows_nothing(tmp_path):
    loop = site(tmp_path, OFFICES.replace('/hooks/jwks" }', '/hooks/jwks", silent = true }'))
    page = loop.browser().get(CARDS)
    assert "has nothing to say" in page.words and "<article" not in page.text
    (kept,) = store(loop).firings("sandbox")
    assert not kept.firing.shown and topics(loop) == ["LoadpathReferToTherapy"]
    loop.box.store.close()


def test_a_patient_whom_loadpath_does_not_concern_brings_no_card(loop):
    page = loop.browser().get(CARDS.replace("bergstrom", "lindgren"))
    assert page.status == 200


def test_an_ehr_that_is_not_registered_for_it_is_refused_and_the_chart_is_there(tmp_path):
    loop = site(tmp_path, ISSUERS)
    assert "401" in loop.browser().get(CARDS).words
    loop.box.store.close()
