"""Every drawing of poses.csv: well formed, inside its box, named, crossed where forbidden, black and white on paper."""

import re
from itertools import chain, combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from smartapp.document.drawings import Show, Style, drawing, has_drawing
from smartapp.knowledge import load
from smartapp.knowledge.poses import poses

DRAWN = sorted({exercise for exercise, _ in poses()})
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
CROSS = re.compile(r'class="xh?"')
GOLDEN = Path(__file__).with_name("hip_hinge.svg")


def shapes(svg):
    return list(ElementTree.fromstring(svg))


def reach(shape):
    """The points of a shape; half its line stands out beyond them. A curve stays within its three points."""
    out = float(shape.get("stroke-width", "0")) / 2
    if shape.tag.endswith("circle"):
        x, y, r = (float(shape.get(key)) for key in ("cx", "cy", "r"))
        return [(x - r, y - r), (x + r, y + r)], out
    path = shape.get("d")
    if "Q" in path:  # its middle is where it bends furthest
        (x0, y0), (x1, y1), (x2, y2) = pairs(path)
        return [(x0, y0), ((x0 + 2 * x1 + x2) / 4, (y0 + 2 * y1 + y2) / 4), (x2, y2)], out
    return pairs(path), out


def pairs(path):
    numbers = [float(each) for each in NUMBER.findall(path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


@pytest.mark.parametrize("exercise", DRAWN)
def test_every_drawing_is_well_formed_named_and_inside_its_box(exercise):
    for show, style, forbidden in ((w, s, f) for w in Show for s in Style for f in (False, True)):
        svg = drawing(exercise, "Bridge", show=show, style=style, forbidden=forbidden)
        root = ElementTree.fromstring(svg)
        assert (root.get("role"), root.get("aria-label")) == ("img", "Bridge")
        left, top, width, height = map(float, root.get("viewBox").split())
        for shape in root:
            points, out = reach(shape)
            for x, y in points:
                assert left <= x - out + 0.11 and x + out - 0.11 <= left + width, (show, shape.attrib)
                assert top <= y - out + 0.11 and y + out - 0.11 <= top + height, (show, shape.attrib)


@pytest.mark.parametrize("exercise", DRAWN)
def test_a_forbidden_movement_has_a_cross_over_its_end_and_a_start_has_none(exercise):
    plain = drawing(exercise, "x", show=Show.END)
    crossed = drawing(exercise, "x", show=Show.END, forbidden=True)
    assert (len(CROSS.findall(plain)), len(CROSS.findall(crossed))) == (0, 4)
    assert len(CROSS.findall(drawing(exercise, "x", show=Show.BOTH, forbidden=True))) == 4
    assert not CROSS.findall(drawing(exercise, "x", show=Show.START, forbidden=True))
    falling, rising = (pairs(shape.get("d")) for shape in shapes(crossed)[-2:])
    (left, top), (right, bottom) = falling
    assert rising == [(right, top), (left, bottom)]  # two lines that cross
    assert left < right
    assert top < bottom


@pytest.mark.parametrize("exercise", DRAWN)
def test_paper_is_black_and_white_and_needs_no_stylesheet(exercise):
    for show in Show:
        svg = drawing(exercise, "x", show=show, style=Style.PAPER, forbidden=True)
        assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg)) <= {"none", "#000", "#fff"}
        assert not any(shape.get("class") for shape in shapes(svg))


def test_far_limbs_are_hollow_and_the_near_arm_has_a_white_edge_on_paper():
    walking = shapes(drawing("E27", "x", style=Style.PAPER))
    white = [shape.get("stroke-width") for shape in walking if shape.get("stroke") == "#fff"]
    assert white == ["1.7", "1.7", "5.4"]
    assert not [s for s in shapes(drawing("E27", "x")) if s.get("class") in ("fi", "mh")]


def test_the_two_poses_of_a_lying_figure_stand_one_above_the_other_and_others_side_by_side():
    def shape_of(exercise):
        _, _, width, height = map(
            float, ElementTree.fromstring(drawing(exercise, "x", show=Show.BOTH)).get("viewBox").split()
        )
        return width / height

    def heads(exercise):
        svg = shapes(drawing(exercise, "x", show=Show.BOTH))
        return [(float(s.get("cx")), float(s.get("cy"))) for s in svg if s.get("class") == "h"]

    (_, start), (_, end) = heads("E18")
    assert end - start > 20
    (start, _), (end, _) = heads("E09")
    assert end - start > 20
    assert shape_of("E09") > 1.3


def test_the_words_of_a_drawing_are_never_markup():
    svg = drawing("E01", '"><script>alert(1)</script>&')
    assert ElementTree.fromstring(svg).get("aria-label") == '"><script>alert(1)</script>&'
    assert "<script" not in svg
    assert 'aria-hidden="true"' in drawing("E01", "")


def test_no_drawing_needs_what_a_strict_page_refuses():
    for exercise in DRAWN:
        svg = drawing(exercise, "x", show=Show.BOTH, forbidden=True)
        assert not re.search(r"style=|<style|href|url\(|<script|\bon\w+=|\bid=", svg)


def test_what_a_limit_changes_is_left_out_of_the_drawing():
    head, shoulders = "arrow.1", "arrow.2"
    whole = drawing("E02", "x").count('class="a"')
    assert drawing("E02", "x", without=frozenset({head})).count('class="a"') == whole - 1
    assert drawing("E02", "x", without=frozenset({head})) != drawing("E02", "x", without=frozenset({shoulders}))


@pytest.mark.parametrize("exercise", DRAWN)
def test_nothing_that_is_left_out_breaks_a_drawing(exercise):
    pose = poses()[exercise, "B"]
    names = [*(f"prop.{name}" for name in pose.props), *(f"arrow.{name}" for name in pose.arrows)]
    few = names[:6]
    subsets = chain.from_iterable(combinations(few, size) for size in range(len(few) + 1))
    for left_out in (*subsets, names, ["prop.unheard-of"]):
        for show in Show:
            ElementTree.fromstring(drawing(exercise, "x", show=show, without=frozenset(left_out)))


def test_every_exercise_that_can_be_chosen_has_a_drawing_and_an_unknown_one_none():
    assert all(has_drawing(id_) for id_, row in load().library.exercises.items() if row.selectable)
    assert not has_drawing("E99")
    with pytest.raises(KeyError):
        drawing("E99", "x")


def test_one_drawing_as_it_was_looked_at():
    """Anew after a change that was looked at: ``python -m tests.document.test_drawings``."""
    assert golden() == GOLDEN.read_text(encoding="utf-8")


def golden():
    return drawing("E06", "Hip hinge with stick", show=Show.BOTH, style=Style.PAPER).replace("><", ">\n<") + "\n"


if __name__ == "__main__":
    GOLDEN.write_text(golden(), encoding="utf-8")
