"""The line as README draws it is the line in the code: each step is where it says, and makes what it says."""

import ast
import re
from functools import cache

import pytest

from tests.quality.documents import text
from tests.quality.rooms import ROOT, modules

STEP = re.compile(r"^\| (\w+) \| ([^|]+) \| `([\w/.]+)`: `(\w+)` \|$", re.MULTILINE)
STEPS = STEP.findall(text("README.md").partition("## How it thinks")[2].partition("\n## ")[0])
TYPES = [made.strip("`") for _, made, _, _ in STEPS if made.startswith("`")]


def function(path: str, name: str) -> ast.FunctionDef:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    (found,) = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == name]
    return found


@cache
def calls() -> dict[str, list[str]]:
    """Names that are called as such -> the modules of smartapp that do."""
    found: dict[str, list[str]] = {}
    for module in modules("smartapp"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found.setdefault(node.func.id, []).append(module.name)
    return found


def constructions(name: str) -> list[str]:
    """Modules of smartapp that call the type, by its name or as the class it is itself in (``cls``)."""
    return calls().get(name, [])


def test_the_whole_line_is_there():
    assert [step for step, *_ in STEPS] == ["fetch", "read", "derive", "plan", "review", "build", "deliver", "tell"]


@pytest.mark.parametrize(("step", "made", "path", "name"), STEPS, ids=[step for step, *_ in STEPS])
def test_each_step_is_where_the_readme_says_and_makes_what_it_says(step, made, path, name):
    returns = ast.unparse(function(path, name).returns)
    assert not made.startswith("`") or made.strip("`") in re.findall(r"\w+", returns), f"{name} returns {returns}"


@pytest.mark.parametrize("made", TYPES)
def test_each_type_of_the_line_is_made_in_production(made):
    assert constructions(made), f"nothing in smartapp makes a {made}"


def test_the_picture_names_the_same_types_in_the_same_order():
    picture = text("README.md").partition("## How it thinks")[2].partition("```text")[2].partition("```")[0]
    drawn = re.findall(r"\b(?:" + "|".join(TYPES) + r")\b", picture.splitlines()[2])
    assert drawn == TYPES


def test_each_type_of_the_line_has_its_word_in_the_glossary():
    words = text("README.md").partition("## Glossary")[2].lower()
    missing = [made for made in TYPES if re.sub(r"(?<=[a-z])(?=[A-Z])", " ", made).lower() not in words]
    assert not missing
