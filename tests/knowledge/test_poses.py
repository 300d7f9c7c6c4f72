"""poses.csv: what drawings and exercises have in common; mistakes within the file stand in mistakes.csv."""

import pytest

from smartapp.errors import KnowledgeError
from smartapp.knowledge import poses as module
from smartapp.knowledge import texts
from smartapp.knowledge.poses import pose_mistakes, poses, read_poses

TEXT = texts()["poses.csv"]
KNOWN = {f"E{number:02d}": number != 40 for number in range(1, 53)}
OTHERS = {id_ for id_, _ in poses()} - KNOWN.keys()


def without(start):
    return "".join(line for line in TEXT.splitlines(keepends=True) if not line.startswith(start))


def test_the_delivered_drawings_are_whole():
    assert not list(pose_mistakes(TEXT, KNOWN, OTHERS))
    assert {id_ for id_, _ in poses()} >= KNOWN.keys()


def test_an_exercise_that_can_be_chosen_needs_a_drawing():
    assert list(pose_mistakes(without("E07,"), KNOWN, OTHERS)) == ["poses.csv: exercise E07 has no drawing"]
    assert not list(pose_mistakes(without("E40,"), KNOWN, OTHERS))


def test_a_drawing_of_nothing_known_is_told():
    wrong = pose_mistakes(TEXT, {id_: on for id_, on in KNOWN.items() if id_ != "E07"}, OTHERS)
    assert list(wrong) == ["poses.csv: there is no exercise “E07”"]


def test_a_drawing_has_a_start_and_an_end():
    found, wrong = read_poses(without("E07,B"))
    assert (found, wrong) == ({}, ("poses.csv, E07: pose B is missing",))


def test_an_empty_file_lacks_its_columns():
    assert read_poses("") == ({}, ("poses.csv line 1: the columns must be exercise, pose, point, x, y",))


def test_what_draws_from_a_broken_file_says_so(monkeypatch):
    monkeypatch.setattr(module, "read_poses", lambda _: ({}, ("poses.csv: broken",)))
    with pytest.raises(KnowledgeError, match="broken"):
        poses.__wrapped__()
