"""The page of a source: what is read, who recorded it, what rests on it, and why not on the others of its kind."""

from pathlib import Path

import pytest

from smartapp.fhir.recorders import Recorder, recorders_of
from tests.journey.harness import APP, make_harness


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    harness = make_harness(Path(tmp_path_factory.mktemp("source")))
    held = harness.box.store
    old = held.read("Observation", "bergstrom-dxa-2").resource
    held.put({**old, "performer": [{"display": "Dr. Iris Moll"}, {"reference": "Organization/lab"}]})
    held.put({**old, "id": "older", "effectiveDateTime": "2021-05-04"})
    held.put({name: value for name, value in old.items() if name != "effectiveDateTime"} | {"id": "undated"})
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    yield lambda reference: browser.get(f"{APP}/l/{page.launch_id}/source/{reference}")
    held.close()


def test_a_value_with_its_date_who_recorded_it_and_what_rests_on_it(opened):
    page = opened("Observation/bergstrom-dxa-1")
    assert page.heading == "DXA T-score, hip"
    assert "Value -1.8 T-Score Date Jan 1, 2025 Recorded by The record does not say." in page.words
    assert "What the plan concludes from it Lowest T-score -1.8 (total hip, Jan 1, 2025): osteopenia." in page.words
    assert "Also asked of it, without consequence" in page.words


def test_the_others_of_its_kind_say_whether_they_are_used_and_why_not(opened):
    page = opened("Observation/bergstrom-dxa-2")
    assert "Done by Dr. Iris Moll" in page.words and "Done by Organization/lab" in page.words
    assert "At each site the newest scan counts; of the sites, the lowest score." in page.words
    others = page.words.partition("Others in the chart")[2].partition("What the plan")[0]
    assert "Jan 1, 2025 Used: Lowest T-score -1.8" in others
    assert "May 4, 2021 Not used: older than this record (Jan 1, 2025)." in others
    assert "not recorded Not used: it has no date." in others
    assert "/source/Observation/older" in page.text
    assert "No conclusion of today's plan rests on this record." in page.words


def test_the_newer_one_is_no_alternative_that_is_older(opened):
    page = opened("Observation/older")
    others = page.words.partition("Others in the chart")[2].partition("What the plan")[0]
    assert "older than this record" not in others
    assert "Not used: no conclusion of today's plan rests on it." in others


def test_conclusions_name_what_they_are_about(opened):
    page = opened("Condition/bergstrom-problem-1")
    concluded = page.words.partition("What the plan concludes from it")[2].partition("Also asked")[0]
    assert "The fracture is dated Feb 9, 2026." in concluded
    assert "Forward bending (flexion) of the spine – Not yet: Strict until 12 months after Feb 9, 2026" in concluded
    assert "whatever the T-score" in concluded and "Vertebral fracture at 62" in concluded
    assert "blocked:" not in concluded and "prohibited:" not in concluded
    assert "Read as vertebral fracture Certainty confirmed" in page.words and "Collapse" not in page.words


def test_a_record_no_rule_reads_says_so(opened):
    page = opened("Patient/bergstrom")
    assert page.heading == "Patient/bergstrom" and "No rule reads a fact from this record." in page.words


def test_the_record_itself_is_folded_and_can_be_copied(opened):
    page = opened("Condition/bergstrom-problem-1")
    assert page.heading == "Wedge compression fracture of L1"
    folded = page.text[page.text.index("<summary><b>The record as JSON") :]
    assert 'data-copy="record" hidden' in folded and '<pre id="record"' in folded
    assert page.text.count("resourceType") == 1


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({}, ()),
        ({"recorder": {"reference": "Practitioner/1"}}, (Recorder("Recorded by", "Practitioner/1"),)),
        ({"recorder": {"display": "Dr. A", "reference": "Practitioner/1"}}, (Recorder("Recorded by", "Dr. A"),)),
        ({"performer": [{"actor": {"display": "Dr. B"}}]}, (Recorder("Done by", "Dr. B"),)),
        ({"performer": [{"display": "Dr. B"}, {"display": "Dr. B"}]}, (Recorder("Done by", "Dr. B"),)),
        ({"performer": "Dr. C", "author": [None, 3, {}]}, ()),
    ],
)
def test_who_recorded_it(record, found):
    assert recorders_of(record) == found
