"""CDS Hooks as said here holds to its tables and invariants: each kind of answer. And each kind of mistake is seen."""

import copy

import pytest

from smartapp.core.hooks import CardTopic
from tests.hook_models import Answer, Call, Discovery, Feedback, check
from tests.hooks import body, bundle, hook_app, order, prefetch_of, sandbox_patients

CARD = "5b2f1b3c-3d53-4f5c-8f57-5a4bdb0f1a9e"
REASON = {"system": "http://example.org/reasons", "code": "x", "display": "X"}
OF = {"subject": "Patient/haddad"}
SOME_BONE = {
    "resourceType": "Condition", "id": "some-bone", "subject": {"reference": "Patient/haddad"},
    "category": [{"coding": [{"code": "problem-list-item"}]}],
    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "443165006"}]}, "onsetDateTime": "2026-02-01",
}  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return hook_app(tmp_path_factory.mktemp("models")).client


@pytest.fixture(scope="module")
def patients():
    return sandbox_patients()


def asked(client, hook, patient, records, *orders):
    context = {"draftOrders": bundle(*orders)} if orders else {}
    call = body(hook, patient, prefetch_of(records, patient), context=context)
    check(call, Call)
    answer = client.post(f"/cds-services/loadpath-{hook}", json=call)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def test_every_kind_of_answer_holds_to_the_tables(client, patients):
    """Checked by the application under test itself (hook_app); here it is seen that each kind was there."""
    found = [asked(client, "patient-view", id_, records) for id_, records in patients.items()]
    records = patients["haddad"]
    standing = order("Physical therapy", "pt9", **OF, status="active", authoredOn="2026-02-01")
    for text in ("Physical therapy", "Manual therapy, lumbar", "MRI lumbar spine"):
        found.append(asked(client, "order-sign", "haddad", records, order(text, **OF)))
    found.append(asked(client, "order-sign", "haddad", [*records, standing], order("Physical therapy", **OF)))
    patient = [each for each in records if each["resourceType"] == "Patient"]
    found.append(asked(client, "patient-view", "haddad", [*patient, SOME_BONE]))
    cards = [card for answer in found for card in answer["cards"]]
    assert any(not answer["cards"] for answer in found)
    topics = {card["source"]["topic"]["code"] for card in cards}
    assert topics >= set(CardTopic) - {CardTopic.SIGNED_ORDER}  # that one: tests/journey/test_order_entry.py
    kinds = {action["type"] for card in cards for each in card.get("suggestions", ()) for action in each["actions"]}
    assert kinds == {"create", "update"} and {card["indicator"] for card in cards} == {"info", "warning", "critical"}


def test_a_call_may_carry_what_no_table_names(client, patients):
    """CDS Hooks, Extensions: an EHR may add its own, and a user may be named by role."""
    prefetch = {**prefetch_of(patients["haddad"], "haddad"), "of-another-service": {"resourceType": "Bundle"}}
    context = {"userId": "PractitionerRole/okafor", "org.example.screen": "summary"}
    call = body("patient-view", "haddad", prefetch, context=context, extension={"org.example.criteria": "1"})
    answer = client.post("/cds-services/loadpath-patient-view", json=call)
    assert answer.status_code == 200 and answer.get_json()["cards"]


# -- a check that cannot fail proves nothing


@pytest.fixture(scope="module")
def answer(client, patients):
    found = asked(client, "patient-view", "haddad", patients["haddad"])
    assert found["cards"][0]["suggestions"]
    return found


def action_of(card):
    return card["suggestions"][0]["actions"][0]


