"""A danger in the words of an MRI counts by itself; what else they say is used when a clinician accepts it."""

import pytest

from tests.journey.harness import make_harness

PATIENT = "bergstrom"
DANGER = "Marrow infiltration not excluded"
OFFER = "Status post kyphoplasty of T9"


def mri(text: str) -> dict:
    return {
        "resourceType": "DiagnosticReport", "id": "mri", "status": "final",
        "subject": {"reference": f"Patient/{PATIENT}"},
        "category": [{"coding": [{"system": "http://loinc.org", "code": "LP29684-5", "display": "Radiology"}]}],
        "code": {"text": "MRI lumbar spine"}, "effectiveDateTime": "2026-02-20", "conclusion": text,
    }  # fmt: skip


@pytest.fixture
def launch(tmp_path):
    made = []

    def opened(text: str, user: str = "okafor"):
        bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": mri(text)}]}
        harness = make_harness(tmp_path, data=(bundle,))
        made.append(harness)
        browser = harness.browser()
        return browser, harness.open(browser, PATIENT, user)

    yield opened
    for harness in made:
        harness.box.store.close()


def test_a_danger_counts_and_cannot_be_clicked_away(launch):
    _, page = launch(f"{DANGER}.")
    assert f"The report of Feb 20, 2026 says: “{DANGER}.”" in page.words
    assert "Malignant lesion, suspected : a danger, and counts as the report says it." in page.words
    assert "A tumor must be excluded first." in page.words
    assert 'action="/l/' in page.text and "/found" not in page.text.split('id="found-', 1)[1].split("</li>", 1)[0]


def test_what_else_it_says_is_accepted_with_a_click_and_can_be_withdrawn(launch):
    browser, page = launch(f"{OFFER}.")
    assert "Augmentation (T9) : not used until you confirm it." in page.words
    page = browser.press(page, page.form("/found"), "Confirm")
    assert "used, confirmed by Dr. Ngozi Okafor, Mar 1, 2026" in page.words.replace(" ,", ",")
    page = browser.press(page, page.form("/found"), "Withdraw")
    assert "Augmentation (T9) : not used until you confirm it." in page.words


def test_what_is_left_out_stays_left_out(launch):
    browser, page = launch(f"{OFFER}.")
    page = browser.press(page, page.form("/found"), "Leave")
    assert "left out by Dr. Ngozi Okafor" in page.words
    assert "An imaging report says more than the record." not in page.words
