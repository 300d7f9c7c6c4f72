"""A T-score that stands only in the words of a report: shown with its sentence, used when a clinician says so."""

import pytest

from tests.journey.house import House, Page, make_house
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
def house(tmp_path):
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": REPORT}]}
    made = make_house(tmp_path, data=(bundle,))
    yield made
    made.box.store.close()


def opened(house: House, user: str = "okafor") -> tuple:
    browser = house.browser()
    return browser, house.open(browser, PATIENT, user)


def answer(browser, page: Page, button: str) -> Page:
    return browser.press(page, page.form("/found"), button)


def test_never_used_by_itself(house):
    _, page = opened(house)
    assert "T-score -2.7, total hip : not used until you confirm it." in page.words
    assert SENTENCE in page.words and "DXA report · 2026-02-20 DiagnosticReport/dxa-words" in page.words
    assert page.words.count("not used until you confirm it") == 1  # the definition of a class is no result
    assert "T -2.7" not in page.words


def test_confirmed_it_decides_with_the_report_and_the_person_as_its_source(house):
    browser, page = opened(house)
    page = answer(browser, page, "Confirm")
    assert "Confirmed with your name and date." in page.words
    assert "used, confirmed by Dr. Ngozi Okafor, 2026-03-01" in page.words.replace(" ,", ",")
    assert "T -2.7" in page.words
    assert "in the report's words, confirmed by Dr. Ngozi Okafor, 2026-03-01" in page.words
    receipt = sign(browser, page)
    assert receipt.heading == "In the chart", receipt.words
    (record,) = house.box.store.every("Provenance")
    said = [e["what"] for e in record.resource["entity"] if "words of a report" in e["what"].get("display", "")]
    assert [what["reference"] for what in said] == ["DiagnosticReport/dxa-words"]
    assert "Okafor" in said[0]["display"]


def test_it_comes_back_at_the_next_launch_and_can_be_withdrawn(house):
    browser, page = opened(house)
    answer(browser, page, "Confirm")
    browser, page = opened(house)
    assert "T -2.7" in page.words
    page = answer(browser, page, "Withdraw")
    assert "T -2.7" not in page.words
    assert "not used until you confirm it" in page.words


def test_left_out_it_stays_out_until_that_is_withdrawn(house):
    browser, page = opened(house)
    answer(browser, page, "Leave it out")
    browser, page = opened(house)
    assert "left out by Dr. Ngozi Okafor" in page.words
    assert "T -2.7" not in page.words


def test_changed_words_are_asked_about_anew(house):
    browser, page = opened(house)
    answer(browser, page, "Confirm")
    house.box.store.put({**REPORT, "conclusion": f"Corrected. {SENTENCE}, artefact at the hip."})
    _, page = opened(house)
    assert "not used until you confirm it" in page.words
    assert "T -2.7" not in page.words


def test_what_nobody_offered_cannot_be_confirmed(house):
    browser, page = opened(house)
    form = page.form("/found")
    for wrong in ({"key": "0" * 32}, {"site": "elbow"}, {"choice": "sign"}):
        form.buttons = [("", "", "send")]
        assert browser.press(page, form, **{"choice": "use", **wrong}).status == 400
    assert browser.press(page, form, choice="use", token="0" * 64).status == 403
    assert "T -2.7" not in browser.get(page.url).words
