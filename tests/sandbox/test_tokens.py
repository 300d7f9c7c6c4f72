"""The token endpoint and its kin: single use, rotation, client authentication, revocation, introspection."""

from __future__ import annotations

import base64
import secrets
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from launch.sandbox import RegisteredClient
from tests.clock import Clock
from tests.sandboxes import sandbox_ehr

from .client import CALLBACK, Session, SmartClient


def _error(response: Any) -> str:
    assert response.status_code in {400, 401}, response.text
    return str(response.json["error"])


def test_a_code_works_once_and_a_replay_ends_what_it_gave(client: SmartClient) -> None:
    code = client.code()
    first = client.exchange(code).json
    assert first is not None
    session = Session(client.http, first)
    assert session.get("/Patient/bergstrom").status_code == 200

    assert _error(client.exchange(code)) == "invalid_grant"
    assert session.get("/Patient/bergstrom").status_code == 401
    assert _error(client.refresh(first["refresh_token"])) == "invalid_grant"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_verifier": "x" * 43}, "invalid_grant"),
        ({"code_verifier": "short"}, "invalid_request"),
        ({"code_verifier": None}, "invalid_request"),
        ({"redirect_uri": "http://127.0.0.1:8080/other"}, "invalid_grant"),
        ({"redirect_uri": None}, "invalid_grant"),
        ({"code": "made-up"}, "invalid_grant"),
        ({"code": None}, "invalid_request"),
        ({"client_id": "stranger"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_a_bad_exchange_is_refused(client: SmartClient, changes: dict[str, str | None], error: str) -> None:
    code = client.code()
    assert _error(client.exchange(**{"code": code, **changes})) == error  # type: ignore[arg-type]


def test_after_a_wrong_verifier_the_code_is_spent(client: SmartClient) -> None:
    code = client.code()
    assert _error(client.exchange(code, code_verifier="x" * 43)) == "invalid_grant"
    assert _error(client.exchange(code)) == "invalid_grant"


def test_an_old_code_has_expired(client: SmartClient, clock: Clock) -> None:
    code = client.code()
    clock.now += 61
    assert _error(client.exchange(code)) == "invalid_grant"


def test_an_access_token_lives_five_minutes(session: Session, clock: Clock) -> None:
    clock.now += 299
    assert session.get("/Patient/bergstrom").status_code == 200
    clock.now += 1
    refused = session.get("/Patient/bergstrom")
    assert refused.status_code == 401
    assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"]


def test_a_refresh_gives_new_tokens_and_the_same_context(client: SmartClient, session: Session, clock: Clock) -> None:
    clock.now += 400
    fresh = client.refresh(session.token["refresh_token"]).json
    assert fresh is not None
    assert fresh["access_token"] != session.token["access_token"]
    assert fresh["refresh_token"] != session.token["refresh_token"]
    assert fresh["patient"] == "bergstrom"
    assert Session(client.http, fresh).get("/Patient/bergstrom").status_code == 200


def test_a_refresh_token_used_twice_ends_the_grant(client: SmartClient, session: Session) -> None:
    fresh = client.refresh(session.token["refresh_token"]).json
    assert fresh is not None
    assert _error(client.refresh(session.token["refresh_token"])) == "invalid_grant"
    assert Session(client.http, fresh).get("/Patient/bergstrom").status_code == 401
    assert _error(client.refresh(fresh["refresh_token"])) == "invalid_grant"


def test_a_refresh_may_narrow_the_scope_but_not_widen_it(client: SmartClient, session: Session) -> None:
    refused = client.refresh(session.token["refresh_token"], scope="patient/Procedure.rs")
    assert _error(refused) == "invalid_scope"
    narrow = client.refresh(session.token["refresh_token"], scope="patient/Patient.rs").json
    assert narrow is not None
    assert narrow["scope"] == "patient/Patient.rs"
    assert Session(client.http, narrow).get("/Condition").status_code == 403


def test_no_refresh_token_without_asking(client: SmartClient) -> None:
    assert "refresh_token" not in client.launched(scope="launch patient/Patient.rs").token


def test_online_access_ends_with_the_ehr_session(client: SmartClient) -> None:
    online = client.launched()
    offline = client.launched(scope="launch offline_access patient/Patient.rs")
    client.box.end_session("okafor")
    assert _error(client.refresh(online.token["refresh_token"])) == "invalid_grant"
    assert client.refresh(offline.token["refresh_token"]).status_code == 200


def test_revoking_the_refresh_token_ends_the_grant(client: SmartClient, session: Session) -> None:
    data = {"token": session.token["refresh_token"], "client_id": "loadpath"}
    assert client.http.post("/auth/revoke", data=data).status_code == 200
    assert session.get("/Patient/bergstrom").status_code == 401
    assert _error(client.refresh(session.token["refresh_token"])) == "invalid_grant"


def test_revoking_an_unknown_token_is_not_an_error(client: SmartClient) -> None:
    data = {"token": "unknown", "client_id": "loadpath"}
    assert client.http.post("/auth/revoke", data=data).status_code == 200


def test_introspection_tells_the_living_from_the_dead(client: SmartClient, session: Session, clock: Clock) -> None:
    def ask(token: str) -> dict[str, Any]:
        answer = client.http.post("/auth/introspect", data={"token": token}, headers=session.bearer)
        return dict(answer.json or {})

    known = ask(session.token["access_token"])
    assert known["active"] is True
    assert known["patient"] == "bergstrom"
    assert known["scope"] == session.token["scope"]
    assert ask("unknown") == {"active": False}
    assert ask(session.token["refresh_token"])["active"] is True
    clock.now += 301
    assert client.http.post("/auth/introspect", data={"token": "x"}, headers=session.bearer).status_code == 401


def test_introspection_without_credentials_is_refused(client: SmartClient, session: Session) -> None:
    data = {"token": session.token["access_token"], "client_id": "loadpath"}
    assert client.http.post("/auth/introspect", data=data).status_code == 401


# -- confidential apps ------------------------------------------------------------------------------------------------


def _confidential(clock: Clock, **more: Any) -> tuple[SmartClient, SmartClient, RSAKey, ECKey]:
    rsa = RSAKey.generate_key(2048, {"alg": "RS384", "use": "sig"}, auto_kid=True)
    ec = ECKey.generate_key("P-384", {"alg": "ES384", "use": "sig"}, auto_kid=True)
    keys = {"keys": [rsa.as_dict(private=False), ec.as_dict(private=False)]}
    clients = (
        RegisteredClient("with-secret", (CALLBACK,), auth="client_secret_basic", secret="a-long-enough-secret"),
        RegisteredClient("with-key", (CALLBACK,), auth="private_key_jwt", jwks=keys, **more),
    )
    app = sandbox_ehr(clients=clients, consent="never", clock=clock)
    return SmartClient(app, "with-secret"), SmartClient(app, "with-key"), rsa, ec


def test_client_secret_basic(clock: Clock) -> None:
    client, *_ = _confidential(clock)

    def exchange(secret: str) -> Any:
        basic = base64.b64encode(f"with-secret:{secret}".encode()).decode()
        data = {"grant_type": "authorization_code", "code": client.code(), "redirect_uri": CALLBACK}
        headers = {"Authorization": f"Basic {basic}"}
        return client.http.post("/auth/token", data={**data, "code_verifier": client.verifier}, headers=headers)

    assert exchange("a-long-enough-secret").status_code == 200
    assert _error(exchange("wrong")) == "invalid_client"
    assert _error(client.exchange(client.code())) == "invalid_client"


def test_an_app_by_itself_reads_and_writes_nothing() -> None:
    """SMART Backend Services: by its key, with system scopes, within what it is registered for."""
    import time

    _, client, _, ec = _confidential(Clock(time.time()), scope="system/*.rs")

    def ask(scope: str, **by: str) -> Any:
        return client.http.post("/auth/token", data={"grant_type": "client_credentials", "scope": scope, **by})

    def proof() -> dict[str, str]:
        now, url = int(time.time()), f"{client.box.config.issuer}/token"
        body = {"iss": "with-key", "sub": "with-key", "aud": url, "exp": now + 240, "jti": secrets.token_hex(8)}
        signed = jwt.encode({"alg": "ES384", "kid": ec.kid, "typ": "JWT"}, body, ec, algorithms=["ES384"])
        kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        return {"client_assertion_type": kind, "client_assertion": signed}

    answer = ask("system/Task.crus system/Patient.rs user/Task.rs", **proof()).get_json()
    assert answer["scope"] == "system/Task.rs system/Patient.rs" and "refresh_token" not in answer
    bearer = {"Authorization": f"Bearer {answer['access_token']}"}
    assert client.http.get("/fhir/Task", headers=bearer).status_code == 200
    assert client.http.get("/fhir/Condition", headers=bearer).status_code == 403
    task = {"resourceType": "Task", "status": "requested", "intent": "order"}
    assert client.http.post("/fhir/Task", json=task, headers=bearer).status_code == 403
    assert _error(ask("system/Task.rs", client_id="with-key")) == "invalid_client"
    assert _error(ask("user/Task.rs", **proof())) == "invalid_scope"


@pytest.mark.parametrize("alg", ["RS384", "ES384"])
def test_private_key_jwt(clock: Clock, alg: str) -> None:
    import time

    _, client, rsa, ec = _confidential(Clock(time.time()))
    key: Any = rsa if alg == "RS384" else ec

    def exchange(jti: str | None = None, header: dict[str, str] | None = None, **claims: Any) -> Any:
        now = int(time.time())
        url = f"{client.box.config.issuer}/token"
        body = {"iss": "with-key", "sub": "with-key", "aud": url, "exp": now + 240, "jti": jti or secrets.token_hex(8)}
        head = {"alg": alg, "kid": key.kid, "typ": "JWT", **(header or {})}
        assertion = jwt.encode(head, {**body, **claims}, key, algorithms=["RS384", "ES384", "RS256"])
        kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        return client.exchange(client.code(), client_id=None, client_assertion_type=kind, client_assertion=assertion)

    assert exchange("once").status_code == 200
    assert _error(exchange("once")) == "invalid_client"
    assert _error(exchange(aud="https://elsewhere.example/token")) == "invalid_client"
    assert _error(exchange(exp=int(time.time()) + 3600)) == "invalid_client"
    assert _error(exchange(exp=int(time.time()) - 60)) == "invalid_client"
    assert _error(exchange(iss="someone-else")) == "invalid_client"
    assert _error(exchange(header={"kid": "unknown"})) == "invalid_client"
    assert _error(exchange(header={"jku": "https://evil.example/jwks"})) == "invalid_client"
    if alg == "RS384":
        key = RSAKey.import_key({k: v for k, v in rsa.as_dict(private=True).items() if k != "alg"})
        assert _error(exchange(header={"alg": "RS256", "kid": rsa.kid})) == "invalid_client"
