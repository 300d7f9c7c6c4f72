"""How far the Tasks of an EHR were read for a reader, and who reads now: one among all workers."""

import secrets
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from smartapp.store.database import Database
from smartapp.store.referrals import Referrals, Whose, reader_indexes
from smartapp.store.schema import referral_reads
from smartapp.store.seal import as_list

READ_LEASE = 300.0  # seconds after which a worker that was reading an EHR's Tasks counts as dead (ours)


@dataclass(frozen=True)
class Reading:
    """How far an EHR's Tasks were read: when the last reading began, and the last of all of them; times in seconds
    since the epoch, 0 for never."""

    read_at: float = 0.0
    swept_at: float = 0.0
    not_before: float = 0.0
    failures: int = 0
    newest: str = ""  # change of a Task, by the EHR's clock
    missing: tuple[str, ...] = ()
    problem: str = ""


class ReferralReads:
    def __init__(self, database: Database, rows: Referrals):
        self._database, self._seal, self._rows = database, database.seal, rows

    def get(self, whose: Whose) -> Reading:
        mine = referral_reads.c.reader_index.in_(reader_indexes(self._seal, whose))
        with self._database.read() as db:
            row = db.execute(select(referral_reads).where(mine)).first()
        if row is None:
            return Reading()
        told = self._seal.open_object(f"{row.reader_index} reading", row.content) if row.content else {}
        return Reading(
            row.read_at, row.swept_at, row.not_before, row.failures, str(told.get("newest", "")),
            tuple(map(str, as_list(told.get("missing", [])))), str(told.get("problem", "")),
        )  # fmt: skip

    def claim(self, whose: Whose) -> str:
        """The lease to read now: one among all workers; empty where another reads."""
        now, lease, index = self._database.clock(), secrets.token_urlsafe(12), reader_indexes(self._seal, whose)[0]
        with suppress(IntegrityError), self._database.transaction() as db:
            mine = referral_reads.c.reader_index == index
            free = referral_reads.c.reading_until <= now
            claimed = {"reading_until": now + READ_LEASE, "reading_by": lease}
            if db.execute(update(referral_reads).where(mine, free).values(**claimed)).rowcount:
                return lease
            if db.execute(select(referral_reads.c.reader_index).where(mine)).first() is None:
                db.execute(insert(referral_reads).values(reader_index=index, **claimed))
                return lease
        return ""

    def doubt(self, whose: Whose, age: float) -> None:
        """Somebody has moved a Task: what was read counts as at least so many seconds old."""
        mine, then = referral_reads.c.reader_index.in_(reader_indexes(self._seal, whose)), self._database.clock() - age
        with self._database.transaction() as db:
            db.execute(update(referral_reads).where(mine, referral_reads.c.read_at > then).values(read_at=then))

    def end(self, whose: Whose, lease: str, now: Reading) -> None:
        """Keep how it went, and let go of the lease; nothing where the lease is another's by now."""
        index = reader_indexes(self._seal, whose)[0]
        told = {"newest": now.newest, "missing": list(now.missing), "problem": now.problem}
        with self._database.transaction() as db:
            db.execute(
                update(referral_reads)
                .where(referral_reads.c.reader_index == index, referral_reads.c.reading_by == lease)
                .values(
                    read_at=now.read_at, swept_at=now.swept_at, not_before=now.not_before, failures=now.failures,
                    reading_until=0.0, reading_by="", content=self._seal.seal(f"{index} reading", told),
                )
            )  # fmt: skip

    def purge(self, idle: float) -> int:
        """Forget what was read for readers who have not looked for so many seconds; it is read again when they do."""
        with self._database.transaction() as db:
            over = referral_reads.c.read_at < self._database.clock() - idle
            gone = list(db.execute(select(referral_reads.c.reader_index).where(over)).scalars())
            self._rows.forget_readers(gone)
            return db.execute(delete(referral_reads).where(referral_reads.c.reader_index.in_(gone))).rowcount
