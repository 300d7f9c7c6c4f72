"""Token, scope, compartment and user's rights: asked on every FHIR call."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.sandboxes import sandbox_ehr

from .client import Session, SmartClient, care_plan, problems


@pytest.fixture(scope="module")
def ehr() -> Flask:
    """One sandbox for this file: nothing here depends on what another test wrote."""
    return sandbox_ehr()


CALLS = [
    ("GET", "/Patient/bergstrom"),
    ("GET", "/Condition"),
    ("GET", "/Condition/bergstrom-problem-1/_history"),
    ("GET", "/Condition/bergstrom-problem-1/_history/1"),
    ("POST", "/CarePlan"),
    ("PUT", "/CarePlan/lindgren-plan-1"),
    ("DELETE", "/CarePlan/lindgren-plan-1"),
    ("POST", ""),
    ("GET", "?_page=x"),
    ("POST", "/Condition/_search"),
    ("GET", "/No/such/path/at/all"),
]


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize("header", [None, "Bearer made-up", "Basic bG9hZHBhdGg6eA==", "Bearer"])
def test_without_a_living_token_nothing_is_answered(ehr: Flask, method: str, path: str, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    refused = ehr.test_client().open(f"/fhir{path}", method=method, headers=headers)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert problems(refused)


def test_metadata_is_open_and_honest(ehr: Flask) -> None:
    statement = ehr.test_client().get("/fhir/metadata").json
    assert statement is not None
    rest = statement["rest"][0]
    assert [i["code"] for i in rest["interaction"]] == ["transaction", "batch"]
    plan = next(r for r in rest["resource"] if r["type"] == "CarePlan")
    assert plan["conditionalDelete"] == "not-supported"
    assert "delete" not in {i["code"] for i in plan["interaction"]}
    assert {"patient", "category", "identifier", "_id"} <= {p["name"] for p in plan["searchParam"]}


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/Condition/bergstrom-problem-1", True),
        ("/Condition?patient=bergstrom", True),
        ("/Patient?_id=bergstrom", True),
        ("/Procedure?patient=bergstrom", False),
        ("/Goal", True),
        ("/Encounter/bergstrom-visit-1", False),
        ("/Practitioner/okafor", True),
        ("/Practitioner/tran", False),
    ],
)
def test_the_scope_decides_by_type(session: Session, path: str, allowed: bool) -> None:
    assert session.get(path).status_code == (200 if allowed else 403)


def test_read_and_search_are_different_rights(client: SmartClient) -> None:
    reader = client.launched(scope="launch patient/Condition.r")
    assert reader.get("/Condition/bergstrom-problem-1").status_code == 200
    assert reader.get("/Condition").status_code == 403
    searcher = client.launched(scope="launch patient/Condition.s")
    assert searcher.get("/Condition").status_code == 200
    assert searcher.get("/Condition/bergstrom-problem-1").status_code == 403


def test_create_is_not_update(client: SmartClient) -> None:
    creator = client.launched(scope="launch patient/CarePlan.c")
    created = creator.post("/CarePlan", care_plan())
    assert created.status_code == 201
    path = f"/CarePlan/{created.json['id']}"  # type: ignore[index]
    assert creator.put(path, created.json).status_code == 403
    assert creator.get(path).status_code == 403


def test_version_one_scopes(client: SmartClient) -> None:
    reader = client.launched(scope="launch patient/*.read")
    assert reader.get("/Condition").status_code == 200
    assert reader.post("/CarePlan", care_plan()).status_code == 403
    writer = client.launched(scope="launch patient/CarePlan.write")
    assert writer.post("/CarePlan", care_plan()).status_code == 201
    assert writer.get("/CarePlan").status_code == 403


def test_granular_scopes_filter_what_is_seen(client: SmartClient) -> None:
    category = "http://terminology.hl7.org/CodeSystem/observation-category|laboratory"
    session = client.launched(scope=f"launch patient/Observation.rs?category={category}")
    found = session.get("/Observation").json
    assert found is not None
    seen = {e["resource"]["category"][0]["coding"][0]["code"] for e in found["entry"]}
    assert seen == {"laboratory"}
    assert session.get("/Observation/bergstrom-lab-1").status_code == 200
    assert session.get("/Observation/bergstrom-dxa-1").status_code == 403


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/Patient/haddad", 403),
        ("/Condition/haddad-problem-1", 403),
        ("/Condition/haddad-problem-1/_history", 403),
        ("/Condition/haddad-problem-1/_history/1", 403),
        ("/Condition?patient=haddad", 403),
        ("/Condition?subject=Patient/haddad", 403),
        ("/Condition?patient=bergstrom,haddad", 403),
        ("/Condition?patient=http://localhost:8081/fhir/Patient/haddad", 403),
        ("/CarePlan/lindgren-plan-1", 403),
    ],
)
def test_another_patient_is_out_of_reach(session: Session, path: str, status: int) -> None:
    assert session.get(path).status_code == status


@pytest.mark.parametrize("path", ["/Condition", "/Condition?_id=haddad-problem-1", "/Patient", "/Patient?_id=haddad"])
def test_a_search_never_shows_another_patient(session: Session, path: str) -> None:
    bundle = session.get(path).json
    assert bundle is not None
    for entry in bundle.get("entry", []):
        resource = entry["resource"]
        subject = resource.get("subject", {}).get("reference", f"Patient/{resource['id']}")
        assert subject == "Patient/bergstrom"


def test_writing_for_another_patient_is_refused(session: Session) -> None:
    assert session.post("/CarePlan", care_plan("haddad")).status_code == 403
    assert session.put("/CarePlan/lindgren-plan-1", care_plan("bergstrom", id="lindgren-plan-1")).status_code == 403
    created = session.post("/CarePlan", care_plan()).json
    assert created is not None
    moved = {**created, "subject": {"reference": "Patient/haddad"}}
    assert session.put(f"/CarePlan/{created['id']}", moved).status_code == 403


def test_a_provenance_belongs_to_whom_its_target_belongs_to(session: Session) -> None:
    def provenance(target: str) -> dict[str, object]:
        agent = [{"who": {"reference": "Practitioner/okafor"}}]
        return {
            "resourceType": "Provenance",
            "target": [{"reference": target}],
            "recorded": "2026-03-01T10:00:00Z",
            "agent": agent,
        }

    assert session.post("/Provenance", provenance("Condition/bergstrom-problem-1")).status_code == 201
    assert session.post("/Provenance", provenance("Condition/haddad-problem-1")).status_code == 403
    assert session.post("/Provenance", provenance("Condition/does-not-exist")).status_code == 403


def test_user_scopes_reach_every_patient(client: SmartClient) -> None:
    session = client.launched(scope="launch user/Condition.rs")
    assert session.get("/Condition?patient=haddad").status_code == 200
    assert session.get("/Condition/petrov-problem-1").status_code == 200


def test_practitioners_are_readable_but_not_writable_with_a_patient_scope(client: SmartClient) -> None:
    session = client.launched(scope="launch patient/Practitioner.crus")
    assert session.get("/Practitioner/tran").status_code == 200
    changed = {"resourceType": "Practitioner", "id": "tran", "active": False}
    assert session.put("/Practitioner/tran", changed).status_code == 403


@pytest.mark.parametrize("user", ["lindqvist", "tran"])
def test_who_may_not_sign_may_file_drafts_only(client: SmartClient, user: str) -> None:
    session = client.launched(user=user)
    assert session.post("/CarePlan", care_plan(status="draft")).status_code == 201
    refused = session.post("/CarePlan", care_plan(status="active"))
    assert refused.status_code == 403
    assert "draft only" in problems(refused)


def test_a_coordinator_is_not_granted_plans(client: SmartClient) -> None:
    session = client.launched(user="brandt")
    granted = session.token["scope"].split()
    assert "patient/CarePlan.rs" in granted
    assert "patient/ServiceRequest.crus" in granted
    assert session.post("/CarePlan", care_plan()).status_code == 403


def test_the_delete_right_is_never_granted(client: SmartClient) -> None:
    session = client.launched(scope="launch patient/CarePlan.cruds patient/Goal.d")
    assert session.token["scope"] == "launch patient/CarePlan.crus"
    refused = session.call("DELETE", "/CarePlan/lindgren-plan-1")
    assert refused.status_code == 405
    assert problems(refused)
