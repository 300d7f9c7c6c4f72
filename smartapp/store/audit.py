"""The audit trail: events -> sealed rows in one chain, each row's hash over the one before it.

Events that are kept together, such as the searches for one chart, are one row: what they have in common is kept once.
Each event has a number of its own, and a row that of its last one.

Whoever changes, removes or inserts a row breaks the chain. Whoever computes a new chain cannot make its MACs, which
need the secret; the MAC of the last row covers all rows before it, so a change of the secret breaks nothing. Whoever
cuts off the end meets the head, a row of its own under another MAC. Against somebody who puts back an older copy of
the whole database helps only what is kept elsewhere: each event's number and hash stand in the ordinary log as well.
What has been kept long enough is removed from the beginning; where the rest begins is a row under a MAC, too.
"""

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, true, update
from sqlalchemy.exc import IntegrityError

from smartapp.errors import KeptUnreadable
from smartapp.store.database import Database
from smartapp.store.schema import audit_head, audit_trail
from smartapp.store.seal import opened_object

GENESIS = "0" * 64
# What FHIR AuditEvents have in common. Never changed: what was kept is read with it.
WORDS = Path(__file__).with_name("audit_words.txt").read_bytes()
_TRIES = 3
_PAGE = 500  # rows read at once; ours
_TOGETHER = 100  # events in one row at most; ours
_MINE = audit_head.c.id == 1  # its first row; the second is where the trail begins, once its beginning was removed
_BEGIN = audit_head.c.id == 2


