"""Sign, something happens, open again: the page begins with what was signed, what is now, and what follows."""

import re

import pytest

from smartapp.ehr.launch.scopes import requested_scope
from tests.journey.test_therapist_link import issuer_of

LOINC = "http://loinc.org"


def measured(id_: str, code: str, value: float, unit: str, day: str) -> dict[str, object]:
    return {
        "resourceType": "Observation",
        "id": id_,
        "status": "final",
        "subject": {"reference": "Patient/bergstrom"},
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": c}]}
                     for c in ("survey", "laboratory")],
        "code": {"coding": [{"system": LOINC, "code": code}]},
        "effectiveDateTime": day,
        "valueQuantity": {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit},
    }  # fmt: skip


def rows_of(text: str) -> dict[str, tuple[str, ...]]:
    """What of the table -> signed, now, consequence."""
    found = {}
    for row in re.findall(r'<tr role="row" class="fu-.*?</tr>', text, re.S):
        cells = [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)
        ]
        found[cells[0]] = tuple(cells[1:])
    return found


def test_what_happened_since_the_signature_stands_first_in_three_columns(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert rows_of(page.text) == {} and "Unchanged since" not in page.words
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart", receipt.words
    harness.box.store.put(measured("new-vitamin", "62292-8", 12, "ng/mL", "2026-03-01"))
    harness.box.store.put(measured("new-pain", "72514-3", 8, "{score}", "2026-03-01"))
    page = harness.open(harness.browser(), "bergstrom")
    rows = rows_of(page.text)
    assert "Info Vitamin D" in rows, page.words
    signed, now, consequence = rows["Info Vitamin D"]
    assert now == "12 ng/mL, Mar 1, 2026: deficient" and signed != now and consequence
    assert any(name.startswith("Review") for name in rows), rows
    assert f"{len(rows)} things changed since the plan signed on Mar 1, 2026" in page.words
    assert page.text.index("fu-table") < page.text.index('class="settle')
    first = next(iter(rows))
    assert first.startswith("Review"), "the strictest first"


def test_a_red_flag_since_the_signature_says_to_call_the_patient(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    browser.press(page, page.form("/sign"))
    harness.box.store.put({
        "resourceType": "Condition", "id": "new-flag", "subject": {"reference": "Patient/bergstrom"},
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "G83.4"}]},
        "clinicalStatus": {"coding": [{"code": "active"}]}, "onsetDateTime": "2026-03-01",
    })  # fmt: skip
    page = harness.open(harness.browser(), "bergstrom")
    signed, now, consequence = rows_of(page.text)["Stop Red flag"]
    assert signed == "Not on record" and "Call the patient now." in consequence and now


FEWER = {"item": "dose.minutes", "value": "50", "reason": "Tires easily"}


def edited_and_signed(harness, shown="E02.dose", **said):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    page = browser.press(page, page.form("/decide", item=shown), **(said or {"value": "3 moves, twice a day"}))
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart", receipt.words


def test_what_was_changed_of_the_signed_plan_is_offered_again_marked_and_can_be_undone(harness):
    edited_and_signed(harness)
    other = harness.browser()
    page = harness.open(other, "bergstrom", "lindqvist")
    assert "1 change is in the plan below as signed, and marked; each can be undone." in page.words
    assert "Changed as signed on Mar 1, 2026. Suggested:" in page.words and "3 moves, twice a day" in page.words
    assert "Today's chart gives the same plan" in page.words, "with the change it is the plan that was signed"
    undone = other.press(page, page.form("/undo", item="E02"), "Undo")
    assert "as signed on" not in undone.words and "3 moves, twice a day" not in undone.words
    assert "Today's chart gives the same plan" not in undone.words
    page = harness.open(other, "bergstrom", "lindqvist")
    assert "as signed on" not in page.words, "what was undone stays undone"


