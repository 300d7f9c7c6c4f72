"""A T-score that stands only in the words of a report: shown with its sentence, used when a clinician says so."""

import pytest

from tests.journey.harness import Harness, Page, make_harness
from tests.journey.whole import sign

PATIENT = "bergstrom"
SENTENCE = "Total hip T-score of -2.7, osteoporosis"
REPORT = {
    "resourceType": "DiagnosticReport", "id": "dxa-words", "status": "final",
    "subject": {"reference": f"Patient/{PATIENT}"},
    "category": [{"coding": [{"system": "http://loinc.org", "code": "LP29684-5", "display": "Radiology"}]}],
    "code": {"text": "DXA report"}, "effectiveDateTime": "2026-02-20",
    "conclusion": f"Comparison is limited. {SENTENCE}. WHO: osteoporosis is a T-score of -2.5 or below.",
}  # fmt: skip


@pytest.fixture
def harness(tmp_path):
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": REPORT}]}
    made = make_harness(tmp_path, data=(bundle,))
    yield made
    made.box.store.close()


def opened(harness: Harness, user: str = "okafor") -> tuple:
    browser = harness.browser()
    return browser, harness.open(browser, PATIENT, user)


def answer(browser, page: Page, button: str) -> Page:
    return browser.press(page, page.form("/found"), button)


def test_never_used_by_itself(harness):
    _, page = opened(harness)
    assert "T-score -2.7, total hip : not used until you confirm it." in page.words
    assert SENTENCE in page.words and "DXA report · Feb 20, 2026 DiagnosticReport/dxa-words" in page.words
    assert page.words.count("not used until you confirm it") == 1  # the definition of a class is no result
    assert "T -2.7" not in page.words


def test_confirmed_it_decides_with_the_report_and_the_person_as_its_source(harness):
    browser, page = opened(harness)
    page = answer(browser, page, "Confirm")
    assert "Confirmed with your name and date." in page.words
    assert "used, confirmed by Dr. Ngozi Okafor, Mar 1, 2026" in page.words.replace(" ,", ",")
    assert "T -2.7" in page.words
    assert "in the report's words, confirmed by Dr. Ngozi Okafor, Mar 1, 2026" in page.words
    receipt = sign(browser, page)
    assert receipt.heading == "Saved to chart", receipt.words
    (record,) = harness.box.store.every("Provenance")
    said = [e["what"] for e in record.resource["entity"] if "words of a report" in e["what"].get("display", "")]
    assert [what["reference"] for what in said] == ["DiagnosticReport/dxa-words"]
    assert "Okafor" in said[0]["display"]


def test_it_comes_back_at_the_next_launch_and_can_be_withdrawn(harness):
    browser, page = opened(harness)
    answer(browser, page, "Confirm")
    browser, page = opened(harness)
    assert "T -2.7" in page.words
    page = answer(browser, page, "Withdraw")
    assert "T -2.7" not in page.words
    assert "not used until you confirm it" in page.words


def test_left_out_it_stays_out_until_that_is_withdrawn(harness):
    browser, page = opened(harness)
    answer(browser, page, "Leave it out")
    browser, page = opened(harness)
    assert "left out by Dr. Ngozi Okafor" in page.words
    assert "T -2.7" not in page.words


def test_changed_words_are_asked_about_anew(harness):
    browser, page = opened(harness)
    answer(browser, page, "Confirm")
    harness.box.store.put({**REPORT, "conclusion": f"Corrected. {SENTENCE}, artefact at the hip."})
    _, page = opened(harness)
    assert "not used until you confirm it" in page.words
    assert "T -2.7" not in page.words


def test_what_nobody_offered_cannot_be_confirmed(harness):
    browser, page = opened(harness)
    form = page.form("/found")
    for wrong in ({"key": "0" * 32}, {"site": "elbow"}, {"choice": "sign"}):
        form.buttons = [("", "", "send")]
        assert browser.press(page, form, **{"choice": "use", **wrong}).status == 400
    assert browser.press(page, form, choice="use", token="0" * 64).status == 403
    assert "T -2.7" not in browser.get(page.url).words
