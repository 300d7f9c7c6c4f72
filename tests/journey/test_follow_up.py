"""Sign, something happens, open again: the page begins with what was signed, what is now, and what follows."""

import re

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
    assert "nothing new to sign" in page.words, "with the change it is the plan that was signed"
    undone = other.press(page, page.form("/undo", item="E02"), "Undo")
    assert "as signed on" not in undone.words and "3 moves, twice a day" not in undone.words
    assert "nothing new to sign" not in undone.words
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


def test_before_a_plan_is_signed_no_referral_is_asked_for(harness):
    asked = len(harness.wire.seen)
    harness.open(harness.browser(), "bergstrom")
    assert not any("/Task?" in str(seen) for seen in harness.wire.seen[asked:])


def test_the_same_plan_is_signed_again_when_its_visits_are_nearly_over(harness):
    browser = harness.browser()
    browser.press(page := harness.open(browser, "bergstrom"), page.form("/sign"))
    harness.clock.now += 76 * 24 * 3600
    page = harness.open(harness.browser(), "bergstrom")
    assert "Due Visits" in " ".join(rows_of(page.text)) and "nothing new to sign" not in page.words
    receipt = (other := harness.browser()).press(page := harness.open(other, "bergstrom"), page.form("/sign"))
    assert receipt.heading == "Saved to chart", receipt.words
    orders = {order["status"]: order for order in harness.in_chart("ServiceRequest", "bergstrom")}
    assert sorted(orders) == ["active", "revoked"]
    assert orders["active"]["replaces"][0]["reference"].endswith(orders["revoked"]["id"])
