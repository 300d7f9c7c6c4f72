"""Signed plans that have not reached the chart: which, whose session carries them, who was told, and the last round."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from smartapp.store.database import Database
from smartapp.store.records import SignatureStatus
from smartapp.store.schema import carried, meta, outbox, signatures

OPEN = frozenset({"waiting", "sending", "unknown"})  # statuses with which somebody has to go on
ENDED = frozenset({"written", "found", "confirmed", "dropped"})  # statuses with which nothing is left to do
SIGNERS_TURN = 10.0  # seconds after signing in which nobody else begins to send a plan (ours)
OVERDUE = 15 * 60.0  # seconds after which a signed plan that has not reached the chart is overdue (ours)
_ROUND = "outbox round"


@dataclass(frozen=True)
class Undelivered:
    """One signed plan of which something is not in the chart; nothing of it needs to be opened for this."""

    id: str
    plan_id: str
    signed: float  # seconds since the epoch
    statuses: tuple[str, ...]  # of each artifact with which something is left to do
    doubtful: bool  # a request without an answer may still land
    launches: tuple[str, ...]  # sessions that may carry it: that of a later launch first, then its own
    begun: bool = True  # somebody has had its lease

    def left_to_its_signer(self, now: float) -> bool:
        """Who has just signed sends it in the same breath, and shall be told what became of it."""
        return not self.begun and now - self.signed < SIGNERS_TURN

    @property
    def goes_on(self) -> bool:
        """Whether Loadpath can go on with it by itself; else it waits for a person."""
        return self.doubtful or not OPEN.isdisjoint(self.statuses)

    def overdue(self, now: float) -> bool:
        return now - self.signed > OVERDUE


class Backlog:
    def __init__(self, database: Database):
        self._database = database

    def undelivered(self) -> tuple[Undelivered, ...]:
        """Every plan that was not taken back and has something left to do, the oldest first."""
        asked = (
            select(signatures.c.id, signatures.c.plan_id, signatures.c.signed, signatures.c.launch_id,
                   signatures.c.delivery,
                   carried.c.launch_id.label("later"), outbox.c.status, outbox.c.doubtful)
            .join(outbox, outbox.c.signature_id == signatures.c.id)
            .outerjoin(carried, carried.c.signature_id == signatures.c.id)
            .where(outbox.c.status.not_in(ENDED) | (outbox.c.doubtful == 1),
                   signatures.c.status != SignatureStatus.RETIRED)
            .order_by(signatures.c.signed, signatures.c.id, outbox.c.purpose, outbox.c.position)
        )  # fmt: skip
        found: dict[str, list[Row[*tuple[object, ...]]]] = {}
        with self._database.read() as db:
            for row in db.execute(asked):
                found.setdefault(row.id, []).append(row)
        return tuple(_undelivered(rows) for rows in found.values())

    def carry(self, id_: str, launch_id: str) -> bool:
        """From now on this session carries the plan as well; it is one of the same patient. False if it did before."""
        with self._database.read() as db:
            if db.execute(select(carried.c.launch_id).where(carried.c.signature_id == id_)).scalar() == launch_id:
                return False
        self._database.put(carried, {"signature_id": id_}, {"launch_id": launch_id})
        return True

    def tell(self, id_: str, every: float) -> bool:
        """Whether it is time to say once more that this plan is overdue: once in ``every`` seconds, of all workers."""
        now = self._database.clock()
        with self._database.transaction() as db:
            mine = carried.c.signature_id == id_
            if db.execute(update(carried).where(mine, carried.c.told <= now - every).values(told=now)).rowcount:
                return True
            if db.execute(select(carried.c.told).where(mine)).first():
                return False
        with suppress(IntegrityError), self._database.transaction() as db:  # another worker may be quicker
            db.execute(insert(carried).values(signature_id=id_, launch_id="", told=now))
            return True
        return False

    def note_round(self) -> None:
        """The background loop of some worker has come round, without a fault of its own."""
        self._database.put(meta, {"name": _ROUND}, {"value": repr(self._database.clock())})

    def last_round(self) -> float | None:
        """When that was last, in seconds since the epoch; None if never."""
        with self._database.read() as db:
            value = db.execute(select(meta.c.value).where(meta.c.name == _ROUND)).scalar()
        return float(value) if value else None


def _undelivered(rows: Sequence[Row[*tuple[object, ...]]]) -> Undelivered:
    first = rows[0]
    statuses = tuple(row.status for row in rows if row.status not in ENDED)
    launches = tuple(dict.fromkeys(filter(None, (first.later, first.launch_id))))
    return Undelivered(first.id, first.plan_id, first.signed, statuses, any(r.doubtful for r in rows), launches,
                       first.delivery != "signed")  # fmt: skip
