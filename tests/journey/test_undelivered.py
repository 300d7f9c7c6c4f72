"""A signature reaches the chart or a person: later sessions, faults of the store, rows that cannot be read."""

import json
import logging
import re
import time

import pytest
import requests

from smartapp.ehr.launch.scopes import Grants
from smartapp.web.outbox import report_overdue, resume


def coded(system, code):
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}]}


SECRET_WORDS = " ".join(("words", "of", "a", "fault"))
RED_FLAG = {
    "resourceType": "Condition", "id": "new-red-flag", "subject": {"reference": "Patient/bergstrom"},
    "clinicalStatus": coded("condition-clinical", "active"),
    "verificationStatus": coded("condition-ver-status", "confirmed"),
    "category": [coded("condition-category", "problem-list-item")],
    "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "G83.4"}]},
    "recordedDate": "2026-03-01", "onsetDateTime": "2026-03-01",
}  # fmt: skip


@pytest.fixture
def down(harness):
    """Takes the EHR's writing away, and gives it back."""
    state = {"down": True}

    def before(sent):
        if state["down"] and sent.method in ("POST", "PUT") and sent.path.startswith("/fhir"):
            raise requests.ConnectTimeout("refused")

    harness.wire.before = before
    return state


def signed(harness, browser, patient="bergstrom", user="okafor"):
    page = harness.open(browser, patient, user)
    return page, browser.press(page, page.form("/sign"))


def store_of(harness):
    return harness.app.extensions["loadpath"].store


def plan_of(receipt):
    return receipt.url.rpartition("/")[2]


def over(harness):
    """The session of a while ago has ended."""
    harness.clock.now += 9 * 3600


def background(harness):
    with harness.app.app_context():
        return resume()


def arrived(harness, browser, page):
    """The page once what goes on beside it has come to its end."""
    for _ in range(40):
        if active(harness) and "NOT in the chart" not in page.words:
            return page
        time.sleep(0.1)
        page = browser.get(page.url)
    return page


def active(harness, kind="CarePlan", patient="bergstrom"):
    return [r for r in harness.in_chart(kind, patient) if r["status"] == "active"]


# -- a later session


def test_a_plan_whose_session_ended_is_delivered_at_the_next_launch(harness, down):
    _, receipt = signed(harness, harness.browser())
    assert receipt.heading == "Signed, NOT in the chart: finish" and 'class="loud"' in receipt.text
    over(harness)
    assert background(harness) == 0
    down["down"] = False
    browser = harness.browser()
    page = arrived(harness, browser, harness.open(browser, "bergstrom"))
    assert len(active(harness)) == len(active(harness, "ServiceRequest")) == 1
    assert page.heading == "This plan is signed already"
    assert "saved to the chart, confirmed by the EHR" in page.words or "in the chart, seen there" in page.words
    assert browser.get(f"{page.url}receipt/{plan_of(receipt)}").heading == "Saved to chart"
    (record,) = [stored.resource for stored in harness.box.store.every("Provenance")][-1:]
    assert "okafor" in json.dumps(record["agent"])


def test_who_lends_the_access_stands_in_the_audit_trail_and_the_signer_stays_the_signer(harness, down):
    _, receipt = signed(harness, harness.browser(), user="lindqvist")
    over(harness)
    down["down"] = False
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    for _ in range(40):
        if harness.in_chart("CarePlan", "bergstrom"):
            break
        time.sleep(0.1)
        page = browser.get(page.url)
    (lent,) = [e for e in store_of(harness).audit.events() if "access lent" in e.get("outcomeDesc", "")]
    assert "okafor" in json.dumps(lent["agent"]) and plan_of(receipt) in json.dumps(lent["entity"])
    record = [stored.resource for stored in harness.box.store.every("Provenance")][-1]
    assert "lindqvist" in json.dumps(record["agent"]) and "okafor" not in json.dumps(record["agent"])


def test_a_drafter_does_not_lend_access_to_an_active_plan(harness, down):
    signed(harness, harness.browser())
    over(harness)
    down["down"] = False
    page = harness.open(harness.browser(), "bergstrom", "lindqvist")
    assert "It is sent when somebody opens this patient who may sign." in page.words
    assert not harness.in_chart("CarePlan", "bergstrom") and not harness.in_chart("DocumentReference", "bergstrom")


