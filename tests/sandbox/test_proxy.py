"""In front of another server: the same rules, and no trace of the other server's address."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from flask import Flask

from launch.sandbox import SandboxConfig
from tests.sandboxes import sandbox_ehr
from tests.wsgi_transport import Wire

from .client import Session, SmartClient, care_plan, problems
from .test_fhir_write import SYSTEM, _signed_plan

UPSTREAM = "http://upstream.example"
SCOPE = (
    "openid fhirUser launch patient/Patient.rs patient/Condition.rs patient/Observation.rs patient/CarePlan.crus "
    "patient/ServiceRequest.crus patient/Goal.crus patient/Provenance.crs"
)


@pytest.fixture
def upstream() -> Flask:
    """The other server: a sandbox whose tokens reach everything."""
    return sandbox_ehr(public_url=UPSTREAM, consent="never")


@pytest.fixture
def wire(upstream: Flask) -> Wire:
    return Wire({UPSTREAM: upstream})


@pytest.fixture
def front(upstream: Flask, wire: Wire) -> Flask:
    everything = SmartClient(upstream).launched(scope="launch user/*.crus").bearer

    def session() -> requests.Session:
        made = wire()
        made.headers.update(everything)
        return made

    return sandbox_ehr(proxy_fhir=f"{UPSTREAM}/fhir", proxy_session=session)


@pytest.fixture
def session(front: Flask) -> Session:
    return SmartClient(front).launched(scope=SCOPE)


def test_reading_and_searching(session: Session) -> None:
    assert (session.get("/Patient/bergstrom").json or {})["id"] == "bergstrom"
    found = session.get("/Condition?clinical-status=active")
    assert found.status_code == 200
    assert UPSTREAM not in found.text
    entries = (found.json or {})["entry"]
    assert entries
    assert all(e["fullUrl"].startswith("http://localhost:8081/fhir/Condition/bergstrom-") for e in entries)


def test_paging_stays_on_our_address(session: Session) -> None:
    path, seen = "/Observation?_count=2", []
    while path:
        page = session.get(path)
        assert page.status_code == 200, page.text
        assert UPSTREAM not in page.text
        bundle = page.json or {}
        seen += [entry["resource"]["id"] for entry in bundle["entry"]]
        links = {link["relation"]: link["url"] for link in bundle["link"]}
        path = links.get("next", "").removeprefix("http://localhost:8081/fhir")
    assert len(seen) == len(set(seen)) > 4


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/Patient/haddad", 403),
        ("/Condition/haddad-problem-1", 403),
        ("/Condition/haddad-problem-1/_history", 403),
        ("/Condition?patient=haddad", 403),
        ("/Procedure", 403),
        ("/Condition/none", 404),
        ("?_page=made-up", 400),
        ("/Condition/%2e%2e", 400),
    ],
)
def test_refusals_are_ours(session: Session, path: str, status: int) -> None:
    refused = session.get(path)
    assert refused.status_code == status
    assert problems(refused)
    assert UPSTREAM not in refused.text


@pytest.mark.parametrize("path", ["/Condition?_id=haddad-problem-1", "/Patient?_id=haddad", "/Patient", "/Condition"])
def test_another_patient_never_comes_through(session: Session, path: str) -> None:
    answer = session.get(path)
    assert answer.status_code == 200
    assert "haddad" not in str((answer.json or {}).get("entry", []))


def test_without_a_token_nothing_is_forwarded(front: Flask, wire: Wire) -> None:
    wire.seen.clear()
    assert front.test_client().get("/fhir/Patient/bergstrom").status_code == 401
    assert wire.seen == []


def test_create_update_and_history(session: Session, upstream: Flask) -> None:
    resource = care_plan(identifier=[{"system": SYSTEM, "value": "p"}])
    condition = f"identifier={SYSTEM}|p"
    created = session.post("/CarePlan", resource, If_None_Exist=condition)
    assert created.status_code == 201
    assert created.headers["Location"].startswith("http://localhost:8081/fhir/CarePlan/")
    assert session.post("/CarePlan", resource, If_None_Exist=condition).status_code == 200
    body: dict[str, Any] = created.json or {}
    path = f"/CarePlan/{body['id']}"
    assert session.put(path, {**body, "title": "two"}, If_Match='W/"1"').status_code == 200
    assert session.put(path, {**body, "title": "three"}, If_Match='W/"1"').status_code == 412
    assert len((session.get(f"{path}/_history").json or {})["entry"]) == 2
    assert upstream.extensions["sandbox"].resource("CarePlan", body["id"])["title"] == "two"


def test_writing_for_another_patient_is_not_forwarded(session: Session, wire: Wire) -> None:
    wire.seen.clear()
    assert session.post("/CarePlan", care_plan("haddad")).status_code == 403
    assert session.post("/CarePlan", care_plan(colour="blue")).status_code == 422
    assert session.put("/CarePlan/lindgren-plan-1", care_plan(id="lindgren-plan-1")).status_code == 403
    assert {sent.method for sent in wire.seen} <= {"GET"}


def test_a_transaction_goes_through_whole(session: Session, upstream: Flask) -> None:
    answer = session.post("", _signed_plan())
    assert answer.status_code == 200, answer.text
    assert UPSTREAM not in answer.text
    locations = [entry["response"]["location"] for entry in (answer.json or {})["entry"]]
    assert all(location.startswith("http://localhost:8081/fhir/") for location in locations)
    plan = locations[1].split("/")[-3]
    assert upstream.extensions["sandbox"].resource("CarePlan", plan)["status"] == "active"


@pytest.mark.parametrize("order", [{"subject": {"reference": "Patient/haddad"}}, {"status": "nonsense"}])
def test_a_transaction_with_one_bad_entry_is_not_forwarded(session: Session, wire: Wire, order: dict[str, Any]) -> None:
    wire.seen.clear()
    assert session.post("", _signed_plan(**order)).status_code in {403, 422}
    assert {sent.method for sent in wire.seen} <= {"GET"}


def test_a_drafter_stays_a_drafter(front: Flask) -> None:
    session = SmartClient(front).launched(user="tran", scope=SCOPE)
    assert session.post("/CarePlan", care_plan(status="active")).status_code == 403
    assert session.post("/CarePlan", care_plan(status="draft")).status_code == 201


def test_the_chart_shows_the_other_servers_record(front: Flask) -> None:
    http = front.test_client()
    assert "Bergstrom" in http.get("/").text
    assert "Wedge compression fracture of L1" in http.get("/chart/bergstrom").text


def test_the_user_exists_on_the_other_server(front: Flask, wire: Wire, upstream: Flask) -> None:
    wire.seen.clear()
    session = SmartClient(front).launched(scope=SCOPE)
    assert any(sent.path == "/fhir/Practitioner/okafor" for sent in wire.seen)
    assert session.get("/Practitioner/okafor").status_code == 200


def test_a_server_that_is_down(session: Session, wire: Wire) -> None:
    def down(sent: object) -> None:
        raise requests.ConnectionError("down")

    wire.before = down
    refused = session.get("/Patient/bergstrom")
    assert refused.status_code == 502
    assert "cannot be reached" in problems(refused)


def test_the_capabilities_are_those_of_the_other_server_less_what_is_held_back(front: Flask, upstream: Flask) -> None:
    statement = front.test_client().get("/fhir/metadata").json
    assert statement is not None
    assert statement["implementation"]["url"] == "http://localhost:8081/fhir"
    assert statement["rest"][0]["security"]["service"][0]["coding"][0]["code"] == "SMART-on-FHIR"
    assert UPSTREAM not in str(statement)
    theirs = upstream.test_client().get("/fhir/metadata").json or {}
    types = [entry["type"] for entry in statement["rest"][0]["resource"]]
    assert types == [entry["type"] for entry in theirs["rest"][0]["resource"]]


def test_data_belongs_on_the_other_server() -> None:
    with pytest.raises(ValueError, match="load it there"):
        SandboxConfig(proxy_fhir=f"{UPSTREAM}/fhir", data=({"resourceType": "Patient", "id": "x"},))
