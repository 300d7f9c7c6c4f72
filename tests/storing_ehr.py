"""An EHR in memory that stores what is written and goes wrong on command, at the port of the FHIR client.

For tests that write thousands of times; what the wire says is the part of the sandbox and of ``tests.fake_ehr``.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from smartapp.ehr.deliver.pointing import resolved
from smartapp.ehr.replies import Reply
from smartapp.errors import EhrConflict, EhrForbidden, EhrRejected, EhrUnavailable, LoadpathError, SessionEnded
from smartapp.fhir.build.identifiers import business_identifier
from smartapp.fhir.systems import EXAMPLE
from tests.clock import Clock

Resource = dict[str, Any]
LATE = 40.0  # seconds until what is still under way lands


def error(kind: type[LoadpathError], status: int = 0, retry_after: float | None = None) -> LoadpathError:
    made = kind(f"The EHR says {status or 'nothing'}.")
    made.http_status, made.retry_after = status, retry_after  # type: ignore[attr-defined]
    return made


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one writing request, and whether the EHR does it all the same: ``done``, or ``late``."""

    error: Callable[[], LoadpathError]
    fate: str = ""


FAULTS: Mapping[str, Fault] = {
    "lost reply": Fault(lambda: error(EhrUnavailable), "done"),
    "never arrived": Fault(lambda: error(EhrUnavailable)),
    "lands late": Fault(lambda: error(EhrUnavailable), "late"),
    "500": Fault(lambda: error(EhrUnavailable, 500)),
    "503 after all": Fault(lambda: error(EhrUnavailable, 503), "done"),
    "503 with patience": Fault(lambda: error(EhrUnavailable, 503, 20.0)),
    "429": Fault(lambda: error(EhrUnavailable, 429, 30.0)),
    "409 lock": Fault(lambda: error(EhrConflict, 409)),
    "401": Fault(lambda: SessionEnded("The EHR has ended this session's access.")),
    "403": Fault(lambda: error(EhrForbidden, 403)),
    "405": Fault(lambda: error(EhrRejected, 405)),
    "501": Fault(lambda: error(EhrUnavailable, 501)),
    "422": Fault(lambda: error(EhrRejected, 422)),
}
# How a transaction may be answered: the Bundle as it was sent and the usual answer -> the answer.
ANSWERS: Mapping[str, Callable[[Resource, Resource], Resource]] = {
    "usual": lambda sent, done: done,
    "stored as a Bundle": lambda sent, done: {**sent, "id": "bundle-1", "meta": {"versionId": "1"}},
    "echoed": lambda sent, done: sent,
    "status only": lambda sent, done: {},
    "no entries": lambda sent, done: {"resourceType": "Bundle", "type": "transaction-response"},
    "empty entries": lambda sent, done: {**sent, "type": "transaction-response", "entry": [{} for _ in sent["entry"]]},
    "an outcome": lambda sent, done: {"resourceType": "OperationOutcome", "issue": [{"severity": "information"}]},
}


