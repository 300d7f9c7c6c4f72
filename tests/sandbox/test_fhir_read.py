"""Reading and searching: what matches, how it is paged, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.sandboxes import sandbox_ehr

from .client import Session, SmartClient, care_plan, problems


@pytest.fixture(scope="module")
def ehr() -> Flask:
    """One sandbox for this file: nothing here depends on what another test wrote."""
    return sandbox_ehr()


@pytest.fixture
def reader(client: SmartClient) -> Session:
    return client.launched("abernathy", scope="launch patient/*.rs")


def _ids(session: Session, path: str) -> list[str]:
    response = session.get(path)
    assert response.status_code == 200, response.text
    bundle = response.json or {}
    assert bundle["total"] >= len(bundle.get("entry", []))
    return [entry["resource"]["id"] for entry in bundle.get("entry", [])]


LOINC = "http://loinc.org"
SEARCHES = [
    ("/Observation?code=38263-0", {"abernathy-dxa-1"}),
    (f"/Observation?code={LOINC}|38263-0,{LOINC}|38264-8", {"abernathy-dxa-1", "abernathy-dxa-2"}),
    ("/Observation?code=http://snomed.info/sct|38263-0", set()),
    (f"/Observation?code={LOINC}|&category=laboratory", {"abernathy-lab-1"}),
    ("/Observation?category=survey", {"abernathy-pain-1"}),
    ("/Observation?category=survey&category=laboratory", set()),
    ("/Observation?category=survey,laboratory", {"abernathy-pain-1", "abernathy-lab-1"}),
    ("/Observation?code:text=lumbar", {"abernathy-dxa-3"}),
    ("/Observation?date=ge2026-02-01&category=imaging", {"abernathy-dxa-1", "abernathy-dxa-2", "abernathy-dxa-3"}),
    ("/Observation?date=2026-02-08&code=38264-8", {"abernathy-dxa-2"}),
    ("/Observation?date=lt2026-02-08&category=imaging", set()),
    ("/Observation?date=gt2026-02-08&category=imaging", set()),
    ("/Observation?date=2026-02&category=survey", {"abernathy-pain-1"}),
    ("/Observation?status=preliminary", set()),
    ("/Condition?clinical-status=active&code=S32.020D", {"abernathy-problem-1"}),
    ("/Condition?clinical-status=resolved", set()),
    ("/Condition?onset-date:missing=true", {"abernathy-problem-2"}),
    ("/Condition?code:not=S32.020D", {"abernathy-problem-2"}),
    ("/Patient?identifier=https://riverside.example/mrn|RB-10032", {"abernathy"}),
    ("/Patient?family=abern", {"abernathy"}),
    ("/Patient?family:exact=abern", set()),
    ("/Encounter?_id=abernathy-visit-1", {"abernathy-visit-1"}),
    ("/CarePlan?category=assess-plan", set()),
]


@pytest.mark.parametrize(("path", "expected"), SEARCHES, ids=[path for path, _ in SEARCHES])
def test_search(reader: Session, path: str, expected: set[str]) -> None:
    assert set(_ids(reader, path)) == expected


@pytest.mark.parametrize(
    "path",
    [
        "/Observation?date=yesterday",
        "/Observation?code:in=http://example.org/vs",
        "/Observation?code=",
        "/Observation?_count=many",
        "/Observation?_sort=-value",
        "?patient=abernathy",
        "?_page=made-up",
    ],
)
def test_a_search_that_cannot_be_understood(reader: Session, path: str) -> None:
    refused = reader.get(path)
    assert refused.status_code == 400
    assert problems(refused)


def test_unknown_parameters_are_left_out_or_refused(reader: Session) -> None:
    lenient = reader.get("/Observation?category=survey&colour=blue").json
    assert lenient is not None
    assert lenient["link"][0]["url"].endswith("/Observation?category=survey")
    strict = reader.get("/Observation?category=survey&colour=blue", Prefer="handling=strict")
    assert strict.status_code == 400
    assert "colour" in problems(strict)


def test_search_by_post(client: SmartClient, reader: Session) -> None:
    found = client.http.post("/fhir/Observation/_search", data={"category": "survey"}, headers=reader.bearer).json
    assert found is not None
    assert [e["resource"]["id"] for e in found["entry"]] == ["abernathy-pain-1"]


def test_sorting(reader: Session) -> None:
    newest = _ids(reader, "/Observation?_sort=-date")
    oldest = _ids(reader, "/Observation?_sort=date")
    assert newest[0] == "abernathy-pain-1"
    assert set(newest) == set(oldest)
    assert oldest[-1] == newest[0]


def test_pages_hold_everything_once(reader: Session) -> None:
    whole = set(_ids(reader, "/Observation"))
    seen: list[str] = []
    path: str | None = "/Observation?_count=2"
    rounds = 0
    while path is not None:
        bundle: dict[str, Any] = reader.get(path).json or {}
        assert bundle["total"] == len(whole)
        assert len(bundle["entry"]) <= 2
        seen += [entry["resource"]["id"] for entry in bundle["entry"]]
        following = [link["url"] for link in bundle["link"] if link["relation"] == "next"]
        path = following[0].removeprefix("http://localhost:8081/fhir") if following else None
        rounds += 1
    assert sorted(seen) == sorted(whole)
    assert rounds == (len(whole) + 1) // 2


def test_a_page_link_gives_no_right(client: SmartClient, reader: Session) -> None:
    bundle = reader.get("/Observation?_count=2").json
    assert bundle is not None
    link = next(link["url"] for link in bundle["link"] if link["relation"] == "next")
    path = link.removeprefix("http://localhost:8081/fhir")
    other = client.launched("haddad", scope="launch patient/Condition.rs")
    assert other.get(path).status_code == 403
    elsewhere = client.launched("haddad", scope="launch patient/*.rs").get(path).json or {}
    assert all(e["resource"]["subject"]["reference"] == "Patient/haddad" for e in elsewhere.get("entry", []))


def test_count_zero_and_summary_count(reader: Session) -> None:
    bundle = reader.get("/Observation?_summary=count").json
    assert bundle is not None
    assert "entry" not in bundle
    assert bundle["total"] > 3


def test_the_page_size_has_a_ceiling() -> None:
    patient = {"resourceType": "Patient", "id": "p"}
    notes = [
        {"resourceType": "Observation", "id": f"o{n}", "status": "final", "code": {"text": "x"},
         "subject": {"reference": "Patient/p"}} for n in range(30)
    ]  # fmt: skip
    ehr = sandbox_ehr(patients=False, data=(patient, *notes), page_size=5, page_size_max=10, consent="never")
    session = SmartClient(ehr).launched("p", scope="launch patient/*.rs")
    assert len(_ids(session, "/Observation")) == 5
    assert len(_ids(session, "/Observation?_count=1000")) == 10


def test_read_vread_and_history(client: SmartClient, session: Session) -> None:
    created = session.post("/CarePlan", care_plan(title="first")).json
    assert created is not None
    path = f"/CarePlan/{created['id']}"
    assert session.put(path, {**created, "title": "second"}).status_code == 200
    now = session.get(path)
    assert now.headers["ETag"] == 'W/"2"'
    assert "GMT" in now.headers["Last-Modified"]
    assert (session.get(f"{path}/_history/1").json or {})["title"] == "first"
    assert session.get(f"{path}/_history/7").status_code == 404
    history = session.get(f"{path}/_history").json
    assert history is not None
    assert [e["resource"]["meta"]["versionId"] for e in history["entry"]] == ["2", "1"]
    assert [e["request"]["method"] for e in history["entry"]] == ["PUT", "POST"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/Condition/none", 404), ("/Nonsense/1", 404), ("/Nonsense", 404), ("/Patient/bergstrom/extra", 404)],
)
def test_what_is_not_there(client: SmartClient, path: str, status: int) -> None:
    refused = client.launched(scope="launch patient/*.rs").get(path)
    assert refused.status_code == status
    assert problems(refused)


def test_only_json_is_spoken(session: Session) -> None:
    assert session.get("/Patient/bergstrom", Accept="application/fhir+xml").status_code == 406
    assert session.get("/Patient/bergstrom?_format=xml").status_code == 406
    answer = session.get("/Patient/bergstrom", Accept="application/fhir+json;fhirVersion=4.0, */*;q=0.1")
    assert answer.content_type.startswith("application/fhir+json")


def test_answers_are_never_cached(session: Session) -> None:
    assert session.get("/Patient/bergstrom").headers["Cache-Control"] == "no-store"


def test_requests_are_counted_and_slowed(ehr: Flask, session: Session) -> None:
    import time

    box = ehr.extensions["sandbox"]
    box.log.clear()
    session.get("/Patient/bergstrom")
    session.get("/Condition")
    assert box.log.count("fhir") == 2
    first = box.requests[0]
    assert (first.method, first.path, first.status) == ("GET", "/fhir/Patient/bergstrom", 200)
    box.delay_ms = 60
    started = time.perf_counter()
    session.get("/Patient/bergstrom")
    took = time.perf_counter() - started
    box.delay_ms = 0
    assert took >= 0.06
