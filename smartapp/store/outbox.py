"""What is still to be written into an EHR, row by row, and who may write it now.

A row is one artifact. Its content is sealed once, when the plan is signed; its state is sealed anew at every move. Only
the holder of the lease may move rows, and a holder that was too slow finds its lease gone.

A lease begins with the name of the process that holds it, so that what a killed process held need not wait for the
lease to run out. Only Linux says surely that a process is gone: boot, process namespace (a container has its own),
number and start time. Elsewhere, and for processes of other machines or containers, nobody is taken for dead.
"""

import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import NotRequired, TypedDict

from sqlalchemy import Connection, Row, delete, insert, select, update

from smartapp.store.database import Database
from smartapp.store.schema import outbox, signatures
from smartapp.store.seal import check_version, opened_object

# Seconds after which a worker that was writing to the EHR counts as dead (ours). Longer than one request with a lost
# connection, a renewed token and one repetition at the default time limits: 3 x (3 + 15) s. Renewed at every move.
WRITE_LEASE = 75.0
WRITE = "write"  # the purpose of most rows; the other is "retract"
# Form of what is sealed of a row. Raised whenever a row's ``fixed`` or ``state`` changes, with what rows of the version
# before lack in NEW_FIXED and NEW_STATE, and a sample of it in ``tests/store/samples``.
ROWS = 2
NEW_FIXED: Mapping[str, object] = MappingProxyType({})
NEW_STATE: Mapping[str, object] = MappingProxyType({"looks": 0, "accepted": False, "unconditional": False})
NAMES_IN_2: Mapping[str, str] = MappingProxyType({"rung": "method", "below": "fallbacks", "carries": "is_document"})
PROC = Path("/proc")
# What plans on their way have in common, found in those of fifteen made-up patients. Never changed: what was kept is
# read with it.
WORDS = Path(__file__).with_name("plan_words.txt").read_bytes()
STATE_WORDS = WORDS[-2000:]  # states are small and kept anew at each move: all of them would cost ten times the time


class OutboxRow(TypedDict):
    """One artifact: position, status and doubt in clear; the rest sealed, ``fixed`` and ``entry`` only once."""

    position: int  # order of sending
    status: str
    doubtful: bool  # a request without an answer may still land
    fixed: Mapping[str, object]
    entry: Mapping[str, object]
    state: Mapping[str, object]
    renewed: NotRequired[bool]  # what was sealed once is replaced
    at: NotRequired[float | None]  # epoch seconds of its last move; None where that was not kept


