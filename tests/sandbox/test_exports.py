"""The sandbox's bulk export: who may, what is in it, how long it takes, and each of its faults."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from launch.sandbox.exports import STRANGER
from launch.sandbox.ledger import Grant, Token
from launch.sandbox.people import NOBODY
from smartapp.ehr.capabilities import parse_capabilities
from tests.clock import Clock
from tests.sandboxes import sandbox_ehr

from .client import SmartClient, problems

EXPORT_FAULTS = {
    *("export_429", "export_half_file", "export_links_expired", "export_removed", "export_fails", "export_errors"),
    *("export_two_patients", "export_elsewhere"),
}
ASYNC = {"Prefer": "respond-async", "Accept": "application/fhir+json"}


@dataclass
class ByItself:
    """An app with a token of its own; how it is granted: tests/sandbox/test_tokens.py."""

    ehr: Flask
    http: FlaskClient
    bearer: dict[str, str]

    @property
    def box(self) -> Any:
        return self.ehr.extensions["sandbox"]

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.http.get(path.removeprefix("http://localhost:8081"), headers={**self.bearer, **ASYNC, **headers})

    def begin(self, level: str = "/Patient", query: str = "_type=Patient,Condition") -> str:
        answer = self.get(f"/fhir{level}/$export?{query}")
        assert answer.status_code == 202, answer.text
        return str(answer.headers["Content-Location"])

    def done(self, status: str) -> dict[str, Any]:
        self.box.config.clock.now += 4
        answer = self.get(status)
        assert answer.status_code == 200, answer.text
        return dict(answer.json or {})

    def lines(self, manifest: dict[str, Any], kind: str = "output") -> list[dict[str, Any]]:
        found = []
        for each in manifest[kind]:
            answer = self.get(each["url"], Accept="application/fhir+ndjson")
            assert answer.status_code == 200 and answer.mimetype == "application/fhir+ndjson", answer.text
            read = [json.loads(line) for line in answer.text.splitlines()]
            assert len(read) == each["count"] and {one["resourceType"] for one in read} == {each["type"]}
            found += read
        return found


def by_itself(ehr: Flask, clock: Clock, scope: str = "system/*.rs", client_id: str = "loadpath") -> ByItself:
    text = f"token-of-{client_id}-{scope}"
    grant = Grant(client_id, NOBODY, scope, None, {})
    ehr.extensions["sandbox"].ledger.add_token(Token(text, None, grant, scope, int(clock()), 3600, clock))
    return ByItself(ehr, ehr.test_client(), {"Authorization": f"Bearer {text}"})


@pytest.fixture
def app(ehr: Flask, clock: Clock) -> ByItself:
    return by_itself(ehr, clock)


def test_an_export_takes_a_moment_and_has_every_patient(app: ByItself) -> None:
    status = app.begin()
    answer = app.get(status)
    assert answer.status_code == 202 and answer.headers["Retry-After"] == "3" and "0%" in answer.headers["X-Progress"]
    manifest = app.done(status)
    found = app.lines(manifest)
    assert manifest["requiresAccessToken"] is True and manifest["transactionTime"] and manifest["error"] == []
    assert {one["id"] for one in found if one["resourceType"] == "Patient"} == {p["id"] for p in app.box.all("Patient")}
    assert app.http.delete(status.removeprefix("http://localhost:8081"), headers=app.bearer).status_code == 202
    assert app.get(status).status_code == 404


def test_a_system_level_export_has_what_belongs_to_nobody(app: ByItself) -> None:
    assert app.lines(app.done(app.begin("", "_type=Practitioner")))
    refused = app.get("/fhir/Patient/$export?_type=Patient,Practitioner")
    assert refused.status_code == 400 and "Practitioner" in problems(refused)


def test_a_group_has_its_members_only(app: ByItself) -> None:
    member = {"entity": {"reference": "Patient/bergstrom"}}
    app.box.store.put({"resourceType": "Group", "id": "g", "type": "person", "actual": True, "member": [member]})
    found = app.lines(app.done(app.begin("/Group/g")))
    assert {one.get("subject", {}).get("reference", "Patient/bergstrom") for one in found} == {"Patient/bergstrom"}
    assert app.get("/fhir/Group/none/$export").status_code == 404


def test_since_and_filters(app: ByItself) -> None:
    assert app.lines(app.done(app.begin(query="_type=Patient&_since=2100-01-01T00:00:00Z"))) == []
    wanted = app.lines(app.done(app.begin(query="_type=Condition&_typeFilter=Condition%3F_id%3Dnone")))
    assert wanted == []
    assert app.get("/fhir/Patient/$export?_type=Patient&_since=yesterday").status_code == 400
    assert app.get("/fhir/Patient/$export?_type=Patient&_typeFilter=Patient%3Fnonsense%3D1").status_code == 400


def test_it_needs_the_header_and_a_token_of_an_app_by_itself(app: ByItself, clock: Clock, client: SmartClient) -> None:
    assert app.http.get("/fhir/Patient/$export").status_code == 401
    assert app.get("/fhir/Patient/$export", Prefer="").status_code == 400
    assert client.launched().get("/Patient/$export", Prefer="respond-async").status_code == 403
    narrow = by_itself(app.ehr, clock, "system/Patient.rs")
    assert narrow.get("/fhir/Patient/$export?_type=Patient,Condition").status_code == 403
    assert {one["resourceType"] for one in narrow.lines(narrow.done(narrow.begin(query="")))} == {"Patient"}


def test_an_export_is_its_apps_own(app: ByItself, clock: Clock) -> None:
    status = app.begin()
    other = by_itself(app.ehr, clock, client_id="other")
    assert other.get(status).status_code == 404
    (url, *_) = (each["url"] for each in app.done(status)["output"])
    assert (
        other.get(url).status_code == 404 and app.http.get(url.removeprefix("http://localhost:8081")).status_code == 401
    )


def test_it_is_declared_where_it_is_offered(app: ByItself, clock: Clock) -> None:
    declared = parse_capabilities(app.http.get("/fhir/metadata").json or {})
    assert declared.exports == {"system", "Patient", "Group"}
    epic = sandbox_ehr(clock=clock, personality="epic")
    assert not parse_capabilities(epic.test_client().get("/fhir/metadata").json or {}).exports
    assert by_itself(epic, clock).get("/fhir/Patient/$export").status_code == 404


def test_the_developers_page_shows_it(app: ByItself) -> None:
    manifest = app.done(app.begin())
    app.get(manifest["output"][0]["url"], Accept="application/fhir+ndjson")
    page = app.http.get("/developer").text
    assert "Patient/$export" in page and f"1 of {len(manifest['output'])} files fetched" in page
    assert app.bearer["Authorization"].removeprefix("Bearer ") not in page


def test_asked_too_much(app: ByItself) -> None:
    app.box.faults.export = "export_429"
    status = app.begin()
    assert [app.get(status).status_code for _ in range(3)] == [429, 429, 202]


def test_half_a_file(app: ByItself) -> None:
    app.box.faults.export = "export_half_file"
    (patients, *_) = app.done(app.begin())["output"]
    half, whole = (app.get(patients["url"], Accept="application/fhir+ndjson").text for _ in range(2))
    assert whole.startswith(half) and not half.endswith("\n") and whole.endswith("\n")


def test_links_that_are_over(app: ByItself) -> None:
    app.box.faults.export = "export_links_expired"
    status = app.begin()
    first, second = app.done(status), app.done(status)
    assert app.get(first["output"][0]["url"]).status_code == 403
    assert app.lines(second)


def test_one_that_is_removed_and_one_that_fails(app: ByItself) -> None:
    app.box.faults.export = "export_removed"
    assert app.get(app.begin()).status_code == 404
    assert app.done(app.begin())
    app.box.faults.export = "export_fails"
    assert app.get(app.begin()).status_code == 500


def test_an_error_file_and_files_elsewhere(app: ByItself) -> None:
    app.box.faults.export = "export_errors"
    (told,) = app.lines(app.done(app.begin()), "error")
    assert told["issue"][0]["severity"] == "error"
    app.box.faults.export = "export_elsewhere"
    answer = app.get(app.done(app.begin())["output"][0]["url"])
    assert answer.status_code == 307 and answer.headers["Location"].startswith("https://elsewhere.example/")


def test_records_of_two_patients(app: ByItself) -> None:
    app.box.faults.export = "export_two_patients"
    *_, two, other = app.lines(app.done(app.begin(query="_type=Observation")))
    assert two["patient"]["reference"] != two["subject"]["reference"]
    assert other["subject"]["reference"] == f"Patient/{STRANGER}"
