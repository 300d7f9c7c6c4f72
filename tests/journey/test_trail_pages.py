"""Who sees what of the audit trail on a page, what administrators see, and that every look is kept."""

import pytest
import requests

from smartapp.store import HEAD
from tests.journey.harness import APP, ISSUERS, make_harness

OFFICES = f"""{ISSUERS}
privacy_officers = ["Practitioner/castellan", "Practitioner/lindqvist"]
administrators = ["Practitioner/castellan"]
"""


@pytest.fixture
def site(tmp_path):
    harness = make_harness(tmp_path, issuers=OFFICES)
    yield harness
    harness.box.store.close()


def trail(harness):
    return list(harness.app.extensions["loadpath"].store.audit.events())


def audit(browser, page, query=""):
    return browser.get(f"{APP}/l/{page.launch_id}/audit{query}")


def rows(page, of="Your actions"):
    table = page.text.partition(f'aria-label="{of}"')[2].partition("</table>")[0]
    return [" ".join(row.split()) for row in table.split("<tr")[2:]]


def test_a_person_sees_their_own_actions_and_nobody_elses(harness):
    here, there = harness.browser(), harness.browser()
    harness.open(there, "whitfield", "lindqvist")
    page = harness.open(here, "bergstrom")
    here.press(page, page.form("/sign"))
    assert f'href="/l/{page.launch_id}/audit"' in here.get(page.url).text
    shown = audit(here, page)
    assert shown.heading == "Your actions" and "Opened Loadpath" in shown.words
    assert "Put their name to: signed" in shown.words and "Patient/bergstrom" in shown.words
    assert "whitfield" not in shown.text and "lindqvist" not in shown.text
    assert "Everybody" not in shown.words and 'name="person"' not in shown.text


def test_a_refusal_is_told_by_its_title(site):
    site.browser().get(f"{APP}/launch?iss=http://elsewhere.example&launch=x")
    browser = site.browser()
    shown = audit(browser, site.open(browser, "bergstrom", "lindqvist")).words
    assert "Could not open Loadpath: " in shown and "UnknownIssuer" not in shown