@cache
def _place() -> str:
    """This boot and process namespace; empty where the system does not say."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
        return sha256(f"{boot} {(PROC / 'self/ns/pid').readlink()}".encode()).hexdigest()[:12]
    except OSError:
        return ""


def _started(process: int) -> str:
    """Clock ticks between boot and the start of the process; empty if there is none, or only what is left of one."""
    try:
        _, _, said = (PROC / str(process) / "stat").read_text().rpartition(") ")
    except OSError:
        return ""
    fields = said.split()  # from the state on: proc_pid_stat(5), fields 3 and 22
    return "" if fields[0] in ("Z", "X") else fields[19]


def process_name() -> str:
    """Of this process; empty where the system does not say enough."""
    me = os.getpid()
    return f"{_place()}.{me}.{_started(me)}" if _place() else ""


def is_dead(name: str) -> bool:
    """Whether the process of this :func:`process_name` ran here and is gone. False in any doubt."""
    place, _, rest = name.partition(".")
    number, _, started = rest.partition(".")
    if not place or place != _place() or not number.isdecimal() or not started:
        return False
    return _started(int(number)) != started


class Outbox:
    """What :class:`smartapp.ehr.deliver.engine.OutboxStore` asks for."""

    is_dead: Callable[[str], bool] = staticmethod(is_dead)

    def __init__(self, database: Database):
        self._database, self._seal = database, database.seal

    def claim_write(self, id_: str) -> str:
        """The lease to write this plan to the EHR now: one among all workers; empty if there is nothing to do."""
        now, lease = self._database.clock(), _new_lease()
        with self._database.transaction() as db:
            done = db.execute(
                update(signatures)
                .where(signatures.c.id == id_, signatures.c.delivery != "written", signatures.c.writing_until <= now)
                .values(delivery="writing", writing_until=now + WRITE_LEASE, writing_by=lease)
            )
        return lease if done.rowcount == 1 else ""

    def take_over(self, id_: str) -> tuple[str, float]:
        """The lease of a process that is known to be gone, and until when (epoch seconds) a request of its own may
        still be under way; an empty lease where its holder may be alive."""
        now, lease = self._database.clock(), _new_lease()
        mine = (signatures.c.id == id_, signatures.c.delivery == "writing")
        with self._database.transaction() as db:
            row = db.execute(select(signatures.c.writing_by, signatures.c.writing_until).where(*mine)).first()
            if row is None or not self.is_dead(row.writing_by.partition("~")[0]):
                return "", 0.0
            done = db.execute(
                update(signatures).where(signatures.c.id == id_, signatures.c.writing_by == row.writing_by)
                .values(writing_until=now + WRITE_LEASE, writing_by=lease)
            )  # fmt: skip
        return (lease, row.writing_until) if done.rowcount == 1 else ("", 0.0)

    def open_again(self, id_: str) -> None:
        """A finished plan is to be written to again: it is taken back."""
        with self._database.transaction() as db:
            db.execute(
                update(signatures).where(signatures.c.id == id_, signatures.c.delivery == "written")
                .values(delivery="incomplete", writing_until=0.0, writing_by="")
            )  # fmt: skip

    def rows(self, id_: str, purpose: str = WRITE) -> tuple[OutboxRow, ...]:
        """The rows of a plan in their order. Raises KeptUnreadable."""
        mine = (outbox.c.signature_id == id_, outbox.c.purpose == purpose)
        with self._database.read() as db:
            found = db.execute(select(outbox).where(*mine).order_by(outbox.c.position)).all()
        return tuple(self._row(row) for row in found)

    def save_rows(self, id_: str, lease: str, rows: Iterable[OutboxRow], purpose: str = WRITE) -> bool:
        """Keep these rows as they are now, all or none, and renew the lease; False if the lease is another's by now."""
        with self._database.transaction() as db:
            mine = db.execute(
                update(signatures).where(signatures.c.id == id_, signatures.c.writing_by == lease)
                .values(writing_until=self._database.clock() + WRITE_LEASE)
            )  # fmt: skip
            if mine.rowcount != 1:
                return False
            self.put(db, id_, rows, purpose)
        return True

    def finish_write(self, id_: str, lease: str, complete: bool) -> None:
        """End the lease. What is complete is never written again."""
        delivery = "written" if complete else "incomplete"
        with self._database.transaction() as db:
            db.execute(
                update(signatures).where(signatures.c.id == id_, signatures.c.writing_by == lease)
                .values(delivery=delivery, writing_until=0.0, writing_by="")
            )  # fmt: skip

    def put(self, db: Connection, id_: str, rows: Iterable[OutboxRow], purpose: str = WRITE) -> None:
        """Keep these rows in the transaction of whoever calls, which has seen to the lease."""
        for row in rows:
            place, now = f"{id_} {purpose} {row['position']}", self._database.clock()
            state = {"version": ROWS, "at": now, "state": row["state"]}
            moving = {
                "status": row["status"], "doubtful": int(row["doubtful"]),
                "state": self._seal.seal(f"{place} state", state, STATE_WORDS),
            }  # fmt: skip
            key = {"signature_id": id_, "purpose": purpose, "position": row["position"]}
            mine = [outbox.c[name] == value for name, value in key.items()]
            if not row.get("renewed") and db.execute(update(outbox).where(*mine).values(**moving)).rowcount:
                continue
            db.execute(delete(outbox).where(*mine))
            content = {"version": ROWS, "fixed": row["fixed"], "entry": row["entry"]}
            sealed = self._seal.seal(f"{place} content", content, WORDS)
            db.execute(insert(outbox).values(content=sealed, **key, **moving))

    def _row(self, row: Row[*tuple[object, ...]]) -> OutboxRow:
        place = f"{row.signature_id} {row.purpose} {row.position}"
        fixed, entry = _content(self._seal.open(f"{place} content", row.content, WORDS))
        state, at = _state(self._seal.open_object(f"{place} state", row.state, STATE_WORDS))
        return {
            "position": row.position, "status": row.status, "doubtful": bool(row.doubtful),
            "fixed": fixed, "entry": entry, "state": state, "at": at,
        }  # fmt: skip


def _content(kept: object) -> tuple[dict[str, object], dict[str, object]]:
    """What is fixed, and the entry. Version 0 was a bare list of the two."""
    if isinstance(kept, list):
        fixed, entry = kept
        return _in_todays_names({**NEW_FIXED, **fixed}), entry
    found = opened_object(kept)
    fixed = opened_object(found.get("fixed"))
    if found.get("version") == 1:
        return _in_todays_names(fixed), opened_object(found.get("entry"))
    check_version(found, ROWS)
    return fixed, opened_object(found.get("entry"))


def _state(kept: Mapping[str, object]) -> tuple[dict[str, object], float | None]:
    """The state, and when it was kept. Version 0 was the bare state."""
    if "state" not in kept:
        return _in_todays_names({**NEW_STATE, **kept}), None
    state, at = opened_object(kept["state"]), kept.get("at")
    if kept.get("version") == 1:
        state = _in_todays_names(state)
    else:
        check_version(kept, ROWS)
    return state, float(at) if isinstance(at, int | float) else None


def _in_todays_names(values: Mapping[str, object]) -> dict[str, object]:
    """Version 2 renamed three."""
    return {NAMES_IN_2.get(name, name): value for name, value in values.items()}


def _new_lease() -> str:
    """Whose it is and a number nobody else has; at most 64 characters."""
    return f"{process_name()}~{secrets.token_urlsafe(12)}"
