"""At its end a plan is renewed or closed: closing is signed, and written to the record that is there (FU18)."""

import pytest

from tests.journey.test_renewal import by_status, later, provenances, signed


@pytest.fixture
def nearly_over(harness):
    signed(harness)
    first = {kind: by_status(harness, kind) for kind in ("CarePlan", "ServiceRequest", "Goal", "Task")}
    day = later(harness, 340)
    browser = harness.browser()
    return harness, browser, harness.open(browser, "kowalski"), first, day


def test_the_plan_ends_with_its_outcome_and_what_stays_at_home(nearly_over):
    harness, browser, page, first, day = nearly_over
    assert "End the plan with this outcome" in page.words
    receipt = browser.press(page, page.form("/end"))
    assert receipt.heading == "Saved to chart", receipt.words
    assert "retract" not in receipt.words.casefold(), "a new plan is signed instead"
    assert "At home for life: " in receipt.words and "The plan and the referral are active" not in receipt.words
    (before,) = first["CarePlan"]["active"]
    (plan,) = harness.in_chart("CarePlan", "kowalski")
    assert (plan["id"], plan["status"], plan["period"]) == (before["id"], "completed", {**before["period"], "end": day})
    assert plan["note"][: len(before["note"])] == before["note"]
    outcome = [note["text"] for note in plan["note"][len(before["note"]) :]]
    assert outcome[0].startswith("Outcome: ") and outcome[1].startswith("At home for life: ")
    assert set(by_status(harness, "ServiceRequest")) == {"completed"}
    assert set(by_status(harness, "Goal")) == {"completed"}
    tasks = harness.in_chart("Task", "kowalski")
    assert {task["status"] for task in tasks if "restriction" not in task} == {"completed"}
    assert {task["status"] for task in tasks if "restriction" in task} == {"cancelled"}
    assert {task["statusReason"]["text"] for task in tasks} == {
        "The plan this task belongs to has ended with its outcome."
    }
    (provenance,) = (each for each in provenances(harness) if each["activity"]["coding"][0]["code"] == "UPDATE")
    assert provenance["target"][0]["reference"] == f"CarePlan/{plan['id']}"
    assert provenance["agent"][0]["who"]["reference"] == "Practitioner/okafor"


def test_ended_twice_it_ends_once_and_the_next_plan_begins_a_year(nearly_over):
    harness, browser, page, _, _ = nearly_over
    form = page.form("/end")
    first = browser.press(page, form)
    assert browser.press(page, form).url == first.url
    assert len(provenances(harness)) == 2
    other = harness.browser()
    page = harness.open(other, "kowalski")
    assert "The plan was ended on" in page.words and "Today's plan continues it" not in page.words
    assert "End the plan with this outcome" not in page.words
    receipt = other.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart", receipt.words
    plans = by_status(harness, "CarePlan")
    assert len(plans["active"]) == len(plans["completed"]) == 1
    assert plans["active"][0]["period"]["start"] == "2027-02-04"


def test_what_was_not_seen_is_not_ended(nearly_over):
    harness, browser, page, _, _ = nearly_over
    form = page.form("/end")
    form.fields["fingerprint"] = "another"
    answer = browser.press(page, form)
    assert answer.status == 409 and "no longer what you looked at" in answer.words
    assert set(by_status(harness, "CarePlan")) == {"active"}


def test_before_its_end_and_for_who_may_not_sign_there_is_no_closing(harness):
    signed(harness)
    later(harness, 200)
    assert "End the plan with this outcome" not in harness.open(harness.browser(), "kowalski").words
    later(harness, 140)
    page = harness.open(harness.browser(), "kowalski", "lindqvist")
    assert "Plan ends" in page.text or "End of the plan" in page.words
    assert "End the plan with this outcome" not in page.words
