"""The table of requirements: every marker names a row, and docs/smart-conformance.md is what the tests say today."""

import pytest

from tests.conformance import DOCUMENT, Row, document, proofs_from_outside, requirements, unknown


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    return proofs_from_outside()


def rows() -> list[Row]:
    return [row for group in requirements() for row in group.rows]


def test_every_row_is_there_once() -> None:
    names = [row.id for row in rows()]
    assert len(names) == len(set(names))
    last = {"L": 10, "A": 14, "C": 9, "T-": 12, "X": 9, "I": 9, "F": 5, "R": 4, "E": 5, "T": 20}
    assert set(names) == {f"SM-{letter}{n}" for letter, most in last.items() for n in range(1, most + 1)}


def test_every_marker_names_a_row(found: dict[str, set[str]]) -> None:
    assert unknown(found) == set()


def test_every_row_is_proved_or_says_why_not(found: dict[str, set[str]]) -> None:
    assert [row.id for row in rows() if not found.get(row.id) and not row.open] == []
    assert [row.id for row in rows() if found.get(row.id) and row.open] == []


def test_the_document_is_current(found: dict[str, set[str]]) -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(found), "run: python -m tests.conformance"
