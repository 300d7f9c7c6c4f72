"""Each vendor's manner: what it offers, refuses and leaves out, checked against what the vendor publishes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from launch.sandbox import SandboxConfig
from launch.sandbox.personality import FOLDER, names, read_personality
from tests.sandboxes import sandbox_ehr

from .client import Session, SmartClient, problems

VENDORS = ("athena", "canvas", "epic", "hapi", "meditech", "medplum", "oracle")
PUBLISHED = {"oracle": "cerner", "athena": "athena", "meditech": "meditech"}


@pytest.fixture
def at() -> Any:
    """A launched session at a vendor."""

    def launched(name: str, scope: str = "launch user/*.crus", **config: Any) -> Session:
        made = {"personality": name, "consent": "never", **config}
        return SmartClient(sandbox_ehr(**made)).launched(scope=scope)

    return launched


def test_these_are_the_vendors() -> None:
    assert names() == VENDORS


@pytest.mark.parametrize("name", VENDORS)
def test_every_file_names_its_sources(name: str) -> None:
    assert all(len(source) > 20 for source in read_personality(name).sources)


def test_an_unknown_personality_is_refused_at_start() -> None:
    with pytest.raises(ValueError, match="only athena, canvas, epic"):
        SandboxConfig(personality="esperanto")
    with pytest.raises(ValueError, match="has its own"):
        SandboxConfig(personality="epic", proxy_fhir="http://elsewhere.example/fhir")


@pytest.mark.parametrize("name", PUBLISHED)
def test_interactions_are_those_the_vendor_publishes(name: str, shared: Path, at: Any) -> None:
    file = shared / "data" / "capabilities" / f"{PUBLISHED[name]}.json"
    published = json.loads(file.read_text(encoding="utf-8"))["rest"][0]
    theirs = {r["type"]: {i["code"] for i in r.get("interaction", [])} - {"patch"} for r in published["resource"]}
    (shown,) = (at(name).get("/metadata").json or {})["rest"]
    assert len(shown["resource"]) > 15
    for entry in shown["resource"]:
        assert {i["code"] for i in entry["interaction"]} == theirs[entry["type"]], entry["type"]
    assert {i["code"] for i in shown.get("interaction", [])} == {i["code"] for i in published.get("interaction", [])}


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("epic", "/Observation?patient=bergstrom", 400),
        ("epic", "/Observation?patient=bergstrom&category=survey", 400),
        ("epic", "/Observation?patient=bergstrom&category=laboratory", 200),
        ("epic", "/Observation?patient=bergstrom&code=http://loinc.org|72514-3", 200),
        ("epic", "/Condition?patient=bergstrom&category=problem-list-item,encounter-diagnosis", 400),
        ("epic", "/Condition?patient=bergstrom&category=problem-list-item", 200),
        ("epic", "/Basic?patient=bergstrom", 404),
        ("oracle", "/CarePlan?patient=bergstrom", 400),
        ("oracle", "/CarePlan?patient=bergstrom&category=assess-plan", 200),
        ("oracle", "/Observation?patient=bergstrom&_sort=date", 400),
        ("oracle", "/Task?patient=bergstrom", 404),
        ("canvas", "/ServiceRequest?patient=bergstrom", 404),
        ("meditech", "/Task?patient=bergstrom", 405),
        ("hapi", "/Observation", 200),
        ("medplum", "/Task", 200),
    ],
)
def test_search_rules(at: Any, name: str, path: str, status: int) -> None:
    answer = at(name).get(path)
    assert answer.status_code == status, answer.text
    if status >= 400:
        assert problems(answer)


@pytest.mark.parametrize("name", ["athena", "canvas", "epic", "meditech", "oracle"])
def test_no_plan_is_taken_where_none_is_taken(at: Any, name: str) -> None:
    session = at(name)
    assert session.post("/CarePlan", {"resourceType": "CarePlan"}).status_code == 405
    transaction = session.post("", {"resourceType": "Bundle", "type": "transaction", "entry": []})
    assert transaction.status_code == 405


@pytest.mark.parametrize(("name", "parameter"), [("athena", "cursor"), ("meditech", "continue"), ("epic", "sessionID")])
def test_pages_follow_the_vendors_own_link(at: Any, name: str, parameter: str) -> None:
    session, seen = at(name), []
    path = "/Observation?patient=bergstrom&category=laboratory,imaging,survey,vital-signs&_count=1"
    while path:
        page = session.get(path).json or {}
        seen += [entry["resource"]["id"] for entry in page.get("entry", [])]
        links = {link["relation"]: link["url"] for link in page["link"]}
        assert "next" not in links or f"/Observation?{parameter}=" in links["next"]
        path = links.get("next", "").removeprefix("http://localhost:8081/fhir")
    assert len(seen) == len(set(seen)) > 2


def test_oracle_counts_from_the_second_page(at: Any) -> None:
    page = at("oracle").get("/Observation?patient=bergstrom&_count=1").json or {}
    assert len(page["entry"]) > 1


def test_epic_ids_are_long_and_lead_to_the_record(at: Any) -> None:
    session = at("epic")
    page = session.get("/Condition?patient=bergstrom&category=problem-list-item").json or {}
    found = page["entry"][0]["resource"]
    assert len(found["id"]) > 64
    assert (session.get(f"/Condition/{found['id']}").json or {})["code"] == found["code"]


def test_epic_says_that_nothing_was_found(at: Any) -> None:
    page = at("epic").get("/CarePlan?patient=bergstrom&category=assess-plan").json or {}
    (entry,) = page["entry"]
    assert entry["resource"]["resourceType"] == "OperationOutcome"
    assert page["total"] == 0


def test_oracle_says_what_is_unknown_and_shows_no_activity(at: Any) -> None:
    session = at("oracle")
    everyone = [entry["resource"] for entry in (session.get("/Condition").json or {})["entry"]]
    undated = [r for r in everyone if not any(key.startswith("onset") for key in r)]
    assert undated and all(r["_onsetDateTime"]["extension"][0]["valueCode"] == "unknown" for r in undated)
    plans = (session.get("/CarePlan?patient=lindgren&category=assess-plan").json or {}).get("entry", [])
    assert plans and all("activity" not in entry["resource"] for entry in plans)


def test_an_update_at_oracle_needs_the_version(at: Any) -> None:
    session = at("oracle")
    stored = (session.get("/Condition/bergstrom-problem-1").json or {}).copy()
    assert session.put("/Condition/bergstrom-problem-1", stored).status_code == 412
    assert session.put("/Condition/bergstrom-problem-1", stored, If_Match='W/"1"').status_code == 200


@pytest.mark.parametrize("name", ["oracle", "hapi"])
def test_a_conditional_create_counts_only_where_it_is_offered(at: Any, name: str) -> None:
    session = at(name)
    note = {
        "resourceType": "DocumentReference", "status": "current", "type": {"text": "Note"},
        "subject": {"reference": "Patient/bergstrom"}, "identifier": [{"system": "urn:example", "value": "n"}],
        "content": [{"attachment": {"contentType": "text/plain", "data": "eA=="}}],
    }  # fmt: skip
    answers = [
        session.post("/DocumentReference", note, If_None_Exist="identifier=urn:example|n").status_code for _ in "12"
    ]
    assert answers == ([201, 201] if name == "oracle" else [201, 200])
    assert name != "oracle" or session.post("/DocumentReference", {**note, "type": None}).status_code == 422


def test_media_types_and_metadata_beyond_the_standard(at: Any) -> None:
    assert at("meditech").get("/metadata").headers["Content-Type"].startswith("application/json")
    assert "acceptUnknown" in (at("epic").get("/metadata").json or {})


def test_the_files_are_read_as_data() -> None:
    assert {path.suffix for path in FOLDER.iterdir()} == {".toml"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/Observation?patient=bergstrom&date=ge2020-01-01&date=le2026-12-31", 200),
        ("/Observation?patient=bergstrom&date=ge2020-01-01", 400),
        ("/Observation?patient=bergstrom&date=ge2020&date=le2026-12-31", 400),
        ("/Observation?patient=bergstrom&date=2026-01-01", 400),
        ("/Condition?_id=bergstrom-problem-1", 200),
        ("/Condition?_id=bergstrom-problem-1&patient=bergstrom", 400),
        ("/Condition?patient=bergstrom&_include=Condition:encounter", 400),
        ("/Condition?patient=bergstrom&_revinclude=Provenance:target", 200),
    ],
)
def test_how_oracle_wants_to_be_asked(at: Any, path: str, status: int) -> None:
    assert at("oracle").get(path).status_code == status


def test_oracle_wants_the_time_of_day_of_a_document(at: Any) -> None:
    session = at("oracle")
    note = {
        "resourceType": "DocumentReference", "status": "current", "type": {"text": "Note"}, "date": "2026-03-01",
        "subject": {"reference": "Patient/bergstrom"},
        "content": [{"attachment": {"contentType": "text/plain", "data": "eA=="}}],
    }  # fmt: skip
    assert session.post("/DocumentReference", note).status_code == 422
    assert session.post("/DocumentReference", {**note, "date": "2026-03-01T12:00:00Z"}).status_code == 201


def test_canvas_guards_an_update_by_the_date_of_the_last_change(at: Any) -> None:
    session = at("canvas")
    stored = (session.get("/Condition/bergstrom-problem-1").json or {}).copy()
    path, long_ago = "/Condition/bergstrom-problem-1", "Mon, 01 Jan 2001 00:00:00 GMT"
    assert session.put(path, stored, If_Unmodified_Since=long_ago).status_code == 412
    assert session.put(path, stored, If_Unmodified_Since="yesterday").status_code == 400
    assert session.put(path, stored, If_Unmodified_Since="Fri, 01 Jan 2100 00:00:00 GMT").status_code == 200
    assert at("hapi").put(path, stored, If_Unmodified_Since=long_ago).status_code == 200


def test_what_is_known_and_not_played_is_said_with_its_reason() -> None:
    for name in names():
        assert all(len(line) > 20 for line in read_personality(name).not_imitated)
