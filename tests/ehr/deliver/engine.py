"""The outbox at work on one signed plan, with a ledger and a clock in memory."""

import json
from collections.abc import Callable, Container, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from smartapp.core.proposal import SignedPlan
from smartapp.ehr.capabilities import Capabilities
from smartapp.ehr.deliver.choices import apply_choice
from smartapp.ehr.deliver.engine import DeliveryProgress, deliver
from smartapp.ehr.deliver.find import read_replaced
from smartapp.ehr.deliver.items import OutboxItem
from smartapp.ehr.deliver.methods import SiteSettings
from smartapp.ehr.deliver.plan import WritePlan, delivery_job, first_items, make_write_plan
from smartapp.ehr.launch.scopes import Grants
from smartapp.fhir.build import build
from tests.ehr.deliver.samples import BASE, KNOWLEDGE, signed

KINDS = ("CarePlan", "Goal", "ServiceRequest", "Task", "Provenance", "DocumentReference", "Communication")
EVERYTHING = Grants("patient/*.cruds")
_ROWS: dict[str, list[dict[str, Any]]] = {}  # as built at signing: equal plans are built once


def capabilities(*, transaction: bool = True, kinds: tuple[str, ...] = KINDS, conditional: bool = True) -> Capabilities:
    """An EHR that offers all of R4 for these types."""
    offered = frozenset({"create", "read", "search-type", "update"})
    return Capabilities(
        transaction=transaction,
        interactions={kind: offered for kind in kinds},
        conditional_create=frozenset(kinds if conditional else ()),
        search_parameters={kind: frozenset({"identifier", "patient"}) for kind in kinds},
    )


@dataclass
class Memory:
    """A ledger of one plan."""

    kept: list[dict[str, Any]]
    lease: str = ""
    done: bool = False
    died: bool = False

    def claim_write(self, id_: str) -> str:
        if self.lease or self.done:
            return ""
        self.lease = "mine"
        return self.lease

    def take_over(self, id_: str) -> tuple[str, float]:
        return ("", 0.0)

    def rows(self, id_: str, purpose: str = "write") -> Sequence[Mapping[str, Any]]:
        return deepcopy(self.kept) if purpose == "write" else ()

    def save_rows(self, id_: str, lease: str, rows: Sequence[Mapping[str, Any]], purpose: str = "write") -> bool:
        positions = {row["position"]: deepcopy(dict(row)) for row in rows}
        self.kept = [positions.pop(row["position"], row) for row in self.kept] + list(positions.values())
        return lease == self.lease

    def finish_write(self, id_: str, lease: str, complete: bool) -> None:
        self.lease, self.done = "", complete


@dataclass
class Desk:
    """A signed plan, kept, on its way into ``ehr``."""

    ehr: Any
    plan: SignedPlan = field(default_factory=signed)
    declared: Capabilities = field(default_factory=capabilities)
    previous: Sequence[Mapping[str, Any]] | None = None
    now: float = 1_772_000_000.0
    site: SiteSettings = field(default_factory=SiteSettings)
    by_tag: Container[str] = ()
    artifacts: Sequence[str] = ("Goal", "CarePlan", "ServiceRequest", "Provenance")

    def __post_init__(self) -> None:
        self.write_plan: WritePlan = make_write_plan(self.declared, EVERYTHING, self.site, artifacts=self.artifacts)
        old = read_replaced(self.ehr, self.plan) if self.previous is None else self.previous
        key = json.dumps([str(self.plan), str(self.write_plan), list(old), str(self.by_tag)])
        if key not in _ROWS:
            bundle = build(self.plan, KNOWLEDGE, BASE, previous=old, by_tag=self.by_tag)
            _ROWS[key] = [item.to_row() for item in first_items(bundle, self.plan, self.write_plan)]
        self.ledger = Memory(deepcopy(_ROWS[key]))

    def go(self, after: float = 0.0) -> DeliveryProgress:
        """Go on with it, ``after`` so many seconds."""
        self.now += after
        return deliver(delivery_job("1", self.plan, self.write_plan), self.ehr, self.ledger, lambda: self.now)

    def until(self, seconds: float, every: float = 1.0) -> DeliveryProgress:
        """The receipt is opened again and again for so long."""
        progress, end = self.go(), self.now + seconds
        while self.now < end:
            progress = self.go(every)
        return progress

    def press(self, changed: Callable[[Sequence[OutboxItem]], Sequence[OutboxItem]]) -> DeliveryProgress:
        """A person chooses something on the receipt."""
        apply_choice(self.ledger, "1", changed)
        return self.go()


def states(progress: DeliveryProgress) -> list[str]:
    return [item.status.value for item in progress.items]
