"""CDS Hooks through the front door: who is let in, what is offered, feedback, and faults as OperationOutcome."""

import json
import re

import pytest

from smartapp.core.hooks import Hook
from smartapp.fhir.hooks.feedback import parse_feedback
from tests.hooks import hook_app

CARD, SUGGESTION = "5b2f1b3c-3d53-4f5c-8f57-5a4bdb0f1a9e", "9e5bb2b1-1d9d-4a24-9a2f-0a5c4f3d2b1a"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return hook_app(tmp_path_factory.mktemp("hooks")).client


def entry(**changes):
    given = {
        "card": CARD,
        "outcome": "accepted",
        "acceptedSuggestions": [{"id": SUGGESTION}],
        "outcomeTimestamp": "2026-03-01T09:30:00Z",
    }
    return {name: value for name, value in {**given, **changes}.items() if value is not ...}


def told(response):
    body = response.get_json()
    assert body["resourceType"] == "OperationOutcome" and response.mimetype == "application/json"
    return body["issue"][0]["details"]["text"]


def test_every_call_is_refused_where_no_caller_is_known(tmp_path):
    client = hook_app(tmp_path, let_in=False).client
    calls = [
        client.get("/cds-services"),
        client.post("/cds-services/loadpath-patient-view/feedback", json={"feedback": [entry()]}),
        client.post("/cds-services/nothing/feedback", json={}),
    ]
    for answer in calls:
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer") and told(answer)


def test_discovery_offers_a_service_for_each_hook(client):
    answer = client.get("/cds-services")
    services = answer.get_json()["services"]
    assert answer.status_code == 200 and {service["hook"] for service in services} == set(Hook)
    for service in services:
        assert re.fullmatch(r"[a-z-]+", service["id"]) and service["title"] and service["description"]
        assert (service["version"], service["hookVersion"]) == ("STU2", "1.0") and service["usageRequirements"]


def test_prefetch_keeps_to_what_is_recommended_of_every_ehr(client):
    for service in client.get("/cds-services").get_json()["services"]:
        templates = service["prefetch"]
        assert templates["patient"] == "Patient/{{context.patientId}}"
        assert "Condition?patient={{context.patientId}}&category=problem-list-item" in templates.values()
        for key, template in templates.items():
            kind, _, query = template.partition("?")
            names = [part.partition("=")[0] for part in query.split("&") if part]
            assert re.fullmatch(r"[a-z0-9-]+", key) and re.fullmatch(r"[A-Za-z]+(/\{\{context.patientId\}\})?", kind)
            assert set(names) <= {"patient", "category", "code", "intent"} and "{{" not in query.replace(
                "{{context.patientId}}", ""
            )


def test_no_two_searches_share_a_key(client):
    made = client.application.extensions["loadpath-charts"].searches
    assert len(client.get("/cds-services").get_json()["services"][0]["prefetch"]) == len(made)


def test_feedback_is_read(client):
    overridden = entry(
        outcome="overridden",
        acceptedSuggestions=...,
        overrideReason={
            "reason": {"system": "http://example.org", "code": "x", "display": "X"},
            "userComment": "seen by surgery",
        },
    )
    answer = client.post("/cds-services/loadpath-patient-view/feedback", json={"feedback": [entry(), overridden]})
    assert answer.status_code == 200
    accepted, other = parse_feedback(json.dumps({"feedback": [entry(), overridden]}).encode())
    assert (accepted.accepted, accepted.reason) == ((SUGGESTION,), None) and accepted.at.tzinfo
    assert (other.reason.code, other.comment, other.accepted) == ("x", "seen by surgery", ())


def test_a_card_overridden_without_a_reason_is_taken():
    (said,) = parse_feedback(json.dumps({"feedback": [entry(outcome="overridden")]}).encode())
    assert (said.reason, said.comment, said.accepted) == (None, "", ())


WRONG = [
    ({}, "feedback is missing."),
    ({"feedback": {}}, "feedback must be an array."),
    ({"feedback": []}, "feedback must hold at least one entry."),
    ({"feedback": ["x"]}, "feedback[0] must be an object."),
    ({"feedback": [entry()] * 101}, "feedback holds 101 entries, at most 100 are taken."),
    ({"feedback": [entry(card=...)]}, "feedback[0].card is missing."),
    ({"feedback": [entry(card="x")]}, "feedback[0].card must be a UUID."),
    ({"feedback": [entry(), entry(outcome="ignored")]}, "feedback[1].outcome must be one of accepted, overridden."),
    ({"feedback": [entry(outcomeTimestamp=...)]}, "feedback[0].outcomeTimestamp is missing."),
    ({"feedback": [entry(acceptedSuggestions=...)]}, "feedback[0].acceptedSuggestions is missing."),
    ({"feedback": [entry(acceptedSuggestions=[])]}, "feedback[0].acceptedSuggestions must name what was accepted."),
    ({"feedback": [entry(acceptedSuggestions=[{}])]}, "feedback[0].acceptedSuggestions[0].id is missing."),
    (
        {"feedback": [entry(outcome="overridden", overrideReason={"x": 1})]},
        "feedback[0].overrideReason must have a reason, a userComment, or both.",
    ),
    (
        {"feedback": [entry(outcome="overridden", overrideReason={"reason": {}})]},
        "feedback[0].overrideReason.reason.code is missing.",
    ),
]


@pytest.mark.parametrize(("body", "says"), WRONG, ids=[says for _, says in WRONG])
def test_wrong_feedback_is_told_by_its_field(client, body, says):
    answer = client.post("/cds-services/loadpath-patient-view/feedback", json=body)
    assert (answer.status_code, told(answer)) == (400, says)


@pytest.mark.parametrize("at", ["2026-03-01", "2026-03-01T09:30:00", "2026-13-01T09:30:00Z", "now"])
def test_a_moment_without_its_zone_is_refused(client, at):
    answer = client.post(
        "/cds-services/loadpath-patient-view/feedback", json={"feedback": [entry(outcomeTimestamp=at)]}
    )
    assert answer.status_code == 400 and "with its zone" in told(answer)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_what_is_no_json_object_is_refused(client, body):
    answer = client.post("/cds-services/loadpath-patient-view/feedback", data=body)
    assert answer.status_code == 400 and told(answer).startswith("The body")


def test_an_unknown_service_is_not_found(client):
    answer = client.post("/cds-services/nothing/feedback", json={"feedback": [entry()]})
    assert answer.status_code == 404 and "no such CDS service" in told(answer)
