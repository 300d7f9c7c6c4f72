"""Starting from files: what is read, how dates are counted from today, and the one line a bad file gets."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from launch.sandbox import SandboxConfig, UnreadableData, read_clients
from launch.sandbox.__main__ import main
from launch.sandbox.fhir_dates import resolve_offsets
from launch.sandbox.load import OWN_PATIENTS
from launch.sandbox.patients.compose import STORIES, compose
from launch.sandbox.structure import check_structure
from tests.sandboxes import sandbox_ehr

PATIENT = {"resourceType": "Patient", "id": "p1"}
CONDITION = {"resourceType": "Condition", "id": "c1", "subject": {"reference": "urn:uuid:p-in-bundle"}}


def _box(*data: Any, **settings: Any) -> Any:
    return sandbox_ehr(patients=False, data=data, **settings).extensions["sandbox"]


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        ("@0d", "2026-03-31"),
        ("@-45d", "2026-02-14"),
        ("@-1m", "2026-02-28"),
        ("@-13m", "2025-02-28"),
        ("@-62y-40d", "1964-02-20"),
        ("@-1m:month", "2026-02"),
        ("@-2y:year", "2024"),
        ("@-3dT09:30", "2026-03-28T09:30:00-05:00"),
        ("@-80d+12m", "2027-01-10"),
        ("someone@-3d", "someone@-3d"),
        ("@home", "@home"),
    ],
)
def test_offsets_become_dates(offset: str, expected: str) -> None:
    assert resolve_offsets({"a": [offset]}, date(2026, 3, 31)) == {"a": [expected]}


def test_a_bundle_keeps_ids_and_resolves_its_own_references() -> None:
    bundle = {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [{"fullUrl": "urn:uuid:p-in-bundle", "resource": PATIENT}, {"resource": CONDITION}],
    }
    assert _box(bundle).search("Condition", patient="p1")[0]["id"] == "c1"


def test_ndjson_and_folders(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "Patient.ndjson").write_text(json.dumps(PATIENT) + "\n\n" + json.dumps({**PATIENT, "id": "p2"}) + "\n")
    (folder / "Condition.json").write_text(json.dumps({**CONDITION, "subject": {"reference": "Patient/p2"}}))
    box = _box(folder)
    assert {p["id"] for p in box.all("Patient")} == {"p1", "p2"}
    assert box.search("Condition", patient="p2")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", "{not json", ["a.json", "line 1", "not JSON"]),
        ("a.json", "[1]", ["a.json", "resourceType"]),
        ("a.json", '{"resourceType": "Nonsense", "id": "x"}', ["a.json", "Nonsense"]),
        ("a.json", '{"resourceType": "Patient"}', ["a.json", "no id"]),
        ("a.json", '{"resourceType": "Bundle", "entry": [{}]}', ["a.json", "entry 1", "no resource"]),
        ("a.json", '{"resourceType": "Bundle", "entry": 3}', ["a.json", "must be a list"]),
        ("a.ndjson", '{"resourceType": "Patient", "id": "x"}\n{oops', ["a.ndjson", "line 2", "not JSON"]),
        ("a.json", b"\xff\xfe\x00", ["a.json", "UTF-8"]),
    ],
)
def test_a_bad_file_is_named_in_one_line(tmp_path: Path, name: str, content: str | bytes, words: list[str]) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UnreadableData) as error:
        _box(path)
    text = str(error.value)
    assert "\n" not in text
    assert all(word in text for word in words), text


def test_the_command_says_so_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "missing.json")]) == 2
    written = capsys.readouterr().err
    assert "missing.json" in written
    assert "No such file" in written
    assert len(written.splitlines()) == 1
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["--data", str(empty)]) == 2
    assert "no .json or .ndjson" in capsys.readouterr().err


def test_a_taken_port_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--port", str(port), "--no-patients"]) == 2
    written = capsys.readouterr().err
    assert f"Port {port} is already in use" in written
    assert len(written.splitlines()) == 1


def test_a_database_file_keeps_what_was_written(tmp_path: Path) -> None:
    database = str(tmp_path / "charts.sqlite")
    first = _box(PATIENT, database=database)
    first.store.put({"resourceType": "CarePlan", "id": "x", "subject": {"reference": "Patient/p1"}})
    first.store.put({**PATIENT, "gender": "male"})
    first.store.close()
    second = _box(PATIENT, database=database)
    assert second.resource("CarePlan", "x")
    assert second.resource("Patient", "p1")["gender"] == "male"
    assert second.resource("Patient", "p1")["meta"]["versionId"] == "2"


def test_registered_apps_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "clients.toml"
    path.write_text(
        '[my-app]\nredirect_uris = ["https://app.example/cb"]\nauth = "client_secret_basic"\nsecret = "s"\n'
    )
    [client] = read_clients(path)
    assert client.client_id == "my-app"
    assert client.check_redirect_uri("https://app.example/cb")
    path.write_text('[my-app]\nredirect_uris = ["https://app.example/cb"]\ncolour = "blue"\n')
    with pytest.raises(ValueError, match="colour"):
        read_clients(path)


@pytest.mark.parametrize(
    "settings", [{"consent": "sometimes"}, {"public_url": "localhost:8081"}, {"proxy_fhir": "ftp://x"}]
)
def test_a_setting_that_means_nothing_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(settings))):
        SandboxConfig(**settings)


# -- our own patients -------------------------------------------------------------------------------------------------


def test_the_patient_files_are_what_the_stories_compose() -> None:
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in OWN_PATIENTS.glob("[0-9]*.json")}
    assert on_disk == compose()
    assert len(on_disk) == len(STORIES) >= 12


@pytest.fixture(scope="module")
def own() -> Any:
    return sandbox_ehr().extensions["sandbox"]


def test_our_patients_would_pass_our_own_checks(own: Any) -> None:
    for type_ in own.store.counts():
        for resource in own.all(type_):
            check_structure(resource, type_)


def test_every_code_of_our_patients_is_current(own: Any) -> None:
    icd = pytest.importorskip("simple_icd_10_cm")
    found = {
        (coding["code"], coding["display"])
        for condition in own.all("Condition")
        for coding in condition["code"].get("coding", [])
        if coding["system"] == "http://hl7.org/fhir/sid/icd-10-cm"
    }
    assert len(found) > 10
    for code, display in found:
        assert icd.is_leaf(code), code
        assert icd.get_description(code) == display


def test_each_story_keeps_its_distance_from_today() -> None:
    for today in (date(2026, 3, 1), date(2027, 12, 31)):
        box = sandbox_ehr(today=today).extensions["sandbox"]
        fracture = box.resource("Condition", "bergstrom-problem-1")
        assert (today - date.fromisoformat(fracture["onsetDateTime"])).days == 20


# -- records nobody here wrote ----------------------------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["synthea_r4", "clinosim_us_vcf", "us_core", "hl7_r4_examples"])
def test_third_party_records_load(shared: Path, folder: str) -> None:
    box = _box(shared / "data" / folder)
    counts = box.store.counts()
    assert sum(counts.values()) > 10
    patients = {patient["id"] for patient in box.all("Patient")}
    owned = [c for c in box.store.every("Condition") if c.owner in patients]
    if folder in {"synthea_r4", "clinosim_us_vcf"}:
        assert len(owned) == counts["Condition"]
