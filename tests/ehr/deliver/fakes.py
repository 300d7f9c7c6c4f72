"""A small FHIR server in memory: conditional creates, transactions, versions, and faults on demand."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from smartapp.ehr.deliver.references import resolve_references
from smartapp.ehr.replies import Reply
from smartapp.errors import EhrConflict, EhrError, EhrRejected, EhrUnavailable, LoadpathError
from smartapp.fhir.build.identifiers import business_identifier
from smartapp.fhir.systems import EXAMPLE

Resource = dict[str, Any]


class FakeEhr:
    """``faults`` maps the number of a writing call (1, 2, ...) to what goes wrong there."""

    def __init__(self, resources: tuple[Resource, ...] = (), faults: Mapping[int, "Fault"] | None = None) -> None:
        self.stored = {(r["resourceType"], r["id"]): deepcopy(r) for r in resources}
        self.faults = dict(faults or {})
        self.writes = 0
        self.calls: list[str] = []
        self.lookups_fail = False

    def of(self, kind: str) -> list[Resource]:
        return [r for (type_, _), r in self.stored.items() if type_ == kind]

    def search(self, resource_type: str, params: Mapping[str, str]) -> list[Resource]:
        self.calls.append(f"search {resource_type}")
        if self.lookups_fail:
            raise EhrUnavailable("down")
        ((name, value),) = params.items()
        if name == "_id":
            return [r for r in self.of(resource_type) if r["id"] in value.split(",")]
        wanted = {part.removeprefix(f"{EXAMPLE.plan}|") for part in value.split(",")}
        return [deepcopy(r) for r in self.of(resource_type) if business_identifier(r) in wanted]

    def read(self, resource_type: str, resource_id: str) -> Resource:
        self.calls.append(f"read {resource_type}")
        return deepcopy(self.stored[resource_type, resource_id])

    def post_transaction(self, bundle: Resource) -> Resource:
        return self._write("transaction", lambda: self._transaction(deepcopy(bundle)))

    def create(self, resource: Resource, if_none_exist: str = "") -> Reply:
        assert if_none_exist.endswith(f"|{business_identifier(resource)}")
        name = f"create {resource['resourceType']}"
        return self._write(name, lambda: replied(*self._create(deepcopy(resource))))

    def update(self, resource: Resource, if_match: str = "") -> Reply:
        name = f"update {resource['resourceType']}"
        return self._write(name, lambda: replied(self._update(deepcopy(resource), if_match), False))

    def _write(self, name: str, do: Callable[[], Any]) -> Any:
        self.calls.append(name)
        self.writes += 1
        fault = self.faults.get(self.writes)
        if fault is None:
            return do()
        if fault.lands:
            do()
        raise fault.error

    def _create(self, resource: Resource) -> tuple[Resource, bool]:
        kind = resource["resourceType"]
        same = [r for r in self.of(kind) if business_identifier(r) == business_identifier(resource)]
        if same:
            return same[0], False
        resource["id"] = resource.get("id") or f"{kind.lower()}-{len(self.stored) + 1}"
        resource.setdefault("meta", {})["versionId"] = "1"
        self.stored[kind, resource["id"]] = resource
        return resource, True

    def _update(self, resource: Resource, if_match: str) -> Resource:
        old = self.stored[resource["resourceType"], resource["id"]]
        if if_match and if_match != f'W/"{old["meta"]["versionId"]}"':
            raise conflict()
        resource["meta"] = resource.get("meta", {}) | {"versionId": str(int(old["meta"]["versionId"]) + 1)}
        self.stored[resource["resourceType"], resource["id"]] = resource
        return resource

    def _transaction(self, bundle: Resource) -> Resource:
        before = deepcopy(self.stored)
        replies, places = [], {}
        try:
            for entry in bundle["entry"]:
                if entry["request"]["method"] == "PUT":
                    stored, status = self._update(entry["resource"], entry["request"].get("ifMatch", "")), "200 OK"
                else:
                    stored, new = self._create(entry["resource"])
                    status = "201 Created" if new else "200 OK"
                    places[entry["fullUrl"]] = f"{stored['resourceType']}/{stored['id']}"
                version = stored["meta"]["versionId"]
                place = f"{stored['resourceType']}/{stored['id']}/_history/{version}"
                replies.append({"response": {"status": status, "location": place, "etag": f'W/"{version}"'}})
        except EhrError:
            self.stored = before
            raise
        for key, resource in self.stored.items():
            self.stored[key] = resolve_references(resource, places, {})
        return {"resourceType": "Bundle", "type": "transaction-response", "entry": replies}


def conflict() -> EhrConflict:
    error = EhrConflict("Somebody changed it meanwhile.")
    error.http_status = 412
    return error


def replied(stored: Resource, new: bool) -> Reply:
    """The usual answer to one write: the resource as stored."""
    place = f"{stored['resourceType']}/{stored['id']}"
    return Reply(201 if new else 200, place, stored["meta"]["versionId"], deepcopy(stored))


class Fault:
    def __init__(self, error: LoadpathError, lands: bool = False) -> None:
        self.error = error
        self.lands = lands


LOST_REPLY = Fault(EhrUnavailable("no reply"), lands=True)
NEVER_ARRIVED = Fault(EhrUnavailable("no connection"))
REFUSED = Fault(EhrRejected("CarePlan.activity is not supported here"))