def test_a_change_signed_again_by_another_says_since_when(harness):
    edited_and_signed(harness)
    harness.clock.now += 24 * 3600
    harness.box.store.put(measured("new-vitamin", "62292-8", 12, "ng/mL", "2026-03-02"))
    browser = harness.browser()
    page = harness.open(browser, "bergstrom", "lindqvist")
    browser.press(page, page.form("/sign"))
    (plan,) = [p for p in harness.in_chart("CarePlan", "bergstrom") if p["status"] == "draft"]
    notes = " ".join(note["text"] for note in plan["note"])
    assert "E02.dose: change 3 moves, twice a day, as signed on 2026-03-01." in notes


def test_a_change_whose_fact_is_another_is_not_applied_again_and_says_so(harness):
    edited_and_signed(harness, "dose.frequency", **FEWER)
    harness.box.store.put(measured("new-pain", "72514-3", 8, "{score}", "2026-03-01"))
    page = harness.open(harness.browser(), "bergstrom", "lindqvist")
    rows = {name: cells for name, cells in rows_of(page.text).items() if "Decide anew." in cells[2]}
    ((signed, now, consequence),) = rows.values()
    assert signed == "“50”. Tires easily" and now == "Suggested: As suggested in the plan below"
    assert consequence == "Not applied again: What it rested on has changed. Decide anew."
    assert "as signed on" not in page.words


def test_the_signers_own_draft_of_a_change_is_taken_out_as_well(harness):
    edited_and_signed(harness, "dose.frequency", **FEWER)
    harness.box.store.put(measured("new-pain", "72514-3", 8, "{score}", "2026-03-01"))
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert "set to 50" not in page.words
    page = browser.press(page, page.form("/decide", item="dose.frequency"), **FEWER)
    assert "Minutes set to 50 by you" in page.words, "decided anew"
    assert "Minutes set to 50 by you" in browser.get(page.url.partition("?")[0]).words


def test_of_a_plan_the_chart_no_longer_has_nothing_is_applied_again(harness):
    edited_and_signed(harness)
    (plan,) = harness.in_chart("CarePlan", "bergstrom")
    harness.box.store.put({**plan, "status": "revoked"})
    harness.clock.now += 60
    page = harness.open(harness.browser(), "bergstrom", "lindqvist")
    assert "the chart no longer has that plan" in page.words and "as signed on 2026" not in page.words


# -- what the referral and the therapist tell


def signed_and_sent(harness, move) -> dict[str, tuple[str, ...]]:
    """Signed, the referral's Task changed by ``move``, and opened again: the rows."""
    browser = harness.browser()
    browser.press(page := harness.open(browser, "bergstrom"), page.form("/sign"))
    (task,) = [t for t in harness.in_chart("Task", "bergstrom") if t.get("input")]
    harness.box.store.put({**task, **move})
    asked = len(harness.wire.seen)
    rows = rows_of(harness.open(harness.browser(), "bergstrom").text)
    assert sum("/Task?" in str(seen) for seen in harness.wire.seen[asked:]) == 1, "asked for once, with the chart"
    return rows


def test_a_declined_referral_is_told_to_the_clinician(harness):
    rows = signed_and_sent(harness, {"status": "rejected", "statusReason": {"text": "No capacity in time"}})
    assert next(now for name, (_, now, _) in rows.items() if "First visit" in name) == "Declined: No capacity in time."


@pytest.mark.parametrize("kind", ["Task", "QuestionnaireResponse", "DocumentReference"])
def test_before_a_plan_is_signed_nothing_that_became_of_it_is_asked_for(harness, kind):
    asked = len(harness.wire.seen)
    harness.open(harness.browser(), "bergstrom")
    assert not any(f"/{kind}?" in str(seen) for seen in harness.wire.seen[asked:])


# -- what was recorded under the order


def recorded_under_the_order(harness, *records) -> None:
    (order,) = harness.in_chart("ServiceRequest", "bergstrom")
    for record in records:
        about = {"subject": {"reference": "Patient/bergstrom"}}
        harness.box.store.put(about | {"basedOn": [{"reference": f"ServiceRequest/{order['id']}"}]} | record)


