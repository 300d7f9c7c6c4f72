"""Transaction and batch Bundles: many interactions in one request; a transaction lands whole or not at all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from .access import Access
from .compartment import Resource, references
from .fhir_local import LocalFhir, Reply
from .outcome import Refused
from .resource_types import RESOURCE_TYPES
from .search import criteria, matches
from .structure import check_structure

METHOD_ORDER = {"POST": 0, "PUT": 1, "GET": 2}
REASONS = {200: "OK", 201: "Created", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Not Allowed",
           409: "Conflict", 412: "Precondition Failed", 422: "Unprocessable Entity"}  # fmt: skip


@dataclass
class Entry:
    """One request inside a Bundle, on its way to becoming a response."""

    position: int
    method: str
    type: str
    id: str | None
    query: str
    resource: Any
    full_url: str | None
    if_match: str | None
    if_none_exist: str | None
    existing: Any = None

    @property
    def place(self) -> str:
        return f"Bundle.entry[{self.position}]"


def run_bundle(fhir: LocalFhir, access: Access, bundle: Any, *, representation: bool = False) -> Reply:
    """Carry out a Bundle of type transaction or batch on our own store."""
    kind, raw = bundle_kind(bundle), bundle.get("entry", [])
    if kind == "batch":
        answers = [_alone(fhir, access, number, item) for number, item in enumerate(raw)]
    else:
        answers = _together(fhir, access, [parse_entry(number, item, fhir.base) for number, item in enumerate(raw)])
    wrote = [isinstance(item, dict) and item.get("request", {}).get("method") != "GET" for item in raw]
    entries = [_response(reply, with_body=representation or not w) for reply, w in zip(answers, wrote, strict=True)]
    return Reply(200, {"resourceType": "Bundle", "type": f"{kind}-response", "entry": entries})


def bundle_kind(bundle: Any) -> str:
    """transaction or batch; raises Refused(400) for anything else."""
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        raise Refused(400, "POST to the base takes a Bundle")
    kind = bundle.get("type")
    if kind not in {"transaction", "batch"}:
        raise Refused(400, f"a Bundle of type {kind!r} cannot be carried out, only transaction or batch")
    if not isinstance(bundle.get("entry", []), list):
        raise Refused(400, "Bundle.entry must be a list")
    return str(kind)


def parse_entry(position: int, item: Any, base: str) -> Entry:
    place = f"Bundle.entry[{position}]"
    request = item.get("request") if isinstance(item, dict) else None
    if not isinstance(request, dict) or not isinstance(request.get("url"), str):
        raise Refused(400, f"{place}.request needs a method and a url")
    method = str(request.get("method"))
    if method not in METHOD_ORDER:
        raise Refused(400, f"{place}: method {method} is not supported in a Bundle", code="not-supported")
    path, _, query = request["url"].removeprefix(base + "/").partition("?")
    parts = path.strip("/").split("/")
    if parts[0] not in RESOURCE_TYPES or len(parts) > 2:
        raise Refused(400, f"{place}: cannot carry out {method} {request['url']}")
    id_ = parts[1] if len(parts) == 2 else None
    if (method == "POST" and id_) or (method == "PUT" and not id_):
        raise Refused(400, f"{place}: {method} {request['url']} is not a supported interaction")
    return Entry(
        position, method, parts[0], id_, query, item.get("resource"), item.get("fullUrl"),
        request.get("ifMatch"), request.get("ifNoneExist"),
    )  # fmt: skip


def _alone(fhir: LocalFhir, access: Access, position: int, item: Any) -> Reply:
    try:
        return _carry_out(fhir, access, parse_entry(position, item, fhir.base))
    except Refused as refusal:
        return Reply(refusal.status, refusal.body())


def _together(fhir: LocalFhir, access: Access, entries: list[Entry]) -> list[Reply]:
    replies: dict[int, Reply] = {}
    with fhir.store.transaction():
        targets = _targets(fhir, access, entries)
        for entry in entries:
            if entry.resource is not None:
                entry.resource = _rewritten(fhir, entry, targets)
        for entry in sorted(entries, key=_dependency_order):
            try:
                replies[entry.position] = _carry_out(fhir, access, entry, linked=False)
            except Refused as refusal:
                problems = [f"{entry.place} ({entry.method} {entry.type}): {text}" for text in refusal.problems]
                raise Refused(refusal.status, *problems, code=refusal.code) from refusal
        for entry in entries:
            if entry.method != "GET" and not entry.existing:
                fhir.check_references(entry.resource, fhir.store.owner_of(entry.type, str(entry.id)))
    return [replies[entry.position] for entry in entries]


def _dependency_order(entry: Entry) -> tuple[int, bool, int]:
    # Provenance last: whom it belongs to is read from its targets, which must be filed by then
    return METHOD_ORDER[entry.method], entry.type == "Provenance", entry.position


def _targets(fhir: LocalFhir, access: Access, entries: list[Entry]) -> dict[str, str]:
    """fullUrl of each entry -> the reference it will have; also decides the ids of what is created."""
    targets: dict[str, str] = {}
    seen: set[str] = set()
    for entry in entries:
        if entry.method == "POST":
            check_structure(entry.resource, entry.type)
            entry.existing = fhir.match_existing(access, entry.type, entry.if_none_exist)
            entry.id = entry.existing.id if entry.existing else fhir.store.new_id()
        if entry.method in {"POST", "PUT"}:
            reference = f"{entry.type}/{entry.id}"
            if reference in seen and not entry.existing:
                raise Refused(400, f"{entry.place}: {reference} is written twice in one transaction")
            seen.add(reference)
            if entry.full_url in targets:
                raise Refused(400, f"{entry.place}: fullUrl {entry.full_url} is used twice")
            if entry.full_url:
                targets[entry.full_url] = reference
    return targets


def _rewritten(fhir: LocalFhir, entry: Entry, targets: dict[str, str]) -> Resource:
    resource: Resource = json.loads(json.dumps(entry.resource))
    for reference in references(resource):
        text = reference["reference"]
        if text in targets:
            reference["reference"] = targets[text]
        elif "?" in text and text.split("?")[0] in RESOURCE_TYPES:
            reference["reference"] = _resolved(fhir, entry, text)
        elif text.startswith("urn:"):
            raise Refused(422, f"{entry.place}: {text} is the fullUrl of no entry", code="business-rule")
    if entry.method == "POST":
        resource["id"] = entry.id
    return resource


def _resolved(fhir: LocalFhir, entry: Entry, text: str) -> str:
    type_, _, query = text.partition("?")
    wanted, unknown = criteria(type_, parse_qsl(query))
    found = [] if unknown else [s for s in fhir.store.every(type_) if matches(s.resource, wanted, fhir.base)]
    if len(found) != 1:
        raise Refused(412, f"{entry.place}: conditional reference {text} matches {len(found)} resources")
    return found[0].reference


def _carry_out(fhir: LocalFhir, access: Access, entry: Entry, *, linked: bool = True) -> Reply:
    if entry.method == "GET":
        if entry.id:
            return fhir.read(access, entry.type, entry.id)
        return fhir.search(access, entry.type, parse_qsl(entry.query, keep_blank_values=True))
    if entry.method == "PUT":
        return fhir.update(access, entry.type, str(entry.id), entry.resource, entry.if_match, linked=linked)
    if entry.existing:
        return Reply(200, entry.existing.resource, {"ETag": entry.existing.etag, "Location": _location(fhir, entry)})
    if entry.id:
        return fhir.file(access, entry.resource, "c", linked=linked)
    return fhir.create(access, entry.type, entry.resource, entry.if_none_exist)


def _location(fhir: LocalFhir, entry: Entry) -> str:
    return f"{fhir.base}/{entry.existing.reference}/_history/{entry.existing.version}"


def _response(reply: Reply, *, with_body: bool) -> Resource:
    response: Resource = {"status": f"{reply.status} {REASONS.get(reply.status, '')}".strip()}
    for name, header in (("etag", "ETag"), ("location", "Location"), ("lastModified", "X-Last-Updated")):
        if header in reply.headers:
            response[name] = reply.headers[header]
    body = reply.body
    if body and body.get("resourceType") == "OperationOutcome":
        return {"response": {**response, "outcome": body}}
    return {"resource": body, "response": response} if body and with_body else {"response": response}
