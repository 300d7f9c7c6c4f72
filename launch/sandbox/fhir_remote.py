"""FHIR interactions on another server: the same rights asked, then forwarded, and every address turned into ours."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import requests
from itsdangerous import BadSignature, URLSafeSerializer
from requests.adapters import HTTPAdapter

from .access import Access
from .bundles import METHOD_ORDER, bundle_kind, parse_entry
from .compartment import PATIENT_FREE, Resource, patient_of, values
from .fhir_local import Pairs, Reply, check_patient_parameter
from .load import OWN_PATIENTS
from .outcome import Refused
from .people import User
from .structure import check_id, check_structure

TIMEOUT = 30
POOL = 32
FORWARDED = ("ETag", "Location", "Last-Modified")
NEVER_LET_THROUGH = {"delete", "patch", "history-type"}
PRACTICE = OWN_PATIENTS / "practice.json"


class RemoteFhir:
    """Stands in front of ``upstream``; the client only ever sees ``base``."""

    def __init__(self, upstream: str, base: str, secret: bytes, session: requests.Session):
        self.upstream, self.base = upstream, base
        self._pages = URLSafeSerializer(secret, salt="remote-page")
        self._session = session
        # what is in the chart now: HAPI keeps the result of a search for a minute otherwise
        self._session.headers.update({"Accept": "application/fhir+json", "Cache-Control": "no-cache"})
        for adapter in self._session.adapters.values():
            if isinstance(adapter, HTTPAdapter):
                adapter.init_poolmanager(4, POOL)
        self._practice: dict[str, Resource] = {}

    # -- reading ----------------------------------------------------------------------------------------------------

    def read(self, access: Access, type_: str, id_: str) -> Reply:
        check_id(id_)
        if access.is_own_record(type_, id_):
            return self._own_record(type_, id_)
        allowed = access.need(type_, "r")
        reply = self._send("GET", f"{type_}/{id_}")
        access.check(allowed, reply.body or {}, self._owner(reply.body or {}))
        return reply

    def vread(self, access: Access, type_: str, id_: str, version: str) -> Reply:
        self.read(access, type_, id_)
        check_id(version)
        return self._send("GET", f"{type_}/{id_}/_history/{version}")

    def history(self, access: Access, type_: str, id_: str) -> Reply:
        self.read(access, type_, id_)
        return self._send("GET", f"{type_}/{id_}/_history")

    def search(self, access: Access, type_: str, pairs: Pairs, *, strict: bool = False) -> Reply:
        allowed = access.need(type_, "s")
        only = access.only_patient(allowed)
        check_patient_parameter(only, type_, pairs, self.base)
        asked = self._limited(type_, pairs, only)
        headers = {"Prefer": "handling=strict"} if strict else {}
        reply = self._send("GET", f"{type_}?{urlencode(asked)}" if asked else type_, headers=headers)
        return self._filtered(access, type_, reply)

    def page(self, access: Access, token: str) -> Reply:
        try:
            type_, url = self._pages.loads(token)
        except (BadSignature, ValueError) as error:
            raise Refused(400, "this page link is not one of ours") from error
        access.need(type_, "s")
        return self._filtered(access, type_, self._send("GET", url))

    # -- writing ----------------------------------------------------------------------------------------------------

    def create(self, access: Access, type_: str, resource: Any, if_none_exist: str | None = None) -> Reply:
        check_structure(resource, type_)
        access.check_write("c", resource, self._owner(resource))
        headers = {"If-None-Exist": if_none_exist} if if_none_exist else {}
        reply = self._send("POST", type_, resource, headers)
        if reply.status == 200 and reply.body:
            access.check(access.need(type_, "c"), reply.body, self._owner(reply.body))
        return reply

    def update(self, access: Access, type_: str, id_: str, resource: Any, if_match: str | None = None) -> Reply:
        check_id(id_)
        check_structure(resource, type_)
        self._check_update(access, type_, id_, resource)
        return self._send("PUT", f"{type_}/{id_}", resource, {"If-Match": if_match} if if_match else {})

    def bundle(self, access: Access, bundle: Any, *, representation: bool = False) -> Reply:
        """Forward a transaction or batch after checking each entry; one refusal refuses the whole Bundle."""
        bundle_kind(bundle)
        entries = [parse_entry(number, item, self.base) for number, item in enumerate(bundle.get("entry", []))]
        owners = {e.full_url: self._owner(e.resource) for e in entries if e.full_url and isinstance(e.resource, dict)}
        for entry in sorted(entries, key=lambda e: METHOD_ORDER[e.method]):
            try:
                self._check_entry(access, entry, owners)
            except Refused as refusal:
                problems = [f"{entry.place} ({entry.method} {entry.type}): {text}" for text in refusal.problems]
                raise Refused(refusal.status, *problems, code=refusal.code) from refusal
        headers = {"Prefer": "return=representation"} if representation else {}
        return self._send("POST", "", bundle, headers)

    def capabilities(self) -> Resource:
        """What the other server declares, without what is never let through: delete, patch, and its own security."""
        statement = self._send("GET", "metadata").body or {}
        for rest in statement.get("rest", []):
            rest.pop("security", None)
            for entry in rest.get("resource", []):
                kept = [i for i in entry.get("interaction", []) if i.get("code") not in NEVER_LET_THROUGH]
                entry.update({"interaction": kept, "updateCreate": False, "conditionalUpdate": False})
                entry["conditionalDelete"] = "not-supported"
            offered = [i for i in rest.get("interaction", []) if i.get("code") in {"transaction", "batch"}]
            rest.pop("interaction", None)
            rest.pop("operation", None)
            rest.update({"interaction": offered} if offered else {})
        return statement

    # -- past every access rule: for the chart pages and tests --------------------------------------------------------

    def raw_read(self, type_: str, id_: str) -> Resource | None:
        try:
            return self._send("GET", f"{type_}/{id_}").body
        except Refused:
            return None

    def raw_all(self, type_: str, patient: str | None = None) -> list[Resource]:
        query = {"_count": "200", **({"patient": patient} if patient and type_ != "Patient" else {})}
        found: list[Resource] = []
        url: str | None = f"{type_}?{urlencode(query)}"
        try:
            while url and len(found) < 2000:
                body = self._call("GET", url).json()
                found += [self._ours(e["resource"]) for e in body.get("entry", []) if "resource" in e]
                url = next((link["url"] for link in body.get("link", []) if link.get("relation") == "next"), None)
        except (Refused, ValueError):
            return found
        return [resource for resource in found if resource.get("resourceType") == type_]

    def fingerprint(self, patient: str) -> str:
        """Another server does not tell; the chart is then renewed by hand."""
        return ""

    def ensure_practitioner(self, user: User) -> None:
        """Put the Practitioner of a login on the other server, so that what is written may refer to it."""
        record = self._practitioner(user.fhir_user)
        try:
            if self._call("GET", user.fhir_user).status_code in {404, 410}:
                self._call("PUT", user.fhir_user, record)
        except Refused:
            return  # reads of the own record are answered from our file instead

    # -- inside -----------------------------------------------------------------------------------------------------

    def _own_record(self, type_: str, id_: str) -> Reply:
        try:
            return self._send("GET", f"{type_}/{id_}")
        except Refused as refusal:
            if refusal.status not in {404, 410}:
                raise
            return Reply(200, self._practitioner(f"{type_}/{id_}"))

    def _practitioner(self, reference: str) -> Resource:
        if not self._practice:
            entries = json.loads(PRACTICE.read_text(encoding="utf-8"))["entry"]
            self._practice = {f"{e['resource']['resourceType']}/{e['resource']['id']}": e["resource"] for e in entries}
        return self._practice[reference]

    def _limited(self, type_: str, pairs: Pairs, only: str | None) -> Pairs:
        """The search, narrowed to the token's patient where the client did not name one."""
        names = {key.partition(":")[0] for key, _ in pairs}
        asked = [(key, str(self._theirs(value))) for key, value in pairs]
        if only is None or type_ in PATIENT_FREE:
            return asked
        if type_ == "Patient":
            return asked if "_id" in names else [*asked, ("_id", only)]
        return asked if names & {"patient", "subject"} else [*asked, ("patient", only)]

    def _filtered(self, access: Access, type_: str, reply: Reply) -> Reply:
        """Drop whatever the other server returned beyond the token's reach; wrap its page links into ours."""
        body = reply.body or {}
        allowed = access.need(type_, "s")
        entries = body.get("entry", [])
        kept = [e for e in entries if self._may_pass(access, allowed, e.get("resource", {}))]
        if len(kept) != len(entries):
            body = {**body, "entry": kept}
            body.pop("total", None)
        if not kept:
            body = {key: value for key, value in body.items() if key != "entry"}
        links = [self._link(type_, link) for link in body.get("link", [])]
        return Reply(reply.status, {**body, "link": links} if links else body, reply.headers)

    def _may_pass(self, access: Access, allowed: Any, resource: Resource) -> bool:
        if resource.get("resourceType") == "OperationOutcome":
            return True
        return access.may(allowed, resource, self._owner(resource))

    def _link(self, type_: str, link: Resource) -> Resource:
        if link.get("relation") == "self":
            return link
        return {**link, "url": f"{self.base}?_page={self._pages.dumps([type_, _path(link['url'], self.base)])}"}

    def _check_update(self, access: Access, type_: str, id_: str, resource: Resource) -> None:
        if resource.get("id") != id_:
            raise Refused(400, f"the id in the body ({resource.get('id')!r}) is not the id in the URL ({id_!r})")
        allowed = access.need(type_, "u")
        before = self._send("GET", f"{type_}/{id_}").body or {}
        access.check(allowed, before, self._owner(before))
        access.check_write("u", resource, self._owner(resource))

    def _check_entry(self, access: Access, entry: Any, owners: dict[str, str | None]) -> None:
        if entry.method == "GET":
            self._check_get(access, entry)
            return
        check_structure(entry.resource, entry.type)
        if entry.method == "PUT":
            self._check_update(access, entry.type, entry.id, entry.resource)
            return
        owner = self._owner(entry.resource, owners)
        access.check_write("c", entry.resource, owner)

    def _check_get(self, access: Access, entry: Any) -> None:
        if not entry.id:
            raise Refused(405, "searches inside a Bundle are not offered in front of another server")
        self.read(access, entry.type, entry.id)

    def _owner(self, resource: Resource, pending: dict[str, str | None] | None = None) -> str | None:
        for target in values(resource, "target.reference") if resource.get("resourceType") == "Provenance" else []:
            if pending and target in pending:
                return pending[target]
        return patient_of(resource, self.base, self._owner_of)

    def _owner_of(self, type_: str, id_: str) -> str | None:
        found = self.raw_read(type_, id_)
        return patient_of(found, self.base, lambda *_: None) if found else None

    def _send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply:
        response = self._call(method, path, body, headers)
        try:
            parsed = self._ours(response.json()) if response.content else None
        except ValueError:
            parsed = None
        if response.status_code >= 400:
            raise Refused(response.status_code if response.status_code in KNOWN else 502, *_problems(parsed, response))
        kept = {name: str(self._ours(response.headers[name])) for name in FORWARDED if name in response.headers}
        return Reply(response.status_code, parsed, kept)

    def _call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> requests.Response:
        url = self._address(path)
        data = None if body is None else json.dumps(self._theirs(body)).encode()
        sent = {**(headers or {}), **({"Content-Type": "application/fhir+json"} if data else {})}
        try:
            return self._once_more_if_closed(method, url, data=data, headers=sent)
        except requests.Timeout as error:
            raise Refused(504, "the FHIR server behind this EHR does not answer") from error
        except requests.RequestException as error:
            raise Refused(502, "the FHIR server behind this EHR cannot be reached") from error

    def _once_more_if_closed(self, method: str, url: str, **options: Any) -> requests.Response:
        """A kept connection may be closed by the other side just as a read is sent on it; a write is never repeated."""
        try:
            return self._session.request(method, url, timeout=TIMEOUT, allow_redirects=False, **options)
        except requests.Timeout:
            raise
        except requests.ConnectionError:
            if method != "GET":
                raise
            return self._session.request(method, url, timeout=TIMEOUT, allow_redirects=False, **options)

    def _address(self, path: str) -> str:
        if path.startswith(self.upstream + "/") or path.startswith(self.upstream + "?"):
            return path
        return self.upstream + path if path.startswith("?") else f"{self.upstream}/{path}".rstrip("/")

    def _ours(self, node: Any) -> Any:
        return _replaced(node, self.upstream, self.base)

    def _theirs(self, node: Any) -> Any:
        return _replaced(node, self.base, self.upstream)


KNOWN = {400, 404, 405, 406, 409, 410, 412, 413, 415, 422, 429}


def _problems(body: Any, response: requests.Response) -> list[str]:
    found = values(body, "issue.diagnostics") or values(body, "issue.details.text") if isinstance(body, dict) else []
    return [str(text) for text in found] or [f"the FHIR server behind this EHR answered {response.status_code}"]


def _path(url: str, base: str) -> str:
    """What follows the base: all a page link needs to carry."""
    return url.removeprefix(base).lstrip("/")


def _replaced(node: Any, old: str, new: str) -> Any:
    """Addresses of one server turned into addresses of the other, wherever a string begins with one."""
    if isinstance(node, str):
        if node == old or node.startswith((old + "/", old + "?")):
            return new + node[len(old) :]
        return node
    if isinstance(node, dict):
        return {key: _replaced(value, old, new) for key, value in node.items()}
    if isinstance(node, list):
        return [_replaced(value, old, new) for value in node]
    return node
