"""A signed plan, a store on disk, and EHRs that go wrong on command: what the crash tests are made of.

The process dies by :class:`Killed`, a BaseException no code of ours catches, raised at one numbered moment: before or
after any move of the store, before a request leaves, or after the EHR did it and before the reply arrives.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from msgspec import convert

from smartapp.archive import to_json
from smartapp.core.proposal import SignedPlan
from smartapp.ehr.capabilities import Capabilities
from smartapp.ehr.deliver.choices import apply_choice, mark_not_there, mark_there, try_again
from smartapp.ehr.deliver.engine import DeliveryProgress, deliver
from smartapp.ehr.deliver.items import OPEN, STUCK, OutboxItem, WriteStatus
from smartapp.ehr.deliver.methods import SiteSettings
from smartapp.ehr.deliver.plan import WritePlan, delivery_job, first_items, make_write_plan
from smartapp.ehr.deliver.references import resolve_references
from smartapp.ehr.replies import Reply
from smartapp.errors import EhrConflict, EhrForbidden, EhrRejected, EhrUnavailable, LoadpathError, SessionEnded
from smartapp.fhir.build import build
from smartapp.fhir.build.identifiers import business_identifier
from smartapp.fhir.systems import EXAMPLE
from smartapp.store import Store, open_store
from tests.ehr.deliver.engine import EVERYTHING
from tests.ehr.deliver.fakes import replied
from tests.ehr.deliver.samples import BASE, KNOWLEDGE, signed

Resource = dict[str, Any]
SECRET = "s" * 48
PATIENT = f"{BASE}/Patient/p1"


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Fuse:
    """Counts the moments at which a process can die, and dies at the one chosen."""

    at: int = 0  # 0: never
    count: int = 0

    def moment(self) -> None:
        self.count += 1
        if self.count == self.at:
            raise Killed


class FusedStore:
    """The store, with a moment of death before and after each of its moves."""

    def __init__(self, store: Store, fuse: Fuse):
        self._store, self._fuse = store, fuse

    def __getattr__(self, name: str) -> Any:
        do = getattr(self._store, name)

        def fused(*args: Any, **kwargs: Any) -> Any:
            self._fuse.moment()
            result = do(*args, **kwargs)
            self._fuse.moment()
            return result

        return fused


def error(kind: type[LoadpathError], status: int = 0, retry_after: float | None = None) -> LoadpathError:
    made = kind(f"The EHR says {status or 'nothing'}.")
    made.http_status, made.retry_after = status, retry_after  # type: ignore[attr-defined]
    return made


# What can go wrong with one writing request: name -> (error, whether the EHR did it all the same).
FAULTS: Mapping[str, tuple[Callable[[], LoadpathError], str]] = {
    "lost reply": (lambda: error(EhrUnavailable), "done"),
    "never arrived": (lambda: error(EhrUnavailable), ""),
    "lands late": (lambda: error(EhrUnavailable), "late"),
    "500": (lambda: error(EhrUnavailable, 500), ""),
    "503 after all": (lambda: error(EhrUnavailable, 503), "done"),
    "503 with patience": (lambda: error(EhrUnavailable, 503, 20.0), ""),
    "429": (lambda: error(EhrUnavailable, 429, 30.0), ""),
    "409 lock": (lambda: error(EhrConflict, 409), ""),
    "401": (lambda: SessionEnded("The EHR has ended this session's access."), ""),
    "403": (lambda: error(EhrForbidden, 403), ""),
    "405": (lambda: error(EhrRejected, 405), ""),
    "501": (lambda: error(EhrUnavailable, 501), ""),
    "422": (lambda: error(EhrRejected, 422), ""),
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
PASSING = tuple(name for name in FAULTS if name not in ("422",))


@dataclass
class Ehr:
    """A FHIR server in memory. ``atomic``: its conditional create holds; else every create makes one more.

    What it does wrong by itself: ``foreign`` (type -> what a conditional create and a search find, whatever was asked),
    ``answer`` (how a transaction is answered, a name of :data:`ANSWERS`), ``processes`` (whether it is carried out at
    all), ``lag`` (seconds until a search shows what was written), ``strict`` (the status by which weak ETags are
    refused), ``keeps_temporary`` (references within a transaction stay as they were sent).

    ``faults`` maps the number of a writing call to the name of what goes wrong there; ``searches_fail`` counts searches
    that get no answer.
    """

    clock: "Clock"
    atomic: bool = True
    transactions: bool = True
    faults: dict[int, str] = field(default_factory=dict)
    searches_fail: int = 0
    stored: dict[tuple[str, str], Resource] = field(default_factory=dict)
    late: list[tuple[float, Callable[[], Any]]] = field(default_factory=list)
    writes: int = 0
    numbers: int = 0
    requests: int = 0
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

    def settle(self) -> None:
        """What was under way lands now."""
        due = [do for at, do in self.late if at <= self.clock.now]
        self.late = [(at, do) for at, do in self.late if at > self.clock.now]
        for do in due:
            do()

    def write(self, do: Callable[[], Any]) -> Any:
        self.settle()
        self.writes += 1
        name = self.faults.get(self.writes)
        if name is None:
            return do()
        make, fate = FAULTS[name]
        if fate == "done":
            do()
        elif fate == "late":
            self.late.append((self.clock.now + 40, do))
        raise make()

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
        self.stored[key] = {**deepcopy(resource), "meta": {**resource["meta"], "versionId": str(int(version) + 1)}}
        return self.stored[key]

    def transaction(self, bundle: Resource) -> Resource:
        """The answer to it, which may say less than what was done, or more."""
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
            self.stored[key] = resolve_references(resource, places, {})
        return {"resourceType": "Bundle", "type": "transaction-response", "entry": replies}


@dataclass
class Wire:
    """The client of one process: what dies with it."""

    ehr: Ehr
    fuse: Fuse

    def _do(self, do: Callable[[], Any]) -> Any:
        self.ehr.requests += 1
        self.fuse.moment()
        result = do()
        self.fuse.moment()
        return deepcopy(result)

    def post_transaction(self, bundle: Resource) -> Resource:
        if not self.ehr.transactions:
            return self._do(lambda: self.ehr.write(lambda: _refuse(405)))
        return self._do(lambda: self.ehr.write(lambda: self.ehr.transaction(deepcopy(bundle))))

    def create(self, resource: Resource, if_none_exist: str = "") -> Reply:
        return self._do(lambda: self.ehr.write(lambda: replied(*self.ehr.put(resource, bool(if_none_exist)))))

    def update(self, resource: Resource, if_match: str = "") -> Reply:
        return self._do(lambda: self.ehr.write(lambda: replied(self.ehr.change(deepcopy(resource), if_match), False)))

    def read(self, resource_type: str, resource_id: str) -> Resource:
        return self._do(lambda: self.ehr.stored[resource_type, resource_id])

    def search(self, resource_type: str, params: Mapping[str, str]) -> list[Resource]:
        return self._do(lambda: self._search(resource_type, params))

    def _search(self, kind: str, params: Mapping[str, str]) -> list[Resource]:
        self.ehr.settle()
        if self.ehr.searches_fail:
            self.ehr.searches_fail -= 1
            raise error(EhrUnavailable)
        values = next((v for k, v in params.items() if k in ("identifier", "_tag")), "")
        wanted = {value.removeprefix(f"{EXAMPLE.plan}|") for value in values.split(",")}
        shown = [
            r for r in self.ehr.of(kind) if self.ehr.made.get((kind, r["id"]), 0) + self.ehr.lag <= self.ehr.clock.now
        ]
        return [r for r in shown if not values or kind in self.ehr.foreign or business_identifier(r) in wanted]


def _refuse(status: int) -> Resource:
    raise error(EhrRejected, status)


@dataclass
class Clock:
    now: float = 1_772_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class House:
    """One installation: its store outlives its processes."""

    url: str
    ehr: Ehr
    clock: Clock
    declared: Capabilities
    site: SiteSettings = field(default_factory=SiteSettings)
    plan: SignedPlan = field(default_factory=signed)
    previous: tuple[Resource, ...] = ()
    sees_death: bool = False  # its processes run on one host, and know when one of them is gone

    def write_plan(self) -> WritePlan:
        return make_write_plan(self.declared, EVERYTHING, self.site)

    def wire(self, fuse: Fuse) -> Any:
        return Wire(self.ehr, fuse)

    def process(self, fuse: Fuse | None = None) -> DeliveryProgress:
        """One process: signs (or signs again, as after a reload) and goes on with the write until it ends or dies."""
        fuse = fuse or Fuse()
        store = open_store(self.url, SECRET, clock=self.clock)
        if self.sees_death:
            store.gone = lambda mark: True
        try:
            fused: Any = FusedStore(store, fuse)
            fuse.moment()
            write_plan = self.write_plan()
            rows = prepared_rows(self, write_plan)
            kept = fused.record_signature(
                "launch", PATIENT, self.plan.plan_id, "print", {"write_plan": to_json(write_plan)}, rows
            )
            made = delivery_job(kept.id, self.plan, convert(kept.record["write_plan"], WritePlan))
            return deliver(made, self.wire(fuse), fused, self.clock)
        finally:
            store.close()

    def press(self, changed: Callable[..., Any]) -> None:
        """A person chooses something on the receipt."""
        store = open_store(self.url, SECRET, clock=self.clock)
        try:
            kept = store.signature_of(PATIENT, self.plan.plan_id)
            assert kept is not None
            apply_choice(store, kept.id, changed)
        finally:
            store.close()

    def doubtful(self, items: Sequence[OutboxItem], there: bool) -> list[OutboxItem]:
        """What a person who looks into the chart finds there, or does not."""
        self.ehr.settle()
        return [s for s in items if s.status is WriteStatus.DOUBTFUL and bool(self.in_chart(s)) is there]

    def in_chart(self, item: OutboxItem) -> list[Resource]:
        return [r for r in self.ehr.valid(item.kind) if business_identifier(r) == item.identifier]

    def until_done(self, most: int = 40) -> DeliveryProgress:
        """Receipts opened again and again, a while apart, until nothing waits any more."""
        for _ in range(most):
            self.clock.now += 100
            progress = self.process()
            if any(item.status in STUCK for item in progress.items):
                self.press(lambda items: mark_there("Dr Dana", "now")(self.doubtful(items, True)))
                self.press(lambda items: mark_not_there("Dr Dana", "now")(self.doubtful(items, False)))
                self.press(try_again)
                continue
            if not any(item.status in OPEN or item.doubt_until for item in progress.items):
                return progress
        raise AssertionError(f"never done: {[(s.kind, s.method, s.status, s.detail) for s in progress.items]}")


_ROWS: dict[str, list[dict[str, Any]]] = {}


def prepared_rows(house: House, write_plan: WritePlan) -> list[dict[str, Any]]:
    """The steps as built at signing: equal for equal plans and EHRs, so that thousands of runs build them once."""
    whose = house.plan.proposal.assessment.chart.patient.reference
    key = f"{house.plan.plan_id} {whose} {house.plan.replaces} {write_plan} {house.previous}"
    if key not in _ROWS:
        task = write_plan.of("Task") is not None
        bundle = build(house.plan, KNOWLEDGE, BASE, previous=house.previous, with_task=task)
        _ROWS[key] = [item.to_row() for item in first_items(bundle, house.plan, write_plan)]
    return deepcopy(_ROWS[key])


def true_receipt(house: House, progress: DeliveryProgress) -> list[str]:
    """Everything in which store and EHR disagree; empty if nothing is lost, doubled or told wrongly."""
    wrong = []
    for item in progress.items:
        if item.ends_something:
            continue
        there = house.ehr.valid(item.kind)
        ours = [r for r in there if business_identifier(r) == item.identifier]
        told = f"{item.reference} {item.detail}"
        named = bool(ours) and all(f"{item.kind}/{r['id']}" in told for r in ours)
        if named and (item.kind == "Provenance" or "by hand" in told):
            continue  # R4 gives a Provenance no status to take it back by; the EHR forbids it: the receipt names each
        if item.reference.startswith(f"{item.kind}/"):
            if len(ours) != 1:
                wrong.append(f"{item.kind} {item.identifier}: {len(ours)} in the EHR")
            elif f"{item.kind}/{ours[0]['id']}" != item.reference:
                wrong.append(f"{item.kind} is {ours[0]['id']}, the receipt says {item.reference}")
        elif ours and item.status is not WriteStatus.CONFIRMED:
            wrong.append(f"{item.kind} is in the EHR, the receipt says it is {item.method}")
        elif item.reference and tuple(item.reference.split("/")) not in house.ehr.stored:
            wrong.append(f"{item.kind}: {item.reference} is not there")
    return wrong


def chance(seed: int) -> random.Random:
    return random.Random(seed)
