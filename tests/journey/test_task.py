"""The task for the care coordinator: it comes with the order, follows it to its end, and is never in the way of it."""

import pytest

from launch.sandbox.outcome import Refused
from smartapp.fhir.build import build
from tests.ehr.deliver.samples import BASE, KNOWLEDGE, signed
from tests.journey.harness import Harness, Page
from tests.journey.test_receipt import STEPS, site, take_back  # noqa: F401 the fixture
from tests.journey.test_receipt import signed as sign_in
from tests.journey.whole import exercise, in_chart, sign

PATIENT = "bergstrom"


def tasks(harness: Harness) -> list[dict]:
    return harness.in_chart("Task", PATIENT)


def changed_and_signed(harness: Harness) -> Page:
    browser = harness.browser()
    page = harness.open(browser, PATIENT)
    return sign(browser, browser.press(page, exercise(page), "Remove"))


def test_coordinators_get_a_task_that_asks_for_the_order(harness):
    _, page, receipt = sign_in(harness)
    assert "The task for the care coordinator : saved to the chart" in page.words
    (task,), (order,) = tasks(harness), in_chart(harness, "ServiceRequest", PATIENT)
    assert (task["status"], task["intent"], order["status"], order["intent"]) == (
        "requested",
        "order",
        "active",
        "order",
    )
    assert task["code"]["coding"][0]["code"] == "fulfill"
    assert task["focus"]["reference"] == f"ServiceRequest/{order['id']}"
    assert task["requester"]["reference"] == "Practitioner/okafor"
    assert f"Task/{task['id']}" in receipt.words


def test_a_draft_asks_nobody_yet(harness):
    browser = harness.browser()
    page = harness.open(browser, PATIENT, user="lindqvist")
    browser.press(page, page.form("/sign"))
    (task,), (order,) = tasks(harness), in_chart(harness, "ServiceRequest", PATIENT)
    assert (task["status"], task["intent"], order["status"]) == ("draft", "plan", "draft")


@pytest.mark.parametrize("meanwhile", ["requested", "in-progress"])
def test_a_newer_plan_calls_off_the_task_of_the_older_wherever_the_coordinator_got_to(harness, meanwhile):
    sign_in(harness)
    (old,) = tasks(harness)
    harness.box.store.put({**old, "status": meanwhile, "owner": {"reference": "Practitioner/brandt"}})
    receipt = changed_and_signed(harness)
    assert receipt.heading == "Saved to chart", receipt.words
    found = {task["id"]: task for task in tasks(harness)}
    ended = found.pop(old["id"])
    assert ended["status"] == "cancelled"
    assert "newer plan" in ended["statusReason"]["text"]
    assert ended["owner"]["reference"] == "Practitioner/brandt"
    (new,) = found.values()
    assert new["status"] == "requested"


def test_a_finished_task_stays_finished(harness):
    sign_in(harness)
    (old,) = tasks(harness)
    harness.box.store.put({**old, "status": "completed"})
    assert changed_and_signed(harness).heading == "Saved to chart"
    assert sorted(task["status"] for task in tasks(harness)) == ["completed", "requested"]


def test_taken_back_with_its_reason(harness):
    browser, _, receipt = sign_in(harness)
    assert take_back(browser, receipt).heading == "Retracted"
    (task,) = tasks(harness)
    assert task["status"] == "entered-in-error"
    assert task["statusReason"]["text"] == "Signed for the wrong level"


@pytest.mark.parametrize(
    "settings", ['write = { Task = "copy" }', 'write = { ServiceRequest = "note" }', 'methods = ["copy"]']
)
def test_where_it_cannot_be_written_it_is_not_promised(site, settings):  # noqa: F811
    harness = site(settings)
    _, page, receipt = sign_in(harness)
    assert "task for the care coordinator" not in page.words + receipt.words
    assert not tasks(harness)


def test_an_ehr_that_refuses_it_after_all_gets_the_order_without(site, monkeypatch):  # noqa: F811
    harness = site(STEPS)
    create_any = type(harness.box.fhir).create

    def create(self, access, type_, resource, *rest, **named):
        if type_ == "Task":
            raise Refused(403, "not for apps")
        return create_any(self, access, type_, resource, *rest, **named)

    monkeypatch.setattr(type(harness.box.fhir), "create", create)
    _, _, receipt = sign_in(harness)
    assert receipt.heading == "Saved to chart", receipt.words
    assert "Not taken by the EHR" in receipt.words
    assert not tasks(harness)
    (order,) = in_chart(harness, "ServiceRequest", PATIENT)
    assert order["status"] == "active"


def test_the_bundle_holds_one_only_where_it_is_asked_for():
    kinds = [entry["resource"]["resourceType"] for entry in build(signed(), KNOWLEDGE, BASE)["entry"]]
    assert "Task" not in kinds
