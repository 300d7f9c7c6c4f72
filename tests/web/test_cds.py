"""CDS Hooks through the front door: who is let in, what is offered, feedback, and faults as OperationOutcome."""

import json
import re
import uuid

import pytest

from smartapp.core.hooks import Hook
from smartapp.fhir.build.bundle import validate_model
from smartapp.fhir.hooks.feedback import parse_feedback
from tests.hooks import EHR, body, bundle, hook_app, order, prefetch_of, sandbox_patients
from tests.journey.harness import APP, ISSUERS

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
        assert (service["version"], service["hookVersion"]) == ("2.0.0", "1.0") and service["usageRequirements"]


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


# -- calls


@pytest.fixture(scope="module")
def patients():
    return sandbox_patients()


def call(client, hook, patient, prefetch=None, **changes):
    return client.post(f"/cds-services/loadpath-{hook}", json=body(hook, patient, prefetch, **changes))


def one_card(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    (card,) = answer.get_json()["cards"]
    return card


def empties(value, where="$"):
    """Null, or anything empty, wherever it stands."""
    if value in (None, "", [], {}):
        yield where
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from empties(inner, f"{where}.{key}")


def test_a_card_is_what_the_specification_asks_for(client, patients):
    card = one_card(call(client, "patient-view", "haddad", prefetch_of(patients["haddad"], "haddad")))
    assert not list(empties(card)) and len(card["summary"]) < 140 and card["indicator"] == "info"
    assert re.fullmatch(r"[A-Za-z0-9]{1,100}", card["source"]["topic"]["code"]) and card["source"]["label"]
    assert card["source"]["url"].endswith("/about") and card["source"]["topic"]["system"].startswith("https://")
    assert card["selectionBehavior"] == "any"
    (link,) = card["links"]
    assert (link["type"], link["url"]) == ("smart", f"{APP}/launch") and json.loads(link["appContext"])["finding"]
    assert all(set(reason) == {"system", "code", "display"} for reason in card["overrideReasons"])
    ids = [card["uuid"], *(each["uuid"] for each in card["suggestions"])]
    assert len({uuid.UUID(each) for each in ids}) == 2
    for name in ("haddad", "Haddad", "Patient/"):
        assert name not in json.dumps([card["links"], card["source"], card["summary"]])


def test_the_suggestion_is_one_unsigned_order(client, patients):
    prefetch = prefetch_of(patients["haddad"], "haddad")
    card = one_card(call(client, "patient-view", "haddad", prefetch, context={"encounterId": "e1"}))
    (suggestion,) = card["suggestions"]
    (action,) = suggestion["actions"]
    made = action["resource"]
    assert (action["type"], made["resourceType"], made["status"]) == ("create", "ServiceRequest", "draft")
    assert made["intent"] == "proposal" and made["subject"]["reference"] == "Patient/haddad"
    assert "id" not in made and "basedOn" not in made and made["encounter"]["reference"] == "Encounter/e1"
    assert "requester" not in made and "AVOID:" in made["note"][0]["text"] and action["description"]
    assert validate_model(made)["code"] == made["code"]
    assert not list(dangling(made))


def dangling(value):
    """References to what is not in the chart."""
    if isinstance(value, dict):
        if str(value.get("reference", "")).startswith("urn:"):
            yield value["reference"]
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from dangling(inner)


PREFERENCE = """
[sandbox.cds_hooks]
iss = "https://ehr.example"
jku = "http://localhost:8081/jwks"
preference_code = "urn:com.epic.cdshooks.action.code.system.preference-list-item|4711"
"""


def test_the_site_may_name_its_own_code_for_the_order(tmp_path, patients):
    client = hook_app(tmp_path, issuers=with_hooks(PREFERENCE)).client
    card = one_card(call(client, "patient-view", "haddad", prefetch_of(patients["haddad"], "haddad")))
    code = card["suggestions"][0]["actions"][0]["resource"]["code"]
    (coding,) = code["coding"]
    assert coding == {"system": "urn:com.epic.cdshooks.action.code.system.preference-list-item", "code": "4711"}
    assert code["text"] == "Referral for supervised physical therapy"


def with_hooks(table):
    head, _, roles = ISSUERS.partition("[sandbox.roles]")
    return f"{head}{table}[sandbox.roles]{roles}"


def test_a_silent_service_shows_nothing_and_is_recorded(tmp_path, patients):
    made = hook_app(tmp_path, issuers=with_hooks(PREFERENCE + 'silent = ["patient-view"]\n'))
    prefetch = prefetch_of(patients["haddad"], "haddad")
    assert call(made.client, "patient-view", "haddad", prefetch).get_json() == {"cards": []}
    (kept,) = made.app.extensions["loadpath"].store.hooks.firings("sandbox")
    assert kept.firing.cards[0].topic == "LoadpathReferToTherapy" and not kept.firing.shown
    loud = call(made.client, "order-sign", "haddad", prefetch, context=drafts(order("Physical therapy", **OF)))
    assert one_card(loud)["indicator"] == "warning"


def test_a_stop_is_critical_and_suggests_nothing(client, patients):
    card = one_card(call(client, "patient-view", "petrov", prefetch_of(patients["petrov"], "petrov")))
    assert card["indicator"] == "critical" and "suggestions" not in card and "selectionBehavior" not in card


@pytest.mark.parametrize("patient", ["delgado", "lindgren", "sato"])
def test_nothing_is_said_where_nothing_is_new(client, patients, patient):
    answer = call(client, "patient-view", patient, prefetch_of(patients[patient], patient))
    assert answer.get_json() == {"cards": []}


def test_no_card_goes_to_patients(client, patients):
    prefetch = prefetch_of(patients["petrov"], "petrov")
    answer = call(client, "patient-view", "petrov", prefetch, context={"userId": "Patient/petrov"})
    assert answer.get_json() == {"cards": []}


def test_the_one_question_is_asked(client, patients):
    card = one_card(call(client, "patient-view", "whitfield", prefetch_of(patients["whitfield"], "whitfield")))
    asked = [line for line in card["detail"].split("\n") if line.startswith("**") and "?" in line]
    assert len(asked) == 1 and "intermediate instead of initial" in asked[0]


# -- orders

OF = {"subject": "Patient/haddad"}


def drafts(*orders, selections=...):
    context = {"draftOrders": bundle(*orders)}
    return context if selections is ... else {**context, "selections": selections}


def test_limits_are_added_to_an_order_without_them(client, patients):
    draft = order("Ambulatory referral to Physical Therapy", **OF, note=[{"text": "Eval and treat"}])
    context = drafts(draft, selections=["ServiceRequest/draft1"])
    card = one_card(call(client, "order-select", "haddad", prefetch_of(patients["haddad"], "haddad"), context=context))
    action = card["suggestions"][0]["actions"][0]
    assert action["type"] == "update" and action["resource"]["id"] == "draft1"
    assert action["resource"]["note"][0] == {"text": "Eval and treat"} and action["resource"]["status"] == "draft"
    assert "AVOID:" in action["resource"]["note"][1]["text"]
    again = drafts(action["resource"])  # accepted: now it says its limits
    prefetch = prefetch_of(patients["haddad"], "haddad")
    assert call(client, "order-sign", "haddad", prefetch, context=again).get_json() == {"cards": []}


def test_what_says_nothing_in_an_order_does_not_come_back(client, patients):
    """An order may come with null and empty values; no answer has any, and a refined order keeps its status."""
    empty = {"encounter": None, "category": [], "requester": {}, "priority": "", "reasonCode": [{"text": None}]}
    draft = order("Physical therapy", **OF, note=None, **empty, status="active")
    context = drafts(draft)
    card = one_card(call(client, "order-sign", "haddad", prefetch_of(patients["haddad"], "haddad"), context=context))
    made = card["suggestions"][0]["actions"][0]["resource"]
    assert not empty.keys() & made.keys() and len(made["note"]) == 1 and made["status"] == "active"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("MRI lumbar spine", None),
        ("Manual therapy, lumbar", "LoadpathOrderConflict"),
        ("Plyometric training", "LoadpathOrderConflict"),
        ("Balance training", None),
        ("Referral to physiotherapist", "LoadpathOrderWithoutRestrictions"),
        ("Manual therapy, hip and lumbar spine", "LoadpathOrderConflict"),
        ("Manual therapy, right shoulder", None),
        ("Manual therapy of the spine is contraindicated", None),
        ("Terapia manual", "LoadpathOrderConflict"),
        ("Terapia manual de hombro", None),
        ("Manuelle Therapie LWS", "LoadpathOrderConflict"),
        ("Manuelle Therapie der Schulter", None),
        ("Ejercicio terapéutico con saltos", "LoadpathOrderConflict"),
        ("Ejercicio terapéutico sin saltos", None),
        ("Krafttraining mit Kreuzheben", "LoadpathOrderConflict"),
        ("Krafttraining, kein Kreuzheben", None),
        ("Fisioterapia: evitar terapia manual", "LoadpathOrderWithoutRestrictions"),
        ("Krankengymnastik, manuelle Therapie vermeiden", "LoadpathOrderWithoutRestrictions"),
    ],
)
def test_what_an_order_is_about(client, patients, text, topic):
    prefetch = prefetch_of(patients["haddad"], "haddad")
    cards = call(client, "order-sign", "haddad", prefetch, context=drafts(order(text, **OF))).get_json()["cards"]
    assert [card["source"]["topic"]["code"] for card in cards] == ([topic] if topic else [])


