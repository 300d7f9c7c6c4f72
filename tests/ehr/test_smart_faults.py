"""Faults of an authorization server, one by one: each is told for what it is, and nothing goes on from there."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace

import pytest
from flask import Response

from smartapp.ehr.answer import Answer
from smartapp.ehr.launch.callback import CallbackRefused
from smartapp.ehr.launch.connection import PatientMissing, PatientUnclear
from smartapp.ehr.launch.discovery import DiscoveryFailed
from smartapp.ehr.launch.id_token import IdentityRefused, KeyStore, KeysUnreadable
from smartapp.ehr.launch.smart import Launched
from smartapp.ehr.launch.token_endpoint import SignInBroken, TokenRefused
from smartapp.errors import EhrUnavailable, LaunchError, LaunchForged, LaunchRefused, SessionEnded, Who
from tests.clock import Clock
from tests.fake_ehr import BASE, ISSUERS, ORIGIN, FakeEhr, ec, hmac_by_public_key, rsa, stranger, unsigned

from .launching import SETTINGS, Edge, edge


@pytest.fixture
def clock() -> Clock:
    return Clock(time.time())


@pytest.fixture
def ehr(clock: Clock) -> FakeEhr:
    return FakeEhr(clock.now)


@pytest.fixture
def app(ehr: FakeEhr, clock: Clock) -> Edge:
    return edge({ORIGIN: ehr}, ISSUERS, clock=clock)


def launch(ehr: FakeEhr, app: Edge) -> Launched:
    pending = app.smart.begin_launch(BASE, "x").pending
    ehr.nonce = pending.nonce
    return app.smart.finish([("code", "c"), ("state", pending.state)], pending)


def test_without_a_fault_it_works(ehr: FakeEhr, app: Edge) -> None:
    found = launch(ehr, app)
    assert found.connection.user.reference == "Practitioner/7"
    assert found.connection.context.patient == "ann"
    assert "patient/Condition.rs" in found.notes


# -- discovery


def page(body: str = "", status: int = 200, **headers: str) -> Response:
    return Response(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


BROKEN_DISCOVERY = {
    "disc_500": (page("<h1>down</h1>", 500), Who.TIME),
    "disc_404": (page("", 404), Who.EHR),
    "disc_redirect": (page("", 302, Location="https://evil.example/"), Who.EHR),
    "disc_html": (page("<html>login</html>", 200), Who.EHR),
    "disc_list": (page("[]"), Who.EHR),
    "disc_deep": (page("[" * 100_000), Who.EHR),
    "disc_huge": (page('{"a": "' + "x" * 2_000_000 + '"}'), Who.EHR),
}


@pytest.mark.parametrize("fault", BROKEN_DISCOVERY)
@pytest.mark.req("SM-L9")
def test_a_broken_configuration_is_told(ehr: FakeEhr, app: Edge, fault: str) -> None:
    ehr.pages["/r4/.well-known/smart-configuration"], who = BROKEN_DISCOVERY[fault]
    with pytest.raises((DiscoveryFailed, EhrUnavailable)) as refused:
        app.smart.begin_launch(BASE, "x")
    assert refused.value.who is who
    assert {urls.url.split("/")[2] for urls in app.wire.seen} == {"ehr.example"}


@pytest.mark.parametrize(
    "document",
    [
        {"token_endpoint": "https://evil.example/token"},
        {"authorization_endpoint": "https://evil.example/authorize"},
        {"jwks_uri": "https://evil.example/jwks"},
        {"issuer": "https://evil.example"},
        {"revocation_endpoint": "https://evil.example/revoke"},
        {"token_endpoint": "http://ehr.example/token"},
        {"token_endpoint": "https://ehr.example:8443/token"},
        {"token_endpoint": "https://ehr.example@evil.example/token"},
        {"token_endpoint": "javascript:alert(1)"},
        {"token_endpoint": None},
        {"authorization_endpoint": 7},
        {"code_challenge_methods_supported": ["plain"]},
        {"code_challenge_methods_supported": None},
        {"code_challenge_methods_supported": "S256"},
    ],
    ids=str,
)
@pytest.mark.req("SM-L6", "SM-L7", "SM-T3", "SM-T18")
def test_a_configuration_that_points_elsewhere_or_lacks_pkce_is_refused(
    ehr: FakeEhr, app: Edge, document: dict
) -> None:
    ehr.document = document
    with pytest.raises(DiscoveryFailed):
        app.smart.begin_launch(BASE, "x")


PKCE = 'pkce = "S256"\n'


@pytest.mark.parametrize(
    ("published", "table", "who"),
    [
        (None, PKCE, None),
        ([], PKCE, None),
        ([None], PKCE, None),
        (["S256"], PKCE, None),
        (["plain", "S256"], "", None),
        (None, "", Who.SITE),
        ([], "", Who.SITE),
        (["plain"], "", Who.EHR),
        (["plain"], PKCE, Who.EHR),  # what an EHR says of itself counts
    ],
    ids=str,
)
@pytest.mark.req("SM-L7", "SM-T13")
def test_of_an_ehr_that_publishes_no_method_the_site_may_know_that_it_takes_s256(
    ehr: FakeEhr, clock: Clock, published: object, table: str, who: Who | None
) -> None:
    ehr.document = {"code_challenge_methods_supported": published}
    app = edge({ORIGIN: ehr}, ISSUERS + table, clock=clock)
    if who is None:
        assert app.smart.begin_launch(BASE, "x").form["code_challenge_method"] == "S256"
        return
    with pytest.raises(DiscoveryFailed, match="PKCE") as refused:
        app.smart.begin_launch(BASE, "x")
    assert refused.value.who is who
    assert ('write pkce = "S256"' in str(refused.value)) is (who is Who.SITE)


@pytest.mark.parametrize(
    ("table", "iss", "who"),
    [
        ("", None, None),
        ("", BASE, None),
        ("", f"{BASE}/", None),
        ("", "https://EHR.example:443/r4", None),
        ("", f"{ORIGIN}/auth", Who.SITE),
        ("", f"{BASE}/../auth", Who.SITE),
        ("", "https://evil.example/r4", Who.SITE),
        ("", "nonsense", Who.SITE),
        ("", "", Who.SITE),
        (f'issuer = "{ORIGIN}/auth"\n', f"{ORIGIN}/auth", None),
        (f'issuer = "{ORIGIN}/auth"\n', BASE, Who.EHR),
        (f'issuer = "{ORIGIN}/auth"\n', f"{ORIGIN}/auth/", Who.EHR),
        (f'id_token_issuer = "{ORIGIN}/auth"\n', f"{ORIGIN}/auth", None),
        (f'id_token_issuer = "{ORIGIN}/auth"\n', "https://evil.example", Who.SITE),
    ],
    ids=str,
)
@pytest.mark.req("SM-C6", "SM-T2")
def test_where_the_ehr_names_no_issuer_the_one_of_the_issuers_file_is_expected(
    ehr: FakeEhr, clock: Clock, table: str, iss: str | None, who: Who | None
) -> None:
    ehr.document, ehr.answer = {"issuer": None}, {"id_token": None, "scope": "launch patient/Patient.rs"}
    app = edge({ORIGIN: ehr}, ISSUERS + table, clock=clock)
    pending = app.smart.begin_launch(BASE, "x").pending
    pairs = [("code", "c"), ("state", pending.state), *([] if iss is None else [("iss", iss)])]
    if who is None:
        assert app.smart.finish(pairs, pending).connection.context.patient == "ann"
        return
    with pytest.raises(CallbackRefused, match="another sign-in server") as refused:
        app.smart.finish(pairs, pending)
    assert refused.value.who is who and ehr.forms == []


@pytest.mark.req("SM-L6")
def test_relative_endpoints_are_resolved_against_the_fhir_base(ehr: FakeEhr, app: Edge) -> None:
    ehr.document = {"authorization_endpoint": "/auth/authorize", "token_endpoint": "../auth/token"}
    endpoints = app.smart.begin_launch(BASE, "x").pending.endpoints
    assert (endpoints.authorize, endpoints.token) == (f"{ORIGIN}/auth/authorize", f"{ORIGIN}/auth/token")


@pytest.mark.req("SM-T3")
def test_a_listed_host_may_hold_the_endpoints(ehr: FakeEhr, clock: Clock) -> None:
    ehr.document = {"token_endpoint": "https://login.example/token"}
    app = edge({ORIGIN: ehr}, ISSUERS + 'hosts = ["login.example"]\n', clock=clock)
    assert app.smart.begin_launch(BASE, "x").pending.endpoints.token == "https://login.example/token"


@pytest.mark.req("SM-L8", "SM-I2")
def test_without_issuer_and_keys_the_openid_configuration_is_asked(ehr: FakeEhr, app: Edge) -> None:
    ehr.document = {"jwks_uri": None}
    ehr.openid = {"issuer": f"{ORIGIN}/auth", "jwks_uri": f"{ORIGIN}/auth/jwks"}
    assert launch(ehr, app).connection.user.subject == "doctor"


@pytest.mark.req("SM-I2")
def test_an_openid_configuration_of_another_issuer_is_refused(ehr: FakeEhr, app: Edge) -> None:
    ehr.document = {"jwks_uri": None}
    ehr.openid = {"issuer": "https://evil.example", "jwks_uri": f"{ORIGIN}/auth/jwks"}
    with pytest.raises(DiscoveryFailed):
        app.smart.begin_launch(BASE, "x")


@pytest.mark.req("SM-I2")
def test_a_registered_openid_issuer_must_be_the_one(ehr: FakeEhr, clock: Clock) -> None:
    app = edge({ORIGIN: ehr}, ISSUERS + f'issuer = "{ORIGIN}/other"\n', clock=clock)
    with pytest.raises(DiscoveryFailed):
        app.smart.begin_launch(BASE, "x")


def test_an_ehr_whose_tokens_name_another_issuer_needs_to_be_registered_so(ehr: FakeEhr, clock: Clock) -> None:
    ehr.claims = {"iss": f"{ORIGIN}/auth/r4"}
    app = edge({ORIGIN: ehr}, ISSUERS + f'id_token_issuer = "{ORIGIN}/auth/r4"\n', clock=clock)
    assert launch(ehr, app).connection.user.subject == "doctor"
    ehr.claims = {}
    with pytest.raises(IdentityRefused):
        launch(ehr, app)


LAUNCHER = {"issuer": f"{ORIGIN}/v/r4/fhir", "token_endpoint": f"{ORIGIN}/v/r4/auth/token"}


@pytest.mark.req("SM-I1")
@pytest.mark.parametrize(
    ("document", "iss", "accepted"),
    [
        (LAUNCHER, f"{ORIGIN}/v/r4/auth/fhir", True),
        (LAUNCHER, f"{ORIGIN}/v/r4/fhir", True),
        (LAUNCHER, f"{ORIGIN}/v/r4/auth/fhir/", False),
        (LAUNCHER, f"{ORIGIN}/v/r4/sim/x/auth/fhir", False),
        (LAUNCHER, f"{ORIGIN}/auth/fhir", False),
        (LAUNCHER, "https://evil.example/v/r4/auth/fhir", False),
        ({**LAUNCHER, "token_endpoint": f"{ORIGIN}/auth/token"}, f"{ORIGIN}/v/r4/auth/fhir", False),
        ({}, f"{ORIGIN}/auth/fhir", False),
    ],
    ids=str,
)
def test_the_launcher_of_smart_health_it_has_two_names_and_nobody_else_has(
    ehr: FakeEhr, app: Edge, document: dict, iss: str, accepted: bool
) -> None:
    ehr.document, ehr.claims = document, {"iss": iss}
    ehr.pages = {}
    if accepted:
        assert launch(ehr, app).connection.user.subject == "doctor"
    else:
        with pytest.raises(IdentityRefused, match="another issuer"):
            launch(ehr, app)


@pytest.mark.req("SM-A10")
def test_an_ehr_of_the_first_version_is_asked_in_its_words(ehr: FakeEhr, app: Edge) -> None:
    ehr.document = {"capabilities": ["permission-v1"]}
    scope = app.smart.begin_launch(BASE, "x").pending.scope.split()
    assert {"patient/Condition.read", "patient/CarePlan.write"} <= set(scope)
    assert not any(text.endswith((".rs", ".crus")) for text in scope)


@pytest.mark.req("SM-L9")
def test_the_configuration_is_fetched_once_and_survives_the_ehr_being_down(ehr: FakeEhr, app: Edge) -> None:
    app.smart.begin_launch(BASE, "x")
    ehr.pages["/r4/.well-known/smart-configuration"] = page("", 500)
    app.smart.begin_launch(BASE, "x")
    app.smart.prefetch()
    app.smart.begin_launch(BASE, "x")
    assert app.paths.count("/r4/.well-known/smart-configuration") == 1


@pytest.mark.req("SM-A12")
def test_a_form_is_offered_where_the_ehr_prefers_post(ehr: FakeEhr, app: Edge) -> None:
    ehr.document = {"capabilities": ["authorize-post"]}
    start = app.smart.begin_launch(BASE, "x")
    assert start.prefers_post
    assert start.form_url == f"{ORIGIN}/auth/authorize"
    assert start.form["launch"] == "x"


# -- the token response


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"access_token": None}, TokenRefused),
        ({"access_token": ""}, TokenRefused),
        ({"access_token": "a\r\nX-Injected: 1"}, TokenRefused),
        ({"access_token": 7}, TokenRefused),
        ({"token_type": None}, TokenRefused),
        ({"token_type": "mac"}, TokenRefused),
        ({"scope": 7}, TokenRefused),
        ({"scope": ["openid", 7]}, TokenRefused),
        ({"scope": {"granted": "openid"}}, TokenRefused),
        ({"refresh_token": 7}, TokenRefused),
        ({"patient": None}, PatientMissing),
        ({"patient": ""}, PatientMissing),
        ({"patient": [None]}, PatientMissing),
        ({"patient": ["ann"]}, PatientUnclear),
        ({"patient": True}, PatientUnclear),
        ({"patient": "ann/../ben"}, PatientUnclear),
        ({"patient": ".."}, PatientUnclear),
        ({"patient": "Patient/.."}, PatientUnclear),
        ({"patient": "Practitioner/ann"}, PatientUnclear),
        ({"patient": "https://evil.example/r4/Patient/ann"}, PatientUnclear),
        ({"patient": f"{BASE}/../Patient/ann"}, PatientUnclear),
        ({"patient": f"{BASE}/Patient/ann?x=1"}, PatientUnclear),
        ({"patient": "urn:uuid:ann"}, PatientUnclear),
        ({"id_token": None}, IdentityRefused),
        ({"id_token": 7}, IdentityRefused),
    ],
    ids=str,
)
@pytest.mark.req("SM-T-8", "SM-T-10")
def test_a_token_response_without_what_it_needs_is_refused(ehr: FakeEhr, app: Edge, answer: dict, kind: type) -> None:
    ehr.answer = answer
    with pytest.raises(kind):
        launch(ehr, app)


NULLS = ("error", "error_description", "scope", "encounter", "expires_in", "refresh_token", "fhirContext", "intent")


@pytest.fixture
def nulls(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake EHR sends null (not: leaves out) what a test changes to None."""
    monkeypatch.setattr("tests.fake_ehr.changed", lambda right, changes: {**right, **changes})


