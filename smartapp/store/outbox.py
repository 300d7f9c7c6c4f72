"""What is still to be written into an EHR, row by row, and who may write it now.

A row is one artifact. Its content is sealed once, when the plan is signed; its state is sealed anew at every move. Only
the holder of the lease may move rows, and a holder that was too slow finds its lease gone.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.engine import Row

from smartapp.errors import KeptElsewhere
from smartapp.store import process
from smartapp.store.schema import outbox, signatures
from smartapp.store.seal import Seal
from smartapp.store.transactions import Open, Transactions

# Seconds after which a worker that was writing to the EHR counts as dead (ours). Longer than one request with a lost
# connection, a renewed token and one repetition at the default time limits: 3 x (3 + 15) s. Renewed at every move.
WRITE_LEASE = 75.0
OPEN = ("waiting", "sending", "unknown")  # landings that somebody has to go on with
WRITE, RETRACT = "write", "retract"
# Form of what is sealed of a row. Raised whenever a row's ``fixed`` or ``state`` changes, with what rows of the version
# before lack in NEW_FIXED and NEW_STATE, and a sample of it in ``tests/store/samples``.
ROWS = 2
NEW_FIXED: Mapping[str, Any] = MappingProxyType({})
NEW_STATE: Mapping[str, Any] = MappingProxyType({"looks": 0, "accepted": False, "unconditional": False})
NAMES_IN_2: Mapping[str, str] = MappingProxyType({"rung": "method", "below": "fallbacks", "carries": "is_document"})


def new_lease() -> str:
    """Whose it is and a number nobody else has; at most 64 characters."""
    return f"{process.mark()}~{secrets.token_urlsafe(12)}"


class Outbox(Transactions):
    """``rows`` are plain values: position, status, doubtful in clear; fixed, entry and state sealed.

    What is sealed once stays as it is; a row with ``renewed`` replaces it.
    """

    gone: Callable[[str], bool] = staticmethod(process.known_dead)

    def __init__(self, engine: Engine, seal: Seal, clock: Callable[[], float]):
        self._engine, self._seal, self._clock = engine, seal, clock
        self._open = Open()
        self._reads = engine.execution_options(isolation_level="AUTOCOMMIT")

    def claim_write(self, id_: str) -> str:
        """The lease to write this plan to the EHR now: one among all workers; empty if there is nothing to do."""
        now, lease = self._clock(), new_lease()
        with self._begin() as db:
            done = db.execute(
                update(signatures)
                .where(signatures.c.id == id_, signatures.c.state != "written", signatures.c.writing_until <= now)
                .values(state="writing", writing_until=now + WRITE_LEASE, writing_by=lease)
            )
        return lease if done.rowcount == 1 else ""

    def take_over(self, id_: str) -> tuple[str, float]:
        """The lease of a process that is known to be gone, and until when (epoch seconds) a request of its own may
        still be under way; an empty lease where its holder may be alive."""
        now, lease = self._clock(), new_lease()
        with self._begin() as db:
            row = db.execute(select(signatures).where(signatures.c.id == id_, signatures.c.state == "writing")).first()
            if row is None or not self.gone(row.writing_by.partition("~")[0]):
                return "", 0.0
            done = db.execute(
                update(signatures).where(signatures.c.id == id_, signatures.c.writing_by == row.writing_by)
                .values(writing_until=now + WRITE_LEASE, writing_by=lease)
            )  # fmt: skip
        return (lease, row.writing_until) if done.rowcount == 1 else ("", 0.0)

    def open_again(self, id_: str) -> None:
        """A finished plan is to be written to again: it is taken back."""
        with self._begin() as db:
            db.execute(
                update(signatures).where(signatures.c.id == id_, signatures.c.state == "written")
                .values(state="incomplete", writing_until=0.0, writing_by="")
            )  # fmt: skip

    def rows(self, id_: str, purpose: str = WRITE) -> tuple[dict[str, Any], ...]:
        """The rows of a plan in their order."""
        with self._reads.connect() as db:
            found = db.execute(
                select(outbox).where(outbox.c.signature_id == id_, outbox.c.purpose == purpose)
                .order_by(outbox.c.position)
            ).all()  # fmt: skip
        return tuple(self._opened(row) for row in found)

    def save_rows(self, id_: str, lease: str, rows: Iterable[Mapping[str, Any]], purpose: str = WRITE) -> bool:
        """Keep these rows as they are now, all or none, and renew the lease; False if the lease is another's by now."""
        now = self._clock()
        with self._begin() as db:
            mine = db.execute(
                update(signatures).where(signatures.c.id == id_, signatures.c.writing_by == lease)
                .values(writing_until=now + WRITE_LEASE)
            )  # fmt: skip
            if mine.rowcount != 1:
                return False
            self._keep(db, id_, purpose, rows)
        return True

    def finish_write(self, id_: str, lease: str, complete: bool) -> None:
        """End the lease. What is complete is never written again."""
        state = "written" if complete else "incomplete"
        with self._begin() as db:
            db.execute(
                update(signatures).where(signatures.c.id == id_, signatures.c.writing_by == lease)
                .values(state=state, writing_until=0.0, writing_by="")
            )  # fmt: skip

    def _keep(self, db: Db, id_: str, purpose: str, rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            place = f"{id_} {purpose} {row['position']}"
            moving = {
                "landing": row["status"],
                "doubtful": int(row["doubtful"]),
                "state": self._seal.seal(
                    f"{place} state", {"version": ROWS, "at": self._clock(), "state": row["state"]}
                ),
            }
            key = (outbox.c.signature_id == id_, outbox.c.purpose == purpose, outbox.c.position == row["position"])
            if not row.get("renewed") and db.execute(update(outbox).where(*key).values(**moving)).rowcount:
                continue
            db.execute(delete(outbox).where(*key))
            content = self._seal.seal(
                f"{place} content", {"version": ROWS, "fixed": row["fixed"], "entry": row["entry"]}
            )
            db.execute(
                insert(outbox).values(
                    signature_id=id_, purpose=purpose, position=row["position"], content=content, **moving
                )
            )

    def _opened(self, row: Row[Any]) -> dict[str, Any]:
        """Raises KeptUnreadable."""
        place = f"{row.signature_id} {row.purpose} {row.position}"
        content = _content(self._seal.open(f"{place} content", row.content))
        state = _state(self._seal.open(f"{place} state", row.state))
        return {
            "position": row.position,
            "status": row.landing,
            "doubtful": bool(row.doubtful),
            "fixed": content["fixed"],
            "entry": content["entry"],
            "state": state["state"],
            "at": state["at"],  # of its last move; None where that was not kept
        }


def _content(kept: Any) -> Mapping[str, Any]:
    """Version 0 was a bare list."""
    if isinstance(kept, list):
        kept = {"version": 1, "fixed": {**NEW_FIXED, **kept[0]}, "entry": kept[1]}
    return _raised(kept, "fixed")


def _state(kept: Mapping[str, Any]) -> Mapping[str, Any]:
    """Version 0 was the bare state."""
    return _raised(kept if "state" in kept else {"version": 1, "state": {**NEW_STATE, **kept}, "at": None}, "state")


def _raised(kept: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    """Version 1 had other names."""
    if kept["version"] == 1:
        named = {NAMES_IN_2.get(name, name): value for name, value in kept[part].items()}
        return {**kept, "version": ROWS, part: named}
    if kept["version"] != ROWS:
        raise KeptElsewhere("Kept by another version of Loadpath; not readable here.")
    return kept
