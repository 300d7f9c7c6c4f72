"""In front of a FHIR server we did not write: sekmet-fhir, started on a port of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from flask import Flask

from tests.sandboxes import sandbox_ehr
from tests.servers.sekmet import sekmet

from .client import Session, SmartClient, care_plan

OURS = "http://localhost:8081/fhir"


@pytest.fixture(scope="module")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server, holding two of our patients."""
    records = sandbox_ehr().extensions["sandbox"]
    with sekmet(tmp_path_factory.mktemp("sekmet")) as base:
        for type_ in ("Organization", "Practitioner", "Patient", "Encounter", "Condition", "Observation"):
            for stored in records.store.every(type_):
                if stored.owner in {None, "bergstrom", "haddad"}:
                    body = {name: value for name, value in stored.resource.items() if name != "meta"}
                    headers = {"Content-Type": "application/fhir+json"}
                    assert requests.put(f"{base}/{stored.reference}", json=body, headers=headers, timeout=20).ok
        yield base


@pytest.fixture
def front(upstream: str) -> Flask:
    return sandbox_ehr(proxy_fhir=upstream)


@pytest.fixture
def session(front: Flask) -> Session:
    return SmartClient(front).launched()


def test_the_record_is_read_page_by_page_under_our_address(session: Session, upstream: str) -> None:
    path, seen = "/Observation?_count=2", []
    while path:
        page = session.get(path)
        assert page.status_code == 200, page.text
        assert upstream not in page.text
        bundle = page.json or {}
        seen += [entry["resource"]["id"] for entry in bundle["entry"]]
        links = {link["relation"]: link["url"] for link in bundle["link"]}
        path = links.get("next", "").removeprefix(OURS)
    assert sorted(seen) == sorted(set(seen))
    assert {"bergstrom-dxa-1", "bergstrom-lab-1", "bergstrom-pain-1"} <= set(seen)


def test_another_patient_is_out_of_reach(session: Session) -> None:
    assert session.get("/Patient/haddad").status_code == 403
    assert session.get("/Condition/haddad-problem-1").status_code == 403
    assert session.get("/Condition?patient=haddad").status_code == 403
    assert "entry" not in (session.get("/Condition?_id=haddad-problem-1").json or {})


def test_what_is_written_lands_there_once(session: Session, upstream: str) -> None:
    plan = care_plan(identifier=[{"system": "https://example.org/plan", "value": "once"}])
    bundle = {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {
                "fullUrl": "urn:uuid:00000000-0000-4000-8000-00000000000a",
                "resource": plan,
                "request": {
                    "method": "POST",
                    "url": "CarePlan",
                    "ifNoneExist": "identifier=https://example.org/plan|once",
                },
            }
        ],
    }
    first, second = session.post("", bundle), session.post("", bundle)
    assert (first.status_code, second.status_code) == (200, 200), first.text + second.text
    assert (first.json or {})["entry"][0]["response"]["status"].startswith("201")
    assert (second.json or {})["entry"][0]["response"]["status"].startswith("200")
    found = requests.get(f"{upstream}/CarePlan?patient=bergstrom", timeout=20).json()
    assert found["total"] == 1
    path = f"/CarePlan/{found['entry'][0]['resource']['id']}"
    stored = session.get(path).json or {}
    assert session.put(path, {**stored, "title": "two"}, If_Match='W/"99"').status_code == 412
    current = f'W/"{stored["meta"]["versionId"]}"'
    assert session.put(path, {**stored, "title": "two"}, If_Match=current).status_code == 200


def test_the_chart_is_theirs(front: Flask) -> None:
    assert "Wedge compression fracture of L1" in front.test_client().get("/chart/bergstrom").text
    statement = front.test_client().get("/fhir/metadata").json or {}
    assert statement["implementation"]["url"] == OURS