@pytest.mark.usefixtures("nulls")
@pytest.mark.parametrize("nothing", [None, {}, [], [None]], ids=str)
@pytest.mark.parametrize("name", [*NULLS, "all of them"])
@pytest.mark.req("SM-T-8")
def test_what_is_null_in_a_token_answer_was_left_out(ehr: FakeEhr, app: Edge, name: str, nothing: object) -> None:
    ehr.answer = dict.fromkeys(NULLS if name == "all of them" else [name], nothing)
    if name == "scope" and nothing == []:
        ehr.answer["id_token"] = None
    found = launch(ehr, app)
    assert found.connection.context.patient == "ann"
    if name == "scope" and nothing != []:
        assert found.tokens.scope == found.connection.wanted, "what was asked for (RFC 6749, 5.1)"
    ehr.answer |= {"patient": nothing, "id_token": nothing, "error": ""}
    new = app.smart.refresh(found.connection, replace(found.tokens, refresh="r"))
    assert new.access == "access-2"


@pytest.mark.usefixtures("nulls")
def test_a_launch_without_scope_and_identity_names_nobody(ehr: FakeEhr, app: Edge) -> None:
    ehr.answer = {"scope": None, "id_token": None}
    assert launch(ehr, app).connection.user.key == ""


@pytest.mark.parametrize(
    ("answer", "patient", "encounter"),
    [
        ({"patient": "Patient/ann"}, "ann", ""),
        ({"patient": f"{BASE}/Patient/ann", "encounter": f"{BASE}/Encounter/e.1"}, "ann", "e.1"),
        ({"patient": f"{BASE}/Patient/ann/_history/3", "encounter": "Encounter/e/_history/2"}, "ann", "e"),
        ({"patient": "HTTPS://EHR.example:443/r4/Patient/ann", "encounter": "Encounter/"}, "ann", ""),
        ({"patient": 1234, "encounter": 0}, "1234", "0"),
        ({"encounter": "Patient/e"}, "ann", ""),
        ({"encounter": "https://evil.example/Encounter/e"}, "ann", ""),
        ({"encounter": ["e"]}, "ann", ""),
    ],
    ids=str,
)
@pytest.mark.req("SM-X1")
def test_patient_and_encounter_may_be_named_in_full(
    ehr: FakeEhr, app: Edge, answer: dict, patient: str, encounter: str
) -> None:
    ehr.answer = answer
    found = launch(ehr, app)
    assert (found.connection.context.patient, found.connection.context.encounter) == (patient, encounter)
    ehr.answer = {"patient": patient}
    app.smart.refresh(found.connection, found.tokens)  # the same patient, spelt otherwise, is no switch


