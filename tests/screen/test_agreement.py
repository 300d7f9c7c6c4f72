"""Nothing is decided twice, and nothing is lost: every row of a screening is what ``derive`` says of that chart."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from smartapp.errors import InputError
from smartapp.screen import screen
from tests.bench.population import KNOWN, story
from tests.screen.charts import (
    AS_OF,
    CHARTS,
    CODES_OF_DIAGNOSES,
    KNOWLEDGE,
    answer,
    answer_of_file,
    coding,
    numbered,
    of_row,
    row_as_derived,
    write_lines,
)

CHARTS_TRIED = int(os.environ.get("LOADPATH_SCREENED", "300"))  # in populations of up to 50; 5000 is the long run


def rows_of(*paths: Path) -> dict[str, dict]:
    return {row["patient"]: dict(row) for row in screen(paths, AS_OF, KNOWLEDGE, processes=1)}


def assert_agree(folder: Path, charts) -> None:
    write_lines(folder / "export.ndjson", (record for chart in charts for record in chart))
    rows = rows_of(folder)
    for chart in charts:
        said = answer([{"resourceType": "Bundle", "entry": [{"resource": record} for record in chart]}])
        row = rows.pop(said["patient"])
        assert of_row(row) == row_as_derived(said), json.dumps(chart)
        assert row["readWhole"] or said["disposition"] == "not-applicable", json.dumps(chart)
        assert row["unreadable"] == (len(said["unreadable"]) if row["readWhole"] else None)
    assert not rows


@given(CHARTS)
@settings(max_examples=max(1, CHARTS_TRIED // 25), deadline=None, database=None, suppress_health_check=[*HealthCheck])
def test_random_charts(tmp_path_factory, charts):
    assert_agree(tmp_path_factory.mktemp("random"), numbered(charts))


def test_the_stories_of_the_sandbox_are_what_they_were_written_as(tmp_path):
    write_lines(tmp_path / "all.ndjson", (record for name in KNOWN for record in story(name)))
    rows = rows_of(tmp_path)
    for name, known in KNOWN.items():
        row = rows[f"Patient/{story(name)[0]['id']}"]
        assert (row["disposition"], row["calendarPhase"], row["effectivePhase"]) == known, name


def test_every_code_and_every_sentence_of_the_knowledge(tmp_path):
    """A chart for each code of a diagnosis and for each sentence a phrase is tried on, as problem and as report."""
    charts = []
    for row in CODES_OF_DIAGNOSES:
        charts.append(
            [{"resourceType": "Patient"}, {"resourceType": "Condition", "code": coding(row.system, row.code)}]
        )
    for said in sorted({said for row in KNOWLEDGE.phrases.rows for said in row.yes}):
        charts.append([{"resourceType": "Patient"}, {"resourceType": "Condition", "code": {"text": said}}])
        report = {"resourceType": "DiagnosticReport", "status": "final", "code": {"text": "MRI spine"}}
        charts.append([{"resourceType": "Patient"}, {**report, "conclusion": said, "effectiveDateTime": "2026-02-01"}])
    assert_agree(tmp_path, numbered(charts))


def test_third_party_records(shared):
    """Each file that is one patient's chart, and each folder that is an export of several."""
    found = 0
    for file in sorted((shared / "data").rglob("*.json")):
        try:
            said = answer_of_file(file)
        except InputError:
            continue
        (row,) = rows_of(file).values()
        assert of_row(row) == row_as_derived(said), file
        found += 1
    assert found >= 8


def test_third_party_exports(shared):
    export = shared / "data" / "clinosim_us_vcf"
    rows = rows_of(export)
    for patient in rows:
        assert of_row(rows[patient]) == row_as_derived(answer_of_file(export, patient)), patient
    assert len(rows) == 20


def test_examples_of_the_standard_as_one_export(shared):
    """What names nobody is nobody's there, and what names a patient without a record of their own is still read."""
    folder = shared / "data" / "hl7_r4_examples"
    values = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    for patient, row in rows_of(folder).items():
        own = [value for value in values if patient in (about(value), f"{value['resourceType']}/{value.get('id')}")]
        drugs = [value for value in values if value["resourceType"] == "Medication"]
        assert of_row(row) == row_as_derived(answer([*own, *drugs], patient)), patient


def about(value) -> str:
    return (value.get("subject") or value.get("patient") or {}).get("reference", "")


@pytest.mark.parametrize("file", sorted((Path(__file__).parents[1] / "senders" / "charts").glob("*.json")), ids=str)
def test_charts_of_senders(file):
    (row,) = rows_of(file).values()
    assert of_row(row) == row_as_derived(answer_of_file(file))
