"""The picture says what the assessment says, and nothing is drawn outside it or over another label."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartapp.core.assessment import Anchor
from smartapp.core.dates import Precision
from smartapp.core.states import Phase
from smartapp.web.timeline import timeline, turning_days
from smartapp.web.timeline_drawing import CHARACTER, NARROW, WIDE, draw
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
        ("Do not", date(2025, 10, 20), sample.TODAY, True),
        ("Do not", sample.TODAY, date(2026, 10, 20), False),
    ]
    assert [(s.word, s.start) for s in row(line, "R1 R2").spans[2:]] == [("Change how", date(2026, 10, 20))]


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
    drawing = draw(line, WIDE)
    assert line.doubt == (date(2025, 1, 1), date(2025, 12, 31))
    assert drawing.doubt is not None and drawing.doubt[1] > 50


def test_without_day_zero_there_is_no_picture():
    assert timeline(sample.assessment(anchor=None), (), sample.BOUNDARIES) is None


def test_turning_days_lie_ahead():
    days = turning_days(sample.assessment(), sample.BOUNDARIES)
    assert date(2026, 4, 20) in days and date(2026, 10, 20) in days
    assert all(day > sample.TODAY for day in days)


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=lambda layout: layout.name)
@given(age=st.integers(0, 900), doubt=st.integers(0, 400))
def test_everything_lies_inside_the_picture(layout, age, doubt):
    day = sample.TODAY - timedelta(days=age)
    anchor = replace(sample.assessment().anchor, day=day, earliest=day - timedelta(days=doubt))
    now = sample.assessment(anchor=anchor, calendar_phase=Phase.ADVANCED)
    drawing = draw(timeline(now, (), sample.BOUNDARIES), layout)
    for box in drawing.boxes:
        assert box.x >= 0 and box.x + box.width <= layout.width and box.width >= 0
        assert len(box.text) * CHARACTER <= box.width
    for mark in drawing.marks:
        size = len(mark.label.text) * CHARACTER
        left = mark.label.x - size if mark.label.anchor == "end" else mark.label.x
        assert left >= -1 and left + size <= layout.width + 1
    assert 0 <= drawing.today <= layout.width


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=lambda layout: layout.name)
def test_labels_of_events_do_not_touch(line, layout):
    spans = {}
    for mark in draw(line, layout).marks:
        size = len(mark.label.text) * CHARACTER
        left = mark.label.x - size if mark.label.anchor == "end" else mark.label.x
        for other in spans.setdefault(mark.y, []):
            assert left >= other[1] or left + size <= other[0]
        spans[mark.y].append((left, left + size))
