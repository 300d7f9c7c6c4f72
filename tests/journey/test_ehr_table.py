"""The whole journey at every vendor's personality, and the table of it that we publish."""

import pytest

from launch.sandbox.personality import names
from tests.journey.ehr_table import MARKED, PATIENT, README, SITES, TABLE, rows, short_table, table, vendor_house
from tests.journey.harness import forms_in
from tests.journey.whole import sign

NOTES = {"epic", "oracle", "canvas"}
WHOLE = {"hapi", "medplum"}


def test_the_table_is_current(tmp_path):
    """Where this fails: python -m tests.journey.ehr_table"""
    found = list(rows(tmp_path))
    assert len(found) == len(names()) + len(SITES)
    assert all(row.launched for row in found)
    assert TABLE.read_text(encoding="utf-8") == table(found)
    assert MARKED.findall(README.read_text(encoding="utf-8")) == [short_table(found)]
    for row in found:
        if row.name in WHOLE:
            assert row.methods["CarePlan"] == {"transaction"} and row.statuses == {"written"}
        if row.name in NOTES:
            assert row.methods["CarePlan"] == row.methods["ServiceRequest"] == {"note"}


@pytest.mark.parametrize("name", names())
def test_signing_again_and_coming_back_write_nothing_twice(tmp_path, name):
    harness = vendor_house(tmp_path / name, name)
    browser = harness.browser()
    page = harness.open(browser, PATIENT)
    receipt = sign(browser, page)
    sent = len(harness.writes())
    again = sign(browser, page)
    assert (again.url, again.heading) == (receipt.url, receipt.heading)
    assert browser.get(receipt.url).heading == receipt.heading
    assert len(harness.writes()) == sent
    notes = harness.in_chart("DocumentReference", PATIENT)
    assert len(notes) == (1 if name in NOTES else 0)
    if notes:
        kinds = {content["attachment"]["contentType"].partition(";")[0] for content in notes[0]["content"]}
        assert kinds == {"text/plain", "application/pdf"}
    if name not in NOTES | WHOLE:
        assert receipt.heading == "Signed, NOT in the chart: finish"
        by_hand = next(f for f in forms_in(receipt.text) if any("I have put it" in words for _, _, words in f.buttons))
        confirmed = browser.press(receipt, by_hand)
        assert confirmed.heading != "Signed, NOT in the chart: finish", confirmed.words[:500]