MISTAKES = {
    "summary of 140 characters": lambda card: card.update(summary="x" * 140),
    "no summary": lambda card: card.pop("summary"),
    "an indicator of another list": lambda card: card.update(indicator="hard-stop"),
    "no source": lambda card: card.pop("source"),
    "no label of the source": lambda card: card["source"].pop("label"),
    "a topic without its system": lambda card: card["source"]["topic"].pop("system"),
    "a relative address": lambda card: card["source"].update(url="/about"),
    "a uuid that is none": lambda card: card.update(uuid="1"),
    "null": lambda card: card.update(detail=None),
    "empty": lambda card: card.update(links=[]),
    "a field of no table": lambda card: card.update(title="x"),
    "cds-resp-1": lambda card: card.update(
        selectionBehavior="at-most-one", suggestions=[{**card["suggestions"][0], "isRecommended": True}] * 2
    ),
    "cds-resp-2": lambda card: action_of(card).update(type="delete"),
    "cds-resp-3": lambda card: card["links"][0].update(type="absolute"),
    "cds-resp-4": lambda card: card["overrideReasons"][0].pop("display"),
    "cds-resp-5": lambda card: action_of(card).pop("description"),
    "cds-resp-6": lambda card: card.pop("selectionBehavior"),
    "cds-resp-7": lambda card: card["suggestions"][0].update(actionSelectionBehavior="some"),
    "a create without its resource": lambda card: action_of(card).pop("resource"),
    "a create with an id": lambda card: action_of(card)["resource"].update(id="x"),
    "a resource that is not FHIR": lambda card: action_of(card)["resource"].update(status=7),
    "a link without type": lambda card: card["links"][0].pop("type"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_an_answer_is_seen(answer, name):
    check(answer, Answer)
    spoilt = copy.deepcopy(answer)
    MISTAKES[name](spoilt["cards"][0])
    with pytest.raises((AssertionError, ValueError)):
        check(spoilt, Answer)


def test_a_mistake_in_discovery_is_seen(client):
    right = client.get("/cds-services").get_json()
    for changes in ({"id": "a  b"}, {"version": "STU2"}, {"prefetch": {"x": "Patient/{{patientId}}"}}, {"hook": ""}):
        spoilt = {"services": [{**right["services"][0], **changes}]}
        with pytest.raises(AssertionError):
            check(spoilt, Discovery)


GRANT = {"access_token": "t", "token_type": "Bearer", "expires_in": 300, "scope": "user/*.rs", "subject": "x"}
WRONG_CALLS = [
    {"fhirAuthorization": GRANT},
    {"fhirAuthorization": {**GRANT, "scope": "patient/*.rs"}, "fhirServer": "https://ehr.example/fhir"},
    {"fhirAuthorization": {**GRANT, "token_type": "bearer"}, "fhirServer": "https://ehr.example/fhir"},
    {"hookInstance": "1"},
    {"context": {"userId": "okafor"}},
    {"hook": "order-sign"},
    {"prefetch": {"patient": {}}},
    {"prefetch": []},
]


@pytest.mark.parametrize("changes", WRONG_CALLS, ids=str)
def test_a_mistake_in_a_call_is_seen(changes):
    check(body("patient-view", "p", {"patient": None}), Call)
    with pytest.raises(AssertionError):
        check({**body("patient-view", "p", {"patient": None}), **changes}, Call)


ENTRY = {"card": CARD, "outcome": "overridden", "outcomeTimestamp": "2026-03-01T09:30:00Z"}
WRONG_ENTRIES = [
    {"outcome": "ignored"},
    {"outcome": "accepted"},
    {"overrideReason": {"reason": {"code": "x"}}},
    {"overrideReason": {}},
    {"outcomeTimestamp": "2026-03-01T09:30:00+01:00"},
    {"acceptedSuggestions": [{}]},
]


@pytest.mark.parametrize("changes", WRONG_ENTRIES, ids=str)
def test_a_mistake_in_feedback_is_seen(changes):
    check({"feedback": [{**ENTRY, "overrideReason": {"reason": REASON, "userComment": "seen"}}]}, Feedback)
    with pytest.raises(AssertionError):
        check({"feedback": [{**ENTRY, **changes}]}, Feedback)