def test_an_answer_that_leaves_it_open_is_told_as_such_and_ends_by_itself(harness):
    faults = [requests.ReadTimeout("no answer")] * 3

    def after(sent):
        if faults and (sent.method, sent.path) == ("POST", "/fhir"):
            raise faults.pop()

    harness.wire.after = after
    browser = harness.browser()
    _, receipt = signed(harness, browser)
    if receipt.heading != "Saved to chart":
        assert receipt.heading == "Signed, and not known whether it is in the chart"
    over(harness)
    page = arrived(harness, browser, harness.open(browser, "bergstrom"))
    assert len(active(harness)) == 1 and page.heading == "This plan is signed already"


def test_until_then_it_is_shown_in_red_and_can_be_sent_by_a_button(harness, down):
    _, receipt = signed(harness, harness.browser())
    over(harness)
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert page.heading == "Signed, NOT in the chart: finish"
    assert '<li class="loud">' in page.text and "Do not sign again" in page.words
    down["down"] = False
    harness.clock.now += 1
    sent = browser.press(page, page.form(f"/receipt/{plan_of(receipt)}"), "Send it now")
    assert sent.heading == "Saved to chart"
    assert len(active(harness)) == 1


def test_the_background_goes_on_under_the_later_session(harness, down):
    signed(harness, harness.browser())
    over(harness)
    harness.open(harness.browser(), "bergstrom")
    down["down"] = False
    harness.clock.now += 400
    assert background(harness) == 1
    assert len(active(harness)) == 1


def test_it_is_not_sent_into_a_chart_that_has_a_red_flag_by_now(harness, down):
    _, receipt = signed(harness, harness.browser())
    over(harness)
    down["down"] = False
    harness.box.store.put(RED_FLAG)
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert "It is not sent, because today's chart does not support it" in page.words
    assert browser.get(f"{page.url}receipt/{plan_of(receipt)}").heading == "Signed, NOT in the chart: finish"
    harness.clock.now += 400
    assert background(harness) == 0
    assert not active(harness)


def test_a_plan_that_was_followed_by_a_newer_one_is_not_sent_any_more(harness, down):
    browser = harness.browser()
    page, first = signed(harness, browser)
    harness.clock.now += 1
    changed = browser.press(page, page.form("/attest"), "Record", basis="Imaging", name="stable", on="2026-02-28")
    second = browser.press(changed, changed.form("/sign"))
    assert second.url != first.url
    down["down"] = False
    harness.clock.now += 400
    background(harness)
    assert len(active(harness)) == 1
    assert browser.get(first.url).heading == "Not in the chart, and not sent any more"
    assert browser.get(second.url).heading == "Saved to chart"


def test_who_only_coordinates_lends_nothing(harness, down):
    signed(harness, harness.browser())
    over(harness)
    down["down"] = False
    harness.open(harness.browser(), "bergstrom", "brandt")
    assert not active(harness)


def test_without_the_permission_it_waits_for_a_session_that_has_it(harness, down, monkeypatch):
    signed(harness, harness.browser())
    over(harness)
    down["down"] = False
    monkeypatch.setattr(Grants, "may", lambda self, kind, action: action in "rs")
    page = harness.open(harness.browser(), "bergstrom")
    assert "This session has no permission to write" in page.words
    assert not active(harness)


def test_what_is_overdue_is_an_error_of_the_log_once_an_hour(harness, down, caplog):
    signed(harness, harness.browser())

    def errors():
        caplog.clear()
        with harness.app.app_context():
            report_overdue()
        return [r for r in caplog.records if r.levelno == logging.ERROR]

    assert not errors()
    harness.clock.now += 16 * 60
    (told,) = errors()
    assert told.event == "outbox-overdue" and "Bergstrom" not in told.getMessage()
    harness.clock.now += 60
    assert not errors()
    harness.clock.now += 3600
    assert errors()


# -- a red flag between look and sign


def changed_while_looking(harness, resource):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    harness.box.store.put(resource)
    harness.clock.now += 3600 / 2 - 60
    return page, browser.press(page, page.form("/sign"))


