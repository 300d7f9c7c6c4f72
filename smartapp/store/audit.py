"""The audit trail: events -> sealed rows in one chain, each row's hash over the one before it.

Whoever changes, removes or inserts a row breaks the chain. Whoever computes a new chain cannot make its marks, which
need the secret; the mark of the last row covers all rows before it, so a change of the secret breaks nothing. Whoever
cuts off the end meets the head, a row of its own under another mark. Against somebody who puts back an older copy of
the whole database helps only what is kept elsewhere: each event's number and hash stand in the ordinary log as well.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Engine, Float, Integer, LargeBinary, String, Table, insert, select, update
from sqlalchemy import Connection as Db
from sqlalchemy.exc import IntegrityError

from smartapp.store.schema import metadata
from smartapp.store.seal import Seal
from smartapp.store.transactions import Transactions

GENESIS = "0" * 64
_TRIES = 3

trail = Table(
    "audit_trail",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Float, nullable=False),
    Column("event", LargeBinary, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("mark", String(64), nullable=False),
)

head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("mark", String(64), nullable=False),
)


@dataclass(frozen=True)
class Place:
    """Where an event stands in the chain."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Trail:
    """A chain as found. No problems: it is whole."""

    rows: int
    hash: str
    problems: tuple[str, ...]


class Audit(Transactions):
    _engine: Engine
    _seal: Seal
    _clock: Callable[[], float]

    def append_audit(self, events: Sequence[Mapping[str, Any]]) -> tuple[Place, ...]:
        """Keep events in their order, all or none; returns where each stands. Writers of all workers queue here."""
        for left in reversed(range(_TRIES)):
            try:
                with self._begin() as db:
                    return self._append(db, events)
            except IntegrityError:  # two workers made the first head at once
                if not left:
                    raise
        raise AssertionError("unreachable")

    def _append(self, db: Db, events: Sequence[Mapping[str, Any]]) -> tuple[Place, ...]:
        # SQLite has locked with BEGIN IMMEDIATE; other databases queue at this row.
        last = db.execute(select(head).where(head.c.id == 1).with_for_update()).one_or_none()
        seq, hash_ = (last.seq, last.hash) if last else (0, GENESIS)
        if last is None:
            db.execute(insert(head).values(id=1, **self._head(0, GENESIS)))
        places, now = [], self._clock()
        for event in events:
            seq += 1
            sealed = self._seal.seal(f"{seq} audit", dict(event))
            hash_ = _hash(hash_, seq, now, sealed)
            mark = self._seal.mark("audit", hash_)
            db.execute(insert(trail).values(seq=seq, at=now, event=sealed, hash=hash_, mark=mark))
            places.append(Place(seq, hash_))
        db.execute(update(head).where(head.c.id == 1).values(**self._head(seq, hash_)))
        return tuple(places)

    def _head(self, seq: int, hash_: str) -> dict[str, Any]:
        return {"seq": seq, "hash": hash_, "mark": self._seal.mark("audit head", str(seq), hash_)}

    def audit_events(self, since: float = 0.0) -> Iterator[dict[str, Any]]:
        """Every event kept at or after ``since`` (epoch seconds), oldest first. Raises Unsealable."""
        with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
            rows = db.execute(select(trail).where(trail.c.at >= since).order_by(trail.c.seq))
            for row in rows.yield_per(500):
                yield dict(self._seal.open(f"{row.seq} audit", row.event))

    def verify_audit(self, noted: Sequence[Place] = ()) -> Trail:
        """Walk the whole chain. ``noted``: places somebody wrote down earlier, which must still be there."""
        problems: list[str] = []
        count, hash_, mark = 0, GENESIS, ""
        wanted = {place.seq: place.hash for place in noted}
        with self._begin() as db:  # one moment: rows and head belong together, and writers wait at the head
            end = db.execute(select(head).where(head.c.id == 1).with_for_update()).one_or_none()
            for row in db.execute(select(trail).order_by(trail.c.seq)).yield_per(500):
                count += 1
                if row.seq != count:
                    problems.append(f"between {count - 1} and {row.seq} something is missing")
                    count = row.seq
                if row.hash != _hash(hash_, row.seq, row.at, row.event):
                    problems.append(f"event {row.seq} or the one before it was changed")
                if wanted.pop(row.seq, row.hash) != row.hash:
                    problems.append(f"event {row.seq} is not the one that was noted")
                hash_, mark = row.hash, row.mark
        problems += [f"event {seq}, which was noted, is not there" for seq in sorted(wanted)]
        problems += self._end(count, hash_, mark, end)
        return Trail(count, hash_, tuple(problems))

    def _end(self, count: int, hash_: str, mark: str, end: Any) -> Iterator[str]:
        if count and mark not in self._seal.marks("audit", hash_):
            yield f"event {count} was not made with this installation's secret"
        if end is None:
            if count:
                yield "the head of the trail is missing"
        elif end.mark not in self._seal.marks("audit head", str(end.seq), end.hash):
            yield "the head of the trail was not made with this installation's secret"
        elif (end.seq, end.hash) != (count, hash_):
            yield f"the trail ends at {count}, but {end.seq} events were kept"


def _hash(before: str, seq: int, at: float, sealed: bytes) -> str:
    """Over fixed-width or delimited parts, so that no two rows read the same."""
    return hashlib.sha256(f"{before} {seq} {float(at).hex()} ".encode() + bytes(sealed)).hexdigest()