@pytest.mark.req("SM-T-8", "SM-T-9")
def test_a_scope_sent_as_a_list_is_joined(ehr: FakeEhr, app: Edge) -> None:
    ehr.answer = {"scope": ["launch", "openid fhirUser", "patient/CarePlan.crus"]}
    found = launch(ehr, app)
    assert found.tokens.scope == "launch openid fhirUser patient/CarePlan.crus"
    assert found.connection.grants.may_write_careplan and found.connection.user.reference == "Practitioner/7"
    assert app.smart.refresh(found.connection, found.tokens).scope == found.tokens.scope


@pytest.mark.parametrize("seconds", ["600", " 600 ", "600.0", 600, 600.0])
@pytest.mark.req("SM-T-8")
def test_the_life_of_a_token_may_be_sent_as_text(ehr: FakeEhr, app: Edge, clock: Clock, seconds: object) -> None:
    ehr.answer = {"expires_in": seconds}
    assert launch(ehr, app).tokens.ends == clock.now + 600


@pytest.mark.req("SM-T-8")
def test_token_type_in_any_case(ehr: FakeEhr, app: Edge) -> None:
    ehr.answer = {"token_type": "bEaReR"}
    launch(ehr, app)


@pytest.mark.parametrize("seconds", [None, "soon", "nan", "-5", "1e300", 0, -5, True, 1e300, [1]])
@pytest.mark.req("SM-T-8")
def test_a_token_of_unknown_life_is_taken_for_a_short_one(
    ehr: FakeEhr, app: Edge, clock: Clock, seconds: object
) -> None:
    ehr.answer = {"expires_in": seconds}
    assert launch(ehr, app).tokens.ends == clock.now + 300