def condition(harness, **changes):
    coded_so = ("S32", "207957008")
    fractures = [c for c in harness.in_chart("Condition", "bergstrom") if any(x in json.dumps(c) for x in coded_so)]
    return {**fractures[0], **changes}


def test_a_red_flag_that_came_meanwhile_stops_the_signature_with_itself(harness):
    _, stopped = changed_while_looking(harness, RED_FLAG)
    assert stopped.status == 409
    assert stopped.heading == "Do not prescribe exercise: refer"
    assert "Nothing was signed. The chart has changed since you looked:" in stopped.words
    assert "access" not in re.search(r'role="status"[^>]*>(.*?)</div>', stopped.text, re.DOTALL)[1]
    assert harness.writes() == [] and '/sign"' not in stopped.text


def test_whatever_else_makes_the_plan_unsignable_meanwhile_is_told_on_the_page(harness):
    patient = next(s.resource for s in harness.box.store.every("Patient") if s.resource["id"] == "bergstrom")
    _, stopped = changed_while_looking(harness, {**patient, "deceasedBoolean": True})
    assert stopped.status == 409 and "deceased" in stopped.words and "Nothing was signed." in stopped.words
    assert harness.writes() == []


@pytest.mark.parametrize("status", ["entered-in-error", "provisional"])
def test_a_fracture_that_is_no_longer_confirmed_is_told_on_the_page(harness, status):
    _, stopped = changed_while_looking(
        harness, condition(harness, verificationStatus=coded("condition-ver-status", status))
    )
    assert stopped.status == 409 and "Nothing was signed." in stopped.words and "It was: Plan ready" in stopped.words
    assert harness.writes() == []


# -- faults of the store


def broken(part, name, calls):
    """The calls of a method with these numbers fail, as where the database has died; counted from when the EHR has
    accepted."""
    real, count = getattr(part, name), [0]

    def act(*args, **kwargs):
        if broken.armed:
            count[0] += 1
            if count[0] in calls:
                raise OSError(f"the database has died: {SECRET_WORDS}")
        return real(*args, **kwargs)

    setattr(part, name, act)


@pytest.mark.parametrize(
    ("part", "name", "calls"),
    [
        ("audit", "append", {1}),
        ("outbox", "save_rows", {1}),
        ("outbox", "save_rows", {1, 2, 3}),
        ("outbox", "finish_write", {1}),
    ],
)
def test_a_store_that_dies_after_the_ehr_accepted_is_not_told_as_nothing_written(harness, part, name, calls, caplog):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    broken.armed = False
    broken(getattr(store_of(harness), part), name, calls)

    def after(sent):
        broken.armed = broken.armed or (sent.method == "POST" and sent.path == "/fhir")

    harness.wire.after = after
    told = browser.press(page, page.form("/sign"))
    assert broken.armed and told.status == 500
    assert told.heading == "Not known whether the plan reached the chart"
    assert "Nothing was" not in told.words and "Do not sign again" in told.words
    assert SECRET_WORDS not in told.text and SECRET_WORDS not in caplog.text
    (address,) = re.findall(r'data-updates="\d+" data-look="([^"]+)"', told.text)
    assert told.form(address).buttons == [("", "", "Refresh")]
    broken.armed = False
    harness.wire.after = lambda sent: None
    harness.clock.now += 80
    background(harness)
    harness.clock.now += 80
    receipt = browser.get(f"http://127.0.0.1:8080{address}")
    assert receipt.heading == "Saved to chart", receipt.words
    assert len(active(harness)) == len(active(harness, "ServiceRequest")) == 1


