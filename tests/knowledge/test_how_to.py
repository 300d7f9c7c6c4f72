"""docs/how-to-change-the-knowledge.md is followed to the letter: each block is added to its file and read."""

import re
from pathlib import Path

import pytest

from smartapp.core.phrases import PhraseKind
from smartapp.errors import KnowledgeError
from smartapp.knowledge import parse, texts

GUIDE = (Path(__file__).parents[2] / "docs" / "how-to-change-the-knowledge.md").read_text(encoding="utf-8")
BLOCKS = {file: text for file, text in re.findall(r"```\w+\n# (\S+)\n(.*?)```", GUIDE, re.DOTALL)}


def with_block(file: str) -> dict[str, str]:
    files = texts()
    return files | {file: f"{files[file].rstrip()}\n{BLOCKS[file]}"}


def test_there_is_a_block_for_each_kind_of_row():
    assert set(BLOCKS) == {"exercises.toml", "codes.csv", "phrases.toml", "phases.toml", "alerts.toml"}


def test_an_exercise_is_added_by_its_row():
    assert parse(with_block("exercises.toml")).library.exercises["E41"].title == "Seated marching"


def test_a_code_is_added_by_its_line():
    row = parse(with_block("codes.csv")).codes.find("http://snomed.info/sct", "64859999")
    assert row is not None
    assert row.concepts == ("osteoporosis",)


def test_a_phrase_is_added_by_its_row():
    phrases = parse(with_block("phrases.toml")).phrases
    assert list(phrases.meanings(PhraseKind.DIAGNOSIS, "Rounded back")) == ["kyphosis"]


@pytest.mark.parametrize(("file", "name"), [("phases.toml", "pain.example-from"), ("alerts.toml", "example")])
def test_of_a_threshold_or_an_alert_only_the_rule_is_missing(file, name):
    with pytest.raises(KnowledgeError) as caught:
        parse(with_block(file))
    assert str(caught.value) == f"{file}: “{name}” is not a name any rule uses"
