"""FHIR written by others, as prefetch: every patient of it gets an answer, and the card sees what the launch would."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from smartapp.fhir.read.gather import flatten
from tests.hooks import body, hook_app, prefetch_of

FOLDERS = ("synthea_r4", "clinosim_us_vcf", "us_core", "hl7_r4_examples")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return hook_app(tmp_path_factory.mktemp("others")).client


def charts(folder: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Id and records of each patient of a folder; a folder of single resources is one chart of each of its patients."""
    loose: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.*json")):
        text = path.read_text(encoding="utf-8")
        values = list(map(json.loads, text.splitlines())) if path.suffix == ".ndjson" else [json.loads(text)]
        found = [each for _, each in flatten(values) if isinstance(each, dict)]
        people = [each["id"] for each in found if each.get("resourceType") == "Patient" and each.get("id")]
        if people and len(found) > 1:
            yield from ((id_, found) for id_ in people)
        else:
            loose += found
    for id_ in dict.fromkeys(filter(None, map(_whose, loose))):
        known = any(each.get("resourceType") == "Patient" and each.get("id") == id_ for each in loose)
        yield id_, loose if known else [*loose, {"resourceType": "Patient", "id": id_}]


def _whose(record: dict[str, Any]) -> str:
    """The id of the patient a record is, or names."""
    if record.get("resourceType") == "Patient":
        return str(record.get("id", ""))
    named = record.get("subject") or record.get("patient")
    reference = str(named.get("reference", "")) if isinstance(named, dict) else ""
    return reference.rpartition("/")[2] if "Patient/" in reference else ""


def answered(client: Any, id_: str, records: list[dict[str, Any]]) -> int:
    answer = client.post(
        "/cds-services/loadpath-patient-view", json=body("patient-view", id_, prefetch_of(records, id_))
    )
    assert answer.status_code in (200, 400), (id_, answer.get_data(as_text=True)[:500])
    if answer.status_code == 400:
        assert "another patient" in answer.get_json()["issue"][0]["details"]["text"], id_
    return int(answer.status_code)


@pytest.mark.shared
def test_charts_of_others_get_an_answer(client: Any, shared: Path) -> None:
    seen = [answered(client, *chart) for folder in FOLDERS for chart in list(charts(shared / "data" / folder))[:3]]
    assert seen and seen.count(200) == len(seen)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_chart_of_others_gets_an_answer(client: Any, shared: Path, folder: str) -> None:
    seen = [answered(client, *chart) for chart in charts(shared / "data" / folder)]
    assert seen and 200 in seen