def test_a_store_that_dies_before_anything_left_says_what_is_certain(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    broken.armed = True
    broken(store_of(harness).records, "sign", {1})
    told = browser.press(page, page.form("/sign"))
    assert "Nothing was sent to the EHR, but it is not known whether your signature was kept" in told.words
    assert harness.writes() == []
    assert browser.press(page, page.form("/sign")).heading == "Saved to chart"


# -- what cannot be read


def spoil(harness, plan_id, kept=b"not sealed by us"):
    from sqlalchemy import update

    from smartapp.store.schema import signatures

    store = store_of(harness)
    with store.database.engine.begin() as db:
        db.execute(update(signatures).where(signatures.c.plan_id == plan_id).values(record=kept))


def test_a_plan_that_cannot_be_read_is_told_and_stops_no_other(harness, down, caplog):
    browser = harness.browser()
    _, first = signed(harness, browser)
    harness.clock.now += 1
    _, second = signed(harness, harness.browser(), "whitfield")
    spoil(harness, plan_of(first))
    down["down"] = False
    harness.clock.now += 400
    assert background(harness) == 1
    assert len(active(harness, patient="whitfield")) == 1
    assert any(r.levelno == logging.ERROR and getattr(r, "plan", "") == plan_of(first) for r in caplog.records)
    page = harness.open(harness.browser(), "bergstrom")
    assert page.status == 200 and "not readable here" in page.words and '<li class="loud">' in page.text
    assert browser.get(first.url).heading == "What was kept here cannot be read any more"
    assert browser.get(second.url).status in (401, 404)


def test_one_fault_does_not_end_the_rounds(harness):
    rounds, store = harness.app.extensions["loadpath-rounds"], store_of(harness)
    purge = store.sessions.purge_expired
    works = {work.name: work for work in rounds._works}
    works["purge"].act = lambda: 1 / 0
    assert not rounds.once() and rounds.age is None and store.backlog.last_round() is None
    works["purge"].act = purge
    harness.clock.now += 30
    assert rounds.once()
    harness.clock.now += 12
    ready = harness.app.test_client().get("/readyz")
    assert ready.status_code == 200 and ready.json["backgroundAge"] == 12.0
    assert store.backlog.last_round() == harness.clock.now - 12


# -- the chart decides


@pytest.mark.parametrize(("kind", "status"), [
    ("CarePlan", "entered-in-error"), ("CarePlan", "revoked"), ("ServiceRequest", "revoked"),
])  # fmt: skip
def test_a_plan_that_was_ended_in_the_chart_is_told_and_can_be_signed_again_with_a_reason(harness, kind, status):
    browser = harness.browser()
    _, receipt = signed(harness, browser)
    (record,) = active(harness, kind)
    harness.box.store.put({**record, "status": status})
    harness.clock.now += 60
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert f"the chart has {kind}/{record['id']} as {status}" in page.words
    assert page.heading != "This plan is signed already" and "no longer in the chart as it was written" in page.words
    old = browser.get(f"{page.url}receipt/{plan_of(receipt)}")
    assert old.heading == "No longer in the chart" and f"as {status}" in old.words
    assert browser.press(page, page.form("/sign"), reason=" ").status == 422
    anew = browser.press(page, page.form("/sign"), reason="Ended by mistake")
    assert anew.heading == "Saved to chart", anew.words
    assert "Ended by mistake" in anew.words and plan_of(anew) != plan_of(receipt)
    assert len(active(harness)) == len(active(harness, "ServiceRequest")) == 1
    assert any("again: Ended by mistake" in e.get("outcomeDesc", "") for e in store_of(harness).audit.events())
    again = browser.press(page, page.form("/sign"), reason="Ended by mistake")
    assert again.url == anew.url and len(active(harness)) == 1


def test_a_plan_that_is_gone_from_the_chart_is_told_and_can_be_signed_again(harness):
    _, receipt = signed(harness, harness.browser())
    (plan,) = active(harness)
    remove(harness, "CarePlan", plan["id"])
    harness.clock.now += 60
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert f"CarePlan/{plan['id']} is no longer there" in page.words
    anew = browser.press(page, page.form("/sign"), reason="It was removed")
    assert anew.heading == "Saved to chart" and plan_of(anew) != plan_of(receipt)


def test_where_the_ehr_does_not_say_nothing_is_claimed(harness):
    signed(harness, harness.browser())
    (plan,) = active(harness)
    harness.box.store.put({**plan, "category": []})  # no search of ours finds it any more

    def before(sent):
        if sent.path.endswith(f"/CarePlan/{plan['id']}"):
            raise requests.ConnectionError("refused")

    harness.wire.before = before
    harness.clock.now += 60
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert "not checked since, because the EHR does not say" in page.words
    harness.wire.before = lambda sent: None
    page = browser.get(page.url)
    assert "no longer" not in page.words


def remove(harness, kind, id_):
    with harness.box.store.transaction():
        harness.box.store._db.execute("DELETE FROM current WHERE type = ? AND id = ?", (kind, id_))
