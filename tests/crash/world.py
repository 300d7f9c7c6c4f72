"""A signed plan, a store on disk, and EHRs that go wrong on command: what the crash tests are made of.

The process dies by :class:`Killed`, a BaseException no code of ours catches, raised at one numbered moment: before or
after any move of the store, before a request leaves, or after the EHR did it and before the reply arrives.
"""

import random
from collections.abc import Callable, Sequence
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
from smartapp.fhir.build import build
from smartapp.fhir.build.identifiers import business_identifier
from smartapp.store import open_store
from tests.clock import Clock
from tests.ehr.deliver.engine import EVERYTHING
from tests.ehr.deliver.samples import BASE, KNOWLEDGE, signed
from tests.storing_ehr import FAULTS, StoringEhr

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


class Fused:
    """A part of the store, or the client: a moment of death lies before and after each thing asked of it."""

    def __init__(self, inner: Any, fuse: Fuse):
        self._inner, self._fuse = inner, fuse

    def __getattr__(self, name: str) -> Any:
        do = getattr(self._inner, name)

        def fused(*args: Any, **kwargs: Any) -> Any:
            self._fuse.moment()
            result = do(*args, **kwargs)
            self._fuse.moment()
            return result

        return fused


PASSING = tuple(name for name in FAULTS if name not in ("422",))


@dataclass
class Installation:
    """One installation: its store outlives its processes."""

    url: str
    ehr: StoringEhr
    clock: Clock
    declared: Capabilities
    site: SiteSettings = field(default_factory=SiteSettings)
    plan: SignedPlan = field(default_factory=signed)
    previous: tuple[Resource, ...] = ()
    sees_death: bool = False  # its processes run on one host, and know when one of them is gone

    def write_plan(self) -> WritePlan:
        return make_write_plan(self.declared, EVERYTHING, self.site)

    def wire(self, fuse: Fuse) -> Any:
        return Fused(self.ehr, fuse)

    def process(self, fuse: Fuse | None = None) -> DeliveryProgress:
        """One process: signs (or signs again, as after a reload) and goes on with the write until it ends or dies."""
        fuse = fuse or Fuse()
        store = open_store(self.url, SECRET, clock=self.clock)
        if self.sees_death:
            store.outbox.is_dead = lambda mark: True
        try:
            outbox: Any = Fused(store.outbox, fuse)
            fuse.moment()
            write_plan = self.write_plan()
            rows = prepared_rows(self, write_plan)
            kept = Fused(store.records, fuse).sign(
                "launch", PATIENT, self.plan.plan_id, "print", {"write_plan": to_json(write_plan)}, rows
            )
            made = delivery_job(kept.id, self.plan, convert(kept.record["write_plan"], WritePlan))
            return deliver(made, self.wire(fuse), outbox, self.clock)
        finally:
            store.close()

    def press(self, changed: Callable[..., Any]) -> None:
        """A person chooses something on the receipt."""
        store = open_store(self.url, SECRET, clock=self.clock)
        try:
            kept = store.records.signature_of(PATIENT, self.plan.plan_id)
            assert kept is not None
            apply_choice(store.outbox, kept.id, changed)
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


def prepared_rows(made: Installation, write_plan: WritePlan) -> list[dict[str, Any]]:
    """The items as built at signing: equal for equal plans and EHRs, so that thousands of runs build them once."""
    whose = made.plan.proposal.assessment.chart.patient.reference
    key = f"{made.plan.plan_id} {whose} {made.plan.replaces} {write_plan} {made.previous}"
    if key not in _ROWS:
        task = write_plan.of("Task") is not None
        bundle = build(made.plan, KNOWLEDGE, BASE, previous=made.previous, with_task=task)
        _ROWS[key] = [item.to_row() for item in first_items(bundle, made.plan, write_plan)]
    return deepcopy(_ROWS[key])


def true_receipt(made: Installation, progress: DeliveryProgress) -> list[str]:
    """Everything in which store and EHR disagree; empty if nothing is lost, doubled or told wrongly."""
    wrong = []
    for item in progress.items:
        if item.ends_something:
            continue
        there = made.ehr.valid(item.kind)
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
        elif item.reference and tuple(item.reference.split("/")) not in made.ehr.stored:
            wrong.append(f"{item.kind}: {item.reference} is not there")
    return wrong


def chance(seed: int) -> random.Random:
    return random.Random(seed)
