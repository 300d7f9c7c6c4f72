"""A therapist saves a draft, a physician opens the patient: whose draft it is, what changed since, and a signature."""

import pytest

from tests.journey.test_follow_up import measured

REASON = "She tires early."


def save_draft(harness, edit="E11.dose"):
    """By the therapist, in her own browser, with one edit of a dose."""
    browser = harness.browser()
    page = harness.open(browser, "bergstrom", "lindqvist")
    if edit:
        form = page.form("/decide", item=edit)
        page = browser.press(page, form, "Save", value="2 sets of 4, slowly", reason=REASON)
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart, as draft", receipt.words
    return browser, page


def card(page) -> str:
    words = page.words
    return words[words.index("Draft by") :].partition("Signed in Loadpath")[0] if "Draft by" in words else ""


def test_the_physician_opens_the_draft_and_signs_it(harness):
    save_draft(harness)
    (drafted,) = harness.in_chart("CarePlan", "bergstrom")
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    told = card(page)
    assert told.startswith("Draft by Maja Lindqvist, PT, saved at ")
    assert "2 sets of 4, slowly. Reason: She tires early." in told
    assert "What the plan rests on has not changed since." in told and "gives the same plan" in told
    assert "Today's chart gives the same plan" not in page.words
    assert "does not have these edits yet" in told and "Go to Sign" not in told
    page = browser.press(page, page.form("/draft"), "Open the draft")
    told = card(page)
    assert "The plan on this page has these edits. Go to Sign and send" in told
    assert "Nothing is signed yet." in page.words
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart", receipt.words
    plans = {plan["id"]: plan for plan in harness.in_chart("CarePlan", "bergstrom")}
    assert plans.pop(drafted["id"])["status"] not in ("draft", "active")
    (signed,) = plans.values()
    assert signed["status"] == "active" and "2 sets of 4, slowly" in str(signed)
    assert card(harness.open(harness.browser(), "bergstrom")) == "", "what is signed is no draft any more"


def test_what_is_in_the_chart_now_and_was_not_then_is_said_and_what_fits_no_more_is_left_out(harness):
    save_draft(harness)
    harness.box.store.put(measured("new-pain", "72514-3", 8, "{score}", "2026-03-01"))
    page = harness.open(harness.browser(), "bergstrom")
    told = card(page)
    assert "changed since the plan signed on Mar 1, 2026 ( see above )" in told
    assert "gives another plan" in told and "gives the same plan" not in told


def test_a_draft_without_edits_is_signed_as_it_stands(harness):
    save_draft(harness, edit="")
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert "The draft is the suggested plan, without edits. Go to Sign and send" in card(page)
    assert "it stays a draft until somebody who may sign signs it" in page.words
    assert browser.press(page, page.form("/sign")).heading == "Saved to chart"
    assert sorted(plan["status"] == "active" for plan in harness.in_chart("CarePlan", "bergstrom")) == [False, True]


def test_ones_own_edits_of_other_lines_stay_and_of_the_same_line_give_way(harness):
    save_draft(harness)
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    page = browser.press(page, page.form("/decide", item="E11.dose"), "Remove")
    page = browser.press(page, page.form("/decide", item="dose.frequency"), value="2", reason="Distance.")
    page = browser.press(page, page.form("/draft"), "Open the draft")
    assert "2 sets of 4, slowly" in page.text and "Removed by you" not in page.words
    assert "Frequency set to 2 by you" in page.words


def test_a_red_flag_since_the_draft_offers_nothing(harness):
    save_draft(harness)
    harness.box.store.put({
        "resourceType": "Condition", "id": "new-flag", "subject": {"reference": "Patient/bergstrom"},
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "G83.4"}]},
        "clinicalStatus": {"coding": [{"code": "active"}]}, "onsetDateTime": "2026-03-01",
    })  # fmt: skip
    page = harness.open(harness.browser(), "bergstrom")
    assert card(page) == "" and 'id="sign-form"' not in page.text


@pytest.mark.parametrize("user", ["lindqvist", "okafor"])
def test_the_therapist_reads_her_own_draft_and_may_not_make_it_active(harness, user):
    save_draft(harness)
    page = harness.open(harness.browser(), "bergstrom", user)
    told = card(page)
    assert told.startswith("Draft by you" if user == "lindqvist" else "Draft by Maja")
    assert "Go to Sign and send" not in told


def test_an_edit_that_fits_no_more_is_named_and_left_out(harness):
    save_draft(harness, "E07.dose")
    harness.clock.now += 150 * 24 * 3600
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    told = card(page)
    assert "No longer possible with today's chart, and left out:" in told and "2 sets of 4, slowly" in told
    assert "Open the draft" not in told, "nothing of it is left to take over"
