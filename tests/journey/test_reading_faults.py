"""A chart that cannot be read, kept or believed: told on the page and tried again; no page waits for ever."""

import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
import requests

from smartapp.ehr.capabilities import Capabilities
from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetch import read_user_record
from smartapp.ehr.fetched_chart import Failure, FailureKind, FetchedChart, medicines_to_read
from smartapp.errors import NEXT, Who
from smartapp.fhir.read import searches
from smartapp.knowledge import load
from smartapp.web.charts import Charts
from smartapp.web.review_face import unread_values
from tests.journey.harness import EHR, Harness, make_harness
from tests.journey.whole import not_read, not_understood
from tests.wsgi_transport import Sent, Wire

SECRET = "Bergstrom 1961-04-12"  # what an exception may hold and no log, no page may
FAULT = "Loadpath met a fault of its own while it read the chart."


def fails(*args: object, **more: object) -> None:
    raise RuntimeError(SECRET)


def sessions_of(harness: Harness) -> Any:
    return harness.app.extensions["loadpath"].store.sessions


def test_a_store_that_takes_no_notes_of_progress_costs_nothing(harness, monkeypatch) -> None:
    monkeypatch.setattr(sessions_of(harness), "save_reading", fails)
    assert harness.open(harness.browser(), "bergstrom").offers_plan


def test_a_store_that_fails_once_is_asked_again(harness, monkeypatch) -> None:
    sessions, calls = sessions_of(harness), []
    save = sessions.save_chart

    def once(*args: Any) -> float:
        calls.append(args)
        return fails() if len(calls) == 1 else save(*args)

    monkeypatch.setattr(sessions, "save_chart", once)
    assert harness.open(harness.browser(), "bergstrom").offers_plan
    assert len(calls) == 2


@pytest.mark.parametrize("broken", [("save_chart",), ("save_chart", "save_reading")])
def test_a_chart_that_cannot_be_kept_is_told_and_read_again(harness, monkeypatch, caplog, broken) -> None:
    sessions, browser = sessions_of(harness), harness.browser()
    with monkeypatch.context() as patch, caplog.at_level(logging.INFO):
        for method in broken:
            patch.setattr(sessions, method, fails)
        page = harness.open(browser, "bergstrom")
        assert (page.status, page.heading) == (503, "The chart could not be read")
        assert FAULT in page.words and "Try again" in page.words
        assert browser.get(page.url).status == 503, "not for ever “reading the chart”"
    assert "RuntimeError" in caplog.text
    assert SECRET not in caplog.text + page.text
    again = page.text.partition('<a href="')[2].partition('"')[0]
    assert harness.settled(browser, browser.get(f"http://127.0.0.1:8080{again}")).offers_plan


@pytest.mark.parametrize("late", [False, True])
def test_a_certificate_that_is_not_accepted_is_not_to_be_waited_for(harness, monkeypatch, late) -> None:
    """Also on a page that comes too late to see the error itself, and learns from the store what went wrong."""

    def refuse(sent: Sent) -> None:
        if sent.path.startswith("/fhir/") and "well-known" not in sent.path:
            raise requests.exceptions.SSLError("certificate verify failed")

    harness.wire.before = refuse
    if late:
        monkeypatch.setattr(Charts, "wait", lambda here, launch_id, seconds: None)
    page = harness.open(harness.browser(), "bergstrom")
    assert page.status == 503
    assert "its certificate was not accepted" in page.words
    assert NEXT[Who.SITE] in page.words


def test_an_exception_nobody_foresaw_costs_one_search(harness, monkeypatch, caplog) -> None:
    find = FhirClient.find

    def odd(self: FhirClient, kind: str, *args: Any) -> Any:
        return fails() if kind == "Procedure" else find(self, kind, *args)

    monkeypatch.setattr(FhirClient, "find", odd)
    page = harness.open(harness.browser(), "bergstrom")
    assert page.form("/sign") and not page.offers_plan, "a plan, of a chart that was read in part"
    assert f"procedures: could not be read. {FAULT}" in page.words
    assert SECRET not in caplog.text + page.text
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize("function", ["merge_results", "medicines_to_read", "medicine_failures"])
def test_an_exception_while_the_reading_is_put_together_ends_it(harness, monkeypatch, function) -> None:
    browser = harness.browser()
    with monkeypatch.context() as patch:
        patch.setattr(f"smartapp.ehr.fetch.{function}", fails)
        page = harness.open(browser, "bergstrom")
        assert (page.status, page.heading) == (503, "The chart could not be read")
    again = harness.settled(browser, browser.get(page.url.partition("?")[0] + "?again=1"))
    assert again.offers_plan


def test_a_person_whose_record_makes_trouble_is_only_not_named(harness, monkeypatch) -> None:
    monkeypatch.setattr(FhirClient, "read", fails)
    assert read_user_record(FhirClient(None, EHR, None), "Practitioner/okafor") is None