@pytest.mark.req("SM-T-9")
def test_less_granted_than_asked_means_less_offered(ehr: FakeEhr, app: Edge) -> None:
    ehr.answer = {"scope": "launch openid fhirUser patient/Patient.r patient/CarePlan.rs patient/ServiceRequest.c"}
    found = launch(ehr, app)
    assert not found.connection.grants.may_write_careplan
    assert found.connection.grants.may_write_referral
    assert "patient/CarePlan.crus" in found.notes


@pytest.mark.req("SM-T-9")
def test_nothing_granted_is_a_launch_that_can_do_nothing(ehr: FakeEhr, app: Edge) -> None:
    ehr.answer = {"scope": "", "id_token": None}
    found = launch(ehr, app)
    assert not found.connection.grants.may("Patient", "r")
    assert found.connection.user.key == ""


BROKEN_TOKEN = {
    "token_invalid_grant": (page('{"error": "invalid_grant"}', 400), TokenRefused, Who.YOU),
    "token_401_text": (page("unauthorized", 401), TokenRefused, Who.EHR),
    "token_429": (page("", 429), EhrUnavailable, Who.TIME),
    "token_busy": (page('{"error": "temporarily_unavailable"}', 400), EhrUnavailable, Who.TIME),
    "token_invalid_client": (page('{"error": "invalid_client"}', 401), LaunchRefused, Who.SITE),
    "token_500": (page("<h1>oops</h1>", 500), EhrUnavailable, Who.TIME),
    "token_500_json": (page('{"error": "invalid_grant"}', 500), EhrUnavailable, Who.TIME),
    "token_html": (page("<html>", 200), SignInBroken, Who.EHR),
    "token_list": (page("[]", 200), SignInBroken, Who.EHR),
    "token_empty": (page("{}", 200), SignInBroken, Who.EHR),
    "token_nulls": (page('{"error": null, "access_token": null}', 200), SignInBroken, Who.EHR),
    "token_error_number": (page('{"error": 7}', 400), TokenRefused, Who.EHR),
    "token_redirect": (page("", 307, Location="https://evil.example/token"), SignInBroken, Who.EHR),
    "token_redirect_here": (page("", 302, Location="/auth/token2"), SignInBroken, Who.EHR),
}


