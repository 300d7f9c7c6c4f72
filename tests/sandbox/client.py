"""A minimal SMART client for tests: it launches, answers the consent page, and calls FHIR with its token."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

CALLBACK = "http://127.0.0.1:8080/callback"
READ_WRITE = (
    "openid fhirUser launch online_access patient/Patient.rs patient/Condition.rs patient/Observation.rs "
    "patient/CarePlan.crus patient/ServiceRequest.crus patient/Goal.crus patient/Provenance.crs"
)


@dataclass
class Session:
    """A launched client: its token response and a way to call FHIR with it."""

    http: FlaskClient
    token: dict[str, Any]

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token['access_token']}"}

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        sent = {**self.bearer, **{name.replace("_", "-"): value for name, value in headers.items()}}
        extra: dict[str, Any] = {} if body is None else {"json": body, "content_type": "application/fhir+json"}
        return self.http.open(f"/fhir{path}", method=method, headers=sent, **extra)

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        return self.call("POST", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> TestResponse:
        return self.call("PUT", path, body, **headers)


class SmartClient:
    """One registered app talking to one sandbox."""

    def __init__(self, app: Flask, client_id: str = "loadpath"):
        self.app, self.client_id = app, client_id
        self.box = app.extensions["sandbox"]
        self.http = app.test_client()
        self.verifier = secrets.token_urlsafe(48)

    def params(self, scope: str = READ_WRITE, **changes: str | None) -> dict[str, str]:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        found: dict[str, str | None] = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": CALLBACK,
            "scope": scope,
            "state": "the-state",
            "aud": self.box.config.fhir_base,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
            "nonce": secrets.token_urlsafe(8),
            **changes,
        }
        return {name: value for name, value in found.items() if value is not None}

    def authorize(self, **params: str) -> TestResponse:
        return self.http.get("/auth/authorize", query_string=params)

    def answer(self, page: TestResponse, **form: str) -> TestResponse:
        hidden = re.search(r'name="request" value="([^"]+)"', page.text)
        assert hidden, page.text
        return self.http.post("/auth/decision", data={"request": hidden[1], **form})

    def code(self, patient: str = "bergstrom", user: str = "okafor", scope: str = READ_WRITE, fault: str | None = None,
             **changes: str) -> str:  # fmt: skip
        launch = self.box.new_launch(patient, user, fault=fault) if "launch" in scope.split() else None
        answer = self.authorize(**self.params(scope, launch=launch, **changes))
        if answer.status_code == 200:
            answer = self.answer(answer, answer="allow")
        return back(answer)["code"]

    def exchange(self, code: str | None, **changes: str | None) -> TestResponse:
        form: dict[str, str | None] = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": CALLBACK,
            "client_id": self.client_id,
            "code_verifier": self.verifier,
            **changes,
        }
        return self.http.post("/auth/token", data={k: v for k, v in form.items() if v is not None})

    def refresh(self, token: str, **changes: str) -> TestResponse:
        form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": self.client_id, **changes}
        return self.http.post("/auth/token", data=form)

    def launched(
        self, patient: str = "bergstrom", user: str = "okafor", scope: str = READ_WRITE, fault: str | None = None
    ) -> Session:
        response = self.exchange(self.code(patient, user, scope, fault))
        assert response.status_code == 200, response.text
        return Session(self.http, response.json or {})


def back(response: TestResponse) -> dict[str, str]:
    """The parameters with which the browser returns to the app."""
    assert response.status_code == 303, response.text
    location = response.headers["Location"]
    assert location.startswith(CALLBACK + "?"), location
    return {name: found[0] for name, found in parse_qs(urlsplit(location).query).items()}


def problems(response: TestResponse) -> str:
    """The sentences of an OperationOutcome."""
    body = response.json or {}
    assert body.get("resourceType") == "OperationOutcome", response.text
    return "; ".join(issue["diagnostics"] for issue in body["issue"])


def care_plan(patient: str = "bergstrom", status: str = "draft", **elements: Any) -> dict[str, Any]:
    return {
        "resourceType": "CarePlan",
        "status": status,
        "intent": "plan",
        "subject": {"reference": f"Patient/{patient}"},
        **elements,
    }
