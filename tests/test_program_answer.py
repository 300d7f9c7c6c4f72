"""Ramp, visits, priority and reviews as JSON and as lines (contract, "Program"; rule book 2c, section 9)."""

from smartapp.program_answer import course_answer, course_lines
from tests.core.test_course import EARLY, MIDDLE, planned


def test_the_keys_of_the_contract():
    found = course_answer(planned(EARLY))
    assert found["ramp"] == {
        "rule": "RA1b",
        "begun": "2026-03-01",
        "start": 15,
        "target": 60,
        "stepMinutes": 5,
        "stepWeeks": 1,
        "fullDoseFrom": "2026-05-03",
        "flag": "DOSE_OK",
        "reason": None,
        "doseLine": planned(EARLY).ramp.dose_line,
        "held": None,
    }
    visits = found["visits"]
    assert (visits["preset"], visits["count"], visits["start"], visits["end"]) == ("A", 21, "2026-03-01", "2026-05-30")
    assert visits["text"].startswith("Evaluation + 20 visits") and visits["minutes"] == [30, 60]
    assert found["priority"] == {
        "value": "urgent",
        "seeBy": "2026-03-08",
        "because": ["day 20 of healing, within the first 6 weeks"],
    }
    what = "May prone exercise start? Proof of stability is needed"
    prone = {"date": "2026-05-04", "what": what, "decides": "clinician", "rule": "PG9-prone"}
    assert prone in found["reviews"]
    assert len(found["reviews"]) >= 5


def test_a_held_ramp_has_no_day_of_full_dose():
    ramp = course_answer(planned(MIDDLE, "fusion at lumbar on 2025-12-28"))["ramp"]
    assert (ramp["fullDoseFrom"], ramp["flag"]) == (None, "DOSE_LATE")
    assert ramp["held"] == "Your surgeon decides when we add time." and ramp["reason"]


def test_without_a_plan_the_keys_are_empty():
    nothing = {"ramp": None, "visits": None, "priority": None, "reviews": [], "continues": None}
    assert course_answer(None) == course_answer(planned("cauda equina", MIDDLE)) == nothing
    assert list(course_lines(None)) == list(course_lines(planned())) == []


def test_a_few_lines_for_a_person():
    lines = list(course_lines(planned(EARLY)))
    assert [line.partition(" ")[0] for line in lines] == ["Visits:", "Priority", "Program:", "Next"]
    assert "See by 2026-03-08: day 20" in lines[1] and "DOSE_OK" in lines[2]
    assert lines[3] == (
        "Next review 2026-03-22: Tolerance check: pain during and 24 hours after, minutes, sleep. Decides: therapist."
    )
