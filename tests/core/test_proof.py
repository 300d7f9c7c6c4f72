"""Every row of the knowledge is triggered by a case and just missed by another; the tables the reviewers see say so."""

import pytest

from smartapp.reviewers.entries import NEVER_PLANNED, RATIONALE, entries
from tests.core.proof import FOLDER, KNOWLEDGE, case_table, cases, proof_table, proofs, rows_of_interest
from tests.core.test_cases import FILES, read

# “Just missed”: at most two facts differ (a changed fact is one sentence less and one more).
NEAR = 4
# Rows of which the case nearest to them differs more, with the reason.
FAR: dict[str, str] = {}
BY_ROW = {proof.row: proof for proof in proofs()}


@pytest.mark.parametrize("row", [row for row in rows_of_interest() if row not in {**RATIONALE, **NEVER_PLANNED}])
def test_every_row_is_triggered_by_a_case_and_just_missed_by_another(row):
    proof = BY_ROW[row]
    assert proof.triggered, "no case triggers it"
    assert proof.missed, "every case triggers it"
    assert proof.apart <= NEAR or row in FAR, f"{proof.triggered[0].id} and {proof.missed.id} differ too much"


@pytest.mark.parametrize("row", [*RATIONALE, *NEVER_PLANNED])
def test_what_no_case_may_trigger_is_triggered_by_none(row):
    assert not BY_ROW[row].triggered


def test_every_entry_but_thresholds_and_the_dose_names_its_proof():
    """Thresholds have both sides of each number in test_boundaries.py, the dose its guard in test_guards.py."""
    named = {row for entry in entries(KNOWLEDGE) for row in entry.proofs}
    assert named == set(rows_of_interest())
    without = {entry.section for entry in entries(KNOWLEDGE) if not entry.proofs}
    assert without == {"threshold", "programme"}


def test_what_a_case_says_is_changed_is_changed():
    for case in map(read, FILES):
        rows = next(c.rows for c in cases() if c.id == case["id"])
        assert set(case["expect"].get("changes", ())) <= rows, case["id"]


def test_ids_and_titles_of_cases_are_unique():
    assert len({case.id for case in cases()}) == len({case.title for case in cases()}) == len(cases())


def test_the_tables_beside_the_document_are_current():
    told = "write them again: python -m tests.core.proof"
    assert (FOLDER / "proof.csv").read_text(encoding="utf-8") == proof_table(), told
    assert (FOLDER / "cases.csv").read_text(encoding="utf-8") == case_table(), told