LOG = {
    "resourceType": "QuestionnaireResponse", "id": "log-1", "status": "completed", "authored": "2026-03-02",
    "questionnaire": "https://loadpath.example/fhir/Questionnaire/session-log",
    "item": [
        {"linkId": "date", "answer": [{"valueDate": "2026-03-02"}]},
        {"linkId": "setting", "answer": [{"valueString": "supervised"}]},
        {"linkId": "pain-worst", "answer": [{"valueInteger": 7}]},
    ],
}  # fmt: skip
SESSION = {
    "resourceType": "Procedure", "id": "session-1", "status": "completed", "outcome": {"text": "red"},
    "code": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "97110"}]},
    "performedPeriod": {"start": "2026-03-02T10:00:00Z", "end": "2026-03-02T10:15:00Z"},
}  # fmt: skip
NOTE = {
    "resourceType": "DocumentReference", "id": "note-1", "status": "current", "date": "2026-03-02T11:00:00Z",
    "type": {"coding": [{"system": LOINC, "code": "34824-3"}]}, "description": "PT evaluation",
    "content": [{"attachment": {"contentType": "text/plain", "data": "VFVHIDEyIHMu"}}],
}  # fmt: skip
OTHER_FORM = {"resourceType": "QuestionnaireResponse", "id": "other-form", "status": "completed",
              "authored": "2026-03-02", "questionnaire": "https://other.example/form"}  # fmt: skip


def test_sessions_and_notes_in_the_chart_are_told_in_the_same_reading(harness):
    browser = harness.browser()
    browser.press(page := harness.open(browser, "bergstrom"), page.form("/sign"))
    recorded_under_the_order(harness, LOG, SESSION, NOTE, OTHER_FORM)
    harness.clock.now += 2 * 24 * 3600
    asked = len(harness.wire.seen)
    rows = rows_of(harness.open(harness.browser(), "bergstrom").text)
    seen = [str(each) for each in harness.wire.seen[asked:]]
    assert [sum(f"/{kind}?" in each for each in seen) for kind in ("QuestionnaireResponse", "DocumentReference")] == [
        1,
        1,
    ]
    assert rows["Review Session"][1] == "Mar 2, 2026: 15 min, pain 7 at worst, red"
    assert rows["Trend Sessions"][1].startswith("1 session on record.")
    assert rows["Info Note of the therapist"][1] == "“PT evaluation”, Mar 2, 2026: “TUG 12 s.”"
    assert rows["Info Therapist"][1] == "First visit: Mar 2, 2026"
    assert (
        "QuestionnaireResponse/other-form: answers to another form than ours"
        in rows["Info Records of the therapist"][1]
    )


def test_a_scope_that_was_not_granted_is_a_line_and_the_rest_is_read(harness):
    browser = harness.browser()
    browser.press(page := harness.open(browser, "bergstrom"), page.form("/sign"))
    recorded_under_the_order(harness, LOG, SESSION)
    issuer = issuer_of(harness)
    asked = requested_scope(issuer, ("permission-v2",), ehr_launch=True).split()
    fewer = " ".join(each for each in asked if "QuestionnaireResponse" not in each)
    object.__setattr__(issuer, "scopes", fewer)
    page = harness.open(harness.browser(), "bergstrom")
    assert "session logs of a signed plan: not permitted." in page.words
    assert "Trend Sessions" in rows_of(page.text)


def test_the_same_plan_is_signed_again_when_its_visits_are_nearly_over(harness):
    browser = harness.browser()
    browser.press(page := harness.open(browser, "bergstrom"), page.form("/sign"))
    harness.clock.now += 76 * 24 * 3600
    page = harness.open(harness.browser(), "bergstrom")
    assert "Due Visits" in " ".join(rows_of(page.text)) and "Today's chart gives the same plan" not in page.words
    receipt = (other := harness.browser()).press(page := harness.open(other, "bergstrom"), page.form("/sign"))
    assert receipt.heading == "Saved to chart", receipt.words
    orders = {order["status"]: order for order in harness.in_chart("ServiceRequest", "bergstrom")}
    assert sorted(orders) == ["active", "revoked"]
    assert orders["active"]["replaces"][0]["reference"].endswith(orders["revoked"]["id"])