def test_every_look_is_kept(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    before = len(trail(harness))
    audit(browser, page)
    (looked,) = trail(harness)[before:]
    assert looked["type"]["code"] == "110101" and looked["entity"][0]["description"] == "own actions"
    assert looked["agent"][0]["who"]["reference"].endswith("Practitioner/okafor")
    assert "Looked at the audit trail: own actions" in audit(browser, page).words


def test_older_actions_are_on_the_next_page_and_none_is_shown_twice(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    for _ in range(70):
        shown = audit(browser, page)
    link = shown.text.partition('">Older actions of yours')[0].rpartition('href="')[2]
    older = browser.get(f"{APP}{link}")
    assert len(rows(shown)) == 50 and 20 < len(rows(older)) < 51
    assert "Opened Loadpath" in older.words and "Opened Loadpath" not in shown.words


def test_a_privacy_officer_without_a_role_in_care_lands_there_and_no_chart_is_read(site):
    doctor = site.browser()
    page = site.open(doctor, "bergstrom")
    doctor.press(page, page.form("/sign"))
    site.wire.seen.clear()
    browser = site.browser()
    page = site.open(browser, "whitfield", "castellan")
    assert page.url.endswith("/audit") and page.heading == "Your actions"
    everybody = " ".join(rows(page, "Actions of everybody"))
    assert "Practitioner/okafor" in everybody and "Practitioner/castellan" in everybody and "Searched" not in everybody
    assert "Back to the plan" not in page.words
    assert not [sent for sent in site.wire.seen if sent.path.startswith("/fhir/") and "metadata" not in sent.path]
    refused = browser.get(f"{APP}/l/{page.launch_id}/")
    assert refused.status == 403 and "This site has not given you a role in Loadpath" in refused.words
    browser.get(f"{APP}/l/{page.launch_id}/?again=1")
    assert not [sent for sent in site.wire.seen if sent.path.startswith("/fhir/") and "metadata" not in sent.path]


def test_an_office_opens_no_page_of_the_patient(site):
    doctor = site.browser()
    page = site.open(doctor, "bergstrom")
    receipt = doctor.press(page, page.form("/sign"))
    plan = receipt.url.rpartition("/")[2]
    browser = site.browser()
    base = site.open(browser, "bergstrom", "castellan").url.removesuffix("audit")
    for path in ("", "?look=1", "?again=1", f"receipt/{plan}", f"receipt/{plan}?copy=pdf", f"receipt/{plan}?copy=json",
                 "source/Patient/bergstrom"):  # fmt: skip
        refused = browser.get(base + path)
        assert refused.status == 403 and "Bergstrom" not in refused.text, path
    for path in ("sign", "draft", "decide", "undo", "attest", "found", "refresh", f"receipt/{plan}"):
        assert browser.post(base + path, {}, headers={"Sec-Fetch-Site": "same-origin"}).status == 403, path
    page = browser.get(f"{base}sessions")
    assert browser.press(page, page.form("/sessions/end", which="all")).heading == "Session ended"


def test_everybodys_actions_by_person_and_day(site):
    site.open(site.browser(), "bergstrom")
    site.clock.now += 86400
    browser = site.browser()
    page = site.open(browser, "whitfield", "lindqvist")
    of = "Actions of everybody"
    assert "Practitioner/okafor" in " ".join(rows(audit(browser, page), of)) and "Practitioner/lindqvist" in " ".join(
        rows(audit(browser, page), of)
    )
    one = " ".join(rows(audit(browser, page, "?person=OKAFOR"), of))
    assert "Practitioner/okafor" in one and "Practitioner/lindqvist" not in one
    first = audit(browser, page, "?day=2026-03-01")
    assert "Practitioner/okafor" in " ".join(rows(first, of)) and "Practitioner/lindqvist" not in " ".join(
        rows(first, of)
    )
    assert 'value="2026-03-01"' in first.text
    assert "Nothing fits" in audit(browser, page, "?day=2026-02-27").words
    searches = " ".join(rows(audit(browser, page, "?requests=yes"), of))
    assert "Searched" in searches
    kept = [event["entity"][0].get("description", "") for event in trail(site) if event["type"]["code"] == "110101"]
    assert "own actions; of everybody: 2026-03-01" in kept and "own actions; of everybody: person “OKAFOR”" in kept


@pytest.mark.parametrize("day", ["soon", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_that_is_none_is_kept_and_named(site, day):
    browser = site.browser()
    page = audit(browser, site.open(browser, "bergstrom", "lindqvist"), f"?day={day}&person=okafor")
    assert page.status == 422
    assert (
        f'id="day" name="day" value="{day}"' in page.text
        and 'aria-invalid="true" aria-describedby="e-day"' in page.text
    )
    assert '<a href="#day">Write the day as' in page.text and 'value="okafor"' in page.text


def test_of_another_site_nothing_is_shown(tmp_path):
    second = '\n[second]\niss = "http://localhost:9999/fhir"\nclient_id = "x"\n'
    harness = make_harness(tmp_path, issuers=OFFICES + second)
    store = harness.app.extensions["loadpath"].store
    foreign = "http://localhost:9999/fhir/Practitioner/elsewhere"
    agent = {"who": {"reference": foreign}, "name": "Dr. Elsewhere", "requestor": True}
    store.audit.append([{"resourceType": "AuditEvent", "type": {"code": "110114"}, "agent": [agent]}])
    browser = harness.browser()
    page = harness.open(browser, "bergstrom", "lindqvist")
    assert "Elsewhere" not in audit(browser, page).words and "Practitioner/lindqvist" in audit(browser, page).words
    harness.box.store.close()


def test_an_event_kept_under_a_lost_secret_does_not_hide_the_others(site, monkeypatch):
    browser = site.browser()
    page = site.open(browser, "bergstrom", "lindqvist")
    seal = site.app.extensions["loadpath"].store.database.seal
    opened = seal.open

    def lost(place, sealed, words=b""):
        from smartapp.store.seal import Unsealable

        if place == "1 audit":
            raise Unsealable("lost")
        return opened(place, sealed, words)

    monkeypatch.setattr(seal, "open", lost)
    shown = audit(browser, page, "?requests=yes")
    everything = shown.words
    while "Older</a>" in shown.text.partition("Everybody")[2]:
        link = shown.text.partition('#h-all">Older</a>')[0].rpartition('href="')[2]
        shown = browser.get(f"{APP}{link}".replace("&amp;", "&"))
        everything += shown.words
    assert "Kept under a secret that is gone" in everything and "Practitioner/lindqvist" in everything


# -- administrators


def test_an_administrator_sees_ehrs_health_queue_and_versions_and_no_patient(site):
    browser = site.browser()
    page = site.open(browser, "bergstrom", "castellan")
    shown = browser.get(f"{APP}/l/{page.launch_id}/admin")
    assert shown.heading == "This installation"
    for words in ("Store ready", "Knowledge ready", "Issuers ready", "Signed plans that wait none", "Last launch"):
        assert words in shown.words.replace("  ", " "), words
    assert "Sandbox EHR http://localhost:8081/fhir" in shown.words and "at 12:00" in shown.words
    version = site.app.extensions["loadpath"].knowledge.version
    assert version in shown.words and f"Database schema {HEAD}" in shown.words
    assert "Bergstrom" not in shown.text and "bergstrom" not in shown.text


def test_what_waits_is_counted_by_plan(site, monkeypatch):
    doctor = site.browser()
    page = site.open(doctor, "bergstrom")

    def before(sent):
        if sent.method == "POST":
            raise requests.ConnectionError("refused")

    site.wire.before = before
    doctor.press(page, page.form("/sign"))
    site.wire.before = lambda sent: None
    site.clock.now += 1000
    browser = site.browser()
    page = site.open(browser, "whitfield", "castellan")
    shown = browser.get(f"{APP}/l/{page.launch_id}/admin")
    assert "Signed plans that wait 1, the oldest signed at 12:00; 1 overdue" in shown.words
    assert "smartapp outbox list" in shown.words and "bergstrom" not in shown.text.lower()


def test_nobody_else_sees_that_page(site):
    browser = site.browser()
    page = site.open(browser, "bergstrom")
    refused = browser.get(f"{APP}/l/{page.launch_id}/admin")
    assert refused.status == 403 and "shown to the administrators this site has named" in refused.words