@dataclass(frozen=True)
class Place:
    """Where a row stands in the chain, by the number of its last event."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Kept:
    """One event; ``event`` is None where it was kept under a secret that is gone."""

    seq: int
    at: float
    event: dict[str, object] | None


@dataclass(frozen=True)
class Trail:
    """A chain as found. No problems: it is whole."""

    events: int
    hash: str
    problems: tuple[str, ...]
    removed: int = 0  # of the events, those that were kept long enough


class AuditTrail:
    def __init__(self, database: Database):
        self._database, self._seal = database, database.seal

    def append(self, events: Sequence[Mapping[str, object]]) -> tuple[Place, ...]:
        """Keep events in their order, all or none; returns where they stand. Writers of all workers queue here."""
        for left in reversed(range(_TRIES)):
            try:
                with self._database.transaction() as db:
                    return self._append(db, events)
            except IntegrityError:  # two workers made the first head at once
                if not left:
                    raise
        raise AssertionError("unreachable")

    def _append(self, db: Connection, events: Sequence[Mapping[str, object]]) -> tuple[Place, ...]:
        # SQLite has locked with BEGIN IMMEDIATE; other databases queue at this row.
        last = db.execute(select(audit_head).where(_MINE).with_for_update()).one_or_none()
        seq, hash_ = (last.seq, last.hash) if last else (0, GENESIS)
        if last is None:
            db.execute(insert(audit_head).values(id=1, **self._head(0, GENESIS)))
        places, now = [], self._database.clock()
        for begin in range(0, len(events), _TOGETHER):
            together = [dict(event) for event in events[begin : begin + _TOGETHER]]
            seq += len(together)
            sealed = self._seal.seal(f"{seq} audit", together if len(together) > 1 else together[0], WORDS)
            hash_ = _hash(hash_, seq, now, sealed)
            row = {"seq": seq, "events": len(together), "at": now, "event": sealed, "hash": hash_}
            db.execute(insert(audit_trail).values(mac=self._seal.mac("audit", hash_), **row))
            places.append(Place(seq, hash_))
        db.execute(update(audit_head).where(_MINE).values(**self._head(seq, hash_)))
        return tuple(places)

    def _head(self, seq: int, hash_: str) -> dict[str, object]:
        return {"seq": seq, "hash": hash_, "mac": self._seal.mac("audit head", str(seq), hash_)}

    def events(self, since: float = 0.0) -> Iterator[dict[str, object]]:
        """Every event kept at or after ``since`` (epoch seconds), oldest first. Raises KeptUnreadable."""
        for row in self._rows(audit_trail.c.at >= since):
            yield from self._open(row)

    def kept(self, since: float = 0.0) -> Iterator[Kept]:
        """The same with their places; one that cannot be opened stops no other."""
        for row in self._rows(audit_trail.c.at >= since):
            yield from self._opened(row)

    def _rows(self, wanted: ColumnElement[bool], after: int = 0) -> Iterator[Row[Any]]:
        """In pages, each read by itself: a walk of a million events holds no writer up, and no connection."""
        while True:
            asked = select(audit_trail).where(wanted, audit_trail.c.seq > after).order_by(audit_trail.c.seq)
            with self._database.read() as db:
                rows = db.execute(asked.limit(_PAGE)).all()
            yield from rows
            if len(rows) < _PAGE:
                return
            after = rows[-1].seq

    def newest(
        self, most: int, before: int | None = None, since: float = 0.0, until: float = math.inf
    ) -> tuple[Kept, ...]:
        """Up to ``most`` events kept from ``since`` until before ``until`` (epoch seconds), the newest first, and only
        those before number ``before``. Locks nobody out."""
        asked = select(audit_trail).where(audit_trail.c.at >= since).order_by(audit_trail.c.seq.desc()).limit(most)
        if before is not None:
            asked = asked.where(audit_trail.c.seq - audit_trail.c.events + 1 < before)
        if until < math.inf:
            asked = asked.where(audit_trail.c.at < until)
        with self._database.read() as db:
            rows = db.execute(asked).all()
        found = (kept for row in rows for kept in reversed(self._opened(row)) if before is None or kept.seq < before)
        return tuple(islice(found, most))

    def _opened(self, row: Row[Any]) -> list[Kept]:
        try:
            events: list[dict[str, object] | None] = [*self._open(row)]
        except KeptUnreadable:
            events = [None] * row.events
        return [Kept(seq, row.at, event) for seq, event in enumerate(events, row.seq - len(events) + 1)]

    def _open(self, row: Row[Any]) -> list[dict[str, object]]:
        """Raises KeptUnreadable."""
        kept = self._seal.open(f"{row.seq} audit", row.event, WORDS)
        return [opened_object(each) for each in (kept if isinstance(kept, list) else [kept])]

    def verify(self, noted: Sequence[Place] = ()) -> Trail:
        """Walk the whole chain. ``noted``: places somebody wrote down earlier, which must still be there."""
        begin, problems = self._begin()
        count, hash_ = begin.seq, begin.hash
        mac: str | None = None
        wanted = {place.seq: place.hash for place in noted if place.seq > begin.seq}
        while True:
            before = count
            for row in self._rows(true(), after=count):
                if row.seq != count + row.events:
                    problems.append(f"between {count} and {row.seq} something is missing")
                count = row.seq
                if row.hash != _hash(hash_, row.seq, row.at, row.event):
                    problems.append(f"event {row.seq} or the one before it was changed")
                if wanted.pop(row.seq, row.hash) != row.hash:
                    problems.append(f"event {row.seq} is not the one that was noted")
                hash_, mac = row.hash, row.mac
            # Nobody is locked out meanwhile: what was kept during the walk is walked too, until there is no more.
            with self._database.read() as db:
                end = db.execute(select(audit_head).where(_MINE)).one_or_none()
            if end is None or end.seq <= count or count == before:
                break
        problems += [f"event {seq}, which was noted, is not there" for seq in sorted(wanted)]
        problems += self._end(count, hash_, mac, end)
        return Trail(count, hash_, tuple(problems), begin.seq)

    def _begin(self) -> tuple[Place, list[str]]:
        """The last place that was removed, and what is wrong with it."""
        with self._database.read() as db:
            row = db.execute(select(audit_head).where(_BEGIN)).one_or_none()
        if row is None:
            return Place(0, GENESIS), []
        is_ours = self._seal.is_mac(row.mac, "audit begin", str(row.seq), row.hash)
        wrong = [] if is_ours else ["where the trail begins was not set with this installation's secret"]
        return Place(row.seq, row.hash), wrong

    def count_before(self, moment: float) -> int:
        """How many events were kept before ``moment`` (epoch seconds), and none after them before it."""
        until = self._until(moment)
        asked = select(func.coalesce(func.sum(audit_trail.c.events), 0)).where(audit_trail.c.seq < until)
        with self._database.read() as db:
            return int(db.execute(asked).scalar_one())

    def remove_before(self, moment: float) -> int:
        """Remove them, in pages of rows; the rest stays one chain. Returns how many events."""
        until, removed = self._until(moment), 0
        while True:
            with self._database.transaction() as db:
                first = select(audit_trail).where(audit_trail.c.seq < until).order_by(audit_trail.c.seq).limit(_PAGE)
                rows = db.execute(first).all()
                if not rows:
                    return removed
                last = rows[-1]
                db.execute(delete(audit_trail).where(audit_trail.c.seq <= last.seq))
                mac = self._seal.mac("audit begin", str(last.seq), last.hash)
                begin = {"seq": last.seq, "hash": last.hash, "mac": mac}
                if not db.execute(update(audit_head).where(_BEGIN).values(**begin)).rowcount:
                    db.execute(insert(audit_head).values(id=2, **begin))
            removed += sum(row.events for row in rows)

    def _until(self, moment: float) -> int:
        """The first row that stays; the one after the last where none does."""
        with self._database.read() as db:
            stays = db.execute(select(func.min(audit_trail.c.seq)).where(audit_trail.c.at >= moment)).scalar()
            last = db.execute(select(func.max(audit_trail.c.seq))).scalar()
        return int(stays if stays is not None else (last or 0) + 1)

    def _end(self, count: int, hash_: str, mac: str | None, end: Row[*tuple[object, ...]] | None) -> Iterator[str]:
        if mac is not None and not self._seal.is_mac(mac, "audit", hash_):
            yield f"event {count} was not made with this installation's secret"
        if end is None:
            if count:
                yield "the head of the trail is missing"
        elif not self._seal.is_mac(end.mac, "audit head", str(end.seq), end.hash):
            yield "the head of the trail was not made with this installation's secret"
        elif (end.seq, end.hash) != (count, hash_):
            yield f"the trail ends at {count}, but {end.seq} events were kept"


def _hash(before: str, seq: int, at: float, sealed: bytes) -> str:
    """Over fixed-width or delimited parts, so that no two rows read the same."""
    return hashlib.sha256(f"{before} {seq} {float(at).hex()} ".encode() + bytes(sealed)).hexdigest()
