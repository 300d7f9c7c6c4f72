"""FHIR interactions on our own store. Every method takes the rights behind the request and returns a Reply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from itsdangerous import BadSignature, URLSafeSerializer

from .access import Access
from .capability import capability_statement
from .compartment import PATIENT_FREE, Resource, patient_of, references, relative
from .outcome import Refused
from .search import Criterion, criteria, matches
from .search_parameters import parameters_of
from .store import Store, Stored
from .structure import check_id, check_structure

Pairs = list[tuple[str, str]]
# parameters that shape the answer, not the match
SHAPING = {"_count", "_sort", "_summary", "_total", "_format", "_pretty"}
SORTABLE = {"_id", "_lastUpdated", "date", "authored", "onset-date", "recorded-date", "recorded"}


@dataclass(frozen=True)
class Reply:
    """What goes back to the client."""

    status: int
    body: Resource | None = None
    headers: dict[str, str] = field(default_factory=dict)


class LocalFhir:
    """Read, search, create, update and history on the store."""

    def __init__(self, store: Store, base: str, secret: bytes, page_size: int, page_size_max: int):
        self.store, self.base = store, base
        self.page_size, self.page_size_max = page_size, page_size_max
        self._pages = URLSafeSerializer(secret, salt="page")

    # -- reading ----------------------------------------------------------------------------------------------------

    def read(self, access: Access, type_: str, id_: str) -> Reply:
        return self._show(self._visible(access, type_, id_))

    def vread(self, access: Access, type_: str, id_: str, version: str) -> Reply:
        self._visible(access, type_, id_)
        found = self.store.read_version(type_, id_, int(version)) if version.isdecimal() else None
        if found is None:
            raise Refused(404, f"{type_}/{id_} has no version {version}")
        return self._show(found)

    def history(self, access: Access, type_: str, id_: str) -> Reply:
        self._visible(access, type_, id_)
        entries = []
        for stored in self.store.history(type_, id_):
            first = stored.version == 1
            entries.append(
                {
                    "fullUrl": f"{self.base}/{stored.reference}",
                    "resource": stored.resource,
                    "request": {
                        "method": "POST" if first else "PUT",
                        "url": type_ if first else stored.reference,
                    },
                    "response": {
                        "status": "201 Created" if first else "200 OK",
                        "etag": stored.etag,
                        "lastModified": stored.updated,
                    },
                }
            )
        self_link = f"{self.base}/{type_}/{id_}/_history"
        return Reply(200, _bundle("history", entries, len(entries), [("self", self_link)]))

    def search(self, access: Access, type_: str, pairs: Pairs, *, strict: bool = False, offset: int = 0) -> Reply:
        allowed = access.need(type_, "s")
        check_patient_parameter(access.only_patient(allowed), type_, pairs, self.base)
        wanted, unknown = criteria(type_, [(key, value) for key, value in pairs if key not in SHAPING])
        if unknown and strict:
            raise Refused(400, *(f"{type_} has no search parameter {name}" for name in unknown), code="not-supported")
        shaping = {key: value for key, value in pairs if key in SHAPING}
        size = self._size(shaping.get("_count"))
        found = [
            stored
            for stored in self._candidates(access.only_patient(allowed), type_, wanted)
            if matches(stored.resource, wanted, self.base) and access.may(allowed, stored.resource, stored.owner)
        ]
        found = _sorted(found, shaping.get("_sort"))
        used = [pair for pair in pairs if pair[0] not in unknown]
        links = [("self", f"{self.base}/{type_}" + (f"?{urlencode(used)}" if used else ""))]
        page = [] if shaping.get("_summary") == "count" else found[offset : offset + size]
        if page and offset + size < len(found):
            links.append(("next", f"{self.base}?_page={self._pages.dumps([type_, used, offset + size])}"))
        entries = [
            {"fullUrl": f"{self.base}/{s.reference}", "resource": s.resource, "search": {"mode": "match"}} for s in page
        ]
        return Reply(200, _bundle("searchset", entries, len(found), links))

    def page(self, access: Access, token: str) -> Reply:
        """The page a ``next`` link points to: rights are checked again, whoever holds the link."""
        try:
            type_, pairs, offset = self._pages.loads(token)
        except (BadSignature, ValueError) as error:
            raise Refused(400, "this page link is not one of ours") from error
        return self.search(access, type_, [(key, value) for key, value in pairs], offset=offset)

    # -- writing ----------------------------------------------------------------------------------------------------

    def create(self, access: Access, type_: str, resource: Any, if_none_exist: str | None = None) -> Reply:
        check_structure(resource, type_)
        with self.store.transaction():
            existing = self.match_existing(access, type_, if_none_exist)
            if existing:
                return Reply(200, existing.resource, self._headers(existing))
            return self.file(access, {**resource, "id": self.store.new_id()}, "c")

    def update(
        self, access: Access, type_: str, id_: str, resource: Any, if_match: str | None = None, *, linked: bool = True
    ) -> Reply:
        check_id(id_)
        check_structure(resource, type_)
        if resource.get("id") != id_:
            raise Refused(400, f"the id in the body ({resource.get('id')!r}) is not the id in the URL ({id_!r})")
        with self.store.transaction():
            before = self.store.read(type_, id_)
            if before is None:
                access.need(type_, "u")
                raise Refused(405, f"{type_}/{id_} does not exist, and this server chooses the ids of new resources")
            access.check(access.need(type_, "u"), before.resource, before.owner)
            if if_match is not None and if_match.strip() not in {before.etag, f'"{before.version}"'}:
                raise Refused(412, f"{type_}/{id_} is at version {before.version}, not {if_match}: read it again")
            return self.file(access, resource, "u", before, linked=linked)

    def file(
        self, access: Access, resource: Resource, action: str, before: Stored | None = None, *, linked: bool = True
    ) -> Reply:
        """Store a well-formed resource after asking for the right to; inside a transaction.

        ``linked=False`` leaves the references for later, when everything they may point to is filed.
        """
        owner = patient_of(resource, self.base, self.store.owner_of)
        access.check_write(action, resource, owner)
        if before is not None and before.owner != owner:
            raise Refused(422, f"{before.reference} belongs to another patient: a resource cannot change its patient")
        if linked:
            self.check_references(resource, owner)
        stored = self.store.put(resource)
        headers = self._headers(stored)
        if action == "c":
            headers["Location"] = f"{self.base}/{stored.reference}/_history/{stored.version}"
        return Reply(201 if action == "c" else 200, stored.resource, headers)

    def match_existing(self, access: Access, type_: str, condition: str | None) -> Stored | None:
        """The resource a conditional create would repeat: None (create it), one (return it); several is a 412."""
        if condition is None:
            return None
        wanted, unknown = criteria(type_, parse_qsl(condition.partition("?")[2] or condition, keep_blank_values=True))
        if unknown or not wanted:
            raise Refused(412, f"If-None-Exist {condition!r} uses search parameters that {type_} does not have")
        found = [s for s in self.store.every(type_) if matches(s.resource, wanted, self.base)]
        if len(found) > 1:
            raise Refused(412, f"If-None-Exist matches {len(found)} {type_} resources", code="multiple-matches")
        if found and not access.may(access.need(type_, "c"), found[0].resource, found[0].owner):
            raise Refused(412, "If-None-Exist matches a resource outside the token's patient", code="duplicate")
        return found[0] if found else None

    def bundle(self, access: Access, bundle: Any, *, representation: bool = False) -> Reply:
        from .bundles import run_bundle

        return run_bundle(self, access, bundle, representation=representation)

    def capabilities(self) -> Resource:
        return capability_statement(self.base, self.store.counts(), date=datetime.now(UTC).date().isoformat())

    # -- past every access rule: for the chart pages and tests --------------------------------------------------------

    def raw_read(self, type_: str, id_: str) -> Resource | None:
        found = self.store.read(type_, id_)
        return found.resource if found else None

    def raw_all(self, type_: str, patient: str | None = None) -> list[Resource]:
        return [stored.resource for stored in self.store.every(type_, patient)]

    def fingerprint(self, patient: str) -> str:
        return self.store.fingerprint(patient)

    # -- inside -----------------------------------------------------------------------------------------------------

    def _visible(self, access: Access, type_: str, id_: str) -> Stored:
        own = access.is_own_record(type_, id_)
        allowed = () if own else access.need(type_, "r")
        stored = self.store.read(type_, id_)
        if stored is None:
            raise Refused(404, f"{type_}/{id_} is not known here")
        if not own:
            access.check(allowed, stored.resource, stored.owner)
        return stored

    def _show(self, stored: Stored) -> Reply:
        return Reply(200, stored.resource, self._headers(stored))

    def _headers(self, stored: Stored) -> dict[str, str]:
        return {"ETag": stored.etag, "X-Last-Updated": stored.updated}

    def _size(self, count: str | None) -> int:
        if count is None:
            return self.page_size
        if not count.isdecimal():
            raise Refused(400, f"_count must be a whole number, not {count!r}")
        return min(int(count), self.page_size_max)

    def _candidates(self, only: str | None, type_: str, wanted: list[Criterion]) -> Iterable[Stored]:
        if only and type_ not in PATIENT_FREE:
            return self.store.every(type_, only)
        for criterion in wanted:
            if criterion.name == "_id" and not criterion.modifier:
                return [s for id_ in criterion.wanted if (s := self.store.read(type_, id_))]
            if criterion.name == "patient" and len(criterion.wanted) == 1 and not criterion.modifier:
                id_ = (relative(criterion.wanted[0], self.base) or criterion.wanted[0]).removeprefix("Patient/")
                return self.store.every(type_, id_)
        return self.store.every(type_)

    def check_references(self, resource: Resource, owner: str | None) -> None:
        """Every literal reference to this server must exist and not lead into another patient's chart."""
        problems = []
        for reference in references(resource):
            local = relative(reference["reference"], self.base)
            if local is None:
                if reference["reference"].startswith("urn:"):
                    problems.append(f"{reference['reference']} is not resolved by this request")
                continue
            type_, _, id_ = local.partition("/")
            target = self.store.read(type_, id_)
            if target is None:
                problems.append(f"{local} does not exist")
            elif target.owner and owner and target.owner != owner:
                problems.append(f"{local} belongs to another patient")
        if problems:
            raise Refused(422, *problems, code="business-rule")


