"""The pages a clinician sees."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from launch.sandbox.load import OWN_PATIENTS
from launch.sandbox.patients.compose import STORIES
from tests.sandboxes import sandbox_ehr

from .client import Session, SmartClient, back, care_plan

PAGES = ["/", "/chart/bergstrom", "/chart/lindgren", "/chart/petrov/app", "/nowhere"]


def test_every_patient_is_one_story(ehr: Flask) -> None:
    page = ehr.test_client().get("/").text
    assert page.count('class="patient-story"') == len(STORIES)
    assert "From a file given at start" not in page
    assert page.index("Day 20") < page.index("Nine months") < page.index("Blood pressure check")


@pytest.mark.parametrize("path", PAGES)
def test_pages_ask_nothing_of_anyone_else(ehr: Flask, path: str) -> None:
    answer = ehr.test_client().get(path)
    addresses = re.findall(r'(?:src|href|action)="(https?://[^"]+)"', answer.text)
    assert all(urlsplit(address).netloc == "127.0.0.1:8080" for address in addresses)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-src 'self' http://127.0.0.1:8080;" in policy
    assert "<script>" not in answer.text
    assert "style=" not in answer.text


def test_the_chart_shows_what_is_recorded_and_what_is_not(ehr: Flask) -> None:
    http = ehr.test_client()
    page = http.get("/chart/abernathy").text
    for words in ("Abernathy, Walter", "RB-10032", "74 y", "DXA T-score, femur, femoral neck", "-2.7", "31 ng/mL"):
        assert words in page, words
    assert "onset not recorded" in http.get("/chart/nakamura").text
    assert "2025-12</span>" in http.get("/chart/achterberg").text
    assert "Balloon kyphoplasty" in http.get("/chart/oyelaran").text


def test_what_must_not_be_done_is_marked(ehr: Flask) -> None:
    page = ehr.test_client().get("/chart/lindgren").text
    avoided = re.findall(r"<strong class=\"avoid-mark\">AVOID</strong> ([^<]+)", page)
    assert len(avoided) == 2
    assert all(not text.startswith("AVOID") for text in avoided)
    assert "Seated back-extensor" in page.split("<h4>Activities</h4>")[1]


def test_a_new_plan_appears_with_the_anchor_a_receipt_points_to(ehr: Flask, session: Session) -> None:
    http = ehr.test_client()
    before = http.get("/chart/bergstrom/version").json
    created = session.post("/CarePlan", care_plan(title="Plan of today")).json
    assert created is not None
    page = http.get("/chart/bergstrom").text
    assert f'id="CarePlan-{created["id"]}"' in page
    assert "Plan of today" in page
    assert http.get("/chart/bergstrom/version").json != before


def test_chart_text_is_never_markup(session: Session, ehr: Flask) -> None:
    session.post("/CarePlan", care_plan(title="<script>alert(1)</script>", description="<b>x</b>"))
    page = ehr.test_client().get("/chart/bergstrom").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_app_opens_inside_the_chart(ehr: Flask) -> None:
    client = SmartClient(ehr)
    page = client.http.get("/chart/haddad/app").text
    address = re.search(r'<iframe[^>]+src="([^"]+)"', page)
    assert address
    launch = parse_qs(urlsplit(address[1].replace("&amp;", "&")).query)
    assert launch["iss"] == ["http://localhost:8081/fhir"]
    consent = client.authorize(**client.params(launch=launch["launch"][0]))
    token = client.exchange(back(client.answer(consent, answer="allow"))["code"]).json
    assert token is not None
    assert token["patient"] == "haddad"
    assert token["encounter"] == "haddad-visit-1"
    assert token["need_patient_banner"] is False
    assert "allow-top-navigation" not in page


def test_the_app_opens_in_a_tab_and_must_name_the_patient(ehr: Flask) -> None:
    client = SmartClient(ehr)
    answer = client.http.get("/chart/haddad/tab")
    assert answer.status_code == 303
    launch = parse_qs(urlsplit(answer.headers["Location"]).query)["launch"][0]
    consent = client.authorize(**client.params(launch=launch))
    token = client.exchange(back(client.answer(consent, answer="allow"))["code"]).json
    assert token is not None
    assert token["need_patient_banner"] is True


def test_sitting_down_as_someone_else(ehr: Flask) -> None:
    client = SmartClient(ehr)
    answer = client.http.post("/user", data={"user": "tran", "patient": "haddad"})
    assert answer.headers["Location"] == "/chart/haddad"
    location = client.http.get("/chart/haddad/tab").headers["Location"]
    consent = client.authorize(**client.params(launch=parse_qs(urlsplit(location).query)["launch"][0]))
    assert "Kevin Tran" in consent.text
    assert client.http.post("/user", data={"user": "nobody"}).status_code == 400


def test_a_chart_that_is_not_there(ehr: Flask) -> None:
    for path in ("/chart/nobody", "/chart/nobody/app", "/chart/nobody/tab"):
        assert ehr.test_client().get(path).status_code == 404


def test_sparse_and_strange_records_are_shown(ehr: Flask) -> None:
    data = (
        {"resourceType": "Patient", "id": "x"},
        {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/x"}},
        {"resourceType": "Observation", "id": "o", "subject": {"reference": "Patient/x"}, "valueString": "positive"},
        {"resourceType": "Observation", "id": "o2", "subject": {"reference": "Patient/x"},
         "component": [{"valueQuantity": {"value": 120}}, {"valueQuantity": {"value": 80, "unit": "mmHg"}}]},
        {"resourceType": "CarePlan", "id": "cp", "subject": {"reference": "Patient/x"}, "activity": [{}]},
        {"resourceType": "MedicationRequest", "id": "m", "subject": {"reference": "Patient/x"}},
    )  # fmt: skip
    app = sandbox_ehr(patients=False, data=data)
    page = app.test_client().get("/chart/x").text
    assert "Patient x" in page
    assert "120 / 80 mmHg" in page
    assert "positive" in page


def test_a_foreign_name_for_this_machine_is_refused(ehr: Flask) -> None:
    http = ehr.test_client()
    assert http.get("/chart/bergstrom", headers={"Host": "evil.example"}).status_code == 400
    assert http.get("/chart/bergstrom", headers={"Host": "localhost:8081"}).status_code == 200


def test_tasks_documents_and_who_wrote_what_are_in_the_chart(ehr: Flask) -> None:
    store = ehr.extensions["sandbox"].store
    patient = {"reference": "Patient/bergstrom"}
    for resource in (
        {"resourceType": "ServiceRequest", "id": "order", "subject": patient, "code": {"text": "Physical therapy"}},
        {"resourceType": "Task", "id": "t", "for": patient, "status": "requested", "description": "Book the visits",
         "focus": {"reference": "ServiceRequest/order"}, "businessStatus": {"text": "appointment offered"},
         "owner": {"display": "Rosa Brandt"}, "note": [{"text": "Accepted."}, {"text": "Contact: Called."}]},
        {"resourceType": "Task", "id": "q", "for": patient, "status": "completed", "description": "A collar?",
         "partOf": [{"reference": "Task/t"}], "output": [{"valueReference": {"reference": "QuestionnaireResponse/a"}}]},
        {"resourceType": "QuestionnaireResponse", "id": "a", "subject": patient, "status": "completed",
         "author": {"display": "Dr. Ngozi Okafor"},
         "item": [{"linkId": "answer", "text": "Answer", "answer": [{"valueString": "No collar."}]}, {"linkId": "x"}]},
        {"resourceType": "DocumentReference", "id": "d", "subject": patient, "status": "current",
         "docStatus": "preliminary", "description": "Plan as a note",
         "content": [{"attachment": {"contentType": "application/pdf"}}]},
        {"resourceType": "Provenance", "id": "p", "recorded": "2026-02-28T10:00:00Z",
         "target": [{"reference": "ServiceRequest/order"}, {"reference": "Task/t"}],
         "agent": [{"type": {"text": "author"}, "who": {"display": "Dr. Ngozi Okafor"}}, {"who": {}}]},
    ):  # fmt: skip
        store.put(resource)
    page = ehr.test_client().get("/chart/bergstrom").text
    tasks, documents, provenance = (
        page.split(f'aria-label="{title}"')[1].split("</section>")[0] for title in ("Tasks", "Documents", "Provenance")
    )
    assert 'id="Task-t"' in tasks and "Book the visits" in tasks and "requested" in tasks
    assert '<a href="#ServiceRequest-order">Physical therapy</a>' in tasks
    assert "appointment offered, Rosa Brandt" in tasks
    assert "Contact: Called." in tasks and '<a href="#Task-t">Book the visits</a>' in tasks
    assert '<a href="#QuestionnaireResponse-a">Answers to a form</a>' in tasks
    assert "Answer: No collar." in documents and "Dr. Ngozi Okafor" in documents
    assert "Plan as a note" in documents and "application/pdf" in documents and "preliminary" in documents
    assert "author: Dr. Ngozi Okafor" in provenance and "2026-02-28" in provenance
    assert '<a href="#Task-t">Book the visits</a>' in provenance


def test_one_name_for_this_ehr(ehr: Flask) -> None:
    http = ehr.test_client()
    for path in (*PAGES, "/faults"):
        assert "Riverside EHR" in http.get(path).text, path
    assert http.get("/fhir/metadata").json["software"]["name"] == "Riverside EHR"
    vendor = sandbox_ehr(personality="epic").test_client().get("/").text
    assert "FHIR as Epic speaks it" in vendor and "Riverside EHR" in vendor


@pytest.mark.parametrize("id_", [stem.stem for stem in sorted(OWN_PATIENTS.glob("[01]*.json"))])
def test_no_id_stands_twice_on_a_page(ehr: Flask, id_: str) -> None:
    patient = json.loads((OWN_PATIENTS / f"{id_}.json").read_text())["entry"][0]["resource"]["id"]
    for path in (f"/chart/{patient}", f"/chart/{patient}/app", f"/faults?patient={patient}"):
        ids = re.findall(r'\bid="([^"]+)"', ehr.test_client().get(path).text)
        assert ids and len(ids) == len(set(ids)), path
