"""The doors of the authorization server: authorize with consent and patient picker, token and its kin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749 import InvalidRequestError, InvalidScopeError, OAuth2Error
from flask import Blueprint, Response, make_response, render_template, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from . import fault_answers
from .authorization import parked_request
from .ledger import Grant, Launch
from .people import USERS, User
from .scopes import grant, permissions
from .state import Sandbox, sandbox
from .wire import belongs_to
from .wording import scope_sentences

auth = Blueprint("auth", __name__)
PARKED_SECONDS = 900


# -- authorize --------------------------------------------------------------------------------------------------------


@auth.route("/auth/authorize", methods=["GET", "POST"])
def authorize() -> Response:
    """First sight of an authorization request: check all of it, then ask or approve."""
    params = request.values.to_dict()
    try:
        sandbox().server.get_consent_grant(end_user=None)
        _check_once("aud", "launch", "nonce")
        launch = _check_smart(params)
    except OAuth2Error as error:
        return _refuse(error, params)
    except ValueError:
        # Authlib quotes what it refuses, and will not quote what may not stand in an error description
        return _refuse(InvalidRequestError("The request contains characters that are not allowed."), params)
    if launch is None:
        return _pick_patient(params)
    return _ask_or_approve(params, launch)


@auth.post("/auth/decision")
def decision() -> Response:
    """An answer from the picker or the consent page. The whole request travels in the form, signed: no cookie."""
    box = sandbox()
    try:
        parked = _parker(box).loads(request.form.get("request", ""), max_age=PARKED_SECONDS)
    except BadSignature:
        return _dead_end("This page has expired.", "Open the app again from the chart.", 400)
    params: dict[str, str] = parked["params"]
    if request.form.get("answer") == "deny":
        return _finish(params, None, None)
    if parked["stage"] == "pick":
        return _picked(params, request.form)
    launch = _launch_from(parked["launch"])
    belongs_to(launch.context)
    box.ledger.remember_consent(launch.user.subject, params["client_id"], _granted(params, launch))
    return _finish(params, launch, _granted(params, launch))


def _check_once(*names: str) -> None:
    for name in names:
        if len(request.values.getlist(name)) > 1:
            raise InvalidRequestError(f"Multiple '{name}' in request.")


def _check_smart(params: dict[str, str]) -> Launch | None:
    """aud and launch. The launch context for an EHR launch, None where the user still has to pick a patient."""
    box, scopes = sandbox(), params.get("scope", "").split()
    if params.get("aud") != box.config.fhir_base:
        raise InvalidRequestError("'aud' must be this server's FHIR base URL.")
    if "online_access" in scopes and "offline_access" in scopes:
        raise InvalidScopeError("Ask for online_access or offline_access, not both.")
    if "launch" in params:
        if "launch" not in scopes:
            raise InvalidScopeError("A 'launch' parameter needs the scope 'launch'.")
        launch = box.ledger.launch(params["launch"], params["client_id"])
        if launch is None:
            raise InvalidRequestError("This launch is unknown or has expired: open the app again from the chart.")
        return launch
    if "launch" in scopes:
        raise InvalidRequestError("The scope 'launch' needs a 'launch' parameter.")
    return None


def _ask_or_approve(params: dict[str, str], launch: Launch) -> Response:
    box = sandbox()
    belongs_to(launch.context)
    scope = _granted(params, launch)
    if not permissions(scope) and "openid" not in scope.split():
        return _refuse(InvalidScopeError("Nothing of what was asked for can be granted."), params)
    known = box.ledger.has_consent(launch.user.subject, params["client_id"], scope)
    if box.config.consent == "never" or (box.config.consent == "first" and known):
        return _finish(params, launch, scope)
    parked = {
        "params": params,
        "stage": "consent",
        "launch": {"patient": launch.patient, "user": launch.user.id, "context": launch.context},
    }
    page = render_template(
        "consent.html",
        app_name=_client(params).name,
        app_origin=_origin(params["redirect_uri"]),
        patient=box.chart.line(launch.patient) if launch.patient else None,
        user=launch.user,
        sentences=scope_sentences(scope),
        refused=sorted(set(params.get("scope", "").split()) - set(scope.split())),
        request_token=_parker(box).dumps(parked),
    )
    return _form_page(page, params)


def _pick_patient(params: dict[str, str]) -> Response:
    box = sandbox()
    wants_patient = any(text == "launch/patient" for text in params.get("scope", "").split())
    page = render_template(
        "picker.html",
        app_name=_client(params).name,
        users=list(USERS.values()),
        patients=box.chart.patient_list() if wants_patient else [],
        wants_patient=wants_patient,
        request_token=_parker(box).dumps({"params": params, "stage": "pick"}),
    )
    return _form_page(page, params)


def _picked(params: dict[str, str], form: Any) -> Response:
    user = USERS.get(form.get("user", ""))
    patient = form.get("patient", "")
    wants_patient = "launch/patient" in params.get("scope", "").split()
    if user is None or (wants_patient and sandbox().chart.patient(patient) is None):
        return _dead_end("That choice is not known.", "Go back and choose a user and a patient.", 400)
    context = {"need_patient_banner": True, "smart_style_url": f"{sandbox().config.issuer}/smart-style.json"}
    context = sandbox().wire.open(patient if wants_patient else "", user.id, context)
    return _ask_or_approve(params, _standalone(patient if wants_patient else "", user, context))


def _standalone(patient: str, user: User, context: dict[str, Any]) -> Launch:
    return Launch(token="", patient=patient, user=user.at(patient), expires=0, context=context)


def _launch_from(parked: dict[str, Any]) -> Launch:
    return _standalone(parked["patient"], USERS[parked["user"]], parked["context"])


def _granted(params: dict[str, str], launch: Launch) -> str:
    client = _client(params)
    return grant(
        params.get("scope", ""), [client.scope], has_patient=bool(launch.patient), may_write=launch.user.writes
    )


def _finish(params: dict[str, str], launch: Launch | None, scope: str | None) -> Response:
    """Back to the app: with a code where ``launch`` was approved, with access_denied where it is None."""
    box = sandbox()
    parked = parked_request(params)
    try:
        consent = box.server.get_consent_grant(parked, end_user=launch.user if launch else None)
        if launch is not None:
            parked.approved = Grant(
                params["client_id"], launch.user, scope or "", launch.patient or None, launch.context
            )
            box.prepare_user(launch.user)
        response = box.server.create_authorization_response(
            parked, grant_user=launch.user if launch else None, grant=consent
        )
    except OAuth2Error as error:
        return _refuse(error, params)
    return fault_answers.callback(_signed_off(response, params), launch.context.get("fault") if launch else None)


def _refuse(error: OAuth2Error, params: dict[str, str]) -> Response:
    """A refusal goes to the app only where client and redirect address are beyond doubt; otherwise to the user."""
    client = sandbox().clients.get(params.get("client_id", ""))
    redirect_uri = params.get("redirect_uri", "")
    if client is None or not client.check_redirect_uri(redirect_uri):
        reason = "The app is not registered here." if client is None else "The app's return address is not registered."
        return _dead_end(reason, str(error.description or error.error), 400)
    if len(request.values.getlist("redirect_uri")) > 1 or len(request.values.getlist("client_id")) > 1:
        return _dead_end("The app's request is not valid.", str(error.description or error.error), 400)
    error.redirect_uri, error.state = redirect_uri, params.get("state")
    return _signed_off(sandbox().server.handle_error_response(parked_request(params), error), params)


def _signed_off(response: Response, params: dict[str, str]) -> Response:
    """RFC 9207: every answer to the app names who gave it."""
    location = response.headers.get("Location")
    if location and location.startswith(params.get("redirect_uri", "\0")):
        response.headers["Location"] = add_params_to_uri(location, [("iss", sandbox().config.issuer)])
        response.status_code = 303
    response.headers["Cache-Control"] = "no-store"
    return response


def _dead_end(headline: str, detail: str, status: int) -> Response:
    return make_response(render_template("stop.html", headline=headline, detail=detail), status)


def _form_page(page: str, params: dict[str, str]) -> Response:
    response = make_response(page)
    # Chromium applies form-action to the redirect after the form as well
    response.form_targets = _origin(params["redirect_uri"])  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = "no-store"
    return response


def _parker(box: Sandbox) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(box.secret, salt="authorize")


def _client(params: dict[str, str]) -> Any:
    return sandbox().clients[params["client_id"]]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# -- token ------------------------------------------------------------------------------------------------------------


@auth.post("/auth/token")
def token() -> Response:
    return _private(fault_answers.token(sandbox().server.create_token_response()))


@auth.post("/auth/revoke")
def revoke() -> Response:
    return _private(sandbox().server.create_endpoint_response("revocation"))


@auth.post("/auth/introspect")
def introspect() -> Response:
    return _private(sandbox().server.create_endpoint_response("introspection"))


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Pragma"] = "no-cache"
    return response