@pytest.mark.parametrize("fault", BROKEN_TOKEN)
@pytest.mark.req("SM-T-11", "SM-T-12")
def test_a_broken_token_endpoint_is_asked_once_and_told(ehr: FakeEhr, app: Edge, fault: str) -> None:
    ehr.pages["/auth/token"], kind, who = BROKEN_TOKEN[fault]
    with pytest.raises(kind) as refused:
        launch(ehr, app)
    assert refused.value.who is who
    assert app.paths.count("/auth/token") == 1
    assert "/auth/token2" not in app.paths
    assert all("evil" not in sent.url for sent in app.wire.seen)


@pytest.mark.req("SM-L9")
def test_a_dead_ehr_is_unavailable(ehr: FakeEhr, app: Edge) -> None:
    app.smart.begin_launch(BASE, "x")
    app.wire.apps = {}
    with pytest.raises(EhrUnavailable):
        launch(ehr, app)


# -- the id_token


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": f"{ORIGIN}/auth/"},
        {"iss": None},
        {"aud": "another-app"},
        {"aud": None},
        {"aud": ["loadpath", "another-app"]},
        {"aud": ["loadpath", "another-app"], "azp": "another-app"},
        {"azp": "another-app"},
        {"exp": 1},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"iat": None},
        {"iat": 99_999_999_999},
        {"nbf": 99_999_999_999},
        {"nonce": "of another launch"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
    ],
    ids=str,
)
@pytest.mark.req("SM-I1", "SM-I9", "SM-T6")
def test_an_id_token_of_something_else_is_refused(ehr: FakeEhr, app: Edge, claims: dict) -> None:
    ehr.claims = claims
    with pytest.raises(IdentityRefused):
        launch(ehr, app)


@pytest.mark.parametrize("claims", [{"aud": ["loadpath"]}, {"aud": ["loadpath", "x"], "azp": "loadpath"}], ids=str)
@pytest.mark.req("SM-I1")
def test_several_audiences_are_fine_if_it_is_made_for_us(ehr: FakeEhr, app: Edge, claims: dict) -> None:
    ehr.claims = claims
    assert launch(ehr, app).connection.user.subject == "doctor"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400"])
@pytest.mark.req("SM-I1")
def test_a_time_that_is_no_time_is_refused(ehr: FakeEhr, app: Edge, number: str) -> None:
    from joserfc import jws

    pending = app.smart.begin_launch(BASE, "x").pending
    claims = json.dumps({"iss": f"{ORIGIN}/auth", "sub": "d", "aud": "loadpath", "nonce": pending.nonce, "iat": 1})
    text = claims[:-1] + f', "exp": {number}}}'
    ehr.raw_id_token = jws.serialize_compact({"alg": "RS256", "kid": "one"}, text.encode(), rsa(), ["RS256"])
    with pytest.raises(IdentityRefused):
        app.smart.finish([("code", "c"), ("state", pending.state)], pending)


