"""Every parser of foreign input: whatever arrives, only errors written for people come out.

``LOADPATH_FUZZ=100000 pytest tests/fuzz`` is the long run; without it, a short one (docs/fuzzing.md).
"""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote_from_bytes

import pytest
from flask import Response
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws

from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.ehr.answer import HttpResponse
from smartapp.ehr.capabilities import parse_capabilities
from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.ehr.replies import reply_to
from smartapp.errors import InputError, LoadpathError
from smartapp.fhir.audit_event import AuditContext
from smartapp.fhir.outcomes import issue_texts
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.files import read_files
from smartapp.fhir.rest_event import classify, rest_events
from smartapp.knowledge import load as load_knowledge
from smartapp.render import assessment_json
from smartapp.web.charts import Charts
from tests.ehr.deliver.engine import Desk
from tests.ehr.deliver.samples import signed
from tests.ehr.launching import Edge, FixedToken, edge
from tests.fake_ehr import BASE, ISSUERS, ORIGIN, FakeEhr, rsa
from tests.fuzz.shaped import TEXT, nearly_json, share, spoilt
from tests.journey.harness import APP, Harness, Page, make_harness
from tests.sandboxes import sandbox_ehr
from tests.storing_ehr import StoringEhr

TODAY = date(2026, 3, 1)
SIGNED = signed()


def charts() -> list[list[dict]]:
    """The records of each made-up patient of the sandbox, the Patient first."""
    box = sandbox_ehr().extensions["sandbox"]
    people = [stored.resource for stored in box.store.every("Patient")]
    kinds = ("Condition", "Observation", "Procedure", "MedicationRequest", "CarePlan", "Encounter", "DiagnosticReport")
    records = [stored.resource for kind in kinds for stored in box.store.every(kind)]
    return [[p, *(r for r in records if r["subject"]["reference"].endswith(f"Patient/{p['id']}"))] for p in people]


