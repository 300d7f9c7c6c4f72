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
    """The one that asks for the order."""
    return [task for task in harness.in_chart("Task", PATIENT) if "restriction" not in task]


def dated(harness: Harness) -> dict[str, dict]:
    """By what is asked, those with a day."""
    found = [task for task in harness.in_chart("Task", PATIENT) if "restriction" in task]
    return {task["instantiatesUri"].rpartition("/")[2]: task for task in found}


def changed_and_signed(harness: Harness) -> Page:
    browser = harness.browser()
    page = harness.open(browser, PATIENT)
    return sign(browser, browser.press(page, exercise(page), "Remove"))


def test_coordinators_get_a_task_that_asks_for_the_order(harness):
    _, page, receipt = sign_in(harness)
    assert "The task for the care coordinator, and" in page.words
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
    assert {each["status"] for each in dated(harness).values()} == {"entered-in-error"}


@pytest.mark.parametrize(
    "settings", ['write = { Task = "copy" }', 'write = { ServiceRequest = "note" }', 'methods = ["copy"]']
)
def test_where_it_cannot_be_written_it_is_not_promised(site, settings):  # noqa: F811
    harness = site(settings)
    _, page, receipt = sign_in(harness)
    assert "task for the care coordinator" not in page.words + receipt.words
    assert not harness.in_chart("Task", PATIENT)


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
    assert not harness.in_chart("Task", PATIENT)
    (order,) = in_chart(harness, "ServiceRequest", PATIENT)
    assert order["status"] == "active"


def test_each_day_on_which_somebody_decides_is_a_task_of_its_own(harness):
    _, page, receipt = sign_in(harness)
    found = dated(harness)
    assert f"The task for the care coordinator, and {len(found)} with a day, each for who decides then" in page.words
    assert {"PG9-prone", "PG9-intermediate", "PG9-advanced"} <= set(found)
    assert {"VI7-10", "VI8-plan-of-care", "VI8-recertify"} <= set(found)
    assert "VI9-tolerance" not in found, "what the plan tells the therapist is no task"
    phase, report = found["PG9-intermediate"], found["VI7-10"]
    (order,) = in_chart(harness, "ServiceRequest", PATIENT)
    assert phase["restriction"]["period"]["end"] == "2026-05-09", "three months after the fracture"
    assert phase["description"] == "2026-05-09: Intermediate phase: is the fracture stable? Decides: clinician."
    assert phase["owner"]["reference"] == "Practitioner/okafor" and "performerType" not in phase
    assert "owner" not in report and report["performerType"][0]["text"] == "Physical therapist"
    assert {task["focus"]["reference"] for task in found.values()} == {f"ServiceRequest/{order['id']}"}
    assert {task["status"] for task in found.values()} == {"requested"}
    assert phase["description"].replace("2026-05-09", "May 9, 2026") in receipt.words


def test_days_end_with_their_plan_and_when_it_is_taken_back(harness):
    sign_in(harness)
    first = {task["id"] for task in dated(harness).values()}
    receipt = changed_and_signed(harness)
    assert receipt.heading == "Saved to chart", receipt.words
    states = {task["id"]: task["status"] for task in harness.in_chart("Task", PATIENT) if "restriction" in task}
    assert {states.pop(id_) for id_ in first} == {"cancelled"} and set(states.values()) == {"requested"}


def test_the_bundle_holds_one_only_where_it_is_asked_for():
    kinds = [entry["resource"]["resourceType"] for entry in build(signed(), KNOWLEDGE, BASE)["entry"]]
    assert "Task" not in kinds
