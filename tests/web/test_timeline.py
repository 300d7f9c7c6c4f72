"""The picture says what the assessment says, and nothing is drawn outside it or over another label."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartapp.core.assessment import Anchor
from smartapp.core.dates import Precision
from smartapp.core.states import Phase
from smartapp.web.strip import LETTER, PLOT, strip
from smartapp.web.timeline import timeline, turning_days
from tests.web import sample


@pytest.fixture
def line():
    return timeline(sample.assessment(), sample.later(), sample.BOUNDARIES)


def row(line, id_):
    return next(r for r in line.rows if r.id == id_)


def test_calendar_shows_all_phases_from_day_zero(line):
    spans = row(line, "calendar").spans
    assert [(s.word, s.start) for s in spans] == [
        ("Initial", date(2025, 10, 20)), ("Intermediate", date(2026, 1, 20)), ("Advanced", date(2026, 4, 20)),
    ]  # fmt: skip


def test_effective_phase_is_held_below_the_calendar(line):
    spans = row(line, "effective").spans
    assert [(s.word, s.start, s.sure) for s in spans] == [
        ("Initial", date(2025, 10, 20), True), ("Initial", sample.TODAY, False),
        ("Intermediate", date(2026, 10, 20), False),
    ]  # fmt: skip


def test_bending_and_twisting_share_a_row_until_they_ease(line):
    assert [(s.word, s.start, s.end, s.sure) for s in row(line, "R1 R2").spans[:2]] == [
        ("Not yet", date(2025, 10, 20), sample.TODAY, True),
        ("Not yet", sample.TODAY, date(2026, 10, 20), False),
    ]
    assert [(s.word, s.start) for s in row(line, "R1 R2").spans[2:]] == [("Modify", date(2026, 10, 20))]


def test_an_open_gate_is_not_drawn_into_the_past(line):
    assert row(line, "R6").spans[0].start == sample.TODAY


def test_events_carry_their_doubt(line):
    fracture = next(e for e in line.events if e.kind == "fracture")
    assert (fracture.first, fracture.day) == (date(2025, 9, 1), date(2025, 9, 30))
    assert line.start == date(2025, 9, 1)


def test_an_uncertain_day_zero_is_a_band():
    anchor = sample.assessment().anchor
    assert isinstance(anchor, Anchor)
    unsure = replace(anchor, earliest=date(2025, 1, 1), day=date(2025, 12, 31), precision=Precision.YEAR)
    line = timeline(sample.assessment(anchor=unsure), (), sample.BOUNDARIES)
    drawn = strip(line)
    assert line.doubt == (date(2025, 1, 1), date(2025, 12, 31))
    assert drawn.doubt is not None and drawn.doubt[1] > 40


def test_without_day_zero_there_is_no_picture():
    assert timeline(sample.assessment(anchor=None), (), sample.BOUNDARIES) is None


def test_turning_days_lie_ahead():
    days = turning_days(sample.assessment(), sample.BOUNDARIES)
    assert date(2026, 4, 20) in days and date(2026, 10, 20) in days
    assert all(day > sample.TODAY for day in days)


def reach(tick):
    size, at = len(tick.text) * LETTER, tick.x / 100 * PLOT
    left = {"start": at, "middle": at - size / 2, "end": at - size}[tick.anchor]
    return left, left + size


@given(age=st.integers(0, 900), doubt=st.integers(0, 400))
def test_everything_lies_inside_the_picture_and_no_text_over_another(age, doubt):
    day = sample.TODAY - timedelta(days=age)
    anchor = replace(sample.assessment().anchor, day=day, earliest=day - timedelta(days=doubt))
    now = sample.assessment(anchor=anchor, calendar_phase=Phase.ADVANCED)
    drawn = strip(timeline(now, sample.later(), sample.BOUNDARIES))
    for block in (block for row in drawn.rows for block in row.blocks):
        assert block.x >= 0 and block.width >= 0 and block.x + block.width <= 100.02
        assert len(block.text) * LETTER <= block.width / 100 * PLOT
    for ticks in (drawn.above, drawn.below):
        places = sorted(map(reach, ticks))
        assert all(left >= -1 and right <= PLOT + 1 for left, right in places)
        assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert 0 <= drawn.today <= 100 and drawn.height <= 160


def test_the_strip_names_every_line_and_every_block(line):
    drawn = strip(line)
    assert [row.label for row in drawn.rows] == ["Phase", "Bend, twist", "Face down", "Jump, run"]
    assert drawn.rows[1].words == "Not yet; Modify from Oct 20, 2026"
    assert all(block.title.startswith(row.label) for row in drawn.rows for block in row.blocks)
    assert drawn.above[0].text == "Day 0, Oct 20", "the kyphoplasty began the days, not the fracture"
    assert "Today, Mar 1" in [tick.text for tick in drawn.below]
    assert drawn.rows[0].target == "fold-evidence" and drawn.rows[1].target == "why-R1"