# -- what the EHR answers


Alter = Callable[[str, dict[str, Any]], bytes | dict[str, Any]]


def answering(tmp_path, alter: Alter) -> Harness:
    """The harness, whose EHR answers reads and searches as ``alter`` makes them of the sandbox's answers."""

    def change(wire: Wire) -> None:
        app = wire.apps[EHR]

        def altered(environ: dict[str, Any], start: Any) -> list[bytes]:
            began: list[Any] = []
            chunks = app(environ, lambda *args: began.append(args))
            body = b"".join(chunks)
            if environ["REQUEST_METHOD"] == "GET" and began[0][0].startswith("200"):
                path = environ["PATH_INFO"]
                if path.startswith("/fhir/") and "well-known" not in path and path != "/fhir/metadata":
                    made = alter(path.removeprefix("/fhir/"), json.loads(body))
                    body = made if isinstance(made, bytes) else json.dumps(made).encode()
            status, headers = began[0][:2]
            start(status, [(name, value) for name, value in headers if name != "Content-Length"])
            return [body]

        wire.apps = {EHR: altered}

    return make_harness(tmp_path, change=change)


def test_where_all_records_name_another_patient_the_headline_says_so(tmp_path) -> None:
    def alter(path: str, value: dict[str, Any]) -> dict[str, Any]:
        return value if path.startswith("Patient") else json.loads(json.dumps(value).replace("Patient/", "Patient/x"))

    harness = answering(tmp_path, alter)
    page = harness.open(harness.browser(), "bergstrom")
    assert page.heading == "The records are about another patient"
    assert "about another patient than the one opened" in page.words
    assert "No active lumbar fracture found" not in page.words
    assert "No plan yet: confirm" not in page.words


@pytest.mark.parametrize(
    "way", ["urn:uuid:bergstrom", f"{EHR}/fhir/Patient/bergstrom/_history/1", "Patient/bergstrom/"]
)
def test_every_way_to_name_the_patient_reads_the_same(tmp_path, harness, way) -> None:
    def alter(path: str, value: dict[str, Any]) -> dict[str, Any]:
        return json.loads(json.dumps(value).replace('"Patient/bergstrom"', f'"{way}"'))

    (tmp_path / "other").mkdir()
    other = answering(tmp_path / "other", alter)
    pages = [one.open(one.browser(), "bergstrom") for one in (harness, other)]
    assert pages[0].heading == pages[1].heading and pages[0].offers_plan and pages[1].offers_plan
    assert "another patient" not in pages[1].words


def test_bytes_in_no_known_encoding_are_a_line_on_the_page(tmp_path) -> None:
    def alter(path: str, value: dict[str, Any]) -> bytes:
        said = json.dumps(value, ensure_ascii=False).replace("Bergstrom", "Bergström")
        return said.encode("latin-1", "replace") if path.startswith("Patient") else json.dumps(value).encode()

    harness = answering(tmp_path, alter)
    page = harness.open(harness.browser(), "bergstrom")
    assert "Bergström" in page.words
    assert "birth date and sex: the EHR's answer is not in UTF-8" in page.words


def test_a_remark_that_begins_with_not_is_on_the_page(tmp_path) -> None:
    issue = {"severity": "warning", "code": "processing", "diagnostics": "not everything is shown here"}
    entry = {"resource": {"resourceType": "OperationOutcome", "issue": [issue]}, "search": {"mode": "outcome"}}

    def alter(path: str, value: dict[str, Any]) -> dict[str, Any]:
        return {**value, "entry": [*value.get("entry", []), entry]} if path == "Goal" else value

    page = (harness := answering(tmp_path, alter)).open(harness.browser(), "bergstrom")
    assert "goals: the EHR says: not everything is shown here" in page.words


def test_a_medicine_named_only_by_reference_is_read_from_the_ehr(harness) -> None:
    request = {"resourceType": "MedicationRequest", "id": "mr1", "status": "active", "intent": "order",
               "medicationReference": {"reference": "Medication/steroid"},
               "subject": {"reference": "Patient/bergstrom"}, "authoredOn": "2026-02-20"}  # fmt: skip
    harness.box.store.put(request)
    page = harness.open(harness.browser(), "bergstrom")
    assert "Which medicine is it? MedicationRequest/mr1" in page.words
    assert "medicines named only by reference (1): could not be read" in page.words
    harness.box.store.put({"resourceType": "Medication", "id": "steroid", "code": {"text": "Prednisone 20 mg tablet"}})
    page = harness.open(harness.browser(), "bergstrom")
    assert "Active medication: Prednisone 20 mg tablet" in page.words
    assert "Which medicine" not in page.words


