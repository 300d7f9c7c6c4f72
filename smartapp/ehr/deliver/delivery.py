"""The outbox at work: the steps of one signed plan, from wherever they stand, as far as the EHR lets them go now.

Every move is kept before the next request leaves, under a lease that one worker holds. Killed at any moment, the next
one to open the receipt goes on from what was kept: what was under way is looked for before it is sent again.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from smartapp.ehr.deliver.attempts import PAUSES, SETTLE, Attempt
from smartapp.ehr.deliver.copies import without_copies
from smartapp.ehr.deliver.items import LANDED, OPEN, STUCK, OutboxItem, WriteStatus, fall_back, landed, transition
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.ehr.deliver.ports import FhirWriter
from smartapp.errors import (
    EhrError,
    EhrForbidden,
    EhrRejected,
    LoadpathError,
    SessionEnded,
)

if TYPE_CHECKING:
    from smartapp.store import OutboxRow

WRITE, RETRACT = "write", "retract"
LAGS = 600.0  # seconds after which a second copy of what was sent twice is looked for: an index may lag (ours)
SENDS = 3  # requests whose outcome stays unknown are sent so often, a minute apart, then a person must look (ours)
_HELD = OPEN | {WriteStatus.DOUBTFUL}
_CARRIED = frozenset({WriteMethod.NOTE, WriteMethod.MESSAGE})
DIED = (
    "The process that was sending it was stopped. It is looked for in the EHR, and sent again only when nothing of it "
    "can arrive any more."
)
LOOK = (
    "Looked for in the EHR and not found. Look in the chart for the identifier {}, then say here whether it is there."
)
CANNOT_LOOK = "The EHR does not let Loadpath look for it. Look in the chart for the identifier {}, then say here."
HAND_WORK = "Not in the chart yet: put the copy into the chart by hand, then confirm it here."
TAKE_BACK = "Still there: take it back in the chart by hand, then confirm it here."


class Ledger(Protocol):
    """What the store offers for one plan's steps. Rows are :meth:`OutboxItem.to_row`."""

    def claim_write(self, id_: str) -> str: ...

    def take_over(self, id_: str) -> tuple[str, float]: ...

    def rows(self, id_: str, purpose: str = ...) -> Sequence["OutboxRow"]: ...

    def save_rows(self, id_: str, lease: str, rows: Sequence["OutboxRow"], purpose: str = ...) -> bool: ...

    def finish_write(self, id_: str, lease: str, complete: bool) -> None: ...


class TakenOver(Exception):
    """Another worker holds the lease by now; what this one still knows is older than what is kept."""


@dataclass(frozen=True)
class Job:
    """``make_carrier`` gives the note or message for a rung, as a new step; asked only if one is needed."""

    id: str
    conditional: Container[str]
    make_carrier: Callable[[WriteMethod], OutboxItem]
    purpose: str = WRITE


@dataclass(frozen=True)
class Progress:
    """How far it came: all steps, and what stopped it, in words; ``busy``: another worker is at it."""

    steps: tuple[OutboxItem, ...] = ()
    problem: str = ""
    busy: bool = False

    @property
    def complete(self) -> bool:
        return bool(self.steps) and landed(self.steps)


def deliver(job: Job, client: FhirWriter, ledger: Ledger, clock: Callable[[], float]) -> Progress:
    """Go on with this plan. Safe to call at any time, from any worker, any number of times."""
    lease = ledger.claim_write(job.id) or _taken_over(job.id, ledger)
    if not lease:
        kept = steps_of(ledger, job.id, job.purpose)
        return Progress(kept, busy=not landed(kept))
    run = _Run(job, Attempt(client, clock, job.conditional), ledger, lease)
    problem = ""
    try:
        run.steps = {step.position: step for step in steps_of(ledger, job.id, job.purpose)}
        run.look()
        run.settle()
        run.go()
    except TakenOver:
        return Progress(steps_of(ledger, job.id, job.purpose), busy=True)
    except LoadpathError as error:
        problem = f"{error} {error.next_step}"
    except Exception:
        ledger.finish_write(job.id, lease, False)
        raise
    ledger.finish_write(job.id, lease, run.settled)
    return Progress(run.all, problem)


def _taken_over(id_: str, ledger: Ledger) -> str:
    """The lease of a dead process. What it had under way may still land: it is looked for, and sent again only when no
    request of the dead one can arrive any more."""
    lease, until = ledger.take_over(id_)
    for purpose in (WRITE, RETRACT) if lease else ():
        under_way = [s for s in steps_of(ledger, id_, purpose) if s.landing is WriteStatus.SENDING]
        rows = [transition(s, WriteStatus.UNKNOWN, not_before=until, doubt_until=until, detail=DIED) for s in under_way]
        if rows and not ledger.save_rows(id_, lease, [step.to_row() for step in rows], purpose):
            return ""
    return lease


def steps_of(ledger: Ledger, id_: str, purpose: str = WRITE) -> tuple[OutboxItem, ...]:
    return tuple(OutboxItem.from_row(row) for row in ledger.rows(id_, purpose))


