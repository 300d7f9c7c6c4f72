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
    assert page.text.index("fu-table") < page.text.index('class="settle"')
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