RESOURCES = charts()
CHARTS = [
    {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": resource} for resource in resources]}
    for resources in RESOURCES
]
PAIRS = st.lists(st.tuples(
    st.sampled_from(["iss", "launch", "code", "state", "error", "error_description", "error_uri", "ehr", "said", "x"]),
    st.binary(max_size=60) | TEXT.map(lambda text: text.encode("utf-8", "replace")),
), max_size=6)  # fmt: skip


@pytest.fixture(scope="module")
def ehr() -> FakeEhr:
    return FakeEhr(0)


@pytest.fixture(scope="module")
def app(ehr: FakeEhr) -> Edge:
    return edge({ORIGIN: ehr}, ISSUERS)


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    made = make_harness(tmp_path_factory.mktemp("harness"))
    yield made
    made.box.store.close()


@pytest.fixture(scope="module")
def opened(harness: Harness) -> tuple[object, Page]:
    """A browser with a chart open."""
    browser = harness.browser()
    return browser, harness.open(browser, "bergstrom")


def raw(pairs: list[tuple[str, bytes]]) -> str:
    return "&".join(f"{name}={quote_from_bytes(value)}" for name, value in pairs)


def finished(app: Edge, ehr: FakeEhr) -> None:
    """A callback after the EHR was spoilt; either it works or a person can read why not."""
    pending = app.smart.begin_launch(BASE, "x").pending
    ehr.nonce, ehr.now = pending.nonce, app.clock.now
    with suppress(LoadpathError):
        user = app.smart.finish([("code", "c"), ("state", pending.state)], pending).connection.user
        assert isinstance(user.reference, str) and isinstance(user.name, str)


# -- from the browser


@share(14)
@given(path=st.sampled_from(["/launch", "/launch/standalone", "/callback", "/launch/stopped"]), pairs=PAIRS,
       cookie=st.booleans())  # fmt: skip
def test_launch_and_callback_addresses(harness, path, pairs, cookie):
    client = harness.app.test_client()
    if cookie:
        client.set_cookie("__Host-loadpath", "A" * 43, domain="127.0.0.1", secure=True)
    before = len(harness.wire.seen)
    answer = client.get(f"{path}?{raw(pairs)}", base_url=APP)
    assert answer.status_code < 500, answer.text
    assert len(harness.wire.seen) == before, "nothing is sent anywhere for what somebody typed"


@share(6)
@given(pairs=PAIRS, cookie=TEXT, request_id=TEXT)
def test_posted_callbacks_cookies_and_request_ids(harness, pairs, cookie, request_id):
    headers = {
        "Cookie": f"__Host-loadpath={cookie}".encode("latin-1", "replace").decode("latin-1"),
        "X-Request-Id": request_id.encode("latin-1", "replace").decode("latin-1"),
    }
    headers = {name: "".join(c for c in value if c.isprintable()) for name, value in headers.items()}
    body = raw(pairs).encode()
    answer = harness.app.test_client().post(
        "/callback", data=body, content_type="application/x-www-form-urlencoded", headers=headers, base_url=APP
    )
    assert answer.status_code < 500 and "\n" not in answer.headers["X-Request-Id"]


@share(0.5)
@given(
    action=st.sampled_from(["attest", "decide", "undo", "sign"]),
    fields=st.dictionaries(
        st.sampled_from(["item", "choice", "value", "reason", "name", "on", "withdraw", "as", "fingerprint", "again"]),
        st.sampled_from(
            ["change", "drop", "keep", "E13", "E13.dose", "R9", "dose.days", "stable", "2026-02-01", "draft"]
        )
        | TEXT,
    ),
)
def test_forms_of_an_open_session(opened, action, fields):
    browser, page = opened
    form = {**page.form("/sign").fields, **{k: v.encode("utf-8", "replace").decode() for k, v in fields.items()}}
    answer = browser.post(f"{APP}/l/{page.launch_id}/{action}", form)
    assert answer.status < 500, answer.words


@share(1.5)
@given(kind=TEXT, id_=TEXT)
def test_addresses_inside_a_session(opened, kind, id_):
    browser, page = opened
    path = "/".join(quote_from_bytes(part.encode("utf-8", "replace"), safe="") for part in (kind, id_))
    answer = browser.clients[APP].get(f"/l/{page.launch_id}/source/{path}", base_url=APP)
    assert answer.status_code < 500


# -- from the EHR: configuration, keys, tokens


DISCOVERY = FakeEhr(0).configuration()


@share(8)
@given(st.one_of(spoilt(st.just(DISCOVERY)).map(lambda v: json.dumps(v).encode()), nearly_json(st.just(DISCOVERY))))
def test_discovery(body):
    broken = FakeEhr(0, pages={"/r4/.well-known/smart-configuration": Response(body)})
    with suppress(LoadpathError):
        endpoints = edge({ORIGIN: broken}, ISSUERS).smart.begin_launch(BASE, "x").pending.endpoints
        assert endpoints.token.startswith(ORIGIN) and endpoints.authorize.startswith(ORIGIN)


@share(6)
@given(
    keys=spoilt(st.just({"keys": [rsa().as_dict(private=False)]})).map(json.dumps)
    | nearly_json(st.just({"keys": [rsa().as_dict(private=False)]}))
)
def test_key_sets(ehr, keys):
    ehr.pages = {"/auth/jwks": Response(keys)}
    try:
        finished(edge({ORIGIN: ehr}, ISSUERS), ehr)
    finally:
        ehr.pages = {}


TOKENS = {
    "access_token": "a", "refresh_token": "r", "token_type": "Bearer", "expires_in": 300, "patient": "ann",
    "scope": "launch patient/Patient.rs patient/CarePlan.crus", "encounter": "e1", "need_patient_banner": True,
    "fhirContext": [{"reference": "ImagingStudy/1", "role": "launch"}], "intent": "x", "tenant": "t",
    "smart_style_url": "https://ehr.example/style.json",
}  # fmt: skip


@share(12)
@given(
    body=spoilt(st.just(TOKENS)).map(json.dumps) | nearly_json(st.just(TOKENS)),
    status=st.sampled_from([200, 200, 200, 400, 401, 500]),
)
def test_token_answers(ehr, app, body, status):
    ehr.pages = {"/auth/token": Response(body, status)}
    try:
        finished(app, ehr)
    finally:
        ehr.pages = {}


@share(3)
@given(
    body=spoilt(st.just({**TOKENS, "id_token": "e30.e30.c2ln"})).map(json.dumps) | nearly_json(st.just(TOKENS)),
    status=st.sampled_from([200, 200, 200, 400, 401, 500]),
)
def test_renewals(ehr, app, body, status):
    pending = app.smart.begin_launch(BASE, "x").pending
    ehr.nonce, ehr.now = pending.nonce, app.clock.now
    found = app.smart.finish([("code", "c"), ("state", pending.state)], pending)
    ehr.pages = {"/auth/token": Response(body, status)}
    try:
        with suppress(LoadpathError):
            renewed = app.smart.refresh(found.connection, found.tokens)
            assert isinstance(renewed.access, str) and renewed.ends > app.clock.now
        with suppress(LoadpathError):
            app.smart.revoke(found.connection, found.tokens)
    finally:
        ehr.pages = {}


OPENID = {"issuer": f"{ORIGIN}/auth", "jwks_uri": f"{ORIGIN}/auth/jwks", "token_endpoint": f"{ORIGIN}/x"}


@share(5)
@given(st.one_of(spoilt(st.just(OPENID)).map(lambda v: json.dumps(v).encode()), nearly_json(st.just(OPENID))))
def test_openid_configuration(body):
    broken = FakeEhr(0, document={"jwks_uri": None})
    broken.pages = {"/auth/.well-known/openid-configuration": Response(body)}
    with suppress(LoadpathError):
        endpoints = edge({ORIGIN: broken}, ISSUERS).smart.begin_launch(BASE, "x").pending.endpoints
        assert endpoints.jwks == "" or endpoints.jwks.startswith(ORIGIN)


CLAIMS = {
    "iss": f"{ORIGIN}/auth", "sub": "doctor", "aud": "loadpath", "azp": "loadpath", "exp": 4e9, "iat": 1000,
    "nonce": "n", "fhirUser": "Practitioner/7", "name": "A",
}  # fmt: skip


@share(8)
@given(
    header=spoilt(st.just({"alg": "RS256", "kid": "one", "typ": "JWT"})),
    claims=spoilt(st.just(CLAIMS)),
    signed=st.booleans(),
    cut=st.integers(0, 3),
)
def test_id_tokens(ehr, app, header, claims, signed, cut):
    ehr.raw_id_token = _token(header, claims, signed)[: -cut or None]
    try:
        finished(app, ehr)
    finally:
        ehr.raw_id_token = None


def _token(header: object, claims: object, signed: bool) -> str:
    """A token with exactly these parts; signed with the EHR's key where the header lets itself be signed."""
    body = json.dumps(claims).encode()
    if signed:
        return jws.serialize_compact({"alg": "RS256", "kid": "one"}, body, rsa())
    first = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
    return f"{first}.{base64.urlsafe_b64encode(body).decode().rstrip('=')}.c2lnbmVk"


# -- from the EHR: records


NEXT = {"link": [{"relation": "next", "url": f"{BASE}/Condition?page=2"}]}


@share(6)
@given(
    body=st.sampled_from(CHARTS).flatmap(
        lambda chart: nearly_json(st.just({**chart, **NEXT, "entry": chart["entry"][:3]}))
    ),
    link=TEXT,
    location=TEXT,
)
def test_search_answers_links_and_locations(ehr, app, body, link, location):
    linked = {"resourceType": "Bundle", "entry": [], "link": [{"relation": "next", "url": link}]}
    ehr.pages = {"/r4/Condition": Response(body), "/r4/Goal": Response(json.dumps(linked))}
    client = FhirClient(app.http_client, BASE, FixedToken("t"), sleep=lambda s: None)
    try:
        with suppress(LoadpathError):
            assert all(isinstance(resource, dict) for resource in client.find("Condition", {}).resources)
        with suppress(LoadpathError):
            client.find("Goal", {})
        with suppress(LoadpathError):
            answer = HttpResponse(201, {"Location": location, "ETag": location}, b"", f"{BASE}/CarePlan")
            reference = reply_to(answer, "CarePlan").reference
            assert not reference or re.fullmatch(r"CarePlan/[A-Za-z0-9.\-_]{1,64}", reference)
    finally:
        ehr.pages = {}


@share(5)
@given(st.sampled_from(RESOURCES).flatmap(lambda resources: spoilt(st.just(resources))))
def test_charts_are_read_derived_planned_and_told(resources):
    knowledge = load_knowledge()
    try:
        chart = read_chart(resources, knowledge)
    except InputError:
        return
    assessment = derive(chart, TODAY, knowledge)
    json.dumps(assessment_json(assessment, plan(assessment, knowledge)))


PERSON = {
    "resourceType": "PractitionerRole", "id": "okafor-role", "code": [{"coding": [{"system": "s", "code": "c"}]}],
    "practitioner": {"reference": "Practitioner/okafor", "display": "Dr. Ngozi Okafor"},
    "name": [{"text": "Dr. Ngozi Okafor", "given": ["Ngozi"], "prefix": ["Dr."], "family": "Okafor"}],
}  # fmt: skip


@share(1)
@given(resources=st.sampled_from(RESOURCES).flatmap(lambda resources: spoilt(st.just(resources))),
       person=spoilt(st.just(PERSON)))  # fmt: skip
def test_charts_are_shown(opened, resources, person):
    """The whole review page, of a chart with odd records and a person with an odd name."""
    browser, page = opened
    chart = FetchedChart(tuple(r for r in resources if isinstance(r, dict)), user_record=person)
    with patch.object(Charts, "load", lambda here, launch_id: chart):
        answer = browser.get(f"{APP}/l/{page.launch_id}/")
    assert answer.status in (200, 400), answer.words


class OddEhr(StoringEhr):
    """Stores what it is given, and answers with a spoilt version of what it should."""

    def __init__(self, spoil):
        super().__init__()
        self.spoil = spoil

    def search(self, resource_type, params):
        return [found for r in super().search(resource_type, params) if isinstance(found := self.spoil(r), dict)]

    def post_transaction(self, bundle):
        answer = self.spoil(super().post_transaction(bundle))
        return answer if isinstance(answer, dict) else {}


@share(2)
@given(data=st.data())
def test_answers_to_what_was_written(data):
    ehr = OddEhr(lambda value: data.draw(spoilt(st.just(value))))
    with suppress(LoadpathError):
        progress = Desk(ehr, SIGNED).until(90, every=30)
        assert all(isinstance(line.reference + line.version + line.detail, str) for line in progress.items)


STATEMENT = {
    "resourceType": "CapabilityStatement", "software": {"name": "x"},
    "rest": [{"mode": "server", "interaction": [{"code": "transaction"}], "resource": [
        {"type": "CarePlan", "interaction": [{"code": "create"}], "searchParam": [{"name": "identifier"}],
         "conditionalCreate": True}]}],
}  # fmt: skip
OUTCOME = {
    "resourceType": "OperationOutcome",
    "issue": [{"severity": "error", "code": "invalid", "details": {"text": "t"}, "diagnostics": "d"}],
}  # fmt: skip


@share(8)
@given(statement=spoilt(st.just(STATEMENT)), outcome=spoilt(st.just(OUTCOME)))
def test_statements_and_outcomes(statement, outcome):
    parse_capabilities(statement)
    assert all(text.isprintable() for text in issue_texts(outcome))


SENT = {"resourceType": "Bundle", "type": "transaction", "entry": [
    {"request": {"method": "POST", "url": "CarePlan"}}, {"request": {"method": "PUT", "url": "Goal/1"}}]}  # fmt: skip
GOT = {"resourceType": "Bundle", "type": "transaction-response", "entry": [
    {"response": {"status": "201 Created", "location": f"{BASE}/CarePlan/7/_history/1", "etag": 'W/"1"'}},
    {"response": {"status": "200", "location": "Goal/1/_history/2"}}]}  # fmt: skip


@share(8)
@given(got=spoilt(st.just(GOT)), status=st.sampled_from([0, 200, 201, 401, 412, 500]), location=TEXT)
def test_answers_to_writes_become_audit_events(got, status, location):
    audit_context = AuditContext("https://app.example", 0.0, iss=BASE, patient="Patient/ann")
    for method, url, sent in (("POST", BASE, SENT), ("POST", f"{BASE}/CarePlan", {}), ("PUT", f"{BASE}/Goal/1", {})):
        for event in rest_events(audit_context, method, url, status, classify(method, url, BASE, sent, got, location)):
            json.dumps(event)


# -- files


@share(6)
@given(chart=st.sampled_from(CHARTS), data=st.data(), suffix=st.sampled_from([".json", ".ndjson"]))
def test_files(tmp_path_factory, chart, data, suffix):
    small = {**chart, "entry": chart["entry"][:4]}
    file = tmp_path_factory.getbasetemp() / f"chart{suffix}"
    file.write_bytes(data.draw(nearly_json(st.just(small))))
    try:
        read_chart(read_files(file).values, load_knowledge())
    except InputError as error:
        assert "\n" not in str(error).strip()


def test_the_shares_are_the_whole():
    """What the tests above try together is what the variable says, as far as whole numbers let it."""
    import re

    shares = [float(x) for x in re.findall(r"^@share\(([\d.]+)\)", Path(__file__).read_text(encoding="utf-8"), re.M)]
    assert sum(shares) == 100
