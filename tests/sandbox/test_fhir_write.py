"""Writing: create, update, conditional create, transactions and batches; and everything that is refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.sandboxes import sandbox_ehr

from .client import Session, SmartClient, care_plan, problems

SYSTEM = "https://example.org/plan"
PLAN_URN, ORDER_URN, GOAL_URN = (f"urn:uuid:00000000-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))


def _named(value: str, **elements: Any) -> dict[str, Any]:
    return care_plan(identifier=[{"system": SYSTEM, "value": value}], **elements)


def _plans(client: SmartClient) -> list[dict[str, Any]]:
    return client.box.search("CarePlan", subject="Patient/bergstrom")  # type: ignore[no-any-return]


def test_create_says_where_and_which_version(client: SmartClient, session: Session) -> None:
    created = session.post("/CarePlan", care_plan(id="mine"))
    assert created.status_code == 201
    id_ = (created.json or {})["id"]
    assert id_ != "mine"
    assert created.headers["Location"] == f"http://localhost:8081/fhir/CarePlan/{id_}/_history/1"
    assert created.headers["ETag"] == 'W/"1"'
    assert client.box.resource("CarePlan", id_)["subject"] == {"reference": "Patient/bergstrom"}


def test_return_minimal(session: Session) -> None:
    created = session.post("/CarePlan", care_plan(), Prefer="return=minimal")
    assert created.status_code == 201
    assert created.text == ""
    assert "Location" in created.headers


BAD = [
    (care_plan(colour="blue"), "colour"),
    ({k: v for k, v in care_plan().items() if k != "intent"}, "intent"),
    (care_plan(status="signed"), "signed"),
    (care_plan(period={"start": "soon"}), "period"),
    (care_plan(activity=[{"detail": {"status": "not-started"}, "reference": {"reference": "Goal/x"}}]), "cpl-3"),
    (care_plan(text={"status": "generated", "div": "<div xmlns='http://www.w3.org/1999/xhtml'><script>1</script></div>"}),
     "active content"),
    (care_plan(addresses=[{"reference": "Condition/not-there"}]), "does not exist"),
    (care_plan(addresses=[{"reference": "Condition/haddad-problem-1"}]), "another patient"),
    (care_plan(addresses=[{"reference": "urn:uuid:not-in-this-request"}]), "not resolved"),
]  # fmt: skip


@pytest.mark.parametrize(("resource", "word"), BAD, ids=[word for _, word in BAD])
def test_a_resource_that_is_not_right_is_refused_by_name(
    client: SmartClient, session: Session, resource: dict[str, Any], word: str
) -> None:
    refused = session.post("/CarePlan", resource)
    assert refused.status_code == 422
    assert word in problems(refused)
    assert _plans(client) == []


def test_the_wrong_type_or_no_json(client: SmartClient, session: Session) -> None:
    assert session.post("/CarePlan", {"resourceType": "Goal"}).status_code == 400
    assert session.post("/CarePlan", [1, 2]).status_code == 400
    raw = {"data": "{not json", "content_type": "application/fhir+json", "headers": session.bearer}
    assert client.http.post("/fhir/CarePlan", **raw).status_code == 400
    assert client.http.post("/fhir/CarePlan", **{**raw, "content_type": "text/xml"}).status_code == 415


def test_a_body_has_a_ceiling() -> None:
    client = SmartClient(sandbox_ehr(body_limit=2000))
    refused = client.launched().post("/CarePlan", care_plan(title="x" * 3000))
    assert refused.status_code == 413
    assert problems(refused)


def test_update_with_the_right_version_only(session: Session) -> None:
    created = session.post("/CarePlan", care_plan(title="first")).json
    assert created is not None
    path, changed = f"/CarePlan/{created['id']}", {**created, "title": "second"}
    assert session.put(path, changed, If_Match='W/"1"').headers["ETag"] == 'W/"2"'
    stale = session.put(path, {**created, "title": "third"}, If_Match='W/"1"')
    assert stale.status_code == 412
    assert "version 2" in problems(stale)
    assert (session.get(path).json or {})["title"] == "second"


def test_update_needs_matching_ids_and_an_existing_resource(session: Session) -> None:
    created = session.post("/CarePlan", care_plan()).json
    assert created is not None
    assert session.put(f"/CarePlan/{created['id']}", {**created, "id": "other"}).status_code == 400
    assert session.put("/CarePlan/new-id", care_plan(id="new-id")).status_code == 405


def test_conditional_create(client: SmartClient, session: Session) -> None:
    condition = f"identifier={SYSTEM}|p1"
    first = session.post("/CarePlan", _named("p1"), If_None_Exist=condition)
    again = session.post("/CarePlan", _named("p1", title="changed"), If_None_Exist=condition)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (again.json or {})["id"] == (first.json or {})["id"]
    assert len(_plans(client)) == 1

    session.post("/CarePlan", _named("p1"))
    several = session.post("/CarePlan", _named("p1"), If_None_Exist=condition)
    assert several.status_code == 412
    assert len(_plans(client)) == 2


def test_conditional_create_by_tag(session: Session) -> None:
    tagged = {
        "resourceType": "Provenance",
        "meta": {"tag": [{"system": SYSTEM, "code": "p1.provenance"}]},
        "target": [{"reference": "Condition/bergstrom-problem-1"}],
        "recorded": "2026-03-01T10:00:00Z",
        "agent": [{"who": {"reference": "Practitioner/okafor"}}],
    }
    condition = f"_tag={SYSTEM}|p1.provenance"
    assert session.post("/Provenance", tagged, If_None_Exist=condition).status_code == 201
    assert session.post("/Provenance", tagged, If_None_Exist=condition).status_code == 200


def test_conditional_create_does_not_reveal_another_patient(client: SmartClient, session: Session) -> None:
    client.launched("haddad").post("/CarePlan", {**_named("p1"), "subject": {"reference": "Patient/haddad"}})
    refused = session.post("/CarePlan", _named("p1"), If_None_Exist=f"identifier={SYSTEM}|p1")
    assert refused.status_code == 412
    assert "haddad" not in refused.text


def test_an_if_none_exist_that_means_nothing(session: Session) -> None:
    assert session.post("/CarePlan", care_plan(), If_None_Exist="colour=blue").status_code == 412


def test_a_chart_locked_by_another_process_is_a_conflict(tmp_path: Path) -> None:
    database = tmp_path / "charts.sqlite"
    session = SmartClient(sandbox_ehr(database=str(database))).launched()
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused = session.post("/CarePlan", care_plan())
    assert refused.status_code == 409
    assert "try again" in problems(refused)
    other.execute("ROLLBACK")
    other.close()
    assert session.post("/CarePlan", care_plan()).status_code == 201


# -- transactions -----------------------------------------------------------------------------------------------------


def _post(urn: str, resource: dict[str, Any], **request: str) -> dict[str, Any]:
    type_ = resource["resourceType"]
    return {"fullUrl": urn, "resource": resource, "request": {"method": "POST", "url": type_, **request}}


def _signed_plan(value: str = "p1", **order: Any) -> dict[str, Any]:
    """Goal, plan, order and provenance that refer to each other, in no helpful order."""
    subject = {"reference": "Patient/bergstrom"}
    provenance = {
        "resourceType": "Provenance",
        "target": [{"reference": PLAN_URN}, {"reference": ORDER_URN}],
        "recorded": "2026-03-01T10:00:00Z",
        "agent": [{"who": {"reference": "Practitioner/okafor"}}],
    }
    plan = _named(
        value,
        status="active",
        addresses=[{"reference": "Condition/bergstrom-problem-1"}],
        goal=[{"reference": GOAL_URN}],
        activity=[{"reference": {"reference": ORDER_URN}}],
    )
    request = {
        "resourceType": "ServiceRequest",
        "identifier": [{"system": SYSTEM, "value": f"{value}.order"}],
        "status": "active",
        "intent": "order",
        "code": {"text": "Physical therapy"},
        "subject": subject,
        "basedOn": [{"reference": PLAN_URN}],
        **order,
    }
    goal = {
        "resourceType": "Goal",
        "lifecycleStatus": "active",
        "description": {"text": "Walk"},
        "subject": subject,
        "identifier": [{"system": SYSTEM, "value": f"{value}.goal"}],
    }
    entries = [
        _post("urn:uuid:00000000-0000-4000-8000-000000000004", provenance),
        _post(PLAN_URN, plan, ifNoneExist=f"identifier={SYSTEM}|{value}"),
        _post(ORDER_URN, request, ifNoneExist=f"identifier={SYSTEM}|{value}.order"),
        _post(GOAL_URN, goal, ifNoneExist=f"identifier={SYSTEM}|{value}.goal"),
    ]
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def test_a_transaction_lands_whole_with_references_resolved(client: SmartClient, session: Session) -> None:
    answer = session.post("", _signed_plan())
    assert answer.status_code == 200, answer.text
    bundle = answer.json or {}
    assert bundle["type"] == "transaction-response"
    assert [e["response"]["status"] for e in bundle["entry"]] == ["201 Created"] * 4
    locations = [e["response"]["location"].split("/fhir/")[1].split("/_history")[0] for e in bundle["entry"]]
    assert [location.split("/")[0] for location in locations] == ["Provenance", "CarePlan", "ServiceRequest", "Goal"]
    [plan] = _plans(client)
    order = client.box.resource(*locations[2].split("/"))
    assert plan["goal"] == [{"reference": locations[3]}]
    assert plan["activity"] == [{"reference": {"reference": locations[2]}}]
    assert order["basedOn"] == [{"reference": locations[1]}]
    assert session.get(f"/{locations[0]}").status_code == 200


def test_the_same_transaction_twice_files_the_plan_once(client: SmartClient, session: Session) -> None:
    first, second = session.post("", _signed_plan()).json, session.post("", _signed_plan()).json
    assert first is not None
    assert second is not None
    assert [e["response"]["status"] for e in second["entry"]] == ["201 Created", "200 OK", "200 OK", "200 OK"]
    assert first["entry"][1]["response"]["location"] == second["entry"][1]["response"]["location"]
    assert len(_plans(client)) == 1
    assert len(client.box.search("ServiceRequest", subject="Patient/bergstrom")) == 1


@pytest.mark.parametrize(
    ("order", "status", "word"),
    [
        ({"status": "nonsense"}, 422, "nonsense"),
        ({"subject": {"reference": "Patient/haddad"}}, 403, "outside the patient"),
        ({"reasonReference": [{"reference": "Condition/none"}]}, 422, "does not exist"),
        ({"basedOn": [{"reference": "urn:uuid:unknown"}]}, 422, "fullUrl of no entry"),
        ({"colour": "blue"}, 422, "colour"),
    ],
)
def test_a_transaction_with_one_bad_entry_leaves_nothing(
    client: SmartClient, session: Session, order: dict[str, Any], status: int, word: str
) -> None:
    before = client.box.store.counts()
    refused = session.post("", _signed_plan(**order))
    assert refused.status_code == status
    assert word in problems(refused)
    assert client.box.store.counts() == before


def test_a_transaction_is_refused_whole_where_one_scope_is_missing(client: SmartClient) -> None:
    scope = "launch patient/CarePlan.c patient/Goal.c patient/Provenance.c"
    before = client.box.store.counts()
    assert client.launched(scope=scope).post("", _signed_plan()).status_code == 403
    assert client.box.store.counts() == before


def test_a_stale_update_rolls_the_transaction_back(client: SmartClient, session: Session) -> None:
    old = session.post("/CarePlan", care_plan(status="active")).json
    assert old is not None
    session.put(f"/CarePlan/{old['id']}", {**old, "title": "changed meanwhile"})
    before = client.box.store.counts()
    bundle = _signed_plan()
    replaced = {**old, "status": "revoked"}
    request = {"method": "PUT", "url": f"CarePlan/{old['id']}", "ifMatch": 'W/"1"'}
    bundle["entry"].append({"resource": replaced, "request": request})
    refused = session.post("", bundle)
    assert refused.status_code == 412
    assert client.box.store.counts() == before
    assert client.box.resource("CarePlan", old["id"])["status"] == "active"

    request["ifMatch"] = 'W/"2"'
    assert session.post("", bundle).status_code == 200
    assert client.box.resource("CarePlan", old["id"])["status"] == "revoked"


def test_a_drafter_cannot_sign_inside_a_transaction(client: SmartClient) -> None:
    before = client.box.store.counts()
    assert client.launched(user="tran").post("", _signed_plan()).status_code == 403
    assert client.box.store.counts() == before


@pytest.mark.parametrize(
    "change",
    [
        {"type": "collection"},
        {"type": None},
        {"entry": "nothing"},
        {"entry": [{"resource": care_plan()}]},
        {"entry": [{"request": {"method": "DELETE", "url": "CarePlan/lindgren-plan-1"}}]},
        {"entry": [_post(PLAN_URN, care_plan()), _post(PLAN_URN, care_plan())]},
    ],
)
def test_a_bundle_that_cannot_be_carried_out(session: Session, change: dict[str, Any]) -> None:
    refused = session.post("", {**_signed_plan(), **change})
    assert refused.status_code == 400
    assert problems(refused)


def test_a_batch_answers_each_entry_on_its_own(client: SmartClient, session: Session) -> None:
    entries = [
        {"request": {"method": "GET", "url": "Condition?clinical-status=active"}},
        {"request": {"method": "GET", "url": "Patient/haddad"}},
        {"resource": care_plan(), "request": {"method": "POST", "url": "CarePlan"}},
        {"resource": care_plan(colour="blue"), "request": {"method": "POST", "url": "CarePlan"}},
        {"request": {"method": "DELETE", "url": "CarePlan/x"}},
    ]
    answer = session.post("", {"resourceType": "Bundle", "type": "batch", "entry": entries}).json
    assert answer is not None
    statuses = [entry["response"]["status"][:3] for entry in answer["entry"]]
    assert statuses == ["200", "403", "201", "422", "400"]
    assert answer["entry"][0]["resource"]["type"] == "searchset"
    assert answer["entry"][3]["response"]["outcome"]["resourceType"] == "OperationOutcome"
    assert len(_plans(client)) == 1


def test_conditional_references_are_resolved(session: Session) -> None:
    mrn = "https://riverside.example/mrn"
    plan = care_plan(subject={"reference": f"Patient?identifier={mrn}|RB-10021"})
    assert session.post("", {**_signed_plan(), "entry": [_post(PLAN_URN, plan)]}).status_code == 200
    plan = care_plan(author={"reference": "Practitioner?name=nobody"})
    assert session.post("", {**_signed_plan(), "entry": [_post(PLAN_URN, plan)]}).status_code == 412
