"""Signed, opened again when the visits are nearly over: the plan goes on, and only its next visits are signed (VI6)."""

from datetime import date, timedelta

import pytest

from smartapp.fhir.invariants import RESOURCE_CHECKS
from tests.journey.test_follow_up import measured

SIGNED = date(2026, 3, 1)
DAYS = 80


def later(harness, days=DAYS):
    harness.clock.now += days * 24 * 3600
    return (SIGNED + timedelta(days=days)).isoformat()


def signed(harness, patient="kowalski"):
    browser = harness.browser()
    page = harness.open(browser, patient)
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart", receipt.words
    return receipt


def by_status(harness, kind, patient="kowalski"):
    found = {}
    for each in harness.in_chart(kind, patient):
        found.setdefault(each.get("status") or each.get("lifecycleStatus"), []).append(each)
    return found


def provenances(harness):
    return [stored.resource for stored in harness.box.store.every("Provenance")]


@pytest.fixture
def renewed(harness):
    signed(harness)
    first = {kind: by_status(harness, kind) for kind in ("CarePlan", "ServiceRequest", "Goal", "Task")}
    day = later(harness)
    browser = harness.browser()
    page = harness.open(browser, "kowalski")
    return harness, browser, page, first, day


def test_the_page_offers_the_next_visits_and_says_what_goes_on(renewed):
    _, _, page, first, _ = renewed
    (plan,) = first["CarePlan"]["active"]
    words = page.words
    assert "Sign the next visits" in words and "It goes on; signing orders its next visits." in words
    assert f"CarePlan/{plan['id']} goes on; the order before it ends." in words
    assert "Today's plan continues it: until Mar 1, 2027, full dose since Mar 22, 2026." in words, words
    assert "Renewal: re-evaluation + 5 visits in 12 weeks" in words


def test_the_next_order_is_based_on_the_plan_that_goes_on_and_takes_the_place_of_the_first(renewed):
    harness, browser, page, first, day = renewed
    (plan,), (before,) = first["CarePlan"]["active"], first["ServiceRequest"]["active"]
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart", receipt.words
    assert by_status(harness, "CarePlan") == {"active": [plan]}, "the plan is not written again, and not touched"
    assert by_status(harness, "Goal") == first["Goal"]
    orders = by_status(harness, "ServiceRequest")
    (now,), (done,) = orders["active"], orders["completed"]
    assert done["id"] == before["id"]
    assert now["basedOn"] == [{**now["basedOn"][0], "reference": f"CarePlan/{plan['id']}"}]
    assert [each["reference"] for each in now["replaces"]] == [f"ServiceRequest/{before['id']}"]
    assert now["quantityQuantity"]["value"] == 6 == now["occurrenceTiming"]["repeat"]["count"]
    repeat = now["occurrenceTiming"]["repeat"]
    assert (repeat["frequency"], repeat["period"], repeat["periodUnit"]) == (1, 2, "wk")
    assert repeat["boundsPeriod"]["start"] == day
    assert "Renewal: re-evaluation + 5 visits" in now["note"][0]["text"]
    assert "Continues the plan signed on" in now["note"][0]["text"]
    assert not [fault for check in RESOURCE_CHECKS for fault in check(now)]


def test_the_task_asks_for_the_new_order_and_the_old_one_has_been_followed(renewed):
    harness, browser, page, first, _ = renewed
    browser.press(page, page.form("/sign"))
    (order,) = by_status(harness, "ServiceRequest")["active"]
    tasks = harness.in_chart("Task", "kowalski")
    referrals = {task["status"]: task for task in tasks if task.get("input")}
    assert set(referrals) == {"requested", "completed"}
    assert referrals["requested"]["focus"]["reference"] == f"ServiceRequest/{order['id']}"
    plan = referrals["requested"]["input"][0]["valueReference"]["reference"]
    assert plan == order["basedOn"][0]["reference"]
    assert referrals["completed"]["statusReason"]["text"].startswith("The next order of the same plan has followed")
    dated = [task for task in tasks if "restriction" in task]
    before = {task["id"] for found in first["Task"].values() for task in found}
    assert {task["status"] for task in dated if task["id"] in before} == {"cancelled"}
    assert {task["status"] for task in dated if task["id"] not in before} == {"requested"}


def test_the_receipt_tells_of_the_order_alone_and_what_it_ended(renewed):
    _, browser, page, _, _ = renewed
    receipt = browser.press(page, page.form("/sign"))
    assert "Earlier: Physical therapy referral, now completed" in receipt.words
    assert "Task for the care coordinator" in receipt.words and "Goals" not in receipt.words
    assert "Rehabilitation" not in receipt.words.partition("Earlier")[0].partition("Physical therapy referral")[2]


def test_signing_it_twice_writes_nothing_twice(renewed):
    harness, browser, page, _, _ = renewed
    form = page.form("/sign")
    first = browser.press(page, form)
    written = [harness.in_chart(kind, "kowalski") for kind in ("CarePlan", "ServiceRequest", "Goal", "Task")]
    signatures = provenances(harness)
    second = browser.press(page, form)
    assert second.url == first.url
    again = harness.open(harness.browser(), "kowalski")
    assert "This very plan was signed already" in again.words and not again.text.count('id="sign-form"')
    assert [harness.in_chart(kind, "kowalski") for kind in ("CarePlan", "ServiceRequest", "Goal", "Task")] == written
    assert provenances(harness) == signatures and len(signatures) == 2


def test_a_third_order_follows_the_second(renewed):
    harness, browser, page, _, _ = renewed
    browser.press(page, page.form("/sign"))
    later(harness)
    other = harness.browser()
    page = harness.open(other, "kowalski")
    assert "Renewal: re-evaluation + 2 visits in 12 weeks" in page.words, page.words
    other.press(page, page.form("/sign"))
    orders = by_status(harness, "ServiceRequest")
    (now,) = orders["active"]
    assert len(orders["completed"]) == 2 and len(harness.in_chart("CarePlan", "kowalski")) == 1
    assert now["quantityQuantity"]["value"] == 3


def test_a_plan_that_says_something_else_is_written_as_a_whole_and_keeps_the_year(harness):
    signed(harness)
    day = later(harness)
    low = measured("new-vitamin", "62292-8", 12, "ng/mL", day)
    harness.box.store.put({**low, "subject": {"reference": "Patient/kowalski"}})
    browser = harness.browser()
    page = harness.open(browser, "kowalski")
    assert "Sign the next visits" not in page.words and "Today's plan continues it" in page.words
    browser.press(page, page.form("/sign"))
    plans = by_status(harness, "CarePlan")
    (old,), (new,) = plans["revoked"], plans["active"]
    assert new["period"] == old["period"], "the year goes on"
    assert new["replaces"][0]["reference"] == f"CarePlan/{old['id']}"
    (order,) = by_status(harness, "ServiceRequest")["active"]
    assert order["quantityQuantity"]["value"] == 6


def test_the_day_before_its_renewal_there_is_nothing_to_sign(harness):
    signed(harness)
    later(harness, 75)
    page = harness.open(harness.browser(), "kowalski")
    assert "This very plan is in the chart already" in page.words


def test_of_a_plan_the_chart_has_ended_nothing_goes_on(harness):
    signed(harness)
    (plan,) = harness.in_chart("CarePlan", "kowalski")
    harness.box.store.put({**plan, "status": "revoked"})
    later(harness)
    page = harness.open(harness.browser(), "kowalski")
    assert "Today's plan continues it" not in page.words and "Sign the next visits" not in page.words
