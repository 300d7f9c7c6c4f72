"""A right answer of the sandbox -> the answer as one fault makes it. Nothing happens where no fault is in force."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import Response, g, jsonify, request

from .compartment import Resource
from .fault_writes import BEFORE_WRITE, LAGGING, TOLD, is_transaction, tell
from .faults import ELSEWHERE, FAULTS, Place
from .forgery import forged
from .ledger import Grant
from .outcome import Refused
from .scopes import permissions
from .state import Sandbox, sandbox

Pairs = list[tuple[str, str]]
_HTML = "<!doctype html><title>Error</title><h1>The server has a problem</h1>"
_BUSY_REQUESTS = 3
_LOST_BYTES = 4096


# -- the way back to the app


def _denied(pairs: Pairs) -> Pairs:
    refusal = [("error", "access_denied"), ("error_description", "Policy of this sandbox: <b>denied</b>.")]
    return refusal + [pair for pair in pairs if pair[0] != "code"]


def _without(name: str, pairs: Pairs) -> Pairs:
    return [pair for pair in pairs if pair[0] != name]


CALLBACK: Mapping[str, Callable[[Pairs], Pairs]] = {
    "authz_access_denied": _denied,
    "authz_denied_no_state": lambda pairs: _without("state", _denied(pairs)),
    "authz_no_state": lambda pairs: _without("state", pairs),
    "authz_wrong_state": lambda pairs: [*_without("state", pairs), ("state", "a-state-nobody-ever-sent")],
    "authz_dup_state": lambda pairs: [*pairs, *(pair for pair in pairs if pair[0] == "state")],
    "authz_code_and_error": lambda pairs: [*pairs, ("error", "access_denied")],
    "iss_ok": list,
    "iss_mixup": lambda pairs: [*_without("iss", pairs), ("iss", f"{ELSEWHERE}/auth")],
}


def callback(response: Response, fault: str | None) -> Response:
    """The redirect back to the app."""
    location = response.headers.get("Location")
    if fault in CALLBACK and location:
        parts = urlsplit(location)
        pairs = CALLBACK[fault](parse_qsl(parts.query, keep_blank_values=True))
        response.headers["Location"] = urlunsplit(parts._replace(query=urlencode(pairs)))
    return response


# -- the token answer


def _leaves_out(*names: str) -> Callable[[dict[str, Any], Grant], dict[str, Any]]:
    return lambda body, grant: {key: value for key, value in body.items() if key not in names}


def _read_only(body: dict[str, Any], grant: Grant) -> dict[str, Any]:
    writing = {found.text for found in permissions(body["scope"]) if found.actions & {"c", "u", "d"}}
    kept = [f"{text.partition('.')[0]}.rs" if text in writing else text for text in body["scope"].split()]
    return {**body, "scope": " ".join(kept)}


ON_CODE: Mapping[str, Callable[[dict[str, Any], Grant], dict[str, Any]]] = {
    "downscope": _read_only,
    "empty_scope": lambda body, grant: {**body, "scope": ""},
    "token_type_lower": lambda body, grant: {**body, "token_type": "bearer"},
    "no_patient": _leaves_out("patient"),
    "no_expires": _leaves_out("expires_in"),
    "no_refresh": _leaves_out("refresh_token"),
}
REFUSED: Mapping[tuple[str, str], Callable[[], Response]] = {
    ("token_invalid_grant", "authorization_code"): lambda: _oauth_error("invalid_grant"),
    ("token_500", "authorization_code"): lambda: Response(_HTML, 500, mimetype="text/html"),
    ("refresh_invalid_grant", "refresh_token"): lambda: _oauth_error("invalid_grant"),
}
ON_REFRESH = {"refresh_swaps_patient"}


def token(response: Response) -> Response:
    """A successful answer of the token endpoint; ``g.grant`` says what it stems from."""
    grant: Grant | None = g.get("grant")
    if grant is None or response.status_code != 200 or not (fault := grant.context.get("fault")):
        return response
    kind = request.form.get("grant_type", "")
    if (fault, kind) in REFUSED:
        return REFUSED[fault, kind]()
    body = _token_body(dict(response.get_json()), grant, fault, kind)
    response.set_data(json.dumps(body))
    return response


def _token_body(body: dict[str, Any], grant: Grant, fault: str, kind: str) -> dict[str, Any]:
    box = sandbox()
    if kind == "refresh_token":
        return {**body, "patient": _another(box, grant)} if fault in ON_REFRESH else body
    if FAULTS[fault].place is Place.ID_TOKEN and "id_token" in body:
        body["id_token"] = forged(fault, body["id_token"], box.signing_key)
        return {key: value for key, value in body.items() if value is not None}
    if fault in ON_CODE:
        body = ON_CODE[fault](body, grant)
        issued = box.ledger.by_access(body["access_token"])
        if issued is not None:
            issued.scope = body["scope"]  # the records are as strict as the answer says
    return body


def _oauth_error(code: str) -> Response:
    response = jsonify(error=code, error_description="This sandbox was asked to refuse.")
    response.status_code = 400
    return response


# -- the SMART configuration

Document = dict[str, Any]
DISCOVERY: Mapping[str, Callable[[Document], Document | Response]] = {
    "disc_500": lambda body: Response(_HTML, 500, mimetype="text/html"),
    "disc_redirect": lambda body: Response("", 302, {"Location": f"{ELSEWHERE}{request.path}"}),
    "disc_html": lambda body: Response(_HTML, 200, mimetype="text/html"),
    "disc_issuer_mismatch": lambda body: {**body, "issuer": f"{body['issuer']}/another"},
    "disc_token_offhost": lambda body: {**body, "token_endpoint": f"{ELSEWHERE}/token"},
    "disc_relative": lambda body: {
        name: f"..{urlsplit(value).path}" if name.endswith("_endpoint") else value for name, value in body.items()
    },
    "disc_no_s256": lambda body: {**body, "code_challenge_methods_supported": ["plain"]},
}


def configuration(body: Document) -> Document | Response:
    """The SMART configuration, or what comes in its place."""
    fault = sandbox().faults.discovery
    return DISCOVERY[fault](body) if fault else body


# -- the records


def _busy(grant: Grant) -> None:
    if _fired(grant) <= _BUSY_REQUESTS:
        raise Refused(429, "this sandbox is asked for too much", headers={"Retry-After": "1"})


def _denied_for(type_: str) -> Callable[[Grant], None]:
    def deny(grant: Grant) -> None:
        if request.path.split("/")[2:3] == [type_]:
            raise Refused(403, f"this sandbox was asked to refuse {type_}")

    return deny


def _no_writing(grant: Grant) -> None:
    if request.method in {"POST", "PUT"}:
        raise Refused(403, "this sandbox was asked to refuse every write")


def _ended(grant: Grant) -> None:
    raise Refused(401, "this sandbox was asked to refuse every token", headers={"WWW-Authenticate": "Bearer"})


def _down(grant: Grant) -> None:
    raise Refused(503, "this sandbox was asked to be down")


def _hang(grant: Grant) -> None:
    if request.path.endswith("/Procedure"):
        time.sleep(sandbox().config.hang_seconds)


BEFORE_FHIR: Mapping[str, Callable[[Grant], None]] = {
    "fhir_401": _ended,
    "fhir_403": _denied_for("Observation"),
    "fhir_write_403": _no_writing,
    "fhir_429": _busy,
    "fhir_503": _down,
    "fhir_hang": _hang,
    **BEFORE_WRITE,
}


def before_fhir(grant: Grant) -> None:
    """Called as soon as a request's token is known. May raise Refused, or take its time."""
    act = BEFORE_FHIR.get(grant.context.get("fault") or "")
    if act:
        act(grant)


