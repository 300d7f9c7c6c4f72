"""Bulk Data over HTTP: kick-off, status, files and end of an export, for an app by itself with system scopes."""

from __future__ import annotations

from datetime import datetime

from flask import Response, g, request

from .exports import BUSY, Export
from .fhir_api import JSON_TYPES, access_of, fhir, prefers, send
from .fhir_local import Reply
from .outcome import Refused, outcome
from .scopes import Permission, permissions
from .state import sandbox

NDJSON = "application/fhir+ndjson"


@fhir.get("/$export")
@fhir.get("/Patient/$export", defaults={"level": "Patient"})
@fhir.get("/Group/<group>/$export", defaults={"level": "Group"})
def kick_off(level: str = "", group: str = "") -> Response:
    allowed = _allowed()
    if not prefers("respond-async"):
        raise Refused(400, "an export needs the header Prefer: respond-async", code="required")
    asked = tuple(dict.fromkeys(kind for each in request.args.getlist("_type") for kind in each.split(",") if kind))
    level = f"Group/{group}" if group else level
    desk = sandbox().exports
    types = asked or tuple(kind for kind in desk.types(level) if any(each.covers(kind, "r") for each in allowed))
    if refused := [kind for kind in types if not any(each.covers(kind, "r") for each in allowed)]:
        raise Refused(403, f"the token's scope does not allow to export {', '.join(refused)}")
    since = request.args.get("_since", "")
    if since and not _is_instant(since):
        raise Refused(400, f"_since must be an instant, not {since!r}")
    job = desk.begin(level, types, g.client_id, since, request.args.getlist("_typeFilter"))
    place = f"{sandbox().config.fhir_base}/export-status/{job.id}"
    return send(Reply(202, outcome("informational", "the export has begun", severity="information"),
                      {"Content-Location": place}))  # fmt: skip


@fhir.get("/export-status/<id_>")
def status(id_: str) -> Response:
    desk, job = sandbox().exports, _job(id_)
    if desk.faults.export == "export_fails":
        desk.remove(job)
        raise Refused(500, "the export has failed: a table is locked")
    left = desk.ready_in(job)
    if left > 0:
        done = round(100 * (1 - left / desk.config.export_seconds))
        return Response("", 202, {"X-Progress": f"{done}% done", "Retry-After": str(max(1, round(left)))})
    response = send(Reply(200, desk.manifest(job, request.base_url)))
    response.content_type = "application/json"
    return response


@fhir.get("/export-files/<id_>/<int:links>/<name>")
def file(id_: str, links: int, name: str) -> Response:
    lines = sandbox().exports.file(_job(id_), links, name)
    return Response(lines, 200, {"Cache-Control": "no-store"}, content_type=NDJSON)


@fhir.delete("/export-status/<id_>")
def end(id_: str) -> Response:
    desk = sandbox().exports
    desk.remove(_job(id_))
    return send(Reply(202, outcome("informational", "the export is removed", severity="information")))


def _job(id_: str) -> Export:
    """The app's own export. With that fault, each address says a few times that it is asked too much."""
    _allowed()
    desk = sandbox().exports
    job = desk.job(id_, g.client_id)
    if desk.faults.export == "export_429" and desk.seldom(job, f"{request.method} {request.path}", BUSY):
        raise Refused(429, "this sandbox is asked for too much", headers={"Retry-After": "1"})
    return job


def _allowed() -> tuple[Permission, ...]:
    """The system permissions to read. Raises Refused(401, 403), and 404 where this endpoint offers no export."""
    access_of(accepted=JSON_TYPES | {NDJSON})
    if not sandbox().exports.offered:
        raise Refused(404, "this endpoint offers no bulk export", code="not-supported")
    found = tuple(each for each in permissions(g.scope) if each.level == "system" and "r" in each.actions)
    if not found:
        raise Refused(403, "an export needs system scopes, granted to an app by itself")
    return found


def _is_instant(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
