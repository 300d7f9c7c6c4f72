"""The FHIR endpoint over HTTP: bearer token in, interaction by URL, JSON out, OperationOutcome for every refusal."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, g, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from . import fault_answers
from .access import Access
from .capability import secured
from .compartment import Resource
from .exports import exporting
from .fhir_local import Reply
from .outcome import ISSUE_CODE, Refused, outcome
from .resource_types import RESOURCE_TYPES
from .scopes import permissions
from .state import sandbox
from .subscriptions import after_write, offered

fhir = Blueprint("fhir", __name__, url_prefix="/fhir")
FHIR_JSON = "application/fhir+json; charset=utf-8"
JSON_TYPES = frozenset({"application/fhir+json", "application/json", "text/json", "*/*", "application/*", ""})


@fhir.get("/metadata")
def metadata() -> Response:
    box = sandbox()
    statement = offered(box.fhir.capabilities(), box.config.topics)
    return send(Reply(200, secured(exporting(statement) if box.exports.offered else statement, box.config.issuer)))


@fhir.get("")
@fhir.get("/")
def next_page() -> Response:
    access = access_of()
    if "_page" not in request.args:
        raise Refused(400, "search needs a resource type", code="not-supported")
    return send(sandbox().fhir.page(access, request.args["_page"]))


@fhir.post("")
@fhir.post("/")
def bundle() -> Response:
    access = access_of()
    return send(sandbox().fhir.bundle(access, _body(), representation=prefers("return=representation")))


@fhir.get("/<type_>")
def search(type_: str) -> Response:
    access = access_of(type_)
    return send(sandbox().fhir.search(access, type_, _pairs(), strict=prefers("handling=strict")))


@fhir.post("/<type_>/_search")
def search_by_post(type_: str) -> Response:
    access = access_of(type_)
    if request.mimetype != "application/x-www-form-urlencoded":
        raise Refused(415, "POST _search takes application/x-www-form-urlencoded")
    pairs = _pairs() + list(request.form.items(multi=True))
    return send(sandbox().fhir.search(access, type_, pairs, strict=prefers("handling=strict")))


@fhir.post("/<type_>")
def create(type_: str) -> Response:
    access = access_of(type_)
    reply = sandbox().fhir.create(access, type_, _body(), request.headers.get("If-None-Exist"))
    return send(_minimal(reply))


@fhir.get("/<type_>/<id_>")
def read(type_: str, id_: str) -> Response:
    return send(sandbox().fhir.read(access_of(type_), type_, id_))


@fhir.put("/<type_>/<id_>")
def update(type_: str, id_: str) -> Response:
    access = access_of(type_)
    server, since = sandbox().fhir, request.headers.get("If-Unmodified-Since")
    if since and hasattr(server, "check_unmodified"):
        server.check_unmodified(access, type_, id_, since)
    return send(_minimal(server.update(access, type_, id_, _body(), request.headers.get("If-Match"))))


@fhir.get("/<type_>/<id_>/_history")
def history(type_: str, id_: str) -> Response:
    return send(sandbox().fhir.history(access_of(type_), type_, id_))


@fhir.get("/<type_>/<id_>/_history/<version>")
def vread(type_: str, id_: str, version: str) -> Response:
    return send(sandbox().fhir.vread(access_of(type_), type_, id_, version))


@fhir.route("/<path:anything>", methods=["DELETE", "PATCH", "PUT", "POST"])
@fhir.route("/", methods=["DELETE", "PATCH", "PUT"])
def not_offered(anything: str = "") -> Response:
    access_of()
    raise Refused(405, f"{request.method} is not offered here: chart entries are corrected, never removed")


@fhir.route("/<path:anything>", methods=["GET"])
def unknown_path(anything: str) -> Response:
    access_of()
    raise Refused(404, f"{anything} is not a FHIR URL of this server")


fhir.after_request(fault_answers.after_fhir)
fhir.after_request(after_write)


@fhir.errorhandler(Refused)
def refused(error: Refused) -> Response:
    return send(Reply(error.status, error.body(), error.headers))


@fhir.errorhandler(sqlite3.OperationalError)
def locked(_: sqlite3.OperationalError) -> Response:
    return send(Reply(409, outcome("lock-error", "another process is writing to these charts: try again")))


@fhir.errorhandler(HTTPException)
def broken(error: HTTPException) -> Response:
    status = error.code or 500
    text = "the body is larger than this server accepts" if isinstance(error, RequestEntityTooLarge) else error.name
    return send(Reply(status, outcome(ISSUE_CODE.get(status, "processing"), text)))


def access_of(type_: str | None = None, accepted: AbstractSet[str] = JSON_TYPES) -> Access:
    """The rights of the bearer token. Raises Refused(401) for any token that is not alive, before anything else."""
    box = sandbox()
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text:
        raise Refused(401, "a bearer token is required", headers={"WWW-Authenticate": 'Bearer realm="fhir"'})
    token = box.ledger.by_access(text)
    if token is None or not token.live:
        challenge = 'Bearer realm="fhir", error="invalid_token"'
        raise Refused(401, "the token is unknown, expired or revoked", headers={"WWW-Authenticate": challenge})
    g.client_id, g.grant, g.scope = token.grant.client_id, token.grant, token.scope
    fault_answers.before_fhir(token.grant)
    if type_ is not None and type_ not in RESOURCE_TYPES:
        raise Refused(404, f"{type_} is not an R4 resource type", code="not-supported")
    _check_format(accepted)
    return Access(
        permissions=permissions(token.scope),
        patient=token.grant.patient,
        user=token.grant.user,
        base=box.config.fhir_base,
        own_record="fhirUser" in token.scope.split(),
    )


def _check_format(may_be: AbstractSet[str]) -> None:
    asked = request.args.get("_format", "")
    if asked and asked not in {"json", "application/json", "application/fhir+json"}:
        raise Refused(406, f"only JSON is offered, not {asked}")
    accepted = {part.split(";")[0].strip() for part in request.headers.get("Accept", "").split(",")}
    if not accepted & may_be:
        raise Refused(406, "only application/fhir+json is offered")


def _body() -> Any:
    if request.mimetype not in {"application/fhir+json", "application/json"}:
        raise Refused(415, f"the body must be application/fhir+json, not {request.mimetype or 'without a type'}")
    try:
        return json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise Refused(400, f"the body is not JSON: {error}", code="structure") from error


def _pairs() -> list[tuple[str, str]]:
    return parse_qsl(request.query_string.decode("utf-8", "replace"), keep_blank_values=True)


def prefers(text: str) -> bool:
    """Is this among the preferences, which may be separated by commas, semicolons, or headers of their own?"""
    return any(
        text in header.replace(",", ";").replace(" ", "").split(";") for header in request.headers.getlist("Prefer")
    )


def _minimal(reply: Reply) -> Reply:
    return Reply(reply.status, None, reply.headers) if prefers("return=minimal") else reply


def send(reply: Reply) -> Response:
    headers = dict(reply.headers)
    updated = headers.pop("X-Last-Updated", None)
    if updated:
        headers["Last-Modified"] = format_datetime(datetime.fromisoformat(updated).astimezone(UTC), usegmt=True)
    body: Resource | None = reply.body
    text = "" if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    media_type = getattr(sandbox().fhir, "media_type", FHIR_JSON)
    response = Response(text, reply.status, headers, content_type=media_type)
    response.headers["Cache-Control"] = "no-store"
    return response
