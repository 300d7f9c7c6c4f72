"""CDS Hooks calls and feedback, nearly right and spoilt: an answer for the EHR's developer, never a fault of ours."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.shaped import nearly_json, share, spoilt
from tests.hooks import EHR, body, bundle, hook_app, order, prefetch_of, sandbox_patients

SUBJECT = {"subject": "Patient/haddad"}
GRANT = {"access_token": "t0ken", "token_type": "Bearer", "expires_in": 300, "scope": "user/*.rs", "subject": "x"}
ENTRY = {
    "card": "5b2f1b3c-3d53-4f5c-8f57-5a4bdb0f1a9e",
    "outcome": "overridden",
    "overrideReason": {"reason": {"system": "http://example.org", "code": "x", "display": "X"}, "userComment": "no"},
    "outcomeTimestamp": "2026-03-01T09:30:00Z",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return hook_app(tmp_path_factory.mktemp("fuzz"), hook_seconds=0.01).client


def calls():
    """One of each hook, about one patient; the second one with access, for what is spoilt away."""
    prefetch = prefetch_of(sandbox_patients()["haddad"], "haddad")
    orders = bundle(order("Physical therapy", **SUBJECT), order("Plyometric training", "b", **SUBJECT))
    drafts = {"draftOrders": orders, "selections": ["ServiceRequest/draft1"]}
    access = {"fhirServer": EHR, "fhirAuthorization": GRANT}
    return [
        body("patient-view", "haddad", prefetch),
        body("order-select", "haddad", prefetch, context=drafts, **access),
        body("order-sign", "haddad", prefetch, context=drafts),
    ]


def judged(answer):
    assert answer.status_code in (200, 400, 404, 412), answer.get_data(as_text=True)[:500]
    told = answer.get_json()
    if answer.status_code == 200:
        assert isinstance(told.get("cards", []), list)
        assert all(0 < len(card["summary"]) < 140 for card in told.get("cards", []))
    else:
        assert told["resourceType"] == "OperationOutcome" and told["issue"][0]["details"]["text"]


CALLS = calls()


@share(3)
@given(st.data())
def test_a_spoilt_call(client, data):
    right = data.draw(st.sampled_from(CALLS))
    value = data.draw(spoilt(st.just(right)))
    judged(client.post(f"/cds-services/loadpath-{right['hook']}", data=json.dumps(value)))


@share(2)
@given(st.data())
def test_bytes_that_are_nearly_a_call(client, data):
    raw = data.draw(nearly_json(st.sampled_from([body("patient-view", "haddad", {}), {"feedback": [ENTRY]}])))
    judged(client.post("/cds-services/loadpath-patient-view", data=raw))
    judged(client.post("/cds-services/loadpath-patient-view/feedback", data=raw))


@share(2)
@given(spoilt(st.just({"feedback": [ENTRY, {**ENTRY, "outcome": "accepted", "acceptedSuggestions": [{"id": "x"}]}]})))
def test_spoilt_feedback(client, value):
    judged(client.post("/cds-services/loadpath-patient-view/feedback", data=json.dumps(value)))