def check_patient_parameter(only: str | None, type_: str, pairs: Pairs, base: str) -> None:
    """Raise Refused(403) if a search limited to one patient names another one."""
    if only is None or type_ in PATIENT_FREE:
        return
    for key, value in pairs:
        if key in {"patient", "subject", "patient:Patient", "subject:Patient"}:
            asked = {(relative(part, base) or part).removeprefix("Patient/") for part in value.split(",")}
            if asked != {only}:
                raise Refused(403, "the token is for another patient than the one asked for")


def _sorted(found: list[Stored], order: str | None) -> list[Stored]:
    for name in reversed(order.split(",") if order else []):
        key = name.removeprefix("-")
        if key not in SORTABLE:
            raise Refused(400, f"_sort by {key} is not supported", code="not-supported")
        found = sorted(found, key=lambda s, key=key: _sort_value(s, key), reverse=name.startswith("-"))
    return found


def _sort_value(stored: Stored, key: str) -> str:
    if key in {"_id", "_lastUpdated"}:
        return stored.id if key == "_id" else stored.updated
    _, paths = parameters_of(stored.type).get(key, ("", ()))
    for path in paths:
        value: Any = stored.resource
        for part in path.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if value:
            return str(value.get("end") or value.get("start")) if isinstance(value, dict) else str(value)
    return ""


def _bundle(kind: str, entries: list[Resource], total: int, links: list[tuple[str, str]]) -> Resource:
    bundle: Resource = {"resourceType": "Bundle", "type": kind, "total": total}
    bundle["link"] = [{"relation": relation, "url": url} for relation, url in links]
    if entries:
        bundle["entry"] = entries
    return bundle