@dataclass
class StoringEhr:
    """A FHIR server in memory. ``atomic``: its conditional create holds; else every create makes one more.

    What it does wrong by itself: ``foreign`` (type -> what a conditional create and a search find, whatever was asked),
    ``answer`` (how a transaction is answered, a name of :data:`ANSWERS`), ``processes`` (whether it is carried out at
    all), ``lag`` (seconds until a search shows what was written), ``strict`` (the status by which weak ETags are
    refused), ``keeps_temporary`` (references within a transaction stay as they were sent).

    ``faults`` maps the number of a writing call (1, 2, ...) to what goes wrong there, or to its name in :data:`FAULTS`;
    ``searches_fail`` counts searches that get no answer.
    """

    clock: Clock = field(default_factory=Clock)
    atomic: bool = True
    transactions: bool = True
    faults: Mapping[int, Fault | str] = field(default_factory=dict)
    searches_fail: int = 0
    stored: dict[tuple[str, str], Resource] = field(default_factory=dict)
    late: list[tuple[float, Callable[[], Any]]] = field(default_factory=list)
    writes: int = 0
    numbers: int = 0
    calls: list[str] = field(default_factory=list)
    foreign: Mapping[str, Resource] = field(default_factory=dict)
    answer: str = "usual"
    processes: bool = True
    lag: float = 0.0
    strict: int = 0
    keeps_temporary: bool = False
    made: dict[tuple[str, str], float] = field(default_factory=dict)

    def of(self, kind: str) -> list[Resource]:
        return [r for (type_, _), r in self.stored.items() if type_ == kind]

    def valid(self, kind: str) -> list[Resource]:
        return [r for r in self.of(kind) if r.get("status", r.get("lifecycleStatus")) != "entered-in-error"]

    # -- the port of the client

    def post_transaction(self, bundle: Resource) -> Resource:
        self.calls.append("transaction")
        return deepcopy(self.write(lambda: self.transaction(deepcopy(bundle))))

    def create(self, resource: Resource, if_none_exist: str = "") -> Reply:
        assert not if_none_exist or if_none_exist.endswith(f"|{business_identifier(resource)}")
        self.calls.append(f"create {resource['resourceType']}")
        return self.write(lambda: replied(*self.put(resource, bool(if_none_exist))))

    def update(self, resource: Resource, if_match: str = "") -> Reply:
        self.calls.append(f"update {resource['resourceType']}")
        return self.write(lambda: replied(self.change(deepcopy(resource), if_match), False))

    def read(self, resource_type: str, resource_id: str) -> Resource:
        self.calls.append(f"read {resource_type}")
        return deepcopy(self.stored[resource_type, resource_id])

    def search(self, resource_type: str, params: Mapping[str, str]) -> list[Resource]:
        self.calls.append(f"search {resource_type}")
        self.settle()
        if self.searches_fail:
            self.searches_fail -= 1
            raise error(EhrUnavailable)
        shown = [r for r in self.of(resource_type) if self._since(r) + self.lag <= self.clock.now]
        if "_id" in params:
            return deepcopy([r for r in shown if r["id"] in params["_id"].split(",")])
        values = next((v for k, v in params.items() if k in ("identifier", "_tag")), "")
        wanted = {value.removeprefix(f"{EXAMPLE.plan}|") for value in values.split(",")}
        every = not values or resource_type in self.foreign
        return deepcopy([r for r in shown if every or business_identifier(r) in wanted])

    def _since(self, resource: Resource) -> float:
        return self.made.get((resource["resourceType"], resource["id"]), 0.0)

    # -- what it makes of a write

    def settle(self) -> None:
        """What was under way lands now."""
        due = [do for at, do in self.late if at <= self.clock.now]
        self.late = [(at, do) for at, do in self.late if at > self.clock.now]
        for do in due:
            do()

    def write(self, do: Callable[[], Any]) -> Any:
        self.settle()
        self.writes += 1
        fault = self.faults.get(self.writes)
        if fault is None:
            return do()
        fault = FAULTS[fault] if isinstance(fault, str) else fault
        if fault.fate == "done":
            do()
        elif fault.fate == "late":
            self.late.append((self.clock.now + LATE, do))
        raise fault.error()

    def put(self, resource: Resource, conditional: bool) -> tuple[Resource, bool]:
        kind, value = resource["resourceType"], business_identifier(resource)
        if conditional and kind in self.foreign:
            return dict(self.foreign[kind]), False
        same = [r for r in self.of(kind) if business_identifier(r) == value] if conditional and self.atomic else []
        if same:
            return same[0], False
        self.numbers += 1
        made = {**deepcopy(resource), "id": f"{kind.lower()}-{self.numbers}"}
        made["meta"] = {**made.get("meta", {}), "versionId": "1", "lastUpdated": f"2026-03-01T00:00:{self.numbers:05}Z"}
        self.stored[kind, made["id"]] = made
        self.made[kind, made["id"]] = self.clock.now
        return made, True

    def change(self, resource: Resource, if_match: str) -> Resource:
        key = resource["resourceType"], resource["id"]
        version = self.stored[key]["meta"]["versionId"]
        if self.strict and if_match.startswith("W/"):
            raise error(EhrConflict if self.strict == 412 else EhrRejected, self.strict)
        if if_match and if_match.removeprefix("W/") != f'"{version}"':
            raise error(EhrConflict, 412)
        meta = {**resource.get("meta", {}), "versionId": str(int(version) + 1)}
        self.stored[key] = {**deepcopy(resource), "meta": meta}
        return self.stored[key]

    def transaction(self, bundle: Resource) -> Resource:
        """The answer to it, which may say less than what was done, or more."""
        if not self.transactions:
            raise error(EhrRejected, 405)
        sent = deepcopy(bundle)
        done = self._carried_out(bundle) if self.processes else {}
        return ANSWERS[self.answer](sent, done)

    def _carried_out(self, bundle: Resource) -> Resource:
        before, replies, places = deepcopy(self.stored), [], {}
        try:
            for entry in bundle["entry"]:
                if entry["request"]["method"] == "PUT":
                    stored, new = self.change(entry["resource"], entry["request"].get("ifMatch", "")), False
                else:
                    stored, new = self.put(entry["resource"], True)
                    places[entry["fullUrl"]] = f"{stored['resourceType']}/{stored['id']}"
                version = stored["meta"]["versionId"]
                place = f"{stored['resourceType']}/{stored['id']}/_history/{version}"
                status = "201 Created" if new else "200 OK"
                replies.append({"response": {"status": status, "location": place, "etag": f'W/"{version}"'}})
        except (EhrConflict, EhrRejected):
            self.stored = before
            raise
        for key, resource in self.stored.items() if not self.keeps_temporary else ():
            self.stored[key] = resolved(resource, places, {})
        return {"resourceType": "Bundle", "type": "transaction-response", "entry": replies}


def holding(*resources: Resource) -> StoringEhr:
    """An EHR in which these lie already."""
    stored = {(r["resourceType"], r["id"]): deepcopy(r) for r in resources}
    return StoringEhr(stored=stored, numbers=len(stored))


def replied(stored: Resource, new: bool) -> Reply:
    """The usual answer to one write: the resource as stored."""
    place = f"{stored['resourceType']}/{stored['id']}"
    return Reply(201 if new else 200, place, stored["meta"]["versionId"], deepcopy(stored))
