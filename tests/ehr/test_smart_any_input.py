"""Whatever arrives from outside, only errors written for people come out."""

import json
from contextlib import suppress

import pytest
from flask import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartapp.ehr.addresses import normal_base, trusted_reference, under_base
from smartapp.ehr.capabilities import parse_capabilities
from smartapp.ehr.client import FhirClient
from smartapp.ehr.issuers import parse_issuers
from smartapp.ehr.launch import callback
from smartapp.ehr.launch.connection import Connection, LaunchContext, Tokens
from smartapp.ehr.launch.scopes import Grants
from smartapp.errors import LoadpathError, SettingsError, UnknownIssuer
from smartapp.fhir.outcomes import issue_texts
from smartapp.fhir.read.patient import Person
from tests.fake_ehr import BASE, ISSUERS, ORIGIN, FakeEhr

from .launching import Edge, FixedToken, edge

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
words = st.sampled_from(["code", "state", "iss", "error", "error_description", "x", "patient"])
quietly = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def objects(*names: str) -> st.SearchStrategy[dict]:
    return st.dictionaries(st.sampled_from(names), anything, max_size=len(names))


@pytest.fixture(scope="module")
def ehr() -> FakeEhr:
    return FakeEhr(0)


@pytest.fixture(scope="module")
def app(ehr: FakeEhr) -> Edge:
    return edge({ORIGIN: ehr}, ISSUERS)


@quietly
@given(st.text(), st.text())
def test_launch_parameters(app: Edge, iss: str, launch: str) -> None:
    with pytest.raises(LoadpathError):
        app.smart.begin_launch(iss, launch)


@quietly
@given(st.lists(st.tuples(words, st.text()), max_size=6))
def test_callback_parameters(app: Edge, pairs: list[tuple[str, str]]) -> None:
    pending = app.smart.begin_launch(BASE, "x").pending
    with pytest.raises(LoadpathError):
        app.smart.finish(pairs, pending)
    with suppress(LoadpathError):
        callback.state_of(pairs)


token_members = (
    *("access_token", "token_type", "scope", "expires_in", "expires_at", "refresh_token", "id_token", "error"),
    *("error_description", "patient", "encounter", "fhirContext", "need_patient_banner", "intent"),
)


@quietly
@given(objects(*token_members) | anything, st.sampled_from([200, 400, 401, 500]))
def test_token_answers(ehr: FakeEhr, app: Edge, body: object, status: int) -> None:
    ehr.pages["/auth/token"] = Response(json.dumps(body), status)
    pending = app.smart.begin_launch(BASE, "x").pending
    with pytest.raises(LoadpathError):
        app.smart.finish([("code", "c"), ("state", pending.state)], pending)


@quietly
@given(objects("patient", "encounter", "fhirContext", "need_patient_banner", "smart_style_url", "intent", "tenant"))
def test_launch_context(answer: dict) -> None:
    with suppress(LoadpathError):
        context = LaunchContext.from_answer(answer)
        assert "/" not in context.patient


@quietly
@given(objects("expires_in", "refresh_token", "scope"))
def test_token_life(answer: dict) -> None:
    kept = Tokens.from_answer({"access_token": "a", **answer, "refresh_token": ""}, 1000.0)
    assert 1000 < kept.ends < 2e9


claims_members = ("iss", "sub", "aud", "azp", "exp", "iat", "nbf", "nonce", "fhirUser", "name")


@quietly
@given(objects(*claims_members))
def test_id_token_claims(ehr: FakeEhr, app: Edge, claims: dict) -> None:
    ehr.pages.clear()
    ehr.claims = json.loads(json.dumps(claims).encode("utf-8", "replace"))
    pending = app.smart.begin_launch(BASE, "x").pending
    ehr.nonce, ehr.now = pending.nonce, app.clock.now
    try:
        user = app.smart.finish([("code", "c"), ("state", pending.state)], pending).connection.user
    except LoadpathError:
        return
    finally:
        ehr.claims = {}
    assert isinstance(user.subject, str)
    assert isinstance(user.name, str)


@quietly
@given(st.text() | st.from_regex(r"[A-Za-z0-9_-]{0,20}\.[A-Za-z0-9_-]{0,20}\.[A-Za-z0-9_-]{0,20}"))
def test_id_tokens(ehr: FakeEhr, app: Edge, token: str) -> None:
    ehr.raw_id_token = token.encode("utf-8", "replace").decode()
    pending = app.smart.begin_launch(BASE, "x").pending
    try:
        with pytest.raises(LoadpathError):
            app.smart.finish([("code", "c"), ("state", pending.state)], pending)
    finally:
        ehr.raw_id_token = None


discovery_members = (
    *("issuer", "jwks_uri", "authorization_endpoint", "token_endpoint", "revocation_endpoint", "capabilities"),
    *("code_challenge_methods_supported", "authorization_response_iss_parameter_supported"),
)


@quietly
@given(objects(*discovery_members))
def test_discovery_documents(document: dict) -> None:
    broken = FakeEhr(0, document=document)
    with suppress(LoadpathError):
        endpoints = edge({ORIGIN: broken}, ISSUERS).smart.begin_launch(BASE, "x").pending.endpoints
        assert endpoints.token.startswith(ORIGIN)
        assert endpoints.authorize.startswith(ORIGIN)


@quietly
@given(objects("resourceType", "entry", "link", "id", "subject", "issue") | anything)
def test_search_answers(ehr: FakeEhr, app: Edge, body: object) -> None:
    ehr.pages["/r4/Condition"] = Response(json.dumps(body))
    with suppress(LoadpathError):
        found = FhirClient(app.http_client, BASE, FixedToken("t"), sleep=lambda s: None).find("Condition", {})
        assert all(isinstance(resource, dict) for resource in found.resources)


@quietly
@given(objects("resourceType", "id", "subject", "patient"))
def test_whose_a_resource_is(resource: dict) -> None:
    assert Person("Patient/ann").owns(resource) in (True, False)


@quietly
@given(objects("resourceType", "rest", "software", "issue") | st.just({}))
def test_statements_and_outcomes(body: dict) -> None:
    parse_capabilities(body)
    assert all(text.isprintable() for text in issue_texts({**body, "resourceType": "OperationOutcome"}))


@quietly
@given(st.text())
def test_addresses_references_and_scopes(text: str) -> None:
    with suppress(ValueError):
        assert normal_base(normal_base(text)) == normal_base(text)
    assert under_base(text, BASE) is False or text.lower().startswith(ORIGIN)
    assert "//" not in trusted_reference(text, BASE, frozenset({"Practitioner"}))
    assert Grants(text).may("CarePlan", "c") in (True, False)


@quietly
@given(objects("iss", "client_id", "auth", "hosts", "roles", "site", "scopes", "nonce_required", "client_secret_env"))
def test_issuer_tables(table: dict) -> None:
    text = "[x]\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in table.items())
    with suppress(SettingsError), suppress(UnknownIssuer):
        parse_issuers(text, {}).find("https://ehr.example")


def test_a_connection_survives_its_way_through_the_store() -> None:
    clock_ehr = FakeEhr(0)
    here = edge({ORIGIN: clock_ehr}, ISSUERS)
    pending = here.smart.begin_launch(BASE, "x").pending
    clock_ehr.now, clock_ehr.nonce = here.clock.now, pending.nonce
    found = here.smart.finish([("code", "c"), ("state", pending.state)], pending)
    assert Connection.from_json(json.loads(json.dumps(found.connection.to_json()))) == found.connection