def test_without_such_a_medicine_nothing_is_read_after_the_searches(harness) -> None:
    harness.open(harness.browser(), "bergstrom")
    assert not [sent for sent in harness.wire.seen if sent.path.startswith("/fhir/Medication/")]
    assert medicines_to_read(FetchedChart().resources, (), frozenset()) == []
    assert medicines_to_read([{"resourceType": []}], (), frozenset()) == [], "found by fuzzing"


def test_a_declared_include_is_asked_for_once_the_ehr_has_said_so(tmp_path) -> None:
    request = {"resourceType": "MedicationRequest", "id": "mr1", "status": "active", "intent": "order",
               "medicationReference": {"reference": "Medication/steroid"},
               "subject": {"reference": "Patient/bergstrom"}, "authoredOn": "2026-02-20"}  # fmt: skip
    steroid = {"resourceType": "Medication", "id": "steroid", "code": {"text": "Prednisone 20 mg tablet"}}

    def alter(path: str, value: dict[str, Any]) -> dict[str, Any]:
        if path != "MedicationRequest":
            return value
        return {**value, "entry": [*value.get("entry", []), {"resource": steroid, "search": {"mode": "include"}}]}

    harness = answering(tmp_path, alter)
    harness.box.store.put(request)
    capabilities = harness.app.extensions["loadpath"].capabilities
    known = Capabilities(includes=frozenset({"MedicationRequest:medication"}))
    capabilities._cache.get(f"{EHR}/fhir", lambda: known)
    page = harness.open(harness.browser(), "bergstrom")
    assert "Active medication: Prednisone 20 mg tablet" in page.words
    assert len([sent for sent in harness.wire.seen if "_include=" in sent.url]) == 1
    assert not [sent for sent in harness.wire.seen if sent.path.startswith("/fhir/Medication/")]


def test_what_is_there_and_not_understood_is_told_apart_from_what_could_not_be_read(tmp_path) -> None:
    """A result without a value is neither missing nor unread: it stands with its date and its question."""
    result = {
        "resourceType": "Observation", "id": "no-value", "status": "final", "effectiveDateTime": "2026-02-20",
        "subject": {"reference": "Patient/bergstrom"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "62292-8"}], "text": "Vitamin D, 25-hydroxy"},
    }  # fmt: skip
    harness = make_harness(tmp_path, data=({"resourceType": "Bundle", "entry": [{"resource": result}]},))
    page = harness.open(harness.browser(), "bergstrom")
    (line,) = not_understood(page)
    assert not_read(page) == []
    assert line.startswith("Observation/no-value: “Vitamin D, 25-hydroxy” (Feb 20, 2026): on record without a readable")
    assert line.endswith("What is the 25-OH vitamin D?")


def unread(harness: Harness, path: str, code: str = "") -> None:
    def refuse(sent: Sent) -> None:
        if sent.path == path and code in sent.url:
            raise requests.exceptions.ConnectionError

    harness.wire.before = refuse


def tiles(page) -> dict[str, str]:
    found = re.findall(r'<li class="tile">(.*?)</li>', page.text, re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]+>", " ", tile).split()) for tile in found]
    return {tile.partition(" Could not be read ")[0]: tile for tile in words}


def test_each_value_that_could_not_be_read_has_a_tile_and_is_read_again(harness) -> None:
    unread(harness, "/fhir/Procedure")
    browser = harness.browser()
    page = harness.open(browser, "kowalski")
    assert tiles(page) == {"Procedures": "Procedures Could not be read Decide phase and limits Retry : Procedures"}
    assert 'class="card head headline tone-change"' in page.text
    harness.wire.before = lambda sent: None
    again = browser.press(page, page.form("/refresh"))
    assert tiles(again) == {} and "could not be read" not in again.words


def test_a_value_not_read_is_not_called_missing_and_the_phase_is_a_range(harness) -> None:
    unread(harness, "/fhir/Observation", "72514-3")
    page = harness.open(harness.browser(), "kowalski")
    assert {"Pain", "Vitamin D"} == set(tiles(page))
    assert "Pain now could not be read" in page.words and "25-OH vitamin D could not be read" in page.words
    assert "Bone drug could not be read" not in page.words
    assert re.search(r"Rehabilitation phase Initial to (Intermediate|Advanced)", page.words), page.words[:300]


def test_every_search_has_its_tile(harness) -> None:
    labels = {search.label for search in searches(load().codes)}
    failures = [Failure(FailureKind.UNAVAILABLE, (label,)) for label in labels]
    assert all(len(unread_values([each])) >= 1 for each in failures)
    assert not unread_values([Failure(FailureKind.REMARK, ("procedures",)), Failure(FailureKind.ENCODING, ("visits",))])
    (refused,) = unread_values([Failure(FailureKind.FORBIDDEN, ("procedures",))])
    assert not refused.retry
