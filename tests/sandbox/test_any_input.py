"""No input, however strange, gets anything but a clear refusal."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandboxes import sandbox_ehr

from .client import READ_WRITE, Session, SmartClient

EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
names = st.sampled_from(
    ["patient", "subject", "code", "code:text", "category", "status", "date", "identifier", "_id", "_count", "_sort",
     "_lastUpdated", "_tag", "_page", "_summary", "intent:not", "period:missing"]
)  # fmt: skip
elements = st.sampled_from(
    [
        "status",
        "intent",
        "subject",
        "identifier",
        "category",
        "activity",
        "goal",
        "text",
        "period",
        "meta",
        "id",
        "note",
    ]
)


@pytest.fixture(scope="module")
def strict_app() -> Flask:
    return sandbox_ehr(consent="never")


@pytest.fixture(scope="module")
def strict(strict_app: Flask) -> Session:
    return SmartClient(strict_app).launched(scope=READ_WRITE)


def _clear(response: Any) -> None:
    assert response.status_code < 500, response.text
    if response.status_code >= 400:
        assert response.json["resourceType"] == "OperationOutcome"
        assert all(issue["diagnostics"] for issue in response.json["issue"])


@EXAMPLES
@given(pairs=st.lists(st.tuples(names, st.text(max_size=20)), max_size=4))
def test_search_parameters(strict: Session, pairs: list[tuple[str, str]]) -> None:
    for path in ("CarePlan", "Observation", "Patient", ""):
        _clear(strict.http.get(f"/fhir/{path}".rstrip("/"), query_string=pairs, headers=strict.bearer))


@EXAMPLES
@given(body=st.dictionaries(elements, json_values, max_size=6))
def test_bodies(strict: Session, body: dict[str, Any]) -> None:
    plan = {
        "resourceType": "CarePlan",
        "status": "draft",
        "intent": "plan",
        "subject": {"reference": "Patient/bergstrom"},
    }
    _clear(strict.post("/CarePlan", {**plan, **body}))
    _clear(strict.post("/CarePlan", body))


@EXAMPLES
@given(
    entry=json_values,
    request=st.dictionaries(st.sampled_from(["method", "url", "ifMatch", "ifNoneExist"]), json_values),
)
def test_bundles(strict: Session, entry: Any, request: dict[str, Any]) -> None:
    for kind in ("transaction", "batch"):
        for item in (entry, {"request": request, "resource": entry}, {"request": {"method": "POST", "url": "CarePlan",
                     **request}, "fullUrl": entry, "resource": {"resourceType": "CarePlan"}}):  # fmt: skip
            _clear(strict.post("", {"resourceType": "Bundle", "type": kind, "entry": [item]}))


@EXAMPLES
@given(changes=st.dictionaries(
    st.sampled_from(["client_id", "redirect_uri", "scope", "state", "aud", "launch", "code_challenge", "nonce",
                     "response_type", "prompt", "request"]), st.text(max_size=20)))  # fmt: skip
def test_authorization_requests(strict_app: Flask, changes: dict[str, str]) -> None:
    client = SmartClient(strict_app)
    answer = client.authorize(**{**client.params(), **changes})
    assert answer.status_code in {200, 303, 400}
    target = answer.headers.get("Location", "http://127.0.0.1:8080/callback?")
    assert target.startswith("http://127.0.0.1:8080/callback?")


@EXAMPLES
@given(form=st.dictionaries(
    st.sampled_from(["grant_type", "code", "redirect_uri", "client_id", "code_verifier", "refresh_token", "token",
                     "client_assertion", "client_assertion_type", "token_type_hint"]), st.text(max_size=30)),
    assertion=st.booleans())  # fmt: skip
def test_token_requests(strict_app: Flask, form: dict[str, str], assertion: bool) -> None:
    http = strict_app.test_client()
    if assertion:
        form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    for door, grant in (
        ("token", "authorization_code"),
        ("token", "refresh_token"),
        ("revoke", ""),
        ("introspect", ""),
    ):
        answer = http.post(f"/auth/{door}", data={"grant_type": grant, **form})
        assert answer.status_code < 500, answer.text
        assert answer.status_code == 200 or answer.json["error"]  # type: ignore[index]
