"""The authorization endpoint: who is asked, who is refused, and where the browser goes."""

from __future__ import annotations

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.clock import Clock
from tests.sandboxes import sandbox_ehr

from .client import CALLBACK, READ_WRITE, SmartClient, back

STANDALONE = "openid fhirUser launch/patient patient/Condition.rs"


def _launch_params(client: SmartClient, scope: str = READ_WRITE, **changes: str | None) -> dict[str, str]:
    return client.params(scope, **{"launch": client.box.new_launch("bergstrom"), **changes})


def test_the_first_launch_asks_for_consent_and_the_second_does_not(client: SmartClient) -> None:
    page = client.authorize(**_launch_params(client))
    assert page.status_code == 200
    assert "Bergstrom" in page.text
    assert "care plans" in page.text
    assert back(client.answer(page, answer="allow"))["state"] == "the-state"

    assert "code" in back(client.authorize(**_launch_params(client)))


def test_a_wider_scope_is_asked_for_again(client: SmartClient) -> None:
    client.launched(scope="openid launch patient/Patient.rs")
    assert client.authorize(**_launch_params(client)).status_code == 200


def test_deny_returns_to_the_app(client: SmartClient) -> None:
    page = client.authorize(**_launch_params(client))
    answer = back(client.answer(page, answer="deny"))
    assert answer["error"] == "access_denied"
    assert answer["state"] == "the-state"
    assert answer["iss"] == client.box.config.issuer
    assert "code" not in answer


def test_consent_needs_no_cookie(client: SmartClient) -> None:
    page = client.authorize(**_launch_params(client))
    other_browser = SmartClient(client.app)
    assert "code" in back(other_browser.answer(page, answer="allow"))
    assert "Set-Cookie" not in page.headers


def test_a_forged_consent_is_refused(client: SmartClient) -> None:
    answer = client.http.post("/auth/decision", data={"request": "forged.request.value", "answer": "allow"})
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_consent_may_return_to_the_app_under_its_own_policy(client: SmartClient) -> None:
    page = client.authorize(**_launch_params(client))
    assert "form-action 'self' http://127.0.0.1:8080;" in page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("mode", ["always", "never"])
def test_consent_can_be_always_or_never(mode: str) -> None:
    client = SmartClient(sandbox_ehr(consent=mode))
    for _ in range(2):
        asked = client.authorize(**_launch_params(client)).status_code == 200
        assert asked is (mode == "always")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"aud": "http://elsewhere.example/fhir"}, "invalid_request"),
        ({"aud": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"launch": "made-up"}, "invalid_request"),
        ({"launch": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "patient/Condition.rs"}, "invalid_scope"),
        ({"scope": "launch online_access offline_access"}, "invalid_scope"),
        ({"scope": "launch patient/Nonsense"}, "invalid_scope"),
    ],
    ids=lambda value: "-".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else value,
)  # fmt: skip
def test_a_bad_request_goes_back_to_the_app(client: SmartClient, changes: dict[str, str | None], error: str) -> None:
    answer = back(client.authorize(**_launch_params(client, **changes)))
    assert answer["error"] == error
    assert answer["state"] == "the-state"
    assert "code" not in answer


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": CALLBACK + "/"},
        {"redirect_uri": CALLBACK + "?next=x"},
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": None},
        {"client_id": "stranger"},
        {"client_id": None},
    ],
)
def test_a_doubtful_app_or_address_is_never_redirected_to(client: SmartClient, changes: dict[str, str | None]) -> None:
    answer = client.authorize(**_launch_params(client, **changes))
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "return address" in answer.text or "not registered" in answer.text


@pytest.mark.parametrize("name", ["state", "redirect_uri", "aud", "launch", "code_challenge"])
def test_a_doubled_parameter_is_refused(client: SmartClient, name: str) -> None:
    pairs = [*_launch_params(client).items(), (name, "again")]
    answer = client.http.get("/auth/authorize", query_string="&".join(f"{k}={v}" for k, v in pairs))
    assert answer.status_code == 400 or back(answer)["error"] == "invalid_request"
    assert "code=" not in answer.headers.get("Location", "")


