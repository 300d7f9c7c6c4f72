"""The figures of the house are counted right."""

from tests.quality.figures import circles, figures
from tests.quality.rooms import source

ONE = """from typing import Any
from smartapp.web.two import late

def early(value: Any) -> dict[str, Any]:
    return {}
"""
TWO = "def f():\n    from smartapp.web.one import early\n\nclass late: ...\n" + "x = 1\n" * 250
THREE = "def early():\n" + "    x = 1\n" * 30


def test_each_figure_counts_its_places():
    planted = [source("smartapp.web.one", ONE), source("smartapp.web.two", TWO), source("smartapp.core.three", THREE)]
    counted = {figure.name: figure.count for figure in figures(planted)}
    assert counted == {
        "modules": 3,
        "lines": 5 + 254 + 31,
        "modules over 250 lines": 1,
        "functions over 30 lines": 1,
        "import circles between modules": 1,
        "import circles between rooms": 0,
        "public names defined in more than one module": 1,
        "Any in signatures of web and store": 2,
    }


def test_a_circle_is_a_group_of_which_each_reaches_each_other():
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": {"f"}, "f": {"e"}}
    assert circles(graph) == [("a", "b", "c"), ("e", "f")]