@pytest.mark.parametrize(
    "note",
    [
        "Spinal precautions",
        "Avoid loaded flexion and twisting",
        "No bending, lifting or twisting",
    ],
)
def test_an_order_that_says_its_limits_is_left_alone(client, patients, note):
    draft = order("Physical therapy", **OF, note=[{"text": note}])
    prefetch = prefetch_of(patients["haddad"], "haddad")
    assert call(client, "order-sign", "haddad", prefetch, context=drafts(draft)).get_json() == {"cards": []}


def test_an_order_by_its_code_alone_is_known(client, patients):
    coded = {"coding": [{"system": "http://snomed.info/sct", "code": "91251008"}]}
    prefetch = prefetch_of(patients["haddad"], "haddad")
    context = drafts(order("", **OF, code=coded))
    assert one_card(call(client, "order-sign", "haddad", prefetch, context=context))["indicator"] == "warning"


@pytest.mark.parametrize(
    ("code", "topic"), [("97140", "LoadpathOrderConflict"), ("97110", "LoadpathOrderWithoutRestrictions")]
)
def test_manual_therapy_is_known_by_its_code_alone(client, patients, code, topic):
    coded = {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": code}]}
    context = drafts(order("", **OF, code=coded))
    prefetch = prefetch_of(patients["haddad"], "haddad")
    cards = call(client, "order-sign", "haddad", prefetch, context=context).get_json()["cards"]
    assert [card["source"]["topic"]["code"] for card in cards] == ([topic] if topic else [])


def test_a_second_referral_is_told(client, patients):
    standing = order("Physical therapy", "pt9", **OF, status="active", authoredOn="2026-02-01")
    prefetch = prefetch_of([*patients["haddad"], standing], "haddad")
    card = one_card(call(client, "order-sign", "haddad", prefetch, context=drafts(order("Physical therapy", **OF))))
    assert card["source"]["topic"]["code"] == "LoadpathDuplicateOrder" and "2026-02-01" in card["summary"]
    assert call(client, "patient-view", "haddad", prefetch).get_json() == {"cards": []}
    same = drafts(order("Physical therapy", "pt9", **OF))  # the EHR lists the very order that is being written
    assert one_card(call(client, "order-sign", "haddad", prefetch, context=same))["indicator"] == "warning"


@pytest.mark.parametrize("status", [["active", "x"], {"code": "active"}, 7, None])
def test_an_order_of_the_chart_with_a_status_that_is_none_is_no_fault(client, patients, status):
    """Found by fuzzing: a list cannot be looked up."""
    broken = order("Physical therapy", "z", **OF, status=status)
    prefetch = prefetch_of([*patients["haddad"], broken], "haddad")
    assert one_card(call(client, "patient-view", "haddad", prefetch))["indicator"] == "info"


def test_only_what_is_selected_counts(client, patients):
    context = drafts(
        order("Physical therapy", "a", **OF),
        order("MRI lumbar spine", "b", **OF),
        selections=["ServiceRequest/b"],
    )
    prefetch = prefetch_of(patients["haddad"], "haddad")
    assert call(client, "order-select", "haddad", prefetch, context=context).get_json() == {"cards": []}


def test_markup_of_a_record_is_text_on_the_card(client, patients):
    draft = order("Physical therapy", "a", **OF)
    standing = order("Physical therapy [click](http://evil.example) <b>", "z", **OF, status="active")
    prefetch = prefetch_of([*patients["haddad"], standing], "haddad")
    card = one_card(call(client, "order-sign", "haddad", prefetch, context=drafts(draft)))
    assert "http://evil" not in card["detail"] and "<b>" not in card["detail"]
    assert r"\[click\](http:\//evil" in card["detail"]


# -- what is wrong with a call

PREFETCH = {"patient": {"resourceType": "Patient", "id": "p"}}
FAULTS = [
    ({"hook": ...}, "hook is missing."),
    ({"hook": 3}, "hook must be text."),
    (
        {"hook": "order-sign"},
        "hook is 'order-sign', and the service loadpath-patient-view is called at 'patient-view'.",
    ),
    ({"hookInstance": ...}, "hookInstance is missing."),
    ({"hookInstance": "1"}, "hookInstance must be a UUID."),
    ({"context": {"patientId": ...}}, "context.patientId is missing."),
    ({"context": {"patientId": "../x"}}, "context.patientId must be the id of a resource, without its type."),
    ({"context": {"patientId": ""}}, "context.patientId must not be empty."),
    ({"context": {"userId": ...}}, "context.userId is missing."),
    ({"context": {"userId": "okafor"}}, "context.userId must be a reference such as Practitioner/12."),
    ({"context": {"encounterId": "a/b"}}, "context.encounterId must be the id of a resource, without its type."),
    ({"prefetch": []}, "prefetch must be an object."),
    ({"prefetch": {"patient": 3}}, "prefetch.patient must be a Patient, an OperationOutcome or null."),
    ({"prefetch": {"patient": {"resourceType": "Patient", "id": "q"}}},
     "prefetch.patient is another patient's record than context.patientId."),
    ({"prefetch": {"procedures": {"resourceType": "Procedure"}}},
     "prefetch.procedures must be a Bundle, an OperationOutcome or null."),
    ({"fhirAuthorization": {}}, "fhirAuthorization.access_token is missing."),
    ({"fhirAuthorization": {"access_token": "t", "token_type": "MAC"}},
     "fhirAuthorization.token_type must be Bearer."),
    ({"fhirAuthorization": {"access_token": "t", "token_type": "Bearer"}}, "fhirAuthorization.expires_in is missing."),
    ({"fhirServer": "https://elsewhere.example/fhir"},
     "fhirServer is not the FHIR base this EHR is registered with."),
    ({"fhirServer": "http://localhost:8081/fhir/../x"},
     "fhirServer is not the FHIR base this EHR is registered with."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "says"), FAULTS, ids=[says for _, says in FAULTS])
def test_a_wrong_call_is_told_by_its_field(client, changes, says):
    made = body("patient-view", "p", PREFETCH, **{k: v for k, v in changes.items() if k == "context"})
    made = {name: value for name, value in {**made, **changes, "context": made["context"]}.items() if value is not ...}
    answer = client.post("/cds-services/loadpath-patient-view", json=made)
    assert (answer.status_code, told(answer)) == (400, says)


GRANT = {"access_token": "t0ken", "token_type": "Bearer", "expires_in": 300, "scope": "user/*.rs", "subject": "x"}
PT = drafts(order("PT", subject="Patient/p"), selections=["ServiceRequest/draft1"])
MORE_FAULTS = [
    ({"fhirAuthorization": GRANT}, PT, "fhirServer is missing: fhirAuthorization needs it."),
    ({"fhirAuthorization": {**GRANT, "patient": "q"}, "fhirServer": EHR}, PT,
     "fhirAuthorization.patient is another patient than context.patientId."),
    ({}, drafts(order("PT", subject="Patient/p")), "context.selections is missing."),
    ({}, {"draftOrders": ...}, "context.draftOrders is missing."),
    ({}, {"draftOrders": {"resourceType": "List"}}, "context.draftOrders must be a Bundle."),
    ({}, {"draftOrders": {"resourceType": "Bundle", "entry": [{}]}},
     "context.draftOrders.entry[0].resource is missing."),
    ({}, {"draftOrders": {"resourceType": "Bundle", "entry": [{"resource": {}}]}},
     "context.draftOrders.entry[0].resource.resourceType is missing."),
    ({}, drafts(order("PT", subject="Patient/q")),
     "context.draftOrders.entry[0].resource is about another patient than context.patientId."),
    ({}, drafts(order("PT", subject="Patient/p"), selections=["ServiceRequest/other"]),
     "context.selections[0] must be a reference to a resource of context.draftOrders."),
    ({}, drafts(order("PT", subject="Patient/p", code=7), selections=["ServiceRequest/draft1"]),
     "context.draftOrders: ServiceRequest/draft1 cannot be read: “code” should be an object and is a number."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "context", "says"), MORE_FAULTS, ids=[says for *_, says in MORE_FAULTS])
def test_a_wrong_call_about_orders_is_told_by_its_field(client, patients, changes, context, says):
    prefetch = {**prefetch_of([], "p"), **PREFETCH}
    answer = call(client, "order-select", "p", prefetch, context=context, **changes)
    assert (answer.status_code, told(answer)) == (400, says)


def test_nobody_is_called_who_is_not_the_ehr_of_the_issuers_file(tmp_path, patients):
    made = hook_app(tmp_path)
    made.client.post(
        "/cds-services/loadpath-patient-view",
        json=body("patient-view", "p", {}, fhirServer="https://elsewhere.example/fhir", fhirAuthorization=GRANT),
    )
    assert not made.wire.seen


def test_a_record_of_another_patient_is_refused(client, patients):
    other = {"resourceType": "Condition", "id": "x1", "subject": {"reference": "Patient/petrov"}}
    problems = prefetch_of(patients["haddad"], "haddad")["diagnoses-on-the-problem-list"]
    problems = {**problems, "entry": [{"resource": other}, *problems["entry"]]}
    prefetch = prefetch_of(patients["haddad"], "haddad", diagnoses_on_the_problem_list=problems)
    answer = call(client, "patient-view", "haddad", prefetch)
    says = "prefetch.diagnoses-on-the-problem-list.entry[0].resource is about another patient."
    assert (answer.status_code, told(answer)) == (400, says)


def test_an_unknown_service_is_not_found_either(client):
    answer = client.post("/cds-services/nothing", json=body("patient-view", "p", {}))
    assert answer.status_code == 404


def test_what_is_too_large_is_refused(tmp_path):
    client = hook_app(tmp_path, hook_bytes=1000).client
    answer = client.post("/cds-services/loadpath-patient-view", data=b" " * 1001)
    assert (answer.status_code, told(answer)) == (413, "The body is too large.")
