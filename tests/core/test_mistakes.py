"""Mistakes in the knowledge files, each with the whole of what the person who made it is told (mistakes.csv).

A row replaces the first ``instead_of`` in ``file`` with ``written``; ``site`` is a site's file, ``codes.csv`` a whole
table of which only the lines after the columns are given. A message that ends in ``…`` goes on in the words of Python.
"""

import csv
from pathlib import Path

import pytest

from smartapp.core.codes import COLUMNS, parse_codes
from smartapp.core.knowledge_files import parse
from smartapp.core.library.parse import FILES, parse_library
from smartapp.errors import KnowledgeError
from smartapp.knowledge import texts

TEXTS = texts()
with Path(__file__).with_name("mistakes.csv").open(encoding="utf-8", newline="") as table:
    ROWS = [tuple(row.values()) for row in csv.DictReader(table)]


def told(file: str, instead_of: str, written: str) -> str:
    if file == "codes.csv":
        return raised(lambda: parse_codes(f"{','.join(COLUMNS)}\n{written}\n"))
    if file == "site":
        return raised(lambda: parse(TEXTS, written))
    assert instead_of in TEXTS[file]
    files = TEXTS | {file: TEXTS[file].replace(instead_of, written, 1)}
    return raised(lambda: parse_library(files) if file in FILES else parse(files))


def raised(reading) -> str:
    with pytest.raises(KnowledgeError) as caught:
        reading()
    return str(caught.value)


@pytest.mark.parametrize(("file", "instead_of", "written", "expected"), ROWS)
def test_a_mistake_is_told(file, instead_of, written, expected):
    if expected.endswith("…"):
        assert told(file, instead_of, written).startswith(expected.removesuffix("…"))
    else:
        assert told(file, instead_of, written) == expected