def _more_elsewhere(body: Resource, grant: Grant) -> Resource:
    others = [link for link in body.get("link", []) if link.get("relation") != "next"]
    return {**body, "link": [*others, {"relation": "next", "url": f"{ELSEWHERE}/fhir?_page=2"}]}


def _with_a_stranger(body: Resource, grant: Grant) -> Resource:
    if not request.path.endswith("/Condition"):
        return body
    box = sandbox()
    found = box.fhir.raw_all("Condition", _another(box, grant))
    extra = [
        {"fullUrl": f"{box.config.fhir_base}/Condition/{one['id']}", "resource": one, "search": {"mode": "match"}}
        for one in found
    ]
    return {**body, "entry": [*body.get("entry", []), *extra]}


SEARCHES: Mapping[str, Callable[[Resource, Grant], Resource]] = {
    "fhir_next_offhost": _more_elsewhere,
    "fhir_wrong_patient": _with_a_stranger,
    **LAGGING,
}
LOST = "fhir_write_lost_response"


def after_fhir(response: Response) -> Response:
    """Every answer of the FHIR endpoint."""
    grant: Grant | None = g.get("grant")
    fault = grant.context.get("fault") if grant else None
    if grant is None or not fault or response.status_code >= 300:
        return response
    if fault == LOST and request.method in {"POST", "PUT"} and _fired(grant) == 1:
        # fewer bytes than promised: the server closes the connection, and the app sees it break
        response.set_data(b"")
        response.headers["Content-Length"] = str(_LOST_BYTES)
    elif fault in TOLD and is_transaction():
        tell(response, grant)
    elif fault in SEARCHES and (body := response.get_json(silent=True) or {}).get("type") == "searchset":
        response.set_data(json.dumps(SEARCHES[fault](body, grant)))
    return response


def _fired(grant: Grant) -> int:
    """How often this grant's fault has come to this point, this time included."""
    return sandbox().ledger.count_fault(grant)


def _another(box: Sandbox, grant: Grant) -> str:
    """The patient whose record comes next after the one of this grant."""
    ids = [line.id for line in box.chart.patient_list()]
    return next((id_ for id_ in ids if id_ != grant.patient and box.fhir.raw_all("Condition", id_)), "another")
