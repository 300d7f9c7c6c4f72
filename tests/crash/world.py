"""A signed plan, a store on disk, and EHRs that go wrong on command: what the crash tests are made of.

The process dies by :class:`Killed`, a BaseException no code of ours catches, raised at one numbered moment: before or
after any move of the store, before a request leaves, or after the EHR did it and before the reply arrives.
"""

import random
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from smartapp.core.proposal import SignedPlan
from smartapp.ehr.capabilities import Capabilities
from smartapp.ehr.deliver.choices import again, choose, is_not_there, is_there
from smartapp.ehr.deliver.delivery import Progress, deliver
from smartapp.ehr.deliver.items import OPEN, STUCK, OutboxItem, WriteStatus
from smartapp.ehr.deliver.methods import Site
from smartapp.ehr.deliver.writing import Writing, first_steps, job, writing_for
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
    site: Site = field(default_factory=Site)
    plan: SignedPlan = field(default_factory=signed)
    previous: tuple[Resource, ...] = ()
    sees_death: bool = False  # its processes run on one host, and know when one of them is gone

    def writing(self) -> Writing:
        return writing_for(self.declared, EVERYTHING, self.site)

    def wire(self, fuse: Fuse) -> Any:
        return Fused(self.ehr, fuse)

    def process(self, fuse: Fuse | None = None) -> Progress:
        """One process: signs (or signs again, as after a reload) and goes on with the write until it ends or dies."""
        fuse = fuse or Fuse()
        store = open_store(self.url, SECRET, clock=self.clock)
        if self.sees_death:
            store.outbox.is_dead = lambda mark: True
        try:
            outbox: Any = Fused(store.outbox, fuse)
            fuse.moment()
            writing = self.writing()
            rows = prepared_rows(self, writing)
            kept = Fused(store.records, fuse).sign(
                "launch", PATIENT, self.plan.plan_id, "print", {"writing": writing.to_json()}, rows
            )
            made = job(kept.id, self.plan, Writing.from_json(kept.record["writing"]))
            return deliver(made, self.wire(fuse), outbox, self.clock)
        finally:
            store.close()

    def press(self, changed: Callable[..., Any]) -> None:
        """A person chooses something on the receipt."""
        store = open_store(self.url, SECRET, clock=self.clock)
        try:
            kept = store.records.signature_of(PATIENT, self.plan.plan_id)
            assert kept is not None
            choose(store.outbox, kept.id, changed)
        finally:
            store.close()

    def doubtful(self, steps: Sequence[OutboxItem], there: bool) -> list[OutboxItem]:
        """What a person who looks into the chart finds there, or does not."""
        self.ehr.settle()
        return [s for s in steps if s.landing is WriteStatus.DOUBTFUL and bool(self.in_chart(s)) is there]

    def in_chart(self, step: OutboxItem) -> list[Resource]:
        return [r for r in self.ehr.valid(step.kind) if business_identifier(r) == step.identifier]

    def until_done(self, most: int = 40) -> Progress:
        """Receipts opened again and again, a while apart, until nothing waits any more."""
        for _ in range(most):
            self.clock.now += 100
            progress = self.process()
            if any(step.landing in STUCK for step in progress.steps):
                self.press(lambda steps: is_there("Dr Dana", "now")(self.doubtful(steps, True)))
                self.press(lambda steps: is_not_there("Dr Dana", "now")(self.doubtful(steps, False)))
                self.press(again)
                continue
            if not any(step.landing in OPEN or step.doubt_until for step in progress.steps):
                return progress
        raise AssertionError(f"never done: {[(s.kind, s.rung, s.landing, s.detail) for s in progress.steps]}")


_ROWS: dict[str, list[dict[str, Any]]] = {}


def prepared_rows(made: Installation, writing: Writing) -> list[dict[str, Any]]:
    """The steps as built at signing: equal for equal plans and EHRs, so that thousands of runs build them once."""
    whose = made.plan.proposal.assessment.chart.patient.reference
    key = f"{made.plan.plan_id} {whose} {made.plan.replaces} {writing} {made.previous}"
    if key not in _ROWS:
        task = writing.of("Task") is not None
        bundle = build(made.plan, KNOWLEDGE, BASE, previous=made.previous, with_task=task)
        _ROWS[key] = [step.to_row() for step in first_steps(bundle, made.plan, writing)]
    return deepcopy(_ROWS[key])


def true_receipt(made: Installation, progress: Progress) -> list[str]:
    """Everything in which store and EHR disagree; empty if nothing is lost, doubled or told wrongly."""
    wrong = []
    for step in progress.steps:
        if step.ends_something:
            continue
        there = made.ehr.valid(step.kind)
        ours = [r for r in there if business_identifier(r) == step.identifier]
        told = f"{step.reference} {step.detail}"
        named = bool(ours) and all(f"{step.kind}/{r['id']}" in told for r in ours)
        if named and (step.kind == "Provenance" or "by hand" in told):
            continue  # R4 gives a Provenance no status to take it back by; the EHR forbids it: the receipt names each
        if step.reference.startswith(f"{step.kind}/"):
            if len(ours) != 1:
                wrong.append(f"{step.kind} {step.identifier}: {len(ours)} in the EHR")
            elif f"{step.kind}/{ours[0]['id']}" != step.reference:
                wrong.append(f"{step.kind} is {ours[0]['id']}, the receipt says {step.reference}")
        elif ours and step.landing is not WriteStatus.CONFIRMED:
            wrong.append(f"{step.kind} is in the EHR, the receipt says it is {step.rung}")
        elif step.reference and tuple(step.reference.split("/")) not in made.ehr.stored:
            wrong.append(f"{step.kind}: {step.reference} is not there")
    return wrong


def chance(seed: int) -> random.Random:
    return random.Random(seed)