def right_claims(ehr: FakeEhr, nonce: str) -> dict:
    return {
        "iss": f"{ORIGIN}/auth", "sub": "doctor", "aud": "loadpath", "nonce": nonce, "iat": int(ehr.now),
        "exp": int(ehr.now) + 300,
    }  # fmt: skip


@pytest.mark.parametrize("forge", [unsigned, hmac_by_public_key], ids=["alg_none", "alg_hs256_pubkey"])
@pytest.mark.req("SM-I3", "SM-T5")
def test_the_algorithm_is_never_the_tokens_choice(ehr: FakeEhr, app: Edge, forge) -> None:
    pending = app.smart.begin_launch(BASE, "x").pending
    ehr.raw_id_token = forge(right_claims(ehr, pending.nonce))
    with pytest.raises(IdentityRefused):
        app.smart.finish([("code", "c"), ("state", pending.state)], pending)


@pytest.mark.parametrize(
    "header",
    [
        {"kid": "one"},
        {"kid": "one", "jwk": stranger().as_dict(private=False)},
        {"jku": "https://evil.example/jwks"},
        {},
    ],
    ids=["bad_sig", "embedded_jwk", "jku", "no_kid"],
)
@pytest.mark.req("SM-I3", "SM-T5")
def test_only_the_ehrs_own_keys_count(ehr: FakeEhr, app: Edge, header: dict) -> None:
    ehr.signer, ehr.header = stranger(), header
    with pytest.raises(IdentityRefused):
        launch(ehr, app)
    assert all("evil" not in sent.url for sent in app.wire.seen)


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "...", "é.b.c", "eyJ9.x.y", "[]" * 5, "{" * 5000 + ".a.b"])
@pytest.mark.req("SM-I1")
def test_an_id_token_that_is_none_is_refused(ehr: FakeEhr, app: Edge, token: str) -> None:
    ehr.raw_id_token = token
    with pytest.raises(IdentityRefused):
        launch(ehr, app)


@pytest.mark.req("SM-I4")
def test_a_token_without_kid_is_checked_with_the_fitting_key(ehr: FakeEhr, app: Edge) -> None:
    ehr.header = {}
    ehr.keys = [ec().as_dict(private=False), stranger().as_dict(private=False), rsa().as_dict(private=False)]
    assert launch(ehr, app).connection.user.subject == "doctor"


@pytest.mark.req("SM-I3")
def test_es384_is_accepted(ehr: FakeEhr, app: Edge) -> None:
    ehr.signer, ehr.algorithm, ehr.header = ec(), "ES384", {"kid": "ec"}
    ehr.keys.append(ec().as_dict(private=False))
    assert launch(ehr, app).connection.user.subject == "doctor"


@pytest.mark.req("SM-I3")
def test_a_key_for_encryption_or_of_another_algorithm_does_not_count(ehr: FakeEhr, app: Edge) -> None:
    for change in ({"use": "enc"}, {"alg": "RS512"}, {"kty": "oct"}):
        ehr.keys = [{**rsa().as_dict(private=False), **change}]
        app = edge({ORIGIN: ehr}, ISSUERS, clock=app.clock)
        with pytest.raises(IdentityRefused):
            launch(ehr, app)


def rotate(ehr: FakeEhr, published: dict, sent: dict) -> None:
    """Another key from now on: so published, and so named in the header of tokens."""
    bare = {name: value for name, value in stranger().as_dict(private=False).items() if name != "kid"}
    ehr.keys, ehr.signer, ehr.header = [{**bare, **published}], stranger(), sent


@pytest.mark.req("SM-I5")
@pytest.mark.parametrize(
    ("published", "sent"),
    [({"kid": "two"}, {"kid": "two"}), ({"kid": "one"}, {"kid": "one"}), ({"kid": "one"}, {}), ({}, {}),
     ({}, {"kid": "one"}), ({"kid": None}, {"kid": "two"}), ({"kid": ""}, {"kid": "two"})],
    ids=str,
)  # fmt: skip
def test_keys_that_no_longer_fit_are_fetched_once(ehr: FakeEhr, app: Edge, published: dict, sent: dict) -> None:
    """Also where the EHR changed its key under the old name, or where nothing has a name."""
    launch(ehr, app)
    rotate(ehr, published, sent)
    assert launch(ehr, app).connection.user.subject == "doctor"
    assert app.paths.count("/auth/jwks") == 2


