"""Every row of the knowledge is triggered by a case and just missed by another; the tables the reviewers see say so."""

import csv
import json
from functools import cache

import pytest

from smartapp.archive import chart_of
from smartapp.core.thresholds import ThresholdName
from smartapp.reviewers.entries import knowledge_entries
from smartapp.reviewers.entry import NEVER_PLANNED, RATIONALE
from tests.cases import by_id
from tests.core import edges
from tests.core.charts import chart
from tests.core.proof import (
    FOLDER,
    KNOWLEDGE,
    case_charts,
    case_table,
    cases,
    proof_lines,
    proof_table,
    proofs,
    rows_of_interest,
)

# “Just missed”: at most two facts differ (a changed fact is one sentence less and one more).
NEAR = 4
# Rows of which the case nearest to them differs more, with the reason.
FAR: dict[str, str] = {}
WRITTEN = {line["row"]: line for line in csv.DictReader((FOLDER / "proof.csv").open(encoding="utf-8"))}


@cache
def by_row():
    """Not while tests are collected: every case is planned for it."""
    return {proof.row: proof for proof in proofs()}


@pytest.mark.parametrize("row", [row for row in rows_of_interest() if row not in {**RATIONALE, **NEVER_PLANNED}])
def test_every_row_is_triggered_by_a_case_and_just_missed_by_another(row):
    proof = by_row()[row]
    assert proof.triggered, "no case triggers it"
    assert proof.missed, "every case triggers it"
    assert proof.apart <= NEAR or row in FAR, f"{proof.triggered[0].id} and {proof.missed.id} differ too much"


@pytest.mark.parametrize("row", [*RATIONALE, *NEVER_PLANNED])
def test_what_no_case_may_trigger_is_triggered_by_none(row):
    assert not by_row()[row].triggered


@pytest.mark.parametrize("limit", ThresholdName)
def test_every_number_has_a_case_on_either_side(limit):
    """Moved by one step up or down, each changes the answer of a case: that case sits on the number."""
    for moved in edges.MOVES:
        named = WRITTEN[edges.edge_row(limit, moved)]["triggered_by"].split()
        assert named, f"no case turns on {limit} {moved} by {edges.step(limit)}"
        assert [case for case in named if not edges.turns(case, limit, moved)] == []


def test_every_entry_but_the_dose_the_sessions_the_evidence_and_how_a_record_is_read_names_its_proof():
    """The dose has its guard in test_guards.py, a session its minutes in test_library.py, a phrase its sentences, a
    code system its addresses, a constraint its charts in test_constraints.py, a measure, a course, a pain and a
    written row their tests of these names, a text for patients its readers in test_patient_texts.py, a drawing and
    a paper theirs in tests/document; the evidence is words.
    """
    named = {row for entry in knowledge_entries(KNOWLEDGE) for row in entry.proofs}
    assert named == {*rows_of_interest(), *edges.rows()}
    without = {entry.section for entry in knowledge_entries(KNOWLEDGE) if not entry.proofs}
    of_tests = {"measure", "course", "change", "pain", "written", "patient-text", "drawing", "paper"}
    assert without == {"programme", "session", "evidence", "phrase", "system", "constraint", *of_tests}


def test_what_a_case_says_is_changed_is_changed():
    for case in cases():
        assert set(by_id(case.id).expect.exercises.changed) <= case.rows, case.id


def test_ids_and_titles_of_cases_are_unique():
    assert len({case.id for case in cases()}) == len({case.title for case in cases()}) == len(cases())


def test_the_tables_beside_the_document_are_current():
    told = "write them again: python -m tests.core.proof"
    assert [tuple(map(str, line)) for line in proof_lines()] == [
        tuple(line.values()) for line in WRITTEN.values() if line["row"] not in set(edges.rows())
    ], told
    assert (FOLDER / "cases.csv").read_text(encoding="utf-8") == case_table(), told
    assert (FOLDER / "charts.ndjson").read_text(encoding="utf-8") == case_charts(), told


def test_the_charts_beside_the_document_are_those_of_the_cases():
    for line in map(json.loads, (FOLDER / "charts.ndjson").read_text(encoding="utf-8").splitlines()):
        case = by_id(line["id"])
        read = chart_of(line["chart"])
        assert read == chart(case.facts, case.as_of), line["id"]


@pytest.mark.slow
def test_the_numbers_in_the_tables_are_current():
    """Every number moved in every case that asks for it: two minutes."""
    told = "write them again: python -m tests.core.proof"
    assert (FOLDER / "proof.csv").read_text(encoding="utf-8") == proof_table(), told
