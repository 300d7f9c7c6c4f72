"""The outbox at work: the items of one signed plan, from wherever they stand, as far as the EHR lets them go now.

Every move is kept before the next request leaves, under a lease that one worker holds. Killed at any moment, the next
one to open the receipt goes on from what was kept: what was under way is looked for before it is sent again.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from smartapp.ehr.deliver.find import FhirWriter
from smartapp.ehr.deliver.items import (
    LANDED,
    OPEN,
    PAUSES,
    STUCK,
    OutboxItem,
    WriteStatus,
    fall_back,
    is_complete,
    mark_doubtful,
    transition,
)
from smartapp.ehr.deliver.methods import BY_A_PERSON, WriteMethod
from smartapp.ehr.deliver.send import SETTLE, Attempt
from smartapp.ehr.deliver.updates import remove_copies
from smartapp.errors import EhrError, EhrForbidden, EhrRejected, LoadpathError, SessionEnded

if TYPE_CHECKING:
    from smartapp.store import OutboxRow

WRITE, RETRACT = "write", "retract"
LAGS = 600.0  # seconds after which a second copy of what was sent twice is looked for: an index may lag (ours)
SENDS = 3  # requests whose outcome stays unknown are sent so often, a minute apart, then a person must look (ours)
_HELD = OPEN | {WriteStatus.DOUBTFUL}
_DOCUMENTS = frozenset({WriteMethod.NOTE, WriteMethod.MESSAGE})
DIED = (
    "The process that was sending it was stopped. It is looked for in the EHR, and sent again only when nothing of it "
    "can arrive any more."
)
LOOK = (
    "Looked for in the EHR and not found. Look in the chart for the identifier {}, then say here whether it is there."
)
CANNOT_LOOK = "The EHR does not let Loadpath look for it. Look in the chart for the identifier {}, then say here."
TO_SIGN = (
    "Offered on a card in the EHR as an unsigned order: sign it there, then confirm it here. Nothing is ordered yet."
)
HAND_WORK = "Not in the chart yet: put the copy into the chart by hand, then confirm it here."
TAKE_BACK = "Still there: take it back in the chart by hand, then confirm it here."


class OutboxStore(Protocol):
    """What the store offers for one plan's items. Rows are :meth:`OutboxItem.to_row`."""

    def claim_write(self, id_: str) -> str: ...

    def take_over(self, id_: str) -> tuple[str, float]: ...

    def rows(self, id_: str, purpose: str = ...) -> Sequence["OutboxRow"]: ...

    def save_rows(self, id_: str, lease: str, rows: Sequence["OutboxRow"], purpose: str = ...) -> bool: ...

    def finish_write(self, id_: str, lease: str, complete: bool) -> None: ...


class TakenOver(Exception):
    """Another worker holds the lease by now; what this one still knows is older than what is kept."""


@dataclass(frozen=True)
class Job:
    """``make_document`` gives the note or message of a method, as a new item; asked only if one is needed."""

    id: str
    conditional: Container[str]
    make_document: Callable[[WriteMethod], OutboxItem]
    purpose: str = WRITE


@dataclass(frozen=True)
class DeliveryProgress:
    """How far it came: all items, and what stopped it, in words; ``busy``: another worker is at it."""

    items: tuple[OutboxItem, ...] = ()
    problem: str = ""
    busy: bool = False

    @property
    def complete(self) -> bool:
        return bool(self.items) and is_complete(self.items)


def deliver(job: Job, client: FhirWriter, store: OutboxStore, clock: Callable[[], float]) -> DeliveryProgress:
    """Go on with this plan. Safe to call at any time, from any worker, any number of times."""
    lease = store.claim_write(job.id) or _take_over(job.id, store)
    if not lease:
        kept = items_of(store, job.id, job.purpose)
        return DeliveryProgress(kept, busy=not is_complete(kept))
    run, problem = _Run(job, Attempt(client, clock, job.conditional), store, lease), ""
    try:
        run.items = {item.position: item for item in items_of(store, job.id, job.purpose)}
        run.look_up()
        run.remove_copies()
        run.send_all()
    except TakenOver:
        return DeliveryProgress(items_of(store, job.id, job.purpose), busy=True)
    except LoadpathError as error:
        problem = f"{error} {error.next_step}"
    except Exception:
        store.finish_write(job.id, lease, False)
        raise
    store.finish_write(job.id, lease, run.is_finished)
    return DeliveryProgress(run.all, problem)


def _take_over(id_: str, store: OutboxStore) -> str:
    """The lease of a dead process. What it had under way may still land: it is looked for, and sent again only when no
    request of the dead one can arrive any more."""
    lease, until = store.take_over(id_)
    for purpose in (WRITE, RETRACT) if lease else ():
        under_way = [s for s in items_of(store, id_, purpose) if s.status is WriteStatus.SENDING]
        rows = [transition(s, WriteStatus.UNKNOWN, not_before=until, doubt_until=until, detail=DIED) for s in under_way]
        if rows and not store.save_rows(id_, lease, [item.to_row() for item in rows], purpose):
            return ""
    return lease


def items_of(store: OutboxStore, id_: str, purpose: str = WRITE) -> tuple[OutboxItem, ...]:
    return tuple(OutboxItem.from_row(row) for row in store.rows(id_, purpose))


