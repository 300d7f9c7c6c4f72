"""Whole launches against the sandbox EHR: what goes out, what comes back, and what is refused."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from launch.sandbox.clients import RegisteredClient
from smartapp.core.proposal import Role
from smartapp.ehr.launch.connection import Connection, LaunchContext
from smartapp.ehr.launch.keys import KeyRing, make_key, read_keys
from smartapp.ehr.launch.token_endpoint import TokenRefused
from smartapp.errors import EhrUnavailable, LaunchError, LaunchForged, LaunchRefused, SessionEnded, UnknownIssuer, Who
from tests.clock import Clock
from tests.sandboxes import sandbox_ehr

from .launching import SANDBOX_TABLE, Edge, edge, launched, through_json, walk

BASE = "http://localhost:8081/fhir"
CALLBACK = ("http://127.0.0.1:8080/callback",)


@pytest.fixture
def clock() -> Clock:
    return Clock(time.time())


@pytest.fixture
def ehr(clock: Clock) -> Flask:
    return sandbox_ehr(clock=clock)


@pytest.fixture
def app(ehr: Flask, clock: Clock) -> Edge:
    return edge({"http://localhost:8081": ehr}, clock=clock)


def query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


# -- the authorize request


@pytest.mark.req("SM-A1", "SM-L2", "SM-A4", "SM-A13")
def test_every_parameter_is_sent_once(app: Edge) -> None:
    start = app.smart.begin_launch(BASE, "opaque+/= value&x=1")
    sent = query(start.url)
    assert set(sent) == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "aud", "nonce", "code_challenge",
        "code_challenge_method", "launch",
    }  # fmt: skip
    assert all(len(values) == 1 for values in sent.values())
    assert sent["launch"] == ["opaque+/= value&x=1"]  # L2
    assert sent["code_challenge_method"] == ["S256"]
    assert "=" not in sent["code_challenge"][0]  # A4


@pytest.mark.req("SM-A2")
def test_aud_is_the_iss_as_the_ehr_spelt_it(app: Edge) -> None:
    assert query(app.smart.begin_launch("HTTP://LOCALHOST:8081/fhir/", "x").url)["aud"] == [
        "HTTP://LOCALHOST:8081/fhir/"
    ]


@pytest.mark.req("SM-A3", "SM-A4")
def test_nothing_of_an_attempt_is_used_again(app: Edge) -> None:
    one, two = app.smart.begin_launch(BASE, "x").pending, app.smart.begin_launch(BASE, "x").pending
    secrets = [one.state, one.verifier, one.nonce, two.state, two.verifier, two.nonce]
    assert len(set(secrets)) == 6
    assert all(len(secret) >= 43 for secret in secrets)
    assert len(one.verifier) <= 128


@pytest.mark.req("SM-A5", "SM-A6", "SM-A7", "SM-A8")
def test_asks_for_what_the_work_needs(app: Edge) -> None:
    scope = app.smart.begin_launch(BASE, "x").pending.scope.split()
    assert {"launch", "openid", "fhirUser", "online_access", "patient/Condition.rs", "patient/CarePlan.crus"} <= set(
        scope
    )
    assert "offline_access" not in scope
    assert not any("*" in text for text in scope)


@pytest.mark.req("SM-L3")
def test_a_standalone_launch_asks_for_a_patient_instead(app: Edge) -> None:
    start = app.smart.begin_standalone(BASE)
    assert "launch" not in query(start.url)
    assert "launch/patient" in start.pending.scope.split()
    assert "launch" not in start.pending.scope.split()


@pytest.mark.parametrize(("iss", "launch"), [("", "x"), (BASE, ""), ("", ""), (BASE, "x" * 9000)])
@pytest.mark.req("SM-L1")
def test_a_launch_without_its_parameters_is_refused(app: Edge, iss: str, launch: str) -> None:
    with pytest.raises(LaunchError):
        app.smart.begin_launch(iss, launch)
    assert app.paths == []


# -- the whole way


@pytest.mark.req("SM-X1", "SM-I8")
def test_a_launch_gives_patient_user_rights_and_tokens(ehr: Flask, app: Edge) -> None:
    found = launched(ehr, app)
    connection = found.connection
    assert connection.context.patient == "bergstrom"
    assert (connection.user.subject, connection.user.reference) == ("okafor", "Practitioner/okafor")
    assert connection.user.key == "http://localhost:8081/auth|okafor"
    assert app.smart.issuer_of(connection.issuer).roles.of(connection.user.reference) is Role.SIGNER
    assert connection.grants.may("CarePlan", "c")
    assert connection.grants.may("ServiceRequest", "c")
    assert found.tokens.refresh
    assert Connection.from_json(connection.to_json()) == connection


def test_a_warm_launch_costs_one_round_trip(ehr: Flask, app: Edge) -> None:
    app.smart.prefetch()
    app.wire.seen.clear()
    launched(ehr, app)
    assert app.paths == ["/auth/token"]


@pytest.mark.req("SM-L3", "SM-X1")
def test_a_standalone_launch_reaches_the_patient_that_was_picked(ehr: Flask, app: Edge) -> None:
    start = app.smart.begin_standalone(BASE)
    pairs = walk(ehr, start, user="okafor", patient="bergstrom")
    assert app.smart.finish(pairs, start.pending).connection.context.patient == "bergstrom"


@pytest.mark.req("SM-X1", "SM-X2", "SM-X3", "SM-X4", "SM-X6")
def test_of_the_launch_context_only_what_is_used_is_kept(ehr: Flask, app: Edge) -> None:
    items = [{"reference": "Patient/other"}, {"canonical": "http://example.org/Questionnaire/1"}, {"nothing": True}, 7]
    context = launched(
        ehr, app, need_patient_banner=False, intent="review", tenant="north", fhirContext=items
    ).connection.context  # fmt: skip
    assert context == LaunchContext("bergstrom", needs_banner=False)


@pytest.mark.req("SM-C3")
def test_denied_consent_is_said_as_such(ehr: Flask, app: Edge) -> None:
    box = ehr.extensions["sandbox"]
    start = app.smart.begin_launch(BASE, box.new_launch("bergstrom"))
    with pytest.raises(LaunchRefused, match="denied"):
        app.smart.finish(walk(ehr, start, answer="deny"), start.pending)
    assert "/auth/token" not in app.paths


@pytest.mark.req("SM-T20")
def test_a_code_is_worth_one_exchange(ehr: Flask, app: Edge) -> None:
    box = ehr.extensions["sandbox"]
    start = app.smart.begin_launch(BASE, box.new_launch("bergstrom"))
    pairs = walk(ehr, start)
    app.smart.finish(pairs, start.pending)
    with pytest.raises(TokenRefused, match="used already"):
        app.smart.finish(pairs, start.pending)


@pytest.mark.req("SM-T13")
def test_a_code_with_another_launches_verifier_is_worth_nothing(ehr: Flask, app: Edge) -> None:
    box = ehr.extensions["sandbox"]
    stolen = app.smart.begin_launch(BASE, box.new_launch("bergstrom"))
    mine = app.smart.begin_launch(BASE, box.new_launch("bergstrom"))
    pairs = dict(walk(ehr, stolen))
    forged = [("code", pairs["code"]), ("state", mine.pending.state), ("iss", pairs["iss"])]
    with pytest.raises(TokenRefused):
        app.smart.finish(forged, mine.pending)


@pytest.mark.req("SM-T-1")
def test_the_token_request_carries_what_it_must_and_no_more(ehr: Flask, app: Edge) -> None:
    launched(ehr, app)
    sent = next(s for s in app.wire.seen if s.path == "/auth/token")
    form = parse_qs(sent.body.decode())
    assert set(form) == {"grant_type", "code", "redirect_uri", "code_verifier", "client_id"}  # T-1
    assert "Authorization" not in sent.headers


# -- confidential clients


@pytest.mark.parametrize("encoding", ["raw", "form"])
@pytest.mark.req("SM-T-2", "SM-T-3")
def test_basic_authenticates_every_token_call(clock: Clock, encoding: str) -> None:
    client = RegisteredClient("loadpath", CALLBACK, auth="client_secret_basic", secret="s3cret~value")
    ehr = sandbox_ehr(clock=clock, clients=(client,))
    table = SANDBOX_TABLE.replace(
        "[sandbox]", f'[sandbox]\nauth = "client_secret_basic"\nclient_secret_env = "S"\nbasic_encoding = "{encoding}"'
    )
    app = edge({"http://localhost:8081": ehr}, table, {"S": "s3cret~value"}, clock=clock)
    found = launched(ehr, app)
    app.smart.refresh(found.connection, found.tokens)
    calls = [s for s in app.wire.seen if s.path == "/auth/token"]
    assert len(calls) == 2
    for call in calls:
        assert call.headers["Authorization"] == "Basic bG9hZHBhdGg6czNjcmV0fnZhbHVl"
        assert b"client_id" not in call.body


@pytest.mark.parametrize("algorithm", ["RS384", "ES384"])
@pytest.mark.req("SM-T-5")
def test_our_key_authenticates_every_token_call(tmp_path, clock: Clock, algorithm: str) -> None:
    make_key(tmp_path, algorithm, clock())
    ring = read_keys(tmp_path)
    client = RegisteredClient("loadpath", CALLBACK, auth="private_key_jwt", jwks=ring.public_jwks())
    ehr = sandbox_ehr(clock=clock, clients=(client,))
    table = SANDBOX_TABLE.replace("[sandbox]", '[sandbox]\nauth = "private_key_jwt"')
    app = edge({"http://localhost:8081": ehr}, table, keys=ring, clock=clock)
    found = launched(ehr, app)
    renewed = app.smart.refresh(found.connection, found.tokens)
    assert renewed.access != found.tokens.access
    proofs = {parse_qs(s.body.decode())["client_assertion"][0] for s in app.wire.seen if s.path == "/auth/token"}
    assert len(proofs) == 2


def test_an_ehr_with_our_key_needs_a_key(clock: Clock, ehr: Flask) -> None:
    table = SANDBOX_TABLE.replace("[sandbox]", '[sandbox]\nauth = "private_key_jwt"')
    app = edge({"http://localhost:8081": ehr}, table, keys=KeyRing(()), clock=clock)
    with pytest.raises(Exception, match="no private key"):
        launched(ehr, app)


# -- refresh and revocation


@pytest.mark.req("SM-R1", "SM-R2")
def test_refreshed_tokens_replace_the_old_and_keep_the_scope(ehr: Flask, app: Edge) -> None:
    found = launched(ehr, app)
    new = app.smart.refresh(found.connection, found.tokens)
    assert new.access != found.tokens.access
    assert new.refresh not in ("", found.tokens.refresh)
    assert new.scope == found.tokens.scope
    assert b"scope" not in app.wire.seen[-1].body


@pytest.mark.req("SM-R3")
def test_a_used_refresh_token_ends_the_session(ehr: Flask, app: Edge) -> None:
    found = launched(ehr, app)
    app.smart.refresh(found.connection, found.tokens)
    with pytest.raises(SessionEnded):
        app.smart.refresh(found.connection, found.tokens)


@pytest.mark.req("SM-R4")
def test_logging_out_of_the_ehr_ends_online_access(ehr: Flask, app: Edge) -> None:
    found = launched(ehr, app)
    ehr.extensions["sandbox"].end_session("okafor")
    with pytest.raises(SessionEnded):
        app.smart.refresh(found.connection, found.tokens)


@pytest.mark.req("SM-E2")
def test_logging_out_revokes_the_tokens_at_the_ehr(ehr: Flask, app: Edge) -> None:
    found = launched(ehr, app)
    assert app.smart.revoke(found.connection, found.tokens)
    with pytest.raises(SessionEnded):
        app.smart.refresh(found.connection, found.tokens)


@pytest.mark.req("SM-E2")
def test_a_revocation_that_fails_is_no_error(ehr: Flask, app: Edge) -> None:
    found = launched(ehr, app)
    app.wire.apps = {}
    assert app.smart.revoke(found.connection, found.tokens) is False


# -- hostile addresses


EVIL = [
    "http://169.254.169.254/", "http://localhost:8081/fhir@evil.example", "http://localhost:8081/fhir/../admin",
    "http://localhost:8081/fhir/%2e%2e/x", "http://user@localhost:8081/fhir", "http://localhost:8081/fhir#x",
    "http://localhost:8081/fhir?x=1", "http://localhost:8081/fhir//", "http://localhost:8081//fhir",
    "https://localhost:8081/fhir", "http://localhost:80/fhir", "http://localhost/fhir", "http://localhost.:8081/fhir",
    "http://127.0.0.1:8081/fhir", "http://[::1]:8081/fhir", "http://0x7f000001:8081/fhir", "http://LOCALHOST:8081/FHIR",
    "http://localhost:8081/fhir/x", "http://localhost:8081/fhir\\x", "http://localhost:8081/fhir\r\nHost: evil",
    " http://localhost:8081/fhir", "http://localhost:8081/fhir ", "file:///etc/passwd", "gopher://localhost:8081/fhir",
    "javascript:alert(1)", "//localhost:8081/fhir", "localhost:8081/fhir", "http://ｌocalhost:8081/fhir",
    "http://localhost\u3002:8081/fhir", "http://localhost:8081/fhir;x", "http://localhost:99999/fhir", "http://",
    "http://evil.example/http://localhost:8081/fhir", "http://localhost:8081/fhir\x00", "a" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("iss", EVIL)
@pytest.mark.req("SM-T3")
def test_an_unregistered_iss_is_refused_without_a_network_call(app: Edge, iss: str) -> None:
    with pytest.raises(UnknownIssuer) as refused:
        app.smart.begin_launch(iss, "x")
    assert app.paths == []
    assert iss[:20] not in str(refused.value)


# -- hostile callbacks


@pytest.fixture
def waiting(ehr: Flask, app: Edge):
    box = ehr.extensions["sandbox"]
    start = app.smart.begin_launch(BASE, box.new_launch("bergstrom"))
    return start, dict(walk(ehr, start))


def forgeries(good: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    pairs = list(good.items())
    without = {name: [p for p in pairs if p[0] != name] for name in good}
    return {
        "no_state": without["state"],
        "wrong_state": [*without["state"], ("state", "x" * 43)],
        "dup_state": [*pairs, ("state", good["state"])],
        "dup_code": [*pairs, ("code", "other")],
        "code_and_error": [*pairs, ("error", "access_denied")],
        "denied_no_state": [("error", "access_denied")],
        "no_code": without["code"],
        "empty_code": [*without["code"], ("code", "")],
        "iss_mixup": [*without["iss"], ("iss", "https://evil.example")],
        "iss_is_fhir_base": [*without["iss"], ("iss", BASE)],
        "iss_missing": without["iss"],
        "huge": [*without["code"], ("code", "x" * 10_000)],
    }


@pytest.mark.parametrize("name", forgeries({"code": "", "state": "", "iss": ""}))
@pytest.mark.req("SM-C1", "SM-C4", "SM-C6")
def test_a_forged_callback_never_reaches_the_token_endpoint(app: Edge, waiting, name: str) -> None:
    start, good = waiting
    app.wire.seen.clear()
    with pytest.raises(LaunchForged):
        app.smart.finish(forgeries(good)[name], start.pending)
    assert app.paths == []


@pytest.mark.parametrize(
    ("code", "kind", "who"),
    [("access_denied", LaunchRefused, Who.YOU), ("invalid_scope", LaunchRefused, Who.EHR),
     ("unauthorized_client", LaunchRefused, Who.EHR), ("login_required", LaunchRefused, Who.YOU),
     ("server_error", EhrUnavailable, Who.TIME), ("<script>", LaunchRefused, Who.EHR)],
)  # fmt: skip
@pytest.mark.req("SM-C3")
def test_an_error_answer_is_told_in_our_words(app: Edge, waiting, code: str, kind: type, who: Who) -> None:
    start, good = waiting
    told = "no\x00 entry\r\n <b>here</b>" + "x" * 1000
    pairs = [("state", good["state"]), ("iss", good["iss"]), ("error", code), ("error_description", told)]
    with pytest.raises(kind) as refused:
        app.smart.finish(pairs, start.pending)
    assert code == "access_denied" or code not in str(refused.value)
    assert refused.value.who is who
    assert len(str(refused.value)) < 400
    assert str(refused.value).isprintable()


@pytest.mark.req("SM-C1")
def test_unknown_parameters_do_no_harm(app: Edge, waiting) -> None:
    start, good = waiting
    extra = [("next", "https://evil.example"), ("patient", "other"), ("session_state", "x")]
    found = app.smart.finish([*good.items(), *extra], through_json(start.pending))
    assert found.connection.context.patient == "bergstrom"
