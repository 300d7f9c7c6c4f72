"""Bulk Data $export of a server we did not write: HAPI's, of all patients, of a group, and of the whole system.

HAPI asks nobody for a token; that ours is right is the sandbox's to prove (tests/journey/test_export.py).
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from smartapp.ehr.capabilities import parse_capabilities
from smartapp.ehr.export import Auditor, Door, ExportRequest, ExportResult, fetch_export
from smartapp.ehr.http_client import HttpClient
from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.scopes import READ, REFERRED
from smartapp.ehr.launch.tokens import JustGranted
from smartapp.fhir.audit_event import AuditContext
from smartapp.fhir.read.searches import searches, type_filters
from smartapp.knowledge import load
from tests.ehr.launching import SETTINGS
from tests.journey.records import stories
from tests.servers.seed import HEADERS, KINDS, seed
from tests.servers.started import hapi

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hapi")]
TYPES = (*READ, *REFERRED)
MEMBER = "bergstrom"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with hapi(tmp_path_factory.mktemp("hapi")) as base:
        seed(base, stories())
        member = {"entity": {"reference": f"Patient/{MEMBER}"}}
        group = {"resourceType": "Group", "id": "clinic", "type": "person", "actual": True, "member": [member]}
        assert requests.put(f"{base}/Group/clinic", json=group, headers=HEADERS, timeout=60).ok
        yield base


def export(base: str, folder: Path, level: str, **asked: Any) -> tuple[ExportResult, list[str]]:
    """HAPI asks to be left alone for two minutes at a time; here it is asked again at once."""
    said: list[str] = []
    settings = replace(SETTINGS, dev_loopback=True, read_seconds=120.0, export_seconds=600.0)
    client = HttpClient(settings)
    door = Door(Issuer("hapi", base, "loadpath"), client, JustGranted("any"), settings, sleep=_a_second)
    audit = Auditor(lambda: AuditContext(app="http://127.0.0.1:8080", at=0.0), lambda events: None, "test")
    return fetch_export(door, ExportRequest(level, TYPES, **asked), folder, audit, said.append), said


def _a_second(_: float) -> None:
    import time

    time.sleep(1.0)


def held(*kinds: str) -> set[str]:
    return {f"{each['resourceType']}/{each['id']}" for each in stories() if each["resourceType"] in kinds}


def brought(result: ExportResult) -> dict[str, dict[str, Any]]:
    found = [json.loads(line) for path in result.files for line in path.read_text("utf-8").splitlines()]
    return {f"{each['resourceType']}/{each['id']}": each for each in found}


OF_PATIENTS = tuple(kind for kind in KINDS if kind in READ)


def test_every_patient(base: str, tmp_path: Path) -> None:
    result, said = export(base, tmp_path / "all", "Patient")
    assert set(brought(result)) == held(*OF_PATIENTS) and not result.missing and result.set_aside == 0
    assert any("does not export Medication here" in words for words in result.remarks)
    assert any("Build in progress" in words for words in said), "how far it is, in the server's words"


def test_a_group(base: str, tmp_path: Path) -> None:
    found = brought(export(base, tmp_path / "group", "Group/clinic")[0])
    assert [reference for reference in found if reference.startswith("Patient/")] == [f"Patient/{MEMBER}"]
    assert {each["subject"]["reference"] for each in found.values() if "subject" in each} == {f"Patient/{MEMBER}"}
    assert any(reference.startswith("Condition/") for reference in found)


def test_the_whole_system(base: str, tmp_path: Path) -> None:
    result, _ = export(base, tmp_path / "system", "")
    assert set(brought(result)) == held(*OF_PATIENTS) and not result.remarks


def test_what_has_changed_since_and_with_filters(base: str, tmp_path: Path) -> None:
    """HAPI 8.4.0 has _since for the whole system only: of patients it gives everything."""
    nothing, _ = export(base, tmp_path / "since", "", since="2100-01-01T00:00:00+00:00")
    assert brought(nothing) == {}
    filtered, _ = export(base, tmp_path / "filtered", "Patient", filters=type_filters(searches(load().codes)))
    found = set(brought(filtered))
    assert held("Patient", "Condition", "Procedure") <= found <= held(*OF_PATIENTS)


def test_it_is_declared(base: str) -> None:
    statement = requests.get(f"{base}/metadata", headers=HEADERS, timeout=60).json()
    assert parse_capabilities(statement).exports >= {"system", "Patient", "Group"}