@pytest.mark.req("SM-I5", "SM-T19")
@pytest.mark.parametrize("header", [{"kid": "one"}, {"kid": "other"}, {}], ids=str)
@pytest.mark.parametrize("down", [False, True])
def test_wrong_tokens_make_us_ask_for_keys_once_a_minute(
    ehr: FakeEhr, app: Edge, monkeypatch: pytest.MonkeyPatch, header: dict, down: bool
) -> None:
    launch(ehr, app)
    ehr.signer, ehr.header = stranger(), header
    if down:
        ehr.pages["/auth/jwks"] = page("", 503)
    for _ in range(5):
        with pytest.raises(IdentityRefused):
            launch(ehr, app)
    assert app.paths.count("/auth/jwks") == 2
    monkeypatch.setattr("smartapp.ehr.launch.id_token.REFETCH_SECONDS", 0.0)
    with pytest.raises(IdentityRefused):
        launch(ehr, app)
    assert app.paths.count("/auth/jwks") == 3
    ehr.pages.clear()
    ehr.signer, ehr.header = None, {"kid": "one"}
    assert launch(ehr, app).connection.user.subject == "doctor", "the right key is still the right one"


def test_launches_that_come_together_wait_for_one_fetch() -> None:
    asked, now = [], [0.0]

    def fetch(*_: object, **__: object) -> Answer:
        asked.append(1)
        time.sleep(0.1)
        return Answer(200, {}, b'{"keys": [{"kid": "%d"}]}' % len(asked), "u")

    store = KeyStore(SimpleNamespace(send=fetch), SETTINGS, lambda: now[0])  # type: ignore[arg-type]
    store.keys("u")
    now[0] = 1.0
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(store.newer, ["u"] * 8))
    assert found == [({"kid": "2"},)] * 8 and len(asked) == 2


@pytest.mark.req("SM-I4")
def test_where_some_keys_have_a_name_a_token_is_checked_with_the_one_it_names(ehr: FakeEhr, app: Edge) -> None:
    nameless = {name: value for name, value in stranger().as_dict(private=False).items() if name != "kid"}
    ehr.keys = [nameless, rsa().as_dict(private=False)]
    ehr.signer = stranger()
    with pytest.raises(IdentityRefused):
        launch(ehr, app)


@pytest.mark.parametrize(
    ("keys", "who"),
    [(page("", 500), Who.TIME), (page("", 404), Who.EHR), (page("[]"), Who.EHR), (page('{"keys": 7}'), Who.EHR),
     (page("<html>"), Who.EHR)],
    ids=str,
)  # fmt: skip
@pytest.mark.req("SM-I2")
def test_keys_that_cannot_be_had_are_the_ehrs_to_mend(ehr: FakeEhr, app: Edge, keys: Response, who: Who) -> None:
    ehr.pages["/auth/jwks"] = keys
    with pytest.raises(EhrUnavailable) as refused:
        launch(ehr, app)
    assert refused.value.who is who


@pytest.mark.parametrize("seconds", [-3600, 3600])
def test_a_token_out_of_its_time_is_told_with_both_clocks(ehr: FakeEhr, app: Edge, seconds: int) -> None:
    ehr.claims = {"iat": int(ehr.now) + seconds, "exp": int(ehr.now) + seconds + 300}
    with pytest.raises(IdentityRefused, match="the clock of Loadpath's server says 20") as refused:
        launch(ehr, app)
    assert refused.value.who is Who.SITE


@pytest.mark.parametrize(
    ("keys", "refused"),
    [([7, None, {}, {"kty": "RSA"}, {"kty": "RSA", "n": "!", "e": []}], IdentityRefused), ([], KeysUnreadable)],
    ids=str,
)
def test_odd_keys_are_passed_over(ehr: FakeEhr, app: Edge, keys: list, refused: type[Exception]) -> None:
    ehr.keys = keys
    with pytest.raises(refused):
        launch(ehr, app)


@pytest.mark.req("SM-A14")
def test_a_missing_nonce_is_accepted_only_where_the_site_says_so(ehr: FakeEhr, clock: Clock) -> None:
    lenient = edge({ORIGIN: ehr}, ISSUERS + "nonce_required = false\n", clock=clock)
    ehr.claims = {"nonce": None}
    assert launch(ehr, lenient).connection.user.subject == "doctor"
    ehr.claims = {"nonce": "wrong"}
    with pytest.raises(IdentityRefused):
        launch(ehr, lenient)


@pytest.mark.parametrize(
    ("claim", "reference"),
    [
        ("Practitioner/7", "Practitioner/7"),
        (f"{BASE}/Practitioner/7", "Practitioner/7"),
        (f"{BASE}/Practitioner/7/_history/2", "Practitioner/7"),
        ("PractitionerRole/7", "PractitionerRole/7"),
        ("practitioner/7", "Practitioner/7"),
        ("HTTPS://EHR.example:443/r4/Practitioner/7", "Practitioner/7"),
        (f"{BASE}/PATIENT/7", "Patient/7"),
        (f"{BASE}/Person/7", "Person/7"),
        (f"{BASE}/Practitioner/7?x=1", ""),
        ("https://person.example/Practitioner/7", ""),
        ("https://evil.example/Practitioner/7", ""),
        (f"{BASE}.evil.example/Practitioner/7", ""),
        (f"{BASE}/../admin/Practitioner/7", ""),
        ("javascript:alert(1)", ""),
        ("Device/7", ""),
        ("Practitioner/..", ""),
        ("//evil.example/Practitioner/7", ""),
        (["Practitioner/7"], ""),
        (None, ""),
    ],
    ids=str,
)
@pytest.mark.req("SM-I6")
def test_fhirUser_counts_only_under_the_fhir_base(ehr: FakeEhr, app: Edge, claim: object, reference: str) -> None:
    ehr.claims = {"fhirUser": claim}
    assert launch(ehr, app).connection.user.reference == reference


