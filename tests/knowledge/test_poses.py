"""poses.csv: what drawings and exercises have in common; mistakes within the file stand in mistakes.csv."""

import pytest

from smartapp.errors import KnowledgeError
from smartapp.knowledge import poses as module
from smartapp.knowledge import texts
from smartapp.knowledge.drawing_checks import untrue_drawings
from smartapp.knowledge.poses import poses, read_poses
from smartapp.knowledge.rows import read_rows

TEXTS = texts()
TEXT = TEXTS["poses.csv"]


def without(start):
    return "".join(line for line in TEXT.splitlines(keepends=True) if not line.startswith(start))


def wrong(**changed):
    return list(
        untrue_drawings(read_rows({**TEXTS, **{name.replace("_", "."): text for name, text in changed.items()}}))
    )


def test_the_delivered_drawings_are_whole():
    assert not wrong()
    assert {id_ for id_, _ in poses()} >= {f"E{number:02d}" for number in range(1, 53)}


def test_an_exercise_that_can_be_chosen_and_a_movement_need_a_drawing():
    assert wrong(poses_csv=without("E07,")) == ["poses.csv: “E07” has no drawing"]
    assert wrong(poses_csv=without("T01,")) == ["poses.csv: “T01” has no drawing"]
    assert not wrong(poses_csv=without("E40,"))


def test_a_drawing_of_nothing_known_is_told():
    assert wrong(poses_csv=TEXT + renamed("T01", "T09")) == ["poses.csv: there is no exercise “T09”"]


def renamed(old, new):
    return "".join(new + line[3:] for line in TEXT.splitlines(keepends=True) if line.startswith(old))


def test_what_is_crossed_out_is_drawn():
    assert wrong(poses_csv=without("X04,")) == [
        "drawings.toml, drawing-R2: there is no drawing “X04”",
        "drawings.toml, drawing-X04: there is no drawing “X04”",
    ]


def test_what_a_limit_leaves_out_is_in_the_drawing():
    table = TEXTS["drawings.toml"].replace('without = ["arrow.1"]', 'without = ["arrow.9"]')
    assert wrong(drawings_toml=table) == ["drawings.toml, drawing-head-press: “arrow.9” is in no such drawing"]


def test_files_that_cannot_be_read_are_told_elsewhere():
    for name in ("poses.csv", "drawings.toml", "exercises.toml", "never.toml"):
        assert not list(untrue_drawings(read_rows({file: text for file, text in TEXTS.items() if file != name})))


MISTAKES = [
    ("exercise,pose,", "exercise,place,", "line 1: the columns must be exercise, pose, point, x, y"),
    ("E01,A,hip,38.0,70.0", "E01,A,hip,38.0", "line 2 (E01 A hip): 4 cells for 5 columns|, E01 A: “hip” is missing"),
    ("A,hip,38", "C,hip,38", "line 2 (E01 C hip): the pose is “C”; it must be one of A, B|, E01 A: “hip” is missing"),
    ("A,nose,49.3,37.2", "A,noze,49.3,37.2", "line 6 (E01 A noze): “noze” is not the name of a point"),
    ("A,nose,49.3,37.2", "A,nose,49.3,137.2", "line 6 (E01 A nose): “137.2” is not a number from 0 to 100"),
    ("A,nose,49.3,37.2", "A,nose,49.3,high", "line 6 (E01 A nose): “high” is not a number from 0 to 100"),
    ("A,nose,49.3,37.2", "A,neck,49.3,37.2", "line 6 (E01 A neck): “neck” is there twice"),
    ("E01,A,hip,38.0,70.0\n", "", ", E01 A: “hip” is missing"),
    ("A,nose,49.3,37.2", "A,wrist2,49.3,37.2", ", E01 A: “elbow2” is missing"),
    ("E22,A,shoulder2,60.0,28.0\n", "", ", E22 A: “shoulder2” is missing"),
    ("B,arrow.1.1,50.0", "B,arrow.1.3,50.0", ", E01 B: “arrow.1.1” is missing"),
    (
        "B,arrow.1.1,50.0",
        "B,arrow.1.4,50.0",
        ", E01 B: “arrow.1” has 4 points|, E01 B: “arrow.1.1” is missing|, E01 B: “arrow.1.3” is missing",
    ),
    ("E01,A,prop.seat.2,54.0,74.0\n", "", ", E01 A: “prop.seat” has one point"),
]


@pytest.mark.parametrize(("instead_of", "written", "expected"), MISTAKES)
def test_a_mistake_is_told_by_its_place(instead_of, written, expected):
    assert instead_of in TEXT
    found, told = read_poses(TEXT.replace(instead_of, written, 1))
    assert not found
    assert [line.removeprefix("poses.csv").lstrip(" ") for line in told] == expected.split("|")


def test_a_drawing_has_a_start_and_an_end():
    found, wrong = read_poses(without("E07,B"))
    assert (found, wrong) == ({}, ("poses.csv, E07: pose B is missing",))


def test_an_empty_file_lacks_its_columns():
    assert read_poses("") == ({}, ("poses.csv line 1: the columns must be exercise, pose, point, x, y",))


def test_what_draws_from_a_broken_file_says_so(monkeypatch):
    monkeypatch.setattr(module, "read_poses", lambda _: ({}, ("poses.csv: broken",)))
    with pytest.raises(KnowledgeError, match="broken"):
        poses.__wrapped__()