def test_an_old_launch_has_expired(client: SmartClient, clock: Clock) -> None:
    params = _launch_params(client)
    clock.now += 601
    assert back(client.authorize(**params))["error"] == "invalid_request"


def test_a_launch_made_for_another_app_is_refused(client: SmartClient) -> None:
    launch = client.box.new_launch("bergstrom", client_id="another-app")
    assert back(client.authorize(**client.params(launch=launch)))["error"] == "invalid_request"


def test_authorize_by_post(client: SmartClient) -> None:
    page = client.http.post("/auth/authorize", data=_launch_params(client))
    assert "code" in back(client.answer(page, answer="allow"))


def test_standalone_launch_lets_the_user_pick_a_patient(client: SmartClient) -> None:
    page = client.authorize(**client.params(STANDALONE))
    assert "Choose a patient" in page.text
    consent = client.answer(page, user="lindqvist", patient="haddad", answer="continue")
    assert "Haddad" in consent.text
    token = client.exchange(back(client.answer(consent, answer="allow"))["code"]).json
    assert token is not None
    assert token["patient"] == "haddad"
    assert token["need_patient_banner"] is True


def test_standalone_launch_can_be_cancelled(client: SmartClient) -> None:
    page = client.authorize(**client.params(STANDALONE))
    assert back(client.answer(page, answer="deny"))["error"] == "access_denied"


def test_standalone_launch_with_an_unknown_patient(client: SmartClient) -> None:
    page = client.authorize(**client.params(STANDALONE))
    assert client.answer(page, user="okafor", patient="nobody", answer="continue").status_code == 400


def test_the_token_response_carries_the_launch_context(client: SmartClient) -> None:
    launch = client.box.new_launch(
        "bergstrom", "tran", need_patient_banner=False, encounter="bergstrom-visit-1", intent="sign", tenant="north"
    )
    page = client.authorize(**client.params(launch=launch))
    token = client.exchange(back(client.answer(page, answer="allow"))["code"]).json
    assert token is not None
    expected = {
        "patient": "bergstrom",
        "encounter": "bergstrom-visit-1",
        "need_patient_banner": False,
        "intent": "sign",
        "tenant": "north",
        "token_type": "Bearer",
        "expires_in": 300,
    }
    assert expected.items() <= token.items()
    style = client.http.get(token["smart_style_url"].removeprefix("http://localhost:8081"))
    assert style.json is not None
    assert style.json["color_text"].startswith("#")


def test_the_id_token_is_signed_and_complete(client: SmartClient, clock: Clock) -> None:
    params = _launch_params(client)
    code = back(client.answer(client.authorize(**params), answer="allow"))["code"]
    token = client.exchange(code).json
    assert token is not None
    keys = client.http.get("/auth/jwks").json
    decoded = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=["RS256"])  # type: ignore[arg-type]
    assert decoded.header["kid"] == keys["keys"][0]["kid"]  # type: ignore[index]
    assert "d" not in keys["keys"][0]  # type: ignore[index]
    base = client.box.config.fhir_base
    assert decoded.claims["iss"] == client.box.config.issuer
    assert decoded.claims["aud"] == "loadpath"
    assert decoded.claims["nonce"] == params["nonce"]
    assert decoded.claims["fhirUser"] == f"{base}/Practitioner/okafor"
    assert decoded.claims["iat"] == int(clock.now)


def test_discovery_names_every_door(client: SmartClient) -> None:
    smart = client.http.get("/fhir/.well-known/smart-configuration").json
    openid = client.http.get("/auth/.well-known/openid-configuration").json
    assert smart is not None
    assert openid is not None
    assert smart["code_challenge_methods_supported"] == ["S256"]
    assert {"launch-ehr", "sso-openid-connect", "permission-v2", "authorize-post"} <= set(smart["capabilities"])
    assert smart["issuer"] == openid["issuer"] == client.box.config.issuer
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "introspection_endpoint"):
        path = smart[name].removeprefix("http://localhost:8081")
        assert client.http.get(path).status_code != 404, name