@dataclass
class _Run:
    job: Job
    attempt: Attempt
    ledger: Ledger
    lease: str
    steps: dict[int, OutboxItem] = field(default_factory=dict)
    sent: set[tuple[int, WriteMethod, bool]] = field(default_factory=set)  # in this run: nothing is sent twice in one

    @property
    def all(self) -> tuple[OutboxItem, ...]:
        return tuple(self.steps[position] for position in sorted(self.steps))

    @property
    def settled(self) -> bool:
        return landed(self.all) and not any(step.doubt_until for step in self.all)

    def keep(self, steps: Sequence[OutboxItem]) -> None:
        """Before anything else happens; nothing of it counts where the lease is another's."""
        if steps and not self.ledger.save_rows(
            self.job.id, self.lease, [step.to_row() for step in steps], self.job.purpose
        ):
            raise TakenOver
        self.steps.update({step.position: replace(step, renewed=False) for step in steps})

    def go(self) -> None:
        while group := self.next():
            sent = [transition(step, WriteStatus.SENDING, attempts=step.attempts + 1, accepted=False) for step in group]
            self.keep(sent)
            self.sent |= {_way(step) for step in sent}
            try:
                if sent[0].rung is WriteMethod.TRANSACTION:
                    self.keep(self.attempt.together(sent, self.all))
                else:
                    self.keep([self.attempt.alone(sent[0], self.all)])
            except SessionEnded:  # 401: the EHR did nothing
                self.keep([transition(step, WriteStatus.WAITING, attempts=step.attempts - 1) for step in sent])
                raise

    def next(self) -> list[OutboxItem]:
        """What to send now: all that goes in one step, else the first by itself; nothing while anything must wait."""
        self.keep(self.mirrored())
        work = TAKE_BACK if self.job.purpose == RETRACT else HAND_WORK
        self.keep([transition(s, WriteStatus.MANUAL, detail=work) for s in self.all
                   if s.landing in OPEN and s.rung is WriteMethod.COPY])  # fmt: skip
        self.keep([self.job.make_carrier(rung) for rung in self.carriers_wanted()])
        now = self.attempt.clock()
        todo = [step for step in self.all if step.sendable]
        if any(step.landing in STUCK for step in self.all) or any(step.not_before > now for step in todo):
            return []
        if any(
            _way(step) in self.sent or (step.landing is WriteStatus.UNKNOWN and step.doubt_until > now) for step in todo
        ):
            return []
        return [step for step in todo if step.rung is WriteMethod.TRANSACTION] or todo[:1]

    def carriers_wanted(self) -> list[WriteMethod]:
        held = {step.rung for step in self.all if step.carries and step.landing is not WriteStatus.DROPPED}
        return [
            rung for rung in _CARRIED
            if rung not in held and any(s.rung is rung and s.landing in OPEN for s in self.all)
        ]  # fmt: skip

    def mirrored(self) -> list[OutboxItem]:
        """What a note holds landed with it; what a refused note held goes its own way, one rung lower."""
        changed: list[OutboxItem] = []
        for carrier in (step for step in self.all if step.carries):
            held = [s for s in self.all if s.rung is carrier.rung and not s.carries and s.landing in _HELD]
            if carrier.landing in LANDED or carrier.landing is WriteStatus.DOUBTFUL:
                place = {"reference": carrier.reference, "version": carrier.version}
                changed += [transition(step, carrier.landing, detail="", **place) for step in held
                            if step.landing is not carrier.landing]  # fmt: skip
            elif carrier.landing is WriteStatus.DROPPED:
                changed += [fall_back(step, carrier.detail) for step in held]
        return changed

    # -- after doubt

    def look(self) -> None:
        """What was tried before is looked for before anything is sent, and while it may still arrive."""
        now = self.attempt.clock()
        tried = [s for s in self.all if s.sendable and (s.attempts or s.doubt_until)
                 and (s.not_before <= now or (s.detail == DIED and not s.looks))]  # fmt: skip
        if not tried:
            return
        try:
            there = self.attempt.look(tried)
            twice = [s.position for s in tried if s.position in there and s.attempts > 1 and s.doubt_until]
            there |= {p: replace(there[p], doubt_until=now + LAGS) for p in twice}
            seen = [there.get(step.position) or self.unseen(step) for step in tried]
        except EhrError as error:
            seen = [self.unseen(step, error) for step in tried]
        self.keep([step for step in seen if step != self.steps[step.position]])

    def unseen(self, step: OutboxItem, error: EhrError | None = None) -> OutboxItem:
        """Not found, or, with ``error``, not to be looked for: looked for again later; in the end, a person must."""
        now, looks = self.attempt.clock(), step.looks + 1
        pause = PAUSES[min(looks, len(PAUSES)) - 1]
        if step.landing is not WriteStatus.UNKNOWN:
            return replace(step, not_before=now + pause) if error else step
        if now < step.doubt_until:
            return replace(step, looks=looks, not_before=min(now + pause, step.doubt_until))
        if isinstance(error, EhrForbidden | EhrRejected):
            return _doubtful(step, CANNOT_LOOK)
        if error:
            return replace(step, looks=looks, not_before=now + pause)
        if step.ends_something and step.accepted:  # the record itself says that it has not been ended
            return (
                fall_back(step, "")
                if WriteMethod.CREATE in step.below
                else transition(step, WriteStatus.WAITING, accepted=False)
            )
        if step.accepted or step.attempts >= SENDS:
            return _doubtful(step, LOOK)
        return step

    def settle(self) -> None:
        """Once a request without an answer can no longer land, look whether something is there twice."""
        now = self.attempt.clock()
        self.keep([replace(s, doubt_until=now + SETTLE) for s in self.all if s.landing is WriteStatus.SENDING])
        over = [s for s in self.all if s.landing not in OPEN | STUCK and 0 < s.doubt_until <= now]
        for step in without_copies(self.attempt.client, over, now) if over else ():
            self.keep([step])


def _way(step: OutboxItem) -> tuple[int, WriteMethod, bool]:
    return step.position, step.rung, step.unconditional


def _doubtful(step: OutboxItem, words: str) -> OutboxItem:
    return transition(step, WriteStatus.DOUBTFUL, doubt_until=0.0, not_before=0.0, detail=words.format(step.identifier))
