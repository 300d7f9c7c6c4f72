"""Mistakes in the knowledge files, each with the whole of what the person who made it is told (mistakes.csv).

A row replaces the first ``instead_of`` in ``file`` with ``written``; ``site`` is a site's file, ``codes.csv`` lines
after those of the table. A message that ends in ``…`` goes on in the words of Python; several stand one a line.
"""

import csv
from pathlib import Path

import pytest

from smartapp.errors import KnowledgeError
from smartapp.knowledge import parse, texts

TEXTS = texts()
with Path(__file__).with_name("mistakes.csv").open(encoding="utf-8", newline="") as table:
    ROWS = [tuple(row.values()) for row in csv.DictReader(table)]


def told(file: str, instead_of: str, written: str) -> str:
    site, files = None, dict(TEXTS)
    if file == "site":
        site = written
    elif file == "codes.csv":
        files[file] = TEXTS[file].split("\n")[0] + f"\n{written}\n"
    else:
        assert instead_of in TEXTS[file]
        files[file] = TEXTS[file].replace(instead_of, written, 1)
    with pytest.raises(KnowledgeError) as caught:
        parse(files, site, try_phrases=file == "phrases.toml")  # the delivered phrases are true, and slow to try
    return str(caught.value)


@pytest.mark.parametrize(("file", "instead_of", "written", "expected"), ROWS)
def test_a_mistake_is_told(file, instead_of, written, expected):
    if expected.endswith("…"):
        assert told(file, instead_of, written).startswith(expected.removesuffix("…"))
    else:
        assert told(file, instead_of, written) == expected


def test_every_mistake_of_every_file_is_told_at_once():
    changes = {
        "exercises.toml": ('kit = "firm chair with a back"\nphase = "initial"', 'kitt = "chair"\nphase = "first"'),
        "never.toml": ('breaks = ["R1", "R3"]', 'breaks = ["R33"]'),
        "phases.toml": ("value = 3", 'value = "3"'),
        "codes.csv": ("icd10cm,A18.01,prefix,condition", "icd10cm,a1801,like,illness"),
        "alerts.toml": ('severity = "stop"\nurgency = "emergency"\n', 'severity = "stop"\n'),
    }
    files = dict(TEXTS)
    for name, (old, new) in changes.items():
        assert old in files[name], old
        files[name] = files[name].replace(old, new, 1)
    with pytest.raises(KnowledgeError) as caught:
        parse(files, '["pain.severe-from"]\nvalue = 2\nreason = "x"')
    assert str(caught.value).split("\n") == [
        "phases.toml, phase.intermediate-from: “value” must be a number, not “3”",
        "exercises.toml, E01: unknown key “kitt”; did you mean “kit”?",
        "exercises.toml, E01: “kit” is missing",
        "exercises.toml, E01: “phase” is “first”; it must be one of initial, intermediate, advanced",
        "codes.csv line 2 (a1801): “match” is “like”; it must be one of exact, prefix",
        "codes.csv line 2 (a1801): “kind” is “illness”; it must be one of condition, procedure, observation, answer, medication, body-site, order, document, output",  # noqa: E501
        "site file: “pain.permits-to” must be lower than “pain.severe-from”",
        "alerts.toml, cauda-equina: “urgency” is missing",
        "never.toml, X01: there is no restriction “R33”",
    ]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_what_refers_to_a_file_that_cannot_be_read_is_not_called_wrong_as_well(name):
    absent = {file: text for file, text in TEXTS.items() if file != name}
    with pytest.raises(KnowledgeError) as caught:
        parse(absent)
    assert str(caught.value) == f"{name} is missing from the knowledge folder"


def test_rows_that_are_no_rows_are_told():
    with pytest.raises(KnowledgeError, match=r"goals\.toml: “goal” must be a list of tables: \[\[goal\]\]"):
        parse(TEXTS | {"goals.toml": "goal = 3"})