@pytest.mark.parametrize(
    "claim",
    [
        "https://evil.example/Patient/7",
        "http://ehr.example/r4/Person/7",
        "//x/person/1",
        "Patient?id=1",
        "Patient",
        "/RelatedPerson/7",
    ],
)
@pytest.mark.req("SM-I6")
def test_a_patient_named_by_an_address_that_cannot_be_used_is_not_taken_for_nobody(
    ehr: FakeEhr, app: Edge, claim: str
) -> None:
    """Of whom nothing is known may look at the chart."""
    ehr.claims = {"fhirUser": claim}
    with pytest.raises(IdentityRefused, match="does not lie in this EHR"):
        launch(ehr, app)


# -- refresh


@pytest.mark.req("SM-X8")
def test_a_refresh_that_swaps_the_patient_ends_the_session(ehr: FakeEhr, app: Edge) -> None:
    found = launch(ehr, app)
    ehr.answer = {"patient": "ben"}
    with pytest.raises(LaunchForged, match="patient"):
        app.smart.refresh(found.connection, found.tokens)


@pytest.mark.req("SM-X8")
def test_a_refresh_that_swaps_the_user_ends_the_session(ehr: FakeEhr, app: Edge) -> None:
    found = launch(ehr, app)
    ehr.claims = {"sub": "somebody else"}
    with pytest.raises(LaunchForged, match="user"):
        app.smart.refresh(found.connection, found.tokens)


@pytest.mark.parametrize("claims", [{"aud": None, "nonce": None}, {"exp": 1}], ids=str)
@pytest.mark.req("SM-I7")
def test_a_thin_id_token_does_not_fail_a_refresh(ehr: FakeEhr, app: Edge, claims: dict) -> None:
    found = launch(ehr, app)
    ehr.claims = claims
    assert app.smart.refresh(found.connection, found.tokens).access == "access-2"


@pytest.mark.req("SM-R1", "SM-R2")
def test_what_a_refresh_leaves_out_stays(ehr: FakeEhr, app: Edge) -> None:
    found = launch(ehr, app)
    ehr.answer = {"refresh_token": None, "scope": None, "id_token": None, "patient": None}
    new = app.smart.refresh(found.connection, found.tokens)
    assert (new.access, new.refresh, new.scope) == ("access-2", found.tokens.refresh, found.tokens.scope)


@pytest.mark.parametrize(("status", "kind"), [(400, SessionEnded), (401, SessionEnded), (403, SessionEnded)])
@pytest.mark.req("SM-R3")
def test_invalid_grant_counts_whatever_the_status(ehr: FakeEhr, app: Edge, status: int, kind: type) -> None:
    found = launch(ehr, app)
    ehr.pages["/auth/token"] = page('{"error": "invalid_grant"}', status)
    with pytest.raises(kind):
        app.smart.refresh(found.connection, found.tokens)


@pytest.mark.req("SM-R3")
def test_a_refresh_that_fails_for_a_moment_does_not_end_the_session(ehr: FakeEhr, app: Edge) -> None:
    found = launch(ehr, app)
    ehr.pages["/auth/token"] = page("busy", 503)
    with pytest.raises(EhrUnavailable):
        app.smart.refresh(found.connection, found.tokens)


@pytest.mark.req("SM-R4")
def test_no_refresh_token_means_the_session_ends(ehr: FakeEhr, app: Edge) -> None:
    ehr.answer = {"refresh_token": None}
    found = launch(ehr, app)
    with pytest.raises(SessionEnded):
        app.smart.refresh(found.connection, found.tokens)


# -- nothing leaks


@pytest.mark.req("SM-E3", "SM-T17")
def test_no_secret_of_a_launch_is_in_any_error_or_repr(ehr: FakeEhr, app: Edge) -> None:
    found = launch(ehr, app)
    pending = app.smart.begin_launch(BASE, "x").pending
    ehr.pages["/auth/token"] = page('{"error": "invalid_grant"}', 400)
    with pytest.raises(LaunchError) as refused:
        app.smart.finish([("code", "the-code"), ("state", pending.state)], pending)
    shown = f"{refused.value!r} {found!r} {pending!r} {found.tokens} {app.smart.issuers!r}"
    for secret in ("the-code", pending.state, pending.verifier, pending.nonce, "access-1", "refresh-1"):
        assert secret not in shown
