"""docs/how-to-change-the-knowledge.md is followed to the letter: each block is added to its file and read."""

import re
from pathlib import Path

import pytest

from smartapp.core.phrases import PhraseKind
from smartapp.errors import KnowledgeError
from smartapp.knowledge import parse, texts

GUIDE = (Path(__file__).parents[2] / "docs" / "how-to-change-the-knowledge.md").read_text(encoding="utf-8")
# by the heading it stands under: the file, and what is added to it
BLOCKS = {
    heading: (file, text)
    for heading, file, text in re.findall(r"^## ([^\n]+)\n(?:(?!^## ).)*?```\w+\n# (\S+)\n(.*?)```", GUIDE, re.M | re.S)
}
ADDRESS = '"hospital.example/loinc"'


def with_block(heading: str) -> dict[str, str]:
    files, (file, text) = texts(), BLOCKS[heading]
    return files | {file: f"{files[file].rstrip()}\n{text}"}


def test_there_is_a_block_for_each_kind_of_row():
    assert {heading: file for heading, (file, _) in BLOCKS.items()} == {
        "An exercise": "exercises.toml",
        "A limit of the whole patient": "constraints.toml",
        "A code": "codes.csv",
        "A phrase": "phrases.toml",
        "A name of a laboratory or a scanner": "phrases.toml",
        "An address of a code system": "systems.toml",
        "A threshold": "phases.toml",
        "An alert": "alerts.toml",
    }


def test_an_exercise_is_added_by_its_row_and_its_drawing():
    files = with_block("An exercise")
    with pytest.raises(KnowledgeError, match=r"^poses\.csv: “E53” has no drawing$"):
        parse(files)
    drawn = files["poses.csv"]
    drawn += "".join(f"E53{line[3:]}\n" for line in drawn.splitlines() if line.startswith("E42,"))
    with pytest.raises(KnowledgeError, match=r"poses\.csv has changed") as told:
        parse(files | {"poses.csv": drawn})
    old, new = (re.search(r"file_digest = [“\"](\w+)", text)[1] for text in (files["drawings.toml"], str(told.value)))
    files |= {"poses.csv": drawn, "drawings.toml": files["drawings.toml"].replace(old, new)}
    assert parse(files).library.exercises["E53"].title == "Seated marching"


def test_a_limit_is_added_by_its_row():
    added = parse(with_block("A limit of the whole patient")).constraints.rules[-1]
    assert (added.name, added.removes) == ("WP50", ("E26",))


def test_a_code_is_added_by_its_line():
    row = parse(with_block("A code")).codes.find("http://snomed.info/sct", "64859999")
    assert row is not None
    assert row.concepts == ("osteoporosis",)


def test_a_phrase_is_added_by_its_row():
    phrases = parse(with_block("A phrase")).phrases
    assert list(phrases.meanings(PhraseKind.DIAGNOSIS, "Rounded back")) == ["kyphosis"]


def test_a_name_of_a_laboratory_is_read_by_its_row():
    phrases = parse(with_block("A name of a laboratory or a scanner")).phrases
    assert list(phrases.meanings(PhraseKind.MEASUREMENT, "D-STATUS")) == ["25-oh-vitamin-d"]


def test_an_address_is_one_more_in_its_row():
    systems = texts()["systems.toml"]
    assert f"`{ADDRESS}`" in GUIDE
    more = systems.replace('"loinc.org",', f'"loinc.org", {ADDRESS},', 1)
    assert more != systems
    codes = parse(texts() | {"systems.toml": more}).codes
    assert (
        codes.find("https://hospital.example/loinc", "38264-8") == codes.find("http://loinc.org", "38264-8") is not None
    )


def test_a_code_system_is_read_by_its_parent():
    codes = parse(with_block("An address of a code system")).codes
    assert (
        codes.find("urn:oid:1.2.3.4.5", "S32.02") == codes.find("http://hl7.org/fhir/sid/icd-10", "S32.0") is not None
    )


@pytest.mark.parametrize(
    ("heading", "file", "name"),
    [("A threshold", "phases.toml", "pain.example-from"), ("An alert", "alerts.toml", "example")],
)
def test_of_a_threshold_or_an_alert_only_the_rule_is_missing(heading, file, name):
    with pytest.raises(KnowledgeError) as caught:
        parse(with_block(heading))
    assert str(caught.value) == f"{file}: “{name}” is not a name any rule uses"