@dataclass
class _Run:
    job: Job
    attempt: Attempt
    store: OutboxStore
    lease: str
    items: dict[int, OutboxItem] = field(default_factory=dict)
    sent: set[tuple[int, WriteMethod, bool]] = field(default_factory=set)  # in this run: nothing is sent twice in one

    @property
    def all(self) -> tuple[OutboxItem, ...]:
        return tuple(self.items[position] for position in sorted(self.items))

    @property
    def is_finished(self) -> bool:
        return is_complete(self.all) and not any(item.doubt_until for item in self.all)

    def keep(self, items: Sequence[OutboxItem]) -> None:
        """Before anything else happens; nothing of it counts where the lease is another's."""
        rows = [item.to_row() for item in items]
        if rows and not self.store.save_rows(self.job.id, self.lease, rows, self.job.purpose):
            raise TakenOver
        self.items.update({item.position: replace(item, renewed=False) for item in items})

    def send_all(self) -> None:
        while group := self.next_group():
            sent = [transition(item, WriteStatus.SENDING, attempts=item.attempts + 1, accepted=False) for item in group]
            self.keep(sent)
            self.sent |= {_way(item) for item in sent}
            try:
                if sent[0].method is WriteMethod.TRANSACTION:
                    self.keep(self.attempt.send_transaction(sent, self.all))
                else:
                    self.keep([self.attempt.send_one(sent[0], self.all)])
            except SessionEnded:  # 401: the EHR did nothing
                self.keep([transition(item, WriteStatus.WAITING, attempts=item.attempts - 1) for item in sent])
                raise

    def next_group(self) -> list[OutboxItem]:
        """What to send now: all of one transaction, else the first by itself; nothing while anything must wait."""
        self.keep(self.follow_documents())
        self.keep([transition(s, WriteStatus.MANUAL, detail=self.work_of(s)) for s in self.all
                   if s.status in OPEN and s.method in BY_A_PERSON])  # fmt: skip
        self.keep([self.job.make_document(method) for method in self.missing_documents()])
        now = self.attempt.clock()
        todo = [item for item in self.all if item.sendable]
        if any(item.status in STUCK for item in self.all) or any(item.not_before > now for item in todo):
            return []
        if any(_way(s) in self.sent or (s.status is WriteStatus.UNKNOWN and s.doubt_until > now) for s in todo):
            return []
        return [item for item in todo if item.method is WriteMethod.TRANSACTION] or todo[:1]

    def work_of(self, item: OutboxItem) -> str:
        """What a person has to do with it."""
        if self.job.purpose == RETRACT:
            return TAKE_BACK
        return TO_SIGN if item.method is WriteMethod.ORDER_ENTRY else HAND_WORK

    def missing_documents(self) -> list[WriteMethod]:
        held = {item.method for item in self.all if item.is_document and item.status is not WriteStatus.DROPPED}
        return [
            method for method in _DOCUMENTS
            if method not in held and any(s.method is method and s.status in OPEN for s in self.all)
        ]  # fmt: skip

    def follow_documents(self) -> list[OutboxItem]:
        """What a note holds landed with it; what a refused note held goes its own way, by the next method."""
        changed: list[OutboxItem] = []
        for document in (item for item in self.all if item.is_document):
            held = [s for s in self.all if s.method is document.method and not s.is_document and s.status in _HELD]
            if document.status in LANDED or document.status is WriteStatus.DOUBTFUL:
                place = {"reference": document.reference, "version": document.version}
                changed += [transition(item, document.status, detail="", **place) for item in held
                            if item.status is not document.status]  # fmt: skip
            elif document.status is WriteStatus.DROPPED:
                changed += [fall_back(item, document.detail) for item in held]
        return changed

    # -- after doubt

    def look_up(self) -> None:
        """What was tried before is looked for before anything is sent, and while it may still arrive."""
        now = self.attempt.clock()
        tried = [s for s in self.all if s.sendable and (s.attempts or s.doubt_until)
                 and (s.not_before <= now or (s.detail == DIED and not s.looks))]  # fmt: skip
        if not tried:
            return
        try:
            there = self.attempt.look_up(tried)
            twice = [s.position for s in tried if s.position in there and s.attempts > 1 and s.doubt_until]
            there |= {p: replace(there[p], doubt_until=now + LAGS) for p in twice}
            seen = [there.get(item.position) or self.mark_unseen(item) for item in tried]
        except EhrError as error:
            seen = [self.mark_unseen(item, error) for item in tried]
        self.keep([item for item in seen if item != self.items[item.position]])

    def mark_unseen(self, item: OutboxItem, error: EhrError | None = None) -> OutboxItem:
        """Not found, or, with ``error``, not to be looked for: looked for again later; in the end, a person must."""
        now, looks = self.attempt.clock(), item.looks + 1
        pause = PAUSES[min(looks, len(PAUSES)) - 1]
        if item.status is not WriteStatus.UNKNOWN:
            return replace(item, not_before=now + pause) if error else item
        if now < item.doubt_until:
            return replace(item, looks=looks, not_before=min(now + pause, item.doubt_until))
        if isinstance(error, EhrForbidden | EhrRejected):
            return mark_doubtful(item, CANNOT_LOOK)
        if error:
            return replace(item, looks=looks, not_before=now + pause)
        if item.ends_something and item.accepted:  # the record itself says that it has not been ended
            can_go_alone = WriteMethod.CREATE in item.fallbacks
            return fall_back(item, "") if can_go_alone else transition(item, WriteStatus.WAITING, accepted=False)
        if item.accepted or item.attempts >= SENDS:
            return mark_doubtful(item, LOOK)
        return item

    def remove_copies(self) -> None:
        """Once a request without an answer can no longer land, look whether something is there twice."""
        now = self.attempt.clock()
        self.keep([replace(s, doubt_until=now + SETTLE) for s in self.all if s.status is WriteStatus.SENDING])
        over = [s for s in self.all if s.status not in OPEN | STUCK and 0 < s.doubt_until <= now]
        for item in remove_copies(self.attempt.client, over, now) if over else ():
            self.keep([item])


def _way(item: OutboxItem) -> tuple[int, WriteMethod, bool]:
    return item.position, item.method, item.unconditional
